"""Parse cells: from text to typed columns, a whole column at a time.

A cell that does not parse is null and known as bad.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

import schemas
from eastflank import edtf
from eastflank.codelists import Codelist, DatePrecision, MissingReason
from eastflank.words import nearest
from pipeline.csvtext import TEXT
from pipeline.problems import UNSEEN, Problems, Told
from pipeline.read import Seed
from schemas.columns import SLUG

DAY = pa.timestamp("ms")
"""How a day is kept: pandas reads date32 as Python objects,
and Parquet has no coarser timestamp than milliseconds.
"""

REASONS = pa.array([str(reason) for reason in MissingReason], TEXT)

_DECIMAL = r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?"
_NUMBER = rf"^{_DECIMAL}$"
# Some spreadsheets take the wide signs of East Asia for the narrow ones.
_SIGNS = "=+@＝＋－＠-"
# Where a list is parted by semicolons, a spreadsheet begins a cell behind each.
_FORMULA = rf"(?:^|;\s*)[{_SIGNS}]"
_BLANK = r"^[\s\p{Z}]|[\s\p{Z}]$|  |[^\P{Zs} ]"
_INVISIBLE = rf"[\p{{C}}\p{{Zl}}\p{{Zp}}{UNSEEN}]"
_MARKUP = r"<[A-Za-z/!?]"
_SUSPECT = r"(?:^|;\s*)[=+\-@]|^\s|\s$|  |[^\x20-\x7e]|<"
"""A cell of plain text that does not match this one pattern cannot match any of the four above."""

_ENDS = {
    "sentences": (r"[.?!][\"”’')]*$", "does not end like a sentence; end it with a full stop"),
    "title": (r"[^.?!]$", "ends like a sentence; a title has no full stop"),
    "question": (r"\?$", "does not end in a question mark"),
}
"""How a text ends that is written in some way, and what is said of one that does not."""


@dataclass(frozen=True)
class Parsed:
    """A seed with its cells parsed: `table` has the columns
    of the built table that come from the seed.

    `bad` says for each row whether a cell of it did not parse, so that no rule need judge the row.
    """

    seed: Seed
    table: pa.Table
    bad: np.ndarray

    @property
    def sound(self) -> bool:
        """Whether all rows are there and all cells parsed,
        so that what the table lacks is lacking indeed.
        """
        return self.seed.complete and not self.bad.any()

    def frame(self) -> pd.DataFrame:
        """Return the table as users will see it in pandas, indexed by line."""
        return to_pandas(self.table).set_axis(pd.Index(self.seed.lines, name="line"))


def parse(seed: Seed, problems: Problems) -> Parsed:
    """Return a seed's typed columns; every cell that does not parse goes to `problems`."""
    bad = np.zeros(len(seed.lines), dtype=bool)
    typed: dict[str, pa.Array] = {}
    for column in schemas.seed_columns(seed.name):
        cells = seed.text.column(column.name).combine_chunks()
        faults = Faults(seed, column, problems)
        typed |= parse_cells(cells, faults)
        bad[faults.rows] = True
    names = [column.name for column in schemas.columns(seed.name) if column.name in typed]
    return Parsed(seed, pa.table({name: typed[name] for name in names}), bad)


def parse_cells(cells: pa.Array, faults: "Faults") -> dict[str, pa.Array]:
    """Return the typed columns that one column's cells make, by name.

    Every cell that does not parse goes to `faults`.
    """
    value, reason = _split_reason(cells, faults)
    column = faults.column
    typed = {column.name: value} | _PARSERS[column.kind](value, faults)
    if column.kind == "quantity":
        reason = _range_is_the_reason(reason, typed[column.name], typed[f"{column.name}_low"])
    elif not column.missing:
        return typed
    return typed | {f"{column.name}_missing": reason}


