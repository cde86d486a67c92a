"""Which allies kept the dates that they set for a share of their GDP, and how these moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from eastflank.asked import asked
from eastflank.charts.budgets import SHARE
from eastflank.charts.figure import BLACK, BLUE, GREEN, GREY, ORANGE, Figure
from eastflank.charts.outcomes import (
    FIRM,
    PROVISIONAL,
    WHY_PROVISIONAL,
    firmness,
    solidity,
    with_solidity,
)
from eastflank.charts.words import labels, listed, opened, plural, sources, when
from eastflank.claims import under
from eastflank.codelists import Form, MilestoneKind, Standing, Timing
from eastflank.outcomes import FOREVER
from eastflank.reader import Dataset

TIMINGS = {
    Timing.EARLY: (BLUE, "triangle-left"),
    Timing.IN_TIME: (GREEN, "circle"),
    Timing.LATE: (ORANGE, "triangle-right"),
    Timing.PASSED: (BLACK, "cross"),
    Timing.NOT_DUE: (GREY, "stroke"),
    Timing.UNDATED: (GREY, "stroke"),
    Timing.NOT_APPLICABLE: (GREY, "stroke"),
}
"""How the day on which an aim was reached can stand to a date, with its colour and its shape."""

DATES = {"timing_first": "first date", "timing_current": "date in force"}
"""The dates against which it is judged when an aim was reached, by the column of the judgement."""

LABELS = [f"{column}_label" for column in DATES]
"""The columns that have these judgements in words."""

BESIDE = {"timing_first": 424, "timing_current": 506}
"""Where the words of each judgement begin, right of the time line."""

ABOVE, BELOW = -4, 4
"""How far from the middle of a line its dates are drawn, and the year in which it was there."""


def dates_set(level: float = 2, measure: str = SHARE, data: Dataset | None = None) -> pd.DataFrame:
    """Return the dates that allies set themselves for a level, and when each was there.

    One row a promise of one member of NATO to reach the level; what has never had a date is left
    out. Columns: those of `tracker`, and actor_id, firmness, and three times with their bounds
    (`_earliest`, `_latest`): `due`, the first date; `in_force`, by which `timing_current` judges;
    `reached`.
    """
    frames = opened(data).frames
    due, in_force, came = (_with_bounds(name) for name in ("due", "in_force", "reached"))
    rows = frames["tracker"].drop(columns=["due", "reached"])
    rows = rows[rows["promisor_ids"].isin(_members(frames))]
    rows = rows.merge(_targets(level, measure, frames)[["target_id", *due]], on="target_id")
    rows = rows.join(frames["outcomes"].set_index("outcome_id")[came], on="tracker_id")
    rows = rows.join(_in_force(rows, frames["milestones"]).set_index("target_id"), on="target_id")
    unmoved = rows["in_force"].isna()  # the first date is still in force
    for now, first in zip(in_force, due, strict=True):
        rows[now] = rows[now].mask(unmoved, rows[first])
    rows = rows.rename(columns={"promisor_ids": "actor_id"}).assign(firmness=firmness(rows))
    return rows.dropna(subset="in_force_latest").sort_values("tracker_id", ignore_index=True)


def _members(frames: Mapping[str, pd.DataFrame]) -> pd.Series:
    """Return the ids of the members of NATO."""
    members = frames["memberships"]
    is_member = (members["group_id"] == "nato") & (members["role"] == "member")
    return members.loc[is_member, "actor_id"]


def _targets(level: float, measure: str, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the targets to reach a level of a measure."""
    targets = frames["targets"]
    is_level = (targets["value_low"] == level) & (targets["value_high"] == level)
    is_reached = targets["form"] == str(Form.REACH)
    return targets[is_level & is_reached & (targets["measure"] == measure)]


def _with_bounds(name: str) -> list[str]:
    return [name, f"{name}_earliest", f"{name}_latest"]


