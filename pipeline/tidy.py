"""Rewrite seeds in canonical form, without changing what they say."""

import shutil
import unicodedata
from pathlib import Path

import pyarrow as pa

import schemas
from pipeline import csvtext
from pipeline.problems import Problems
from pipeline.read import MENDED_BY_TIDY, Seed, read


def tidy(folder: Path, problems: Problems) -> list[str]:
    """Rewrite each seed of a folder that is not in canonical form and can be without loss.

    Return the files rewritten.

    A seed whose rows and cells cannot be told apart for certain is left as it is,
    and what stands in the way goes to `problems`.
    """
    rewritten = []
    for name in schemas.SEEDS:
        path = folder / f"{name}.csv"
        if path.is_file() and _tidy(path, name, problems):
            rewritten.append(f"{folder.name}/{path.name}")
    return rewritten


def _tidy(path: Path, name: str, problems: Problems) -> bool:
    faults = Problems()
    seed = read(path, name, faults)
    in_the_way = [fault for fault in faults if fault.rule not in MENDED_BY_TIDY]
    if seed is None or in_the_way:
        for fault in in_the_way:
            problems.include(fault)
        return False
    data = csvtext.write(csvtext.sort(_clean(seed), schemas.key(name)))
    if data == path.read_bytes():
        return False
    fresh = path.with_name(f".{path.name}-next")
    # Whatever stands there, be it a link that somebody planted, is not written through.
    fresh.unlink(missing_ok=True)
    try:
        with fresh.open("xb") as file:
            file.write(data)
        shutil.copymode(path, fresh)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    return True


def _clean(seed: Seed) -> pa.Table:
    """Return the cells with single blanks between words and none around them, composed by NFC."""
    columns = {
        name: [
            " ".join(unicodedata.normalize("NFC", cell).split())
            for cell in seed.text.column(name).to_pylist()
        ]
        for name in seed.text.column_names
    }
    return pa.table({name: pa.array(cells, csvtext.TEXT) for name, cells in columns.items()})
