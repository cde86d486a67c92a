"""What was known on a day, and what one source alone says, in small worlds."""

import datetime
import shutil
from collections.abc import Mapping
from functools import cache

import pandas as pd
import pytest

from eastflank import knowledge
from eastflank.derived import RECORDS
from eastflank.version import CLOSING
from schemas import SEEDS, TABLES
from tests import frames
from tests.worlds import SECOND_SOURCE, SMALL_WORLD, UNDATED_SOURCE, evidence, one, tables_of

NOTHING, ARTICLE, WIRE, GAZETTE = "2024-07-30", "2024-07-31", "2024-09-01", "2025-03-01"
"""The days before the first source of these worlds, and on which each of the three is public."""

OUTSIDE = {"actors", "places", "codes", "corpora", "passages", "reliability", "retired"}
"""The tables that are the same whoever speaks and whenever."""

NOTHING_ELSE = "not-applicable,not-applicable,not-applicable,not-applicable"
"""What stands in a milestone that is about all and changes nothing."""


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Mapping[str, pd.DataFrame]:
    """The tables of a world in which sources come one after the other and change what is known.

    The article of July 2024 has 2034; the wire of September 2024 a summit of one day, and that
    Poland took it back; the gazette of March 2025 has 2032, a revision to 2026, and what has become
    of the watchpoint.
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
            "pol-border-guards-withdrawn,pol-border-guards,2024-08,withdrawn,Poland takes it back.,"
            f"{NOTHING_ELSE},A remark.",
        ),
        evidence("milestones", "pol-border-guards-withdrawn", "wire-2024", "states"),
        (
            "milestones",
            "",
            "can-2pct-gdp-revised,can-2pct-gdp,2025-02-20,revised,Canada moves it up.,"
            "can-2pct-gdp-level,not-applicable,not-applicable,2026,",
        ),
        evidence("milestones", "can-2pct-gdp-revised", "gazette-2025", "states"),
        ("commitments", "not-stated,follow-up,not-found", "not-stated,follow-up,2026-11-01"),
        (
            "watchpoints",
            "open,not-applicable,not-applicable",
            "occurred,2024-07-14,poland-announces-guards",
        ),
        evidence(
            "watchpoints", "will-poland-do-it", "gazette-2025", "states", "status", "occurred"
        ),
    )


@cache
def on(world: Mapping[str, pd.DataFrame], day: str) -> Mapping[str, pd.DataFrame]:
    """Return the tables of a world as they were known on a day."""
    return knowledge.known(kept(world), pd.Timestamp(day), None, pd.Timestamp(CLOSING))


@cache
def by(world: Mapping[str, pd.DataFrame], source_id: str) -> Mapping[str, pd.DataFrame]:
    """Return the tables of a world as one source alone has them."""
    return knowledge.known(kept(world), None, source_id, pd.Timestamp(CLOSING))


@cache
def kept(world: Mapping[str, pd.DataFrame]) -> Mapping[str, pd.DataFrame]:
    """Return the tables of a world as those keep them who ask for many states."""
    return knowledge.quick(world)


@pytest.mark.parametrize("name", TABLES)
def test_what_is_known_on_the_closing_day_is_all_that_there_is(world, name):
    pd.testing.assert_frame_equal(on(world, CLOSING)[name], world[name])


@pytest.mark.parametrize("day", [NOTHING, ARTICLE, GAZETTE])
def test_every_table_is_there_with_the_same_types_on_any_day(world, day):
    then = on(world, day)
    assert list(then) == list(world)
    for name, table in then.items():
        assert list(table.columns) == list(world[name].columns), name
        assert table.dtypes.equals(world[name].dtypes), name


def test_before_the_first_source_nothing_is_known_but_names_and_codes(world):
    known = {name for name, table in on(world, NOTHING).items() if len(table)}
    assert known == {"actors", "places", "codes"}


@pytest.mark.parametrize("name", sorted(OUTSIDE))
def test_names_and_codes_are_the_same_at_any_time_and_whoever_speaks(world, name):
    pd.testing.assert_frame_equal(on(world, NOTHING)[name], world[name])
    pd.testing.assert_frame_equal(by(world, "gazette-2025")[name], world[name])


@pytest.mark.parametrize(
    ("day", "milestones"),
    [
        (ARTICLE, ["can-2pct-gdp-announced", "pol-border-guards-announced"]),
        (
            WIRE,
            [
                "can-2pct-gdp-announced",
                "pol-border-guards-announced",
                "pol-border-guards-withdrawn",
            ],
        ),
        (
            GAZETTE,
            [
                "can-2pct-gdp-announced",
                "can-2pct-gdp-revised",
                "can-2pct-gdp-started",
                "pol-border-guards-announced",
                "pol-border-guards-withdrawn",
            ],
        ),
    ],
)
def test_a_record_is_known_from_the_first_publication_that_states_it(world, day, milestones):
    assert on(world, day)["milestones"]["milestone_id"].to_list() == milestones


@pytest.mark.parametrize("day", [ARTICLE, WIRE, GAZETTE])
def test_every_row_of_a_state_says_from_when_it_is_known_and_it_is_by_then(world, day):
    then = on(world, day)
    for name in (*RECORDS, "evidence", "observations", "sources"):
        assert len(then[name]) and (then[name]["known_from"] <= pd.Timestamp(day)).all(), name
        whole = world[name].set_index(world[name].columns[0])["known_from"]
        same = then[name].set_index(then[name].columns[0])["known_from"]
        pd.testing.assert_series_equal(same, whole.loc[same.index])


def test_a_promise_of_which_only_a_turn_to_come_was_told_is_known_from_then_on():
    # The letter foretells in January what came in March, and so tells of the promise alone.
    tables = frames.built(
        {
            "actors": [{"actor_id": "alba", "name": "Alba", "kind": "state"}],
            "sources": [
                {"source_id": "letter", "publisher": "Wire", "published": "2024-01-10"},
                {"source_id": "notice", "publisher": "Wire", "published": "2024-04-10"},
            ],
            "commitments": [{"commitment_id": "guards", "date": "2024-01-02", "form": "act"}],
            "milestones": [
                {
                    "milestone_id": "guards-started",
                    "commitment_id": "guards",
                    "date": "2024-03-02",
                    "kind": "started",
                }
            ],
            "evidence": [
                {
                    "evidence_id": f"{record}-by-{source}",
                    "record_table": table,
                    "record_id": record,
                    "source_id": source,
                    "stance": "states",
                }
                for table, record, source in (
                    ("commitments", "guards", "notice"),
                    ("milestones", "guards-started", "letter"),
                    ("milestones", "guards-started", "notice"),
                )
            ],
        }
    )
    assert frames.on(tables, "2024-01-09")["commitments"].empty
    then = frames.on(tables, "2024-01-10")
    assert f"{one(then['commitments'], 'guards')['known_from']:%Y-%m-%d}" == "2024-01-10"
    assert then["milestones"].empty and then["evidence"].empty
    assert one(then["outcomes"], "guards")["standing"] == "pending"
    assert len(frames.on(tables, "2024-04-10")["milestones"]) == 1


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


def test_of_sources_that_differ_the_better_one_is_shown_until_the_first_is_known(derived):
    tables = derived(
        SECOND_SOURCE,
        evidence(
            "events", "summit", "small-text-2024", "refines", "date", "2024-07-10", "p2.s1", "raise"
        ),
        evidence("events", "summit", "wire-2024", "refines", "date", "2024-07-11"),
        evidence("events", "summit", "gazette-2025", "states", "date", "2024-07-09/2024-07-11"),
    )
    dates = {
        day: one(on(tables, day)["events"], "summit")["date"] for day in (ARTICLE, WIRE, GAZETTE)
    }
    # The article is of grade C, and the wire of B.
    assert dates == {ARTICLE: "2024-07-10", WIRE: "2024-07-11", GAZETTE: "2024-07-09/2024-07-11"}


def test_what_only_a_later_source_tells_otherwise_stands_until_then_as_the_record_has_it(derived):
    tables = derived(
        SECOND_SOURCE,
        evidence(
            "targets", "can-2pct-gdp-level", "gazette-2025", "contradicts", "comparator", "exactly"
        ),
    )
    for day in (ARTICLE, GAZETTE):
        assert one(on(tables, day)["targets"], "can-2pct-gdp-level")["comparator"] == "at-least"


def test_a_revision_holds_from_when_it_is_known(world):
    before, after = (
        one(on(world, day)["targets"], "can-2pct-gdp-level") for day in (WIRE, GAZETTE)
    )
    assert (before["current_due"], after["current_due"]) == ("2034", "2026")


def test_a_revision_of_a_day_is_in_force_on_that_day(derived):
    revised = f"{GAZETTE},revised,Canada moves it.,can-2pct-gdp-level,not-applicable,not-applicable"
    tables = derived(
        ("milestones", "", f"can-2pct-gdp-revised,can-2pct-gdp,{revised},2026,"),
        evidence("milestones", "can-2pct-gdp-revised", "gazette-2025", "states"),
    )
    assert one(on(tables, "2025-02-28")["targets"], "can-2pct-gdp-level")["current_due"] == "2034"
    assert one(on(tables, GAZETTE)["targets"], "can-2pct-gdp-level")["current_due"] == "2026"


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
        for day in (ARTICLE, WIRE, "2026-12-31", "2027-01-01")
    }
    assert statuses == {
        ARTICLE: {"can-2pct-gdp": "pending", "pol-border-guards": "pending"},
        WIRE: {"can-2pct-gdp": "pending", "pol-border-guards": "withdrawn"},
        "2026-12-31": {"can-2pct-gdp": "pending", "pol-border-guards": "withdrawn"},
        "2027-01-01": {"can-2pct-gdp": "unverified", "pol-border-guards": "withdrawn"},
    }


def test_a_commitment_of_which_no_turn_is_known_is_pending(derived):
    turn, place = (
        "milestones,pol-border-guards-announced,,",
        'small-text-2024,p2.s1,"raise 9,000 guards"',
    )
    later = ("evidence", turn + place, f"{turn}gazette-2025,not-applicable,not-applicable")
    commitment = one(on(derived(later), ARTICLE)["commitments"], "pol-border-guards")
    assert (commitment["status"], commitment["last_milestone"]) == ("pending", "announced")
    assert commitment[["status_date", "status_milestone_id", "status_reliability"]].isna().all()


def test_outcomes_tracker_and_conflicts_follow_what_is_known(world):
    before, after = on(world, WIRE), on(world, GAZETTE)
    assert before["conflicts"].empty and len(after["conflicts"]) == 1
    names = ["due", "current_due", "standing", "observed_value", "source_id"]
    rows = [one(then["tracker"], "can-2pct-gdp-level")[names] for then in (before, after)]
    assert rows[0].fillna("").to_list() == ["2034", "2034", "pending", "", "small-text-2024"]
    assert rows[1].to_list() == ["2032", "2026", "pending", 1.45, "gazette-2025"]
    assert one(before["outcomes"], "pol-border-guards-all")["milestone_id"] == (
        "pol-border-guards-withdrawn"
    )


def test_the_panel_of_a_state_ends_with_its_day_and_tells_what_was_known_by_then(world):
    panel = on(world, GAZETTE)["panel"]
    assert f"{panel['month'].max():%Y-%m-%d}" == "2025-02-28"
    months = panel.set_index(["outcome_id", "month"])["standing_known"]
    poland = months.loc["pol-border-guards-all"].astype("str")
    assert poland.to_dict() == {
        pd.Timestamp("2024-07-31"): "pending",
        pd.Timestamp("2024-08-31"): "pending",
    } | dict.fromkeys(pd.date_range("2024-09-30", GAZETTE, freq="ME"), "withdrawn")


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


def test_a_watchpoint_has_not_lapsed_before_its_horizon_has_passed(derived):
    tables = derived(("watchpoints", "not-stated,open", "2025-06,lapsed"))
    statuses = [
        one(on(tables, day)["watchpoints"], "will-poland-do-it")["status"]
        for day in (ARTICLE, "2025-06-30", "2025-07-01", CLOSING)
    ]
    assert statuses == ["open", "open", "lapsed", "lapsed"]


def test_independent_sources_are_those_known_by_the_day(world):
    counts = [
        one(on(world, day)["events"], "summit")["independent_sources"] for day in (ARTICLE, WIRE)
    ]
    assert counts == [1, 2]


def test_what_is_confirmed_is_so_once_a_second_origin_is_known(derived):
    tables = derived(
        SECOND_SOURCE,
        (
            "evidence",
            'raise 9,000 guards",states,,3,\nwill',
            'raise 9,000 guards",states,,1,\nwill',
        ),
        evidence("events", "summit", "wire-2024", "confirms"),
    )
    rows = [
        one(on(tables, day)["evidence"], "summit-by-small-text-2024") for day in (ARTICLE, WIRE)
    ]
    assert [row["credibility"] for row in rows] == ["2", "1"]


def test_a_report_of_a_field_is_confirmed_once_a_second_origin_reports_the_same(derived):
    late, (table, _, wire) = "2025-04-01", SECOND_SOURCE
    for old, new in (("wire-2024", "wire-2025"), ("2024-09-01", late), ("2025-01-01", late)):
        wire = wire.replace(old, new)
    tables = derived(
        (table, "", wire),
        ("evidence", ",by 2034,states,2034,3,", ",by 2034,states,2034,1,"),
        evidence("targets", "can-2pct-gdp-level", "wire-2025", "confirms", "stated_due", "2034"),
    )
    row = "can-2pct-gdp-level-by-small-text-2024-stated-due"
    # On the first day the gazette is known, which reports another year.
    shown = [one(on(tables, day)["evidence"], row)["credibility"] for day in (GAZETTE, late)]
    assert shown == ["2", "1"]


def foretold(*sources: str) -> dict[str, pd.DataFrame]:
    """Return a world in which sources of some days speak
    of a promise that was made in July 2024.
    """
    return frames.built(
        {
            "actors": [{"actor_id": "alba", "name": "Alba", "kind": "state"}],
            "sources": [
                {"source_id": day, "publisher": "Wire", "published": day} for day in sources
            ],
            "commitments": [{"commitment_id": "guards", "date": "2024-07-08/2024-07-14"}],
            "targets": [
                {
                    "target_id": "guards-all",
                    "commitment_id": "guards",
                    "title": "All",
                    "form": "act",
                }
            ],
            "evidence": [
                {
                    "evidence_id": f"guards-{table}-{day}",
                    "record_table": table,
                    "record_id": record,
                    "source_id": day,
                    "stance": "states",
                }
                for table, record in (("commitments", "guards"), ("targets", "guards-all"))
                for day in sources
            ],
        }
    )


def test_a_promise_that_was_foretold_is_none_before_a_source_no_older_tells_of_it():
    tables = foretold("2024-07-13", "2024-09-01")
    for day, known in (("2024-07-14", False), ("2024-08-31", False), ("2024-09-01", True)):
        then = frames.on(tables, day)
        assert [len(then[name]) for name in ("commitments", "targets", "outcomes")] == [known] * 3


def test_a_promise_is_known_from_a_source_of_its_last_day():
    tables = foretold("2024-07-14", "2024-09-01")
    assert len(frames.on(tables, "2024-07-13")["commitments"]) == 0
    assert len(frames.on(tables, "2024-07-14")["commitments"]) == 1


def test_what_lies_ahead_is_planned_until_a_source_from_then_on_tells_of_it(derived):
    tables = derived(
        ("events", "2024-07-09/2024-07-11,explicit,CONSULT", "2024-12-01,explicit,CONSULT"),
        ("events", ",stated,not-stated,summit,", ",stated,not-stated,not-applicable,"),
        evidence("events", "summit", "gazette-2025", "confirms"),
    )
    statuses = [
        one(on(tables, day)["events"], "summit")["status"]
        for day in (ARTICLE, "2024-12-01", GAZETTE)
    ]
    assert statuses == ["planned", "planned", "occurred"]


def test_what_a_source_of_its_first_day_tells_has_occurred_on_that_day(derived):
    tables = derived(
        (
            "events",
            "",
            f"speech,Speech,Canada speaks.,{GAZETTE},explicit,CONSULT,occurred,stated,not-stated,"
            "not-applicable,",
        ),
        ("event_actors", "", "speech,canada,participant,"),
        evidence("events", "speech", "gazette-2025", "states"),
    )
    assert one(on(tables, GAZETTE)["events"], "speech")["status"] == "occurred"


def test_a_planned_event_is_called_off_when_a_source_says_so(derived):
    tables = derived(
        ("events", "CONSULT,occurred", "CONSULT,cancelled"),
        evidence("events", "summit", "gazette-2025", "states", "status", "cancelled"),
    )
    assert one(on(tables, ARTICLE)["events"], "summit")["status"] == "planned"
    assert one(on(tables, GAZETTE)["events"], "summit")["status"] == "cancelled"


def test_a_membership_is_known_once_it_has_begun_and_lasts_until_its_end(derived):
    tables = derived(
        ("memberships", "Writer,2010,2018", "Writer,2024-10-15,2025-06"),
        (
            "sources",
            "",
            "paper-2025,Paper,as-printed,not-stated,A paper,news,2025-07-01,not-found,2025-07-02,"
            "en,B,not-applicable,not-applicable,",
        ),
        evidence("memberships", "a-writer-in-nato-writer", "paper-2025", "confirms"),
    )
    rows = {day: on(tables, day)["memberships"] for day in (WIRE, "2024-10-15", "2025-06-01")}
    assert list(rows[WIRE]["membership_id"]) == ["canada-in-nato"]
    held = {day: one(rows[day], "a-writer-in-nato-writer") for day in list(rows)[1:]}
    assert held["2024-10-15"][["until", "until_latest"]].isna().all()
    assert held["2024-10-15"]["until_missing"] == "not-applicable"
    assert held["2025-06-01"]["until"] == "2025-06"


def test_a_source_without_a_date_is_known_from_when_it_was_read(derived):
    tables = derived(UNDATED_SOURCE, evidence("events", "summit", "undated", "confirms"))
    assert one(on(tables, "2024-12-31")["events"], "summit")["independent_sources"] == 1
    assert one(on(tables, "2025-01-01")["events"], "summit")["independent_sources"] == 2


def test_who_had_a_part_in_it_is_known_from_the_source_that_names_them(derived):
    tables = derived(
        SECOND_SOURCE,
        ("event_actors", "summit,nato,participant,", "summit,nato,participant,wire-2024"),
        evidence("events", "summit", "wire-2024", "confirms"),
    )
    parts = {day: on(tables, day)["event_actors"] for day in (ARTICLE, WIRE)}
    assert "summit" not in set(parts[ARTICLE]["event_id"]) and "summit" in set(
        parts[WIRE]["event_id"]
    )


def test_nobody_who_looks_back_is_heard_in_the_past(world):
    then = on(world, "2026-11-28")
    for name in set(SEEDS) - OUTSIDE:
        if "note" in then[name]:
            assert then[name]["note"].isna().all(), name
    commitments = then["commitments"]
    assert commitments[["last_checked", "last_checked_earliest"]].isna().all(axis=None)
    assert set(commitments["last_checked_missing"]) == {"not-found"}
    assert (
        one(on(world, CLOSING)["milestones"], "pol-border-guards-withdrawn")["note"] == "A remark."
    )
    assert set(on(world, CLOSING)["commitments"]["last_checked"]) == {"2026-11-01"}


def test_nothing_points_to_what_was_not_known_yet(derived):
    tables = derived(
        (
            "evidence",
            'events,summit,,small-text-2024,p2.s1,"raise 9,000 guards"',
            "events,summit,,gazette-2025,not-applicable,not-applicable",
        ),
    )
    pledge = one(on(tables, ARTICLE)["events"], "canada-pledges-2pct")
    assert pd.isna(pledge["part_of"]) and pledge["part_of_missing"] == "not-applicable"
    assert one(on(tables, GAZETTE)["events"], "canada-pledges-2pct")["part_of"] == "summit"


@pytest.mark.parametrize("ends", ["can-2pct-gdp,open-door", "open-door,can-2pct-gdp"])
def test_two_commitments_are_linked_once_both_are_known(derived, ends):
    tables = derived(
        (
            "commitments",
            "",
            "open-door,Door stays open,NATO keeps its door open.,partnership,norm,keep,not-stated,"
            "summit,not-stated,follow-up,not-found,",
        ),
        (
            "milestones",
            "",
            f"open-door-announced,open-door,2024-07-10,announced,NATO says so.,{NOTHING_ELSE},",
        ),
        ("commitment_actors", "", "open-door,nato,promisor,"),
        evidence("commitments", "open-door", "gazette-2025", "states"),
        evidence("milestones", "open-door-announced", "gazette-2025", "states"),
        ("commitment_links", "", f"{ends},implements,"),
    )
    linked = {day: len(on(tables, day)["commitment_links"]) for day in (ARTICLE, GAZETTE)}
    assert linked == {ARTICLE: 0, GAZETTE: 1}


def test_one_source_alone_says_what_it_reports(world):
    target = one(by(world, "small-text-2024")["targets"], "can-2pct-gdp-level")
    assert (target["stated_due"], target["due"], target["value"], target["disputed"]) == (
        "2034",
        "2034",
        2,
        False,
    )
    gazette = by(world, "gazette-2025")
    target = one(gazette["targets"], "can-2pct-gdp-level")
    assert (target["stated_due"], target["due"]) == ("2032", "2032")
    assert gazette["targets"]["target_id"].to_list() == ["can-2pct-gdp-level"]


def test_what_a_source_does_not_report_is_not_stated_by_it(world):
    target = one(by(world, "gazette-2025")["targets"], "can-2pct-gdp-level")
    assert pd.isna(target["value"]) and target["value_missing"] == "not-stated"
    assert pd.isna(target["stated_value"]) and target["stated_value_missing"] == "not-stated"


def test_a_text_that_only_another_source_bears_out_is_not_put_into_a_source_s_mouth(derived):
    summary = "Canada pledges 2% of GDP."
    tables = derived(
        ("events", summary, "Canada and others pledge it."),
        evidence(
            "events",
            "canada-pledges-2pct",
            "small-text-2024",
            "states",
            "summary",
            summary,
            "p2.s2",
            "2%",
        ),
        evidence(
            "events",
            "canada-pledges-2pct",
            "gazette-2025",
            "contradicts",
            "summary",
            "Canada and others pledge it.",
        ),
    )
    said = one(by(tables, "small-text-2024")["events"], "canada-pledges-2pct")
    assert said["summary"] == summary
    assert one(by(tables, "gazette-2025")["events"], "canada-pledges-2pct")["summary"] == (
        "Canada and others pledge it."
    )


def test_one_source_s_word_is_that_of_its_own_day(world):
    assert one(by(world, "small-text-2024")["commitments"], "can-2pct-gdp")["status"] == "pending"
    assert by(world, "small-text-2024")["commitments"]["note"].isna().all()


def test_a_state_of_knowledge_leaves_the_tables_that_it_was_made_of_alone(world):
    before = {name: table.copy() for name, table in world.items()}
    dict(on(world, WIRE))
    dict(by(world, "gazette-2025"))
    for name, table in before.items():
        pd.testing.assert_frame_equal(world[name], table)


@pytest.mark.parametrize(
    "day", ["2025-6-30", "2025-06-31", "2025-06", "20250630", "2025-W10-1", "today", ""]
)
def test_what_is_no_day_is_refused_with_how_to_write_one(day):
    with pytest.raises(ValueError, match=rf"as_of='{day}' is not a day; write it like 2025-06-30"):
        knowledge.day_of(day)


@pytest.mark.parametrize("day", [20250630, 2025.5, ["2025-06-30"], pd.NaT])
def test_a_day_is_text_or_a_date(day):
    with pytest.raises(TypeError, match="is not a day; give text like 2025-06-30, or a date"):
        knowledge.day_of(day)


@pytest.mark.parametrize(
    "day",
    [
        pd.Timestamp("2025-06-30", tz="Europe/Warsaw"),
        datetime.datetime(2025, 6, 30, tzinfo=datetime.UTC),
    ],
)
def test_a_day_of_a_time_zone_is_refused(day):
    with pytest.raises(ValueError, match="has a time zone; days here have none"):
        knowledge.day_of(day)


@pytest.mark.parametrize(
    "day",
    [
        "2025-06-30",
        pd.Timestamp("2025-06-30"),
        pd.Timestamp("2025-06-30 17:05"),
        pd.Timestamp("2025-06-30").date(),
        datetime.datetime(2025, 6, 30, 23, 59),
    ],
)
def test_a_day_can_be_given_in_several_types(day):
    assert knowledge.day_of(day) == pd.Timestamp("2025-06-30")
