"""A commitment's status follows from its milestones and due dates, as of any day."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eastflank import edtf
from eastflank.codelists import CommitmentStatus, DatePrecision, MilestoneKind
from eastflank.status import in_force, in_order, status

BRINGS_ABOUT = {
    "announced": "announced",
    "funded": "in-progress",
    "contracted": "in-progress",
    "started": "in-progress",
    "progressed": "in-progress",
    "delayed": "delayed",
    "partly-met": "partly-met",
    "met": "met",
    "missed": "missed",
    "withdrawn": "withdrawn",
    "superseded": "superseded",
}
KEEP = ["reaffirmed", "revised"]
OPEN = ["announced", "started", "delayed", "partly-met"]
"""A milestone for each status in which a commitment can become overdue."""


def milestones(*turns: tuple[str, ...]) -> pd.DataFrame:
    """Return milestones, each given as its commitment, date and kind, and the due date to which it
    revised the commitment's first target if it did, in the types in which the table is loaded.
    """
    turns = [(*turn, None)[:4] for turn in turns]
    table = dated([date for _, date, _, _ in turns], "date").join(
        dated([due for *_, due in turns], "due")
    )
    return table.assign(
        commitment_id=pd.Series([commitment for commitment, *_ in turns], dtype="str"),
        kind=pd.Categorical(
            [kind for _, _, kind, _ in turns], categories=[str(kind) for kind in MilestoneKind]
        ),
        target_id=pd.Series(
            [due and f"{commitment}-0" for commitment, *_, due in turns], dtype="str"
        ),
        value=pd.Series([None] * len(turns), dtype="Float64"),
    )


def targets(*aims: tuple[str, str | None]) -> pd.DataFrame:
    """Return targets, each given as its commitment and due date."""
    before = [
        [commitment for commitment, _ in aims[:place]].count(aims[place][0])
        for place in range(len(aims))
    ]
    return dated([due for _, due in aims], "due").assign(
        commitment_id=pd.Series([commitment for commitment, _ in aims], dtype="str"),
        target_id=pd.Series(
            [f"{commitment}-{place}" for (commitment, _), place in zip(aims, before, strict=True)], dtype="str"
        ),
        value=pd.Series([None] * len(aims), dtype="Float64"),
    )


def dated(dates: list[str | None], name: str) -> pd.DataFrame:
    """Return a column of dates, with those that the build makes of it."""
    spans = [edtf.parse(date) if date else (None, None, None) for date in dates]
    return pd.DataFrame(
        {
            name: pd.Series(dates, dtype="str"),
            f"{name}_earliest": pd.Series([span[0] for span in spans], dtype="datetime64[ms]"),
            f"{name}_latest": pd.Series([span[1] for span in spans], dtype="datetime64[ms]"),
            f"{name}_precision": pd.Categorical(
                [span[2] for span in spans], categories=[str(code) for code in DatePrecision]
            ),
        }
    )


def on(day: str, turns: pd.DataFrame, aims: pd.DataFrame | None = None) -> dict[str, str]:
    """Return the status of each commitment on a day."""
    return status(turns, targets() if aims is None else aims, pd.Timestamp(day))["status"].to_dict()


def since(day: str, turns: pd.DataFrame, aims: pd.DataFrame | None = None) -> str:
    """Return the day from which the status of the only commitment holds."""
    [held] = status(turns, targets() if aims is None else aims, pd.Timestamp(day))["status_date"]
    return f"{held:%Y-%m-%d}"


def test_every_kind_of_milestone_is_tried_here():
    assert {*BRINGS_ABOUT, *KEEP} == set(MilestoneKind)
    assert {*BRINGS_ABOUT.values(), "overdue"} == set(CommitmentStatus)


@pytest.mark.parametrize(("kind", "expected"), BRINGS_ABOUT.items())
def test_a_milestone_brings_about_its_status(kind, expected):
    turns = milestones(("guards", "2024-07-10", "announced"), ("guards", "2025-02-01", kind))
    assert on("2025-06-30", turns) == {"guards": expected}


@pytest.mark.parametrize("kind", KEEP)
@pytest.mark.parametrize("before", BRINGS_ABOUT)
def test_reaffirming_or_revising_keeps_status_and_date(kind, before):
    turns = milestones(("guards", "2024-07-10", before), ("guards", "2025-02-01", kind))
    assert on("2025-06-30", turns) == {"guards": BRINGS_ABOUT[before]}
    assert since("2025-06-30", turns) == "2024-07-10"


def test_the_latest_milestone_decides_in_whatever_order_they_stand():
    turns = milestones(
        ("guards", "2025-02-01", "met"),
        ("guards", "2024-07-10", "announced"),
        ("guards", "2024-09", "delayed"),
    )
    assert on("2025-06-30", turns) == {"guards": "met"}


def test_of_two_milestones_that_begin_on_one_day_the_later_in_the_codelist_decides():
    # By the alphabet, `started` would stand last.
    turns = milestones(("guards", "2025-02-01", "met"), ("guards", "2025-02-01", "started"))
    assert on("2025-06-30", turns) == {"guards": "met"}
    assert on("2025-06-30", turns.iloc[::-1]) == {"guards": "met"}


def test_a_milestone_counts_from_its_day_on_and_not_before():
    turns = milestones(("guards", "2024-07-10", "announced"), ("guards", "2025-02-01", "started"))
    assert on("2025-01-31", turns) == {"guards": "announced"}
    assert on("2025-02-01", turns) == {"guards": "in-progress"}


def test_before_its_first_milestone_a_commitment_has_no_status():
    turns = milestones(
        ("guards", "2024-07-10", "announced"), ("spending", "2024-07-11", "announced")
    )
    assert on("2024-07-10", turns) == {"guards": "announced"}
    assert on("2024-07-09", turns) == {}


def test_a_milestone_of_which_only_the_end_is_dated_counts_from_that():
    turns = milestones(("guards", "../2024-07-10", "announced"))
    assert on("2024-07-09", turns) == {}
    assert on("2024-07-10", turns) == {"guards": "announced"}


def test_a_milestone_without_an_end_counts_from_its_beginning():
    turns = milestones(("guards", "2024-07-10/..", "announced"))
    assert on("2024-07-10", turns) == {"guards": "announced"}
    assert since("2024-07-10", turns) == "2024-07-10"


@pytest.mark.parametrize("kind", OPEN)
def test_an_open_commitment_is_overdue_from_the_day_after_its_due_date(kind):
    turns, aims = milestones(("guards", "2024-07-10", kind)), targets(("guards", "2025"))
    assert on("2025-12-31", turns, aims) == {"guards": BRINGS_ABOUT[kind]}
    assert on("2026-01-01", turns, aims) == {"guards": "overdue"}
    assert since("2026-01-01", turns, aims) == "2025-12-31"


@pytest.mark.parametrize("kind", ["met", "missed", "withdrawn", "superseded"])
def test_what_is_settled_is_never_overdue(kind):
    turns, aims = milestones(("guards", "2024-07-10", kind)), targets(("guards", "2025"))
    assert on("2030-01-01", turns, aims) == {"guards": kind}


def test_the_last_of_several_due_dates_makes_overdue():
    turns, aims = (
        milestones(("guards", "2024-07-10", "announced")),
        targets(("guards", "2025"), ("guards", "2027-06")),
    )
    assert on("2027-06-30", turns, aims) == {"guards": "announced"}
    assert on("2027-07-01", turns, aims) == {"guards": "overdue"}


@pytest.mark.parametrize("due", [None, "2025/.."], ids=["without a due date", "with an open one"])
def test_a_target_that_has_no_last_due_day_keeps_its_commitment_from_being_overdue(due):
    turns, aims = (
        milestones(("guards", "2024-07-10", "announced")),
        targets(("guards", "2024-12"), ("guards", due)),
    )
    assert on("2030-01-01", turns, aims) == {"guards": "announced"}


def test_a_commitment_without_targets_is_never_overdue():
    turns, aims = (
        milestones(("guards", "2024-07-10", "announced")),
        targets(("spending", "2024-12")),
    )
    assert on("2030-01-01", turns, aims) == {"guards": "announced"}


def test_the_result_is_typed_alike_with_and_without_rows():
    some = status(
        milestones(("guards", "2024-07-10", "announced")),
        targets(("guards", "2024")),
        pd.Timestamp("2025-01-01"),
    )
    none = status(milestones(), targets(), pd.Timestamp("2025-01-01"))
    for found in (some, none):
        assert found.index.name == "commitment_id"
        assert found.dtypes.astype("str").to_dict() == {
            "status": "str",
            "status_date": "datetime64[ms]",
        }


def test_a_revised_due_date_counts_from_the_day_of_its_revision():
    turns = milestones(
        ("guards", "2024-07-10", "announced"), ("guards", "2025-12-01", "revised", "2026-06")
    )
    aims = targets(("guards", "2025"))
    assert on("2026-01-01", turns, aims) == {"guards": "announced"}
    assert on("2026-07-01", turns, aims) == {"guards": "overdue"}
    assert since("2026-07-01", turns, aims) == "2026-06-30"


def test_a_revision_after_the_due_date_leaves_the_time_before_it_overdue():
    turns = milestones(
        ("guards", "2024-07-10", "announced"), ("guards", "2026-02-01", "revised", "2026-06")
    )
    aims = targets(("guards", "2025"))
    assert on("2026-01-15", turns, aims) == {"guards": "overdue"}
    assert on("2026-02-01", turns, aims) == {"guards": "announced"}


def test_of_two_revisions_the_last_holds_and_other_targets_keep_their_dates():
    turns = milestones(
        ("guards", "2024-07-10", "announced"),
        ("guards", "2025-01-01", "revised", "2027"),
        ("guards", "2025-06-01", "revised", "2026"),
    )
    held = in_force(targets(("guards", "2025"), ("guards", "2030")), in_order(turns))
    assert held["due"].to_list() == ["2026", "2030"]
    assert held["due_latest"].astype("str").to_list() == ["2026-12-31", "2030-12-31"]


days = st.dates(pd.Timestamp("2024-01-01").date(), pd.Timestamp("2024-01-20").date()).map(str)
some_turns = st.lists(
    st.tuples(st.sampled_from(["guards", "spending"]), days, st.sampled_from(list(MilestoneKind))),
    max_size=8,
)
some_aims = st.lists(
    st.tuples(st.sampled_from(["guards", "spending"]), st.none() | days), max_size=3
)


@settings(max_examples=30, deadline=None)
@given(some_turns, some_aims, days, st.randoms(use_true_random=False))
def test_the_status_on_a_day_follows_from_what_was_known_by_then_in_any_order_of_rows(
    turns, aims, day, chance
):
    by_then = [turn for turn in turns if turn[1] <= day]
    shuffled = chance.sample(turns, len(turns))
    now = status(milestones(*by_then), targets(*aims), pd.Timestamp(day))
    pd.testing.assert_frame_equal(
        status(milestones(*shuffled), targets(*aims), pd.Timestamp(day)), now
    )
