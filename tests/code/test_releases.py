"""Versions and files: what a number opens, and that nothing else than what was built is read."""

import io
import json
import pickle
import random
import re
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import eastflank as ef
from eastflank import about, reader, releases
from eastflank.version import CLOSING, VERSION
from schemas import TABLES
from tests import drawn


@pytest.fixture
def folder(small, tmp_path) -> Path:
    """A dataset of the small world that a test may change."""
    return Path(shutil.copytree(small.folder, tmp_path / "dataset"))


def archived(folder: Path, version: str, to: Path) -> dict:
    """Put a dataset into an archive as a release of a version, and return its entry in the list."""
    package = json.loads((folder / "datapackage.json").read_text("utf-8")) | {"version": version}
    name, inside = f"eastflank-{version}.zip", f"eastflank-{version}/dataset"
    with zipfile.ZipFile(to / name, "w") as archive:
        for each in package["resources"]:
            held = (folder / each["path"]).read_bytes()
            if each["format"] == "parquet":
                held = _of_version(held, version)
                each["hash"] = f"sha256:{sha256(held).hexdigest()}"
            archive.writestr(f"{inside}/{each['path']}", held)
        archive.writestr(f"{inside}/datapackage.json", json.dumps(package))
        archive.writestr(f"eastflank-{version}/README.md", "Read me.")
    return {
        "version": version,
        "released": "2026-11-30",
        "closing": CLOSING,
        "fingerprint": package["fingerprint"],
        "archive": name,
        "sha256": sha256((to / name).read_bytes()).hexdigest(),
        "rows": {"targets": 4},
    }


def _of_version(held: bytes, version: str) -> bytes:
    """Return a table's file as another version would have it: the same rows."""
    table, file = pq.read_table(io.BytesIO(held)), io.BytesIO()
    said = {
        name: text.replace(VERSION.encode(), version.encode())
        for name, text in table.schema.metadata.items()
    }
    pq.write_table(table.replace_schema_metadata(said), file)
    return file.getvalue()


@pytest.fixture(scope="module")
def archives(small, world, tmp_path_factory) -> Path:
    """A folder with three releases, of which the last is not at hand; no test changes it.

    0.8.0 is the small world; 0.9.0 is another world of the same shape.
    """
    folder = tmp_path_factory.mktemp("archives")
    more = world(drawn.source("wire-2026", "2026-10-01"))
    entries = [
        archived(each.folder, number, folder)
        for number, each in (("0.8.0", small), ("0.9.0", more))
    ]
    gone = entries[0] | {"version": "0.9.1", "archive": "eastflank-0.9.1.zip"}
    (folder / "index.json").write_text(json.dumps([*entries, gone]))
    return folder


@pytest.fixture
def shelf(archives, small, tmp_path, monkeypatch) -> Path:
    """A copy of it, where the reader finds releases; its installed dataset is the small world."""
    shelf = Path(shutil.copytree(archives, tmp_path / "releases"))
    for module in (releases, reader):
        monkeypatch.setattr(module, "installed", lambda: small.folder)
    monkeypatch.setattr(reader, "_home", lambda: small.folder)
    monkeypatch.setattr(reader, "_opened", [])
    monkeypatch.setattr(releases, "folder", lambda: shelf)
    releases.index.cache_clear()
    reader._archived.cache_clear()
    yield shelf
    releases.index.cache_clear()
    reader._archived.cache_clear()


# Versions


def test_versions_are_listed_with_the_installed_one_last(shelf, small):
    listed = ef.versions()
    assert listed["version"].to_list() == ["0.8.0", "0.9.0", "0.9.1", VERSION]
    assert listed["at_hand"].to_list() == [True, True, False, True]
    assert listed["rows"].to_list() == [4, 4, 4, small.tables()["rows"].sum()]
    assert listed["fingerprint"].iloc[-1] == small.package["fingerprint"]
    assert listed["released"].isna().to_list() == [False, False, False, True]
    assert set(listed["closing"]) == {pd.Timestamp(CLOSING)}


