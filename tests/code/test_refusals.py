"""Every rule refuses what breaks it, in the exact words that a curator will read.

A case is a text file in `tests/refusals/`, named after its rule, with a further word behind two hyphens where a rule has
several. Each of its lines begins with a mark and a blank:

    @ events.csv                 the seed to change (of the small world in tests/seeds)
    - summit,Summit,...          a line to take away, which must be there
    + summit,Summit,...          a line to put in its place, or at the end of the file
    = event_id,title,...         all that is to stand in the file, to its last byte, be it new or not
    x                            the file is to be deleted
    ! seeds/events.csv:4:...     a line that the report must have, as it is printed
    # The event is the ...       a remark

and several of each may follow one another. In what is to stand in a file, \\xe9 is a byte, \\u200b a character in UTF-8, and
\\t, \\r and \\n are what they always are. The report must have the lines that are named, and no other.
"""

import re
from pathlib import Path

import pytest

from pipeline.describe import rules
from pipeline.problems import FORM
from schemas import SEEDS

CASES = sorted((Path(__file__).resolve().parents[1] / "refusals").glob("*.txt"))
NOT_REFUSED_BY_CHECK = {
    "unused": "it is a warning, tested in test_check.py",
    "locator": "it needs a text, tested in test_locate.py",
    "anchor": "it needs a text, tested in test_locate.py",
}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_seed_that_breaks_a_rule_is_refused_in_these_words(case, seeds, report):
    expected = change(seeds, case.read_text(encoding="utf-8"))
    assert report(seeds) == expected
    assert any(line.endswith(f"[{rule_of(case)}]") for line in expected), (
        "a case must show the rule that it is named after"
    )


def test_the_small_world_itself_is_in_order(seeds, report):
    assert report(seeds) == []


def test_every_rule_has_a_case():
    known = set(FORM) | {rule for table in SEEDS for rule, _, _ in rules(table)}
    assert {rule_of(case) for case in CASES} == known - set(NOT_REFUSED_BY_CHECK)


def rule_of(case: Path) -> str:
    """Return the name of the rule that a case is about."""
    return case.stem.partition("--")[0]


def change(seeds: Path, case: str) -> list[str]:
    """Change seeds as a case says, and return the lines that the report must have."""
    expected, path, taken_at = [], None, None
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
        elif mark != "#":
            raise ValueError(f"{line!r} begins with no mark that a case has")
    return expected


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
