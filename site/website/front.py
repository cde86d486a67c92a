"""What the front page tells: what came of each corpus, and what falls due next."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from eastflank.codelists import Standing, Timing
from eastflank.corpora import counted
from website.world import Row, World

KINDS = {
    "in-time": "reached in time",
    "late": "reached late",
    "undated": "reached, with no date to judge by",
    "kept": "kept so far",
    "partly": "reached in part",
    "not": "not reached, undone or called off",
    "open": "open",
    "silent": "past its date, without news",
    "replaced": "replaced by another",
}
"""What can have come of an outcome, as the front page tells it, in the order in which it stands."""

ENDED = {
    Standing.UPHELD: "kept",
    Standing.PARTLY_MET: "partly",
    Standing.MISSED: "not",
    Standing.OVERDUE: "not",
    Standing.REVERSED: "not",
    Standing.BROKEN: "not",
    Standing.WITHDRAWN: "not",
    Standing.PENDING: "open",
    Standing.UNVERIFIED: "silent",
    Standing.SUPERSEDED: "replaced",
}
MET = {Timing.EARLY: "in-time", Timing.IN_TIME: "in-time", Timing.LATE: "late"}

WIDTH = 600
"""The width of a bar, in the units of its picture, as the template `bars.html` has it."""


@dataclass(frozen=True)
class Piece:
    """A part of a bar: what it counts, and where it stands."""

    kind: str
    words: str
    count: int
    left: float
    width: float


@dataclass(frozen=True)
class Bar:
    """What came of one corpus: its row, how many outcomes it counts, and the parts of these."""

    corpus: Row
    of: int
    pieces: list[Piece]

    @property
    def words(self) -> str:
        """The bar in words: "13 open, 8 reached in time"."""
        return ", ".join(f"{piece.count} {piece.words}" for piece in self.pieces)


def kind_of(standing: str, timing_first: str) -> str:
    """Return what came of an outcome, one of KINDS, judged by the date that was first promised.

    >>> kind_of("met", "late"), kind_of("met", "undated"), kind_of("overdue", "passed")
    ('late', 'undated', 'not')
    """
    if standing == Standing.MET:
        return MET.get(Timing(timing_first), "undated")
    return ENDED[Standing(standing)]


def bars(world: World) -> list[Bar]:
    """Return what came of each corpus, as bars of one length."""
    return [bar(world, corpus) for corpus in world.tables["corpora"]]


def bar(world: World, corpus: Row) -> Bar:
    """Return what came of one corpus."""
    outcomes = counted(corpus["corpus_id"], data=world.data)
    pairs = zip(outcomes["standing"].astype("str"), outcomes["timing_first"], strict=True)
    kinds = [kind_of(standing, timing) for standing, timing in pairs]
    pieces, left = [], 0.0
    for kind, words in KINDS.items():
        if count := kinds.count(kind):
            width = WIDTH * count / len(kinds)
            pieces.append(Piece(kind, words, count, round(left, 2), round(width, 2)))
            left += width
    return Bar(corpus, len(kinds), pieces)


def falling_due(world: World) -> list[Row]:
    """Return what falls due in the twelve months after the closing day, the next first: rows of
    the tracker that are neither done nor called off.

    It counts by the last day that the date in force may mean.
    """
    tracker = world.data.frames["tracker"]
    until = world.data.closing + pd.DateOffset(years=1)
    due = tracker["current_due_latest"]
    waiting = tracker["standing"].isin([Standing.PENDING, Standing.PARTLY_MET])
    rows = tracker[waiting & (due > world.data.closing) & (due <= until)]
    order = rows.sort_values(["current_due_latest", "tracker_id"]).index
    return [world.tables["tracker"][tracker.index.get_loc(place)] for place in order]
