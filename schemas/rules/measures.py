"""What is measured is counted in one way."""

import pandas as pd

from eastflank.codelists import Unit
from schemas.base import is_share_of_gdp
from schemas.rules.base import rule


def _is_counted_as_elsewhere(
    rows: pd.DataFrame, targets: pd.DataFrame, observations: pd.DataFrame
) -> pd.Series:
    """Return whether the measure of each row is counted in the unit
    in which it is counted most often; a date is no count.
    """
    money = [unit for unit in Unit if (unit.crosswalk or "").startswith("ISO 4217")]

    def units(frame: pd.DataFrame) -> pd.DataFrame:
        counted = frame.loc[frame["unit"] != Unit.DATE, ["measure", "unit"]].astype("str")
        return counted.assign(unit=counted["unit"].mask(counted["unit"].isin(money), "money"))

    common = (
        pd.concat([units(targets), units(observations)])
        .groupby("measure")["unit"]
        .agg(lambda each: each.value_counts().index[0])
    )
    own = units(rows)
    return (own["unit"] == common.reindex(own["measure"]).set_axis(own.index)).reindex(
        rows.index, fill_value=True
    )


@rule("targets", "unit")
def a_measure_is_aimed_at_in_one_unit(targets, observations):
    """a measure is counted in one unit in all targets and observations,
    money in any one currency
    """
    return _is_counted_as_elsewhere(targets, targets, observations)


@rule("observations", "unit")
def a_measure_is_observed_in_one_unit(observations, targets):
    """a measure is counted in one unit in all observations and targets,
    money in any one currency
    """
    return _is_counted_as_elsewhere(observations, targets, observations)


@rule("observations", "value")
def an_observed_share_of_gdp_lies_between_0_and_100(observations):
    """an observed percentage of GDP lies between 0 and 100"""
    return is_share_of_gdp(observations, "value")
