"""One record whole: an actor's own view, evidence of fields and parts, and frames by name."""

import pandas as pd
import pytest

import eastflank as ef
from tests.drawn import row, says, source, turn

REVISED = (
    source("bureau-2025", "2025-02-01"),
    row(
        "milestones",
        milestone_id="can-2pct-gdp-revised",
        kind="revised",
        date="2025-01-15",
        target_id="can-2pct-gdp-level",
        due="2030",
    ),
    says("bureau-2025", "milestones", "can-2pct-gdp-revised"),
)
WITHDRAWN = (
    source("bureau-2025", "2025-02-01"),
    row("milestones", milestone_id="can-2pct-gdp-withdrawn", kind="withdrawn", date="2025-01-15"),
    says("bureau-2025", "milestones", "can-2pct-gdp-withdrawn"),
)


def test_an_actor_has_what_it_promised_with_what_came_of_it(small):
    promised = ef.record("canada", data=small)["promised"]
    row = promised.set_index("commitment_id").loc["can-2pct-gdp"]
    assert (row["commitment"], row["how"]) == ("Canada to spend 2% of GDP", "alone")
    assert (row["due"], row["standing"], row["timing"]) == ("2032", "pending", "not-due")


def test_no_frame_of_a_record_has_an_id_without_what_it_stands_for(small):
    for table in ("actors", "commitments", "events", "sources"):
        for record_id in small.load(table).iloc[:, 0]:
            record = ef.record(record_id, data=small)
            for name, frame in record.related.items():
                if name not in small.names:
                    continue
                for column in small.references(name):
                    title = column.removesuffix("_id")
                    title = title if title != column else f"{column}_title"
                    assert list(frame[title].notna()) == list(frame[column].notna()), (name, column)


def test_a_record_gives_its_frames_by_name_and_says_which_exist(small):
    record = ef.record("can-2pct-gdp", data=small)
    pd.testing.assert_frame_equal(record["targets"], record.related["targets"])
    pd.testing.assert_frame_equal(record["evidence"], record.evidence)
    with pytest.raises(KeyError, match="did you mean 'targets'.*it has .*milestones"):
        record["targts"]
    with pytest.raises(KeyError) as refused:
        record["members"]
    assert refused.value.args[0].count("milestones") == 1


def test_evidence_is_of_the_record_with_its_parts_or_of_the_record_alone(small):
    whole, alone = (ef.evidence("can-2pct-gdp", parts=each, data=small) for each in (True, False))
    assert set(alone["record_id"]) == {"can-2pct-gdp"}
    assert set(whole["record_id"]) > set(alone["record_id"])
    pd.testing.assert_frame_equal(whole, ef.record("can-2pct-gdp", data=small).evidence)


def test_a_field_of_the_parts_is_found_under_the_commitment(small):
    assert list(ef.evidence("can-2pct-gdp", "due", data=small)["reported"]) == ["2034", "2032"]
    with pytest.raises(ValueError, match="no field 'due'"):
        ef.evidence("can-2pct-gdp", "due", parts=False, data=small)


def test_the_evidence_of_a_status_is_that_of_what_decides_it(world):
    said = ef.evidence("can-2pct-gdp", "status", data=world(*WITHDRAWN))
    assert list(said["record_id"]) == ["can-2pct-gdp-withdrawn"]
    assert list(said["publisher"]) == ["A wire"]


def test_the_evidence_of_a_status_is_of_the_outcomes_that_make_it_and_not_of_their_parts(world):
    turns = [
        turn(
            "met",
            date,
            "wire-2024",
            commitment_id="pol-border-guards",
            target_id=f"pol-border-guards-{part}",
        )
        for part, date in (("all", "2024-08-01"), ("there", "2024-08-02"))
    ]
    data = world(source("wire-2024", "2024-09-01"), *turns[0], *turns[1])
    said = ef.evidence("pol-border-guards", "status", data=data)
    assert set(said["record_id"]) == {"pol-border-guards-met-2024-08-01"}


