"""`import eastflank` on a dataset of the small world: what the public functions return, show,
cite and refuse.
"""

import importlib
import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from eastflank.fingerprint import frame_fingerprint
from pipeline.check import check
from pipeline.derive import derive
from pipeline.write import write
from schemas import DERIVED, TABLES, key

ROOT = Path(__file__).resolve().parents[2]
SMALL_WORLD = Path(__file__).resolve().parents[1] / "seeds"
HOSTILE = {
    "commitments.csv": ("Canada to spend 2% of GDP", "Canada <script>alert('2%')</script> & more"),
    "targets.csv": ("2% of GDP", "<img src=x onerror=alert(1)> 2%"),
    "sources.csv": ("A publisher", "A </table></article> publisher"),
    "evidence.csv": (",by 2034,", ",<b>by 2034</b>,"),
}
"""What the seeds of this world say that HTML would take for its own,
in place of what the small world says.
"""


@pytest.fixture(scope="module")
def ef(tmp_path_factory):
    """The reader as a checkout has it, with its source beside a dataset of the small world."""
    checkout = tmp_path_factory.mktemp("checkout")
    seeds = Path(shutil.copytree(SMALL_WORLD, checkout / "seeds"))
    for name, (old, new) in HOSTILE.items():
        text = (seeds / name).read_text(encoding="utf-8")
        assert old in text
        (seeds / name).write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    write(derive(check(seeds).parsed), checkout / "dataset")
    shutil.copytree(
        ROOT / "src", checkout / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )

    def loaded():
        return [name for name in sys.modules if name.partition(".")[0] == "eastflank"]

    ours = {name: sys.modules.pop(name) for name in loaded()}
    sys.path.insert(0, str(checkout / "src"))
    reader = importlib.import_module("eastflank")
    assert Path(reader.__file__).is_relative_to(checkout)
    yield reader
    sys.path.remove(str(checkout / "src"))
    for name in loaded():
        del sys.modules[name]
    sys.modules.update(ours)


def test_the_public_names_are_few(ef):
    assert set(ef.__all__) == {
        "Citation",
        "Record",
        "__version__",
        "cite",
        "codebook",
        "conflicts",
        "evidence",
        "load",
        "record",
        "tables",
    }


# What there is


def test_tables_lists_each_table_with_its_size(ef):
    listed = ef.tables()
    assert list(listed.index) == list(TABLES)
    assert listed["rows"].to_dict() == {name: len(ef.load(name)) for name in TABLES}
    assert listed["columns"].to_dict() == {name: ef.load(name).shape[1] for name in TABLES}
    assert listed.at["milestones", "a row is"] == "one dated turn in a commitment's life"


def test_a_selection_still_tells_what_it_was_selected_from(ef):
    selected = ef.load("targets").query("unit == 'persons'")[["target_id", "value"]]
    assert (selected.attrs["table"], selected.attrs["version"]) == ("targets", ef.__version__)


def test_a_change_to_a_loaded_frame_does_not_reach_the_next_one(ef):
    frame = ef.load("targets")
    frame["value"] = 0.0
    frame.attrs["table"] = "mine"
    assert ef.load("targets")["value"].sum() == 18002
    assert ef.load("targets").attrs["table"] == "targets"


@pytest.mark.parametrize("function", ["load", "codebook"])
def test_an_unknown_table_is_refused_with_those_that_exist(ef, function):
    with pytest.raises(ValueError) as refused:
        getattr(ef, function)("targts")
    assert str(refused.value) == (
        f"there is no table 'targts'; did you mean 'targets'?; eastflank.tables() lists them: {', '.join(TABLES)}"
    )


@pytest.mark.parametrize("name", ["", "../dataset/targets", "datapackage.json", 3])
def test_only_the_name_of_a_table_loads_one(ef, name):
    with pytest.raises(ValueError, match="there is no table"):
        ef.load(name)


def test_the_codebook_of_a_table_says_what_each_column_means(ef):
    told = ef.codebook("places").set_index("column")
    assert list(told.index) == list(ef.load("places").columns)
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


