"""A released cell changes only on the record: it stands as the last release has it, or a line of
CORRECTIONS.csv says what it was, what it is now, and why.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

import schemas
from eastflank.claims import as_text
from eastflank.words import nearest, plural
from pipeline.cells import Parsed, to_pandas
from pipeline.csvtext import TEXT
from pipeline.problems import SHOWN_PER_RULE, Problems
from pipeline.released import RECORD, Released

RENEWED = {
    "last_checked": "the day of the last search, which moves with each",
    "accessed": "the day of the last reading, which moves with each",
    "note": "remarks, which are no data",
    "watchpoints.status": "a question waits for its answer",
    "watchpoints.resolved": "the day of the answer",
    "watchpoints.event_id": "the answer",
}
"""The columns, of all tables or of one, that change without having been wrong, each with what it
is: no line is asked for.
"""

FORWARD = ("last_checked", "accessed")
"""The columns that change only to a later day."""

PUT_BACK = f"put it back, or add a line to {RECORD}"


@dataclass(frozen=True)
class Correction:
    """A line of the list. Where a row is gone, `field` and `after` are empty."""

    line: int
    day: str
    record: str
    field: str
    before: str
    after: str
    why: str


HEADER = [each.name for each in fields(Correction)][1:]


@dataclass(frozen=True)
class Row:
    """Where a record stands: in which table, and in which row of it, from 0."""

    table: Parsed
    number: int

    def cell(self, column: str) -> str:
        return self.table.seed.cells(column, [self.number])[0]


@dataclass
class Record:
    """The lines of the list: `of` has those of a cell, the newest last. What is wrong with them
    goes to `problems`.
    """

    problems: Problems
    of: dict[tuple[str, str], list[Correction]] = field(default_factory=dict)

    def newest(self) -> Iterator[Correction]:
        """Iterate over the newest line of each cell, and of each row that is gone."""
        return (lines[-1] for lines in self.of.values())

    def tells(self, record: str, column: str, before: str, version: str) -> bool:
        """Return whether the list has lines of a cell, and see that one tells what was released."""
        lines = self.of.get((record, column), [])
        if lines and before not in {each.before for each in lines}:
            sentence = f"is not what version {version} has, {before!r}; say what was released"
            self.fault(lines[-1], "before", sentence)
        return bool(lines)

    def fault(self, line: Correction, column: str, sentence: str) -> None:
        value = getattr(line, column)
        self.problems.add(RECORD, line.line, sentence, "corrections", column=column, value=value)


def check_corrections(
    parsed: Mapping[str, Parsed], released: Released | None, file: Path, problems: Problems
) -> None:
    """Judge that no cell of the last release has changed off the record, and that what the record
    says is so. What rests on a cell that did not parse is not judged.
    """
    if released is None or not released.tables:
        return
    record = _read(file, problems)
    sound = {name: table for name, table in parsed.items() if table.sound}
    if record is None or "retired" not in sound:
        return
    retired = set(sound["retired"].table.column("record_id").to_pylist())
    for name in released.tables.keys() & sound.keys():
        _check_cells(sound[name], released, record)
        if len(schemas.key(name)) > 1:
            _check_rows(sound[name], released, record, retired)
    if sound.keys() == schemas.SEEDS.keys():
        _check_lines(sound, record, retired)


def _read(file: Path, problems: Problems) -> Record | None:
    """Return the list; None where it cannot be read, which goes to `problems`."""
    try:
        rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline=""), strict=True)
        lines = [(rows.line_num, row) for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = getattr(error, "strerror", None) or str(error)
        problems.add(RECORD, None, f"cannot be read: {why}", "corrections")
        return None
    if not lines or lines[0][1] != HEADER:
        problems.add(RECORD, 1, f"must be {','.join(HEADER)!r}", "corrections")
        return None
    record, last = Record(problems), ""
    for number, row in lines[1:]:
        if len(row) != len(HEADER):
            words = f"has {plural(len(row), 'cell')}, but the header has {len(HEADER)}"
            problems.add(RECORD, number, words, "corrections")
            continue
        line = Correction(number, *row)
        if not _is_day(line.day):
            record.fault(line, "day", "is no day; write 2026-12-01")
        elif line.day < last:
            record.fault(line, "day", f"stands below {last}; the newest line stands last")
        if not line.why:
            record.fault(line, "why", "is empty; say why it was corrected")
        last = max(last, line.day)
        record.of.setdefault((line.record, line.field), []).append(line)
    return record


def _is_day(cell: str) -> bool:
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False


def _check_cells(parsed: Parsed, released: Released, record: Record) -> None:
    """Judge the cells of a table's rows that the last release had as well."""
    name = parsed.seed.name
    then, now = released.tables[name], parsed.table
    forward = [column for column in FORWARD if column in now.column_names]
    if all(_same(then, now, column) for column in (*schemas.key(name), *_held(name), *forward)):
        return
    at = pc.index_in(_records(then, name), value_set=_records(now, name))
    rows = at.drop_null().to_numpy()
    order = np.argsort(rows)
    then, now = then.filter(at.is_valid()).take(order), now.take(rows[order])
    for column in (*_held(name), *forward):
        changed = _changed(then, now, column)
        if column in FORWARD:
            changed = changed[_is_earlier(then, now, column)[changed.index]]
        records = _records(now.take(changed.index.to_numpy()), name).to_pylist()
        off = [
            (rows[order][number], before)
            for number, before, each in zip(changed.index, changed, records, strict=True)
            if not record.tells(each, column, before, released.version)
        ]
        ahead = ", and moves only forward" if column in FORWARD else ""
        sentences = [
            f"was {before!r} in version {released.version}{ahead}; {PUT_BACK}"
            for _, before in off[:SHOWN_PER_RULE]
        ]
        record.problems.add_cells(parsed.seed, column, [row for row, _ in off], sentences, "record")


