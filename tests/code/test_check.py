"""The check collects what is wrong, and judges nothing by what it could not read."""

import csv
import io
import json
import os
import zipfile
from datetime import date, timedelta
from hashlib import sha256
from inspect import signature
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import schemas
from eastflank.version import CLOSING
from pipeline.check import check
from pipeline.problems import Problems
from pipeline.read import header
from pipeline.tidy import tidy
from schemas.rules import RULES, WARNINGS, base
from schemas.rules.base import VIEWS
from tests.worlds import CORPUS, LINK, RETIRED, change, judged


def test_problems_of_all_stages_are_told_in_one_run_by_file_and_line(seeds):
    (seeds / "promises.csv").write_text("promise_id\n")
    put(seeds / "memberships.csv", "canada-in-nato,canada,nato", "canada-in-nato,canada,a-writer")
    put(seeds / "evidence.csv", "p3.s1,Will Poland do it?", "p3.s1,Will Poland ever do it now?")
    put(seeds / "evidence.csv", "p2.s2,2%", "p2.s2,Will it be 2% by 2034?")
    put(
        seeds / "event_actors.csv",
        "poland-announces-guards,poland",
        "poland-announces-guards,prussia",
    )
    put(
        seeds / "event_actors.csv",
        "summit,nato,participant,\n",
        "summit,nato,participant,\nsummit,nato,participant,\n",
    )
    put(seeds / "places.csv", "place_id", "\ufeffplace_id")
    put(seeds / "watchpoints.csv", "?,question,", "?,riddle,")
    assert [(problem.file, problem.line, problem.rule) for problem in judged(seeds).problems] == [
        ("seeds/event_actors.csv", 4, "reference"),
        ("seeds/event_actors.csv", 6, "key"),
        ("seeds/evidence.csv", 9, "an_anchor_has_at_most_five_words"),
        ("seeds/evidence.csv", 20, "an_anchor_has_at_most_five_words"),
        ("seeds/memberships.csv", 3, "nobody_belongs_to_a_person"),
        ("seeds/places.csv", 1, "bom"),
        ("seeds/promises.csv", None, "file"),
        ("seeds/watchpoints.csv", 2, "code"),
    ]


def test_the_first_twenty_problems_of_a_rule_are_listed_and_the_rest_counted(seeds, report):
    append(
        seeds / "commitment_actors.csv",
        [f"pol-border-guards,zz-{number:04},beneficiary," for number in range(15)],
    )
    append(seeds / "event_actors.csv", [f"summit,zz-{number:04},target," for number in range(1015)])
    (seeds / "promises.csv").write_text("promise_id\n")
    *listed, of_another_rule, counted = report(seeds)
    places = [line.partition(": ")[0] for line in listed]
    assert places == [
        *(f"seeds/commitment_actors.csv:{line}:actor_id" for line in range(5, 20)),
        *(f"seeds/event_actors.csv:{line}:actor_id" for line in range(6, 11)),
    ]
    assert of_another_rule.endswith("[file]")
    assert counted == "… and 1,010 more [reference]"
    assert len(judged(seeds).problems) == 1031


def test_what_rests_on_a_bad_cell_is_unjudged_and_named_rather_than_wrong(seeds, report):
    put(seeds / "events.csv", "\nsummit,", "\nsummit-,")
    assert [line.partition(": ")[0] for line in report(seeds)] == ["seeds/events.csv:4:event_id"]
    assert judged(seeds).unjudged == [rule.name for rule in RULES if "events" in rule.reads]


def test_what_rests_on_other_tables_is_judged_beside_a_bad_cell(seeds):
    put(seeds / "events.csv", "\nsummit,", "\nsummit-,")
    put(seeds / "memberships.csv", "canada-in-nato,canada,nato", "canada-in-nato,canada,a-writer")
    put(seeds / "observations.csv", "border-guards,poland", "border-guards,prussia")
    assert [problem.rule for problem in judged(seeds).problems] == [
        "id",
        "nobody_belongs_to_a_person",
        "reference",
    ]


