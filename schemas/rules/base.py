"""What a rule is, and the look-ups that rules share."""

import csv
import hashlib
import inspect
import pickle
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True)
class Rule:
    """A rule across tables: its name and sentence, the tables it reads,
    and the cell that a problem points to.
    """

    table: str
    column: str
    judge: Callable[..., pd.Series]

    @property
    def name(self) -> str:
        return self.judge.__name__

    @property
    def sentence(self) -> str:
        return " ".join((self.judge.__doc__ or "").split())

    @property
    def reads(self) -> set[str]:
        """The tables that it reads, be it through views."""
        return set().union(*map(_tables, _parameters(self.judge)))

    def holds(self, readable: "Readable") -> pd.Series:
        """Return for each row of the rule's table whether the rule holds,
        given what can be read; a row that is a known exception counts as true.
        """
        holds = self.judge(**{name: readable[name] for name in _parameters(self.judge)})
        known = exceptions().get(self.name)
        return holds if known is None else holds | readable[self.table].iloc[:, 0].isin(list(known))

    def breaches(self, readable: "Readable") -> np.ndarray:
        """Return the positions of the rows for which the rule does not hold."""
        key = (self.name, *readable.identity([self.table, *_parameters(self.judge)]))
        return readable.memory.once(
            key, lambda: np.flatnonzero(~self.holds(readable).to_numpy(dtype=bool))
        )


EXCEPTIONS = Path(__file__).with_name("exceptions.csv")
"""The rows that may break a rule, each with the reason."""


@cache
def exceptions() -> dict[str, dict[str, str]]:
    """Return the reasons for which rows may break rules, by rule and by id."""
    found: dict[str, dict[str, str]] = {}
    with EXCEPTIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["rule"], {})[row["id"]] = row["reason"]
    return found


class Memory(dict):
    """What was made before, by what it was made of.

    A frame stands for its content by its identity, since the memory keeps it.
    """

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return what is kept under a key; where nothing is, make it and keep it."""
        if key not in self:
            self[key] = make()
        return self[key]

    def same(self, made: Any) -> Any:
        """Return what is kept of the content of something; where nothing is, keep it."""
        digest = hashlib.blake2b(pickle.dumps(made)).digest()
        return self.setdefault(("content", digest), made)


class Readable(dict):
    """The tables that rules can read, by name, and views of them, each made when first asked for
    and then shared by all rules.
    """

    def __init__(self, tables: dict[str, pd.DataFrame], memory: Memory):
        super().__init__(tables)
        self.memory = memory

    def identity(self, names: list[str]) -> list[int]:
        """Return what tells the content of tables and views from any other in the memory."""
        return [id(self[name]) for name in names]

    def __missing__(self, view: str) -> pd.DataFrame:
        names = _parameters(VIEWS[view])
        # A view that comes out as before is the same frame, and nothing that rests on it is new.
        self[view] = self.memory.once(
            (view, *self.identity(names)),
            lambda: self.memory.same(VIEWS[view](**{name: self[name] for name in names})),
        )
        return self[view]


RULES: list[Rule] = []
"""All rules across tables, in the order in which they are judged."""

WARNINGS: list[Rule] = []
"""All warnings across tables: rules whose breach is worth a look and stops nothing."""

VIEWS: dict[str, Callable[..., pd.DataFrame]] = {}
"""What rules may read besides tables, by name: frames that functions make of tables."""


def view(make):
    """Make a function from tables to a frame a view that rules can read, under its name."""
    VIEWS[make.__name__] = make
    return make


@cache
def _parameters(function: Callable) -> list[str]:
    return list(inspect.signature(function).parameters)


def _tables(name: str) -> set[str]:
    """Return the tables that a table or a view is made of, also through other views."""
    return set().union(*map(_tables, _parameters(VIEWS[name]))) if name in VIEWS else {name}


def rule(table: str, column: str):
    """Return a decorator that makes a function a rule about the rows of a table."""

    def decorate(judge):
        RULES.append(Rule(table, column, judge))
        return judge

    return decorate


def warning(table: str, column: str):
    """Return a decorator that makes a function a warning about the rows of a table."""

    def decorate(judge):
        WARNINGS.append(Rule(table, column, judge))
        return judge

    return decorate


def look_up(ids: pd.Series, table: pd.DataFrame, column):
    """Return what a column, or a list of columns, of another table holds for each of the ids.

    Null where it has none.

    The table's key is its first column. Where it has a key twice, which is a problem of its own,
    the first row counts.
    """
    keys = pa.array(table.iloc[:, 0])
    place = pc.index_in(pa.array(ids), keys, skip_nulls=True).fill_null(-1)
    found = table[column].reset_index(drop=True).reindex(place.to_numpy(zero_copy_only=False))
    return found.set_axis(ids.index)


def is_in(ids: pd.Series, known: pd.Series) -> pd.Series:
    """Return which of the ids are among the known ones.

    What pandas' own `isin` says, in a hundredth of its time on text.
    """
    found = pc.is_in(pa.array(ids), pa.array(known))
    return pd.Series(found.to_numpy(zero_copy_only=False), index=ids.index)


def none_of(frame: pd.DataFrame, wrong: pd.Index) -> pd.Series:
    """Return for each row of a frame whether it is none of those at the wrong lines."""
    return pd.Series(~frame.index.isin(wrong), index=frame.index)
