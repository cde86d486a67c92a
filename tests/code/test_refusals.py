"""Every rule refuses what breaks it, in the exact words that a curator will read.

A case is a text file in `tests/refusals/`, named after its rule, with a further word behind two hyphens where a rule has
several. Its lines are

    @ events.csv                 the seed to change (of the small world in tests/seeds)
    - summit,Summit,...          a line to take away, which must be there
    + summit,Summit,...          a line to put in its place, or at the end of the file; \\t, \\n, \\x00 and \\u200b are escapes
    ! seeds/events.csv:4:...     a line that the report must have

and several of each may follow one another. The report must have the lines that are named, and no other.
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


def test_the_small_world_itself_is_in_order(seeds, report):
    assert report(seeds) == []


def test_every_rule_has_a_case():
    known = set(FORM) | {rule for table in SEEDS for rule, _, _ in rules(table)}
    tried = {path.stem.partition("--")[0] for path in CASES}
    assert tried == known - set(NOT_REFUSED_BY_CHECK)


def change(seeds: Path, case: str) -> list[str]:
    """Change seeds as a case says, and return the lines that the report must have."""
    expected, path, taken_at = [], None, None
    for line in case.splitlines():
        mark, _, words = line.partition(" ")
        words = re.sub(r"\\(x..|u....|[tnr])", lambda match: match[0].encode().decode("unicode_escape"), words)
        if mark == "!":
            expected.append(words)
        elif mark == "@":
            path, taken_at = seeds / words, None
        else:
            lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
            if mark == "-":
                taken_at = lines.index(words)
                del lines[taken_at]
            elif mark == "+":
                lines.insert(len(lines) if taken_at is None else taken_at, words)
                taken_at = None if taken_at is None else taken_at + 1
            path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return expected
