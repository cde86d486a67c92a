"""Warning signs and open questions: what sources have said of each, and whether it has come true."""

import textwrap

import altair as alt
import pandas as pd

from eastflank.charts.figure import BLACK, BLUE, GREEN, GREY, PURPLE, SKY, Figure
from eastflank.charts.words import listed, sources, when
from eastflank.tables import load

STATUSES = {
    "occurred": GREEN,
    "partly": SKY,
    "contested": PURPLE,
    "did-not-occur": BLACK,
    "open": BLUE,
}
"""What can have become of a watchpoint, in the order in which they are drawn, each with its colour."""

RAISED = {"raised": GREY, "spoken of": BLUE, "spoken of, undated": "white"}
"""What a source can have done to a watchpoint, each with its colour; one without a date counts from the day on which it was read."""


def standing(watchpoints: pd.DataFrame) -> str:
    """Return in words how many watchpoints have come true, in part or not at all, and how many are open."""
    said = {
        "occurred": ("has come true", "have come true"),
        "partly": ("has in part", "have in part"),
        "contested": ("is contested", "are contested"),
        "did-not-occur": ("has not", "have not"),
        "open": ("is open", "are open"),
    }
    counts = watchpoints["status"].astype("str").value_counts()
    return listed(
        [
            f"{counts[code]} {words[int(counts[code] != 1)]}"
            for code, words in said.items()
            if code in counts
        ],
        9,
    )


def watched(statuses: pd.Series) -> alt.Scale:
    """Return the colours of those statuses of watchpoints that there are."""
    there = [code for code in STATUSES if statuses.eq(code).any()]
    return alt.Scale(domain=there, range=[STATUSES[code] for code in there])


def signs(watchpoints: pd.DataFrame) -> pd.DataFrame:
    """Return what sources said of watchpoints: one row a source and watchpoint, with the time in which it was published."""
    said = load("evidence").query("table == 'watchpoints'").drop(columns="known_from")
    said = said.merge(
        load("sources")[["source_id", "title", "publisher", "published", "known_from"]],
        on="source_id",
    )
    said = said[said["record_id"].isin(watchpoints["watchpoint_id"])].sort_values(
        ["record_id", "known_from", "source_id"]
    )
    said["raises"] = "spoken of"
    said.loc[said["published"].isna(), "raises"] = "spoken of, undated"
    said.loc[said["stance"].eq("states") & said["field"].isna(), "raises"] = "raised"
    return said.drop_duplicates(["record_id", "source_id"]).rename(
        columns={"record_id": "watchpoint_id"}
    )


def watch(watchpoints: pd.DataFrame, title: str = "") -> Figure:
    """Draw watchpoints, a row each: when it was raised, when others spoke of it, and when it came true."""
    rows = watchpoints.assign(order=watchpoints["status"].astype("str").map(list(STATUSES).index))
    rows = rows.sort_values(["order", "resolved_earliest", "watchpoint_id"])
    rows["row"] = rows["question"].map(lambda question: "\n".join(textwrap.wrap(question, 64)))
    ids = rows[["watchpoint_id", "row"]]
    said = signs(rows).merge(ids, on="watchpoint_id")[
        ["row", "known_from", "publisher", "title", "published", "stance", "raises"]
    ]
    done = rows.dropna(subset="resolved_latest")[
        ["row", "status", "resolved", "resolved_earliest", "resolved_latest"]
    ]
    done = done.assign(
        began=done["resolved_earliest"].fillna(done["resolved_latest"]),
        label=done["status"].astype("str") + ", " + done["resolved"].map(when),
    )

    line = alt.Y("row:N", sort=list(rows["row"]), title=None)
    line = line.axis(
        labelLimit=360,
        labelFontSize=10,
        domain=False,
        ticks=False,
        grid=True,
        labelExpr="split(datum.label, '\\n')",
    )
    years = alt.Axis(orient="top", format="%Y", tickCount="year")

    def at(field: str) -> alt.X:
        return alt.X(field, title=None, axis=years, scale=alt.Scale(padding=10))

    status = alt.Color("status:N", scale=watched(rows["status"]), legend=None)
    legend = alt.Legend(orient="top", title=None, symbolStrokeColor=GREY)
    fill = alt.Fill(
        "raises:N", scale=alt.Scale(domain=list(RAISED), range=list(RAISED.values())), legend=legend
    )
    drawn, came = alt.Chart(said).encode(y=line), alt.Chart(done).encode(y=line)
    tips = ["publisher:N", "title:N", "published:N", "stance:N"]
    picture = alt.layer(
        came.mark_rule(strokeWidth=9, opacity=0.35).encode(
            at("began:T"), x2="resolved_latest:T", color=status
        ),
        came.mark_point(shape="square", size=110, filled=True, opacity=1).encode(
            at("resolved_latest:T"), color=status, tooltip=["status:N", "resolved:N"]
        ),
        drawn.mark_circle(size=42, opacity=1, stroke=GREY, strokeWidth=1).encode(
            at("known_from:T"), fill=fill, tooltip=tips
        ),
        came.mark_text(align="left", dx=8, dy=11, fontSize=10).encode(
            at("resolved_latest:T"), text="label:N"
        ),
        width=270,
        height=alt.Step(34),
    )
    return Figure(
        picture,
        title=title or f"Of {len(rows)} questions and warnings, {standing(rows)}",
        alt=" ".join(
            f"{row['question']} {row['status'].capitalize()}{'' if pd.isna(row['resolved']) else ', ' + when(row['resolved'])}."
            for row in rows.astype({"status": "str"}).to_dict("records")
        ),
        source=sources(rows["watchpoint_id"]),
        how="Dots: sources, on the day by which each was public. Square: the time by which it had come true or in part.",
    )
