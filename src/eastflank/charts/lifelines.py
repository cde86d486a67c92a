"""The lives of commitments: every turn they took, how they stand, and when they fall due."""

from __future__ import annotations

import textwrap

import altair as alt
import pandas as pd

from eastflank.charts.figure import BLACK, BLUE, GREEN, GREY, INK, ORANGE, PALE, PURPLE, SKY, Figure
from eastflank.charts.outcomes import (
    FIRM,
    PROVISIONAL,
    STANDINGS,
    WHY_PROVISIONAL,
    counted,
    days,
    history,
    solidity,
    statuses,
    with_solidity,
)
from eastflank.charts.words import (
    between,
    chosen,
    labels,
    listed,
    opened,
    plural,
    sources,
    voices,
    when,
)
from eastflank.codelists import Basis, MilestoneKind
from eastflank.outcomes import ENDS, facts_of
from eastflank.reader import Dataset
from eastflank.words import nearest

TURNS = {
    "announced": (["announced"], "circle", GREY),
    "step or reaffirmation": (
        ["reaffirmed", "funded", "contracted", "started", "progressed"],
        "triangle-right",
        BLUE,
    ),
    "revised or delayed": (["revised", "delayed"], "diamond", ORANGE),
    "met in part": (["partly-met"], "triangle-up", SKY),
    "met or upheld": (["met", "upheld"], "square", GREEN),
    "reversed or broken": (["reversed", "broken"], "triangle-down", PURPLE),
    "missed, withdrawn or superseded": (["missed", "withdrawn", "superseded"], "cross", BLACK),
}
"""What kinds of milestone come down to, each with the shape and the colour in which it is drawn."""

SHAPES = alt.Scale(domain=list(TURNS), range=[shape for _, shape, _ in TURNS.values()])
SHADES = alt.Scale(domain=list(TURNS), range=[colour for *_, colour in TURNS.values()])
TIPS = ["commitment:N", "date:N", "kind:N", "summary:N", "counts:N", "evidence:N"]

SAYS = {"as first stated": ORANGE, "as promised": GREY, "as revised": BLUE}
"""Whose word on a due date a bar shows: the first source's, the evidence's, the last revision's."""


HOLLOW = "what only an estimate shows, or what only weak sources report, which does not count"
"""Which turns are drawn hollow."""


def turn(kinds: pd.Series) -> pd.Series:
    """Return what kinds of milestones come down to, as a category in the order of TURNS."""
    named = {code: name for name, (codes, *_) in TURNS.items() for code in codes}
    return kinds.astype("str").map(named).astype(pd.CategoricalDtype(list(TURNS), ordered=True))


