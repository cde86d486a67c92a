"""The contract of `commitments`."""

import pandas as pd
import pandera.pandas as pa

from eastflank.codelists import Bindingness, CommitmentStatus, Domain
from schemas.base import Table
from schemas.columns import (
    NOT_APPLICABLE,
    NOT_FOUND,
    NOT_STATED,
    boolean,
    code,
    day,
    edtf,
    independent_sources,
    key,
    known_from,
    reference,
    text,
)


class Commitments(Table):
    """A row is one undertaking: somebody undertakes something that lies ahead, or that stands as a norm.

    How it is coded: a hint, a call on others, a forecast or a blocked proposal is no commitment. Every number of an
    undertaking is a target of its own. Status is not typed: it follows from the milestones.

    Known weaknesses: bindingness is read from the wording of the sources, not from a legal opinion.
    """

    commitment_id: str = key("The commitment's id.")
    title: str = text("What is undertaken, in a few words.")
    summary: str = text("Who undertakes what, in a sentence of our own.")
    domain: pa.Category = code(Domain, "The field of policy.")
    bindingness: pa.Category = code(Bindingness, "How strongly it binds.")
    date: str = edtf("When it was undertaken.", missing=(NOT_STATED, NOT_FOUND))
    event_id: str = reference(
        "events", "The event in which it was undertaken.", missing=(NOT_STATED, NOT_FOUND)
    )
    conditions: str = text("On what it depends.", missing=(NOT_STATED, NOT_APPLICABLE))
    note: str = text("What else a reader should know of it.", optional=True)
    status: pa.Category = code(
        CommitmentStatus, "Where it stands as of the newest source in the dataset.", derived=True
    )
    status_date: pa.DateTime = day(
        "The latest day of the milestone, or the due date passed, from which the status follows.",
        derived=True,
    )
    disputed: pd.BooleanDtype = boolean(
        "Whether sources differ on any field of it or of its targets.", derived=True
    )
    known_from: pa.DateTime = known_from()
    independent_sources: pd.Int64Dtype = independent_sources()
