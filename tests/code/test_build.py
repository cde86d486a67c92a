"""The command line keeps its word: one exit code for each outcome,
and the old dataset or the new one, whole, whatever happens.
"""

import itertools
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from build import main
from pipeline.problems import Problems
from pipeline.read import find
from pipeline.write import settle
from schemas import SEEDS
from tests.worlds import SMALL_WORLD

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.usefixtures("remembered")


def rewrite(path: Path, old: str, new: str):
    """Replace some words of a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def files_below(folder: Path) -> set[tuple[str, bytes]]:
    """Return what stands in a folder: the names, and the bytes of files."""
    return {(path.name, path.read_bytes() if path.is_file() else b"") for path in folder.iterdir()}


def run(*arguments) -> int:
    """Run the command line in this process and return its exit code."""
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as exit:
        return exit.code


@pytest.fixture(scope="module")
def built(remembered, tmp_path_factory) -> Path:
    """The dataset that the command line builds of the small world; no test changes it."""
    folder = tmp_path_factory.mktemp("built") / "dataset"
    assert run("--seeds", SMALL_WORLD, "--dataset", folder) == 0
    return folder


@pytest.fixture
def dataset(built, tmp_path) -> Path:
    """The same beside the seeds of a test: what an earlier build has left there."""
    return Path(shutil.copytree(built, tmp_path / "dataset"))


# Outcomes


def test_seeds_in_order_are_built_with_the_verb_or_without_one(seeds, tmp_path, capsys):
    assert run("--seeds", seeds, "--dataset", tmp_path / "one") == 0
    assert run("build", "--seeds", seeds, "--dataset", tmp_path / "other") == 0
    assert files(tmp_path / "one") == files(tmp_path / "other")
    assert {"commitments.parquet", "tracker.csv", "datapackage.json"} <= files(
        tmp_path / "one"
    ).keys()
    assert capsys.readouterr().err == ""


def test_seeds_with_problems_leave_the_old_dataset_byte_for_byte(seeds, dataset, capsys):
    before = files(dataset)
    rewrite(seeds / "milestones.csv", "2025-02", "2025-13")
    assert run("--seeds", seeds, "--dataset", dataset) == 1
    assert files(dataset) == before
    assert sorted(path.name for path in dataset.parent.iterdir()) == ["dataset", "seeds"]
    said = capsys.readouterr()
    assert said.out.startswith("seeds/milestones.csv:3:date: '2025-13' is not an EDTF date")
    assert "the dataset is as it was" in said.err


def test_a_check_says_what_it_found_and_writes_nothing(seeds, tmp_path, capsys):
    assert run("check", "--seeds", seeds) == 0
    assert "seeds/ is in order" in capsys.readouterr().out
    rewrite(seeds / "milestones.csv", "2025-02", "2025-13")
    assert run("check", "--seeds", seeds) == 1
    assert capsys.readouterr().out.startswith("seeds/milestones.csv:3:date:")
    assert [path.name for path in tmp_path.iterdir()] == ["seeds"]


def test_tidy_mends_what_the_check_refuses_and_says_what_it_could_not(seeds, capsys):
    places = seeds / "places.csv"
    places.write_bytes(b"\xef\xbb\xbf" + places.read_bytes().replace(b"\n", b"\r\n"))
    assert run("check", "--seeds", seeds) == 1
    assert run("tidy", "--seeds", seeds) == 0
    assert capsys.readouterr().out.endswith("seeds/places.csv rewritten\n")
    assert run("check", "--seeds", seeds) == 0
    places.write_bytes(b"\xff")
    capsys.readouterr()
    assert run("tidy", "--seeds", seeds) == 1
    assert capsys.readouterr().out.startswith("seeds/places.csv:1:")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["biuld"], "'biuld'"),
        (["--dataest", "x"], "--dataest"),
        (["check", "--dataset", "x"], "--dataset"),
        (["tidy", "places"], "places"),
        (["check", "--seeds"], "--seeds"),
        (["check", "--seeds", "no-such-folder"], "no-such-folder: there is no such folder"),
        (["check", "--texts", "no-such-folder"], "no-such-folder: there is no such folder"),
    ],
)
def test_misuse_is_told_in_words_that_name_it(arguments, words, capsys):
    assert run(*arguments) == 2
    said = capsys.readouterr()
    assert words in said.err and said.out == ""


@pytest.mark.parametrize("option", ["--seeds", "--dataset"])
def test_a_link_that_leads_back_to_itself_is_misuse(option, seeds, tmp_path, capsys):
    (tmp_path / "loop").symlink_to("loop")
    named = {"--seeds": seeds, "--dataset": tmp_path / "dataset", option: tmp_path / "loop"}
    assert run(*(word for pair in named.items() for word in pair)) == 2
    said = capsys.readouterr()
    assert "loop" in said.err and "Traceback" not in said.err and said.out == ""


@pytest.mark.parametrize("verb", [[], ["build"], ["check"], ["tidy"]], ids="-".join)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_verb_explains_itself(verb, flag, capsys):
    assert run(*verb, flag) == 0
    said = capsys.readouterr()
    assert "usage: build.py" in said.out and said.err == ""
    assert ("--seeds" if verb else "Exit codes") in said.out


# The target folder


def test_a_table_that_is_no_more_does_not_linger(seeds, dataset):
    fresh = files(dataset)
    (dataset / "gone.parquet").touch()
    rewrite(dataset / "datapackage.json", '"actors.parquet"', '"gone.parquet"')
    (dataset / "actors.parquet").unlink()
    run("--seeds", seeds, "--dataset", dataset)
    assert files(dataset) == fresh


# The second is of another data package.
@pytest.mark.parametrize("name", ["thesis.docx", "datapackage.json"])
def test_a_folder_that_is_no_dataset_of_ours_is_left_alone(seeds, tmp_path, capsys, name):
    mine = tmp_path / "folder" / name
    mine.parent.mkdir()
    mine.write_text('{"name": "years-of-work"}')
    assert run("--seeds", seeds, "--dataset", tmp_path / "folder") == 2
    assert mine.read_text() == '{"name": "years-of-work"}'
    assert "folder" in capsys.readouterr().err


@pytest.mark.parametrize("name", [".git", "my-analysis", "notes.xlsx", "old.parquet"])
def test_what_somebody_put_into_the_dataset_s_folder_is_never_lost(seeds, dataset, capsys, name):
    mine = dataset / name
    mine.mkdir() if "." not in name[1:] else mine.write_text("years of work")
    before = sorted(files_below(dataset))
    assert run("--seeds", seeds, "--dataset", dataset) == 2
    assert repr(name) in capsys.readouterr().err
    assert sorted(files_below(dataset)) == before


def test_what_stands_beside_the_dataset_and_is_not_ours_is_left_alone(seeds, tmp_path):
    names = [".dataset-old", ".dataset-next", ".dataset-build-mine"]
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "notes.txt").write_text("years of work")
        (tmp_path / f"{name}-file").write_text("mine")
        (tmp_path / f"{name}-link").symlink_to("seeds")
    for _ in range(2):
        assert run("--seeds", seeds, "--dataset", tmp_path / "dataset") == 0
    for name in names:
        assert (tmp_path / name / "notes.txt").read_text() == "years of work"
        assert (tmp_path / f"{name}-file").read_text() == "mine"
        assert (tmp_path / f"{name}-link").is_symlink()
    beside = {f"{name}{kind}" for name in names for kind in ("", "-file", "-link")}
    assert {path.name for path in tmp_path.iterdir()} == beside | {"dataset", "seeds"}


def test_an_old_dataset_that_cannot_be_removed_is_told_and_in_no_build_s_way(
    seeds, dataset, monkeypatch, capsys
):
    def not_the_old_one(path, **options):
        if Path(path).name != "gone":
            removed(path, **options)

    removed = shutil.rmtree
    monkeypatch.setattr(shutil, "rmtree", not_the_old_one)
    for _ in range(2):
        assert run("--seeds", seeds, "--dataset", dataset) == 0
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2 and all("could not be removed" in line for line in said)
    monkeypatch.undo()
    assert run("--seeds", seeds, "--dataset", dataset) == 0
    assert sorted(path.name for path in dataset.parent.iterdir()) == ["dataset", "seeds"]


def test_where_the_new_dataset_cannot_be_put_the_old_one_stays_and_nothing_else(
    seeds, dataset, monkeypatch, capsys
):
    def not_the_next_one(path, target):
        if path.name == "next":
            raise OSError(16, "Device or resource busy", str(target))
        return renamed(path, target)

    before = files(dataset)
    rewrite(seeds / "events.csv", "The allies meet.", "The allies met.")
    renamed = Path.rename
    monkeypatch.setattr(Path, "rename", not_the_next_one)
    assert run("--seeds", seeds, "--dataset", dataset) == 2
    assert "the dataset is as it was" in capsys.readouterr().err
    assert files(dataset) == before
    assert sorted(path.name for path in dataset.parent.iterdir()) == ["dataset", "seeds"]


def test_every_file_is_on_the_disk_before_it_is_put_into_place(seeds, tmp_path, monkeypatch):
    synced, sync = set(), os.fsync

    def noted(opened):
        synced.add(os.fstat(opened).st_ino)
        sync(opened)

    monkeypatch.setattr(os, "fsync", noted)
    run("--seeds", seeds, "--dataset", tmp_path / "dataset")
    there = [tmp_path / "dataset", *(tmp_path / "dataset").iterdir()]
    assert {path.stat().st_ino for path in there} <= synced


def test_a_file_in_the_place_of_the_dataset_is_left_alone(seeds, tmp_path, capsys):
    (tmp_path / "dataset").write_text("mine")
    assert run("--seeds", seeds, "--dataset", tmp_path / "dataset") == 2
    assert (tmp_path / "dataset").read_text() == "mine"
    assert "dataset" in capsys.readouterr().err


def test_a_link_to_the_dataset_is_followed_every_time(seeds, tmp_path):
    (tmp_path / "far" / "dataset").mkdir(parents=True)
    (tmp_path / "link").symlink_to("far/dataset")
    for _ in range(2):
        assert run("--seeds", seeds, "--dataset", tmp_path / "link") == 0
    assert (tmp_path / "link").is_symlink()
    assert "tracker.csv" in files(tmp_path / "far" / "dataset")


def test_the_seeds_and_the_dataset_may_be_the_folder_one_is_in(
    seeds, tmp_path, monkeypatch, capsys
):
    (tmp_path / "dataset").mkdir()
    monkeypatch.chdir(tmp_path / "dataset")
    assert run("--seeds", seeds, "--dataset", ".") == 0
    assert "tracker.csv" in files(tmp_path / "dataset")
    monkeypatch.chdir(seeds)
    rewrite(Path("milestones.csv"), "2025-02", "2025-13")
    capsys.readouterr()
    assert run("check", "--seeds", ".") == 1
    assert capsys.readouterr().out.startswith("seeds/milestones.csv:3:date:")


# Cut off


def started(*arguments, before=lambda: None) -> int:
    """Run the command line in a process of its own, something else `before` it, and return the id
    of the process.

    The process is a copy of this one, so that it need not load and judge all again.
    """
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        # A shell has interruptions ignored in the background, and nohup that the terminal closes.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        signal.alarm(60)  # A child that hangs fails the test, and does not hang it.
        before()
        code = run(*arguments)
        sys.stderr.flush()
    finally:
        os._exit(code)


def end(child: int) -> int:
    """Wait for a process that was started, and return how it ended, as subprocess does."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def ended(moment: int, act, *arguments) -> int:
    """Run the command line in a process of its own, and `act` in it at a moment; return how it
    ended.

    A moment is just before the disk changes: something is opened to be written, made, renamed or
    deleted. They are numbered from 1, and only the first three of a kind are counted: so each step
    of putting a dataset into its place is one, of filling and removing folders the first steps. If
    there are fewer moments than that, nothing happens.
    """
    seen = Counter()

    def watch(event, arguments):
        changes = event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if changes or event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"):
            seen[event] += 1
            if seen[event] <= 3 and sum(min(times, 3) for times in seen.values()) == moment:
                act()

    return end(started(*arguments, before=partial(sys.addaudithook, watch)))


