"""What allies spend on defence, in every edition of the figures, beside what they promised."""

import altair as alt
import pandas as pd

from eastflank.charts.figure import BLUE, GREEN, INK, RED, Figure
from eastflank.charts.words import between, names, sources, voices, when
from eastflank.tables import load
from eastflank.words import nearest

SHARE = "defence-spending-share-gdp"
"""The measure of which most is known, and on which allies agreed."""

WORDS = {"stated": RED, "promised": INK, "revised": GREEN}
"""Whose word a promise is: the first source's, that which the evidence supports, or the last revision's; with colours."""


def editions(measure: str = SHARE) -> pd.DataFrame:
    """Return the observations of a measure with their sources, the newest edition of each actor and period marked.

    Columns: those of `observations`, the `actor`, and `edition` ("newest" or "earlier") by the day of publication.
    """
    seen = (
        load("observations")
        .query("measure == @measure")
        .merge(
            load("sources")[["source_id", "title", "publisher", "published", "published_latest"]],
            on="source_id",
        )
    )
    # What is dated later is newer; an edition without a date is taken as older than all that have one.
    seen = seen.sort_values(
        ["actor_id", "period", "published_latest", "observation_id"],
        na_position="first",
        ignore_index=True,
    )
    newest = ~seen.duplicated(["actor_id", "period"], keep="last")
    return seen.assign(
        actor=names(seen["actor_id"]), edition=newest.map({True: "newest", False: "earlier"})
    )


def spending(actor_id: str, measure: str = SHARE) -> Figure:
    """Draw which share of its GDP an ally spends, each year in all editions, beside what it stated, promised and revised."""
    seen = editions(measure)
    known = list(seen["actor_id"].unique())
    if actor_id not in known:
        raise ValueError(
            f"no {measure} of {actor_id!r} is known{nearest(actor_id, known)}; it is of {', '.join(known)}"
        )
    seen = seen[seen["actor_id"] == actor_id]
    newest = seen[seen["edition"] == "newest"]
    promised = _promised(actor_id, measure, newest)
    [name] = seen["actor"].unique()
    seen = seen.assign(
        standing=seen["kind"].eq("estimate").map({True: "estimate", False: "final or reported"})
    )

    ends = [
        seen["period_earliest"].min(),
        pd.concat([seen["period_latest"], promised["until"]]).max() + pd.DateOffset(months=9),
    ]
    scale = alt.Scale(**between(*ends))
    top = pd.concat([seen["value"], promised["value"]]).max()
    share = alt.Y(
        "value:Q",
        title="% of GDP",
        scale=alt.Scale(domain=[0, float(top) * 1.3]),
        axis=alt.Axis(tickCount=6),
    )
    years = alt.Axis(format="%Y", tickCount="year", grid=False, labelOverlap=True)
    solid = alt.Scale(domain=["final or reported", "estimate"], range=[[1, 0], [3, 2]])
    edition = alt.Scale(domain=["newest", "earlier"], range=[BLUE, "#9A9A9A"])
    key = {"orient": "top", "title": None, "symbolType": "stroke", "symbolSize": 300}
    tips = [
        "period:N",
        alt.Tooltip("value:Q", title="% of GDP"),
        "kind:N",
        alt.Tooltip("title:N", title="evidence"),
        "publisher:N",
    ]

    def at(field: str) -> alt.X:
        return alt.X(field, scale=scale, axis=years, title="year")

    layers = []
    for row in promised.to_dict("records"):
        drawn = alt.Chart(pd.DataFrame([row]).drop(columns="commitment_id"))
        colour, place = WORDS[row["words"]], list(WORDS).index(row["words"])
        layers += [
            drawn.mark_rule(strokeDash=[1, 4], strokeWidth=1.5, color=colour).encode(
                at("start:T"), alt.Y("level:Q", title="% of GDP"), x2="since:T", y2="value:Q"
            ),
            drawn.mark_rule(strokeWidth=9, color=colour, opacity=0.8).encode(
                at("since:T"),
                share,
                x2="until:T",
                tooltip=["commitment:N", "label:N", "evidence:N"],
            ),
        ]
        # The highest aims are written above their bars, later words nearer; all others below, to the right.
        if row["value"] == promised["value"].max():
            label = drawn.mark_text(
                align="right", dy=-40 + 14 * place, color=colour, fontWeight="bold"
            ).encode(at("until:T"), share)
        else:
            label = drawn.mark_text(
                align="left",
                baseline="top",
                dy=8 + 28 * (1 - place),
                color=colour,
                fontWeight="bold",
                lineBreak=": ",
            )
            label = label.encode(at("since:T"), share)
        layers.append(label.encode(text="label:N"))
    observed = alt.Chart(
        seen[
            [
                "period",
                "period_earliest",
                "period_latest",
                "value",
                "kind",
                "standing",
                "edition",
                "title",
                "publisher",
            ]
        ]
    )
    observed = observed.mark_rule(strokeWidth=3.5).encode(
        at("period_earliest:T"),
        share,
        x2="period_latest:T",
        color=alt.Color(
            "edition:N",
            scale=edition,
            legend=alt.Legend(**key, labelExpr="datum.label + ' edition'"),
        ),
        strokeDash=alt.StrokeDash("standing:N", scale=solid, legend=alt.Legend(**key)),
        tooltip=tips,
    )
    ends = (
        newest.sort_values("period_earliest")
        .iloc[[0, -1]]
        .drop_duplicates("period")
        .to_dict("records")
    )
    values = ", ".join(f"{row['value']:g} in {row['period']} ({row['kind']})" for row in ends)
    return Figure(
        alt.layer(*layers, observed, width=590, height=280),
        title=_finding(name, newest, promised),
        alt=f"{name}, % of GDP in the newest edition, first and last: {values}."
        + "".join(f" {row['commitment']}: {row['label']}." for row in promised.to_dict("records")),
        source=sources(promised["commitment_id"].unique(), seen["source_id"]),
        how="A line covers the year of which it tells; dashed, it is an estimate. Bars: the time by which a level was to be reached; "
        "the dotted line leads there from the announcement.",
    )


