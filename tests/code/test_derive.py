"""What the build derives from the small world, and from small changes to it."""

import inspect
import shutil
from pathlib import Path

import pandas as pd
import pytest

from eastflank import codelists
from eastflank.version import CLOSING
from schemas import TABLES, columns, key
from tests.worlds import (
    CORPUS,
    SECOND_SOURCE,
    SMALL_WORLD,
    UNDATED_SOURCE,
    evidence,
    one,
    tables_of,
)

NONE = "not-applicable"

PROMISORS = [
    ("commitment_actors", "", f"can-2pct-gdp,{actor},promisor,") for actor in ("a-writer", "poland")
]
"""Two who promise together with Canada."""

LATER_SOURCE = (
    "sources",
    "",
    "wire-2026,Wire of 2026,as-printed,not-stated,A wire,wire,2026-02-01,not-found,2026-03-01,en,B,"
    "not-applicable,not-applicable,",
)
"""A source from after the year 2025."""

LATER_D = LATER_SOURCE[2].replace(",B,", ",D,")
"""The same source, with a grade that decides nothing."""

DUE_IN_2025 = [
    ("targets", ",2,2032,", ",2,2025,"),
    ("evidence", "contradicts,2032", "contradicts,2025"),
]
"""The promise of the small world, with another date."""


def turn(kind: str, date: str, about=NONE, by=NONE, due=NONE) -> tuple[str, str, str]:
    """Return a new turn of Canada's commitment: about a target or all, and by one or all."""
    name, what = f"can-2pct-gdp-{kind}", "Canada does so."
    return "milestones", "", f"{name},can-2pct-gdp,{date},{kind},{what},{about},{by},{NONE},{due},"


@pytest.fixture(scope="module")
def small() -> dict[str, pd.DataFrame]:
    """The tables of the small world as it is."""
    return tables_of(SMALL_WORLD)


@pytest.fixture(scope="module")
def contested(tmp_path_factory) -> dict[str, pd.DataFrame]:
    """The tables of a world with more sources for what is said there, and more against it."""
    seeds = shutil.copytree(SMALL_WORLD, tmp_path_factory.mktemp("contested") / "seeds")
    said = [
        evidence("commitments", "can-2pct-gdp", "gazette-2025", "confirms"),
        evidence("targets", "can-2pct-gdp-level", "wire-2024", "confirms", "due", "2034"),
        evidence("targets", "can-2pct-gdp-level", "wire-2024", "confirms", "value", "2"),
        evidence(
            "targets", "pol-border-guards-rest", "gazette-2025", "contradicts", "value", "3000"
        ),
        evidence("events", "summit", "gazette-2025", "contradicts"),
        evidence(
            "events", "canada-pledges-2pct", "gazette-2025", "contradicts", "date", "2024-07-11"
        ),
    ]
    return tables_of(Path(seeds), SECOND_SOURCE, *said)


@pytest.fixture(scope="module")
def together(tmp_path_factory) -> dict[str, pd.DataFrame]:
    """The tables of a world in which several promise the same."""
    seeds = shutil.copytree(SMALL_WORLD, tmp_path_factory.mktemp("together") / "seeds")
    return tables_of(Path(seeds), *PROMISORS)


def test_every_table_is_there_in_order_with_the_columns_of_its_contract(small):
    assert list(small) == list(TABLES)
    assert {name: list(table) for name, table in small.items()} == {
        name: [each.name for each in columns(name)] for name in TABLES
    }


def test_every_table_is_sorted_by_its_key(small):
    for name, table in small.items():
        keys = [tuple(row) for row in table[list(key(name))].astype("str").itertuples(index=False)]
        assert keys == sorted(set(keys)), name


def test_status_is_that_of_the_closing_day_and_pending_where_no_date_has_passed(small):
    commitments = small["commitments"].set_index("commitment_id")
    assert commitments["status"].to_dict() == {
        "can-2pct-gdp": "pending",
        "pol-border-guards": "pending",
    }
    assert commitments["status_date"].isna().all()
    assert set(commitments["status_sources"]) == {0}
    assert commitments["last_milestone"].to_dict() == {
        "can-2pct-gdp": "started",
        "pol-border-guards": "announced",
    }


