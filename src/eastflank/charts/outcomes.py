"""What became of commitments: how each stands, how firmly, and how many stood where by month."""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair as alt
import pandas as pd

from eastflank.asked import asked
from eastflank.charts.figure import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, RED, SKY, Figure
from eastflank.charts.words import chosen, labels, opened, plural, sources, today, when
from eastflank.codelists import Basis, Confidence, Standing
from eastflank.outcomes import commitment_status
from eastflank.reader import Dataset

STANDINGS = {
    Standing.MET: GREEN,
    Standing.UPHELD: "#005B43",
    Standing.PARTLY_MET: SKY,
    Standing.PENDING: BLUE,
    Standing.UNVERIFIED: "#BDBDBD",
    Standing.OVERDUE: ORANGE,
    Standing.MISSED: RED,
    Standing.REVERSED: PURPLE,
    Standing.BROKEN: "#7A2900",
    Standing.WITHDRAWN: BLACK,
    Standing.SUPERSEDED: GREY,
}
"""How a commitment or an outcome can stand, in the order in which it is drawn, with its colour."""

FIRM, PROVISIONAL = "firm", "provisional"
"""Whether a standing may still be taken back for want of a better source."""

WHY_PROVISIONAL = "it rests on an estimate or on weak sources, or weak sources report an end"
"""What makes a standing provisional."""

SUMMIT = pd.Timestamp("2024-07-09")
"""The first day of the Washington summit, with which the dataset sets in."""


def solidity() -> alt.FillOpacity:
    """Return how what is firm is filled, and what is provisional nearly hollow."""
    return alt.FillOpacity(
        "firmness:N",
        scale=alt.Scale(domain=[FIRM, PROVISIONAL], range=[1, 0.15]),
        legend=None,
    )


def with_solidity(*layers: alt.Chart) -> alt.LayerChart:
    """Return layers in one chart, with a legend of what is filled and what is hollow.

    Vega has no legend of how far a mark is filled, so that of a mark nobody sees stands for it.
    """
    unseen = alt.Chart(pd.DataFrame({"firmness": [FIRM, PROVISIONAL]})).mark_square(opacity=0)
    legend = alt.Legend(
        orient="top",
        title=None,
        symbolType="square",
        symbolOpacity=1,
        symbolStrokeColor=GREY,
        symbolStrokeWidth=1.5,
    )
    hollow = alt.Scale(domain=[FIRM, PROVISIONAL], range=[GREY, "#E7E7E7"])
    key = unseen.encode(
        x=alt.value(0), y=alt.value(0), fill=alt.Fill("firmness:N", scale=hollow, legend=legend)
    )
    return alt.layer(*layers, key).resolve_scale(fill="independent", shape="independent")


def firmness(outcomes: pd.DataFrame) -> pd.Series:
    """Return of outcomes, rows of the table `outcomes` or `tracker`, whether they are provisional.

    An outcome is so if it rests on an estimate or on weak sources, or if weak sources report an end
    that does not count; all others are firm.
    """
    weak = (
        (outcomes["basis"] == Basis.ESTIMATE)
        | (outcomes["confidence"] == Confidence.WEAK)
        | outcomes["reported"].notna()
    )
    return weak.map({True: PROVISIONAL, False: FIRM})


def statuses(commitments: pd.DataFrame | None = None, data: Dataset | None = None) -> pd.DataFrame:
    """Return commitments, all or those of a frame, with how firm the status of each is.

    Columns: those of `commitments`, and `firmness`: a commitment is provisional if any outcome is
    from which its status follows, or if weak sources report an end of any of its outcomes.
    """
    rows, data = chosen(commitments, "commitments", data)
    outcomes = data.frames["outcomes"]
    outcomes = outcomes[outcomes["commitment_id"].isin(rows["commitment_id"])]
    outcomes = outcomes.assign(firmness=firmness(outcomes)).merge(
        rows[["commitment_id", "status"]].astype({"status": "str"}), on="commitment_id"
    )
    counts = (outcomes["standing"] == outcomes["status"]) | outcomes["reported"].notna()
    weak = outcomes.loc[counts & (outcomes["firmness"] == PROVISIONAL), "commitment_id"]
    provisional = rows["commitment_id"].isin(weak)
    return rows.assign(firmness=provisional.map({True: PROVISIONAL, False: FIRM}))


def days(data: Dataset | None = None) -> list[pd.Timestamp]:
    """Return the ends of the months since the summit, and the day as of which a dataset tells."""
    last = today(opened(data))
    return [*pd.date_range(SUMMIT, last - pd.Timedelta(days=1), freq="ME"), last]


