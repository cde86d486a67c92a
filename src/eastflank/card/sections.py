"""What stands on the card of a record, as words: what a terminal and a page both show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from eastflank.claims import REPEATING, STANDS_BEHIND, STATED
from eastflank.codelists import Stance
from eastflank.derived import WHOLE_RECORD
from eastflank.links import link
from eastflank.sentences import CAME, IN_TIME, SHARES, came_of
from eastflank.titles import labels, titles
from eastflank.words import counted, listed, lowered, number_text, when

if TYPE_CHECKING:
    from eastflank.reader import Dataset
    from eastflank.records import Record

LONG = 160
"""How many letters of a text a cell has room for."""

SHOWN = {
    "promised": ("Promised", ["date", "commitment", "how", "target", "due", "standing", "timing"]),
    "was_promised": ("Was promised", ["date", "commitment", "by", "target", "due", "standing"]),
    "did": ("Did", ["date", "event", "type", "status"]),
    "done_to": ("Was done to it", ["date", "event", "type", "role"]),
    "offices": ("Offices", ["actor", "office", "group", "since", "until"]),
    "groups": ("Belongs to", ["group", "role", "since", "until"]),
    "members": ("Members", ["actor", "role", "since", "until"]),
    "outcomes": ("Outcomes", ["target", "actor", "standing", "timing_current", "reached"]),
    "commitment_actors": ("Parties", ["actor", "role", "commitment"]),
    "commitment_links": ("Other commitments", ["commitment", "kind", "other"]),
    "targets": ("Targets", ["title", "current_due", "component_of_title"]),
    "milestones": ("Milestones", ["date", "kind", "summary", "commitment"]),
    "observations": ("Figures", ["period", "measure", "actor", "value", "kind", "source"]),
    "events": ("Events", ["date", "title", "type", "status"]),
    "event_actors": ("Actors", ["actor", "role", "event"]),
    "watchpoints": ("Open questions", ["question", "status", "horizon"]),
    "commitments": ("Commitments", ["date", "title", "status"]),
    "memberships": ("Memberships", ["actor", "role", "office", "group", "since", "until"]),
    "places": ("Places", ["name", "kind"]),
    "sources": ("Sources", ["published", "publisher", "title"]),
    "corpora": ("Corpora", ["title", "kind", "size", "unit"]),
    "passages": ("Passages", ["locator", "commitment", "reason", "corpus"]),
}
"""What belongs to a record, by name: the heading under which it is shown, and its columns."""

TOLD_BETTER = {
    "actors": {"commitment_actors", "event_actors", "memberships", "outcomes"},
    "commitments": {"outcomes"},
}
"""The tables that other parts of a card tell in better words, by the table of the record."""

DATES = ["date", "due", "current_due", "reached", "since", "until", "published", "period"]
DATES += ["horizon"]
"""The columns that are written as dates."""

MECHANICAL = ("_earliest", "_latest", "_precision", "_missing", "_low", "_high")
"""How the columns end that the build makes of another."""


class Cell(NamedTuple):
    """Some words, and where they lead."""

    text: str
    href: str | None = None


@dataclass(frozen=True)
class Section:
    """A part of a card: `rows` of cells under `heads`, of which the first `shown` are seen at once.

    `frame` is the name under which the record has the whole of it.
    """

    name: str
    heads: list[str]
    rows: list[list[Cell]]
    shown: int
    frame: str


def sections(record: Record) -> list[Section]:
    """Return what belongs to a record, the most asked for first; nothing that is empty."""
    made = []
    if record.table == "commitments":
        made = [*_of_commitment(record), _who_says_so(record), _sides(record)]
    elif record.table == "sources":
        made = [_said(record)]
    told = {section.frame for section in made} | TOLD_BETTER.get(record.table, set())
    made += [
        _listing(record, name) for name in SHOWN if name in record.related and name not in told
    ]
    if "evidence" not in told:
        made += [_who_says_so(record), _sides(record)]
    return [section for section in made if section.rows]


def facts(record: Record) -> dict[str, str]:
    """Return the cells of a record's own row as text, by column: without the empty ones, its id and
    title. A missing value is its reason in brackets.
    """
    row, names = record.row, titles(record.data)
    words = {
        name: fact(value, row.get(f"{name}_missing"))
        for name, value in row.items()
        if isinstance(name, str) and not name.endswith(MECHANICAL)
    }
    for name in record.data.references(record.table):
        if name in words and row[name] in names.index:
            words[name] = f"{names[row[name]]} ({words[name]})"
    return {
        name: said for name, said in words.items() if said and said not in (record.id, record.title)
    }


def fact(value: object, reason: object = None) -> str:
    """Return a cell as text: a missing value is its reason in brackets.

    >>> fact(1.5e9), fact(None, "not-stated"), fact(pd.Timestamp("2024-07-10"))
    ('1,500,000,000', '(not-stated)', '2024-07-10')
    """
    if pd.isna(value):
        return f"({reason})" if isinstance(reason, str) else ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return number_text(value, grouped=True) if isinstance(value, float) else str(value)


def quantity(row: pd.Series, name: str, units: pd.Series) -> str:
    """Return a value of a row in words, with its unit; empty where it has none.

    >>> row = pd.Series({"value": 2.0, "value_low": 2.0, "value_high": 2.0, "unit": "percent-gdp"})
    >>> quantity(row, "value", pd.Series({"percent-gdp": "% of GDP"}))
    '2% of GDP'
    """
    low, high = row.get(f"{name}_low", row[name]), row.get(f"{name}_high", row[name])
    if pd.isna(low) and pd.isna(high):
        return ""
    ends = dict.fromkeys(number_text(end, grouped=True) for end in (low, high) if pd.notna(end))
    return counted(" to ".join(ends), units.get(row["unit"], row["unit"]))


def _of_commitment(record: Record) -> list[Section]:
    """Return what a commitment has of its own: its targets and its milestones."""
    related, data = record.related, record.data
    made = []
    if "targets" in related:
        rows = [_target(row, related["outcomes"], data) for _, row in related["targets"].iterrows()]
        heads = ["target", "stated first", "supported", "in force", "what came of it"]
        made.append(Section("Targets", heads, rows, 8, "targets"))
    if "milestones" in related:
        kinds = labels("MilestoneKind", data)
        turns = related["milestones"]
        turns = turns.assign(at=turns["date_latest"].fillna(turns["date_earliest"]))
        rows = [
            [Cell(when(row["date"])), Cell(lowered(kinds[row["kind"]])), Cell(row["summary"])]
            for _, row in turns.sort_values(["at", "known_from"]).iterrows()
        ]
        made.append(Section("What happened", ["date", "milestone", ""], rows, 12, "milestones"))
    return made


def _target(row: pd.Series, outcomes: pd.DataFrame, data: Dataset) -> list[Cell]:
    """Return a target with what was stated first, what the evidence supports, what is in force."""
    units = labels("Unit", data)
    # The value in force is one number; that of a target that was not revised may be a range.
    is_revised = pd.notna(row["current_value"]) and row["current_value"] != row["value_low"]
    in_force = "current_value" if is_revised else "value"
    told = []
    for value, due in (("stated_value", "stated_due"), ("value", "due"), (in_force, "current_due")):
        words = (quantity(row, value, units), when(row[due]) if pd.notna(row[due]) else "")
        told.append(", ".join(filter(None, words)))
    own = outcomes[outcomes["target_id"] == row["target_id"]]
    return [Cell(row["title"]), *map(Cell, told), Cell(_came(own))]


def _came(own: pd.DataFrame) -> str:
    """Return what came of a target, of which each of several may have a part."""
    if len(own) == 1:
        return came_of(own.iloc[0])
    counts = own["standing"].astype("str").value_counts()
    return ", ".join(f"{counts[code]} {words}" for code, words in SHARES.items() if code in counts)


def _listing(record: Record, name: str) -> Section:
    """Return one of the frames that belong to a record, in its columns that people read."""
    title, columns = SHOWN[name]
    frame = record.related[name]
    columns = [column for column in columns if column in frame.columns]
    cells = {column: _words(frame, column, record.data) for column in columns}
    cells = {
        column: words
        for column, words in cells.items()
        if any(words) and set(words) != {record.title}
    }
    rows = [[Cell(words) for words in row] for row in zip(*cells.values(), strict=True)]
    heads = [column.removesuffix("_title").replace("_", " ") for column in cells]
    return Section(title, heads, rows, 8, name)


def _words(frame: pd.DataFrame, column: str, data: Dataset) -> list[str]:
    """Return the cells of a column in words."""
    if column == "value" and "unit" in frame.columns:
        units = labels("Unit", data)
        return [quantity(row, "value", units) for _, row in frame.iterrows()]
    if column in DATES:
        return [when(value) if pd.notna(value) else "" for value in frame[column]]
    if column in ("standing", "status") and "standing" in frame.columns:
        return [CAME[value].removeprefix("it ") for value in frame[column]]
    if column in ("timing", "timing_current"):
        return [IN_TIME.get(value, "") for value in frame[column]]
    if isinstance(frame[column].dtype, pd.CategoricalDtype):
        codes = data.frames["codes"].drop_duplicates("code").set_index("code")["label"]
        return [lowered(codes.get(code, code)) if pd.notna(code) else "" for code in frame[column]]
    return [_short(fact(value)) for value in frame[column]]


def _who_says_so(record: Record) -> Section:
    """Return the sources of a record, the best first: by grade, those that repeat others later."""
    rows = record.evidence
    if rows.empty:
        return Section("Who says so", [], [], 0, "evidence")
    sources = record.data.frames["sources"].set_index("source_id")
    repeats = sources["kind"].isin(REPEATING) | sources["origin_id"].notna()
    rows = rows.assign(repeats=rows["source_id"].map(repeats), silent=rows["anchor"].isna())
    rows["grade"] = rows["reliability"].astype("str")
    rows["count"] = -rows.groupby("source_id")["source_id"].transform("size")
    rows = rows.sort_values(["grade", "repeats", "count", "source_id"], kind="stable")
    cells = []
    for _, said in rows.groupby("source_id", sort=False):
        first = said.sort_values("silent", kind="stable").iloc[0]
        name = f"{first['publisher']}, {when(first['published'])}"
        grade = f"{first['grade']}{' (relays)' if first['repeats'] else ''}"
        stated = listed(dict.fromkeys(_statement(row) for _, row in said.iterrows()), 3)
        href = first["link"] if pd.notna(first["link"]) else None
        cells.append([Cell(name, href), *map(Cell, (_short(first["title"]), grade, stated))])
    heads = ["source", "document", "grade", "what it says"]
    return Section("Who says so", heads, cells, 5, "evidence")


def _statement(row: pd.Series) -> str:
    """Return what one row of evidence says.

    What it opposes is what was stated first; the record itself may say as it does.
    """
    if pd.isna(row["field"]):
        return f"{row['stance']} it"
    name = row["field"].removeprefix(STATED).removesuffix("_id").replace("_", " ")
    reported = row["reported"]
    if pd.isna(reported):
        reported = fact(row["reported_number"])
    said = f"{name}: {_short(reported, 60)}" if reported else name
    if row["stance"] == Stance.CONTRADICTS:
        return f"says {said} (not what was stated first)"
    return f"{row['stance']} {said}"


def _said(record: Record) -> Section:
    """Return what a source says, by record."""
    cells = []
    for called, said in record.evidence.groupby("record", sort=False):
        first = said.loc[said["anchor"].first_valid_index() or said.index[0]]
        stated = listed(dict.fromkeys(_statement(row) for _, row in said.iterrows()), 4)
        cells.append([Cell(_short(called)), Cell(stated, link(first["url"], first["anchor"]))])
    return Section("What it says", ["of", "what"], cells, 12, "evidence")


def _sides(record: Record) -> Section:
    """Return on what sources differ, as two sides."""
    sources = record.data.frames["sources"].set_index("source_id")["publisher"]
    said = record.data.frames["evidence"]
    said = said[said["record_id"].isin(record.conflicts["record_id"])]
    names, rows = titles(record.data), []
    for _, row in record.conflicts.iterrows():
        whole = row["field"] == WHOLE_RECORD
        fields = [row["field"], f"{STATED}{row['field']}"]
        own = said[said["record_id"] == row["record_id"]]
        own = own[own["field"].isna() if whole else own["field"].isin(fields)]
        on_one = own[own["stance"].isin(STANDS_BEHIND)]
        on_other = own[own["stance"] == Stance.CONTRADICTS]
        what = "whether it is so" if whole else row["field"].replace("_", " ")
        called = names.get(row["record_id"], "")
        if called != record.title:
            part = called.removeprefix(f"{record.title}: ")
            what = f"{what} ({part})"
        silent = str(row["sources_for"]).split("; ") if pd.notna(row["sources_for"]) else []
        rows.append(
            [
                Cell(what),
                Cell(_side(on_one, sources, silent)),
                Cell(_side(on_other, sources, [])),
                Cell(_short(fact(row["adjudicated"]))),
            ]
        )
    heads = ["on what", "some say", "others say", "the record has"]
    return Section("Sources differ", heads, rows, 6, "conflicts")


def _side(rows: pd.DataFrame, publishers: pd.Series, silent: Iterable[str]) -> str:
    """Return who is on one side of a conflict, by what they report."""
    told: dict[str, list[str]] = {}
    for _, row in rows.iterrows():
        reported = _short(row["reported"], 60) if pd.notna(row["reported"]) else ""
        told.setdefault(reported, []).append(publishers[row["source_id"]])
    if not told and silent:
        told[""] = [publishers[each] for each in silent if each in publishers.index]
    return "; ".join(
        f"{reported} ({listed(dict.fromkeys(names), 3)})".strip()
        for reported, names in told.items()
    )


def _short(text: str, most: int = LONG) -> str:
    """Return a text, or its beginning where there is no room for all of it."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"
