"""The outcomes of the real data are those that plain loops find, by the manual alone; and the panel
tells of each month what the state of its last day tells.
"""

import pandas as pd
import pytest

import eastflank as ef
from eastflank import outcomes
from eastflank.corpora import left_out
from tests.agreement import disagreements

DAYS = ["2019-06-30", "2023-12-31", "2024-07-31", "2025-06-10", "2026-03-08"]
"""Days of the past; on the last two, turns had been told that better sources contradict."""

AIM = ["form", "comparator", "value_low", "value_high", "due", "targets"]
"""What a promise is judged by, besides what became of it."""


@pytest.fixture(scope="module")
def data() -> ef.Dataset:
    """The dataset of the checkout."""
    return ef.Dataset()


@pytest.fixture(scope="module")
def facts(data) -> outcomes.Facts:
    """What the outcomes of the whole dataset follow from."""
    return outcomes.facts_of(data.frames)


def rows_for(data: ef.Dataset, state: ef.Dataset) -> dict[str, pd.DataFrame]:
    """Return what the plain loops are to judge a state by.

    These are the records as they were told on the day, and all others as they are told now, so that
    the loops find by themselves which of them were known. Sources that were not public are left out.
    """
    rows = dict(state.frames.items())
    public = rows["sources"]["source_id"]
    rows["evidence"] = data.frames["evidence"][data.frames["evidence"]["source_id"].isin(public)]
    for table in ("commitments", "targets", "milestones"):
        told, now, key = rows[table], data.frames[table], data.key(table)[0]
        rows[table] = pd.concat([told, now[~now[key].isin(told[key])]], ignore_index=True)
    return rows


@pytest.mark.parametrize("day", [*DAYS, f"{ef.Dataset().closing:%Y-%m-%d}"])
def test_the_outcomes_are_those_of_the_plain_loops(data, day):
    state = data.at(day)
    found = list(disagreements(state.frames, rows_for(data, state), pd.Timestamp(day)))
    assert found == []


def test_the_panel_ends_with_what_the_outcomes_say(data, facts):
    # Judged as of a month's end, since the closing day need not be one.
    day = data.closing + pd.offsets.MonthEnd(0)
    last = outcomes.panel(facts, day).query("month == @day").set_index("outcome_id")
    found = outcomes.outcomes(data.frames, facts, day).set_index("outcome_id")["standing"]
    assert last["standing"].to_dict() == last["standing_known"].to_dict() == found.to_dict()


def test_the_spells_hold_at_every_month_s_end_what_the_panel_has_and_end_with_the_outcomes(data):
    panel = data.frames["panel"].dropna(subset="standing_known").astype({"standing_known": "str"})
    spells = data.frames["spells"].astype({"standing": "str"})
    pairs = panel.merge(spells, on="outcome_id", suffixes=("_then", ""))
    holds = (pairs["known_from"] <= pairs["month"]) & ~(pairs["known_until"] < pairs["month"])
    pairs = pairs[holds]
    assert len(pairs) == len(panel)
    assert (pairs["standing"] == pairs["standing_known"]).all()
    last = spells[spells["known_until"].isna()].set_index("outcome_id")["standing"]
    found = data.frames["outcomes"].astype({"standing": "str"}).set_index("outcome_id")
    assert last.to_dict() == found["standing"].to_dict()


@pytest.mark.parametrize("month", ["2015-12-31", "2022-06-30", "2024-08-31", "2025-12-31"])
def test_the_panel_tells_what_was_known_at_the_end_of_each_month(data, facts, month):
    panel = data.frames["panel"]
    panel = panel[panel["month"] == month].set_index("outcome_id")
    told = panel["standing_known"].dropna().astype("str")
    state = data.at(month).frames
    then = state["outcomes"].set_index("outcome_id")["standing"].astype("str")
    # A target that was not known yet is in the panel from when it was, and the promise not without.
    known = told.index.intersection(then.index)
    assert set(told.index) <= set(then.index)
    assert len(then) - len(known) <= 2
    # The panel judges by what is known now to have been promised.
    then_owed, now_owed = (
        each.owed.set_index("outcome_id").loc[known, AIM].astype({"targets": "Int64"}).astype("str")
        for each in (outcomes.facts_of(state), facts)
    )
    judged_alike = known[(then_owed.fillna("") == now_owed.fillna("")).all(axis=1)]
    # Four in five are judged alike, or all but three where few were known.
    assert len(known) - len(judged_alike) <= max(3, 0.2 * len(known))
    assert told[judged_alike].to_dict() == then[judged_alike].to_dict()