def lives(
    commitments: pd.DataFrame | None = None,
    since: str = "2024-01-01",
    data: Dataset | None = None,
) -> Figure:
    """Draw commitments, all or those of a frame, a row each: status, turns, deadline.

    In a notebook a slider shows any month's end. What came before the day `since` is shown by an
    arrow at the left edge. Raises ValueError where there is none, or the frame has an unknown one.
    """
    rows, data = chosen(commitments, "commitments", data)
    rows = _rows(rows, data)
    ends, start = days(data), pd.Timestamp(since)
    stop = pd.Timestamp(year=ends[-1].year + 1, month=12, day=31)
    turns = _turns(rows, data)
    turns["month"] = [sum(day < began for day in ends) for began in turns["began"]]
    early = turns.loc[turns["ended"] < start, ["commitment"]].drop_duplicates()
    turns = turns[turns["ended"] >= start].assign(began=turns["began"].clip(lower=start))
    due = _due(rows, data)
    bars = due[(due["until"] >= start) & (due["since"] <= stop)]
    bars = bars.assign(since=bars["since"].clip(lower=start), until=bars["until"].clip(upper=stop))
    stood = _stretches(rows, data)

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

    legend = alt.Legend(orient="top", columns=2, title=None, symbolOpacity=1, labelLimit=0)
    shade = alt.Color("turn:N", scale=SHADES, legend=None)
    calendar = pd.DataFrame(
        {
            "first": range(len(ends)),
            "last": range(len(ends)),
            "day": ends,
            "commitment": rows["commitment"].iloc[0],
        }
    )
    until_then, just_then = "datum.month <= month", "datum.first <= month && month <= datum.last"
    marks = drawn(turns, until_then).mark_point(size=40, opacity=1, strokeWidth=1)
    picture = with_solidity(
        drawn(bars)
        .mark_rule(strokeWidth=9, color=PALE)
        .encode(at("since:T"), x2="until:T", tooltip=["commitment:N", "due:N"]),
        drawn(early)
        .mark_point(shape="triangle-left", size=24, filled=True, color=GREY, opacity=1)
        .encode(x=alt.value(79)),
        *(
            drawn(stood, f"{just_then} && datum.status == '{code}'")
            .mark_point(
                shape="square", size=50, opacity=1, fill=colour, stroke=colour, strokeWidth=1.3
            )
            .encode(
                x=alt.value(7),
                fillOpacity=solidity(),
                tooltip=["commitment:N", "standing:N", "firmness:N"],
            )
            for code, colour in STANDINGS.items()
            if (stood["status"] == code).any()
        ),
        drawn(stood, just_then)
        .mark_text(align="left", fontSize=10)
        .encode(x=alt.value(14), text="standing:N"),
        drawn(turns, until_then)
        .mark_rule(strokeWidth=2, opacity=0.6)
        .encode(at("began:T"), x2="ended:T", color=shade),
        marks.encode(
            at("middle:T"),
            shape=alt.Shape("turn:N", scale=SHAPES, legend=legend),
            stroke=alt.Stroke("turn:N", scale=SHADES, legend=None),
            fill=alt.Fill("turn:N", scale=SHADES, legend=legend),
            fillOpacity=solidity(),
            tooltip=TIPS,
        ),
        drawn(due)
        .mark_text(align="left", fontSize=10, color=GREY)
        .encode(x=alt.value(346), text="due:N"),
        drawn(calendar, just_then)
        .mark_text(align="left", fontSize=10, dy=-16)
        .encode(x=alt.value(4), text=alt.Text("day:T", format="%e %b %Y")),
    ).properties(width=340, height=alt.Step(15))
    dated = int((due["due"] != "").sum())
    found = counted(rows, data)
    return Figure(
        picture.add_params(month),
        title=f"{plural(len(rows), 'commitment')}: {found}; {len(rows) - dated} without a deadline",
        alt=f"A row for each commitment, by status ({found}), with "
        f"{plural(len(turns), 'turn')} since {start:%B %Y} as marks on a time line, and the "
        f"deadline in force, which {dated} of them have.",
        source=sources(rows["commitment_id"], data=data),
        how="Grey bars, and words on the right: when it falls due, as now in force. Arrows: turns "
        "before the time shown. A line behind a mark: the turn came some time in the time that the "
        f"line covers. Hollow square, on the last day alone: provisional; {WHY_PROVISIONAL}. "
        f"Hollow mark: {HOLLOW}.",
        data=data,
    )


