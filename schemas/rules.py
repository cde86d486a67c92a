"""Rules across tables: what must hold between rows of several tables, or between several rows of one.

A rule is a function named as the sentence that must hold; its docstring is that sentence, as reports and the codebook show
it. Its parameters are the tables that it reads, as frames indexed by line. It returns one boolean for each row of the
table named in `@rule`; what cannot be judged counts as true. A problem points to the column named there.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

import schemas
from eastflank.status import FOLLOWS
from schemas.base import is_share_of_gdp
from schemas.codelists import (
    ActorKind,
    CommitmentRole,
    EventRole,
    EventStatus,
    EvidencedTable,
    Measure,
    MembershipRole,
    Stance,
    Unit,
)


@dataclass(frozen=True)
class Rule:
    """A rule across tables: its name and sentence, the tables it reads, and the cell that a problem points to."""

    table: str
    column: str
    judge: Callable[..., pd.Series]

    @property
    def name(self) -> str:
        return self.judge.__name__

    @property
    def sentence(self) -> str:
        return inspect.getdoc(self.judge)

    @property
    def reads(self) -> tuple[str, ...]:
        return tuple(inspect.signature(self.judge).parameters)


RULES: list[Rule] = []
"""All rules across tables, in the order of this file."""


def rule(table: str, column: str):
    """Return a decorator that makes a function a rule about the rows of a table."""

    def decorate(judge):
        RULES.append(Rule(table, column, judge))
        return judge

    return decorate


def _look_up(ids: pd.Series, table: pd.DataFrame, column):
    """Return what a column, or a list of columns, of another table holds for each of the ids; null where it has none.

    The table's key is its first column. Where it has a key twice, which is a problem of its own, the first row counts.
    """
    key = table.columns[0]
    named = table[_is_in(table[key], ids.dropna())]
    return named.drop_duplicates(key).set_index(key)[column].reindex(ids).set_axis(ids.index)


def _is_in(ids: pd.Series, known: pd.Series) -> pd.Series:
    """Return which of the ids are among the known ones; what pandas' own `isin` says, in a hundredth of its time on text."""
    found = pc.is_in(pa.array(ids), pa.array(known))
    return pd.Series(found.to_numpy(zero_copy_only=False), index=ids.index)


# One meaning, one id


def _is_only_one(frame: pd.DataFrame, columns: list[str]) -> pd.Series:
    return ~frame.duplicated(columns)


@rule("actors", "name")
def two_actors_differ_in_name_or_kind(actors):
    """an actor has one row: no other row has its name and kind"""
    return _is_only_one(actors, ["name", "kind"])


@rule("actors", "iso3")
def two_states_differ_in_their_iso_code(actors):
    """two states do not share an ISO code; a successor may share the other codes, as Russia does the Soviet Union's"""
    return ~actors["iso3"].duplicated() | actors["iso3"].isna()


@rule("places", "name")
def two_places_differ_in_name_kind_or_country(places):
    """a place has one row: no other row has its name, kind and country"""
    return _is_only_one(places, ["name", "kind", "country_id"])


@rule("sources", "title")
def two_sources_differ_in_title_publisher_or_date(sources):
    """a document has one row: no other row has its title, publisher, date and address"""
    return _is_only_one(sources, ["title", "publisher", "published", "url"])


@rule("events", "title")
def two_events_differ_in_title_or_date(events):
    """an event has one row: no other row has its title and date"""
    return _is_only_one(events, ["title", "date"])


@rule("commitments", "title")
def two_commitments_differ_in_title_or_date(commitments):
    """a commitment has one row: no other row has its title and date"""
    return _is_only_one(commitments, ["title", "date"])


@rule("memberships", "actor_id")
def two_memberships_differ_in_group_capacity_or_time(memberships):
    """a membership has one row: no other row has its actor, group, role, office and beginning"""
    return _is_only_one(memberships, ["actor_id", "group_id", "role", "office", "since"])


@rule("observations", "value")
def a_vintage_has_one_value(observations):
    """a vintage has one value: no other row has its measure, actor, period, kind and source"""
    return _is_only_one(observations, ["measure", "actor_id", "period", "kind", "source_id"])


# Wholes and parts


