"""What came of each promise, by the rules of the chapter "What follows: outcomes" of the manual.

Each case is a promise of its own, with what was told and measured of it, and what it must come to on
some days. All cases stand in one world, which is built once.
"""

from dataclasses import dataclass, field
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eastflank import knowledge, outcomes
from eastflank.codelists import MilestoneKind, Standing
from tests import lives
from tests.agreement import disagreements, plainly
from tests.frames import Rows, built, on
from tests.plain_outcomes import plain_outcomes, record_of

ACTORS = [
    {"actor_id": "alba", "name": "Alba", "kind": "state"},
    {"actor_id": "borea", "name": "Borea", "kind": "state"},
    {"actor_id": "league", "name": "League", "kind": "organisation"},
    {"actor_id": "council", "name": "Council", "kind": "body", "parent_id": "league"},
    {"actor_id": "allies", "name": "Allies", "kind": "group"},
]
MADE = "2024-01-01"
"""The day on which the promises were made, and on which all of them were told."""


@dataclass(frozen=True)
class Source:
    """Who says something, and from when on it was public; `origin` is whose report it relays."""

    public: str | None
    publisher: str = "Wire"
    grade: str = "B"
    kind: str = "wire"
    origin: str | None = None
    stance: str = "states"


@dataclass(frozen=True)
class Turn:
    """A turn, and who tells of it; `about` a target, or all of them."""

    kind: str
    date: str
    by: tuple[Source, ...]
    about: str | None = None
    actor: str | None = None
    due: str | None = None
    value: object = None


@dataclass(frozen=True)
class Figure:
    """What was measured, and who says so; `of` which target, or none."""

    period: str
    value: object
    by: Source
    kind: str = "final"
    counted: bool | None = None
    of: str | None = "aim"
    actor: str = "alba"
    share: bool = False


@dataclass(frozen=True)
class Promise:
    """A promise of one target, called `aim`, or of several; without any if `targets` is empty."""

    form: str = "reach"
    comparator: str = "at-least"
    value: object = 2
    due: str | None = None
    by: tuple[str, ...] = ("alba",)
    applies: str = "jointly"
    targets: tuple[str, ...] = ("aim",)
    share: bool = False


@dataclass(frozen=True)
class Case:
    """A promise, what became of it, and what it must come to on some days."""

    name: str
    promise: Promise
    told: tuple[Turn | Figure, ...]
    expected: dict[str, dict] = field(hash=False)
    outcome: str = "aim"


CASES: list[Case] = []


def case(name: str, promise: Promise, *told: Turn | Figure, of: str = "aim", **expected):
    """Add a case; `expected` has a day such as `on_2025_06_30` and a standing, or fields."""
    by_day = {
        day.removeprefix("on_").replace("_", "-"): {"standing": what}
        if isinstance(what, str)
        else what
        for day, what in expected.items()
    }
    CASES.append(Case(name, promise, told, by_day, of))


def says(public: str | None, publisher: str = "Wire", grade: str = "B", **how) -> Source:
    return Source(public, publisher, grade, **how)


def turn(kind: str, date: str, *by: Source, **about) -> Turn:
    """Return a turn, told on its last day by a wire if nobody else is named."""
    return Turn(kind, date, by or (says(date),), **about)


def figure(period: str, value: object, public: str, grade: str = "B", **how) -> Figure:
    by = how.pop("by", says(public, grade=grade))
    return Figure(period, value, by, **how)


# What is known.

case(
    "a turn is known from a source that is public on its last day",
    Promise(),
    turn("met", "2024-06", says("2024-06-30")),
    on_2024_06_29="pending",
    on_2024_06_30="met",
)
case(
    "a source from before a turn's last day foretells it and no more",
    Promise(),
    turn("met", "2024-06", says("2024-06-29")),
    on_2027_01_01={"standing": "pending", "reported": None},
)
case(
    "a turn that is foretold is known from the first source that is no older than it",
    Promise(),
    turn("met", "2024-06", says("2024-06-29"), says("2024-09-01")),
    on_2024_08_31="pending",
    on_2024_09_01="met",
)
case(
    "a turn without an end is known from its first day on",
    Promise(),
    turn("met", "2024-06-10/..", says("2024-06-10")),
    on_2024_06_09="pending",
    on_2024_06_10="met",
)
case(
    "who contradicts a turn does not make it known",
    Promise(),
    turn("met", "2024-06-10", says("2024-06-11", stance="contradicts"), says("2024-06-12")),
    on_2024_06_11="pending",
    on_2024_06_12="met",
)
case(
    "a source is public from the last day that its date may mean",
    Promise(),
    turn("met", "2024-06-10", says("2024-07")),
    on_2024_07_30="pending",
    on_2024_07_31="met",
)
case(
    "a source without a date is public when it was read",
    Promise(),
    turn("met", "2024-06-10", says(None)),
    on_2026_12_30="pending",
    on_2026_12_31="met",
)

# Whose word, and how firm a turn is.

for kind in ("met", "missed", "withdrawn", "superseded"):
    case(
        f"a turn `{kind}` that rests on no source better than D does not count and is reported",
        Promise(due="2024-03"),
        turn(kind, "2024-06-10", says("2024-06-10", grade="D")),
        on_2024_06_10={
            "standing": "unverified",
            "reported": kind,
            "confidence": "none",
            "reached": None,
        },
    )
    case(
        f"a turn `{kind}` that rests on a source of grade C counts",
        Promise(due="2024-03"),
        turn(kind, "2024-06-10", says("2024-06-10", grade="C")),
        on_2024_06_10={"standing": kind, "reported": None, "confidence": "single"},
    )
