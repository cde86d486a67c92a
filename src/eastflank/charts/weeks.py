"""The weeks around an event: everything that happened then, day by day and theme by theme."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from eastflank.asked import asked
from eastflank.charts.events import REST, SHADES, TIPS, happened, theme_order, themes
from eastflank.charts.figure import PALE, Figure
from eastflank.charts.words import between, opened, plural, sources, when
from eastflank.reader import Dataset
from eastflank.words import nearest

MONTH = pd.Timedelta(days=31)
"""What is dated to so long a time or a longer one is left out: it would cover all else."""

LINE = 8.5
"""How high the line of a block is, in pixels."""


def in_weeks_around(
    event_id: str = "nato-washington-summit", weeks: int = 6, data: Dataset | None = None
) -> pd.DataFrame:
    """Return the events of the weeks before and after one, dated to less than a month.

    Columns: those of `happened`. Raises ValueError where there is no such event, it has no date, or
    `weeks` are less than none.
    """
    if weeks < 0:
        raise ValueError(
            f"weeks={weeks} is less than none; give how many before and after, such as 6"
        )
    data = opened(data)
    events = happened(data)
    start, stop = _days(event_id, events)
    margin = pd.Timedelta(weeks=weeks)
    near = (events["date_latest"] >= start - margin) & (events["date_earliest"] <= stop + margin)
    return events[near & (events["date_latest"] - events["date_earliest"] < MONTH)]


@asked
def around(
    event_id: str = "nato-washington-summit", weeks: int = 6, data: Dataset | None = None
) -> Figure:
    """Draw what happened in the weeks before and after an event, a block an event, by theme.

    Raises ValueError where there is no such event, it has no date, or `weeks` are less than none.
    """
    data = opened(data)
    near = in_weeks_around(event_id, weeks, data)
    start, stop = _days(event_id, happened(data))
    [title] = near.loc[near["event_id"] == event_id, "title"].unique()
    blocks = _blocks(near, data)
    counts = blocks["theme"].value_counts()
    then = near[(near["date_earliest"] >= start) & (near["date_latest"] <= stop)]
    then = int((then["event_id"] != event_id).sum())
    span = f"the {plural(weeks, 'week')} before and after “{title}”"
    found = f"Of {plural(len(near), 'event')} in {span}, {then or 'no other'} "
    found += f"{'falls' if then < 2 else 'fall'} on {'its day' if start == stop else 'its days'}"
    named = counts.drop(REST, errors="ignore")
    if len(named):
        found += f"; {named.iloc[0]} {'names' if named.iloc[0] == 1 else 'name'} {named.index[0]}"
    first, last = start - pd.Timedelta(weeks=weeks), stop + pd.Timedelta(weeks=weeks)
    return Figure(
        _drawn(blocks, (start, stop), (first, last)),
        title=found,
        alt=f"A time line from {when(first)} to {when(last)}, a block an event, by theme: "
        + "; ".join(f"{theme}, {counts[theme]}" for theme in theme_order() if theme in counts)
        + ".",
        source=sources(near["event_id"], data=data),
        how="A block is an event, as wide as the days that its date covers; outlined, the day is "
        "not known, or the event is disputed, alleged or inferred. It stands under each theme "
        "whose actors it names. Grey: the days of the event.",
        data=data,
    )


def _days(event_id: str, events: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last day of an event."""
    found = events[events["event_id"] == event_id]
    if found.empty:
        raise ValueError(
            f"there is no event {event_id!r} that occurred{nearest(event_id, events['event_id'])}; "
            "see eastflank.load('events')"
        )
    start, stop = found[["date_earliest", "date_latest"]].iloc[0]
    if pd.isna(start) or pd.isna(stop) or stop - start >= MONTH:
        raise ValueError(f"the date of {event_id!r} is not known to a month: there is no around it")
    return start, stop


def _blocks(near: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Return a block for each event and theme: when, and in which line, so that none overlap."""
    blocks = themes(near, data).merge(near, on="event_id")
    blocks = blocks.assign(
        until=blocks["date_latest"] + pd.Timedelta(days=1),
        sure=blocks["sure"] & blocks["date_precision"].ne("month"),
    )
    order = ["sure", "date_earliest", "date_latest", "class", "event_id"]
    blocks = blocks.sort_values(order, ascending=[False, True, True, True, True])
    top, rows = 0.0, []
    for theme in theme_order():
        free: list[pd.Timestamp] = []  # for each line of the theme, the day from which it is free
        for block in blocks[blocks["theme"] == theme].to_dict("records"):
            fits = (line for line, day in enumerate(free) if day <= block["date_earliest"])
            line = next(fits, len(free))
            free[line : line + 1] = [block["until"]]
            rows.append(block | {"line": top + line, "below": top + line + 0.85})
        top += len(free) + 1.5 if free else 0
    return pd.DataFrame(rows)


def _drawn(
    blocks: pd.DataFrame,
    days: tuple[pd.Timestamp, pd.Timestamp],
    shown: tuple[pd.Timestamp, pd.Timestamp],
) -> ChartType:
    """Return the chart of `around`: the days of the event, and the days that are shown."""
    heads = blocks.groupby("theme", sort=False).agg(line=("line", "min"), count=("line", "size"))
    heads = heads.reset_index()
    heads["label"] = heads["theme"] + ": " + heads["count"].astype("str")
    bottom = float(blocks["line"].max()) + 1.5
    day = alt.X(
        "date_earliest:T",
        title=None,
        axis=alt.Axis(format="%e %b", tickCount="week", orient="top", grid=True),
        scale=alt.Scale(**between(*shown)),
    )
    scale = alt.Scale(domain=[bottom, -0.5], nice=False, zero=False)
    line = alt.Y("line:Q", axis=None, scale=scale)
    legend = alt.Legend(orient="top", title=None, symbolType="square", columns=4)
    shade = alt.Color("class:N", scale=SHADES, legend=legend)
    band = pd.DataFrame({"date_earliest": [days[0]], "until": [days[1] + pd.Timedelta(days=1)]})
    columns = ["title", "when", "date_earliest", "until", "line", "below", "class", "type"]
    drawn = alt.Chart(blocks[[*columns, "certainty", "sure", "evidence"]])
    firm = drawn.transform_filter("datum.sure").mark_rect(
        clip=True, stroke="white", strokeWidth=0.7
    )
    hollow = drawn.transform_filter("!datum.sure").mark_rect(
        clip=True, fillOpacity=0.15, strokeWidth=1.5
    )
    place = {"x2": "until:T", "y2": "below:Q", "tooltip": TIPS}
    return alt.layer(
        alt.Chart(band).mark_rect(color=PALE, opacity=0.6).encode(day, x2="until:T"),
        firm.encode(day, line, color=shade, **place),
        hollow.encode(day, line, fill=shade, stroke=shade, **place),
        alt.Chart(heads)
        .mark_text(align="right", baseline="top", fontWeight="bold")
        .encode(x=alt.value(-10), y=line, text="label:N"),
        width=480,
        height=max(bottom * LINE, 60),
    )
