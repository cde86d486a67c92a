"""ARCHITECTURE.md names what there is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def named() -> list[str]:
    """Return the paths that the table of rooms names; of a row, the first tells the folder."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    paths = []
    for cell in re.findall(r"^\| (`.+?) \|", text, re.MULTILINE):
        first, *rest = re.findall(r"`([^`]+)`", cell)
        folder = first[: first.rindex("/", 0, -1) + 1] if "/" in first[:-1] else ""
        paths += [first, *(path if (ROOT / path).exists() else folder + path for path in rest)]
    return [path for path in paths if "<" not in path]


def test_every_room_that_is_named_is_there():
    assert [path for path in named() if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("folder", ["pipeline", "src/eastflank"])
def test_every_module_is_named(folder):
    modules = {f"{folder}/{path.name}" for path in (ROOT / folder).glob("*.py")}
    assert sorted(modules - set(named()) - {f"{folder}/__init__.py"}) == []
