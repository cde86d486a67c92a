"""A release is refused where anything disagrees, is the same wherever it is made, and is found
out where it was changed; its archive is valid by the standards that it names.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import mlcroissant
import pandas as pd
import pyarrow.parquet as pq
import pytest
import yaml
from frictionless import Package

import build
import pipeline.release
from eastflank import about, version
from eastflank.reader import Dataset
from pipeline import archive
from pipeline.changelog import Section, newest
from pipeline.citing import citation_cff, zenodo
from pipeline.croissant import croissant
from pipeline.describe import data_package, size_and_hash
from pipeline.release import _lost_ids, _number_does_not_fit, least
from pipeline.verify import of_release, verify
from tests import drawn
from tests.projects import (
    DAY,
    LAST,
    NEXT,
    ROOT,
    at,
    checkout,
    made,
    of_version,
    refused,
    without_refusals,
)
from tests.standards import errors_of_citation, errors_of_package
from tests.worlds import change


@pytest.fixture(scope="module")
def in_order(remembered, tmp_path_factory) -> Path:
    """A checkout that is ready for its next release; no test changes it."""
    return checkout(tmp_path_factory.mktemp("in-order") / "checkout")


@pytest.fixture
def project(in_order, tmp_path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(in_order, tmp_path / "checkout"))


@pytest.fixture(scope="module")
def done(in_order, tmp_path_factory) -> Path:
    """A checkout that has made its next release; no test changes it."""
    folder = Path(shutil.copytree(in_order, tmp_path_factory.mktemp("done") / "checkout"))
    with without_refusals():
        made(folder, NEXT, DAY)
    return folder


@pytest.fixture(scope="module")
def files(done, tmp_path_factory) -> Path:
    """The folder that comes out of its archive."""
    folder = tmp_path_factory.mktemp("out")
    with zipfile.ZipFile(done / "releases" / f"eastflank-{NEXT}.zip") as file:
        file.extractall(folder)
    return folder / f"eastflank-{NEXT}"


def rewrite(path: Path, old: str, new: str):
    """Replace some words of a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def kept(folder: Path) -> dict[str, bytes]:
    """Return the files of the releases by name."""
    return {path.name: path.read_bytes() for path in (folder / "releases").iterdir()}


# What is refused


@pytest.fixture(scope="module")
def reasons_of_disorder(in_order, tmp_path_factory) -> list[str]:
    """Why a checkout is refused in which everything is out of order at once."""
    folder = Path(shutil.copytree(in_order, tmp_path_factory.mktemp("disorder") / "checkout"))
    rewrite(folder / "CHANGELOG.md", f"## {NEXT} ({DAY})", f"## {NEXT} (not released)")
    rewrite(folder / "CHANGELOG.md", "### Code", "### The code")
    rewrite(folder / "CITATION.cff", f"version: {NEXT}", f"version: {LAST}")
    rewrite(folder / "dataset" / "CODEBOOK.md", f"version {NEXT}", f"version {LAST}")
    (folder / "dataset" / "left-over.parquet").touch()
    last = folder / "releases" / f"eastflank-{LAST}.zip"
    last.write_bytes(last.read_bytes()[:-1])
    return refused(folder, f"{NEXT}.dev0")


REASONS = {
    "a version between releases": f"version {NEXT}.dev0 is one between releases; write the number",
    "files that are not committed": "not committed: CHANGELOG.md, CITATION.cff, ",
    "a changelog of another day": f"the newest section is ## {NEXT} (not released); it must be ",
    "a changelog without its parts": "has the parts Data, The code; it must have Data and Code",
    "a citation file of another version": f"\n    -version: {LAST}\n    +version: {NEXT}.dev0",
    "a dataset that the seeds do not give": "not what the seeds give: dataset/",
    "a codebook of another version": "dataset/CODEBOOK.md",
    "a file that no build writes": "dataset/left-over.parquet",
    "a damaged release": f"eastflank-{LAST}.zip is not the archive that was released; get it back",
}


