"""The reader on a dataset of the small world: what its functions return, show, cite and refuse."""

import copy
import inspect
import json
import pickle
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from threading import Barrier

import pandas as pd
import pytest

import eastflank as ef
from eastflank import knowledge, reader
from eastflank.derived import Derived
from eastflank.fingerprint import frame_fingerprint
from eastflank.version import CLOSING
from pipeline.check import check
from pipeline.derive import derive
from pipeline.write import write
from schemas import DERIVED, TABLES, key
from tests.worlds import CORPUS, LINK, MEMORY, RETIRED, change, with_words

ROOT = Path(__file__).resolve().parents[2]
SMALL_WORLD = Path(__file__).resolve().parents[1] / "seeds"
HOSTILE = {
    "Canada to spend 2% of GDP": "Canada <script>alert('2%')</script> & more",
    "2% of GDP": "<img src=x onerror=alert(1)> 2%",
    "A publisher": "A </table></article> publisher",
    "by 2034": "<b>by 2034</b>",
}
"""What this dataset says that HTML would take for its own, in place of what the small world says.

The build refuses such cells, and a page must not run them all the same.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with a dataset of the small world, a corpus, a link, and a row that is no more."""
    made = tmp_path_factory.mktemp("reader")
    seeds = Path(shutil.copytree(SMALL_WORLD, made / "seeds"))
    change(seeds, *CORPUS, LINK, RETIRED)
    checked = check(seeds, memory=MEMORY)
    assert list(checked.problems.report()) == []
    tables = derive(checked.parsed)
    write({name: with_words(table, HOSTILE) for name, table in tables.items()}, made / "dataset")
    return made / "dataset"


@pytest.fixture(scope="module")
def data(folder) -> ef.Dataset:
    """That dataset, opened."""
    return ef.Dataset(folder)


def test_the_public_names_are_few():
    assert set(ef.__all__) == {
        "Changes",
        "Citation",
        "Dataset",
        "Record",
        "__version__",
        "cite",
        "codebook",
        "conflicts",
        "counted",
        "diff",
        "evidence",
        "find",
        "headline",
        "load",
        "panel",
        "recall",
        "record",
        "shares",
        "tables",
        "verify",
        "versions",
    }


@pytest.mark.parametrize("name", sorted({*ef.__all__} - {"__version__"}))
def test_every_public_name_explains_itself(name):
    assert len(inspect.getdoc(getattr(ef, name)).splitlines()) >= 1


# What there is


def test_tables_lists_each_table_with_its_size(data):
    listed = data.tables()
    assert list(listed.index) == list(TABLES)
    assert listed["rows"].to_dict() == {name: len(data.load(name)) for name in TABLES}
    assert listed["columns"].to_dict() == {name: data.load(name).shape[1] for name in TABLES}
    assert listed.at["milestones", "a row is"] == "one dated turn in a commitment's life"


def test_a_selection_still_tells_what_it_was_selected_from(data):
    selected = data.load("targets").query("unit == 'persons'")[["target_id", "value"]]
    assert (selected.attrs["table"], selected.attrs["version"]) == ("targets", ef.__version__)


def test_a_change_to_a_loaded_frame_does_not_reach_the_next_one(data):
    frame = data.load("targets")
    frame["value"] = 0.0
    frame.attrs["table"] = "mine"
    assert data.load("targets")["value"].sum() == 18002
    assert data.load("targets").attrs["table"] == "targets"


@pytest.mark.parametrize("function", ["load", "codebook"])
def test_an_unknown_table_is_refused_with_those_that_exist(data, function):
    with pytest.raises(ValueError) as refused:
        getattr(data, function)("targts")
    assert str(refused.value) == (
        f"there is no table 'targts'; did you mean 'targets'?; eastflank.tables() lists them: {', '.join(TABLES)}"
    )


@pytest.mark.parametrize("name", ["", "../dataset/targets", "datapackage.json"])
def test_only_the_name_of_a_table_loads_one(data, name):
    with pytest.raises(ValueError, match="there is no table"):
        data.load(name)


def test_the_codebook_of_a_table_says_what_each_column_means(data):
    told = data.codebook("places").set_index("column")
    assert list(told.index) == list(data.load("places").columns)
    assert told.loc["latitude", ["type", "unit", "missing"]].to_list() == [
        "number",
        "degrees",
        "not-applicable; not-found",
    ]
    assert told.at["country_id", "reference"] == "actors.actor_id"
    assert told.at["kind", "codelist"] == "PlaceKind" and "border" in told.at[
        "kind", "codes"
    ].split("; ")
    assert "a place has both coordinates or neither" in told.at["longitude", "rules"]
    assert told.at["latitude_missing", "derived"] == "yes"