def test_a_date_that_passed_in_silence_makes_unverified_and_is_no_failure(derived):
    tables = derived(*DUE_IN_2025)
    assert one(tables["commitments"], "can-2pct-gdp")["status"] == "unverified"
    row = one(tables["tracker"], "can-2pct-gdp-level")
    assert (row["standing"], row["timing_first"], row["basis"]) == ("unverified", "passed", "none")


def test_a_later_source_that_shows_it_undone_makes_overdue(derived):
    tables = derived(
        *DUE_IN_2025,
        LATER_SOURCE,
        turn("progressed", "2026-01-15"),
        evidence("milestones", "can-2pct-gdp-progressed", "wire-2026", "states"),
    )
    assert one(tables["commitments"], "can-2pct-gdp")["status"] == "overdue"
    assert one(tables["tracker"], "can-2pct-gdp-level")["standing"] == "overdue"


def test_a_status_rests_on_the_turn_that_decides_and_on_the_sources_that_show_it(derived):
    tables = derived(
        LATER_SOURCE,
        turn("withdrawn", "2025-11"),
        evidence("milestones", "can-2pct-gdp-withdrawn", "wire-2026", "states"),
        evidence(
            "milestones", "can-2pct-gdp-withdrawn", "gazette-2025", "contradicts", "date", "2025-10"
        ),
    )
    row = one(tables["commitments"], "can-2pct-gdp")
    names = ["status", "status_milestone_id", "status_sources", "status_reliability"]
    assert row[names].to_list() == ["withdrawn", "can-2pct-gdp-withdrawn", 1, "B"]
    assert f"{row['status_date']:%Y-%m-%d}" == "2025-11-30" and row["status_disputed"]
    assert f"{row['last_heard']:%Y-%m-%d}" == "2026-02-01"


TWO_AIMS = (
    SECOND_SOURCE,
    (
        "targets",
        "",
        "pol-border-guards-dogs,pol-border-guards,100 dogs,reach,jointly,border-guards,persons,"
        "exactly,not-stated,100,not-stated,100,not-stated,not-applicable,",
    ),
    evidence("targets", "pol-border-guards-dogs", "wire-2024", "states"),
    *(
        (
            "milestones",
            "",
            f"pol-border-guards-{aim}-met,pol-border-guards,{date},met,So it is.,"
            f"pol-border-guards-{aim},not-applicable,not-applicable,not-applicable,",
        )
        for aim, date in (("all", "2024-08"), ("dogs", "2024-07"), ("there", "2024-11"))
    ),
    evidence("milestones", "pol-border-guards-all-met", "wire-2024", "states"),
    evidence("milestones", "pol-border-guards-all-met", "gazette-2025", "confirms"),
    evidence("milestones", "pol-border-guards-dogs-met", "gazette-2025", "states"),
    evidence("milestones", "pol-border-guards-there-met", "gazette-2025", "states"),
)
"""Two aims that are met, one on a single source; and a part of the other, met later."""


def test_a_status_rests_on_the_weakest_of_the_outcomes_that_make_it(derived):
    status = one(derived(*TWO_AIMS)["commitments"], "pol-border-guards")
    assert status[["status", "status_sources", "status_milestone_id"]].to_list() == [
        "met",
        1,
        "pol-border-guards-dogs-met",
    ]


def test_a_status_is_of_the_day_on_which_the_last_of_the_outcomes_that_make_it_became_so(derived):
    status = one(derived(*TWO_AIMS)["commitments"], "pol-border-guards")
    assert f"{status['status_date']:%Y-%m-%d}" == "2024-08-31"


def test_a_status_that_rests_on_a_figure_has_the_end_of_its_period(derived):
    tables = derived(share("2024", "2.1", "wire-2026", kind="final"), LATER_SOURCE)
    row = one(tables["commitments"], "can-2pct-gdp")
    names = ["status", "status_sources", "status_reliability"]
    assert row[names].to_list() == ["met", 1, "B"] and pd.isna(row["status_milestone_id"])
    assert f"{row['status_date']:%Y-%m-%d}" == "2024-12-31"


def test_a_source_dated_by_the_year_alone_is_public_when_it_was_read(derived):
    year = ("sources", "", UNDATED_SOURCE[2].replace("news,not-stated,", "news,2025,"))
    tables = derived(year, evidence("events", "summit", "undated", "confirms"))
    assert f"{one(tables['sources'], 'undated')['known_from']:%Y-%m-%d}" == "2025-01-01"


