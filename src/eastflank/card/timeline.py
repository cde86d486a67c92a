"""The time line of a commitment, drawn as SVG without any library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from eastflank.codelists import MilestoneKind
from eastflank.titles import labels
from eastflank.words import when

if TYPE_CHECKING:
    from eastflank.records import Record

GOOD = (MilestoneKind.MET, MilestoneKind.PARTLY_MET, MilestoneKind.UPHELD)
BAD = (
    MilestoneKind.MISSED,
    MilestoneKind.BROKEN,
    MilestoneKind.REVERSED,
    MilestoneKind.WITHDRAWN,
    MilestoneKind.DELAYED,
)
"""The kinds of milestones that are drawn as good or bad turns; the others are steps."""

TURN = ["kind", "date", "date_earliest", "date_latest", "known_from"]
AIM = ["current_due", "current_due_earliest", "current_due_latest"]
"""What of a turn and of a target is marked."""

LINE, KNOWN, HEIGHT = 40, 58, 92
"""How far down the line of the world lies, that of what was known, and how high it all is."""

APART = 18
"""How far apart labels are at least, in percent of the width, so that a phone has room for them."""


def timeline(record: Record) -> str:
    """Return the time line of a commitment: empty where there is nothing to put on it.

    Above is what happened: the promise, its milestones, the days on which it falls due, and the day
    on which the dataset closes. Below it, joined to it, is the day on which each became known.
    """
    marks = _marks(record)
    if marks["at"].nunique() < 2:
        return ""
    first, last = marks[["at", "known"]].min().min(), marks[["at", "known"]].max().max()
    span = (last - first) / pd.Timedelta(days=1)

    def place(day: pd.Timestamp) -> float:
        return round(4 + 92 * ((day - first) / pd.Timedelta(days=1)) / span, 2)

    words = f"Time line of {record.title}: " + "; ".join(marks["says"])
    return (
        f"<svg class='time' role='img' height='{HEIGHT}' width='100%'>"
        f"<title>{escape(words)}</title>"
        f"<line class='axis' x1='2%' x2='98%' y1='{LINE}' y2='{LINE}'/>"
        f"{_years(first, last, place)}{''.join(_drawn(marks, place))}"
        "</svg>"
    )


def _marks(record: Record) -> pd.DataFrame:
    """Return what is marked: its day, the day from which it was known, its sort, and words."""
    row, data = record.row, record.data
    kinds = labels("MilestoneKind", data)
    end = data.as_of if data.as_of is not None else data.closing
    marks = [(row["date_latest"], row["known_from"], "promise", f"promised, {when(row['date'])}")]
    turns = record.related.get("milestones", pd.DataFrame(columns=TURN))
    for turn in turns[TURN].itertuples():
        sort = "good" if turn.kind in GOOD else "bad" if turn.kind in BAD else "step"
        says = f"{kinds[turn.kind].lower()}, {when(turn.date)}"
        if turn.kind != MilestoneKind.ANNOUNCED:
            at = turn.date_latest if pd.notna(turn.date_latest) else turn.date_earliest
            marks.append((at, turn.known_from, sort, says))
    targets = record.related.get("targets", pd.DataFrame(columns=AIM))[AIM]
    for aim in targets.dropna(subset="current_due").drop_duplicates("current_due").itertuples():
        at = aim.current_due_latest
        at = at if pd.notna(at) else aim.current_due_earliest
        marks.append((at, pd.NaT, "due", f"due, {when(aim.current_due)}"))
    marks.append((end, pd.NaT, "closing", f"known until {when(end)}"))
    found = pd.DataFrame(marks, columns=["at", "known", "sort", "says"])
    return found.dropna(subset="at").sort_values("at", kind="stable", ignore_index=True)


def _drawn(marks: pd.DataFrame, place: Callable[[pd.Timestamp], float]) -> Iterator[str]:
    """Yield the marks, each with its words as its title."""
    labelled = float("-inf")
    for mark in marks.itertuples():
        x, sort, title = place(mark.at), mark.sort, f"<title>{escape(mark.says)}</title>"
        if sort not in ("due", "closing"):
            radius = 6 if sort == "promise" else 5
            known = _known(x, place(mark.known)) if pd.notna(mark.known) else ""
            circle = f"<circle cx='{x}%' cy='{LINE}' r='{radius}'/>"
            yield f"<g class='{sort}'>{title}{known}{circle}</g>"
            continue
        words, row, top = mark.says, 13, 4
        if sort == "due":
            # There is no room for two labels that are closer than this.
            words = f"due {mark.at.year}" if x - labelled > APART else ""
            row, top, labelled = 28, 18, x if words else labelled
        anchor, shift = ("start", 5) if x < 50 else ("end", -5)
        line = f"<line x1='{x}%' x2='{x}%' y1='{top}' y2='{LINE + 7}'/>"
        label = f"<text x='{x}%' y='{row}' dx='{shift}' text-anchor='{anchor}'>"
        label = f"{label}{escape(words)}</text>" if words else ""
        yield f"<g class='{sort}'>{title}{line}{label}</g>"


def _known(x: float, at: float) -> str:
    """Return the day from which something was known, joined to its place on the line."""
    return (
        f"<line x1='{x}%' y1='{LINE}' x2='{at}%' y2='{KNOWN}'/>"
        f"<circle class='known' cx='{at}%' cy='{KNOWN}' r='2.5'/>"
    )


def _years(first: pd.Timestamp, last: pd.Timestamp, place: Callable[[pd.Timestamp], float]) -> str:
    """Return the years under the line, as few as there is room for."""
    years = range(first.year + 1, last.year + 1)
    step = next((step for step in (1, 2, 5, 10, 20, 50) if len(years) <= 6 * step), 100)
    return "".join(
        f"<g class='year'><line x1='{x}%' x2='{x}%' y1='{LINE - 4}' y2='{LINE + 4}'/>"
        f"<text x='{x}%' y='{HEIGHT - 10}' text-anchor='middle'>{year}</text></g>"
        for year in years
        if year % step == 0
        for x in [place(pd.Timestamp(year, 1, 1))]
    )
