"""Read the ids of the last release, which nobody may lose."""

import io
import json
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq

import schemas


@dataclass(frozen=True)
class Released:
    """The version of a release, and the ids that each of its tables had."""

    version: str
    ids: dict[str, list[str]]


@cache
def last_release(folder: Path) -> Released | None:
    """Return what the last release in a folder of releases had; None where there is none, or
    where its archive is damaged, which is for `build.py verify` to tell.

    Only tables count that have one column as their key: what stands in others has no id to be
    cited by.
    """
    index = folder / "index.json"
    if not index.is_file():
        return None
    last = json.loads(index.read_text(encoding="utf-8"))[-1]
    files = {f"{name}.parquet": name for name in schemas.SEEDS if len(schemas.key(name)) == 1}
    ids = {}
    path = folder / last["archive"]
    if not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as archive:
        for path in archive.namelist():
            *_, parent, file = ["", *path.split("/")]
            if parent == "dataset" and file in files:
                name = files[file]
                key = schemas.key(name)[0]
                table = pq.read_table(io.BytesIO(archive.read(path)), columns=[key])
                ids[name] = table.column(key).to_pylist()
    return Released(last["version"], ids)
