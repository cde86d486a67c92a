"""Whether a dataset is what was built or released: every file is read, hashed and recomputed."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pandas as pd

from eastflank import releases
from eastflank.asked import asked
from eastflank.store import DESCRIPTOR, Archive, Folder, Place, Store, about, content, installed
from eastflank.version import CLOSING, VERSION

BESIDE = (DESCRIPTOR, "CODEBOOK.md", "__init__.py")
"""What stands beside the tables of a dataset."""

COLUMNS = ["file", "expected", "found", "fault"]


@asked
def verify(what: str | Path | None = None) -> pd.DataFrame:
    """Return of each file of a dataset whether it is what was built, one row a file.

    `what` is a version, or a folder or archive; without it, the installed dataset is looked at.
    Columns: file, expected and found (hashes, as far as there are any), fault (what is wrong, in
    words; null where nothing is) and fine. A file that is missing has a row, and so has one that
    does not belong there. Of a table, the hash of the file is compared, and the fingerprint is
    computed from the rows again; of a file that has no hash, as before 0.3.0, only that it is
    there. Raises ValueError where there is no such version, and FileNotFoundError where there is no
    such folder or archive.

    >>> bool(verify("0.1.0")["fine"].all())
    True
    """
    place, rows = _place(what)
    if place is not None:
        rows += _files(place)
    frame = pd.DataFrame(rows, columns=COLUMNS).astype("str")
    return frame.assign(fine=frame["fault"].isna())


def _place(what: str | Path | None) -> tuple[Place | None, list[tuple]]:
    """Return the folder or archive to look at, and what is found of the archive as a whole.

    The first is None where nothing more can be found.
    """
    if what is None or (isinstance(what, str) and releases.is_installed(what)):
        return Folder(installed()), []
    path = releases.path(str(what)) if releases.is_number(what) else Path(what)
    if path.suffix != ".zip":
        return Folder(path), []
    expected = releases.expected(path)
    found = sha256(path.read_bytes()).hexdigest()
    changed = expected is not None and found != expected
    row = (path.name, expected, found, "is not the archive that was released" if changed else None)
    try:
        return Archive(path), [row]
    except (ValueError, FileNotFoundError) as error:
        return None, [(*row[:3], str(error))]


def _files(place: Place) -> Iterator[tuple]:
    try:
        store = Store(place)
    except ValueError as error:
        yield DESCRIPTOR, None, None, str(error)
        return
    package = store.package
    yield (
        DESCRIPTOR,
        package["fingerprint"],
        package["fingerprint"],
        _descriptor_fault(place, store),
    )
    for each in package["resources"]:
        yield _of_file(place, store, each)
    described = {each["path"] for each in package["resources"]}
    for name in place.names():
        if name not in described and name not in BESIDE:
            yield name, None, None, "does not belong to the dataset"


def _descriptor_fault(place: Place, store: Store) -> str | None:
    """Return in what a descriptor is not that of its tables, or the installed one not that of the
    package that reads it.
    """
    told, of_tables = store.package["version"], _versions(place, store)
    if of_tables - {told}:
        return f"names version {told}, and its tables are of version {min(of_tables - {told})}"
    if place.path != installed():
        return None
    closing = store.package["closing"]
    if (told, closing) == (VERSION, CLOSING):
        return None
    return (
        f"is of version {told}, closed on {closing}, and the package is of version {VERSION}, "
        f"closed on {CLOSING}"
    )


def _versions(place: Place, store: Store) -> set[str]:
    """Return the versions that the tables' files name, of those that are of this build."""
    files = [each for each in store.resources.values() if each["path"] in place.names()]
    told = [(about(place.read(each["path"])), each["fingerprint"]) for each in files]
    # What a damaged file says of itself may lack anything.
    same = [said for said, digest in told if said.get("fingerprint") == digest]
    return {said["version"] for said in same if "version" in said}


def _of_file(place: Place, store: Store, described: dict) -> tuple:
    """Return the row of a file that the descriptor tells of."""
    name, path = described["name"], described["path"]
    expected = described.get("hash") or described.get("fingerprint")
    try:
        held = place.read(path)
    except FileNotFoundError:
        return path, expected, None, "is missing"
    found = f"sha256:{sha256(held).hexdigest()}"
    if described["format"] != "parquet":
        changed = "hash" in described and found != expected
        fault = "is not the file that was built" if changed else None
        return path, expected, found if "hash" in described else None, fault
    recomputed = content(held)
    if recomputed != described["fingerprint"]:
        return path, described["fingerprint"], recomputed, _whose(store, name, held)
    if "hash" in described and found != expected:
        return path, expected, found, "has the rows that were built, and other bytes"
    return path, expected, found if "hash" in described else recomputed, None


def _whose(store: Store, name: str, held: bytes) -> str:
    """Return in words what file stands in the place of a table's."""
    told = about(held)
    if told.get("dataset") != "eastflank":
        return "is no file of this dataset" if told else "is damaged: it cannot be read"
    if not {"table", "version", "fingerprint"} <= told.keys():
        return "is damaged: it does not say what it is"
    if told["table"] != name:
        return f"is table {told['table']}"
    if told["version"] != store.package["version"]:
        return f"is of version {told['version']}"
    if told["fingerprint"] != store.resources[name]["fingerprint"]:
        return "is of another build of this version"
    return "is damaged: its rows are not those that were built"