@pytest.mark.parametrize("what", REASONS)
def test_all_that_is_out_of_order_is_refused_at_once(what, reasons_of_disorder):
    assert any(REASONS[what] in reason for reason in reasons_of_disorder), reasons_of_disorder


def test_what_is_in_order_is_not_refused(in_order):
    assert refused(in_order) == []


def test_a_version_that_was_released_is_refused(in_order):
    reasons = refused(in_order, LAST, built=False)
    assert reasons[0] == (
        f"version {LAST} was released already, and names its content for ever; "
        f"write a number above {LAST} into VERSION in src/eastflank/version.py"
    )


def test_an_id_that_is_lost_and_not_retired_and_a_number_that_is_too_low_are_refused(project):
    lost = "can-2pct-gdp-level-by-gazette-2025,targets,can-2pct-gdp-level,,gazette-2025,not-applicable,not-applicable,confirms,,2,\n"
    change(
        project / "seeds",
        ("evidence", lost, ""),
        ("places", "brest,Brest,city,poland,52.1,23.7,\n", ""),
        ("retired", "", "brest,places,7.0.1,Nobody refers to it.,not-applicable"),
    )
    at(project, "7.0.1", DAY)
    assert refused(project, "7.0.1", built=False) == [
        "evidence: ids of earlier releases are gone: can-2pct-gdp-level-by-gazette-2025; put the "
        "rows back, or say in seeds/retired.csv why they are gone",
        "version 7.0.1 does not fit what changed since 7.0.0 "
        "(added 2, changed 1, removed 1, retired 1): "
        "it must be 7.1.0 or above, as CHANGELOG.md promises",
    ]


@pytest.mark.parametrize(
    ("number", "fits"), [("9.9.1", False), ("9.10.0", True), ("9.10.1", True), ("10.0.0", True)]
)
def test_the_parts_of_a_number_are_compared_as_numbers(number, fits):
    changes = SimpleNamespace(frame=pd.DataFrame({"change": ["added"]}))
    project = SimpleNamespace(changes=changes, index=[{"version": "9.9.0"}])
    assert (not list(_number_does_not_fit(project, number))) == fits


def test_an_id_of_any_earlier_release_is_not_lost(world, small):
    first = world(drawn.source("wire-2026", "2026-10-01"))
    [lost] = _lost_ids(SimpleNamespace(earlier=[first, small], data=small))
    assert lost.startswith("sources: ids of earlier releases are gone: wire-2026; ")
    assert list(_lost_ids(SimpleNamespace(earlier=[small, small], data=first))) == []


def test_what_is_no_checkout_of_git_is_refused(project):
    shutil.rmtree(project / ".git")
    [reason] = refused(project, built=False)
    assert "is no checkout of git" in reason


CHANGES = [
    ("0.2.1", [], "0.2.2"),
    ("0.2.1", ["changed", "retired", "removed"], "0.2.2"),
    ("0.2.1", ["changed", "added"], "0.3.0"),
    ("0.2.1", ["column-added"], "0.3.0"),
    ("0.2.1", ["table-added", "column-removed"], "0.3.0"),
    ("1.2.3", ["changed"], "1.2.4"),
    ("1.2.3", ["changed", "added"], "1.3.0"),
    ("1.2.3", ["table-added", "column-added"], "1.3.0"),
    ("1.2.3", ["column-removed"], "2.0.0"),
    ("1.2.3", ["column-renamed", "added"], "2.0.0"),
    ("1.2.3", ["column-retyped"], "2.0.0"),
    ("1.2.3", ["table-removed"], "2.0.0"),
]


@pytest.mark.parametrize("last,kinds,lowest", CHANGES)
def test_the_number_rises_in_the_part_that_the_changes_ask_for(last, kinds, lowest):
    assert least(last, pd.DataFrame({"change": kinds})) == lowest


