"""The turns that commitments took: what came to pass, when, how surely, and who says so."""

from __future__ import annotations

from functools import lru_cache

import altair as alt
import pandas as pd

from eastflank.charts.figure import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, SKY
from eastflank.charts.outcomes import FIRM, PROVISIONAL, STANDINGS, statuses
from eastflank.charts.words import labels, voices
from eastflank.codelists import Basis, MilestoneKind
from eastflank.outcomes import ENDS, facts_of
from eastflank.reader import STATES_KEPT, Dataset

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


HOLLOW = "what only an estimate shows, or what only weak sources report, which does not count"
"""Which turns are drawn hollow."""


def turn(kinds: pd.Series) -> pd.Series:
    """Return what kinds of milestones come down to, as a category in the order of TURNS."""
    named = {code: name for name, (codes, *_) in TURNS.items() for code in codes}
    return kinds.astype("str").map(named).astype(pd.CategoricalDtype(list(TURNS), ordered=True))


def in_order(commitments: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Return commitments in the order of the drawing, each with a name that no other has."""
    rows = statuses(commitments, data)
    order = [str(code) for code in STANDINGS]
    rows = rows.assign(place=rows["status"].astype("str").map(order.index))
    rows = rows.sort_values(["place", "status_date", "commitment_id"])
    again = rows["title"].duplicated(keep=False)
    return rows.assign(
        commitment=rows["title"].mask(again, rows["title"] + " (" + rows["commitment_id"] + ")")
    )


def turns_of(rows: pd.DataFrame, data: Dataset) -> pd.DataFrame:
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
    weak, by_estimate = (turns["milestone_id"].isin(ids) for ids in _doubtful(data))
    turns["firmness"] = (weak | by_estimate).map({True: PROVISIONAL, False: FIRM})
    doubts = by_estimate.map({True: " (By an estimate.)", False: ""})
    turns["doubt"] = doubts.mask(weak, " (Weak sources alone say so.)")
    counts = by_estimate.map({True: "provisionally, by an estimate", False: "yes"})
    turns["counts"] = counts.mask(weak, "no, as weak sources alone say so")
    turns["evidence"] = turns["milestone_id"].map(voices(turns["milestone_id"], data))
    turns["kind"] = turns["kind"].map(labels("MilestoneKind", data)).astype("str")
    columns = ["commitment", "date", "kind", "summary", "turn", "began", "middle", "ended"]
    return turns[[*columns, "firmness", "doubt", "counts", "evidence"]]


@lru_cache(STATES_KEPT)
def _doubtful(data: Dataset) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ends that weak sources alone report, and those to which an estimate has led."""
    told, outcomes = facts_of(data.frames).turns, data.frames["outcomes"]
    ends = told["kind"].isin([str(kind) for kind in ENDS])
    weak = told.loc[ends & told["firm_from"].isna(), "milestone_id"]
    estimated = outcomes.loc[outcomes["basis"] == Basis.ESTIMATE, ["outcome_id", "standing"]]
    told = told.merge(estimated.astype({"standing": "str"}), on="outcome_id")
    return frozenset(weak), frozenset(told.loc[told["kind"] == told["standing"], "milestone_id"])
