"""Somebody does what is done, and may."""

import math
import re

import pandas as pd

from eastflank.codelists import (
    ActorKind,
    Applies,
    CommitmentRole,
    EventRole,
    EventType,
    MembershipRole,
)
from schemas.rules.base import is_in, look_up, none_of, rule, warning
from schemas.rules.names import is_named, own_names

ENDS = (EventRole.SOURCE, EventRole.TARGET)
"""The two ends of an act."""


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
    ends = event_actors[event_actors["role"].isin(ENDS)]
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


@rule("memberships", "group_id")
def only_groups_have_members(memberships, actors):
    """members, partners and observers belong to a group or an organisation, and to a state or a
    body only who holds an office there
    """
    kind = look_up(memberships["group_id"], actors, "kind").astype("str")
    held = memberships["role"] == MembershipRole.OFFICE_HOLDER
    return held | ~kind.isin([ActorKind.STATE, ActorKind.BODY])


ONE_SIDED = [
    EventType.ACCUSE,
    EventType.AID,
    EventType.ASSAULT,
    EventType.COERCE,
    EventType.CONCEDE,
    EventType.MOBILIZE,
    EventType.REQUEST,
    EventType.SANCTION,
    EventType.THREATEN,
]
"""The types of acts that somebody does alone, be it towards others."""


@rule("events", "type")
def what_is_done_by_one_side_has_a_source(events, event_actors):
    """an event that is the act of one side has an actor whose act it is, its source"""
    sources = event_actors[event_actors["role"] == EventRole.SOURCE]
    return ~events["type"].isin(ONE_SIDED) | is_in(events["event_id"], sources["event_id"])


@rule("event_actors", "role")
def the_source_is_named_before_the_target(event_actors, events, actors):
    """where an event's title or summary names both, its source comes before its target"""
    names = {row.actor_id: own_names(row) for row in actors.itertuples()}
    ends = event_actors[event_actors["role"].isin(ENDS)]
    for role in ENDS:
        ends = ends[is_in(ends["event_id"], ends.loc[ends["role"] == role, "event_id"])]
    told = look_up(ends["event_id"], events, ["title", "summary"])
    swapped = set[str]()
    for field in told:
        places = [
            _first_place(text, names.get(actor))
            for text, actor in zip(told[field], ends["actor_id"], strict=True)
        ]
        place = pd.Series(places, ends.index, dtype="float64")
        source, target = (
            place[ends["role"] == role].groupby(ends["event_id"]).min() for role in ENDS
        )
        swapped |= set(source.index[source >= target])
    return ~event_actors["event_id"].isin(swapped)


def _first_place(text: object, names: re.Pattern | None) -> float:
    """Return where in a text an actor is first named; NaN where that is nowhere or not known."""
    found = names.search(text) if names and isinstance(text, str) else None
    return found.start() if found else math.nan


@warning("event_actors", "actor_id")
def who_acts_or_is_acted_upon_is_named(event_actors, events, actors, memberships):
    """the source and the target of an event are named in its title or summary, be it by the
    adjective of a country or by an office
    """
    ends = event_actors["role"].isin(ENDS)
    return ~ends | is_named(event_actors, events, actors, memberships)


@warning("commitment_actors", "actor_id")
def whom_a_promise_serves_is_named(commitment_actors, commitments, actors, memberships):
    """whoever gains by a promise is named in its title or summary, be it by the adjective of a
    country or by an office
    """
    gaining = commitment_actors["role"] == CommitmentRole.BENEFICIARY
    return ~gaining | is_named(commitment_actors, commitments, actors, memberships)


@warning("targets", "applies")
def what_each_owes_has_several_who_owe_it(targets, commitment_actors, actors):
    """what applies to each has several promisors, or a group or an organisation as one"""
    promising = commitment_actors[commitment_actors["role"] == CommitmentRole.PROMISOR]
    kind = look_up(promising["actor_id"], actors, "kind").astype("str")
    several = promising["commitment_id"].duplicated(keep=False)
    many = kind.isin([ActorKind.GROUP, ActorKind.ORGANISATION])
    shared = promising.loc[several | many, "commitment_id"]
    return (targets["applies"] != Applies.EACH) | is_in(targets["commitment_id"], shared)


@warning("commitments", "commitment_id")
def the_id_of_a_commitment_begins_with_who_promises(commitments, commitment_actors, actors):
    """a commitment whose id begins with the ISO code of a state is promised by that state or by a
    group, one whose id begins with `nato` by NATO or its allies
    """
    codes = dict(zip(actors["iso3"].str.lower(), actors["actor_id"], strict=True))
    promising = commitment_actors[commitment_actors["role"] == CommitmentRole.PROMISOR]
    promisors = promising.groupby("commitment_id")["actor_id"].agg(set)
    groups = actors["kind"].isin([ActorKind.GROUP, ActorKind.ORGANISATION])
    groups = set(actors.loc[groups, "actor_id"])
    agree = []
    for name in commitments["commitment_id"]:
        who, owing = name.partition("-")[0], promisors.get(name, set())
        if who == "nato":
            agree.append(any(each.startswith("nato") for each in owing))
        else:
            agree.append(who not in codes or codes[who] in owing or bool(owing & groups))
    return pd.Series(agree, commitments.index, dtype=bool)
