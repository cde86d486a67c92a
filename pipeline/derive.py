"""Derive what nobody types: status, dispute, first knowledge, and the tables `tracker`, `conflicts` and `codes`."""

import inspect

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

import schemas
from eastflank.status import in_order, status
from pipeline.cells import DAY, Parsed, categories, to_pandas
from pipeline.csvtext import TEXT
from schemas import codelists
from schemas.codelists import Codelist, CommitmentRole, EvidencedTable, Stance

FOR = [Stance.STATES, Stance.CONFIRMS]
WHOLE_RECORD = "(record)"
"""What stands for the field where a conflict is about a record as a whole."""


def derive(parsed: dict[str, Parsed]) -> dict[str, pa.Table]:
    """Return all tables of the dataset, complete, from seeds that passed the check.

    What is derived is held to the contracts as well; a breach there is a fault of this module and raises SchemaError.
    """
    frames = {name: table.frame().reset_index(drop=True) for name, table in parsed.items()}
    evidence = frames["evidence"].merge(frames["sources"][["source_id", "published_latest"]], on="source_id")
    events, commitments, targets = frames["events"], frames["commitments"], frames["targets"]

    events["known_from"] = _known_from(evidence, EvidencedTable.EVENTS, events["event_id"])
    commitments["known_from"] = _known_from(evidence, EvidencedTable.COMMITMENTS, commitments["commitment_id"])
    targets["disputed"] = _disputed(evidence, EvidencedTable.TARGETS, targets["target_id"])
    commitments["disputed_itself"] = _disputed(evidence, EvidencedTable.COMMITMENTS, commitments["commitment_id"])
    commitments["disputed"] = commitments["disputed_itself"] | commitments["commitment_id"].isin(
        targets.loc[targets["disputed"], "commitment_id"]
    )
    stand = status(frames["milestones"], targets, as_of=frames["sources"]["published_latest"].max())
    commitments[["status", "status_date"]] = stand.reindex(commitments["commitment_id"]).to_numpy()

    tables = {name: _complete(parsed[name], frames[name]) for name in schemas.SEEDS}
    tables["tracker"] = to_arrow(_tracker(frames), "tracker")
    tables["conflicts"] = to_arrow(_conflicts(evidence, {name: table.seed.text for name, table in parsed.items()}), "conflicts")
    tables["codes"] = to_arrow(_codes(), "codes")
    for name, table in tables.items():
        if any(column.derived and not column.nullable for column in schemas.columns(name)):
            schemas.schema(name).validate(to_pandas(table))
    return {name: tables[name] for name in schemas.TABLES}


def to_arrow(frame: pd.DataFrame, table: str) -> pa.Table:
    """Return a frame as an Arrow table with the columns of a table's contract, each in its type."""
    return pa.table({column.name: _array(frame[column.name], column) for column in schemas.columns(table)})


def _complete(parsed: Parsed, frame: pd.DataFrame) -> pa.Table:
    table = parsed.table
    for column in schemas.columns(parsed.seed.name):
        if column.name not in table.column_names:
            table = table.append_column(column.name, _array(frame[column.name], column))
    return table.select([column.name for column in schemas.columns(parsed.seed.name)])


def _array(series: pd.Series, column: schemas.Column) -> pa.Array:
    types = {"number": pa.float64(), "integer": pa.int64(), "boolean": pa.bool_(), "day": DAY}
    if column.kind == "code":
        codes = categories(column.codelist)
        text = pa.array(series.astype("str"), TEXT, from_pandas=True)
        return pa.DictionaryArray.from_arrays(pc.index_in(text, codes), codes)
    if column.kind == "day":
        series = pd.to_datetime(series)
    return pa.array(series, types.get(column.kind, TEXT), from_pandas=True)


def _known_from(evidence: pd.DataFrame, table: str, ids: pd.Series) -> pd.Series:
    """Return the last day of the earliest publication that speaks to each record."""
    first = evidence[evidence["table"] == table].groupby("record_id")["published_latest"].min()
    return first.reindex(ids).set_axis(ids.index)


def _disputed(evidence: pd.DataFrame, table: str, ids: pd.Series) -> pd.Series:
    against = evidence[(evidence["table"] == table) & (evidence["stance"] == Stance.CONTRADICTS)]
    return ids.isin(against["record_id"])