def _in_force(rows: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """Return the last date that was set before a target was reached, or before its date passed.

    A date that was moved only afterwards excuses nothing, as `timing_current` has it.
    """
    limit = rows["reached_latest"].fillna(rows["due_latest"]).fillna(FOREVER)
    moved = turns[(turns["kind"] == str(MilestoneKind.REVISED)) & turns["due"].notna()]
    moved = moved.assign(at=moved["date_latest"].fillna(moved["date_earliest"]))
    moved = moved[moved["at"] <= under(moved["target_id"], limit.set_axis(rows["target_id"]))]
    moved = moved.sort_values(["at", "known_from", "milestone_id"])
    moved = moved.drop_duplicates("target_id", keep="last")
    names = dict(zip(_with_bounds("due"), _with_bounds("in_force"), strict=True))
    return moved.rename(columns=names)[["target_id", *names.values()]]


@asked
def punctuality(level: float = 2, measure: str = SHARE, data: Dataset | None = None) -> Figure:
    """Draw which allies kept the dates that they set for a share of GDP, and how these moved.

    `level` is that share in percent. A line an ally: its first date, the one in force, the year in
    which it was there, and how this stands to both. Raises ValueError where no ally set a date.
    """
    data = opened(data)
    rows = dates_set(level, measure, data)
    if rows.empty:
        raise ValueError(f"no ally is known to have set a date for {level:g} of {measure!r}")
    rows = _in_order(_with_years(rows))
    rows = _with_labels(rows, data)
    return Figure(
        _drawn(rows, level),
        title=_finding(rows, level),
        alt="A line for each ally, here with the first date that it set, and the year in which it "
        f"was there. {_in_words(rows)}",
        source=sources(rows["commitment_id"], _deciding(rows, data), data),
        how="Diamond: the first date, or the only one. Arrow: to the date in force, the last that "
        f"was set before it was there. Dot: the first year at {level:g}% that was not lost again "
        f"by that date. Hollow, provisional: {WHY_PROVISIONAL}.",
        data=data,
    )


def _with_years(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with their three times in years: `due_at`, `in_force_at`, `reached_at`."""
    times = ("due", "in_force", "reached")
    return rows.assign(
        **{f"{time}_at": _year(rows[f"{time}_earliest"], rows[f"{time}_latest"]) for time in times}
    )


def _year(first: pd.Series, last: pd.Series) -> pd.Series:
    """Return the middle of times in years, a whole number for that of a calendar year."""
    middle = first + (last - first) / 2
    return (middle.dt.year + (middle.dt.day_of_year - 183) / 366).round(2)


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows in the order of TIMINGS by the first date, then by how far off it they were."""
    order = [str(code) for code in TIMINGS]
    rank = rows["timing_first"].astype("str").map(order.index)
    slip = rows["reached_at"] - rows["due_at"].fillna(rows["in_force_at"])
    by = ["rank", "slip", "promisors", "tracker_id"]
    rows = rows.assign(rank=rank, slip=slip).sort_values(by, ignore_index=True)
    return rows.drop(columns=["rank", "slip"])


def _with_labels(rows: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Return rows with each judgement of DATES in words, as `_label`, and the `ally`.

    Of an ally with several promises, the commitment tells which one it is.
    """
    named = labels("Timing", data)
    for column in DATES:
        label = rows[column].map(named).astype("str").str.lower()
        undated = rows[column] == str(Timing.UNDATED)
        rows = rows.assign(**{f"{column}_label": label.mask(undated, "no date")})
    again = rows["promisors"].duplicated(keep=False)
    ally = rows["promisors"].mask(again, rows["promisors"] + ": " + rows["commitment"])
    return rows.assign(ally=ally)


def _deciding(rows: pd.DataFrame, data: Dataset) -> pd.Series:
    """Return the sources of the figures by which it was judged when allies were there."""
    source = data.frames["observations"].set_index("observation_id")["source_id"]
    figure = data.frames["outcomes"].set_index("outcome_id")["observation_id"]
    return rows["tracker_id"].map(figure).map(source).dropna()


# What is said of it.


def _finding(rows: pd.DataFrame, level: float) -> str:
    """Return in a sentence how many came when, against both dates, and what else became of it."""
    allies = plural(rows["actor_id"].nunique(), "ally", "allies")
    said = [
        f"{allies} set a date for {level:g}% of GDP: by the first, {_by(rows, 'timing_first')}",
        f"by the one in force, {_by(rows, 'timing_current')}",
        _moved(rows),
    ]
    fell = int((rows["standing"] == str(Standing.REVERSED)).sum())
    if fell:
        said.append(f"{fell} fell below it again")
    weak = int((rows["reached"].notna() & (rows["firmness"] == PROVISIONAL)).sum())
    if weak:
        said.append(f"{weak} {'is' if weak == 1 else 'are'} there provisionally")
    return "; ".join(said)


def _by(rows: pd.DataFrame, column: str) -> str:
    """Return in words how many came when, against a date: "3 came early, 1 in time"."""
    there, counts = rows["reached"].notna(), rows[column].astype("str").value_counts()
    named = rows.set_index(rows[column].astype("str"))[f"{column}_label"].to_dict()
    undated = int(counts.pop(str(Timing.UNDATED))) if str(Timing.UNDATED) in counts else 0
    said = [f"{counts[code]} {named[code]}" for code in map(str, TIMINGS) if code in counts]
    if there.any() and said:
        said[0] = said[0].replace(" ", " came ", 1)
    return listed(said, 9) + f" ({undated} had set none)" * bool(undated)


def _moved(rows: pd.DataFrame) -> str:
    """Return in words how many moved their first date, and which way."""
    by = (rows["in_force_at"] - rows["due_at"]).dropna()
    ways = {"earlier": int((by < 0).sum()), "later": int((by > 0).sum())}
    said = [f"{count} {way}" for way, count in ways.items() if count]
    said[:1] = [words.replace(" ", " moved it ", 1) for words in said[:1]]
    return listed(said, 2) or "none moved it"


def _in_words(rows: pd.DataFrame) -> str:
    """Return in words which allies were there when, grouped by how that stands to their dates."""
    said = []
    for (first, current), group in rows.groupby(LABELS, sort=False):
        head = "no first date" if first == "no date" else f"{first} by the first date"
        head += " and" if first == current else f", {current}"
        dates = group["due"].fillna(group["in_force"]).map(when)
        there = ["not there" if pd.isna(year) else when(year) for year in group["reached"]]
        each = ", ".join(group["ally"] + " " + dates + ": " + pd.Series(there, group.index))
        said.append(f"{head[0].upper()}{head[1:]} by the one in force: {each}.")
    came = rows.dropna(subset="reached")
    firm = came["firmness"] == FIRM
    if len(came) and firm.all():
        said.append("None is provisional.")
    elif len(came) and (~firm).all():
        said.append("All are provisional.")
    elif len(came):
        said.append(f"Firm: {listed(came.loc[firm, 'ally'], 99)}; the others are provisional.")
    return " ".join(said)


# How it is drawn.


def _drawn(rows: pd.DataFrame, level: float) -> alt.LayerChart:
    """Return the chart of `punctuality`: dates and years, and two columns of words beside them."""
    times = ["due", "in_force", "reached", "due_at", "in_force_at", "reached_at"]
    shown = ["ally", *times, "firmness", "target", *DATES, *LABELS]
    drawn = alt.Chart(rows[shown].astype(dict.fromkeys(DATES, "str"))).encode(
        alt.Y(
            "ally:N",
            sort=list(rows["ally"]),
            title=None,
            axis=alt.Axis(domain=False, ticks=False, grid=True, labelLimit=260),
        )
    )
    layers = [*_times(drawn, rows, level), *_judgements(drawn), *_heads(rows)]
    return with_solidity(*layers).properties(width=400, height=alt.Step(21))


def _times(drawn: alt.Chart, rows: pd.DataFrame, level: float) -> list[alt.Chart]:
    """Return the dates of each ally, the way from the first to the one in force, and its year."""
    ends = rows[["due_at", "in_force_at", "reached_at"]]
    first, last = float(ends.min(axis=None)), float(ends.max(axis=None))
    scale = alt.Scale(domain=[first - 0.7, last + 0.7], nice=False)
    years = alt.Axis(format="d", tickMinStep=1, labelFlush=False, orient="top", grid=False)
    tips = [
        "ally:N",
        alt.Tooltip("due:N", title="first date"),
        alt.Tooltip("in_force:N", title="date in force"),
        alt.Tooltip("reached:N", title=f"at {level:g}% in"),
        "firmness:N",
    ]

    def at(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=years, title=None)

    grey: dict[str, Any] = {"filled": True, "color": GREY, "opacity": 1, "yOffset": ABOVE}
    dates = drawn.mark_point(shape="diamond", size=45, **grey)
    moved = drawn.transform_filter("isValid(datum.due_at) && datum.due_at != datum.in_force_at")
    way = moved.mark_rule(color=GREY, strokeWidth=1.5, yOffset=ABOVE)
    is_earlier = "(datum.in_force_at < datum.due_at)"
    earlier = moved.transform_filter(is_earlier).mark_point(
        shape="triangle-left", size=55, xOffset=2, **grey
    )
    later = moved.transform_filter(f"!{is_earlier}").mark_point(
        shape="triangle-right", size=55, xOffset=-2, **grey
    )
    dots = drawn.mark_point(
        size=75, opacity=1, stroke=BLUE, fill=BLUE, strokeWidth=1.5, yOffset=BELOW
    )
    return [
        way.encode(at("due_at"), x2="in_force_at:Q"),
        dates.encode(at("due_at"), tooltip=tips),
        earlier.encode(at("in_force_at"), tooltip=tips),
        later.encode(at("in_force_at"), tooltip=tips),
        dates.transform_filter("!isValid(datum.due_at)").encode(at("in_force_at"), tooltip=tips),
        dots.encode(at("reached_at"), fillOpacity=solidity(), tooltip=tips),
    ]


def _judgements(drawn: alt.Chart) -> list[alt.Chart]:
    """Return how each ally stands to both its dates: a mark and its words, in two columns."""
    codes = [str(code) for code in TIMINGS]
    colours, shapes = zip(*TIMINGS.values(), strict=True)
    shade = alt.Scale(domain=codes, range=list(colours))
    form = alt.Scale(domain=codes, range=list(shapes))
    layers = []
    for column, x in BESIDE.items():
        layers += [
            drawn.mark_point(size=45, opacity=1, strokeWidth=1.5).encode(
                x=alt.value(x),
                shape=alt.Shape(f"{column}:N", legend=None, scale=form),
                stroke=alt.Stroke(f"{column}:N", scale=shade, legend=None),
                fill=alt.Fill(f"{column}:N", scale=shade, legend=None),
                fillOpacity=solidity(),
            ),
            drawn.mark_text(align="left", fontSize=10).encode(
                x=alt.value(x + 9), text=f"{column}_label:N"
            ),
        ]
    return layers


def _heads(rows: pd.DataFrame) -> list[alt.Chart]:
    """Return what stands above the two columns: the dates by which it is judged."""
    first = rows["ally"].iloc[0]
    head = alt.Chart(pd.DataFrame({"ally": first, "x": BESIDE.values(), "says": DATES.values()}))
    return [
        head.transform_filter(f"datum.x == {x}")
        .mark_text(align="left", fontSize=10, dy=-19, color=GREY)
        .encode(y=alt.Y("ally:N", sort=list(rows["ally"])), x=alt.value(x - 5), text="says:N")
        for x in BESIDE.values()
    ]