def test_the_codebook_of_all_tables_has_every_column_of_each(data):
    assert data.codebook().groupby("table").size().to_dict() == data.tables()["columns"].to_dict()


# One record whole


@pytest.mark.parametrize(
    "table",
    [name for name in TABLES if name not in DERIVED and name != "retired" and len(key(name)) == 1],
)
def test_a_record_is_found_by_its_id_alone_and_can_be_shown(data, table):
    record_id = data.load(table).iloc[0, 0]
    record = ef.record(record_id, data=data)
    assert (record.table, record.id, record.row.iloc[0]) == (table, record_id, record_id)
    assert record_id in repr(record)
    assert Card(record).faults == []


def test_a_record_has_what_refers_to_it_its_evidence_and_its_conflicts(data):
    record = ef.record("can-2pct-gdp", data=data)
    assert {name: len(rows) for name, rows in record.related.items()} == {
        "outcomes": 1,
        "commitment_actors": 2,
        "commitment_links": 1,
        "targets": 1,
        "milestones": 2,
        "passages": 1,
    }
    assert set(record.evidence["record_id"]) == {
        "can-2pct-gdp",
        "can-2pct-gdp-level",
        "can-2pct-gdp-announced",
        "can-2pct-gdp-started",
    }
    assert list(record.conflicts["record_id"]) == ["can-2pct-gdp-level"]


def test_a_record_finds_its_own_parts(data):
    assert list(ef.record("summit", data=data).related["events"]["event_id"]) == [
        "canada-pledges-2pct"
    ]
    assert len(ef.record("pol-border-guards-all", data=data).related["targets"]) == 2


def test_a_record_as_text_says_why_a_value_is_missing(data):
    lines = repr(ef.record("can-2pct-gdp-level", data=data)).splitlines()
    assert lines[0] == "targets / can-2pct-gdp-level"
    assert "  baseline: (not-stated)" in lines
    assert "  due: 2032" in lines
    assert "Who says so (2): source | document | grade | what it says" in lines


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("can-2pct-gdpp", "'can-2pct-gdp' or 'can-2pct-gdp-level'"),
        ("Kanada", "'canada'"),
        ("nothing-like-it", None),
    ],
)
@pytest.mark.parametrize("function", ["record", "evidence", "cite", "headline", "conflicts"])
def test_an_unknown_record_is_refused_with_the_nearest_that_exist(data, function, asked, nearest):
    with pytest.raises(ValueError) as refused:
        getattr(ef, function)(asked, data=data)
    hint = f"; did you mean {nearest}?" if nearest else ""
    assert str(refused.value).startswith(
        f"there is no record {asked!r}{hint}; each table has its ids in its key"
    )


TAGS = {
    "a",
    "circle",
    "g",
    "h4",
    "line",
    "section",
    "style",
    "svg",
    "text",
    "title",
    "article",
    "h3",
    "p",
    "code",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "details",
    "summary",
    "b",
    "i",
}


class Card(HTMLParser):
    """The card of a record, as a browser reads it: its tags, its text,
    and what is wrong with it.
    """

    def __init__(self, record):
        super().__init__()
        self.faults, self.texts, self.open = [], [], []
        self.feed(record._repr_html_())
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.faults += [f"<{tag}>"] * (tag not in TAGS)
        self.faults += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        self.texts.append(data)


def test_a_card_shows_what_the_seeds_say_and_takes_none_of_it_for_html(data):
    card = Card(ef.record("can-2pct-gdp", data=data))
    assert card.faults == []
    for said in [*HOSTILE.values()][:3]:
        assert any(said in text for text in card.texts)


def test_a_card_shows_facts_parts_evidence_and_conflicts(data):
    card = Card(ef.record("can-2pct-gdp", data=data))
    assert {"Targets", "What happened", "Who says so", "Sources differ", "Parties"} <= set(
        card.texts
    )
    assert {
        "official-announcement",
        "(not-stated)",
        "Canada",
        "2034 (A </table></article> publisher)",
    } <= set(card.texts)


# Who says so


