"""`eastflank.charts` on the small world: what is found, what stands by a figure, and what is refused."""

import json
import re

import altair as alt
import pandas as pd
import pytest

from eastflank import charts
from eastflank.charts import (
    allies,
    budgets,
    figure,
    lifelines,
    numbers,
    outcomes,
    watchpoints,
    words,
)
from eastflank.codelists import CommitmentStatus, MilestoneKind, WatchpointStatus
from eastflank.version import VERSION
from tests.worlds import SECOND_SOURCE, UNDATED_SOURCE, evidence

DOT = alt.Chart(pd.DataFrame({"at": [1]})).mark_point().encode(x="at:Q")


@pytest.fixture
def world(derived, monkeypatch):
    """A function that makes the charts draw the small world after some changes to it, and returns its tables."""

    def made(*changes) -> dict[str, pd.DataFrame]:
        tables = derived(*changes)
        for module in (words, outcomes, lifelines, budgets, allies, numbers, watchpoints):
            monkeypatch.setattr(module, "load", lambda name: tables[name])
        return tables

    return made


def milestone(
    kind: str,
    date: str,
    commitment="can-2pct-gdp",
    target="not-applicable",
    value="not-applicable",
    due="not-applicable",
):
    """Return changes that add a turn to a commitment, with its evidence."""
    name = f"{commitment}-{kind}-{date}"
    row = f"{name},{commitment},{date},{kind},It came so.,{target},{value},{due},"
    return ("milestones", "", row), evidence("milestones", name, "wire-2024", "states")


# A figure


@pytest.mark.parametrize("missing", ["title", "alt", "source"])
def test_a_figure_is_refused_without_what_must_stand_by_it(missing):
    said = {"title": "A finding", "alt": "A dot", "source": "A publisher"} | {missing: " "}
    with pytest.raises(ValueError, match=missing):
        charts.Figure(DOT, **said)


def test_a_figure_shows_its_finding_and_its_sources_with_the_version():
    svg = charts.Figure(
        DOT, title="A finding", alt="A dot", source="A publisher", how="One dot."
    ).svg
    shown = re.findall(r">([^<>]+)</(?:text|tspan)>", svg)
    assert {"A finding", "One dot.", f"Sources: A publisher. Eastflank {VERSION}."} <= set(shown)


def test_a_figure_gives_jupyterlab_a_chart_and_others_a_picture_with_its_words():
    data, metadata = charts.Figure(
        DOT, title='A "finding"', alt="A dot & more", source="A publisher"
    )._repr_mimebundle_()
    assert data[figure.INTERACTIVE]["$schema"].endswith("/v5.json")
    assert (
        data[figure.INTERACTIVE]["description"]
        == metadata[figure.STATIC]["alt"]
        == 'A "finding". A dot & more'
    )
    assert 'aria-label="A &quot;finding&quot;. A dot &amp; more"' in data[figure.STATIC]


def test_a_figure_is_drawn_alike_every_time(tmp_path):
    both = [
        charts.Figure(DOT, title="A finding", alt="A dot", source="A publisher") for _ in range(2)
    ]
    assert json.dumps(both[0].spec) == json.dumps(both[1].spec)
    both[0].save(tmp_path / "dot.svg")
    assert (tmp_path / "dot.svg").read_text(encoding="utf-8") == both[1].svg


def test_a_long_finding_is_broken_into_lines_that_fit():
    svg = charts.Figure(DOT, title="word " * 60, alt="A dot", source="A publisher").svg
    assert max(len(line) for line in re.findall(r">([^<>]+)</", svg)) < 90


# Words


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2024-07-10", "10 July 2024"),
        ("2024-07", "July 2024"),
        ("2024", "2024"),
        ("2024-22", "summer 2024"),
        ("2026/..", "2026 or later"),
        ("../2024-07", "July 2024 or before"),
        ("2025-04/2026-03", "April 2025 to March 2026"),
        ("2023~", "about 2023"),
        (None, "no date"),
    ],
)
def test_a_date_is_written_as_people_write_it(date, said):
    assert charts.when(date) == said


