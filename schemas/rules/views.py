"""What several rules read: frames made of tables, each once for all of them.

A view leaves out what no rule asks it for, so that what rests on it is not judged anew where only
that has changed.
"""

from eastflank import outcomes
from eastflank.claims import claims, speaking, with_voices
from eastflank.codelists import EvidencedTable
from schemas.rules.base import view


@view
def heard(sources, actors):
    """Return the sources with their voices, and with the days from which they were public."""
    whole = with_voices({"sources": sources, "actors": actors})
    return whole[["source_id", "publisher", "kind", "reliability", "origin_id", *_DAYS, "voice"]]


_DAYS = ["published_latest", "accessed_latest", "known_from"]


@view
def stances(evidence):
    """Return who takes which stance towards which record or field."""
    taken = evidence[["record_table", "record_id", "field", "source_id", "stance"]]
    return taken.reset_index(drop=True)


@view
def spoken(stances, heard, targets, milestones):
    """Return which source speaks to which record, as `eastflank.claims.speaking` tells it."""
    return speaking(
        {"evidence": stances, "sources": heard, "targets": targets, "milestones": milestones}
    )


@view
def said(
    evidence,
    heard,
    events,
    commitments,
    targets,
    milestones,
    watchpoints,
    memberships,
    actors,
    places,
):
    """Return what sources report of fields, as `eastflank.claims.claims` tells it.

    Statuses that change as time passes are left out.
    """
    reports = claims(
        {
            "evidence": evidence,
            "sources": heard,
            "events": events,
            "commitments": commitments,
            "targets": targets,
            "milestones": milestones,
            "watchpoints": watchpoints,
            "memberships": memberships,
            "actors": actors,
            "places": places,
        }
    )
    reports = reports.astype({"record_table": "str", "stance": "str", "reliability": "str"})
    of_status = reports["record_table"].isin([EvidencedTable.EVENTS, EvidencedTable.WATCHPOINTS])
    return reports[~(of_status & (reports["field"] == "status"))]


@view
def shown(stances, heard, milestones, commitment_actors, actors):
    """Return which source shows which milestone, as `eastflank.outcomes` tells it."""
    return outcomes.sources_of_turns(
        {
            "evidence": stances,
            "sources": heard,
            "milestones": milestones,
            "commitment_actors": commitment_actors,
            "actors": actors,
        }
    )