case(
    "a turn that was weak counts from the day on which it is firm",
    Promise(),
    turn("met", "2024-06-10", says("2024-06-10", grade="D"), says("2024-08-01", "Herald", "C")),
    on_2024_07_31={"standing": "pending", "reported": "met", "reached": None},
    on_2024_08_01={"standing": "met", "reported": None, "reached": "2024-06-10"},
)
case(
    "the last weak turn is the one that is reported",
    Promise(),
    turn("met", "2024-06-10", says("2024-06-10", grade="E")),
    turn("withdrawn", "2024-07-10", says("2024-07-10", grade="F")),
    on_2024_07_09={"standing": "pending", "reported": "met"},
    on_2024_07_10={"standing": "pending", "reported": "withdrawn"},
)
case(
    "what does not end a promise counts on a weak source too",
    Promise(),
    turn("partly-met", "2024-06-10", says("2024-06-10", grade="D")),
    on_2024_06_10={"standing": "partly-met", "confidence": "weak", "reported": None},
)
case(
    "who only repeats others has no voice",
    Promise(),
    turn("met", "2024-06-10", says("2024-06-10", "Digest", kind="aggregator")),
    turn("met", "2024-06-11", says("2024-06-11", "Encyclopedia", kind="encyclopedia")),
    on_2024_06_11={"standing": "pending", "reported": "met"},
)
case(
    "who repeats others lends a good page to a voice that has none better than D",
    Promise(),
    turn(
        "met",
        "2024-06-10",
        says("2024-06-10", grade="D"),
        says("2024-06-11", "Digest", "B", kind="aggregator"),
    ),
    on_2024_06_10="pending",
    on_2024_06_11={"standing": "met", "confidence": "single"},
)
case(
    "a page that repeats others has the voice of the report that it relays",
    Promise(),
    turn("met", "2024-06-10", says("2024-06-10", "Digest", kind="aggregator", origin="a-speech")),
    on_2024_06_10={"standing": "met", "confidence": "single", "basis": "third-party"},
)
case(
    "two voices other than the promisor's confirm",
    Promise(),
    turn("met", "2024-06-10", says("2024-06-10"), says("2024-06-11", "Herald", "D")),
    on_2024_06_10={"confidence": "single", "basis": "third-party"},
    on_2024_06_11={"confidence": "confirmed", "basis": "third-party"},
)
case(
    "two documents of one publisher are one voice",
    Promise(),
    turn("met", "2024-06-10", says("2024-06-10"), says("2024-06-11")),
    on_2024_06_11={"confidence": "single"},
)
case(
    "two papers on one press release are one voice",
    Promise(),
    turn(
        "met",
        "2024-06-10",
        says("2024-06-10", origin="a-release"),
        says("2024-06-11", "Herald", origin="a-release"),
    ),
    on_2024_06_11={"confidence": "single"},
)
case(
    "two papers on two press releases are two voices",
    Promise(),
    turn(
        "met",
        "2024-06-10",
        says("2024-06-10", origin="a-release"),
        says("2024-06-11", origin="another-release"),
    ),
    on_2024_06_11={"confidence": "confirmed"},
)
case(
    "a source from before a turn does not bear it out",
    Promise(),
    turn("met", "2024-06-10", says("2024-06-09", "Herald"), says("2024-06-10")),
    on_2024_06_11={"confidence": "single"},
)
for promisor, publisher in (
    ("alba", "Government of Alba"),
    ("alba", "Government of the Alba"),
    ("alba", "Governments of Borea and Alba"),
    ("alba", "Governments of Borea, the Alba and Carpathia"),
    ("league", "League"),
    ("council", "League"),
    ("council", "Council"),
):
    case(
        f"{publisher} is the word of {promisor} itself, and does not confirm",
        Promise(by=(promisor,)),
        turn("met", "2024-06-10", says("2024-06-10", publisher), says("2024-06-11")),
        on_2024_06_10={"standing": "met", "confidence": "single", "basis": "promisor"},
        on_2024_06_11={"standing": "met", "confidence": "single", "basis": "third-party"},
    )
for promisor, publisher in (
    ("alba", "Government of Borea"),
    ("alba", "Governments of Borea and Carpathia"),
    ("league", "Government of Alba"),
    ("league", "Council"),
):
    case(
        f"{publisher} is the word of another than {promisor}, and confirms",
        Promise(by=(promisor,)),
        turn("met", "2024-06-10", says("2024-06-10", publisher), says("2024-06-11")),
        on_2024_06_10={"confidence": "single", "basis": "third-party"},
        on_2024_06_11={"confidence": "confirmed"},
    )
case(
    "whoever relays the promisor has the promisor's voice",
    Promise(),
    turn("met", "2024-06-10", says("2024-06-10", origin="alba-2024-speech")),
    on_2024_06_10={"standing": "met", "confidence": "single", "basis": "promisor"},
)

# Figures decide alone.

case(
    "a level is met by just the value",
    Promise(due="2025"),
    figure("2024", 2, "2025-03-01"),
    on_2025_02_28="pending",
    on_2025_03_01={"standing": "met", "reached": "2024", "degree": 1, "timing_first": "early"},
)
case(
    "a level is not met by less than the value",
    Promise(due="2025"),
    figure("2024", 1.99, "2025-03-01"),
    on_2025_03_01={"standing": "pending", "reached": None, "degree": 0.995},
)
case(
    "exactly is reached by more",
    Promise(comparator="exactly"),
    figure("2024", 2.5, "2025-03-01"),
    on_2025_03_01={"standing": "met", "degree": 1.25},
)
case(
    "a figure published on the last day of its period counts",
    Promise(),
    figure("2024", 2, "2024-12-31"),
    on_2024_12_31="met",
)
case(
    "a figure published before the last day of its period is a forecast",
    Promise(),
    figure("2024", 2, "2024-12-30"),
    on_2027_01_01={"standing": "pending", "degree": None},
)
case(
    "a figure of a source worse than C does not count",
    Promise(),
    figure("2024", 2, "2025-03-01", "D"),
    on_2027_01_01={"standing": "pending", "degree": None},
)
case(
    "a figure of a source of grade C counts",
    Promise(),
    figure("2024", 2, "2025-03-01", "C"),
    on_2025_03_01="met",
)
case(
    "of each period the newest figure counts",
    Promise(),
    figure("2024", 2, "2025-03-01"),
    figure("2024", 1.9, "2025-06-01"),
    on_2025_05_31={"standing": "met", "reached": "2024"},
    on_2025_06_01={"standing": "pending", "reached": None},
)
case(
    "of two figures of one day the final one counts",
    Promise(),
    figure("2024", 2, "2025-03-01", kind="final"),
    figure("2024", 1, "2025-03-01", kind="reported"),
    on_2025_03_01="met",
)
case(
    "the newest period decides",
    Promise(),
    figure("2023", 1, "2025-06-01"),
    figure("2024", 2, "2025-03-01"),
    on_2025_06_01={"standing": "met", "reached": "2024", "degree": 1},
)
case(
    "what was reached in an earlier period and is not now is reversed",
    Promise(),
    figure("2024", 2, "2025-03-01", kind="estimate"),
    figure("2025", 1.9, "2026-03-01"),
    on_2026_02_28={"standing": "met", "basis": "estimate"},
    on_2026_03_01={
        "standing": "reversed",
        "reached": "2024",
        "degree": 0.95,
        "basis": "final-figure",
    },
)
case(
    "what is met rests on the first period at the level",
    Promise(),
    figure("2024", 2, "2025-03-01", kind="estimate"),
    figure("2025", 3, "2026-03-01"),
    on_2026_03_01={"standing": "met", "reached": "2024", "degree": 1.5, "basis": "estimate"},
)
case(
    "a final figure of the first period takes the place of the estimate",
    Promise(),
    figure("2024", 2, "2025-03-01", kind="estimate"),
    figure("2024", 2, "2025-08-01", kind="final"),
    on_2025_07_31={"standing": "met", "basis": "estimate"},
    on_2025_08_01={"standing": "met", "basis": "final-figure"},
)
for kind, basis in (
    ("final", "final-figure"),
    ("reported", "third-party"),
    ("revised", "estimate"),
):
    case(
        f"what rests on a figure of kind {kind} has the basis {basis}",
        Promise(),
        figure("2024", 2, "2025-03-01", kind=kind),
        on_2025_03_01={"basis": basis, "confidence": "single"},
    )
