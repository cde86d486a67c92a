"""A commitment lives from its announcement to its end, and its milestones tell that life without contradiction."""

import pandas as pd

from eastflank.codelists import CommitmentRole, Comparator, MilestoneKind
from eastflank.status import FOLLOWS, in_force, in_order
from schemas.rules.base import is_in, look_up, none_of, rule

ENDS = [MilestoneKind.MET, MilestoneKind.WITHDRAWN, MilestoneKind.SUPERSEDED]
"""The milestones with which a commitment ends, unless it is announced anew."""

LATE = [MilestoneKind.REVISED, MilestoneKind.DELAYED, MilestoneKind.MISSED]
"""The milestones of which one comes before a commitment is met late."""


@rule("milestones", "date")
def no_milestone_comes_before_its_commitment(milestones, commitments):
    """a milestone does not end before its commitment was undertaken"""
    return ~(
        milestones["date_latest"]
        < look_up(milestones["commitment_id"], commitments, "date_earliest")
    )


@rule("commitments", "commitment_id")
def every_commitment_has_a_milestone(commitments, milestones):
    """every commitment has a milestone, mostly one of kind `announced`, from which its status follows"""
    turns = milestones[milestones["kind"].isin(FOLLOWS)]
    return is_in(commitments["commitment_id"], turns["commitment_id"])


@rule("milestones", "date")
def no_milestone_comes_before_the_announcement(milestones):
    """no milestone ends before the first `announced` one of its commitment begins"""
    announced = milestones[milestones["kind"] == MilestoneKind.ANNOUNCED]
    first = announced.groupby("commitment_id")["date_earliest"].min()
    return ~(
        milestones["date_latest"]
        < first.reindex(milestones["commitment_id"]).set_axis(milestones.index)
    )


@rule("milestones", "date")
def nothing_follows_the_end_of_a_commitment(milestones):
    """once a commitment is met, withdrawn or superseded, no milestone begins later, unless one of kind `announced` renews it"""
    turns = in_order(milestones)
    turns["ended"] = turns["date_latest"].where(turns["kind"].isin(ENDS))
    # An announcement begins a new life, in which the end of the last one no longer counts.
    life = (turns["kind"] == MilestoneKind.ANNOUNCED).groupby(turns["commitment_id"]).cumsum()
    lives = turns.groupby(["commitment_id", life])["ended"]
    ended = (
        lives.cummin()
        .groupby([turns["commitment_id"], life])
        .ffill()
        .groupby([turns["commitment_id"], life])
        .shift()
    )
    return ~(turns["began"] > ended).reindex(milestones.index)


@rule("milestones", "target_id")
def a_revision_changes_a_target_of_its_commitment(milestones, targets):
    """the target that a milestone revises belongs to the milestone's commitment"""
    owner = look_up(milestones["target_id"], targets, "commitment_id")
    return owner.isna() | (owner == milestones["commitment_id"])


@rule("milestones", "date")
def what_is_missed_was_due(milestones, targets):
    """a commitment is missed only once a target of it has fallen due"""
    due = in_force(targets, in_order(milestones)).groupby("commitment_id")["due_earliest"].min()
    due = due.reindex(milestones["commitment_id"]).set_axis(milestones.index)
    return (milestones["kind"] != MilestoneKind.MISSED) | (milestones["date_latest"] >= due)


@rule("milestones", "date")
def what_is_met_late_was_revised_delayed_or_missed(milestones, targets):
    """a commitment that is met after all its targets fell due has a milestone before that says it is `revised`, `delayed` or `missed`"""
    dates = targets.groupby("commitment_id")["due_latest"]
    due = dates.max().where(dates.count() == dates.size())
    late = milestones[milestones["kind"] == MilestoneKind.MET]
    late = late[late["date_earliest"] > due.reindex(late["commitment_id"]).set_axis(late.index)]
    warned = (
        milestones[milestones["kind"].isin(LATE)].groupby("commitment_id")["date_earliest"].min()
    )
    in_time = warned.reindex(late["commitment_id"]).set_axis(late.index) <= late["date_latest"]
    return none_of(milestones, late.index[~in_time])


@rule("milestones", "kind")
def what_is_met_agrees_with_observations(milestones, targets, observations, commitment_actors):
    """a commitment of a single promisor is met only if some observation up to then reaches each target that was observed"""
    met = milestones.loc[
        milestones["kind"] == MilestoneKind.MET, ["milestone_id", "commitment_id", "date_latest"]
    ]
    parts = commitment_actors[commitment_actors["role"] == CommitmentRole.PROMISOR]
    parts = parts[["commitment_id", "actor_id"]].drop_duplicates("commitment_id", keep=False)
    aims = in_force(targets, in_order(milestones)).astype({"measure": "str", "unit": "str"})
    seen = observations[["measure", "unit", "actor_id", "period_earliest", "value"]].rename(
        columns={"value": "observed"}
    )
    pairs = met.merge(parts, on="commitment_id").merge(
        aims.drop(columns="due_latest"), on="commitment_id"
    )
    pairs = pairs.merge(
        seen.astype({"measure": "str", "unit": "str"}), on=["measure", "unit", "actor_id"]
    )
    pairs = pairs[pairs["period_earliest"] <= pairs["date_latest"]]
    reached = pairs["observed"] >= pairs["value"] - 1e-9
    reached = reached.where(
        pairs["comparator"] != Comparator.AT_MOST, pairs["observed"] <= pairs["value"] + 1e-9
    )
    counted = (
        pairs["comparator"].isin([Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.EXACTLY])
        & pairs["value"].notna()
    )
    reached = (reached.fillna(False) | ~counted).astype(bool)
    ever = reached.groupby([pairs["milestone_id"], pairs["target_id"]]).any()
    belied = ever.index.get_level_values("milestone_id")[~ever]
    return ~is_in(milestones["milestone_id"], pd.Series(belied, dtype="str"))
