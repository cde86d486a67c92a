"""What changed from one dataset to another: rows, cells and shape, and the summary in words."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

import eastflank as ef
from eastflank.diff import COLUMNS, RENAMED, Changes, _by_record, _renamed
from pipeline.check import check
from pipeline.derive import derive
from pipeline.write import write
from tests import drawn
from tests.worlds import SMALL_WORLD, change, with_words

CHANGES = (
    (
        "sources",
        "",
        "letter-2026,Letter,as-printed,not-stated,A wire,wire,2026-10-01,not-found,2026-10-02,en,B,"
        "not-applicable,not-applicable,",
    ),
    ("events", "The allies meet.", "The allies | < met."),
    (
        "places",
        "brest,Brest,city,poland,52.1,23.7,",
        "brest,Brest,city,poland,not-found,not-found,",
    ),
    ("retired", "", "wire-2026,sources,0.2.0,It is a copy.,gazette-2025"),
)
"""What comes to the small world, after which it is newer; it has lost a source."""


@pytest.fixture(scope="module")
def older(world) -> ef.Dataset:
    return world(drawn.source("wire-2026", "2026-10-01"))


@pytest.fixture(scope="module")
def newer(tmp_path_factory) -> ef.Dataset:
    made = tmp_path_factory.mktemp("newer")
    seeds = Path(shutil.copytree(SMALL_WORLD, made / "seeds"))
    change(seeds, *CHANGES)
    checked = check(seeds)
    assert list(checked.problems.report()) == []
    write(derive(checked.parsed), made / "dataset")
    return ef.Dataset(made / "dataset")


@pytest.fixture(scope="module")
def changes(older, newer) -> Changes:
    return ef.diff(older, newer)


def told(frame: pd.DataFrame) -> list[tuple]:
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in frame.to_numpy()]


def test_every_row_and_cell_that_people_changed_is_told_and_nothing_else(changes):
    assert list(changes.frame.columns) == COLUMNS
    assert set(map(str, changes.frame.dtypes)) == {"str"}
    assert told(changes.frame) == [
        ("events", "summit", "summary", "changed", "The allies meet.", "The allies | < met."),
        ("places", "brest", "latitude", "changed", "52.1", "not-found"),
        ("places", "brest", "longitude", "changed", "23.7", "not-found"),
        ("sources", "letter-2026", None, "added", None, None),
        ("sources", "wire-2026", None, "retired", None, "It is a copy.; see gazette-2025"),
        ("retired", "wire-2026", None, "added", None, None),
    ]


def test_what_the_build_makes_is_counted_and_given_when_asked_for(older, newer, changes):
    counted = changes.counted.set_index(["table", "change"])["n"].to_dict()
    assert counted == {("places", "changed"): 2}
    whole = ef.diff(older, newer, derived=True)
    assert whole.counted.empty
    more = whole.frame[whole.frame["column"].astype("str").str.endswith("_missing")]
    assert told(more) == [
        ("places", "brest", f"{name}_missing", "changed", None, "not-found")
        for name in ("latitude", "longitude")
    ]
    assert len(whole.frame) == len(changes.frame) + 2


def test_a_code_is_told_like_what_people_write(older, tmp_path):
    tables = dict(derive(check(SMALL_WORLD).parsed))
    write(
        tables
        | {"codes": with_words(tables["codes"], {"The territory of a state.": "All of a state."})},
        tmp_path / "dataset",
    )
    found = ef.diff(older, ef.Dataset(tmp_path / "dataset")).frame
    assert set(found.loc[found["table"] == "codes", "change"]) == {"changed"}


def test_the_same_dataset_twice_has_no_changes(older):
    changes = ef.diff(older, older)
    assert changes.frame.empty and list(changes.frame.columns) == COLUMNS
    assert str(changes) == f"# Changes from {older.version} to {older.version}\n\nNothing changed."


def test_rows_whose_key_is_empty_in_part_are_told_apart():
    key = ["source_id", "locator", "commitment_id"]
    rows = pd.DataFrame([("a", "p1.s1", None), ("a", "p1.s2", None)], columns=key, dtype="str")
    assert list(_by_record(rows, key).index) == ["a / p1.s1 / ", "a / p1.s2 / "]


def test_backwards_what_came_goes_and_what_went_comes(older, newer):
    frame = ef.diff(newer, older).frame
    assert frame["change"].value_counts().to_dict() == {"changed": 3, "removed": 2, "added": 1}
    cell = frame[frame["column"] == "latitude"]
    assert told(cell[["before", "after"]]) == [("not-found", "52.1")]


def test_the_summary_counts_shows_and_takes_nothing_for_html(changes):
    shown = str(changes)
    assert shown == changes._repr_markdown_()
    assert repr(changes) == f"<Changes from {ef.__version__} to {ef.__version__}: 6>"
    for line in (
        "| sources | 1 | 0 | 1 | 0 |",
        "In `events` (summary 1):",
        "| summit | summary | The allies meet. | The allies \\| &lt; met. |",
        "| wire-2026 | It is a copy.; see gazette-2025 |",
        "| places | changed | 2 |",
    ):
        assert line in shown.splitlines()


def test_a_long_summary_is_cut_and_says_how_much_is_left():
    row = {"table": "events", "change": "changed", "before": "a", "after": "b", "column": "title"}
    frame = pd.DataFrame([row | {"record": f"event-{n}"} for n in range(23)])[COLUMNS]
    empty = pd.DataFrame(columns=["table", "change", "n"])
    shown = str(Changes("1", "2", frame, empty))
    assert "| event-19 |" in shown and "| event-20 |" not in shown and "And 3 more." in shown


def test_changes_of_shape_are_told_by_kind_and_table():
    rows = [
        ("panel", None, None, "table-added", None, "3 rows"),
        ("notes", None, None, "table-removed", "3 rows", None),
        ("events", None, "mood", "column-added", None, "text"),
        ("events", None, "tone", "column-removed", "text", None),
        ("events", None, "place_id", "column-renamed", "place", "place_id"),
        ("events", None, "size", "column-retyped", "text", "number"),
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS).astype("str")
    shown = str(Changes("1", "2", frame, pd.DataFrame(columns=["table", "change", "n"])))
    assert shown.splitlines()[-6:] == [
        "- tables added: `panel`",
        "- tables removed: `notes`",
        "- columns added in `events`: `mood`",
        "- columns removed in `events`: `tone`",
        "- columns renamed in `events`: `place` is now `place_id`",
        "- columns retyped in `events`: `size` (text before, number now)",
    ]


def test_a_rename_holds_in_both_directions_and_only_where_one_name_took_the_other_s_place():
    old, new = (
        pd.DataFrame(columns=["table", "field"]),
        pd.DataFrame(columns=["record_table", "field"]),
    )
    assert _renamed("evidence", old, new) == {"table": "record_table"}
    assert _renamed("evidence", new, old) == {"record_table": "table"}
    assert _renamed("events", old, new) == {}
    assert _renamed("evidence", old, new[["field"]]) == {}
    assert _renamed("evidence", old, old.assign(record_table=None)) == {}
    assert len(set(RENAMED)) == len(RENAMED)