def _range_is_the_reason(reason: pa.Array, value: pa.Array, low: pa.Array) -> pa.Array:
    """Return why a quantity is no single number: the reason given, or that it is a range."""
    ranged = pc.and_(pc.is_null(value), pc.is_valid(low))
    index = pa.scalar(REASONS.to_pylist().index(MissingReason.RANGE), pa.int8())
    return pa.DictionaryArray.from_arrays(pc.if_else(ranged, index, reason.indices), REASONS)


def text_by_python() -> Any:
    """Let a function, or what stands in a `with`, keep by Python all text that it makes.

    It holds for the whole process meanwhile, which a command line has for itself.
    """
    return pd.option_context("mode.string_storage", "python")


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """Return an Arrow table as pandas reads it from Parquet: nullable numbers and booleans, str,
    categories, datetimes.
    """
    nullable = {
        pa.float64(): pd.Float64Dtype(),
        pa.int64(): pd.Int64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
    }
    return table.to_pandas(types_mapper=nullable.get)


def categories(codelist: type[Codelist]) -> pa.Array:
    """Return the codes of a codelist, in its order."""
    return pa.array([str(code) for code in codelist], TEXT)


class Faults:
    """Collects what is wrong with one column's cells, each cell once."""

    def __init__(self, seed: Seed, column: schemas.Column, problems: Problems):
        self.seed, self.column, self.problems = seed, column, problems
        self.rows = np.array([], dtype=np.int64)

    def add(self, mask: pa.Array, sentence: Told, rule: str) -> None:
        """Report the cells where `mask` is true and that are not reported yet."""
        if not pc.any(mask).as_py():
            return
        rows = np.setdiff1d(
            np.flatnonzero(mask.fill_null(False).to_numpy(zero_copy_only=False)), self.rows
        )
        if len(rows):
            self.problems.add_cells(self.seed, self.column.name, rows, sentence, rule)
            self.rows = np.union1d(self.rows, rows)


def _split_reason(cells: pa.Array, faults: Faults) -> tuple[pa.Array, pa.Array]:
    """Return the cells with null for those that have no value,
    and the reasons that stand in their place.
    """
    column = faults.column
    reasons = pc.index_in(cells, REASONS)
    empty = pc.equal(cells, "")
    if not column.optional:
        give = (
            f"; give a value or say why there is none: {', '.join(column.missing)}"
            if column.missing
            else "; every row has a value here"
        )
        faults.add(empty, "is empty" + give, "empty")
    if reasons.null_count < len(reasons):
        allowed = pc.is_in(cells, pa.array([str(reason) for reason in column.missing], TEXT))
        instead = (
            f"only {', '.join(column.missing)}"
            if column.missing
            else "an empty cell"
            if column.optional
            else "a value"
        )
        faults.add(
            pc.and_not(reasons.is_valid(), allowed),
            f"is no reason that this column takes; it takes {instead}",
            "missing-reason",
        )
    without = pc.or_(empty, reasons.is_valid())
    value = pc.if_else(without, pa.scalar(None, TEXT), cells) if pc.any(without).as_py() else cells
    return value, pa.DictionaryArray.from_arrays(reasons.cast(pa.int8()), REASONS)


def _parse_id(cells: pa.Array, faults: Faults) -> dict[str, pa.Array]:
    wrong = pc.invert(pc.match_substring_regex(cells, f"^(?:{SLUG})$"))
    faults.add(wrong, _why_no_id, "id")
    return {}


def _why_no_id(cell: str) -> str:
    for character in cell:
        if not character.isascii():
            name = unicodedata.name(character, "an unnamed character")
            return (
                f"has {name} (U+{ord(character):04X}) in it; "
                "an id is lower-case a-z, digits and single hyphens"
            )
    return "is not an id; an id is lower-case a-z, digits and single hyphens"


def _parse_text(cells: pa.Array, faults: Faults) -> dict[str, pa.Array]:
    if pc.any(pc.match_substring_regex(cells, _SUSPECT)).as_py():
        _judge_characters(cells, faults)
    if faults.column.written:
        end, sentence = _ENDS[faults.column.written]
        faults.add(pc.invert(pc.match_substring_regex(cells, end)), sentence, "ending")
    return {}


