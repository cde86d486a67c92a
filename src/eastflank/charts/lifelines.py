"""All commitments on one page: every turn they took, how they stand, and when they fall due."""

from __future__ import annotations

import altair as alt
import pandas as pd

from eastflank.asked import asked
from eastflank.charts.figure import GREY, PALE, Figure
from eastflank.charts.outcomes import (
    STANDINGS,
    WHY_PROVISIONAL,
    days,
    history,
    solidity,
    tally,
    with_solidity,
)
from eastflank.charts.turns import HOLLOW, SHADES, SHAPES, TIPS, in_order, turns_of
from eastflank.charts.words import between, chosen, labels, plural, sources, when
from eastflank.knowledge import day_of
from eastflank.reader import Dataset

TIME_LINE = 90
"""Where the time line begins, right of the words that say how each stands."""


@asked
def lives(
    commitments: pd.DataFrame | None = None,
    since: object = "2024-01-01",
    data: Dataset | None = None,
) -> Figure:
    """Draw commitments, all or those of a frame, a row each: status, turns, deadline.

    In a notebook a slider shows any month's end, and the title moves with it. What came before the
    day `since` is shown by an arrow at the left edge. Raises ValueError where there is none, the
    frame has an unknown one, or `since` is no day.
    """
    rows, data = chosen(commitments, "commitments", data)
    rows, ends, start = in_order(rows, data), days(data), day_of(since, "since")
    stop = pd.Timestamp(year=max(ends[-1].year, start.year) + 1, month=12, day=31)
    turns, due, stood = turns_of(rows, data), _due(rows, data), history(rows, data)
    turns["month"] = [sum(day < began for day in ends) for began in turns["began"]]
    early = turns.loc[turns["ended"] < start, ["commitment"]].drop_duplicates()
    turns = turns[turns["ended"] >= start]
    turns = turns.assign(**{at: turns[at].clip(lower=start) for at in ("began", "middle")})
    titles = _titles(stood, due, ends, data)
    dated = int((due["due"] != "").sum())
    found = tally(rows, data)
    return Figure(
        _drawn(rows, turns, early, due, _stretches(stood, rows, data), ends, (start, stop)),
        title=titles[len(ends) - 1],
        alt=f"A row for each commitment, by status ({found}), with "
        f"{plural(len(turns), 'turn')} since {start:%B %Y} as marks on a time line, and the "
        f"deadline in force, which {dated} of them {'has' if dated == 1 else 'have'}.",
        source=sources(rows["commitment_id"], data=data),
        how="Grey bars, and words on the right: when it falls due, as now in force. Arrows: turns "
        "before the time shown. A line behind a mark: the turn came some time in the time that the "
        f"line covers. Hollow square, on the last day alone: provisional; {WHY_PROVISIONAL}. "
        f"Hollow mark: {HOLLOW}.",
        data=data,
        control="month",
        titles=titles,
    )


def _titles(
    stood: pd.DataFrame, due: pd.DataFrame, ends: list[pd.Timestamp], data: Dataset
) -> dict[int, str]:
    """Return the finding at each month's end: how many stood where, and had no deadline."""
    undated = due.loc[due["due"] == "", "commitment_id"]
    found = {}
    for month, end in enumerate(ends):
        then = stood[stood["month"] == month]
        without = int(then["commitment_id"].isin(undated).sum())
        found[month] = f"{plural(len(then), 'commitment')} on {when(end)}"
        if len(then):
            found[month] += f": {tally(then, data)}; {without or 'none'} without a deadline"
    return found