def test_the_newest_section_of_a_changelog_is_the_first():
    text = "# Changelog\n\nWords.\n\n## 0.2.0 (2026-11-24)\n\n### Data\n\n- a\n\n## 0.1.0 (x)\n\n### Code\n"
    assert newest(text) == Section("0.2.0", "2026-11-24", ("Data",))
    assert newest("# Changelog\n") is None


def test_a_refusal_is_told_line_by_line_and_nothing_is_written(in_order, monkeypatch, capsys):
    monkeypatch.setattr(build, "ROOT", in_order)
    monkeypatch.setattr(version, "VERSION", LAST)
    monkeypatch.setattr(pipeline.release, "_dataset_disagrees", lambda _: [])
    before = kept(in_order)
    assert build.main(["release", "--day", DAY]) == 1
    told = capsys.readouterr()
    assert told.out.startswith(f"version {LAST} was released already")
    assert told.err.endswith(" reasons; nothing was released\n")
    assert kept(in_order) == before


# What is made


def test_a_release_is_an_archive_and_a_line_in_the_list(project, monkeypatch, capsys):
    monkeypatch.setattr(build, "ROOT", project)
    monkeypatch.setattr(version, "VERSION", NEXT)
    before = kept(project)
    with of_version(NEXT):
        assert build.main(["release", "--day", DAY]) == 0
    assert capsys.readouterr().out.startswith(f"releases/eastflank-{NEXT}.zip: ")
    after = kept(project)
    data = Dataset(project / "dataset")
    assert after.keys() - before.keys() == {f"eastflank-{NEXT}.zip"}
    assert json.loads(after["index.json"]) == [
        *json.loads(before["index.json"]),
        {
            "version": NEXT,
            "released": DAY,
            "closing": version.CLOSING,
            "fingerprint": data.package["fingerprint"],
            "archive": f"eastflank-{NEXT}.zip",
            "sha256": sha256(after[f"eastflank-{NEXT}.zip"]).hexdigest(),
            "rows": data.tables()["rows"].to_dict(),
        },
    ]