@pytest.fixture
def two_worlds(seeds, dataset):
    """Two folders of seeds, each with the dataset that is built from it,
    and a folder in which the second of these is.
    """
    other = Path(shutil.copytree(seeds, dataset.with_name("other") / "seeds"))
    rewrite(other / "events.csv", "The allies meet.", "The allies met.")
    of_seeds = files(dataset)
    run("--seeds", other, "--dataset", dataset)
    return {seeds: of_seeds, other: files(dataset)}, dataset


def one_clear_line(code: int, told: str, named: str):
    """Hold that a build that could not be done said so in one line that names what is in the way,
    and said why.
    """
    assert code == 2
    (line,) = told.splitlines()
    assert named in line and "the dataset is as it was" in line and "None" not in line


@pytest.mark.parametrize("room", [20_000, 100_000])
def test_a_full_disk_is_told_in_a_line_and_leaves_the_old_dataset_and_nothing_else(
    seeds, dataset, capfd, room
):
    before = files(dataset)
    # A file may not grow beyond `room`, which is what a full disk looks like to whoever writes it.
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (room, room))
    code = end(started("--seeds", seeds, "--dataset", dataset, before=limit))
    one_clear_line(code, capfd.readouterr().err, "dataset")
    assert files(dataset) == before
    assert sorted(path.name for path in dataset.parent.iterdir()) == ["dataset", "seeds"]