def test_status_does_not_need_a_dated_source(derived):
    commitments = derived(
        ("sources", "2025-03-01", "not-stated"), ("sources", ",2024-07,", ",not-found,")
    )["commitments"]
    assert list(commitments["status"]) == ["pending", "pending"]
    assert commitments["known_from"].astype("str").unique().tolist() == ["2025-01-01"], (
        "an undated source is known from when it was read"
    )


def test_a_record_is_known_from_the_last_day_of_the_first_publication_that_speaks_to_it(contested):
    assert f"{one(contested['commitments'], 'can-2pct-gdp')['known_from']:%Y-%m-%d}" == "2024-07-31"
    assert f"{one(contested['events'], 'summit')['known_from']:%Y-%m-%d}" == "2024-07-31"


def test_a_contradicted_target_and_its_commitment_are_disputed_and_no_others(small):
    assert list(small["targets"].query("disputed")["target_id"]) == ["can-2pct-gdp-level"]
    assert list(small["commitments"].query("disputed")["commitment_id"]) == ["can-2pct-gdp"]
    assert list(small["tracker"].query("disputed")["tracker_id"]) == ["can-2pct-gdp-level"]


def test_a_dispute_over_one_target_leaves_the_tracker_rows_of_its_siblings_alone(contested):
    assert one(contested["commitments"], "pol-border-guards")["disputed"]
    disputed = contested["tracker"].query("disputed and commitment_id == 'pol-border-guards'")
    assert list(disputed["tracker_id"]) == ["pol-border-guards-rest"]


def test_a_dispute_over_a_commitment_shows_in_all_its_tracker_rows_and_in_no_target(derived):
    tables = derived(evidence("commitments", "pol-border-guards", "gazette-2025", "contradicts"))
    assert one(tables["commitments"], "pol-border-guards")["disputed"]
    assert tables["tracker"].query("commitment_id == 'pol-border-guards'")["disputed"].all()
    assert not tables["targets"].query("commitment_id == 'pol-border-guards'")["disputed"].any()


@pytest.mark.parametrize("stance", ["refines", "confirms"])
def test_only_a_contradiction_makes_a_dispute(derived, stance):
    due = {"refines": "2032", "confirms": "2034"}[stance]
    agree = ("evidence", ",contradicts,2032,2", f",{stance},{due},2")
    alike = ("targets", ",2,2032,", f",2,{due},")
    tables = derived(agree, alike)
    assert not tables["targets"]["disputed"].any() and not tables["commitments"]["disputed"].any()
    assert tables["conflicts"].empty


def test_a_conflict_shows_both_values_and_both_sides(small):
    [conflict] = small["conflicts"].to_dict("records")
    assert conflict == {
        "record_table": "targets",
        "record_id": "can-2pct-gdp-level",
        "field": "due",
        "stated": "2034",
        "adjudicated": "2032",
        "sources_for": "small-text-2024",
        "sources_against": "gazette-2025",
        "reported": "gazette-2025: 2032; small-text-2024: 2034",
    }


def test_who_speaks_twice_to_a_field_stands_once_on_a_side(derived):
    again = evidence("targets", "can-2pct-gdp-level", "gazette-2025", "contradicts", "due", "2032")
    [conflict] = derived(again)["conflicts"].to_dict("records")
    assert conflict["sources_against"] == "gazette-2025"
    assert conflict["reported"] == "gazette-2025: 2032; small-text-2024: 2034"


def test_evidence_of_the_stated_and_of_the_supported_value_meets_in_one_conflict(contested):
    [conflict] = (
        contested["conflicts"].query("record_id == 'can-2pct-gdp-level'").to_dict("records")
    )
    assert conflict["sources_for"] == "small-text-2024; wire-2024"
    assert conflict["reported"] == "gazette-2025: 2032; small-text-2024: 2034; wire-2024: 2034"


def test_a_conflict_over_a_whole_record_has_no_values(contested):
    conflict = contested["conflicts"].set_index("record_id").loc["summit"]
    assert conflict["field"] == "(record)"
    assert conflict[["stated", "adjudicated", "reported"]].isna().all()
    assert (conflict["sources_for"], conflict["sources_against"]) == (
        "small-text-2024",
        "gazette-2025",
    )


