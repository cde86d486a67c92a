"""Try plausible slips on the real seeds, one at a time, and count which ones no rule notices.

    python benchmarks/mutations.py            700 slips: print what was accepted
    python benchmarks/mutations.py 300        as many as are named
    python benchmarks/mutations.py --write    and write the page MUTATIONS.md
    python benchmarks/mutations.py --releases FOLDER    held to the last release in another folder

A slip leaves a cell well formed, but wrong: a number times ten, another valid code, two roles
swapped, a row deleted. The draw is the same each time. What did not change is not judged anew.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import schemas  # noqa: E402
from eastflank.codelists import MissingReason  # noqa: E402
from pipeline import csvtext  # noqa: E402
from pipeline.cells import Parsed  # noqa: E402
from pipeline.check import check  # noqa: E402
from pipeline.released import RECORD, last_release  # noqa: E402
from schemas.rules.base import Memory  # noqa: E402

OF_THE_RECORD = {"released", "record", "corrections"}
"""The rules that hold the seeds to the last release; the others judge them by themselves."""

PAGE = Path(__file__).with_name("MUTATIONS.md")
REASONS = {str(reason) for reason in MissingReason}

Row = dict[str, str]
Table = list[Row]


@dataclass(frozen=True)
class Slip:
    """One slip: what sort it is, where, in words, and the table as it then is."""

    kind: str
    table: str
    field: str
    words: str
    rows: Table


class World:
    """The seeds as text, and the draw."""

    def __init__(self, parsed: dict[str, Parsed], seed: int):
        self.tables = {name: table.seed.text.to_pylist() for name, table in parsed.items()}
        self.draw = random.Random(seed)

    def cell(self, kinds: set[str], fits: Callable[[str], bool]) -> tuple[str, schemas.Column, int]:
        """Draw a column of some kinds, each as likely as another, and a row where its cell fits."""
        columns = [
            (name, column)
            for name in self.tables
            for column in schemas.seed_columns(name)
            if column.kind in kinds
        ]
        while True:
            name, column = self.draw.choice(columns)
            rows = [n for n, row in enumerate(self.tables[name]) if fits(row[column.name])]
            if rows:
                return name, column, self.draw.choice(rows)

    def changed(self, kind: str, name: str, column: str, number: int, cell: str) -> Slip | None:
        """Return the slip that puts another cell into a row, or None if it is the same."""
        rows = self.tables[name]
        old = rows[number][column]
        if cell == old:
            return None
        words = f"{self.key(name, rows[number])}: {old!r} -> {cell!r}"
        new = [*rows[:number], rows[number] | {column: cell}, *rows[number + 1 :]]
        return Slip(kind, name, column, words, new)

    def key(self, name: str, row: Row) -> str:
        """Return the key of a row as text."""
        return " ".join(row[part] for part in schemas.key(name))


def is_value(cell: str) -> bool:
    """Return whether a cell holds a value, and neither a reason nor nothing."""
    return cell != "" and cell not in REASONS


def number(world: World) -> Slip | None:
    """A number ten times as large or small, one more, nothing, negative."""
    name, column, row = world.cell({"number", "quantity", "integer"}, is_value)
    ways = {
        "times ten": lambda n: n * 10,
        "a tenth": lambda n: n / 10,
        "plus one": lambda n: n + 1,
        "nothing": lambda n: 0,
        "negative": lambda n: -n,
    }
    way = world.draw.choice(list(ways))
    ends = world.tables[name][row][column.name].split("/")
    changed = [np.format_float_positional(ways[way](float(end)), trim="-") for end in ends]
    if way == "negative":
        changed.reverse()
    cell = changed[0] if len(set(changed)) == 1 else "/".join(changed)
    return world.changed(f"number {way}", name, column.name, row, cell)


def date(world: World) -> Slip | None:
    """A date off by a day, a month, a year or a century."""
    name, column, row = world.cell({"edtf"}, lambda cell: cell[:4].isdigit())
    cell = world.tables[name][row][column.name]
    year, month, day = int(cell[:4]), cell[5:7], cell[8:10]
    way = world.draw.choice(["day", "month", "year", "century"])
    if way == "day" and day.isdigit():
        shifted = f"{int(day) % 28 + 1:02}"
        cell = f"{cell[:8]}{shifted}{cell[10:]}"
    elif way in ("day", "month") and month.isdigit() and int(month) <= 12:
        way = "month"
        cell = f"{cell[:5]}{int(month) % 12 + 1:02}{cell[7:]}"
    elif way == "century":
        cell = f"{year + 100}{cell[4:]}"
    else:
        way = "year"
        cell = f"{year + world.draw.choice([-1, 1])}{cell[4:]}"
    return world.changed(f"date off by a {way}", name, column.name, row, cell)


def code(world: World) -> Slip | None:
    """Another code of the codelist."""
    name, column, row = world.cell({"code"}, is_value)
    other = str(world.draw.choice(list(column.codelist)))
    return world.changed("another code", name, column.name, row, other)


def boolean(world: World) -> Slip | None:
    """True for false."""
    name, column, row = world.cell({"boolean"}, is_value)
    other = {"true": "false", "false": "true"}[world.tables[name][row][column.name]]
    return world.changed("true for false", name, column.name, row, other)


def reference(world: World) -> Slip | None:
    """Another id of the same table, or its neighbour there."""
    while True:
        name, column, row = world.cell({"id"}, is_value)
        if column.reference:
            break
    ids = [each[schemas.key(column.reference)[0]] for each in world.tables[column.reference]]
    way = world.draw.choice(["another", "another", "neighbour"])
    place = ids.index(world.tables[name][row][column.name])
    other = world.draw.choice(ids) if way == "another" else ids[(place + 1) % len(ids)]
    words = {"another": "another reference", "neighbour": "the reference's neighbour"}[way]
    return world.changed(words, name, column.name, row, other)


def roles(world: World) -> Slip | None:
    """The source and the target of an event swapped."""
    rows = world.tables["event_actors"]
    pairs = [
        (one, other)
        for one, row in enumerate(rows)
        for other, against in enumerate(rows)
        if row["event_id"] == against["event_id"]
        and (row["role"], against["role"]) == ("source", "target")
    ]
    one, other = world.draw.choice(pairs)
    new = list(rows)
    new[one] = rows[one] | {"role": "target"}
    new[other] = rows[other] | {"role": "source"}
    words = f"{rows[one]['event_id']}: {rows[one]['actor_id']}, {rows[other]['actor_id']}"
    return Slip("roles swapped", "event_actors", "role", words, new)


def reason(world: World) -> Slip | None:
    """A reason for another that the column takes."""
    name, column, row = world.cell(_KINDS, lambda cell: cell in REASONS)
    other = world.draw.choice([str(each) for each in column.missing] or [""])
    return world.changed("another reason", name, column.name, row, other)


def value_for_reason(world: World) -> Slip | None:
    """The value of another row where a reason stood."""
    name, column, row = world.cell(_KINDS, lambda cell: cell in REASONS)
    values = [each[column.name] for each in world.tables[name] if is_value(each[column.name])]
    if not values:
        return None
    return world.changed("value for a reason", name, column.name, row, world.draw.choice(values))


def reason_for_value(world: World) -> Slip | None:
    """A reason where a value stood."""
    name, column, row = world.cell(_KINDS, is_value)
    if not column.missing:
        return None
    other = str(world.draw.choice(column.missing))
    return world.changed("reason for a value", name, column.name, row, other)


def swapped_between_rows(world: World) -> Slip | None:
    """The cells of one column swapped between a row and the next."""
    name, column, row = world.cell(_KINDS, lambda _: True)
    rows = world.tables[name]
    other = row + 1
    if other == len(rows) or column.key or rows[row][column.name] == rows[other][column.name]:
        return None
    new = list(rows)
    new[row] = rows[row] | {column.name: rows[other][column.name]}
    new[other] = rows[other] | {column.name: rows[row][column.name]}
    words = f"{world.key(name, rows[row])}, {world.key(name, rows[other])}"
    return Slip("swapped between rows", name, column.name, words, new)


def swapped_within_a_row(world: World) -> Slip | None:
    """Two cells of a row swapped, of columns of one kind."""
    name, column, row = world.cell(_KINDS, is_value)
    like = [
        each.name
        for each in schemas.seed_columns(name)
        if (each.kind, each.reference, each.codelist)
        == (column.kind, column.reference, column.codelist)
        and each.name != column.name
    ]
    if not like or column.key:
        return None
    other = world.draw.choice(like)
    here = world.tables[name][row]
    if here[column.name] == here[other]:
        return None
    new = list(world.tables[name])
    new[row] = here | {column.name: here[other], other: here[column.name]}
    words = f"{world.key(name, here)}: {column.name}, {other}"
    return Slip("swapped within a row", name, column.name, words, new)


def digit(world: World) -> Slip | None:
    """Another digit in a text."""
    name, column, row = world.cell({"text"}, lambda cell: any(map(str.isdigit, cell)))
    cell = world.tables[name][row][column.name]
    place = world.draw.choice([n for n, letter in enumerate(cell) if letter.isdigit()])
    other = str((int(cell[place]) + world.draw.randint(1, 9)) % 10)
    changed = cell[:place] + other + cell[place + 1 :]
    return world.changed("digit in a text", name, column.name, row, changed)


def deleted(world: World) -> Slip | None:
    """A row deleted."""
    name = world.draw.choice([name for name, rows in world.tables.items() if rows])
    rows = world.tables[name]
    gone = world.draw.randrange(len(rows))
    words = world.key(name, rows[gone])
    return Slip("row deleted", name, "", words, [*rows[:gone], *rows[gone + 1 :]])


_KINDS = {"id", "text", "code", "number", "quantity", "integer", "boolean", "edtf"}

SLIPS = {
    number: 126,
    date: 103,
    code: 75,
    boolean: 5,
    reference: 63,
    roles: 15,
    reason: 20,
    value_for_reason: 35,
    reason_for_value: 35,
    swapped_between_rows: 40,
    swapped_within_a_row: 45,
    digit: 30,
    deleted: 78,
}
"""How often each sort of slip is drawn, one beside the other."""


class Bench:
    """The seeds in order, and what is found in them after a slip."""

    def __init__(self, seeds: Path, releases: Path, folder: Path):
        self.folder = Path(shutil.copytree(seeds, folder / "seeds"))
        (folder / "releases").symlink_to(releases)
        (folder / RECORD).symlink_to(seeds.parent / RECORD)
        self.memory = Memory()
        checked = check(self.folder, memory=self.memory)
        if checked.problems:
            raise SystemExit("the seeds are not in order; run build.py check")
        self.parsed = checked.parsed
        self.usual = set(checked.warnings.report())

    def found(self, slip: Slip) -> tuple[list[str], list[str]]:
        """Return the rules that a slip breaks, and the warnings that it gives rise to."""
        names = self.parsed[slip.table].seed.text.column_names
        text = pa.table(
            {each: pa.array([row[each] for row in slip.rows], csvtext.TEXT) for each in names}
        )
        path = self.folder / f"{slip.table}.csv"
        before = path.read_bytes()
        path.write_bytes(csvtext.write(csvtext.sort(text, schemas.key(slip.table))))
        # What is learnt of one slip is of no use to the next.
        checked = check(self.folder, memory=Memory(self.memory))
        path.write_bytes(before)
        new = [line for line in checked.warnings.report() if line not in self.usual]
        return (
            sorted({each.rule for each in checked.problems}),
            sorted({line.rpartition("[")[2][:-1] for line in new}),
        )


def main() -> None:
    """Try the slips, print what was accepted, and write the page if asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("slips", type=int, nargs="?", default=700, help="how many slips")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}, too")
    parser.add_argument("--seeds", type=Path, default=ROOT / "seeds", help="the seeds")
    parser.add_argument("--releases", type=Path, default=ROOT / "releases", help="the releases")
    parser.add_argument("--verbose", action="store_true", help="print each slip")
    asked = parser.parse_args()
    tried = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(asked.seeds.resolve(), asked.releases.resolve(), Path(folder))
        world = World(bench.parsed, seed=14)
        while len(tried) < asked.slips:
            (draw,) = world.draw.choices(list(SLIPS), list(SLIPS.values()))
            slip = draw(world)
            if slip is None:
                continue
            refused, doubted = bench.found(slip)
            tried.append((slip, refused, doubted))
            if asked.verbose:
                verdict = refused or [f"warning: {each}" for each in doubted] or "ACCEPTED"
                place = f"{slip.table}.{slip.field}"
                print(slip.kind, place, slip.words, verdict, sep="; ", flush=True)
    released = last_release(asked.releases)
    page = report(tried, released.version if released else "none")
    print(page)
    if asked.write:
        PAGE.write_text(page, encoding="utf-8")