def test_a_folder_that_cannot_be_written_is_told_in_a_line(build, seeds, tmp_path):
    (tmp_path / "file").touch()
    finished = build("--seeds", seeds, "--dataset", tmp_path / "file" / "dataset")
    one_clear_line(finished.returncode, finished.stderr, "file")


def kill():
    os.kill(os.getpid(), signal.SIGKILL)


def hang_up():
    signal.raise_signal(signal.SIGHUP)


def terminate():
    signal.raise_signal(signal.SIGTERM)


def interrupt():
    signal.raise_signal(signal.SIGINT)


def test_a_build_killed_at_any_moment_leaves_the_next_one_the_old_dataset_or_the_new_one(
    two_worlds,
):
    built, dataset = two_worlds
    left = set()
    for moment in itertools.count(1):
        old = files(dataset)
        (seeds,) = (seeds for seeds in built if built[seeds] != old)
        code = ended(moment, kill, "--seeds", seeds, "--dataset", dataset)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        left.add("some" if dataset.exists() else "none")
        settle(dataset)
        assert files(dataset) in (old, built[seeds])
        left.add("old" if files(dataset) == old else "new")
    # The last one was not killed, and found what the one before it had left behind.
    assert files(dataset) == built[seeds]
    assert sorted(path.name for path in dataset.parent.iterdir()) == ["dataset", "other", "seeds"]
    assert left == {"some", "none", "old", "new"}


