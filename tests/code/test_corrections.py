"""A released cell changes only on the record, and the record says what is so."""

import json
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.check import check
from pipeline.corrections import HEADER, RENEWED
from schemas import SEEDS, seed_columns
from tests.worlds import MEMORY, SMALL_WORLD, change, evidence

TITLE = ("targets", "can-2pct-gdp,2% of GDP,", "can-2pct-gdp,2% of its GDP,")
OFF_THE_RECORD = (
    "seeds/targets.csv:2:title: '2% of its GDP' was '2% of GDP' in version 7.0.0; "
    "put it back, or add a line to CORRECTIONS.csv [record]"
)
LINE = "2026-12-05,can-2pct-gdp-level,title,2% of GDP,2% of its GDP,It is Canada's."
"""A line that tells of the change."""

PLACE = (
    ("places", "", "arctic,Arctic,region,not-applicable,not-applicable,not-applicable,"),
    ("events", "stated,not-stated,summit,", "stated,arctic,summit,"),
)

PART = "summit / nato / participant"
OTHER_PART = ("event_actors", "summit,nato,participant,", "summit,canada,participant,")


@pytest.fixture(scope="session")
def releases(tmp_path_factory) -> Path:
    """A folder of releases, of which the last has the small world and the list of corrections."""
    folder = tmp_path_factory.mktemp("released") / "releases"
    return release(folder, dict.fromkeys(SEEDS, ()))


def release(folder: Path, without: dict[str, tuple[str, ...]], files=("CORRECTIONS.csv",)) -> Path:
    """Put a release of the small world into a folder: some tables, each without some columns."""
    folder.mkdir()
    parsed = check(SMALL_WORLD, memory=MEMORY).parsed
    with zipfile.ZipFile(folder / "last.zip", "w") as archive:
        for name, columns in without.items():
            held = BytesIO()
            pq.write_table(parsed[name].table.drop_columns(list(columns)), held)
            archive.writestr(f"last/dataset/{name}.parquet", held.getvalue())
        for file in files:
            archive.writestr(f"last/{file}", "")
    digest = sha256((folder / "last.zip").read_bytes()).hexdigest()
    index = [{"version": "7.0.0", "archive": "last.zip", "sha256": digest}]
    (folder / "index.json").write_text(json.dumps(index))
    return folder


@pytest.fixture
def told(seeds, releases, report):
    """A function from lines of the list to the report on the seeds beside it."""
    (seeds.parent / "releases").symlink_to(releases)

    def tell(*lines: str) -> list[str]:
        text = "".join(f"{line}\n" for line in (",".join(HEADER), *lines))
        (seeds.parent / "CORRECTIONS.csv").write_text(text, encoding="utf-8")
        return report(seeds)

    return tell


def test_what_stands_as_it_was_released_is_in_order(told):
    assert told() == []


def test_a_released_cell_does_not_change_off_the_record(seeds, told):
    change(seeds, TITLE)
    assert told() == [OFF_THE_RECORD]


def test_a_released_cell_may_change_on_the_record(seeds, told):
    change(seeds, TITLE)
    assert told(LINE) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-01-02", []),
        (
            "2024-12-31",
            [
                "seeds/sources.csv:3:accessed: '2024-12-31' was '2025-01-01' in version 7.0.0, "
                "and moves only forward; put it back, or add a line to CORRECTIONS.csv [record]"
            ],
        ),
    ],
    ids=["a day later", "a day earlier"],
)
def test_the_day_of_a_reading_moves_only_forward(day, expected, seeds, told):
    change(seeds, ("sources", "2025-01-01,en", f"{day},en"))
    assert told() == expected


def test_the_day_of_a_reading_moves_back_on_the_record(seeds, told):
    change(seeds, ("sources", "2025-01-01,en", "2024-12-31,en"))
    assert told("2026-12-05,small-text-2024,accessed,2025-01-01,2024-12-31,A slip.") == []


def test_a_line_of_another_field_is_no_record_of_this_one(seeds, told):
    change(seeds, TITLE)
    other = LINE.replace(",title,2% of GDP,2% of its GDP,", ",value,1.5,2,")
    assert told(other) == [OFF_THE_RECORD]


def test_a_reason_is_told_as_a_seed_writes_it(seeds, told):
    change(seeds, *PLACE)
    assert told() == [
        "seeds/events.csv:2:place_id: 'arctic' was 'not-stated' in version 7.0.0; "
        "put it back, or add a line to CORRECTIONS.csv [record]"
    ]


def test_a_line_whose_after_is_not_what_stands_is_refused(seeds, told):
    change(seeds, TITLE)
    assert told(LINE.replace("its", "their")) == [
        "CORRECTIONS.csv:2:after: '2% of their GDP' is no longer what stands there, "
        "'2% of its GDP' [corrections]"
    ]


def test_a_line_whose_before_is_not_what_was_released_is_refused(seeds, told):
    change(seeds, TITLE)
    assert told(LINE.replace(",2% of GDP,", ",3% of GDP,")) == [
        "CORRECTIONS.csv:2:before: '3% of GDP' is not what version 7.0.0 has, '2% of GDP'; "
        "say what was released [corrections]"
    ]


