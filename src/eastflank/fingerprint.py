"""The fingerprint of a table: a hash of what it says, the same in whatever format, version or order of rows it is kept.

How it is made, so that anyone can make it again: take the columns in the table's order and the rows in the order of the
key. For each column, hash its name, its type and its cells. Type and cells are one of

- `text`: 4 bytes of length for each cell, -1 where it is missing, then the UTF-8 of all cells in a row;
- `number`, `integer`, `boolean`, `day`: one byte for each cell, 1 where it has a value and 0 where not, then 8 bytes for
  each: an IEEE 754 double, a whole number, 0 or 1, days since 1970-01-01; 0 where it is missing.

All numbers are little-endian; name and type are UTF-8, each ended by a zero byte. The hash is SHA-256.
"""

from hashlib import sha256

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def fingerprint(table: pa.Table) -> str:
    """Return the fingerprint of an Arrow table, as 64 hexadecimal digits; rows count in the order in which they are."""
    digest = sha256()
    for name, column in zip(table.column_names, table.columns):
        kind, *parts = _canonical(column)
        digest.update(f"{name}\0{kind}\0".encode())
        for part in parts:
            digest.update(part)
    return digest.hexdigest()


def frame_fingerprint(frame: pd.DataFrame, key: list[str]) -> str:
    """Return the fingerprint of a frame loaded from the dataset, or of some of its rows and columns, in any order.

    `key` names the columns by which rows are put in order; those that the frame does not have are passed over.
    """
    by = [name for name in key if name in frame.columns]
    rows = frame.astype(dict.fromkeys(by, "str")).sort_values(by) if by else frame
    return fingerprint(pa.Table.from_pandas(rows[frame.columns], preserve_index=False))


def dataset_fingerprint(tables: dict[str, str]) -> str:
    """Return the fingerprint of several tables together, given each one's by name; their order does not count."""
    return sha256("".join(f"{name} {digest}\n" for name, digest in sorted(tables.items())).encode()).hexdigest()


def _canonical(column: pa.ChunkedArray) -> tuple:
    """Return a column's type, as the fingerprint knows it, and the buffers to be hashed."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        cells = column.cast(pa.large_string()).combine_chunks()
        lengths = pc.fill_null(pc.binary_length(cells), -1).cast(pa.int32())
        return "text", _bytes(lengths, "<i4"), *_text(pc.fill_null(cells, ""))
    if pa.types.is_boolean(column.type):
        kind, cells = "boolean", column.cast(pa.int64())
    elif pa.types.is_integer(column.type):
        kind, cells = "integer", column.cast(pa.int64())
    elif pa.types.is_floating(column.type):
        kind, cells = "number", column.cast(pa.float64())
    else:
        kind, cells = "day", column.cast(pa.timestamp("ms")).cast(pa.date32()).cast(pa.int32()).cast(pa.int64())
    cells = cells.combine_chunks()
    width = "<f8" if kind == "number" else "<i8"
    return kind, _bytes(cells.is_valid().cast(pa.uint8()), "u1"), _bytes(pc.fill_null(cells, 0), width)


def _bytes(cells: pa.Array, dtype: str) -> memoryview:
    return np.ascontiguousarray(cells.to_numpy(zero_copy_only=False), dtype=dtype).data


def _text(cells: pa.Array):
    """Yield the UTF-8 of cells without nulls: only that part of the buffer which they point to."""
    _, offsets, text = cells.buffers()
    if text is not None and len(cells):
        ends = np.frombuffer(offsets, dtype=np.int64)[[cells.offset, cells.offset + len(cells)]]
        yield memoryview(text)[ends[0] : ends[1]]
