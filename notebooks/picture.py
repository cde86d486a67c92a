"""Draw the picture on the front page: what was aimed at, and by when.

    python notebooks/picture.py

It takes the table `tracker` and writes `notebooks/aims.svg`. Needs the extra `notebooks`.
"""

from pathlib import Path

import altair as alt
import pandas as pd

import eastflank as ef

BLUE, GREY = "#0072B2", "#6E6E6E"
"""A blue from the palette of Okabe and Ito, and a grey: they differ in lightness too, and both stand out on white."""

PICTURE = Path(__file__).with_name("aims.svg")


def aims() -> pd.DataFrame:
    """Return one row an aim that somebody announced, without standing norms and treaties in force: whose it is, and when due."""
    tracker = ef.load("tracker").dropna(subset="target_id")
    aims = tracker[~tracker["bindingness"].isin(["treaty", "norm"])].copy()
    aims["aim"] = aims["promisors"].str.replace("; ", ", ") + ": " + aims["target"]
    aims["announced"] = aims["date_latest"].fillna(aims["status_date"])
    aims["due"] = aims["stated_due"].str.replace("/..", " on").fillna("no date stated")
    aims["has"] = (aims["stated_due_latest"].notna().map({True: "a last day", False: "a first day"})).where(
        aims["stated_due"].notna(), "no date"
    )
    aims["end"] = aims["stated_due_latest"].fillna(aims["stated_due_earliest"]).fillna(aims["announced"])
    return aims.assign(last=aims["end"].mask(aims["has"] == "no date")).sort_values(["last", "announced", "aim"])


def finding(aims: pd.DataFrame) -> str:
    """Return what the picture shows, in a sentence."""
    return (
        f"Of {len(aims)} aims announced by {aims['announced'].max():%B %Y}, {(aims['has'] != 'no date').sum()} came with a date"
    )


def chart(aims: pd.DataFrame) -> alt.VConcatChart:
    """Return the picture of the aims."""
    aim = alt.Y(
        "aim:N", sort=list(aims["aim"]), title=None, axis=alt.Axis(labelLimit=460, domain=False, ticks=False, labelPadding=10)
    )
    time = alt.Axis(format="%Y", tickCount="year")
    colour = alt.condition("datum.has == 'no date'", alt.value(GREY), alt.value(BLUE))
    every = alt.Chart(aims).encode(y=aim)
    ending = every.transform_filter("datum.has == 'a last day'")
    beginning = every.transform_filter("datum.has == 'a first day'")
    drawn = alt.layer(
        every.mark_rule(strokeWidth=2, color=BLUE).encode(alt.X("announced:T", title="year", axis=time), x2="end:T"),
        every.mark_point(size=50, filled=True, opacity=1).encode(x="announced:T", color=colour),
        ending.mark_rule(strokeWidth=9, color=BLUE).encode(x="stated_due_earliest:T", x2="stated_due_latest:T"),
        beginning.mark_point(size=110, filled=True, opacity=1, shape="triangle-right", color=BLUE).encode(x="end:T"),
        every.mark_text(align="left", dx=10).encode(x="end:T", text="due:N", color=colour),
        width=400,
        height=alt.Step(20),
    )
    how = "Dot: announced, or first reported. Bar: the year in which it falls due, as first stated. Triangle: from then on."
    said_by = "; ".join(ef.load("sources").query("kind == 'commentary'")["publisher"])
    source = f"Eastflank {ef.__version__}, table tracker. Stated by: {said_by}."
    return (
        alt.vconcat(drawn, title=alt.Title(finding(aims), subtitle=[how, source], subtitleColor=GREY, anchor="start", offset=12))
        .configure_view(stroke=None)
        .properties(description=finding(aims))
    )


def draw(path: Path = PICTURE):
    """Write the picture to a file."""
    chart(aims()).save(path)


if __name__ == "__main__":
    draw()