def test_of_several_lines_of_a_cell_the_newest_counts(seeds, told):
    change(seeds, TITLE)
    first = "2026-12-04,can-2pct-gdp-level,title,2% of GDP,2% of the GDP,It lacked an article."
    second = LINE.replace("2% of GDP", "2% of the GDP")
    assert told(first, second) == []
    assert told(second.replace("12-05", "12-03"), first) == [
        "CORRECTIONS.csv:3:after: '2% of the GDP' is no longer what stands there, "
        "'2% of its GDP' [corrections]"
    ]


def test_a_row_that_no_release_had_may_be_corrected_on_the_record(seeds, told):
    change(seeds, *PLACE)
    used = "2026-12-05,canada-pledges-2pct,place_id,not-stated,arctic,A source names it."
    assert told(used, "2026-12-05,arctic,name,The Arctic,Arctic,It has no article.") == []


def test_what_is_renewed_needs_no_line(seeds, told):
    change(
        seeds,
        ("commitments", "follow-up,not-found,\npol", "follow-up,2026-11-29,Two searches.\npol"),
    )
    assert told() == []


def test_the_answer_to_a_question_needs_no_line_and_the_question_does(seeds, told):
    question = (
        "watchpoints",
        "will-poland-do-it,Does Poland raise the guards?",
        "will-poland-do-it,Does Poland?",
    )
    answer = ("open,not-applicable,not-applicable", "occurred,2024-07-14,poland-announces-guards")
    source = evidence(
        "watchpoints", "will-poland-do-it", "gazette-2025", "states", "status", "occurred"
    )
    change(seeds, ("watchpoints", *answer), source)
    assert told() == []
    change(seeds, question)
    [line] = told()
    assert line.startswith("seeds/watchpoints.csv:2:question: ") and line.endswith("[record]")


def test_what_is_renewed_are_columns_of_seeds():
    columns = {f"{name}.{each.name}" for name in SEEDS for each in seed_columns(name)}
    columns |= {each.partition(".")[2] for each in columns}
    assert RENEWED.keys() <= columns


def test_a_row_without_an_id_is_not_gone_off_the_record(seeds, told):
    change(seeds, OTHER_PART)
    lacks = (
        f"seeds/event_actors.csv: lacks {PART!r}, which version 7.0.0 has; "
        "put it back, or add a line to CORRECTIONS.csv [record]"
    )
    assert told() == [lacks]
    gone = f"2026-12-05,{PART},,,,It was Canada that took part."
    assert told(gone) == []
    assert told(gone.replace(",,,,", ",,,there,")) == [
        "CORRECTIONS.csv:2:after: 'there' is no longer what stands there: the row is gone "
        "[corrections]"
    ]


def test_a_line_that_a_row_is_gone_is_refused_where_it_stands(told):
    assert told(f"2026-12-05,{PART},,,,It was one too many.") == [
        f"CORRECTIONS.csv:2:record: {PART!r} stands in seeds/event_actors.csv; "
        "name the field that was corrected [corrections]"
    ]


FAULTS = {
    LINE.replace("2026-12-05", "5 December"): "2:day: '5 December' is no day; write 2026-12-01",
    LINE.replace("level", "levle"): "2:record: 'can-2pct-gdp-levle' names no row that is there "
    "or retired",
    LINE.replace(",title,", ",titel,"): "2:field: 'titel' is no column of targets; did you mean "
    "'title'?",
    LINE.removesuffix("It is Canada's."): "2:why: '' is empty; say why it was corrected",
    f"{LINE},": "2: has 7 cells, but the header has 6",
}


@pytest.mark.parametrize("line", FAULTS)
def test_a_line_that_cannot_be_followed_is_refused(line, seeds, told):
    change(seeds, TITLE)
    assert f"CORRECTIONS.csv:{FAULTS[line]} [corrections]" in told(line)


def test_lines_stand_in_the_order_of_their_days(seeds, told):
    change(seeds, TITLE)
    old = LINE.replace("2026-12-05", "2026-12-01")
    assert told(LINE, old) == [
        "CORRECTIONS.csv:3:day: '2026-12-01' stands below 2026-12-05; the newest line stands last "
        "[corrections]"
    ]


def test_a_list_that_cannot_be_read_is_refused(seeds, told, report):
    path = seeds.parent / "CORRECTIONS.csv"
    told()
    path.write_text("day,record\n", encoding="utf-8")
    assert report(seeds) == [
        "CORRECTIONS.csv:1: must be 'day,record,field,before,after,why' [corrections]"
    ]
    path.unlink()
    assert report(seeds) == [
        "CORRECTIONS.csv: cannot be read: No such file or directory [corrections]"
    ]


@pytest.mark.parametrize(
    ("without", "files"),
    [
        ({"targets": ("due",)}, ["CORRECTIONS.csv"]),
        ({"targets": ()}, ["CHANGELOG.md"]),
    ],
    ids=["a table of another shape", "a release before there was a record"],
)
def test_nothing_is_held_to(without, files, seeds, report, tmp_path):
    release(tmp_path / "releases", without, files)
    change(seeds, TITLE)
    assert report(seeds) == []


def test_where_nothing_was_released_nothing_is_held_to_it(seeds, report):
    change(seeds, TITLE)
    assert report(seeds) == []
