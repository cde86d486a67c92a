"""States of knowledge: the dataset as some of its sources alone tell it.

These are the sources that were public by a day, or a single one, or both. A record is known once a
known source speaks to it that is no older than what it tells. A field shows what the record says if
a known source reports that, or if nobody reports just that of the field by itself; else it shows
what the known sources report, and nothing where they are silent. What follows from the records,
such as status, follows from what is known of them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from eastflank.claims import (
    FIELD,
    STATED,
    claims,
    confirming,
    key_of,
    speaking,
    under,
    with_voices,
)
from eastflank.codelists import Credibility, EventStatus, MissingReason, WatchpointStatus
from eastflank.derived import MADE, RECORDS, Derived, derive, with_known_from
from eastflank.lazy import Lazy
from eastflank.text import by_python

OUTSIDE = ("actors", "places", "codes", "corpora", "passages", "reliability", "retired")
"""The tables that are the same whoever speaks and whenever."""

PARTS = {"event_actors": "events", "commitment_actors": "commitments"}
"""The tables whose rows are known with the record that they are a part of."""

BEFORE = {"events": EventStatus.PLANNED, "watchpoints": WatchpointStatus.OPEN}
"""The status of a record before any source reports another."""

EXPLAINED = {"date": "date_basis"}
"""The column that says how a date is known, and has nothing to say where no date is."""

OUTCOME = ("resolved", "event_id")
"""What a watchpoint has only once it is resolved."""

POINTING = {
    "targets": {"component_of": "targets"},
    "events": {"part_of": "events"},
    "commitments": {"event_id": "events"},
    "watchpoints": {"event_id": "events"},
}
"""The columns that may point to a record that is not known yet, and then point to none."""

REPORTED = [f"reported{end}" for end in ("", "_number", "_low", "_high")]
REPORTED += [f"reported_{end}" for end in ("earliest", "latest", "precision")]
"""The columns of evidence that say what a source reports."""

NEVER_EMPTY = ("summary", "resolves_when", "date", "horizon")
"""The fields that say something of every record, and that not every source bears out."""


def day_of(said: object, name: str = "as_of") -> pd.Timestamp:
    """Return a day given as text or as a date, as the argument of a name.

    Raises ValueError or TypeError where it is none, or has a time or a time zone to it.
    """
    if isinstance(said, str):
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", said, re.ASCII):
                return pd.Timestamp(datetime.date.fromisoformat(said))
        except ValueError:
            pass  # of this form, and yet no day of the calendar
        raise ValueError(f"{name}={said!r} is not a day; write it like 2025-06-30")
    if isinstance(said, np.datetime64):
        said = pd.Timestamp(said)
    if isinstance(said, datetime.date) and not pd.isna(said):
        if getattr(said, "tzinfo", None) is not None:
            raise ValueError(
                f"{name}={said!r} has a time zone; days here have none, write it like 2025-06-30"
            )
        return pd.Timestamp(said).normalize()
    raise TypeError(f"{name}={said!r} is not a day; give text like 2025-06-30, or a date")


def known(
    tables: Mapping[str, pd.DataFrame],
    as_of: pd.Timestamp | None,
    stated_by: str | None,
    closing: pd.Timestamp,
    said: pd.DataFrame | None = None,
) -> Mapping[str, pd.DataFrame]:
    """Return the tables as they are known from the sources public by a day, or from one source.

    `tables` are all tables as loaded, and `closing` is the day on which the dataset closes. Each
    table comes back with the same columns and types, and with the rows that are known.
    The day of statuses is `as_of`, or else that on which the source was public. Who asks for many
    states gives tables that were made `quick`, and `said`, which is what `claims` makes of them.
    """
    tables = quick(tables)
    sources = tables["sources"]
    if as_of is not None:
        sources = sources[sources["known_from"] <= as_of]
    if stated_by is not None:
        sources = sources[sources["source_id"] == stated_by]
    until = as_of if as_of is not None else sources["known_from"].max()
    told = _known_records(tables, sources, until, stated_by is not None)
    said = claims(tables) if said is None else said
    statuses = _show_reports(said, told, sources["source_id"])
    spoken = speaking(told)
    _show_statuses(told, statuses, spoken, until)
    _show_ends(told["memberships"], until)
    _show_credibility(told, said.drop(statuses.index))
    if stated_by is not None:
        _blank_what_is_not_borne_out(told, said)
    if stated_by is not None or until < closing:
        _without_hindsight(told)
    return _loaded(derive(told, until, spoken), tables.types)


def quick(tables: Mapping[str, pd.DataFrame]) -> Quick:
    """Return tables whose text is kept by Python: small ones are joined and sought in sooner so."""
    if isinstance(tables, Quick):
        return tables
    kept = {name: tables[name] for name in tables if name not in MADE}
    return Quick(
        {name: by_python(table) for name, table in kept.items()},
        Lazy(tables, lambda name: tables[name].dtypes.to_dict()),
    )


class Quick(dict):
    """Tables whose text is kept by Python, but for those that are made of the others; `types` are
    those that the columns of all have.
    """

    def __init__(self, tables: dict[str, pd.DataFrame], types: Mapping[str, dict]):
        super().__init__(tables)
        self.types = types


def _loaded(derived: Derived, types: Mapping[str, dict]) -> Lazy[pd.DataFrame]:
    """Return the tables of a state of knowledge, typed as they are loaded."""

    def loaded(name: str) -> pd.DataFrame:
        made = derived.table(name)
        return made[list(types[name])].astype(types[name]).reset_index(drop=True)

    return Lazy(types, loaded)


def _known_records(
    tables: Mapping[str, pd.DataFrame], sources: pd.DataFrame, until: pd.Timestamp, by_one: bool
) -> dict[str, pd.DataFrame]:
    """Return the tables with those records that the sources show by a day; `by_one` of them."""
    told = {**tables, "sources": sources}
    if by_one:
        for name in ("evidence", "observations"):
            told[name] = tables[name][tables[name]["source_id"].isin(sources["source_id"])]
        told = with_known_from(told, speaking(told))
    # Else the sources are all that were public by the day, and among them is the first that shows
    # a record if it was known by then: the day from which it is known is that of all sources.
    told["sources"] = with_voices(told)
    _keep_what_is_known(told, until)
    _keep_their_parts(told)
    _point_to_nothing_ahead(told, tables)
    return told


def _keep_what_is_known(told: dict[str, pd.DataFrame], until: pd.Timestamp) -> None:
    """Keep the records that were known by a day; a part only with the commitment that it is of."""
    known = {
        name: told[name]["known_from"] <= until for name in (*RECORDS, "evidence", "observations")
    }
    for name in ("targets", "milestones"):
        ids = told["commitments"].loc[known["commitments"], "commitment_id"]
        known[name] &= told[name]["commitment_id"].isin(ids)
    for name, rows in known.items():
        told[name] = told[name][rows].copy()


def _keep_their_parts(told: dict[str, pd.DataFrame]) -> None:
    """Keep who had a part in what is kept, as far as its source is known, and the links in it."""
    for name, whole in PARTS.items():
        parts, key = told[name], key_of(whole)
        named = parts["source_id"].isna() | parts["source_id"].isin(told["sources"]["source_id"])
        told[name] = parts[named & parts[key].isin(told[whole][key])].copy()
    ids, links = told["commitments"]["commitment_id"], told["commitment_links"]
    told["commitment_links"] = links[links["commitment_id"].isin(ids) & links["other_id"].isin(ids)]


def _point_to_nothing_ahead(
    told: dict[str, pd.DataFrame], tables: Mapping[str, pd.DataFrame]
) -> None:
    """Empty the cells that point to a record that is not known yet, with a reason."""
    for name, columns in POINTING.items():
        for column, table in columns.items():
            ahead = told[name][column].notna()
            ahead &= ~told[name][column].isin(told[table][key_of(table)])
            told[name].loc[ahead, column] = None
            told[name].loc[ahead, f"{column}_missing"] = _reason(tables[name], column)


def _reason(records: pd.DataFrame, column: str) -> str:
    """Return why a column that points to nothing yet does so, in a word that it takes."""
    given = records[f"{column}_missing"].dropna().astype("str")
    return given.mode().get(0, MissingReason.NOT_APPLICABLE)


def _show_reports(
    said: pd.DataFrame, told: dict[str, pd.DataFrame], ids: pd.Series
) -> pd.DataFrame:
    """Put what the known sources report into the fields that they report otherwise or not at all.

    Return the reports of statuses, which are shown otherwise.
    """
    said = said[said["record_table"].isin(RECORDS)]
    said = said.assign(is_known=said["source_id"].isin(ids))
    is_status = (said["field"] == "status") & said["record_table"].isin(BEFORE)
    shown = _to_show(said[~is_status])
    shown = shown[["record_table", "record_id", "column", *REPORTED]]
    for (table, column), reports in shown.groupby(["record_table", "column"], observed=True):
        if column in told[table].columns:
            _show(told[table], table, column, reports.set_index("record_id"))
    return said[is_status]


def _to_show(said: pd.DataFrame) -> pd.DataFrame:
    """Return what to show in each cell that says what no known source reports.

    One row a cell, with its `column` and the columns of the report, which are empty where no known
    source reports the field. What was stated first is then what the earliest known source reports;
    what the evidence supports, what the first or else the most reliable known one does.
    """
    borne_out = said["said"] == said["cell"]
    stated_so = (said["said"] == said["stated"]) & (said["stance"] == "states")
    said = said.assign(is_other=said["stance"] != "states")
    supported = _instead(said, borne_out, ["is_other", "reliability", "known_from"])
    stated = _instead(said, stated_so, ["known_from"])
    return pd.concat(
        [
            supported.assign(column=supported["field"]),
            stated.assign(column=STATED + stated["field"]),
        ]
    )


def _instead(said: pd.DataFrame, holds: pd.Series, order: list[str]) -> pd.DataFrame:
    """Return for each field of which no known report `holds` the first known one in an `order`.

    Where none is known, the row has no report if one that is not known yet holds: then the record
    says what only that one told. Where none holds at all, the record has it from those that speak
    to it as a whole, and shows it. Fields of which all reports are known are left out.
    """
    field = [said[name] for name in FIELD]
    all_known = said["is_known"].groupby(field, observed=True).transform("all")
    shown = (holds & said["is_known"]).groupby(field, observed=True).transform("any")
    reports = said[~all_known & ~shown]
    known = reports[reports["is_known"]].sort_values(order)
    silent = reports.loc[~reports["is_known"] & holds, FIELD]
    return pd.concat([known, silent]).drop_duplicates(FIELD)


def _show(records: pd.DataFrame, table: str, column: str, reports: pd.DataFrame) -> None:
    """Put reports, by record, into the cells of a column and into those that go with it.

    Where a report is empty, the cell says that nobody states it.
    """
    key = key_of(table)
    rows = records.index[records[key].isin(reports.index)]
    reports = reports.reindex(records.loc[rows, key]).set_axis(rows)
    silent = reports["reported"].isna()
    if f"{column}_missing" in records.columns:
        _say_why(records, column, silent=rows[silent], heard=rows[~silent])
    else:
        # What cannot be empty stays as it is where nobody is heard.
        reports = reports[~silent]
    _fill_in(records, column, reports)


def _say_why(records: pd.DataFrame, column: str, silent: pd.Index, heard: pd.Index) -> None:
    """Say of cells why they are empty, or that they are not, and take away what explains them."""
    records.loc[heard, f"{column}_missing"] = None
    records.loc[silent, f"{column}_missing"] = MissingReason.NOT_STATED
    explained = EXPLAINED.get(column)
    if explained is not None and explained in records.columns:
        records.loc[silent, explained] = None
        records.loc[silent, f"{explained}_missing"] = MissingReason.NOT_APPLICABLE


def _fill_in(records: pd.DataFrame, column: str, reports: pd.DataFrame) -> None:
    """Put reports, by row, into a column and the columns that the build makes of it."""
    number = "_number" if pd.api.types.is_numeric_dtype(records[column]) else ""
    for part in _parts(records, column):
        end = part.removeprefix(column) or number
        if f"reported{end}" in reports.columns:
            values = reports[f"reported{end}"].astype(records[part].dtype)
            records.loc[reports.index, part] = values


def _parts(records: pd.DataFrame, field: str) -> list[str]:
    """Return a field and the columns that the build makes of it."""
    ends = ("earliest", "latest", "precision", "low", "high")
    names = (field, *(f"{field}_{end}" for end in ends))
    return [name for name in names if name in records.columns]


def _show_statuses(
    told: dict[str, pd.DataFrame],
    reports: pd.DataFrame,
    spoken: pd.DataFrame,
    until: pd.Timestamp,
) -> None:
    """Put the newest known status into events and watchpoints: nothing comes before its time."""
    for table, before in BEFORE.items():
        records = told[table]
        ids = records[key_of(table)]
        of_table = reports[reports["record_table"] == table]
        heard = of_table[of_table["is_known"] & (of_table["stance"] == "states")]
        heard = heard.sort_values("known_from").drop_duplicates("record_id", keep="last")
        latest = under(ids, heard.set_index("record_id")["reported"])
        reported = ids.isin(of_table["record_id"])
        shown = latest.fillna(str(before)).where(reported, records["status"].astype("str"))
        if table == "events":
            ahead = (shown == EventStatus.OCCURRED) & ~_has_been_seen(told["events"], spoken, until)
        else:
            ahead = (shown == WatchpointStatus.LAPSED) & ~(records["horizon_latest"] < until)
        shown = shown.mask(ahead, str(before))
        changed = shown != records["status"].astype("str")
        records.loc[changed, "status"] = shown[changed]
        for column in OUTCOME if table == "watchpoints" else ():
            for part in _parts(records, column):
                records.loc[changed, part] = None
            records.loc[changed, f"{column}_missing"] = MissingReason.NOT_APPLICABLE


def _has_been_seen(events: pd.DataFrame, spoken: pd.DataFrame, until: pd.Timestamp) -> pd.Series:
    """Return of which events a known source could tell that they had come about."""
    spoken = spoken[spoken["record_table"] == "events"]
    newest = under(events["event_id"], spoken.groupby("record_id")["known_from"].max())
    began = events["date_earliest"]
    return began.isna() | ((newest >= began) & (began <= until))


def _show_ends(memberships: pd.DataFrame, until: pd.Timestamp) -> None:
    """Let a membership last whose end is still to come."""
    lasts = memberships["until_earliest"] > until
    for part in _parts(memberships, "until"):
        memberships.loc[lasts, part] = None
    memberships.loc[lasts, "until_missing"] = MissingReason.NOT_APPLICABLE


def _show_credibility(told: dict[str, pd.DataFrame], said: pd.DataFrame) -> None:
    """Let evidence count as confirmed only once a second origin is known that bears it out."""
    evidence = told["evidence"]
    known = said[said.index.isin(evidence.index)]
    alone = confirming(evidence, known, told["sources"]) < 2
    first = evidence["credibility"] == Credibility.CONFIRMED
    evidence.loc[first & alone, "credibility"] = Credibility.PROBABLY_TRUE


def _blank_what_is_not_borne_out(told: dict[str, pd.DataFrame], said: pd.DataFrame) -> None:
    """Empty the fields of records that nothing which a source says bears out.

    Where it speaks to single fields only, what can be empty is, unless it reports just that; where
    it speaks to the whole, a text is of which another has another version. Ids, titles and codes
    stay, as they name the record.
    """
    differs = said[said["said"] != said["cell"]]
    differs = pd.MultiIndex.from_frame(differs[["record_id", "field"]])
    evidence = told["evidence"]
    as_a_whole = evidence["field"].isna() & (evidence["stance"] != "contradicts")
    whole = set(evidence.loc[as_a_whole, "record_id"])
    reported = pd.MultiIndex.from_frame(evidence.dropna(subset="field")[["record_id", "field"]])
    for table in RECORDS:
        records = told[table]
        ids = records[key_of(table)]
        partly = ~ids.isin(whole)
        named = [name.removesuffix("_missing") for name in records if name.endswith("_missing")]
        always = [name for name in NEVER_EMPTY if name in records and name not in named]
        for column in (*named, *always):
            if column in POINTING.get(table, {}) or column in ("target_id", "actor_id"):
                continue
            cells = pd.MultiIndex.from_arrays([ids, pd.Series(column, ids.index)])
            other = cells.isin(differs) & (column in always)
            silent = (partly | other) & ~cells.isin(reported)
            for part in _parts(records, column):
                records.loc[silent, part] = None
            if column in named:
                records.loc[silent, f"{column}_missing"] = MissingReason.NOT_STATED


def _without_hindsight(told: dict[str, pd.DataFrame]) -> None:
    """Take away what only those know who look back: notes, and when a record was looked for."""
    for name, table in told.items():
        if name not in OUTSIDE and "note" in table.columns:
            told[name] = table.assign(note=None)
    commitments = told["commitments"].copy()
    for part in _parts(commitments, "last_checked"):
        commitments[part] = None
    commitments["last_checked_missing"] = MissingReason.NOT_FOUND
    told["commitments"] = commitments
