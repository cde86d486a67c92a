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
    """Return one row an aim that was announced in the newest year: whose it is, when it was announced, and by when it is due."""
    tracker = ef.load("tracker").dropna(subset="target_id")
    aims = tracker[tracker["date_earliest"].dt.year == tracker["date_earliest"].dt.year.max()].copy()
    aims["aim"] = aims["promisors"].str.replace("; ", ", ") + ": " + aims["target"]
    aims["dated"] = aims["stated_due"].notna()
    aims["until"] = aims["stated_due_latest"].fillna(aims["stated_due_earliest"])
    aims["by"] = aims["stated_due"].str.replace("/..", " on").fillna("no date stated")
    return aims.sort_values(["dated", "until", "aim"], ascending=[False, True, True])


def finding(aims: pd.DataFrame) -> str:
    """Return what the picture shows, in a sentence."""
    return f"Of {len(aims)} aims announced in {aims['date_earliest'].dt.year.max()}, {aims['dated'].sum()} came with a date"


def chart(aims: pd.DataFrame) -> alt.VConcatChart:
    """Return the picture of the aims."""
    aim = alt.Y("aim:N", sort=None, title=None, axis=alt.Axis(labelLimit=460, domain=False, ticks=False, labelPadding=10))
    announced = alt.X("date_latest:T", title="year", axis=alt.Axis(format="%Y", tickCount="year"))
    colour = alt.condition("datum.dated", alt.value(BLUE), alt.value(GREY))
    every = alt.Chart(aims).encode(y=aim)
    dated = every.transform_filter("datum.dated")
    labels = every.transform_calculate(at="datum.dated ? datum.until : datum.date_latest")
    drawn = alt.layer(
        dated.mark_rule(strokeWidth=3, color=BLUE).encode(announced, x2="until:T"),
        every.mark_point(size=50, filled=True, opacity=1).encode(announced, color=colour),
        dated.mark_point(size=90, filled=True, opacity=1, shape="diamond", color=BLUE).encode(x="until:T"),
        labels.mark_text(align="left", dx=9).encode(x="at:T", text="by:N", color=colour),
        width=380,
        height=alt.Step(20),
    )
    how = "A dot marks when an aim was announced, a diamond when it is due as first stated; “on” means from then on."
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