def test_a_release_is_the_same_in_any_folder_zone_locale_and_umask(in_order, done, tmp_path):
    elsewhere = tmp_path / "another folder" / "Ablage"
    shutil.copytree(in_order, elsewhere)
    program = "import sys; from tests.projects import *\nwith without_refusals(): made(Path(sys.argv[1]), NEXT, DAY)"
    place = {
        "TZ": "XYZ-13:45",
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    umask = os.umask(0o077)
    try:
        command = [sys.executable, "-c", program, str(elsewhere)]
        subprocess.run(command, check=True, env=os.environ | place, cwd=tmp_path)
    finally:
        os.umask(umask)
    assert kept(elsewhere) == kept(done)


@pytest.fixture
def an_archive_of_one_file(monkeypatch):
    """Let a release be an archive of one file, which takes no time to make."""
    monkeypatch.setattr(archive, "contents", lambda *_: {"README.md": b"of a release"})
    monkeypatch.setattr(pipeline.release, "diff", lambda *_: None)


@pytest.mark.usefixtures("an_archive_of_one_file")
@pytest.mark.parametrize("fails_at", [0, 1])
@pytest.mark.parametrize("how", [OSError("no space"), KeyboardInterrupt()])
def test_a_release_that_is_cut_off_leaves_everything_as_it_was(fails_at, how, project, monkeypatch):
    before, written = kept(project), []

    def fsync(file):
        written.append(file)
        if len(written) > fails_at:
            raise how

    monkeypatch.setattr(os, "fsync", fsync)
    with without_refusals(), pytest.raises(type(how)):
        made(project, NEXT, DAY)
    assert kept(project) == before


@pytest.mark.usefixtures("an_archive_of_one_file")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_release_that_is_ended_between_its_two_steps_is_whole(project, monkeypatch, number):
    def end(*_):
        raise KeyboardInterrupt

    replace, ended, before = Path.replace, [], signal.signal(number, end)

    def replace_and_end(self, target):
        done = replace(self, target)
        if target.suffix == ".zip":
            ended.append(target)
            signal.raise_signal(number)
        return done

    monkeypatch.setattr(Path, "replace", replace_and_end)
    try:
        with without_refusals():
            made(project, NEXT, DAY)
    finally:
        signal.signal(number, before)
    assert len(ended) == 1 and NEXT in (project / "releases" / "index.json").read_text()


@pytest.mark.usefixtures("an_archive_of_one_file")
def test_an_archive_whose_line_cannot_be_written_does_not_stay(project, monkeypatch):
    before, replace = kept(project), Path.replace

    def refuse(self, target):
        if target.name == "index.json":
            raise PermissionError("not here")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with without_refusals(), pytest.raises(PermissionError):
        made(project, NEXT, DAY)
    assert kept(project) == before


# What is found out


def test_what_was_released_is_as_it_was_made(done):
    assert verify(done) == {
        "dataset": [],
        f"releases/eastflank-{LAST}.zip": [],
        f"releases/eastflank-{NEXT}.zip": [],
    }


def corrupted(path: Path, name: str, old: bytes, new: bytes):
    """Change some bytes of a file in an archive, so that the archive itself stays sound."""
    with zipfile.ZipFile(path) as file:
        held = {each: file.read(each) for each in file.namelist()}
    folder = f"{path.stem}/"
    assert old in held[folder + name]
    held[folder + name] = held[folder + name].replace(old, new)
    path.write_bytes(
        archive.zipped(path.stem, {each.removeprefix(folder): held[each] for each in held})
    )


def test_a_changed_archive_is_found_and_what_is_wrong_with_it_is_told(
    done, tmp_path, monkeypatch, capsys
):
    folder = Path(shutil.copytree(done, tmp_path / "checkout"))
    corrupted(folder / "releases" / f"eastflank-{NEXT}.zip", "CHANGES.md", b"7.0.0", b"7.0.1")
    shutil.copy(folder / "releases" / f"eastflank-{LAST}.zip", folder / "releases" / "other.zip")
    (folder / "releases" / f"eastflank-{LAST}.zip").write_bytes(b"nothing of a zip")
    (folder / "dataset" / "places.parquet").unlink()
    monkeypatch.setattr(build, "ROOT", folder)
    assert build.main(["verify"]) == 1
    told = capsys.readouterr().out
    assert "dataset:\n    places.parquet: is missing\n" in told
    assert re.search(f"eastflank-{NEXT}.zip:\n    has the SHA-256 [0-9a-f]+, and the list", told)
    assert "    CHANGES.md is not the file that was released\n" in told
    assert f"eastflank-{LAST}.zip:\n    has the SHA-256 " in told and "is damaged: " in told
    assert "other.zip:\n    is no release: the list does not name it\n" in told


def test_a_flipped_bit_anywhere_in_an_archive_is_found(tmp_path):
    files = {"README.md": b"of a release"}
    held = archive.zipped("eastflank-1.0.0", files | {archive.SUMS: archive.sums(files)})
    path, line = tmp_path / "eastflank-1.0.0.zip", {"sha256": sha256(held).hexdigest()}
    for bit in range(0, 8 * len(held), 5):
        flipped = bytearray(held)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        assert list(of_release(path, line)), bit


def test_a_table_whose_sums_were_forged_too_is_found_by_its_fingerprint(done, tmp_path):
    folder = Path(shutil.copytree(done, tmp_path / "checkout"))
    path = folder / "releases" / f"eastflank-{NEXT}.zip"
    with zipfile.ZipFile(path) as file:
        held = {
            name.partition("/")[2]: file.read(name)
            for name in file.namelist()
            if not name.endswith(archive.SUMS)
        }
    held["dataset/places.parquet"] = held["dataset/actors.parquet"]
    path.write_bytes(archive.zipped(path.stem, held | {archive.SUMS: archive.sums(held)}))
    faults = verify(folder)[f"releases/{path.name}"]
    assert "places.parquet: is table actors" in faults


# What is in it


def test_every_file_but_the_list_itself_has_its_sum(files):
    lines = (files / archive.SUMS).read_text().splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    held = {
        path.relative_to(files).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in files.rglob("*")
        if path.is_file() and path.name != archive.SUMS
    }
    assert sums == held


def test_an_archive_has_all_that_a_repository_takes(files):
    top = {path.name for path in files.iterdir()}
    assert top == {
        ".zenodo.json",
        "CHANGELOG.md",
        "CHANGES.md",
        "CITATION.cff",
        "CODING.md",
        "CORRECTIONS.csv",
        "DATASHEET.md",
        "LICENSE",
        "LICENSE-data",
        "README.md",
        "SHA256SUMS",
        "changes.parquet",
        "croissant.json",
        "dataset",
        "reliability",
    }


def test_the_dataset_in_it_is_the_one_of_the_checkout_with_a_csv_of_every_table(files, done):
    committed = {path.name: path.read_bytes() for path in (done / "dataset").iterdir()}
    released = {path.name: path.read_bytes() for path in (files / "dataset").iterdir()}
    names = Dataset(done / "dataset").names
    assert released.keys() == committed.keys() | {f"{name}.csv" for name in names}
    same = [name for name in committed if released[name] == committed[name]]
    assert committed.keys() - same == {"datapackage.json"}
    for name in names:
        rows = pd.read_csv(files / "dataset" / f"{name}.csv", dtype="str", keep_default_na=False)
        frame = Dataset(files / "dataset").load(name)
        assert list(rows.columns) == list(frame.columns) and len(rows) == len(frame)


def test_its_package_is_valid_by_the_standard_and_by_frictionless(files):
    descriptor = json.loads((files / "dataset" / "datapackage.json").read_text(encoding="utf-8"))
    assert errors_of_package(descriptor) == []
    assert len(descriptor["resources"]) == 2 * len(Dataset(files / "dataset").names)
    # The Parquet, and whether references lead somewhere, is judged in the tests of the descriptor.
    for resource in descriptor["resources"]:
        resource["schema"].pop("foreignKeys", None)
    csv = [resource for resource in descriptor["resources"] if resource["format"] == "csv"]
    package = Package.from_descriptor(
        descriptor | {"resources": csv}, basepath=str(files / "dataset")
    )
    assert package.validate().flatten(["name", "type", "message"]) == []


def test_its_croissant_loads_every_table_without_a_warning(files):
    croissant = mlcroissant.Dataset(files / "croissant.json")
    issues = croissant.metadata.ctx.issues
    assert (set(issues.errors), set(issues.warnings)) == (set(), set())
    data = Dataset(files / "dataset")
    assert [each.id for each in croissant.metadata.record_sets] == data.names
    for name in data.names:
        rows = list(croissant.records(name))
        assert len(rows) == len(data.load(name)), name
    [brest] = [row for row in croissant.records("places") if row["places/place_id"] == b"brest"]
    assert (brest["places/latitude"], brest["places/kind"]) == (52.1, b"city")


def test_its_croissant_names_each_file_with_its_hash(files):
    told = json.loads((files / "croissant.json").read_text(encoding="utf-8"))
    for file in told["distribution"]:
        held = (files / file["contentUrl"]).read_bytes()
        assert file["sha256"] == sha256(held).hexdigest()
        assert file["contentSize"] == f"{len(held)} B"


def test_its_croissant_is_a_dataset_that_search_engines_take(files):
    """By schema.org, with what Google asks for: a name, and 50 to 5,000 letters of description."""
    told = json.loads((files / "croissant.json").read_text(encoding="utf-8"))
    assert told["@context"]["@vocab"] == "https://schema.org/" and told["@type"] == "sc:Dataset"
    assert 50 <= len(told["description"]) <= 5000
    assert told["license"] == about.LICENCE["path"]
    assert (told["version"], told["datePublished"]) == (NEXT, DAY)


def test_its_croissant_names_pages_once_there_is_an_address(monkeypatch, tmp_path):
    monkeypatch.setattr(about, "ADDRESS", "https://example.org/")
    held = {"places.parquet": size_and_hash(b"")}
    package = data_package({"places": "0"}, held)
    told = croissant(package, {"places.parquet": 0}, DAY, "Eastflank")
    assert told["url"] == "https://example.org/"
    assert told["recordSet"][0]["url"] == "https://example.org/r/places/"
    (tmp_path / "croissant.json").write_text(json.dumps(told))
    issues = mlcroissant.Dataset(tmp_path / "croissant.json").metadata.ctx.issues
    assert set(issues.errors) == set()


def test_its_citation_file_is_valid_and_names_one_licence(files):
    text = (files / "CITATION.cff").read_text(encoding="utf-8")
    content = yaml.load(text, yaml.BaseLoader)
    assert errors_of_citation(content) == []
    assert content["license"] == "CC-BY-4.0"
    assert (content["version"], content["date-released"]) == (NEXT, DAY)
    assert errors_of_citation(content | {"type": "data"}) != []


def test_a_citation_file_names_the_addresses_once_there_are_some(monkeypatch):
    monkeypatch.setattr(about, "ADDRESS", "https://example.org/")
    monkeypatch.setattr(about, "REPOSITORY", "https://example.org/repository")
    content = yaml.load(citation_cff("1.0.0"), yaml.BaseLoader)
    assert errors_of_citation(content) == []
    assert content["url"] == "https://example.org/"
    assert content["repository-code"] == "https://example.org/repository"


def test_what_it_tells_zenodo_is_what_it_tells_others(files):
    told = json.loads((files / ".zenodo.json").read_text(encoding="utf-8"))
    cited = yaml.load((files / "CITATION.cff").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert told == zenodo(NEXT, DAY)
    # The fields that Zenodo's form has for every upload, of which these are all that we know.
    known = "title description creators upload_type access_right license keywords language version publication_date"
    assert set(told) == set(known.split())
    assert (told["title"], told["description"]) == (cited["title"], cited["abstract"])
    assert told["creators"] == [{"name": author["name"]} for author in cited["authors"]]
    assert told["keywords"] == cited["keywords"]
    assert told["license"] == cited["license"].lower()
    assert (told["version"], told["publication_date"]) == (cited["version"], cited["date-released"])


def test_its_datasheet_answers_every_question_with_the_numbers_of_the_release(files):
    text = (files / "DATASHEET.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
        "Motivation",
        "Composition",
        "Collection",
        "Preparation",
        "Uses",
        "Distribution",
        "Maintenance",
    ]
    paragraphs = [part for part in text.split("\n\n") if part.startswith("**")]
    assert all(re.match(r"\*\*[^*]+\?\*\* \S", part) for part in paragraphs)
    assert len(paragraphs) > 45 and "{" not in text
    assert f"version {NEXT}" in text
    places = len(pd.read_parquet(files / "dataset" / "places.parquet"))
    assert f"| `places` | a place where something happened or is to happen | {places} |" in text


def test_it_tells_what_changed_since_the_release_before(files):
    changes = pq.read_table(files / "changes.parquet").to_pandas()
    told = changes[["table", "record", "column", "change", "before", "after"]].fillna("")
    assert ["places", "arctic", "", "added", "", ""] in told.to_numpy().tolist()
    assert (files / "CHANGES.md").read_text().startswith(f"# Changes from {LAST} to {NEXT}\n")


def test_the_first_release_of_all_has_no_changes_to_tell(done):
    with zipfile.ZipFile(done / "releases" / f"eastflank-{LAST}.zip") as file:
        assert not [name for name in file.namelist() if "changes" in name.lower()]


def test_a_release_opens_as_it_is(done, files):
    packed = Dataset(done / "releases" / f"eastflank-{NEXT}.zip")
    assert packed.version == NEXT == Dataset(files / "dataset").version
    assert "arctic" in list(packed.load("places")["place_id"])
