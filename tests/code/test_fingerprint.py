"""A fingerprint says what a table holds: the same however it is kept,
another as soon as anything in it changes.
"""

import csv
import json
import struct
from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eastflank.fingerprint import (
    dataset_fingerprint,
    fingerprint,
    frame_fingerprint,
    row_fingerprints,
)
from pipeline.check import check
from pipeline.derive import derive
from pipeline.write import write
from schemas import TABLES, key

SMALL_WORLD = Path(__file__).resolve().parents[1] / "seeds"

examples = settings(max_examples=40, deadline=None)

Column = tuple[str, str, list]
"""A column as its name, its type in the words of the recipe, and its cells,
None where one is missing.
"""

CELLS = {
    "text": st.text(max_size=6),
    "number": st.floats(allow_nan=False),
    "integer": st.integers(-(2**63), 2**63 - 1),
    "boolean": st.booleans(),
    "day": st.dates(),
}


def recipe(columns: list[Column]) -> str:
    """Make a fingerprint as the docstring of `eastflank.fingerprint` tells it,
    with the standard library alone.
    """
    digest = sha256(struct.pack("<q", len(columns[0][2])))
    for name, kind, cells in columns:
        digest.update(name.encode() + b"\0" + kind.encode() + b"\0")
        if kind == "text":
            texts = [None if cell is None else cell.encode() for cell in cells]
            digest.update(
                b"".join(struct.pack("<i", -1 if text is None else len(text)) for text in texts)
            )
            digest.update(b"".join(text or b"" for text in texts))
        else:
            digest.update(bytes(cell is not None for cell in cells))
            digest.update(b"".join(_eight_bytes(kind, cell) for cell in cells))
    return digest.hexdigest()


def _eight_bytes(kind: str, cell) -> bytes:
    if cell is None:
        return bytes(8)
    if kind == "number":
        return struct.pack("<d", cell)
    return struct.pack("<q", (cell - date(1970, 1, 1)).days if kind == "day" else cell)


def arrow(columns: list[Column]) -> pa.Table:
    """Return columns as an Arrow table, in the types of the dataset."""
    types = {
        "text": pa.large_string(),
        "number": pa.float64(),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
        "day": pa.date32(),
    }
    return pa.table({name: pa.array(cells, types[kind]) for name, kind, cells in columns})


@st.composite
def some_columns(draw, least_rows=0) -> list[Column]:
    rows = draw(st.integers(least_rows, 4))
    kinds = draw(st.lists(st.sampled_from(list(CELLS)), min_size=1, max_size=4))
    return [
        (
            f"{kind}_{place}",
            kind,
            draw(st.lists(st.none() | CELLS[kind], min_size=rows, max_size=rows)),
        )
        for place, kind in enumerate(kinds)
    ]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory) -> Path:
    """The dataset of the small world."""
    folder = tmp_path_factory.mktemp("small") / "dataset"
    write(derive(check(SMALL_WORLD).parsed), folder)
    return folder


@examples
@given(some_columns())
def test_it_is_made_as_its_docstring_says(columns):
    assert fingerprint(arrow(columns)) == recipe(columns)


@examples
@given(some_columns())
def test_that_of_a_row_is_that_of_a_table_of_this_row_alone(columns):
    table = arrow(columns)
    alone = [table.slice(place, 1) for place in range(table.num_rows)]
    assert row_fingerprints(table) == [fingerprint(each) for each in alone]


