"""One record whole: its row, the rows that refer to it, its evidence and conflicts."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from eastflank import card
from eastflank.asked import asked
from eastflank.claims import STATED, key_of
from eastflank.codelists import MilestoneKind, Stance
from eastflank.links import link
from eastflank.outcomes import that_make_the_status
from eastflank.profile import deeds, profile, promises
from eastflank.reader import DERIVED, Dataset, default
from eastflank.search import resolve
from eastflank.sentences import headline, outcomes_of
from eastflank.titles import refuse_another_shape, titles, with_titles
from eastflank.words import nearest, number_text

PARTS = ("targets", "milestones")
"""The tables whose records are parts of a commitment."""

DECIDED = (
    "status",
    "status_date",
    "status_milestone_id",
    "status_sources",
    "status_reliability",
    "status_disputed",
)
"""The fields of a commitment that follow from what decides its outcomes."""

STANDING = "standing"
"""The field of an outcome that says what came of it, for which a target can be asked, too."""

REVISED = {"current_due": "due", "current_value": "value"}
"""The fields of a target that follow from its last revision, each with what that revises."""


@dataclass(frozen=True, eq=False)
class Record:
    """One record of the dataset, with all that belongs to it; in Jupyter it shows itself as a card.

    `title` is what it is called and `headline` says it in one sentence. `row` is the record's own
    row, `related` the rows of other tables that refer to it, by table, with titles beside the ids;
    of an actor also what it `promised`, `was_promised`, `did`, what was `done_to` it, and its
    `offices`, `groups` and `members`. `evidence` is what sources say of it and of its parts, or
    what it says where it is a source; `conflicts` are the fields on which sources differ, of it and
    of its parts, of an actor also of what it promised and did.
    `record["targets"]` is any of these frames.
    """

    id: str
    table: str
    title: str
    headline: str
    row: pd.Series
    related: dict[str, pd.DataFrame]
    evidence: pd.DataFrame
    conflicts: pd.DataFrame
    data: Dataset = field(repr=False)

    def __getitem__(self, name: str) -> pd.DataFrame:
        frames = self.related | {"evidence": self.evidence, "conflicts": self.conflicts}
        if name not in frames:
            raise KeyError(
                f"{self.id!r} has no {name!r}{nearest(str(name), frames, few=0)}; "
                f"it has {', '.join(frames)}"
            )
        return frames[name]

    def _ipython_key_completions_(self) -> list[str]:
        return [*self.related, "evidence", "conflicts"]

    def __repr__(self) -> str:
        return card.text(self)

    def _repr_html_(self) -> str:
        return card.html(self)


@asked
def record(name: str, *, as_of: object = None, data: Dataset | None = None) -> Record:
    """Return one record with all that belongs to it, whichever table it is in.

    `name` is its id; or, of an actor, its name, an alias or its ISO code; or its title, as `find`
    tells it. `as_of` gives it as it was known on a day. `data` is the dataset, else the installed
    one. Raises ValueError where no table has it, where several are called so, or where no source
    had stated it by that day.

    >>> record("Poland").id, len(record("deu-third-patriot")["targets"])
    ('poland', 1)
    """
    data = (data or default()).at(as_of)
    refuse_another_shape(data)
    record_id = resolve(name, data)
    table = data.table_of(record_id)
    key = data.key(table)[0]
    data.refuse_not_known(record_id)
    row = data.load(table).set_index(key, drop=False).loc[record_id]
    related = profile(record_id, data) if table == "actors" else {}
    related |= {
        name: with_titles(data, found, name)
        for name in data.names
        if name not in (*DERIVED, "evidence") or name == "outcomes"
        if len(found := _referring(data, name, table, record_id))
    }
    return Record(
        record_id,
        table,
        str(titles(data).get(record_id, record_id)),
        headline(record_id, data=data),
        row,
        related,
        _said_by(data, record_id) if table == "sources" else evidence(record_id, data=data),
        conflicts(record_id, data=data),
        data,
    )


@asked
def evidence(
    record_id: str,
    field: str | None = None,
    *,
    parts: bool = True,
    as_of: object = None,
    data: Dataset | None = None,
) -> pd.DataFrame:
    """Return what sources say of a record, or of one `field` of it, the newest source last.

    One row a statement; of a commitment also what they say of its targets and milestones, unless
    `parts` is False. Columns: those of the table `evidence`, and the source's title, publisher,
    published, reliability, url, and `link`: the address that leads to the page and, where there is
    an anchor, to these words in it. The field of a target's value includes what was stated of it
    (`value` finds `stated_value`), and so for `due`. What follows from other records has the
    evidence of those: `standing` of a target, an outcome or a commitment that of the milestones and
    figures that decide what came of it, `status` of a commitment that of those from which it
    follows, `current_due` that of the revision in force. Figures in it are rows of `observations`
    and have no `evidence_id`: without them the frame can be cited. With a day as `as_of`, only what
    had been published by then. `record_id` may be an actor's name, as for `record`. Raises
    ValueError where there is no such record or no such field, or it was not known on that day.

    >>> set(evidence("deu-third-patriot", "status")["record_id"])
    {'deu-third-patriot-met'}
    """
    data = (data or default()).at(as_of)
    if field == STANDING:
        record_id, own = outcomes_of(record_id, data)
        if len(own):
            return _deciding(data, data.frames["outcomes"].loc[own.index])
    record_id = resolve(record_id, data)
    data.refuse_not_known(record_id)
    ids = [record_id, *(_parts(data, [record_id]) if parts else [])]
    if field is None:
        return _evidence(data, ids)
    tables = [data.table_of(record_id)]
    tables += PARTS if len(ids) > 1 else ()
    if not any(field in data.frames[table].columns for table in tables):
        raise _no_field(data, record_id, field, tables)
    if field in DECIDED and tables[0] == "commitments":
        return _deciding(data, _of_status(data, record_id))
    if field in REVISED:
        return _in_force(data, ids, REVISED[field])
    rows = _evidence(data, ids)
    return rows[rows["field"].isin([field, f"{STATED}{field}"])].reset_index(drop=True)


@asked
def conflicts(
    record_id: str | None = None, *, as_of: object = None, data: Dataset | None = None
) -> pd.DataFrame:
    """Return on what sources differ: in all, or over one record with its targets and milestones.

    Over an actor it is also over what that promised, alone or with others, and over what it did.
    `record_id` may be the actor's name, as for `record`. One row a field. Columns: those of the
    table `conflicts`. With a day as `as_of`, only what had been published by then. Raises
    ValueError where there is no such record, or it was not known on that day.

    >>> "can-2pct-gdp-level" in set(conflicts("Canada")["record_id"])
    True
    """
    data = (data or default()).at(as_of)
    rows = data.load("conflicts")
    if record_id is None:
        return rows
    record_id = resolve(record_id, data)
    data.refuse_not_known(record_id)
    ids = [record_id]
    if data.table_of(record_id) == "actors":
        ids += [*promises(record_id, data), *deeds(record_id, data)]
    return rows[rows["record_id"].isin([*ids, *_parts(data, ids)])]


def _no_field(data: Dataset, record_id: str, field: str, tables: list[str]) -> ValueError:
    """Return the refusal of a field: it names those that somebody writes, and not what the build
    makes of them, but for what follows from other records and has their evidence.
    """
    books = [data.codebook(table) for table in tables]
    fields = [name for book in books for name in book.loc[book["derived"] == "", "column"]]
    fields += [STANDING] if tables[0] in ("commitments", "targets") else []
    fields += DECIDED if tables[0] == "commitments" else ()
    fields += REVISED if "targets" in tables else ()
    fields = list(dict.fromkeys(fields))
    return ValueError(
        f"record {record_id!r} has no field {field!r}{nearest(field, fields, few=0)}; its fields "
        f"are {', '.join(fields)}"
    )


def _parts(data: Dataset, ids: list[str]) -> list[str]:
    """Return the ids of the targets and milestones of those records that are commitments."""
    return [
        part
        for name in PARTS
        for part in data.frames[name].loc[
            data.frames[name]["commitment_id"].isin(ids), key_of(name)
        ]
    ]


def _referring(data: Dataset, name: str, table: str, record_id: str) -> pd.DataFrame:
    """Return the rows of a table that refer to a record of another, or of the same one."""
    columns = [column for column, other in data.references(name).items() if other == table]
    rows = data.frames[name]
    return rows[rows[columns].eq(record_id).any(axis=1)] if columns else rows.iloc[:0]


def _of_status(data: Dataset, commitment_id: str) -> pd.DataFrame:
    """Return the outcomes from which a commitment's status follows."""
    commitments = data.frames["commitments"]
    status = commitments.loc[commitments["commitment_id"] == commitment_id, "status"]
    own = that_make_the_status(data.frames["outcomes"], data.frames["targets"])
    own = own[own["commitment_id"] == commitment_id]
    decided = own[own["standing"].isin(status)]
    return own if decided.empty else decided


