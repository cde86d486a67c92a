"""The contract of `milestones`."""

import pandera.pandas as pa

from schemas.base import Table
from schemas.codelists import MilestoneKind
from schemas.columns import code, edtf, key, reference, text


class Milestones(Table):
    """A row is one dated turn in a commitment's life.

    How it is coded: each turn needs evidence of its own. `missed` needs a passed due date and a source that says so; a due
    date that passed in silence makes the commitment overdue, which is derived.

    Known weaknesses: no news is not no progress; a commitment without a later milestone may have moved unseen.
    """

    milestone_id: str = key("The milestone's id: the commitment's, and the turn.")
    commitment_id: str = reference("commitments", "The commitment.")
    date: str = edtf("When the turn came.")
    kind: pa.Category = code(MilestoneKind, "What sort of turn it was.")
    summary: str = text("What happened, in a sentence of our own.")
    note: str = text("What else a reader should know of it.", optional=True)
