"""How much of what happened was cooperation and how much conflict, theme by theme."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from eastflank.asked import asked
from eastflank.charts.events import CLASSES, SHADES, happened, theme_order, themes
from eastflank.charts.figure import GREY, INK, Figure
from eastflank.charts.outcomes import days
from eastflank.charts.words import opened, plural, sources, when
from eastflank.reader import Dataset

STATED, DOUBTED = "asserted as a fact", "disputed, alleged or inferred"
"""How an event is told of: as a fact, or less firmly."""


def by_theme(data: Dataset | None = None) -> pd.DataFrame:
    """Return the events that occurred with each theme that they have: one row an event and theme.

    Columns: those of `happened`, and theme, `month`, that by whose end it was known, counted from
    the summit's, and `told`: STATED or DOUBTED.
    """
    data = opened(data)
    events = happened(data)
    ends = days(data)
    found = themes(events, data).merge(events, on="event_id")
    found["month"] = [sum(end < day for end in ends[:-1]) for day in found["known_from"]]
    return found.assign(told=found["sure"].map({True: STATED, False: DOUBTED}))


@asked
def balance(data: Dataset | None = None) -> Figure:
    """Draw how many events of each theme are cooperation, and how many conflict.

    In a notebook a slider shows what was known by any month's end, and the title moves with it.
    """
    data = opened(data)
    known = by_theme(data)
    counts = known.groupby(["theme", "side"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=theme_order(), columns=["cooperation", "conflict"]).dropna()
    events, ends = known.drop_duplicates("event_id"), days(data)
    titles = {
        month: _finding(known[known["month"] <= month], f" known by {when(end)}")
        for month, end in enumerate(ends)
    }
    return Figure(
        _drawn(known, ends),
        title=titles[len(ends) - 1],
        alt="; ".join(
            f"{theme}: {plural(int(row['cooperation']), 'event')} of cooperation, "
            f"{int(row['conflict'])} of conflict"
            for theme, row in counts.iterrows()
        )
        + ".",
        source=sources(events["event_id"], data=data),
        how="By PLOVER's four classes. An event stands under each theme whose actors it names. "
        f"The number stands in a bar from three events on. Pale: {DOUBTED}.",
        data=data,
        control="month",
        titles=titles,
    )


def _finding(known: pd.DataFrame, by: str) -> str:
    """Return in a sentence how many events are cooperation and how many conflict, and where."""
    events = known.drop_duplicates("event_id")
    if events.empty:
        return f"No event was{by}"
    sides = events["side"].value_counts()
    words = int(events["class"].str.startswith("verbal").sum())
    counts = known.groupby(["theme", "side"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["cooperation", "conflict"], fill_value=0)
    against = counts.index[counts["conflict"] > counts["cooperation"]]
    where = [f"where they name {theme}" for theme in theme_order()[:-1] if theme in against]
    return (
        f"Of {plural(len(events), 'event')}{by}, {sides.get('cooperation', 0)} "
        f"{'is' if sides.get('cooperation', 0) == 1 else 'are'} cooperation and "
        f"{sides.get('conflict', 0)} conflict, {plural(words, 'word')} and "
        f"{plural(len(events) - words, 'deed')}; "
        f"conflict prevails {' and '.join(where) or 'nowhere'}"
    )


def month_slider(ends: list[pd.Timestamp]) -> alt.Parameter:
    """Return a slider over the ends of months since the summit, which stands at the last."""
    slider = alt.binding_range(min=0, max=len(ends) - 1, step=1, name="Months since the summit ")
    return alt.param("month", value=len(ends) - 1, bind=slider)


def known_by(ends: list[pd.Timestamp]) -> alt.Chart:
    """Return the words for the month at which that slider stands; where, is to be encoded."""
    calendar = pd.DataFrame({"month": range(len(ends)), "end": ends})
    words = alt.Chart(calendar).transform_filter("datum.month == month")
    words = words.mark_text(align="right", dy=-8, color=GREY)
    return words.encode(text=alt.Text("end:T", format="known by %e %B %Y"))


def _drawn(known: pd.DataFrame, ends: list[pd.Timestamp]) -> ChartType:
    """Return the chart of `balance`: conflict to the left, cooperation to the right."""
    nth = {name: place for place, name in enumerate(CLASSES)}
    shown = known.assign(
        way=known["side"].map({"cooperation": 1, "conflict": -1}), nth=known["class"].map(nth)
    )
    present = [theme for theme in theme_order() if theme in set(known["theme"])]
    widest = int(known.groupby(["theme", "side"]).size().max()) + 4
    bars = (
        alt.Chart(shown[["theme", "class", "month", "way", "nth", "told"]])
        .transform_filter("datum.month <= month")
        .transform_aggregate(count="sum(way)", groupby=["theme", "class", "nth", "told"])
        .transform_stack(
            stack="count",
            groupby=["theme"],
            as_=["from", "to"],
            sort=[alt.SortField("nth"), alt.SortField("told")],
        )
        .transform_calculate(events="abs(datum.count)", middle="(datum.from + datum.to) / 2")
    )
    line = alt.Axis(domain=False, ticks=False, labelLimit=200)
    bars = bars.encode(y=alt.Y("theme:N", sort=present, title=None, axis=line))
    across = alt.X(
        "from:Q",
        title="events: conflict to the left, cooperation to the right",
        scale=alt.Scale(domain=[-widest, widest]),
        axis=alt.Axis(labelExpr="abs(datum.value)", tickCount=8),
    )
    legend = alt.Legend(orient="top", title=None, symbolType="square", columns=4)
    pale = alt.Scale(domain=[STATED, DOUBTED], range=[1, 0.35])
    on_dark = f"datum.told == '{STATED}' && indexof(datum.class, 'material') == 0"
    words = bars.transform_filter("datum.events > 2").mark_text(fontWeight="bold")
    return alt.layer(
        bars.mark_bar(height=20, stroke="white").encode(
            across,
            x2="to:Q",
            color=alt.Color("class:N", scale=SHADES, legend=legend),
            opacity=alt.Opacity("told:N", scale=pale, legend=None),
            tooltip=["theme:N", "class:N", "told:N", "events:Q"],
        ),
        words.encode(
            x="middle:Q",
            text="events:Q",
            color=alt.condition(on_dark, alt.value("white"), alt.value(INK)),
        ),
        known_by(ends).encode(x=alt.value(500), y=alt.value(0)),
        alt.Chart(pd.DataFrame([{"from": 0}])).mark_rule(color=INK).encode(x="from:Q"),
        width=500,
        height=alt.Step(32),
    ).add_params(month_slider(ends))
