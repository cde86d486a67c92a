"""One commitment from turn to turn, and when its targets fall due."""

from __future__ import annotations

import textwrap

import altair as alt
import pandas as pd
from altair.typing import ChartType

from eastflank.asked import asked
from eastflank.charts.figure import BLUE, GREY, INK, ORANGE, Figure
from eastflank.charts.outcomes import PROVISIONAL, solidity, with_solidity
from eastflank.charts.turns import HOLLOW, SHADES, SHAPES, TIPS, TURNS, in_order, turns_of
from eastflank.charts.words import between, labels, listed, opened, sources, voices, when
from eastflank.reader import Dataset
from eastflank.words import nearest

SAYS = {"as first stated": ORANGE, "as promised": GREY, "as revised": BLUE}
"""Whose word on a due date a bar shows: the first source's, the evidence's, the last revision's."""


@asked
def life(commitment_id: str, data: Dataset | None = None) -> Figure:
    """Draw one commitment from turn to turn, with what happened, and when its targets fall due.

    Raises ValueError where there is no such commitment, or nothing of it has a date.
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
    rows = in_order(found, data)
    turns, aims = turns_of(rows, data), _aims(commitment_id, data)
    turns["row"] = _labels(turns["date"].map(when) + ", " + turns["kind"].str.lower())
    aims["row"] = _labels(aims["title"])
    shown = pd.concat([turns.assign(text=turns["summary"]), aims], ignore_index=True)
    if shown[["began", "ended"]].isna().all(axis=None):
        raise ValueError(f"no turn of {commitment_id!r} is known, and no target of it has a date")
    shown["text"] = shown["text"].map(lambda words: textwrap.wrap(words, 50))
    doubtful = bool((turns["firmness"] == PROVISIONAL).any())
    row = rows.iloc[0]
    return Figure(
        _drawn(shown, doubtful),
        title=f"{row['title']}: announced {when(row['date'])}, {_came(row, data)}",
        alt=" ".join(
            f"{when(turn.date)}: {turn.summary}{turn.doubt}"
            for turn in turns[["date", "summary", "doubt"]].itertuples()
        )
        + "".join(f" {aim.title}: {aim.text}." for aim in aims[["title", "text"]].itertuples()),
        source=sources(commitment_id, data=data),
        how="Marks: turns; a line behind one: some time in the time that it covers. Bars: the time "
        "in which a target falls due; dotted: from then on." + f" Hollow: {HOLLOW}." * doubtful,
        data=data,
    )


def _drawn(shown: pd.DataFrame, doubtful: bool) -> ChartType:
    """Return the chart of `life`: a row a turn, then a row a date on which a target falls due."""
    began, ended = shown["began"].min(), shown[["began", "ended"]].max(axis=None)
    margin = max((ended - began) / 20, pd.Timedelta(days=20))
    shown = shown.assign(open=shown["ended"].isna(), ended=shown["ended"].fillna(ended + margin))
    # A day is too short to be seen as a bar.
    shown["ended"] = shown["ended"].mask(
        shown["title"].notna(), shown["ended"].clip(lower=shown["began"] + margin / 6)
    )

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
    drawing = with_solidity if doubtful else alt.layer
    return drawing(
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
    ).properties(width=186, height=alt.Step(max(44, 13 * shown["text"].map(len).max() + 6)))


def _came(row: pd.Series, data: Dataset) -> str:
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


def _aims(commitment_id: str, data: Dataset) -> pd.DataFrame:
    """Return when a commitment's targets fall due, a row a date.

    The first source, the evidence and the revisions may each have another.
    """
    columns = dict(zip(SAYS, ("stated_due", "due", "current_due"), strict=True))
    targets = data.frames["targets"]
    targets = targets[targets["commitment_id"] == commitment_id]
    said = voices(targets["target_id"], data)
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
                    "evidence": said[target["target_id"]],
                }
            )
    return pd.DataFrame(rows, columns=["title", "text", "turn", "began", "ended", "evidence"])


def _labels(words: pd.Series) -> pd.Series:
    """Return labels of rows, broken into lines; of equal ones the later get a number."""
    again = words.groupby(words).cumcount()
    words = words.mask(again > 0, words + " (" + (again + 1).astype("str") + ")")
    return words.map(lambda label: "\n".join(textwrap.wrap(label, 32)))
