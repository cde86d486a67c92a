"""The contract of `watchpoints`."""

import pandas as pd
import pandera.pandas as pa

from eastflank.codelists import WatchpointKind, WatchpointStatus
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


class Watchpoints(Table):
    """A row is one open question or warning sign that a source raised about the future.

    How it is coded: worded so that an outsider could tell whether it has come true; the items of a
    list are rows of their own where they would come true apart. `open` where no source shows
    otherwise.

    Known weaknesses: questions of degree (how far,
    to what extent) resolve by the reader's judgement; `resolves_when` says what would count.
    """

    watchpoint_id: str = key("The watchpoint's id.")
    question: str = text("The question, in our words.", written="question")
    kind: pa.Category = code(WatchpointKind, "What sort of statement it was.")
    resolves_when: str = text(
        "What would show that it has come true, "
        "after its first source was published unless it says otherwise.",
        written="sentences",
    )
    horizon: str = edtf(
        "Until when it is to be looked for, where the text says so.", missing=(NOT_STATED,)
    )
    status: pa.Category = code(
        WatchpointStatus, "Whether it has come true, as of the newest source."
    )
    resolved: str = edtf("When it was resolved.", missing=(NOT_APPLICABLE, NOT_FOUND))
    event_id: str = reference(
        "events", "The event that resolved it.", missing=(NOT_APPLICABLE, NOT_FOUND)
    )
    note: str = text("What else a reader should know of it.", written="sentences", optional=True)
    known_from: pa.DateTime = known_from()
    independent_sources: pd.Int64Dtype = independent_sources()

    @row_rule("resolved")
    def only_what_is_settled_is_resolved(cls, watchpoints):
        """a watchpoint that is open or lapsed has `not-applicable` as date and event of resolution,
        and any other has both
        """
        unsettled = watchpoints["status"].isin([WatchpointStatus.OPEN, WatchpointStatus.LAPSED])
        never = pd.Series(True, watchpoints.index)
        both = watchpoints[["resolved", "event_id"]].notna().all(axis=1)
        for column in ("resolved", "event_id"):
            never &= watchpoints[f"{column}_missing"] == NOT_APPLICABLE
        # What did not occur has a date, perhaps, and no event.
        failed = watchpoints["status"] == WatchpointStatus.DID_NOT_OCCUR
        return (unsettled & never) | (~unsettled & (both | failed))