def test_a_refused_build_puts_back_what_a_killed_one_had_taken_away(two_worlds):
    built, dataset = two_worlds
    seeds, other = built
    place = dataset.with_name(".dataset-build-1a2b3c")
    place.mkdir()
    (place / "made-by-eastflank").touch()
    dataset.rename(place / "old")
    rewrite(seeds / "milestones.csv", "2025-02", "2025-13")
    assert run("--seeds", seeds, "--dataset", dataset) == 1
    assert files(dataset) == built[other]


def test_a_build_interrupted_at_any_moment_leaves_the_old_dataset_and_says_so(two_worlds, capfd):
    built, dataset = two_worlds
    for moment in itertools.count(1):
        old = files(dataset)
        (seeds,) = (seeds for seeds in built if built[seeds] != old)
        capfd.readouterr()
        code = ended(moment, interrupt, "--seeds", seeds, "--dataset", dataset)
        if code == 0:
            break
        assert code == 130
        (line,) = capfd.readouterr().err.splitlines()
        assert "the dataset is as it was" in line and files(dataset) == old
    # Once the new dataset is in its place, the build is done, and an interruption comes too late.
    assert files(dataset) == built[seeds] and moment > 5


@pytest.mark.parametrize(("act", "number"), [(terminate, 15), (hang_up, 1)])
def test_a_build_that_the_system_ends_leaves_the_old_dataset_and_nothing_else(
    two_worlds, capfd, act, number
):
    built, dataset = two_worlds
    seeds, other = built
    capfd.readouterr()
    code = ended(4, act, "--seeds", seeds, "--dataset", dataset)
    assert code == 128 + number and "the dataset is as it was" in capfd.readouterr().err
    assert files(dataset) == built[other]
    assert sorted(path.name for path in dataset.parent.iterdir()) == ["dataset", "other", "seeds"]