def _judge_characters(cells: pa.Array, faults: Faults) -> None:
    faults.add(
        pc.and_not(
            pc.match_substring_regex(cells, _FORMULA), pc.match_substring_regex(cells, _NUMBER)
        ),
        _where_formula,
        "formula",
    )
    faults.add(pc.match_substring_regex(cells, _BLANK), _which_blank, "blank")
    faults.add(pc.match_substring_regex(cells, _INVISIBLE), _which_invisible, "invisible")
    faults.add(
        pc.match_substring_regex(cells, _MARKUP),
        "has markup in it, which a page would run; write `<` with a blank behind it",
        "markup",
    )
    faults.add(
        pc.not_equal(pc.utf8_normalize(cells, "NFC"), cells),
        "is not in Unicode's composed form, NFC; `python build.py tidy` mends it",
        "nfc",
    )


def _where_formula(cell: str) -> str:
    if cell[0] not in _SIGNS:
        return (
            "goes on behind a semicolon like a spreadsheet formula; "
            "let a letter or a figure follow the semicolon"
        )
    return "begins like a spreadsheet formula; begin the text with a letter or a figure"


def _which_blank(cell: str) -> str:
    if cell != cell.strip():
        return "begins or ends with a blank; `python build.py tidy` takes it away"
    odd = next((c for c in cell if c.isspace() and c != " "), None)
    what = f"{unicodedata.name(odd, 'a control')} (U+{ord(odd):04X})" if odd else "two blanks"
    return f"has {what} between words; `python build.py tidy` puts one blank there"


def _which_invisible(cell: str) -> str:
    kinds = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
    found = next(c for c in cell if unicodedata.category(c) in kinds or re.match(f"[{UNSEEN}]", c))
    name = unicodedata.name(found, "a control character")
    return f"has an invisible character in it, {name} (U+{ord(found):04X}); take it away"


def _parse_code(cells: pa.Array, faults: Faults) -> dict[str, pa.Array]:
    codes = categories(faults.column.codes)
    index = pc.index_in(cells, codes)
    allowed = codes.to_pylist()
    faults.add(
        pc.and_(cells.is_valid(), index.is_null()),
        lambda cell: (
            f"is no code of {faults.column.codes.__name__}"
            + (nearest(cell, allowed) or "; dataset/CODEBOOK.md has them all")
        ),
        "code",
    )
    return {faults.column.name: pa.DictionaryArray.from_arrays(index.cast(pa.int16()), codes)}


def _parse_number(cells: pa.Array, faults: Faults) -> dict[str, pa.Array]:
    good = pc.match_substring_regex(cells, _NUMBER)
    faults.add(pc.invert(good), _why_no_number, "number")
    return {faults.column.name: pc.if_else(good, cells, None).cast(pa.float64())}


def _parse_integer(cells: pa.Array, faults: Faults) -> dict[str, pa.Array]:
    good = pc.match_substring_regex(cells, r"^-?(0|[1-9]\d{0,17})$")
    faults.add(pc.invert(good), _why_no_integer, "integer")
    return {faults.column.name: pc.if_else(good, cells, None).cast(pa.int64())}


def _why_no_number(cell: str, ranges: str = "") -> str:
    if re.fullmatch(r"-?[0-9.]+[Ee]\+?[0-9]+", cell):
        return "is how a spreadsheet shortens a number; write all of its digits"
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell) and len(cell) > 15:
        return "has too many digits: at most 15 stand before the point, and 10 behind it"
    return f"is not a number; write it like 2.5 or 12000000, {ranges}with no unit, blank or comma"


def _why_no_integer(cell: str) -> str:
    whole = re.fullmatch(r"(-?[0-9]+)\.0*", cell)
    return "is not a whole number" + (f"; write {whole[1]}" if whole else "")


