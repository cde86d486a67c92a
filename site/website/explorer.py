"""The explorer: all outcomes in one table that filters, with a download of the rows that are shown.

The table is plain HTML, and readable without a script. What the filters need stands in the rows
themselves; what the download needs lies in a script beside, with the lines of `tracker.csv`.
"""

from __future__ import annotations

import csv
import io

from eastflank.citation import cite
from website.pages import Pages, json_text
from website.world import Row, World

CHOICES = {
    "promisor": "Promised by",
    "beneficiary": "Promised to",
    "domain": "Field",
    "corpus": "Corpus",
    "standing": "Outcome",
    "timing": "Timing, by the first date",
    "confidence": "Confidence",
}
"""What can be chosen from, by the name that it has in the address, with its label."""


def write(pages: Pages) -> None:
    """Write the page, and beside it the script with the rows for the download."""
    world = pages.world
    rows = [_choices_of(world, row) for row in world.tables["tracker"]]
    options = {
        name: sorted(
            {(value, words) for row in rows for value, words in row[name].items()},
            key=lambda pair: (pair[1].casefold(), pair[0]),
        )
        for name in CHOICES
    }
    pages.page(
        "explore/",
        "explore.html",
        "Explore",
        description="All targets and what came of each, in one table that filters.",
        searched=False,
        choices=CHOICES,
        options=options,
        rows=list(zip(world.tables["tracker"], rows, strict=True)),
    )
    pages.write("explore/rows.js", f"window.eastflankRows = {json_text(_lines(world))};\n")


def _choices_of(world: World, row: Row) -> dict[str, dict[str, str]]:
    """Return what a row of the tracker has of each choice: the value and its words."""

    def ids(cell: str) -> dict[str, str]:
        return {each: world.name(each) for each in cell.split("; ") if each}

    def code(table: str, column: str, value: str) -> dict[str, str]:
        return {value: world.label(table, column, value)} if value else {}

    return {
        "promisor": ids(row["promisor_ids"]),
        "beneficiary": ids(row["beneficiary_ids"]),
        "domain": code("tracker", "domain", row["domain"]),
        "corpus": ids(row["corpora"]),
        "standing": code("tracker", "standing", row["standing"]),
        "timing": code("tracker", "timing_first", row["timing_first"]),
        "confidence": code("tracker", "confidence", row["confidence"]),
    }


def _lines(world: World) -> dict:
    """Return the lines of `tracker.csv` by id, its header, and how the table is cited."""
    text = (world.data.folder / "tracker.csv").read_text(encoding="utf-8")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return {
        "header": _line(header),
        "rows": {row[0]: _line(row) for row in rows},
        "citation": cite("tracker", data=world.data).text,
    }


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