def test_a_build_that_is_told_to_ignore_a_signal_goes_on(two_worlds):
    built, dataset = two_worlds
    seeds, _ = built

    def before():
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        sys.addaudithook(lambda event, _: event == "open" and hang_up())

    code = end(started("--seeds", seeds, "--dataset", dataset, before=before))
    assert code == 0 and files(dataset) == built[seeds]


def test_builds_at_the_same_time_leave_one_whole_dataset_and_nothing_else(two_worlds):
    built, dataset = two_worlds
    seeds, other = built
    command = [sys.executable, ROOT / "build.py", "--dataset", dataset, "--seeds", seeds]
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    # The others come while the first one is filling its folder.
    while first.poll() is None and not list(dataset.parent.glob(".dataset-build-*/next")):
        time.sleep(0.01)
    others = [started("--seeds", each, "--dataset", dataset) for each in (other, seeds, other)]
    assert [first.wait(timeout=120), *map(end, others)] == [0] * 4
    assert files(dataset) in built.values()
    assert sorted(path.name for path in dataset.parent.iterdir()) == ["dataset", "other", "seeds"]


def test_a_tidying_killed_at_any_moment_leaves_each_seed_as_it_was_or_canonical(seeds):
    canonical = files(seeds)
    untidy = {name: data.replace(b"\n", b"\r\n") for name, data in canonical.items()}
    for moment in itertools.count(1):
        for name, data in untidy.items():
            (seeds / name).write_bytes(data)
        code = ended(moment, kill, "tidy", "--seeds", seeds)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        left = files(seeds)
        assert all(left[name] in (untidy[name], canonical[name]) for name in canonical)
        # What it left half written beside them is in nobody's way.
        problems = Problems()
        assert find(seeds, problems).keys() == SEEDS.keys() and not problems
    assert files(seeds) == canonical and moment > 1


def test_a_report_that_is_read_only_in_part_makes_no_noise(seeds):
    rewrite(seeds / "milestones.csv", "2025-02", "2025-13")
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, ROOT / "build.py", "check", "--seeds", seeds]
    with os.fdopen(write) as nobody:
        finished = subprocess.run(
            command, stdout=nobody, stderr=subprocess.PIPE, text=True, timeout=120, check=False
        )
    assert not any(noise in finished.stderr for noise in ("Traceback", "Exception", "None"))


def test_a_summary_that_cannot_be_printed_is_no_failed_build(seeds, tmp_path):
    command = [sys.executable, ROOT / "build.py", "--seeds", seeds, "--dataset", tmp_path / "out"]
    with Path("/dev/full").open("w") as full:
        finished = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=120, check=False
        )
    assert finished.returncode == 0 and "tracker.csv" in files(tmp_path / "out")
    (line,) = finished.stderr.splitlines()
    assert "the new dataset is in its place" in line and "No space left" in line
    closed = subprocess.run(
        command,
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=lambda: os.close(1),
    )
    assert (closed.returncode, closed.stderr) == (0, "")