def test_a_long_list_ends_with_how_many_more_there_are():
    assert charts.listed("AB", 2) == "A and B"
    assert charts.listed("ABC", 2) == "A, B and C"
    assert charts.listed("ABCDE", 2, "letters") == "A, B and 3 more letters"


def test_voices_name_who_says_what(world):
    world(
        SECOND_SOURCE,
        evidence("targets", "can-2pct-gdp-level", "wire-2024", "confirms", "stated_value", "2"),
    )
    said = charts.voices(["can-2pct-gdp-level", "no-such-record"])
    assert (
        "confirms: A wire" in said["can-2pct-gdp-level"]
        and "states: A publisher" in said["can-2pct-gdp-level"]
    )
    assert said["no-such-record"] == "no evidence of its own"


def test_sources_of_a_commitment_are_those_of_its_targets_and_milestones_too(world):
    world(
        SECOND_SOURCE,
        evidence("targets", "can-2pct-gdp-level", "wire-2024", "confirms", "stated_value", "2"),
    )
    assert "A wire" in charts.sources(["can-2pct-gdp"])
    assert charts.sources(source_ids=["gazette-2025"]) == "Government of Canada (1 document)"


# Outcomes


def test_every_status_comes_down_to_one_outcome_and_every_kind_of_milestone_to_one_turn():
    statuses, kinds = (
        pd.Series([each.value for each in codes]) for codes in (CommitmentStatus, MilestoneKind)
    )
    assert charts.outcome(statuses).notna().all() and charts.turn(kinds).notna().all()
    assert sorted(code for codes, _ in charts.OUTCOMES.values() for code in codes) == sorted(
        statuses
    )
    assert sorted(code for codes, *_ in charts.TURNS.values() for code in codes) == sorted(kinds)


def test_the_last_day_of_the_spells_has_the_statuses_of_the_dataset(world):
    tables = world(SECOND_SOURCE, *milestone("delayed", "2025-03"))
    stood = charts.spells()
    last = stood[stood["month"] == stood["month"].max()].set_index("commitment_id")["status"]
    assert (
        last.to_dict()
        == tables["commitments"].set_index("commitment_id")["status"].astype("str").to_dict()
    )


def test_a_spell_changes_with_the_month_in_which_the_turn_came(world):
    world(SECOND_SOURCE, *milestone("delayed", "2024-08-20"))
    stood = charts.spells().query("commitment_id == 'can-2pct-gdp'").set_index("month")["outcome"]
    assert list(stood[:3]) == ["open", "late", "late"]


def test_shares_find_how_many_stand_where(world):
    world(SECOND_SOURCE, *milestone("withdrawn", "2025-02-20"))
    assert "of 2 commitments 50% were open and 50% withdrawn or replaced" in charts.shares().title


# Lives


def test_lives_find_what_became_of_them_and_who_has_no_deadline(world):
    world(SECOND_SOURCE, *milestone("withdrawn", "2025-02-20"))
    assert (
        charts.lives().title
        == "Of 2 commitments, 1 is open and 1 withdrawn or replaced; 1 have no deadline"
    )


def test_lives_of_some_leave_the_others_out(world):
    tables = world()
    drawn = charts.lives(tables["commitments"].query("commitment_id == 'can-2pct-gdp'"))
    assert "Poland" not in json.dumps(drawn.spec)


def test_a_life_tells_its_turns_and_both_due_dates(world):
    world(SECOND_SOURCE, *milestone("withdrawn", "2025-03"))
    drawn = charts.life("can-2pct-gdp")
    assert (
        drawn.title
        == "Canada to spend 2% of GDP: announced 10 July 2024, withdrawn since March 2025"
    )
    assert "as first stated: due 2034" in drawn.alt and "as promised: due 2032" in drawn.alt


