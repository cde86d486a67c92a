"""One record whole: its row, the rows that refer to it, its evidence and conflicts."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from eastflank import card
from eastflank.claims import STATED, key_of
from eastflank.reader import DERIVED, Dataset, default
from eastflank.words import nearest

PARTS = ("targets", "milestones")
"""The tables whose records are parts of a commitment."""


@dataclass(frozen=True)
class Record:
    """One record of the dataset, with all that belongs to it; in Jupyter it shows itself as a card.

    `row` is the record's own row, `related` the rows of other tables that refer to it, by table,
    `evidence` what sources say of it and of its targets and milestones, `conflicts` the fields of
    these on which sources differ.
    """

    id: str
    table: str
    row: pd.Series
    related: dict[str, pd.DataFrame]
    evidence: pd.DataFrame
    conflicts: pd.DataFrame

    def __repr__(self) -> str:
        return card.text(self)

    def _repr_html_(self) -> str:
        return card.html(self)


def record(record_id: str, *, as_of: object = None, data: Dataset | None = None) -> Record:
    """Return one record with all that belongs to it, whichever table it is in.

    `as_of` gives it as it was known on a day. `data` is the dataset, else the installed one. Raises
    ValueError where no table has it, or no source had stated it by that day.
    """
    data = (data or default()).at(as_of)
    table = data.table_of(record_id)
    key = data.key(table)[0]
    rows = data.load(table)
    rows = rows[rows[key] == record_id]
    if rows.empty:
        known_from = data._whole[table].set_index(key).loc[record_id, "known_from"]
        raise ValueError(
            f"record {record_id!r} was not known on {as_of}; a source first stated it by "
            f"{known_from:%Y-%m-%d}"
        )
    row = rows.set_index(key, drop=False).loc[record_id]
    related = {
        name: found
        for name in data.names
        if name not in (*DERIVED, "evidence") or name == "outcomes"
        if len(found := _referring(data, name, table, record_id))
    }
    ids = [record_id, *_parts(data, record_id)]
    return Record(
        record_id, table, row, related, _evidence(data, ids), conflicts(record_id, data=data)
    )


def evidence(
    record_id: str,
    field: str | None = None,
    *,
    as_of: object = None,
    data: Dataset | None = None,
) -> pd.DataFrame:
    """Return what sources say of a record, or of one `field` of it, the newest source last.

    One row a statement. Columns: those of the table `evidence`, and the source's title, publisher,
    published, reliability and url. The field of a target's value includes what was stated of it
    (`value` finds `stated_value`), and so for `due`. With a day as `as_of`, only what had been
    published by then. Raises ValueError where there is no such record or no such field.
    """
    data = (data or default()).at(as_of)
    fields = list(data.frames[data.table_of(record_id)].columns)
    if field is not None and field not in fields:
        raise ValueError(
            f"record {record_id!r} has no field {field!r}{nearest(field, fields)}; "
            f"its fields are {', '.join(fields)}"
        )
    rows = _evidence(data, [record_id])
    return rows if field is None else rows[rows["field"].isin([field, f"{STATED}{field}"])]


def conflicts(
    record_id: str | None = None, *, as_of: object = None, data: Dataset | None = None
) -> pd.DataFrame:
    """Return on what sources differ: in all, or over one record with its targets and milestones.

    One row a field. Columns: those of the table `conflicts`. With a day as `as_of`, only what had
    been published by then. Raises ValueError where there is no such record.
    """
    data = (data or default()).at(as_of)
    rows = data.load("conflicts")
    if record_id is None:
        return rows
    data.table_of(record_id)
    return rows[rows["record_id"].isin([record_id, *_parts(data, record_id)])]


def _parts(data: Dataset, record_id: str) -> list[str]:
    """Return the ids of a commitment's targets and milestones."""
    return [
        part
        for name in PARTS
        for part in data.frames[name].loc[
            data.frames[name]["commitment_id"] == record_id, key_of(name)
        ]
    ]


def _referring(data: Dataset, name: str, table: str, record_id: str) -> pd.DataFrame:
    """Return the rows of a table that refer to a record of another, or of the same one."""
    columns = [column for column, other in data.references(name).items() if other == table]
    rows = data.frames[name]
    return rows[rows[columns].eq(record_id).any(axis=1)] if columns else rows.iloc[:0]


def _evidence(data: Dataset, ids: list[str]) -> pd.DataFrame:
    names = ["source_id", "title", "publisher", "published", "published_earliest", "reliability"]
    rows, sources = data.load("evidence"), data.frames["sources"][[*names, "url"]]
    found = rows[rows["record_id"].isin(ids)].merge(sources, on="source_id", how="left")
    found = found.sort_values(["published_earliest", "evidence_id"], ignore_index=True)
    found = found.drop(columns="published_earliest")
    found.attrs = rows.attrs | {"added": [*found.columns.difference(rows.columns)]}
    return found
