"""States of knowledge: the dataset as some of its sources alone tell it, those that were public by a day, or a single one.

A record is known once a source that speaks to it is. A field shows what the record says if a known source reports that, or
if nobody reports the field by itself; else it shows what the known sources report, and nothing where they are silent. What
follows from the records, such as status, follows from what is known of them.
"""

import datetime
import re

import pandas as pd

from eastflank.claims import STATED, claims, speaking
from eastflank.derived import RECORDS, derive, newest

PARTS = {"event_actors": "events", "commitment_actors": "commitments"}
"""The tables whose rows are known with the record that they are a part of."""

BEFORE = {"events": "planned", "watchpoints": "open"}
"""The status of a record before any source reports another."""

EXPLAINED = {"date": "date_basis"}
"""The column of an event that says how its date is known, and has nothing to say where no date is."""

OUTCOME = ("resolved", "event_id")
"""What a watchpoint has only once it is resolved."""


def day(as_of) -> pd.Timestamp:
    """Return a day given as text or as a date; raise ValueError or TypeError where it is none."""
    if isinstance(as_of, str):
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", as_of, re.ASCII):
                return pd.Timestamp(datetime.date.fromisoformat(as_of))
        except ValueError:
            pass  # of this form, and yet no day of the calendar
        raise ValueError(f"as_of={as_of!r} is not a day; write it like 2025-06-30")
    if isinstance(as_of, datetime.date) and not pd.isna(as_of):
        return pd.Timestamp(as_of).normalize()
    raise TypeError(f"as_of={as_of!r} is not a day; give text like 2025-06-30, or a date")


def known(
    tables: dict[str, pd.DataFrame], as_of: pd.Timestamp | None, stated_by: str | None
) -> dict[str, pd.DataFrame]:
    """Return the tables as they are known from the sources public by a day, or from one source, or from both.

    `tables` are all tables as loaded. Each comes back with the same columns and types, and with the rows that are known;
    `actors`, `places` and `codes` come back as they are. The day of statuses is `as_of`, or else that of the newest source.
    """
    sources = tables["sources"]
    if as_of is not None:
        sources = sources[sources["known_from"] <= as_of]
    if stated_by is not None:
        sources = sources[sources["source_id"] == stated_by]
    until = newest(sources) if as_of is None else as_of
    told = derive(_told(tables, sources, until), until)
    return {name: _like(told[name], whole) for name, whole in tables.items()}


def _told(
    tables: dict[str, pd.DataFrame], sources: pd.DataFrame, until: pd.Timestamp
) -> dict[str, pd.DataFrame]:
    """Return the tables with those records that the sources speak to, and of them what the sources report."""
    ids = sources["source_id"]
    told = tables | {"sources": sources}
    for name in ("evidence", "observations"):
        told[name] = tables[name][tables[name]["source_id"].isin(ids)]
    spoken = speaking(told)
    for name in RECORDS:
        records = tables[name]
        told[name] = records[
            records.iloc[:, 0].isin(spoken.loc[spoken["table"] == name, "record_id"])
        ].copy()
    # A source may foretell a promise, which is none before it is made.
    ahead = told["commitments"].loc[told["commitments"]["date_earliest"] > until, "commitment_id"]
    for name in ("commitments", "targets", "milestones"):
        told[name] = told[name][~told[name]["commitment_id"].isin(ahead)]
    for name, whole in PARTS.items():
        key = told[whole].columns[0]
        told[name] = tables[name][tables[name][key].isin(told[whole][key])]
    said = claims(tables)
    said = said[said["table"].isin(RECORDS)]
    said = said.assign(is_known=said["source_id"].isin(ids))
    is_status = (said["field"] == "status") & said["table"].isin(BEFORE)
    for (table, column), reports in _to_show(said[~is_status]).groupby(
        ["table", "column"], observed=True
    ):
        if column in told[table].columns:
            _show(told[table], column, reports.set_index("record_id"))
    _show_statuses(told, said[is_status], until)
    return told