def test_a_version_is_opened_by_its_number_and_by_its_archive(shelf, small):
    for opened in (ef.Dataset(version="0.8.0"), ef.Dataset(shelf / "eastflank-0.8.0.zip")):
        assert (opened.version, opened.folder) == ("0.8.0", shelf / "eastflank-0.8.0.zip")
        pd.testing.assert_frame_equal(opened.tables(), small.tables())
        pd.testing.assert_frame_equal(opened.codebook(), small.codebook())
        for table in TABLES:
            pd.testing.assert_frame_equal(opened.load(table), small.load(table))
            assert opened.key(table) == small.key(table)
            assert opened.references(table) == small.references(table)
        assert opened.load("targets").attrs["version"] == "0.8.0"
    assert ef.load("sources", version="0.9.0")["source_id"].to_list()[-1] == "wire-2026"
    assert not list(shelf.parent.glob("eastflank-*")), "nothing is unpacked"


def test_the_installed_version_is_opened_by_its_number(shelf, small):
    assert ef.Dataset(version=VERSION).folder == small.folder
    pd.testing.assert_frame_equal(ef.load("targets", version=VERSION), small.load("targets"))


def test_a_number_means_the_archive_where_what_is_installed_is_something_else(shelf):
    entries = json.loads((shelf / "index.json").read_text())
    more = ef.Dataset(version="0.9.0").package["fingerprint"]
    entries.append(entries[1] | {"version": VERSION, "fingerprint": more})
    (shelf / "index.json").write_text(json.dumps(entries))
    releases.index.cache_clear()
    assert not releases.is_installed(VERSION)
    assert ef.Dataset(version=VERSION).folder == shelf / "eastflank-0.9.0.zip"


def test_a_version_that_was_made_by_other_rules_has_no_states_of_knowledge_and_says_why(shelf):
    opened = ef.Dataset(version="0.8.0")
    why = rf"those of eastflank {re.escape(VERSION)}, and this dataset is of version 0\.8\.0: load"
    for ask in (
        lambda: opened.at("2024-12-31"),
        lambda: opened.load("targets", stated_by="gazette-2025"),
        lambda: ef.load("targets", version="0.8.0", as_of="2024-12-31"),
        lambda: ef.record("can-2pct-gdp", as_of="2024-12-31", data=opened),
        lambda: ef.shares(data=opened),
    ):
        with pytest.raises(ValueError, match=why):
            ask()
    assert len(opened.load("targets")) == 4


@pytest.mark.parametrize("number", ["0.7.0", "", "0.8", "../0.8.0"])
def test_a_version_that_there_is_not_is_refused_with_those_that_there_are(shelf, number):
    with pytest.raises(ValueError) as refused:
        ef.load("tracker", version=number)
    assert str(refused.value) == (
        f"there is no version {number!r}; there are 0.8.0, 0.9.0, 0.9.1 and, installed, {VERSION}"
    )


def test_a_table_that_a_version_does_not_have_is_refused_with_the_version_that_brought_it(
    shelf,
):
    entries = json.loads((shelf / "index.json").read_text())
    entries[1]["rows"]["forecasts"] = 3
    (shelf / "index.json").write_text(json.dumps(entries))
    releases.index.cache_clear()
    with pytest.raises(ValueError) as refused:
        ef.load("forecasts", version="0.8.0")
    assert str(refused.value) == (
        f"version 0.8.0 has no table 'forecasts'; the first that has it is 0.9.0; it has {', '.join(TABLES)}"
    )
    with pytest.raises(
        ValueError, match="^version 0.8.0 has no table 'targts'; did you mean 'targets'"
    ):
        ef.load("targts", version="0.8.0")


def test_a_version_that_is_not_at_hand_is_refused_with_where_to_get_it(shelf, monkeypatch):
    with pytest.raises(FileNotFoundError) as refused:
        ef.Dataset(version="0.9.1")
    assert str(refused.value) == (
        "version 0.9.1 is not at hand, as 0.8.0, 0.9.0 is: eastflank-0.9.1.zip is not in "
        f"{shelf}; get it, and put it there or open it with "
        "eastflank.Dataset('eastflank-0.9.1.zip')"
    )
    monkeypatch.setattr(about, "ADDRESS", "https://data.example/")
    with pytest.raises(
        FileNotFoundError, match=r"get it from https://data\.example/releases/eastf"
    ):
        ef.Dataset(version="0.9.1")


def test_a_folder_and_a_version_at_once_are_refused(small):
    with pytest.raises(TypeError, match="are two datasets; give one of them"):
        ef.Dataset(small.folder, version="0.1.0")


def test_without_a_list_there_are_no_releases(shelf, monkeypatch):
    monkeypatch.setattr(releases, "folder", lambda: None)
    releases.index.cache_clear()
    assert ef.versions()["version"].to_list() == [VERSION]
    with pytest.raises(ValueError, match=f"there are no releases and, installed, {VERSION}"):
        ef.Dataset(version="0.8.0")


