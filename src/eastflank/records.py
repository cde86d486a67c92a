"""One record whole: its row, the rows that refer to it, its evidence and conflicts, and a card that shows them."""

from dataclasses import dataclass
from html import escape

import pandas as pd

from eastflank.tables import key, load, names, no_record, references

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
        facts = [f"{name}: {_shown(value)}" for name, value in _facts(self.row).items()]
        counts = [f"{name}: {len(rows)}" for name, rows in self._sections().items()]
        return "\n".join([f"{self.table} / {self.id}", *(f"  {line}" for line in facts), f"  ({', '.join(counts)})"])

    def _repr_html_(self) -> str:
        facts = "".join(
            f"<tr><th scope='row' style='text-align:left'>{escape(name)}</th><td style='text-align:left'>{escape(_shown(value))}</td></tr>"
            for name, value in _facts(self.row).items()
        )
        sections = "".join(
            f"<details open><summary><b>{escape(name)}</b> ({len(rows)})</summary>{_html(rows)}</details>"
            for name, rows in self._sections().items()
        )
        title = _shown(self.row.get("title", self.row.get("name", self.row.get("question", self.id))))
        return (
            f"<article aria-label='{escape(self.table)} {escape(self.id)}' style='border:1px solid #8888;border-radius:6px;padding:0 1em 1em;max-width:70em'>"
            f"<h3>{escape(title)}</h3><p><code>{escape(self.table)} / {escape(self.id)}</code></p><table>{facts}</table>{sections}</article>"
        )

    def _sections(self) -> dict[str, pd.DataFrame]:
        all_of_them = {**self.related, "evidence": self.evidence, "conflicts": self.conflicts}
        return {name: rows for name, rows in all_of_them.items() if len(rows)}


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
    where there is no such record.
    """
    _table_of(record_id)
    rows = _evidence([record_id])
    return rows if field is None else rows[rows["field"].isin([field, f"stated_{field}"])]


def _table_of(record_id: str) -> str:
    for name in names():
        if name not in DERIVED and len(key(name)) == 1 and load(name)[key(name)[0]].eq(record_id).any():
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


def _facts(row: pd.Series) -> pd.Series:
    """Return the cells of a row that a reader wants to see: not the empty ones, nor the typed bounds of its dates."""
    return row[[name for name in row.index if not name.endswith(("_earliest", "_latest", "_precision")) and pd.notna(row[name])]]


def _shown(value) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return f"{value:,.10g}" if isinstance(value, float) else str(value)


def _html(rows: pd.DataFrame) -> str:
    """Return rows as an HTML table, without the columns that are empty throughout or only type a date."""
    shown = rows[
        [
            name
            for name in rows.columns
            if not name.endswith(("_earliest", "_latest", "_precision", "_missing")) and rows[name].notna().any()
        ]
    ]
    heads = "".join(f"<th scope='col' style='text-align:left'>{escape(name)}</th>" for name in shown.columns)
    body = "".join(
        "<tr>"
        + "".join(f"<td style='text-align:left'>{'' if pd.isna(cell) else escape(_shown(cell))}</td>" for cell in row)
        + "</tr>"
        for row in shown.itertuples(index=False)
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
