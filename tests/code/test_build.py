"""The command line keeps its word: one exit code for each outcome, and the old dataset or the new one, whole, whatever happens."""

import datetime
import itertools
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import pipeline.tidy
import pipeline.write
from build import main
from pipeline.check import check
from pipeline.derive import derive
from pipeline.problems import Problems
from pipeline.write import settle, write

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    """The tables of two datasets that differ."""
    seeds = Path(shutil.copytree(ROOT / "tests" / "seeds", tmp_path_factory.mktemp("worlds") / "seeds"))
    one = derive(check(seeds).parsed)
    rewrite(seeds / "events.csv", "The allies meet.", "The allies met.")
    return one, derive(check(seeds).parsed)


def rewrite(path: Path, old: str, new: str):
    """Replace some words of a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def run(*arguments) -> int:
    """Run the command line in this process and return its exit code."""
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as exit:
        return exit.code


# Outcomes


@pytest.mark.parametrize("verb", [[], ["build"]])
def test_seeds_in_order_are_built(seeds, tmp_path, capsys, verb):
    assert run(*verb, "--seeds", seeds, "--dataset", tmp_path / "dataset") == 0
    assert {"commitments.parquet", "tracker.csv", "datapackage.json"} <= files(tmp_path / "dataset").keys()
    assert capsys.readouterr().err == ""


def test_seeds_with_problems_leave_the_old_dataset_byte_for_byte(seeds, tmp_path, capsys):
    run("--seeds", seeds, "--dataset", tmp_path / "dataset")
    before = files(tmp_path / "dataset")
    rewrite(seeds / "milestones.csv", "2025-02", "2025-13")
    capsys.readouterr()
    assert run("--seeds", seeds, "--dataset", tmp_path / "dataset") == 1
    assert files(tmp_path / "dataset") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dataset", "seeds"]
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


@pytest.mark.parametrize("verb", [[], ["build"], ["check"], ["tidy"]], ids="-".join)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_verb_explains_itself(verb, flag, capsys):
    assert run(*verb, flag) == 0
    said = capsys.readouterr()
    assert "usage: build.py" in said.out and said.err == ""
    assert ("--seeds" if verb else "Exit codes") in said.out


# The target folder


def test_a_table_that_is_no_more_does_not_linger(worlds, tmp_path):
    write(worlds[0], tmp_path / "dataset")
    fresh = files(tmp_path / "dataset")
    (tmp_path / "dataset" / "gone.parquet").touch()
    write(worlds[0], tmp_path / "dataset")
    assert files(tmp_path / "dataset") == fresh


@pytest.mark.parametrize("foreign", ["thesis.docx", "raw/data.csv"])
def test_a_folder_that_is_no_dataset_is_left_alone(seeds, tmp_path, capsys, foreign):
    mine = tmp_path / "folder" / foreign
    mine.parent.mkdir(parents=True)
    mine.write_text("years of work")
    assert run("--seeds", seeds, "--dataset", tmp_path / "folder") == 2
    assert mine.read_text() == "years of work"
    assert "folder" in capsys.readouterr().err


def test_a_file_in_the_place_of_the_dataset_is_left_alone(seeds, tmp_path, capsys):
    (tmp_path / "dataset").write_text("mine")
    assert run("--seeds", seeds, "--dataset", tmp_path / "dataset") == 2
    assert (tmp_path / "dataset").read_text() == "mine"
    assert "dataset" in capsys.readouterr().err


def test_a_link_to_the_dataset_is_followed_every_time(seeds, tmp_path):
    (tmp_path / "link").symlink_to("far/dataset")
    for _ in range(2):
        assert run("--seeds", seeds, "--dataset", tmp_path / "link") == 0
    assert (tmp_path / "link").is_symlink()
    assert "tracker.csv" in files(tmp_path / "far" / "dataset")


def test_the_seeds_and_the_dataset_may_be_the_folder_one_is_in(seeds, tmp_path, monkeypatch, capsys):
    (tmp_path / "dataset").mkdir()
    monkeypatch.chdir(tmp_path / "dataset")
    assert run("--seeds", seeds, "--dataset", ".") == 0
    assert "tracker.csv" in files(tmp_path / "dataset")
    monkeypatch.chdir(seeds)
    rewrite(Path("milestones.csv"), "2025-02", "2025-13")
    capsys.readouterr()
    assert run("check", "--seeds", ".") == 1
    assert capsys.readouterr().out.startswith("seeds/milestones.csv:3:date:")


def one_clear_line(finished: subprocess.CompletedProcess, named: str):
    """Hold that a build that could not be done said so in one line that names what is in the way, and said why."""
    assert finished.returncode == 2
    (line,) = finished.stderr.splitlines()
    assert named in line and "the dataset is as it was" in line and "None" not in line


@pytest.mark.parametrize("room", [0, 20_000, 100_000])
def test_a_full_disk_is_told_in_a_line_and_leaves_the_old_dataset_and_nothing_else(build, seeds, tmp_path, room):
    run("--seeds", seeds, "--dataset", tmp_path / "dataset")
    before = files(tmp_path / "dataset")
    # A file may not grow beyond `room`, which is what a full disk looks like to whoever writes it.
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    one_clear_line(build("--seeds", seeds, "--dataset", tmp_path / "dataset", preexec_fn=limit), "dataset")
    assert files(tmp_path / "dataset") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dataset", "seeds"]


def test_a_folder_that_cannot_be_written_is_told_in_a_line(build, seeds, tmp_path):
    (tmp_path / "file").touch()
    one_clear_line(build("--seeds", seeds, "--dataset", tmp_path / "file" / "dataset"), "file")


# Cut off


def at_moment(number: int, act, work) -> None:
    """Do some work, and `act` before the line of this number, counting those lines that move the files.

    These are the lines of the modules that write, and of shutil, which they call; each counts the first two times it is run.
    """
    watched = {module.__file__ for module in (pipeline.write, pipeline.tidy, shutil)}
    runs, before = Counter(), sys.gettrace()

    def trace(frame, event, argument):
        if frame.f_code.co_filename not in watched:
            return None
        if event == "line":
            runs[frame.f_code.co_filename, frame.f_lineno] += 1
            if sum(min(times, 2) for times in runs.values()) == number and runs[frame.f_code.co_filename, frame.f_lineno] <= 2:
                act()
        return trace

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)


def killed_at(number: int, work) -> bool:
    """Do some work in a process of its own that is killed at a moment; return False if it was done before."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            signal.alarm(60)  # A child that hangs fails the test, and does not hang it.
            at_moment(number, lambda: os.kill(os.getpid(), signal.SIGKILL), work)
            code = 0
        finally:
            os._exit(code)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (0, -signal.SIGKILL)
    return ended != 0


def test_a_build_killed_at_any_moment_leaves_the_old_dataset_or_the_new_one_to_the_next(worlds, tmp_path):
    folder, (one, other) = tmp_path / "dataset", worlds
    write(other, folder)
    new = files(folder)
    write(one, folder)
    old = files(folder)
    left = Counter()
    for number in itertools.count(1):
        if not killed_at(number, lambda: write(other, folder)):
            break
        left["neither"] += not folder.exists()
        settle(folder)
        here = files(folder)
        assert here in (old, new)
        left["new" if here == new else "old"] += 1
        write(one, folder)
        assert files(folder) == old and os.listdir(tmp_path) == ["dataset"]
    print(number, left)
    assert left["old"] and left["new"] and left["neither"]
