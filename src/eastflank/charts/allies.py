"""When allies first spent what they had promised: by all editions, and by the dates they set."""

from __future__ import annotations

import altair as alt
import pandas as pd

from eastflank.charts.budgets import SHARE, editions
from eastflank.charts.figure import BLACK, BLUE, GREEN, GREY, MUTED, ORANGE, RED, Figure
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


def first_years(level: float = 2, measure: str = SHARE, data: Dataset | None = None) -> Figure:
    """Draw in which year each ally first spent a share of its GDP, and when it had promised to.

    `level` is that share in percent. The year is shown by the newest edition of the figures, by the
    highest and by the lowest. Raises ValueError where nothing of that measure is known.
    """
    data = opened(data)
    seen = editions(measure, data)
    if seen.empty:
        raise ValueError(
            f"nothing is known of {measure!r}, and so not who reached {level:g}% of it; "
            "eastflank.load('observations') has what was measured"
        )
    found = reached(seen, level).sort_values(["year", "actor"]).reset_index()
    there = found.dropna(subset="year").copy()
    for bound in ("year", "earliest", "latest"):
        there[f"{bound}_day"] = pd.to_datetime(there[bound].astype("str") + "-07-01")
    due = _promised(level, measure, data)
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

    drawn = alt.Chart(there.drop(columns="actor_id")).encode(y=line)
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
        "sure:N",
        alt.Tooltip("earliest:Q", format="d", title="by the highest edition"),
        alt.Tooltip("latest:Q", format="d", title="by the lowest edition"),
        alt.Tooltip("title:N", title="evidence"),
    ]
    picture = alt.layer(
        drawn.mark_rule(strokeWidth=2, color=MUTED).encode(at("earliest_day:T"), x2="latest_day:T"),
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
                "sure:N",
                scale=hollow,
                title="in the newest edition",
                legend=alt.Legend(orient="top"),
            ),
            tooltip=tips,
        ),
        width=500,
        height=alt.Step(17),
    )
    title = f"None of {plural(len(found), 'ally', 'allies')} has reached {level:g}% of GDP"
    if len(there):
        last = there["year"].max()
        has = "has" if len(there) == 1 else "have"
        title = (
            f"{len(there)} of {plural(len(found), 'ally', 'allies')} {has} reached {level:g}% of "
        )
        newly, weak = int((there["year"] == last).sum()), int((there["sure"] == "estimate").sum())
        title += f"GDP, {f'{newly} of them ' if len(there) > 1 else ''}first in {last}; "
        title += (
            f"for {weak or 'none'} it is an estimate" if len(there) > 1 else "it is an estimate"
        )
        if not weak:
            title = title.rpartition(";")[0]
    promises = [f"{row.actor} {row.words} {row.due}" for row in due.itertuples()]
    by_year = [f"{year}: {', '.join(rows['actor'])}" for year, rows in there.groupby("year")]
    return Figure(
        picture,
        title=title,
        alt="; ".join([*by_year, *promises] or ["Nobody is there, and nobody promised it"]) + ".",
        source=sources(due["commitment_id"], seen["source_id"], data),
        how="Dot: the newest edition of the figures, which begin in "
        f"{seen['period_earliest'].min().year}. Grey line: from the first year by the highest "
        "edition to that by the lowest. Bars: the time for which it was promised, and for which it "
        "was promised later.",
        data=data,
    )


def dates_set(level: float = 2, measure: str = SHARE, data: Dataset | None = None) -> pd.DataFrame:
    """Return the dates that allies set themselves for a level, and when each was there.

    One row a promise of one member of NATO to reach the level; what has never had a date is left
    out. Columns: those of `tracker`, and actor_id, firmness, and three times with their bounds
    (`_earliest`, `_latest`): `due`, the first date; `in_force`, by which `timing_current` judges;
    `reached`.
    """
    frames = opened(data).frames
    targets = frames["targets"]
    is_level = (targets["value_low"] == level) & (targets["value_high"] == level)
    targets = targets[
        is_level & (targets["measure"] == measure) & (targets["form"] == str(Form.REACH))
    ]
    members = frames["memberships"]
    members = members[(members["group_id"] == "nato") & (members["role"] == "member")]
    rows = frames["tracker"].drop(columns=["due", "reached"])
    rows = rows[rows["promisor_ids"].isin(members["actor_id"])]
    due, came = (_with_bounds(name) for name in ("due", "reached"))
    rows = rows.merge(targets[["target_id", *due]], on="target_id")
    rows = rows.join(frames["outcomes"].set_index("outcome_id")[came], on="tracker_id")
    rows = rows.join(_in_force(rows, frames["milestones"]).set_index("target_id"), on="target_id")
    unmoved = rows["in_force"].isna()
    for name, first in zip(_with_bounds("in_force"), due, strict=True):
        rows[name] = rows[name].mask(unmoved, rows[first])
    rows = rows.rename(columns={"promisor_ids": "actor_id"}).assign(firmness=firmness(rows))
    return rows.dropna(subset="in_force_latest").sort_values("tracker_id", ignore_index=True)


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


