"""The contract of `memberships`."""

import pandas as pd
import pandera.pandas as pa

from eastflank.codelists import MembershipRole
from schemas.base import Table, row_rule
from schemas.columns import (
    NOT_APPLICABLE,
    NOT_FOUND,
    NOT_STATED,
    code,
    edtf,
    independent_sources,
    key,
    known_from,
    reference,
    text,
)


class Memberships(Table):
    """A row is one unbroken time of an actor in a group, or of a person in an office.

    How it is coded: one row for each capacity; a person who returns to an office has two rows.
    `since` and `until` are what the source gives; an office or membership that lasts has
    `not-applicable` as its end.

    Known weaknesses: a source that calls somebody a minister on a day shows the office
    on that day and nothing about its ends, which then are `not-stated`.
    """

    membership_id: str = key("The membership's id: actor, group, and office where there is one.")
    actor_id: str = reference("actors", "Who belongs.")
    group_id: str = reference("actors", "To what: an organisation, a body, a state, a group.")
    role: pa.Category = code(MembershipRole, "In what capacity.")
    office: str = text("The office that a person holds there.", missing=(NOT_APPLICABLE,))
    since: str = edtf("Since when.", missing=(NOT_STATED, NOT_FOUND))
    until: str = edtf(
        "Until when; `not-applicable` while it lasts.",
        missing=(NOT_STATED, NOT_FOUND, NOT_APPLICABLE),
    )
    source_id: str = reference("sources", "The source that the dates were taken from.")
    note: str = text("What else a reader should know of it.", written="sentences", optional=True)
    known_from: pa.DateTime = known_from()
    independent_sources: pd.Int64Dtype = independent_sources()

    @row_rule("office")
    def an_office_holder_and_nobody_else_has_an_office(cls, memberships):
        """an office holder has an office, and any other member has none"""
        return memberships["office"].notna() == (
            memberships["role"] == MembershipRole.OFFICE_HOLDER
        )

    @row_rule("group_id")
    def nobody_belongs_to_themselves(cls, memberships):
        """nobody is a member of themselves"""
        return memberships["group_id"].ne(memberships["actor_id"])

    @row_rule("until")
    def a_membership_ends_after_it_began(cls, memberships):
        """a membership does not end before it began"""
        return ~(memberships["until_latest"] < memberships["since_earliest"])
