"""The lives of commitments: from the announcement over every turn to what became of them, and when they fall due."""

import textwrap

import altair as alt
import pandas as pd

from eastflank.charts.figure import BLACK, BLUE, GREEN, GREY, INK, ORANGE, PALE, SKY, Figure
from eastflank.charts.outcomes import OUTCOMES, counted, days, outcome, spells
from eastflank.charts.words import between, sources, voices, when
from eastflank.status import in_order
from eastflank.tables import load
from eastflank.words import nearest

TURNS = {
    "announced": (["announced"], "circle", GREY),
    "step or reaffirmation": (
        ["reaffirmed", "funded", "contracted", "started", "progressed"],
        "triangle-right",
        BLUE,
    ),
    "revised or delayed": (["revised", "delayed"], "diamond", ORANGE),
    "reached in part": (["partly-met"], "triangle-up", SKY),
    "reached": (["met"], "square", GREEN),
    "missed, given up or replaced": (["missed", "withdrawn", "superseded"], "cross", BLACK),
}
"""What kinds of milestone come down to, each with the shape and the colour in which it is drawn."""

SHAPES = alt.Scale(domain=list(TURNS), range=[shape for _, shape, _ in TURNS.values()])
SHADES = alt.Scale(domain=list(TURNS), range=[colour for *_, colour in TURNS.values()])
TIPS = ["commitment:N", "date:N", "kind:N", "summary:N", "evidence:N"]


def turn(kinds: pd.Series) -> pd.Series:
    """Return what kinds of milestones come down to, as a category in the order of TURNS."""
    named = {code: name for name, (codes, *_) in TURNS.items() for code in codes}
    return kinds.astype("str").map(named).astype(pd.CategoricalDtype(list(TURNS), ordered=True))


def lives(commitments: pd.DataFrame | None = None, since="2024-01-01") -> Figure:
    """Draw commitments, all or those of a frame, a row each: outcome, turns, deadline; as of any month's end by a slider.

    What came before the day `since` is shown by an arrow at the left edge.
    """
    rows = _rows(load("commitments") if commitments is None else commitments)
    ends, start = days(), pd.Timestamp(since)
    stop = pd.Timestamp(year=ends[-1].year + 1, month=12, day=31)
    turns = _turns(rows)
    turns["month"] = [sum(day < began for day in ends) for began in turns["began"]]
    early = turns.loc[turns["ended"] < start, ["commitment"]].drop_duplicates()
    turns = turns[turns["ended"] >= start].assign(began=turns["began"].clip(lower=start))
    due = _due(rows)
    bars = due[(due["until"] >= start) & (due["since"] <= stop)]
    bars = bars.assign(since=bars["since"].clip(lower=start), until=bars["until"].clip(upper=stop))
    stood = _stretches(rows)

    slider = alt.binding_range(min=0, max=len(ends) - 1, step=1, name="Months since the summit ")
    month = alt.param("month", value=len(ends) - 1, bind=slider)
    line = alt.Y("commitment:N", sort=list(rows["commitment"]), title=None)
    line = line.axis(labelLimit=420, labelFontSize=10, domain=False, ticks=False, grid=True)
    scale = alt.Scale(**between(start, stop), range=[84, 340])
    years = alt.Axis(format="%Y", tickCount="year", orient="top")

    def drawn(frame: pd.DataFrame, when: str = "") -> alt.Chart:
        chart = alt.Chart(frame.reset_index(drop=True)).encode(y=line)
        return chart.transform_filter(when) if when else chart

    def at(field: str) -> alt.X:
        return alt.X(field, scale=scale, axis=years, title=None)

    legend = alt.Legend(orient="top", columns=3, title=None, symbolOpacity=1)
    shade, shape = (
        alt.Color("turn:N", scale=SHADES, legend=legend),
        alt.Shape("turn:N", scale=SHAPES, legend=legend),
    )
    calendar = pd.DataFrame(
        {
            "first": range(len(ends)),
            "last": range(len(ends)),
            "day": ends,
            "commitment": rows["commitment"].iloc[0],
        }
    )
    until_then, just_then = "datum.month <= month", "datum.first <= month && month <= datum.last"
    picture = alt.layer(
        drawn(bars)
        .mark_rule(strokeWidth=9, color=PALE)
        .encode(at("since:T"), x2="until:T", tooltip=["commitment:N", "due:N"]),
        drawn(early)
        .mark_point(shape="triangle-left", size=24, filled=True, color=GREY, opacity=1)
        .encode(x=alt.value(79)),
        *(
            drawn(stood, f"{just_then} && datum.outcome == '{name}'")
            .mark_point(shape="square", size=50, filled=True, opacity=1, color=colour)
            .encode(x=alt.value(7), tooltip=["commitment:N", "status:N"])
            for name, (_, colour) in OUTCOMES.items()
        ),
        drawn(stood, just_then)
        .mark_text(align="left", fontSize=10)
        .encode(x=alt.value(14), text="outcome:N"),
        drawn(turns, until_then)
        .mark_rule(strokeWidth=2, opacity=0.6)
        .encode(at("began:T"), x2="ended:T", color=shade),
        drawn(turns, until_then)
        .mark_point(size=40, filled=True, opacity=1)
        .encode(at("middle:T"), color=shade, shape=shape, tooltip=TIPS),
        drawn(due)
        .mark_text(align="left", fontSize=10, color=GREY)
        .encode(x=alt.value(346), text="due:N"),
        drawn(calendar, just_then)
        .mark_text(align="left", fontSize=10, dy=-16)
        .encode(x=alt.value(4), text=alt.Text("day:T", format="%e %b %Y")),
        width=340,
        height=alt.Step(15),
    )
    counts = rows["outcome"].value_counts()
    dated = (due["due"] != "").sum()
    return Figure(
        picture.add_params(month),
        title=f"Of {len(rows)} commitments, {counted(counts)}; {len(rows) - dated} have no deadline",
        alt=f"A row for each of {len(rows)} commitments, from kept to withdrawn or replaced ({counted(counts)}), with {len(turns)} turns since "
        f"{start:%B %Y} as marks on a time line, and the deadline in force, which {dated} of them have.",
        source=sources(rows["commitment_id"]),
        how="Grey bars, and words on the right: when it falls due, as now in force. Arrows: turns before the time shown. "
        "A line behind a mark: the turn came some time in the time that the line covers.",
    )


