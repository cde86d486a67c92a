"""What allies spend on defence, in every edition of the figures, beside what they promised."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any, NamedTuple

import altair as alt
import pandas as pd
from altair.typing import ChartType

from eastflank.asked import asked
from eastflank.charts.figure import BLUE, GREEN, INK, MUTED, RED, Figure
from eastflank.charts.words import (
    actor_id_of,
    between,
    labels,
    names,
    opened,
    sources,
    voices,
    when,
)
from eastflank.claims import public_from
from eastflank.codelists import Basis, CommitmentRole, MilestoneKind, ObservationKind, Standing
from eastflank.outcomes import DROPPED, GOOD_ENOUGH, LASTING
from eastflank.reader import Dataset
from eastflank.words import number_text

SHARE = "defence-spending-share-gdp"
"""The measure of which most is known, and on which allies agreed."""

WORDS = {"stated": RED, "promised": INK, "revised": GREEN}
"""Whose word a promise is: the first source's, the evidence's, or the last revision's."""

BESIDE = {"stated": 36, "promised": 8, "revised": -36}
"""How far below its bar a word on a lower level is written."""

PROMISED = [
    "commitment_id",
    "target_id",
    "commitment",
    "target",
    "lasts",
    "words",
    "value",
    "percent",
    "due",
    "since",
    "until",
    "start",
    "level",
    "evidence",
    "label",
]
"""The columns of what an ally promised, which are there where it promised nothing, too."""

SURE = {"final or reported": [1, 0], "estimate": [4, 2], "forecast": [1, 2]}
"""How sure a figure is, with the dashes in which it is drawn; a forecast meets nothing."""


def editions(measure: str = SHARE, data: Dataset | None = None) -> pd.DataFrame:
    """Return the observations of a measure with their sources, the newest edition marked.

    Columns: those of `observations`; of the source the title, publisher, published, reliability and
    `public`, the day by which it was public for certain; the `actor`; `sure`, one of SURE: a figure
    that was public before its period ended is a forecast; and `edition`, of each actor and period:
    "newest" is the one by which outcomes are judged, all others are "earlier".
    """
    data = opened(data)
    about = data.frames["sources"]
    about = about.assign(public=public_from(about), source_kind=about["kind"].astype("str"))
    columns = ["source_id", "title", "publisher", "published", "reliability", "public"]
    seen = data.frames["observations"].drop(columns="note")
    seen = seen[seen["measure"] == measure].merge(about[columns], on="source_id")
    final, estimate = (seen["kind"] == kind for kind in ("final", ObservationKind.ESTIMATE))
    seen["sure"] = estimate.map({True: "estimate", False: "final or reported"})
    seen["sure"] = seen["sure"].mask(seen["public"] < seen["period_latest"], "forecast")
    # As outcomes are judged: forecasts and figures of poor sources come last, then the order is
    # that of publication, and of one day a final figure comes before another.
    seen["counts"] = seen["sure"].ne("forecast") & (
        seen["reliability"].astype("str") <= GOOD_ENOUGH
    )
    seen = seen.assign(final=final).sort_values(
        ["actor_id", "period", "counts", "public", "final", "observation_id"], ignore_index=True
    )
    newest = ~seen.duplicated(["actor_id", "period"], keep="last")
    return seen.drop(columns="final").assign(
        actor=names(seen["actor_id"], data), edition=newest.map({True: "newest", False: "earlier"})
    )


