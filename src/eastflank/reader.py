"""The dataset as one object, opened once: its tables, and what they are.

Everything is read from the Parquet files themselves. `load` and its siblings are the methods of the
dataset that is installed; whoever has another opens it with `Dataset(folder)`, and a version that
was released with `Dataset(version="0.1.0")`.

A dataset is what it was when it was opened. A table that is read later, from files that another
build has put there, is refused; the installed dataset is then opened anew by the next call.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from eastflank import knowledge, releases
from eastflank.asked import asked, warn
from eastflank.claims import claims
from eastflank.lazy import MAKING
from eastflank.listing import Listing
from eastflank.store import DESCRIPTOR, Folder, Store, installed
from eastflank.version import VERSION
from eastflank.words import nearest

if TYPE_CHECKING:
    import pyarrow as pa

DERIVED = ("tracker", "outcomes", "spells", "panel", "conflicts", "reliability", "codes")
"""The tables that the build makes of the others."""


class Dataset:
    """A dataset that was opened: in a state of knowledge, or as it is.

    `where` is its folder, or the archive of a release; `version` is that of one that was released.
    Without either it is the dataset that is installed with the package or, in a checkout, stands
    beside it. `as_of`, a day such as "2025-06-30", gives the state of knowledge of
    that day: the records that a source had shown by then, in the words of the sources of that time,
    with statuses as of that day. `stated_by`, the id of a source, gives what that source alone
    says. Threads may share a dataset: a state that several of them ask for at once is made once.

    Raises FileNotFoundError where there is no dataset, or that version is not at hand; ValueError
    where there is no such version or source, where files are damaged, or where `as_of` is no day,
    lies after the closing day, or is asked of a version that was made by other rules; and
    TypeError where one of them is of another type, or a folder and a version are asked for at once.

    >>> Dataset(as_of="2025-12-31").load("tracker").attrs["as_of"]
    '2025-12-31'
    >>> Dataset(version="0.1.0")
    <Eastflank 0.1.0>
    """

    @asked
    def __init__(
        self,
        where: str | Path | None = None,
        *,
        version: str | None = None,
        as_of: object = None,
        stated_by: str | None = None,
    ):
        if where is not None and version is not None:
            raise TypeError(
                f"where={str(where)!r} and version={version!r} are two datasets; give one of them"
            )
        if version is not None:
            place = releases.place(version)
        else:
            place = Folder(installed()) if where is None else releases.opened(where)
        self._open(Store(place), as_of, stated_by)

    def _open(self, whole: Store, as_of: object, stated_by: str | None) -> None:
        self._whole = whole
        self.folder = whole.place.path
        self.stated_by = stated_by
        if as_of is not None or stated_by is not None:
            self.refuse_other_rules("states of knowledge")
        self.as_of = None if as_of is None else self._day(as_of)
        if stated_by is not None:
            self._refuse_unknown_source(stated_by)

    def __repr__(self) -> str:
        state = "".join(f", {word}={said!r}" for word, said in self.state.items())
        return f"<Eastflank {self.version}{state}>"

    @property
    def package(self) -> dict:
        """The descriptor of the dataset, as `datapackage.json` has it."""
        return self._whole.package

    @property
    def version(self) -> str:
        """The version of the dataset."""
        return self.package["version"]

    @property
    def closing(self) -> pd.Timestamp:
        """The closing day: nothing was read after it, and the dataset is what was known on it."""
        # Before 0.3.0, the descriptor did not name it; the list of releases does.
        entry = releases.released(self.version) or {}
        return pd.Timestamp(self.package.get("closing", entry.get("closing")))

    @property
    def issued(self) -> str:
        """The day of its release or, between releases, the closing day."""
        entry = releases.released(self.version)
        return entry["released"] if entry else f"{self.closing:%Y-%m-%d}"

    @property
    def names(self) -> list[str]:
        """The names of all tables, in the order in which they are listed."""
        return list(self._whole)

    @property
    def state(self) -> dict[str, str]:
        """The state of knowledge, in words: `as_of` and `stated_by`,
        as far as they were asked for.
        """
        day = None if self.as_of is None else f"{self.as_of:%Y-%m-%d}"
        said = {"as_of": day, "stated_by": self.stated_by}
        return {word: each for word, each in said.items() if each}

    @asked
    def at(self, as_of: object = None, stated_by: str | None = None) -> Dataset:
        """Return the same dataset in another state of knowledge; what was read stays read."""
        if as_of is None and stated_by is None:
            return self
        self.refuse_other_rules("states of knowledge")
        day = None if as_of is None else f"{self._day(as_of):%Y-%m-%d}"
        key = (day, stated_by)
        with MAKING:
            other = self._states.get(key)
            if other is None:
                other = Dataset.__new__(Dataset)
                other._open(self._whole, day, stated_by)
                other.__dict__["_quick"] = self._quick
                other.__dict__["_claims"] = self._claims
                other.__dict__["_tables"] = self._tables
                self._states[key] = other
                while len(self._states) > STATES_KEPT:
                    self._states.pop(next(iter(self._states)))
        return other

    def tables(self) -> pd.DataFrame:
        """Return what tables there are, indexed by name: what a row of each is,
        its rows, columns.
        """
        rows = {name: (self._a_row(name), *self._whole[name].shape) for name in self.names}
        columns = ["a row is", "rows", "columns"]
        frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
        return Listing(frame.rename_axis("table"))

    @asked
    def load(
        self,
        table: str,
        as_of: object = None,
        *,
        stated_by: str | None = None,
        observed: bool = False,
    ) -> pd.DataFrame:
        """Return a table as a frame, typed by its contract and so alike in every state.

        Text is str, a code category (ordered where its list is), a day datetime64, a decimal number
        float64 with NaN where it is missing. A whole number is int64 and a truth bool, or Int64 and
        boolean where one can be missing. With `observed`, the categories are only the codes that
        occur, as models and crosstabs want them, and not all of the codelist.

        `as_of` and `stated_by` give another state of knowledge, as `Dataset` says; `actors`,
        `places`, `codes` and `retired` are the same at any time. The `attrs` of the frame tell the
        dataset, table and version, the fingerprint of the whole table, and the state of knowledge
        if it is not the newest; they stay with what is selected from it. Raises ValueError where
        there is no such table or source, where `as_of` is no day, and where the table's file is not
        the one that was built.

        >>> Dataset().load("commitments").set_index("commitment_id").loc["inf-treaty", "status"]
        'met'
        """
        self._refuse_unknown_table(table)
        if as_of is not None or stated_by is not None:
            return self.at(as_of, stated_by).load(table, observed=observed)
        frame = self.frames[table].copy()
        frame.attrs = self.attrs(table)
        if "table_fingerprint" not in frame.attrs:
            from eastflank.fingerprint import frame_fingerprint

            frame.attrs["table_fingerprint"] = frame_fingerprint(frame, self.key(table))
        if observed:
            for name in frame.select_dtypes("category"):
                frame[name] = frame[name].cat.remove_unused_categories()
        return frame

    @asked
    def codebook(self, table: str | None = None) -> pd.DataFrame:
        """Return what the columns of a table mean: one row a column, in order; or of all tables.

        Columns: table, column, type, unit, description, codelist, codes, missing, reference, rules,
        derived. Of the types, `edtf` is a date as EDTF writes it, and `quantity` a number or a
        range of two, whose ends are in `<column>_low` and `<column>_high`. The definition of each
        code is in the table `codes`. Raises ValueError where there is no such table.
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
        return Listing(rows)

    @property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """All tables in this state of knowledge; whoever hands one on hands on a copy."""
        if not self.state:
            return self._whole
        with MAKING:
            return self._known

    @cached_property
    def _known(self) -> Mapping[str, pd.DataFrame]:
        return knowledge.known(self._quick, self.as_of, self.stated_by, self.closing, self._claims)

    def attrs(self, table: str) -> dict[str, str]:
        """Return what a frame made of rows of a table tells of itself: the dataset, table, version
        and state of knowledge; and the table's fingerprint, where that is in its file.
        """
        told = self._whole.attrs(table)
        if not self.state or table in knowledge.OUTSIDE:
            return told
        del told["table_fingerprint"]
        return told | self.state

    @asked
    def key(self, table: str) -> list[str]:
        """Return the columns that together are a table's key."""
        return self._about(table)["key"]

    @asked
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

    @asked
    def table_of(self, record_id: str) -> str:
        """Return the table that has a record.

        Raise ValueError, with the nearest, where none has.
        """
        if record_id not in self._tables:
            raise self._no_record(record_id)
        return self._tables[record_id]

    def retired(self, record_id: str) -> pd.Series | None:
        """Return what the table `retired` says of a record that is no more; None of any other."""
        if "retired" not in self.names:  # the table came with 0.3.0
            return None
        gone = self._whole["retired"].set_index("record_id")
        return gone.loc[record_id] if record_id in gone.index else None

    def refuse_not_known(self, record_id: str) -> None:
        """Raise ValueError where a record is not known in this state of knowledge, and say from
        when it is, or who does not speak to it.
        """
        table = self.table_of(record_id)
        key = self.key(table)[0]
        if not self.state or self.frames[table][key].eq(record_id).any():
            return
        known_from = self._whole[table].set_index(key).loc[record_id, "known_from"]
        if self.stated_by is None:
            raise ValueError(
                f"record {record_id!r} was not known on {self.as_of:%Y-%m-%d}; a source first "
                f"stated it by {known_from:%Y-%m-%d}"
            )
        raise ValueError(
            f"record {record_id!r} is not known in {self!r}: {self.stated_by} does not speak to it"
        )

    @cached_property
    def _states(self) -> dict[tuple, Dataset]:
        return {}

    @cached_property
    def _tables(self) -> dict[str, str]:
        """The table of each record, by its id."""
        return {
            record_id: name
            for name in reversed(self.with_records())
            for record_id in self._whole[name][self.key(name)[0]]
        }

    @cached_property
    def _claims(self) -> pd.DataFrame:
        return claims(self._quick)

    @cached_property
    def _quick(self) -> Mapping[str, pd.DataFrame]:
        return knowledge.quick(self._whole)

    def _schema(self, table: str) -> pa.Schema:
        return self._whole.schema(table)

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

    def refuse_other_rules(self, what: str) -> None:
        """Raise ValueError where this is of another version than the package, by whose rules it
        would be judged: what came out would be cited as that version's, and is not.
        """
        if self.version != VERSION:
            raise ValueError(
                f"the rules that make {what} are those of eastflank {VERSION}, and this dataset is "
                f"of version {self.version}: load its tables without as_of and stated_by, or "
                f"install eastflank {self.version}"
            )

    def _refuse_unknown_table(self, table: str) -> None:
        if table in self.names:
            return
        close, names = nearest(table, self.names, few=0), ", ".join(self.names)
        if self.version == VERSION:
            raise ValueError(
                f"there is no table {table!r}{close}; eastflank.tables() lists them: {names}"
            )
        since = next((each for each, tables in releases.tables() if table in tables), None)
        which = f"; the first that has it is {since}" if since else close
        raise ValueError(f"version {self.version} has no table {table!r}{which}; it has {names}")

    def _refuse_unknown_source(self, stated_by: str) -> None:
        ids = list(self._whole["sources"]["source_id"])
        if stated_by not in ids:
            raise ValueError(
                f"there is no source {stated_by!r}{nearest(stated_by, ids)}; "
                "eastflank.load('sources') lists them"
            )

    def _no_record(self, record_id: str) -> ValueError:
        row = self.retired(record_id)
        if row is not None:
            instead = f"; see {row['replaced_by']!r}" if pd.notna(row["replaced_by"]) else ""
            return ValueError(
                f"record {record_id!r} is retired since {row['version']}: {row['reason']}{instead}"
            )
        ids = [
            each for name in self.with_records() for each in self._whole[name][self.key(name)[0]]
        ]
        return ValueError(
            f"there is no record {record_id!r}{nearest(record_id, ids)}; "
            "each table has its ids in its key, and eastflank.find() finds records by words"
        )


