"""Make all tables of the dataset: what follows from the seeds, by `eastflank.derived`, in the types of the contracts."""

import inspect

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

import schemas
from eastflank import codelists, derived
from eastflank.codelists import Codelist
from pipeline.cells import DAY, Parsed, categories, to_pandas
from pipeline.csvtext import TEXT


def derive(parsed: dict[str, Parsed]) -> dict[str, pa.Table]:
    """Return all tables of the dataset, complete, from seeds that passed the check.

    What is derived is held to the contracts as well; a breach there is a fault of ours and raises SchemaError.
    """
    frames = {name: table.frame().reset_index(drop=True) for name, table in parsed.items()}
    frames = derived.derive(frames, derived.newest(frames["sources"])) | {"codes": _codes()}
    tables = {
        name: _complete(parsed[name], frames[name])
        if name in schemas.SEEDS
        else to_arrow(frames[name], name)
        for name in schemas.TABLES
    }
    for name, table in tables.items():
        if any(column.derived and not column.nullable for column in schemas.columns(name)):
            schemas.schema(name).validate(to_pandas(table))
    return tables


def to_arrow(frame: pd.DataFrame, table: str) -> pa.Table:
    """Return a frame as an Arrow table with the columns of a table's contract, each in its type."""
    return pa.table(
        {column.name: _array(frame[column.name], column) for column in schemas.columns(table)}
    )


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


def _codes() -> pd.DataFrame:
    lists = [
        member
        for _, member in inspect.getmembers(codelists, inspect.isclass)
        if issubclass(member, Codelist) and member is not Codelist
    ]
    rows = [
        (each.__name__, str(code), code.label, code.definition, code.crosswalk)
        for each in lists
        for code in each
    ]
    return pd.DataFrame(
        rows, columns=[column.name for column in schemas.columns("codes")]
    ).sort_values(["codelist", "code"])
