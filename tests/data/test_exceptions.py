"""Every exception to a rule is still needed, and says why."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.check import check
from schemas.rules import RULES, WARNINGS, base
from schemas.rules.base import Memory, Readable, exceptions

ROOT = Path(__file__).resolve().parents[2]
KNOWN = exceptions()


@pytest.fixture(scope="module")
def without() -> Iterator[Readable]:
    """The tables, as they are judged where there are no exceptions."""
    parsed = check(ROOT / "seeds").parsed
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "exceptions", lambda: {})
        yield Readable({name: table.frame() for name, table in parsed.items()}, Memory())


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_excepted_would_break_its_rule(name, without):
    (rule,) = [each for each in (*RULES, *WARNINGS) if each.name == name]
    breaking = without[rule.table].iloc[rule.breaches(without), 0]
    assert set(KNOWN[name]) <= set(breaking)


@pytest.mark.parametrize("name", KNOWN)
def test_an_exception_says_why_in_a_sentence(name):
    assert [row for row, why in KNOWN[name].items() if not why.endswith(".")] == []


def test_no_exception_stands_twice_and_all_are_in_order():
    lines = base.EXCEPTIONS.read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) == sum(map(len, KNOWN.values()))
    assert lines == sorted(lines)
