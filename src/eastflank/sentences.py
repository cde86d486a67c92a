"""One sentence a record: what was promised, by whom, for when, and what came of it.

Cards, pages and charts all take their words from here, so that they cannot differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from eastflank.asked import asked
from eastflank.claims import key_of
from eastflank.codelists import (
    Basis,
    CommitmentRole,
    Confidence,
    EventStatus,
    Standing,
    Timing,
)
from eastflank.outcomes import LASTING
from eastflank.reader import STATES_KEPT, Dataset, default
from eastflank.search import resolve
from eastflank.titles import refuse_another_shape, titles
from eastflank.words import at, listed, plural, when

CAME: dict[str, str] = {
    Standing.MET: "it was met",
    Standing.PARTLY_MET: "it was met in part",
    Standing.MISSED: "it was missed",
    Standing.REVERSED: "it was met and later undone",
    Standing.UPHELD: "it has been kept so far",
    Standing.BROKEN: "it was broken",
    Standing.WITHDRAWN: "it was taken back",
    Standing.SUPERSEDED: "another promise took its place",
    Standing.OVERDUE: "its date has passed and it is still undone",
    Standing.UNVERIFIED: "its date has passed and no source since tells what came of it",
    Standing.PENDING: "it is still open",
}
"""What came of a promise, in words that end a sentence."""

SHARES: dict[str, str] = {
    Standing.MET: "met",
    Standing.PARTLY_MET: "met in part",
    Standing.MISSED: "missed",
    Standing.REVERSED: "met and undone",
    Standing.UPHELD: "kept so far",
    Standing.BROKEN: "broken",
    Standing.WITHDRAWN: "taken back",
    Standing.SUPERSEDED: "replaced",
    Standing.OVERDUE: "overdue",
    Standing.UNVERIFIED: "past due and unverified",
    Standing.PENDING: "still open",
}
"""The same, after a count of parts."""

IN_TIME: dict[str, str] = {Timing.EARLY: "early", Timing.IN_TIME: "in time", Timing.LATE: "late"}

OCCURRED = EventStatus.OCCURRED

PARTED = ("outcome", "target", "commitment")
"""What outcomes may be asked for by, the narrowest first."""

VAGUE = ("allies", "leaders", "partners", "supporters", "signatories")
"""Words at the head of a title that name its promisors without their names."""

_TO_DO = re.compile(r"(?P<head>[^:]+?)(?P<colon>:?) to (?P<deed>[a-z].*)")
"""A title that says who is to do something, or under what name something is to be done."""


@asked
def headline(record_id: str, *, as_of: object = None, data: Dataset | None = None) -> str:
    """Return a record in one sentence.

    Of a commitment, a target or an outcome it says what was promised, by whom, for when, and what
    came of it; of an event what happened, and when; of others what they are called. `as_of` gives
    it as it was known on a day. `record_id` may be an actor's name, as for `record`. `data` is the
    dataset, else the installed one. Raises ValueError where there is no such record, or it was not
    known on that day.

    >>> headline("deu-third-patriot")[:63]
    'Germany promised on 13 April 2024 to give Ukraine a third Patri'
    """
    data = (data or default()).at(as_of)
    refuse_another_shape(data)
    record_id, own = outcomes_of(record_id, data)
    if len(own):
        return _of_outcomes(data, own)
    data.refuse_not_known(record_id)
    table = data.table_of(record_id)
    rows = data.frames[table]
    rows = rows[rows[data.key(table)[0]] == record_id]
    return _of_another(data, table, rows.iloc[0])


def outcomes_of(name: str, data: Dataset) -> tuple[str, pd.DataFrame]:
    """Return the id that a name means, and the outcomes that it is one of, or of which it is the
    target or the commitment; none where it is something else.

    Raises ValueError where there is neither an outcome nor a record of that name.
    """
    outcomes = _narrow(data, "outcomes")
    # What one of several promisors owes is an outcome, and no record.
    is_outcome = outcomes["outcome_id"].eq(name).any()
    record_id = name if is_outcome else resolve(name, data)
    found = [outcomes[outcomes[f"{part}_id"] == record_id] for part in PARTED]
    return record_id, next((rows for rows in found if len(rows)), outcomes.iloc[:0])


def came_of(outcome: pd.Series) -> str:
    """Return what came of one outcome, a row of `outcomes`, in words that end a sentence.

    >>> row = {"standing": "met", "reached": "2025", "timing_current": "late", "basis": "promisor"}
    >>> came_of(pd.Series(row | {"timing_first": "late", "confidence": "single"}))
    "it was met in 2025, late, by the promisor's own word"
    """
    standing: str = outcome["standing"]
    words = CAME[standing]
    if standing == Standing.PENDING:
        if outcome["timing_current"] == Timing.NOT_DUE:
            words = "its date is still to come"
        elif outcome["timing_current"] == Timing.NOT_APPLICABLE:
            words = "no source tells yet whether it is kept"
    if standing in (Standing.MET, Standing.REVERSED) and pd.notna(outcome["reached"]):
        words = words.replace("it was met", f"it was met {at(outcome['reached'])}", 1)
    timing, first = outcome["timing_current"], outcome["timing_first"]
    if standing == Standing.MET and timing in IN_TIME:
        words += f", {IN_TIME[timing]}"
        if first == Timing.LATE and timing != Timing.LATE:
            words += " by the new date and late by the first"
    if standing == Standing.PARTLY_MET and timing == Timing.PASSED:
        words += ", and its date has passed"
    if outcome["confidence"] == Confidence.WEAK:
        words += ", by weak sources alone"
    elif outcome["basis"] == Basis.PROMISOR:
        words += ", by the promisor's own word"
    elif outcome["basis"] == Basis.ESTIMATE:
        words += ", by an estimate"
    return words + _though([outcome.get("reported")])


def _though(reported: Iterable[object]) -> str:
    """Return what weak sources alone report of each outcome, which does not decide, or nothing."""
    every = pd.Series(list(reported), dtype="object")
    counts = _counts(every.dropna())
    if not counts:
        return ""
    told = _each_is(counts)
    if len(every) in counts.values():
        told = [f"{'it is' if len(every) == 1 else 'all are'} {next(iter(counts))}"]
    return f", though weak sources alone say that {listed(told, len(told))}"


def _counts(standings: pd.Series) -> dict[str, int]:
    """Return how many there are of each standing, in words, in the order of the codelist."""
    counts = standings.astype("str").value_counts()
    return {SHARES[code]: int(counts[code]) for code in map(str, Standing) if code in counts}


def _each_is(counts: dict[str, int]) -> list[str]:
    return [f"{count} {'is' if count == 1 else 'are'} {it}" for it, count in counts.items()]


def promisors(data: Dataset, commitment_id: str) -> list[str]:
    """Return the names of those who undertook a commitment, in the order of the alphabet."""
    parts = data.frames["commitment_actors"]
    own = parts["commitment_id"] == commitment_id
    ids = parts.loc[own & (parts["role"] == CommitmentRole.PROMISOR), "actor_id"]
    return sorted(titles(data).loc[list(ids)])


_NEEDED = {
    "outcomes": ["outcome_id", "target_id", "commitment_id", "actor_id", "standing", "reached"]
    + ["timing_first", "timing_current", "basis", "confidence", "reported"],
    "commitments": ["commitment_id", "title", "date", "form"],
    "targets": ["target_id", "commitment_id", "title", "form", "component_of", "due"]
    + ["current_due", "current_due_earliest", "current_due_latest"],
}
"""What of each table a sentence needs."""


@lru_cache(len(_NEEDED) * STATES_KEPT)
def _narrow(data: Dataset, table: str) -> pd.DataFrame:
    """Return a table with no more columns than are needed, to be searched many times."""
    return data.frames[table][_NEEDED[table]].astype("object")


def _of_outcomes(data: Dataset, own: pd.DataFrame) -> str:
    """Return the sentence of a commitment of which some outcomes are asked for."""
    commitment_id = own["commitment_id"].iloc[0]
    commitments, targets = _narrow(data, "commitments"), _narrow(data, "targets")
    row = commitments[commitments["commitment_id"] == commitment_id].iloc[0]
    every = targets[targets["commitment_id"] == commitment_id]
    aims = every[every["target_id"].isin(own["target_id"])]
    is_part = len(aims) == 1 and len(every) > 1
    within = own.iloc[:0]
    if len(aims) > 1:
        # What is part of another target is counted with that.
        aims = aims[aims["component_of"].isna()]
        within = own[~own["target_id"].isin(aims["target_id"])]
        own = own.drop(within.index)
    said = _promised(data, row)
    if is_part:
        said += f", of this “{aims['title'].iloc[0]}”"
    if len(own) == 1 and own["actor_id"].notna().all():
        said += f", as far as it is {titles(data)[own['actor_id'].iloc[0]]}'s"
    came = f"{_came(own)}{_apart(within, own)}"
    return f"{said}{_due(aims, [row['form'], *aims['form']])}; {came}."


def _promised(data: Dataset, row: pd.Series) -> str:
    """Return who promised what, and on what day."""
    names = promisors(data, row["commitment_id"])
    who, title = listed(names, 4), row["title"]
    day = at(row["date"]) if pd.notna(row["date"]) else ""
    # What was promised by a day had been promised before it.
    promised = f"{'had ' * day.startswith('by ')}promised {day}".strip()
    match = _TO_DO.fullmatch(title)
    if match is None:
        return f"{who} {promised}: “{title}”" if names else f"“{title}” was promised {day}".strip()
    head, deed = match["head"], match["deed"]
    if match["colon"]:
        return f"{who or 'Some'} {promised} to {deed} ({head})"
    words = set(head.lower().split())
    if not names or all(name in head for name in names):
        return f"{head} {promised} to {deed}"
    if words & {*VAGUE, *" ".join(names).lower().split()}:
        return f"{who} {promised} to {deed}"
    return f"{who} {promised} for {head} to {deed}"


def _due(aims: pd.DataFrame, forms: Iterable[object]) -> str:
    """Return for when it was promised, and for when it now is."""
    dates = aims.dropna(subset="current_due")
    if dates.empty or any(form in LASTING for form in forms if isinstance(form, str)):
        return ""
    ends = dates["current_due_latest"].fillna(dates["current_due_earliest"])
    dates = dates.assign(ends=ends).sort_values("ends")
    if dates["current_due_earliest"].nunique() == 1:
        dates = dates.tail(1)  # the others say the same less exactly, or leave the end open
    now = list(dict.fromkeys(map(at, dates["current_due"])))
    if len(now) > 1:
        return f", due in parts, the first {now[0]} and the last {now[-1]}"
    first = list(dict.fromkeys(map(at, dates["due"].dropna())))
    if len(first) != 1 or first == now:
        return f", due {now[0]}"
    return f", due {first[0]} at first and {now[0]} since it was revised"


def _came(own: pd.DataFrame) -> str:
    """Return what came of one outcome, or of several together."""
    if len(own) == 1:
        return came_of(own.iloc[0])
    told = _each_is(_counts(own["standing"]))
    if len(told) == 1:
        said = told[0].replace("2 are", "both are", 1) if len(own) == 2 else f"all {told[0]}"
        return said + _though(own["reported"])
    by_actor = own["actor_id"].notna().all() and own["target_id"].nunique() == 1
    of = plural(len(own), "promisor" if by_actor else "part")
    return f"of {of}, {listed(told, len(told))}{_though(own['reported'])}"


def _apart(within: pd.DataFrame, own: pd.DataFrame) -> str:
    """Return what came of the parts within targets, where it is something else than of these."""
    if set(within["standing"]) <= set(own["standing"]):
        return ""
    told = _each_is(_counts(within["standing"]))
    return f"; of {plural(len(within), 'part')} within these, {listed(told, len(told))}"


def _of_another(data: Dataset, table: str, row: pd.Series) -> str:
    """Return an event, a question or anything else in one sentence."""
    title = titles(data).get(row[key_of(table)], f"A row of {table}")
    if table == "sources":
        return f"{title}, {row['publisher']}, {when(row['published'])}"
    if table not in ("events", "milestones") or pd.isna(row["date"]):
        return title
    status = f" ({row['status']})" if row.get("status", OCCURRED) != OCCURRED else ""
    return f"{title}, {at(row['date'])}{status}"