def _is_earlier(then: pa.Table, now: pa.Table, column: str) -> np.ndarray:
    """Return which cells of a column of dates end earlier now than then, row by row."""
    latest = f"{column}_latest"
    return pc.less(now.column(latest), then.column(latest)).fill_null(False).to_numpy()


def _held(name: str) -> list[str]:
    """Return the columns of a table whose cells change only on the record."""
    return [
        column.name
        for column in schemas.seed_columns(name)
        if not column.key and not {column.name, f"{name}.{column.name}"} & RENEWED.keys()
    ]


def _changed(then: pa.Table, now: pa.Table, column: str) -> pd.Series:
    """Return what the cells of a column were that changed, by position, as a seed writes them."""
    # Most columns are as they were, which Arrow says far sooner than text by text.
    if _same(then, now, column):
        return pd.Series(dtype="str")
    was, stands = (
        as_text(to_pandas(table.select(_parts(table, column))), column).fillna("")
        for table in (then, now)
    )
    return was[was != stands]


def _same(then: pa.Table, now: pa.Table, column: str) -> bool:
    """Return whether the cells of a column are the same, row by row."""
    return then.num_rows == now.num_rows and all(
        _plain(then.column(part)).equals(_plain(now.column(part)))
        for part in _parts(now, column)
        if part in then.column_names
    )


def _parts(table: pa.Table, column: str) -> list[str]:
    """Return the columns of a table that one column of a seed makes and that tell its cells."""
    parts = (column, f"{column}_low", f"{column}_high", f"{column}_missing")
    return [part for part in parts if part in table.column_names]


def _plain(cells: pa.ChunkedArray) -> pa.Array:
    """Return cells without what may differ while they say the same: chunks, and lists of codes."""
    is_text = pa.types.is_dictionary(cells.type) or pa.types.is_string(cells.type)
    return (cells.cast(TEXT) if is_text else cells).combine_chunks()


def _records(table: pa.Table, name: str) -> pa.Array:
    """Return the records of a table's rows: the cells of the key as one text, as in a diff."""
    first, *rest = (_plain(table.column(each)).fill_null("") for each in schemas.key(name))
    return pc.binary_join_element_wise(first, *rest, pa.scalar(" / ", TEXT))


def _check_rows(parsed: Parsed, released: Released, record: Record, retired: set[str]) -> None:
    """Judge that no row without an id of its own is gone: what was part of a record that is retired
    went with it.
    """
    name = parsed.seed.name
    then = released.tables[name]
    lost = then.filter(
        pc.invert(pc.is_in(_records(then, name), value_set=_records(parsed.table, name)))
    )
    parts = lost.select(list(schemas.key(name))).to_pylist()
    gone = [
        each
        for each, key in zip(_records(lost, name).to_pylist(), parts, strict=True)
        if (each, "") not in record.of and not retired & set(key.values())
    ]
    for each in gone[:SHOWN_PER_RULE]:
        sentence = f"lacks {each!r}, which version {released.version} has; {PUT_BACK}"
        record.problems.add(parsed.seed.file, None, sentence, "record")
    record.problems.count("record", len(gone[SHOWN_PER_RULE:]))


def _check_lines(parsed: Mapping[str, Parsed], record: Record, retired: set[str]) -> None:
    """Judge that what the newest line of each cell says is so."""
    if not record.of:
        return
    standing = _standing(parsed, {line.record for line in record.newest()})
    for line in record.newest():
        gone = line.record in retired or (line.record, "") in record.of
        row = standing.get(line.record)
        if row is None:
            if not gone:
                record.fault(line, "record", "names no row that is there or retired")
            elif line.field == "" and line.after:
                record.fault(line, "after", "is no longer what stands there: the row is gone")
        elif line.field == "":
            sentence = f"stands in {row.table.seed.file}; name the field that was corrected"
            record.fault(line, "record", sentence)
        elif line.field not in row.table.seed.text.column_names:
            columns = row.table.seed.text.column_names
            record.fault(
                line,
                "field",
                f"is no column of {row.table.seed.name}{nearest(line.field, columns)}",
            )
        elif line.field in _held(row.table.seed.name) and line.after != row.cell(line.field):
            sentence = f"is no longer what stands there, {row.cell(line.field)!r}"
            record.fault(line, "after", sentence)


def _standing(parsed: Mapping[str, Parsed], records: set[str]) -> dict[str, Row]:
    """Return where those of some records stand that do."""
    wanted = pa.array(sorted(records), TEXT)
    found = {}
    for name, table in parsed.items():
        at = pc.index_in(wanted, value_set=_records(table.table, name))
        for each, number in zip(wanted.to_pylist(), at.to_pylist(), strict=True):
            if number is not None:
                found[each] = Row(table, number)
    return found
