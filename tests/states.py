"""What must hold of every state of knowledge, told as faults: none is good.

    python -m tests.states             every day and every source of the committed dataset

The tests ask for fewer days; this asks for all of them, which takes minutes.
"""

import csv
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd

from eastflank import Dataset
from eastflank.claims import STATED, key_of
from eastflank.derived import RECORDS

HAND_WRITTEN = (*RECORDS, "commitment_actors", "event_actors", "commitment_links")
HAND_WRITTEN += ("observations", "sources", "evidence")
KNOWN = (*RECORDS, "sources", "observations", "evidence")
"""The tables that say from when each of their rows is known."""

NAMED = (
    *(("evidence", "record_id", table) for table in RECORDS),
    ("evidence", "source_id", "sources"),
    ("observations", "target_id", "targets"),
    ("observations", "source_id", "sources"),
    ("targets", "commitment_id", "commitments"),
    ("targets", "component_of", "targets"),
    ("milestones", "commitment_id", "commitments"),
    ("milestones", "target_id", "targets"),
    ("commitments", "event_id", "events"),
    ("commitments", "status_milestone_id", "milestones"),
    ("commitment_actors", "commitment_id", "commitments"),
    ("commitment_links", "commitment_id", "commitments"),
    ("commitment_links", "other_id", "commitments"),
    ("event_actors", "event_id", "events"),
    ("events", "part_of", "events"),
    ("watchpoints", "event_id", "events"),
    ("outcomes", "milestone_id", "milestones"),
    ("outcomes", "observation_id", "observations"),
    ("outcomes", "commitment_id", "commitments"),
)
"""What names a record of another table: the table, its column, and the other table."""

TEXTS = {
    "commitments": ("title", "summary"),
    "events": ("title", "summary"),
    "milestones": ("summary",),
    "targets": ("title",),
    "watchpoints": ("question",),
}
REVIEWED = Path(__file__).resolve().parent / "data" / "later_years.csv"
"""The texts that name a year after that in which they are first told: plans of that day."""

DECIDE = ("announced", "met", "partly-met", "missed", "reversed", "upheld", "broken")
DECIDE += ("withdrawn", "superseded", "revised")
"""The kinds of turns that give a standing, open it anew or set another date."""

BEGINS = {"commitments": "date", "milestones": "date", "memberships": "since"}
_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d.,]\d|\d)")


def days(data: Dataset) -> list[pd.Timestamp]:
    """Return every day on which anything became known."""
    known = [data.frames[name]["known_from"] for name in (*RECORDS, "sources", "observations")]
    found = pd.concat(known).dropna().drop_duplicates().sort_values()
    return [day for day in found if day <= data.closing]


def changes(data: Dataset) -> set[pd.Timestamp]:
    """Return every day on which a status or a due date in force can change.

    These are the days from which figures and the turns that decide are known, and those after a
    date has passed.
    """
    turns, targets = data.frames["milestones"], data.frames["targets"]
    decides = turns.loc[turns["kind"].isin(DECIDE), "known_from"]
    passed = pd.concat([targets["due_latest"], turns["due_latest"]]) + pd.Timedelta(days=1)
    found = pd.concat([decides, data.frames["observations"]["known_from"], passed]).dropna()
    return {day for day in found if day <= data.closing}


def faults_of_a_day(data: Dataset, day: pd.Timestamp) -> Iterator[str]:
    """Yield what is wrong with the state of knowledge of a day, a sentence each."""
    state = data.at(f"{day:%Y-%m-%d}")
    frames, past = state.frames, day < data.closing
    for table, date in BEGINS.items():
        ahead = frames[table][frames[table][f"{date}_earliest"] > day]
        yield from (f"{table} {each} had not begun" for each in ahead[key_of(table)])
    events = frames["events"]
    ahead = events[(events["status"] == "occurred") & (events["date_earliest"] > day)]
    yield from (f"event {each} had not come about" for each in ahead["event_id"])
    for table in KNOWN:
        late = frames[table][~(frames[table]["known_from"] <= day)]
        yield from (f"{table} {each} was not known" for each in late[key_of(table)])
    yield from _told_of_nothing(frames)
    yield from _standings_of_later_sources(data, frames, day)
    yield from _due_dates_of_later_revisions(frames, day)
    if past:
        for table in HAND_WRITTEN:
            if "note" in frames[table] and frames[table]["note"].notna().any():
                yield f"{table} have notes"
        if frames["commitments"]["last_checked"].notna().any():
            yield "commitments tell when they were looked for"
        yield from _texts_of_later_days(frames, day)


def _told_of_nothing(frames: Mapping) -> Iterator[str]:
    """Every record that a row of a state names is in that state."""
    there = {owner: set(frames[owner][key_of(owner)]) for *_, owner in NAMED}
    for table, column, owner in NAMED:
        named = frames[table][column]
        if table == "evidence":
            named = named[frames[table]["record_table"] == owner]
        for each in sorted(set(named.dropna()) - there[owner]):
            yield f"{table} name {each}, which {owner} do not have"


def _standings_of_later_sources(data: Dataset, frames: Mapping, day: pd.Timestamp) -> Iterator[str]:
    """Every milestone or value on which a standing rests has a source that was public by then."""
    found = frames["outcomes"]
    for name, known in _first_public(data).items():
        rests = found.dropna(subset=name)
        late = rests[~(rests[name].map(known) <= day)]
        for row in late.itertuples():
            yield f"outcome {row.outcome_id} rests on {getattr(row, name)}, not public by then"