def test_the_codebook_of_all_tables_has_every_column_of_each(ef):
    assert ef.codebook().groupby("table").size().to_dict() == ef.tables()["columns"].to_dict()


# One record whole


@pytest.mark.parametrize(
    "table", [name for name in TABLES if name not in DERIVED and len(key(name)) == 1]
)
def test_a_record_is_found_by_its_id_alone_and_can_be_shown(ef, table):
    record_id = ef.load(table).iloc[0, 0]
    record = ef.record(record_id)
    assert (record.table, record.id, record.row.iloc[0]) == (table, record_id, record_id)
    assert record_id in repr(record)
    assert Card(record).faults == []


def test_a_record_has_what_refers_to_it_its_evidence_and_its_conflicts(ef):
    record = ef.record("can-2pct-gdp")
    assert {name: len(rows) for name, rows in record.related.items()} == {
        "commitment_actors": 2,
        "targets": 1,
        "milestones": 2,
    }
    assert set(record.evidence["record_id"]) == {
        "can-2pct-gdp",
        "can-2pct-gdp-level",
        "can-2pct-gdp-announced",
        "can-2pct-gdp-started",
    }
    assert list(record.conflicts["record_id"]) == ["can-2pct-gdp-level"]


def test_a_record_finds_its_own_parts(ef):
    assert list(ef.record("summit").related["events"]["event_id"]) == ["canada-pledges-2pct"]
    assert len(ef.record("pol-border-guards-all").related["targets"]) == 2


def test_a_record_as_text_says_why_a_value_is_missing(ef):
    lines = repr(ef.record("can-2pct-gdp-level")).splitlines()
    assert lines[0] == "targets / can-2pct-gdp-level"
    assert "  baseline: (not-stated)" in lines
    assert "  due: 2032" in lines
    assert "  evidence: 5 rows" in lines


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("can-2pct-gdpp", "'can-2pct-gdp' or 'can-2pct-gdp-level'"),
        ("Canada", "'canada'"),
        ("nothing-like-it", None),
    ],
)
@pytest.mark.parametrize("function", ["record", "evidence", "cite"])
def test_an_unknown_record_is_refused_with_the_nearest_that_exist(ef, function, asked, nearest):
    with pytest.raises(ValueError) as refused:
        getattr(ef, function)(asked)
    hint = f"; did you mean {nearest}?" if nearest else ""
    assert str(refused.value).startswith(
        f"there is no record {asked!r}{hint}; the ids are in the first column of each table"
    )


