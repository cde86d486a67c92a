"""What is committed in dataset/ is what the seeds give, and is fit to be loaded."""

import json
from pathlib import Path

import pandas as pd
import pytest

import eastflank as ef
import schemas
from eastflank.fingerprint import frame_fingerprint
from eastflank.text import by_python
from pipeline.check import check
from pipeline.derive import derive
from pipeline.write import write

ROOT = Path(__file__).resolve().parents[2]

NULLABLE = {"bool": "boolean", "int64": "Int64", "float64": "Float64"}
"""The types of the contracts, by those in which a frame is loaded."""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A dataset built from the seeds just now."""
    folder = tmp_path_factory.mktemp("built") / "dataset"
    write(derive(check(ROOT / "seeds").parsed, ROOT / "reliability"), folder)
    return folder


def test_every_committed_table_has_the_fingerprint_of_what_the_seeds_give(built):
    digests = [
        {
            resource["name"]: resource.get("fingerprint")
            for resource in json.loads((folder / "datapackage.json").read_text())["resources"]
        }
        for folder in (built, ROOT / "dataset")
    ]
    assert digests[0] == digests[1]


def test_the_committed_files_are_those_that_a_build_writes(built):
    assert {path.name for path in (ROOT / "dataset").iterdir() if path.name != "__pycache__"} == {
        path.name for path in built.iterdir()
    }


@pytest.mark.parametrize("name", ["CODEBOOK.md", "datapackage.json", "tracker.csv"])
def test_the_committed_descriptions_are_not_stale(built, name):
    assert (ROOT / "dataset" / name).read_text(encoding="utf-8") == (built / name).read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("table", schemas.TABLES)
def test_every_table_keeps_its_contract_when_it_is_loaded(table):
    frame = ef.load(table)
    plain = {name: kind for name, kind in frame.dtypes.astype("str").items() if kind in NULLABLE}
    typed = by_python(frame).astype({name: NULLABLE[plain[name]] for name in plain})
    schemas.schema(table).validate(typed)


@pytest.mark.parametrize("table", schemas.TABLES)
def test_every_table_holds_what_its_fingerprint_says(table):
    frame = ef.load(table)
    assert frame_fingerprint(frame, list(schemas.key(table))) == frame.attrs["table_fingerprint"]


@pytest.mark.parametrize("table", ["actors", "places"])
def test_every_actor_and_place_is_there_for_a_reason(table):
    """A source names it, or a record refers to it, or its note says why it is there."""
    frame, key = ef.load(table), schemas.key(table)[0]
    named = ef.load("evidence").query(f"record_table == '{table}' and field.isna()")["record_id"]
    referring = [
        ef.load(name)[column.name]
        for name in schemas.SEEDS
        for column in schemas.columns(name)
        if column.reference == table
    ]
    idle = frame[~frame[key].isin(pd.concat([named, *referring])) & frame["note"].isna()]
    assert idle[key].to_list() == []


def test_the_article_is_coded_without_gaps():
    """Every paragraph of the running text has given something, but for the two pull quotes."""
    places = (
        ef.load("evidence").query("source_id == 'shea-2024'")["locator"].str.split(";").explode()
    )
    paragraphs = set(places.str.extract(r"p(\d+)\.", expand=False).astype(int))
    assert set(range(7, 20)) - paragraphs == {9, 12}


def test_numbers_of_known_commitments_are_what_the_article_states():
    stated = ef.load("targets").set_index("target_id")["stated_value"]
    due = ef.load("targets").set_index("target_id")["stated_due"]
    assert (stated["can-2pct-gdp-level"], due["can-2pct-gdp-level"]) == (2, "2034")
    assert pd.notna(stated).sum() > 0