def punctuality(level: float = 2, measure: str = SHARE, data: Dataset | None = None) -> Figure:
    """Draw which allies kept the dates that they set for a share of GDP, and how these moved.

    `level` is that share in percent. A line an ally: its first date, the one in force, the year in
    which it was there, and how this stands to both. Raises ValueError where no ally set a date.
    """
    data = opened(data)
    rows = dates_set(level, measure, data)
    if rows.empty:
        raise ValueError(f"no ally is known to have set a date for {level:g} of {measure!r}")
    for date in ("due", "in_force", "reached"):
        rows[f"{date}_at"] = _year(rows[f"{date}_earliest"], rows[f"{date}_latest"])
    order = [str(code) for code in TIMINGS]
    rows["rank"] = rows["timing_first"].astype("str").map(order.index)
    rows["slip"] = rows["reached_at"] - rows["due_at"].fillna(rows["in_force_at"])
    rows = rows.sort_values(["rank", "slip", "promisors", "tracker_id"], ignore_index=True)
    named = labels("Timing", data)
    for column in DATES:
        rows[f"{column}_label"] = rows[column].map(named).astype("str").str.lower()
        rows.loc[rows[column] == str(Timing.UNDATED), f"{column}_label"] = "no date"
    again = rows["promisors"].duplicated(keep=False)
    rows["ally"] = rows["promisors"].mask(again, rows["promisors"] + ": " + rows["commitment"])
    there = rows["reached"].notna()
    weak = int((there & (rows["firmness"] == PROVISIONAL)).sum())
    allies = plural(rows["actor_id"].nunique(), "ally", "allies")
    title = (
        f"{allies} set a date for {level:g}% of GDP: by the first, {_by(rows, 'timing_first')}; by "
        f"the one in force, {_by(rows, 'timing_current')}; {_moved(rows)}"
    )
    fell = int((rows["standing"] == str(Standing.REVERSED)).sum())
    if fell:
        title += f"; {fell} fell below it again"
    if weak:
        title += f"; {weak} {'is' if weak == 1 else 'are'} there provisionally"
    deciding = data.frames["observations"].set_index("observation_id")["source_id"]
    found = data.frames["outcomes"].set_index("outcome_id")["observation_id"]
    figures = rows["tracker_id"].map(found).map(deciding).dropna()
    return Figure(
        _lines(rows, level),
        title=title,
        alt="A line for each ally, here with the first date that it set, and the year in which it "
        f"was there. {_in_words(rows)}",
        source=sources(rows["commitment_id"], figures, data),
        how="Diamond: the first date, or the only one. Arrow: to the date in force, the last that "
        f"was set before it was there. Dot: the first year at {level:g}%. Hollow, provisional: "
        f"{WHY_PROVISIONAL}.",
        data=data,
    )


