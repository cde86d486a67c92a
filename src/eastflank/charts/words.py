"""Words that stand in charts: who says so, lists of names, and dates as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from eastflank.asked import asked
from eastflank.charts.figure import BLUE, GREEN, ORANGE, SKY
from eastflank.claims import key_of
from eastflank.codelists import Stance
from eastflank.reader import STATES_KEPT, Dataset, default
from eastflank.search import actor_called
from eastflank.titles import labels as labels
from eastflank.titles import refuse_another_shape
from eastflank.titles import titles as titles
from eastflank.words import listed as listed
from eastflank.words import nearest
from eastflank.words import plural as plural
from eastflank.words import when as when


@asked
def opened(data: Dataset | None, frame: pd.DataFrame | None = None) -> Dataset:
    """Return the dataset to be drawn: one that is given, else the installed one.

    Where a frame is given that was loaded in a state of knowledge (`as_of`, `stated_by`), it is the
    dataset in that state, so that a chart of the past shows nothing of the present. Raises
    ValueError for a version whose tables had another shape.
    """
    data = data or default()
    refuse_another_shape(data)
    state = {} if frame is None else frame.attrs
    return data.at(state.get("as_of"), state.get("stated_by"))


def chosen(
    frame: pd.DataFrame | None, table: str, data: Dataset | None
) -> tuple[pd.DataFrame, Dataset]:
    """Return the rows of a table that are to be drawn, all or those of a frame, and their dataset.

    The frame only says which ones, by their ids; what is drawn of them is what the dataset has in
    the state of knowledge of the frame. Raises ValueError where there is no row, or an unknown one.
    """
    data = opened(data, frame)
    rows, key = data.frames[table], key_of(table)
    if frame is not None:
        if key not in frame.columns:
            raise ValueError(f"the frame has no column {key!r}; give rows of the table {table!r}")
        known = set(rows[key])
        for record_id in frame[key].dropna():
            if record_id not in known:
                raise ValueError(
                    f"{table!r} has no {record_id!r}{nearest(record_id, known)}; "
                    "if the frame is of another dataset, give that as data"
                )
        rows = rows[rows[key].isin(frame[key])]
    if rows.empty:
        raise ValueError(f"there is nothing to draw: no row of the table {table!r} was chosen")
    return rows, data


def today(data: Dataset) -> pd.Timestamp:
    """Return the day as of which a dataset tells: that of its state, or else the closing day."""
    if data.stated_by is not None and data.as_of is None:
        return data.frames["sources"]["known_from"].max()
    return data.as_of if data.as_of is not None else data.closing


def voices(record_ids: str | Iterable[str], data: Dataset | None = None) -> pd.Series:
    """Return who says what of each record, by its id, in words for a tooltip.

    Such as "states: A; confirms: B, C; contradicts: D".
    """
    every = _voices(opened(data))
    return every.reindex(listed_ids(record_ids)).fillna("no evidence of its own")


@lru_cache(STATES_KEPT)
def _voices(data: Dataset) -> pd.Series:
    """Return who says what of each record of which anybody says something."""
    said = data.frames["evidence"][["record_id", "stance", "source_id"]].merge(
        data.frames["sources"][["source_id", "publisher"]], on="source_id"
    )
    names: dict[str, dict[str, set[str]]] = {}
    for record_id, stance, _, publisher in said.itertuples(index=False, name=None):
        names.setdefault(record_id, {}).setdefault(stance, set()).add(publisher)
    words = {
        record_id: "; ".join(
            f"{stance}: {listed(sorted(by[stance]), 4)}"
            for stance in map(str, Stance)
            if stance in by
        )
        for record_id, by in names.items()
    }
    return pd.Series(words, dtype="str").rename_axis("record_id")


@asked
def sources(
    record_ids: str | Iterable[str] = (),
    source_ids: str | Iterable[str] = (),
    data: Dataset | None = None,
) -> str:
    """Return the publishers of what is shown, and how many documents, for a source line.

    Counted are the sources that speak to the records, to the targets and milestones of those that
    are commitments, and `source_ids`; the publishers who are cited most often come first.
    """
    frames = opened(data).frames
    ids = set(listed_ids(record_ids))
    for table in ("targets", "milestones"):
        parts = frames[table]
        ids |= set(parts.loc[parts["commitment_id"].isin(ids), key_of(table)])
    evidence = frames["evidence"]
    used = pd.concat(
        [
            evidence.loc[evidence["record_id"].isin(ids), "source_id"],
            pd.Series(listed_ids(source_ids), dtype="str"),
        ]
    )
    publishers = used.map(frames["sources"].set_index("source_id")["publisher"])
    cited = publishers.rename("publisher").value_counts().reset_index()
    cited = cited.sort_values(["count", "publisher"], ascending=[False, True])
    documents = plural(used.nunique(), "document")
    return f"{listed(cited['publisher'], 5, 'publishers')} ({documents})"


def stances() -> alt.Scale:
    """Return the colours of what a source can do to a record."""
    return alt.Scale(
        domain=["states", "confirms", "refines", "contradicts"], range=[ORANGE, GREEN, SKY, BLUE]
    )


def actor_id_of(asked: str, data: Dataset | None = None) -> str:
    """Return the id of an actor that was asked for by its id, its name, an alias or its ISO code.

    Capitals and accents do not matter. Raises ValueError, with the nearest, where there is none.

    >>> actor_id_of("POL"), actor_id_of("Poland"), actor_id_of("turkiye")
    ('poland', 'poland', 'turkiye')
    """
    data = opened(data)
    actors = data.frames["actors"]
    if asked in set(actors["actor_id"]):
        return asked
    try:
        return actor_called(asked, data)
    except LookupError:
        known = [*actors["actor_id"], *actors["name"]]
        raise ValueError(
            f"there is no actor {asked!r}{nearest(asked, known)}; "
            "eastflank.load('actors') lists them"
        ) from None


def names(actor_ids: str | Iterable[str], data: Dataset | None = None) -> list[str]:
    """Return the names of actors; raise ValueError where there is no such actor."""
    actors = opened(data).frames["actors"].set_index("actor_id")["name"]
    ids = listed_ids(actor_ids)
    for actor_id in ids:
        if actor_id not in actors.index:
            raise ValueError(f"there is no actor {actor_id!r}{nearest(actor_id, actors.index)}")
    return list(actors.reindex(ids))


def between(start: pd.Timestamp, end: pd.Timestamp) -> dict[str, Any]:
    """Return the ends of a time scale, in milliseconds.

    A whole domain would not do, as Vega-Lite 5 warns of one for marks from x to x2.
    """
    return {
        end_of: int(day.timestamp() * 1000)
        for end_of, day in (("domainMin", start), ("domainMax", end))
    }


def listed_ids(ids: str | Iterable[str]) -> list[str]:
    """Return ids as a list; a single one may be given as it is."""
    return [ids] if isinstance(ids, str) else list(ids)
