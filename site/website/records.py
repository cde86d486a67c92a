"""A page and a file of JSON for each record, at its permanent address."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pyarrow as pa
from markupsafe import Markup

from eastflank import about
from eastflank.card.timeline import timeline
from eastflank.citation import Citation
from eastflank.claims import STATED, key_of
from eastflank.fingerprint import row_fingerprints
from eastflank.profile import profile
from eastflank.reader import Dataset
from eastflank.records import PARTS, Record
from eastflank.sentences import headline
from website import front
from website.history import days, outcomes
from website.pages import Pages
from website.world import SINGULAR, Row, World, cells

SMALL = ("evidence", "observations")
"""Tables whose records are found through others, and not by the search."""

HEADED = ("commitments", "targets")
"""Tables whose records are told in a sentence; those of others are what they are called."""

SCHEMA_TYPES = {
    "actors": "Organization",
    "corpora": "Collection",
    "events": "Event",
    "places": "Place",
    "sources": "CreativeWork",
}
"""What a record is to schema.org; a thing, where its table is not named."""

PERSON, STATE = "person", "state"

WHOLE = "(record)"
"""What stands for the field where sources differ on a record as a whole."""

NUMBERS = re.compile(r"(\d+)")


def written(dataset: Path, folder: Path, address: str, tables: list[str]) -> dict[str, str]:
    """Write the page and the JSON of every record of some tables of a dataset into a folder.

    Returns the pages that were made, each with its title.
    """
    pages = Pages(World(Dataset(dataset)), folder, address)
    world = pages.world
    for table in tables:
        frame, key = world.data.frames[table], key_of(table)
        native = _native(frame)
        digests = row_fingerprints(pa.Table.from_pandas(frame, preserve_index=False))
        for row, typed, digest in zip(world.tables[table], native, digests, strict=True):
            record_id = row[key]
            cited = _citation(pages, table, record_id, digest)
            described = describe(world, record_id, pages.address)
            pages.page(
                f"r/{record_id}/",
                "record.html",
                world.title(record_id),
                description=_description(world, record_id),
                searched=table not in SMALL,
                id=record_id,
                table=table,
                row=row,
                cited=cited,
                described=described,
                **_belongings(world, record_id, table),
            )
            whole = {
                "version": world.version,
                "table": table,
                "record": typed,
                "evidence": world.evidence.get(record_id, []),
                "conflicts": world.conflicts.get(record_id, []),
                "fingerprint": digest,
            }
            text = json.dumps(_without_empty(whole), ensure_ascii=False)
            pages.write(f"r/{record_id}/record.json", text + "\n")
    return pages.made


def _citation(pages: Pages, table: str, record_id: str, digest: str) -> Citation:
    """Return how a record is cited, as `eastflank.cite` does it for one."""
    part = f"record {record_id} of table {table}"
    data = pages.world.data
    address = f"{pages.address}r/{record_id}/" if pages.address else ""
    return Citation(data.version, data.issued, part, part, digest, address, None)


def describe(world: World, record_id: str, address: str) -> dict:
    """Return what a record is, in the words of schema.org."""
    table, row = world.table_of[record_id], world.row_of[record_id]
    kind = SCHEMA_TYPES.get(table, "Thing")
    if table == "actors":
        kind = {PERSON: "Person", STATE: "Country"}.get(row["kind"], kind)
    told = {
        "@context": "https://schema.org",
        "@type": kind,
        "identifier": record_id,
        "name": world.title(record_id),
        "description": row.get("summary", ""),
        "url": f"{address}r/{record_id}/" if address else row.get("url", ""),
        "alternateName": row.get("aliases", ""),
        "startDate": row.get("date_earliest", "") if table == "events" else "",
        "subjectOf": {"@type": "Dataset", "name": about.TITLE, "version": world.version},
    }
    return {name: value for name, value in told.items() if value}


def _belongings(world: World, record_id: str, table: str) -> dict:
    """Return all that belongs to a record and stands on its page, by the names of its template."""
    parts = world.parts(record_id) if table == "commitments" else []
    statements = {each: world.evidence.get(each, []) for each in (record_id, *parts)}
    return {
        "facts": [
            name
            for name in world.shown(table)
            if name not in (key_of(table), "title", "summary", "name", "question")
        ],
        "roles": world.actors_of.get(record_id, {}),
        "aims": _aims(world, record_id, table),
        "turns": sorted(
            world.of("milestones", record_id) if table != "milestones" else [],
            key=lambda row: (row["date_latest"] or row["date_earliest"], row["milestone_id"]),
        ),
        "links": world.of("commitment_links", record_id),
        "statements": {each: rows for each, rows in statements.items() if rows},
        "conflicts": [
            (row, _sides(world, row))
            for each in (record_id, *parts)
            for row in world.conflicts.get(each, [])
        ],
        "line": _line(world, record_id) if table == "commitments" else "",
        "headline": headline(record_id, data=world.data) if table in HEADED else "",
        "days": days(world, record_id) if table not in (*SMALL, "sources", "corpora") else [],
        "outcomes": outcomes(world, record_id),
        "corpora": world.corpora_of.get(record_id, []),
        "referring": _referring(world, record_id, table),
        "extra": _extra(world, record_id, table),
    }


def _line(world: World, commitment_id: str) -> Markup:
    """Return the time line of a commitment, as its card draws it."""
    row = world.frame("commitments", "commitment_id", commitment_id)
    related = {name: world.frame(name, "commitment_id", commitment_id) for name in PARTS}
    nothing = pd.DataFrame()
    title = world.title(commitment_id)
    drawn = Record(
        commitment_id,
        "commitments",
        title,
        title,
        row.iloc[0],
        related,
        nothing,
        nothing,
        world.data,
    )
    return Markup(timeline(drawn))


def _sides(world: World, conflict: Row) -> dict[str, list[Row]]:
    """Return the statements on a field on which sources differ, by what they report of it, the
    most often reported first; those that report no value stand by what they do.
    """
    field = conflict["field"]
    asked = ("",) if field == WHOLE else (field, f"{STATED}{field}")
    sides: dict[str, list[Row]] = {}
    for row in world.evidence.get(conflict["record_id"], []):
        if row["field"] in asked:
            label = world.label(conflict["record_table"], field, row["reported"])
            sides.setdefault(label or row["stance"], []).append(row)
    return dict(sorted(sides.items(), key=lambda side: -len(side[1])))


def _aims(world: World, record_id: str, table: str) -> list[tuple[Row, list[Row]]]:
    """Return the targets of a commitment, each with its outcomes."""
    if table != "commitments":
        return []
    return [
        (target, world.of("outcomes", target["target_id"]))
        for target in world.of("targets", record_id)
    ]


ELSEWHERE = {
    "commitments": (
        "targets",
        "milestones",
        "outcomes",
        "commitment_links",
        "commitment_actors",
        "passages",
    ),
    "events": ("event_actors",),
    "targets": ("outcomes", "milestones"),
    "actors": ("commitment_actors", "event_actors", "outcomes", "observations", "memberships"),
    "sources": ("evidence",),
    "milestones": ("outcomes", "commitments"),
    "corpora": ("passages", "reliability"),
}
"""What refers to records of a table and stands in a part of the page of its own, or says nothing.

