"""Cite the dataset, a table, some rows or a record,
so that exactly these can be found again and verified.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from eastflank import about
from eastflank.about import AUTHOR, TITLE
from eastflank.asked import asked
from eastflank.corpora import counted, shares
from eastflank.reader import Dataset, default
from eastflank.records import Record
from eastflank.search import resolve
from eastflank.selection import (
    Counts,
    Selection,
    dataset_of,
    rows_in,
    rows_of,
    select,
    select_records,
)

COUNTED = ["corpus_id", "standing", "n"]
"""The columns by which shares are known; the first two are their key."""

SHORT = 12
"""How many digits of a fingerprint a title has room for."""


@dataclass(frozen=True)
class Citation:
    """How to cite something: `str()` of it, or `text`, is a reference for a list.

    `bibtex` and `csl` are for managers; `save` writes which rows were cited, and
    `eastflank.recall` gives them back.

    `version` is that of the dataset, and `issued` the day of its release, or between releases the
    closing day. `part` says which part of the dataset is meant and is empty for the whole; `label`
    says it in few words. `fingerprint` is the hash of that part, `url` its permanent address, empty
    as long as there is none, and `selection` is what is saved, null for the whole.
    """

    version: str
    issued: str
    part: str
    label: str
    fingerprint: str
    url: str
    selection: Selection | None = field(repr=False)

    @property
    def text(self) -> str:
        """The reference in words."""
        part = f" {self.part[0].upper()}{self.part[1:]}." if self.part else ""
        url = f" {self.url}" if self.url else ""
        return (
            f"{AUTHOR} ({self.issued[:4]}). {TITLE} (version {self.version}) [Data set].{part} "
            f"Fingerprint sha256:{self.fingerprint}.{url}"
        )

    @property
    def title(self) -> str:
        """The title with what tells this citation from others: version, part, short fingerprint.

        It is the one field that every style prints: many leave out a version, and all leave out
        notes and sections.
        """
        return f"{TITLE} {self._tail}"

    @property
    def _tail(self) -> str:
        label = f", {self.label}" if self.label else ""
        return f"(version {self.version}){label}, sha256:{self.fingerprint[:SHORT]}"

    @property
    def bibtex(self) -> str:
        """The reference as a BibTeX entry, for classical BibTeX and for biblatex."""
        lines = {
            "author": f"{{{AUTHOR}}}",
            "title": f"{{{self.title}}}".replace("_", r"\_"),
            "year": self.issued[:4],
            "note": "Data set",
            # No style prints it: 64 digits fit no line. It is there for who looks into the entry.
            "annotation": f"sha256:{self.fingerprint}",
        } | ({"url": self.url} if self.url else {})
        body = ",\n".join(f"  {name} = {{{value}}}" for name, value in lines.items())
        return f"@misc{{{self._id},\n{body}\n}}"

    @property
    def csl(self) -> str:
        """The reference as CSL-JSON, a list of one item."""
        item = {
            "id": self._id,
            "type": "dataset",
            # A style that writes titles in capitals is to leave ids and digits as they are.
            "title": f'{TITLE} <span class="nocase">{self._tail}</span>',
            "author": [{"literal": AUTHOR}],
            "issued": {"date-parts": [[int(part) for part in self.issued.split("-")]]},
            "note": f"Fingerprint sha256:{self.fingerprint}",
        }
        if self.part:
            item["section"] = self.part
        if self.url:
            item["URL"] = self.url
        return json.dumps([item], ensure_ascii=False, indent=1)

    @property
    def _id(self) -> str:
        return f"eastflank-{self.version}-{self.fingerprint[:8]}"

    def save(self, path: str | Path) -> None:
        """Write which rows are cited to a small JSON file, for `eastflank.recall`.

        Raises ValueError for the whole dataset, which its version names.
        """
        if self.selection is None:
            raise ValueError(
                "all tables are no selection of rows; "
                f"eastflank.Dataset(version={self.version!r}) opens them"
            )
        self.selection.save(path, self.text)

    def __str__(self) -> str:
        return self.text


@asked
def cite(
    what: pd.DataFrame | Record | str | list[str] | None = None, *, data: Dataset | None = None
) -> Citation:
    """Return the citation of a frame, of a table or record by name, of records, or of the whole.

    A frame may be what `load`, `panel`, `evidence`, `conflicts`, `counted`, `shares` or `recall`
    gives, or one of a record, such as `record("Poland")["promised"]`; or a selection of its rows
    and columns, in any order; or what was read from a file to which that was written. Its
    fingerprint is that of the dataset's own rows that it holds, each counted once; what the reader
    shows beside them, such as titles, is left out. A record is cited by its id or its name. `data`
    is the dataset, else the version that the frame names, else the installed one: a CSV does not
    say of which version or day its rows are.

    What `find`, `tables`, `codebook`, `versions`, `diff` and `verify` give tells about the dataset,
    and cannot be cited: cite the records by their ids, and the whole. Raises ValueError for it, and
    where there is no such record, or where a frame holds what the dataset does not, or rows of two
    versions or days: changed data could not be verified. Raises TypeError for anything else.

    >>> targets = Dataset(version="0.1.0").load("targets")
    >>> print(cite(targets.query("unit == 'percent-gdp'")).part)
    3 of the 16 rows of table targets
    """
    if isinstance(what, pd.DataFrame):
        if "counted" in what.attrs or "table" not in what.attrs and {*COUNTED} <= {*what.columns}:
            return _cite_shares(what, data)
        return _of(*select(what, data))
    if isinstance(what, Record):
        return _cite_record(what, data)
    data = data or default()
    if what is None:
        return _cite_whole(data)
    if isinstance(what, str) and what in data.names:
        return _of(*select(data.load(what), data))
    # Who cites a record that is no more must know it: it is not led on to what replaced it.
    names = [what] if isinstance(what, str) else what
    ids = [resolve(each, data, lead_on=False) for each in names]
    return _of(*select_records(ids, data), record=ids[0] if isinstance(what, str) else None)


@asked
def recall(path: str | Path, *, data: Dataset | None = None) -> pd.DataFrame:
    """Return the rows that were cited and saved, once they are verified, in the table's order.

    They come from the version that was cited: the installed one, or a release's archive; `data` is
    another dataset of that version. Raises ValueError where the file is no saved selection, where
    there is no such version, or where its rows are not those that were cited: what was built
    between releases is not kept. Raises FileNotFoundError where the version is not at hand.

    >>> import tempfile
    >>> saved = tempfile.gettempdir() + "/kept.json"
    >>> kept = default().load("tracker").query("standing == 'met'")
    >>> cite(kept).save(saved)
    >>> recall(saved).equals(kept.reset_index(drop=True))
    True
    """
    return rows_of(Selection.read(path), data).reset_index(drop=True)


def _of(selection: Selection, counts: Counts, record: str | None = None) -> Citation:
    """Return the citation of a selection, or of one record."""
    table = selection.table
    part = f"record {record} of table {table}" if record else _in_words(table, counts)
    label = part
    if selection.columns is not None:
        part = f"{part}, columns {', '.join(selection.columns)}"
        label = f"{label}, {counts.columns} column{'s' if counts.columns > 1 else ''}"
    state = _in_state({"as_of": selection.as_of, "stated_by": selection.stated_by})
    return Citation(
        version=selection.version,
        issued=counts.issued,
        part=part + _repeated(counts) + state,
        label=label + state,
        fingerprint=selection.fingerprint,
        url=about.permanent(record or table),
        selection=selection,
    )


def _in_words(table: str, counts: Counts) -> str:
    if (counts.n, counts.columns) == (counts.of, counts.of_columns):
        return f"table {table}"
    return f"{counts.n:,} of the {counts.of:,} rows of table {table}"


def _repeated(counts: Counts) -> str:
    return f", {counts.repeated:,} of them more than once" if counts.repeated else ""


def _in_state(state: dict) -> str:
    """Return the words for a state of knowledge; none for the dataset as it is."""
    words = {"as_of": "as known on", "stated_by": "as stated by"}
    return "".join(f", {words[name]} {said}" for name, said in state.items() if said)


def _cite_whole(data: Dataset) -> Citation:
    part, fingerprint = "", data.package["fingerprint"]
    if data.state:
        from eastflank.fingerprint import dataset_fingerprint

        digests = {name: data.load(name).attrs["table_fingerprint"] for name in data.names}
        part, fingerprint = f"all tables{_in_state(data.state)}", dataset_fingerprint(digests)
    return Citation(
        version=data.version,
        issued=data.issued,
        part=part,
        label=part,
        fingerprint=fingerprint,
        url=about.ADDRESS,
        selection=None,
    )


def _cite_record(record: Record, data: Dataset | None) -> Citation:
    row = record.row.to_frame().T
    row.attrs = record.row.attrs
    selection, counts = select(row, data)
    return _of(selection, counts, record=record.id)


def _cite_shares(frame: pd.DataFrame, data: Dataset | None) -> Citation:
    """Return the citation of the outcomes that shares are of."""
    data = dataset_of(frame, data)
    if "corpus_id" not in frame:
        raise ValueError(
            "the frame does not say of which corpora; cite shares with their corpus_id"
        )
    corpora = list(dict.fromkeys(frame["corpus_id"]))
    own = pd.concat([shares(each, data=data) for each in corpora] or [frame])
    rows_in(f"the shares of {', '.join(corpora)}", frame, own, COUNTED[:2])
    rows = pd.concat([counted(each, data=data) for each in corpora]).drop_duplicates("outcome_id")
    rows.attrs = data.load("outcomes").attrs
    return _of(*select(rows, data))
