"""The contract of `outcomes`, which the build derives."""

import pandas as pd
import pandera.pandas as pa

from eastflank.codelists import Basis, Confidence, MilestoneKind, Reliability, Standing, Timing
from schemas.base import Table
from schemas.columns import (
    NOT_APPLICABLE,
    boolean,
    code,
    day,
    edtf,
    integer,
    key,
    number,
    reference,
)


class Outcomes(Table):
    """A row is what came of one target, jointly or for one promisor,
    or of a commitment without any.

    How it is coded: not by hand; `eastflank.outcomes` derives it from observations, turns and
    dates, and says how. Where observations name a target, or are shares of GDP, they alone decide;
    elsewhere the last turn does. A turn that would end a promise on weak sources leaves the
    standing as it was and stands in `reported`.

    Known weaknesses: what passed in silence is `unverified`, which says how little was found
    and not how much was done. What is met on an estimate may be taken back by a later figure.
    """

    outcome_id: str = key(
        "The target's id, the commitment's where it has none, or target and promisor."
    )
    commitment_id: str = reference("commitments", "The commitment.", derived=True)
    target_id: str = reference("targets", "The target.", missing=(NOT_APPLICABLE,), derived=True)
    actor_id: str = reference(
        "actors",
        "The promisor, where each of several owes it by itself.",
        missing=(NOT_APPLICABLE,),
        derived=True,
    )
    standing: pa.Category = code(Standing, "What came of it.", derived=True)
    timing_first: pa.Category = code(
        Timing, "When it came, against the date first promised (`due`).", derived=True
    )
    timing_current: pa.Category = code(
        Timing,
        "When it came, against the date in force: the last one set before it came or, where it has "
        "not come, before the first date passed.",
        derived=True,
    )
    reached: str = edtf(
        "The first period at the level that was not lost again by the date in force, or the day "
        "of the deed.",
        missing=(NOT_APPLICABLE,),
        derived=True,
    )
    degree: pd.Float64Dtype = number(
        "How much of the lowest value promised there is: the newest level, "
        "or the sum of the parts, "
        "over that; null for dates, ceilings and what is refrained from.",
        missing=(NOT_APPLICABLE,),
        derived=True,
    )
    basis: pa.Category = code(
        Basis, "What the standing rests on; met on an estimate is provisional.", derived=True
    )
    confidence: pa.Category = code(
        Confidence, "How far the sources bear the standing out.", derived=True
    )
    disputed: pd.BooleanDtype = boolean(
        "Whether a source contradicts the commitment, the target, or the turn that decides.",
        derived=True,
    )
    reported: pa.Category = code(
        MilestoneKind,
        "The turn that weak sources report and that does not count.",
        optional=True,
        derived=True,
    )
    milestone_id: str = reference(
        "milestones", "The turn that decides.", missing=(NOT_APPLICABLE,), derived=True
    )
    observation_id: str = reference(
        "observations", "The value that decides.", missing=(NOT_APPLICABLE,), derived=True
    )
    independent_sources: pd.Int64Dtype = integer(
        "How many independent sources bear that out.", at_least=0, derived=True
    )
    reliability: pa.Category = code(
        Reliability, "The best grade among these.", optional=True, derived=True
    )
    last_heard: pa.DateTime = day(
        "The day by which the newest source that speaks to it was public.",
        optional=True,
        derived=True,
    )
