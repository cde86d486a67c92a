"""The contract of `events`."""

import pandas as pd
import pandera.pandas as pa

from eastflank.codelists import Certainty, DateBasis, EventStatus, EventType
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


class Events(Table):
    """A row is one occurrence: somebody did something, at a time and a place.

    How it is coded: statements, accusations, meetings, announcements and refusals are events; a
    perception, a motive or an author's comment is not. What an accusation alleges is not an event,
    the accusing is. Something announced and the doing of it are two events where both can be dated.
    Dates are as exact as the sources allow and no more.

    Known weaknesses: one type an event, by its main act; the background of an article (wars,
    treaties) is coded as thinly as the article mentions it.
    """

    event_id: str = key("The event's id.")
    title: str = text("What happened, in a few words.", written="title")
    summary: str = text("What happened, in a sentence of our own.", written="sentences")
    date: str = edtf("When it happened, or is to happen.", missing=(NOT_STATED, NOT_FOUND))
    date_basis: pa.Category = code(DateBasis, "How the date is known.", missing=(NOT_APPLICABLE,))
    type: pa.Category = code(EventType, "What sort of act it is.")
    status: pa.Category = code(EventStatus, "Whether it has taken place.")
    certainty: pa.Category = code(Certainty, "How it is asserted.")
    place_id: str = reference(
        "places", "Where it happened.", missing=(NOT_STATED, NOT_APPLICABLE, NOT_FOUND)
    )
    part_of: str = reference(
        "events", "The event of which it is a part.", missing=(NOT_APPLICABLE,)
    )
    note: str = text("What else a reader should know of it.", written="sentences", optional=True)
    known_from: pa.DateTime = known_from()
    independent_sources: pd.Int64Dtype = independent_sources()

    @row_rule("date_basis")
    def a_dated_event_says_how_its_date_is_known(cls, events):
        """an event with a date says how it is known, and one without does not"""
        return events["date"].notna() == events["date_basis"].notna()

    @row_rule("part_of")
    def an_event_is_not_part_of_itself(cls, events):
        """an event is not a part of itself"""
        return events["part_of"].ne(events["event_id"])
