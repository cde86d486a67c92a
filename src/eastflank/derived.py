"""What follows from the records and their evidence: the columns and tables that nobody types.

The build derives them from all sources; `eastflank.knowledge` derives them again from those that were known by a day.
"""

import pandas as pd

from eastflank.claims import STANDS_BEHIND, STATED, as_text, independent, public_from, speaking
from eastflank.status import in_force, in_order, status, up_to

RECORDS = ("events", "commitments", "targets", "milestones", "watchpoints", "memberships")
"""The tables whose every record rests on evidence."""

ANNOUNCED = "announced"
"""The status, and the milestone, with which a commitment's life begins."""

WHOLE_RECORD = "(record)"
"""What stands for the field where a conflict is about a record as a whole."""


def derive(tables: dict[str, pd.DataFrame], day: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """Return tables with all that follows from them as of a day, `tracker` and `conflicts` among them.

    Takes the tables that people write, by name; they are not changed.
    """
    public = public_from(tables["sources"])
    spoken = speaking(tables)
    first, count = spoken.groupby(["table", "record_id"])["known_from"].min(), independent(spoken)
    whole = dict(tables)
    for table in RECORDS:
        records = pd.MultiIndex.from_product([[table], tables[table].iloc[:, 0]])
        whole[table] = tables[table].assign(
            known_from=first.reindex(records).to_numpy(),
            independent_sources=count.reindex(records).fillna(0).to_numpy(),
        )
    whole["sources"] = tables["sources"].assign(known_from=public)
    by_source = public.set_axis(tables["sources"]["source_id"])
    for table in ("evidence", "observations"):
        whole[table] = tables[table].assign(
            known_from=by_source.reindex(tables[table]["source_id"]).to_numpy()
        )
    whole["targets"] = _targets(whole, day)
    whole["commitments"] = _commitments(whole, day)
    whole["tracker"] = _tracker(whole, day)
    whole["conflicts"] = _conflicts(whole)
    return whole


def newest(sources: pd.DataFrame) -> pd.Timestamp:
    """Return the day by which the newest source was public, of those dated to the month or better; NaT where none is."""
    exact = sources["published_latest"] - sources["published_earliest"] <= pd.Timedelta(days=31)
    return public_from(sources[exact]).max()


def _targets(tables: dict[str, pd.DataFrame], day: pd.Timestamp) -> pd.DataFrame:
    targets = tables["targets"]
    current = in_force(targets, up_to(tables["milestones"], day))
    names = [
        name
        for name in targets.columns
        if name == "value" or name.startswith("due") and not name.endswith("_missing")
    ]
    return targets.assign(
        **{f"current_{name}": current[name] for name in names},
        disputed=_disputed(tables, "targets"),
    )


def _commitments(tables: dict[str, pd.DataFrame], day: pd.Timestamp) -> pd.DataFrame:
    commitments, targets = tables["commitments"], tables["targets"]
    in_parts = commitments["commitment_id"].isin(targets.loc[targets["disputed"], "commitment_id"])
    stand = (
        status(tables["milestones"], targets, day)
        .reindex(commitments["commitment_id"])
        .set_axis(commitments.index)
    )
    # Whoever knows of a commitment knows that it was announced, also where no known source speaks to the turn by itself.
    return commitments.assign(
        status=stand["status"].fillna(ANNOUNCED),
        status_date=stand["status_date"]
        .fillna(commitments["date_latest"])
        .fillna(commitments["known_from"]),
        disputed=_disputed(tables, "commitments") | in_parts,
    )


def _disputed(tables: dict[str, pd.DataFrame], table: str) -> pd.Series:
    evidence = tables["evidence"]
    against = evidence[(evidence["table"] == table) & (evidence["stance"] == "contradicts")]
    return tables[table].iloc[:, 0].isin(against["record_id"])


def _tracker(tables: dict[str, pd.DataFrame], day: pd.Timestamp) -> pd.DataFrame:
    """Return one row a target, or a commitment without any, as the contract of `tracker` describes it."""
    commitments, targets = tables["commitments"], tables["targets"]
    flat = (
        commitments.drop(columns="known_from")
        .rename(columns={"title": "commitment"})
        .merge(
            targets.drop(columns=["note", "known_from"]).rename(columns={"title": "target"}),
            on="commitment_id",
            how="left",
            suffixes=("", "_of_target"),
        )
    )
    flat["tracker_id"] = flat["target_id"].fillna(flat["commitment_id"])
    own = commitments.set_index("commitment_id").index[_disputed(tables, "commitments")]
    flat["disputed"] = flat["commitment_id"].isin(own) | flat["disputed_of_target"].astype(
        "boolean"
    ).fillna(False)
    flat["independent_sources"] = flat["independent_sources_of_target"].fillna(
        flat["independent_sources"]
    )
    flat = flat.merge(_promisors(tables), on="commitment_id", how="left")
    flat = flat.merge(
        _last_milestones(up_to(tables["milestones"], day)), on="commitment_id", how="left"
    )
    flat = flat.merge(
        _latest_observations(tables), on=["commitment_id", "measure", "unit"], how="left"
    )
    flat["last_milestone"] = flat["last_milestone"].astype("str").fillna(ANNOUNCED)
    return flat.sort_values("tracker_id", ignore_index=True)


def _promisors(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    parts = tables["commitment_actors"]
    parts = parts[parts["role"] == "promisor"].merge(
        tables["actors"][["actor_id", "name"]], on="actor_id"
    )
    return (
        parts.sort_values("name")
        .groupby("commitment_id")["name"]
        .agg("; ".join)
        .rename("promisors")
        .reset_index()
    )


def _last_milestones(turns: pd.DataFrame) -> pd.DataFrame:
    last = in_order(turns).drop_duplicates("commitment_id", keep="last")
    return last[["commitment_id", "kind"]].rename(columns={"kind": "last_milestone"})


def _latest_observations(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return for each commitment of a single promisor, each measure and unit, the newest published value of the latest period."""
    parts = tables["commitment_actors"]
    promisors = parts.loc[parts["role"] == "promisor", ["commitment_id", "actor_id"]]
    alone = promisors.drop_duplicates("commitment_id", keep=False)
    dated = tables["observations"].merge(
        tables["sources"][["source_id", "published_latest"]], on="source_id"
    )
    seen = dated.merge(alone, on="actor_id").sort_values(
        ["period_latest", "published_latest"], na_position="first"
    )
    seen = seen.drop_duplicates(["commitment_id", "measure", "unit"], keep="last")
    names = {
        name: f"observed_{name}"
        for name in ("value", "period", "period_earliest", "period_latest", "period_precision")
    }
    return seen.rename(columns=names)[["commitment_id", "measure", "unit", *names.values()]]


def _conflicts(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the fields that some evidence contradicts, as the contract of `conflicts` describes them."""
    evidence = tables["evidence"]
    evidence = evidence.assign(
        table=evidence["table"].astype("str"),
        field=evidence["field"].str.removeprefix(STATED).fillna(WHOLE_RECORD),
    )
    where = ["table", "record_id", "field"]
    contradicted = evidence.loc[evidence["stance"] == "contradicts", where].drop_duplicates()
    # The source that a whole record was coded from stands behind each field of it of which no source is cited as stating it.
    fields = evidence[evidence["stance"] == "states"]
    coded_from = (
        fields[fields["field"] == WHOLE_RECORD]
        .drop(columns="field")
        .merge(contradicted, on=where[:2])
    )
    cited = pd.MultiIndex.from_frame(fields[where])
    coded_from = coded_from[~pd.MultiIndex.from_frame(coded_from[where]).isin(cited)]
    spoken = pd.concat([evidence.merge(contradicted, on=where), coded_from])
    spoken = spoken.assign(report=spoken["source_id"] + ": " + spoken["reported"])
    sides = {
        "sources_for": spoken.loc[spoken["stance"].isin(STANDS_BEHIND), [*where, "source_id"]],
        "sources_against": spoken.loc[spoken["stance"] == "contradicts", [*where, "source_id"]],
        "reported": spoken[[*where, "report"]].dropna(),
    }
    found = contradicted.sort_values(where, ignore_index=True)
    for name, rows in sides.items():
        rows = rows.drop_duplicates().sort_values(rows.columns[-1])
        found = found.merge(
            rows.groupby(where)[rows.columns[-1]].agg("; ".join).rename(name), on=where, how="left"
        )
    first = spoken[(spoken["stance"] == "states")].dropna(subset="reported").drop_duplicates(where)
    found = found.merge(
        first.rename(columns={"reported": "first"})[[*where, "first"]], on=where, how="left"
    )
    return found.assign(**_values(found, tables))


def _values(found: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> dict[str, pd.Series]:
    """Return what was stated first of each field, and what the record says of it; nothing where it is a whole record."""
    stated, adjudicated = (
        pd.Series(None, found.index, dtype="str"),
        pd.Series(None, found.index, dtype="str"),
    )
    for (table, field), rows in found[found["field"] != WHOLE_RECORD].groupby(["table", "field"]):
        records = tables[table].set_index(tables[table].columns[0])
        adjudicated[rows.index] = as_text(records, field).reindex(rows["record_id"]).to_numpy()
        if STATED + field in records.columns:
            stated[rows.index] = (
                as_text(records, STATED + field).reindex(rows["record_id"]).to_numpy()
            )
    is_field = found["field"] != WHOLE_RECORD
    return {
        "stated": stated.fillna(found["first"].where(is_field)).fillna(adjudicated),
        "adjudicated": adjudicated,
    }
