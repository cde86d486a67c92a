"""What happens comes in its order."""

import pandas as pd

from eastflank.codelists import (
    EventStatus,
    EvidencedTable,
    Measure,
    MembershipRole,
    WatchpointStatus,
)
from eastflank.version import CLOSING
from schemas.rules.base import look_up, rule


@rule("events", "status")
def what_has_occurred_is_told_by_a_source_no_older_than_it(events, spoken):
    """an event that occurred has a source published no earlier than its first day;
    an older one can only foretell it
    """
    newest = _newest(spoken, EvidencedTable.EVENTS, events["event_id"])
    return ~((events["status"] == EventStatus.OCCURRED) & (events["date_earliest"] > newest))


@rule("sources", "published")
def a_source_is_published_before_it_is_read(sources):
    """a source is published no later than it was read"""
    return ~(sources["published_earliest"] > sources["accessed_latest"])


@rule("sources", "accessed")
def a_source_is_read_by_the_closing_day(sources):
    """a source is read on a day or in a span of days, and no later than the closing day"""
    ends = sources[["accessed_earliest", "accessed_latest"]].notna().all(axis=1)
    return ends & ~(sources["accessed_earliest"] > pd.Timestamp(CLOSING))


@rule("commitments", "last_checked")
def news_is_looked_for_by_the_closing_day(commitments):
    """news of a commitment is looked for once it is undertaken,
    and no later than the closing day
    """
    checked = commitments["last_checked_earliest"]
    early = commitments["last_checked_latest"] < commitments["date_earliest"]
    return ~(early | (checked > pd.Timestamp(CLOSING)))


def _newest(spoken: pd.DataFrame, table: str, ids: pd.Series) -> pd.Series:
    """Return the day by which the newest source that speaks to each record was public."""
    spoken = spoken[spoken["record_table"] == table]
    newest = spoken.groupby("record_id")["known_from"].max()
    return newest.reindex(ids).set_axis(ids.index)


@rule("commitments", "date")
def a_commitment_is_undertaken_before_it_is_told(commitments, spoken):
    """a commitment is undertaken no later than the newest source that speaks to it"""
    newest = _newest(spoken, EvidencedTable.COMMITMENTS, commitments["commitment_id"])
    return ~(commitments["date_earliest"] > newest)


@rule("memberships", "until")
def a_membership_changes_before_it_is_told(memberships, spoken):
    """a membership begins and ends no later than the newest source that speaks to it"""
    newest = _newest(spoken, EvidencedTable.MEMBERSHIPS, memberships["membership_id"])
    return ~((memberships["since_earliest"] > newest) | (memberships["until_earliest"] > newest))


@rule("watchpoints", "resolved")
def a_watchpoint_is_resolved_by_an_event_of_its_time(watchpoints, events, spoken):
    """a watchpoint is resolved within the date of its event, and no later than the newest source
    that speaks to it
    """
    event = look_up(watchpoints["event_id"], events, ["date_earliest", "date_latest"])
    newest = _newest(spoken, EvidencedTable.WATCHPOINTS, watchpoints["watchpoint_id"])
    first, last = watchpoints["resolved_earliest"], watchpoints["resolved_latest"]
    apart = (last < event["date_earliest"]) | (first > event["date_latest"])
    return ~(apart | (first > newest))


@rule("watchpoints", "horizon")
def what_did_not_occur_had_its_time(watchpoints):
    """a watchpoint that lapsed or did not occur has a horizon, and that has passed"""
    over = watchpoints["status"].isin([WatchpointStatus.LAPSED, WatchpointStatus.DID_NOT_OCCUR])
    return ~over | (watchpoints["horizon_latest"] <= pd.Timestamp(CLOSING))


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
