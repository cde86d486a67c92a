"""What happens comes in its order."""

import pandas as pd

from eastflank.claims import speaking
from eastflank.codelists import EventStatus, EvidencedTable, Measure, MembershipRole
from eastflank.version import CLOSING
from schemas.rules.base import look_up, rule


@rule("events", "status")
def what_has_occurred_is_told_by_a_source_no_older_than_it(events, known, evidence, sources):
    """an event that occurred has a source published no earlier than its first day;
    an older one can only foretell it
    """
    spoken = speaking(known)
    spoken = spoken[spoken["record_table"] == EvidencedTable.EVENTS]
    newest = spoken.groupby("record_id")["known_from"].max().reindex(events["event_id"])
    newest = newest.set_axis(events.index)
    return ~((events["status"] == EventStatus.OCCURRED) & (events["date_earliest"] > newest))


@rule("sources", "published")
def a_source_is_published_before_it_is_read(sources):
    """a source is published no later than it was read, and read no later than the closing day"""
    late = sources["published_earliest"] > sources["accessed_latest"]
    return ~late & ~(sources["accessed_earliest"] > pd.Timestamp(CLOSING))


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