def _promised(actor_id: str, measure: str, newest: pd.DataFrame) -> pd.DataFrame:
    """Return the levels that an actor undertook to reach by a date, alone: one row for each word on it that differs.

    `since` to `until` is the time by which it was to be reached, `start` the day of the word, `level` what was observed then.
    """
    parts = load("commitment_actors").query("role == 'promisor'")
    alone = parts.drop_duplicates("commitment_id", keep=False).query("actor_id == @actor_id")[
        "commitment_id"
    ]
    commitments = load("commitments").set_index("commitment_id")
    turns = (
        load("milestones")
        .query("kind == 'revised'")
        .sort_values("date_earliest")
        .dropna(subset="target_id")
    )
    revised = turns.drop_duplicates("target_id", keep="last").set_index("target_id")[
        "date_earliest"
    ]
    rows = []
    for target in load("targets").query("measure == @measure").to_dict("records"):
        if target["commitment_id"] not in set(alone):
            continue
        made = commitments.loc[target["commitment_id"]]
        before = None
        for words, prefix in (("stated", "stated_"), ("promised", ""), ("revised", "current_")):
            value, due = target[f"{prefix}value"], target[f"{prefix}due"]
            if pd.isna(value) or pd.isna(due):
                continue
            if (value, due) == before:
                words = "promised" if words == "promised" else None
                if rows and words:
                    rows[-1]["words"] = words
                continue
            before = (value, due)
            since, until = (target[f"{prefix}due_{end}"] for end in ("earliest", "latest"))
            start = (
                revised.get(target["target_id"], made["date_earliest"])
                if words == "revised"
                else made["date_earliest"]
            )
            earlier = newest[newest["period_earliest"] <= start].sort_values("period_earliest")
            level = earlier["value"].iloc[-1] if len(earlier) else None
            rows.append(
                {
                    "commitment_id": target["commitment_id"],
                    "commitment": made["title"],
                    "words": words,
                    "value": value,
                    "due": when(due),
                    "since": since,
                    "until": until if not pd.isna(until) else since,
                    "start": start,
                    "level": level,
                    "evidence": voices([target["target_id"]]).iloc[0],
                }
            )
    columns = [
        "commitment_id",
        "commitment",
        "words",
        "value",
        "due",
        "since",
        "until",
        "start",
        "level",
        "evidence",
    ]
    promised = pd.DataFrame(rows, columns=columns)
    promised["label"] = [f"{row.value:g}% {row.words}: {row.due}" for row in promised.itertuples()]
    return promised


def _finding(name: str, newest: pd.DataFrame, promised: pd.DataFrame) -> str:
    """Return in a sentence what an ally promised, and whether it got there."""
    last = newest.sort_values("period_earliest").iloc[-1]
    if promised.empty:
        return f"{name} spent {last['value']:g}% of its GDP on defence in {last['period']} ({last['kind']})"
    aims = promised[promised["value"] == promised["value"].max()].set_index("words")["due"]
    level = promised["value"].max()
    said = f"{name} promised {level:g}% of GDP for {aims.get('promised', aims.iloc[0])}"
    if "stated" in aims:
        said += f" (first stated as {aims['stated']})"
    if "revised" in aims:
        said += f", then for {aims['revised']}"
    there = newest[newest["value"] >= level].sort_values("period_earliest")
    if there.empty:
        return f"{said}, and stood at {last['value']:g}% in {last['period']} ({last['kind']})"
    return f"{said}, and got there in {there['period'].iloc[0]} ({there['kind'].iloc[0]})"