The parts of actors in commitments and events have parts of their own.
"""


def _referring(world: World, record_id: str, table: str) -> dict[str, list[Row]]:
    """Return the rows that refer to a record and have no other place on its page, by table."""
    left_out = (*ELSEWHERE.get(table, ()), "tracker", "panel", "spells")
    return {
        name: rows
        for name in world.data.names
        if name not in left_out and (rows := world.of(name, record_id))
    }


def _extra(world: World, record_id: str, table: str) -> dict:
    """Return what only the pages of one table have."""
    if table == "sources":
        said = sorted(world.of("evidence", record_id), key=lambda row: row["record_id"])
        return {"said": said}
    if table == "actors":
        told = profile(record_id, world.data)
        mine = world.of("commitment_actors", record_id)
        acted = world.of("event_actors", record_id)
        return {
            "promised": cells(told["promised"]) if "promised" in told else [],
            "to": cells(told["was_promised"]) if "was_promised" in told else [],
            "parts": [row for row in mine if row["role"] not in ("promisor", "beneficiary")],
            "acted": sorted(
                acted, key=lambda row: world.row_of[row["event_id"]]["date_earliest"], reverse=True
            ),
            "members": [
                row for row in world.of("memberships", record_id) if row["group_id"] == record_id
            ],
            "memberships": [
                row for row in world.of("memberships", record_id) if row["actor_id"] == record_id
            ],
            "figures": world.of("observations", record_id),
        }
    if table == "corpora":
        passages = world.of("passages", record_id)
        return {
            "bar": front.bar(world, world.row_of[record_id]),
            "passages": sorted(
                passages, key=lambda row: (row["source_id"], _place(row["locator"]))
            ),
            "reliability": world.of("reliability", record_id),
        }
    return {}


def _place(locator: str) -> list:
    """Return a locator as what it sorts by: "p10.s2" comes after "p2.s10"."""
    return [
        (each.isdigit(), int(each) if each.isdigit() else each) for each in NUMBERS.split(locator)
    ]


def _description(world: World, record_id: str) -> str:
    row = world.row_of[record_id]
    kind = SINGULAR[world.table_of[record_id]]
    return row.get("summary") or f"{kind}: {world.title(record_id)}"


def lead_on(pages: Pages) -> None:
    """Write a page for each id that leads on: those that are retired, outcomes, and tables."""
    world = pages.world
    for name in world.data.names:
        pages.page(f"r/{name}/", "table.html", f"Table {name}", searched=False, table=name)
    for row in world.tables["retired"]:
        following = row["replaced_by"] if row["replaced_by"] in world.row_of else ""
        pages.page(
            f"r/{row['record_id']}/",
            "retired.html",
            f"{row['record_id']} is retired",
            searched=False,
            row=row,
            following=following,
        )
    for row in world.tables["outcomes"]:
        if row["outcome_id"] not in world.row_of:
            pages.page(
                f"r/{row['outcome_id']}/",
                "outcome.html",
                row["outcome_id"],
                searched=False,
                row=row,
                following=row["target_id"] or row["commitment_id"],
            )


def _native(frame: pd.DataFrame) -> list[dict]:
    """Return the rows of a table with numbers as numbers, days as text, and null for nothing."""
    frame = frame.copy()
    for name in frame.columns:
        if pd.api.types.is_datetime64_any_dtype(frame[name]):
            frame[name] = frame[name].dt.strftime("%Y-%m-%d")
    return json.loads(frame.to_json(orient="records", double_precision=15))


def _without_empty(value: object) -> object:
    """Return nested values without the cells of text that are empty."""
    if isinstance(value, list):
        return [_without_empty(each) for each in value]
    if isinstance(value, dict):
        return {name: _without_empty(each) for name, each in value.items() if each != ""}
    return value
