"""Write the dataset: all of it or nothing of it."""

import json
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:
    fcntl = None

import pyarrow as pa
import pyarrow.parquet as pq

from eastflank.fingerprint import fingerprint
from eastflank.words import number_text
from pipeline import csvtext, describe
from pipeline.cells import DAY


class NotADataset(OSError):
    """The folder for the dataset holds something else, which is not to be lost."""


@contextmanager
def alone(folder: Path):
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


def write(tables: dict[str, pa.Table], folder: Path):
    """Write the dataset to a folder: built whole beside the old one,
    and put into its place when all of it is there.
    """
    put(prepare(tables, folder), folder)


def prepare(tables: dict[str, pa.Table], folder: Path) -> Path:
    """Write the dataset to a folder beside the one in which it is to be put, and return that.

    Leave nothing if it fails.
    """
    settle(folder)
    _refuse_what_is_no_dataset(folder)
    fresh = _beside(folder, "next")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        fresh.mkdir(parents=True)
        _fill(fresh, tables)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return fresh


def put(fresh: Path, folder: Path):
    """Put a prepared dataset into its place; if that fails, the old one stays."""
    old = _beside(folder, "old")
    shutil.rmtree(old, ignore_errors=True)
    try:
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def settle(folder: Path):
    """Put back the old dataset if a build was cut off
    in the moment between taking it away and putting the new one there.
    """
    old = _beside(folder, "old")
    if old.exists() and not folder.exists():
        old.rename(folder)


def _fill(folder: Path, tables: dict[str, pa.Table]):
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


def json_bytes(content) -> bytes:
    """Return content as JSON, in the form of all that is written here."""
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def csv_of(table: pa.Table) -> bytes:
    """Return a table as CSV: plain numbers, days as dates, empty where no value is."""
    return csvtext.write(_as_text(table))


def _refuse_what_is_no_dataset(folder: Path):
    """Raise NotADataset where the folder is a file, or holds what no build of ours has written."""
    if (
        not folder.exists()
        or folder.is_dir()
        and ({path.name for path in folder.iterdir()} <= {"__init__.py", "__pycache__"})
    ):
        return
    try:
        ours = (
            json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["name"]
            == "eastflank"
        )
    except (OSError, ValueError, KeyError, TypeError):
        ours = False
    if not ours:
        raise NotADataset(
            None,
            "holds something else than a dataset, which a build would replace; name another folder",
            str(folder),
        )


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}-{what}")


def _as_text(table: pa.Table) -> pa.Table:
    """Return a table with all cells as text: plain numbers, days as dates, empty where no value."""

    def cells(column: pa.ChunkedArray) -> pa.ChunkedArray:
        if pa.types.is_floating(column.type):
            numbers = [n if n is None else number_text(n) for n in column.to_pylist()]
            return pa.chunked_array([pa.array(numbers, csvtext.TEXT).fill_null("")])
        plain = column.cast(pa.date32()) if column.type == DAY else column
        return plain.cast(csvtext.TEXT).fill_null("")

    return pa.table({name: cells(table.column(name)) for name in table.column_names})