TAGS = {
    "style",
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


def test_a_card_shows_what_the_seeds_say_and_takes_none_of_it_for_html(ef):
    card = Card(ef.record("can-2pct-gdp"))
    assert card.faults == []
    for _, said in HOSTILE.values():
        assert said.strip(",") in card.texts


def test_a_card_shows_facts_parts_evidence_and_conflicts(ef):
    card = Card(ef.record("can-2pct-gdp"))
    assert {"commitment_actors", "targets", "milestones", "evidence", "conflicts"} <= set(
        card.texts
    )
    assert {
        "official-announcement",
        "(not-stated)",
        "canada",
        "gazette-2025: 2032; small-text-2024: 2034",
    } <= set(card.texts)


# Who says so


def test_evidence_names_its_sources_the_newest_last(ef):
    said = ef.evidence("can-2pct-gdp-level")
    assert list(said["published"]) == ["2024-07", "2024-07", "2024-07", "2025-03-01", "2025-03-01"]
    assert said.loc[4, ["publisher", "reliability", "stance", "reported"]].to_list() == [
        "Government of Canada",
        "A",
        "contradicts",
        "2032",
    ]


def test_evidence_of_a_field_has_what_was_stated_of_it_too(ef):
    assert list(ef.evidence("can-2pct-gdp-level", field="due")["reported"]) == ["2034", "2032"]
    assert list(ef.evidence("can-2pct-gdp-level", "value")["reported"]) == ["2"]
    assert ef.evidence("can-2pct-gdp-level", "note").empty


def test_a_field_that_the_table_does_not_have_is_refused_rather_than_without_evidence(ef):
    with pytest.raises(ValueError, match="'dew'.*'due'"):
        ef.evidence("can-2pct-gdp-level", field="dew")


def test_a_record_without_evidence_gives_no_rows_in_the_same_columns(ef):
    assert ef.evidence("canada").empty
    assert list(ef.evidence("canada").columns) == list(ef.evidence("can-2pct-gdp-level").columns)


# What was known


def test_a_table_of_an_earlier_day_says_which_day(ef):
    earlier = ef.load("targets", as_of="2024-12-31")
    assert earlier.set_index("target_id").at["can-2pct-gdp-level", "due"] == "2034"
    assert earlier.attrs["as_of"] == "2024-12-31" and "stated_by" not in earlier.attrs
    assert (
        earlier.attrs["fingerprint"]
        == frame_fingerprint(earlier, ["target_id"])
        != ef.load("targets").attrs["fingerprint"]
    )


def test_one_source_s_version_says_whose_it_is(ef):
    version = ef.load("targets", stated_by="gazette-2025")
    assert version["due"].to_list() == ["2032"] and version.attrs["stated_by"] == "gazette-2025"
    assert ef.load("targets", stated_by="gazette-2025", as_of="2024-12-31").empty


def test_a_change_to_an_earlier_state_does_not_reach_the_next_one(ef):
    frame = ef.load("targets", as_of="2024-12-31")
    frame["value"] = 0.0
    frame.attrs["table"] = "mine"
    assert ef.load("targets", as_of="2024-12-31")["value"].sum() == 18002
    assert ef.load("targets", as_of="2024-12-31").attrs["table"] == "targets"


@pytest.mark.parametrize("table", ["actors", "places", "codes"])
def test_names_and_codes_are_the_same_at_any_time(ef, table):
    pd.testing.assert_frame_equal(ef.load(table, as_of="1990-01-01"), ef.load(table))


def test_an_unknown_source_is_refused_with_the_nearest_that_exists(ef):
    with pytest.raises(ValueError) as refused:
        ef.load("targets", stated_by="gazete-2025")
    assert str(refused.value) == (
        "there is no source 'gazete-2025'; did you mean 'gazette-2025'?; eastflank.load('sources') lists them"
    )


def test_a_record_of_an_earlier_day_has_what_belonged_to_it_then(ef):
    earlier = ef.record("can-2pct-gdp", as_of="2024-12-31")
    assert earlier.related["targets"]["due"].to_list() == ["2034"]
    assert set(earlier.evidence["source_id"]) == {"small-text-2024"} and earlier.conflicts.empty
    assert Card(earlier).faults == []


@pytest.mark.parametrize(
    "record_id", ["can-2pct-gdp", "can-2pct-gdp-by-small-text-2024", "guards-poland-2024"]
)
def test_a_record_that_was_not_known_yet_says_from_when_it_is(ef, record_id):
    with pytest.raises(ValueError) as refused:
        ef.record(record_id, as_of="2024-07-30")
    assert (
        str(refused.value)
        == f"record {record_id!r} was not known on 2024-07-30; a source first stated it by 2024-07-31"
    )


def test_conflicts_are_all_or_those_of_a_record_and_its_parts_or_of_a_day(ef):
    assert (
        list(ef.conflicts()["record_id"])
        == list(ef.conflicts("can-2pct-gdp")["record_id"])
        == ["can-2pct-gdp-level"]
    )
    assert ef.conflicts("pol-border-guards").empty and ef.conflicts(as_of="2024-12-31").empty
    with pytest.raises(ValueError, match="there is no record 'nobody'"):
        ef.conflicts("nobody")


def test_evidence_of_an_earlier_day_is_what_had_been_published(ef):
    assert set(ef.evidence("can-2pct-gdp-level", as_of="2024-12-31")["source_id"]) == {
        "small-text-2024"
    }


# Citations


def test_the_whole_is_cited_with_the_fingerprint_of_the_package(ef):
    package = Path(ef.__file__).parents[2] / "dataset" / "datapackage.json"
    cited = ef.cite()
    assert cited.fingerprint == json.loads(package.read_text(encoding="utf-8"))["fingerprint"]
    assert re.fullmatch(
        rf"Eastflank contributors \(\d{{4}}\)\. Eastflank: .+ \(version {re.escape(ef.__version__)}\) \[Data set\]\. "
        rf"Fingerprint sha256:{cited.fingerprint}\.",
        str(cited),
    )


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_cited_alike_by_name_and_as_a_frame_with_the_fingerprint_in_its_file(ef, table):
    frame = ef.load(table)
    assert ef.cite(table) == ef.cite(frame)
    assert ef.cite(table).fingerprint == frame.attrs["fingerprint"]
    assert f" Table {table}. Fingerprint " in ef.cite(table).text


def test_a_record_is_cited_by_its_row(ef):
    row = ef.load("commitments").query("commitment_id == 'can-2pct-gdp'")
    cited = ef.cite("can-2pct-gdp")
    assert cited.part == "record can-2pct-gdp of table commitments"
    assert (
        cited.fingerprint == ef.cite(row).fingerprint == frame_fingerprint(row, ["commitment_id"])
    )


def test_a_selection_of_rows_says_how_many_of_how_many(ef):
    cited = ef.cite(ef.load("tracker").query("status == 'announced'"))
    assert " 3 of the 4 rows of table tracker. Fingerprint sha256:" in cited.text
    assert cited.fingerprint not in (ef.cite("tracker").fingerprint, ef.cite().fingerprint)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"as_of": "2024-12-31"}, "2 of the 4 rows of table tracker, as known on 2024-12-31"),
        (
            {"stated_by": "small-text-2024"},
            "2 of the 4 rows of table tracker, as stated by small-text-2024",
        ),
    ],
)
def test_a_state_of_knowledge_is_cited_as_such_and_with_its_own_fingerprint(ef, state, words):
    cited = ef.cite(ef.load("tracker", **state).head(2))
    assert cited.part == words
    assert cited.fingerprint != ef.cite(ef.load("tracker").head(2)).fingerprint