def _returns(parents: pd.Series) -> pd.Series:
    """Return whether following the parents, a Series from id to the id of its whole, leads back to the start."""
    above = parents
    returned = pd.Series(False, index=parents.index)
    while above.notna().any():
        returned |= above == above.index
        # Whoever has come to a circle would go round it for ever.
        above = above.mask(above.isin(returned.index[returned]))
        above = parents.reindex(above).set_axis(above.index)
    return returned


def _is_not_above_itself(frame: pd.DataFrame, key: str, whole: str) -> pd.Series:
    above = frame.dropna(subset=whole).drop_duplicates(key).set_index(key)[whole]
    return frame[key].isin(above.index[~_returns(above)]) | ~frame[key].isin(above.index)


@rule("actors", "parent_id")
def no_actor_is_above_itself(actors):
    """following an actor's parents never leads back to the actor"""
    return _is_not_above_itself(actors, "actor_id", "parent_id")


@rule("events", "part_of")
def no_event_contains_itself(events):
    """following the events of which an event is a part never leads back to it"""
    return _is_not_above_itself(events, "event_id", "part_of")


@rule("targets", "component_of")
def no_target_contains_itself(targets):
    """following the targets of which a target is a part never leads back to it"""
    return _is_not_above_itself(targets, "target_id", "component_of")


@rule("targets", "component_of")
def a_component_belongs_to_the_commitment_of_its_whole(targets):
    """a component belongs to the same commitment as its whole and is counted in the same unit"""
    whole = _look_up(targets["component_of"], targets, ["commitment_id", "unit"]).astype("str")
    same = (targets[["commitment_id", "unit"]].astype("str") == whole).all(axis=1)
    return same | whole["commitment_id"].isna()


def _add_up(targets: pd.DataFrame, value: str) -> pd.Series:
    sums = targets.groupby("component_of")[value].sum(min_count=1)
    complete = targets[value].notna().groupby(targets["component_of"]).all()
    parts = sums.where(complete).reindex(targets["target_id"]).set_axis(targets.index)
    return ((targets[value] - parts).abs() < 1e-9).fillna(True)


@rule("targets", "stated_value")
def stated_components_add_up_to_their_whole(targets):
    """the stated values of a target's components add up to its own"""
    return _add_up(targets, "stated_value")


@rule("targets", "value")
def components_add_up_to_their_whole(targets):
    """the values of a target's components add up to its own"""
    return _add_up(targets, "value")


@rule("events", "part_of")
def a_part_of_an_event_begins_before_the_event_ends(events):
    """a part of an event does not begin after the event has ended"""
    return ~(events["date_earliest"] > _look_up(events["part_of"], events, "date_latest"))


# Who does it


@rule("events", "event_id")
def every_event_has_somebody_who_does_it(events, event_actors):
    """every event has an actor in `event_actors` who does it, takes part or hosts it"""
    acting = event_actors[event_actors["role"].isin([EventRole.SOURCE, EventRole.PARTICIPANT, EventRole.HOST])]
    return _is_in(events["event_id"], acting["event_id"])


@rule("event_actors", "role")
def nobody_acts_upon_themselves(event_actors):
    """nobody is both the source and the target of an event"""
    ends = event_actors[event_actors["role"].isin([EventRole.SOURCE, EventRole.TARGET])]
    return ~event_actors.index.isin(ends.index[ends.duplicated(["event_id", "actor_id"])]) | pd.Series(False, event_actors.index)


@rule("commitments", "commitment_id")
def every_commitment_has_a_promisor(commitments, commitment_actors):
    """every commitment has a promisor in `commitment_actors`"""
    promising = commitment_actors[commitment_actors["role"] == CommitmentRole.PROMISOR]
    return _is_in(commitments["commitment_id"], promising["commitment_id"])


@rule("memberships", "role")
def only_a_person_holds_an_office(memberships, actors):
    """an office holder is a person"""
    kind = _look_up(memberships["actor_id"], actors, "kind")
    return ~((memberships["role"] == MembershipRole.OFFICE_HOLDER) & kind.notna() & (kind != ActorKind.PERSON))


@rule("memberships", "group_id")
def nobody_belongs_to_a_person(memberships, actors):
    """nobody is a member of a person"""
    people = actors.loc[actors["kind"] == ActorKind.PERSON, "actor_id"]
    return ~_is_in(memberships["group_id"], people)


