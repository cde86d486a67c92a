"""Tidying changes how a seed is written, never what it says.

Where it cannot be sure, it leaves the seed alone.
"""

import csv
import io
import re
import unicodedata
from collections import Counter
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.problems import Problems
from pipeline.read import header, read
from pipeline.tidy import tidy
from schemas import SEEDS

TABLE = "milestones"
NAMES = header(TABLE).split(",")
HEADER = f"{header(TABLE)}\n".encode()
ROW = f"{','.join(ascii_lowercase[: len(NAMES)])}\n".encode()

characters = st.one_of(
    st.sampled_from('",; \t\u00a0é\u0301'),
    st.characters(codec="utf-8", exclude_characters="\0\r\n"),
)
rows = st.lists(st.tuples(*[st.text(characters, max_size=4)] * len(NAMES)), max_size=5)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The one seed in a folder."""
    return tmp_path_factory.mktemp("tidy") / f"{TABLE}.csv"


def run(path) -> tuple[list[str], list[str]]:
    """Tidy a seed's folder; return the files rewritten, and the lines on what is in the way."""
    problems = Problems()
    return tidy(path.parent, problems), list(problems.report())


def cells(path) -> Counter:
    """Return the rows of a seed that must be in canonical form, each with how often it is there."""
    problems = Problems()
    seed = read(path, TABLE, problems)
    assert list(problems.report()) == []
    return Counter(tuple(row.values()) for row in seed.text.to_pylist())


def in_form(cell: str) -> str:
    """Return a cell composed, with one blank between words and none around them."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", cell)).strip()


@st.composite
def untidy(draw) -> tuple[bytes, list]:
    """A seed written in any of the ways that tidying mends, and its rows."""
    drawn, names, end = (
        draw(rows),
        draw(st.permutations(NAMES)),
        draw(st.sampled_from(["\n", "\r\n", "\r"])),
    )
    text = io.StringIO(newline="")
    writer = csv.writer(
        text, quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])), lineterminator=end
    )
    for row in [NAMES, *drawn]:
        writer.writerow([row[NAMES.index(name)] for name in names])
        text.write(end * draw(st.integers(0, 2)))
    last = text.getvalue().rstrip("\r\n") + end * draw(st.integers(0, 2))
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + last.encode(), drawn


@settings(deadline=None, max_examples=300)
@given(untidy())
def test_a_tidied_seed_is_canonical_and_has_the_rows_it_had(path, drawn):
    data, rows = drawn
    path.write_bytes(data)
    rewritten, in_the_way = run(path)
    assert in_the_way == []
    assert rewritten == ([f"{path.parent.name}/{path.name}"] if path.read_bytes() != data else [])
    assert cells(path) == Counter(tuple(map(in_form, row)) for row in rows)


@settings(deadline=None)
@given(untidy())
def test_tidying_twice_changes_no_more_than_tidying_once(path, drawn):
    path.write_bytes(drawn[0])
    run(path)
    once = path.read_bytes()
    assert run(path) == ([], [])
    assert path.read_bytes() == once


pieces = [
    HEADER,
    b"a",
    ROW,
    b",",
    b'"',
    b"\n",
    b"\r",
    b"\xef\xbb\xbf",
    b"\0",
    b"\xff",
    b" ",
    b"\xc3\xa9",
]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(pieces), max_size=8).map(b"".join))
def test_a_seed_is_either_canonical_after_tidying_or_as_it_was_and_the_reason_told(path, data):
    path.write_bytes(data)
    rewritten, in_the_way = run(path)
    if in_the_way:
        assert rewritten == [] and path.read_bytes() == data
    else:
        cells(path)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            HEADER + b'b,x,c,d,"two\nlines",f,g,h,i,j\na,x,c,d,e,f,g,h,i,j\n',
            ":2: 'two\\nlines' has a line break in it",
        ),
        (
            HEADER + b'b,x,c,d,e,f,g,h,i,j\r\na,x,c,d,"e,f\r\n',
            ":3: has a double quote that is not closed",
        ),
        (
            HEADER + b"b,x,c,d,e,f,g,h,i,j\r\na,x,c,d,1,000,f,g,h,i,j\r\n",
            ":3: has 11 cells, but the header has 10",
        ),
        (
            HEADER + b"b,x,c,d,e,f,g,h,i,j\r\na,x,c,d,e,f,g,h,i\r\n",
            ":3: has 9 cells, but the header has 10",
        ),
        (
            HEADER + b"b,x,c,d,caf\xe9,f,g,h,i,j\r\na,x,c,d,e,f,g,h,i,j\r\n",
            ":2: byte 12 of the line",
        ),
        (
            HEADER + b"b,x,c,d,\0,f,g,h,i,j\r\na,x,c,d,e,f,g,h,i,j\r\n",
            ":2: character 9 of the line is NUL",
        ),
        (
            HEADER.replace(b"note", b"notes") + b"b,x,c,d,e,f,g,h,i,j\r\na,x,c,d,e,f,g,h,i,j\r\n",
            ":1: 'notes' is no column of milestones",
        ),
        (b"", ":1: is empty"),
    ],
    ids=["line-break", "open-quote", "long-row", "short-row", "latin-1", "nul", "columns", "empty"],
)
def test_what_cannot_be_mended_without_loss_is_left_as_it_is_and_told(tmp_path, data, reason):
    path = tmp_path / f"{TABLE}.csv"
    path.write_bytes(data)
    rewritten, in_the_way = run(path)
    assert rewritten == [] and path.read_bytes() == data
    assert any(f"{TABLE}.csv{reason}" in line for line in in_the_way)


def test_what_is_in_the_way_of_one_seed_is_not_in_the_way_of_the_others(seeds):
    (seeds / "events.csv").write_bytes(b"\xff")
    canonical = (seeds / "places.csv").read_bytes()
    (seeds / "places.csv").write_bytes(canonical.replace(b"\n", b"\r\n"))
    rewritten, in_the_way = run(seeds / "places.csv")
    assert rewritten == ["seeds/places.csv"] and (seeds / "places.csv").read_bytes() == canonical
    assert len(in_the_way) == 1 and in_the_way[0].startswith("seeds/events.csv:1:")


def test_a_folder_in_order_is_not_touched_and_nothing_is_left_behind_in_one_that_is_not(seeds):
    before = {path: path.stat().st_mtime_ns for path in seeds.iterdir()}
    assert run(seeds / "places.csv") == ([], [])
    assert {path: path.stat().st_mtime_ns for path in seeds.iterdir()} == before
    (seeds / "places.csv").write_bytes((seeds / "places.csv").read_bytes().replace(b"\n", b"\r\n"))
    run(seeds / "places.csv")
    assert {path.name for path in seeds.iterdir()} == {f"{name}.csv" for name in SEEDS}


def test_a_link_that_somebody_planted_is_not_followed(seeds, tmp_path):
    (tmp_path / "victim").write_text("mine")
    (seeds / ".places.csv-next").symlink_to("../victim")
    canonical = (seeds / "places.csv").read_bytes()
    (seeds / "places.csv").write_bytes(canonical.replace(b"\n", b"\r\n"))
    (seeds / "places.csv").chmod(0o640)
    run(seeds / "places.csv")
    assert (tmp_path / "victim").read_text() == "mine"
    assert not (seeds / "places.csv").is_symlink()
    assert (seeds / "places.csv").read_bytes() == canonical
    assert (seeds / "places.csv").stat().st_mode & 0o777 == 0o640