def life(commitment_id: str) -> Figure:
    """Draw one commitment from turn to turn, each with what happened, and below them when its targets fall due."""
    found = load("commitments").query("commitment_id == @commitment_id")
    if found.empty:
        known = list(load("commitments")["commitment_id"])
        raise ValueError(
            f"there is no commitment {commitment_id!r}{nearest(commitment_id, known)}; see eastflank.load('commitments')"
        )
    [row] = _rows(found).to_dict("records")
    turns, aims = _turns(_rows(found)), _aims(commitment_id)
    turns["row"] = _labels(turns["date"].map(when) + ", " + turns["kind"].astype("str"))
    aims["row"] = _labels(aims["title"])
    shown = pd.concat([turns.assign(text=turns["summary"]), aims], ignore_index=True)
    shown["text"] = shown["text"].map(lambda words: textwrap.wrap(words, 50))
    began, ended = shown["began"].min(), shown[["began", "ended"]].max(axis=None)
    margin = max((ended - began) / 20, pd.Timedelta(days=20))
    shown["open"] = shown["ended"].isna()
    shown["ended"] = shown["ended"].fillna(ended + margin)

    line = alt.Y("row:N", sort=list(shown["row"]), title=None)
    line = line.axis(
        labelLimit=210, domain=False, ticks=False, grid=True, labelExpr="split(datum.label, '\\n')"
    )
    scale = alt.Scale(**between(began - margin, ended + margin))
    years = alt.Axis(format="%Y", tickCount="year", orient="top")

    def at(field: str) -> alt.X:
        return alt.X(field, scale=scale, axis=years, title=None)

    shade = alt.Color(
        "turn:N",
        scale=alt.Scale(domain=[*TURNS, *SAYS], range=[*SHADES.range, *SAYS.values()]),
        legend=None,
    )
    every = alt.Chart(shown).encode(y=line, color=shade)
    turned, aimed = (
        every.transform_filter("!isValid(datum.title)"),
        every.transform_filter("isValid(datum.title)"),
    )
    picture = alt.layer(
        aimed.transform_filter("!datum.open")
        .mark_rule(strokeWidth=10)
        .encode(at("began:T"), x2="ended:T"),
        aimed.transform_filter("datum.open")
        .mark_rule(strokeWidth=10, strokeDash=[2, 4])
        .encode(at("began:T"), x2="ended:T"),
        turned.mark_rule(strokeWidth=3, opacity=0.6).encode(at("began:T"), x2="ended:T"),
        turned.mark_point(size=80, filled=True, opacity=1).encode(
            at("middle:T"), shape=alt.Shape("turn:N", scale=SHAPES, legend=None), tooltip=TIPS
        ),
        every.mark_text(align="left", lineHeight=13).encode(
            x=alt.value(192), text="text:N", color=alt.value(INK), tooltip=["text:N", "evidence:N"]
        ),
        width=186,
        height=alt.Step(44),
    )
    since = turns.loc[turns["ended"] == row["status_date"], "date"].map(when)
    since = since.iloc[-1] if len(since) else when(f"{row['status_date']:%Y-%m-%d}")
    return Figure(
        picture,
        title=f"{row['title']}: announced {when(row['date'])}, {str(row['status']).replace('-', ' ')} since {since}",
        alt=" ".join(
            f"{when(turn['date'])}: {turn['summary']}" for turn in turns.to_dict("records")
        )
        + "".join(f" {aim['title']}: {aim['text']}." for aim in aims.to_dict("records")),
        source=sources([commitment_id]),
        how="Marks: turns; a line behind one: some time in the time that it covers. Bars: the time in which a target falls due; "
        "dotted: from then on.",
    )


