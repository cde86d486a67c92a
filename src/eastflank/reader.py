"""The dataset as one object, opened once: its tables, and what they are.

Everything is read from the Parquet files themselves. `load` and its siblings are the methods of the
dataset that is installed; whoever has another opens it with `Dataset(folder)`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from eastflank import knowledge
from eastflank.claims import claims
from eastflank.words import nearest

if TYPE_CHECKING:
    import pyarrow as pa

DERIVED = ("tracker", "outcomes", "panel", "conflicts", "reliability", "codes")
"""The tables that the build makes of the others."""


class Dataset:
    """A dataset that was opened: in a state of knowledge, or as it is.

    `where` is its folder; without one it is the dataset that is installed with the package or, in a
    checkout, stands beside it. `as_of`, a day such as "2025-06-30", gives the state of knowledge of
    that day: the records that a source had shown by then, in the words of the sources of that time,
    with statuses as of that day. `stated_by`, the id of a source, gives what that source alone
    says.

    Raises FileNotFoundError where there is no dataset, ValueError where there is no such source or
    `as_of` is no day or lies after the closing day, and TypeError where it is no text or date.

    >>> Dataset(as_of="2025-12-31").load("tracker").attrs["as_of"]
    '2025-12-31'
    """

    def __init__(
        self,
        where: str | Path | None = None,
        *,
        as_of: object = None,
        stated_by: str | None = None,
    ):
        self.folder = Path(where) if where is not None else installed()
        if not (self.folder / "datapackage.json").exists():
            raise FileNotFoundError(
                f"there is no dataset in {self.folder}; in a checkout, `python build.py` makes it"
            )
        self.stated_by = stated_by
        self.as_of = None if as_of is None else self._day(as_of)
        if stated_by is not None:
            self._refuse_unknown_source(stated_by)

    def __repr__(self) -> str:
        state = "".join(f", {word}={said!r}" for word, said in self.state.items())
        return f"<Eastflank {self.version}{state}>"

    @cached_property
    def package(self) -> dict:
        """The descriptor of the dataset, as `datapackage.json` has it."""
        return json.loads((self.folder / "datapackage.json").read_text(encoding="utf-8"))

    @property
    def version(self) -> str:
        """The version of the dataset."""
        return self.package["version"]

    @property
    def closing(self) -> pd.Timestamp:
        """The closing day: nothing was read after it, and the dataset is what was known on it."""
        return pd.Timestamp(self.package["closing"])

    @property
    def names(self) -> list[str]:
        """The names of all tables, in the order in which they are listed."""
        return [each["name"] for each in self.package["resources"] if each["format"] == "parquet"]

    @property
    def state(self) -> dict[str, str]:
        """The state of knowledge, in words: `as_of` and `stated_by`,
        as far as they were asked for.
        """
        day = None if self.as_of is None else f"{self.as_of:%Y-%m-%d}"
        said = {"as_of": day, "stated_by": self.stated_by}
        return {word: each for word, each in said.items() if each}

    def at(self, as_of: object = None, stated_by: str | None = None) -> Dataset:
        """Return the same dataset in another state of knowledge; what was read stays read."""
        if as_of is None and stated_by is None:
            return self
        day = None if as_of is None else f"{self._day(as_of):%Y-%m-%d}"
        key = (day, stated_by)
        if key not in self._states:
            self._states[key] = other = Dataset(self.folder, as_of=day, stated_by=stated_by)
            other.__dict__["_whole"] = self._whole
            other.__dict__["package"] = self.package
            other.__dict__["_claims"] = self._claims
            while len(self._states) > STATES_KEPT:
                self._states.pop(next(iter(self._states)))
        return self._states[key]

    def tables(self) -> pd.DataFrame:
        """Return what tables there are, indexed by name: what a row of each is,
        its rows, columns.
        """
        rows = {name: (self._a_row(name), *self._whole[name].shape) for name in self.names}
        columns = ["a row is", "rows", "columns"]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("table")

    def load(
        self, table: str, *, as_of: object = None, stated_by: str | None = None
    ) -> pd.DataFrame:
        """Return a table as a frame, typed: str, category, Float64, Int64, boolean, datetime64.

        `as_of` and `stated_by` give another state of knowledge, as `Dataset` says; `actors`,
        `places`, `codes` and `retired` are the same at any time. The `attrs` of the frame tell the
        dataset, table, version and fingerprint, and the state of knowledge if it is not the newest;
        they stay with what is selected from it. Raises ValueError where there is no such table or
        source, or `as_of` is no day.

        >>> Dataset().load("commitments").set_index("commitment_id").loc["inf-treaty", "status"]
        'met'
        """
        self._refuse_unknown_table(table)
        if as_of is not None or stated_by is not None:
            return self.at(as_of, stated_by).load(table)
        frame = self.frames[table].copy()
        if self.state and table not in knowledge.OUTSIDE:
            from eastflank.fingerprint import frame_fingerprint

            digest = frame_fingerprint(frame, self.key(table))
            frame.attrs = self._whole[table].attrs | {"fingerprint": digest} | self.state
        return frame

    def codebook(self, table: str | None = None) -> pd.DataFrame:
        """Return what the columns of a table mean: one row a column, in order; or of all tables.

        Columns: table, column, type, unit, description, codelist, codes, missing, reference, rules,
        derived. The definition of each code is in the table `codes`. Raises ValueError where there
        is no such table.
        """
        if table is not None:
            self._refuse_unknown_table(table)
        said = ["type", "unit", "description", "codelist", "codes", "missing", "reference"]
        said += ["rules", "derived"]
        rows = [
            {"table": name, "column": field.name}
            | {word: (field.metadata or {}).get(word.encode(), b"").decode() for word in said}
            for name in ([table] if table else self.names)
            for field in self._schema(name)
        ]
        return pd.DataFrame(rows)

    @cached_property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """All tables in this state of knowledge; whoever hands one on hands on a copy."""
        if not self.state:
            return self._whole
        return knowledge.known(self._whole, self.as_of, self.stated_by, self.closing, self._claims)

    def key(self, table: str) -> list[str]:
        """Return the columns that together are a table's key."""
        return self._about(table)["key"]

    def references(self, table: str) -> dict[str, str]:
        """Return the columns of a table that refer to another or to itself,
        each with that table.
        """
        return {
            field.name: field.metadata[b"reference"].decode().partition(".")[0]
            for field in self._schema(table)
            if b"reference" in field.metadata
        }

    def with_records(self) -> list[str]:
        """Return the tables whose rows are records with an id of their own, each in one of them."""
        return [
            name
            for name in self.names
            if name not in ("tracker", "outcomes", "retired") and len(self.key(name)) == 1
        ]

    def table_of(self, record_id: str) -> str:
        """Return the table that has a record.

        Raise ValueError, with the nearest, where none has.
        """
        for name in self.with_records():
            if self._whole[name][self.key(name)[0]].eq(record_id).any():
                return name
        raise self._no_record(record_id)

    @cached_property
    def _states(self) -> dict[tuple, Dataset]:
        return {}

    @cached_property
    def _claims(self) -> pd.DataFrame:
        return claims(dict(self._whole))

    @cached_property
    def _whole(self) -> Mapping[str, pd.DataFrame]:
        return Files(self.folder, self.names)

    @cache  # noqa: B019  a dataset lives as long as the process that asks it
    def _schema(self, table: str) -> pa.Schema:
        from pyarrow.parquet import read_schema

        return read_schema(self.folder / f"{table}.parquet")

    def _about(self, table: str) -> dict:
        return json.loads(self._schema(table).metadata[b"eastflank"])

    def _a_row(self, table: str) -> str:
        return self._about(table)["description"].partition("A row is ")[2].partition(".")[0]

    def _day(self, as_of: object) -> pd.Timestamp:
        day = knowledge.day_of(as_of)
        if day > self.closing:
            raise ValueError(
                f"as_of={f'{day:%Y-%m-%d}'!r} lies after {self.closing:%Y-%m-%d}, on which this "
                "version closes; nothing is known of later days"
            )
        return day

    def _refuse_unknown_table(self, table: str) -> None:
        if table not in self.names:
            raise ValueError(
                f"there is no table {table!r}{nearest(table, self.names)}; "
                f"eastflank.tables() lists them: {', '.join(self.names)}"
            )

    def _refuse_unknown_source(self, stated_by: str) -> None:
        ids = list(
            pd.read_parquet(self.folder / "sources.parquet", columns=["source_id"])["source_id"]
        )
        if stated_by not in ids:
            raise ValueError(
                f"there is no source {stated_by!r}{nearest(stated_by, ids)}; "
                "eastflank.load('sources') lists them"
            )

    def _no_record(self, record_id: str) -> ValueError:
        gone = self._whole["retired"].set_index("record_id")
        if record_id in gone.index:
            row = gone.loc[record_id]
            instead = f"; see {row['replaced_by']!r}" if pd.notna(row["replaced_by"]) else ""
            return ValueError(
                f"record {record_id!r} is retired since {row['version']}: {row['reason']}{instead}"
            )
        ids = [
            each for name in self.with_records() for each in self._whole[name][self.key(name)[0]]
        ]
        return ValueError(
            f"there is no record {record_id!r}{nearest(record_id, ids)}; "
            "each table has its ids in its key"
        )


