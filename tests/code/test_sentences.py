"""The one sentence in which a record is told."""

import pandas as pd
import pytest

import eastflank as ef
from eastflank import edtf
from eastflank.codelists import Basis, Confidence, Standing, Timing
from eastflank.sentences import CAME, SHARES, _apart, _came, _due, came_of
from eastflank.words import at


def outcome(**cells) -> pd.Series:
    plain = {
        "standing": "met",
        "reached": None,
        "timing_first": "undated",
        "timing_current": "undated",
    }
    return pd.Series(plain | {"basis": "third-party", "confidence": "single"} | cells)


def test_it_says_who_promised_what_and_when_for_when_and_what_came_of_it(small):
    assert ef.headline("can-2pct-gdp", data=small) == (
        "Canada promised on 10 July 2024 to spend 2% of GDP, due in 2032; "
        "its date is still to come."
    )


def test_a_state_of_the_past_knows_nothing_of_later_sources(small):
    assert "due in 2034" in ef.headline("can-2pct-gdp", as_of="2024-12-31", data=small)
    with pytest.raises(ValueError, match="was not known on 2024-07-01; a source first"):
        ef.headline("can-2pct-gdp", as_of="2024-07-01", data=small)
    assert ef.headline("CAN", data=small) == ef.headline("canada", data=small) == "Canada"


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (["2030", "2030-01"], ", due in 2030"),
        (["2030", "2030-12"], ", due in parts, the first in 2030 and the last in December 2030"),
        (
            ["2030-01", "2030-02"],
            ", due in parts, the first in January 2030 and the last in February 2030",
        ),
    ],
)
def test_dates_that_begin_on_one_day_are_told_as_one(dates, said):
    spans = pd.DataFrame([edtf.parse(date) for date in dates]).add_prefix("current_due_")
    spans = spans.assign(**{name: pd.to_datetime(spans[name]) for name in spans.columns[:2]})
    assert _due(spans.assign(due=dates, current_due=dates), []) == said


def test_there_are_words_for_every_standing():
    assert set(CAME) == set(SHARES) == set(Standing)


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("timing", Timing)
def test_every_standing_and_timing_makes_words_without_a_hole(standing, timing):
    said = came_of(outcome(standing=standing, timing_current=timing, timing_first=timing))
    assert said and "nan" not in said and "None" not in said and not said.endswith((" ", ","))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"reached": "2025"}, "it was met in 2025"),
        ({"timing_current": "late", "timing_first": "late"}, "it was met, late"),
        (
            {"timing_current": "in-time", "timing_first": "late"},
            "it was met, in time by the new date and late by the first",
        ),
        (
            {"standing": "reversed", "timing_current": "late", "timing_first": "late"},
            "it was met and later undone",
        ),
        ({"basis": Basis.ESTIMATE}, "it was met, by an estimate"),
        ({"confidence": Confidence.WEAK}, "it was met, by weak sources alone"),
        ({"standing": "pending", "timing_current": "not-due"}, "its date is still to come"),
    ],
)
def test_what_came_of_it_says_when_and_by_whose_word(cells, said):
    assert came_of(outcome(**cells)) == said


def several(*rows: tuple[str, str | None]) -> pd.DataFrame:
    """Return outcomes of targets, each with its standing and what weak sources report."""
    ids = [f"target-{place}" for place in range(len(rows))]
    made = [outcome(standing=standing, reported=reported) for standing, reported in rows]
    return pd.DataFrame(made).assign(target_id=ids, actor_id=None)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("pending", None), ("pending", None)], "both are still open"),
        (
            [("pending", "withdrawn")],
            "it is still open, though weak sources alone say that it is taken back",
        ),
        (
            [("pending", "withdrawn")] * 3,
            "all 3 are still open, though weak sources alone say that all are taken back",
        ),
        (
            [("pending", "met"), ("met", None)],
            "of 2 parts, 1 is met and 1 is still open, though weak sources alone say that 1 is met",
        ),
    ],
)
def test_what_weak_sources_alone_report_of_an_end_is_told_as_that(rows, said):
    assert _came(several(*rows)) == said


def test_what_came_of_parts_within_targets_is_told_where_it_is_something_else():
    whole = several(("met", None), ("pending", None))
    assert _apart(several(("pending", None)), whole) == ""
    within = _apart(several(("missed", None), ("pending", None)), whole)
    assert within == "; of 2 parts within these, 1 is missed and 1 is still open"


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2024-07-09/2024-07-11", "between 9 and 11 July 2024"),
        ("2024-12-30/2025-01-02", "between 30 December 2024 and 2 January 2025"),
        ("2025-04/2026-03", "between April 2025 and March 2026"),
        ("../1991-06-01", "by 1 June 1991"),
        ("2026/..", "in 2026 or later"),
        ("2024-XX", "in 2024"),
        ("203X", "in the 2030s"),
        ("19XX", "between 1900 and 1999"),
        ("2024-21", "in spring 2024"),
        ("2025-08~", "about August 2025"),
    ],
)
def test_a_date_has_the_word_that_leads_to_it(date, words):
    assert at(date) == words