def test_a_source_of_the_whole_record_stands_behind_each_field(contested):
    conflict = contested["conflicts"].set_index("record_id").loc["canada-pledges-2pct"]
    assert (conflict["sources_for"], conflict["sources_against"]) == (
        "small-text-2024",
        "gazette-2025",
    )


def test_a_field_with_one_value_shows_it_as_stated_and_as_adjudicated(contested):
    conflict = contested["conflicts"].set_index("record_id").loc["canada-pledges-2pct"]
    assert (conflict["stated"], conflict["adjudicated"], conflict["reported"]) == (
        "2024-07-10",
        "2024-07-10",
        "gazette-2025: 2024-07-11",
    )


def test_the_tracker_has_a_row_for_each_target_and_one_for_a_commitment_without(derived):
    norm = (
        "commitments",
        "",
        "open-door,Door stays open,NATO keeps its door open.,partnership,norm,keep,not-stated,summit,"
        "not-stated,follow-up,not-found,",
    )
    made = (
        "milestones",
        "",
        "open-door-announced,open-door,2024-07-10,announced,NATO says so.,not-applicable,"
        "not-applicable,not-applicable,not-applicable,",
    )
    part = ("commitment_actors", "", "open-door,nato,promisor,")
    said = [evidence("commitments", "open-door", "gazette-2025", "states")]
    said += [evidence("milestones", "open-door-announced", "gazette-2025", "states")]
    tables = derived(norm, made, part, *said)
    assert set(tables["tracker"]["tracker_id"]) == {*tables["targets"]["target_id"], "open-door"}
    row = one(tables["tracker"], "open-door")
    names = ["commitment_id", "promisors", "standing", "timing_first", "source_id", "value_missing"]
    assert row[names].to_list() == [
        "open-door",
        "NATO",
        "pending",
        "not-applicable",
        "gazette-2025",
        "not-applicable",
    ]
    assert (
        row[["target_id", "target", "measure", "unit", "value", "due", "observed_value"]]
        .isna()
        .all()
    )
    assert not row["disputed"]


def test_of_sources_of_one_grade_the_tracker_names_the_newest(derived):
    older, newer = (
        SECOND_SOURCE,
        tuple(
            each.replace("wire-2024", "wire-2024-late")
            .replace("Wire", "Late wire")
            .replace("-09-", "-10-")
            for each in SECOND_SOURCE
        ),
    )
    target = ("targets", "pol-border-guards-there")
    said = [evidence(*target, source, "confirms") for source in ("wire-2024", "wire-2024-late")]
    tables = derived(older, newer, *said)
    assert one(tables["tracker"], "pol-border-guards-there")["source_id"] == "wire-2024-late"


def test_the_tracker_says_of_a_target_what_the_tables_say(small):
    row = one(small["tracker"], "can-2pct-gdp-level")
    expected = {
        "promisors": "Canada",
        "promisor_ids": "canada",
        "promisor_iso3": "CAN",
        "commitment_id": "can-2pct-gdp",
        "commitment": "Canada to spend 2% of GDP",
        "target": "2% of GDP",
        "measure": "defence-spending-share-gdp",
        "unit": "percent-gdp",
        "comparator": "at-least",
        "stated_value": 2,
        "value": 2,
        "stated_due": "2034",
        "due": "2032",
        "domain": "defence-spending",
        "date": "2024-07-10",
        "standing": "pending",
        "timing_first": "not-due",
        "timing_current": "not-due",
        "degree": 0.725,
        "basis": "none",
        "confidence": "none",
        "observed_value": 1.45,
        "observed_period": "2024",
        "disputed": True,
        "current_value": 2,
        "current_due": "2032",
        "source_id": "gazette-2025",
        "source_url": "https://example.org/notices",
        "corpora_missing": "not-applicable",
    }
    assert row[list(expected)].to_dict() == expected


def test_promisors_are_named_in_the_order_of_the_alphabet(together):
    row = one(together["tracker"], "can-2pct-gdp-level")
    assert row["promisors"] == "A. Writer; Canada; Poland"
    assert (row["promisor_ids"], row["promisor_iso3"]) == ("a-writer; canada; poland", "CAN; POL")


