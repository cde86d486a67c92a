"""Which rows and columns of which table a frame holds, in which version and state of knowledge.

A frame may come from the reader, or from a file that a reader wrote: types may have changed on the
way, cells may not. So every cell is set beside the dataset's own, and the fingerprint is made of
the dataset's rows and types, never of the frame's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from eastflank.knowledge import OUTSIDE
from eastflank.reader import Dataset, of_version
from eastflank.titles import title_column

NUMBERING = ("index", "level_0", "Unnamed: 0")
"""What pandas calls the numbers of rows when they become a column, or come from a CSV."""

ADDED = {
    "evidence": ("title", "publisher", "published", "reliability", "url", "link", "record"),
    "events": ("role",),
    "outcomes": ("how", "by", "date", "due"),
    "panel": ("year", "commitment_id", "commitment", "target_id", "target", "actor_id", "actor")
    + ("iso3", "gw_code", "cow_code"),
}
"""What the reader shows beside a table's own columns, besides what ids stand for."""

RENAMED = {"events": {"event": "title"}, "outcomes": {"timing": "timing_current"}}
"""What the reader calls columns of a table where it shows them beside others."""

TAKEN_FOR_MISSING = ("None", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null")
"""The words that pandas takes for a missing cell when it reads a CSV."""


@dataclass(frozen=True)
class Selection:
    """Rows and columns of one table: all that it takes to find them again, and to verify them.

    `version` and `dataset` (its fingerprint) say of which content; `as_of` and `stated_by`, of
    which state of knowledge. `columns` and `ids` are null where they are all. An id is the cells of
    the table's key, as text. `fingerprint` is that of the rows, in these columns.
    """

    version: str
    dataset: str
    table: str
    as_of: str | None
    stated_by: str | None
    columns: tuple[str, ...] | None
    ids: tuple[tuple[str, ...], ...] | None
    fingerprint: str

    def save(self, path: str | Path, citation: str) -> None:
        """Write the selection to a file, as JSON, with the citation in words."""
        said = {"name": "eastflank", **asdict(self), "citation": citation}
        text = json.dumps(said, ensure_ascii=False, indent=1)
        Path(path).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: str | Path) -> Selection:
        """Read what `save` wrote. Raises ValueError where the file is something else."""
        try:
            said = json.loads(Path(path).read_text(encoding="utf-8"))
            said = {name: said[name] for name in cls.__dataclass_fields__}
            ids, columns = said["ids"], said["columns"]
            said["ids"] = None if ids is None else tuple(map(tuple, ids))
            said["columns"] = None if columns is None else tuple(columns)
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(
                f"{path} is no saved selection; eastflank.cite(frame).save(path) writes one"
            ) from error
        return cls(**said)


@dataclass(frozen=True)
class Counts:
    """What a citation tells of a selection besides: when its version was issued; how many rows it
    has (`n`), of how many, and how many of them stood twice or more; how many columns, of how many.
    """

    issued: str
    n: int
    of: int
    repeated: int
    columns: int
    of_columns: int


def select(frame: pd.DataFrame, data: Dataset | None) -> tuple[Selection, Counts]:
    """Return what a frame holds of a dataset; without `data`, of the version that it is from.

    Raises ValueError, with the reason, where the frame holds what the dataset does not.
    """
    data = dataset_of(frame, data)
    table = frame.attrs.get("table")
    if table in data.names:
        return _select_from(table, frame, data)
    found, reasons = {}, {}
    for name in _candidates(frame, data):
        try:
            found[name] = _select_from(name, frame, data)
        except ValueError as error:
            reasons[name] = error
    if len(found) == 1:
        return next(iter(found.values()))
    unsaid = "the frame does not say what table it is from"
    if found:
        raise ValueError(
            f"{unsaid}, and its rows stand in {' and '.join(found)} alike; "
            f"say it: frame.attrs['table'] = {next(iter(found))!r}"
        )
    if len(reasons) == 1:
        raise next(iter(reasons.values()))
    fits = f"none of {', '.join(reasons)}" if reasons else "no table"
    raise ValueError(
        f"{unsaid}, and fits {fits}; cite what eastflank gave, a selection of it, or what was read "
        "from a file that holds one"
    )


