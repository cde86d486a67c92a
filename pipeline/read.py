"""Read seeds: from bytes to tables of text, each row with its line,
and every fault of form that was found on the way.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

import schemas
from eastflank.words import plural
from pipeline import csvtext
from pipeline.problems import Problems

csv.field_size_limit(2**31 - 1)

MENDED_BY_TIDY = {"bom", "line-end", "column-order", "blank-line", "order", "quoting"}
"""The rules of form whose breach `pipeline.tidy` mends without loss."""


@dataclass(frozen=True)
class Seed:
    """A seed as text: `text` holds its cells, and `lines` the line
    of `file` on which each row stands.

    It is `complete` unless it has rows that could not be read and are left out.
    """

    name: str
    file: str
    text: pa.Table
    lines: np.ndarray
    complete: bool = True

    def cells(self, column: str, rows: Sequence[int] | np.ndarray) -> list[str]:
        """Return the cells of a column in some rows, given by position from 0."""
        return self.text.column(column).take(pa.array(rows, pa.int64())).to_pylist()


def find(folder: Path, problems: Problems) -> dict[str, Path]:
    """Return the seed files of a folder by table.

    Those that are missing or belong to no table go to `problems`.
    """
    found = {path.stem: path for path in folder.glob("*.csv")}
    for name in schemas.SEEDS.keys() - found.keys():
        problems.add(
            f"{folder.name}/{name}.csv",
            None,
            f"is missing; even an empty table has a seed, with the line {header(name)!r}",
            "file",
        )
    for name in found.keys() - schemas.SEEDS.keys():
        problems.add(
            f"{folder.name}/{name}.csv",
            None,
            f"belongs to no table; the tables are {', '.join(schemas.SEEDS)}",
            "file",
        )
    readable = {name: found[name] for name in schemas.SEEDS if name in found}
    for name, path in list(readable.items()):
        # Of a pipe or a device, reading would never come to an end.
        if path.exists() and not path.is_file():
            words = "cannot be read: it is no file, but a folder, a pipe or a device"
            problems.add(f"{folder.name}/{name}.csv", None, words, "file")
            del readable[name]
    return readable


def read(path: Path, name: str, problems: Problems) -> Seed | None:
    """Return the seed of a table, or None where its cells cannot be told apart.

    Its faults of form go to `problems`.
    """
    file = f"{path.parent.name}/{path.name}"
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.add(file, None, f"cannot be read: {error.strerror}", "file")
        return None
    text = _canonical(data, name)
    if text is not None:
        return Seed(name, file, text, np.arange(2, text.num_rows + 2))
    return _Explainer(data, name, file, problems).seed()


def header(name: str) -> str:
    """Return the first line of a table's seed."""
    return ",".join(column.name for column in schemas.seed_columns(name))


def _canonical(data: bytes, name: str) -> pa.Table | None:
    """Return the cells of a seed that is in canonical form, else None: the fast path,
    which every good seed takes.
    """
    first, names = f"{header(name)}\n".encode(), header(name).split(",")
    if data == first:
        return pa.table({column: pa.array([], csvtext.TEXT) for column in names})
    if (
        not data.startswith(first)
        or not data.endswith(b"\n")
        or any(fault in data for fault in (b"\0", b"\r", b"\n\n"))
    ):
        return None
    text = _cells(data, names)
    if text is None or text.num_rows + 1 != data.count(b"\n"):
        return None
    if pc.any(csvtext.out_of_order(text, schemas.key(name), or_equal=False)).as_py():
        return None
    # Without a quote in it, a text that has the right number of cells in every line is written in
    # the one possible way.
    written_so = b'"' not in data or csvtext.body(text).equals(pa.py_buffer(data)[len(first) :])
    return text if written_so else None


