"""Worlds made row by row, without seeds: the frames that a build would have of them."""

import pandas as pd

import schemas
from eastflank import derived, edtf, knowledge
from eastflank.text import by_python

Rows = dict[str, list[dict]]
"""Some tables, each with its rows; a column that a row leaves out is missing in it."""

DTYPES = {
    "number": "Float64",
    "quantity": "Float64",
    "integer": "Int64",
    "boolean": "boolean",
    "day": "datetime64[ms]",
}

CLOSING = pd.Timestamp("2027-12-31")
"""The day on which these worlds close."""


def built(rows: Rows) -> dict[str, pd.DataFrame]:
    """Return all tables of a world, typed as they are loaded, as of its closing day."""
    frames = {table: by_python(frame(table, rows.get(table, []))) for table in schemas.SEEDS}
    made = derived.derive(frames, CLOSING)
    return {
        table: _typed(made.tables.get(table, pd.DataFrame()), table) for table in schemas.TABLES
    }


def on(tables: dict[str, pd.DataFrame], day: str) -> dict[str, pd.DataFrame]:
    """Return all tables of a world, but the panel, as they were known on a day."""
    return knowledge.known(tables, pd.Timestamp(day), None, CLOSING)


def frame(table: str, rows: list[dict]) -> pd.DataFrame:
    """Return rows as the frame that a build has of them before it derives anything."""
    typed = {}
    for column in schemas.seed_columns(table):
        cells = [row.get(column.name) for row in rows]
        typed |= _COLUMNS.get(column.kind, _plain)(column, cells)
        if column.missing or column.kind == "quantity":
            first = column.missing[0] if column.missing else "range"
            reasons = [None if cell is not None else str(first) for cell in cells]
            typed[f"{column.name}_missing"] = pd.Series(reasons, dtype="str")
    return pd.DataFrame(typed, index=range(len(rows)))


def _typed(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return a frame with the columns of a table's contract, in its types.

    What it lacks is empty.
    """
    columns = schemas.columns(table)
    frame = frame.reindex(columns=[column.name for column in columns])
    return frame.astype({column.name: _dtype(column) for column in columns})


def _dtype(column: schemas.Column):
    if column.kind == "code":
        return pd.CategoricalDtype([str(code) for code in column.codelist])
    return DTYPES.get(column.kind, "str")


def _plain(column: schemas.Column, cells: list) -> dict[str, pd.Series]:
    return {column.name: pd.Series(cells, dtype="object").astype(_dtype(column))}


def _date(column: schemas.Column, cells: list) -> dict[str, pd.Series]:
    spans = [edtf.parse(cell) if cell is not None else (None, None, None) for cell in cells]
    return {
        column.name: pd.Series(cells, dtype="str"),
        f"{column.name}_earliest": pd.Series([span[0] for span in spans], dtype="datetime64[ms]"),
        f"{column.name}_latest": pd.Series([span[1] for span in spans], dtype="datetime64[ms]"),
        f"{column.name}_precision": pd.Series([span[2] for span in spans], dtype="str"),
    }


def _quantity(column: schemas.Column, cells: list) -> dict[str, pd.Series]:
    ends = [cell if isinstance(cell, tuple) else (cell, cell) for cell in cells]
    plain = [low if low == high else None for low, high in ends]
    return {
        column.name: pd.Series(plain, dtype="Float64"),
        f"{column.name}_low": pd.Series([low for low, _ in ends], dtype="Float64"),
        f"{column.name}_high": pd.Series([high for _, high in ends], dtype="Float64"),
    }


_COLUMNS = {"edtf": _date, "quantity": _quantity}
