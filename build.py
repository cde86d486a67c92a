"""Build Eastflank: check the seeds, derive what follows from them, and write the dataset.

    python build.py          check the seeds and build the dataset
    python build.py check    only check the seeds
    python build.py tidy     rewrite the seeds in canonical form
    python build.py score    say how far two codings of a corpus agree
    python build.py release  put the version into releases/, for ever
    python build.py site     write the web pages of the dataset
    python build.py verify   say whether the dataset and the releases are as they were made

Exit codes: 0 all is well; 1 the seeds have problems, what was asked is refused, or a file is not as
it was, each told in a line; 2 the command was misused or cannot be done; 128 and the number of a
signal, as in 130 and 143, it was interrupted.
"""

import argparse
import os
import signal
import sys
import time
from datetime import UTC, date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.check import Checked

ROOT = Path(__file__).resolve().parent
# Whatever is installed, a checkout builds with its own package.
sys.path[:0] = [str(ROOT), str(ROOT / "src")]


def main(arguments: list[str]) -> int:
    """Run the command line and return its exit code."""
    if sys.flags.optimize > 1:
        print(
            "build.py needs docstrings, its rules' sentences; run it without -OO", file=sys.stderr
        )
        return 2
    parser = _parser()
    only_options = all(argument.startswith("-") for argument in arguments[:1]) and not {
        "-h",
        "--help",
    } & set(arguments[:1])
    asked = parser.parse_args(["build", *arguments] if only_options else arguments)
    for option in ("seeds", "texts"):
        folder = getattr(asked, option, None)
        if folder and not folder.is_dir():
            parser.error(_printable(f"--{option} {folder}: there is no such folder"))
    from pipeline import signals

    try:
        with signals.as_interruptions():
            code = asked.run(asked)
            if sys.stdout:
                sys.stdout.flush()
            return code
    except BrokenPipeError:
        # Whoever reads the report has seen enough of it; Python would complain again at its end.
        _hush()
        return 1
    except OSError as error:
        why = error.strerror or str(error).partition("\n")[0]
        where = error.filename or getattr(asked, "dataset", getattr(asked, "seeds", ROOT))
        what = "site" if asked.verb == "site" else "dataset"
        words = f"build.py: {where}: {why}; the {what} is as it was"
        print(_printable(words), file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        package = str(error.name).partition(".")[0]
        if (ROOT / package).exists() or (ROOT / "src" / package).exists():
            raise  # one of our own lacks a module, and nothing can be installed against that
        print(
            f"build.py needs {error.name}, which this Python does not have: set up as README.md "
            "says, and run it as .venv/bin/python build.py",
            file=sys.stderr,
        )
        return 2
    except KeyboardInterrupt as interrupt:
        print("interrupted; the dataset is as it was", file=sys.stderr)
        return 128 + getattr(interrupt, "number", signal.SIGINT)


def _printable(words: str) -> str:
    """Return words without what would move the cursor of a terminal."""
    from pipeline.problems import printable

    return printable(words)


def _hush() -> None:
    """Let what is still to be printed go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def build(asked: argparse.Namespace) -> int:
    """Check the seeds, and if all is well put the new dataset in the place of the old one."""
    from pipeline import signals
    from pipeline.check import check
    from pipeline.derive import derive
    from pipeline.summary import summary
    from pipeline.write import alone, prepare, put, settle

    began = time.perf_counter()
    with alone(asked.dataset):
        settle(asked.dataset)
        checked = check(asked.seeds)
        if checked.problems:
            return _refuse(checked)
        tables = derive(checked.parsed, asked.seeds.parent / "reliability")
        fresh = prepare(tables, asked.dataset)
        # From here on an interruption comes too late: the new dataset is whole.
        with signals.ignored():
            left = put(fresh, asked.dataset)
            words = summary(tables, checked.warnings, time.perf_counter() - began)
            return _report(words, left)


def _report(summary: str, left: list[Path]) -> int:
    """Say that the new dataset is in its place, and which folders are still in the way."""
    try:
        print(summary, flush=True)
    except OSError as error:
        why = f"its summary could not be printed: {error.strerror}"
        print(f"the new dataset is in its place; {why}", file=sys.stderr)
        _hush()
    for folder in left:
        print(f"{folder} could not be removed; please remove it", file=sys.stderr)
    return 0


def check(asked: argparse.Namespace) -> int:
    """Check the seeds and report all problems."""
    from eastflank.words import plural
    from pipeline.check import check

    checked = check(asked.seeds, asked.texts)
    if checked.problems:
        return _refuse(checked, asked.verbose)
    for line in checked.warnings.report():
        print(f"warning: {line}")
    if asked.strict and checked.warnings:
        warned = plural(len(checked.warnings), "warning")
        print(f"{warned}, and the check is strict", file=sys.stderr)
        return 1
    if asked.texts:
        none = f"none; no file in {asked.texts} is the text of a source"
        print(f"evidence checked against the texts of: {', '.join(checked.texts) or none}")
    rows = sum(len(table.bad) for table in checked.parsed.values())
    warned = plural(len(checked.warnings), "warning")
    print(f"{asked.seeds.name}/ is in order: {plural(rows, 'row')}, {warned}")
    return 0


def tidy(asked: argparse.Namespace) -> int:
    """Rewrite the seeds in canonical form, and never what they say.

    The form is their encoding, line ends, quotes, and the order of columns and rows.
    """
    from pipeline.problems import Problems
    from pipeline.tidy import tidy

    in_the_way = Problems()
    for file in tidy(asked.seeds, in_the_way):
        print(f"{file} rewritten")
    for line in in_the_way.report():
        print(line)
    return 1 if in_the_way else 0


def score(asked: argparse.Namespace) -> int:
    """Say how far two codings of a corpus agree, from their folder."""
    from pipeline.reliability import score

    for folder in (asked.first, asked.second):
        if not (asked.corpus / folder / "passages.csv").exists():
            print(f"there is no coding {folder}/passages.csv in {asked.corpus}", file=sys.stderr)
            return 1
    print(f"{'variable':<32}{'units':>6}{'agreement':>11}{'alpha':>8}{'95% interval':>16}")
    for _, variable, units, agreement, alpha, low, high in score(
        asked.corpus, asked.first, asked.second
    ):
        told = ["" if each is None else f"{each:.3f}" for each in (agreement, alpha, low, high)]
        interval = f"{told[2]}-{told[3]}" if told[2] else ""
        print(f"{variable:<32}{units:>6}{told[0]:>11}{told[1]:>8}{interval:>16}")
    return 0


def release(asked: argparse.Namespace) -> int:
    """Put the version into releases/, for ever; refuse it where anything does not agree."""
    from eastflank.version import VERSION
    from pipeline.release import Refused, release

    try:
        archive = release(ROOT, VERSION, f"{asked.day:%Y-%m-%d}")
    except Refused as refused:
        for reason in refused.reasons:
            print(reason)
        print(f"{len(refused.reasons):,} reasons; nothing was released", file=sys.stderr)
        return 1
    size = archive.stat().st_size / 1e6
    print(f"{archive.relative_to(ROOT)}: {size:,.1f} MB; RELEASING.md says what comes next")
    return 0


def verify(asked: argparse.Namespace) -> int:
    """Say whether the dataset and the releases are as they were made."""
    from pipeline.verify import verify

    found = verify(ROOT)
    for path, faults in found.items():
        print(f"{path}: {'as it was made' if not faults else ''}".rstrip())
        for fault in faults:
            print(f"    {fault}")
    return 1 if any(found.values()) else 0


def site(asked: argparse.Namespace) -> int:
    """Write the web pages of the dataset; they need the extra site."""
    sys.path.insert(0, str(ROOT / "site"))
    from eastflank.about import ADDRESS
    from website.make import make

    began = time.perf_counter()
    pages = make(asked.dataset, asked.output, asked.address or ADDRESS)
    print(f"{len(pages.made):,} pages in {asked.output}, {time.perf_counter() - began:.1f} seconds")
    return 0


def _refuse(checked: "Checked", verbose: bool = False) -> int:
    from eastflank.words import plural

    for line in checked.problems.report():
        print(line)
    if checked.unjudged:
        names = f": {', '.join(checked.unjudged)}" if verbose else " (check --verbose names them)"
        print(
            f"{plural(len(checked.unjudged), 'rule was', 'rules were')} not judged, "
            f"as they read what could not be read{names}"
        )
    wrong = plural(len(checked.problems), "problem")
    print(f"{wrong}; the dataset is as it was", file=sys.stderr)
    return 1


def _folder(named: str) -> Path:
    """Return the folder itself, where a link to it or a dot is named."""
    try:
        return Path(named).resolve()
    except RuntimeError as error:
        # Python 3.11 and 3.12 say so; later ones resolve as far as they can.
        words = f"{_printable(named)}: the link leads back to itself"
        raise argparse.ArgumentTypeError(words) from error


def _address(named: str) -> str:
    """Return a base address, ending in a slash."""
    if not named.startswith(("https://", "http://")):
        raise argparse.ArgumentTypeError(f"{named}: an address starts with https:// or http://")
    return named if named.endswith("/") else f"{named}/"


OF_A_FOLDER: dict[str, Any] = {"type": _folder, "metavar": "FOLDER"}

ARGUMENTS: dict[str, dict[str, Any]] = {
    "corpus": OF_A_FOLDER | {"help": "of the corpus"},
    "--address": {
        "type": _address,
        "metavar": "URL",
        "help": "the base address under which the pages will stand, if there is one",
    },
    "--dataset": OF_A_FOLDER
    | {"default": ROOT / "dataset", "help": "of the dataset (default: dataset/)"},
    "--day": {
        "type": date.fromisoformat,
        "default": datetime.now(UTC).date(),
        "metavar": "YYYY-MM-DD",
        "help": "the day of the release (default: today, in UTC)",
    },
    "--first": {
        "default": "coder-a",
        "metavar": "CODING",
        "help": "a folder in it with one coding (default: coder-a)",
    },
    "--output": OF_A_FOLDER
    | {"default": ROOT / "_site", "help": "where the pages go (default: _site/)"},
    "--second": {
        "default": "coder-b",
        "metavar": "CODING",
        "help": "a folder in it with another (default: coder-b)",
    },
    "--seeds": OF_A_FOLDER
    | {"default": ROOT / "seeds", "help": "where the seeds are (default: seeds/)"},
    "--strict": {"action": "store_true", "help": "let warnings fail the check too"},
    "--texts": OF_A_FOLDER
    | {"help": "where texts of sources are, to check locators and anchors against them"},
    "--verbose": {"action": "store_true", "help": "name the rules that could not be judged"},
}
"""What can be told to a verb, and how `argparse` reads it."""

VERBS = {
    build: ["--dataset", "--seeds"],
    check: ["--seeds", "--texts", "--strict", "--verbose"],
    tidy: ["--seeds"],
    score: ["corpus", "--first", "--second"],
    release: ["--day"],
    site: ["--dataset", "--output", "--address"],
    verify: [],
}
"""What the command line does, each with what it is told."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = ",".join(run.__name__ for run in VERBS)
    verbs = parser.add_subparsers(
        dest="verb", metavar=f"{{{names}}}", title="verbs, build if none is given"
    )
    for run, arguments in VERBS.items():
        verb = verbs.add_parser(run.__name__, help=run.__doc__, description=run.__doc__)
        verb.set_defaults(run=run)
        for argument in arguments:
            verb.add_argument(argument, **ARGUMENTS[argument])
    return parser


if __name__ == "__main__":
    # A terminal that lacks a letter shows its number.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
