"""What changed from one version to another, cell by cell, and in words.

What people write is told cell by cell. What the build makes of it would drown that, and is counted,
unless it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from eastflank.asked import asked
from eastflank.claims import as_text
from eastflank.reader import DERIVED, Dataset, of_version

RENAMED = {
    ("conflicts", "table"): "record_table",
    ("evidence", "table"): "record_table",
}
"""The columns that got another name, each with the new one: by table and old name."""

COLUMNS = ["table", "record", "column", "change", "before", "after"]

SHOWN = 20
"""How many changed cells of one table the summary shows."""

OF_SHAPE = (
    "table-added",
    "table-removed",
    "column-added",
    "column-removed",
    "column-renamed",
    "column-retyped",
)
"""The changes of shape; the others are of rows, and of cells."""


@dataclass(frozen=True, eq=False)
class Changes:
    """What changed from one version to another; `str()` of it, and Jupyter, show a summary.

    `old` and `new` are the versions. `frame` has one row a change; its columns, all text, are

    - `table`;
    - `record`: the cells of its key, joined by " / "; null where the change is of shape;
    - `column`: null where a whole row changed;
    - `change`: of shape `table-added`, `table-removed`, `column-added`, `column-removed`,
      `column-renamed`, `column-retyped`; of rows `added`, `removed`, `retired` (removed, and said
      so in the table `retired`); of cells `changed`;
    - `before`, `after`: as a seed writes it, a missing value as its reason; null where there is
      nothing to say.

    `counted` has the changes of derived columns and tables that `frame` leaves out: table, change
    and n.
    """

    old: str
    new: str
    frame: pd.DataFrame
    counted: pd.DataFrame

    def __repr__(self) -> str:
        return f"<Changes from {self.old} to {self.new}: {len(self.frame):,}>"

    def __str__(self) -> str:
        return "\n\n".join(_summary(self))

    def _repr_markdown_(self) -> str:
        return str(self)


@asked
def diff(old: str | Dataset, new: str | Dataset | None = None, *, derived: bool = False) -> Changes:
    """Return what changed from one version to another; without `new`, to the installed one.

    A version is named, or given as a `Dataset`. `derived` gives the changes of derived columns and
    tables row by row, too. Raises ValueError where there is no such version, FileNotFoundError
    where it is not at hand.

    >>> changes = diff("0.1.0", "0.2.0").frame
    >>> of_one = changes[(changes["record"] == "can-2pct-gdp-level") & (changes["column"] == "due")]
    >>> of_one[["before", "after"]].to_numpy().tolist()
    [['2034', '2032']]
    """
    before, after = _opened(old), _opened(new)
    found = pd.DataFrame(_changes(before, after), columns=[*COLUMNS, "derived"])
    left_out = found["derived"].astype("bool") & ~found["change"].isin(OF_SHAPE) & (not derived)
    counted = found[left_out].groupby(["table", "change"], sort=False).size()
    return Changes(
        before.version,
        after.version,
        found.loc[~left_out, COLUMNS].reset_index(drop=True).astype("str"),
        counted.rename("n").reset_index(),
    )


def _opened(version: str | Dataset | None) -> Dataset:
    return version if isinstance(version, Dataset) else of_version(version)


def _changes(old: Dataset, new: Dataset) -> Iterator[tuple]:
    retired = _retired(new)
    for name in [*new.names, *(each for each in old.names if each not in new.names)]:
        # Codes are written by people, though not in a seed.
        derived = name in DERIVED and name != "codes"
        if name not in old.names:
            yield name, None, None, "table-added", None, f"{len(new.frames[name])} rows", derived
        elif name not in new.names:
            yield name, None, None, "table-removed", f"{len(old.frames[name])} rows", None, derived
        else:
            yield from _changes_of_table(name, old, new, retired, derived)


def _retired(data: Dataset) -> dict[tuple[str, str], str]:
    """Return why each record that is no more is none, by table and id."""
    if "retired" not in data.names:
        return {}
    rows = data.frames["retired"].astype("str")
    instead = ("; see " + rows["replaced_by"]).fillna("")
    why = rows["reason"] + instead
    return dict(zip(zip(rows["record_table"], rows["record_id"], strict=True), why, strict=True))


def _changes_of_table(
    name: str, old: Dataset, new: Dataset, retired: dict[tuple[str, str], str], is_derived: bool
) -> Iterator[tuple]:
    before, after = old.frames[name], new.frames[name]
    renamed = _renamed(name, before, after)
    types = _types(old, name).rename(renamed), _types(new, name)
    before = before.rename(columns=renamed)
    for was, now in renamed.items():
        yield name, None, now, "column-renamed", was, now, is_derived
    derived = {
        column: is_derived or bool(said["derived"] and name != "codes")
        for book in (old.codebook(name).replace({"column": renamed}), new.codebook(name))
        for column, said in book.set_index("column").iterrows()
    }
    for column in after.columns.difference(before.columns, sort=False):
        yield name, None, column, "column-added", None, types[1][column], derived[column]
    for column in before.columns.difference(after.columns, sort=False):
        yield name, None, column, "column-removed", types[0][column], None, derived[column]
    shared = [column for column in after.columns if column in before.columns]
    for column in shared:
        if types[0][column] != types[1][column]:
            was, now = types[0][column], types[1][column]
            yield name, None, column, "column-retyped", was, now, derived[column]
    key = new.key(name)
    before, after = _by_record(before, key), _by_record(after, key)
    for record in after.index.difference(before.index, sort=False):
        yield name, record, None, "added", None, None, is_derived
    for record in before.index.difference(after.index, sort=False):
        why = retired.get((name, record))
        yield name, record, None, "retired" if why else "removed", None, why, is_derived
    common = after.index.intersection(before.index, sort=False)
    before, after = before.loc[common], after.loc[common]
    for column in shared:
        if _is_same(before, after, column):
            continue
        was, now = as_text(before, column), as_text(after, column)
        differ = (was.fillna("") != now.fillna("")).to_numpy()
        for record, one, other in zip(common[differ], was[differ], now[differ], strict=True):
            yield name, record, column, "changed", one, other, derived[column]


def _is_same(before: pd.DataFrame, after: pd.DataFrame, column: str) -> bool:
    """Return whether a column has the same cells, and those that tell of it have: ends and reasons.

    Most columns are as they were, which is found far sooner than text by text.
    """
    parts = [column, *(f"{column}_{part}" for part in ("low", "high", "missing"))]
    return all(
        part in before.columns and part in after.columns and before[part].equals(after[part])
        for part in parts
        if part in before.columns or part in after.columns
    )


def _renamed(name: str, before: pd.DataFrame, after: pd.DataFrame) -> dict[str, str]:
    """Return the columns that have another name after than before, whichever is the newer."""
    pairs = [(was, now) for (table, was), now in RENAMED.items() if table == name]
    pairs += [(now, was) for was, now in pairs]
    return {
        was: now
        for was, now in pairs
        if was in before.columns and now in after.columns and was not in after.columns
    }


def _types(data: Dataset, name: str) -> pd.Series:
    """Return the type of each column, as the codebook names it."""
    return data.codebook(name).set_index("column")["type"]


def _by_record(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return a table indexed by its records: the cells of the key as one text."""
    records = frame[key[0]].astype("str")
    for part in key[1:]:
        # A passage that makes no commitment has none in its key.
        records = records + " / " + frame[part].astype("str").fillna("")
    return frame.set_index(pd.Index(records, name="record"))