def _deciding(data: Dataset, decided: pd.DataFrame) -> pd.DataFrame:
    """Return the evidence of the milestones and figures on which some outcomes rest.

    A figure is a row of `observations`, and its own evidence.
    """
    values = data.frames["observations"]
    values = values[values["observation_id"].isin(decided["observation_id"].dropna())]
    figures = pd.DataFrame(
        {
            "record_id": values["observation_id"],
            "source_id": values["source_id"],
            "field": "value",
            "reported": values["value"].map(number_text, na_action="ignore"),
            "reported_number": values["value"],
            "reported_low": values["value_low"],
            "reported_high": values["value_high"],
            "known_from": values["known_from"],
        }
    ).assign(record_table="observations", stance=str(Stance.STATES))
    return _evidence(data, decided["milestone_id"].dropna(), figures)


def _in_force(data: Dataset, ids: list[str], revised: str) -> pd.DataFrame:
    """Return the evidence of what is in force of some targets: of the last revision, or the first
    statement where nothing was revised.
    """
    targets, turns = data.frames["targets"], data.frames["milestones"]
    targets = targets[targets["target_id"].isin(ids)]
    turns = turns[turns["kind"].eq(MilestoneKind.REVISED) & turns[_part(revised)].notna()]
    turns = turns.assign(at=turns["date_latest"].fillna(turns["date_earliest"]))
    turns = turns.sort_values(["at", "known_from", "milestone_id"])
    last = turns[turns["target_id"].isin(targets["target_id"])]
    last = last.drop_duplicates("target_id", keep="last")
    first = targets.loc[~targets["target_id"].isin(last["target_id"]), "target_id"]
    rows = _evidence(data, [*last["milestone_id"], *first])
    stated = rows["field"].isin([revised, f"{STATED}{revised}"])
    return rows[rows["record_id"].isin(last["milestone_id"]) | stated].reset_index(drop=True)