case(
    "a measuring body's own edition confirms",
    Promise(),
    figure("2024", 2, "", by=says("2025-03-01", grade="A", kind="data")),
    on_2025_03_01={"confidence": "confirmed"},
)
case(
    "an edition that was read in one copy alone is a single source",
    Promise(),
    figure("2024", 2, "", by=says("2025-03-01", grade="B", kind="data")),
    on_2025_03_01={"confidence": "single"},
)
case(
    "a copy of an edition is a single source",
    Promise(),
    figure("2024", 2, "", by=says("2025-03-01", kind="data", origin="an-edition")),
    on_2025_03_01={"confidence": "single"},
)
case(
    "a ceiling is kept by just the value",
    Promise(comparator="at-most"),
    figure("2024", 2, "2025-03-01"),
    on_2025_03_01={"standing": "met", "degree": None},
)
case(
    "a ceiling is not kept by more",
    Promise(comparator="at-most", due="2024"),
    figure("2024", 2.1, "2025-03-01"),
    on_2025_03_01={"standing": "missed", "degree": None},
)
case(
    "of a range the lower end is the level",
    Promise(value=(2, 4)),
    figure("2024", 2, "2025-03-01"),
    on_2025_03_01={"standing": "met", "degree": 1},
)
case(
    "of a range the upper end is the ceiling",
    Promise(value=(2, 4), comparator="at-most"),
    figure("2024", 4, "2025-03-01"),
    figure("2025", 4.1, "2026-03-01"),
    on_2025_03_01="met",
    on_2026_03_01="reversed",
)
case(
    "of a measured range the end that is farther from the aim counts",
    Promise(),
    figure("2024", (1, 2), "2025-03-01"),
    on_2025_03_01={"standing": "pending", "degree": 0.5},
)
case(
    "under a ceiling the upper end of a measured range counts",
    Promise(comparator="at-most"),
    figure("2024", (1, 3), "2025-03-01"),
    on_2025_03_01="pending",
)
for comparator in ("up-to", "more-than-baseline"):
    case(
        f"figures decide nothing under {comparator}, and turns do",
        Promise(comparator=comparator),
        figure("2024", 2, "2025-03-01"),
        turn("partly-met", "2025-04-01"),
        on_2025_03_01={"standing": "pending", "degree": None},
        on_2025_04_01="partly-met",
    )
case(
    "figures decide nothing where there is no value, and turns do",
    Promise(value=None),
    figure("2024", 2, "2025-03-01"),
    turn("met", "2025-04-01"),
    on_2025_03_01="pending",
    on_2025_04_01="met",
)
case(
    "where figures decide, turns count for nothing",
    Promise(),
    figure("2023", 1, "2024-03-01"),
    turn("met", "2024-06-10"),
    turn("missed", "2024-07-10"),
    on_2024_07_10={"standing": "pending", "reached": None, "basis": "none", "confidence": "none"},
)
case(
    "a forecast alone leaves the turns to decide",
    Promise(),
    figure("2025", 1, "2024-03-01"),
    turn("met", "2024-06-10"),
    on_2024_06_10="met",
)
case(
    "a promise can be taken back whatever the figures say",
    Promise(due="2024"),
    figure("2024", 1, "2025-03-01"),
    turn("withdrawn", "2025-06-01"),
    on_2025_03_01="missed",
    on_2025_06_01={"standing": "withdrawn", "basis": "third-party", "degree": 0.5},
)
case(
    "what the figures say is met cannot be taken back",
    Promise(),
    figure("2024", 2, "2025-03-01"),
    turn("withdrawn", "2025-06-01"),
    on_2025_06_01={"standing": "met", "reached": "2024"},
)
case(
    "what was reversed and then taken back was reached all the same",
    Promise(),
    figure("2023", 2, "2024-03-01"),
    figure("2024", 1, "2025-03-01"),
    turn("withdrawn", "2025-06-01"),
    on_2025_03_01="reversed",
    on_2025_06_01={"standing": "withdrawn", "reached": "2023"},
)
case(
    "what the newest period of the date's last day does not reach is missed",
    Promise(due="2024"),
    figure("2024-12-31", 1, "2025-03-01"),
    on_2025_03_01={"standing": "missed", "timing_first": "passed", "confidence": "single"},
)
BACK = (
    figure("2022", 2, "2023-03-01", kind="final"),
    figure("2024", 1.9, "2025-03-01", kind="final"),
    figure("2025", 2, "2026-03-01", kind="estimate"),
)
"""A level that was there in 2022, not in 2024, and again in 2025."""

