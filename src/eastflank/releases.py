"""The versions that were released: where their archives are, and what each is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd

from eastflank import about
from eastflank.store import DESCRIPTOR, Archive, Folder, Place, installed

INDEX = "index.json"
"""The list of the releases, beside their archives."""


def folder() -> Path | None:
    """Return the folder of the archives: in the installed package, or at the top of the checkout;
    None where there is none.
    """
    here = Path(__file__).resolve().parent
    places = (here / "releases", here.parents[1] / "releases")
    return next((place for place in places if (place / INDEX).exists()), None)


@cache
def index() -> list[dict]:
    """Return what is known of each release, the oldest first.

    Each has version, released, closing, fingerprint, archive (the name of its file), sha256 (of
    that file) and rows (by table).
    """
    where = folder()
    return [] if where is None else _listed(where)


def released(version: str) -> dict | None:
    """Return what is known of a release, or None where there was none of this number."""
    return next((each for each in index() if each["version"] == version), None)


def versions() -> pd.DataFrame:
    """Return the versions that there are, the oldest first, and last the one that is installed.

    Columns: version, released (NaT between releases), closing, fingerprint, rows (of all tables
    together), at_hand (whether it can be opened here).

    >>> versions().set_index("version").loc["0.1.0", "released"]
    Timestamp('2026-11-23 00:00:00')
    """
    rows = [
        {name: each[name] for name in ("version", "released", "closing", "fingerprint")}
        | {"rows": sum(each["rows"].values()), "at_hand": _path(each) is not None}
        for each in index()
    ]
    own = _installed()
    if own is not None and own["version"] not in {row["version"] for row in rows}:
        from eastflank.reader import default

        named = {name: own.get(name) for name in ("version", "closing", "fingerprint")}
        size = int(default().tables()["rows"].sum())
        rows.append({**named, "released": None, "rows": size, "at_hand": True})
    frame = pd.DataFrame(
        rows, columns=["version", "released", "closing", "fingerprint", "rows", "at_hand"]
    )
    days = {name: pd.to_datetime(frame[name]) for name in ("released", "closing")}
    return frame.assign(**days)


def tables() -> Iterator[tuple[str, set[str]]]:
    """Yield each version with the names of its tables, the oldest first, the installed one last."""
    for each in index():
        yield each["version"], set(each["rows"])
    own = _installed()
    if own is not None:
        yield own["version"], {each["name"] for each in own["resources"]}


def is_number(where: str | Path) -> bool:
    """Return whether text is the number of a version, and not the path of what is there."""
    named = isinstance(where, str) and re.match(r"\d+\.\d+", where)
    return bool(named) and not Path(where).exists()


def is_installed(version: str) -> bool:
    """Return whether a version is the installed one; if it was released, with the same content."""
    entry, own = released(version), _installed()
    if own is None or own["version"] != version:
        return False
    return entry is None or entry["fingerprint"] == own["fingerprint"]


def place(version: str) -> Place:
    """Return where a version is: the installed dataset, or the archive of a release.

    Raises ValueError where there is no such version, or its archive is damaged, and
    FileNotFoundError where its archive is not at hand.
    """
    if is_installed(version):
        return Folder(installed())
    at = path(version)
    return Archive(at, expected(at))


def path(version: str) -> Path:
    """Return the archive of a release.

    Raises ValueError where there was none of this number, FileNotFoundError where it is not at
    hand.
    """
    entry, own = released(version), _installed()
    if entry is None:
        known = [each["version"] for each in index()]
        raise ValueError(
            f"there is no version {version!r}; there are "
            f"{', '.join(known) or 'no releases'}{_and_installed(own, known)}"
        )
    found = _path(entry)
    if found is None:
        at = f" from {about.ADDRESS}releases/{entry['archive']}" if about.ADDRESS else ""
        here = [each["version"] for each in index() if _path(each) is not None]
        raise FileNotFoundError(
            f"version {version} is not at hand, as {', '.join(here) or 'no release'} is: "
            f"{entry['archive']} is not in {folder()}; get it{at}, and put it there or open it "
            f"with eastflank.Dataset({entry['archive']!r})"
        )
    return found


def expected(archive: Path) -> str | None:
    """Return the SHA-256 of a release's archive, by the name of its file: as the list beside it
    says or, without one, the list that is installed; None where it is on neither.
    """
    entries = _listed(archive.parent) if (archive.parent / INDEX).exists() else index()
    return next((each["sha256"] for each in entries if each["archive"] == archive.name), None)


def opened(where: str | Path) -> Place:
    """Return the folder or archive at a path.

    An archive that has the name of a release must be that release. Raises FileNotFoundError where
    there is none, and says how a version is opened where one is named in place of a path.
    """
    at = Path(where)
    if is_number(where):
        raise FileNotFoundError(
            f"there is no folder or archive {where!r}; a version is opened by its number with "
            f"eastflank.Dataset(version={where!r})"
        )
    return Archive(at, expected(at)) if at.suffix == ".zip" else Folder(at)


def _listed(where: Path) -> list[dict]:
    return json.loads((where / INDEX).read_text(encoding="utf-8"))


def _path(entry: dict) -> Path | None:
    where = folder()
    at = None if where is None else where / entry["archive"]
    return at if at is not None and at.exists() else None


def _installed() -> dict | None:
    """Return the descriptor of the installed dataset, or None where there is none."""
    try:
        return json.loads((installed() / DESCRIPTOR).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def _and_installed(own: dict | None, known: list[str]) -> str:
    return f" and, installed, {own['version']}" if own and own["version"] not in known else ""
