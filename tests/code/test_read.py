"""A seed in canonical form is read as it stands.

Of any other bytes something can be said, and nothing breaks.
"""

import csv
import io
from string import ascii_lowercase

import pyarrow as pa
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from pipeline import csvtext
from pipeline.problems import Problems
from pipeline.read import header, read
from schemas import key

TABLE = "milestones"
NAMES = header(TABLE).split(",")
HEADER = f"{header(TABLE)}\n".encode()
ROW = f"{','.join(ascii_lowercase[: len(NAMES)])}\n".encode()

characters = st.one_of(
    st.sampled_from('",; é\u0301\u2028\ufeff'),
    st.characters(codec="utf-8", exclude_characters="\0\r\n"),
)
rows = st.lists(st.tuples(*[st.text(characters, max_size=5)] * len(NAMES)), max_size=5)


def canonical(rows) -> bytes:
    """Return rows of cells as a seed in canonical form."""
    columns = {
        name: pa.array([row[place] for row in rows], csvtext.TEXT)
        for place, name in enumerate(NAMES)
    }
    return csvtext.write(csvtext.sort(pa.table(columns), key(TABLE)))


@pytest.fixture(scope="module")
def read_bytes(tmp_path_factory):
    """A function from bytes to the seed read from them, if any, and the lines of the report."""
    path = tmp_path_factory.mktemp("read") / f"{TABLE}.csv"

    def run(data: bytes):
        path.write_bytes(data)
        problems = Problems()
        return read(path, TABLE, problems), list(problems.report())

    return run


def judge(seed, report, data: bytes):
    """Hold that bytes are read as they stand if they are canonical, and refused in words if not."""
    if report:
        assert all(line.startswith(f"read0/{TABLE}.csv") and line.isprintable() for line in report)
    else:
        assert csvtext.write(seed.text) == data
        assert seed.text.column(key(TABLE)[0]).to_pylist() == sorted(
            seed.text.column(key(TABLE)[0]).to_pylist()
        )
        assert list(seed.lines) == list(range(2, data.count(b"\n") + 1))


@settings(deadline=None)
@given(rows)
def test_a_canonical_seed_is_accepted_with_the_cells_that_python_reads(read_bytes, rows):
    data = canonical(rows)
    seed, report = read_bytes(data)
    names, *expected = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
    assert report == [] and names == NAMES
    assert [list(row.values()) for row in seed.text.to_pylist()] == expected
    judge(seed, report, data)


@st.composite
def one_byte_off(draw) -> tuple[bytes, bytes]:
    """A canonical seed, and the same with one byte taken away, put in or replaced."""
    data = canonical(draw(rows))
    at = draw(st.integers(0, len(data)))
    byte = draw(
        st.sampled_from([b"", b'"', b",", b"\n", b"\r", b"\0", b" ", b"\xff", b"\xc3"])
        | st.binary(min_size=1, max_size=1)
    )
    return data, data[:at] + byte + data[at + draw(st.integers(0, 1)) :]


@settings(deadline=None, max_examples=500)
@given(one_byte_off())
def test_a_seed_with_one_byte_changed_is_another_canonical_seed_or_refused(read_bytes, pair):
    data, changed = pair
    assume(changed != data)
    seed, report = read_bytes(changed)
    judge(seed, report, changed)
    assert report or not seed.text.equals(read_bytes(data)[0].text)


pieces = [
    HEADER,
    b"a",
    ROW,
    b",",
    b'"',
    b'""',
    b"\n",
    b"\r",
    b"\xef\xbb\xbf",
    b"\0",
    b"\xff",
    b" ",
    b"\xc3\xa9",
]


@settings(deadline=None, max_examples=500)
@given(st.lists(st.sampled_from(pieces), max_size=8).map(b"".join) | st.binary(max_size=40))
@example(b"\xef\xbb\xbf")
@example(HEADER + b"\n")
@example(HEADER + b'a,b,c,d,"e\ne",f,g,h,i,j\n')
def test_whatever_bytes_a_seed_has_it_is_read_as_it_stands_or_refused(read_bytes, data):
    judge(*read_bytes(data), data)


def test_a_cell_may_be_long(read_bytes):
    long = "x" * 3_000_000
    data = canonical([(name, "", "", "", long, *[""] * (len(NAMES) - 5)) for name in "abc"])
    seed, report = read_bytes(data)
    assert report == [] and seed.text.column("summary").to_pylist() == [long] * 3
    first, second, *rest = data.splitlines(keepends=True)
    _, report = read_bytes(b"".join([first, *rest, second]))
    assert [line.rpartition(" ")[2] for line in report] == ["[order]"]


def test_a_seed_that_cannot_be_opened_is_a_problem_and_not_a_crash(tmp_path):
    (tmp_path / f"{TABLE}.csv").mkdir()
    problems = Problems()
    assert read(tmp_path / f"{TABLE}.csv", TABLE, problems) is None
    (line,) = problems.report()
    assert line.startswith(f"{tmp_path.name}/{TABLE}.csv: cannot be read: ")