# Archives


def test_an_archive_in_which_one_bit_was_changed_is_not_opened(shelf):
    path = shelf / "eastflank-0.8.0.zip"
    whole = path.read_bytes()
    for at in _bits(len(whole), 20):
        path.write_bytes(_flipped(whole, at))
        for ask in (lambda: ef.Dataset(version="0.8.0"), lambda: ef.Dataset(path)):
            with pytest.raises(ValueError, match="is not as it was released: its SHA-256 is"):
                ask()


def test_an_archive_on_no_list_is_opened_whole_or_not_at_all(shelf, tmp_path):
    path, whole = tmp_path / "copy.zip", (shelf / "eastflank-0.8.0.zip").read_bytes()
    path.write_bytes(whole)
    sound = ef.Dataset(path).load("targets")
    # The list of what is in it stands at the end; elsewhere, a sum guards each file.
    ends = range(8 * (len(whole) - 2000), 8 * len(whole), 599)
    for at in (*_bits(len(whole), 10), *ends):
        path.write_bytes(_flipped(whole, at))
        try:
            loaded = ef.Dataset(path).load("targets")
        except (ValueError, FileNotFoundError) as error:
            assert "copy.zip" in str(error)
        else:
            pd.testing.assert_frame_equal(loaded, sound)


def test_a_descriptor_further_down_in_an_archive_is_not_that_of_the_dataset(shelf, tmp_path):
    whole = zipfile.ZipFile(shelf / "eastflank-0.8.0.zip")
    own = next(name for name in whole.namelist() if name.endswith("/datapackage.json"))
    with zipfile.ZipFile(tmp_path / "copy.zip", "w") as copy:
        copy.writestr(own.replace("datapackage", "other/datapackage"), "{}")
        for name in whole.namelist():
            copy.writestr(name, whole.read(name))
    assert len(ef.Dataset(tmp_path / "copy.zip").load("targets")) == 4


