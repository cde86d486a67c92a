"""One meaning has one id."""

import pandas as pd

import schemas
from eastflank.version import VERSION
from schemas.rules.base import rule


def _is_only_one(frame: pd.DataFrame, columns: list[str]) -> pd.Series:
    return ~frame.duplicated(columns)


@rule("actors", "name")
def two_actors_differ_in_name_or_kind(actors):
    """an actor has one row: no other row has its name and kind"""
    return _is_only_one(actors, ["name", "kind"])


@rule("actors", "iso3")
def two_states_differ_in_their_iso_code(actors):
    """two states do not share an ISO code; a successor may share the other codes,
    as Russia does the Soviet Union's
    """
    return ~actors["iso3"].duplicated() | actors["iso3"].isna()


@rule("places", "name")
def two_places_differ_in_name_kind_or_country(places):
    """a place has one row: no other row has its name, kind and country"""
    return _is_only_one(places, ["name", "kind", "country_id"])


@rule("sources", "title")
def two_sources_differ_in_title_publisher_or_date(sources):
    """a document has one row: no other row has its title, publisher and date,
    wherever a copy was read
    """
    return _is_only_one(sources, ["title", "publisher", "published"])


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
    """a vintage has one value:
    no other row has its measure, actor, target, period, kind and source
    """
    return _is_only_one(
        observations, ["measure", "actor_id", "target_id", "period", "kind", "source_id"]
    )


@rule("retired", "replaced_by")
def what_replaces_a_retired_id_is_of_the_same_table(
    retired,
    events,
    commitments,
    targets,
    milestones,
    observations,
    watchpoints,
    actors,
    memberships,
    places,
    sources,
    evidence,
    corpora,
):
    """the record that replaces a retired one is there, in the table that had that"""
    tables = {
        "events": events,
        "commitments": commitments,
        "targets": targets,
        "milestones": milestones,
        "observations": observations,
        "watchpoints": watchpoints,
        "actors": actors,
        "memberships": memberships,
        "places": places,
        "sources": sources,
        "evidence": evidence,
        "corpora": corpora,
    }
    known = {name: set(frame[schemas.key(name)[0]]) for name, frame in tables.items()}
    agree = [
        table in known and (pd.isna(other) or other in known[table])
        for table, other in zip(retired["record_table"], retired["replaced_by"], strict=True)
    ]
    return pd.Series(agree, retired.index, dtype=bool)


@rule("retired", "version")
def an_id_is_retired_by_this_version(retired):
    """an id is gone from a version on that is at most the present one"""
    present = [int(part) for part in VERSION.split(".")[:3]]
    gone = [[int(part) for part in version.split(".")] for version in retired["version"]]
    return pd.Series([each <= present for each in gone], retired.index, dtype=bool)