def test_evidence_names_its_sources_the_newest_last(data):
    said = ef.evidence("can-2pct-gdp-level", data=data)
    assert list(said["published"]) == ["2024-07", "2024-07", "2024-07", "2025-03-01", "2025-03-01"]
    assert said.loc[4, ["publisher", "reliability", "stance", "reported"]].to_list() == [
        "Government of Canada",
        "A",
        "contradicts",
        "2032",
    ]


def test_evidence_of_a_field_has_what_was_stated_of_it_too(data):
    assert list(ef.evidence("can-2pct-gdp-level", field="due", data=data)["reported"]) == [
        "2034",
        "2032",
    ]
    assert list(ef.evidence("can-2pct-gdp-level", "value", data=data)["reported"]) == ["2"]
    assert ef.evidence("can-2pct-gdp-level", "note", data=data).empty


def test_a_field_that_the_table_does_not_have_is_refused_rather_than_without_evidence(data):
    with pytest.raises(ValueError, match="'dew'.*'due'"):
        ef.evidence("can-2pct-gdp-level", field="dew", data=data)


def test_a_record_without_evidence_gives_no_rows_in_the_same_columns(data):
    assert ef.evidence("canada", data=data).empty
    assert list(ef.evidence("canada", data=data).columns) == list(
        ef.evidence("can-2pct-gdp-level", data=data).columns
    )


# What was known


def test_a_table_of_an_earlier_day_says_which_day(data):
    earlier = data.load("targets", as_of="2024-12-31")
    assert earlier.set_index("target_id").at["can-2pct-gdp-level", "due"] == "2034"
    assert earlier.attrs["as_of"] == "2024-12-31" and "stated_by" not in earlier.attrs
    assert (
        earlier.attrs["table_fingerprint"]
        == frame_fingerprint(earlier, ["target_id"])
        != data.load("targets").attrs["table_fingerprint"]
    )


def test_one_source_s_version_says_whose_it_is(data):
    version = data.load("targets", stated_by="gazette-2025")
    assert version["due"].to_list() == ["2032"] and version.attrs["stated_by"] == "gazette-2025"
    assert data.load("targets", stated_by="gazette-2025", as_of="2024-12-31").empty


def test_a_change_to_an_earlier_state_does_not_reach_the_next_one(data):
    frame = data.load("targets", as_of="2024-12-31")
    frame["value"] = 0.0
    frame.attrs["table"] = "mine"
    assert data.load("targets", as_of="2024-12-31")["value"].sum() == 18002
    assert data.load("targets", as_of="2024-12-31").attrs["table"] == "targets"


@pytest.mark.parametrize(
    "table", ["actors", "places", "codes", "corpora", "passages", "reliability", "retired"]
)
def test_names_and_codes_are_the_same_at_any_time(data, table):
    pd.testing.assert_frame_equal(data.load(table, as_of="1990-01-01"), data.load(table))


def test_an_unknown_source_is_refused_with_the_nearest_that_exists(data):
    with pytest.raises(ValueError) as refused:
        data.load("targets", stated_by="gazete-2025")
    assert str(refused.value) == (
        "there is no source 'gazete-2025'; did you mean 'gazette-2025'?; eastflank.load('sources') lists them"
    )


def test_a_record_of_an_earlier_day_has_what_belonged_to_it_then(data):
    earlier = ef.record("can-2pct-gdp", as_of="2024-12-31", data=data)
    assert earlier.related["targets"]["due"].to_list() == ["2034"]
    assert set(earlier.evidence["source_id"]) == {"small-text-2024"} and earlier.conflicts.empty
    assert Card(earlier).faults == []


@pytest.mark.parametrize(
    "record_id", ["can-2pct-gdp", "can-2pct-gdp-by-small-text-2024", "guards-poland-2024"]
)
def test_a_record_that_was_not_known_yet_says_from_when_it_is(data, record_id):
    then = data.at("2024-07-30")
    for function in (ef.record, ef.evidence, ef.conflicts, ef.headline, ef.cite):
        with pytest.raises(ValueError) as refused:
            function(record_id, data=then)
        assert str(refused.value) == (
            f"record {record_id!r} was not known on 2024-07-30; "
            "a source first stated it by 2024-07-31"
        )


def test_a_record_to_which_a_source_does_not_speak_is_refused_with_that_source(data):
    with pytest.raises(ValueError) as refused:
        ef.evidence("pol-border-guards", data=data.at(stated_by="gazette-2025"))
    assert str(refused.value).endswith(
        "stated_by='gazette-2025'>: gazette-2025 does not speak to it"
    )