# When it happens


def _newest(sources: pd.DataFrame) -> pd.Timestamp:
    return sources["published_latest"].max()


@rule("events", "status")
def what_has_occurred_lies_not_after_the_newest_source(events, sources):
    """an event that occurred does not begin after the newest source was published"""
    return ~((events["status"] == EventStatus.OCCURRED) & (events["date_earliest"] > _newest(sources)))


@rule("milestones", "date")
def no_milestone_lies_after_the_newest_source(milestones, sources):
    """a milestone does not begin after the newest source was published"""
    return ~(milestones["date_earliest"] > _newest(sources))


@rule("commitments", "date")
def a_commitment_is_as_old_as_the_event_in_which_it_was_made(commitments, events):
    """the date of a commitment can be the date of the event in which it was undertaken"""
    made = _look_up(commitments["event_id"], events, ["date_earliest", "date_latest"])
    return ~((commitments["date_latest"] < made["date_earliest"]) | (commitments["date_earliest"] > made["date_latest"]))


@rule("milestones", "date")
def no_milestone_comes_before_its_commitment(milestones, commitments):
    """a milestone does not end before its commitment was undertaken"""
    return ~(milestones["date_latest"] < _look_up(milestones["commitment_id"], commitments, "date_earliest"))


@rule("commitments", "commitment_id")
def every_commitment_has_a_milestone(commitments, milestones):
    """every commitment has a milestone, mostly one of kind `announced`, from which its status follows"""
    turns = milestones[milestones["kind"].isin(FOLLOWS)]
    return _is_in(commitments["commitment_id"], turns["commitment_id"])


def _due_after(targets: pd.DataFrame, commitments: pd.DataFrame, due: str) -> pd.Series:
    return ~(targets[f"{due}_latest"] < _look_up(targets["commitment_id"], commitments, "date_earliest"))


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
    members = memberships[(memberships["group_id"] == "nato") & (memberships["role"] == MembershipRole.MEMBER)]
    since = members.groupby("actor_id")["since_earliest"].min()
    share = observations["measure"] == Measure.DEFENCE_SHARE_GDP
    joined = since.reindex(observations["actor_id"]).set_axis(observations.index)
    return ~(share & (observations["period_latest"] < joined))


# What is measured


def _is_counted_as_elsewhere(rows: pd.DataFrame, targets: pd.DataFrame, observations: pd.DataFrame) -> pd.Series:
    """Return whether the measure of each row is counted in the unit in which it is counted most often; a date is no count."""
    money = [unit for unit in Unit if (unit.crosswalk or "").startswith("ISO 4217")]

    def units(frame: pd.DataFrame) -> pd.DataFrame:
        counted = frame.loc[frame["unit"] != Unit.DATE, ["measure", "unit"]].astype("str")
        return counted.assign(unit=counted["unit"].mask(counted["unit"].isin(money), "money"))

    common = (
        pd.concat([units(targets), units(observations)]).groupby("measure")["unit"].agg(lambda each: each.value_counts().index[0])
    )
    own = units(rows)
    return (own["unit"] == common.reindex(own["measure"]).set_axis(own.index)).reindex(rows.index, fill_value=True)


@rule("targets", "unit")
def a_measure_is_aimed_at_in_one_unit(targets, observations):
    """a measure is counted in one unit in all targets and observations, money in any one currency"""
    return _is_counted_as_elsewhere(targets, targets, observations)


@rule("observations", "unit")
def a_measure_is_observed_in_one_unit(observations, targets):
    """a measure is counted in one unit in all observations and targets, money in any one currency"""
    return _is_counted_as_elsewhere(observations, targets, observations)


@rule("observations", "value")
def an_observed_share_of_gdp_lies_between_0_and_100(observations):
    """an observed percentage of GDP lies between 0 and 100"""
    return is_share_of_gdp(observations, "value")


# Who says so


def _has_evidence(frame: pd.DataFrame, table: str, evidence: pd.DataFrame) -> pd.Series:
    return _is_in(frame[schemas.key(table)[0]], evidence.loc[evidence["table"] == table, "record_id"])


@rule("events", "event_id")
def every_event_rests_on_evidence(events, evidence):
    """every event has a row of evidence"""
    return _has_evidence(events, "events", evidence)