case(
    "a level that was lost by the date counts from when it came back",
    Promise(due="2024"),
    *BACK,
    on_2025_03_01={"standing": "reversed", "reached": None, "timing_first": "passed"},
    on_2026_03_01={"standing": "met", "reached": "2025", "timing_first": "late"},
)
case(
    "a level that was there at the date and lost only after it was reached in time",
    Promise(due="2022"),
    *BACK,
    on_2025_03_01={"standing": "reversed", "reached": "2022", "timing_first": "in-time"},
    on_2026_03_01={"standing": "met", "reached": "2022", "timing_first": "in-time"},
)
case(
    "a level is held against each date apart",
    Promise(due="2022"),
    *BACK,
    turn("revised", "2022-06-01", about="aim", due="2024"),
    on_2026_03_01={"reached": "2025", "timing_first": "in-time", "timing_current": "late"},
)
case(
    "a level that has no date was reached when it was first there",
    Promise(),
    *BACK,
    on_2026_03_01={"standing": "met", "reached": "2022", "timing_first": "undated"},
)
case(
    "what is met again rests on the figure since which it is there",
    Promise(due="2022"),
    *BACK,
    on_2025_02_28={"standing": "met", "basis": "final-figure"},
    on_2026_03_01={"standing": "met", "basis": "estimate"},
)
case(
    "what was handed over before the date counts from then on, whatever is counted later",
    Promise(form="give", due="2024"),
    figure("2022", 2, "2023-03-01", counted=True),
    figure("2024", 1, "2025-03-01", counted=True),
    on_2025_03_01={"standing": "met", "reached": "2022", "timing_first": "early"},
)
case(
    "what only an earlier period does not reach is left to the date",
    Promise(due="2024"),
    figure("2024-12-30", 1, "2025-03-01"),
    on_2025_03_01={"standing": "unverified", "confidence": "none"},
)
case(
    "a date that was moved up makes missed earlier, and one that was put off later",
    Promise(due="2024"),
    figure("2024", 1, "2025-03-01"),
    turn("revised", "2024-06-01", about="aim", due="2025"),
    on_2025_03_01={"standing": "pending", "timing_first": "passed", "timing_current": "not-due"},
)
case(
    "the value in force is that of the last revision",
    Promise(value=3),
    figure("2024", 2, "2024-12-31"),
    turn("revised", "2025-06-01", about="aim", value=(2, 5)),
    on_2025_05_31={"standing": "pending", "degree": 2 / 3},
    on_2025_06_01={"standing": "met", "degree": 1, "reached": "2024"},
)
case(
    "what lasts and is at its level is upheld",
    Promise(form="keep", due="2024"),
    figure("2024", 2, "2025-03-01"),
    on_2025_03_01={"standing": "upheld", "timing_first": "not-applicable", "reached": "2024"},
)
case(
    "what lasts and falls below its level is broken",
    Promise(form="keep"),
    figure("2024", 2, "2025-03-01"),
    figure("2025", 1, "2026-03-01"),
    on_2025_03_01="upheld",
    on_2026_03_01="broken",
)
case(
    "what was below its level in one of its years stays broken when it comes back",
    Promise(form="keep", due="2024/2026"),
    figure("2024", 1, "2025-03-01"),
    figure("2025", 2, "2026-03-01"),
    on_2025_03_01="broken",
    on_2026_03_01="broken",
)
case(
    "a breach that a newer edition takes back is none",
    Promise(form="keep", due="2024/2026"),
    figure("2024", 1, "2025-03-01"),
    figure("2024", 2, "2026-03-01"),
    on_2025_03_01="broken",
    on_2026_03_01="upheld",
)
case(
    "what lasts is not broken by a year before its date",
    Promise(form="keep", due="2025/2026"),
    figure("2024", 1, "2025-03-01"),
    figure("2025", 2, "2026-03-01"),
    on_2025_03_01="pending",
    on_2026_03_01="upheld",
)
case(
    "what lasts and is not at its level by its date is broken",
    Promise(form="refrain", comparator="at-most", due="2024"),
    figure("2024", 3, "2025-03-01"),
    on_2025_03_01="broken",
)
case(
    "a part of a count is partly met",
    Promise(form="give", due="2024"),
    figure("2024", 1, "2025-03-01", counted=True),
    on_2025_03_01={"standing": "partly-met", "degree": 0.5, "timing_first": "passed"},
)
case(
    "nothing of a count is missed once the date has passed",
    Promise(form="give", due="2024"),
    figure("2024", 0, "2025-03-01", counted=True),
    on_2025_03_01={"standing": "missed", "degree": 0},
)
case(
    "a part of a level is nothing",
    Promise(form="give", due="2024"),
    figure("2024", 1, "2025-03-01", counted=None),
    on_2025_03_01="missed",
)
case(
    "what came in parts is added up",
    Promise(form="give", value=3),
    figure("2024-06", 1, "2024-07-01", counted=False),
    figure("2024-09", 2, "2024-10-01", counted=False),
    on_2024_07_01={"standing": "partly-met", "degree": 1 / 3},
    on_2024_10_01={"standing": "met", "degree": 1, "reached": "2024-09"},
)
case(
    "what is all so far is not added up",
    Promise(form="give", value=3),
    figure("2024-06", 1, "2024-07-01", counted=True),
    figure("2024-09", 2, "2024-10-01", counted=True),
    on_2024_10_01={"standing": "partly-met", "degree": 2 / 3},
)
case(
    "of each part the newest figure is added up, and forecasts are not",
    Promise(form="give", value=3),
    figure("2024-06", 2, "2024-07-01", counted=False),
    figure("2024-06", 1, "2024-08-01", counted=False),
    figure("2024-09", 2, "2024-09-01", counted=False),
    on_2024_10_01={"standing": "partly-met", "degree": 1 / 3},
)
case(
    "what was handed over stays met",
    Promise(form="give"),
    figure("2024-06", 2, "2024-07-01", counted=True),
    figure("2024-09", 1, "2024-10-01", counted=True),
    on_2024_10_01={"standing": "met", "reached": "2024-06", "degree": 0.5},
)
case(
    "a count that is to be reached, and falls, is reversed",
    Promise(form="reach"),
    figure("2024-06", 2, "2024-07-01", counted=True),
    figure("2024-09", 1, "2024-10-01", counted=True),
    on_2024_10_01={"standing": "reversed", "reached": "2024-06"},
)
case(
    "under a ceiling what came in parts is added up, and more than that is no part of it",
    Promise(form="give", comparator="at-most", due="2024-09"),
    figure("2024-06", 2, "2024-07-01", counted=False),
    figure("2024-09", 1, "2024-10-01", counted=False),
    on_2024_07_01="met",
    on_2024_10_01={"standing": "met", "reached": "2024-06"},
)
case(
    "a ceiling that was never kept is missed and not partly met",
    Promise(form="give", comparator="at-most", due="2024-09"),
    figure("2024-06", 3, "2024-07-01", counted=False),
    figure("2024-09", 1, "2024-10-01", counted=False),
    on_2024_07_01="pending",
    on_2024_10_01="missed",
)
case(
    "the promisor's share of GDP is set beside a target of it without being named",
    Promise(share=True),
    figure("2024", 2, "2025-03-01", of=None, share=True),
    on_2025_03_01="met",
)
case(
    "a share of GDP of another tells nothing",
    Promise(share=True),
    figure("2024", 2, "2025-03-01", of=None, share=True, actor="borea"),
    on_2025_03_01="pending",
)
case(
    "another measure is not set beside a target that it does not name",
    Promise(),
    figure("2024", 2, "2025-03-01", of=None),
    on_2025_03_01="pending",
)
case(
    "a share of GDP of a period that ends on the day of the promise counts",
    Promise(share=True),
    figure("2024-01-01", 2, "2024-03-01", of=None, share=True),
    on_2024_03_01="met",
)
case(
    "a share of GDP of a period that ended before the promise does not count",
    Promise(share=True),
    figure("2023", 2, "2024-03-01", of=None, share=True),
    on_2024_03_01="pending",
)
case(
    "what names the target counts also where its period ended before the promise",
    Promise(share=True),
    figure("2023", 2, "2024-03-01", share=True),
    on_2024_03_01="met",
)
case(
    "a share of GDP of one of several who owe it jointly tells nothing",
    Promise(share=True, by=("alba", "borea")),
    figure("2024", 2, "2025-03-01", of=None, share=True),
    on_2025_03_01="pending",
)
for actor, standing in (("alba", "met"), ("borea", "pending")):
    case(
        f"a share of GDP of one of several who each owe it tells of that one: of {actor}",
        Promise(share=True, by=("alba", "borea"), applies="each"),
        figure("2024", 2, "2025-03-01", of=None, share=True),
        of=f"aim-by-{actor}",
        on_2025_03_01=standing,
    )