def test_a_target_is_asked_for_what_its_standing_rests_on(world):
    data = world(*WITHDRAWN)
    for record_id in ("can-2pct-gdp", "can-2pct-gdp-level"):
        said = ef.evidence(record_id, "standing", data=data)
        assert list(said["record_id"]) == ["can-2pct-gdp-withdrawn"], record_id
    assert ef.evidence("pol-border-guards-all", "standing", data=data).empty


def test_an_unknown_field_is_refused_with_those_that_have_evidence(small):
    with pytest.raises(ValueError) as refused:
        ef.evidence("can-2pct-gdp-level", "status", data=small)
    told = str(refused.value).partition("its fields are ")[2].split(", ")
    assert {"title", "value", "due", "standing", "current_due"} <= set(told)
    assert not [name for name in told if name.endswith(("_low", "_missing", "_earliest"))]
    with pytest.raises(ValueError, match="'summit' has no field 'standing'; its fields are "):
        ef.evidence("summit", "standing", data=small)


def test_a_status_that_follows_from_the_date_alone_rests_on_nothing(small):
    assert ef.evidence("can-2pct-gdp", "status", data=small).empty


def test_the_evidence_of_the_date_in_force_is_that_of_its_revision_or_else_of_the_date(
    world, small
):
    revised = ef.evidence("can-2pct-gdp", "current_due", data=world(*REVISED))
    assert set(revised["record_id"]) == {"can-2pct-gdp-revised"}
    first = ef.evidence("can-2pct-gdp", "current_due", data=small)
    assert list(first["reported"]) == ["2034", "2032"]


def test_evidence_says_what_the_document_is_and_leads_to_it(small):
    said = ef.evidence("can-2pct-gdp", data=small)
    assert said[["title", "publisher", "published"]].notna().all(axis=None)
    links = said["link"].notna()
    assert list(links) == list(said["url"].str.startswith("http").fillna(False))
    anchored = said[links & said["anchor"].notna()]
    assert anchored["link"].str.contains(":~:text=").all()


def test_a_source_has_what_it_says(small):
    record = ef.record("small-text-2024", data=small)
    assert set(record.evidence["source_id"]) == {"small-text-2024"}
    assert record.evidence["record"].notna().all()


def test_the_panel_names_who_owes_what_and_joins_by_codes_and_year(small):
    rows = ef.panel(data=small)
    whole = small.load("panel")
    pd.testing.assert_frame_equal(rows[list(whole.columns)], whole, check_names=True)
    canada = rows[rows["outcome_id"] == "can-2pct-gdp-level"].iloc[0]
    assert canada[["actor", "iso3", "gw_code", "year"]].to_list() == ["Canada", "CAN", 20, 2024]
    assert canada["commitment"] == "Canada to spend 2% of GDP"
    assert ef.panel(as_of="2000-01-01", data=small).empty


def test_a_listing_shows_every_word_and_no_line_is_long(small):
    for listing in (small.tables(), small.codebook(), small.codebook("targets")):
        shown = repr(listing)
        assert "..." not in shown.replace("../", "") and max(map(len, shown.splitlines())) <= 100
        assert type(listing.head(2)) is pd.DataFrame
    assert "targets, 4 rows" in repr(small.tables())


@pytest.mark.parametrize("day", ["1990-01-01", "2024-12-31"])
def test_a_state_without_rows_has_the_types_of_one_with_rows(small, day):
    for table in small.names:
        dtypes = small.load(table, day).dtypes
        pd.testing.assert_series_equal(dtypes, small.load(table).dtypes)


def test_only_the_codes_that_occur_are_kept_on_request(small):
    for state in ({}, {"as_of": "2024-12-31"}):
        seen = small.load("targets", **state, observed=True)
        assert list(seen["unit"].cat.categories) == [
            code
            for code in small.load("targets")["unit"].cat.categories
            if code in set(seen["unit"])
        ]
    assert small.load("sources", observed=True)["reliability"].dtype.ordered