def _drawn(
    rows: pd.DataFrame,
    turns: pd.DataFrame,
    early: pd.DataFrame,
    due: pd.DataFrame,
    stood: pd.DataFrame,
    ends: list[pd.Timestamp],
    shown: tuple[pd.Timestamp, pd.Timestamp],
) -> alt.LayerChart:
    """Return the chart of `lives`, from the first to the last day `shown`."""
    start, stop = shown
    bars = due[(due["until"] >= start) & (due["since"] <= stop)]
    bars = bars.assign(since=bars["since"].clip(lower=start), until=bars["until"].clip(upper=stop))
    slider = alt.binding_range(min=0, max=len(ends) - 1, step=1, name="Months since the summit ")
    month = alt.param("month", value=len(ends) - 1, bind=slider)
    line = alt.Y("commitment:N", sort=list(rows["commitment"]), title=None)
    line = line.axis(labelLimit=420, labelFontSize=10, domain=False, ticks=False, grid=True)
    scale = alt.Scale(**between(start, stop), range=[TIME_LINE, 340])
    years = alt.Axis(format="%Y", tickCount="year", orient="top")

    def drawn(frame: pd.DataFrame, when: str = "") -> alt.Chart:
        columns = [name for name in frame.columns if name != "commitment_id"]
        chart = alt.Chart(frame[columns].reset_index(drop=True)).encode(y=line)
        return chart.transform_filter(when) if when else chart

    def at(field: str) -> alt.X:
        return alt.X(field, scale=scale, axis=years, title=None)

    legend = alt.Legend(orient="top", columns=2, title=None, symbolOpacity=1, labelLimit=0)
    shade = alt.Color("turn:N", scale=SHADES, legend=None)
    calendar = pd.DataFrame({"month": range(len(ends)), "day": ends})
    calendar["commitment"] = rows["commitment"].iloc[0]
    until_then, just_then = "datum.month <= month", "datum.first <= month && month <= datum.last"
    marks = drawn(turns, until_then).mark_point(size=40, opacity=1, strokeWidth=1)
    squares = [
        drawn(stood, f"{just_then} && datum.status == '{code}'")
        .mark_point(shape="square", size=50, opacity=1, fill=colour, stroke=colour, strokeWidth=1.3)
        .encode(
            x=alt.value(7),
            fillOpacity=solidity(),
            tooltip=["commitment:N", "standing:N", "firmness:N"],
        )
        for code, colour in STANDINGS.items()
        if (stood["status"] == code).any()
    ]
    picture = with_solidity(
        drawn(bars)
        .mark_rule(strokeWidth=9, color=PALE)
        .encode(at("since:T"), x2="until:T", tooltip=["commitment:N", "due:N"]),
        drawn(early)
        .mark_point(shape="triangle-left", size=24, filled=True, color=GREY, opacity=1)
        .encode(x=alt.value(TIME_LINE - 5)),
        *squares,
        drawn(stood, just_then)
        .mark_text(align="left", fontSize=10)
        .encode(x=alt.value(14), text="standing:N"),
        drawn(turns, until_then)
        .mark_rule(strokeWidth=2, opacity=0.6)
        .encode(at("began:T"), x2="ended:T", color=shade),
        marks.encode(
            at("middle:T"),
            shape=alt.Shape("turn:N", scale=SHAPES, legend=legend),
            stroke=alt.Stroke("turn:N", scale=SHADES, legend=None),
            fill=alt.Fill("turn:N", scale=SHADES, legend=legend),
            fillOpacity=solidity(),
            tooltip=TIPS,
        ),
        drawn(due)
        .mark_text(align="left", fontSize=10, color=GREY)
        .encode(x=alt.value(346), text="due:N"),
        drawn(calendar, "datum.month == month")
        .mark_text(align="left", fontSize=10, dy=-16)
        .encode(x=alt.value(4), text=alt.Text("day:T", format="%e %b %Y")),
    ).properties(width=340, height=alt.Step(15))
    return picture.add_params(month)


def _stretches(stood: pd.DataFrame, rows: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Return how commitments stood, one row a stretch of months without a change.

    Columns: `first` and `last` month, status, standing (in words), firmness, commitment.
    """
    stood = stood.sort_values(["commitment_id", "month"])
    same = ["commitment_id", "status", "firmness"]
    changed = stood[same].ne(stood[same].shift()).any(axis=1)
    stretches = stood.groupby(changed.cumsum()).agg(
        first=("month", "min"), last=("month", "max"), **{name: (name, "first") for name in same}
    )
    named = labels("Standing", data)
    stretches = stretches.assign(standing=stretches["status"].map(named))
    stretches = stretches.merge(rows[["commitment_id", "commitment"]], on="commitment_id")
    return stretches.drop(columns="commitment_id")


def _due(rows: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Return for each commitment when its targets fall due, as now in force, also in words."""
    targets = data.frames["targets"].sort_values("current_due_latest", na_position="last")
    dates = targets.groupby("commitment_id").agg(
        since=("current_due_earliest", "min"), until=("current_due_latest", "max")
    )
    is_open = targets["current_due_earliest"].notna() & targets["current_due_latest"].isna()
    openly = targets.loc[is_open, "commitment_id"]
    due = rows[["commitment_id", "commitment"]].join(dates, on="commitment_id")
    years = [
        ""
        if pd.isna(since)
        else f"{since.year} or later"
        if pd.isna(until)
        else _years(since.year, until.year)
        for since, until in due[["since", "until"]].itertuples(index=False)
    ]
    words = pd.Series(years, index=due.index)
    words = words.mask(
        due["commitment_id"].isin(openly) & due["until"].notna(), words + " or later"
    )
    return due.assign(due=words)[["commitment_id", "commitment", "since", "until", "due"]]


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"