def select_records(
    ids: Sequence[str], data: Dataset, table: str | None = None
) -> tuple[Selection, Counts]:
    """Return the rows of records of one table, by their ids.

    Raises ValueError where there is no such record, where one is not known in the dataset's state,
    and where they are of several tables.
    """
    tables = {each: table or data.table_of(each) for each in ids}
    if len(set(tables.values())) != 1:
        several = ", ".join(sorted(set(tables.values()))) or "none"
        raise ValueError(
            f"the records cited together must be of one table, and these are of {several}; "
            "cite those of each table by themselves"
        )
    for each in sorted(tables):
        data.refuse_not_known(each)
    name = next(iter(tables.values()))
    whole = data.load(name)
    return _select_from(name, whole[whole[data.key(name)[0]].isin(list(tables))], data)


def rows_of(selection: Selection, data: Dataset | None = None) -> pd.DataFrame:
    """Return the rows and columns of a selection, once they are verified.

    Raises ValueError where they are not those that were selected, and ValueError or
    FileNotFoundError where the version cannot be had.
    """
    data = _version(selection.version, data, "the selection")
    same = data.package["fingerprint"] == selection.dataset
    try:
        frame = _rows(selection, data)
    except ValueError as error:
        reason = str(error)
    else:
        found = _digest(frame, data.key(selection.table))
        if found == selection.fingerprint:
            return frame
        reason = (
            f"the rows have the fingerprint {found}, and {selection.fingerprint} was saved"
            if same
            else "the rows are other ones now"
        )
    if not same:
        reason = (
            f"{selection.version} is here another build than the one cited, with the fingerprint "
            f"{data.package['fingerprint']} and not {selection.dataset}, and {reason}; "
            "what is built between releases is not kept"
        )
    raise ValueError(f"the selection cannot be given back: {reason}")


def _rows(selection: Selection, data: Dataset) -> pd.DataFrame:
    whole = data.load(selection.table, as_of=selection.as_of, stated_by=selection.stated_by)
    if selection.ids is not None:
        own = _ids(whole, data.key(selection.table))
        missing = set(selection.ids) - set(own)
        if missing:
            raise ValueError(f"{_named(min(missing))} is not in table {selection.table}")
        whole = whole[own.isin(list(selection.ids))]
    if selection.columns is not None:
        gone = set(selection.columns) - set(whole.columns)
        if gone:
            raise ValueError(f"table {selection.table} has no column {min(gone)}")
        whole = whole[list(selection.columns)]
    return whole


def dataset_of(frame: pd.DataFrame, data: Dataset | None) -> Dataset:
    """Return the dataset that a frame is from, in the frame's state of knowledge.

    Raises ValueError where it is of another version than `data`, or its version cannot be had.
    """
    version = frame.attrs.get("version")
    if version is not None:
        data = _version(version, data, "the frame")
    elif data is None:
        data = of_version(None)
    return data.at(frame.attrs.get("as_of"), frame.attrs.get("stated_by"))


def _version(version: str, data: Dataset | None, what: str) -> Dataset:
    """Return a version, or the dataset that was given, if it is of it."""
    if data is not None:
        if data.version == version:
            return data
        raise ValueError(
            f"{what} is of version {version}, and {data!r} is another; leave out data, or give "
            f"that version"
        )
    try:
        return of_version(version)
    except (ValueError, FileNotFoundError) as error:
        raise type(error)(f"{what} is of version {version}: {error}") from error


def _candidates(frame: pd.DataFrame, data: Dataset) -> list[str]:
    """Return the tables that a frame may be from: those that have its columns and whose key it has,
    or else those of which the reader shows rows so, or else that whose key it has, or else those
    that have its columns.
    """
    names = {*frame.columns, *frame.index.names} - {*NUMBERING, None}
    columns = {name: set(data.frames[name].columns) for name in data.names}
    has_key = [name for name in data.names if names >= set(data.key(name))]
    has_columns = [name for name in data.names if names <= columns[name]]
    both = [name for name in has_key if name in has_columns]
    shown = [
        name
        for name in has_key
        if names <= columns[name] | _added(name, data) | {*RENAMED.get(name, {})}
    ]
    # A table that has its key in a part of another's, as commitments in targets, has fewer columns.
    nearest = sorted(has_key, key=lambda name: -len(names & columns[name]))
    return both or shown or nearest[:1] or has_columns


def _added(table: str, data: Dataset) -> set[str]:
    """Return the names of the columns that the reader shows beside a table's own."""
    return {*map(title_column, data.references(table)), *ADDED.get(table, ())}


