"""A quantity is a number or a range, which has two ends, no single number and a reason."""

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import schemas
from eastflank.claims import as_text
from pipeline.cells import Faults, parse_cells
from pipeline.csvtext import TEXT
from pipeline.problems import Problems
from pipeline.read import Seed
from tests.worlds import evidence, one

QUANTITIES = [
    (table, column.name)
    for table in schemas.SEEDS
    for column in schemas.seed_columns(table)
    if column.kind == "quantity"
]
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")

decimals = st.one_of(
    st.integers(-(10**6), 10**12).map(str),
    st.decimals(-1000, 1000, places=3).map("{:f}".format),
    st.sampled_from(["0", "2.50", "-0.5", "31", "37"]),
)
nearly = st.text(alphabet="0123456789/.-,+ e\n٣", max_size=9)


def parse(cell: str, table: str = "observations", name: str = "value"):
    """Return what the columns that the build makes of a cell hold, and whether it was refused."""
    [column] = [column for column in schemas.seed_columns(table) if column.name == name]
    cells = pa.array([cell], TEXT)
    problems = Problems()
    seed = Seed(table, f"seeds/{table}.csv", pa.table({name: cells}), np.array([2]))
    typed = parse_cells(cells, Faults(seed, column, problems))
    assert [*typed] == [name, f"{name}_low", f"{name}_high", f"{name}_missing"]
    assert all(problem.rule == "number" for problem in problems)
    return *(array[0].as_py() for array in typed.values()), len(problems) > 0


@given(decimals)
def test_a_plain_number_is_both_of_its_ends(number):
    assert parse(number) == (float(number), float(number), float(number), None, False)


@given(decimals, decimals)
@example("2", "2.0")
def test_a_range_has_its_two_ends_and_is_refused_where_they_are_reversed(low, high):
    text, ends = f"{low}/{high}", (float(low), float(high))
    if ends[0] > ends[1]:
        assert parse(text) == (None, None, None, None, True)
    elif ends[0] == ends[1]:
        assert parse(text) == (ends[0], *ends, None, False)
    else:
        assert parse(text) == (None, *ends, "range", False)


@given(nearly.filter(lambda text: text != ""))
@example("31/37\n")
@example("31/37/40")
@example("/37")
@example("31/..")
@example("٣/٣")
@example("31–37")
def test_whatever_else_a_cell_has_is_refused(text):
    ends = text.split("/")
    good = len(ends) <= 2 and all(DECIMAL.fullmatch(end) for end in ends)
    *_, refused = parse(text)
    assert refused == (not good or float(ends[0]) > float(ends[-1]))


@pytest.mark.parametrize("reason", ["not-stated", "not-disclosed"])
def test_a_missing_quantity_has_no_ends_and_its_own_reason(reason):
    assert parse(reason, "targets") == (None, None, None, reason, False)


@pytest.mark.parametrize(("table", "name"), QUANTITIES)
def test_every_quantity_has_ends_and_a_reason_beside_it_and_may_be_null(table, name):
    columns = {column.name: column for column in schemas.columns(table)}
    assert columns[name].nullable
    for made in (f"{name}_low", f"{name}_high", f"{name}_missing"):
        assert columns[made].derived and columns[made].made_from == name
        assert columns[made].nullable
    place = [*columns].index(name)
    assert [*columns][place + 1 : place + 4] == [f"{name}_low", f"{name}_high", f"{name}_missing"]


def test_ranges_of_every_table_are_built_with_their_ends(derived):
    tables = derived(
        (
            "targets",
            "exactly,not-stated,4000,not-stated,4000",
            "exactly,1/2,3500/4500,not-stated,3500/4500",
        ),
        ("observations", "2024-07,6000", "2024-07,6000/6500"),
        (
            "milestones",
            "started,Canada begins.,not-applicable,not-applicable,not-applicable",
            "revised,Canada aims higher.,can-2pct-gdp-level,not-applicable,2.5/3",
        ),
    )
    target = one(tables["targets"], "pol-border-guards-rest")
    assert ends(target, "baseline") == (1, 2, "range")
    assert ends(target, "stated_value") == (3500, 4500, "range")
    assert ends(target, "value") == (3500, 4500, "range")
    assert target["current_value"] == 3500
    assert ends(one(tables["observations"], "guards-poland-2024"), "value") == (6000, 6500, "range")
    assert ends(one(tables["milestones"], "can-2pct-gdp-started"), "value") == (2.5, 3, "range")
    assert one(tables["targets"], "can-2pct-gdp-level")["current_value"] == 2.5
    plain = one(tables["observations"], "share-canada-2024")
    assert (plain["value"], plain["value_low"], plain["value_high"]) == (1.45, 1.45, 1.45)
    assert pd.isna(plain["value_missing"])


def test_what_a_source_reports_as_a_range_has_its_ends(derived):
    tables = derived(
        (
            "targets",
            "exactly,not-stated,4000,not-stated,4000",
            "exactly,not-stated,3500/4500,not-stated,3500/4500",
        ),
        evidence(
            "targets", "pol-border-guards-rest", "gazette-2025", "confirms", "value", "3500.0/4500"
        ),
        evidence("targets", "pol-border-guards-rest", "gazette-2025", "refines", "value", "4000"),
    )
    said = tables["evidence"].set_index("evidence_id")
    ranged = said.loc["pol-border-guards-rest-by-gazette-2025-confirms-value"]
    assert pd.isna(ranged["reported_number"])
    assert (ranged["reported_low"], ranged["reported_high"]) == (3500, 4500)
    plain = said.loc["pol-border-guards-rest-by-gazette-2025-refines-value"]
    assert (plain["reported_number"], plain["reported_low"], plain["reported_high"]) == (
        4000,
        4000,
        4000,
    )
    nothing = said.loc["summit-by-small-text-2024"]
    assert nothing[["reported_number", "reported_low", "reported_high"]].isna().all()


def test_a_quantity_is_told_again_as_a_seed_has_it():
    frame = pd.DataFrame(
        {
            "value": pd.array([4000, None, None], "Float64"),
            "value_low": pd.array([4000, 2, None], "Float64"),
            "value_high": pd.array([4000, 2.5, None], "Float64"),
            "value_missing": pd.Series([None, "range", "not-disclosed"], dtype="str"),
        }
    )
    assert as_text(frame, "value").to_list() == ["4000", "2/2.5", "not-disclosed"]


def ends(row: pd.Series, name: str) -> tuple[float, float, str]:
    """Return the two ends of a quantity that has no single number, and why it has none."""
    assert pd.isna(row[name])
    return row[f"{name}_low"], row[f"{name}_high"], row[f"{name}_missing"]
