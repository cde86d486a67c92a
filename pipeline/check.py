"""Check seeds: cells, then tables, then references, then the rules across tables.

Each stage reports all that it finds. What rests on a cell that did not parse, or on a seed
that could not be read, is unknown rather than wrong, and is not judged until that is mended.
"""

import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pandera.errors
import pandera.pandas as pa
import pyarrow
import pyarrow.compute as pc

import schemas
from eastflank.words import nearest
from pipeline.cells import Parsed, parse, text_by_python
from pipeline.corrections import check_corrections
from pipeline.csvtext import out_of_order
from pipeline.locate import check_texts
from pipeline.problems import SHOWN_PER_RULE, Problems
from pipeline.read import Seed, find, read
from pipeline.released import RECORD, Released, last_release
from pipeline.reports import with_reports
from schemas.rules import RULES, WARNINGS
from schemas.rules.base import Memory, Readable


@dataclass(frozen=True)
class Checked:
    """What a check came to: the tables as far as they could be read, the problems, what is worth a
    look without being wrong, the rules that were not judged, and the sources whose texts evidence
    was checked against.
    """

    parsed: dict[str, Parsed]
    problems: Problems
    warnings: Problems
    unjudged: list[str]
    texts: list[str]


@text_by_python()
def check(folder: Path, texts: Path | None = None, memory: Memory | None = None) -> Checked:
    """Check the seeds of a folder, all of them, and return what came of it.

    With a folder of `texts`, also check that what evidence says of these texts stands there.
    Whoever checks again and again hands over the same `memory`, so that what did not change is
    not judged anew.
    """
    memory = Memory() if memory is None else memory
    problems = Problems()
    files = find(folder, problems)
    parsed, frames = {}, {}
    # Arrow works outside Python's lock, so that several tables can be read at a time.
    with ThreadPoolExecutor() as pool:
        seeds = pool.map(lambda name: _parsed(files[name], name, memory), files)
        for name, (table, found) in zip(files, seeds, strict=True):
            problems.extend(found)
            if table is not None:
                parsed[name] = table
    for name, table in parsed.items():
        frames[name], found = memory.once(id(table), partial(_judge, table))
        problems.extend(found)
    _check_ids(parsed, problems)
    _check_references(parsed, problems)
    released = last_release(folder.parent / "releases")
    _check_released(parsed, released, problems)
    check_corrections(parsed, released, folder.parent / RECORD, problems)
    # What rules read is made once and shared: the tables that could be read, and views of them.
    sound = {name: frame for name, frame in frames.items() if parsed[name].sound}
    readable = Readable(sound, memory)
    unjudged = _check_rules(parsed, readable, problems)
    at_hand = (
        check_texts(parsed, texts, problems)
        if texts and {"sources", "evidence"} <= parsed.keys()
        else []
    )
    warnings = _warn(parsed, readable)
    if released is not None and released.damaged:
        sentence = "is not the archive that was released, so that nothing was held to it"
        warnings.add(released.damaged, None, sentence, "release")
    return Checked(parsed, problems, warnings, unjudged, at_hand)


def _parsed(path: Path, name: str, memory: Memory) -> tuple[Parsed | None, Problems]:
    """Return a seed with its cells parsed, if it can be read, and what is wrong with them."""
    try:
        key = (path.parent.name, name, path.read_bytes())
    except OSError:
        return _read_and_parse(path, name)
    return memory.once(key, partial(_read_and_parse, path, name))


def _read_and_parse(path: Path, name: str) -> tuple[Parsed | None, Problems]:
    problems = Problems()
    seed = read(path, name, problems)
    if seed is None:
        return None, problems
    _check_keys(seed, problems)
    parsed = parse(seed, problems)
    return with_reports(parsed, problems) if name == "evidence" else parsed, problems


def _check_keys(seed: Seed, problems: Problems) -> None:
    key = schemas.key(seed.name)
    if pc.any(out_of_order(seed.text, key, or_equal=True)).as_py():
        keys = pd.MultiIndex.from_frame(seed.text.select(key).to_pandas())
        rows = np.flatnonzero(keys.duplicated())
        twins = seed.lines[[keys.get_indexer_for([keys[row]])[0] for row in rows[:SHOWN_PER_RULE]]]
        with_the_same = f" with the same {' and '.join(key[1:])}" if len(key) > 1 else ""
        sentences = [
            f"stands in line {twin}, too{with_the_same}; a key stands once" for twin in twins
        ]
        problems.add_cells(seed, key[0], rows, sentences, "key")