def _summary(changes: Changes) -> Iterator[str]:
    """Yield the paragraphs of the summary, in Markdown."""
    frame = changes.frame
    yield f"# Changes from {changes.old} to {changes.new}"
    if frame.empty and changes.counted.empty:
        yield "Nothing changed."
        return
    kinds = ["added", "removed", "retired", "changed"]
    shape, rows = frame[frame["change"].isin(OF_SHAPE)], frame[frame["change"].isin(kinds)]
    if len(rows):
        yield "## Rows\n\nHow many rows came and went, and in how many cells the others changed."
        counts = rows.groupby(["table", "change"], sort=False).size().unstack(fill_value=0)
        counts = counts.reindex(columns=kinds, fill_value=0)
        yield _table(["table", *kinds], ([name, *line] for name, line in counts.T.items()))
    if len(shape):
        yield "## Shape"
        yield "\n".join(_shape_in_words(shape))
    for change, head in (("retired", "Retired"), ("removed", "Removed"), ("changed", "Changed")):
        if (rows["change"] == change).any():
            yield f"## {head}"
        for table, some in rows[rows["change"] == change].groupby("table", sort=False):
            heads = [name for name in COLUMNS[1:] if name != "change" and some[name].notna().any()]
            shown = some.head(SHOWN)[heads].fillna("").to_numpy().tolist()
            left = len(some) - len(shown)
            more = f"\n\nAnd {left:,} more." if left else ""
            yield f"In `{table}`{_by_column(some)}:\n\n{_table(heads, shown)}{more}"
    if len(changes.counted):
        yield "## Derived\n\nWhat the build makes of the rest, counted."
        yield _table(["table", "change", "n"], changes.counted.to_numpy().tolist())


def _by_column(changed: pd.DataFrame) -> str:
    """Return how many cells of each column changed, the most first, in words."""
    counts = changed["column"].value_counts()
    return f" ({', '.join(f'{name} {n:,}' for name, n in counts.items())})" if len(counts) else ""


def _shape_in_words(shape: pd.DataFrame) -> Iterator[str]:
    """Yield a line a change of tables or of the columns of one table."""
    for change, some in shape.groupby("change", sort=False):
        what = str(change).replace("-", "s ")
        if some["column"].isna().all():
            yield f"- {what}: {', '.join(f'`{name}`' for name in some['table'])}"
            continue
        for table, columns in some.groupby("table", sort=False):
            if change in ("column-renamed", "column-retyped"):
                names = [
                    f"`{row.column}` ({row.before} before, {row.after} now)"
                    if change == "column-retyped"
                    else f"`{row.before}` is now `{row.after}`"
                    for row in columns.itertuples()
                ]
            else:
                names = [f"`{name}`" for name in columns["column"]]
            yield f"- {what} in `{table}`: {', '.join(names)}"


def _table(heads: list[str], rows: Iterable[list]) -> str:
    """Return a table in Markdown, in which no cell is taken for HTML."""
    lines = [heads, ["---"] * len(heads), *rows]
    cells = (
        [str(cell).replace("|", "\\|").replace("<", "&lt;") for cell in line] for line in lines
    )
    return "\n".join("| " + " | ".join(line) + " |" for line in cells)
