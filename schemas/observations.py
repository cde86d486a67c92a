"""The contract of `observations`."""

import pandas as pd
import pandera.pandas as pa

from eastflank.codelists import Measure, ObservationKind, Unit
from schemas.base import Table
from schemas.columns import (
    NOT_APPLICABLE,
    boolean,
    code,
    edtf,
    key,
    known_from,
    quantity,
    reference,
    text,
)


class Observations(Table):
    """A row is one value of one measure, for one actor and period, in one vintage.

    How it is coded: a value that is published again with another figure is another row;
    nothing is overwritten. The source stands in the row itself.

    Known weaknesses: values given in passing (`reported`) are only
    as exact as the sentence they stand in.
    """

    observation_id: str = key("The observation's id: measure, actor, period and vintage.")
    measure: pa.Category = code(Measure, "What is measured.")
    actor_id: str = reference("actors", "Whose value it is.")
    target_id: str = reference(
        "targets",
        "The target that it tells of; without one it is set beside a target only where measure and "
        "actor cannot mean another (shares of GDP).",
        missing=(NOT_APPLICABLE,),
    )
    period: str = edtf("The time that the value describes.")
    value: pd.Float64Dtype = quantity("The value, in the row's unit.")
    unit: pa.Category = code(Unit, "What the value is counted in.")
    kind: pa.Category = code(ObservationKind, "What standing the value has.")
    cumulative: pd.BooleanDtype = boolean(
        "Whether it is all so far, and not what came in that period.", missing=(NOT_APPLICABLE,)
    )
    source_id: str = reference("sources", "Who published it.")
    note: str = text("What else a reader should know of it.", written="sentences", optional=True)
    known_from: pa.DateTime = known_from()