def history(
    commitments: pd.DataFrame | None = None,
    data: Dataset | None = None,
    *,
    known: bool = False,
) -> pd.DataFrame:
    """Return how commitments stood at the end of each month since the summit, and how they stand.

    `commitments` is a frame of those that are meant, else all are. The statuses follow from the
    table `panel`: as they were, by all that is known now, or with `known` as they were known then.
    One row a commitment and month, from that in which it was promised; columns: commitment_id,
    month (the summit's is 0), day, status, firmness. How firm a status was is not known of months
    gone by, so only those of the last day can be provisional.
    """
    rows, data = chosen(commitments, "commitments", data)
    rows, ends = statuses(rows, data), days(data)
    panel = data.load("panel")
    panel = panel[panel["month"].isin(ends[:-1])]
    if known:
        panel = panel.dropna(subset="standing_known")
        panel = panel.assign(standing=panel["standing_known"])
    owed = data.frames["outcomes"][["outcome_id", "commitment_id", "target_id"]]
    owed = owed[owed["commitment_id"].isin(rows["commitment_id"])]
    panel = panel.astype({"standing": "str"}).merge(owed, on="outcome_id")
    parts = [
        commitment_status(stood, data.frames["targets"])
        .rename("status")
        .reset_index()
        .assign(day=day, firmness=FIRM)
        for day, stood in panel.groupby("month")
    ]
    now = rows[["commitment_id", "status", "firmness"]].astype({"status": "str"})
    every = pd.concat([*parts, now.assign(day=ends[-1])], ignore_index=True)
    every["month"] = every["day"].map({day: month for month, day in enumerate(ends)})
    return every[["commitment_id", "month", "day", "status", "firmness"]]


@asked
def monthly(
    commitments: pd.DataFrame | None = None,
    data: Dataset | None = None,
    *,
    known: bool = False,
) -> Figure:
    """Draw how many commitments stood where at the end of each month since the summit, and now.

    `commitments` is a frame of those that are meant, else all are; with `known`, as it was known at
    the end of each month. These are counts and no shares: what is in the dataset is no sample.
    """
    rows, data = chosen(commitments, "commitments", data)
    rows, stood = statuses(rows, data), history(rows, data, known=known)
    named = labels("Standing", data)
    stacks = _stacks(stood, named)
    last = stacks["month"] == stacks["month"].max()
    ends = _ends(stacks[last], named)
    first = stacks[stacks["month"] == stacks["month"].min()].groupby("standing", sort=False)
    clock = "by what was known at the time" if known else "by all that is known now"
    return Figure(
        _drawn(stacks[~last], stacks[last], ends, named),
        title=f"{plural(len(rows), 'commitment')} on {when(today(data))}: {tally(rows, data)}",
        alt=f"Stacked bars of the number of commitments by status, one a month from "
        f"{stood['day'].min():%B %Y} on, and one of {when(today(data))}. The first: "
        + ", ".join(f"{count} {name.lower()}" for name, count in first["count"].sum().items())
        + ". The last: "
        + ", ".join(ends["label"].str.lower())
        + ".",
        source=sources(rows["commitment_id"], data=data),
        how=f"Counts of those that had been promised by then, {clock}; no shares, as what is in "
        f"the dataset is no sample. Hollow, of the last day alone: provisional; {WHY_PROVISIONAL}.",
        data=data,
    )


def _stacks(stood: pd.DataFrame, named: pd.Series) -> pd.DataFrame:
    """Return how many stand where by month: one row a month, status and firmness.

    What is drawn reaches across from `since` to `until` and up from `from` to `to`; the last day
    stands a little apart.
    """
    order = [str(code) for code in STANDINGS]
    counts = stood.groupby(["month", "day", "status", "firmness"]).size().rename("count")
    counts = counts.reset_index()
    counts["place"] = counts["status"].map(order.index)
    # The firm ones of a status stand below the provisional ones.
    counts = counts.sort_values(["month", "place", "firmness"], ignore_index=True)
    counts["to"] = counts.groupby("month")["count"].cumsum()
    counts["from"] = counts["to"] - counts["count"]
    counts["standing"] = counts["status"].map(named)
    last, apart = counts["month"] == counts["month"].max(), pd.Timedelta(days=20)
    counts["since"] = counts["day"].map(lambda day: day.replace(day=1))
    counts["since"] = counts["since"].mask(last, counts["day"] + apart)
    counts["until"] = counts["day"].mask(last, counts["day"] + 4 * apart)
    return counts


