"""The version and its changes stand in several places, and say the same.

What was released stays.
"""

import io
import json
import re
import zipfile
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

import eastflank as ef
from eastflank.version import CLOSING, VERSION
from pipeline.changelog import newest
from pipeline.citing import citation_cff

ROOT = Path(__file__).resolve().parents[2]
RELEASES = json.loads((ROOT / "releases" / "index.json").read_text(encoding="utf-8"))
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_reader_tells_the_version():
    assert ef.__version__ == VERSION == ef.load("tracker").attrs["version"]


def test_the_changelog_begins_with_this_version_and_has_data_and_code():
    section = newest(CHANGELOG)
    assert section.version == VERSION
    assert section.heads == ("Data", "Code")


def test_the_citation_file_is_what_the_facts_give():
    """Between releases it has no day."""
    day = next((each["released"] for each in RELEASES if each["version"] == VERSION), None)
    told = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    if day is None and "date-released" in told:  # the release is about to be made
        day = newest(CHANGELOG).day
    assert told == citation_cff(VERSION, day)


def test_what_bears_the_number_of_a_release_has_its_content():
    fingerprints = {each["version"]: each["fingerprint"] for each in RELEASES}
    found = ef.Dataset().package["fingerprint"]
    assert fingerprints.get(VERSION, found) == found


def test_nothing_is_read_after_the_closing_day():
    assert ef.load("sources")["accessed_earliest"].max() <= pd.Timestamp(CLOSING)


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release["version"])
def test_the_content_of_a_released_version_stays(release):
    """The archive has the SHA-256 of the list, its descriptor the fingerprint of the list."""
    data = (ROOT / "releases" / release["archive"]).read_bytes()
    assert sha256(data).hexdigest() == release["sha256"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        folder = f"eastflank-{release['version']}/dataset"
        package = json.loads(archive.read(f"{folder}/datapackage.json"))
        rows = {
            name: len(pd.read_parquet(io.BytesIO(archive.read(f"{folder}/{name}.parquet"))))
            for name in release["rows"]
        }
    assert package["version"] == release["version"]
    assert package["fingerprint"] == release["fingerprint"]
    assert rows == release["rows"]


@pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
def test_the_changelog_says_which_content_a_number_has_that_was_used_loosely(version):
    [release] = [each for each in RELEASES if each["version"] == version]
    assert f"| {version} | `{release['fingerprint']}` |" in CHANGELOG


def test_the_changelog_says_where_each_column_and_codelist_of_the_last_release_is_now():
    changes = ef.diff(RELEASES[-1]["version"]).frame
    gone = set(changes.loc[changes["change"] == "column-removed", "column"])
    gone |= set(changes.loc[changes["change"] == "column-renamed", "before"])
    lists = [
        set(data.load("codes")["codelist"])
        for data in (ef.Dataset(version=RELEASES[-1]["version"]), ef.Dataset())
    ]
    newest_section = re.split(r"^## ", CHANGELOG, flags=re.MULTILINE)[1]
    # A column is named alone, or behind its table.
    told = set(re.findall(r"`(?:\w+\.)?(\w+)`", newest_section))
    assert (gone | lists[0] - lists[1]) - told == set()


def keys_without_ids(data: ef.Dataset) -> set[str]:
    """Return what names each row of the tables whose rows have no id of their own."""
    tables = ("commitment_actors", "commitment_links", "event_actors")
    return {
        " / ".join(key)
        for name in tables
        for key in data.load(name)[data.key(name)].astype("str").itertuples(index=False)
    }


def faults_of_corrections(rows: pd.DataFrame) -> list[str]:
    """Return what is wrong with corrections, one line a fault.

    Each is of a day, names a record and a field that a release has, and says what stood there, what
    stands there now, and why; or it names a row without an id that a release had and that is gone.
    """
    data, faults = ef.Dataset(), []
    released = (ef.Dataset(version=version) for version in ef.versions()["version"])
    recorded = [each for each in released if "retired" in each.names]  # since 0.3.0
    gone = set().union(*map(keys_without_ids, recorded)) - keys_without_ids(data)
    retired = set(data.load("retired")["record_id"])
    for row in rows.itertuples():
        is_gone = row.record in gone and row.field == row.before == row.after == ""
        known = {row.record: None} if row.record in retired or is_gone else {}
        for name in data.with_records():
            if row.record in set(data.load(name)[data.key(name)[0]]):
                known[row.record] = name
        table = known.get(row.record)
        wrong = {
            "no day": not re.fullmatch(r"\d{4}-\d\d-\d\d", row.day),
            "no record": row.record not in known,
            "no field": table is not None and row.field not in data.load(table).columns,
            "no change": row.before == row.after and not is_gone,
            "no reason": not row.why,
        }
        faults += [f"{row.record}: {fault}" for fault, found in wrong.items() if found]
    return faults


def test_every_correction_says_what_stood_there_what_stands_there_and_why():
    rows = pd.read_csv(ROOT / "CORRECTIONS.csv", dtype="str", keep_default_na=False)
    assert list(rows.columns) == ["day", "record", "field", "before", "after", "why"]
    assert rows["day"].is_monotonic_increasing
    assert faults_of_corrections(rows) == []


def test_a_correction_of_another_form_is_found():
    heads = ["day", "record", "field", "before", "after", "why"]
    good = ("2026-12-01", "can-2pct-gdp", "title", "One", "Other", "A misprint.")
    bad = [
        ("in May", "can-2pct-gdp", "heading", "One", "One", ""),
        ("2026-12-01", "canda", "title", "One", "Other", "A misprint."),
    ]
    assert faults_of_corrections(pd.DataFrame([good, *bad], columns=heads)) == [
        "can-2pct-gdp: no day",
        "can-2pct-gdp: no field",
        "can-2pct-gdp: no change",
        "can-2pct-gdp: no reason",
        "canda: no record",
    ]
