"""Show a record to people: as text, and as a card in HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from eastflank.words import number_text

if TYPE_CHECKING:
    from eastflank.records import Record

EVIDENCE_SHOWN = [
    "record_id",
    "field",
    "stance",
    "reported",
    "publisher",
    "published",
    "locator",
    "anchor",
    "reliability",
    "credibility",
]
"""The columns of evidence that a card has room for."""

STYLE = """<style>
.eastflank {border: 1px solid #8886; border-radius: 6px; padding: 0 1.2em 1em; max-width: 75em;
  overflow-x: auto; line-height: 1.35}
.eastflank table {border-collapse: collapse; margin: .4em 0 1em}
.eastflank th, .eastflank td {text-align: left; vertical-align: top; padding: .25em 1em .25em 0;
  border-bottom: 1px solid #8883}
.eastflank thead th {white-space: nowrap}
.eastflank i {opacity: .7}
</style>"""


def text(record: Record) -> str:
    """Return a record as lines of text: its facts, and how much belongs to it."""
    facts = [f"  {name}: {value}" for name, value in _facts(record.row).items()]
    counts = [f"  {name}: {len(rows)} rows" for name, rows in _sections(record).items()]
    return "\n".join([f"{record.table} / {record.id}", *facts, *counts])


def html(record: Record) -> str:
    """Return a record as a card in HTML: its facts,
    and a table for each kind of thing that belongs to it.
    """
    title = record.row.get("title", record.row.get("name", record.row.get("question", record.id)))
    facts = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{_cell(value)}</td></tr>"
        for name, value in _facts(record.row).items()
        if value != title
    )
    sections = "".join(
        f"<details open><summary><b>{escape(name)}</b> ({len(rows)})</summary>"
        f"{_table(rows)}</details>"
        for name, rows in _sections(record).items()
    )
    label = escape(f"{record.table} / {record.id}")
    return (
        f"{STYLE}<article class='eastflank' aria-label='{label}'><h3>{escape(title)}</h3>"
        f"<code>{label}</code><table>{facts}</table>{sections}</article>"
    )


def _sections(record: Record) -> dict[str, pd.DataFrame]:
    """Return what belongs to a record, by name, as cells of text,
    without what every row repeats of the record itself.
    """
    every = {
        **record.related,
        "evidence": record.evidence[EVIDENCE_SHOWN],
        "conflicts": record.conflicts,
    }
    shown = {name: _as_text(rows) for name, rows in every.items() if len(rows)}
    return {
        name: rows.loc[:, (rows != "").any() & (rows != record.id).any() & (rows != "False").any()]
        for name, rows in shown.items()
    }


def _facts(row: pd.Series) -> pd.Series:
    """Return the cells of a record's row as text, without the empty ones and the id,
    which the heading has.
    """
    cells = _as_text(row.to_frame().T).iloc[0]
    return cells[(cells != "") & (cells != row.name)]


def _as_text(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows as text for the eye: a missing value is its reason in brackets,
    and the typed parts of dates are left out.
    """
    names = [
        name
        for name in rows.columns
        if not name.endswith(("_earliest", "_latest", "_precision", "_missing"))
    ]
    return pd.DataFrame(
        {
            name: [_words(row[name], row.get(f"{name}_missing")) for row in rows.to_dict("records")]
            for name in names
        },
        index=rows.index,
    )


def _words(value: object, reason: object = None) -> str:
    if pd.isna(value):
        return f"({reason})" if isinstance(reason, str) else ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return number_text(value, grouped=True) if isinstance(value, float) else str(value)


def _table(rows: pd.DataFrame) -> str:
    heads = "".join(f"<th scope='col'>{escape(name)}</th>" for name in rows.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>"
        for row in rows.itertuples(index=False)
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _cell(words: str) -> str:
    return f"<i>{escape(words)}</i>" if words.startswith("(not-") else escape(words)
