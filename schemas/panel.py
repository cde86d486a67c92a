"""The contract of `panel`, which the build derives."""

import pandera.pandas as pa

from eastflank.codelists import Standing
from schemas.base import Table
from schemas.columns import code, day, reference


class Panel(Table):
    """A row is one outcome at the end of one month, from the month in which it was promised.

    How it is coded: not by hand; as `outcomes`, for every month's end. A month begins in `panel`
    when the promise was made, at the earliest with the first month that any outcome was known in.
    What was promised is what is now known to have been: a state of knowledge has only what was
    known of that by its day, and so may stand otherwise.

    Known weaknesses: a standing as of a month says what had become so by its last day,
    as exactly as that day is known.
    """

    outcome_id: str = reference("outcomes", "The outcome.", key_part=True, derived=True)
    month: pa.DateTime = day("The last day of the month.", key_part=True, derived=True)
    standing: pa.Category = code(
        Standing, "What had come of it by then, by all that is known.", derived=True
    )
    standing_known: pa.Category = code(
        Standing,
        "What was known then to have come of it; null before it was known at all.",
        optional=True,
        derived=True,
    )
