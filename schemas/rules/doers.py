"""Somebody does what is done, and may."""

from eastflank.codelists import ActorKind, CommitmentRole, EventRole, MembershipRole
from schemas.rules.base import is_in, look_up, none_of, rule


@rule("events", "event_id")
def every_event_has_somebody_who_does_it(events, event_actors):
    """every event has an actor in `event_actors` who does it, takes part or hosts it"""
    acting = event_actors[
        event_actors["role"].isin([EventRole.SOURCE, EventRole.PARTICIPANT, EventRole.HOST])
    ]
    return is_in(events["event_id"], acting["event_id"])


@rule("event_actors", "role")
def nobody_acts_upon_themselves(event_actors):
    """nobody is both the source and the target of an event"""
    ends = event_actors[event_actors["role"].isin([EventRole.SOURCE, EventRole.TARGET])]
    return none_of(event_actors, ends.index[ends.duplicated(["event_id", "actor_id"])])


@rule("commitments", "commitment_id")
def every_commitment_has_a_promisor(commitments, commitment_actors):
    """every commitment has a promisor in `commitment_actors`"""
    promising = commitment_actors[commitment_actors["role"] == CommitmentRole.PROMISOR]
    return is_in(commitments["commitment_id"], promising["commitment_id"])


@rule("memberships", "role")
def only_a_person_holds_an_office(memberships, actors):
    """an office holder is a person"""
    kind = look_up(memberships["actor_id"], actors, "kind")
    return ~(
        (memberships["role"] == MembershipRole.OFFICE_HOLDER)
        & kind.notna()
        & (kind != ActorKind.PERSON)
    )


@rule("memberships", "group_id")
def nobody_belongs_to_a_person(memberships, actors):
    """nobody is a member of a person"""
    people = actors.loc[actors["kind"] == ActorKind.PERSON, "actor_id"]
    return ~is_in(memberships["group_id"], people)
