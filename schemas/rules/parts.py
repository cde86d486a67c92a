"""Wholes and parts fit together."""

import pandas as pd

from schemas.rules.base import look_up, rule


def _returns(parents: pd.Series) -> pd.Series:
    """Return whether following the parents, a Series from id to the id of its whole,
    leads back to the start.
    """
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
    whole = look_up(targets["component_of"], targets, ["commitment_id", "unit"]).astype("str")
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
    return ~(events["date_earliest"] > look_up(events["part_of"], events, "date_latest"))


@rule("events", "part_of")
def a_part_of_an_event_ends_after_the_event_begins(events):
    """a part of an event does not end before the event has begun"""
    return ~(events["date_latest"] < look_up(events["part_of"], events, "date_earliest"))
