"""A report is in order, short however much is wrong, and one line a problem."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.problems import SHOWN_PER_RULE, Problems
from pipeline.read import Seed


def seed(cells: list[str], name="events") -> Seed:
    """A seed of one column, `title`, whose rows stand on the lines from 2 on."""
    text = pa.table({"title": pa.array(cells, pa.large_string())})
    return Seed(name, f"seeds/{name}.csv", text, np.arange(2, len(cells) + 2))


def test_a_report_goes_by_file_then_by_line_as_a_number_then_by_column():
    problems = Problems()
    problems.add("seeds/b.csv", 1, "is last", "form")
    problems.add("seeds/a.csv", 10, "is fifth", "form")
    problems.add("seeds/a.csv", 9, "is fourth", "form", column="two", value="")
    problems.add("seeds/a.csv", 9, "is third", "form", column="one", value="")
    problems.add("seeds/a.csv", 9, "is second", "form")
    problems.add("seeds/a.csv", None, "is first", "form")
    assert list(problems.report()) == [
        "seeds/a.csv: is first [form]",
        "seeds/a.csv:9: is second [form]",
        "seeds/a.csv:9:one: '' is third [form]",
        "seeds/a.csv:9:two: '' is fourth [form]",
        "seeds/a.csv:10: is fifth [form]",
        "seeds/b.csv:1: is last [form]",
    ]


def test_of_each_rule_the_first_twenty_problems_are_listed_and_the_rest_counted():
    problems = Problems()
    for name in ("places", "events"):
        problems.add_cells(seed(["x"] * 1500, name), "title", np.arange(1500), "is wrong", "many")
    problems.add("seeds/places.csv", 3, "is odd", "few")
    *listed, more = problems.report()
    assert [line for line in listed if line.endswith("[many]")] == [
        f"seeds/events.csv:{line}:title: 'x' is wrong [many]"
        for line in range(2, 2 + SHOWN_PER_RULE)
    ]
    assert "seeds/places.csv:3: is odd [few]" in listed
    assert more == "… and 2,980 more [many]"
    assert len(problems) == 3001


def test_twenty_problems_of_a_rule_are_all_listed_and_none_is_said_to_be_left():
    problems = Problems()
    problems.add_cells(
        seed(["x"] * SHOWN_PER_RULE), "title", np.arange(SHOWN_PER_RULE), "is wrong", "rule"
    )
    assert len(list(problems.report())) == SHOWN_PER_RULE


def test_problems_found_apart_are_reported_as_if_they_had_been_found_together():
    together, apart = Problems(), [Problems(), Problems()]
    for part, name in zip(apart, ("events", "places"), strict=True):
        for problems in (together, part):
            problems.add_cells(seed(["x"] * 30, name), "title", np.arange(30), "is wrong", "rule")
    joined = Problems()
    for part in reversed(apart):
        joined.extend(part)
    assert list(joined.report()) == list(together.report()) and len(joined) == len(together)


def test_nothing_wrong_is_no_problem():
    problems = Problems()
    problems.add_cells(seed(["x"]), "title", np.array([], dtype=int), "is wrong", "rule")
    assert not problems and list(problems.report()) == []


def test_a_sentence_may_depend_on_the_cell():
    problems = Problems()
    problems.add_cells(
        seed(["a", "bb"]), "title", np.array([1]), lambda cell: f"has {len(cell)} letters", "rule"
    )
    assert list(problems.report()) == ["seeds/events.csv:3:title: 'bb' has 2 letters [rule]"]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("it's", '"it\'s"'),
        ("two\nlines", r"'two\nlines'"),
        ("\x1b[31mred", r"'\x1b[31mred'"),
        ("no\u200bjoin\u00a0er", r"'no\u200bjoin\xa0er'"),
        ("right\u202eto left", r"'right\u202eto left'"),
        ("Łukašenka 白", "'Łukašenka 白'"),
        ("x" * 79, "'" + "x" * 77 + "…'"),
    ],
)
def test_a_cell_is_shown_so_that_what_cannot_be_seen_in_it_is_seen(cell, shown):
    problems = Problems()
    problems.add("seeds/events.csv", 2, "is wrong", "rule", column="title", value=cell)
    assert list(problems.report()) == [f"seeds/events.csv:2:title: {shown} is wrong [rule]"]


@settings(deadline=None)
@example("\U000e0100" * 9)  # Python shows it as it is, and a report must not
@given(st.text())
def test_a_problem_is_one_printable_line_of_a_bearable_length(cell):
    problems = Problems()
    problems.add("seeds/events.csv", 2, "is wrong", "rule", column="title", value=cell)
    (line,) = problems.report()
    assert line.isprintable() and len(line) <= 80 + len(
        "seeds/events.csv:2:title:  is wrong [rule]"
    )
