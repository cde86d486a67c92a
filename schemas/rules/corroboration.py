"""What sources say of a record agrees with what the record says,
and a better source is not overruled by a worse one.

A stance is always taken towards what was stated first: by the source that a target's `stated_`
cells or, for any other field, a row of evidence of stance `states` speaks for.
"""

from collections.abc import Sequence

import pandas as pd

from eastflank.claims import (
    FIELD,
    STANDS_BEHIND,
    confirming,
    key_of,
    public_from,
)
from eastflank.codelists import Credibility, EventStatus, EvidencedTable, Stance, WatchpointStatus
from schemas.rules.base import look_up, none_of, rule

OTHERWISE = [Stance.REFINES, Stance.CONTRADICTS]
"""The stances of a source that says something else than was stated first."""


def _is_deadline(reports: pd.DataFrame) -> pd.Series:
    return (reports["record_table"] == EvidencedTable.TARGETS) & (reports["field"] == "due")


def _adopted(reports: pd.DataFrame) -> pd.DataFrame:
    """Return the reports whose word the record has taken, against what was stated first."""
    return reports[
        reports["stance"].isin(OTHERWISE)
        & (reports["said"] == reports["cell"])
        & (reports["said"] != reports["stated"])
    ]


@rule("evidence", "reported")
def the_first_source_reports_what_is_stated(evidence, said):
    """evidence that states a target's value or due date
    reports just what the target has as stated
    """
    apart = (said["record_table"] == EvidencedTable.TARGETS) & said["field"].isin(["value", "due"])
    stating = said[(said["stance"] == Stance.STATES) & apart]
    return none_of(evidence, stating.index[stating["said"] != stating["stated"]])


@rule("evidence", "reported")
def a_confirmation_reports_what_was_stated(evidence, said):
    """evidence that confirms a field reports what was stated first;
    what differs refines or contradicts it
    """
    confirming = said[(said["stance"] == Stance.CONFIRMS) & ~_is_deadline(said)]
    return none_of(evidence, confirming.index[confirming["said"] != confirming["stated"]])


@rule("evidence", "reported")
def a_deadline_that_moved_has_a_revised_milestone(evidence, said, milestones):
    """a due date that a source confirms is the stated one,
    or one to which a milestone of kind `revised` moved it
    """
    confirming = said[(said["stance"] == Stance.CONFIRMS) & _is_deadline(said)]
    moved = pd.MultiIndex.from_frame(milestones[["target_id", "due"]].dropna())
    shown = pd.MultiIndex.from_frame(confirming[["record_id", "said"]]).isin(moved) | (
        confirming["said"] == confirming["stated"]
    )
    return none_of(evidence, confirming.index[~shown])


@rule("evidence", "reported")
def who_refines_or_contradicts_reports_something_else(evidence, said):
    """evidence that refines or contradicts a field reports something else than was stated first"""
    other = said[said["stance"].isin(OTHERWISE)]
    return none_of(evidence, other.index[other["said"] == other["stated"]])


@rule("evidence", "reported")
def a_record_departs_from_what_was_stated_only_on_evidence(evidence, said):
    """a record says something else than its first source only where evidence
    that refines or contradicts that reports it
    """
    # A target's value and due date have cells of their own for what was stated.
    apart = (said["record_table"] == EvidencedTable.TARGETS) & said["field"].isin(["value", "due"])
    stating = said[(said["stance"] == Stance.STATES) & ~apart]
    departed = stating[stating["said"] != stating["cell"]]
    borne_out = pd.MultiIndex.from_frame(_adopted(said)[FIELD])
    return none_of(
        evidence, departed.index[~pd.MultiIndex.from_frame(departed[FIELD]).isin(borne_out)]
    )


