"""The contract of `tracker`, which the build derives."""

import pandas as pd
import pandera.pandas as pa

from eastflank.codelists import (
    Bindingness,
    CommitmentStatus,
    Comparator,
    Domain,
    Measure,
    MilestoneKind,
    Unit,
)
from schemas.base import Table
from schemas.columns import (
    boolean,
    code,
    day,
    edtf,
    independent_sources,
    key,
    number,
    reference,
    text,
)


class Tracker(Table):
    """A row is one target of one commitment, or a commitment without any, with all that is known of it: the flat table.

    How it is coded: not by hand; the build joins it from the other tables. The latest observation is the one of the
    same measure and unit for the promisor with the latest period, and of these the one whose source is the newest; a commitment of
    several promisors shows none, as a value of one of them would say nothing of all.

    Known weaknesses: status is the whole commitment's, not the single target's; a commitment that has several targets
    stands in several rows, so counts of commitments are to be made in `commitments`.
    """

    tracker_id: str = key("The target's id, or the commitment's where it has no target.")
    commitment_id: str = reference("commitments", "The commitment.", derived=True)
    target_id: str = reference("targets", "The target.", optional=True, derived=True)
    promisors: str = text("Names of those who undertake it, separated by semicolons.", derived=True)
    commitment: str = text("The commitment's title.", derived=True)
    target: str = text("The target's title.", optional=True, derived=True)
    domain: pa.Category = code(Domain, "The field of policy.", derived=True)
    bindingness: pa.Category = code(Bindingness, "How strongly it binds.", derived=True)
    date: str = edtf("When it was undertaken.", optional=True, derived=True)
    measure: pa.Category = code(Measure, "What is measured.", optional=True, derived=True)
    unit: pa.Category = code(Unit, "What the values are counted in.", optional=True, derived=True)
    comparator: pa.Category = code(
        Comparator, "How the value is to be compared.", optional=True, derived=True
    )
    stated_value: pd.Float64Dtype = number(
        "The aim, as the first source states it.", optional=True, derived=True
    )
    value: pd.Float64Dtype = number(
        "The aim that the evidence supports.", optional=True, derived=True
    )
    stated_due: str = edtf("By when, as the first source states it.", optional=True, derived=True)
    due: str = edtf("By when, as the evidence supports it.", optional=True, derived=True)
    current_value: pd.Float64Dtype = number(
        "The aim in force, after all revisions.", optional=True, derived=True
    )
    current_due: str = edtf(
        "The due date in force, after all revisions.", optional=True, derived=True
    )
    status: pa.Category = code(
        CommitmentStatus,
        "Where the commitment stands as of the newest source in the dataset.",
        derived=True,
    )
    status_date: pa.DateTime = day("The day from which the status follows.", derived=True)
    last_milestone: pa.Category = code(
        MilestoneKind, "The latest turn in the commitment's life.", derived=True
    )
    observed_value: pd.Float64Dtype = number(
        "The latest observation of the measure.", optional=True, derived=True
    )
    observed_period: str = edtf(
        "The time that the observation describes.", optional=True, derived=True
    )
    disputed: pd.BooleanDtype = boolean(
        "Whether sources differ on the commitment or the target.", derived=True
    )
    independent_sources: pd.Int64Dtype = independent_sources()