def test_a_row_with_a_bad_cell_is_not_judged_by_the_rules_of_rows(seeds, report):
    """Nobody knows whether an alliance, which is no kind of actor, may have the code of a state."""
    put(seeds / "actors.csv", "NATO,organisation,not-applicable", "NATO,alliance,NAT")
    put(seeds / "actors.csv", "A. Writer,person,not-applicable", "A. Writer,person,WRI")
    assert [line.partition(": ")[0] for line in report(seeds)] == [
        "seeds/actors.csv:2:iso3",
        "seeds/actors.csv:4:kind",
    ]


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        pytest.param(lambda path: path.unlink(), "file", id="missing"),
        pytest.param(
            lambda path: put(path, "actor_id,", "actor,"), "columns", id="without-its-key"
        ),
        pytest.param(
            lambda path: put(path, "NATO,", '"NATO,'), "quote", id="with-a-quote-not-closed"
        ),
        pytest.param(lambda path: put(path, "nato,NATO", "nato-,NATO"), "id", id="with-a-bad-id"),
        pytest.param(
            lambda path: put(path, "nato,NATO", "nato,NATO,"), "ragged", id="with-a-ragged-row"
        ),
    ],
)
def test_references_to_what_could_not_be_read_are_not_judged(spoil, rule, seeds):
    spoil(seeds / "actors.csv")
    assert {problem.rule for problem in judged(seeds).problems} == {rule}


def test_a_seed_that_cannot_be_opened_is_a_problem_beside_others(seeds, report):
    (seeds / "places.csv").unlink()
    (seeds / "places.csv").mkdir()
    put(seeds / "observations.csv", "guards-poland-2024", "guards-prussia-2024")
    put(seeds / "observations.csv", "border-guards,poland", "border-guards,prussia")
    assert [line.partition(";")[0] for line in report(seeds)] == [
        "seeds/observations.csv:2:actor_id: 'prussia' has no row in seeds/actors.csv",
        "seeds/places.csv: cannot be read: it is no file, but a folder, a pipe or a device [file]",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_nobody_waits_for_a_pipe_in_the_place_of_a_seed(seeds, report):
    (seeds / "places.csv").unlink()
    os.mkfifo(seeds / "places.csv")
    assert report(seeds) == [
        "seeds/places.csv: cannot be read: it is no file, but a folder, a pipe or a device [file]"
    ]
    assert tidy(seeds, Problems()) == []


def test_an_actor_a_place_and_a_source_that_no_row_refers_to_are_warnings(seeds):
    append(
        seeds / "actors.csv",
        ["wto,WTO,organisation,not-applicable,not-applicable,not-applicable,not-applicable,,"],
    )
    append(
        seeds / "sources.csv",
        [
            "unread-2024,Unread,as-printed,not-stated,Nobody,news,2024,not-found,2025-01-01,en,F,not-applicable,not-applicable,"
        ],
    )
    checked = judged(seeds)
    assert not checked.problems
    unused = [line for line in checked.warnings.report() if line.endswith("[unused]")]
    assert unused == [
        "seeds/actors.csv:6:actor_id: 'wto' is referred to by no row [unused]",
        "seeds/places.csv:2:place_id: 'brest' is referred to by no row [unused]",
        "seeds/sources.csv:4:source_id: 'unread-2024' is referred to by no row [unused]",
    ]


def test_tables_without_rows_are_in_order(seeds):
    for table in schemas.SEEDS:
        (seeds / f"{table}.csv").write_text(f"{header(table)}\n")
    checked = judged(seeds)
    assert (list(checked.problems), checked.unjudged) == ([], [])


def test_a_key_that_stands_twice_stops_no_rule(seeds):
    """Rules look things up by key, which must do for a table with one key in two rows."""
    change(seeds, *CORPUS, LINK, RETIRED)
    for table in schemas.SEEDS:
        path = seeds / f"{table}.csv"
        append(path, path.read_text().splitlines()[-1:])
    checked = judged(seeds)
    assert {problem.file for problem in checked.problems if problem.rule == "key"} == {
        f"seeds/{table}.csv" for table in schemas.SEEDS
    }
    assert checked.unjudged == []


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table, column.name)
        for table in schemas.SEEDS
        for column in schemas.seed_columns(table)
        if column.reference
    ],
)
def test_a_reference_that_leads_nowhere_is_named_and_stops_no_rule(table, column, seeds):
    """Rules look things up by id, which must do for an id that no row has."""
    change(seeds, *CORPUS, LINK, RETIRED)
    path = seeds / f"{table}.csv"
    names, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    for row in rows:
        row[names.index(column)] = "nowhere"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([names, *rows])
    checked = judged(seeds)
    of_references = [problem for problem in checked.problems if problem.rule == "reference"]
    assert {(problem.file, problem.column) for problem in of_references} == {
        (f"seeds/{table}.csv", column)
    }
    assert len(of_references) == len(rows) and checked.unjudged == []


