"""What each record is called: by a title, a name or a question, and never by its id alone."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from eastflank.claims import key_of
from eastflank.reader import STATES_KEPT, Dataset

CALLED = {
    "actors": "name",
    "commitments": "title",
    "events": "title",
    "places": "name",
    "watchpoints": "question",
    "corpora": "title",
    "sources": "title",
}
"""The tables whose records have a name of their own, each with the column that has it."""


@lru_cache(STATES_KEPT)
def titles(data: Dataset) -> pd.Series:
    """Return what each record is called, by its id: a target or a milestone after its commitment.

    >>> from eastflank import Dataset
    >>> titles(Dataset())["can-2pct-gdp"]
    'Canada to spend 2% of GDP on defence'
    """
    refuse_another_shape(data)
    frames = data.frames
    named = {
        table: frames[table].set_index(key_of(table))[column] for table, column in CALLED.items()
    }
    actors, commitments = named["actors"], named["commitments"]
    targets = frames["targets"].set_index("target_id")
    turns = frames["milestones"].set_index("milestone_id")
    members = frames["memberships"].set_index("membership_id")
    parts = frames["outcomes"].dropna(subset="actor_id").set_index("outcome_id")
    kinds = labels("MilestoneKind", data)
    offices = (", " + members["office"] + " of ").fillna(" in ")
    aims = targets["commitment_id"].map(commitments) + ": " + targets["title"]
    values = frames["observations"].set_index("observation_id")
    measures = values["measure"].astype("str").map(labels("Measure", data))
    named = pd.concat(
        [
            *named.values(),
            aims,
            turns["commitment_id"].map(commitments)
            + ": "
            + turns["kind"].astype("str").map(kinds).str.lower(),
            members["actor_id"].map(actors) + offices + members["group_id"].map(actors),
            parts["target_id"].map(aims) + ", " + parts["actor_id"].map(actors),
            measures + ", " + values["actor_id"].map(actors) + ", " + values["period"],
        ]
    )
    said = frames["evidence"].set_index("evidence_id")
    publishers = frames["sources"].set_index("source_id")["publisher"]
    on = said["source_id"].map(publishers) + " on: " + said["record_id"].map(named)
    return pd.concat([named, on])


def refuse_another_shape(data: Dataset) -> None:
    """Raise ValueError for a dataset of before 0.3.0, whose tables had another shape."""
    if "outcomes" not in data.names:
        raise ValueError(
            f"{data!r} has no outcomes, on which records, find, headlines and charts rest since "
            "0.3.0; its tables can be had with load()"
        )


def labels(codelist: str, data: Dataset) -> pd.Series:
    """Return the labels of a codelist's codes, by code, as the table `codes` has them."""
    return _labels(data).get(codelist, pd.Series(dtype="str")).copy(deep=False)


@lru_cache(STATES_KEPT)
def _labels(data: Dataset) -> dict[str, pd.Series]:
    named = data.frames["codes"].set_index("code").groupby("codelist")["label"]
    return {str(codelist): labels for codelist, labels in named}


def with_titles(data: Dataset, frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return rows of a table with what each id in them stands for, in a column after it."""
    named = titles(data)
    frame = frame.copy()
    for column in data.references(table):
        title = title_column(column)
        if column in frame.columns and title not in frame.columns:
            place = list(frame.columns).index(column) + 1
            frame.insert(place, title, frame[column].map(named).astype("str"))
    frame.attrs = data.attrs(table)
    return frame


def title_column(column: str) -> str:
    """Return the name of the column that says what the ids in another stand for.

    >>> title_column("actor_id"), title_column("part_of")
    ('actor', 'part_of_title')
    """
    title = column.removesuffix("_id")
    return title if title != column else f"{column}_title"