def test_each_corpus_counts_what_plain_loops_over_the_rows_count(data):
    rows = {name: frame.to_dict("records") for name, frame in data.frames.items()}
    for corpus in rows["corpora"]:
        ask = (ef.counted, left_out)
        found = tuple(set(each(corpus["corpus_id"], data=data)["outcome_id"]) for each in ask)
        assert found == _counted_plainly(rows, corpus), corpus["corpus_id"]


def _counted_plainly(rows: dict[str, list[dict]], corpus: dict) -> tuple[set[str], set[str]]:
    """Return the outcomes that a corpus counts and those that it leaves out, by the words of
    `eastflank.corpora` alone.
    """
    passages = [each for each in rows["passages"] if each["corpus_id"] == corpus["corpus_id"]]
    made = {each["commitment_id"] for each in passages if isinstance(each["commitment_id"], str)}
    told = {
        each["record_id"]
        for each in rows["evidence"]
        if each["source_id"] in {passage["source_id"] for passage in passages}
    }
    counted, besides = set[str](), set[str]()
    for commitment in made:
        links = [each for each in rows["commitment_links"] if each["commitment_id"] == commitment]
        is_twice = any(
            each["kind"] in ("part-of", "restates") and each["other_id"] in made for each in links
        )
        targets = {
            each["target_id"]: each["component_of"]
            for each in rows["targets"]
            if each["commitment_id"] == commitment
        }
        own = {each for each in targets if each in told}
        if corpus["kind"] == "list":
            own = {each["target_id"] for each in passages if each["target_id"] in targets}
        elif not own:
            own = set(targets)
        own -= {each for each in own if targets[each] in own}
        for outcome in rows["outcomes"]:
            if outcome["commitment_id"] == commitment and (
                not targets or outcome["target_id"] in own
            ):
                (besides if is_twice else counted).add(outcome["outcome_id"])
    return counted, besides


@pytest.mark.parametrize("day", ["2024-08-31", "2025-06-30"])
def test_what_a_text_promised_is_the_same_number_of_outcomes_on_any_later_day(data, day):
    for corpus in ("article-2024", "washington-week-2024"):
        then, now = (ef.counted(corpus, data=each) for each in (data.at(day), data))
        assert len(then) == len(now), corpus


@pytest.mark.parametrize("day", [*DAYS, f"{ef.Dataset().closing:%Y-%m-%d}"])
def test_a_status_rests_on_what_plain_loops_find_and_is_of_the_day_that_they_find(data, day):
    rows = {name: frame.to_dict("records") for name, frame in data.at(day).frames.items()}
    parts = {each["target_id"] for each in rows["targets"] if isinstance(each["component_of"], str)}
    became = {each["milestone_id"]: _last_day(each, "date") for each in rows["milestones"]}
    became |= {each["observation_id"]: each["period_latest"] for each in rows["observations"]}
    for commitment in rows["commitments"]:
        makes = [
            each
            for each in rows["outcomes"]
            if each["commitment_id"] == commitment["commitment_id"]
            and each["target_id"] not in parts
            and each["standing"] == commitment["status"]
        ]
        decided = {each["milestone_id"] for each in makes} | {
            each["observation_id"] for each in makes
        }
        days = [became[each] for each in decided if isinstance(each, str)]
        found = commitment["status_date"]
        assert (max(days) if days else None) == (None if pd.isna(found) else found), commitment
        weakest = min((each["independent_sources"] for each in makes), default=0)
        assert commitment["status_sources"] == weakest, commitment


def _last_day(row: dict, column: str) -> pd.Timestamp:
    """Return the last day of a date, or its first where the end is open."""
    last = row[f"{column}_latest"]
    return row[f"{column}_earliest"] if pd.isna(last) else last