def _departs_on_evidence(targets: pd.DataFrame, field: str, said: pd.DataFrame) -> pd.Series:
    adopted = _adopted(
        said[(said["record_table"] == EvidencedTable.TARGETS) & (said["field"] == field)]
    )
    # A range is the same as another if both its ends are.
    ends = [f"{field}_low", f"{field}_high"] if field == "value" else [field]
    same = pd.Series(True, targets.index)
    for end in ends:
        stated, adjudicated = targets[f"stated_{end}"], targets[end]
        equal = (stated == adjudicated).astype("boolean").fillna(False)
        same &= (equal | (stated.isna() & adjudicated.isna())).astype(bool)
    return same | targets["target_id"].isin(adopted["record_id"])


@rule("targets", "value")
def a_value_departs_from_the_stated_one_only_on_evidence(targets, said):
    """a target's value differs from its stated value only where evidence
    that refines or contradicts that reports it
    """
    return _departs_on_evidence(targets, "value", said)


@rule("targets", "due")
def a_due_date_departs_from_the_stated_one_only_on_evidence(targets, said):
    """a target's due date differs from its stated due date only where evidence
    that refines or contradicts that reports it
    """
    return _departs_on_evidence(targets, "due", said)


@rule("evidence", "source_id")
def a_worse_source_does_not_overrule_a_better_one(evidence, said):
    """a record departs from what was stated first only on a source no less reliable
    than those that stand behind that
    """
    behind = said[said["stance"].isin(STANDS_BEHIND) & (said["said"] == said["stated"])]
    adopted = _adopted(said)
    limit = adopted[FIELD].join(
        behind.groupby(FIELD)["reliability"].min().rename("limit"), on=FIELD
    )["limit"]
    return none_of(
        evidence,
        adopted.index[adopted.groupby(FIELD)["reliability"].transform("min") > limit.fillna("F")],
    )


@rule("evidence", "credibility")
def what_is_confirmed_has_a_second_source(evidence, said, heard):
    """evidence counts as confirmed (credibility 1) only where two independent sources bear it out:
    of a field, by the same report or by the record as a whole; of a record, not by one of its
    turns or targets; a copy is no second
    """
    alone = confirming(evidence, said, heard) < 2
    return none_of(
        evidence, evidence.index[alone & (evidence["credibility"] == Credibility.CONFIRMED)]
    )


def _has_last_reported_status(
    frame: pd.DataFrame, table: str, evidence, sources, without: Sequence[str]
) -> pd.Series:
    """Return whether each record has a status that evidence reported last,
    or one that it may have `without` such evidence.
    """
    reports = evidence[
        (evidence["record_table"] == table)
        & (evidence["field"] == "status")
        & (evidence["stance"] == Stance.STATES)
    ]
    reports = reports.assign(
        public=look_up(reports["source_id"], sources.assign(public=public_from(sources)), "public")
    )
    last = reports[reports["public"] == reports.groupby("record_id")["public"].transform("max")]
    key = key_of(table)
    reported = pd.MultiIndex.from_frame(frame[[key, "status"]].astype("str")).isin(
        pd.MultiIndex.from_frame(last[["record_id", "reported"]])
    )
    return pd.Series(reported, frame.index) | (
        ~frame[key].isin(reports["record_id"]) & frame["status"].isin(without)
    )


@rule("events", "status")
def an_event_has_the_status_that_was_reported_last(events, evidence, sources):
    """an event has the status that evidence of its `status` reported last;
    one that was cancelled has such evidence
    """
    without = [EventStatus.OCCURRED, EventStatus.PLANNED]
    return _has_last_reported_status(events, EvidencedTable.EVENTS, evidence, sources, without)


@rule("watchpoints", "status")
def a_watchpoint_has_the_status_that_was_reported_last(watchpoints, evidence, sources):
    """a watchpoint has the status that evidence of its `status` reported last;
    without such evidence it is open, or lapsed
    """
    return _has_last_reported_status(
        watchpoints,
        EvidencedTable.WATCHPOINTS,
        evidence,
        sources,
        [WatchpointStatus.OPEN, WatchpointStatus.LAPSED],
    )
