"""What a build says at its end."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

import schemas
from eastflank.words import plural
from pipeline.problems import Problems


def summary(tables: Mapping[str, pa.Table], warnings: Problems, seconds: float) -> str:
    """Return the closing words of a build: each table's rows and span of dates, the warnings,
    and the time it took.
    """
    lines = [(name, f"{table.num_rows:,}", _span(name, table)) for name, table in tables.items()]
    widths = [max(len(line[place]) for line in lines) for place in range(3)]
    told = [
        f"{name:<{widths[0]}}  {rows:>{widths[1]}}  {span}".rstrip() for name, rows, span in lines
    ]
    told += [f"warning: {line}" for line in warnings.report()]
    return "\n".join([*told, f"{plural(len(warnings), 'warning')}, {seconds:.1f} seconds"])


def _span(name: str, table: pa.Table) -> str:
    """Return the span of a table's first date, or nothing where it has none."""
    dated = [
        column.made_from
        for column in schemas.columns(name)
        if column.made_from and column.kind == "day"
    ]
    if not dated:
        return ""
    least, most = (
        pc.min(table.column(f"{dated[0]}_earliest")).as_py(),
        pc.max(table.column(f"{dated[0]}_latest")).as_py(),
    )
    return f"{dated[0]} {least:%Y-%m-%d} to {most:%Y-%m-%d}" if least and most else ""