def test_what_each_of_several_owes_is_an_outcome_and_a_row_of_each(derived):
    tables = derived(
        *PROMISORS,
        ("targets", "2% of GDP,reach,jointly", "2% of GDP,reach,each"),
        share("2024", "2.5", "gazette-2025", "poland", "final"),
        LATER_SOURCE,
        turn("withdrawn", "2025-11", by="a-writer"),
        evidence("milestones", "can-2pct-gdp-withdrawn", "wire-2026", "states"),
    )
    whose = {f"can-2pct-gdp-level-by-{actor}": actor for actor in ("a-writer", "canada", "poland")}
    found = tables["outcomes"].query("commitment_id == 'can-2pct-gdp'").set_index("outcome_id")
    assert found["actor_id"].to_dict() == whose
    assert set(found["target_id"]) == {"can-2pct-gdp-level"}
    assert found["standing"].to_list() == ["withdrawn", "pending", "met"]
    rows = tables["tracker"].set_index("tracker_id").loc[list(whose)]
    assert rows["promisors"].to_list() == ["A. Writer", "Canada", "Poland"]
    assert rows["promisor_ids"].to_list() == list(whose.values())
    assert rows["observed_value"].fillna(0).to_list() == [0, 1.45, 2.5]
    assert one(tables["commitments"], "can-2pct-gdp")["status"] == "partly-met"


def test_who_promises_alone_owes_it_as_one_also_where_each_would(derived):
    tables = derived(("targets", "2% of GDP,reach,jointly", "2% of GDP,reach,each"))
    found = one(tables["outcomes"], "can-2pct-gdp-level")
    assert pd.isna(found["actor_id"]) and found["actor_id_missing"] == "not-applicable"


def test_the_last_milestone_may_be_one_that_leaves_the_status_alone(derived):
    again = turn("reaffirmed", "2025-03-01")
    row = one(
        derived(again, evidence("milestones", "can-2pct-gdp-reaffirmed", "gazette-2025", "states"))[
            "commitments"
        ],
        "can-2pct-gdp",
    )
    assert (row["last_milestone"], row["status"]) == ("reaffirmed", "pending")


def share(
    period: str, value: str, source: str, actor: str = "canada", kind: str = "estimate"
) -> tuple[str, str, str]:
    """Return a new observation of the share of GDP that an actor spends on defence."""
    name = f"share-{actor}-{period}-{kind}-{source}"
    return (
        "observations",
        "",
        f"{name},defence-spending-share-gdp,{actor},not-applicable,{period},{value},percent-gdp,"
        f"{kind},not-applicable,{source},",
    )


@pytest.mark.parametrize(
    ("more", "observed"),
    [
        ([share("2025", "1.6", "wire-2026"), LATER_SOURCE], 1.6),
        ([share("2025", "1.6", "gazette-2025")], 1.45),
        ([share("2023", "1.3", "gazette-2025")], 1.45),
        ([share("2024", "1.4", "undated"), UNDATED_SOURCE], 1.45),
        ([share("2024", "1.5", "wire-2026"), LATER_SOURCE], 1.5),
        ([share("2024", "1.4", "gazette-2025", kind="final")], 1.4),
        ([share("2024", "4.1", "gazette-2025", "poland")], 1.45),
        ([share("2025", "1.6", "wire-2026"), ("sources", "", LATER_D)], 1.45),
    ],
    ids=[
        "a later period",
        "a forecast for a later period",
        "an earlier period",
        "an older source",
        "a newer source",
        "a final figure of the same day",
        "another actor",
        "a weak source",
    ],
)
def test_the_latest_period_counts_and_of_that_the_newest_source(derived, more, observed):
    assert one(derived(*more)["tracker"], "can-2pct-gdp-level")["observed_value"] == observed


@pytest.mark.parametrize(
    ("about", "observed"), [("money", 7), ("not-applicable", None)], ids=["by name", "in general"]
)
def test_what_was_measured_is_set_beside_the_target_that_it_names(derived, about, observed):
    aim = (
        "money,pol-border-guards,Money,give,jointly,programme-money,EUR,exactly,not-stated,5,"
        "not-stated,5,not-stated,not-applicable,"
    )
    seen = f"money-seen,programme-money,poland,{about},2024,7,EUR,reported,true,gazette-2025,"
    said = evidence("targets", "money", "gazette-2025", "states")
    tables = derived(("targets", "", aim), ("observations", "", seen), said)
    found = one(tables["tracker"], "money")["observed_value"]
    assert found == observed if observed else pd.isna(found)
    assert one(tables["tracker"], "money")["standing"] == ("met" if observed else "pending")