def report(tried: list[tuple[Slip, list[str], list[str]]], version: str) -> str:
    """Return the page: how many of each kind and field were accepted, by the rules alone, and with
    a release as the record.
    """
    accepted = [
        (slip, refused, doubted)
        for slip, refused, doubted in tried
        if not set(refused) - OF_THE_RECORD
    ]
    silent = [slip for slip, _, doubted in accepted if not doubted]
    unrecorded = [slip for slip, refused, _ in accepted if not refused]
    lines = [
        "# Slips that no rule notices",
        "",
        f"Of {len(tried)} plausible slips in the real seeds, {_share(accepted, tried)} break no "
        f"rule, and {_share(silent, tried)} give rise to no warning either. Held to the last "
        f"release, {version}, as `build.py check` holds them, {_share(unrecorded, tried)} pass: "
        "what was released changes only on the record. "
        f"Made by `python benchmarks/mutations.py {len(tried)} --write`.",
    ]
    for title, name in (
        ("kind", lambda slip: slip.kind),
        ("field", lambda slip: f"{slip.table}.{slip.field}".rstrip(".")),
    ):
        of_all = Counter(name(slip) for slip, _, _ in tried)
        passed = Counter(name(slip) for slip, _, _ in accepted)
        unseen, unheld = Counter(map(name, silent)), Counter(map(name, unrecorded))
        heads = [title, "tried", "break no rule", "nor give a warning", "pass beside the release"]
        lines += ["", f"| {' | '.join(heads)} |", f"| {' | '.join(['---'] * len(heads))} |"]
        lines += [
            f"| {each} | {count} | {passed[each]} | {unseen[each]} | {unheld[each]} |"
            for each, count in sorted(of_all.items())
        ]
    return "\n".join(lines) + "\n"


def _share(some: list, whole: list) -> str:
    return f"{len(some)} ({len(some) / len(whole):.0%})"


if __name__ == "__main__":
    main()
