"""Verifying: what is damaged, mixed, missing or foreign is found, and what is wrong with it."""

import json
import random
import shutil
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import eastflank as ef
from schemas import TABLES
from tests import drawn


@pytest.fixture
def folder(small, tmp_path) -> Path:
    """A dataset of the small world that a test may change."""
    return Path(shutil.copytree(small.folder, tmp_path / "dataset"))


def faults(what) -> dict[str, str]:
    """Return what is wrong, by file."""
    found = ef.verify(what)
    assert found["fine"].to_list() == found["fault"].isna().to_list()
    return found[~found["fine"]].set_index("file")["fault"].to_dict()


def test_what_was_built_is_fine_and_has_a_row_for_each_file(folder):
    found = ef.verify(folder)
    assert list(found.columns) == ["file", "expected", "found", "fault", "fine"]
    assert found["fine"].all()
    assert {f"{table}.parquet" for table in TABLES} | {"datapackage.json"} <= set(found["file"])
    assert (found["expected"] == found["found"]).all()
    pd.testing.assert_frame_equal(ef.verify(str(folder)), found)


def test_every_bit_that_was_changed_in_a_table_is_found(folder):
    picked = random.Random(1)
    for _ in range(3):
        changed = [f"{table}.parquet" for table in picked.sample(list(TABLES), 10)]
        whole = {name: (folder / name).read_bytes() for name in changed}
        for name, held in whole.items():
            flipped = bytearray(held)
            flipped[picked.randrange(len(held))] ^= 1 << picked.randrange(8)
            (folder / name).write_bytes(flipped)
        assert set(faults(folder)) == set(changed)
        for name, held in whole.items():
            (folder / name).write_bytes(held)


@pytest.mark.parametrize("word", ["version", "fingerprint", "dataset", "table"])
def test_a_file_that_no_longer_says_what_it_is_is_found(folder, word):
    path = folder / "events.parquet"
    held = path.read_bytes()
    path.write_bytes(held.replace(f'"{word}"'.encode(), f'"{word[:-1]}!"'.encode()))
    assert path.read_bytes() != held and set(faults(folder)) == {"events.parquet"}


def test_a_table_that_was_written_again_with_the_same_rows_is_told_as_such(folder):
    path = folder / "events.parquet"
    pd.read_parquet(path).to_parquet(path, compression=None)
    assert faults(folder) == {"events.parquet": "has the rows that were built, and other bytes"}


def test_what_stands_in_the_place_of_a_table_is_named(folder, world):
    places = {
        "events.parquet",
        "places.parquet",
        "actors.parquet",
        "codes.parquet",
        "sources.parquet",
    }
    shutil.copy(folder / "targets.parquet", folder / "events.parquet")
    pd.DataFrame({"a": [1]}).to_parquet(folder / "places.parquet")
    (folder / "actors.parquet").write_bytes(b"nothing")
    old = ef.Dataset(version="0.1.0")._whole.place
    (folder / "codes.parquet").write_bytes(old.read("codes.parquet"))
    more = world(drawn.source("wire-2026", "2026-10-01"))
    shutil.copy(more.folder / "sources.parquet", folder / "sources.parquet")
    found = faults(folder)
    assert found == {
        "events.parquet": "is table targets",
        "places.parquet": "is no file of this dataset",
        "actors.parquet": "is damaged: it cannot be read",
        "codes.parquet": "is of version 0.1.0",
        "sources.parquet": "is of another build of this version",
    }
    assert set(found) == places


def test_rows_that_were_changed_are_damage(folder):
    path = folder / "events.parquet"
    frame = pd.read_parquet(path)
    import pyarrow.parquet as pq

    kept = pq.read_schema(path).metadata
    table = pq.read_table(path).slice(1)
    pq.write_table(table.replace_schema_metadata(kept), path)
    assert faults(folder) == {
        "events.parquet": "is damaged: its rows are not those that were built"
    }
    assert len(frame) == table.num_rows + 1


def test_what_is_missing_and_what_does_not_belong_there_is_found(folder):
    (folder / "events.parquet").unlink()
    (folder / "tracker.csv").write_text("mine")
    (folder / "notes.xlsx").write_text("mine")
    assert faults(folder) == {
        "events.parquet": "is missing",
        "tracker.csv": "is not the file that was built",
        "notes.xlsx": "does not belong to the dataset",
    }


def test_a_descriptor_that_is_damaged_is_all_that_can_be_told(folder):
    (folder / "datapackage.json").write_text("{")
    assert list(faults(folder)) == ["datapackage.json"]


def test_a_descriptor_of_another_version_than_its_tables_is_found(folder):
    path = folder / "datapackage.json"
    own = ef.__version__
    path.write_text(path.read_text("utf-8").replace(f'"{own}"', '"0.1.0"'), "utf-8")
    assert faults(folder) == {
        "datapackage.json": f"names version 0.1.0, and its tables are of version {own}"
    }


def test_an_archive_is_looked_at_as_a_whole_and_file_by_file(folder, tmp_path):
    path = tmp_path / "eastflank-mine.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"eastflank-mine/dataset/{file.name}")
    assert ef.verify(path)["fine"].all()
    (tmp_path / "index.json").write_text(json.dumps([{"archive": path.name, "sha256": "0" * 64}]))
    assert faults(path) == {path.name: "is not the archive that was released"}
    path.write_bytes(path.read_bytes()[:-30])
    assert list(faults(path)) == [path.name]


def test_the_installed_dataset_is_that_of_its_package(folder, monkeypatch):
    module = sys.modules["eastflank.verify"]
    monkeypatch.setattr(module, "installed", lambda: folder)
    assert ef.verify()["fine"].all()
    monkeypatch.setattr(module, "VERSION", "9.9.9")
    [fault] = faults(None).values()
    assert fault.startswith(f"is of version {ef.__version__}, closed on ")
    assert ", and the package is of version 9.9.9, closed on " in fault


def test_what_there_is_not_cannot_be_verified(tmp_path):
    with pytest.raises(FileNotFoundError):
        ef.verify(tmp_path / "nothing")
    with pytest.raises(FileNotFoundError):
        ef.verify(tmp_path / "nothing.zip")
    with pytest.raises(ValueError, match="there is no version '0.0.9'"):
        ef.verify("0.0.9")