def test_parts_are_added_up_in_the_tracker(derived):
    aim = (
        "money,pol-border-guards,Money,give,jointly,programme-money,EUR,exactly,not-stated,5,"
        "not-stated,5,not-stated,not-applicable,"
    )
    seen = [
        (
            "observations",
            "",
            f"money-{part},programme-money,poland,money,{part},2,EUR,reported,false,gazette-2025,",
        )
        for part in ("2024-10", "2024-11")
    ]
    said = evidence("targets", "money", "gazette-2025", "states")
    row = one(derived(("targets", "", aim), *seen, said)["tracker"], "money")
    names = ["observed_value", "observed_period", "degree", "standing"]
    assert row[names].to_list() == [4, "2024-11", 0.8, "partly-met"]


def test_a_commitment_of_several_promisors_shows_no_observation(together):
    row = one(together["tracker"], "can-2pct-gdp-level")
    assert row[["observed_value", "observed_period", "degree"]].isna().all()


def test_independent_sources_are_counted_for_the_target_itself_and_for_a_commitment_with_all_parts(
    derived,
):
    more = [evidence("milestones", "pol-border-guards-announced", "gazette-2025", "confirms")]
    more += [
        evidence(
            "targets", "pol-border-guards-rest", "wire-2024", "confirms", "stated_value", "4000"
        )
    ]
    tables = derived(SECOND_SOURCE, *more)
    assert tables["targets"].set_index("target_id")["independent_sources"].to_dict() == {
        "can-2pct-gdp-level": 2,
        "pol-border-guards-all": 1,
        "pol-border-guards-rest": 2,
        "pol-border-guards-there": 1,
    }
    assert one(tables["commitments"], "pol-border-guards")["independent_sources"] == 3


def test_sources_of_an_outcome_are_those_of_the_turn_that_decides(derived):
    tables = derived(
        LATER_SOURCE,
        SECOND_SOURCE,
        turn("withdrawn", "2024-08"),
        *[
            evidence("milestones", "can-2pct-gdp-withdrawn", source, "states")
            for source in ("wire-2024", "wire-2026", "gazette-2025")
        ],
    )
    row = one(tables["outcomes"], "can-2pct-gdp-level")
    names = ["standing", "milestone_id", "independent_sources", "reliability", "confidence"]
    # The two wires are one voice, and the gazette is the promisor's own.
    assert row[names].to_list() == ["withdrawn", "can-2pct-gdp-withdrawn", 2, "A", "single"]
    assert one(tables["tracker"], "can-2pct-gdp-level")["source_id"] == "gazette-2025"


def test_documents_of_one_publisher_and_pages_that_repeat_others_are_no_further_independent_source(
    derived,
):
    again = ("sources", "", SECOND_SOURCE[2].replace("wire-2024,Wire,", "wire-2025,Wire again,"))
    digest = (
        "sources",
        "",
        "digest,Digest,as-printed,not-stated,A digest,aggregator,2024-09-02,not-found,2025-01-01,en,"
        "D,not-applicable,not-applicable,",
    )
    more = [
        evidence("events", "summit", source, "confirms")
        for source in ("wire-2024", "wire-2025", "digest")
    ]
    assert (
        one(derived(SECOND_SOURCE, again, digest, *more)["events"], "summit")["independent_sources"]
        == 2
    )


def test_who_denies_that_there_is_a_record_is_no_source_of_it(derived):
    event = one(
        derived(evidence("events", "summit", "gazette-2025", "contradicts"))["events"], "summit"
    )
    assert (event["independent_sources"], f"{event['known_from']:%Y-%m-%d}") == (1, "2024-07-31")


def test_a_revision_changes_what_is_in_force_and_not_what_was_promised(derived):
    revised = turn("revised", "2025-02-15", about="can-2pct-gdp-level", due="2026")
    said = evidence("milestones", "can-2pct-gdp-revised", "gazette-2025", "states")
    tables = derived(revised, said)
    target = one(tables["targets"], "can-2pct-gdp-level")
    assert (target["due"], target["current_due"], f"{target['current_due_latest']:%Y-%m-%d}") == (
        "2032",
        "2026",
        "2026-12-31",
    )
    assert (target["value"], target["current_value"]) == (2, 2)
    assert one(tables["tracker"], "can-2pct-gdp-level")["current_due"] == "2026"


