"""What a build writes opens with the right types in plain pandas,
and says the same in DuckDB and polars.
"""

from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest

import schemas
from eastflank.codelists import ORDERED
from pipeline.check import check
from pipeline.derive import derive
from pipeline.write import write

SMALL_WORLD = Path(__file__).resolve().parents[1] / "seeds"
DTYPES = {
    "id": "str",
    "text": "str",
    "edtf": "str",
    "code": "category",
    "number": "float64",
    "quantity": "float64",
    "integer": "int64",
    "boolean": "bool",
    "day": "datetime64[ms]",
}


def built(seeds: Path, folder: Path) -> Path:
    write(derive(check(seeds).parsed), folder)
    return folder


@pytest.fixture(scope="module")
def dataset(tmp_path_factory) -> Path:
    """The dataset of the small world."""
    return built(SMALL_WORLD, tmp_path_factory.mktemp("small") / "dataset")


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Path:
    """The dataset of a world in which nothing is known but one source,
    so that every table but two is empty.
    """
    seeds = tmp_path_factory.mktemp("empty") / "seeds"
    seeds.mkdir()
    for seed in SMALL_WORLD.glob("*.csv"):
        first, *rows = seed.read_text(encoding="utf-8").splitlines(keepends=True)
        (seeds / seed.name).write_text(
            "".join([first, *rows[: seed.stem == "sources"]]), encoding="utf-8", newline="\n"
        )
    return built(seeds, seeds.parent / "dataset")


def cells(frame: pd.DataFrame) -> list[tuple]:
    """Return the rows of a frame as plain Python values, None where there is none."""
    plain = frame.astype("object").where(frame.notna(), None)
    return [tuple(row) for row in plain.itertuples(index=False)]


@pytest.mark.parametrize("table", schemas.TABLES)
def test_pandas_reads_every_column_in_the_type_of_its_contract(table, dataset):
    dtypes = pd.read_parquet(dataset / f"{table}.parquet").dtypes.astype("str").to_dict()
    nullable = {"integer": "Int64", "boolean": "boolean"}
    assert dtypes == {
        column.name: (nullable if column.nullable else {}).get(column.kind, DTYPES[column.kind])
        for column in schemas.columns(table)
    }


@pytest.mark.parametrize("table", schemas.TABLES)
def test_codes_are_ordered_where_their_list_is(table, dataset):
    frame = pd.read_parquet(dataset / f"{table}.parquet")
    ordered = {name for name in frame.select_dtypes("category") if frame[name].dtype.ordered}
    assert ordered == {each.name for each in schemas.columns(table) if each.codelist in ORDERED}
    for column in schemas.columns(table):
        if column.name in ordered and len(frame):
            assert list(frame[column.name].cat.categories) == list(column.codelist)


@pytest.mark.parametrize("table", schemas.TABLES)
def test_a_table_without_rows_has_the_same_types(table, dataset, empty):
    frame = pd.read_parquet(empty / f"{table}.parquet")
    assert frame.empty == (table not in ("sources", "codes"))
    # By name only: Parquet keeps the codes of a column with its rows, so where there are no rows,
    # there are no codes.
    expected = pd.read_parquet(dataset / f"{table}.parquet").dtypes
    assert frame.dtypes.astype("str").to_dict() == expected.astype("str").to_dict()


@pytest.mark.parametrize("table", schemas.TABLES)
def test_a_coded_column_carries_its_whole_codelist_in_its_order(table, dataset):
    frame = pd.read_parquet(dataset / f"{table}.parquet")
    for column in schemas.columns(table):
        if column.codelist and len(frame):  # Parquet keeps the codes of a column with its rows
            assert list(frame[column.name].cat.categories) == [
                str(code) for code in column.codelist
            ], column.name


def test_a_number_or_a_flag_that_is_missing_is_null_in_a_column_that_keeps_its_type(dataset):
    targets = pd.read_parquet(dataset / "targets.parquet").set_index("target_id")
    assert targets["baseline"].isna().to_dict() == {
        "can-2pct-gdp-level": True,
        "pol-border-guards-all": False,
        "pol-border-guards-rest": True,
        "pol-border-guards-there": True,
    }
    assert targets.at["can-2pct-gdp-level", "baseline_missing"] == "not-stated"
    assert targets["baseline"].sum() == 6000


def test_a_date_can_be_sorted_filtered_and_subtracted_without_another_library(dataset):
    events = pd.read_parquet(dataset / "events.parquet").sort_values("date_earliest")
    assert list(events["event_id"]) == ["poland-announces-guards", "summit", "canada-pledges-2pct"]
    assert list((events["date_latest"] - events["date_earliest"]).dt.days) == [6, 2, 0]
    assert list(events.loc[events["date_earliest"] > "2024-07-08", "event_id"]) == [
        "summit",
        "canada-pledges-2pct",
    ]


@pytest.mark.parametrize("table", schemas.TABLES)
def test_polars_reads_the_same_cells_as_pandas(table, dataset):
    path = dataset / f"{table}.parquet"
    expected, found = pd.read_parquet(path), pl.read_parquet(path)
    assert found.columns == list(expected.columns)
    assert found.rows() == cells(expected)
    kinds = {
        "str": pl.String,
        "category": pl.Categorical,
        "float64": pl.Float64,
        "int64": pl.Int64,
        "Int64": pl.Int64,
        "bool": pl.Boolean,
        "boolean": pl.Boolean,
    }
    kinds["datetime64[ms]"] = pl.Datetime
    assert [dtype.base_type() for dtype in found.dtypes] == [
        kinds[str(dtype)] for dtype in expected.dtypes
    ]


@pytest.mark.parametrize("table", schemas.TABLES)
def test_duckdb_reads_the_same_cells_as_pandas(table, dataset):
    path = dataset / f"{table}.parquet"
    expected, found = pd.read_parquet(path), duckdb.read_parquet(str(path))
    assert found.columns == list(expected.columns)
    assert found.fetchall() == cells(expected)
    kinds = {
        "str": "VARCHAR",
        "category": "VARCHAR",
        "float64": "DOUBLE",
        "int64": "BIGINT",
        "Int64": "BIGINT",
        "bool": "BOOLEAN",
        "boolean": "BOOLEAN",
    }
    kinds["datetime64[ms]"] = "TIMESTAMP"
    assert [str(kind) for kind in found.types] == [kinds[str(dtype)] for dtype in expected.dtypes]


def test_duckdb_joins_the_tables_by_their_ids(dataset):
    question = f"""
        select distinct name from '{dataset}/commitments.parquet'
        join '{dataset}/commitment_actors.parquet' using (commitment_id)
        join '{dataset}/actors.parquet' using (actor_id)
        where disputed and role = 'promisor'
    """
    assert duckdb.sql(question).fetchall() == [("Canada",)]


def test_the_flat_csv_says_what_its_parquet_says(dataset):
    expected = pd.read_parquet(dataset / "tracker.parquet")
    days = list(expected.select_dtypes("datetime"))
    found = pd.read_csv(
        dataset / "tracker.csv", dtype=expected.dtypes.drop(days).to_dict(), parse_dates=days
    )
    pd.testing.assert_frame_equal(found.astype(expected.dtypes), expected)