def _rows(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return commitments in the order in which they are drawn, each with its outcome and a name that no other has."""
    rows = commitments.assign(outcome=outcome(commitments["status"])).sort_values(
        ["outcome", "status_date", "commitment_id"]
    )
    again = rows["title"].duplicated(keep=False)
    return rows.assign(
        commitment=rows["title"].mask(again, rows["title"] + " (" + rows["commitment_id"] + ")")
    )


def _turns(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the milestones of commitments in order, each with the time in which it fell and who says so."""
    turns = in_order(load("milestones")).merge(
        rows[["commitment_id", "commitment"]], on="commitment_id"
    )
    turns = turns.assign(
        ended=turns["date_latest"].fillna(turns["began"]), turn=turn(turns["kind"])
    )
    turns["middle"] = turns["began"] + (turns["ended"] - turns["began"]) / 2
    turns["evidence"] = turns["milestone_id"].map(voices(turns["milestone_id"]))
    return turns[
        ["commitment", "date", "kind", "summary", "turn", "began", "middle", "ended", "evidence"]
    ]


def _stretches(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the statuses of commitments, one row a stretch of months, from `first` to `last`, without a change."""
    stood = spells(rows).sort_values(["commitment_id", "month"])
    changed = stood["status"].ne(stood["status"].shift()) | stood["commitment_id"].ne(
        stood["commitment_id"].shift()
    )
    stretches = stood.groupby(changed.cumsum()).agg(
        commitment_id=("commitment_id", "first"),
        first=("month", "min"),
        last=("month", "max"),
        status=("status", "first"),
        outcome=("outcome", "first"),
    )
    return stretches.merge(rows[["commitment_id", "commitment"]], on="commitment_id").drop(
        columns="commitment_id"
    )


def _due(rows: pd.DataFrame) -> pd.DataFrame:
    """Return for each commitment the time in which its targets fall due, as now in force, and that time in words."""
    targets = load("targets").sort_values("current_due_latest", na_position="last")
    dates = targets.groupby("commitment_id").agg(
        since=("current_due_earliest", "min"), until=("current_due_latest", "max")
    )
    openly = targets[
        targets["current_due_earliest"].notna() & targets["current_due_latest"].isna()
    ]["commitment_id"]
    due = rows[["commitment_id", "commitment"]].join(dates, on="commitment_id")
    years = [
        ""
        if pd.isna(since)
        else f"{since.year} or later"
        if pd.isna(until)
        else _years(since.year, until.year)
        for since, until in due[["since", "until"]].itertuples(index=False)
    ]
    words = pd.Series(years, index=due.index)
    words = words.mask(
        due["commitment_id"].isin(openly) & due["until"].notna(), words + " or later"
    )
    return due.assign(due=words)[["commitment", "since", "until", "due"]]


SAYS = {"as first stated": ORANGE, "as promised": GREY, "as revised": BLUE}
"""Whose word on a due date a bar shows: the first source's, that which the evidence supports, or the last revision's."""


def _aims(commitment_id: str) -> pd.DataFrame:
    """Return when a commitment's targets fall due: a row a date, as the first source, the evidence and revisions may differ."""
    columns = dict(zip(SAYS, ("stated_due", "due", "current_due"), strict=True))
    rows = []
    for target in load("targets").query("commitment_id == @commitment_id").to_dict("records"):
        dates = {
            says: target[column] for says, column in columns.items() if not pd.isna(target[column])
        }
        for date in dict.fromkeys(dates.values()):
            agree = [says for says in SAYS if dates.get(says) == date]
            says = "as promised" if "as promised" in agree else agree[0]
            since, until = (target[f"{columns[says]}_{end}"] for end in ("earliest", "latest"))
            rows.append(
                {
                    "title": target["title"]
                    + (f", {says}" if len(set(dates.values())) > 1 else ""),
                    "text": f"due {when(date)}",
                    "turn": says,
                    "began": until if pd.isna(since) else since,
                    "ended": until,
                    "evidence": voices([target["target_id"]]).iloc[0],
                }
            )
    return pd.DataFrame(rows, columns=["title", "text", "turn", "began", "ended", "evidence"])


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _labels(words: pd.Series) -> pd.Series:
    """Return labels of rows, broken into lines; one that stood before gets a number, as each must have its own row."""
    again = words.groupby(words).cumcount()
    words = words.mask(again > 0, words + " (" + (again + 1).astype("str") + ")")
    return words.map(lambda label: "\n".join(textwrap.wrap(label, 32)))