def life(commitment_id: str, data: Dataset | None = None) -> Figure:
    """Draw one commitment from turn to turn, with what happened, and when its targets fall due.

    Raises ValueError where there is no such commitment.
    """
    data = opened(data)
    known = data.frames["commitments"]
    found = known[known["commitment_id"] == commitment_id]
    if found.empty:
        raise ValueError(
            f"there is no commitment {commitment_id!r}"
            f"{nearest(commitment_id, known['commitment_id'])}; "
            "see eastflank.load('commitments')"
        )
    rows = _rows(found, data)
    turns, aims = _turns(rows, data), _aims(commitment_id, data)
    turns["row"] = _labels(turns["date"].map(when) + ", " + turns["kind"].str.lower())
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

    colours = alt.Scale(domain=[*TURNS, *SAYS], range=[*SHADES.range, *SAYS.values()])
    shade = alt.Color("turn:N", scale=colours, legend=None)
    every = alt.Chart(shown).encode(y=line, color=shade)
    turned, aimed = (
        every.transform_filter("!isValid(datum.title)"),
        every.transform_filter("isValid(datum.title)"),
    )
    doubtful = bool((turns["firmness"] == PROVISIONAL).any())
    drawing = with_solidity if doubtful else alt.layer
    picture = drawing(
        aimed.transform_filter("!datum.open")
        .mark_rule(strokeWidth=10)
        .encode(at("began:T"), x2="ended:T"),
        aimed.transform_filter("datum.open")
        .mark_rule(strokeWidth=10, strokeDash=[2, 4])
        .encode(at("began:T"), x2="ended:T"),
        turned.mark_rule(strokeWidth=3, opacity=0.6).encode(at("began:T"), x2="ended:T"),
        turned.mark_point(size=80, opacity=1, strokeWidth=1).encode(
            at("middle:T"),
            shape=alt.Shape("turn:N", scale=SHAPES, legend=None),
            fill=alt.Fill("turn:N", scale=colours, legend=None),
            fillOpacity=solidity(),
            tooltip=TIPS,
        ),
        every.mark_text(align="left", lineHeight=13).encode(
            x=alt.value(192), text="text:N", color=alt.value(INK), tooltip=["text:N", "evidence:N"]
        ),
    ).properties(width=186, height=alt.Step(44))
    [row] = rows.to_dict("records")
    return Figure(
        picture,
        title=f"{row['title']}: announced {when(row['date'])}, {_came(row, data)}",
        alt=" ".join(
            f"{when(turn['date'])}: {turn['summary']}{turn['doubt']}"
            for turn in turns.to_dict("records")
        )
        + "".join(f" {aim['title']}: {aim['text']}." for aim in aims.to_dict("records")),
        source=sources(commitment_id, data=data),
        how="Marks: turns; a line behind one: some time in the time that it covers. Bars: the time "
        "in which a target falls due; dotted: from then on." + f" Hollow: {HOLLOW}." * doubtful,
        data=data,
    )


def _came(row: dict, data: Dataset) -> str:
    """Return in words how a commitment stands and, where a turn or a figure says so, since when."""
    words = labels("Standing", data)[row["status"]].lower()
    turns = data.frames["milestones"].set_index("milestone_id")["date"]
    outcomes = data.frames["outcomes"]
    own = outcomes[outcomes["commitment_id"] == row["commitment_id"]]
    decides = own[own["standing"] == row["status"]]
    reached, reported = decides["reached"].dropna(), own["reported"].dropna()
    if pd.notna(row["status_milestone_id"]):
        words += f" since {when(turns[row['status_milestone_id']])}"
    elif len(reached):
        words += f" since {when(reached.iloc[-1])}"
    if len(reported):
        kinds = reported.map(labels("MilestoneKind", data)).astype("str").str.lower()
        return f"{words}; weak sources report it {listed(kinds.unique(), 9)}"
    return f"{words}, provisionally" if row["firmness"] == PROVISIONAL else words


