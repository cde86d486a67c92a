"""The contract of `actors`."""

import pandas as pd
import pandera.pandas as pa

from eastflank.codelists import ActorKind
from schemas.base import Table, row_rule
from schemas.columns import NOT_APPLICABLE, NOT_FOUND, code, integer, key, reference, text


class Actors(Table):
    """A row is a state, organisation, body, force, person,
    company or group that acts or is acted upon.

    How it is coded: one row an actor, whatever a source calls it, under its common English name;
    the sources' own wordings stand in `aliases`, right or wrong. States carry the codes of ISO
    3166-1 (ISO 3166-3 for those that ended), Gleditsch and Ward, and the Correlates of War.

    Known weaknesses: `parent_id` says whose part an actor is now or was last, not since when;
    offices held by persons are dated in `memberships`.
    """

    actor_id: str = key("The actor's id.")
    name: str = text("Its common English name.")
    kind: pa.Category = code(ActorKind, "What sort of actor it is.")
    iso3: str = text(
        "ISO 3166 alpha-3 code of a state.",
        pattern="[A-Z]{3}",
        form="three capital letters, such as POL",
        missing=(NOT_APPLICABLE,),
    )
    gw_code: pd.Int64Dtype = integer(
        "Gleditsch-Ward number of a state.", at_least=2, missing=(NOT_APPLICABLE,)
    )
    cow_code: pd.Int64Dtype = integer(
        "Correlates of War number of a state.", at_least=2, missing=(NOT_APPLICABLE,)
    )
    parent_id: str = reference(
        "actors",
        "Whose part it is: the state of a ministry, the organisation of a committee, "
        "the state of a person.",
        missing=(NOT_APPLICABLE, NOT_FOUND),
    )
    aliases: str = text(
        "Other names and spellings that sources use, separated by semicolons.", optional=True
    )
    note: str = text("What else a reader should know of it.", written="sentences", optional=True)

    @row_rule("iso3")
    def a_state_and_only_a_state_has_state_codes(cls, actors):
        """a state carries its ISO, Gleditsch-Ward and Correlates of War codes,
        and nothing else carries any
        """
        codes = actors[["iso3", "gw_code", "cow_code"]].notna()
        return codes.all(axis=1).where(actors["kind"] == ActorKind.STATE, ~codes.any(axis=1))

    @row_rule("parent_id")
    def an_actor_is_not_part_of_itself(cls, actors):
        """an actor is not its own parent"""
        return actors["parent_id"].ne(actors["actor_id"])

    @row_rule("parent_id")
    def a_state_is_part_of_nobody(cls, actors):
        """a state has no parent"""
        return (actors["kind"] != ActorKind.STATE) | actors["parent_id"].isna()