def _select_from(table: str, frame: pd.DataFrame, data: Dataset) -> tuple[Selection, Counts]:
    whole, key = data.load(table), data.key(table)
    stale = frame.attrs.get("table_fingerprint", "") not in ("", whole.attrs["table_fingerprint"])
    renamed = {shown: own for shown, own in RENAMED.get(table, {}).items() if own not in frame}
    frame, added = frame.rename(columns=renamed), _added(table, data)
    try:
        frame, at, repeated = rows_in(f"table {table}", frame, whole, key, added)
    except ValueError as error:
        if stale:
            raise ValueError(
                f"the frame is from another build of version {data.version} than {data!r} is: "
                f"{error}; load it again"
            ) from error
        raise
    selected = whole.iloc[at][list(frame.columns)]
    all_rows, all_columns = len(at) == len(whole), len(frame.columns) == len(whole.columns)
    ids = None if all_rows else tuple(_ids(whole.iloc[at], key))
    state = {} if table in OUTSIDE else data.state
    selection = Selection(
        version=data.version,
        dataset=data.package["fingerprint"],
        table=table,
        as_of=state.get("as_of"),
        stated_by=state.get("stated_by"),
        columns=None if all_columns else tuple(frame.columns),
        ids=ids,
        fingerprint=_digest(selected, key),
    )
    sizes = len(at), len(whole), repeated, len(frame.columns), len(whole.columns)
    return selection, Counts(data.issued, *sizes)


def rows_in(
    what: str, frame: pd.DataFrame, whole: pd.DataFrame, key: list[str], added: Iterable[str] = ()
) -> tuple[pd.DataFrame, np.ndarray, int]:
    """Return a frame's own columns, where a whole such as a table has its rows, each once, and how
    many of them it has repeatedly. `added` are columns that are not of the whole, and left out.

    Raises ValueError where the whole has them not, or not so.
    """
    frame = _own_columns(what, frame, whole, added)
    has_key = set(key) <= set(frame.columns)
    at = (_by_key if has_key else _by_content)(what, frame, whole, key)
    distinct, times = np.unique(at, return_counts=True)
    return frame, distinct, int((times > 1).sum())


def _own_columns(
    what: str, frame: pd.DataFrame, whole: pd.DataFrame, added: Iterable[str]
) -> pd.DataFrame:
    """Return a frame with the columns of a whole alone, in its order.

    A key that was made the index comes back; what the reader added, and numbers of rows, go.
    """
    own = set(whole.columns)
    back = [name for name in frame.index.names if name in own and name not in frame.columns]
    attrs = frame.attrs
    frame = frame.reset_index(level=back) if back else frame
    left_out = {*NUMBERING, *added} - own
    frame = frame.reset_index(drop=True).drop(columns=frame.columns.intersection(list(left_out)))
    if frame.columns.empty:
        raise ValueError("the frame has no column; cite one that has some")
    if frame.columns.has_duplicates:
        raise ValueError(
            f"the frame has the column {frame.columns[frame.columns.duplicated()][0]} twice; "
            "cite it with each column once"
        )
    strange = [str(name) for name in frame.columns if name not in own]
    if strange:
        raise ValueError(
            f"{what} has no column {', '.join(strange)}; cite the frame before you add to it "
            f"or join it, or its columns {', '.join(whole.columns)}"
        )
    frame = frame[[name for name in whole.columns if name in frame.columns]]
    frame.attrs = attrs
    return frame


def _by_key(what: str, frame: pd.DataFrame, whole: pd.DataFrame, key: list[str]) -> np.ndarray:
    pairs = {part: _comparable(frame[part], whole[part]) for part in key}
    ids, own_ids = (
        _ids(pd.DataFrame({part: pair[side] for part, pair in pairs.items()}), key)
        for side in (0, 1)
    )
    at = pd.Index(own_ids, tupleize_cols=False).get_indexer(pd.Index(ids, tupleize_cols=False))
    if not all(map(any, ids)):
        raise ValueError(
            f"the frame has rows without {', '.join(key)}, by which {what} knows its rows; cite it "
            "without them"
        )
    if (at < 0).any():
        raise ValueError(
            f"the frame has rows that {what} does not have, such as {_named(ids[at < 0].iloc[0])}"
            f"{_perhaps_of_another(frame)}"
        )
    rows = whole.iloc[at].reset_index(drop=True)
    for column in frame.columns.drop(key):
        if frame[column].equals(rows[column]):
            continue
        said, own = _comparable(frame[column], rows[column])
        differ = np.flatnonzero(said != own)
        if len(differ):
            first = differ[0]
            raise ValueError(
                f"the frame says something else than {what}: {column} of "
                f"{_named(ids.iloc[first])} is {_shown(said.iloc[first])}, and there "
                f"{_shown(own.iloc[first])}; cite it before you change its cells"
                f"{_perhaps_of_another(frame)}"
            )
    return at


