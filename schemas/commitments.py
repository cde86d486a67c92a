"""The contract of `commitments`."""

import pandas as pd
import pandera.pandas as pa

from eastflank.codelists import (
    Bindingness,
    Domain,
    Form,
    MilestoneKind,
    Reliability,
    Selected,
    Standing,
)
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
    integer,
    key,
    known_from,
    reference,
    text,
)


class Commitments(Table):
    """A row is one undertaking: somebody undertakes something that lies ahead,
    or that stands as a norm.

    How it is coded: a hint, a call on others, a forecast or a blocked proposal is no commitment.
    Every number of an undertaking is a target of its own. Status is not typed: it follows from the
    milestones.

    Known weaknesses: bindingness is read from the wording of the sources, not from a legal opinion.
    """

    commitment_id: str = key("The commitment's id.")
    title: str = text("What is undertaken, in a few words.", written="title")
    summary: str = text("Who undertakes what, in a sentence of our own.", written="sentences")
    domain: pa.Category = code(Domain, "The field of policy.")
    bindingness: pa.Category = code(Bindingness, "How strongly it binds.")
    form: pa.Category = code(
        Form, "What sort of thing is undertaken, where it has no target.", missing=(NOT_APPLICABLE,)
    )
    date: str = edtf("When it was undertaken.", missing=(NOT_STATED, NOT_FOUND))
    event_id: str = reference(
        "events", "The event in which it was undertaken.", missing=(NOT_STATED, NOT_FOUND)
    )
    conditions: str = text(
        "On what it depends.", written="sentences", missing=(NOT_STATED, NOT_APPLICABLE)
    )
    selected: pa.Category = code(Selected, "How it came into the dataset.")
    last_checked: str = edtf(
        "The day on which news of it was last looked for.", missing=(NOT_FOUND,)
    )
    note: str = text("What else a reader should know of it.", written="sentences", optional=True)
    status: pa.Category = code(Standing, "What came of it, by its outcomes.", derived=True)
    status_date: pa.DateTime = day(
        "The day on which the last of the outcomes that make it became so; null where nothing but "
        "the date says it.",
        optional=True,
        derived=True,
    )
    status_milestone_id: str = reference(
        "milestones",
        "The milestone on which the status rests, where one does.",
        optional=True,
        derived=True,
    )
    status_sources: pd.Int64Dtype = integer(
        "How many independent sources, from after it, bear the status out.", derived=True
    )
    status_reliability: pa.Category = code(
        Reliability, "The best grade among these.", optional=True, derived=True
    )
    status_disputed: pd.BooleanDtype = boolean(
        "Whether a source contradicts that on which the status rests.", derived=True
    )
    last_milestone: pa.Category = code(
        MilestoneKind, "The kind of its last milestone: how far it has come.", derived=True
    )
    last_heard: pa.DateTime = day(
        "The day by which the newest source that speaks to it was public.", derived=True
    )
    disputed: pd.BooleanDtype = boolean(
        "Whether sources differ on any field of it or of its targets.", derived=True
    )
    known_from: pa.DateTime = known_from()
    independent_sources: pd.Int64Dtype = independent_sources()