def _lines(rows: pd.DataFrame, level: float) -> alt.LayerChart:
    """Return the chart of `punctuality`: dates and years, and two columns of words beside them."""
    width, columns = 400, {"timing_first": 424, "timing_current": 506}
    shown = ["ally", "due", "in_force", "reached", "due_at", "in_force_at", "reached_at"]
    shown += ["firmness", "target", *DATES, *(f"{column}_label" for column in DATES)]
    drawn = alt.Chart(rows[shown].astype(dict.fromkeys(DATES, "str"))).encode(
        alt.Y(
            "ally:N",
            sort=list(rows["ally"]),
            title=None,
            axis=alt.Axis(domain=False, ticks=False, grid=True, labelLimit=260),
        )
    )
    ends = rows[["due_at", "in_force_at", "reached_at"]]
    scale = alt.Scale(
        domain=[float(ends.min(axis=None)) - 0.7, float(ends.max(axis=None)) + 0.7], nice=False
    )
    years = alt.Axis(format="d", tickMinStep=1, labelFlush=False, orient="top", grid=False)
    tips = [
        "ally:N",
        alt.Tooltip("due:N", title="first date"),
        alt.Tooltip("in_force:N", title="date in force"),
        alt.Tooltip("reached:N", title=f"first at {level:g}%"),
        "firmness:N",
    ]

    def at(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=years, title=None)

    above, below = -4, 4
    moved = drawn.transform_filter("isValid(datum.due_at) && datum.due_at != datum.in_force_at")
    earlier = "datum.in_force_at < datum.due_at"
    dates = drawn.mark_point(
        shape="diamond", size=45, filled=True, color=GREY, opacity=1, yOffset=above
    )
    arrows = [
        moved.transform_filter(f"{'' if left else '!'}({earlier})")
        .mark_point(
            shape=f"triangle-{'left' if left else 'right'}",
            size=55,
            filled=True,
            color=GREY,
            opacity=1,
            yOffset=above,
            xOffset=2 if left else -2,
        )
        .encode(at("in_force_at"), tooltip=tips)
        for left in (True, False)
    ]
    words = [
        layer
        for column, x in columns.items()
        for layer in (
            drawn.mark_point(size=45, opacity=1, strokeWidth=1.5).encode(
                x=alt.value(x),
                shape=alt.Shape(
                    f"{column}:N",
                    legend=None,
                    scale=_scale({code: shape for code, (_, shape) in TIMINGS.items()}),
                ),
                stroke=alt.Stroke(f"{column}:N", scale=_COLOURS, legend=None),
                fill=alt.Fill(f"{column}:N", scale=_COLOURS, legend=None),
                fillOpacity=solidity(),
            ),
            drawn.mark_text(align="left", fontSize=10).encode(
                x=alt.value(x + 9), text=f"{column}_label:N"
            ),
        )
    ]
    head = alt.Chart(
        pd.DataFrame({"ally": rows["ally"].iloc[0], "x": columns.values(), "says": DATES.values()})
    )
    heads = [
        head.transform_filter(f"datum.x == {x}")
        .mark_text(align="left", fontSize=10, dy=-19, color=GREY)
        .encode(y=alt.Y("ally:N", sort=list(rows["ally"])), x=alt.value(x - 5), text="says:N")
        for x in columns.values()
    ]
    return with_solidity(
        moved.mark_rule(color=GREY, strokeWidth=1.5, yOffset=above).encode(
            at("due_at"), x2="in_force_at:Q"
        ),
        dates.encode(at("due_at"), tooltip=tips),
        *arrows,
        dates.transform_filter("!isValid(datum.due_at)").encode(at("in_force_at"), tooltip=tips),
        drawn.mark_point(
            size=75, opacity=1, stroke=BLUE, fill=BLUE, strokeWidth=1.5, yOffset=below
        ).encode(at("reached_at"), fillOpacity=solidity(), tooltip=tips),
        *words,
        *heads,
    ).properties(width=width, height=alt.Step(21))


def _scale(by_code: dict[str, str]) -> alt.Scale:
    return alt.Scale(domain=[*map(str, by_code)], range=[*by_code.values()])


_COLOURS = _scale({code: colour for code, (colour, _) in TIMINGS.items()})


def _year(first: pd.Series, last: pd.Series) -> pd.Series:
    """Return the middle of times in years, a whole number for that of a calendar year."""
    middle = first + (last - first) / 2
    return (middle.dt.year + (middle.dt.day_of_year - 183) / 366).round(2)


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
    for (first, current), group in rows.groupby([*_LABELS], sort=False):
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


_LABELS = [f"{column}_label" for column in DATES]


def _promised(level: float, measure: str, data: Dataset) -> pd.DataFrame:
    """Return for when single actors promised to reach a level, first and after all revisions."""
    aims = data.frames["tracker"]
    aims = aims[(aims["measure"] == measure) & (aims["value"] == level)]
    aims = aims.rename(columns={"promisors": "actor"})
    bounds = data.frames["targets"].set_index("target_id")
    reach = bounds.index[bounds["form"] == str(Form.REACH)]
    aims = aims[aims["target_id"].isin(reach)]
    parts = []
    for words, date in (("promised", "due"), ("revised", "current_due")):
        rows = aims[["commitment_id", "target_id", "actor"]].assign(
            words=words, due=aims[date].map(when)
        )
        for name, end in (("since", "earliest"), ("until", "latest")):
            rows[name] = rows["target_id"].map(bounds[f"{date}_{end}"])
        parts.append(rows.drop(columns="target_id"))
    return (
        pd.concat(parts).dropna(subset="until").drop_duplicates(["commitment_id", "since", "until"])
    )
