"""Draw the picture on the front page: what was aimed at, and by when.

    python notebooks/picture.py

It takes the table `tracker` and writes `notebooks/aims.svg`. Needs the extra `notebooks`.
"""

from pathlib import Path

import altair as alt
import pandas as pd

import eastflank as ef

BLUE, GREY = "#0072B2", "#767676"
"""From the palette of Okabe and Ito, which the colour-blind can tell apart; and a grey of enough contrast on white."""

PICTURE = Path(__file__).with_name("aims.svg")


def aims() -> pd.DataFrame:
    """Return one row an aim of a commitment that was made in the year of the newest one: when, by when, by whom, how much."""
    tracker = ef.load("tracker").dropna(subset="target_id")
    aims = tracker[tracker["date_earliest"].dt.year == tracker["date_earliest"].dt.year.max()].copy()
    aims["aim"] = aims["promisors"].str.replace("; ", ", ") + ": " + aims["target"]
    aims["dated"] = aims["stated_due"].notna()
    aims["until"] = aims["stated_due_latest"].fillna(aims["stated_due_earliest"])
    aims["by"] = aims["stated_due"].str.replace("/..", " on").fillna("no date stated")
    return aims.sort_values(["dated", "until", "aim"], ascending=[False, True, True])


def chart(aims: pd.DataFrame) -> alt.LayerChart:
    """Return the chart of the aims."""
    year = aims["date_earliest"].dt.year.max()
    dated = int(aims["dated"].sum())
    base = alt.Chart(aims).encode(
        y=alt.Y("aim:N", sort=None, title=None, axis=alt.Axis(labelLimit=420, domain=False, ticks=False))
    )
    colour = alt.condition("datum.dated", alt.value(BLUE), alt.value(GREY))
    when = alt.X("date_latest:T", title="Year", axis=alt.Axis(format="%Y", tickCount="year", grid=True))
    return alt.layer(
        base.mark_rule(strokeWidth=3, color=BLUE).encode(when, x2="until:T").transform_filter("datum.dated"),
        base.mark_point(size=45, filled=True, opacity=1).encode(when, color=colour),
        base.mark_point(shape="diamond", size=90, filled=True, opacity=1, color=BLUE)
        .encode(x="until:T")
        .transform_filter("datum.dated"),
        base.transform_calculate(at="datum.dated ? datum.until : datum.date_latest")
        .mark_text(align="left", dx=9)
        .encode(x="at:T", text="by:N", color=colour),
    ).properties(
        width=420,
        height=alt.Step(19),
        title=alt.Title(
            f"Of {len(aims)} aims announced in {year}, {dated} have a date",
            subtitle=["Dot: when announced; diamond: when due, as first stated; “on”: from then on."],
            anchor="start",
            frame="group",
        ),
    )


def source_line() -> str:
    """Return the line under the chart."""
    return f"Eastflank {ef.__version__}, table tracker; stated in: " + "; ".join(
        ef.load("sources").query("kind == 'commentary'")["title"]
    )


def draw(path: Path = PICTURE):
    """Draw the picture to a file."""
    drawn = alt.vconcat(chart(aims())).properties(
        title=alt.Title(source_line(), orient="bottom", anchor="start", fontSize=10, fontWeight="normal", color=GREY)
    )
    drawn.configure_view(stroke=None).save(path)


if __name__ == "__main__":
    draw()
