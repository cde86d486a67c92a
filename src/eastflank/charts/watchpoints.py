"""Warning signs and open questions: what sources said of each, and whether it has come true."""

from __future__ import annotations

import textwrap

import altair as alt
import pandas as pd
from altair.typing import ChartType

from eastflank.asked import asked
from eastflank.charts.figure import BLACK, BLUE, GREEN, GREY, MUTED, PURPLE, SKY, Figure
from eastflank.charts.words import chosen, labels, listed, plural, sources, when
from eastflank.reader import Dataset

STATUSES = {
    "occurred": GREEN,
    "partly": SKY,
    "contested": PURPLE,
    "did-not-occur": BLACK,
    "lapsed": MUTED,
    "open": BLUE,
}
"""What can have become of a watchpoint, in the order in which it is drawn, with its colour."""

TRUE = ("occurred", "partly")
"""The statuses of what has come true, wholly or in part."""

RAISED = {"raised": GREY, "spoken of": BLUE, "spoken of, undated": "white"}
"""What a source can have done to a watchpoint, with its colour.

One without a date counts from the day on which it was read.
"""


def standing(watchpoints: pd.DataFrame) -> str:
    """Return in words how many watchpoints have come true, in part or not, or are open."""
    said = {
        "occurred": ("has come true", "have come true"),
        "partly": ("has in part", "have in part"),
        "contested": ("is contested", "are contested"),
        "did-not-occur": ("has not", "have not"),
        "lapsed": ("has lapsed", "have lapsed"),
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


def signs(watchpoints: pd.DataFrame | None = None, data: Dataset | None = None) -> pd.DataFrame:
    """Return what sources said of watchpoints, all or those of a frame: one row a source and one.

    Columns: those of `evidence`, with `watchpoint_id` for the record; of the source title,
    publisher, published and known_from, the day by which it was public; and `raises`, one of
    RAISED.
    """
    rows, data = chosen(watchpoints, "watchpoints", data)
    said = data.frames["evidence"].drop(columns="known_from")
    said = said[said["record_table"] == "watchpoints"].merge(
        data.frames["sources"][["source_id", "title", "publisher", "published", "known_from"]],
        on="source_id",
    )
    said = said[said["record_id"].isin(rows["watchpoint_id"])].sort_values(
        ["record_id", "known_from", "source_id"]
    )
    said["raises"] = "spoken of"
    said.loc[said["published"].isna(), "raises"] = "spoken of, undated"
    said.loc[said["stance"].eq("states") & said["field"].isna(), "raises"] = "raised"
    return said.drop_duplicates(["record_id", "source_id"]).rename(
        columns={"record_id": "watchpoint_id"}
    )


@asked
def watch(
    watchpoints: pd.DataFrame | None = None, title: str = "", data: Dataset | None = None
) -> Figure:
    """Draw watchpoints, all or those of a frame: when raised, spoken of by others, come true.

    `title` takes the place of the finding. Raises ValueError where there is none.
    """
    rows, data = chosen(watchpoints, "watchpoints", data)
    rows = rows.assign(order=rows["status"].astype("str").map(list(STATUSES).index))
    rows = rows.sort_values(["order", "resolved_earliest", "watchpoint_id"])
    rows["row"] = rows["question"].map(lambda question: "\n".join(textwrap.wrap(question, 80)))
    ids = rows[["watchpoint_id", "row"]]
    said = signs(rows, data).merge(ids, on="watchpoint_id")[
        ["row", "known_from", "publisher", "title", "published", "stance", "raises"]
    ]
    done = rows.dropna(subset="resolved_latest")[
        ["row", "status", "resolved", "resolved_earliest", "resolved_latest"]
    ]
    done = done.assign(
        began=done["resolved_earliest"].fillna(done["resolved_latest"]),
        label=done["status"].astype("str").str.replace("-", " ")
        + ", "
        + done["resolved"].map(when),
    )
    return Figure(
        _drawn(rows, said, done),
        title=title or f"{_questions(len(rows))}: {standing(rows)}",
        alt=" ".join(
            f"{row['question']} {row['status'].replace('-', ' ').capitalize()}"
            f"{'' if pd.isna(row['resolved']) else ', ' + when(row['resolved'])}."
            for row in rows.astype({"status": "str"}).to_dict("records")
        ),
        source=sources(rows["watchpoint_id"], data=data),
        how="Dots: sources, on the day by which each was public. Square: the time by which it had "
        "come true or in part.",
        data=data,
    )


def _drawn(rows: pd.DataFrame, said: pd.DataFrame, done: pd.DataFrame) -> ChartType:
    """Return the chart of `watch`: what was said of each question, and when it came true."""
    line = alt.Y("row:N", sort=list(rows["row"]), title=None)
    line = line.axis(
        labelLimit=420,
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
    return alt.layer(
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


def _questions(count: int) -> str:
    return plural(count, "question or warning", "questions and warnings")


@asked
def forecasts(watchpoints: pd.DataFrame | None = None, data: Dataset | None = None) -> Figure:
    """Draw which sort of question, sign, expectation or proposal has come true, and which is open.

    Raises ValueError where there is none.
    """
    rows, data = chosen(watchpoints, "watchpoints", data)
    kinds = sorts(rows)
    order, named = list(dict.fromkeys(kinds["kind"])), labels("WatchpointKind", data).str.lower()
    totals = kinds.groupby("kind")["number"].sum()
    true = kinds[kinds["status"].isin(TRUE)].groupby("kind")["number"].sum()
    said = [f"{true.get(kind, 0)} of {plural(totals[kind], named[kind])}" for kind in order]
    bars = alt.Chart(kinds, width=420, height=alt.Step(30)).mark_bar(height=18)
    return Figure(
        bars.encode(
            alt.X("number:Q", title="questions and warnings").axis(tickMinStep=1),
            alt.Y("kind:N", sort=order, title=None),
            alt.Color("status:N", title=None, scale=watched(kinds["status"])).legend(orient="top"),
            order="order:Q",
            tooltip=["kind:N", "status:N", "number:Q"],
        ),
        title=f"Come true, wholly or in part: {listed(said, 9)}",
        alt="; ".join(f"{row.kind}, {row.status}: {row.number}" for row in kinds.itertuples())
        + ".",
        source=sources(rows["watchpoint_id"], data=data),
        data=data,
    )


def sorts(watchpoints: pd.DataFrame) -> pd.DataFrame:
    """Return how many watchpoints of each kind have come to what: one row a kind and status.

    The kinds of which most has come true stand first. Columns: kind, status, number, `order`.
    """
    rows = watchpoints.astype({"kind": "str", "status": "str"})
    true = rows["status"].isin(TRUE).groupby(rows["kind"]).mean()
    kinds = rows.groupby(["kind", "status"]).size().rename("number").reset_index()
    kinds["order"] = kinds["status"].map(list(STATUSES).index)
    rank = kinds["kind"].map(-true)
    return kinds.assign(rank=rank).sort_values(["rank", "kind", "order"], ignore_index=True)[
        ["kind", "status", "number", "order"]
    ]