def _why_no_quantity(cell: str) -> str:
    return _why_no_number(cell, "or as a range like 31/37, the lower end first, ")


def _parse_quantity(cells: pa.Array, faults: Faults) -> dict[str, pa.Array]:
    # Most quantities are plain numbers, so that only the others are taken apart.
    ends = pc.extract_regex(cells, rf"^(?P<low>{_DECIMAL})(?:/(?P<high>{_DECIMAL}))?$")
    low = pc.struct_field(ends, "low")
    high = pc.struct_field(ends, "high")
    high = pc.if_else(pc.equal(high, ""), low, high)
    low, high = low.cast(pa.float64()), high.cast(pa.float64())
    wrong = pc.or_(pc.is_null(low), pc.fill_null(pc.greater(low, high), False))
    wrong = pc.and_(pc.is_valid(cells), wrong)
    faults.add(wrong, _why_no_quantity, "number")
    low, high = (pc.if_else(wrong, pa.scalar(None, pa.float64()), end) for end in (low, high))
    name = faults.column.name
    return {
        name: pc.if_else(pc.equal(low, high), low, pa.scalar(None, pa.float64())),
        f"{name}_low": low,
        f"{name}_high": high,
    }


def _parse_boolean(cells: pa.Array, faults: Faults) -> dict[str, pa.Array]:
    yes = pc.equal(cells, "true")
    faults.add(
        pc.invert(pc.or_(yes, pc.equal(cells, "false"))), "is not `true` or `false`", "boolean"
    )
    return {faults.column.name: yes}


def _parse_edtf(cells: pa.Array, faults: Faults) -> dict[str, pa.Array]:
    # Dates repeat, so each distinct one is parsed once and the result is spread over the rows.
    distinct = pc.unique(cells).drop_null()
    row = pc.index_in(cells, distinct)
    spans = [_span(text) for text in distinct.to_pylist()]
    faults.add(
        pc.is_in(
            cells,
            pa.array(
                [
                    text
                    for text, span in zip(distinct.to_pylist(), spans, strict=True)
                    if span is None
                ],
                TEXT,
            ),
        ),
        _why_no_date,
        "date",
    )
    earliest, latest, precision = (
        zip(*(span or (None, None, None) for span in spans), strict=True) if spans else ((), (), ())
    )
    precisions = categories(DatePrecision)
    name = faults.column.name
    return {
        f"{name}_earliest": pa.array(earliest, pa.date32()).cast(DAY).take(row),
        f"{name}_latest": pa.array(latest, pa.date32()).cast(DAY).take(row),
        f"{name}_precision": pa.DictionaryArray.from_arrays(
            pc.index_in(pa.array(precision, TEXT), precisions).take(row).cast(pa.int8()), precisions
        ),
    }


_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}


def _why_no_date(cell: str) -> str:
    season = re.fullmatch(r"(?i)(spring|summer|autumn|fall|winter) ([0-9]{4})", cell)
    if season:
        return f"is not an EDTF date; write {season[2]}-{_SEASONS[season[1].lower()]}"
    ends = cell.split("/")
    if len(ends) == 2 and all(_span(end) for end in ends):
        return "ends before it begins; the earlier date stands first"
    return (
        "is not an EDTF date; "
        "write 2024-07-10, 2024-07, 2024, 2024-07-08/2024-07-19, 2026/.. or 2023~"
    )


def _span(text: str) -> edtf.Span | None:
    try:
        return edtf.parse(text)
    except ValueError:
        return None


_PARSERS = {
    "id": _parse_id,
    "text": _parse_text,
    "code": _parse_code,
    "number": _parse_number,
    "quantity": _parse_quantity,
    "integer": _parse_integer,
    "boolean": _parse_boolean,
    "edtf": _parse_edtf,
}
"""The parser of each kind of seed column: it reports bad cells
and returns typed columns by name.
"""
