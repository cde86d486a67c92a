"""The canonical form of a seed is plain CSV with the fewest quotes, and one order of rows."""

import csv
import io
from itertools import pairwise

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import csvtext

NAMES = ["one", "two", "three"]

cells = st.text(
    st.one_of(
        st.sampled_from('",\r\n é\U0001f600'), st.characters(codec="utf-8", exclude_characters="\0")
    ),
    max_size=6,
)
rows = st.lists(st.tuples(cells, cells, cells), max_size=6)


def table(rows) -> pa.Table:
    """Return rows as a table of text whose columns lie in two chunks.

    The second of them is a slice of something longer.
    """
    columns = {name: [row[place] for row in rows] for place, name in enumerate(NAMES)}
    whole = pa.table({name: pa.array(column, csvtext.TEXT) for name, column in columns.items()})
    half = len(rows) // 2
    return pa.concat_tables([whole.slice(0, half), whole.slice(half)])


@settings(deadline=None)
@given(rows)
def test_what_is_written_reads_back_cell_by_cell(rows):
    text = io.StringIO(csvtext.write(table(rows)).decode(), newline="")
    assert list(csv.reader(text, strict=True)) == [NAMES, *map(list, rows)]


@settings(deadline=None)
@given(rows)
def test_only_cells_that_need_quotes_have_them(rows):
    written = csvtext.write(table(rows)).decode()
    lines = [",".join(map(quoted, row)) for row in [NAMES, *rows]]
    assert written == "".join(f"{line}\n" for line in lines)


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set('",\r\n') else cell


@settings(deadline=None)
@given(rows)
def test_rows_are_sorted_by_code_point_first_by_key_and_then_by_the_rest(rows):
    by_key = csvtext.sort(table(rows), ("two",))
    assert [tuple(row.values()) for row in by_key.to_pylist()] == sorted(
        rows, key=lambda row: (row[1], row[0], row[2])
    )


@settings(deadline=None)
@given(rows)
def test_a_row_is_out_of_order_where_its_key_as_a_tuple_comes_before_the_one_above(rows):
    pairs = [((above[0], above[2]), (below[0], below[2])) for above, below in pairwise(rows)]
    for or_equal in (False, True):
        found = csvtext.out_of_order(table(rows), ("one", "three"), or_equal=or_equal).to_pylist()
        assert found == [below < above or or_equal and below == above for above, below in pairs]
