"""The contract of `conflicts`, which the build derives."""

from schemas.base import Table
from schemas.columns import text


class Conflicts(Table):
    """A row is one field of one record on which sources differ.

    How it is coded: not by hand; the build finds every field with evidence that contradicts it.
    Where a target states one value and the evidence supports another, both stand here.

    Known weaknesses: a field without an adjudicated counterpart shows the same value
    as stated and as adjudicated.
    """

    record_table: str = text("The table of the record.", key_part=True, derived=True)
    record_id: str = text("The id of the record.", key_part=True, derived=True)
    field: str = text(
        "The field; `(record)` for the record as a whole.", key_part=True, derived=True
    )
    stated: str = text("What was stated first.", optional=True, derived=True)
    adjudicated: str = text("What the evidence supports.", optional=True, derived=True)
    sources_for: str = text(
        "Ids of the sources that state or confirm it, separated by semicolons.",
        optional=True,
        derived=True,
    )
    sources_against: str = text("Ids of the sources that contradict it.", derived=True)
    reported: str = text(
        "What each source reports, as `source: value`, separated by semicolons.",
        optional=True,
        derived=True,
    )