@lru_cache(1)
def _first_public(data: Dataset) -> dict[str, pd.Series]:
    """Return when a source of each milestone and of each value was public, by the columns that name
    them.
    """
    public = data.frames["sources"].set_index("source_id")["known_from"]
    evidence = data.frames["evidence"]
    evidence = evidence[evidence["stance"] != "contradicts"]
    first = evidence["source_id"].map(public).groupby(evidence["record_id"]).min()
    values = data.frames["observations"].set_index("observation_id")["source_id"].map(public)
    return {"milestone_id": first, "observation_id": values}


def _due_dates_of_later_revisions(frames: Mapping, day: pd.Timestamp) -> Iterator[str]:
    """The date in force is that of the last revision known by then, found by a plain loop."""
    turns, last = frames["milestones"], {}
    at = turns["date_latest"].fillna(turns["date_earliest"])
    revised = turns[(turns["kind"] == "revised") & turns["due"].notna() & (at <= day)]
    for turn in revised.assign(at=at).itertuples():
        rank = (turn.at, turn.known_from, turn.milestone_id)
        if turn.target_id not in last or rank > last[turn.target_id][0]:
            last[turn.target_id] = (rank, turn.due)
    targets = frames["targets"][["target_id", "due", "current_due"]].astype("object")
    for target_id, first, shown in targets.where(targets.notna(), None).itertuples(index=False):
        due = last[target_id][1] if target_id in last else first
        if due != shown:
            yield f"target {target_id} falls due {shown}, not {due}"


def _texts_of_later_days(frames: Mapping, day: pd.Timestamp) -> Iterator[str]:
    """No text names a later year, unless it was reviewed and tells a plan of that day."""
    for table, names in TEXTS.items():
        for text in frames[table][[key_of(table), *names]].itertuples(index=False):
            for year in later_years(text[1:], day):
                if (text[0], year) not in reviewed():
                    yield f"{table} {text[0]} names {year}, and is not in {REVIEWED.name}"


def later_years(texts: tuple, day: pd.Timestamp) -> set[str]:
    """Return the years after that of a day that some texts name."""
    found = _YEAR.findall(" ".join(text for text in texts if isinstance(text, str)))
    return {year for year in found if int(year) > day.year}


@cache
def reviewed() -> frozenset[tuple[str, str]]:
    """Return the records that may name a later year, each with that year."""
    with REVIEWED.open(encoding="utf-8", newline="") as file:
        return frozenset((row["record_id"], row["year"]) for row in csv.DictReader(file))


def names_a_later_year(data: Dataset) -> set[tuple[str, str]]:
    """Return all that has to be reviewed: the records that ever name a later year, with the year.

    A text is there from when its record is known, or from when a source is public that reports it.
    """
    told = []
    reports, public = data._claims, data.frames["sources"].set_index("source_id")["known_from"]
    for table, names in TEXTS.items():
        records = data.frames[table].set_index(key_of(table))
        told += [
            (record_id, text, day)
            for name in names
            for record_id, text, day in zip(
                records.index, records[name], records["known_from"], strict=True
            )
        ]
        of_texts = reports[(reports["record_table"] == table) & reports["field"].isin(names)]
        days = of_texts["source_id"].map(public)
        told += zip(of_texts["record_id"], of_texts["said"], days, strict=True)
    return {
        (record_id, year) for record_id, text, day in told for year in later_years((text,), day)
    }


def faults_of_a_source(data: Dataset, source_id: str) -> Iterator[str]:
    """Yield what a source is made to say that no row of its evidence bears out, a sentence each."""
    state = data.at(stated_by=source_id)
    frames, whole = state.frames, data.frames
    said = whole["evidence"]
    own = said[said["source_id"] == source_id]
    speaks = set(own[own["field"].isna() & (own["stance"] != "contradicts")]["record_id"])
    reported = {
        (row.record_id, row.field): row.reported for row in own.dropna(subset="field").itertuples()
    }
    others = data._claims[data._claims["source_id"] != source_id]
    told = set(zip(others["record_id"], others["field"], strict=True))
    others = others[others["said"] != others["cell"]]
    differs = set(zip(others["record_id"], others["field"], strict=True))
    for table in RECORDS:
        records = frames[table]
        for row in records.to_dict("records"):
            record = row[key_of(table)]
            for field in row:
                if (
                    field == key_of(table)
                    or f"{field}_earliest" not in records
                    and field not in ("title", "summary", "value", "stated_value")
                ):
                    continue
                if pd.isna(row[field]) or field.startswith("current_"):
                    continue
                supported = field.removeprefix(STATED)
                by_itself = (record, field) in reported or (record, supported) in reported
                by_itself |= (record, STATED + field) in reported
                if field == "title" or by_itself:
                    continue  # a title names the record, whoever speaks of it
                # A field that can be empty is shown only if nobody else reports it by itself.
                by_others = told if f"{field}_missing" in row else differs
                if (record, supported) in by_others or record not in speaks:
                    yield f"{table} {record}: {field} is {row[field]!r}"


def main() -> int:
    """Judge every day and every source, print the faults, and return 1 if there are any."""
    data = Dataset(*map(Path, sys.argv[1:]))
    found, asked = 0, sorted({*days(data), *changes(data)})
    for day in asked:
        for fault in faults_of_a_day(data, day):
            found += 1
            print(f"{day:%Y-%m-%d}: {fault}")
    for source_id in data.frames["sources"]["source_id"]:
        for fault in faults_of_a_source(data, source_id):
            found += 1
            print(f"{source_id}: {fault}")
    print(f"{len(asked)} days, {len(data.frames['sources'])} sources: {found} faults")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