# Elsewhere and at another time


def test_a_checkout_builds_with_its_own_package_whatever_is_installed(build, seeds, tmp_path):
    for name in ("eastflank", "pipeline", "schemas"):
        (tmp_path / "other" / name).mkdir(parents=True)
        (tmp_path / "other" / name / "__init__.py").write_text("raise ImportError('another')")
    env = os.environ | {"PYTHONPATH": str(tmp_path / "other")}
    assert build("check", "--seeds", seeds, env=env).returncode == 0


def test_without_docstrings_a_build_says_what_it_needs(build, seeds):
    finished = build("check", "--seeds", seeds, env=os.environ | {"PYTHONOPTIMIZE": "2"})
    assert finished.returncode == 2 and "without -OO" in finished.stderr


def test_a_python_without_the_libraries_is_told_how_to_set_up(seeds):
    bare = [sys.executable, "-S", ROOT / "build.py", "check", "--seeds", seeds]
    finished = subprocess.run(bare, capture_output=True, text=True, encoding="utf-8", check=False)
    assert finished.returncode == 2 and not finished.stdout
    assert "set up as README.md says" in finished.stderr and "Traceback" not in finished.stderr


def test_the_name_of_a_file_moves_no_cursor(seeds, capsys):
    (seeds / "x\x1b[2J\u202e.csv").touch()
    assert run("check", "--seeds", seeds) == 1
    said = capsys.readouterr().out
    assert r"seeds/x\x1b[2J\u202e.csv: belongs to no table" in said and "\x1b" not in said


def test_rules_that_could_not_be_judged_are_counted_and_named_if_asked(seeds, capsys):
    rewrite(seeds / "milestones.csv", "2025-02", "2025-13")
    assert run("check", "--seeds", seeds) == 1
    problem, rest = capsys.readouterr().out.splitlines()
    assert problem.startswith("seeds/milestones.csv:3:date:")
    assert rest.endswith("could not be read (check --verbose names them)") and len(rest) < 100
    assert run("check", "--verbose", "--seeds", seeds) == 1
    assert "every_commitment_has_a_milestone" in capsys.readouterr().out


ANOTHER_DAY = """
import datetime, sys, time
import pandera.pandas, pyarrow.acero, pyarrow.csv, pyarrow.parquet  # Compiled code needs the true classes.

class Date(datetime.date):
    @classmethod
    def today(cls):
        return cls(2044, 2, 29)

class Datetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2044, 2, 29, 23, 59, 59, tzinfo=tz)
    today = utcnow = now

datetime.date, datetime.datetime, time.time = Date, Datetime, lambda: 2340403199.0
print("it is", datetime.date.today(), file=sys.stderr)
"""


def test_the_same_seeds_give_the_same_bytes_everywhere_and_at_any_time(
    build, built, seeds, tmp_path
):
    far = tmp_path / "another place"
    far.mkdir()
    (far / "sitecustomize.py").write_text(ANOTHER_DAY)
    seeds.rename(far / "Saatgut")
    place = {
        "TZ": "XYZ-13:45",
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "PYTHONHASHSEED": "7",
    }
    there = build(
        "--seeds",
        "Saatgut",
        "--dataset",
        "out",
        cwd=far,
        env=os.environ | place | {"PYTHONPATH": str(far)},
    )
    assert there.returncode == 0 and there.stderr.startswith("it is 2044-02-29\n")
    assert files(far / "out") == files(built)


def test_a_report_is_readable_where_the_terminal_has_no_such_letters(build, seeds):
    rewrite(seeds / "milestones.csv", "2025-02", "2025-ß")
    finished = build("check", "--seeds", seeds, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert finished.returncode == 1 and "Traceback" not in finished.stderr
    assert finished.stdout.startswith(
        r"seeds/milestones.csv:3:date: '2025-\xdf' is not an EDTF date"
    )