@asked
def spending(actor_id: str, measure: str = SHARE, data: Dataset | None = None) -> Figure:
    """Draw what an ally spends, in % of GDP, each year in all editions, beside what it promised.

    `actor_id` may be its id, its name or its ISO code: "canada", "Canada" or "CAN". The title tells
    of the highest level that it promised. Raises ValueError where nothing of that measure is known.
    """
    data = opened(data)
    actor_id, observed = actor_id_of(actor_id, data), data.frames["observations"]
    known = sorted(observed.loc[observed["measure"] == measure, "actor_id"].dropna().unique())
    if actor_id not in known:
        raise ValueError(
            f"no {measure!r} of {actor_id!r} is known; it is of {', '.join(known) or 'nobody'}"
        )
    seen = editions(measure, data)
    seen = seen[seen["actor_id"] == actor_id]
    newest = seen[seen["edition"] == "newest"]
    promised = _promised(actor_id, measure, newest, data)
    [name] = seen["actor"].unique()

    first_and_last = newest.sort_values("period_earliest").iloc[[0, -1]].drop_duplicates("period")
    values = ", ".join(
        f"{row.value:g} in {row.period} ({row.sure})" for row in first_and_last.itertuples()
    )
    return Figure(
        _drawn(seen, promised),
        title=_finding(actor_id, name, newest, promised, data),
        alt=f"{name}, % of GDP in the newest edition, first and last: {values}."
        + "".join(f" {row['commitment']}: {row['label']}." for row in promised.to_dict("records")),
        source=sources(promised["commitment_id"].unique(), seen["source_id"], data),
        how="A line covers the year of which it tells; dashed, it is an estimate"
        + (", dotted, a forecast" if (seen["sure"] == "forecast").any() else "")
        + ". Bars: the time by which a level was to be reached; the dotted line leads there from "
        "the announcement.",
        data=data,
    )