# Elsewhere the last turn decides.

for kind in ("met", "partly-met", "missed", "reversed", "withdrawn", "superseded"):
    case(
        f"a turn `{kind}` gives the standing of that name",
        Promise(),
        turn(kind, "2024-06-10"),
        turn("progressed", "2024-07-10"),
        on_2024_06_09="pending",
        on_2024_06_10=kind,
        on_2024_07_10=kind,
    )
for kind in ("upheld", "broken"):
    case(
        f"a turn `{kind}` gives the standing of that name",
        Promise(form="keep"),
        turn(kind, "2024-06-10"),
        on_2024_06_10={"standing": kind, "timing_first": "not-applicable"},
    )
for kind in ("reaffirmed", "revised", "funded", "contracted", "started", "progressed", "delayed"):
    case(
        f"a turn `{kind}` leaves the standing as it was",
        Promise(),
        turn("partly-met", "2024-06-10"),
        turn(kind, "2024-07-10"),
        on_2024_07_10="partly-met",
    )
case(
    "the last turn decides, by its last day",
    Promise(),
    turn("partly-met", "2024", says("2025-01-01")),
    turn("missed", "2024-10-01", says("2025-02-01")),
    on_2025_02_01="partly-met",
)
case(
    "of turns of one day that decides which was known later",
    Promise(),
    turn("missed", "2024-06-10", says("2024-08-01")),
    turn("partly-met", "2024-06-10", says("2024-08-02")),
    on_2024_08_02="partly-met",
)
case(
    "of turns of one day that were known on one day the later in the codelist decides",
    Promise(),
    turn("missed", "2024-06-10", says("2024-08-01")),
    turn("partly-met", "2024-06-10", says("2024-08-01")),
    on_2024_08_01="missed",
)
case(
    "what was met stays met, whatever else is told of it",
    Promise(),
    turn("met", "2024-06-10"),
    turn("missed", "2024-07-10"),
    turn("withdrawn", "2024-08-10"),
    turn("announced", "2024-09-10"),
    on_2024_09_10={"standing": "met", "reached": "2024-06-10"},
)
case(
    "what was met is reversed by a turn that says so, and then can be taken back",
    Promise(),
    turn("met", "2024-06-10"),
    turn("reversed", "2024-07-10"),
    turn("withdrawn", "2024-08-10"),
    on_2024_07_10={"standing": "reversed", "reached": "2024-06-10"},
    on_2024_08_10={"standing": "withdrawn", "reached": "2024-06-10"},
)
case(
    "what was taken back and then announced is open anew",
    Promise(),
    turn("withdrawn", "2024-06-10"),
    turn("announced", "2024-07-10"),
    on_2024_06_10="withdrawn",
    on_2024_07_10={"standing": "pending", "basis": "none"},
)
case(
    "what was reached and reversed and then announced was reached all the same",
    Promise(),
    turn("met", "2024-06-10"),
    turn("reversed", "2024-07-10"),
    turn("announced", "2024-08-10"),
    on_2024_08_10={"standing": "pending", "reached": "2024-06-10"},
)
for due, standing in (("2024-07-11", "pending"), ("2024-07-10", "missed"), ("2025/..", "pending")):
    case(
        f"what was missed is open again only for a date after the revision: {due}",
        Promise(due="2024-05"),
        turn("missed", "2024-06-10"),
        turn("revised", "2024-07-10", about="aim", due=due),
        on_2024_07_10=standing,
    )
