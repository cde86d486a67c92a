"""Every rule refuses what breaks it, in the exact words that a curator will read.

What only comes near to breaking it is accepted. A case is a text file in `tests/refusals/`, named
after its rule, with a further word behind two hyphens where a rule has several; of a case that is
accepted, the further word begins with `allowed`. Each of its lines begins with a mark and a blank:

    @ events.csv                 the seed to change (of the small world in tests/seeds)
    - summit,Summit,...          a line to take away, which must be there
    + summit,Summit,...          a line to put in its place, or at the end of the file
    = event_id,title,...         all that is to stand in the file, to its last byte
    x                            the file is to be deleted
    ! seeds/events.csv:4:...     a line that the report must have, as it is printed
    ? seeds/events.csv:4:...     a line that the warnings must have
    # The event is the ...       a remark

and several of each may follow one another. In what is to stand in a file, \\xe9 is a byte, \\u200b
a character in UTF-8, and \\t, \\r and \\n are what they always are. Everywhere, {closing} is the
closing day, {after} the day after it, and {version} the number of the present version. The report
must have the lines that are named, and no other: none at all where the case is accepted or only in
doubt. So must the warnings of a case that is not refused, but for those that are about ids: the ids
of the cases are short.
"""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from eastflank.version import CLOSING, VERSION
from pipeline.check import check
from pipeline.describe import rules
from pipeline.problems import FORM
from schemas import SEEDS
from schemas.rules import WARNINGS, ids
from tests.worlds import MEMORY, SMALL_WORLD

CASES = sorted((Path(__file__).resolve().parents[1] / "refusals").glob("*.txt"))
DOUBTS = {warning.name for warning in WARNINGS} | {"unused", "leftover", "era"}
"""The rules whose breach is a warning."""
ABOUT_IDS = {each.name for each in WARNINGS if each.judge.__module__ == ids.__name__}
NEED_MORE = {"locator", "anchor", "released", "release", "record", "corrections"}
"""The rules that a check can judge only with a text or a release; test_locate.py, test_check.py and
test_corrections.py have their cases.
"""


NAMED = {
    "{closing}": CLOSING,
    "{after}": f"{date.fromisoformat(CLOSING) + timedelta(days=1)}",
    "{version}": re.match(r"[0-9.]+[0-9]", VERSION)[0],
}
"""What a case names, as it is another with each version."""


def rule_of(case: Path) -> str:
    """Return the name of the rule that a case is about."""
    return case.stem.partition("--")[0]


ALLOWED = [case for case in CASES if "--allowed" in case.stem]
DOUBTED = [case for case in CASES if case not in ALLOWED and rule_of(case) in DOUBTS]
REFUSED = [case for case in CASES if case not in ALLOWED and case not in DOUBTED]


@pytest.mark.parametrize("case", REFUSED, ids=lambda path: path.stem)
def test_a_seed_that_breaks_a_rule_is_refused_in_these_words(case, seeds):
    expected, _ = change(seeds, case.read_text(encoding="utf-8"))
    assert list(check(seeds, memory=MEMORY).problems.report()) == expected
    assert any(line.endswith(f"[{rule_of(case)}]") for line in expected), (
        "a case must show the rule that it is named after"
    )


@pytest.mark.parametrize("case", DOUBTED, ids=lambda path: path.stem)
def test_a_seed_that_is_in_doubt_is_accepted_with_a_warning_in_these_words(case, seeds, usual):
    refused, expected = change(seeds, case.read_text(encoding="utf-8"))
    checked = check(seeds, memory=MEMORY)
    assert (list(checked.problems.report()), refused) == ([], [])
    assert new_warnings(checked, case, usual) == expected
    assert any(line.endswith(f"[{rule_of(case)}]") for line in expected)


@pytest.mark.parametrize("case", ALLOWED, ids=lambda path: path.stem)
def test_a_seed_that_comes_near_to_breaking_a_rule_is_accepted(case, seeds, usual):
    before = {path.name: path.read_bytes() for path in seeds.iterdir()}
    refused, expected = change(seeds, case.read_text(encoding="utf-8"))
    assert {path.name: path.read_bytes() for path in seeds.iterdir()} != before
    checked = check(seeds, memory=MEMORY)
    assert (list(checked.problems.report()), refused, checked.unjudged) == ([], [], [])
    assert new_warnings(checked, case, usual) == expected
    assert not any(line.endswith(f"[{rule_of(case)}]") for line in expected)


def new_warnings(checked, case: Path, usual: list[str]) -> list[str]:
    """Return the warnings that the small world does not have, but for those about ids; where the
    case is about one of these, that as well.
    """
    of_ids = [f"[{name}]" for name in ABOUT_IDS - {rule_of(case)}]
    warnings = checked.warnings.report()
    return [line for line in warnings if line not in usual and not line.endswith(tuple(of_ids))]


@pytest.fixture(scope="module")
def usual() -> list[str]:
    """The warnings that the small world has as it is."""
    return list(check(SMALL_WORLD).warnings.report())


def test_the_small_world_itself_is_in_order(report):
    assert report(SMALL_WORLD) == []


def test_every_rule_has_a_case():
    known = set(FORM) | {rule for table in SEEDS for rule, _, _ in rules(table)}
    assert {rule_of(case) for case in REFUSED} == known - DOUBTS - NEED_MORE
    assert {rule_of(case) for case in DOUBTED} == DOUBTS
    assert {rule_of(case) for case in ALLOWED} <= known | DOUBTS


def change(seeds: Path, case: str) -> tuple[list[str], list[str]]:
    """Change seeds as a case says; return the lines that the report and the warnings must have."""
    expected, doubted, path, taken_at = [], [], None, None
    for name, value in NAMED.items():
        case = case.replace(name, value)
    for line in case.splitlines():
        mark, _, words = line.partition(" ")
        if mark == "@":
            path, taken_at = seeds / words, None
        elif mark == "-":
            lines = _lines(path)
            taken_at = lines.index(_bytes(words))
            _write(path, lines[:taken_at] + lines[taken_at + 1 :])
        elif mark == "+":
            lines, new = _lines(path), _bytes(words).split(b"\n")
            place = len(lines) if taken_at is None else taken_at
            _write(path, [*lines[:place], *new, *lines[place:]])
            taken_at = None if taken_at is None else place + len(new)
        elif mark == "=":
            path.write_bytes(_bytes(words))
        elif mark == "x":
            path.unlink()
        elif mark == "!":
            expected.append(words)
        elif mark == "?":
            doubted.append(words)
        elif mark != "#":
            raise ValueError(f"{line!r} begins with no mark that a case has")
    return expected, doubted


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().removesuffix(b"\n").split(b"\n")


def _write(path: Path, lines: list[bytes]):
    path.write_bytes(b"".join(line + b"\n" for line in lines))


def _bytes(words: str) -> bytes:
    """Return words as they are to stand in a file, without the escapes."""
    text = re.sub(
        r"\\(u....|[trn])", lambda escape: escape[0].encode().decode("unicode_escape"), words
    )
    return re.sub(rb"\\x(..)", lambda escape: bytes.fromhex(escape[1].decode()), text.encode())
