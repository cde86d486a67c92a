"""Where the outcomes and the plain loops of `tests/plain_outcomes.py` disagree, told as sentences."""

from collections.abc import Iterator, Mapping

import pandas as pd

from tests.plain_outcomes import plain_outcomes, plain_status, record_of

FIELDS = ["standing", "timing_first", "timing_current", "reached", "degree", "basis"]
FIELDS += ["confidence", "reported"]
"""What the plain loops tell of each outcome."""


def disagreements(
    state: Mapping[str, pd.DataFrame], rows: Mapping[str, pd.DataFrame], day: pd.Timestamp
) -> Iterator[str]:
    """Yield on what a state of knowledge and the plain loops, given rows of any day, disagree."""
    record = record_of(rows, day)
    told, plain = state["outcomes"].set_index("outcome_id"), plain_outcomes(record)
    yield from (f"{each} is told by one alone" for each in sorted(set(told.index) ^ set(plain)))
    for outcome_id in sorted(set(told.index) & set(plain)):
        for name in FIELDS:
            ours, theirs = plainly(told.at[outcome_id, name]), plainly(plain[outcome_id][name])
            if ours != theirs:
                yield f"{outcome_id}: {name} is {ours}, and by the plain loops {theirs}"
    ours = state["commitments"].set_index("commitment_id")["status"].astype("str").to_dict()
    theirs = plain_status(record)
    for each in sorted(ours.keys() | theirs.keys()):
        if ours.get(each) != theirs.get(each):
            yield f"{each} is {ours.get(each)}, and by the plain loops {theirs.get(each)}"


def plainly(value: object) -> object:
    """Return a cell as plain text, number or None, so that two of them can be compared."""
    if isinstance(value, str) or value is None:
        return value and str(value)
    return None if pd.isna(value) else round(float(value), 6)