def test_a_life_that_is_not_there_is_refused_with_the_nearest(world):
    world()
    with pytest.raises(ValueError, match="did you mean 'can-2pct-gdp'"):
        charts.life("can-2pct-gpd")


# Spending


def seen(value: str, period="2025", kind="final", source="gazette-2025"):
    return (
        "observations",
        "",
        f"share-canada-{period}-{kind},defence-spending-share-gdp,canada,{period},{value},percent-gdp,{kind},{source},",
    )


def test_the_newest_edition_is_the_one_published_last(world):
    world(SECOND_SOURCE, seen("1.37", "2024", "final", "wire-2024"))
    editions = charts.editions().set_index("source_id")["edition"]
    assert editions["gazette-2025"] == "newest" and editions["wire-2024"] == "earlier"


def test_a_level_is_reached_in_the_first_year_and_by_whatever_edition(world):
    world(SECOND_SOURCE, seen("2.05", "2024", "final", "wire-2024"), seen("2.01"))
    found = charts.reached(charts.editions(), 2).loc["canada"]
    assert (found["year"], found["kind"], found["earliest"], found["latest"]) == (
        2025,
        "final",
        2024,
        2025,
    )


def test_spending_finds_what_was_stated_promised_and_reached(world):
    world(seen("2.01"))
    assert (
        charts.spending("canada").title
        == "Canada promised 2% of GDP for 2032 (first stated as 2034), and got there in 2025 (final)"
    )


def test_spending_says_where_it_stands_if_it_did_not_get_there(world):
    world()
    assert charts.spending("canada").title.endswith("and stood at 1.45% in 2024 (estimate)")


def test_spending_of_somebody_unknown_is_refused_with_who_is_known(world):
    world()
    with pytest.raises(ValueError, match="it is of canada"):
        charts.spending("cnada")


def test_first_years_find_how_many_got_there_and_who_promised_what(world):
    world(seen("2.01"))
    drawn = charts.first_years(2)
    assert (
        drawn.title
        == "1 of 1 allies have reached 2% of GDP, 1 of them first in 2025; for 0 it is an estimate"
    )
    assert drawn.alt == "2025: Canada; Canada promised 2032."


# Components


def test_components_name_the_numbers_that_no_later_report_reached(world):
    world(
        (
            "observations",
            "",
            "guards-poland-2025,border-guards,poland,2025-03,7000,persons,reported,gazette-2025,",
        )
    )
    assert charts.components("poland").title == (
        "Poland: of 3 numbers promised, 3 were reported on later, and 1 of these fell short: 9,000 guards (7,000 reported)"
    )


def test_a_report_of_the_time_before_the_promise_is_not_drawn(world):
    world()
    assert "0 were reported on later" in charts.components("poland").title


def test_numbers_without_parts_are_refused(world):
    world()
    with pytest.raises(ValueError, match="that 'canada' promised has parts"):
        charts.components("canada")


# Watchpoints


def test_every_status_of_a_watchpoint_is_drawn_and_put_in_words():
    statuses = pd.Series([each.value for each in WatchpointStatus], name="status")
    assert sorted(charts.STATUSES) == sorted(statuses)
    assert len(charts.standing(statuses.to_frame()).replace(" and ", ", ").split(", ")) == len(
        statuses
    )


def test_watchpoints_tell_how_they_stand_and_who_spoke_of_them(world):
    tables = world()
    drawn = charts.watch(tables["watchpoints"])
    assert drawn.title.startswith(f"Of {len(tables['watchpoints'])} questions and warnings, ")
    assert all(question in drawn.alt for question in tables["watchpoints"]["question"])


def test_a_source_without_a_date_speaks_of_a_watchpoint_undated(world):
    point = world()["watchpoints"]["watchpoint_id"].iloc[0]
    tables = world(UNDATED_SOURCE, evidence("watchpoints", point, "undated", "refines"))
    assert list(charts.signs(tables["watchpoints"].head(1))["raises"]) == [
        "raised",
        "spoken of, undated",
    ]
