"""What came of each promise: how a standing follows from observations, turns and dates.

An outcome is judged in *cases*: the outcome as of a day of the world (`day`) by what was known on
another (`known`). `outcomes` judges every outcome in the one case of the present; `panel` in a case
for every month's end, twice; `spells` on every day on which it can change. All go through `judge`,
so that they cannot differ.

The rules, in the order in which they are applied:

1. Figures decide alone where they name the target or are the actor's share of GDP. Of each period
   the newest figure counts; one published before its period ended is a forecast and counts for
   nothing, and so does one from a source of D or worse.
2. Elsewhere the last turn decides, by the day on which it had become so and then by the day on
   which that was known. A turn that would end a promise and rests on weak sources does not count.
   What was met stays so until it is reversed; what was missed is open again once a later date is
   set.
3. What no source decides follows from the date in force: `overdue` where it has passed and a source
   from after it shows it still undone, `unverified` where none speaks to it, else `pending`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from eastflank.claims import (
    GOVERNMENTS,
    REPEATING,
    behind_turns,
    public_from,
    under,
    with_voices,
)
from eastflank.codelists import (
    Applies,
    Basis,
    CommitmentRole,
    Comparator,
    Confidence,
    Form,
    Measure,
    MilestoneKind,
    ObservationKind,
    Reliability,
    SourceKind,
    Standing,
    Timing,
)

DECIDING = {
    MilestoneKind.MET: Standing.MET,
    MilestoneKind.PARTLY_MET: Standing.PARTLY_MET,
    MilestoneKind.MISSED: Standing.MISSED,
    MilestoneKind.REVERSED: Standing.REVERSED,
    MilestoneKind.UPHELD: Standing.UPHELD,
    MilestoneKind.BROKEN: Standing.BROKEN,
    MilestoneKind.WITHDRAWN: Standing.WITHDRAWN,
    MilestoneKind.SUPERSEDED: Standing.SUPERSEDED,
    MilestoneKind.ANNOUNCED: Standing.PENDING,
}
"""The kinds of milestone that decide a standing, each with it; an announcement opens it anew."""

ENDS = [MilestoneKind.MET, MilestoneKind.MISSED, MilestoneKind.WITHDRAWN, MilestoneKind.SUPERSEDED]
"""The turns that end a promise, and that weak sources cannot bring about."""

DROPPED = [Standing.WITHDRAWN, Standing.SUPERSEDED]
"""The standings in which nothing is owed any more."""

DONE = [Standing.MET, Standing.REVERSED]
"""The standings in which an aim has been reached."""

LASTING = [Form.KEEP, Form.REFRAIN]
"""The forms that are upheld or broken, and never done for good."""

OF_THE_ACTOR = [Measure.DEFENCE_SHARE_GDP]
"""The measures that cannot mean anything but the actor's own, whatever was promised of them."""

DECIDED_BY_FIGURES = [Comparator.EXACTLY, Comparator.AT_LEAST, Comparator.AT_MOST]
"""The comparators under which a figure shows whether an aim is reached."""

_EDTF = ("", "_earliest", "_latest", "_precision")
"""How the columns of a date end."""

REACHED = tuple(f"reached{end}" for end in _EDTF)
"""The columns that tell when an aim was reached."""

GOOD_ENOUGH = "C"
"""The worst grade with which a source can decide."""

FOREVER = pd.Timestamp.max.normalize()
"""What stands for a day that never came."""


@dataclass(frozen=True)
class Facts:
    """What outcomes are judged by, each by outcome.

    `owed` has what is owed, one row an outcome; `turns` what was told of each, one row a milestone;
    `figures` what was measured, one row an observation; `shown` which source shows which milestone.
    """

    owed: pd.DataFrame
    turns: pd.DataFrame
    figures: pd.DataFrame
    shown: pd.DataFrame


def facts_of(tables: Mapping[str, pd.DataFrame]) -> Facts:
    """Return what the outcomes of some tables are judged by.

    Takes the tables as `eastflank.load` gives them: what people wrote, with `known_from`.
    """
    owed, shown = _owed(tables), sources_of_turns(tables)
    return Facts(owed, _turns(tables, owed, shown), _figures(tables, owed), shown)


