"""Check seeds: cells, then tables, then references, then the rules across tables.

Each stage reports all that it finds. What rests on a cell that did not parse, or on a seed that could not be read, is
unknown rather than wrong, and is not judged until that is mended.
"""

import itertools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pandera.errors
import pandera.pandas as pa
import pyarrow
import pyarrow.compute as pc

import schemas
from pipeline.cells import Parsed, nearest, parse
from pipeline.csvtext import TEXT, out_of_order
from pipeline.locate import check_texts
from pipeline.problems import Problems
from pipeline.read import read_all
from schemas.rules import RULES


@dataclass(frozen=True)
class Checked:
    """What a check came to: the tables as far as they could be read, the problems, what is worth a look without being wrong,
    the rules that were not judged, and the sources whose texts evidence was checked against."""

    parsed: dict[str, Parsed]
    problems: Problems
    warnings: Problems
    unjudged: list[str]
    texts: list[str]


def check(folder: Path, texts: Path | None = None) -> Checked:
    """Check the seeds of a folder, all of them, and return what came of it.

    With a folder of `texts`, also check that what evidence says of these texts stands there.
    """
    problems = Problems()
    seeds = read_all(folder, problems)
    parsed = {name: parse(seed, problems) for name, seed in seeds.items()}
    frames = {name: table.frame() for name, table in parsed.items()}
    for name, table in parsed.items():
        _check_keys(table, problems)
        _check_contract(table, frames[name], problems)
    _check_ids(parsed, problems)
    _check_references(parsed, problems)
    unjudged = _check_rules(parsed, frames, problems)
    at_hand = check_texts(parsed, texts, problems) if texts and {"sources", "evidence"} <= parsed.keys() else []
    return Checked(parsed, problems, _warn(parsed), unjudged, at_hand)


def _check_keys(parsed: Parsed, problems: Problems):
    seed, key = parsed.seed, schemas.key(parsed.seed.name)
    if not pc.any(out_of_order(seed.text, key, or_equal=True)).as_py():
        return
    keys = seed.text.select(key).to_pandas()
    for row in np.flatnonzero(keys.duplicated()):
        first = seed.lines[(keys == keys.iloc[row]).all(axis=1).argmax()]
        what = "is the key" if len(key) == 1 else f"with {' and '.join(keys.iloc[row][1:])} is the key"
        problems.add(seed.file, int(seed.lines[row]), f"{what} of line {first} too; a key stands once", "key", column=key[0], value=keys.iloc[row, 0])


def _check_ids(parsed: dict[str, Parsed], problems: Problems):
    """Judge that an id names one record in the whole dataset, so that it can be cited without its table."""
    keyed = {name: table.seed.text.column(schemas.key(name)[0]) for name, table in parsed.items() if len(schemas.key(name)) == 1}
    everything = pyarrow.chunked_array([chunk for ids in keyed.values() for chunk in ids.chunks], TEXT)
    if pc.count_distinct(everything).as_py() == len(everything):
        return
    for name, other in itertools.combinations(keyed, 2):
        rows = np.flatnonzero(pc.is_in(keyed[other], keyed[name].combine_chunks()))
        sentence = f"is an id of {name} too; an id names one record in the whole dataset"
        problems.add_cells(parsed[other].seed, schemas.key(other)[0], rows, sentence, "id-of-two-tables")


def _check_contract(parsed: Parsed, frame: pd.DataFrame, problems: Problems):
    """Judge a table by its pandera schema; a row with a bad cell is not judged."""
    seed = parsed.seed
    derived = [column.name for column in schemas.columns(seed.name) if column.derived and column.made_from is None]
    judged = frame[~parsed.bad]
    try:
        schemas.schema(seed.name).remove_columns(derived).validate(judged, lazy=True)
    except pandera.errors.SchemaErrors as failed:
        for error in failed.schema_errors:
            column, sentence, rule = _say(error)
            lines = error.failure_cases["index"].drop_duplicates()
            problems.add_cells(seed, column, np.sort(np.searchsorted(seed.lines, lines)), sentence, rule)


def _say(error) -> tuple[str, str, str]:
    """Return the column, the sentence and the rule of a pandera error."""
    check = error.check
    if not isinstance(check, pa.Check):
        raise error  # A dtype or column that is not as declared is a fault of the parsers, never a curator's.
    if check.description:
        return check.title, f"breaks the rule that {check.description}", check.name
    limit = next(iter(check.statistics.values()))
    words = {"greater_than_or_equal_to": f"is less than {limit}", "less_than_or_equal_to": f"is more than {limit}"}
    rule = {"greater_than_or_equal_to": "at-least", "less_than_or_equal_to": "at-most", "str_matches": "pattern"}
    return error.schema.name, words.get(check.name, f"is not of the form {limit}"), rule[check.name]


def _check_references(parsed: dict[str, Parsed], problems: Problems):
    for table in parsed.values():
        for column in schemas.seed_columns(table.seed.name):
            if column.reference in parsed and not parsed[column.reference].bad.any():
                known = parsed[column.reference].table.column(schemas.key(column.reference)[0])
                _check_reference(table, column, known, problems)


def _check_reference(parsed: Parsed, column: schemas.Column, known, problems: Problems):
    cells = parsed.table.column(column.name)
    dangling = pc.and_(cells.is_valid(), pc.invert(pc.is_in(cells, known.combine_chunks()))).to_numpy()
    rows = np.flatnonzero(dangling & ~parsed.bad)
    where = f"{Path(parsed.seed.file).parent.name}/{column.reference}.csv"
    ids = known.to_pylist() if len(rows) else []
    problems.add_cells(parsed.seed, column.name, rows, lambda cell: f"has no row in {where}{nearest(cell, ids)}", "reference")


def _check_rules(parsed: dict[str, Parsed], frames: dict[str, pd.DataFrame], problems: Problems) -> list[str]:
    """Judge by the rules across tables, and return the names of those that read something unreadable."""
    unjudged = []
    for rule in RULES:
        if not all(table in parsed and not parsed[table].bad.any() for table in rule.reads):
            unjudged.append(rule.name)
            continue
        holds = rule.judge(**{table: frames[table] for table in rule.reads})
        rows = np.flatnonzero(~holds.to_numpy(dtype=bool))
        problems.add_cells(parsed[rule.table].seed, rule.column, rows, f"breaks the rule that {rule.sentence}", rule.name)
    return unjudged


def _warn(parsed: dict[str, Parsed]) -> Problems:
    """Return what is worth a look: actors, places and sources that nothing refers to."""
    warnings = Problems()
    for name in ("actors", "places", "sources"):
        if name in parsed:
            seed, key = parsed[name].seed, schemas.key(name)[0]
            named = [
                table.seed.text.column(column.name)
                for table in parsed.values()
                for column in schemas.seed_columns(table.seed.name)
                if column.reference == name or column.name == "record_id"
            ]
            used = pyarrow.chunked_array([chunk for ids in named for chunk in ids.chunks], TEXT)
            idle = np.flatnonzero(pc.invert(pc.is_in(seed.text.column(key), used.combine_chunks())))
            warnings.add_cells(seed, key, idle, "is referred to by no row", "unused")
    return warnings