case(
    "what was missed is not opened by a revision without a date",
    Promise(due="2024-05"),
    turn("missed", "2024-06-10"),
    turn("revised", "2024-07-10", about="aim", value=1),
    on_2024_07_10="missed",
)
case(
    "what was withdrawn is not opened by another date",
    Promise(due="2024-05"),
    turn("withdrawn", "2024-06-10"),
    turn("revised", "2024-07-10", about="aim", due="2025"),
    on_2024_07_10="withdrawn",
)
case(
    "a turn of the whole tells of each target",
    Promise(targets=("aim", "other")),
    turn("met", "2024-06-10"),
    on_2024_06_10="met",
)
case(
    "a turn of another target tells nothing of this one",
    Promise(targets=("aim", "other")),
    turn("met", "2024-06-10", about="other"),
    on_2024_06_10="pending",
)
case(
    "a commitment without targets has one outcome",
    Promise(targets=()),
    turn("met", "2024-06-10"),
    of="",
    on_2024_06_10={"standing": "met", "timing_first": "undated", "degree": None},
)
case(
    "a turn of one who owes a thing jointly with others tells of that one alone",
    Promise(by=("alba", "borea")),
    turn("withdrawn", "2024-06-10", actor="alba"),
    on_2024_06_10="pending",
)
case(
    "a turn of the only promisor tells of the whole",
    Promise(),
    turn("withdrawn", "2024-06-10", actor="alba"),
    on_2024_06_10="withdrawn",
)
case(
    "a turn of a member tells nothing of the group",
    Promise(by=("allies",)),
    turn("met", "2024-06-10", actor="alba"),
    on_2024_06_10="pending",
)
for actor, standing in (("alba", "met"), ("borea", "pending")):
    case(
        f"a turn of one of several who each owe it tells of that one: of {actor}",
        Promise(by=("alba", "borea"), applies="each"),
        turn("met", "2024-06-10", actor="alba"),
        of=f"aim-by-{actor}",
        on_2024_06_10=standing,
    )
    case(
        f"a turn of all tells of each of several: of {actor}",
        Promise(by=("alba", "borea"), applies="each"),
        turn("met", "2024-06-10"),
        of=f"aim-by-{actor}",
        on_2024_06_10="met",
    )

# Where no source decides, the date does.

case(
    "on the last day of its date a promise is still pending, and then unverified",
    Promise(due="2024-06"),
    on_2024_06_30={"standing": "pending", "timing_first": "not-due"},
    on_2024_07_01={"standing": "unverified", "timing_first": "passed", "basis": "none"},
)
for due in (None, "2024-06/.."):
    case(
        f"a promise whose date has no last day is pending: {due}",
        Promise(due=due),
        on_2027_12_31={"standing": "pending", "timing_first": "undated"},
    )
for kind in MilestoneKind:
    undone = kind in ("reaffirmed", "funded", "contracted", "started", "progressed", "delayed")
    if undone or kind in ("announced", "revised"):
        case(
            f"a turn `{kind}` from after the date {'shows' if undone else 'does not show'} it undone",
            Promise(due="2024-06"),
            turn(kind, "2024-07-01"),
            on_2024_07_01={"standing": "overdue" if undone else "unverified", "confidence": "none"},
        )
case(
    "a turn from the last day of the date does not show it undone",
    Promise(due="2024-06"),
    turn("progressed", "2024-06-30"),
    on_2024_07_01="unverified",
)
case(
    "a turn from after the date that is known later shows it undone from then on",
    Promise(due="2024-06"),
    turn("progressed", "2024-07-01", says("2024-09-01")),
    on_2024_08_31="unverified",
    on_2024_09_01="overdue",
)
for about, kind, standing in (
    ("aim", "progressed", "overdue"),
    (None, "progressed", "unverified"),
    ("other", "progressed", "unverified"),
    (None, "delayed", "overdue"),
    ("other", "delayed", "unverified"),
):
    case(
        f"of several targets, {kind} of {about or 'the whole'} makes {standing}",
        Promise(due="2024-06", targets=("aim", "other")),
        turn(kind, "2024-07-01", about=about),
        on_2024_07_01=standing,
    )
case(
    "the date in force is that of the last revision that is known",
    Promise(due="2024-06"),
    turn("revised", "2024-05-01", says("2024-08-01"), about="aim", due="2024-09"),
    turn("revised", "2024-05-02", says("2024-08-02"), about="aim", due="2024-12"),
    turn("revised", "2024-05-03", says("2024-08-03"), about="aim", value=3),
    on_2024_07_31="unverified",
    on_2024_08_01="pending",
    on_2024_10_01="pending",
    on_2025_01_01="unverified",
)

# Timing.

for date, expected in (
    ("2025-05-31", "early"),
    ("2025-06-01", "in-time"),
    ("2025-06-30", "in-time"),
    ("2025-07-01", "late"),
    ("2025-05", "early"),
    ("2025", "in-time"),
    ("2025-06-30/2025-07-05", "in-time"),
    ("../2025-05-31", "early"),
    ("2025-07-01/..", "late"),
):
    case(
        f"what is due in June 2025 and was met in {date} is {expected}",
        Promise(due="2025-06"),
        turn("met", date, says("2026-06-30")),
        on_2026_06_30={
            "standing": "met",
            "reached": date,
            "timing_first": expected,
            "timing_current": expected,
        },
    )
case(
    "what is met and has no date is undated",
    Promise(),
    turn("met", "2024-06-10"),
    on_2024_06_10={"timing_first": "undated", "timing_current": "undated"},
)
for date, expected in (("2024-06-30", "not-applicable"), ("2024-07-01", "passed")):
    case(
        f"what is due in June 2024 and was withdrawn on {date}: {expected}",
        Promise(due="2024-06"),
        turn("withdrawn", date),
        on_2024_07_01={"standing": "withdrawn", "timing_first": expected},
        on_2026_07_01={"standing": "withdrawn", "timing_first": expected},
    )
case(
    "what was superseded before its date, which has passed since, has no timing",
    Promise(due="2024-06"),
    turn("superseded", "2024-02-01"),
    on_2027_01_01={"standing": "superseded", "timing_first": "not-applicable"},
)
case(
    "what has no date and was withdrawn has no timing",
    Promise(),
    turn("withdrawn", "2024-02-01"),
    on_2024_02_01={"timing_first": "not-applicable", "timing_current": "not-applicable"},
)
for date, expected in (("2024-06-30", "not-due"), ("2024-07-01", "passed")):
    case(
        f"a date moved on {date} counts if the first one had not passed",
        Promise(due="2024-06"),
        turn("revised", date, about="aim", due="2025"),
        on_2024_07_01={
            "standing": "pending",
            "timing_first": "passed",
            "timing_current": expected,
        },
    )
for date, expected in (("2025-03-10", "in-time"), ("2025-03-11", "late")):
    case(
        f"what was met on 10 March 2025 was in time by a date set on {date}: {expected}",
        Promise(due="2024-06"),
        turn("revised", date, about="aim", due="2025"),
        turn("met", "2025-03-10", says("2025-04-01")),
        on_2025_04_01={"timing_first": "late", "timing_current": expected},
    )


# The cases, in one world.