def _perhaps_of_another(frame: pd.DataFrame) -> str:
    """Return words that go on where a frame does not fit and does not tell of what state it is."""
    if frame.attrs.get("version"):
        return ""
    return (
        "; the frame does not tell its version and day, which a CSV loses, and what is made "
        "of two frames: if they are others, give data=eastflank.Dataset(version=...) or "
        "data=eastflank.Dataset(as_of=...), and cite rows of two states one by one"
    )


def _by_content(what: str, frame: pd.DataFrame, whole: pd.DataFrame, key: list[str]) -> np.ndarray:
    """Return where a whole has rows of which the key is not told.

    Of rows that say the same in these columns, the first are taken: they are the same selection.
    """
    pairs = {name: _comparable(frame[name], whole[name]) for name in frame.columns}
    said = pd.DataFrame({name: pair[0] for name, pair in pairs.items()})
    own = pd.DataFrame({name: pair[1] for name, pair in pairs.items()})
    names = list(frame.columns)
    own = own.assign(time=own.groupby(names).cumcount(), at=range(len(own)))
    said = said.assign(time=said.groupby(names).cumcount())
    at = said.merge(own, on=[*names, "time"], how="left")["at"]
    if at.notna().all():
        return at.to_numpy(dtype=int)
    if (said.loc[at.isna(), "time"] > 0).all():
        raise ValueError(
            f"the frame has rows more often than {what}, and does not tell which; "
            f"cite it with the columns of the key: {', '.join(key)}"
        )
    raise ValueError(
        f"the frame has rows that {what} does not have; cite it before you change its cells"
        f"{_perhaps_of_another(frame)}"
    )


def _comparable(cells: pd.Series, own: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return cells, and the table's own, as text in one writing; what is missing is empty.

    A CSV keeps no types: what looks like a number or a truth value is read as one, and a day as
    text.
    """
    kinds = pd.api.types
    if kinds.is_bool_dtype(own):
        return _truth(cells), _truth(own)
    if kinds.is_numeric_dtype(own):
        return _number(cells), _number(own)
    if kinds.is_datetime64_any_dtype(own) or kinds.is_datetime64_any_dtype(cells):
        return _day(cells), _day(own)
    if kinds.is_numeric_dtype(cells):
        return _number(cells), _number(own)
    words = dict.fromkeys(TAKEN_FOR_MISSING, "")
    return _text(cells).replace(words), _text(own).replace(words)


def _text(cells: pd.Series) -> pd.Series:
    return cells.astype("str").fillna("")


def _truth(cells: pd.Series) -> pd.Series:
    words = {"1": "true", "1.0": "true", "0": "false", "0.0": "false"}
    return _text(cells).str.lower().replace(words)


def _number(cells: pd.Series) -> pd.Series:
    """Return numbers with the digits that every way of reading them keeps; other text as it is."""
    text = _text(cells)
    numbers = pd.to_numeric(text, errors="coerce")
    return numbers.map("{:.14g}".format, na_action="ignore").astype("str").fillna(text)


def _day(cells: pd.Series) -> pd.Series:
    text = _text(cells)
    days = pd.to_datetime(text, errors="coerce", format="ISO8601")
    whole = text.str.len() >= len("2024-07-10")
    return days.astype("str").where(whole).fillna(text)


def _ids(frame: pd.DataFrame, key: list[str]) -> pd.Series:
    """Return the cells of the key of each row, as text."""
    parts = (frame[part].astype("str").fillna("") for part in key)
    return pd.Series(list(zip(*parts, strict=True)), index=frame.index, dtype="object")


def _named(record: Iterable[str]) -> str:
    return repr(" / ".join(record))


def _shown(text: str) -> str:
    return repr(text) if text else "missing"


def _digest(frame: pd.DataFrame, key: list[str]) -> str:
    from eastflank.fingerprint import frame_fingerprint

    return frame_fingerprint(frame, key)
