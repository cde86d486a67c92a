"""The contract of `milestones`."""

import pandas as pd
import pandera.pandas as pa

from eastflank.codelists import MilestoneKind
from schemas.base import Table, row_rule
from schemas.columns import (
    NOT_APPLICABLE,
    code,
    edtf,
    independent_sources,
    key,
    known_from,
    quantity,
    reference,
    text,
)


class Milestones(Table):
    """A row is one dated turn in a commitment's life.

    How it is coded: `date` is when it became so, and only sources from that day or later can show
    it. `missed` needs a passed date and a later source that says so; what passed in silence is
    `unverified`, which is derived. A turn that was undone by deeds or later figures is followed by
    one of kind `reversed`; nothing is deleted.

    Known weaknesses: no news is not no progress; a commitment without a later milestone may have
    moved unseen.
    """

    milestone_id: str = key("The milestone's id: the commitment's, and the turn.")
    commitment_id: str = reference("commitments", "The commitment.")
    date: str = edtf("When it became so; not the day of a report of it.")
    kind: pa.Category = code(MilestoneKind, "What sort of turn it was.")
    summary: str = text("What happened, in a sentence of our own.", written="sentences")
    target_id: str = reference(
        "targets",
        "The target that the turn is about; without one it is about the whole.",
        missing=(NOT_APPLICABLE,),
    )
    actor_id: str = reference(
        "actors",
        "The promisor that the turn is about, where it is not about all.",
        missing=(NOT_APPLICABLE,),
    )
    value: pd.Float64Dtype = quantity(
        "The target's value from then on, where the turn changed it.", missing=(NOT_APPLICABLE,)
    )
    due: str = edtf(
        "The target's due date from then on, where the turn changed it.", missing=(NOT_APPLICABLE,)
    )
    note: str = text("What else a reader should know of it.", written="sentences", optional=True)
    known_from: pa.DateTime = known_from()
    independent_sources: pd.Int64Dtype = independent_sources()

    @row_rule("target_id")
    def only_a_revision_changes_a_target(cls, milestones):
        """only a milestone of kind `revised` gives a target another value or due date,
        and it names the target
        """
        changes = milestones[["value_low", "due"]].notna().any(axis=1)
        return ~changes | (
            (milestones["kind"] == MilestoneKind.REVISED) & milestones["target_id"].notna()
        )
