"""Write the dataset: all of it or nothing of it."""

import glob
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]  # Windows has none

import pyarrow as pa
import pyarrow.parquet as pq

from eastflank.fingerprint import fingerprint
from eastflank.words import number_text
from pipeline import csvtext, describe
from pipeline.cells import DAY
from pipeline.problems import printable


class NotADataset(OSError):
    """The folder for the dataset holds something else, which is not to be lost."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let other builds of the same dataset wait until this one is done,
    where the system has locks (Windows has not).
    """
    if fcntl is None:
        yield
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder.parent, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def write(tables: Mapping[str, pa.Table], folder: Path) -> None:
    """Write the dataset to a folder: built whole beside the old one,
    and put into its place when all of it is there.
    """
    put(prepare(tables, folder), folder)


def prepare(tables: Mapping[str, pa.Table], folder: Path) -> Path:
    """Write the dataset to a folder beside the one in which it is to be put, and return that.

    Leave nothing if it fails.
    """
    settle(folder)
    _refuse_what_is_not_ours(folder)
    place = _workplace(folder)
    fresh = place / "next"
    try:
        (place / _MARK).touch()
        fresh.mkdir()
        _fill(fresh, tables)
    except BaseException:
        _remove(place)
        raise
    return fresh


def put(fresh: Path, folder: Path) -> list[Path]:
    """Put a prepared dataset into its place; if that fails, the old one stays, and nothing else.

    Return what could not be removed afterwards, for somebody with more rights to remove.
    """
    place = fresh.parent
    old = place / "old"
    try:
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
        if old.exists():
            # What is half removed is never to be put back.
            old.rename(place / "gone")
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        _remove(place)
        raise
    _sync(folder.parent)
    return [] if _remove(place) else [place]


def settle(folder: Path) -> None:
    """Put back the old dataset if a build was cut off in the moment between taking it away and
    putting the new one there, and remove what builds that were cut off have left.
    """
    for place in _workplaces(folder):
        old = place / "old"
        if old.is_dir() and not folder.exists():
            old.rename(folder)
        _remove(place)


_MARK = "made-by-eastflank"
"""A file in a workplace, so that nothing is removed that is somebody else's."""


def _workplace(folder: Path) -> Path:
    """Make a folder beside a dataset's in which the next one is filled and the old one put aside.

    Each build has its own, so that one that cannot be removed is in nobody's way.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=_prefix(folder), dir=folder.parent))


def _workplaces(folder: Path) -> list[Path]:
    """Return the workplaces that builds of a dataset have left behind."""
    if not folder.parent.is_dir():
        return []
    found = folder.parent.glob(f"{glob.escape(_prefix(folder))}*")
    return [place for place in sorted(found) if not place.is_symlink() and _is_ours(place)]


def _is_ours(place: Path) -> bool:
    # A build that was cut off before it made the mark has left a folder with nothing in it.
    return place.is_dir() and ((place / _MARK).is_file() or not any(place.iterdir()))


def _prefix(folder: Path) -> str:
    return f".{folder.name}-build-"


def _remove(place: Path) -> bool:
    """Remove a workplace, its mark last; return whether it is gone."""
    for part in ("next", "old", "gone"):
        shutil.rmtree(place / part, ignore_errors=True)
    if [path.name for path in place.iterdir()] in ([_MARK], []):
        shutil.rmtree(place, ignore_errors=True)
    return not place.exists()


def _fill(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    digests = {name: fingerprint(table) for name, table in tables.items()}
    for name, table in tables.items():
        # Opened by Python, as Arrow cannot take every path in every locale.
        with (folder / f"{name}.parquet").open("wb") as file:
            pq.write_table(describe.with_metadata(table, name, digests[name]), file)
    (folder / "tracker.csv").write_bytes(csv_of(tables["tracker"]))
    held = {path.name: describe.size_and_hash(path.read_bytes()) for path in folder.iterdir()}
    (folder / "datapackage.json").write_bytes(json_bytes(describe.data_package(digests, held)))
    (folder / "CODEBOOK.md").write_text(describe.codebook(tables, digests), encoding="utf-8")
    # The folder is a package, so that it is installed with the reader.
    (folder / "__init__.py").touch()
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    _sync(folder)


def json_bytes(content: Any) -> bytes:
    """Return content as JSON, in the form of all that is written here."""
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def csv_of(table: pa.Table) -> bytes:
    """Return a table as CSV: plain numbers, days as dates, empty where no value is."""
    return csvtext.write(_as_text(table))


def _sync(folder: Path) -> None:
    """Have the names in a folder written to the disk, where the system can."""
    if fcntl is None:
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


BESIDE_THE_TABLES = {
    "datapackage.json",
    "CODEBOOK.md",
    "tracker.csv",
    "__init__.py",
    "__pycache__",
}
"""What a dataset's folder has besides the tables that its data package names."""


def _refuse_what_is_not_ours(folder: Path) -> None:
    """Raise NotADataset where the folder is a file, or holds what no build of ours has written."""
    if not folder.exists():
        return
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else {folder.name}
    foreign = sorted(there - _ours_in(folder))
    if foreign or not folder.is_dir():
        raise NotADataset(
            None,
            f"holds {printable(foreign[0])!r}, which no build has written and which a build would "
            "lose; take it out, or name another folder",
            str(folder),
        )


def _ours_in(folder: Path) -> set[str]:
    """Return the names of what a build writes into the folder of a dataset of ours, by its data
    package; in any other, those that mean nothing.
    """
    try:
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        ours = package["name"] == "eastflank"
        tables = {resource["path"] for resource in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        ours = False
    return tables | BESIDE_THE_TABLES if ours else {"__init__.py", "__pycache__"}


def _as_text(table: pa.Table) -> pa.Table:
    """Return a table with all cells as text: plain numbers, days as dates, empty where no value."""

    def cells(column: pa.ChunkedArray) -> pa.ChunkedArray:
        if pa.types.is_floating(column.type):
            numbers = [n if n is None else number_text(n) for n in column.to_pylist()]
            return pa.chunked_array([pa.array(numbers, csvtext.TEXT).fill_null("")])
        plain = column.cast(pa.date32()) if column.type == DAY else column
        return plain.cast(csvtext.TEXT).fill_null("")

    return pa.table({name: cells(table.column(name)) for name in table.column_names})