def _part(column: str) -> str:
    return f"{column}_low" if column == "value" else column


def _said_by(data: Dataset, source_id: str) -> pd.DataFrame:
    """Return all that a source says, with what each record is called."""
    rows = data.load("evidence")
    rows = _with_sources(data, rows[rows["source_id"] == source_id])
    place = list(rows.columns).index("record_id") + 1
    rows.insert(place, "record", rows["record_id"].map(titles(data)).astype("str"))
    return rows


def _evidence(
    data: Dataset, ids: list[str] | pd.Series, more: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the evidence of some records, and some rows more, with their sources."""
    rows = data.load("evidence")
    found = rows[rows["record_id"].isin(list(ids))]
    if more is not None and len(more):
        # Figures are their own evidence, and their table is none that the table evidence names.
        tables = found["record_table"].cat
        new = [name for name in more["record_table"].unique() if name not in tables.categories]
        found = found.assign(record_table=tables.add_categories(new))
        more = more.reindex(columns=found.columns).astype(found.dtypes.to_dict())
        found = pd.concat([found, more]) if len(found) else more
    found.attrs = rows.attrs
    return _with_sources(data, found)


def _with_sources(data: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    names = ["source_id", "title", "publisher", "published", "published_earliest", "reliability"]
    found = rows.merge(data.frames["sources"][[*names, "url"]], on="source_id", how="left")
    found = found.sort_values(["published_earliest", "evidence_id"], ignore_index=True)
    links = [link(url, words) for url, words in zip(found["url"], found["anchor"], strict=True)]
    found["link"] = pd.Series(links, found.index, dtype="str")
    found = found.drop(columns="published_earliest")
    found.attrs = rows.attrs
    return found