def _tracker(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    commitments, targets = frames["commitments"], frames["targets"]
    flat = commitments.rename(columns={"title": "commitment"}).merge(
        targets.rename(columns={"title": "target", "disputed": "target_disputed"}).drop(columns="note"),
        on="commitment_id",
        how="left",
    )
    flat["tracker_id"] = flat["target_id"].fillna(flat["commitment_id"])
    flat["disputed"] = flat["disputed_itself"] | flat["target_disputed"].astype("boolean").fillna(False)
    flat = flat.merge(_promisors(frames), on="commitment_id", how="left")
    flat = flat.merge(_last_milestones(frames["milestones"]), on="commitment_id", how="left")
    flat = flat.merge(_latest_observations(frames), on=["commitment_id", "measure"], how="left")
    flat["sources"] = _count_sources(flat, frames["evidence"])
    return flat.sort_values("tracker_id")


def _promisors(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    parts = frames["commitment_actors"]
    parts = parts[parts["role"] == CommitmentRole.PROMISOR].merge(frames["actors"][["actor_id", "name"]], on="actor_id")
    return parts.sort_values("name").groupby("commitment_id")["name"].agg("; ".join).rename("promisors").reset_index()


def _last_milestones(milestones: pd.DataFrame) -> pd.DataFrame:
    last = in_order(milestones).drop_duplicates("commitment_id", keep="last")
    return last[["commitment_id", "kind"]].rename(columns={"kind": "last_milestone"})


def _latest_observations(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return for each commitment of a single promisor, and each measure, the newest published value of the latest period."""
    parts = frames["commitment_actors"]
    promisors = parts.loc[parts["role"] == CommitmentRole.PROMISOR, ["commitment_id", "actor_id"]]
    alone = promisors.drop_duplicates("commitment_id", keep=False)
    dated = frames["observations"].merge(frames["sources"][["source_id", "published_latest"]], on="source_id")
    seen = dated.merge(alone, on="actor_id").sort_values(["period_latest", "published_latest"], na_position="first")
    seen = seen.drop_duplicates(["commitment_id", "measure"], keep="last")
    names = {name: f"observed_{name}" for name in ("value", "period", "period_earliest", "period_latest", "period_precision")}
    return seen.rename(columns=names)[["commitment_id", "measure", *names.values()]]


def _count_sources(flat: pd.DataFrame, evidence: pd.DataFrame) -> pd.Series:
    """Return how many sources speak to each row's commitment or target."""
    ids = flat[["tracker_id", "commitment_id", "target_id"]].melt("tracker_id", value_name="record_id").dropna()
    spoken = ids.merge(evidence[evidence["table"].isin([EvidencedTable.COMMITMENTS, EvidencedTable.TARGETS])], on="record_id")
    return spoken.groupby("tracker_id")["source_id"].nunique().reindex(flat["tracker_id"]).set_axis(flat.index)


def _conflicts(evidence: pd.DataFrame, texts: dict[str, pa.Table]) -> pd.DataFrame:
    """Return the fields that some evidence contradicts, as the contract of `conflicts` describes them."""
    evidence = evidence.assign(
        table=evidence["table"].astype("str"), field=evidence["field"].str.removeprefix("stated_").fillna(WHOLE_RECORD)
    )
    where = ["table", "record_id", "field"]
    contradicted = evidence.loc[evidence["stance"] == Stance.CONTRADICTS, where].drop_duplicates()
    # The source that a whole record was coded from stands behind each field of it.
    coded_from = evidence[(evidence["field"] == WHOLE_RECORD) & (evidence["stance"] == Stance.STATES)].drop(columns="field")
    spoken = pd.concat([evidence.merge(contradicted, on=where), coded_from.merge(contradicted, on=where[:2])])
    rows = []
    for (table, record_id, field), sides in spoken.groupby(where):
        cells = texts[table].filter(pc.field(schemas.key(table)[0]) == record_id).to_pylist()[0]
        rows.append(
            {
                "table": table,
                "record_id": record_id,
                "field": field,
                "stated": cells.get(f"stated_{field}", cells.get(field)),
                "adjudicated": cells.get(field),
                "sources_for": _join(sides.loc[sides["stance"].isin(FOR), "source_id"]),
                "sources_against": _join(sides.loc[sides["stance"] == Stance.CONTRADICTS, "source_id"]),
                "reported": _join((sides["source_id"] + ": " + sides["reported"]).dropna()),
            }
        )
    return pd.DataFrame(rows, columns=[column.name for column in schemas.columns("conflicts")])


def _join(words: pd.Series) -> str | None:
    return "; ".join(sorted(set(words))) or None


def _codes() -> pd.DataFrame:
    lists = [
        member
        for _, member in inspect.getmembers(codelists, inspect.isclass)
        if issubclass(member, Codelist) and member is not Codelist
    ]
    rows = [(each.__name__, str(code), code.label, code.definition, code.crosswalk) for each in lists for code in each]
    return pd.DataFrame(rows, columns=[column.name for column in schemas.columns("codes")]).sort_values(["codelist", "code"])