def rows_of(case: Case, name: str) -> Rows:
    """Return the rows of a case's promise, with `name` before each of their ids."""
    promise, sources = case.promise, {}
    about = {
        True: {"measure": "defence-spending-share-gdp", "unit": "percent-gdp"},
        False: {"measure": "vehicles", "unit": "items"},
    }
    rows: Rows = {"milestones": [], "observations": [], "evidence": []}
    if promise.share:  # Shares of GDP name no target, so that nobody else may have these actors.
        rows["actors"] = [each | {"actor_id": f"{name}-{each['actor_id']}"} for each in ACTORS]

    def owing(actor: str | None) -> str | None:
        return f"{name}-{actor}" if promise.share and actor else actor

    def cited(source: Source) -> str:
        return sources.setdefault(source, f"{name}-s{len(sources)}")

    def speak(table: str, record_id: str, *by: Source):
        for source in by:
            rows["evidence"].append(
                {
                    "evidence_id": f"{record_id}-by-{cited(source)}",
                    "record_table": table,
                    "record_id": record_id,
                    "source_id": cited(source),
                    "stance": source.stance,
                }
            )

    first = says(MADE)
    rows["commitments"] = [
        {
            "commitment_id": name,
            "title": case.name,
            "date": MADE,
            "form": None if promise.targets else promise.form,
        }
    ]
    speak("commitments", name, first)
    rows["commitment_actors"] = [
        {"commitment_id": name, "actor_id": owing(actor), "role": "promisor"}
        for actor in promise.by
    ]
    rows["targets"] = [
        {
            "target_id": f"{name}-{target}",
            "commitment_id": name,
            "form": promise.form,
            "applies": promise.applies,
            "comparator": promise.comparator,
            "value": promise.value,
            "due": promise.due,
        }
        | about[promise.share]
        for target in promise.targets
    ]
    for target in promise.targets:
        speak("targets", f"{name}-{target}", first)
    for place, each in enumerate(case.told):
        if isinstance(each, Turn):
            row = {"milestone_id": f"{name}-m{place}", "commitment_id": name, "kind": each.kind}
            row |= {"date": each.date, "actor_id": owing(each.actor), "due": each.due}
            row |= {"value": each.value, "target_id": each.about and f"{name}-{each.about}"}
            rows["milestones"].append(row)
            speak("milestones", row["milestone_id"], *each.by)
        else:
            row = {"observation_id": f"{name}-o{place}", "period": each.period, "kind": each.kind}
            row |= {"value": each.value, "cumulative": each.counted}
            row |= {"actor_id": owing(each.actor)}
            row |= {"target_id": each.of and f"{name}-{each.of}", "source_id": cited(each.by)}
            rows["observations"].append(row | about[each.share])
    rows["sources"] = [
        {
            "source_id": source_id,
            "published": source.public,
            "accessed": "2026-12-31",
            "publisher": source.publisher,
            "reliability": source.grade,
            "kind": source.kind,
            "origin_id": source.origin,
        }
        for source, source_id in sources.items()
    ]
    return rows


NAMES = {each.name: f"c{place}" for place, each in enumerate(CASES)}


def outcome_id(case: Case) -> str:
    """Return the id of the outcome that a case is about."""
    name = NAMES[case.name]
    aim = case.outcome.replace("-by-", f"-by-{name}-") if case.promise.share else case.outcome
    return f"{name}-{aim}" if aim else name


@pytest.fixture(scope="module")
def world() -> dict[str, pd.DataFrame]:
    """The tables of the world in which all cases are."""
    rows: Rows = {"actors": list(ACTORS)}
    for each in CASES:
        for table, more in rows_of(each, NAMES[each.name]).items():
            rows.setdefault(table, []).extend(more)
    return built(rows)


@pytest.fixture(scope="module")
def outcome_on(world):
    """A function from a case and a day to what came of it by then."""
    found, kept = {}, knowledge.quick(world)

    def outcome(case: Case, day: str) -> pd.Series:
        if day not in found:
            found[day] = on(kept, day)["outcomes"].set_index("outcome_id")
        return found[day].loc[outcome_id(case)]

    return outcome


@pytest.mark.parametrize("each", CASES, ids=lambda each: each.name)
def test_each_rule_of_the_manual(each, outcome_on):
    for day, expected in each.expected.items():
        row = outcome_on(each, day)
        told = {name: plainly(row[name]) for name in expected}
        assert told == {name: plainly(value) for name, value in expected.items()}, day


def test_no_two_cases_have_one_name():
    names = [each.name for each in CASES]
    assert sorted(names) == sorted(set(names))


# What comes back.


def test_an_outcome_names_what_decides_and_how_far_that_is_borne_out(world):
    found = on(world, "2027-01-01")["outcomes"].set_index("outcome_id")
    by_name = {each.name: outcome_id(each) for each in CASES}
    row = found.loc[by_name["two voices other than the promisor's confirm"]]
    names = ["milestone_id", "independent_sources", "reliability"]
    assert row[names].to_list() == [f"{row['commitment_id']}-m0", 2, "B"]
    row = found.loc[by_name["what is met rests on the first period at the level"]]
    assert row["observation_id"] == f"{row['commitment_id']}-o0" and pd.isna(row["milestone_id"])
    row = found.loc[by_name["what was reached in an earlier period and is not now is reversed"]]
    names = ["observation_id", "independent_sources", "reliability"]
    assert row[names].to_list() == [f"{row['commitment_id']}-o1", 1, "B"]
    row = found.loc[by_name["who contradicts a turn does not make it known"]]
    assert row["disputed"] and f"{row['last_heard']:%Y-%m-%d}" == "2024-06-12"


def test_the_cases_come_out_alike_in_any_order_of_rows(world):
    shuffled = {
        name: table.sample(frac=1, random_state=7).reset_index(drop=True)
        for name, table in world.items()
    }
    for day in ("2024-08-01", "2026-03-01"):
        expected, found = on(world, day)["outcomes"], on(shuffled, day)["outcomes"]
        pd.testing.assert_frame_equal(found, expected)


# The status of a commitment.