def _to_show(said: pd.DataFrame) -> pd.DataFrame:
    """Return for each cell that says what no known source reports the report to be shown instead, empty where there is none.

    One row a cell, with its `column` and the columns of the report. What was stated first is then what the earliest known
    source reports; what the evidence supports, what the first or else the most reliable known one does.
    """
    cell = ["table", "record_id", "field"]
    said = said.assign(
        borne_out=said["is_known"] & (said["said"] == said["cell"]),
        stated_so=said["is_known"]
        & (said["said"] == said["stated"])
        & (said["stance"] == "states"),
        is_other=said["stance"] != "states",
    )
    groups = said.groupby(cell, observed=True)
    unsure = ~groups["is_known"].transform("all")
    shown = []
    for column, holds, order in (
        ("", "borne_out", ["is_other", "reliability", "known_from"]),
        (STATED, "stated_so", ["known_from"]),
    ):
        reports = said[unsure & ~groups[holds].transform("any")]
        known = reports[reports["is_known"]].sort_values(order).drop_duplicates(cell)
        silent = reports.loc[~reports["is_known"], cell].drop_duplicates()
        best = pd.concat([known, silent]).drop_duplicates(cell)
        shown.append(best.assign(column=column + best["field"]))
    return pd.concat(shown)


def _show(records: pd.DataFrame, column: str, reports: pd.DataFrame):
    """Put reports, by record, into the cells of a column and those that go with it; where one is empty, that nobody states it."""
    rows = records.index[records.iloc[:, 0].isin(reports.index)]
    reports = reports.reindex(records.iloc[:, 0][rows]).set_axis(rows)
    silent, missing = rows[reports["reported"].isna()], f"{column}_missing"
    if missing in records.columns and "not-stated" in records[missing].cat.categories:
        records.loc[silent, missing] = "not-stated"
        if EXPLAINED.get(column) in records.columns:
            records.loc[silent, EXPLAINED[column]] = None
            records.loc[silent, f"{EXPLAINED[column]}_missing"] = "not-applicable"
    else:
        rows = rows.difference(silent)
    heard = rows.difference(silent)
    if missing in records.columns:
        records.loc[heard, missing] = None
    typed = "_number" if pd.api.types.is_numeric_dtype(records[column]) else ""
    for part in _parts(records, column):
        records.loc[rows, part] = reports.loc[
            rows, f"reported{part.removeprefix(column) or typed}"
        ].astype(records[part].dtype)


def _parts(records: pd.DataFrame, field: str) -> list[str]:
    """Return a field and, where it is a date, the columns that the build makes of it."""
    return [
        name
        for name in (field, *(f"{field}_{end}" for end in ("earliest", "latest", "precision")))
        if name in records.columns
    ]


def _show_statuses(told: dict[str, pd.DataFrame], reports: pd.DataFrame, until: pd.Timestamp):
    """Put the newest known status into the rows of events and watchpoints: nothing has come about before its time."""
    for table, before in BEFORE.items():
        records = told[table]
        ids = records.iloc[:, 0]
        of_table = reports[reports["table"] == table]
        heard = of_table[of_table["is_known"] & (of_table["stance"] == "states")].sort_values(
            "known_from"
        )
        latest = heard.drop_duplicates("record_id", keep="last").set_index("record_id")["reported"]
        shown = latest.reindex(ids).set_axis(ids.index).fillna(before)
        reported = ids.isin(of_table["record_id"])
        if table == "events":
            ahead = (records["status"] == "occurred") & (records["date_earliest"] > until)
            shown = shown.mask(ahead, before)
            reported |= ahead
        changed = reported & (shown != records["status"].astype("str"))
        records.loc[changed, "status"] = shown[changed]
        for column in OUTCOME if table == "watchpoints" else ():
            for part in _parts(records, column):
                records.loc[changed, part] = None
            records.loc[changed, f"{column}_missing"] = "not-applicable"


def _like(told: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the columns and types of another."""
    return told[list(whole.columns)].astype(whole.dtypes.to_dict()).reset_index(drop=True)
