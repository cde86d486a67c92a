"""One record whole: its row, the rows that refer to it, its evidence and conflicts."""

from dataclasses import dataclass

import pandas as pd

from eastflank import card
from eastflank.tables import key, load, names, nearest, no_record, references, with_records

DERIVED = ("tracker", "conflicts", "codes")
"""The tables that repeat records of others."""


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


def record(record_id: str) -> Record:
    """Return one record with all that belongs to it, whichever table it is in; raise ValueError where no table has it."""
    table = _table_of(record_id)
    row = load(table).set_index(key(table)[0], drop=False).loc[record_id]
    related = {
        name: rows for name in names() if name not in (*DERIVED, "evidence") and len(rows := _referring(name, table, record_id))
    }
    ids = [record_id, *(id for part in ("targets", "milestones") if part in related for id in related[part][key(part)[0]])]
    conflicts = load("conflicts")
    return Record(record_id, table, row, related, _evidence(ids), conflicts[conflicts["record_id"].isin(ids)])


def evidence(record_id: str, field: str | None = None) -> pd.DataFrame:
    """Return what sources say of a record, or of one `field` of it: one row a statement, the newest source last.

    Columns: those of the table `evidence`, and the source's title, publisher, published, reliability and url. The field of
    a target's value includes what was stated of it (`value` finds `stated_value`), and so for `due`. Raises ValueError
    where there is no such record or no such field.
    """
    fields = list(load(_table_of(record_id)).columns)
    if field is not None and field not in fields:
        raise ValueError(
            f"record {record_id!r} has no field {field!r}{nearest(field, fields)}; its fields are {', '.join(fields)}"
        )
    rows = _evidence([record_id])
    return rows if field is None else rows[rows["field"].isin([field, f"stated_{field}"])]


def _table_of(record_id: str) -> str:
    for name in with_records():
        if load(name)[key(name)[0]].eq(record_id).any():
            return name
    raise no_record(record_id)


def _referring(name: str, table: str, record_id: str) -> pd.DataFrame:
    """Return the rows of a table that refer to a record of another, or of the same one."""
    columns = [column for column, referred in references(name).items() if referred == table]
    rows = load(name)
    return rows[rows[columns].eq(record_id).any(axis=1)] if columns else rows.iloc[:0]


def _evidence(ids: list[str]) -> pd.DataFrame:
    rows = load("evidence")
    sources = load("sources")[["source_id", "title", "publisher", "published", "published_earliest", "reliability", "url"]]
    found = rows[rows["record_id"].isin(ids)].merge(sources, on="source_id", how="left")
    return found.sort_values(["published_earliest", "evidence_id"], ignore_index=True).drop(columns="published_earliest")