def _ends(now: pd.DataFrame, named: pd.Series) -> pd.DataFrame:
    """Return what stands beside the last bar: for each status its name and number, and where."""
    ends = now.groupby("status").agg(
        low=("from", "min"), high=("to", "max"), count=("count", "sum"), until=("until", "first")
    )
    weak = now[now["firmness"] == PROVISIONAL].set_index("status")["count"]
    ends = ends.join(weak.rename("weak")).reset_index().sort_values("low")
    ends["label"] = named.reindex(ends["status"]).to_numpy() + " " + ends["count"].astype("str")
    told = " (" + ends["weak"].astype("Int64").astype("str") + " provisional)"
    ends["label"] += told.where(ends["weak"].notna(), "")
    ends["middle"] = _apart((ends["low"] + ends["high"]) / 2, 0.052 * ends["high"].max())
    return ends


def _drawn(
    before: pd.DataFrame, now: pd.DataFrame, ends: pd.DataFrame, named: pd.Series
) -> alt.LayerChart:
    """Return the chart of `monthly`: a bar a month, and the last one, that tells what is firm."""
    halves = dict.fromkeys(day for day in before["since"] if day.month in (1, 7))
    values = [int(day.timestamp() * 1000) for day in halves]
    time = alt.Axis(format="%b %Y", grid=False, values=values)
    present = {*before["status"], *now["status"]}
    shown = {str(code): colour for code, colour in STANDINGS.items() if code in present}
    scale = alt.Scale(domain=list(shown), range=list(shown.values()))
    in_words = "".join(f"datum.value == '{code}' ? '{named[code]}' : " for code in shown) + "''"
    legend = alt.Legend(
        orient="top", title=None, symbolType="square", columns=5, labelExpr=in_words
    )
    tips = [
        alt.Tooltip("day:T", format="%e %B %Y"),
        "standing:N",
        "firmness:N",
        alt.Tooltip("count:Q", title="commitments"),
    ]

    def bars(frame: pd.DataFrame, **style: Any) -> alt.Chart:
        return (
            alt.Chart(frame)
            .mark_rect(**style)
            .encode(
                alt.X("since:T", title="end of month, and now", axis=time),
                alt.Y("from:Q", title="commitments"),
                x2="until:T",
                y2="to:Q",
                color=alt.Color("status:N", scale=scale, legend=legend),
                tooltip=tips,
            )
        )

    middle = now["since"].iloc[0] + (now["until"].iloc[0] - now["since"].iloc[0]) / 2
    head = pd.DataFrame({"at": [middle], "top": [int(now["to"].max())], "says": ["now"]})
    words = alt.Chart(ends).mark_text(align="left", dx=6, fontWeight="bold")
    return with_solidity(
        *([bars(before, stroke="white", strokeWidth=0.5)] if len(before) else []),
        bars(now, strokeWidth=1).encode(
            fill=alt.Fill("status:N", scale=scale, legend=None),
            stroke=alt.Stroke("status:N", scale=scale, legend=None),
            fillOpacity=solidity(),
        ),
        words.encode(alt.X("until:T"), alt.Y("middle:Q"), text="label:N"),
        alt.Chart(head).mark_text(dy=-8).encode(alt.X("at:T"), alt.Y("top:Q"), text="says:N"),
    ).properties(width=450, height=280)


@asked
def tally(rows: pd.DataFrame, data: Dataset | None = None) -> str:
    """Return in words how many rows with a status, or a standing, stand where.

    Where they have a column `firmness`, how many of them do so provisionally: "12 met (3
    provisionally), 1 overdue and 4 pending".
    """
    column = "status" if "status" in rows.columns else "standing"
    named = labels("Standing", opened(data, rows))
    there = Counter(rows[column])
    weak = Counter(rows.loc[rows["firmness"] == PROVISIONAL, column] if "firmness" in rows else ())
    said = [
        f"{there[code]} {named[code].lower()}" + f" ({weak[code]} provisionally)" * bool(weak[code])
        for code in map(str, STANDINGS)
        if there[code]
    ]
    return f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else "".join(said)


def _apart(places: pd.Series, least: float) -> pd.Series:
    """Return places on a line, in order, moved up as far as needed to be `least` apart."""
    moved, floor = [], float("-inf")
    for place in places:
        floor = max(place, floor + least)
        moved.append(floor)
    return pd.Series(moved, places.index)
