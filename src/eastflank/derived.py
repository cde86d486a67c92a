"""What follows from the records and their evidence: the columns and tables that nobody types.

The build derives them from all sources; `eastflank.knowledge` derives them again from those that
were known by a day.
"""

from dataclasses import dataclass

import pandas as pd

from eastflank import outcomes
from eastflank.claims import (
    FIELD,
    STANDS_BEHIND,
    STATED,
    as_text,
    behind_turns,
    independent,
    key_of,
    public_from,
    speaking,
    under,
)
from eastflank.codelists import CommitmentRole, MilestoneKind

RECORDS = ("events", "commitments", "targets", "milestones", "watchpoints", "memberships")
"""The tables whose every record rests on evidence."""

WHOLE_RECORD = "(record)"
"""What stands for the field where a conflict is about a record as a whole."""

_NO_OLDER = {"milestones": "date", "commitments": "date"}
"""The records that are known only from sources no older than they are, each with its date."""

_BEGUN = {"memberships": "since"}
"""The records that are known only once they have begun, each with the date of that."""


@dataclass(frozen=True)
class Derived:
    """Tables with what follows from them as of a day; `table` makes those that follow from all.

    `tables` holds what people wrote, completed, and `outcomes`.
    """

    tables: dict[str, pd.DataFrame]
    facts: outcomes.Facts
    spoken: pd.DataFrame
    day: pd.Timestamp

    def table(self, name: str) -> pd.DataFrame:
        """Return a table, making it where it is one of `MADE`."""
        if name == "tracker":
            return _tracker(self.tables, self.facts, self.spoken)
        if name == "spells":
            return outcomes.spells(self.facts, self.day)
        if name == "panel":
            return outcomes.panel(self.facts, self.day)
        if name == "conflicts":
            return _conflicts(self.tables)
        return self.tables[name]


MADE = ("tracker", "spells", "panel", "conflicts")
"""The tables that are made of all others, and only when they are asked for."""


def derive(
    tables: dict[str, pd.DataFrame], day: pd.Timestamp, spoken: pd.DataFrame | None = None
) -> Derived:
    """Return tables with what follows from them as of a day.

    Takes the tables that people write, by name; they are not changed. Where they say already from
    when each row is known, as in a state of knowledge, that stays. `spoken` is what `speaking`
    makes of them, for whoever has it already.
    """
    spoken = speaking(tables) if spoken is None else spoken
    is_dated = "known_from" in tables["commitments"]
    whole = dict(tables) if is_dated else with_known_from(tables, spoken)
    count = independent(spoken)
    for table in RECORDS:
        records = pd.MultiIndex.from_product([[table], whole[table][key_of(table)]])
        counted = count.reindex(records).fillna(0).to_numpy()
        whole[table] = whole[table].assign(independent_sources=counted)
    read = whole["passages"].groupby("corpus_id")["read"].agg(lambda each: (each == "whole").all())
    whole["corpora"] = whole["corpora"].assign(
        whole=under(whole["corpora"]["corpus_id"], read).astype("boolean").fillna(False)
    )
    whole["targets"] = _targets(whole, day)
    facts = outcomes.facts_of(whole)
    found = outcomes.outcomes(whole, facts, day)
    empty = ["target_id", "actor_id", "reached", "degree", "milestone_id", "observation_id"]
    whole["outcomes"] = _with_reasons(found, {"not-applicable": empty})
    whole["commitments"] = _commitments(whole)
    return Derived(whole, facts, spoken, day)


