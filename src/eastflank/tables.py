"""Load tables, and tell what they are; all of it is read from the Parquet files themselves."""

import json
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd

from eastflank import knowledge
from eastflank.words import nearest

ALWAYS_KNOWN = ("actors", "places", "codes")
"""The tables that say what names and codes mean, whoever uses them and when."""


def tables() -> pd.DataFrame:
    """Return what tables there are: one row a table, indexed by name, with what a row of it is, its rows and columns."""
    about = {name: (_about(name), _footer(name)) for name in names()}
    rows = {
        name: (
            said["description"].partition("A row is ")[2].partition(".")[0],
            footer.num_rows,
            footer.num_columns,
        )
        for name, (said, footer) in about.items()
    }
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["a row is", "rows", "columns"]
    ).rename_axis("table")


def load(table: str, *, as_of=None, stated_by: str | None = None) -> pd.DataFrame:
    """Return a table as a frame, typed: str, category, Float64, Int64, boolean, datetime64.

    `as_of`, a day such as "2025-06-30", gives the state of knowledge of that day: the records that a source had stated by
    then, in the words of the sources of that time, with statuses as of that day. `stated_by`, the id of a source, gives what
    that source alone says. `actors`, `places` and `codes` are the same at any time.

    The `attrs` of the frame tell the dataset, table, version and fingerprint, and the state of knowledge if it is not the
    newest; they stay with what is selected from it. Raises ValueError where there is no such table or source, or `as_of` is
    no day.
    """
    file = path(table)
    if as_of is None and stated_by is None or table in ALWAYS_KNOWN:
        return pd.read_parquet(file)
    from eastflank.fingerprint import frame_fingerprint

    day = None if as_of is None else knowledge.day(as_of)
    frame = _known(day, stated_by)[table].copy()
    state = {"as_of": day and f"{day:%Y-%m-%d}", "stated_by": stated_by}
    state = {word: said for word, said in state.items() if said}
    frame.attrs = _all()[table].attrs | {
        "fingerprint": frame_fingerprint(frame, key(table)),
        **state,
    }
    return frame


def codebook(table: str | None = None) -> pd.DataFrame:
    """Return what the columns of a table mean: one row a column, in order; without a name, those of all tables.

    Columns: table, column, type, unit, description, codelist, codes, missing, reference, rules, derived. The definition of
    each code is in the table `codes`. Raises ValueError where there is no such table.
    """
    said = [
        "type",
        "unit",
        "description",
        "codelist",
        "codes",
        "missing",
        "reference",
        "rules",
        "derived",
    ]
    rows = [
        {"table": name, "column": field.name}
        | {word: (field.metadata or {}).get(word.encode(), b"").decode() for word in said}
        for name in ([table] if table else names())
        for field in _schema(name)
    ]
    return pd.DataFrame(rows)


def path(table: str) -> Path:
    """Return the Parquet file of a table; raise ValueError where there is no such table."""
    if table not in names():
        raise ValueError(
            f"there is no table {table!r}{nearest(table, names())}; eastflank.tables() lists them: {', '.join(names())}"
        )
    return folder() / f"{table}.parquet"


@cache
def folder() -> Path:
    """Return the folder of the dataset: inside the installed package, or at the top of the checkout that this is part of."""
    here = Path(__file__).resolve().parent
    for place in (here / "dataset", here.parents[1] / "dataset"):
        if (place / "datapackage.json").exists():
            return place
    raise FileNotFoundError(
        f"no dataset in {here} nor in {here.parents[1]}; in a checkout, `python build.py` makes it"
    )


@cache
def names() -> list[str]:
    """Return the names of all tables, in the order in which the data package lists them."""
    package = json.loads((folder() / "datapackage.json").read_text(encoding="utf-8"))
    return [
        resource["name"] for resource in package["resources"] if resource["format"] == "parquet"
    ]


@lru_cache(maxsize=8)
def _known(day: pd.Timestamp | None, stated_by: str | None) -> dict[str, pd.DataFrame]:
    """Return all tables in a state of knowledge; the last few are kept, as whoever asks for one table asks for others."""
    ids = list(_all()["sources"]["source_id"])
    if stated_by is not None and stated_by not in ids:
        raise ValueError(
            f"there is no source {stated_by!r}{nearest(stated_by, ids)}; eastflank.load('sources') lists them"
        )
    return knowledge.known(_all(), day, stated_by)


@cache
def _all() -> dict[str, pd.DataFrame]:
    """Return all tables as they are; whoever hands one on hands on a copy."""
    return {name: pd.read_parquet(path(name)) for name in names()}


def key(table: str) -> list[str]:
    """Return the columns that together are a table's key."""
    return _about(table)["key"]


def references(table: str) -> dict[str, str]:
    """Return the columns of a table that refer to another, or to itself, each with the table that it refers to."""
    return {
        field.name: field.metadata[b"reference"].decode().partition(".")[0]
        for field in _schema(table)
        if b"reference" in field.metadata
    }


def with_records() -> list[str]:
    """Return the tables whose rows are records with an id of their own, each record in one of them."""
    return [name for name in names() if name != "tracker" and len(key(name)) == 1]


def no_record(record_id: str) -> ValueError:
    """Return the error for an id that no table has, with the nearest ones that exist."""
    ids = [each for name in with_records() for each in load(name)[key(name)[0]]]
    return ValueError(
        f"there is no record {record_id!r}{nearest(record_id, ids)}; the ids are in the first column of each table"
    )


def _footer(table: str):
    from pyarrow.parquet import read_metadata

    return read_metadata(path(table))


@cache
def _schema(table: str):
    from pyarrow.parquet import read_schema

    return read_schema(path(table))


def _about(table: str) -> dict:
    return json.loads(_schema(table).metadata[b"eastflank"])