@pytest.mark.parametrize(
    ("standings", "expected"),
    [
        ("met", "met"),
        ("met met", "met"),
        ("superseded superseded", "superseded"),
        ("withdrawn superseded", "withdrawn"),
        ("withdrawn met", "met"),
        ("superseded pending pending", "pending"),
        ("met pending", "partly-met"),
        ("missed met", "partly-met"),
        ("missed pending", "partly-met"),
        ("partly-met pending", "partly-met"),
        ("upheld pending", "pending"),
        ("unverified met", "unverified"),
        ("unverified pending", "unverified"),
        ("overdue unverified", "overdue"),
        ("reversed overdue met", "reversed"),
        ("broken reversed", "broken"),
        ("broken upheld", "broken"),
        ("withdrawn missed missed", "missed"),
        ("withdrawn broken met", "broken"),
    ],
)
def test_a_status_is_made_of_the_standings_of_all_targets(standings, expected):
    standings = standings.split()
    ids = [f"t{place}" for place in range(len(standings))]
    found = pd.DataFrame({"target_id": ids, "commitment_id": "c", "standing": standings})
    targets = pd.DataFrame({"target_id": ids, "component_of": None}, dtype="str")
    assert outcomes.commitment_status(found, targets).to_dict() == {"c": expected}


@pytest.mark.parametrize("standing", list(Standing))
def test_a_part_of_a_target_does_not_count_for_the_status(standing):
    found = pd.DataFrame(
        {"target_id": ["whole", "part"], "commitment_id": "c", "standing": ["met", standing]}
    )
    targets = pd.DataFrame({"target_id": ["whole", "part"], "component_of": [None, "whole"]})
    assert outcomes.commitment_status(found, targets).to_dict() == {"c": "met"}


# The panel.


def test_the_panel_tells_of_each_month_what_was_known_by_its_end(world):
    facts = outcomes.facts_of(world)
    panel = outcomes.panel(facts, pd.Timestamp("2027-12-31"))
    for month in ("2024-05-31", "2024-06-30", "2025-03-31", "2026-12-31", "2027-12-31"):
        then = on(world, month)["outcomes"].set_index("outcome_id")["standing"].astype("str")
        told = panel[panel["month"] == month].set_index("outcome_id")["standing_known"]
        assert told.astype("str").to_dict() == then.to_dict(), month


def test_the_panel_ends_with_what_the_outcomes_say(world):
    facts, day = outcomes.facts_of(world), pd.Timestamp("2027-12-31")
    last = outcomes.panel(facts, day).query("month == @day").set_index("outcome_id")
    found = outcomes.outcomes(world, facts, day).set_index("outcome_id")
    assert last["standing"].to_dict() == found["standing"].to_dict()
    assert last["standing_known"].to_dict() == found["standing"].to_dict()


def test_the_panel_tells_by_what_is_known_today_what_had_come_of_it_by_each_month(world):
    [each] = [each for each in CASES if each.name.startswith("a turn that is foretold is known")]
    facts = outcomes.facts_of(world)
    panel = outcomes.panel(facts, pd.Timestamp("2024-10-15"))
    rows = panel[panel["outcome_id"] == outcome_id(each)].set_index("month").loc["2024-05":]
    assert [f"{month:%Y-%m}" for month in rows.index] == [f"2024-0{at}" for at in range(5, 10)]
    assert rows["standing"].to_list() == ["pending", "met", "met", "met", "met"]
    assert rows["standing_known"].to_list() == ["pending", "pending", "pending", "pending", "met"]


# Spells.


def standing_on(spells: pd.DataFrame, day: pd.Timestamp) -> dict[str, str]:
    """Return how each outcome stood on a day by its spells, and fail where two hold at once."""
    holds = (spells["known_from"] <= day) & ~(spells["known_until"] < day)
    found = spells[holds].set_index("outcome_id")["standing"]
    assert found.index.is_unique
    return found.astype("str").to_dict()


def test_the_spells_of_an_outcome_follow_each_other_without_a_gap_and_each_stands_otherwise(world):
    day = pd.Timestamp("2027-12-31")
    for _, spells in outcomes.spells(outcomes.facts_of(world), day).groupby("outcome_id"):
        ends = spells["known_until"].to_list()
        begins = spells["known_from"].to_list()
        assert [end + pd.Timedelta(days=1) for end in ends[:-1]] == begins[1:]
        assert pd.isna(ends[-1])
        standings = spells["standing"].to_list()
        assert all(one != other for one, other in pairwise(standings))


def test_the_spells_hold_at_every_month_s_end_what_the_panel_has(world):
    facts, day = outcomes.facts_of(world), pd.Timestamp("2027-12-31")
    spells, panel = outcomes.spells(facts, day), outcomes.panel(facts, day)
    known = panel.dropna(subset="standing_known")
    for month, rows in known.groupby("month"):
        told = rows.set_index("outcome_id")["standing_known"].astype("str").to_dict()
        assert standing_on(spells, month) == told, month


def test_a_spell_begins_on_the_day_on_which_it_was_known_and_not_before(world):
    by_name = {each.name: outcome_id(each) for each in CASES}
    spells = outcomes.spells(outcomes.facts_of(world), pd.Timestamp("2027-12-31"))
    weak = by_name["a turn that was weak counts from the day on which it is firm"]
    days = spells[spells["outcome_id"] == weak]["known_from"].dt.strftime("%Y-%m-%d")
    assert days.to_list() == ["2024-01-01", "2024-08-01"]


@settings(max_examples=4, deadline=None)
@given(lives.worlds())
def test_in_any_world_the_spells_hold_on_every_day_what_the_plain_loops_find(rows):
    tables = built(rows)
    spells = outcomes.spells(outcomes.facts_of(tables), pd.Timestamp("2027-12-31"))
    eves = spells["known_from"] - pd.Timedelta(days=1)
    for day in sorted({*spells["known_from"], *eves, *map(pd.Timestamp, lives.DAYS)}):
        plain = plain_outcomes(record_of(tables, day))
        # Before a target was known, its promise was judged as a whole, which has no spell.
        owed = plain.keys() & set(spells["outcome_id"])
        assert standing_on(spells, day) == {each: plain[each]["standing"] for each in owed}, day


# The independent implementation.


@pytest.mark.parametrize("day", ["2024-06-30", "2025-03-01", "2027-01-01"])
def test_the_cases_agree_with_the_plain_loops(world, day):
    assert list(disagreements(on(world, day), world, pd.Timestamp(day))) == []


@settings(max_examples=8, deadline=None)
@given(lives.worlds(), st.sampled_from([*lives.DAYS, "2026-07-01"]))
def test_any_world_agrees_with_the_plain_loops(rows, day):
    tables = built(rows)
    assert list(disagreements(on(tables, day), tables, pd.Timestamp(day))) == []
