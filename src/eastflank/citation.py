"""Cite the dataset, a table, some rows or a record,
so that exactly these can be found again and verified.
"""

import json
from dataclasses import dataclass

import pandas as pd

from eastflank.about import AUTHOR, TITLE
from eastflank.reader import Dataset, default
from eastflank.version import CLOSING, VERSION


@dataclass(frozen=True)
class Citation:
    """How to cite something: `str()` of it, or `text`, is a reference for a list.

    `bibtex` and `csl` are for managers.

    `part` says which part of the dataset is meant and is empty for the whole;
    `fingerprint` is the hash of that part.
    """

    part: str
    fingerprint: str

    @property
    def text(self) -> str:
        """The reference in words."""
        part = f" {self.part[0].upper()}{self.part[1:]}." if self.part else ""
        return (
            f"{AUTHOR} ({CLOSING[:4]}). {TITLE} (version {VERSION}) [Data set].{part} "
            f"Fingerprint sha256:{self.fingerprint}."
        )

    @property
    def bibtex(self) -> str:
        """The reference as a BibTeX entry."""
        part = f"{self.part}. ".replace("_", r"\_") if self.part else ""
        lines = {
            "author": f"{{{AUTHOR}}}",
            "title": f"{{{TITLE}}}",
            "year": CLOSING[:4],
            "version": VERSION,
            "note": f"Data set. {part}Fingerprint sha256:{self.fingerprint}",
        }
        body = ",\n".join(f"  {name} = {{{value}}}" for name, value in lines.items())
        return f"@misc{{eastflank-{VERSION}-{self.fingerprint[:8]},\n{body}\n}}"

    @property
    def csl(self) -> str:
        """The reference as CSL-JSON, a list of one item."""
        item = {
            "id": f"eastflank-{VERSION}-{self.fingerprint[:8]}",
            "type": "dataset",
            "title": TITLE,
            "author": [{"literal": AUTHOR}],
            "issued": {"date-parts": [[int(part) for part in CLOSING.split("-")]]},
            "version": VERSION,
            "note": f"Fingerprint sha256:{self.fingerprint}",
        }
        if self.part:
            item["section"] = self.part
        return json.dumps([item], ensure_ascii=False, indent=1)

    def __str__(self) -> str:
        return self.text


def cite(what: pd.DataFrame | str | None = None, *, data: Dataset | None = None) -> Citation:
    """Return the citation of a frame that was loaded, of a table or record by name,
    or of the whole.

    A frame may be a selection of rows and columns, in any order; its fingerprint is that of what it
    holds. `data` is the dataset, else the installed one. Raises TypeError for anything else, and
    ValueError where there is no such record, where a frame does not say what table it was loaded
    from, and where it holds what that table does not: changed data could not be verified.
    """
    data = data or default()
    if what is None:
        return _cite_whole(data)
    if isinstance(what, pd.DataFrame):
        return _cite_frame(what, data)
    if not isinstance(what, str):
        raise TypeError(
            f"a {type(what).__name__} cannot be cited; give a frame from eastflank.load(), "
            "a table's name or a record's id"
        )
    if what in data.names:
        return _cite_frame(data.load(what), data)
    table = data.table_of(what)
    rows = data.load(table)
    rows = rows[rows[data.key(table)[0]].eq(what)]
    if rows.empty:
        raise ValueError(f"record {what!r} is not known in {data!r}")
    part = f"record {what} of table {table}{_in_state(data.state)}"
    return Citation(part, _digest(rows, data.key(table)))


def _cite_whole(data: Dataset) -> Citation:
    if not data.state:
        return Citation("", data.package["fingerprint"])
    from eastflank.fingerprint import dataset_fingerprint

    digests = {name: data.load(name).attrs["table_fingerprint"] for name in data.names}
    return Citation(f"all tables{_in_state(data.state)}", dataset_fingerprint(digests))


def _in_state(state: dict) -> str:
    """Return the words for a state of knowledge; none for the dataset as it is."""
    words = {"as_of": "as known on", "stated_by": "as stated by"}
    return "".join(f", {words[name]} {said}" for name, said in state.items() if said)


def _cite_frame(frame: pd.DataFrame, data: Dataset) -> Citation:
    table = frame.attrs.get("table")
    if table not in data.names:
        raise ValueError(
            "the frame does not say what table it is from; cite what eastflank.load() gave, "
            "or a selection of it"
        )
    if frame.attrs["version"] != VERSION:
        raise ValueError(
            f"the frame is of version {frame.attrs['version']}, and this is version {VERSION}; "
            "load it again, or cite with that version installed"
        )
    state = {word: frame.attrs.get(word) for word in ("as_of", "stated_by")}
    whole = data.load(table, **state)
    if frame.columns.empty:
        raise ValueError("the frame has no column; cite one that has some")
    if frame.columns.has_duplicates:
        raise ValueError(
            f"the frame has the column {frame.columns[frame.columns.duplicated()][0]} twice; "
            "cite it with each column once"
        )
    strange = [str(name) for name in frame.columns if name not in whole.columns]
    if strange:
        raise ValueError(
            f"table {table} has no column {', '.join(strange)}; "
            "cite the frame before you add to it "
            f"or join it, or its columns {', '.join(whole.columns)}"
        )
    frame = frame[[name for name in whole.columns if name in frame.columns]]
    if _changed(frame, whole):
        raise ValueError(
            f"the frame has rows that table {table} does not have; "
            "cite it before you change its cells"
        )
    if len(frame.columns) < len(whole.columns):
        columns = ", ".join(frame.columns)
        part = f"{len(frame):,} of the {len(whole):,} rows of table {table}, columns {columns}"
    elif len(frame) < len(whole):
        part = f"{len(frame):,} of the {len(whole):,} rows of table {table}"
    else:
        part = f"table {table}"
    part += _in_state(state)
    return Citation(part, _digest(frame, data.key(table)))


def _changed(frame: pd.DataFrame, whole: pd.DataFrame) -> bool:
    """Return whether a frame has a row that, in its columns, is not among those of the whole,
    or one more often than there.
    """

    def counted(rows: pd.DataFrame) -> pd.Series:
        return rows[list(frame.columns)].astype("str").value_counts(dropna=False)

    return bool((counted(frame).sub(counted(whole), fill_value=0) > 0).any())


def _digest(frame: pd.DataFrame, key: list[str]) -> str:
    from eastflank.fingerprint import frame_fingerprint

    return frame_fingerprint(frame, key)