def _drawn(seen: pd.DataFrame, promised: pd.DataFrame) -> ChartType:
    """Return the chart of `spending`: what was seen, and what was promised."""
    ends = [
        pd.concat([seen["period_earliest"], promised["since"]]).min(),
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
    there = [sure for sure in SURE if (seen["sure"] == sure).any()]
    solid = alt.Scale(domain=there, range=[SURE[sure] for sure in there])
    edition = alt.Scale(domain=["newest", "earlier"], range=[BLUE, MUTED])
    key: dict[str, Any] = {
        "orient": "top",
        "title": None,
        "symbolType": "stroke",
        "symbolSize": 300,
    }
    tips = [
        "period:N",
        alt.Tooltip("value:Q", title="% of GDP"),
        "kind:N",
        "sure:N",
        alt.Tooltip("title:N", title="evidence"),
        "publisher:N",
    ]

    def at(field: str) -> alt.X:
        return alt.X(field, scale=scale, axis=years, title="year")

    top_aims = promised.loc[promised["value"] == promised["value"].max(), "until"]
    layers: list[alt.Chart] = []
    words: list[alt.Chart] = []
    highest = sorted(top_aims, reverse=True)
    # Many lower levels, as of a plan year by year, have room for their numbers alone.
    lower = "label:N" if len(promised) - len(highest) <= 4 else "percent:N"
    for row in promised.to_dict("records"):
        drawn = alt.Chart(pd.DataFrame([row]).drop(columns="commitment_id"))
        colour = WORDS[row["words"]]
        layers += [
            drawn.mark_rule(strokeDash=[1, 4], strokeWidth=1.5, color=colour, clip=True).encode(
                at("start:T"), alt.Y("level:Q", title="% of GDP"), x2="since:T", y2="value:Q"
            ),
            drawn.mark_rule(strokeWidth=9, color=colour, opacity=0.8).encode(
                at("since:T"),
                share,
                x2="until:T",
                tooltip=["commitment:N", "label:N", "evidence:N"],
            ),
        ]
        # The highest aims are written above their bars, the latest highest up; all others by them.
        if row["value"] == promised["value"].max():
            later = highest.index(row["until"])
            # Near the left edge the words begin with their bar, and else they end with it.
            early = row["until"] < ends[0] + (ends[1] - ends[0]) / 3
            label = drawn.mark_text(
                align="left" if early else "right",
                dx=0 if early else -6 * later,
                dy=-40 + 14 * later,
                color=colour,
                fontWeight="bold",
            ).encode(at("since:T" if early else "until:T"), share, text="label:N")
        else:
            label = drawn.mark_text(
                align="left",
                baseline="top",
                dy=BESIDE[row["words"]],
                color=colour,
                fontWeight="bold",
                lineBreak=": ",
            )
            label = label.encode(at("since:T"), share, text=lower)
        # A white rim keeps the words apart from what is drawn beneath them.
        rim = label.copy(deep=True)
        rim.mark.stroke, rim.mark.strokeWidth, rim.mark.color = "white", 3, "white"
        words += [rim, label]
    columns = ["period", "period_earliest", "period_latest", "value", "kind", "sure", "edition"]
    observed = alt.Chart(seen[[*columns, "title", "publisher"]])
    observed = observed.mark_rule(strokeWidth=3.5).encode(
        at("period_earliest:T"),
        share,
        x2="period_latest:T",
        color=alt.Color(
            "edition:N",
            scale=edition,
            legend=alt.Legend(**key, labelExpr="datum.label + ' edition'"),
        ),
        strokeDash=alt.StrokeDash("sure:N", scale=solid, legend=alt.Legend(**key)),
        tooltip=tips,
    )
    return alt.layer(*layers, observed, *words, width=590, height=280)


class Aim(NamedTuple):
    """A level, of a range both ends, that was to be reached by some time; `words`: one of WORDS."""

    words: str
    low: float
    high: float
    due: str
    since: pd.Timestamp
    until: pd.Timestamp

    @property
    def percent(self) -> str:
        """The level in words."""
        higher = "" if self.low == self.high else f" to {number_text(self.high)}"
        return f"{number_text(self.low)}{higher}%"


def _promised(actor_id: str, measure: str, newest: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Return the levels that an actor alone undertook to reach, a row for each word that differs.

    `value` is the level, of a range the lower end; `since` to `until` is the time by which it was
    to be reached, `start` the day of the word, `level` what was observed then.
    """
    commitments = data.frames["commitments"].set_index("commitment_id")
    revised = _last_revised(data)
    rows = []
    for target in _own_targets(actor_id, measure, data).to_dict("records"):
        made = commitments.loc[target["commitment_id"]]
        evidence = voices(target["target_id"], data).iloc[0]
        for aim in _aims(target):
            start = made["date_earliest"]
            if aim.words == "revised":
                start = revised.get(target["target_id"], start)
            rows.append(
                {
                    "commitment_id": target["commitment_id"],
                    "target_id": target["target_id"],
                    "commitment": made["title"],
                    "target": target["title"],
                    "lasts": target["form"] in LASTING,
                    "words": aim.words,
                    "value": aim.low,
                    "percent": aim.percent,
                    "due": when(aim.due),
                    "since": aim.since,
                    "until": aim.until,
                    "start": start,
                    "level": _level_on(start, newest),
                    "evidence": evidence,
                    "label": f"{aim.percent} {aim.words}: {when(aim.due)}",
                }
            )
    return pd.DataFrame(rows, columns=PROMISED)


def _own_targets(actor_id: str, measure: str, data: Dataset) -> pd.DataFrame:
    """Return the targets of a measure in the commitments that an actor made alone."""
    parts = data.frames["commitment_actors"]
    promisors = parts[parts["role"] == CommitmentRole.PROMISOR]
    alone = promisors.drop_duplicates("commitment_id", keep=False)
    own = alone.loc[alone["actor_id"] == actor_id, "commitment_id"]
    targets = data.frames["targets"]
    return targets[(targets["measure"] == measure) & targets["commitment_id"].isin(own)]


def _last_revised(data: Dataset) -> pd.Series:
    """Return the day on which each target that was revised was so last, by its id."""
    turns = data.frames["milestones"]
    turns = turns[turns["kind"] == MilestoneKind.REVISED].dropna(subset="target_id")
    turns = turns.sort_values(["date_latest", "known_from"])
    last = turns.drop_duplicates("target_id", keep="last")
    return last.set_index("target_id")["date_earliest"]


def _aims(target: dict[str, Any]) -> list[Aim]:
    """Return what was stated, promised and revised of a target; words that agree are one.

    That one is the evidence's: it stands for the first source's, and for the revision's.
    """
    stated = target["stated_value_low"], target["stated_value_high"]
    promised = target["value_low"], target["value_high"]
    # The value in force is one number: where nobody revised a range, it is the lower end.
    current = target["current_value"]
    revised = promised if current == promised[0] else (current, current)
    said = {
        "stated": (*stated, "stated_due"),
        "promised": (*promised, "due"),
        "revised": (*revised, "current_due"),
    }
    aims = [
        Aim(words, low, high, target[due], *_span(target, due))
        for words, (low, high, due) in said.items()
        if not pd.isna(low) and not pd.isna(target[due])
    ]
    agreeing = [list(same) for _, same in groupby(aims, lambda aim: (aim.low, aim.high, aim.due))]
    return [aim._replace(words="promised") if others else aim for aim, *others in agreeing]


def _span(target: dict[str, Any], date: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last day of a date; for an open end stands the other."""
    first, last = target[f"{date}_earliest"], target[f"{date}_latest"]
    return last if pd.isna(first) else first, first if pd.isna(last) else last


def _level_on(day: pd.Timestamp, newest: pd.DataFrame) -> float | None:
    """Return what was observed last by a day, of a period that had begun; None if nothing was."""
    begun = newest[newest["period_earliest"] <= day].sort_values("period_earliest")
    return begun["value"].iloc[-1] if len(begun) else None


def _finding(
    actor_id: str, name: str, newest: pd.DataFrame, promised: pd.DataFrame, data: Dataset
) -> str:
    """Return in a sentence what an ally promised, and whether it got there."""
    last = newest[newest["sure"] != "forecast"].sort_values("period_earliest").tail(1)
    if promised.empty:
        spent = [
            f"; it spent {row.value:g}% in {row.period} ({row.sure})" for row in last.itertuples()
        ]
        return f"No share of GDP is known that {name} promised by itself{''.join(spent)}"
    stands = "".join(f"{row.value:g}% in {row.period} ({row.sure})" for row in last.itertuples())
    # Of several promises of the highest level the first is told that is to be reached, not kept.
    highest = promised[promised["value"] == promised["value"].max()]
    outcomes = data.frames["outcomes"]
    broken = outcomes.loc[outcomes["standing"] == Standing.BROKEN, "target_id"]
    is_broken = bool(highest["target_id"].isin(broken).any())
    highest = highest.sort_values(["lasts", "until"], kind="stable")
    highest = highest[highest["target_id"] == highest["target_id"].iloc[0]]
    aims = highest.drop_duplicates("words").set_index("words")["due"]
    of = re.search(r"% of (.+?)(?: for |$)", highest["target"].iloc[0])
    said = f"{name} promised {highest['percent'].iloc[0]} of {of[1] if of else 'GDP'}"
    first = aims.get("promised", aims.get("stated"))
    said += f" for {first}" if first else ", first without a date"
    if aims.get("stated", first) != first:
        said += f" (stated as {aims['stated']} by the source coded first)"
    if aims.get("revised", first) != first:
        said += f", then for {aims['revised']}"
    outcome = outcomes[outcomes["target_id"] == highest["target_id"].iloc[0]].iloc[0]
    if outcome["standing"] in DROPPED:
        said += f", which was {labels('Standing', data)[outcome['standing']].lower()}"
    if pd.isna(outcome["reached"]):
        return f"{said}, and stood at {stands}" if stands else said
    said += f", and got there in {when(outcome['reached'])}"
    if outcome["standing"] == Standing.REVERSED:
        return f"{said}, but fell below it again"
    said += " (provisionally, by an estimate)" * (outcome["basis"] == Basis.ESTIMATE)
    return said + ", but did not stay there as promised" * is_broken
