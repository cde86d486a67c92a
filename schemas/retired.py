"""The contract of `retired`."""

from schemas.base import Table
from schemas.columns import NOT_APPLICABLE, key, record, text


class Retired(Table):
    """A row is an id that a release had and that is no longer used.

    How it is coded: an id of a release either exists or stands here, so that no citation leads
    nowhere. An id is never given to another record.

    Known weaknesses: none known.
    """

    record_id: str = key("The id.")
    record_table: str = text("The table that had it.")
    version: str = text(
        "The version from which on it is gone.",
        pattern=r"\d+\.\d+\.\d+",
        form="a version such as 0.3.0",
    )
    reason: str = text("Why it is gone.", written="sentences")
    replaced_by: str = record(
        "The record that says it instead, if one does.", missing=(NOT_APPLICABLE,)
    )