class Files(Mapping):
    """The tables of a folder, by name: each file is read when it is first asked for."""

    def __init__(self, folder: Path, names: list[str]):
        self._folder, self._names = folder, names
        self._read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._read:
            if name not in self._names:
                raise KeyError(name)
            self._read[name] = pd.read_parquet(self._folder / f"{name}.parquet")
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


STATES_KEPT = 8
"""How many states of knowledge a dataset keeps: whoever asks for one table asks for others."""


@cache
def installed() -> Path:
    """Return the folder of the dataset: in the installed package, or at the top of the checkout."""
    here = Path(__file__).resolve().parent
    for place in (here / "dataset", here.parents[1] / "dataset"):
        if (place / "datapackage.json").exists():
            return place
    raise FileNotFoundError(
        f"no dataset in {here} nor in {here.parents[1]}; in a checkout, `python build.py` makes it"
    )


@cache
def default() -> Dataset:
    """Return the installed dataset, opened once."""
    return Dataset()


def tables() -> pd.DataFrame:
    """Return what tables there are; see `Dataset.tables`."""
    return default().tables()


def load(table: str, *, as_of: object = None, stated_by: str | None = None) -> pd.DataFrame:
    """Return a table as a frame; see `Dataset.load`."""
    return default().load(table, as_of=as_of, stated_by=stated_by)


def codebook(table: str | None = None) -> pd.DataFrame:
    """Return what the columns of a table mean; see `Dataset.codebook`."""
    return default().codebook(table)
