"""The canonical form of a seed: UTF-8, LF, quotes only where needed, rows sorted by key,
columns in the contract's order.
"""

import pyarrow as pa
import pyarrow.compute as pc

TEXT = pa.large_string()
"""The type of all text: with 64-bit offsets, as pandas keeps it,
so that no column is too long and none is converted.
"""

NEEDS_QUOTES = '[",\r\n]'
"""A cell with one of these stands in quotes (RFC 4180)."""


def write(table: pa.Table) -> bytes:
    """Return a table of text as CSV, its rows in the order in which they are."""
    return f"{','.join(table.column_names)}\n".encode() + body(table).to_pybytes()


def body(table: pa.Table) -> pa.Buffer:
    """Return the lines of a table of text as CSV, without the header."""
    *cells, last = (_quoted(column.combine_chunks()) for column in table.columns)
    last = pc.binary_join_element_wise(last, pa.scalar("", TEXT), pa.scalar("\n", TEXT))
    lines = pc.binary_join_element_wise(*cells, last, pa.scalar(",", TEXT))
    # The buffer may have been allocated larger than what was written to it.
    return (
        lines.buffers()[2][: pc.sum(pc.binary_length(lines)).as_py()]
        if len(lines)
        else pa.py_buffer(b"")
    )


def sort(table: pa.Table, key: tuple[str, ...]) -> pa.Table:
    """Return the rows by key, in the order of code points,
    and rows of one key by the rest of their cells.
    """
    rest = [name for name in table.column_names if name not in key]
    return table.sort_by([(name, "ascending") for name in (*key, *rest)])


def out_of_order(table: pa.Table, key: tuple[str, ...], *, or_equal: bool) -> pa.Array:
    """Return for each row but the first whether its key comes before that of the row above, or,
    `or_equal`, is the same.
    """
    # NUL sorts below every character of a key, so the joined keys sort as the tuples of their parts
    # do.
    joined = pc.binary_join_element_wise(
        *(table.column(name).combine_chunks() for name in key), pa.scalar("\0", TEXT)
    )
    return (pc.less_equal if or_equal else pc.less)(joined[1:], joined[:-1])


def _quoted(column: pa.Array) -> pa.Array:
    # Most columns have no such character at all, which a look at their bytes tells far sooner than
    # one at each cell.
    if not any(
        character in bytes(column.buffers()[2] or b"") for character in (b'"', b",", b"\r", b"\n")
    ):
        return column
    special = pc.match_substring_regex(column, NEEDS_QUOTES)
    quote = pa.scalar('"', TEXT)
    doubled = pc.replace_substring(column, '"', '""')
    return pc.if_else(
        special, pc.binary_join_element_wise(quote, doubled, quote, pa.scalar("", TEXT)), column
    )
