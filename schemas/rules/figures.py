"""Figures agree with one another, with their source, and with what was transcribed."""

import csv
from functools import cache
from pathlib import Path

import pandas as pd

from eastflank.claims import public_from
from eastflank.codelists import Measure, ObservationKind, Unit
from schemas.rules.base import look_up, rule, warning

COUNTED = [Unit.PERSONS, Unit.ITEMS]
"""The units of which there are no halves."""

TRANSCRIBED = Path(__file__).with_name("transcribed.csv")
"""How many figures were taken from the table of a source, and what they add up to.

The sums were made of the seeds when all had been checked, and not by reading the sources again:
they guard against slips, and not against misreadings. Who adds a figure changes the line.
"""

_LEAP = 2.5
"""More than so many times a share of GDP does not grow from one year to the next, nor differ
between vintages; the most is 2.2, in Bulgaria from 2018 to 2019.
"""


def _whole(frame: pd.DataFrame, columns: list[str], unit: pd.Series) -> pd.Series:
    halves = pd.Series(False, frame.index)
    for column in columns:
        for end in ("low", "high"):
            halves |= (frame[f"{column}_{end}"] % 1 != 0).fillna(False).astype(bool)
    return ~(halves & unit.isin(COUNTED))


@rule("targets", "value")
def people_and_things_that_are_aimed_at_are_whole(targets):
    """a number of people or things that is aimed at is whole"""
    return _whole(targets, ["baseline", "stated_value", "value"], targets["unit"])


@rule("milestones", "value")
def people_and_things_of_a_revision_are_whole(milestones, targets):
    """a number of people or things that a revision gives is whole"""
    unit = look_up(milestones["target_id"], targets, "unit")
    return _whole(milestones, ["value"], unit)


@rule("observations", "value")
def people_and_things_that_are_observed_are_whole(observations):
    """a number of people or things that is observed is whole"""
    return _whole(observations, ["value"], observations["unit"])


@rule("observations", "period")
def a_figure_is_published_once_its_period_has_begun(observations, sources):
    """a figure's period has begun when its source is public, and is over where the figure is
    final
    """
    public = look_up(
        observations["source_id"], sources.assign(public=public_from(sources)), "public"
    )
    final = observations["kind"] == ObservationKind.FINAL
    ahead = observations["period_earliest"] > public
    return ~(ahead | (final & (observations["period_latest"] > public)))


@warning("observations", "kind")
def final_figures_end_before_estimates_begin(observations):
    """in one source, the last year of a measure that is final comes before the first that is an
    estimate
    """
    where = ["source_id", "measure"]
    finals = observations[observations["kind"] == ObservationKind.FINAL]
    last = finals.groupby(where, observed=True)["period_latest"].max().rename("last")
    last = observations.join(last, on=where)["last"]
    estimate = observations["kind"] == ObservationKind.ESTIMATE
    return ~(estimate & (observations["period_earliest"] <= last))


@rule("observations", "value")
def a_share_of_gdp_does_not_leap(observations):
    """a share of GDP is at most two and a half times that of the year before or after in the same
    source, or of another source for the same year
    """
    shares = observations[observations["measure"] == Measure.DEFENCE_SHARE_GDP]
    shares = shares.assign(
        year=shares["period_earliest"].dt.year, value=shares["value_low"].astype("float64")
    )
    shares = shares.sort_values(["actor_id", "source_id", "year"])
    series = shares.groupby(["actor_id", "source_id"])
    near = pd.Series(True, shares.index)
    for step in (1, -1):
        next_to = (series["year"].shift(step) - shares["year"]).abs() == 1
        near &= _is_near(shares["value"], series["value"].shift(step).where(next_to))
    vintages = shares.groupby(["actor_id", "year"])["value"]
    middle = vintages.transform("median").where(vintages.transform("size") > 2)
    near &= _is_near(shares["value"], middle)
    return near.reindex(observations.index, fill_value=True)


def _is_near(value: pd.Series, other: pd.Series) -> pd.Series:
    least = pd.concat([value, other], axis=1).min(axis=1)
    most = pd.concat([value, other], axis=1).max(axis=1)
    return other.isna() | ~(most > _LEAP * least)


@warning("observations", "cumulative")
def a_measure_says_throughout_whether_it_is_a_sum(observations):
    """of one measure, all observations of one actor say whether they are the sum so far, or none"""
    given = observations["cumulative"].notna()
    by_measure = given.groupby([observations["measure"], observations["actor_id"]], observed=True)
    return by_measure.transform("all") | ~by_measure.transform("any")


@cache
def _transcribed() -> pd.DataFrame:
    with TRANSCRIBED.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        table = pd.DataFrame(rows, columns=rows.fieldnames)
    return table.astype({"rows": "int64", "total": "float64"})


@rule("sources", "source_id")
def what_was_transcribed_is_all_there(sources, observations):
    """the figures from a source's table are as many, and add up to as much, as were transcribed
    (`schemas/rules/transcribed.csv`)
    """
    middle = (observations["value_low"] + observations["value_high"]).astype("float64") / 2
    there = observations.assign(measure=observations["measure"].astype("str"), middle=middle)
    there = there.groupby(["source_id", "measure"])["middle"].agg(["size", "sum"]).reset_index()
    due = _transcribed().merge(there, on=["source_id", "measure"], how="left")
    same = (due["rows"] == due["size"]) & ((due["total"] - due["sum"]).abs() < 1e-6)
    return ~sources["source_id"].isin(due.loc[~same, "source_id"])


@rule("targets", "comparator")
def what_has_a_value_is_compared_with_it(targets):
    """a target that is a date has neither value, baseline nor comparator to be given: each is
    `not-applicable`; any other has a value and a comparator, or says that they are not known
    """
    dated = targets["unit"] == Unit.DATE
    fits = pd.Series(True, targets.index)
    for column in ("value", "stated_value", "comparator", "baseline"):
        reason = targets[f"{column}_missing"].astype("str")
        never = reason == "not-applicable"
        # A level may have no sensible start, so that a baseline may be out of place elsewhere, too.
        fits &= (dated & never) | (~dated & ~never) | ((column == "baseline") & reason.notna())
    return fits