def test_a_selection_of_columns_names_them(ef):
    cited = ef.cite(ef.load("targets").loc[[0, 2], ["target_id", "value"]])
    assert cited.part == "2 of the 4 rows of table targets, columns target_id, value"


@pytest.mark.parametrize(
    "columns",
    [slice(None), ["tracker_id", "status"], ["status", "commitment"]],
    ids=["all columns", "some columns", "some columns without the key"],
)
def test_a_selection_has_one_citation_in_any_order_of_rows(ef, columns):
    selected = ef.load("tracker").loc[:, columns]
    for order in ([3, 2, 1, 0], [1, 3, 0, 2]):
        assert ef.cite(selected.iloc[order]) == ef.cite(selected)
        assert ef.cite(selected.iloc[order].reset_index(drop=True)) == ef.cite(selected)


def test_a_selection_has_one_citation_in_any_order_of_columns(ef):
    tracker = ef.load("tracker")
    assert ef.cite(tracker[tracker.columns[::-1]]) == ef.cite(tracker)
    assert ef.cite(tracker[["status", "tracker_id"]]) == ef.cite(tracker[["tracker_id", "status"]])


def test_codes_as_plain_text_are_cited_as_codes(ef):
    tracker = ef.load("tracker")
    assert ef.cite(tracker.astype({"status": "str", "unit": "str"})) == ef.cite(tracker)


def test_no_rows_at_all_can_be_cited(ef):
    assert (
        ef.cite(ef.load("tracker").query("status == 'met'")).part
        == "0 of the 4 rows of table tracker"
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            lambda frame: frame.assign(value=frame["value"] + 1),
            "rows that table targets does not have",
        ),
        (lambda frame: frame.assign(title=None), "rows that table targets does not have"),
        (lambda frame: pd.concat([frame, frame]), "rows that table targets does not have"),
        (lambda frame: frame.assign(mine=1), "table targets has no column mine; .+target_id"),
        (lambda frame: frame.rename(columns={"value": "aim"}), "table targets has no column aim"),
        (
            lambda frame: frame.groupby("unit", observed=True)["value"].sum().reset_index(),
            "rows that table targets does not have",
        ),
        (lambda frame: frame[["value", "value"]], "value twice"),
        (lambda frame: frame[[]], "no column"),
    ],
    ids=[
        "a changed number",
        "a cell taken away",
        "every row twice",
        "a column of one's own",
        "a renamed column",
        "a sum",
        "a column twice",
        "no column at all",
    ],
)
def test_a_frame_that_is_no_selection_is_not_cited(ef, change, why):
    with pytest.raises(ValueError, match=why):
        ef.cite(change(ef.load("targets")))


