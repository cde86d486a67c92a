"""Datasets to draw from: the small world of `tests/seeds`, alone or with some rows more."""

import csv
import shutil
from pathlib import Path

from eastflank import Dataset
from pipeline.problems import Problems
from pipeline.tidy import tidy
from pipeline.write import write
from schemas import key, seed_columns
from tests.worlds import SMALL_WORLD, derived, judged, with_words

DEFAULTS = {
    "sources": {
        "title_basis": "as-printed",
        "author": "not-stated",
        "kind": "wire",
        "url": "not-found",
        "accessed": "2026-11-01",
        "language": "en",
        "reliability": "B",
        "origin_id": "not-applicable",
        "text_sha256": "not-applicable",
    },
    "evidence": {
        "locator": "not-applicable",
        "anchor": "not-applicable",
        "stance": "states",
        "credibility": "2",
    },
    "milestones": {
        "commitment_id": "can-2pct-gdp",
        "summary": "It came so.",
        "target_id": "not-applicable",
        "actor_id": "not-applicable",
        "value": "not-applicable",
        "due": "not-applicable",
    },
    "observations": {
        "measure": "defence-spending-share-gdp",
        "actor_id": "canada",
        "target_id": "not-applicable",
        "unit": "percent-gdp",
        "kind": "final",
        "cumulative": "not-applicable",
    },
}
"""What stands in the cells of a new row of which a test does not speak; a cell else is empty."""

Row = tuple[str, tuple[tuple[str, str], ...]]
"""A table, and the cells of a row of it, by column."""


def row(table: str, **cells: str) -> Row:
    """Return a row to be added to a table, or to take the place of that with its key."""
    return table, tuple(cells.items())


def source(source_id: str, published: str, publisher="A wire", **cells: str) -> Row:
    """Return a source."""
    return row(
        "sources",
        source_id=source_id,
        title=source_id,
        published=published,
        publisher=publisher,
        **cells,
    )


def says(source_id: str, table: str, record_id: str, stance="states", **cells: str) -> Row:
    """Return what a source says of a record, or of its `field`."""
    parts = (record_id, "by", source_id, stance, cells.get("field", ""))
    name = "-".join(part.replace("_", "-") for part in parts if part)
    return row(
        "evidence",
        evidence_id=name,
        record_table=table,
        record_id=record_id,
        source_id=source_id,
        stance=stance,
        **cells,
    )


def turn(kind: str, date: str, source_id: str, **cells: str) -> tuple[Row, Row]:
    """Return a turn in the life of Canada's commitment, or of another, and who says so."""
    commitment = cells.get("commitment_id", "can-2pct-gdp")
    name = f"{commitment}-{kind}-{date}".replace("/", "-to-")
    made = row("milestones", milestone_id=name, date=date, kind=kind, **cells)
    return made, says(source_id, "milestones", name)


def figure(period: str, value: str, source_id: str, **cells: str) -> Row:
    """Return what Canada spent, in % of GDP, or another observation."""
    name = f"seen-{cells.get('actor_id', 'canada')}-{period}-{source_id}"
    return row(
        "observations",
        observation_id=name,
        period=period,
        value=value,
        source_id=source_id,
        **cells,
    )


def event(event_id: str, **cells: str) -> tuple[Row, Row]:
    """Return an event, and a wire that tells of it; it needs the source `wire-2024`."""
    plain = {
        "title": event_id,
        "summary": "It came so.",
        "date": "2024-07-10",
        "date_basis": "explicit",
        "status": "occurred",
        "certainty": "stated",
        "place_id": "not-stated",
        "part_of": "not-applicable",
    }
    return row("events", event_id=event_id, **(plain | cells)), says(
        "wire-2024", "events", event_id
    )


def part(event_id: str, actor_id: str, role: str) -> Row:
    """Return an actor's part in an event."""
    return row("event_actors", event_id=event_id, actor_id=actor_id, role=role)


def corpus(*commitment_ids: str) -> tuple[Row, ...]:
    """Return a corpus of which each sentence makes one commitment."""
    made = {"corpus_id": "the-text", "source_id": "small-text-2024"}
    read = {"reason": "not-applicable", "actor_id": "not-applicable"}
    read |= {"target_id": "not-applicable", "read": "whole"}
    size = str(len(commitment_ids))
    text = {"title": "A text", "kind": "text", "rule": "All.", "size": size, "unit": "sentence"}
    rows = [row("corpora", **made, **text)]
    for place, each in enumerate(commitment_ids, 1):
        rows.append(row("commitments", commitment_id=each, selected="census"))
        rows.append(row("passages", **made, locator=f"p{place}.s1", commitment_id=each, **read))
    return tuple(rows)


PEOPLED = (
    *corpus("can-2pct-gdp", "pol-border-guards"),
    source("wire-2024", "2024-09-01"),
    *event(
        "poland-warns-canada",
        date="2024-07",
        type="THREATEN",
        certainty="alleged",
        place_id="brest",
    ),
    part("poland-warns-canada", "poland", "source"),
    part("poland-warns-canada", "canada", "target"),
)
"""A corpus, and an event of which it is only alleged that one acted on another."""


def dataset(
    folder: Path, rows: tuple[Row, ...] = (), words: dict[str, str] | None = None
) -> Dataset:
    """Build the small world with some rows more in a folder, and open it.

    `words` puts others in the place of some, behind the back of the build.
    """
    seeds = Path(shutil.copytree(SMALL_WORLD, folder / "seeds"))
    for table, cells in rows:
        _put(seeds / f"{table}.csv", table, dict(cells))
    tidy(seeds, Problems())
    checked = judged(seeds)
    report = list(checked.problems.report())
    assert report == [], "\n".join(report)
    tables = derived(checked.parsed)
    if words:
        tables = {name: with_words(table, words) for name, table in tables.items()}
    write(tables, folder / "dataset")
    return Dataset(folder / "dataset")


def _put(path: Path, table: str, cells: dict[str, str]):
    names = [column.name for column in seed_columns(table)]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    own = [each for each in rows if all(each[name] == cells.get(name) for name in key(table))]
    before = own[0] if own else dict.fromkeys(names, "") | DEFAULTS.get(table, {})
    rows = [each for each in rows if each not in own] + [before | cells]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
