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
from eastflank.about import AUTHOR, TITLE
from eastflank.version import CLOSING, VERSION

ROOT = Path(__file__).resolve().parents[2]
RELEASES = json.loads((ROOT / "releases" / "index.json").read_text(encoding="utf-8"))
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_reader_tells_the_version():
    assert ef.__version__ == VERSION == ef.load("tracker").attrs["version"]


def test_the_changelog_begins_with_this_version_and_has_data_and_code():
    newest = re.split(r"^## ", CHANGELOG, flags=re.MULTILINE)[1]
    assert newest.startswith(f"{VERSION} (")
    assert re.findall(r"^### (.+)$", newest, flags=re.MULTILINE) == ["Data", "Code"]


def test_citation_cff_cites_this_version():
    told = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    for line in (f"version: {VERSION}", f'title: "{TITLE}"', f"  - name: {AUTHOR}"):
        assert line in told.splitlines()


def test_a_version_that_was_released_is_not_built_again():
    assert VERSION not in [release["version"] for release in RELEASES]


def test_nothing_is_read_after_the_closing_day():
    assert ef.load("sources")["accessed_earliest"].max() <= pd.Timestamp(CLOSING)


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release["version"])
def test_the_content_of_a_released_version_stays(release):
    """The archive has the SHA-256 of the list,
    its descriptor the fingerprint of list and changelog.
    """
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
    assert f"| {release['version']} | `{release['fingerprint']}` |" in CHANGELOG
    assert rows == release["rows"]
