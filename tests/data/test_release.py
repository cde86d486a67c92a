"""The version, its day and its changes stand in several places, and say the same in all of them."""

import re
from pathlib import Path

import eastflank as ef
from eastflank.citation import AUTHOR, TITLE
from eastflank.version import RELEASED, VERSION

ROOT = Path(__file__).resolve().parents[2]


def test_the_reader_tells_the_version():
    assert ef.__version__ == VERSION == ef.load("tracker").attrs["version"]


def test_the_changelog_begins_with_this_version_and_has_data_and_code():
    newest = re.split(
        r"^## ", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE
    )[1]
    assert newest.startswith(f"{VERSION} ({RELEASED})\n")
    assert re.findall(r"^### (.+)$", newest, flags=re.MULTILINE) == ["Data", "Code"]


def test_citation_cff_cites_this_version():
    told = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    for line in (
        f"version: {VERSION}",
        f'date-released: "{RELEASED}"',
        f'title: "{TITLE}"',
        f"  - name: {AUTHOR}",
    ):
        assert line in told.splitlines()
