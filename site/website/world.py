"""The dataset as pages need it: rows of text, grouped once by the records that they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import pandas as pd

from eastflank.claims import key_of
from eastflank.reader import Dataset
from eastflank.records import PARTS
from eastflank.titles import titles
from eastflank.words import number_text, when

Row = dict[str, str]
"""A row of a table as text: a missing cell is empty, and its reason is under `<column>_missing`."""

SINGULAR = {
    "commitments": "Commitment",
    "targets": "Target",
    "milestones": "Turn",
    "observations": "Observation",
    "events": "Event",
    "watchpoints": "Watchpoint",
    "actors": "Actor",
    "memberships": "Membership",
    "places": "Place",
    "sources": "Source",
    "evidence": "Statement",
    "corpora": "Corpus",
}
"""What a record of each table is called on a page."""

TYPED = ("_earliest", "_latest", "_precision", "_missing", "_low", "_high")
"""Endings of columns that belong to another column and are not shown beside it."""


def cells(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a table as text for the eye."""
    if frame.empty:
        return []
    columns = {str(name): _words(frame[name]) for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _words(column: pd.Series) -> list[str]:
    if pd.api.types.is_datetime64_any_dtype(column):
        return column.dt.strftime("%Y-%m-%d").fillna("").tolist()
    if pd.api.types.is_bool_dtype(column):
        return ["" if pd.isna(each) else "yes" if each else "no" for each in column]
    if pd.api.types.is_numeric_dtype(column):
        return ["" if pd.isna(each) else number_text(each, grouped=True) for each in column]
    return column.astype("object").where(column.notna(), "").astype("str").tolist()


def grouped(rows: Iterable[Row], *columns: str) -> dict[str, list[Row]]:
    """Return rows by the value of a column, or of several: once for each value that it has."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for value in dict.fromkeys(row[column] for column in columns):
            if value:
                found[value].append(row)
    return found


class World:
    """All tables of a dataset as rows of text, and where each record has its page."""

    def __init__(self, data: Dataset):
        self.data = data
        self._grouped: dict[tuple[str, str], Any] = {}
        self.version, self.closing = data.version, f"{data.closing:%Y-%m-%d}"
        self.tables = {name: cells(data.frames[name]) for name in data.names}
        self.codebook = data.codebook()
        self.columns = {
            (each["table"], each["column"]): each for each in self.codebook.to_dict("records")
        }
        self.references = {name: data.references(name) for name in data.names}
        self.labels = {(row["codelist"], row["code"]): row for row in self.tables["codes"]}
        self.titles: dict[str, str] = titles(data).to_dict()
        self.table_of: dict[str, str] = {}
        self.row_of: dict[str, Row] = {}
        for name in data.with_records():
            for row in self.tables[name]:
                record_id = row[key_of(name)]
                self.table_of[record_id], self.row_of[record_id] = name, row

    # What a record is called.

    def title(self, record_id: str) -> str:
        """Return what a record is called on its page and in links to it."""
        return self.titles[record_id]

    def name(self, record_id: str) -> str:
        """Return what a record is called, or its id where there is no such record."""
        return self.titles.get(record_id, record_id)

    def label(self, table: str, column: str, code: str) -> str:
        """Return the label of a code in a column, or the code where the column has no list."""
        codelist = self.columns.get((table, column), {}).get("codelist", "")
        return self.labels.get((codelist, code), {}).get("label", code)

    def when(self, date: str) -> str:
        """Return a date as people write it; words that are no EDTF date are left as they are."""
        try:
            return when(date) if date else ""
        except ValueError:
            return date

    def shown(self, table: str) -> list[str]:
        """Return the columns of a table that a reader is to see, in their order."""
        names = [column for name, column in self.columns if name == table]
        return [name for name in names if not name.endswith(TYPED)]

    def parts(self, record_id: str) -> list[str]:
        """Return the ids of the targets and turns of a commitment; none of any other record."""
        return [row[key_of(name)] for name in PARTS for row in self.of(name, record_id)]

    def frame(self, table: str, column: str, value: str) -> pd.DataFrame:
        """Return the rows of a table, typed, that have a value in a column."""
        if (table, column) not in self._grouped:
            self._grouped[table, column] = self.data.frames[table].groupby(column, observed=True)
        groups = self._grouped[table, column]
        if value not in groups.groups:
            return self.data.frames[table].iloc[:0]
        return groups.get_group(value)

    # Rows by the record that they belong to.

    def of(self, table: str, record_id: str) -> list[Row]:
        """Return the rows of a table that refer to a record."""
        return self._referring[table].get(record_id, [])

    @cached_property
    def _referring(self) -> dict[str, dict[str, list[Row]]]:
        return {
            name: grouped(self.tables[name], *self.references[name]) for name in self.data.names
        }

    @cached_property
    def evidence(self) -> dict[str, list[Row]]:
        """What sources say of each record, the first known first."""
        rows = sorted(
            self.tables["evidence"], key=lambda row: (row["known_from"], row["evidence_id"])
        )
        return grouped(rows, "record_id")

    @cached_property
    def conflicts(self) -> dict[str, list[Row]]:
        """The fields on which sources differ, by record."""
        return grouped(self.tables["conflicts"], "record_id")

    @cached_property
    def spells(self) -> dict[str, list[Row]]:
        """The times in which each outcome was known to stand in one way, in order."""
        return grouped(self.tables["spells"], "outcome_id")

    @cached_property
    def corpora_of(self) -> dict[str, list[str]]:
        """The corpora whose passages make a commitment, by its id."""
        return {
            commitment_id: list(dict.fromkeys(row["corpus_id"] for row in rows))
            for commitment_id, rows in grouped(self.tables["passages"], "commitment_id").items()
        }

    @cached_property
    def actors_of(self) -> dict[str, dict[str, list[str]]]:
        """The actors of each commitment and event, by their role in it."""
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for table, key in (("commitment_actors", "commitment_id"), ("event_actors", "event_id")):
            for row in self.tables[table]:
                found[row[key]][row["role"]].append(row["actor_id"])
        return found
