"""Make all tables of the dataset: what follows from the seeds, by `eastflank.derived`,
in the types of the contracts.
"""

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

import schemas
from eastflank import codelists, derived
from eastflank.codelists import Codelist
from eastflank.lazy import Lazy
from eastflank.version import CLOSING
from pipeline.cells import DAY, Parsed, categories, text_by_python, to_pandas
from pipeline.csvtext import TEXT


@text_by_python()
def derive(parsed: dict[str, Parsed], codings: Path | None = None) -> Mapping[str, pa.Table]:
    """Return all tables of the dataset, complete, from seeds that passed the check.

    `codings` is the folder of the published codings, from which `reliability` is computed. A table
    that follows from all others is made when it is asked for.

    What is derived is held to the contracts as well;
    a breach there is a fault of ours and raises SchemaError.
    """
    frames = {name: to_pandas(each.table) for name, each in parsed.items()}
    made = derived.derive(frames, pd.Timestamp(CLOSING))
    others: dict[str, Callable[[], pd.DataFrame]] = {
        "codes": _codes,
        "reliability": partial(_reliability, codings),
    }

    @text_by_python()
    def table(name: str) -> pa.Table:
        frame = others[name]() if name in others else made.table(name)
        complete = (
            _complete(parsed[name], frame) if name in schemas.SEEDS else to_arrow(frame, name)
        )
        _hold_to_contract(name, complete)
        return complete

    return Lazy(schemas.TABLES, table)


def _hold_to_contract(name: str, table: pa.Table) -> None:
    """Raise SchemaError where what is derived breaks the contract.

    What stands in a seed was judged when it was checked.
    """
    schema = schemas.derived_schema(name)
    if schema.columns:
        schema.validate(to_pandas(table))


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
    types = {
        "number": pa.float64(),
        "quantity": pa.float64(),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
        "day": DAY,
    }
    if column.kind == "code":
        codes = categories(column.codes)
        text = pa.array(series.astype("str"), TEXT, from_pandas=True)
        if isinstance(text, pa.ChunkedArray):  # what an empty series of pandas' text becomes
            text = text.combine_chunks()
        return pa.DictionaryArray.from_arrays(pc.index_in(text, codes), codes)
    if column.kind == "day":
        series = pd.to_datetime(series).astype("datetime64[ms]")
    return pa.array(series, types.get(column.kind, TEXT), from_pandas=True)


def _reliability(codings: Path | None) -> pd.DataFrame:
    # Only what is published twice needs the library that compares it.
    if codings is None or not codings.is_dir():
        return pd.DataFrame(columns=[column.name for column in schemas.columns("reliability")])
    from pipeline.reliability import reliability

    return reliability(codings)


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