def test_conflicts_are_all_or_those_of_a_record_and_its_parts_or_of_a_day(data):
    assert (
        list(ef.conflicts(data=data)["record_id"])
        == list(ef.conflicts("can-2pct-gdp", data=data)["record_id"])
        == ["can-2pct-gdp-level"]
    )
    assert (
        ef.conflicts("pol-border-guards", data=data).empty
        and ef.conflicts(as_of="2024-12-31", data=data).empty
    )
    with pytest.raises(ValueError, match="there is no record 'nobody'"):
        ef.conflicts("nobody", data=data)


def test_conflicts_of_an_actor_are_those_of_what_it_promised_and_did(data):
    assert list(ef.conflicts("Canada", data=data)["record_id"]) == ["can-2pct-gdp-level"]
    assert ef.conflicts("Poland", data=data).empty
    pd.testing.assert_frame_equal(
        ef.record("canada", data=data).conflicts, ef.conflicts("canada", data=data)
    )
    assert Card(ef.record("canada", data=data)).faults == []


def test_evidence_of_an_earlier_day_is_what_had_been_published(data):
    assert set(ef.evidence("can-2pct-gdp-level", as_of="2024-12-31", data=data)["source_id"]) == {
        "small-text-2024"
    }


# The dataset as an object


def test_a_dataset_says_what_it_is(data, folder):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert (data.folder, data.version) == (folder, ef.__version__)
    assert f"{data.closing:%Y-%m-%d}" == package["closing"] == CLOSING
    assert data.names == list(TABLES) and data.state == {}
    assert repr(data) == f"<Eastflank {ef.__version__}>"
    then = ef.Dataset(folder, as_of="2024-12-31", stated_by="small-text-2024")
    assert then.state == {"as_of": "2024-12-31", "stated_by": "small-text-2024"}
    assert repr(then) == (
        f"<Eastflank {ef.__version__}, as_of='2024-12-31', stated_by='small-text-2024'>"
    )


@pytest.fixture(
    scope="module",
    params=[{"as_of": "2024-12-31"}, {"stated_by": "gazette-2025"}, {"as_of": CLOSING}],
    ids=["a day", "a source", "the closing day"],
)
def opened(folder, request) -> ef.Dataset:
    """That dataset, opened in a state."""
    return ef.Dataset(folder, **request.param)


@pytest.mark.parametrize("table", TABLES)
def test_a_dataset_opened_in_a_state_has_what_is_loaded_in_that_state(data, opened, table):
    frame, loaded = opened.load(table), data.load(table, **opened.state)
    pd.testing.assert_frame_equal(frame, loaded)
    pd.testing.assert_frame_equal(frame, data.at(**opened.state).load(table))
    assert frame.attrs == loaded.attrs


@pytest.mark.parametrize("table", TABLES)
def test_the_state_of_the_closing_day_is_the_dataset_itself(data, table):
    then = data.load(table, as_of=CLOSING)
    pd.testing.assert_frame_equal(then, data.load(table))
    assert then.attrs["table_fingerprint"] == data.load(table).attrs["table_fingerprint"]


@pytest.mark.parametrize(
    "ask",
    [
        lambda data, day: ef.Dataset(data.folder, as_of=day),
        lambda data, day: data.at(day),
        lambda data, day: data.load("targets", as_of=day),
        lambda data, day: data.load("actors", as_of=day),
        lambda data, day: ef.record("canada", as_of=day, data=data),
        lambda data, day: ef.evidence("canada", as_of=day, data=data),
        lambda data, day: ef.conflicts(as_of=day, data=data),
    ],
    ids=[
        "Dataset",
        "at",
        "load",
        "load of what is always the same",
        "record",
        "evidence",
        "conflicts",
    ],
)
def test_a_day_after_the_closing_one_is_refused(data, ask):
    day = pd.Timestamp(CLOSING) + pd.Timedelta(days=1)
    with pytest.raises(ValueError, match=f"lies after {CLOSING}, on which this version closes"):
        ask(data, f"{day:%Y-%m-%d}")
    ask(data, CLOSING)


def test_a_state_is_made_once_and_forgotten_after_some_others(folder):
    data = ef.Dataset(folder)
    first = data.at("2024-12-31")
    assert data.at(pd.Timestamp("2024-12-31")) is first and data.at() is data
    assert data.at("2024-12-31", "small-text-2024") is not first
    for day in range(1, reader.STATES_KEPT):
        data.at(f"2025-01-{day:02}")
    assert data.at("2024-12-31") is not first


