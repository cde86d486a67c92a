"""What became of commitments: what their statuses come down to, and how many stood where, month by month."""

import altair as alt
import pandas as pd

from eastflank.charts.figure import BLACK, BLUE, GREEN, RED, SKY, Figure
from eastflank.charts.words import listed, sources, when
from eastflank.derived import newest
from eastflank.status import status
from eastflank.tables import load

OUTCOMES = {
    "kept": (["met"], GREEN),
    "kept in part": (["partly-met"], SKY),
    "open": (["announced", "in-progress"], BLUE),
    "late": (["delayed", "overdue", "missed"], RED),
    "withdrawn or replaced": (["withdrawn", "superseded"], BLACK),
}
"""What statuses come down to, in the order in which they are drawn, each with its colour."""

SUMMIT = pd.Timestamp("2024-07-09")
"""The first day of the Washington summit, with which the dataset sets in."""


def outcome(statuses: pd.Series) -> pd.Series:
    """Return what statuses of commitments come down to, as a category in the order of OUTCOMES."""
    named = {code: name for name, (codes, _) in OUTCOMES.items() for code in codes}
    return (
        statuses.astype("str").map(named).astype(pd.CategoricalDtype(list(OUTCOMES), ordered=True))
    )


def colours() -> alt.Scale:
    """Return the colours of the outcomes."""
    return alt.Scale(domain=list(OUTCOMES), range=[colour for _, colour in OUTCOMES.values()])


def days() -> list[pd.Timestamp]:
    """Return the ends of the months since the summit, and the day as of which the statuses in the dataset hold."""
    last = newest(load("sources"))
    return [*pd.date_range(SUMMIT, last - pd.Timedelta(days=1), freq="ME"), last]


def spells(commitments: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return where commitments, all or those of a frame, stood at the end of each month since the summit.

    One row a commitment and month; columns commitment_id, month (the summit's is 0), day, status, outcome. It is what is known
    now of that day, not what was known then: for that, load a table with `as_of`. What had not begun yet is left out.
    """
    ids = (load("commitments") if commitments is None else commitments)["commitment_id"]
    turns, targets = (
        rows[rows["commitment_id"].isin(ids)] for rows in (load("milestones"), load("targets"))
    )
    stood = [
        status(turns, targets, day).reset_index().assign(month=month, day=day)
        for month, day in enumerate(days())
    ]
    frame = pd.concat(stood, ignore_index=True)
    return frame.assign(outcome=outcome(frame["status"]))[
        ["commitment_id", "month", "day", "status", "outcome"]
    ]


def shares(commitments: pd.DataFrame | None = None) -> Figure:
    """Draw which share of commitments, of all or of those of a frame, stood where at the end of each month since the summit."""
    stood = spells(commitments)
    counts = stood.groupby(["day", "outcome"], observed=False).size().rename("count").reset_index()
    counts["known"] = counts.groupby("day")["count"].transform("sum")
    counts["share"] = counts["count"] / counts["known"]
    counts["since"] = counts["day"].map(lambda day: day.replace(day=1))
    counts["said"] = counts["count"].astype("str") + " of " + counts["known"].astype("str")
    counts["to"] = counts.groupby("day")["share"].cumsum()
    counts["from"] = counts["to"] - counts["share"]
    first, last = (
        counts[counts["day"] == day].set_index("outcome")
        for day in (counts["day"].min(), counts["day"].max())
    )
    ends = last[last["count"] > 0].reset_index()
    ends["middle"] = (ends["from"] + ends["to"]) / 2
    ends["label"] = [
        f"{name} {share:.0%} ({count})"
        for name, share, count in ends[["outcome", "share", "count"]].itertuples(index=False)
    ]

    time = alt.Axis(format="%b %Y", tickCount=6, grid=False)
    share = alt.Axis(format="%", tickCount=5)
    colour = alt.Color("outcome:N", scale=colours(), legend=None)
    tips = [
        alt.Tooltip("day:T", format="%e %B %Y"),
        "outcome:N",
        alt.Tooltip("share:Q", format=".0%"),
        alt.Tooltip("said:N", title="commitments"),
    ]
    blocks = alt.Chart(counts).mark_rect(stroke="white", strokeWidth=0.5)
    blocks = blocks.encode(
        alt.X("since:T", title="end of month", axis=time),
        alt.Y("from:Q", title="share of commitments", axis=share, scale=alt.Scale(domain=[0, 1])),
        x2="day:T",
        y2="to:Q",
        color=colour,
        tooltip=tips,
    )
    labels = alt.Chart(ends).mark_text(align="left", dx=6, fontWeight="bold")
    labels = labels.encode(alt.X("day:T"), alt.Y("middle:Q"), text="label:N")
    shown = [name for name in OUTCOMES if last.loc[name, "count"] > 0]
    percent = listed(
        [f"{last.loc[name, 'share']:.0%} {'were ' * (name == shown[0])}{name}" for name in shown], 9
    )
    changes = "; ".join(
        f"{name}: {first.loc[name, 'share']:.0%}, then {last.loc[name, 'share']:.0%}"
        for name in OUTCOMES
    )
    return Figure(
        alt.layer(blocks, labels, width=480, height=260),
        title=f"By {when(f'{days()[-1]:%Y-%m-%d}')}, of {last['known'].iloc[0]} commitments {percent}",
        alt=f"Stacked bars, one a month from {first['day'].iloc[0]:%B %Y} to {last['day'].iloc[0]:%B %Y}, of the share of commitments by "
        f"outcome. {changes}.",
        source=sources(stood["commitment_id"].unique()),
        how="Each month counts the commitments that had been announced by its end, by what is now known of that day.",
    )


def counted(counts: pd.Series) -> str:
    """Return how many commitments came out how, in words, from counts by outcome."""
    said = [
        f"{count} {name}" for name, count in counts.reindex(list(OUTCOMES)).items() if count > 0
    ]
    said[:1] = [
        words.replace(" ", " are ", 1)
        if not words.startswith("1 ")
        else words.replace(" ", " is ", 1)
        for words in said[:1]
    ]
    return f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else "".join(said)