@pytest.mark.parametrize("held", [b"", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_archive_of_a_dataset_is_refused(tmp_path, held):
    path = tmp_path / "mine.zip"
    path.write_bytes(held)
    with pytest.raises((ValueError, FileNotFoundError), match=r"mine\.zip"):
        ef.Dataset(path)


def test_an_opened_archive_can_be_sent_to_another_process(shelf):
    opened = pickle.loads(pickle.dumps(ef.Dataset(version="0.8.0")))
    assert len(opened.load("targets")) == 4


# Files


def _bits(size: int, how_many: int) -> list[int]:
    """Return places of single bits in a file of a size, the same at every run."""
    return random.Random(size).sample(range(8 * size), how_many)


def _flipped(held: bytes, at: int) -> bytes:
    changed = bytearray(held)
    changed[at // 8] ^= 1 << at % 8
    return bytes(changed)


def test_no_table_is_loaded_in_which_one_bit_was_changed(folder):
    data, tried = ef.Dataset(folder), 0
    for table in TABLES:
        path = folder / f"{table}.parquet"
        whole = path.read_bytes()
        for at in _bits(len(whole), 10):
            path.write_bytes(_flipped(whole, at))
            with pytest.raises(ValueError, match=f"{table}.parquet is not the file that was built"):
                data.load(table)
            tried += 1
        path.write_bytes(whole)
        data.load(table)
    assert tried >= 200


def test_without_hashes_no_table_is_loaded_whose_cells_were_changed(folder):
    """As in the versions before 0.3.0: what a bit changes elsewhere than in cells can go unseen."""
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for each in package["resources"]:
        each.pop("hash")
    (folder / "datapackage.json").write_text(json.dumps(package))
    path, sound = folder / "targets.parquet", ef.Dataset(folder).load("targets")
    whole, refused = path.read_bytes(), 0
    for at in _bits(len(whole), 40):
        path.write_bytes(_flipped(whole, at))
        try:
            loaded = ef.Dataset(folder).load("targets")
        except ValueError as error:
            assert "is not the table that was built" in str(error)
            refused += 1
        else:
            pd.testing.assert_frame_equal(loaded, sound, check_categorical=False)
            assert loaded.attrs == sound.attrs
    assert refused > 10


@pytest.mark.parametrize(
    "foreign",
    [
        lambda folder: (folder / "sources.parquet").read_bytes(),
        lambda folder: _parquet(folder, pd.DataFrame({"a": [1]})),
        lambda folder: b"",
        lambda folder: ef.Dataset(version="0.1.0")._whole.place.read("events.parquet"),
    ],
    ids=["another table", "a table of one's own", "an empty file", "a table of another version"],
)
def test_no_foreign_file_is_loaded_as_a_table(folder, foreign):
    (folder / "events.parquet").write_bytes(foreign(folder))
    data = ef.Dataset(folder)
    for ask in (data.load, data.key, data.codebook):
        with pytest.raises(ValueError, match=r"events\.parquet is not the file that was built"):
            ask("events")
    assert len(data.load("targets")) == 4


def _parquet(folder: Path, frame: pd.DataFrame) -> bytes:
    frame.to_parquet(folder.parent / "own.parquet")
    return (folder.parent / "own.parquet").read_bytes()


def test_a_table_whose_file_is_missing_is_named(folder):
    (folder / "events.parquet").unlink()
    with pytest.raises(ValueError, match=r"events\.parquet is missing; eastflank\.verify\(\)"):
        ef.Dataset(folder).load("events")


def test_a_descriptor_whose_fingerprints_do_not_agree_is_refused(folder):
    path = folder / "datapackage.json"
    told = path.read_text("utf-8")
    package = json.loads(told)
    digests = [package["fingerprint"], package["resources"][0]["fingerprint"]]
    for digest in digests:
        other = ("0" if digest[0] != "0" else "1") + digest[1:]
        path.write_text(told.replace(digest, other), "utf-8")
        with pytest.raises(ValueError, match=r"datapackage\.json is damaged: its tables have"):
            ef.Dataset(folder)


def test_a_descriptor_of_another_version_than_its_tables_is_refused(folder):
    path = folder / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace(f'"{VERSION}"', '"0.1.0"'), "utf-8")
    with pytest.raises(
        ValueError, match=f"names version 0.1.0, and targets.parquet is of .*{VERSION}"
    ):
        ef.Dataset(folder).load("targets")


@pytest.mark.parametrize("told", ["", "{", "[]", '{"name": "mine"}', '{"name": "eastflank"}'])
def test_what_is_no_descriptor_is_refused(folder, told):
    (folder / "datapackage.json").write_text(told)
    with pytest.raises(ValueError, match=r"datapackage\.json is damaged or not of this dataset"):
        ef.Dataset(folder)


# Another build while a session lasts


@pytest.fixture
def rebuilt(folder, world):
    """A function that puts another build into the place of a folder's."""

    def rebuild():
        more = world(drawn.source("wire-2026", "2026-10-01"))
        shutil.rmtree(folder)
        shutil.copytree(more.folder, folder)

    return rebuild


def test_what_was_opened_before_a_build_never_mixes_with_what_is_built(folder, rebuilt):
    data = ef.Dataset(folder)
    before = data.load("sources")
    rebuilt()
    pd.testing.assert_frame_equal(data.load("sources"), before)
    # Of the world's two builds, this table's file is the same: so it is the one that was opened.
    assert len(data.load("places")) == 2
    for ask in (lambda: data.load("codes"), lambda: data.load("evidence", as_of="2024-12-31")):
        try:
            ask()
        except ValueError as error:
            assert "was built anew since it was opened" in str(error)
    assert "wire-2026" in set(ef.Dataset(folder).load("sources")["source_id"])


def test_a_file_of_another_build_is_refused_and_the_error_says_that_one_came(folder, rebuilt):
    data = ef.Dataset(folder)
    rebuilt()
    with pytest.raises(ValueError, match="was built anew since it was opened, .+ open it again"):
        data.load("sources")
    shutil.rmtree(folder)
    with pytest.raises(ValueError, match="was built anew since it was opened"):
        data.load("sources")


def test_the_installed_dataset_is_opened_anew_when_it_was_built_anew(
    folder, rebuilt, monkeypatch, recwarn
):
    monkeypatch.setattr(reader, "installed", lambda: folder)
    monkeypatch.setattr(reader, "_home", lambda: folder)
    monkeypatch.setattr(reader, "_opened", [])
    before = ef.load("sources")
    assert reader.default() is reader.default()
    (folder / "datapackage.json").touch()
    first = reader.default()
    assert first is reader.default() and not recwarn
    rebuilt()
    with pytest.warns(UserWarning, match="was built anew since it was opened; frames that were"):
        after = ef.load("sources")
    assert len(after) == len(before) + 1 and reader.default() is not first
    shutil.rmtree(folder)
    assert len(ef.load("sources")) == len(after), "what was opened answers while there is none"