def outcomes(tables: Mapping[str, pd.DataFrame], facts: Facts, day: pd.Timestamp) -> pd.DataFrame:
    """Return what came of each target and promisor by a day, as the contract of `outcomes` says.

    `tables` are those of which the facts were made, with what is known by that day.
    """
    owed, turns = facts.owed, facts.turns
    judged, seen = _judged(owed[["outcome_id"]].assign(day=day, known=day), facts)
    found = owed.merge(judged, on="outcome_id", how="left")
    found = _timed(found, turns, _spells(seen), day)
    found = found.join(_support(found, turns, facts.figures))
    found = found.merge(_reported(turns, day), on="outcome_id", how="left")
    found = found.merge(_last_heard(tables, owed, turns), on="outcome_id", how="left")
    found["disputed"] = _disputed(tables, found)
    owing = ["outcome_id", "commitment_id", "target_id", "actor_id"]
    came = ["standing", "timing_first", "timing_current", *REACHED, "degree"]
    rests_on = ["basis", "confidence", "disputed", "reported", "milestone_id", "observation_id"]
    rests_on += ["independent_sources", "reliability", "last_heard"]
    return found[[*owing, *came, *rests_on]].sort_values("outcome_id", ignore_index=True)


def panel(facts: Facts, day: pd.Timestamp) -> pd.DataFrame:
    """Return each outcome at every month's end since it was promised,
    as `panel`'s contract says.
    """
    owed = facts.owed
    first = owed["known_from"].min()
    months = pd.date_range(first if pd.notna(first) else day, day, freq="ME", unit="ms")
    cases = owed[["outcome_id", "known_from"]].assign(began=owed["made"].fillna(owed["known_from"]))
    cases = cases.merge(pd.DataFrame({"day": months}), how="cross")
    cases = cases[cases["day"] >= cases["began"]].reset_index(drop=True)
    rows = cases[["outcome_id", "day"]].rename(columns={"day": "month"})
    for name, known in (("standing", day), ("standing_known", cases["day"])):
        judged = judge(cases[["outcome_id", "day"]].assign(known=known), facts)
        rows[name] = judged["standing"].to_numpy()
    rows["standing_known"] = rows["standing_known"].where(cases["known_from"] <= cases["day"])
    return rows.sort_values(["outcome_id", "month"], ignore_index=True)


def spells(facts: Facts, day: pd.Timestamp) -> pd.DataFrame:
    """Return each unbroken time in which an outcome was known to stand in one way,
    as `spells`' contract says.
    """
    cases = _days_of_change(facts, day)
    judged = judge(cases[["outcome_id", "day"]].assign(known=cases["day"]), facts)
    cases["standing"] = judged["standing"].to_numpy()
    begins = cases["standing"] != cases.groupby("outcome_id")["standing"].shift()
    rows = cases[begins].rename(columns={"day": "known_from"})
    ends = rows.groupby("outcome_id")["known_from"].shift(-1) - pd.Timedelta(days=1)
    return rows.assign(known_until=ends).reset_index(drop=True)


def _days_of_change(facts: Facts, day: pd.Timestamp) -> pd.DataFrame:
    """Return every day up to a day on which the known standing of an outcome can change, in order:
    columns outcome_id and day.
    """
    owed, turns = facts.owed, facts.turns
    passed = pd.Timedelta(days=1)
    days = pd.concat(
        [
            owed[["outcome_id"]].assign(day=owed["known_from"]),
            owed[["outcome_id"]].assign(day=owed["due_latest"] + passed),
            turns[["outcome_id"]].assign(day=turns[["at", "known_from"]].max(axis=1)),
            turns[["outcome_id"]].assign(day=turns["firm_from"]),
            turns[["outcome_id"]].assign(day=turns["due_latest"] + passed),
            facts.figures[["outcome_id"]].assign(day=facts.figures["known_from_figure"]),
        ]
    )
    began = under(days["outcome_id"], owed.set_index("outcome_id")["known_from"])
    days = days[(days["day"] >= began) & (days["day"] <= day)]
    return days.drop_duplicates().sort_values(["outcome_id", "day"], ignore_index=True)