@rule("commitments", "commitment_id")
def every_commitment_rests_on_evidence(commitments, evidence):
    """every commitment has a row of evidence"""
    return _has_evidence(commitments, "commitments", evidence)


@rule("targets", "target_id")
def every_target_rests_on_evidence(targets, evidence):
    """every target has a row of evidence"""
    return _has_evidence(targets, "targets", evidence)


@rule("milestones", "milestone_id")
def every_milestone_rests_on_evidence(milestones, evidence):
    """every milestone has a row of evidence"""
    return _has_evidence(milestones, "milestones", evidence)


@rule("watchpoints", "watchpoint_id")
def every_watchpoint_rests_on_evidence(watchpoints, evidence):
    """every watchpoint has a row of evidence"""
    return _has_evidence(watchpoints, "watchpoints", evidence)


@rule("memberships", "membership_id")
def every_membership_rests_on_evidence(memberships, evidence):
    """every membership has a row of evidence"""
    return _has_evidence(memberships, "memberships", evidence)


@rule("evidence", "record_id")
def evidence_speaks_to_a_record_that_exists(
    evidence, events, commitments, targets, milestones, watchpoints, memberships, actors, places
):
    """the record of a row of evidence exists in the table that the row names"""
    frames = dict(zip(EvidencedTable, (events, commitments, targets, milestones, watchpoints, memberships, actors, places)))
    known = pd.Series(False, index=evidence.index)
    for table, frame in frames.items():
        known |= (evidence["table"] == table) & _is_in(evidence["record_id"], frame[schemas.key(table)[0]])
    return known


@rule("evidence", "field")
def evidence_speaks_to_a_column_that_exists(evidence):
    """the field of a row of evidence is a column that the seed of the record's table has"""
    named = [f"{table}.{column.name}" for table in EvidencedTable for column in schemas.seed_columns(table)]
    return evidence["field"].isna() | (evidence["table"].astype("str") + "." + evidence["field"]).isin(named)


@rule("evidence", "locator")
def evidence_from_a_kept_text_says_where(evidence, sources):
    """evidence from a source whose text is kept has a locator and an anchor"""
    kept = sources.loc[sources["text_sha256"].notna(), "source_id"]
    return ~_is_in(evidence["source_id"], kept) | evidence[["locator", "anchor"]].notna().all(axis=1)


@rule("evidence", "reported")
def the_first_source_reports_what_is_stated(evidence, targets):
    """evidence that states a target's stated value or stated due date reports just that"""
    holds = pd.Series(True, index=evidence.index)
    for field in ("stated_value", "stated_due"):
        stating = (
            (evidence["table"] == EvidencedTable.TARGETS) & (evidence["field"] == field) & (evidence["stance"] == Stance.STATES)
        )
        stating &= evidence["reported"].notna()
        rows = evidence[stating]
        expected = _look_up(rows["record_id"], targets, field)
        if field == "stated_value":
            same = pd.to_numeric(rows["reported"], errors="coerce").astype("Float64") == expected.astype("Float64")
        else:
            same = rows["reported"] == expected
        holds[rows.index] = same.astype("boolean").fillna(False).astype(bool)
    return holds


def _differs_for_a_reason(targets: pd.DataFrame, evidence: pd.DataFrame, field: str) -> pd.Series:
    other = evidence[
        (evidence["table"] == EvidencedTable.TARGETS) & evidence["stance"].isin([Stance.REFINES, Stance.CONTRADICTS])
    ]
    other = other[other["field"].isin([field, f"stated_{field}"])]
    stated, adjudicated = targets[f"stated_{field}"], targets[field]
    same = (stated == adjudicated).astype("boolean").fillna(False) | (stated.isna() & adjudicated.isna())
    return same | _is_in(targets["target_id"], other["record_id"])


@rule("targets", "value")
def a_value_departs_from_the_stated_one_only_on_evidence(targets, evidence):
    """a target's value differs from its stated value only where evidence refines or contradicts it"""
    return _differs_for_a_reason(targets, evidence, "value")


@rule("targets", "due")
def a_due_date_departs_from_the_stated_one_only_on_evidence(targets, evidence):
    """a target's due date differs from its stated due date only where evidence refines or contradicts it"""
    return _differs_for_a_reason(targets, evidence, "due")
