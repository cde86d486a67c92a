"""The contract of `spells`, which the build derives."""

import pandera.pandas as pa

from eastflank.codelists import Standing
from schemas.base import Table
from schemas.columns import code, day, reference


class Spells(Table):
    """A row is one unbroken time in which one outcome was known to stand in one way.

    How it is coded: not by hand; as `outcomes`, for every day on which a standing can change: one
    on which a promise, a turn or a figure became known, or a turn firm, and one after a date. The
    spells of an outcome follow each other without a gap, from the day on which the promise was
    known to the closing day. They are for the analysis of durations; `panel` has the same by month.
    What was promised is what is now known to have been, as in `panel`.

    Known weaknesses: a spell is of knowledge, not of the deed, which may have been done long before
    it was known; when it was done says `reached` in `outcomes`.
    """

    outcome_id: str = reference("outcomes", "The outcome.", key_part=True, derived=True)
    known_from: pa.DateTime = day(
        "The first day on which it was known to stand so.", key_part=True, derived=True
    )
    known_until: pa.DateTime = day(
        "The last day on which it was known to stand so; null where it does on the closing day.",
        optional=True,
        derived=True,
    )
    standing: pa.Category = code(Standing, "What was known to have come of it.", derived=True)
