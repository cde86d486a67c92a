"""Everything rests on evidence, and evidence on a source."""

import pandas as pd

import schemas
from eastflank.codelists import EvidencedTable, Stance
from schemas.rules.base import is_in, rule


def _has_evidence(frame: pd.DataFrame, table: str, evidence: pd.DataFrame) -> pd.Series:
    stating = (evidence["record_table"] == table) & (evidence["stance"] == Stance.STATES)
    return is_in(frame[schemas.key(table)[0]], evidence.loc[stating, "record_id"])


@rule("events", "event_id")
def every_event_rests_on_evidence(events, evidence):
    """every event has a row of evidence that states it"""
    return _has_evidence(events, "events", evidence)


@rule("commitments", "commitment_id")
def every_commitment_rests_on_evidence(commitments, evidence):
    """every commitment has a row of evidence that states it"""
    return _has_evidence(commitments, "commitments", evidence)


@rule("targets", "target_id")
def every_target_rests_on_evidence(targets, evidence):
    """every target has a row of evidence that states it"""
    return _has_evidence(targets, "targets", evidence)


@rule("milestones", "milestone_id")
def every_milestone_rests_on_evidence(milestones, evidence):
    """every milestone has a row of evidence that states it"""
    return _has_evidence(milestones, "milestones", evidence)


@rule("watchpoints", "watchpoint_id")
def every_watchpoint_rests_on_evidence(watchpoints, evidence):
    """every watchpoint has a row of evidence that states it"""
    return _has_evidence(watchpoints, "watchpoints", evidence)


@rule("memberships", "membership_id")
def every_membership_rests_on_evidence(memberships, evidence):
    """every membership has a row of evidence that states it"""
    return _has_evidence(memberships, "memberships", evidence)


@rule("evidence", "record_id")
def evidence_speaks_to_a_record_that_exists(
    evidence, events, commitments, targets, milestones, watchpoints, memberships, actors, places
):
    """the record of a row of evidence exists in the table that the row names"""
    frames = {
        "events": events,
        "commitments": commitments,
        "targets": targets,
        "milestones": milestones,
        "watchpoints": watchpoints,
        "memberships": memberships,
        "actors": actors,
        "places": places,
    }
    known = pd.Series(False, index=evidence.index)
    for table, frame in frames.items():
        known |= (evidence["record_table"] == table) & is_in(
            evidence["record_id"], frame[schemas.key(table)[0]]
        )
    return known


@rule("evidence", "field")
def evidence_speaks_to_a_column_that_exists(evidence):
    """the field of a row of evidence is a column that the seed of the record's table has"""
    named = [
        f"{table}.{column.name}"
        for table in EvidencedTable
        for column in schemas.seed_columns(table)
    ]
    return evidence["field"].isna() | (
        evidence["record_table"].astype("str") + "." + evidence["field"]
    ).isin(named)


@rule("evidence", "locator")
def evidence_from_a_kept_text_says_where(evidence, sources):
    """evidence from a source whose text is kept has a locator and an anchor"""
    kept = sources.loc[sources["text_sha256"].notna(), "source_id"]
    return ~is_in(evidence["source_id"], kept) | evidence[["locator", "anchor"]].notna().all(axis=1)


@rule("evidence", "locator")
def only_a_kept_text_has_numbered_sentences(evidence, sources):
    """only evidence from a source whose text is kept has a locator"""
    kept = sources.loc[sources["text_sha256"].notna(), "source_id"]
    return evidence["locator"].isna() | is_in(evidence["source_id"], kept)


def _speaks_to(evidence: pd.DataFrame, record: pd.Series, source: pd.Series) -> pd.Series:
    """Return whether each source speaks to the record beside it; true where one is missing."""
    spoken = pd.MultiIndex.from_frame(evidence[["record_id", "source_id"]])
    pairs = pd.MultiIndex.from_arrays([record, source])
    return record.isna() | source.isna() | pairs.isin(spoken)


@rule("memberships", "source_id")
def the_source_of_a_membership_is_among_its_evidence(memberships, evidence):
    """the source that a membership's dates were taken from has a row of evidence of it"""
    return _speaks_to(evidence, memberships["membership_id"], memberships["source_id"])


@rule("event_actors", "source_id")
def the_source_of_a_part_in_an_event_is_among_its_evidence(event_actors, evidence):
    """a source named for an actor's part in an event has a row of evidence of the event"""
    return _speaks_to(evidence, event_actors["event_id"], event_actors["source_id"])


@rule("commitment_actors", "source_id")
def the_source_of_a_part_in_a_commitment_is_among_its_evidence(commitment_actors, evidence):
    """a source named for an actor's part in a commitment has a row of evidence of it"""
    return _speaks_to(evidence, commitment_actors["commitment_id"], commitment_actors["source_id"])
