"""The contract of `tracker`, which the build derives."""

from typing import Any

import pandas as pd
import pandera.pandas as pa

from eastflank.codelists import (
    Basis,
    Comparator,
    Confidence,
    Domain,
    Measure,
    MilestoneKind,
    Standing,
    Timing,
    Unit,
)
from schemas.base import Table
from schemas.columns import (
    NOT_APPLICABLE,
    NOT_FOUND,
    NOT_STATED,
    RANGE,
    UNKNOWN,
    boolean,
    code,
    day,
    edtf,
    key,
    number,
    reference,
    text,
)

_NONE: dict[str, Any] = {"missing": (NOT_APPLICABLE,), "derived": True}
_AIM: dict[str, Any] = {"missing": (*UNKNOWN, NOT_APPLICABLE), "derived": True}
_NUMBER: dict[str, Any] = {"missing": (*UNKNOWN, NOT_APPLICABLE, RANGE), "derived": True}


class Tracker(Table):
    """A row is one outcome with all that people ask of it first: the flat table.

    How it is coded: not by hand; the build joins it from the other tables. The observed value is
    the newest figure of the latest completed period of those that name the target, or of the
    actor's share of GDP; what came in parts is added up.

    Known weaknesses: a commitment with several targets stands in several rows, so counts of
    commitments are to be made in `commitments`.
    """

    tracker_id: str = key("The outcome's id.")
    promisors: str = text("Names of those who owe it, separated by semicolons.", derived=True)
    commitment: str = text("The commitment's title.", derived=True)
    target: str = text("The target's title.", **_NONE)
    value: pd.Float64Dtype = number("The aim that the evidence supports.", **_NUMBER)
    unit: pa.Category = code(Unit, "What the values are counted in.", **_NONE)
    due: str = text("By when it was first promised, in EDTF.", **_AIM)
    standing: pa.Category = code(Standing, "What came of it.", derived=True)
    timing_first: pa.Category = code(Timing, "When, against the date first promised.", derived=True)
    current_value: pd.Float64Dtype = number("The aim in force, after all revisions.", **_NUMBER)
    current_due: str = edtf("The date in force, after all revisions.", **_AIM)
    timing_current: pa.Category = code(
        Timing,
        "When, against the last date that was set before it came or, where it has not come, before "
        "the first date passed; `current_due` may be later.",
        derived=True,
    )
    reached: str = text(
        "The first period or day on which it was reached, and not lost by its date, in EDTF.",
        **_NONE,
    )
    degree: pd.Float64Dtype = number("How much of the aim there is, as a share.", **_NONE)
    basis: pa.Category = code(Basis, "What the standing rests on.", derived=True)
    confidence: pa.Category = code(
        Confidence, "How far the sources bear the standing out.", derived=True
    )
    disputed: pd.BooleanDtype = boolean(
        "Whether a source contradicts the promise or what is said to have come of it.", derived=True
    )
    reported: pa.Category = code(
        MilestoneKind,
        "The turn that weak sources report and that does not count.",
        optional=True,
        derived=True,
    )
    observed_value: pd.Float64Dtype = number("The newest figure of it.", **_NUMBER)
    observed_period: str = text("The time that the figure describes, in EDTF.", **_NONE)
    stated_value: pd.Float64Dtype = number("The aim, as the first source states it.", **_NUMBER)
    stated_due: str = text("By when, as the first source states it, in EDTF.", **_AIM)
    measure: pa.Category = code(Measure, "What is measured.", **_NONE)
    comparator: pa.Category = code(
        Comparator,
        "How the value is to be compared.",
        missing=(NOT_STATED, NOT_APPLICABLE),
        derived=True,
    )
    domain: pa.Category = code(Domain, "The field of policy.", derived=True)
    corpora: str = text("The corpora whose passages make it, separated by semicolons.", **_NONE)
    date: str = text(
        "When it was undertaken, in EDTF.", missing=(NOT_STATED, NOT_FOUND), derived=True
    )
    beneficiaries: str = text("Names of those who gain by it, separated by semicolons.", **_NONE)
    promisor_iso3: str = text("ISO codes of the states among the promisors.", **_NONE)
    beneficiary_iso3: str = text("ISO codes of the states among the beneficiaries.", **_NONE)
    source_id: str = reference(
        "sources",
        "The best source of what came of it or, while nothing has, of the promise.",
        derived=True,
    )
    source_url: str = text(
        "Where that was read.", missing=(NOT_FOUND, NOT_APPLICABLE), derived=True
    )
    last_heard: pa.DateTime = day(
        "The day by which the newest source that speaks to it was public.",
        optional=True,
        derived=True,
    )
    commitment_id: str = reference("commitments", "The commitment.", derived=True)
    target_id: str = reference("targets", "The target.", **_NONE)
    promisor_ids: str = text("Ids of the promisors.", derived=True)
    beneficiary_ids: str = text("Ids of the beneficiaries.", **_NONE)
