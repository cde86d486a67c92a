"""Read what evidence reports: a cell of `reported` is written as a cell
of the field that it speaks to, and typed like it.
"""

import dataclasses

import pyarrow as pa
import pyarrow.compute as pc

import schemas
from eastflank.codelists import DatePrecision
from pipeline.cells import DAY, Faults, Parsed, categories, parse_cells
from pipeline.csvtext import TEXT
from pipeline.problems import Problems

COLUMNS = {
    "reported_number": pa.float64(),
    "reported_low": pa.float64(),
    "reported_high": pa.float64(),
    "reported_earliest": DAY,
    "reported_latest": DAY,
    "reported_precision": TEXT,
}
"""The columns that hold what is reported, typed."""


def with_reports(evidence: Parsed, problems: Problems) -> Parsed:
    """Return evidence with the typed columns of what it reports.

    A report that its field could not hold goes to `problems`.
    """
    rows = evidence.table.num_rows
    typed = {name: pa.nulls(rows, kind) for name, kind in COLUMNS.items()}
    bad = evidence.bad.copy()
    reported = evidence.table.column("reported").combine_chunks()
    for table, field in _spoken_to(evidence.table):
        column = next(
            (column for column in schemas.seed_columns(table) if column.name == field), None
        )
        if column is None:
            continue  # A rule of its own refuses a field that does not exist.
        here = pc.and_(
            pc.equal(evidence.table.column("record_table").cast(TEXT), table),
            pc.equal(evidence.table.column("field"), field),
        )
        cells = pc.if_else(here.combine_chunks(), reported, pa.scalar(None, TEXT))
        faults = Faults(
            evidence.seed, dataclasses.replace(column, name="reported", written=None), problems
        )
        for name, array in parse_cells(cells, faults).items():
            name = (
                "reported_number"
                if name == "reported" and column.kind in ("number", "quantity", "integer")
                else name
            )
            if name in typed:
                typed[name] = pc.coalesce(typed[name], array.cast(COLUMNS[name]))
        bad[faults.rows] = True
    codes = categories(DatePrecision)
    typed["reported_precision"] = pa.DictionaryArray.from_arrays(
        pc.index_in(typed["reported_precision"], codes), codes
    )
    whole = evidence.table
    for name, array in typed.items():
        whole = whole.append_column(name, array)
    return dataclasses.replace(evidence, table=whole, bad=bad)


def _spoken_to(table: pa.Table) -> list[tuple[str, str]]:
    """Return the tables and fields of which something is reported."""
    spoken = table.select(["record_table", "field"]).filter(table.column("reported").is_valid())
    pairs = (
        spoken.set_column(0, "record_table", spoken.column("record_table").cast(TEXT))
        .group_by(["record_table", "field"])
        .aggregate([])
        .to_pylist()
    )
    return sorted(
        (pair["record_table"], pair["field"])
        for pair in pairs
        if pair["record_table"] and pair["field"]
    )
