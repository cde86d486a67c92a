"""Finding records by words, and the record that a name means."""

import pandas as pd
import pytest

import eastflank as ef
from eastflank.search import plain, resolve
from tests.drawn import row
from tests.worlds import RETIRED


@pytest.mark.parametrize(
    ("said", "compared"),
    [("Łódź", "lodz"), ("TÜRKİYE", "turkiye"), ("Việt-Nam's", "viet nam s"), ("Æsir", "aesir")],
)
def test_accents_capitals_and_marks_do_not_count(said, compared):
    assert plain(said) == compared


def test_a_title_comes_before_a_summary_and_a_word_before_a_part(small):
    found = ef.find("canada", data=small)
    assert list(found.columns) == ["table", "id", "title", "why"]
    assert found["id"].iloc[0] == "canada" and found["why"].iloc[0] == "name"
    order = [why in ("name", "title") for why in found["why"]]
    assert order == sorted(order, reverse=True)
    parts = ef.find("canad", data=small)
    assert set(found["id"]) <= set(parts["id"])


def test_all_words_must_be_there_in_whatever_order(small):
    found = ef.find("GDP Canada", data=small)
    assert "can-2pct-gdp" in set(found["id"])
    assert set(found["id"]) == set(ef.find("canada gdp", data=small)["id"])
    assert set(found["id"]) < set(ef.find("canada", data=small)["id"])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("zebra", "no record has 'zebra'$"),
        ("gaurds canada", "no record has 'gaurds'; did you mean 'guards'"),
        ("canada guards", "no record has all of 'canada' and 'guards'$"),
    ],
)
def test_nothing_found_is_a_frame_without_rows_and_says_what_is_spelt_nearly_so(small, asked, said):
    with pytest.warns(UserWarning, match=said):
        none = ef.find(asked, data=small)
    assert none.empty and list(none.columns) == list(ef.find("canada", data=small).columns)
    assert repr(none) == "nothing"


def test_what_was_not_known_is_not_found(small):
    assert "can-2pct-gdp" not in set(ef.find("canada", as_of="1990-01-01", data=small)["id"])


@pytest.mark.parametrize(("asked", "error"), [("", ValueError), ("?!", ValueError), (3, TypeError)])
def test_what_is_no_word_is_refused_with_a_call_that_works(small, asked, error):
    with pytest.raises(error, match="'icebreaker'"):
        ef.find(asked, data=small)


@pytest.mark.parametrize("name", ["Canada", "canada", "CAN", "can"])
def test_an_actor_is_known_by_its_name_and_its_code(small, name):
    assert resolve(name, small) == "canada"
    assert ef.record(name, data=small).id == "canada"


def test_a_record_is_known_by_the_title_that_find_tells(small):
    for found in ef.find("canada", data=small).itertuples():
        if found.table in ("commitments", "events", "sources"):
            assert resolve(found.title.upper(), small) == found.id


def test_a_title_of_several_records_says_which(small, monkeypatch):
    monkeypatch.setattr("eastflank.search._titles", lambda data: {"a summit": ["one", "other"]})
    with pytest.raises(ValueError, match="'A summit' may be any of 'one', 'other'; give the id"):
        ef.record("A summit", data=small)


@pytest.mark.parametrize(
    "asked",
    [["canada"], pd.Series({"actor_id": "canada"}), None, 3],
    ids=["list", "row", "none", "number"],
)
@pytest.mark.parametrize("function", [ef.record, ef.evidence])
def test_what_is_no_text_names_no_record(small, function, asked):
    with pytest.raises(TypeError, match="is to be text, such as '.+', and is "):
        function(asked, data=small)


def test_who_bears_a_name_comes_before_whose_alias_it_is(world):
    codes = dict.fromkeys(("iso3", "gw_code", "cow_code", "parent_id"), "not-applicable")
    named = row(
        "actors", actor_id="a-club", name="A club", kind="group", aliases="Canada; CC", **codes
    )
    assert resolve("Canada", world(named)) == "canada"
    assert resolve("cc", world(named)) == "a-club"


def test_a_name_of_several_actors_says_which(small, monkeypatch):
    monkeypatch.setattr(
        "eastflank.search._actors", lambda data: {"the allies": ["canada", "poland"]}
    )
    with pytest.raises(ValueError, match="'The Allies' may be any of 'canada', 'poland'"):
        ef.record("The Allies", data=small)


@pytest.mark.parametrize("function", [ef.record, ef.evidence, ef.conflicts])
def test_an_id_that_is_no_more_leads_on_to_what_took_its_place(world, function):
    gone = world(
        row(
            "retired",
            **dict(
                zip(
                    ("record_id", "record_table", "version", "reason", "replaced_by"),
                    RETIRED[2].split(","),
                    strict=True,
                )
            ),
        )
    )
    with pytest.warns(UserWarning, match="'upper-canada' is retired since 0.2.0.*'canada'"):
        found = function("upper-canada", data=gone)
    assert repr(found) == repr(function("canada", data=gone))


def test_what_is_found_can_be_read_whole_in_a_terminal(small):
    shown = repr(ef.find("guards", data=small)).splitlines()
    assert "commitments, pol-border-guards" in shown
    assert not any("..." in line or len(line) > 100 for line in shown)
