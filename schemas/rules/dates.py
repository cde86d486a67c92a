"""What happens comes in its order."""

import pandas as pd

from eastflank.codelists import EventStatus, Measure, MembershipRole
from eastflank.derived import newest
from schemas.rules.base import look_up, rule


@rule("events", "status")
def what_has_occurred_lies_not_after_the_newest_source(events, sources):
    """an event that occurred does not begin after the newest source was published"""
    return ~(
        (events["status"] == EventStatus.OCCURRED) & (events["date_earliest"] > newest(sources))
    )


@rule("milestones", "date")
def no_milestone_lies_after_the_newest_source(milestones, sources):
    """a milestone does not begin after the newest source was published"""
    return ~(milestones["date_earliest"] > newest(sources))


@rule("commitments", "date")
def a_commitment_is_as_old_as_the_event_in_which_it_was_made(commitments, events):
    """the date of a commitment can be the date of the event in which it was undertaken"""
    made = look_up(commitments["event_id"], events, ["date_earliest", "date_latest"])
    return ~(
        (commitments["date_latest"] < made["date_earliest"])
        | (commitments["date_earliest"] > made["date_latest"])
    )


def _due_after(targets: pd.DataFrame, commitments: pd.DataFrame, due: str) -> pd.Series:
    return ~(
        targets[f"{due}_latest"] < look_up(targets["commitment_id"], commitments, "date_earliest")
    )


@rule("targets", "stated_due")
def a_target_is_stated_to_fall_due_after_its_announcement(targets, commitments):
    """the stated due date of a target does not lie before its commitment was undertaken"""
    return _due_after(targets, commitments, "stated_due")


@rule("targets", "due")
def a_target_falls_due_after_its_announcement(targets, commitments):
    """the due date of a target does not lie before its commitment was undertaken"""
    return _due_after(targets, commitments, "due")


@rule("observations", "period")
def a_member_of_nato_is_counted_from_its_accession(observations, memberships):
    """a share of GDP by NATO's definition is not counted for a year before the ally joined"""
    members = memberships[
        (memberships["group_id"] == "nato") & (memberships["role"] == MembershipRole.MEMBER)
    ]
    since = members.groupby("actor_id")["since_earliest"].min()
    share = observations["measure"] == Measure.DEFENCE_SHARE_GDP
    joined = since.reindex(observations["actor_id"]).set_axis(observations.index)
    return ~(share & (observations["period_latest"] < joined))