def _rows(commitments: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Return commitments in the order of the drawing, each with a name that no other has."""
    rows = statuses(commitments, data)
    order = [str(code) for code in STANDINGS]
    rows = rows.assign(place=rows["status"].astype("str").map(order.index))
    rows = rows.sort_values(["place", "status_date", "commitment_id"])
    again = rows["title"].duplicated(keep=False)
    return rows.assign(
        commitment=rows["title"].mask(again, rows["title"] + " (" + rows["commitment_id"] + ")")
    )


def _turns(rows: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Return the milestones of commitments in order, each with its time and who says so.

    A turn has the firmness PROVISIONAL where it would end a promise and rests on weak sources, or
    where an outcome has come to it by an estimate; `doubt` says so in words.
    """
    turns = data.frames["milestones"].merge(rows[["commitment_id", "commitment"]])
    turns = turns.assign(
        began=turns["date_earliest"].fillna(turns["date_latest"]),
        ended=turns["date_latest"].fillna(turns["date_earliest"]),
        turn=turn(turns["kind"]),
        place=turns["kind"].astype("str").map([*map(str, MilestoneKind)].index),
    )
    turns = turns.sort_values(["ended", "known_from", "place", "milestone_id"], ignore_index=True)
    turns["middle"] = turns["began"] + (turns["ended"] - turns["began"]) / 2
    told = facts_of(data.frames).turns
    ends = told["kind"].isin([str(kind) for kind in ENDS])
    weak = turns["milestone_id"].isin(told.loc[ends & told["firm_from"].isna(), "milestone_id"])
    outcomes = data.frames["outcomes"]
    estimated = outcomes.loc[outcomes["basis"] == Basis.ESTIMATE, ["outcome_id", "standing"]]
    told = told.merge(estimated.astype({"standing": "str"}), on="outcome_id")
    by_estimate = told.loc[told["kind"] == told["standing"], "milestone_id"]
    by_estimate = turns["milestone_id"].isin(by_estimate)
    turns["firmness"] = (weak | by_estimate).map({True: PROVISIONAL, False: FIRM})
    doubts = by_estimate.map({True: " (By an estimate.)", False: ""})
    turns["doubt"] = doubts.mask(weak, " (Weak sources alone say so.)")
    counts = by_estimate.map({True: "provisionally, by an estimate", False: "yes"})
    turns["counts"] = counts.mask(weak, "no, as weak sources alone say so")
    turns["evidence"] = turns["milestone_id"].map(voices(turns["milestone_id"], data))
    turns["kind"] = turns["kind"].map(labels("MilestoneKind", data)).astype("str")
    columns = ["commitment", "date", "kind", "summary", "turn", "began", "middle", "ended"]
    return turns[[*columns, "firmness", "doubt", "counts", "evidence"]]


def _stretches(rows: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Return how commitments stood, one row a stretch of months without a change.

    Columns: `first` and `last` month, status, standing (in words), firmness, commitment.
    """
    stood = history(rows, data).sort_values(["commitment_id", "month"])
    same = ["commitment_id", "status", "firmness"]
    changed = stood[same].ne(stood[same].shift()).any(axis=1)
    stretches = stood.groupby(changed.cumsum()).agg(
        first=("month", "min"), last=("month", "max"), **{name: (name, "first") for name in same}
    )
    named = labels("Standing", data)
    stretches = stretches.assign(standing=stretches["status"].map(named))
    stretches = stretches.merge(rows[["commitment_id", "commitment"]], on="commitment_id")
    return stretches.drop(columns="commitment_id")


def _due(rows: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Return for each commitment when its targets fall due, as now in force, also in words."""
    targets = data.frames["targets"].sort_values("current_due_latest", na_position="last")
    dates = targets.groupby("commitment_id").agg(
        since=("current_due_earliest", "min"), until=("current_due_latest", "max")
    )
    is_open = targets["current_due_earliest"].notna() & targets["current_due_latest"].isna()
    openly = targets.loc[is_open, "commitment_id"]
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


def _aims(commitment_id: str, data: Dataset) -> pd.DataFrame:
    """Return when a commitment's targets fall due, a row a date.

    The first source, the evidence and the revisions may each have another.
    """
    columns = dict(zip(SAYS, ("stated_due", "due", "current_due"), strict=True))
    targets = data.frames["targets"]
    targets = targets[targets["commitment_id"] == commitment_id]
    rows = []
    for target in targets.to_dict("records"):
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
                    "evidence": voices(target["target_id"], data).iloc[0],
                }
            )
    return pd.DataFrame(rows, columns=["title", "text", "turn", "began", "ended", "evidence"])


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _labels(words: pd.Series) -> pd.Series:
    """Return labels of rows, broken into lines; of equal ones the later get a number."""
    again = words.groupby(words).cumcount()
    words = words.mask(again > 0, words + " (" + (again + 1).astype("str") + ")")
    return words.map(lambda label: "\n".join(textwrap.wrap(label, 32)))