def test_anyone_can_make_it_again_from_the_csv_with_the_standard_library_alone(dataset):
    package = json.loads((dataset / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    fields = resources["tracker-csv"]["schema"]["fields"]
    with (dataset / "tracker.csv").open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    assert rows == sorted(rows)
    kinds = {
        "string": "text",
        "number": "number",
        "integer": "integer",
        "boolean": "boolean",
        "date": "day",
    }
    read = {
        "text": str,
        "number": float,
        "integer": int,
        "boolean": {"true": True, "false": False}.get,
        "day": date.fromisoformat,
    }
    columns = []
    for field, cells in zip(fields, zip(*rows, strict=True), strict=True):
        kind = kinds[field["type"]]
        columns.append(
            (field["name"], kind, [read[kind](cell) if cell else None for cell in cells])
        )
    assert [name for name, _, _ in columns] == names
    assert recipe(columns) == resources["tracker"]["fingerprint"]


def test_that_of_the_dataset_is_made_from_those_of_its_tables_by_name(dataset):
    package = json.loads((dataset / "datapackage.json").read_text(encoding="utf-8"))
    digests = {
        each["name"]: each["fingerprint"]
        for each in package["resources"]
        if each["format"] == "parquet"
    }
    lines = "".join(f"{name} {digests[name]}\n" for name in sorted(digests))
    assert package["fingerprint"] == sha256(lines.encode()).hexdigest()
    assert dataset_fingerprint(dict(reversed(digests.items()))) == package["fingerprint"]


@examples
@given(some_columns(least_rows=1), st.data())
def test_it_changes_with_any_one_cell(columns, data):
    name, kind, cells = data.draw(st.sampled_from(columns))
    row = data.draw(st.integers(0, len(cells) - 1))
    changed = data.draw(st.none() | CELLS[kind])
    assume(changed != cells[row])
    other = [*cells[:row], changed, *cells[row + 1 :]]
    after = [(name, kind, other) if column[0] == name else column for column in columns]
    assert fingerprint(arrow(after)) != fingerprint(arrow(columns))


@examples
@given(some_columns(), st.data())
def test_it_changes_with_any_one_name(columns, data):
    place = data.draw(st.integers(0, len(columns) - 1))
    name, kind, cells = columns[place]
    after = [*columns[:place], (f"{name}s", kind, cells), *columns[place + 1 :]]
    assert fingerprint(arrow(after)) != fingerprint(arrow(columns))


@examples
@given(some_columns(least_rows=1))
def test_it_changes_when_a_row_is_gone(columns):
    shorter = [(name, kind, cells[:-1]) for name, kind, cells in columns]
    assert fingerprint(arrow(shorter)) != fingerprint(arrow(columns))


def test_nothing_is_not_empty_text_nor_zero_nor_false_nor_the_first_day():
    for kind, least in {
        "text": "",
        "number": 0.0,
        "integer": 0,
        "boolean": False,
        "day": date(1970, 1, 1),
    }.items():
        assert fingerprint(arrow([("a", kind, [None])])) != fingerprint(
            arrow([("a", kind, [least])])
        )


def test_numbers_that_look_like_other_columns_do_not_stand_for_them():
    # The bytes of two columns of one row, read as those of one column of three rows: only the shape
    # tells them apart.
    two = [("a", "number", [struct.unpack("<d", b"\1\1\0\0\0\0\0\x40")[0]]), ("b", "number", [4.0])]
    body = (
        b"\1"
        + _eight_bytes("number", two[0][2][0])
        + b"b\0number\0"
        + b"\1"
        + _eight_bytes("number", 4.0)
    )
    one = [("a", "number", list(struct.unpack("<3d", body[3:])))]
    assert fingerprint(arrow(one)) != fingerprint(arrow(two))


def test_a_time_of_day_is_refused_rather_than_passed_over():
    hours = pa.table(
        {"date_earliest": pa.array([pd.Timestamp("2024-07-10 05:00")], pa.timestamp("ms"))}
    )
    with pytest.raises(ValueError, match="date_earliest"):
        fingerprint(hours)


def test_a_type_that_the_recipe_does_not_know_is_refused_by_the_columns_name():
    for unknown in (pa.array([["a"]]), pa.array([None, None])):
        with pytest.raises(TypeError, match="aliases"):
            fingerprint(pa.table({"aliases": unknown}))


def through_csv(frame: pd.DataFrame, folder: Path) -> pd.DataFrame:
    path = folder / "table.csv"
    frame.to_csv(path, index=False)
    days = list(frame.select_dtypes("datetime"))
    types = frame.dtypes.drop(days).to_dict()
    return pd.read_csv(
        path, dtype=types, parse_dates=days, keep_default_na=False, na_values=[""]
    ).astype(frame.dtypes)


def through_parquet(frame: pd.DataFrame, folder: Path) -> pd.DataFrame:
    frame.to_parquet(folder / "table.parquet", compression="gzip", row_group_size=1)
    return pd.read_parquet(folder / "table.parquet")


def through_feather(frame: pd.DataFrame, folder: Path) -> pd.DataFrame:
    frame.to_feather(folder / "table.feather")
    return pd.read_feather(folder / "table.feather")


def through_plain_text(frame: pd.DataFrame, folder: Path) -> pd.DataFrame:
    return frame.astype(dict.fromkeys(frame.select_dtypes("category"), "str"))


def through_arrow_types(frame: pd.DataFrame, folder: Path) -> pd.DataFrame:
    # `convert_dtypes` would make whole numbers of decimal ones that happen to be whole.
    return pa.Table.from_pandas(frame).to_pandas(types_mapper=pd.ArrowDtype)


def through_numpy_numbers(frame: pd.DataFrame, folder: Path) -> pd.DataFrame:
    return frame.astype(dict.fromkeys(frame.select_dtypes("Float64"), "float64"))


THROUGH = [
    through_csv,
    through_parquet,
    through_feather,
    through_plain_text,
    through_arrow_types,
    through_numpy_numbers,
]


@pytest.mark.parametrize("through", THROUGH, ids=lambda through: through.__name__)
def test_it_survives_the_way_through_another_format(through, dataset, tmp_path):
    for table in TABLES:
        frame = pd.read_parquet(dataset / f"{table}.parquet")
        assert (
            frame_fingerprint(through(frame, tmp_path), list(key(table)))
            == frame.attrs["table_fingerprint"]
        ), table


@pytest.mark.parametrize("table", TABLES)
def test_polars_and_duckdb_hold_what_was_written(table, dataset):
    path = dataset / f"{table}.parquet"
    written = pyarrow.parquet.read_schema(path).pandas_metadata["attributes"]["table_fingerprint"]
    assert fingerprint(pl.read_parquet(path).to_arrow()) == written
    assert fingerprint(duckdb.read_parquet(str(path)).to_arrow_table()) == written


@examples
@given(st.permutations(range(4)))
def test_the_order_of_rows_does_not_count(order):
    # A key of several columns, one of them coded: its codes count as text, not by their place in
    # the codelist.
    parts = pd.DataFrame(
        {
            "event_id": ["a", "a", "b", "b"],
            "role": pd.Categorical(["x", "y", "x", "y"], ["y", "x"]),
            "n": [1, 2, 3, 4],
        }
    )
    assert frame_fingerprint(parts.iloc[order], ["event_id", "role"]) == frame_fingerprint(
        parts, ["event_id", "role"]
    )


@examples
@given(st.permutations(range(4)))
def test_the_order_of_rows_does_not_count_where_the_key_was_left_out(order):
    parts = pd.DataFrame(
        {"kind": ["met", "met", "announced", None], "value": pd.array([2, None, 2, 1], "Float64")}
    )
    assert frame_fingerprint(parts.iloc[order], ["event_id"]) == frame_fingerprint(
        parts, ["event_id"]
    )


@examples
@given(st.permutations(range(4)))
def test_the_order_of_rows_does_not_count_where_a_part_of_the_key_was_left_out(order):
    parts = pd.DataFrame({"event_id": ["a", "a", "b", "b"], "n": [2, 1, 4, 3]})
    assert frame_fingerprint(parts.iloc[order], ["event_id", "role"]) == frame_fingerprint(
        parts, ["event_id", "role"]
    )
