"""The small world of `tests/seeds`, and how tests change it and build it."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from eastflank import Dataset
from eastflank.diff import Changes, diff
from eastflank.lazy import Lazy
from pipeline.cells import Parsed, to_pandas
from pipeline.check import Checked, check
from pipeline.derive import derive
from schemas.rules.base import Memory

MEMORY = Memory()
"""What the tests of this process have judged: most worlds differ in a line or two."""

SMALL_WORLD = Path(__file__).resolve().parent / "seeds"


def change(seeds: Path, *changes: tuple[str, str, str]):
    """Change seeds.

    A change is a seed, what to take away and what to put there instead; where nothing is taken
    away, it is a new row.
    """
    for name, old, new in changes:
        path = seeds / f"{name}.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name}.csv has no {old!r}"
        if old:
            text = text.replace(old, new)
        else:
            first, *rows = text.splitlines(keepends=True)
            text = "".join([first, *sorted([*rows, f"{new}\n"])])
        path.write_text(text, encoding="utf-8", newline="\n")


def judged(seeds: Path, texts: Path | None = None) -> Checked:
    """Return what a check of seeds comes to; what was judged before in this process is not judged
    again.
    """
    return check(seeds, texts, memory=MEMORY)


def derived(parsed: dict[str, Parsed], codings: Path | None = None) -> Mapping[str, pa.Table]:
    """Return the tables that follow from seeds that were `judged`; from the same seeds, they are
    made once.
    """
    files = sorted(path for path in codings.rglob("*") if path.is_file()) if codings else []
    published = tuple((path.relative_to(codings), path.read_bytes()) for path in files)
    key = ("tables", published, *(id(parsed[name]) for name in sorted(parsed)))
    return MEMORY.once(key, lambda: derive(parsed, codings))


def compared(old: Dataset, new: Dataset) -> Changes:
    """Return what changed from one dataset to another; the same two are compared once."""
    key = ("changes", *((data.version, data.package["fingerprint"]) for data in (old, new)))
    return MEMORY.once(key, lambda: diff(old, new))


def tables_of(seeds: Path, *changes: tuple[str, str, str]) -> Mapping[str, pd.DataFrame]:
    """Return the tables that a build makes of seeds after changes that leave them in order."""
    change(seeds, *changes)
    checked = judged(seeds)
    report = list(checked.problems.report())
    assert report == [], "\n".join(report)
    tables = derive(checked.parsed)
    return Lazy(tables, lambda name: to_pandas(tables[name]))


def with_words(table: pa.Table, words: dict[str, str]) -> pa.Table:
    """Return a table with other words in the place of some, wherever they stand in a text.

    So a dataset can be tested that says what the build refuses.
    """
    for name in table.column_names:
        cells = table.column(name)
        if pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type):
            for old, new in words.items():
                cells = pc.replace_substring(cells, old, new)
            table = table.set_column(table.schema.get_field_index(name), name, cells)
    return table


def one(table: pd.DataFrame, record_id: str) -> pd.Series:
    """Return the row of a table whose first column is an id."""
    [(_, row)] = table[table.iloc[:, 0] == record_id].iterrows()
    return row


def evidence(
    table: str,
    record_id: str,
    source: str,
    stance: str,
    field="",
    reported="",
    locator="not-applicable",
    anchor="not-applicable",
) -> tuple[str, str, str]:
    """Return a new row of evidence; a source with a kept text needs a locator and an anchor."""
    name = "-".join(
        part.replace("_", "-") for part in (record_id, "by", source, stance, field) if part
    )
    return (
        "evidence",
        "",
        f"{name},{table},{record_id},{field},{source},{locator},{anchor},{stance},{reported},2,",
    )


SECOND_SOURCE = (
    "sources",
    "",
    "wire-2024,Wire,as-printed,not-stated,A wire,wire,2024-09-01,not-found,2025-01-01,en,B,"
    "not-applicable,not-applicable,",
)
UNDATED_SOURCE = (
    "sources",
    "",
    "undated,Undated,as-printed,not-stated,A page,news,not-stated,not-found,2025-01-01,en,C,"
    "not-applicable,not-applicable,",
)
CORPUS = (
    ("corpora", "", "the-text,A small text,text,small-text-2024,Its sentences.,2,sentence,"),
    ("commitments", "not-stated,follow-up", "not-stated,census"),
    (
        "passages",
        "",
        "the-text,small-text-2024,p1.s1,not-applicable,background,not-applicable,not-applicable,whole,",
    ),
    (
        "passages",
        "",
        "the-text,small-text-2024,p2.s1,can-2pct-gdp,not-applicable,not-applicable,not-applicable,whole,",
    ),
    (
        "passages",
        "",
        "the-text,small-text-2024,p2.s1,pol-border-guards,not-applicable,not-applicable,not-applicable,whole,",
    ),
)
"""A corpus of two sentences, of which the second makes both commitments of the small world."""

LINK = ("commitment_links", "", "can-2pct-gdp,pol-border-guards,implements,")
RETIRED = ("retired", "", "upper-canada,actors,0.2.0,It is a part of Canada.,canada")
