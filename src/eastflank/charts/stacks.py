"""Bars that are cut into their parts, with their numbers in them."""

from __future__ import annotations

from collections.abc import Iterable

import altair as alt
import pandas as pd

from eastflank.charts.figure import BLACK, BLUE, GREY, INK


def counts(frame: pd.DataFrame, row: str, part: str) -> pd.DataFrame:
    """Return how often each `part` comes in each `row`, with its `share` of the row.

    Rows are named with how many there are in all.
    """
    counted = frame.groupby([row, part], observed=True).size().rename("count").reset_index()
    total = counted.groupby(row)["count"].transform("sum")
    return counted.assign(
        share=counted["count"] / total,
        row=counted[row].astype("str") + " (" + total.map("{:,}".format) + ")",
    )


def stacked(
    counted: pd.DataFrame, part: str, colours: dict[str, str], what: str, *, shares: bool = True
) -> alt.LayerChart | alt.FacetChart:
    """Draw counts, one bar a row in their order, cut into parts in the order and colours given.

    `what` is counted. Bars are all of one length, with `shares`, or else as long as the counts.
    """
    counted = counted.assign(place=counted[part].map(list(colours).index))
    dark = [name for name, colour in colours.items() if colour in (BLUE, GREY, BLACK)]
    present = [name for name in colours if name in set(counted[part])]
    shade = alt.Color(
        f"{part}:N", scale=alt.Scale(domain=present, range=[colours[name] for name in present])
    )
    size = "share" if shares else "count"
    top = 1 if shares else int(counted.groupby("row")["count"].sum().max())
    axis = alt.Axis(format="%" if shares else ",d", tickCount=5)
    drawn = alt.Chart(counted).encode(
        alt.X(
            f"{size}:Q",
            stack="zero",
            title=f"share of {what}" if shares else what,
            axis=axis,
            scale=alt.Scale(domain=[0, top], nice=False),
        ),
        alt.Y(
            "row:N",
            sort=list(counted["row"].unique()),
            title=None,
            axis=alt.Axis(domain=False, ticks=False),
        ),
        order="place:Q",
        tooltip=[
            "row:N",
            f"{part}:N",
            alt.Tooltip("count:Q", title=what),
            alt.Tooltip("share:Q", format=".0%"),
        ],
    )
    bars = drawn.mark_bar(size=24).encode(color=shade.legend(orient="top", title=None, columns=4))
    words = drawn.mark_text(fontWeight="bold").encode(
        alt.X(f"{size}:Q", stack="zero", bandPosition=0.5),
        text=alt.condition(f"datum.{size} > {0.03 * top}", "count:Q", alt.value("")),
        color=alt.condition(
            alt.FieldOneOfPredicate(part, dark), alt.value("white"), alt.value(INK)
        ),
    )
    return alt.layer(bars, words, width=520, height=alt.Step(34))


def in_words(counted: pd.DataFrame, part: str, order: Iterable[str]) -> str:
    """Return counts as sentences, the parts in an order: "events (3): 2 confirmed; 1 refined."."""
    counted = counted.sort_values(
        part, key=lambda parts: parts.map(list(order).index), kind="stable"
    )
    said = counted["count"].map("{:,}".format) + " " + counted[part].astype("str")
    rows = said.groupby(counted["row"]).agg("; ".join)
    return " ".join(f"{row}: {words}." for row, words in rows.items())