STATES_KEPT = 8
"""How many states of knowledge a dataset keeps: whoever asks for one table asks for others."""


_opened: list[tuple[tuple | None, Dataset]] = []
"""The installed dataset, once it was opened, and what its descriptor's file was then."""


def default() -> Dataset:
    """Return the installed dataset: opened once and, with a warning, anew once another is built."""
    at = _stamp()
    if _opened and at in (None, _opened[0][0]):
        # Between two builds there is no dataset for a moment; what was opened still answers.
        return _opened[0][1]
    data = Dataset()
    if _opened and data._whole.descriptor != _opened[0][1]._whole.descriptor:
        warn(
            f"the dataset in {data.folder} was built anew since it was opened; "
            "frames that were loaded before are of the build before"
        )
    elif _opened:
        data = _opened[0][1]
    _opened[:] = [(at, data)]
    return data


def _stamp() -> tuple | None:
    """Return what tells the descriptor's file of one build from that of another."""
    try:
        at = (_home() / DESCRIPTOR).stat()
    except FileNotFoundError:
        return None
    return at.st_ino, at.st_size, at.st_mtime_ns


_home = cache(installed)


def of_version(version: str | None) -> Dataset:
    """Return a version, opened once; without one, the installed dataset."""
    if version is None or releases.is_installed(version):
        return default()
    return _archived(version)


@cache
def _archived(version: str) -> Dataset:
    return Dataset(version=version)


def tables() -> pd.DataFrame:
    """Return what tables there are; see `Dataset.tables`."""
    return default().tables()


@asked
def load(
    table: str,
    as_of: object = None,
    *,
    version: str | None = None,
    stated_by: str | None = None,
    observed: bool = False,
) -> pd.DataFrame:
    """Return a table as a frame, of the installed dataset or of a version that was released;
    see `Dataset.load`.

    >>> len(load("tracker", version="0.1.0"))
    21
    """
    return of_version(version).load(table, as_of=as_of, stated_by=stated_by, observed=observed)


@asked
def codebook(table: str | None = None) -> pd.DataFrame:
    """Return what the columns of a table mean; see `Dataset.codebook`."""
    return default().codebook(table)