def test_two_cells_changed_for_one_another_are_not_cited(ef):
    frame = ef.load("targets")
    frame.loc[[2, 3], "value"] = frame.loc[[3, 2], "value"].to_numpy()
    with pytest.raises(ValueError, match="rows that table targets does not have"):
        ef.cite(frame)


def test_a_frame_of_another_version_is_not_cited(ef):
    frame = ef.load("targets")
    frame.attrs["version"] = "0.0.9"
    with pytest.raises(
        ValueError, match=f"version 0.0.9, and this is version {re.escape(ef.__version__)}"
    ):
        ef.cite(frame)


@pytest.mark.parametrize(
    "take",
    [lambda ef: ef.load("targets")["value"], lambda ef: ef.record("can-2pct-gdp")],
    ids=["Series", "Record"],
)
def test_what_is_neither_frame_nor_name_is_refused_by_its_type(ef, take, request):
    with pytest.raises(TypeError, match=request.node.callspec.id):
        ef.cite(take(ef))


def test_bibtex_is_one_entry_that_latex_can_set(ef):
    cited = ef.cite(ef.load("commitment_actors")[["commitment_id", "role"]])
    head, body = re.fullmatch(r"@misc\{([^,\s{}]+),\n(.*)\n\}", cited.bibtex, re.DOTALL).groups()
    assert head == f"eastflank-{ef.__version__}-{cited.fingerprint[:8]}"
    fields = dict(re.findall(r"^  (\w+) = \{(.*)\},?$", body, re.MULTILINE))
    assert len(fields) == len(body.splitlines())
    # Two pairs of braces make of the contributors one name, and of the title one that keeps its
    # capitals.
    assert fields["author"] == "{Eastflank contributors}"
    assert fields["title"].startswith("{Eastflank: ")
    assert fields["version"] == ef.__version__ and re.fullmatch(r"\d{4}", fields["year"])
    assert cited.fingerprint in fields["note"]
    assert r"commitment\_actors" in fields["note"] and r"commitment\_id" in fields["note"]
    for value in fields.values():
        assert value.count("{") == value.count("}")
        assert not re.search(r"(?<!\\)[#$%&_^~]", value)


def test_csl_is_an_item_that_a_processor_can_render(ef):
    cited = ef.cite(ef.load("tracker").query("status == 'announced'"))
    [item] = json.loads(cited.csl)
    # Names and forms of the schema of CSL-JSON, which allows no others.
    assert item.pop("type") == "dataset"
    assert item.pop("author") == [{"literal": "Eastflank contributors"}]
    [[year, month, day]] = item.pop("issued")["date-parts"]
    assert pd.Timestamp(year, month, day)
    assert item.keys() <= {
        "id",
        "title",
        "version",
        "note",
        "section",
        "publisher",
        "URL",
        "DOI",
        "genre",
        "medium",
    }
    assert {"id", "title", "version"} <= item.keys()
    assert all(isinstance(value, str) and value for value in item.values())
    assert cited.fingerprint in item["note"] and cited.part == item["section"]


def test_all_forms_of_a_citation_tell_the_same_year_version_and_fingerprint(ef):
    cited = ef.cite("can-2pct-gdp")
    [item] = json.loads(cited.csl)
    year = str(item["issued"]["date-parts"][0][0])
    for form in (cited.text, cited.bibtex, cited.csl):
        assert all(
            part in form for part in (year, ef.__version__, cited.fingerprint, "can-2pct-gdp")
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
