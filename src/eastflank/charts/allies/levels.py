"""In which year allies first spent a share of their GDP, by all editions of the figures."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from eastflank.asked import asked
from eastflank.charts.budgets import SHARE, editions
from eastflank.charts.figure import BLUE, MUTED, ORANGE, RED, Figure
from eastflank.charts.words import labels, listed, opened, plural, sources, when
from eastflank.codelists import Form, Unit
from eastflank.reader import Dataset
from eastflank.words import lowered

DATES = {"due": "promised", "current_due": "revised"}
"""The dates by which a level was to be reached, by their column: the first, and the last."""


def reached(seen: pd.DataFrame, level: float) -> pd.DataFrame:
    """Return for each actor the first year in which observations of single years reach a level.

    `seen` is what `editions` returns; forecasts count for nothing. One row an actor, indexed by id:
    `actor`, and of the newest edition `year`, `sure`, `value` and `title`, null where it was not
    reached; `earliest` and `latest` are the first years by the edition that is most and least
    favourable to it in each year.
    """
    seen = seen[(seen["period_precision"] == "year") & (seen["sure"] != "forecast")]
    seen = seen.assign(year=seen["period_earliest"].dt.year)
    there = seen[seen["value"] >= level].sort_values("year")
    newest = there[there["edition"] == "newest"].drop_duplicates("actor_id").set_index("actor_id")
    lowest = seen.groupby(["actor_id", "year"])["value"].min().reset_index()
    lowest = lowest[lowest["value"] >= level].groupby("actor_id")["year"].min()
    actors = seen.drop_duplicates("actor_id").set_index("actor_id")[["actor"]]
    found = actors.join(newest[["year", "sure", "value", "title"]]).assign(
        earliest=there.groupby("actor_id")["year"].min(), latest=lowest
    )
    return found.astype({"year": "Int64", "earliest": "Int64", "latest": "Int64"})


@asked
def first_years(level: float = 2, measure: str = SHARE, data: Dataset | None = None) -> Figure:
    """Draw in which year each ally first spent a share of its GDP, and when it had promised to.

    `level` is that share in percent. The year is shown by the newest edition of the figures, by the
    highest and by the lowest. Raises ValueError where nothing of that measure is known, or where
    it is no share of GDP.
    """
    if not level > 0:
        raise ValueError(f"level={level} is no level to be reached; give per cent, such as 2")
    data = opened(data)
    seen = editions(measure, data)
    if seen.empty:
        raise ValueError(
            f"nothing is known of {measure!r}, and so not who reached {level:g}% of it; "
            "eastflank.load('observations') has what was measured"
        )
    if (seen["unit"] != str(Unit.PERCENT_GDP)).any():
        raise ValueError(f"{measure!r} is no share of GDP, of which a level could be reached")
    found = reached(seen, level).sort_values(["year", "actor"]).reset_index()
    due = _promised(level, measure, data)
    due = due[due["actor"].isin(found["actor"])]
    aim = f"{level:g}% of GDP" + _counted_as(measure, data)
    return Figure(
        _drawn(found, due, aim),
        title=_finding(found, aim),
        alt=_in_words(found, due),
        source=sources(due["commitment_id"], seen["source_id"], data),
        how=_how(found, due, seen["period_earliest"].min().year),
        data=data,
    )


def _counted_as(measure: str, data: Dataset) -> str:
    """Return as what a share of GDP is counted, where that is not how it mostly is."""
    if measure == SHARE:
        return ""
    named = labels("Measure", data)[measure].removesuffix(" as a share of GDP")
    return f" in {lowered(named)}"


def _how(found: pd.DataFrame, due: pd.DataFrame, first: int) -> str:
    """Return what the signs mean of which there are any."""
    said = (
        "Dot: the newest edition of the figures, which begin in "
        f"{first}: who is there in the first may have been so before."
    )
    if found["year"].isna().any():
        said += " A line without one: not there."
    if (found["earliest"] != found["latest"]).any():
        said += " Grey line: from the first year by the highest edition to that by the lowest."
    if not due.empty:
        said += " Bars: the time for which it was promised, and for which it was promised later."
    return said


def _promised(level: float, measure: str, data: Dataset) -> pd.DataFrame:
    """Return for when single actors promised to reach a level, first and after all revisions."""
    aims = data.frames["tracker"]
    aims = aims[(aims["measure"] == measure) & (aims["value"] == level)]
    targets = data.frames["targets"]
    bounds = [f"{date}_{end}" for date in DATES for end in ("earliest", "latest")]
    reach = targets.loc[targets["form"] == str(Form.REACH), ["target_id", *bounds]]
    aims = aims.rename(columns={"promisors": "actor"})
    aims = aims[["commitment_id", "target_id", "actor", *DATES]].merge(reach, on="target_id")
    parts = [
        aims[["commitment_id", "actor"]].assign(
            words=words,
            due=aims[date].map(when),
            since=aims[f"{date}_earliest"],
            until=aims[f"{date}_latest"],
        )
        for date, words in DATES.items()
    ]
    dated = pd.concat(parts).dropna(subset="until")
    return dated.drop_duplicates(["commitment_id", "since", "until"])


def _finding(found: pd.DataFrame, aim: str) -> str:
    """Return in a sentence how many allies have reached a level, how many of them last, and who has
    not, if these are few.
    """
    there = found.dropna(subset="year")
    of_all = f"of {plural(len(found), 'ally', 'allies')}"
    if there.empty:
        return f"None {of_all} has reached {aim}"
    last = there["year"].max()
    newly, weak = int((there["year"] == last).sum()), int((there["sure"] == "estimate").sum())
    if len(there) == 1:
        said = f"1 {of_all} has reached {aim}, first in {last}"
        said += "; it is an estimate" if weak else ""
    else:
        said = f"{len(there)} {of_all} have reached {aim}, {newly} of them first in {last}"
        said += f"; for {weak} it is an estimate" if weak else ""
    missing = _not_there(found)
    if not 0 < len(missing) <= FEW:
        return said
    return f"{said}; {listed(missing, FEW)} {'has' if len(missing) == 1 else 'have'} not"


FEW = 4
"""How many allies that are not there the title names."""


def _not_there(found: pd.DataFrame) -> list[str]:
    return sorted(found.loc[found["year"].isna(), "actor"])


def _in_words(found: pd.DataFrame, due: pd.DataFrame) -> str:
    """Return in words who was first there in each year, who is not, and who promised what."""
    by_year = [f"{year}: {', '.join(rows['actor'])}" for year, rows in found.groupby("year")]
    promises = [f"{row.actor} {row.words} {row.due}" for row in due.itertuples()]
    missing = _not_there(found)
    if by_year and missing:
        by_year.append(f"not there: {', '.join(missing)}")
    said = [*by_year, *promises] or ["Nobody is there, and nobody promised it"]
    return f"{'; '.join(said)}."


def _drawn(found: pd.DataFrame, due: pd.DataFrame, aim: str) -> ChartType:
    """Return the chart of `first_years`: when allies were there, and when they were to be.

    Who is not there has a line as well, so that the whole is seen.
    """
    there = found.dropna(subset="year").drop(columns="actor_id")
    for bound in ("year", "earliest", "latest"):
        there[f"{bound}_day"] = pd.to_datetime(there[bound].astype("str") + "-07-01")
    axis = alt.Axis(domain=False, ticks=False, grid=True)
    every = alt.Scale(domain=list(found["actor"]))
    line = alt.Y("actor:N", scale=every, title=None, axis=axis)
    years = alt.Axis(format="%Y", tickCount="year", labelOverlap=True, labelSeparation=6)
    legend = alt.Legend(orient="top")

    def at(field: str) -> alt.X:
        return alt.X(
            field,
            title=f"first year at {aim} or more",
            axis=years,
            scale=alt.Scale(padding=12),
        )

    drawn = alt.Chart(there).encode(y=line)
    by_edition = drawn.mark_rule(strokeWidth=2, color=MUTED).encode(
        at("earliest_day:T"), x2="latest_day:T"
    )
    words = alt.Scale(domain=list(DATES.values()), range=[RED, ORANGE])
    promised = (
        alt.Chart(due.drop(columns="commitment_id"))
        .mark_bar(height=8)
        .encode(
            at("since:T"),
            y=line,
            x2="until:T",
            color=alt.Color("words:N", scale=words, title="date", legend=legend),
            tooltip=["actor:N", "words:N", "due:N"],
        )
    )
    hollow = alt.Scale(domain=["final or reported", "estimate"], range=[BLUE, "white"])
    newest = drawn.mark_point(size=70, filled=True, opacity=1, stroke=BLUE, strokeWidth=2).encode(
        at("year_day:T"),
        fill=alt.Fill("sure:N", scale=hollow, title="in the newest edition", legend=legend),
        tooltip=[
            "actor:N",
            alt.Tooltip("year:Q", format="d"),
            alt.Tooltip("value:Q", title="% of GDP"),
            "sure:N",
            alt.Tooltip("earliest:Q", format="d", title="by the highest edition"),
            alt.Tooltip("latest:Q", format="d", title="by the lowest edition"),
            alt.Tooltip("title:N", title="evidence"),
        ],
    )
    bars = [] if due.empty else [promised]
    return alt.layer(by_edition, *bars, newest, width=500, height=alt.Step(17))
