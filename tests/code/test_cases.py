"""Small inputs that once came out wrong, each with the right behaviour.

A case is a folder of `tests/cases/`: rows that are added to the small world of `tests/seeds`.
"""

import csv
import shutil
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pandas as pd
import pytest

from pipeline.cells import to_pandas
from pipeline.check import Checked
from pipeline.derive import derive
from pipeline.problems import Problems
from pipeline.tidy import tidy
from schemas import SEEDS, seed_columns
from tests.worlds import SMALL_WORLD, judged

CASES = Path(__file__).resolve().parents[1] / "cases"


PROMISES = ("met-and-then-undone", "met-late", "deliveries-in-parts", "instalments")
"""The cases of which a build makes something; each is about promises of its own."""


def judged_with(cases: Iterable[str], folder: Path) -> Checked:
    """Return what a check of the small world with the rows of cases comes to."""
    seeds = Path(shutil.copytree(SMALL_WORLD, folder / "seeds"))
    for name in SEEDS:
        names = [column.name for column in seed_columns(name)]
        files = [CASES / case / f"{name}.csv" for case in cases]
        read = [
            csv.DictReader(file.open(encoding="utf-8", newline=""))
            for file in files
            if file.exists()
        ]
        with (seeds / f"{name}.csv").open("a", encoding="utf-8", newline="") as out:
            # A state that two cases have is one row.
            rows = dict.fromkeys(tuple(row[each] for each in names) for row in chain(*read))
            csv.writer(out, lineterminator="\n").writerows(rows)
    tidy(seeds, Problems())
    return judged(seeds)


@pytest.fixture
def checked(tmp_path):
    """A function from a case's name to what a check of the small world with its rows comes to."""
    return lambda name: judged_with([name], tmp_path)


@pytest.fixture(scope="module")
def tables(tmp_path_factory) -> dict[str, pd.DataFrame]:
    """The tables that a build makes of the small world with the rows of all cases of promises."""
    found = judged_with(PROMISES, tmp_path_factory.mktemp("promises"))
    assert list(found.problems.report()) == []
    return {name: to_pandas(table) for name, table in derive(found.parsed).items()}


ABOUT_NAMES = {
    "the_id_of_a_membership_names_actor_group_and_capacity",
    "the_id_of_a_target_begins_with_its_commitment",
    "a_number_in_a_title_is_the_value",
    "who_acts_or_is_acted_upon_is_named",
    "whom_a_promise_serves_is_named",
}
"""The warnings about what records are called; the cases are about other things."""


def doubts(found: Checked) -> set[tuple[str, str]]:
    """Return the warnings of a check, each as its rule and the cell that it points to, but for those
    about what records are called and of what nothing names.
    """
    left_out = ABOUT_NAMES | {"unused"}
    return {(each.rule, each.value) for each in found.warnings if each.rule not in left_out}


def outcome(tables: dict[str, pd.DataFrame], outcome_id: str) -> pd.Series:
    return tables["outcomes"].set_index("outcome_id").loc[outcome_id]


def test_an_office_since_1858_or_from_2041_on_is_doubted(checked):
    found = checked("an-office-of-1858-and-one-of-2041")
    assert doubts(found) == {
        ("era", "1858-10-21"),
        ("an_office_has_begun_and_lasts_at_most_twenty_years", "1858-10-21"),
        ("an_office_has_begun_and_lasts_at_most_twenty_years", "2041-01-20"),
    }


def test_two_holders_of_one_office_and_one_who_holds_it_twice_are_doubted(checked):
    found = checked("two-holders-of-one-office")
    lines = [line for line in found.warnings.report() if "one_person_holds_an_office" in line]
    assert len(lines) == 2


def test_a_member_who_is_partner_too_is_doubted(checked):
    rules = {rule for rule, _ in doubts(checked("member-and-partner-at-once"))}
    assert rules == {"nobody_is_member_and_partner_at_once"}


def test_a_promise_met_and_then_undone_is_reversed(tables):
    row = outcome(tables, "t10-2pct-level")
    assert (row["standing"], row["reached"], row["timing_first"]) == (
        "reversed",
        "2024-12-31",
        "in-time",
    )


def test_a_promise_met_late_is_told_apart_from_one_met_in_time(tables):
    timings = {
        name: outcome(tables, name)["timing_first"] for name in ("t11-late-sum", "t11-ontime-sum")
    }
    assert timings == {"t11-late-sum": "late", "t11-ontime-sum": "early"}
    assert set(
        tables["commitments"].set_index("commitment_id").loc[["t11-late", "t11-ontime"], "status"]
    ) == {"met"}
    shown = tables["tracker"].set_index("tracker_id")["timing_first"]
    assert (shown["t11-late-sum"], shown["t11-ontime-sum"]) == ("late", "early")


def test_deliveries_in_parts_add_up_to_what_was_promised_and_stay_with_their_promise(tables):
    rows = tables["tracker"].set_index("tracker_id")
    assert (rows.loc["t13-a-n", "standing"], rows.loc["t13-a-n", "observed_value"]) == ("met", 14)
    assert rows.loc["t13-a-n", "degree"] == 1
    assert rows.loc["t13-b-n", "standing"] == "unverified"
    assert pd.isna(rows.loc["t13-b-n", "observed_value"])


def test_nothing_is_not_taken_for_unknown(checked):
    assert doubts(checked("nothing-for-unknown")) == {
        ("a_promise_is_of_more_than_nothing", value) for value in ("0", "-5000000")
    }


def test_what_exports_write_for_nothing_is_doubted(checked):
    values = {
        value for rule, value in doubts(checked("leftovers-of-an-export")) if rule == "leftover"
    }
    assert {"N/A", "nan", "?", "None", "NULL", "TBD", "unknown", "<NA>"} <= values
    assert sum("\\u00e9" in value or "Ã" in value for value in values) == 2


def test_an_instalment_of_a_past_year_is_not_hidden_by_the_last(tables):
    assert outcome(tables, "t30-2024")["standing"] == "unverified"
    assert outcome(tables, "t30-all")["standing"] == "pending"


def test_coordinates_of_another_country_are_doubted(checked):
    found = checked("coordinates-of-another-country")
    lines = [line for line in found.warnings.report() if "a_place_lies_in_its_country" in line]
    assert len(lines) == 2
