"""When allies first spent what they agreed on, by the newest edition of the figures and by the others."""

import altair as alt
import pandas as pd

from eastflank.charts.budgets import SHARE, editions
from eastflank.charts.figure import BLUE, ORANGE, RED, Figure
from eastflank.charts.words import sources, when
from eastflank.tables import load


def reached(seen: pd.DataFrame, level: float) -> pd.DataFrame:
    """Return for each actor the first year in which observations of single years reach a level.

    One row an actor, indexed by id: `actor`, `year`, `kind`, `value` and `title` of the newest edition, null where it was not reached,
    and `earliest` and `latest`, the first years by the edition that is most and least favourable to it in each year.
    """
    seen = seen[seen["period_precision"] == "year"].assign(
        year=lambda seen: seen["period_earliest"].dt.year
    )
    there = seen[seen["value"] >= level].sort_values("year")
    newest = there[there["edition"] == "newest"].drop_duplicates("actor_id").set_index("actor_id")
    lowest = seen.groupby(["actor_id", "year"])["value"].min().reset_index()
    lowest = lowest[lowest["value"] >= level].groupby("actor_id")["year"].min()
    actors = seen.drop_duplicates("actor_id").set_index("actor_id")[["actor"]]
    found = actors.join(newest[["year", "kind", "value", "title"]]).assign(
        earliest=there.groupby("actor_id")["year"].min(), latest=lowest
    )
    return found.astype({"year": "Int64", "earliest": "Int64", "latest": "Int64"})


def first_years(level: float = 2, measure: str = SHARE) -> Figure:
    """Draw in which year each ally first spent a share of its GDP, in the newest edition and in others, and when it had promised to."""
    seen = editions(measure)
    found = reached(seen, level).sort_values(["year", "actor"]).reset_index()
    there = found.dropna(subset="year").copy()
    for bound in ("year", "earliest", "latest"):
        there[f"{bound}_day"] = pd.to_datetime(there[bound].astype("str") + "-07-01")
    there["standing"] = (
        there["kind"].eq("estimate").map({True: "estimate", False: "final or reported"})
    )
    due = _promised(level, measure)
    due = due[due["actor"].isin(found["actor"])]

    line = alt.Y(
        "actor:N",
        sort=list(found["actor"]),
        title=None,
        axis=alt.Axis(domain=False, ticks=False, grid=True),
    )
    years = alt.Axis(format="%Y", tickCount="year", labelOverlap=True, labelSeparation=6)

    def at(field: str) -> alt.X:
        return alt.X(
            field,
            title=f"first year at {level:g}% of GDP or more",
            axis=years,
            scale=alt.Scale(padding=12),
        )

    drawn = alt.Chart(there.drop(columns=["actor_id", "kind"])).encode(y=line)
    hollow = alt.Scale(domain=["final or reported", "estimate"], range=[BLUE, "white"])
    words = alt.Color(
        "words:N",
        scale=alt.Scale(domain=["promised", "revised"], range=[RED, ORANGE]),
        title="date",
        legend=alt.Legend(orient="top"),
    )
    tips = [
        "actor:N",
        alt.Tooltip("year:Q", format="d"),
        alt.Tooltip("value:Q", title="% of GDP"),
        "standing:N",
        alt.Tooltip("earliest:Q", format="d", title="by the highest edition"),
        alt.Tooltip("latest:Q", format="d", title="by the lowest edition"),
        alt.Tooltip("title:N", title="evidence"),
    ]
    picture = alt.layer(
        drawn.mark_rule(strokeWidth=2, color="#9A9A9A").encode(
            at("earliest_day:T"), x2="latest_day:T"
        ),
        alt.Chart(due.drop(columns="commitment_id"))
        .mark_bar(height=8)
        .encode(
            at("since:T"),
            y=line,
            x2="until:T",
            color=words,
            tooltip=["actor:N", "words:N", "due:N"],
        ),
        drawn.mark_point(size=70, filled=True, opacity=1, stroke=BLUE, strokeWidth=2).encode(
            at("year_day:T"),
            fill=alt.Fill(
                "standing:N",
                scale=hollow,
                title="in the newest edition",
                legend=alt.Legend(orient="top"),
            ),
            tooltip=tips,
        ),
        width=500,
        height=alt.Step(17),
    )
    last = there["year"].max()
    promises = [f"{row.actor} {row.words} {row.due}" for row in due.itertuples()]
    return Figure(
        picture,
        title=f"{len(there)} of {len(found)} allies have reached {level:g}% of GDP, {(there['year'] == last).sum()} of them first in {last}; "
        f"for {(there['kind'] == 'estimate').sum()} it is an estimate",
        alt="; ".join(
            [
                *(f"{year}: {', '.join(group['actor'])}" for year, group in there.groupby("year")),
                *promises,
            ]
        )
        + ".",
        source=sources(due["commitment_id"], seen["source_id"]),
        how=f"Dot: the newest edition of the figures, which begin in {seen['period_earliest'].min().year}. Grey line: from the first year "
        "by the highest edition to that by the lowest. Bars: the time for which it was promised, and for which it was promised later.",
    )


def _promised(level: float, measure: str) -> pd.DataFrame:
    """Return for when single actors promised to reach a level, and for when they did after the last revision, if that differs."""
    aims = (
        load("tracker")
        .query("measure == @measure and value == @level")
        .rename(columns={"promisors": "actor"})
    )
    parts = []
    for words, prefix in (("promised", "due"), ("revised", "current_due")):
        names = {f"{prefix}_earliest": "since", f"{prefix}_latest": "until"}
        rows = aims.assign(words=words, due=aims[prefix].map(when)).rename(columns=names)
        parts.append(rows[["commitment_id", "actor", "words", "due", "since", "until"]])
    return (
        pd.concat(parts).dropna(subset="until").drop_duplicates(["commitment_id", "since", "until"])
    )