def test_a_state_for_which_many_threads_ask_at_once_is_made_once(folder, monkeypatch):
    data, made = ef.Dataset(folder), []
    known, table = knowledge.known, Derived.table
    monkeypatch.setattr(knowledge, "known", lambda *how: made.append(how[1]) or known(*how))
    monkeypatch.setattr(
        Derived, "table", lambda state, name: made.append((state.day, name)) or table(state, name)
    )
    days = [f"2025-0{month}-11" for month in range(1, 6)]
    storage, all_ready = pd.get_option("mode.string_storage"), Barrier(12)

    def load(number: int) -> pd.DataFrame:
        all_ready.wait()
        return data.load("tracker", as_of=days[number % 5])

    with ThreadPoolExecutor(12) as threads:
        found = list(threads.map(load, range(12)))
    stamps = [pd.Timestamp(day) for day in days]
    assert sorted(made, key=str) == sorted(
        [*stamps, *((each, "tracker") for each in stamps)], key=str
    )
    alone = ef.Dataset(folder)
    for number, frame in enumerate(found):
        pd.testing.assert_frame_equal(frame, alone.load("tracker", as_of=days[number % 5]))
    assert pd.get_option("mode.string_storage") == storage


def test_a_dataset_can_be_copied_and_pickled_in_any_state(folder):
    data = ef.Dataset(folder, as_of="2025-01-11")
    for other in (copy.deepcopy(data), pickle.loads(pickle.dumps(ef.Dataset(folder)))):
        loaded = other.load("tracker", as_of="2025-01-11")
        pd.testing.assert_frame_equal(loaded, data.load("tracker"))


def test_two_datasets_do_not_know_of_one_another(data, tmp_path):
    seeds = Path(shutil.copytree(SMALL_WORLD, tmp_path / "seeds"))
    change(seeds, ("events", "The allies meet.", "The allies met."))
    write(derive(check(seeds, memory=MEMORY).parsed), tmp_path / "dataset")
    other = ef.Dataset(str(tmp_path / "dataset"))
    summaries = [
        each.load("events").set_index("event_id").at["summit", "summary"] for each in (data, other)
    ]
    assert summaries == ["The allies meet.", "The allies met."]
    assert ef.cite(data=other).fingerprint != ef.cite(data=data).fingerprint


def test_a_folder_without_a_dataset_is_refused_with_what_builds_one(tmp_path):
    with pytest.raises(FileNotFoundError) as refused:
        ef.Dataset(tmp_path)
    assert str(refused.value) == (
        f"there is no dataset in {tmp_path}; in a checkout, `python build.py` makes it"
    )


def test_a_number_in_the_place_of_a_folder_is_led_to_the_version():
    with pytest.raises(FileNotFoundError) as refused:
        ef.Dataset("0.3.0")
    assert str(refused.value) == (
        "there is no folder or archive '0.3.0'; a version is opened by its number with "
        "eastflank.Dataset(version='0.3.0')"
    )


def test_an_unknown_source_is_refused_when_the_dataset_is_opened(folder):
    with pytest.raises(ValueError, match="there is no source 'nobody'; "):
        ef.Dataset(folder, stated_by="nobody")


@pytest.mark.parametrize("table", ["tracker", "actors"])
def test_what_is_no_text_is_no_source(data, folder, table):
    for ask in (
        lambda each: data.load(table, stated_by=each),
        lambda each: ef.Dataset(folder, stated_by=each),
    ):
        for each in (["small-text-2024"], 3):
            with pytest.raises(
                TypeError, match="^stated_by is to be text, such as 'shea-2024', and is "
            ):
                ask(each)


def test_records_can_be_compared_and_kept_in_sets(data):
    first, second = ef.record("canada", data=data), ef.record("canada", data=data)
    assert first == first and len({first, first, second}) == 2


