"""One record whole: its row, the rows that refer to it, its evidence and conflicts."""

from dataclasses import dataclass

import pandas as pd

from eastflank import card
from eastflank.claims import STATED
from eastflank.tables import key, load, names, no_record, references, with_records
from eastflank.words import nearest

DERIVED = ("tracker", "conflicts", "codes")
"""The tables that repeat records of others."""

PARTS = ("targets", "milestones")
"""The tables whose records are parts of a commitment."""


@dataclass(frozen=True)
class Record:
    """One record of the dataset, with all that belongs to it; in Jupyter it shows itself as a card.

    `row` is the record's own row, `related` the rows of other tables that refer to it, by table, `evidence` what sources
    say of it and of its targets and milestones, `conflicts` the fields of these on which sources differ.
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


def record(record_id: str, *, as_of=None) -> Record:
    """Return one record with all that belongs to it, whichever table it is in, as known on a day if `as_of` gives one.

    Raises ValueError where no table has it, or no source had stated it by that day.
    """
    table = _table_of(record_id)
    rows = load(table, as_of=as_of)
    rows = rows[rows[key(table)[0]] == record_id]
    if rows.empty:
        [known_from] = load(table).set_index(key(table)[0]).loc[[record_id], "known_from"]
        raise ValueError(
            f"record {record_id!r} was not known on {as_of}; a source first stated it by {known_from:%Y-%m-%d}"
        )
    row = rows.set_index(key(table)[0], drop=False).loc[record_id]
    related = {
        name: rows
        for name in names()
        if name not in (*DERIVED, "evidence")
        and len(rows := _referring(name, table, record_id, as_of))
    }
    ids = [record_id, *_parts(record_id)]
    return Record(
        record_id, table, row, related, _evidence(ids, as_of), conflicts(record_id, as_of=as_of)
    )


def evidence(record_id: str, field: str | None = None, *, as_of=None) -> pd.DataFrame:
    """Return what sources say of a record, or of one `field` of it: one row a statement, the newest source last.

    Columns: those of the table `evidence`, and the source's title, publisher, published, reliability and url. The field of
    a target's value includes what was stated of it (`value` finds `stated_value`), and so for `due`. With a day as `as_of`,
    only what had been published by then. Raises ValueError where there is no such record or no such field.
    """
    fields = list(load(_table_of(record_id)).columns)
    if field is not None and field not in fields:
        raise ValueError(
            f"record {record_id!r} has no field {field!r}{nearest(field, fields)}; its fields are {', '.join(fields)}"
        )
    rows = _evidence([record_id], as_of)
    return rows if field is None else rows[rows["field"].isin([field, f"{STATED}{field}"])]


def conflicts(record_id: str | None = None, *, as_of=None) -> pd.DataFrame:
    """Return on what sources differ: in all, or over one record with its targets and milestones; one row a field.

    Columns: those of the table `conflicts`. With a day as `as_of`, only what had been published by then. Raises ValueError
    where there is no such record.
    """
    rows = load("conflicts", as_of=as_of)
    if record_id is None:
        return rows
    _table_of(record_id)
    return rows[rows["record_id"].isin([record_id, *_parts(record_id)])]


def _table_of(record_id: str) -> str:
    for name in with_records():
        if load(name)[key(name)[0]].eq(record_id).any():
            return name
    raise no_record(record_id)


def _parts(record_id: str) -> list[str]:
    """Return the ids of a commitment's targets and milestones."""
    return [
        part
        for rows in map(load, PARTS)
        for part in rows.loc[rows["commitment_id"] == record_id].iloc[:, 0]
    ]


def _referring(name: str, table: str, record_id: str, as_of) -> pd.DataFrame:
    """Return the rows of a table that refer to a record of another, or of the same one."""
    columns = [column for column, referred in references(name).items() if referred == table]
    rows = load(name, as_of=as_of)
    return rows[rows[columns].eq(record_id).any(axis=1)] if columns else rows.iloc[:0]


def _evidence(ids: list[str], as_of) -> pd.DataFrame:
    rows = load("evidence", as_of=as_of)
    sources = load("sources")[
        ["source_id", "title", "publisher", "published", "published_earliest", "reliability", "url"]
    ]
    found = rows[rows["record_id"].isin(ids)].merge(sources, on="source_id", how="left")
    return found.sort_values(["published_earliest", "evidence_id"], ignore_index=True).drop(
        columns="published_earliest"
    )
