"""What a corpus counts is what its own text promises, whatever else became known of it."""

import pandas as pd
import pytest

import eastflank as ef
from eastflank.corpora import left_out
from tests import drawn
from tests.drawn import corpus, row, says, source, turn

PLACE = {"small-text-2024": {"locator": "p2.s2", "anchor": "Canada will spend 2%"}}
"""Where the text says it, whose sentences are numbered."""

LATER = source("later-2024", "2024-09-01", "A later source")


def target(target_id: str, commitment_id="can-2pct-gdp", source_id="later-2024", **cells: str):
    """Return a target of money that a source gives to a commitment."""
    plain = {
        "title": target_id,
        "form": "reach",
        "applies": "jointly",
        "measure": "programme-money",
        "unit": "CAD",
        "comparator": "at-least",
        "baseline": "not-stated",
        "stated_value": "5",
        "stated_due": "not-stated",
        "value": "5",
        "due": "not-stated",
        "component_of": "not-applicable",
    }
    made = row("targets", target_id=target_id, commitment_id=commitment_id, **(plain | cells))
    return made, says(source_id, "targets", target_id, **PLACE.get(source_id, {}))


@pytest.fixture
def counted(tmp_path):
    """A function from rows that are added to the small world to the targets that its text counts."""

    def targets(*rows) -> list:
        data = drawn.dataset(tmp_path, (*corpus("can-2pct-gdp", "pol-border-guards"), *rows))
        return ef.counted("the-text", data=data)["target_id"].to_list()

    return targets


def test_a_target_that_another_source_adds_is_not_counted(counted):
    added = target("can-2pct-gdp-money")
    assert counted(LATER, *added) == ["can-2pct-gdp-level", "pol-border-guards-all"]


def test_a_target_that_the_text_gives_too_is_counted(counted):
    added = target("can-2pct-gdp-money", source_id="small-text-2024")
    assert "can-2pct-gdp-money" in counted(*added)


def test_of_a_list_only_the_target_that_is_the_item_is_counted(tmp_path):
    of_list = {"corpus_id": "the-list", "source_id": "not-applicable"}
    listed = {"title": "A list", "kind": "list", "rule": "All.", "size": "1", "unit": "item"}
    item = {"locator": "canada", "commitment_id": "can-2pct-gdp", "actor_id": "canada"}
    item |= {"target_id": "can-2pct-gdp-level", "reason": "not-applicable", "read": "whole"}
    rows = (
        LATER,
        *target("can-2pct-gdp-money"),
        row("commitments", commitment_id="can-2pct-gdp", selected="census"),
        row("corpora", **of_list, **listed),
        row("passages", **of_list, **item),
    )
    data = drawn.dataset(tmp_path, rows)
    assert ef.counted("the-list", data=data)["target_id"].to_list() == ["can-2pct-gdp-level"]


def test_a_part_is_counted_whose_whole_another_source_adds(counted):
    whole = target("can-2pct-gdp-money")
    part = target(
        "can-2pct-gdp-money-part", source_id="small-text-2024", component_of="can-2pct-gdp-money"
    )
    found = counted(LATER, *whole, *part)
    assert "can-2pct-gdp-money-part" in found and "can-2pct-gdp-money" not in found


def test_a_promise_to_which_the_text_gives_no_target_is_counted_by_those_of_others(tmp_path):
    promised = row(
        "commitments",
        commitment_id="can-arctic",
        title="Canada goes north",
        summary="Canada will go north.",
        date="2024-07-10",
        domain="defence-spending",
        bindingness="official-announcement",
        form="not-applicable",
        event_id="canada-pledges-2pct",
        conditions="not-stated",
        last_checked="not-found",
    )
    rows = (
        LATER,
        promised,
        says("small-text-2024", "commitments", "can-arctic", **PLACE["small-text-2024"]),
        *turn("announced", "2024-07-10", "later-2024", commitment_id="can-arctic"),
        row("commitment_actors", commitment_id="can-arctic", actor_id="canada", role="promisor"),
        *target("can-arctic-money", "can-arctic"),
        *corpus("can-2pct-gdp", "pol-border-guards", "can-arctic"),
    )
    data = drawn.dataset(tmp_path, rows)
    assert "can-arctic-money" in ef.counted("the-text", data=data)["target_id"].to_list()


def test_what_is_part_of_another_promise_of_the_corpus_is_left_out_and_can_be_had(tmp_path):
    link = {"commitment_id": "pol-border-guards", "other_id": "can-2pct-gdp", "kind": "part-of"}
    rows = (*corpus("can-2pct-gdp", "pol-border-guards"), row("commitment_links", **link))
    data = drawn.dataset(tmp_path, rows)
    assert ef.counted("the-text", data=data)["commitment_id"].to_list() == ["can-2pct-gdp"]
    assert set(left_out("the-text", data=data)["commitment_id"]) == {"pol-border-guards"}
    assert len(left_out("the-text", data=data)) == 1


def test_a_text_makes_nothing_before_it_is_public(tmp_path):
    told = says("wire-2024", "commitments", "can-2pct-gdp")
    rows = (*corpus("can-2pct-gdp", "pol-border-guards"), source("wire-2024", "2024-07-11"), told)
    data = drawn.dataset(tmp_path, rows)
    public = data.frames["sources"].set_index("source_id").loc["small-text-2024", "known_from"]
    before, then = f"{public - pd.Timedelta(days=1):%Y-%m-%d}", f"{public:%Y-%m-%d}"
    assert len(data.load("commitments", as_of=before)) >= 1
    assert ef.shares(as_of=before, data=data).empty
    assert ef.shares(as_of=then, data=data)["of"].iloc[0] == 2
