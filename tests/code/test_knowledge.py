"""What was known on a day, and what one source alone says, in small worlds."""

import shutil

import pandas as pd
import pytest

from eastflank import knowledge
from schemas import TABLES
from tests.worlds import SECOND_SOURCE, SMALL_WORLD, UNDATED_SOURCE, evidence, one, tables_of

NOTHING, ARTICLE, WIRE, GAZETTE = "2024-07-30", "2024-07-31", "2024-09-01", "2025-03-01"
"""The days before the first source of these worlds, and on which each of the three is public."""

NO_TARGET = "not-applicable,not-applicable,not-applicable"


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> dict[str, pd.DataFrame]:
    """The tables of a world in which sources come one after the other and change what is known.

    The article of July 2024 has 2034; the wire of September 2024 a summit of one day, and that Poland took it back; the gazette
    of March 2025 has 2032, a revision to 2026, and what has become of the watchpoint.
    """
    seeds = shutil.copytree(SMALL_WORLD, tmp_path_factory.mktemp("known") / "seeds")
    return tables_of(
        seeds,
        SECOND_SOURCE,
        (
            "events",
            "Summit,The allies meet.,2024-07-09/2024-07-11,",
            "Summit,The allies meet.,2024-07-10,",
        ),
        evidence(
            "events",
            "summit",
            "small-text-2024",
            "states",
            "date",
            "2024-07-09/2024-07-11",
            "p2.s1",
            "raise",
        ),
        evidence("events", "summit", "wire-2024", "refines", "date", "2024-07-10"),
        evidence(
            "targets", "pol-border-guards-rest", "wire-2024", "confirms", "stated_value", "4000"
        ),
        (
            "milestones",
            "",
            f"pol-border-guards-withdrawn,pol-border-guards,2024-08,withdrawn,Poland takes it back.,{NO_TARGET},",
        ),
        evidence("milestones", "pol-border-guards-withdrawn", "wire-2024", "states"),
        (
            "milestones",
            "",
            "can-2pct-gdp-revised,can-2pct-gdp,2025-02-20,revised,Canada moves it up.,can-2pct-gdp-level,not-applicable,2026,",
        ),
        evidence("milestones", "can-2pct-gdp-revised", "gazette-2025", "states"),
        (
            "watchpoints",
            "open,not-applicable,not-applicable",
            "occurred,2024-08,poland-announces-guards",
        ),
        evidence(
            "watchpoints", "will-poland-do-it", "gazette-2025", "states", "status", "occurred"
        ),
    )


def on(world: dict[str, pd.DataFrame], day: str) -> dict[str, pd.DataFrame]:
    """Return the tables of a world as they were known on a day."""
    return knowledge.known(world, pd.Timestamp(day), None)


@pytest.mark.parametrize("name", TABLES)
def test_what_is_known_today_is_all_that_there_is(world, name):
    pd.testing.assert_frame_equal(on(world, GAZETTE)[name], world[name])


@pytest.mark.parametrize("day", [NOTHING, ARTICLE, GAZETTE])
def test_tables_have_the_same_types_on_any_day(world, day):
    for name, table in on(world, day).items():
        assert table.dtypes.equals(world[name].dtypes), name


def test_before_the_first_source_nothing_is_known_but_names_and_codes(world):
    known = {name for name, table in on(world, NOTHING).items() if len(table)}
    assert known == {"actors", "places", "codes"}


@pytest.mark.parametrize(
    ("day", "milestones"),
    [
        (
            ARTICLE,
            ["can-2pct-gdp-announced", "can-2pct-gdp-started", "pol-border-guards-announced"],
        ),
        (
            WIRE,
            [
                "can-2pct-gdp-announced",
                "can-2pct-gdp-started",
                "pol-border-guards-announced",
                "pol-border-guards-withdrawn",
            ],
        ),
    ],
)
def test_a_record_is_known_from_the_first_publication_that_states_it(world, day, milestones):
    assert on(world, day)["milestones"]["milestone_id"].to_list() == milestones


