"""Read the last release: what people wrote, as it had it, and the ids that nobody may lose."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import schemas

RECORD = "CORRECTIONS.csv"
"""The list of what was corrected since it was released, at the top of the repository and in each
archive since there is one.
"""


@dataclass(frozen=True)
class Released:
    """A release: its version, the ids that each of its tables had, and the `tables` that can be
    held to it cell by cell.

    Neither is known where the archive, a file named in `damaged`, is not the one that was released.
    """

    version: str
    ids: dict[str, list[str]]
    tables: dict[str, pa.Table]
    damaged: str | None = None


@cache
def last_release(folder: Path) -> Released | None:
    """Return what the last release in a folder of releases had; None where there is none.

    Ids are those of tables that have one column as their key: what stands in others has no id to
    be cited by. Cells are held to a release that has the list of corrections, in each table that
    had all the columns that its seed has today.
    """
    index = folder / "index.json"
    if not index.is_file():
        return None
    last = json.loads(index.read_text(encoding="utf-8"))[-1]
    path = folder / last["archive"]
    data = path.read_bytes() if path.is_file() else b""
    if sha256(data).hexdigest() != last["sha256"]:
        return Released(last["version"], {}, {}, f"{folder.name}/{path.name}")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        recorded = any(name.endswith(f"/{RECORD}") for name in archive.namelist())
        had = dict(_tables(archive, whole=recorded))
    ids = {
        name: table.column(schemas.key(name)[0]).to_pylist()
        for name, table in had.items()
        if len(schemas.key(name)) == 1
    }
    held = {
        name: table
        for name, table in had.items()
        if {column.name for column in schemas.seed_columns(name)} <= set(table.column_names)
    }
    return Released(last["version"], ids, held if recorded else {})


def _tables(archive: zipfile.ZipFile, *, whole: bool) -> Iterator[tuple[str, pa.Table]]:
    """Yield the tables of an archive that people write, whole or their keys alone."""
    for path in archive.namelist():
        *_, parent, file = ["", *path.split("/")]
        name = file.removesuffix(".parquet")
        if parent == "dataset" and file == f"{name}.parquet" and name in schemas.SEEDS:
            columns = None if whole else list(schemas.key(name))
            yield name, pq.read_table(pa.BufferReader(archive.read(path)), columns=columns)