def _check_ids(parsed: dict[str, Parsed], problems: Problems) -> None:
    """Judge that an id names one record in the whole dataset,
    so that it can be cited without its table.
    """
    keyed = {
        name: table.seed.text.column(schemas.key(name)[0])
        for name, table in parsed.items()
        if len(schemas.key(name)) == 1
    }
    # The shorter table is the one to be looked up in, as making it ready for that costs the most.
    for name, other in itertools.combinations(sorted(keyed, key=lambda name: len(keyed[name])), 2):
        rows = np.flatnonzero(pc.is_in(keyed[other], keyed[name].combine_chunks()))
        sentence = f"is an id of {name} too; an id names one record in the whole dataset"
        problems.add_cells(
            parsed[other].seed, schemas.key(other)[0], rows, sentence, "id-of-two-tables"
        )


def _judge(parsed: Parsed) -> tuple[pd.DataFrame, Problems]:
    """Return a table as a frame, and what its pandera schema finds wrong with it.

    A row with a bad cell is not judged.
    """
    seed, frame, problems = parsed.seed, parsed.frame(), Problems()
    judged = frame[~parsed.bad]
    try:
        schemas.seed_schema(seed.name).validate(judged, lazy=True)
    except pandera.errors.SchemaErrors as failed:
        for error in failed.schema_errors:
            column, sentence, rule = _say(error, seed.name)
            lines = error.failure_cases["index"].drop_duplicates()
            problems.add_cells(
                seed, column, np.sort(np.searchsorted(seed.lines, lines)), sentence, rule
            )
    for quantity in schemas.seed_columns(seed.name):
        if quantity.kind == "quantity":
            below = (frame[f"{quantity.name}_low"] < 0).fillna(False).to_numpy(dtype=bool)
            sentence = "is below 0, and nothing that is measured here can be"
            problems.add_cells(
                seed, quantity.name, np.flatnonzero(below & ~parsed.bad), sentence, "at-least"
            )
    return frame, problems


def _say(error: pandera.errors.SchemaError, table: str) -> tuple[str, str, str]:
    """Return the column, the sentence and the rule of a pandera error of a table."""
    check = error.check
    if not isinstance(check, pa.Check):
        # A dtype or column that is not as declared is a fault of the parsers, never a curator's.
        raise error
    if check.description:
        return str(check.title), f"breaks the rule that {check.description}", str(check.name)
    limit = next(iter((check.statistics or {}).values()))
    words = {
        "greater_than_or_equal_to": f"is less than {limit}",
        "less_than_or_equal_to": f"is more than {limit}",
    }
    rule = {
        "greater_than_or_equal_to": "at-least",
        "less_than_or_equal_to": "at-most",
        "str_matches": "pattern",
    }
    name, broken = str(error.schema.name), str(check.name)
    form = next(column.form for column in schemas.columns(table) if column.name == name)
    words |= {"str_matches": f"is not {form}" if form else f"is not of the form {limit}"}
    return name, words[broken], rule[broken]


def _check_references(parsed: dict[str, Parsed], problems: Problems) -> None:
    for table in parsed.values():
        for column in schemas.seed_columns(table.seed.name):
            if column.reference in parsed and parsed[column.reference].sound:
                known = parsed[column.reference].table.column(schemas.key(column.reference)[0])
                _check_reference(table, column, known, problems)


def _check_reference(
    parsed: Parsed, column: schemas.Column, known: pyarrow.ChunkedArray, problems: Problems
) -> None:
    cells = parsed.table.column(column.name)
    dangling = pc.and_(
        cells.is_valid(), pc.invert(pc.is_in(cells, known.combine_chunks()))
    ).to_numpy()
    rows = np.flatnonzero(dangling & ~parsed.bad)
    where = f"{Path(parsed.seed.file).parent.name}/{column.reference}.csv"
    ids = known.to_pylist() if len(rows) else []
    problems.add_cells(
        parsed.seed,
        column.name,
        rows,
        lambda cell: f"has no row in {where}{nearest(cell, ids)}",
        "reference",
    )