def test_what_was_stated_holds_until_a_source_says_otherwise(world):
    before, after = (
        one(on(world, day)["targets"], "can-2pct-gdp-level") for day in (WIRE, GAZETTE)
    )
    assert (before["due"], f"{before['due_latest']:%Y-%m-%d}", before["disputed"]) == (
        "2034",
        "2034-12-31",
        False,
    )
    assert (after["stated_due"], after["due"], after["disputed"]) == ("2034", "2032", True)


def test_a_revision_holds_from_when_it_is_known(world):
    before, after = (
        one(on(world, day)["targets"], "can-2pct-gdp-level") for day in (WIRE, GAZETTE)
    )
    assert (before["current_due"], after["current_due"]) == ("2034", "2026")


def test_a_date_is_as_exact_as_the_sources_of_the_day(world):
    assert one(on(world, ARTICLE)["events"], "summit")["date_precision"] == "interval"
    assert one(on(world, WIRE)["events"], "summit")["date_precision"] == "day"


def test_a_date_that_no_known_source_gives_is_missing_and_so_is_its_basis(derived):
    undated = evidence(
        "events", "summit", "gazette-2025", "states", "date", "2024-07-09/2024-07-11"
    )
    event = one(on(derived(undated), ARTICLE)["events"], "summit")
    assert event[["date", "date_earliest", "date_latest", "date_basis"]].isna().all()
    assert (event["date_missing"], event["date_basis_missing"]) == ("not-stated", "not-applicable")


def test_a_status_is_that_of_the_day_and_of_what_was_known(world):
    statuses = {
        day: on(world, day)["commitments"].set_index("commitment_id")["status"].to_dict()
        for day in (ARTICLE, WIRE, "2033-01-01")
    }
    assert statuses == {
        ARTICLE: {"can-2pct-gdp": "announced", "pol-border-guards": "announced"},
        WIRE: {"can-2pct-gdp": "announced", "pol-border-guards": "withdrawn"},
        "2033-01-01": {"can-2pct-gdp": "overdue", "pol-border-guards": "withdrawn"},
    }


def test_a_commitment_of_which_no_turn_is_known_is_announced(derived):
    turn, place = (
        "milestones,pol-border-guards-announced,,",
        'small-text-2024,p2.s1,"raise 9,000 guards"',
    )
    later = ("evidence", turn + place, f"{turn}gazette-2025,not-applicable,not-applicable")
    known = on(derived(later), ARTICLE)
    commitment = one(known["commitments"], "pol-border-guards")
    assert (commitment["status"], f"{commitment['status_date']:%Y-%m-%d}") == (
        "announced",
        "2024-07-14",
    )
    assert one(known["tracker"], "pol-border-guards-all")["last_milestone"] == "announced"


def test_the_tracker_and_the_conflicts_follow_what_is_known(world):
    before, after = on(world, WIRE), on(world, GAZETTE)
    assert before["conflicts"].empty and len(after["conflicts"]) == 1
    assert one(before["tracker"], "can-2pct-gdp-level")[
        ["due", "last_milestone", "status"]
    ].to_list() == [
        "2034",
        "announced",
        "announced",
    ]


def test_a_watchpoint_is_open_until_a_source_shows_otherwise(world):
    before, after = (
        one(on(world, day)["watchpoints"], "will-poland-do-it") for day in (WIRE, GAZETTE)
    )
    assert (before["status"], before["resolved_missing"], before["event_id_missing"]) == (
        "open",
        "not-applicable",
        "not-applicable",
    )
    assert before[["resolved", "resolved_latest", "event_id"]].isna().all()
    assert (after["status"], after["event_id"]) == ("occurred", "poland-announces-guards")


def test_independent_sources_are_those_known_by_the_day(world):
    counts = [
        one(on(world, day)["events"], "summit")["independent_sources"] for day in (ARTICLE, WIRE)
    ]
    assert counts == [1, 2]


