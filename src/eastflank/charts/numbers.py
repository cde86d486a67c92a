"""Numbers that were promised with their parts, beside what was reported afterwards."""

import altair as alt
import pandas as pd

from eastflank.charts.figure import BLUE, INK, SKY, Figure
from eastflank.charts.words import names, sources, voices, when
from eastflank.tables import load

IS = {"the whole": BLUE, "a part of it": SKY}
"""What a bar can be, with its colour."""


def promised_parts(actor_id: str, unit: str) -> pd.DataFrame:
    """Return the targets of an actor's commitments, in one unit, that have parts or are parts: the whole first, oldest promise first.

    Columns: those of `targets`, the commitment and its date as `promise` in words, `date_earliest`, and `is`.
    """
    parts = load("commitment_actors").query("role == 'promisor' and actor_id == @actor_id")
    made = load("commitments")[["commitment_id", "title", "date", "date_earliest"]].rename(
        columns={"title": "promise"}
    )
    targets = (
        load("targets")
        .query("unit == @unit")
        .merge(made[made["commitment_id"].isin(parts["commitment_id"])], on="commitment_id")
    )
    targets = targets[
        targets["component_of"].notna() | targets["target_id"].isin(targets["component_of"])
    ]
    whole = targets["component_of"].isna()
    targets["is"] = whole.map({True: "the whole", False: "a part of it"})
    targets["promise"] = targets["promise"] + ", " + targets["date"].map(when)
    order = ["date_earliest", "commitment_id", "is", "target_id"]
    return targets.sort_values(order, ascending=[True, True, False, True], ignore_index=True)


def reported_since(promised: pd.DataFrame, actor_id: str) -> pd.DataFrame:
    """Return what was observed of promised numbers after the promise, and until the next promise of the same measure.

    One row an observation of a target: target_id, title, promise, and of the observation period, value, publisher, source_id.
    """
    seen = (
        load("observations")
        .query("actor_id == @actor_id")
        .merge(load("sources")[["source_id", "publisher"]], on="source_id")
    )
    begun = promised[["measure", "date_earliest"]].drop_duplicates().sort_values("date_earliest")
    begun["next"] = begun.groupby("measure")["date_earliest"].shift(-1)
    aims = promised.merge(begun, on=["measure", "date_earliest"])
    aims = aims[["target_id", "title", "promise", "measure", "date_earliest", "next"]]
    found = aims.merge(seen, on="measure", suffixes=("", "_seen"))
    within = (found["period_earliest"] >= found["date_earliest"]) & ~(
        found["period_earliest"] >= found["next"]
    )
    return found.loc[
        within, ["target_id", "title", "promise", "period", "value", "publisher", "source_id"]
    ]


def components(actor_id: str, unit: str = "persons") -> Figure:
    """Draw the numbers that an actor promised with their parts, each beside what sources reported of it afterwards."""
    promised = promised_parts(actor_id, unit)
    if promised.empty:
        raise ValueError(
            f"no number in {unit} that {actor_id!r} promised has parts; see eastflank.load('targets')"
        )
    seen = reported_since(promised, actor_id)
    promised["evidence"] = promised["target_id"].map(voices(promised["target_id"]))
    top = float(pd.concat([promised["value"], seen["value"]]).max())
    scale, axis = alt.Scale(domain=[0, top]), alt.Axis(format=",d", tickCount=6)
    colour = alt.Color(
        "is:N",
        scale=alt.Scale(domain=list(IS), range=list(IS.values())),
        title=None,
        legend=alt.Legend(orient="top"),
    )
    names_axis = alt.Axis(labelLimit=270, minExtent=185, domain=False, ticks=False)
    panels = []
    for promise, rows in promised.groupby("promise", sort=False):
        line = alt.Y("title:N", sort=list(rows["title"]), title=None, axis=names_axis)
        at = alt.X("value:Q", scale=scale, axis=axis, title=unit)
        bars = alt.Chart(
            rows[["title", "value", "stated_value", "due", "is", "evidence"]]
        ).mark_bar(height=13)
        ticks = alt.Chart(
            seen.loc[seen["promise"] == promise, ["title", "value", "period", "publisher"]]
        )
        panels.append(
            alt.layer(
                bars.encode(
                    at,
                    line,
                    colour,
                    tooltip=["title:N", "value:Q", "stated_value:Q", "due:N", "evidence:N"],
                ),
                ticks.mark_tick(thickness=3, size=18, color=INK).encode(
                    at, line, tooltip=["period:N", "value:Q", "publisher:N"]
                ),
                width=370,
                height=alt.Step(20),
                title=alt.Title(promise, anchor="start", fontSize=12),
            )
        )
    [name] = names([actor_id])
    return Figure(
        alt.vconcat(*panels),
        title=f"{name}: {_shortfalls(promised, seen)}",
        alt="; ".join(f"{row.promise}: {row.title}" for row in promised.itertuples())
        + ". Reported since: "
        + "; ".join(
            f"{row.title}: {row.value:,.0f} in {when(row.period)} ({row.publisher})"
            for row in seen.itertuples()
        )
        + ".",
        source=sources(promised["commitment_id"].unique(), seen["source_id"]),
        how="Bars: what was promised; the parts add up to the whole. Black ticks: what sources reported afterwards of the same measure.",
    )


def _shortfalls(promised: pd.DataFrame, seen: pd.DataFrame) -> str:
    """Return in words which of the promised numbers no later report reached."""
    reports = seen.groupby("target_id")["value"].agg(least="min", most="max")
    reports = promised.set_index("target_id")[["title", "value"]].join(reports, how="inner")
    short = [
        f"{row.title} ({row.least:,.0f}{'' if row.least == row.most else f' to {row.most:,.0f}'} reported)"
        for row in reports[reports["most"] < reports["value"]].itertuples()
    ]
    said = f"of {len(promised)} numbers promised, {len(reports)} were reported on later, and {len(short) or 'none'} of these fell short"
    return f"{said}: {'; '.join(short)}" if short else said