def _check_released(
    parsed: dict[str, Parsed], released: Released | None, problems: Problems
) -> None:
    """Judge that no id of the last release is lost: it is there, or it stands in `retired`."""
    if released is None or "retired" not in parsed or not parsed["retired"].sound:
        return
    retired = set(parsed["retired"].table.column("record_id").to_pylist())
    for name, ids in released.ids.items():
        if name in parsed and parsed[name].sound:
            there = set(parsed[name].table.column(schemas.key(name)[0]).to_pylist())
            gone = [each for each in ids if each not in there and each not in retired]
            for each in gone[:SHOWN_PER_RULE]:
                sentence = (
                    f"lacks {each!r}, which version {released.version} has; "
                    "put it back, or say in retired.csv why it is gone"
                )
                problems.add(parsed[name].seed.file, None, sentence, "released")
            problems.count("released", len(gone[SHOWN_PER_RULE:]))


def _check_rules(parsed: dict[str, Parsed], readable: Readable, problems: Problems) -> list[str]:
    """Judge by the rules across tables.

    Return the names of those that read something unreadable.
    """
    unjudged = []
    for rule in RULES:
        if not rule.reads <= readable.keys():
            unjudged.append(rule.name)
            continue
        problems.add_cells(
            parsed[rule.table].seed,
            rule.column,
            rule.breaches(readable),
            f"breaks the rule that {rule.sentence}",
            rule.name,
        )
    return unjudged


def _warn(parsed: dict[str, Parsed], readable: Readable) -> Problems:
    """Return what is worth a look: leftovers, odd years, doubtful rows, and what nothing names."""
    warnings = Problems()
    for table in parsed.values():
        warnings.extend(readable.memory.once(("cells", id(table)), partial(_warn_of_cells, table)))
    for warning in WARNINGS:
        if warning.reads <= readable.keys():
            rows = warning.breaches(readable)
            sentence = f"leaves in doubt that {warning.sentence}"
            warnings.add_cells(
                parsed[warning.table].seed, warning.column, rows, sentence, warning.name
            )
    for name in ("actors", "places", "sources"):
        if name in parsed:
            _warn_of_idle(parsed, name, warnings)
    return warnings


_LEFTOVER = (
    r"(?i)^(nan|<na>|n/?a|null|none|tbd|tba|todo|unknown|undefined|-+|\?+|\.+)$"
    r"|\\u[0-9a-f]{4}|\\[nrt]|&(amp|lt|gt|quot|nbsp|#[0-9]+);"
    r"|\x{fffd}|Ã[\x{80}-\x{bf}¤-¿]|â€"
)
"""What exports, escapes, markup and wrong encodings leave in a text."""

_FIRST, _LAST = pd.Timestamp("1900-01-01"), pd.Timestamp("2100-12-31")
"""Between which days lies all that the dataset tells of."""


def _warn_of_cells(parsed: Parsed) -> Problems:
    """Return the texts that are the leftover of an export, and the dates before 1900 or after
    2100.
    """
    warnings = Problems()
    for column in schemas.seed_columns(parsed.seed.name):
        if column.kind == "text" and column.pattern is None:
            cells = parsed.table.column(column.name)
            found = pc.match_substring_regex(cells, _LEFTOVER).fill_null(False)
            rows = np.flatnonzero(found.to_numpy())
            sentence = "looks like the leftover of an export; a missing value says why"
            warnings.add_cells(parsed.seed, column.name, rows, sentence, "leftover")
        if column.kind == "edtf":
            first, last = (
                parsed.table.column(f"{column.name}_{end}").to_pandas()
                for end in ("earliest", "latest")
            )
            rows = np.flatnonzero((first < _FIRST) | (last > _LAST))
            sentence = "lies before 1900 or after 2100"
            warnings.add_cells(parsed.seed, column.name, rows, sentence, "era")
    return warnings


def _warn_of_idle(parsed: dict[str, Parsed], name: str, warnings: Problems) -> None:
    """Warn of the rows of a table to which no row refers."""
    seed, key = parsed[name].seed, schemas.key(name)[0]
    named = [
        table.seed.text.column(column.name)
        for table in parsed.values()
        for column in schemas.seed_columns(table.seed.name)
        if column.reference == name or column.name in ("record_id", "origin_id")
    ]
    known = seed.text.column(key).combine_chunks()
    used = [pc.unique(pc.index_in(ids, known)).drop_null().to_numpy() for ids in named]
    idle = np.setdiff1d(np.arange(len(known)), np.concatenate(used))
    warnings.add_cells(seed, key, idle, "is referred to by no row", "unused")