def test_the_functions_of_the_package_are_those_of_the_dataset_that_is_installed(data, monkeypatch):
    for module in ("reader", "records", "citation", "corpora"):
        monkeypatch.setattr(sys.modules[f"eastflank.{module}"], "default", lambda: data)
    pd.testing.assert_frame_equal(ef.tables(), data.tables())
    pd.testing.assert_frame_equal(ef.codebook("places"), data.codebook("places"))
    pd.testing.assert_frame_equal(
        ef.load("targets", as_of="2024-12-31"), data.load("targets", as_of="2024-12-31")
    )
    pd.testing.assert_frame_equal(
        ef.evidence("can-2pct-gdp"), ef.evidence("can-2pct-gdp", data=data)
    )
    pd.testing.assert_frame_equal(ef.conflicts(), ef.conflicts(data=data))
    pd.testing.assert_frame_equal(ef.shares(), ef.shares(data=data))
    assert repr(ef.record("can-2pct-gdp")) == repr(ef.record("can-2pct-gdp", data=data))
    assert ef.cite("can-2pct-gdp") == ef.cite("can-2pct-gdp", data=data)


def test_the_citation_of_a_record_that_is_no_more_is_refused_with_what_took_its_place(data):
    with pytest.raises(ValueError) as refused:
        ef.cite("upper-canada", data=data)
    assert str(refused.value) == (
        "record 'upper-canada' is retired since 0.2.0: It is a part of Canada.; see 'canada'"
    )


# Counts


def test_the_shares_of_a_corpus_are_of_what_it_counts(data):
    counted = ef.counted("the-text", data=data)
    # Two of the four targets are parts of another.
    assert counted["outcome_id"].to_list() == ["can-2pct-gdp-level", "pol-border-guards-all"]
    assert ef.shares("the-text", data=data).to_dict("records") == [
        {
            "corpus_id": "the-text",
            "standing": "pending",
            "n": 2,
            "of": 2,
            "share": 1,
            "whole": True,
        }
    ]
    pd.testing.assert_frame_equal(ef.shares(data=data), ef.shares("the-text", data=data))


def test_the_shares_of_a_day_are_cited_as_what_they_counted(data):
    then = data.at("2024-12-31")
    pd.testing.assert_frame_equal(ef.shares(as_of="2024-12-31", data=data), ef.shares(data=then))
    cited = ef.cite(ef.shares(data=then), data=data)
    assert cited == ef.cite(ef.counted("the-text", as_of="2024-12-31", data=data), data=data)
    assert cited.part.endswith(" rows of table outcomes, as known on 2024-12-31")


def test_the_shares_of_two_corpora_are_cited_with_each_outcome_once(tmp_path):
    seeds = Path(shutil.copytree(SMALL_WORLD, tmp_path / "seeds"))
    again = [(name, "", row.replace("the-text,", "the-same,", 1)) for name, _, row in CORPUS]
    again = [each for each in again if each[0] in ("corpora", "passages")]
    change(seeds, *CORPUS, *again)
    write(derive(check(seeds).parsed), tmp_path / "dataset")
    data = ef.Dataset(tmp_path / "dataset")
    assert ef.cite(ef.shares(data=data), data=data).part == "2 of the 4 rows of table outcomes"


@pytest.mark.parametrize(("kind", "left"), [("part-of", 1), ("restates", 1), ("replaces", 2)])
def test_what_stands_in_another_of_the_corpus_is_not_counted_again(tmp_path, kind, left):
    seeds = Path(shutil.copytree(SMALL_WORLD, tmp_path / "seeds"))
    change(seeds, *CORPUS, (*LINK[:2], LINK[2].replace("implements", kind)))
    write(derive(check(seeds, memory=MEMORY).parsed), tmp_path / "dataset")
    counted = ef.counted("the-text", data=ef.Dataset(tmp_path / "dataset"))
    assert counted["commitment_id"].nunique() == left


@pytest.mark.parametrize("function", ["counted", "shares"])
def test_an_unknown_corpus_is_refused_with_the_nearest(data, function):
    with pytest.raises(ValueError) as refused:
        getattr(ef, function)("the-texts", data=data)
    assert str(refused.value) == (
        "there is no corpus 'the-texts'; did you mean 'the-text'?; "
        "eastflank.load('corpora') lists them"
    )


# Where the dataset is


def test_a_checkout_that_was_not_built_says_what_builds_it(tmp_path):
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    program = f"import sys; sys.path.insert(0, {str(tmp_path / 'src')!r}); import eastflank; eastflank.load('targets')"
    run = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True, cwd=tmp_path
    )
    assert run.returncode == 1
    places = f"{tmp_path / 'src' / 'eastflank'} nor in {tmp_path}"
    assert (
        run.stderr.splitlines()[-1]
        == f"FileNotFoundError: no dataset in {places}; in a checkout, `python build.py` makes it"
    )