def _cells(data: bytes, names: list[str]) -> pa.Table | None:
    """Return the cells of a CSV text, or None where its rows do not all have
    as many as there are names.
    """
    # A row that is longer than a block cannot be read; such rows are rare, and larger blocks leave
    # less to do at a time.
    for block in (1 << 24, len(data) + 1):
        try:
            return arrow_csv.read_csv(
                pa.BufferReader(data),
                read_options=arrow_csv.ReadOptions(block_size=block),
                parse_options=arrow_csv.ParseOptions(ignore_empty_lines=False),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(names, csvtext.TEXT), strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid:
            continue
    return None


class _Explainer:
    """Says what is wrong with a seed that is not in canonical form,
    and reads it as far as its cells can be told apart.
    """

    def __init__(self, data: bytes, name: str, file: str, problems: Problems):
        self.data, self.name, self.file, self.problems = data, name, file, problems
        self.faults = 0
        self.complete = True

    def seed(self) -> Seed | None:
        """Return the seed, or None where no cell can be trusted to stand in its column."""
        text = self._text()
        if text is None:
            return None
        rows, lines, to_the_end = self._rows(text)
        names = header(self.name).split(",")
        if not self._has_columns(rows[0], names) or not to_the_end:
            return None
        rows, lines = self._of_one_width(rows, lines)
        first, *rows = rows
        cells = {
            column: pa.array([row[first.index(column)] for row in rows], csvtext.TEXT)
            for column in names
        }
        seed = Seed(
            self.name,
            self.file,
            pa.table(cells),
            np.array(lines[1:], dtype=np.int64),
            self.complete,
        )
        if first != names:
            self._fault(
                1,
                f"has its columns in another order than {header(self.name)!r}; "
                "`python build.py tidy` mends it",
                "column-order",
            )
        self._judge_order(seed)
        if not self.faults:
            self._judge_quotes(seed)
        return seed

    def _fault(self, line: int, sentence: str, rule: str, **cell: str) -> None:
        self.problems.add(self.file, line, sentence, rule, **cell)
        self.faults += 1

    def _text(self) -> str | None:
        try:
            text = self.data.decode()
        except UnicodeDecodeError as error:
            above = self.data[: error.start].split(b"\n")
            place = (
                f"byte {len(above[-1]) + 1} of the line ({error.start + 1} of the file), "
                f"0x{self.data[error.start]:02x},"
            )
            self._fault(len(above), f"{place} is not UTF-8; save the file as UTF-8", "encoding")
            return None
        if "\0" in text:
            before = text[: text.index("\0")].split("\n")
            self._fault(
                len(before),
                f"character {len(before[-1]) + 1} of the line is NUL, which no text has; "
                "save the file as UTF-8",
                "encoding",
            )
            return None
        if text.startswith("\ufeff"):
            self._fault(
                1, "starts with a byte order mark; `python build.py tidy` takes it away", "bom"
            )
            text = text[1:]
        if "\r" in text:
            line = text[: text.index("\r")].count("\n") + 1
            self._fault(
                line,
                "ends in a carriage return; lines end in LF alone, "
                "and `python build.py tidy` mends them all",
                "line-end",
            )
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not text.strip():
            self._fault(1, f"is empty; its first line must be {header(self.name)!r}", "columns")
            return None
        return text

    def _rows(self, text: str) -> tuple[list[list[str]], list[int], bool]:
        """Return the rows, the line on which each starts,
        and whether the text could be read to its end.
        """
        rows, lines = [], []
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        start = 1
        try:
            for row in reader:
                # What else is wrong with the cell does not depend on the break.
                rows.append([cell.replace("\n", " ") for cell in row])
                lines.append(start)
                if reader.line_num > start:
                    broken = next(cell for cell in row if "\n" in cell)
                    self._fault(
                        start,
                        "has a line break in it; a cell stands on one line",
                        "line-break",
                        value=broken,
                    )
                start = reader.line_num + 1
        except csv.Error:
            self._fault(
                start,
                "has a double quote that is not closed, or has more text behind it; "
                "a quote inside a cell is doubled",
                "quote",
            )
            return rows or [[]], lines or [1], False
        return rows, lines, True

    def _has_columns(self, first: list[str], names: list[str]) -> bool:
        if len(first) == 1 and set(first[0].split(";")) & set(names):
            self._fault(
                1,
                "has semicolons between its cells; save it with commas, as a spreadsheet can in "
                "its settings for CSV",
                "columns",
            )
            return False
        if not set(first) & set(names):
            self._fault(
                1,
                f"names no column of {self.name}; the line must be {header(self.name)!r}",
                "columns",
            )
            return False
        for column in sorted(set(names) - set(first)):
            self._fault(1, f"has no column {column!r}; it must be {header(self.name)!r}", "columns")
        for column in sorted(set(first) - set(names)):
            self._fault(
                1,
                f"is no column of {self.name}; the line must be {header(self.name)!r}",
                "columns",
                value=column,
            )
        for column in sorted({column for column in first if first.count(column) > 1}):
            self._fault(1, "stands in the header more than once", "columns", value=column)
        return sorted(first) == sorted(names)

    def _of_one_width(
        self, rows: list[list[str]], lines: list[int]
    ) -> tuple[list[list[str]], list[int]]:
        """Return the rows that have as many cells as the header, and their lines."""
        width = len(rows[0])
        for row, line in zip(rows, lines, strict=True):
            if not row:
                self._fault(line, "is blank; `python build.py tidy` takes it away", "blank-line")
            elif len(row) != width:
                self.complete = False
                self._fault(
                    line,
                    f"has {plural(len(row), 'cell')}, but the header has {width}; "
                    "a cell with a comma in it stands in double quotes",
                    "ragged",
                )
        whole = [(row, line) for row, line in zip(rows, lines, strict=True) if len(row) == width]
        return [row for row, _ in whole], [line for _, line in whole]

    def _judge_order(self, seed: Seed) -> None:
        key = schemas.key(self.name)
        for row in np.flatnonzero(csvtext.out_of_order(seed.text, key, or_equal=False))[:1] + 1:
            cell = seed.cells(key[0], [row])[0]
            self._fault(
                int(seed.lines[row]),
                "is out of order; rows are sorted by key, "
                "and `python build.py tidy` sorts them all",
                "order",
                column=key[0],
                value=cell,
            )

    def _judge_quotes(self, seed: Seed) -> None:
        """Name the first line of a seed, faultless otherwise,
        that is not written in the canonical way.
        """
        canonical_lines = csvtext.write(seed.text).split(b"\n")
        lines = zip(self.data.split(b"\n"), canonical_lines, strict=False)
        different = [
            number for number, (here, canonical) in enumerate(lines, 1) if here != canonical
        ]
        if different:
            self._fault(
                different[0],
                "has quotes where none are needed, or lacks them; `python build.py tidy` mends it",
                "quoting",
            )
        else:
            self._fault(
                self.data.count(b"\n") + 1,
                "does not end in one line break; `python build.py tidy` mends it",
                "line-end",
            )