def test_what_evidence_reports_is_typed_like_its_field(small):
    reports = small["evidence"].set_index("evidence_id")
    due = reports.loc["can-2pct-gdp-level-by-gazette-2025-stated-due"]
    assert (
        f"{due['reported_latest']:%Y-%m-%d}" == "2032-12-31" and due["reported_precision"] == "year"
    )
    assert reports.loc["can-2pct-gdp-level-by-small-text-2024-stated-value", "reported_number"] == 2
    assert (
        reports.loc["summit-by-small-text-2024", ["reported_number", "reported_latest"]]
        .isna()
        .all()
    )


def test_codes_holds_every_value_of_every_codelist(small):
    lists = [
        each
        for each in vars(codelists).values()
        if inspect.isclass(each)
        and issubclass(each, codelists.Codelist)
        and each is not codelists.Codelist
    ]
    expected = {
        (each.__name__, code.value): (code.label, code.definition, code.crosswalk)
        for each in lists
        for code in each
    }
    codes = small["codes"].set_index(["codelist", "code"])
    found = codes.astype("object").where(codes.notna(), None)
    assert dict(zip(found.index, found.itertuples(index=False, name=None), strict=True)) == expected


def test_every_coded_column_finds_its_codes_in_codes(small):
    known = set(zip(small["codes"]["codelist"], small["codes"]["code"], strict=True))
    used = {
        (column.codelist.__name__, code)
        for name, table in small.items()
        for column in columns(name)
        if column.codelist
        for code in table[column.name].cat.categories
    }
    assert used and used <= known


# Corpora


def test_the_tracker_names_the_corpora_that_make_a_promise_and_a_corpus_says_if_it_was_read_whole(
    derived,
):
    tables = derived(*CORPUS)
    assert set(tables["tracker"]["corpora"]) == {"the-text"}
    assert tables["corpora"]["whole"].to_list() == [True]


def test_a_corpus_that_makes_a_promise_in_two_passages_is_named_once(derived):
    changes = [
        (
            name,
            old,
            row.replace("p1.s1,not-applicable,background", "p1.s1,can-2pct-gdp,not-applicable"),
        )
        for name, old, row in CORPUS
    ]
    assert set(derived(*changes)["tracker"]["corpora"]) == {"the-text"}


def test_a_corpus_of_which_a_passage_was_not_read_whole_is_not_whole(derived):
    *others, last = CORPUS
    assert last[2].endswith(",whole,")
    tables = derived(*others, (*last[:2], last[2].replace(",whole,", ",part,")))
    assert tables["corpora"]["whole"].to_list() == [False]


# The panel


def test_the_panel_begins_with_the_first_month_that_knows_anything_and_ends_before_the_closing_day(
    small,
):
    months = small["panel"].groupby("outcome_id")["month"].agg(["min", "max", "size"])
    assert set(months.index) == set(small["outcomes"]["outcome_id"])
    assert set(months["min"]) == {pd.Timestamp("2024-07-31")}
    assert set(months["max"]) == {pd.date_range(end=CLOSING, periods=1, freq="ME")[0]}
    assert set(months["size"]) == {len(pd.date_range("2024-07-01", CLOSING, freq="ME"))}


def test_what_was_promised_on_the_last_day_of_a_month_stands_in_the_panel_from_that_day_on(derived):
    made = evidence(
        "milestones", "open-door-announced", "small-text-2024", "states", "", "", "p2.s1", "raise"
    )
    panel = derived(
        (
            "commitments",
            "",
            "open-door,Door stays open,NATO keeps its door open.,partnership,norm,keep,2024-07-31,"
            "not-stated,not-stated,follow-up,not-found,",
        ),
        (
            "milestones",
            "",
            "open-door-announced,open-door,2024-07-31,announced,NATO says so.,not-applicable,"
            "not-applicable,not-applicable,not-applicable,",
        ),
        ("commitment_actors", "", "open-door,nato,promisor,"),
        evidence("commitments", "open-door", "gazette-2025", "states"),
        made,
    )["panel"]
    months = panel.loc[panel["outcome_id"] == "open-door", "month"]
    assert months.min() == pd.Timestamp("2024-07-31")