def test_a_promise_that_was_foretold_is_none_before_it_is_made(derived):
    tables = derived(("sources", "commentary,2024-07,", "commentary,2024-07-01,"))
    before, after = on(tables, "2024-07-05"), on(tables, "2024-07-08")
    assert "pol-border-guards" not in set(before["commitments"]["commitment_id"])
    assert not set(before["targets"]["commitment_id"]) & {"pol-border-guards"}
    assert "pol-border-guards" in set(after["commitments"]["commitment_id"])


def test_what_lies_ahead_is_planned(derived):
    tables = derived(
        ("events", "2024-07-09/2024-07-11,explicit,CONSULT", "2024-12-01,explicit,CONSULT"),
        ("events", ",stated,not-stated,summit,", ",stated,not-stated,not-applicable,"),
    )
    assert one(on(tables, ARTICLE)["events"], "summit")["status"] == "planned"
    assert one(on(tables, "2024-12-01")["events"], "summit")["status"] == "occurred"


def test_a_planned_event_is_called_off_when_a_source_says_so(derived):
    tables = derived(
        ("events", "CONSULT,occurred", "CONSULT,cancelled"),
        evidence("events", "summit", "gazette-2025", "states", "status", "cancelled"),
    )
    assert one(on(tables, ARTICLE)["events"], "summit")["status"] == "planned"
    assert one(on(tables, GAZETTE)["events"], "summit")["status"] == "cancelled"


def test_a_source_without_a_date_is_known_from_when_it_was_read(derived):
    tables = derived(UNDATED_SOURCE, evidence("events", "summit", "undated", "confirms"))
    assert one(on(tables, "2024-12-31")["events"], "summit")["independent_sources"] == 1
    assert one(on(tables, "2025-01-01")["events"], "summit")["independent_sources"] == 2


def test_one_source_alone_says_what_it_reports(world):
    article = knowledge.known(world, None, "small-text-2024")
    target = one(article["targets"], "can-2pct-gdp-level")
    assert (target["stated_due"], target["due"], target["value"], target["disputed"]) == (
        "2034",
        "2034",
        2,
        False,
    )
    gazette = knowledge.known(world, None, "gazette-2025")
    target = one(gazette["targets"], "can-2pct-gdp-level")
    assert (target["stated_due"], target["due"]) == ("2032", "2032")
    assert gazette["targets"]["target_id"].to_list() == ["can-2pct-gdp-level"]


def test_what_a_source_does_not_report_is_not_stated_by_it(world):
    target = one(knowledge.known(world, None, "gazette-2025")["targets"], "can-2pct-gdp-level")
    assert pd.isna(target["value"]) and target["value_missing"] == "not-stated"
    assert pd.isna(target["stated_value"]) and target["stated_value_missing"] == "not-stated"


def test_a_state_of_knowledge_leaves_the_tables_that_it_was_made_of_alone(world):
    before = {name: table.copy() for name, table in world.items()}
    on(world, WIRE)
    for name, table in before.items():
        pd.testing.assert_frame_equal(world[name], table)


@pytest.mark.parametrize(
    "day", ["2025-6-30", "2025-06-31", "2025-06", "20250630", "2025-W10-1", "today", ""]
)
def test_what_is_no_day_is_refused_with_how_to_write_one(day):
    with pytest.raises(ValueError, match=rf"as_of='{day}' is not a day; write it like 2025-06-30"):
        knowledge.day(day)


@pytest.mark.parametrize("day", [20250630, 2025.5, ["2025-06-30"], pd.NaT])
def test_a_day_is_text_or_a_date(day):
    with pytest.raises(TypeError, match="is not a day; give text like 2025-06-30, or a date"):
        knowledge.day(day)


@pytest.mark.parametrize(
    "day",
    [
        "2025-06-30",
        pd.Timestamp("2025-06-30"),
        pd.Timestamp("2025-06-30 17:05"),
        pd.Timestamp("2025-06-30").date(),
    ],
)
def test_a_day_can_be_given_in_several_types(day):
    assert knowledge.day(day) == pd.Timestamp("2025-06-30")
