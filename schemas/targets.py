"""The contract of `targets`."""

import pandas as pd
import pandera.pandas as pa

from eastflank.codelists import Applies, Comparator, Form, Measure, Unit
from schemas.base import Table, is_share_of_gdp, row_rule
from schemas.columns import (
    NOT_APPLICABLE,
    NOT_STATED,
    UNKNOWN,
    boolean,
    code,
    edtf,
    independent_sources,
    key,
    known_from,
    number,
    quantity,
    reference,
    text,
)


class Targets(Table):
    """A row is one measurable aim of a commitment: a level, a count, a sum,
    a time of readiness or a date.

    How it is coded: `stated_value` and `stated_due` are what the first source says, right or wrong;
    `value` and `due` are what the weight of the evidence says was promised. They differ only where
    `evidence` says why. Where the promise was changed later, a milestone of kind `revised` says to
    what, and `current_value` and `current_due` follow from it. Components point to their whole.

    Known weaknesses: a plain number is coded as `exactly`,
    although speakers may have meant a round one.
    """

    target_id: str = key("The target's id.")
    commitment_id: str = reference("commitments", "The commitment that it belongs to.")
    title: str = text("What is aimed at, in a few words.", written="title")
    form: pa.Category = code(Form, "What sort of thing is undertaken.")
    applies: pa.Category = code(Applies, "Who owes it, where several undertake it.")
    measure: pa.Category = code(Measure, "What is measured.")
    unit: pa.Category = code(Unit, "What the values are counted in.")
    comparator: pa.Category = code(
        Comparator, "How the value is to be compared.", missing=(NOT_STATED, NOT_APPLICABLE)
    )
    baseline: pd.Float64Dtype = quantity(
        "The level from which it starts.", missing=(*UNKNOWN, NOT_APPLICABLE)
    )
    stated_value: pd.Float64Dtype = quantity(
        "The aim, as the first source states it.", missing=(*UNKNOWN, NOT_APPLICABLE)
    )
    stated_due: str = edtf(
        "By when, as the first source states it.", missing=(*UNKNOWN, NOT_APPLICABLE)
    )
    value: pd.Float64Dtype = quantity(
        "The aim that the evidence supports.", missing=(*UNKNOWN, NOT_APPLICABLE)
    )
    due: str = edtf("By when, as the evidence supports it.", missing=(*UNKNOWN, NOT_APPLICABLE))
    component_of: str = reference(
        "targets", "The target of which it is a part.", missing=(NOT_APPLICABLE,)
    )
    note: str = text("What else a reader should know of it.", written="sentences", optional=True)
    current_value: pd.Float64Dtype = number(
        "The aim in force after all revisions; the lowest, where it is a range.",
        optional=True,
        derived=True,
    )
    current_due: str = edtf(
        "The due date in force after all revisions.", optional=True, derived=True
    )
    disputed: pd.BooleanDtype = boolean("Whether sources differ on any field of it.", derived=True)
    known_from: pa.DateTime = known_from()
    independent_sources: pd.Int64Dtype = independent_sources()

    @row_rule("baseline")
    def a_baseline_share_of_gdp_lies_between_0_and_100(cls, targets):
        """a percentage of GDP from which a target starts lies between 0 and 100"""
        return is_share_of_gdp(targets, "baseline")

    @row_rule("stated_value")
    def a_stated_share_of_gdp_lies_between_0_and_100(cls, targets):
        """a percentage of GDP that was stated as an aim lies between 0 and 100"""
        return is_share_of_gdp(targets, "stated_value")

    @row_rule("value")
    def a_share_of_gdp_lies_between_0_and_100(cls, targets):
        """a percentage of GDP lies between 0 and 100"""
        return is_share_of_gdp(targets, "value")

    @row_rule("due")
    def a_target_that_is_a_date_has_one(cls, targets):
        """a target whose unit is a date has a due date and no value"""
        dated = targets["unit"] == Unit.DATE
        return ~dated | (targets["due"].notna() & targets["value_low"].isna())
