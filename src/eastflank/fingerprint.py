"""The fingerprint of a table: a hash of what it says, the same in whatever format,
version or order of rows it is kept.

How it is made, so that anyone can make it again: take the columns in the table's order and the rows
in the order of the key. Hash the number of rows, in 8 bytes; then, for each column, its name, its
type and its cells. Type and cells are one of

- `text`: 4 bytes of length for each cell, -1 where it is missing, then the UTF-8 of all cells in a
  row;
- `number`, `integer`, `boolean`, `day`: one byte for each cell, 1 where it has a value and 0 where
  not, then 8 bytes for each: an IEEE 754 double, a whole number, 0 or 1, days since 1970-01-01; 0
  where it is missing.

All numbers are little-endian; name and type are UTF-8, each ended by a zero byte.
The hash is SHA-256.
"""

from collections.abc import Iterator
from hashlib import sha256

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def fingerprint(table: pa.Table) -> str:
    """Return the fingerprint of an Arrow table, as 64 hexadecimal digits.

    Rows count in the order in which they are.

    Raises TypeError for a column of a type that the recipe does not know,
    and ValueError for a day with a time to it.
    """
    digest = sha256(table.num_rows.to_bytes(8, "little"))
    for name, column in zip(table.column_names, table.columns, strict=True):
        kind, *parts = _canonical(name, column)
        digest.update(f"{name}\0{kind}\0".encode())
        for part in parts:
            digest.update(part)
    return digest.hexdigest()


def row_fingerprints(table: pa.Table) -> list[str]:
    """Return for each row of an Arrow table the `fingerprint` of a table of that row alone.

    Raises what `fingerprint` raises.
    """
    digests = [sha256((1).to_bytes(8, "little")) for _ in range(table.num_rows)]
    for name, column in zip(table.column_names, table.columns, strict=True):
        kind, *parts = _canonical(name, column)
        head = f"{name}\0{kind}\0".encode()
        for digest, *cells in zip(digests, *_each(kind, parts), strict=True):
            digest.update(b"".join((head, *cells)))
    return [digest.hexdigest() for digest in digests]


def frame_fingerprint(frame: pd.DataFrame, key: list[str]) -> str:
    """Return the fingerprint of a frame loaded from the dataset,
    or of some of its rows and columns, in any order.

    `key` names the columns by which rows are put in order; where the frame lacks some of them,
    the others follow.
    """
    parts = [name for name in key if name in frame.columns]
    by = parts if len(parts) == len(key) else [*parts, *frame.columns.difference(parts)]
    order = frame[by].astype("str").reset_index(drop=True).sort_values(by).index
    return fingerprint(pa.Table.from_pandas(frame.iloc[order], preserve_index=False))


def dataset_fingerprint(tables: dict[str, str]) -> str:
    """Return the fingerprint of several tables together, given each one's by name.

    Their order does not count.
    """
    return sha256(
        "".join(f"{name} {digest}\n" for name, digest in sorted(tables.items())).encode()
    ).hexdigest()


def _canonical(name: str, column: pa.ChunkedArray) -> tuple:
    """Return a column's type, as the fingerprint knows it, and the buffers to be hashed."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_null(column.type) and not len(column):
        # Parquet keeps the codes of a column with its rows: a table without any has lost them.
        column = column.cast(pa.large_string())
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        cells = column.cast(pa.large_string()).combine_chunks()
        lengths = pc.fill_null(pc.binary_length(cells), -1).cast(pa.int32())
        return "text", _bytes(lengths, "<i4"), *_text(pc.fill_null(cells, ""))
    kind, cells = _fixed(name, column)
    cells = cells.combine_chunks()
    width = "<f8" if kind == "number" else "<i8"
    return (
        kind,
        _bytes(cells.is_valid().cast(pa.uint8()), "u1"),
        _bytes(pc.fill_null(cells, 0), width),
    )


def _each(kind: str, parts: list[memoryview]) -> Iterator[list[memoryview]]:
    """Yield the buffers of a column cut into the parts that its cells have in them."""
    first, second = [*parts, memoryview(b"")][:2]
    yield [first[place : place + 1].cast("B") for place in range(len(first))]
    lengths = np.maximum(first, 0) if kind == "text" else np.full(len(first), 8)
    ends = np.cumsum(lengths)
    second = second.cast("B")
    yield [
        second[end - length : end]
        for end, length in zip(ends.tolist(), lengths.tolist(), strict=True)
    ]


def _fixed(name: str, column: pa.ChunkedArray) -> tuple[str, pa.ChunkedArray]:
    """Return the type of a column whose cells are all of one length,
    and the cells as 8-byte numbers.
    """
    if pa.types.is_boolean(column.type):
        return "boolean", column.cast(pa.int64())
    if pa.types.is_integer(column.type):
        return "integer", column.cast(pa.int64())
    if pa.types.is_floating(column.type):
        return "number", column.cast(pa.float64())
    if pa.types.is_temporal(column.type):
        days = column.cast(pa.date32(), safe=False)
        if not pc.all(pc.equal(days.cast(column.type), column)).as_py() and len(column.drop_null()):
            raise ValueError(f"column {name} has times of day, and a fingerprint knows days alone")
        return "day", days.cast(pa.int32()).cast(pa.int64())
    raise TypeError(
        f"column {name} is of type {column.type}, "
        "and a fingerprint knows text, numbers, booleans and days"
    )


def _bytes(cells: pa.Array, dtype: str) -> memoryview:
    return np.ascontiguousarray(cells.to_numpy(zero_copy_only=False), dtype=dtype).data


def _text(cells: pa.Array) -> Iterator[memoryview]:
    """Yield the UTF-8 of cells without nulls: only that part of the buffer which they point to."""
    _, offsets, text = cells.buffers()
    if text is not None and len(cells):
        ends = np.frombuffer(offsets, dtype=np.int64)[[cells.offset, cells.offset + len(cells)]]
        yield memoryview(text)[ends[0] : ends[1]]
