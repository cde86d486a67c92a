"""The contract of `event_actors`."""

import pandera.pandas as pa

from eastflank.codelists import EventRole
from schemas.base import Table
from schemas.columns import code, reference


class EventActors(Table):
    """A row is an actor's part in an event.

    How it is coded: a person who acts for a state or organisation is the source,
    and `memberships` says for whom.

    Known weaknesses: only actors whom a source names in connection with the event.
    """

    event_id: str = reference("events", "The event.", key_part=True)
    actor_id: str = reference("actors", "The actor.", key_part=True)
    role: pa.Category = code(EventRole, "The actor's part.", key_part=True)
    source_id: str = reference(
        "sources",
        "The source that names this part, where the first source of the event does not.",
        optional=True,
    )