def test_what_a_commitment_of_a_corpus_is_made_of_is_in_order(seeds, report):
    change(seeds, *CORPUS, LINK, RETIRED)
    assert report(seeds) == []


@pytest.mark.parametrize(("day", "rules"), [(0, []), (1, ["a_source_is_read_by_the_closing_day"])])
def test_a_source_may_be_read_on_the_closing_day_and_on_no_later_one(day, rules, seeds):
    read = f"{date.fromisoformat(CLOSING) + timedelta(days=day)}"
    put(seeds / "sources.csv", "notices,2025-04-01", f"notices,{read}")
    assert [problem.rule for problem in judged(seeds).problems] == rules


@pytest.mark.parametrize("name", VIEWS)
def test_a_rule_reads_the_tables_of_which_its_views_are_made(name):
    """A table that a view of a view is made of may be unreadable too."""
    rules = [rule for rule in [*RULES, *WARNINGS] if name in signature(rule.judge).parameters]
    assert all(rule.reads <= schemas.SEEDS.keys() for rule in rules)
    if name == "facts":
        assert rules and all({"sources", "observations"} <= rule.reads for rule in rules)


def put(path: Path, old: str, new: str):
    """Put new words in the place of old ones, which must stand in a file exactly once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def append(path: Path, lines: list[str]):
    """Put lines behind the last one of a file."""
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def release(folder: Path, **ids: list[str]):
    """Put a release into a folder of releases, with the ids that its tables had."""
    folder.mkdir()
    with zipfile.ZipFile(folder / "old.zip", "w") as archive:
        for name, known in ids.items():
            buffer = io.BytesIO()
            pq.write_table(pa.table({schemas.key(name)[0]: known}), buffer)
            archive.writestr(f"old/dataset/{name}.parquet", buffer.getvalue())
    digest = sha256((folder / "old.zip").read_bytes()).hexdigest()
    index = [
        {"version": "0.0.9", "archive": "none.zip", "sha256": ""},
        {"version": "0.1.0", "archive": "old.zip", "sha256": digest},
    ]
    (folder / "index.json").write_text(json.dumps(index))


def test_an_id_of_the_last_release_is_there_or_retired(seeds, report):
    release(seeds.parent / "releases", events=["summit", "old-summit"], actors=["canada"])
    assert report(seeds) == [
        "seeds/events.csv: lacks 'old-summit', which version 0.1.0 has; "
        "put it back, or say in retired.csv why it is gone [released]"
    ]
    change(seeds, ("retired", "", "old-summit,events,0.2.0,It was one too many.,summit"))
    assert report(seeds) == []


def test_a_release_that_is_damaged_is_told_and_holds_nothing(seeds):
    release(seeds.parent / "releases", events=["old-summit"])
    path = seeds.parent / "releases" / "old.zip"
    path.write_bytes(path.read_bytes()[:-1])
    checked = judged(seeds)
    assert list(checked.problems.report()) == []
    assert (
        "releases/old.zip: is not the archive that was released, so that nothing was held to it "
        "[release]"
    ) in list(checked.warnings.report())


def test_of_many_ids_that_are_gone_the_first_are_listed_and_the_rest_counted(seeds, report):
    release(seeds.parent / "releases", events=[f"event-{number}" for number in range(1000)])
    *listed, more = report(seeds)
    assert len(listed) == 20 and more == "… and 980 more [released]"


def test_an_exception_excuses_its_row_and_no_other(seeds, monkeypatch):
    put(seeds / "targets.csv", "exactly,6000,", "exactly,6000.5,")
    put(seeds / "observations.csv", ",6000,", ",6000.5,")
    rule = "people_and_things_that_are_observed_are_whole"
    monkeypatch.setattr(base, "exceptions", lambda: {rule: {"guards-poland-2024": "Half a guard."}})
    # Without the memory of other tests, for which there is no such exception.
    (problem,) = check(seeds).problems
    assert problem.rule == "people_and_things_that_are_aimed_at_are_whole"