def judge(cases: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Return the standing in each case, and what it rests on.

    `cases` has the columns outcome_id, day and known. The columns that come back, in the same
    order: outcome_id, standing, reached (EDTF, the first time), reached_earliest, reached_latest,
    degree, milestone_id and observation_id (one of them, or neither).
    """
    return _judged(cases, facts)[0]


def _judged(cases: pd.DataFrame, facts: Facts) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what `judge` does, and the figures that tell in each case."""
    cases, told = _told(cases.reset_index(drop=True), facts)
    by_turns = _by_turns(cases, told)
    seen = _seen(cases, facts.figures)
    by_figures = _by_figures(seen)
    rows = cases.set_index("case").join(by_turns)
    for name in by_figures.columns:
        rows[name] = by_figures[name].reindex(rows.index)
    # Figures cannot show that a promise was taken back; turns can, unless it had been met by then.
    dropped = rows["standing_by_turns"].isin(DROPPED)
    dropped &= rows["standing_by_figures"] != Standing.MET
    is_figure = rows["standing_by_figures"].notna() & ~dropped
    measured = rows.index.isin(by_figures.index)
    by_turns_alone = dropped | ~measured
    rows["standing"] = rows["standing_by_figures"].where(
        is_figure, rows["standing_by_turns"].where(by_turns_alone)
    )
    for name in REACHED:
        rows[name] = rows[f"{name}_by_figures"].where(measured, rows[f"{name}_by_turns"])
    rows["milestone_id"] = rows["milestone_id"].where(by_turns_alone)
    rows["observation_id"] = rows["observation_id"].where(is_figure)
    by_date = _by_date(rows, told)
    rows["standing"] = rows["standing"].fillna(by_date)
    names = ["outcome_id", "standing", *REACHED, "degree", "milestone_id", "observation_id"]
    return rows[names].reset_index(drop=True), seen


def commitment_status(found: pd.DataFrame, targets: pd.DataFrame) -> pd.Series:
    """Return the status of each commitment, by id, from the outcomes that make it."""
    return that_make_the_status(found, targets).groupby("commitment_id")["standing"].agg(_status)


def that_make_the_status(found: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Return the outcomes that make a commitment's status: those that are part of no other."""
    parts = targets.loc[targets["component_of"].notna(), "target_id"]
    return found[~found["target_id"].isin(parts)]


def _status(standings: pd.Series) -> str:
    """Return the status of a commitment whose parts have come to these standings."""
    came = set(standings)
    if len(came) == 1:
        return came.pop()
    if came <= set(DROPPED):
        return Standing.WITHDRAWN
    came -= set(DROPPED)
    if len(came) == 1:
        return came.pop()
    for worst in (Standing.BROKEN, Standing.REVERSED, Standing.OVERDUE, Standing.UNVERIFIED):
        if worst in came:
            return worst
    if came & {Standing.MET, Standing.PARTLY_MET, Standing.MISSED}:
        return Standing.PARTLY_MET
    return Standing.PENDING


# What is owed, what was told of it, and what was measured: one frame each, by outcome.


def _owed(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what is owed, one row an outcome: each target,
    jointly or by each of several promisors.

    A commitment without targets owes one thing.
    """
    commitments = tables["commitments"].set_index("commitment_id")
    targets = tables["targets"].assign(outcome_id=tables["targets"]["target_id"])
    targets["actor_id"] = None
    promisors = _promisors(tables)
    alone = promisors.drop_duplicates("commitment_id", keep=False)
    each = targets["applies"].eq(Applies.EACH) & ~targets["commitment_id"].isin(
        alone["commitment_id"]
    )
    apart = targets[each].drop(columns="actor_id").merge(promisors, on="commitment_id")
    apart["outcome_id"] = apart["target_id"] + "-by-" + apart["actor_id"]
    whole = commitments[~commitments.index.isin(targets["commitment_id"])].reset_index()
    whole = whole[["commitment_id", "form", "known_from"]].assign(
        outcome_id=whole["commitment_id"], due_precision=None
    )
    owed = pd.concat([targets[~each], apart, whole], ignore_index=True)
    made = commitments["date_latest"].fillna(commitments["date_earliest"])
    owed["made"] = under(owed["commitment_id"], made)
    owed["targets"] = under(owed["commitment_id"], targets["commitment_id"].value_counts()).fillna(
        1
    )
    sole = under(owed["commitment_id"], alone.set_index("commitment_id")["actor_id"])
    # Whose figures tell of it: the one who owes it.
    owed["debtor"] = owed["actor_id"].fillna(sole)
    for name in ("form", "comparator", "measure", "unit", "applies"):
        owed[name] = owed[name].astype("str")
    names = ["outcome_id", "commitment_id", "target_id", "actor_id", "debtor", "form", "made"]
    names += ["comparator", "measure", "unit", "value_low", "value_high", "targets", "known_from"]
    return owed[[*names, "due", "due_earliest", "due_latest"]].sort_values("outcome_id")


def _promisors(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    parts = tables["commitment_actors"]
    return parts.loc[parts["role"] == CommitmentRole.PROMISOR, ["commitment_id", "actor_id"]]


def _turns(
    tables: Mapping[str, pd.DataFrame], owed: pd.DataFrame, shown: pd.DataFrame
) -> pd.DataFrame:
    """Return what was told of each outcome: one row a milestone that is about it.

    A turn is about a target if it names it or is about the whole; one that names a promisor is
    about what that promisor owes, and tells of the whole only where nobody else owes it. `at` is
    the day on which it had become so, and `firm_from` that from which it is not weak.
    """
    turns = tables["milestones"][_OF_TURNS].merge(
        owed[["outcome_id", "commitment_id", "target_id", "actor_id", "debtor", "targets"]],
        on="commitment_id",
        suffixes=("", "_owed"),
    )
    about = turns["target_id"].isna() | (turns["target_id"] == turns["target_id_owed"])
    by = turns["actor_id"].isna() | (turns["actor_id"] == turns["debtor"])
    turns = turns[about & by]
    turns["kind"] = turns["kind"].astype("str")
    turns["at"] = turns["date_latest"].fillna(turns["date_earliest"])
    turns["specific"] = turns["target_id"].notna() | (turns["targets"] == 1)
    turns = turns.merge(_borne_out(shown), on="milestone_id", how="left")
    order = {str(kind): place for place, kind in enumerate(MilestoneKind)}
    turns["place"] = turns["kind"].map(order)
    return turns.sort_values(["at", "known_from", "place", "milestone_id"], ignore_index=True)


_OF_TURNS = ["milestone_id", "commitment_id", "target_id", "actor_id", "kind", "known_from"]
_OF_TURNS += ["value_low", "value_high"]
_OF_TURNS += [f"{name}{end}" for name in ("date", "due") for end in _EDTF]
"""What of a milestone decides."""


def _borne_out(spoken: pd.DataFrame) -> pd.DataFrame:
    """Return how each milestone is borne out by sources no older than it, one row a milestone.

    Columns: milestone_id, firm_from, sources (independent ones), reliability (the best), confidence
    and basis.
    """
    own = spoken[~spoken["repeating"]]
    good = spoken[spoken["reliability"] <= GOOD_ENOUGH]
    by_turn = own.groupby("milestone_id")
    rows = pd.DataFrame(index=spoken["milestone_id"].unique())
    firm = pd.concat(
        [good.groupby("milestone_id")["known_from"].min(), by_turn["known_from"].min()], axis=1
    )
    rows["firm_from"] = firm.max(axis=1, skipna=False)
    rows["sources"] = by_turn["voice"].nunique()
    rows["others"] = own[~own["promisor"]].groupby("milestone_id")["voice"].nunique()
    best = spoken.sort_values("reliability").drop_duplicates("milestone_id")
    rows["reliability"] = best.set_index("milestone_id")["reliability"]
    rows[["sources", "others"]] = rows[["sources", "others"]].fillna(0)
    rows["confidence"] = np.select(
        [rows["firm_from"].isna(), rows["others"] >= 2],
        [Confidence.WEAK, Confidence.CONFIRMED],
        Confidence.SINGLE,
    )
    rows["basis"] = np.where(rows["others"] > 0, Basis.THIRD_PARTY, Basis.PROMISOR)
    rows.loc[rows["sources"] == 0, "basis"] = Basis.THIRD_PARTY
    return rows.rename_axis("milestone_id").reset_index()


def sources_of_turns(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return which source shows which milestone: it stands behind it and is no older than it.

    Columns: milestone_id, source_id, voice, reliability, known_from (the source's), repeating,
    promisor (whether it is the word of whoever promised).
    """
    shown = behind_turns(tables["evidence"])
    sources = with_voices(tables).copy()
    # Who repeats others has no voice of its own, but that of the report that it relays.
    repeats = sources["kind"].isin(REPEATING)
    of_origin = under(sources["origin_id"], repeats.set_axis(sources["source_id"]))
    relays = of_origin.astype("boolean").fillna(False)
    sources["repeating"] = repeats.mask(sources["origin_id"].notna(), relays.astype(bool))
    sources["reliability"] = sources["reliability"].astype("str")
    columns = ["source_id", "voice", "reliability", "known_from", "repeating"]
    shown = shown.merge(sources[columns], on="source_id")
    turns = tables["milestones"][["milestone_id", "commitment_id", "date_earliest", "date_latest"]]
    shown = shown.merge(turns, left_on="record_id", right_on="milestone_id")
    at = shown["date_latest"].fillna(shown["date_earliest"])
    shown = shown[(shown["known_from"] >= at) | at.isna()]
    own = pd.MultiIndex.from_frame(_own_voices(tables, shown["voice"]))
    said = pd.MultiIndex.from_frame(shown[["commitment_id", "voice"]])
    shown["promisor"] = said.isin(own)
    return shown[["milestone_id", *columns, "promisor"]].reset_index(drop=True)


def _own_voices(tables: Mapping[str, pd.DataFrame], heard: pd.Series) -> pd.DataFrame:
    """Return under which of the voices heard the promisors of each commitment speak themselves.

    Columns: commitment_id, voice. It is the actor's own name, that of the whole of which it is a
    part, or that of its government, alone or with others.
    """
    actors = tables["actors"].set_index("actor_id")
    above = under(actors["parent_id"], actors["name"]).set_axis(actors.index).dropna()
    names = pd.concat([actors["name"], above])
    called = [names.rename("voice")]
    called += [(start + names).rename("voice") for start in GOVERNMENTS]
    several = [voice for voice in heard.unique() if voice.startswith(_SEVERAL)]
    for voice in several:
        each = re.split(", | and ", voice.removeprefix(_SEVERAL))
        spoken = names.isin([name.removeprefix("the ") for name in each])
        called.append(pd.Series(voice, names.index[spoken], name="voice"))
    own = pd.concat(called).rename_axis("actor_id").reset_index()
    return _promisors(tables).merge(own, on="actor_id")[["commitment_id", "voice"]]


_SEVERAL = "Governments of "
"""How the publisher of a text of several governments is named, before their names."""


def _figures(tables: Mapping[str, pd.DataFrame], owed: pd.DataFrame) -> pd.DataFrame:
    """Return what was measured of each outcome: one row an observation that tells of it.

    Left out are forecasts, published before their period ended,
    and figures from sources of D or worse.
    """
    sources = tables["sources"].set_index("source_id")
    sources = sources.assign(public=public_from(tables["sources"]).to_numpy())
    seen = tables["observations"][_OF_FIGURES]
    seen = seen.join(
        sources[["public", "reliability", "kind", "publisher", "origin_id"]].add_prefix("source_"),
        on="source_id",
    )
    seen = seen[seen["source_public"] >= seen["period_latest"]]
    seen = seen[seen["source_reliability"].astype("str") <= GOOD_ENOUGH]
    seen = seen.astype({"measure": "str", "unit": "str", "kind": "str"})
    named = seen.dropna(subset="target_id").merge(owed, on="target_id", suffixes=("", "_owed"))
    by_all = named["actor_id_owed"].isna()
    named = named[by_all | (named["actor_id_owed"] == named["actor_id"])]
    general = seen[seen["target_id"].isna() & seen["measure"].isin(OF_THE_ACTOR)]
    general = general.merge(
        owed,
        left_on=["actor_id", "measure", "unit"],
        right_on=["debtor", "measure", "unit"],
        suffixes=("", "_owed"),
    )
    general = general[~(general["period_latest"] < general["made"])]
    rows = pd.concat([named, general], ignore_index=True)
    final = rows["kind"] == ObservationKind.FINAL
    rows = rows.assign(final=final).rename(columns={"source_public": "known_from_figure"})
    order = ["period_latest", "known_from_figure", "final", "observation_id"]
    names = ["outcome_id", "observation_id", "period", "period_earliest", "period_latest"]
    names += ["period_precision"]
    names += ["value_low", "value_high", "kind", "cumulative", "source_id", "source_kind"]
    names += ["source_publisher", "source_reliability", "source_origin_id", "known_from_figure"]
    rows = rows.sort_values(order, ignore_index=True)[names]
    return rows.rename(columns={"value_low": "seen_low", "value_high": "seen_high"})


_OF_FIGURES = ["observation_id", "measure", "actor_id", "target_id", "value_low", "value_high"]
_OF_FIGURES += ["unit", "kind", "cumulative", "source_id", *(f"period{end}" for end in _EDTF)]
"""What of an observation decides."""


# How a case is judged.


def _in_force(cases: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Return cases with the value and the date that were in force, after the revisions told."""
    revised = told[told["kind"] == MilestoneKind.REVISED]
    revised = revised[revised["target_id"].notna()]
    for what, columns in _REVISED.items():
        last = revised.dropna(subset=what).drop_duplicates("case", keep="last").set_index("case")
        moved = cases["case"].isin(last.index)
        for column, source in columns.items():
            values = last[source].reindex(cases.loc[moved, "case"])
            cases.loc[moved, column] = values.to_numpy()
    return cases


_AIM = ["form", "comparator", "value_low", "value_high", "due_earliest", "due_latest"]
"""What of an aim decides a case."""

_REVISED = {
    "value_low": {"value_low": "value_low", "value_high": "value_high"},
    "due": {"due_earliest": "due_earliest", "due_latest": "due_latest"},
}
"""What a revision can change of an aim, each with the columns that tell it."""


def _by_turns(cases: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Return what the turns decide in each case, indexed by case."""
    known = told[told["kind"].isin([*DECIDING, MilestoneKind.REVISED])]
    weak = known["kind"].isin(ENDS) & ~(known["firm_from"] <= known["known"])
    known = known[~weak].copy()
    known["standing"] = known["kind"].map({str(k): str(v) for k, v in DECIDING.items()})
    # What was met stays so until it is reversed, whatever else is told of it.
    done = known["standing"].where(known["standing"].isin(DONE)).groupby(known["case"]).ffill()
    done = done.groupby(known["case"]).shift()
    known = known[(done != Standing.MET) | (known["standing"] == Standing.REVERSED)].copy()
    # What was missed is open again once a date is set that ends later, or has no end.
    before = known["standing"].groupby(known["case"]).ffill().groupby(known["case"]).shift()
    later = (known["due_latest"] > known["at"]) | known["due_latest"].isna()
    renewed = (known["kind"] == MilestoneKind.REVISED) & known["due"].notna() & later
    known.loc[renewed & (before == Standing.MISSED), "standing"] = Standing.PENDING
    decided = known.dropna(subset="standing").drop_duplicates("case", keep="last")
    rows = decided.set_index("case")[["standing", "milestone_id"]]
    rows = rows.where(rows["standing"] != Standing.PENDING)
    rows = rows.rename(columns={"standing": "standing_by_turns"})
    met = known[known["standing"] == Standing.MET].drop_duplicates("case").set_index("case")
    for name in _EDTF:
        rows[f"reached{name}_by_turns"] = met[f"date{name}"].reindex(rows.index)
    return rows


def seen_figures(cases: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Return the figures that tell in each case, with whether each reached the aim in force.

    `cases` has the columns outcome_id, day and known and any index, which comes back as `case`.
    """
    return _seen(_told(cases, facts)[0], facts.figures)


def _told(cases: pd.DataFrame, facts: Facts) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return cases with the aim in force in each, and the turns that are known in each."""
    cases = cases.rename_axis("case").reset_index()
    cases = cases.merge(facts.owed[["outcome_id", *_AIM]], on="outcome_id", how="left")
    told = cases[["case", "outcome_id", "day", "known"]].merge(facts.turns, on="outcome_id")
    told = told[(told["at"] <= told["day"]) & (told["known_from"] <= told["known"])]
    return _in_force(cases, told), told


def _seen(cases: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Return the newest figure of each period in each case, and whether it reached the aim."""
    decided = cases["comparator"].isin(DECIDED_BY_FIGURES) & cases["value_low"].notna()
    seen = cases[decided].merge(figures, on="outcome_id")
    is_known = seen["known_from_figure"] <= seen["known"]
    seen = seen[(seen["period_latest"] <= seen["day"]) & is_known]
    # What is to last is promised from its date on, and not for the years before.
    too_early = seen["form"].isin(LASTING) & (seen["period_latest"] < seen["due_earliest"])
    seen = seen[~too_early]
    seen = seen.drop_duplicates(["case", "period"], keep="last").sort_values(
        ["case", "period_latest", "known_from_figure"]
    )
    in_parts = seen["cumulative"].eq(False).fillna(False).astype(bool)
    ceiling = seen["comparator"] == Comparator.AT_MOST
    # Of a range, the end that is farther from the aim counts.
    each = seen["seen_low"].mask(ceiling, seen["seen_high"])
    parts = each.where(in_parts, 0.0).groupby(seen["case"]).cumsum()
    seen["so_far"] = each.mask(in_parts, parts).astype(float)
    reached = seen["so_far"] >= seen["value_low"] - 1e-9
    reached = reached.mask(ceiling, seen["so_far"] <= seen["value_high"] + 1e-9)
    return seen.assign(reached_it=reached.fillna(False).astype(bool))


def _by_figures(seen: pd.DataFrame) -> pd.DataFrame:
    """Return what the figures decide in each case, indexed by case; null where they do not."""
    last = seen.drop_duplicates("case", keep="last").set_index("case")
    first = seen[seen["reached_it"]].drop_duplicates("case").set_index("case")
    rows = last[["form", "due_latest", "day", "period_latest", "reached_it"]].copy()
    ever = pd.Series(rows.index.isin(first.index), rows.index)
    level = last["cumulative"].isna()
    lasting = rows["form"].isin(LASTING)
    breach = seen[~seen["reached_it"]].drop_duplicates("case", keep="last").set_index("case")
    broken = lasting & rows.index.isin(breach.index)
    some = (last["so_far"] > 0) & ~level & (last["comparator"] != Comparator.AT_MOST)
    handed_over = (rows["form"] == Form.GIVE) & ~level
    after = rows["period_latest"] >= rows["due_latest"]
    rows["standing_by_figures"] = np.select(
        [
            broken,
            lasting,
            rows["reached_it"] | (ever & handed_over),
            ever,
            some,
            after,
        ],
        [
            Standing.BROKEN,
            Standing.UPHELD,
            Standing.MET,
            Standing.REVERSED,
            Standing.PARTLY_MET,
            Standing.MISSED,
        ],
        "",
    )
    rows["standing_by_figures"] = rows["standing_by_figures"].astype("str").replace("", None)
    for name, column in _REACHED.items():
        rows[name] = first[column].reindex(rows.index)
    rows["degree"] = (last["so_far"] / last["value_low"].astype(float)).where(
        (last["comparator"] != Comparator.AT_MOST) & (last["value_low"] > 0)
    )
    # What was reached rests on the figure that shows it, a level on that since which it is there;
    # what was broken on the last breach, the rest on the newest.
    since = _spells(seen).drop_duplicates("case", keep="last").set_index("case")
    shows = since["observation_id"].reindex(rows.index).fillna(first["observation_id"])
    is_met = rows["standing_by_figures"] == Standing.MET
    newest = last["observation_id"].mask(broken, breach["observation_id"].reindex(rows.index))
    rows["observation_id"] = shows.where(is_met, newest)
    return rows[["standing_by_figures", *_REACHED, "degree", "observation_id"]]


_REACHED = {
    "reached_by_figures": "period",
    "reached_earliest_by_figures": "period_earliest",
    "reached_latest_by_figures": "period_latest",
    "reached_precision_by_figures": "period_precision",
}
"""What tells when an aim was reached, each with the column of the figure that says it."""


def _spells(seen: pd.DataFrame) -> pd.DataFrame:
    """Return the first figure of each spell in which a level was there, in order of time.

    `over` is the last day of the first later period in which it was there no more; null while the
    spell lasts. What comes in parts, or is handed over, is no level and has no spells.
    """
    seen = seen[seen["cumulative"].isna()]
    below = seen["period_latest"].mask(seen["reached_it"])
    over = below.groupby(seen["case"]).bfill()
    before = seen.groupby("case")["reached_it"].shift(fill_value=False)
    return seen.assign(over=over)[seen["reached_it"] & ~before]


def _by_date(rows: pd.DataFrame, told: pd.DataFrame) -> pd.Series:
    """Return what follows in each case from the date in force alone."""
    passed = rows["due_latest"] < rows["day"]
    due = under(told["case"], rows["due_latest"])
    shows = told[(told["at"] > due) & (told["specific"] | (told["kind"] == MilestoneKind.DELAYED))]
    shows = shows[shows["kind"].isin(_STILL_UNDONE)]
    undone = rows.index.isin(shows["case"])
    return pd.Series(
        np.select(
            [passed & undone, passed], [Standing.OVERDUE, Standing.UNVERIFIED], Standing.PENDING
        ),
        rows.index,
    ).astype("str")


_STILL_UNDONE = [
    MilestoneKind.REAFFIRMED,
    MilestoneKind.FUNDED,
    MilestoneKind.CONTRACTED,
    MilestoneKind.STARTED,
    MilestoneKind.PROGRESSED,
    MilestoneKind.DELAYED,
]
"""The turns that show, where they come after the date, that a promise is still to be kept."""


# What an outcome says besides its standing.


def _timed(
    found: pd.DataFrame, turns: pd.DataFrame, spells: pd.DataFrame, day: pd.Timestamp
) -> pd.DataFrame:
    """Return outcomes with how each stands to the first date and to the one in force, and with
    when it was reached, as of the latter.

    A revision counts if it was made before the aim was reached or, where it was not, before the
    first date passed: a date moved only after that excuses nothing.
    """
    dates = found[["outcome_id", "due", "due_earliest", "due_latest"]].copy()
    at = turns.drop_duplicates("milestone_id").set_index("milestone_id")["at"]
    found = _reached_by(found.assign(at=under(found["milestone_id"], at)), spells, dates)
    first = _against(found, dates, day)
    limit = found["reached_latest"].fillna(found["reached_earliest"])
    limit = limit.fillna(found["due_latest"]).fillna(FOREVER)
    moved = turns[(turns["kind"] == MilestoneKind.REVISED) & turns["due"].notna()]
    moved = moved[moved["target_id"].notna()]
    moved = moved[moved["at"] <= under(moved["outcome_id"], limit.set_axis(found["outcome_id"]))]
    last = moved.drop_duplicates("outcome_id", keep="last").set_index("outcome_id")
    changed = dates["outcome_id"].isin(last.index)
    for name in ("due", "due_earliest", "due_latest"):
        dates.loc[changed, name] = last[name].reindex(dates.loc[changed, "outcome_id"]).to_numpy()
    found = _reached_by(found, spells, dates)
    return found.assign(timing_first=first, timing_current=_against(found, dates, day))


def _reached_by(found: pd.DataFrame, spells: pd.DataFrame, dates: pd.DataFrame) -> pd.DataFrame:
    """Return outcomes with the beginning of the first spell at a level that was not over by the
    last day of its date; null where all were.
    """
    due = under(spells["outcome_id"], dates.set_index("outcome_id")["due_latest"])
    lasted = spells[~(spells["over"] <= due)].drop_duplicates("outcome_id")
    lasted = lasted.set_index("outcome_id").reindex(found["outcome_id"]).set_axis(found.index)
    level = found["outcome_id"].isin(spells["outcome_id"])
    reached = {
        name.removesuffix("_by_figures"): lasted[column] for name, column in _REACHED.items()
    }
    return found.assign(**{name: found[name].mask(level, on) for name, on in reached.items()})


def _against(found: pd.DataFrame, due: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Return how outcomes stand to due dates: early or late only if every day of both says so."""
    came = found["reached"].notna()
    dated = due["due_latest"].notna()
    passed = due["due_latest"] < day
    dropped = found["standing"].isin(DROPPED) & ~(found["at"] > due["due_latest"])
    return pd.Series(
        np.select(
            [
                found["form"].isin(LASTING) | (~came & dropped),
                ~dated,
                came & (found["reached_latest"] < due["due_earliest"]),
                came & (found["reached_earliest"] > due["due_latest"]),
                came,
                passed,
            ],
            [
                Timing.NOT_APPLICABLE,
                Timing.UNDATED,
                Timing.EARLY,
                Timing.LATE,
                Timing.IN_TIME,
                Timing.PASSED,
            ],
            Timing.NOT_DUE,
        ),
        found.index,
    ).astype("str")


def _support(found: pd.DataFrame, turns: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Return basis, confidence, independent sources and best grade of what decides each outcome."""
    of_turns = turns.drop_duplicates("milestone_id").set_index("milestone_id")
    of_turns = of_turns[["basis", "confidence", "sources", "reliability"]]
    rows = of_turns.reindex(found["milestone_id"]).set_axis(found.index)
    of_figures = figures.drop_duplicates("observation_id").set_index("observation_id")
    seen = of_figures.reindex(found["observation_id"]).set_axis(found.index)
    is_figure = found["observation_id"].notna()
    basis = seen["kind"].map(
        {ObservationKind.FINAL: Basis.FINAL_FIGURE, ObservationKind.REPORTED: Basis.THIRD_PARTY}
    )
    # A measuring body's own edition needs no second source; a copy or a relayed figure does. Its
    # edition was read itself, or in copies that agree, where the grade is the best.
    own = seen["source_kind"].isin([SourceKind.DATA]) & seen["source_origin_id"].isna()
    own &= seen["source_reliability"].astype("str") == Reliability.A
    rows.loc[is_figure, "basis"] = basis.fillna(Basis.ESTIMATE)
    rows.loc[is_figure, "confidence"] = np.where(
        own[is_figure], Confidence.CONFIRMED, Confidence.SINGLE
    )
    rows.loc[is_figure, "sources"] = 1
    rows.loc[is_figure, "reliability"] = seen["source_reliability"].astype("str")
    rows = rows.rename(columns={"sources": "independent_sources"})
    rows["basis"] = rows["basis"].fillna(Basis.NONE)
    rows["confidence"] = rows["confidence"].fillna(Confidence.NONE)
    rows["independent_sources"] = rows["independent_sources"].fillna(0)
    return rows


def _reported(turns: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the last turn that would end a promise and is weak, by outcome."""
    weak = turns["kind"].isin(ENDS) & ~(turns["firm_from"] <= day) & (turns["at"] <= day)
    last = turns[weak].drop_duplicates("outcome_id", keep="last")
    return last[["outcome_id", "kind"]].rename(columns={"kind": "reported"})


def _last_heard(
    tables: Mapping[str, pd.DataFrame], owed: pd.DataFrame, turns: pd.DataFrame
) -> pd.DataFrame:
    """Return the day by which the newest source was public that speaks to each outcome."""
    public = public_from(tables["sources"]).set_axis(tables["sources"]["source_id"])
    evidence = tables["evidence"]
    heard = under(evidence["source_id"], public).groupby(evidence["record_id"]).max()
    records = pd.concat(
        [
            turns[["outcome_id", "milestone_id"]].set_axis(["outcome_id", "record_id"], axis=1),
            owed[["outcome_id", "target_id"]].set_axis(["outcome_id", "record_id"], axis=1),
            owed[["outcome_id", "commitment_id"]].set_axis(["outcome_id", "record_id"], axis=1),
        ]
    )
    last = under(records["record_id"], heard).groupby(records["outcome_id"]).max()
    return last.rename("last_heard").reset_index()


def _disputed(tables: Mapping[str, pd.DataFrame], found: pd.DataFrame) -> pd.Series:
    """Return whether a source contradicts the commitment, the target or the turn that decides."""
    evidence = tables["evidence"]
    against = evidence.loc[evidence["stance"] == "contradicts", "record_id"]
    parts = ["commitment_id", "target_id", "milestone_id"]
    return pd.concat([found[part].isin(against) for part in parts], axis=1).any(axis=1)