def with_known_from(
    tables: dict[str, pd.DataFrame], spoken: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Return tables with the first day on which each of their rows could be known.

    `spoken` says which source speaks to which record, as `claims.speaking` does.

    A source is public from the last day that its date may mean. A record is known from the first
    public source that speaks to it; a turn or a promise from the first that is no older than it, as
    an older one can only foretell it. Nothing is known before that of which it is a part. Of the
    tables whose records rest on evidence, those of events, watchpoints and memberships may lack.
    """
    whole = dict(tables)
    sources = tables["sources"].assign(known_from=public_from(tables["sources"]))
    whole["sources"] = sources
    public = sources.drop_duplicates("source_id").set_index("source_id")["known_from"]
    # Who contradicts a turn speaks to its commitment, and does not make the turn known.
    pairs = ["record_id", "source_id"]
    behind = pd.MultiIndex.from_frame(behind_turns(tables["evidence"])[pairs])
    denied = (spoken["record_table"] == "milestones") & ~pd.MultiIndex.from_frame(
        spoken[pairs]
    ).isin(behind)
    spoken = spoken[~denied]
    records = [table for table in RECORDS if table in tables]
    for table in records:
        whole[table] = tables[table].assign(known_from=_known_from(tables[table], table, spoken))
    commitments = whole["commitments"].set_index("commitment_id")["known_from"]
    for table in ("targets", "milestones"):
        own = whole[table]
        own["known_from"] = _with_owner(own["known_from"], own["commitment_id"], commitments)
    targets = whole["targets"].set_index("target_id")["known_from"]
    turns = whole["milestones"]
    turns["known_from"] = _with_owner(turns["known_from"], turns["target_id"], targets)
    known = pd.concat([whole[table].set_index(key_of(table))["known_from"] for table in records])
    known = known[~known.index.duplicated()]
    of_records = tables["evidence"]["record_table"].isin(records)
    for name, told_of in (
        ("evidence", tables["evidence"]["record_id"].where(of_records)),
        ("observations", tables["observations"]["target_id"]),
    ):
        days = under(tables[name]["source_id"], public)
        whole[name] = tables[name].assign(known_from=_with_owner(days, told_of, known))
    return whole


def _known_from(records: pd.DataFrame, table: str, spoken: pd.DataFrame) -> pd.Series:
    """Return the first day on which each record of a table could be known, by its own sources."""
    ids = records[key_of(table)]
    of_table = spoken[spoken["record_table"] == table]
    first = under(ids, of_table.groupby("record_id")["known_from"].min())
    if table in _BEGUN:
        return _not_before(first, records[f"{_BEGUN[table]}_earliest"])
    if table not in _NO_OLDER:
        return first
    date = _NO_OLDER[table]
    at = records[f"{date}_latest"].fillna(records[f"{date}_earliest"])
    came = under(of_table["record_id"], at.set_axis(ids)[~ids.duplicated().to_numpy()])
    shown = of_table[(of_table["known_from"] >= came) | came.isna()]
    return under(ids, shown.groupby("record_id")["known_from"].min())


def _with_owner(days: pd.Series, owners: pd.Series, known: pd.Series) -> pd.Series:
    """Return days, but none before that of the owner; none at all where that is not known."""
    of_owner = under(owners, known)
    return _not_before(days, of_owner).mask(owners.notna() & of_owner.isna())


def _not_before(days: pd.Series, others: pd.Series) -> pd.Series:
    """Return days, but none before another day where there is one; what has no day keeps none."""
    return days.mask(others > days, others)


def _targets(tables: dict[str, pd.DataFrame], day: pd.Timestamp) -> pd.DataFrame:
    """Return targets with the value and the date in force by a day,
    and whether they are disputed.
    """
    targets = tables["targets"]
    turns = tables["milestones"]
    turns = turns[turns["kind"] == MilestoneKind.REVISED].assign(
        at=turns["date_latest"].fillna(turns["date_earliest"])
    )
    turns = turns[turns["at"] <= day].sort_values(["at", "known_from", "milestone_id"])
    current = targets.copy()
    for what, columns in _REVISED.items():
        last = turns.dropna(subset=["target_id", what]).drop_duplicates("target_id", keep="last")
        last = last.set_index("target_id")
        moved = current["target_id"].isin(last.index)
        for column in columns:
            values = last[column].reindex(current.loc[moved, "target_id"])
            current.loc[moved, column] = values.to_numpy()
    names = {"current_value": current["value_low"]}
    names |= {f"current_{name}": current[name] for name in _REVISED["due"]}
    return targets.assign(**names, disputed=_disputed(tables, "targets"))


_REVISED = {
    "value_low": ["value_low", "value_high"],
    "due": ["due", "due_earliest", "due_latest", "due_precision"],
}
"""What a revision can change of a target, each with the columns that tell it."""


def _commitments(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return commitments with their status and what it rests on."""
    commitments, found = tables["commitments"], tables["outcomes"]
    status = outcomes.commitment_status(found, tables["targets"])
    rows = commitments.assign(status=under(commitments["commitment_id"], status))
    decides = outcomes.that_make_the_status(found, tables["targets"])
    decides = decides[decides["standing"] == under(decides["commitment_id"], status)]
    turns = tables["milestones"].set_index("milestone_id")
    values = tables["observations"].set_index("observation_id")
    at = under(decides["milestone_id"], turns["date_latest"].fillna(turns["date_earliest"]))
    at = at.fillna(under(decides["observation_id"], values["period_latest"]))
    last = at.groupby(decides["commitment_id"]).max()
    rows["status_date"] = under(commitments["commitment_id"], last)
    # The status rests on the weakest of the outcomes that have come to it.
    decides = decides.sort_values(["independent_sources", "outcome_id"])
    decides = decides.drop_duplicates("commitment_id").set_index("commitment_id")
    decides = decides.reindex(commitments["commitment_id"]).set_axis(commitments.index)
    rows["status_milestone_id"] = decides["milestone_id"]
    rows["status_sources"] = decides["independent_sources"].fillna(0)
    rows["status_reliability"] = decides["reliability"]
    against = tables["evidence"]
    against = against.loc[against["stance"] == "contradicts", "record_id"]
    rows["status_disputed"] = decides["milestone_id"].isin(against)
    rows["last_milestone"] = under(commitments["commitment_id"], _last_kind(tables)).fillna(
        MilestoneKind.ANNOUNCED
    )
    heard = found.groupby("commitment_id")["last_heard"].max()
    rows["last_heard"] = under(commitments["commitment_id"], heard).fillna(
        commitments["known_from"]
    )
    in_parts = found.loc[found["disputed"], "commitment_id"]
    rows["disputed"] = _disputed(tables, "commitments") | commitments["commitment_id"].isin(
        in_parts
    )
    return rows


def _last_kind(tables: dict[str, pd.DataFrame]) -> pd.Series:
    """Return the kind of each commitment's last milestone, by commitment."""
    turns = tables["milestones"]
    turns = turns.assign(at=turns["date_latest"].fillna(turns["date_earliest"]))
    turns = turns.sort_values(["at", "known_from", "milestone_id"])
    last = turns.drop_duplicates("commitment_id", keep="last")
    return last.set_index("commitment_id")["kind"].astype("str")


def _disputed(tables: dict[str, pd.DataFrame], table: str) -> pd.Series:
    evidence = tables["evidence"]
    against = evidence[(evidence["record_table"] == table) & (evidence["stance"] == "contradicts")]
    return tables[table][key_of(table)].isin(against["record_id"])


def _tracker(
    tables: dict[str, pd.DataFrame], facts: outcomes.Facts, spoken: pd.DataFrame
) -> pd.DataFrame:
    """Return one row an outcome, as the contract of `tracker` describes it."""
    commitments = tables["commitments"].rename(columns={"title": "commitment"})
    targets = tables["targets"].rename(columns={"title": "target"})
    flat = tables["outcomes"].rename(columns={"outcome_id": "tracker_id"})
    names = ["commitment_id", "commitment", "domain", "bindingness", "date", "date_missing"]
    flat = flat.merge(commitments[names], on="commitment_id", how="left")
    aims = ["value", "stated_value", "stated_due", "due", "comparator"]
    names = ["target_id", "target", "unit", "measure", "current_value", *aims]
    names += [f"{name}_missing" for name in aims]
    names += [name for name in targets.columns if name.startswith("current_due")]
    flat = flat.merge(targets[names], on="target_id", how="left")
    for role in (CommitmentRole.PROMISOR, CommitmentRole.BENEFICIARY):
        alone = flat["actor_id"] if role == CommitmentRole.PROMISOR else None
        flat = flat.join(_named(tables, flat["commitment_id"], alone, role))
    made = tables["passages"].dropna(subset="commitment_id").sort_values("corpus_id")
    made = made.drop_duplicates(["commitment_id", "corpus_id"])
    of_corpora = made.groupby("commitment_id")["corpus_id"].agg("; ".join)
    flat["corpora"] = under(flat["commitment_id"], of_corpora)
    flat = flat.join(_observed(flat, facts.figures))
    flat["source_id"] = _best_source(tables, facts, flat, spoken)
    sources = tables["sources"].set_index("source_id")
    flat["source_url"] = under(flat["source_id"], sources["url"])
    flat["source_url_missing"] = under(flat["source_id"], sources["url_missing"].astype("str"))
    # The aim in force lacks a value for the same reason as the first.
    for name, first in (("current_value", "value"), ("current_due", "due")):
        flat[f"{name}_missing"] = flat[f"{first}_missing"].astype("str").where(flat[name].isna())
    aims += ["current_value", "current_due"]
    without = flat["target_id"].isna()
    for name in aims:
        reasons = flat[f"{name}_missing"].astype("str")
        flat[f"{name}_missing"] = reasons.mask(without, "not-applicable")
    other = ["target", "unit", "measure", "reached", "degree", "observed_value", "observed_period"]
    other += [
        "corpora",
        "beneficiaries",
        "beneficiary_ids",
        "promisor_iso3",
        "beneficiary_iso3",
        "target_id",
    ]
    flat = _with_reasons(flat, {"not-applicable": other})
    return flat.sort_values("tracker_id", ignore_index=True)


def _with_reasons(frame: pd.DataFrame, reasons: dict[str, list[str]]) -> pd.DataFrame:
    """Return a frame in which some columns say why a value is missing, by the reason."""
    for reason, names in reasons.items():
        for name in names:
            missing = pd.Series(reason, frame.index).where(frame[name].isna())
            frame[f"{name}_missing"] = missing
    return frame


def _named(
    tables: dict[str, pd.DataFrame], ids: pd.Series, alone: pd.Series | None, role: CommitmentRole
) -> pd.DataFrame:
    """Return names, ids and ISO codes of those who have a role in commitments, or of one alone."""
    word = str(role)
    plural = {"promisor": "promisors", "beneficiary": "beneficiaries"}[word]
    parts = tables["commitment_actors"]
    parts = parts[parts["role"] == role].merge(tables["actors"], on="actor_id").sort_values("name")
    columns = {plural: "name", f"{word}_ids": "actor_id", f"{word}_iso3": "iso3"}
    actors = tables["actors"].set_index("actor_id")
    found = {}
    for column, of_actor in columns.items():
        joined = parts.dropna(subset=of_actor).groupby("commitment_id")[of_actor].agg("; ".join)
        found[column] = under(ids, joined)
        if alone is not None:
            own = alone if of_actor == "actor_id" else under(alone, actors[of_actor])
            found[column] = own.where(alone.notna(), found[column])
    return pd.DataFrame(found, index=ids.index)


def _observed(flat: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Return the newest figure of each outcome, what came in parts added up, and its period."""
    newest = figures.drop_duplicates(["outcome_id", "period"], keep="last")
    in_parts = newest["cumulative"].eq(False).fillna(False).astype(bool)
    sums = newest[in_parts].groupby("outcome_id")["seen_low"].sum()
    last = newest.drop_duplicates("outcome_id", keep="last").set_index("outcome_id")
    value = last["seen_low"].astype(float)
    value.update(sums.astype(float))
    return pd.DataFrame(
        {
            "observed_value": under(flat["tracker_id"], value),
            "observed_period": under(flat["tracker_id"], last["period"]),
        },
        index=flat.index,
    )


def _best_source(
    tables: dict[str, pd.DataFrame],
    facts: outcomes.Facts,
    flat: pd.DataFrame,
    spoken: pd.DataFrame,
) -> pd.Series:
    """Return the best source of each outcome: by grade, then the newest.

    It is one of the figure or turn that decides; where nothing does, of the target or the promise.
    """
    sources = tables["sources"]
    shown = facts.shown[["milestone_id", "source_id"]]
    shown = shown.rename(columns={"milestone_id": "record_id"})
    evidence = tables["evidence"]
    behind = evidence.loc[evidence["stance"].isin(STANDS_BEHIND), ["record_id", "source_id"]]
    behind = behind[~behind["record_id"].isin(tables["milestones"]["milestone_id"])]
    graded = pd.concat([shown, behind]).merge(
        sources[["source_id", "reliability", "known_from"]], on="source_id"
    )
    graded["reliability"] = graded["reliability"].astype("str")
    graded = graded.sort_values(
        ["reliability", "known_from", "source_id"], ascending=[True, False, True]
    )
    best = graded.drop_duplicates("record_id").set_index("record_id")["source_id"]
    values = tables["observations"].set_index("observation_id")["source_id"]
    found = under(flat["observation_id"], values)
    for column in ("milestone_id", "target_id", "commitment_id"):
        found = found.fillna(under(flat[column], best))
    whole = spoken[spoken["record_table"] == "commitments"].drop_duplicates("record_id")
    return found.fillna(under(flat["commitment_id"], whole.set_index("record_id")["source_id"]))


def field_of(evidence: pd.DataFrame) -> pd.Series:
    """Return which field each row of evidence speaks to, `stated_` or not; WHOLE_RECORD if none."""
    return evidence["field"].str.removeprefix(STATED).fillna(WHOLE_RECORD)


def _conflicts(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the fields that some evidence contradicts,
    as the contract of `conflicts` describes.
    """
    evidence = tables["evidence"]
    evidence = evidence.assign(
        record_table=evidence["record_table"].astype("str"),
        field=field_of(evidence),
    )
    contradicted = evidence.loc[evidence["stance"] == "contradicts", FIELD].drop_duplicates()
    # The source that a whole record was coded from stands behind each field of it of which no
    # source is cited as stating it.
    fields = evidence[evidence["stance"] == "states"]
    coded_from = fields[fields["field"] == WHOLE_RECORD].drop(columns="field")
    coded_from = coded_from.merge(contradicted, on=FIELD[:2])
    cited = pd.MultiIndex.from_frame(fields[FIELD])
    coded_from = coded_from[~pd.MultiIndex.from_frame(coded_from[FIELD]).isin(cited)]
    spoken = pd.concat([evidence.merge(contradicted, on=FIELD), coded_from])
    spoken = spoken.assign(report=spoken["source_id"] + ": " + spoken["reported"])
    stands_behind = spoken["stance"].isin(STANDS_BEHIND)
    sides = {
        "sources_for": ("source_id", spoken[stands_behind]),
        "sources_against": ("source_id", spoken[spoken["stance"] == "contradicts"]),
        "reported": ("report", spoken.dropna(subset="report")),
    }
    found = contradicted.sort_values(FIELD, ignore_index=True)
    for name, (column, rows) in sides.items():
        rows = rows[[*FIELD, column]].drop_duplicates().sort_values(column)
        joined = rows.groupby(FIELD)[column].agg("; ".join).rename(name)
        found = found.merge(joined, on=FIELD, how="left")
    first = spoken[spoken["stance"] == "states"].dropna(subset="reported").drop_duplicates(FIELD)
    first = first.rename(columns={"reported": "first"})[[*FIELD, "first"]]
    found = found.merge(first, on=FIELD, how="left")
    return found.assign(**_values(found, tables))


def _values(found: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> dict[str, pd.Series]:
    """Return what was stated first of each field, and what the record says of it.

    Both are empty where the conflict is about a whole record.
    """
    stated = pd.Series(None, found.index, dtype="str")
    adjudicated = pd.Series(None, found.index, dtype="str")
    for (table, field), rows in found[found["field"] != WHOLE_RECORD].groupby(FIELD[::2]):
        records = tables[table].set_index(key_of(table))
        adjudicated[rows.index] = as_text(records, field).reindex(rows["record_id"]).to_numpy()
        if STATED + field in records.columns:
            cells = as_text(records, STATED + field)
            stated[rows.index] = cells.reindex(rows["record_id"]).to_numpy()
    is_field = found["field"] != WHOLE_RECORD
    stated = stated.fillna(found["first"].where(is_field)).fillna(adjudicated)
    return {"stated": stated, "adjudicated": adjudicated}
