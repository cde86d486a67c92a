"""What must hold of every state of knowledge, told as faults: none is good.

    python -m tests.states             every day and every source of the committed dataset

The tests ask for fewer days; this asks for all of them, which takes minutes.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from eastflank import Dataset
from eastflank.claims import STATED, key_of
from eastflank.derived import RECORDS

HAND_WRITTEN = (*RECORDS, "commitment_actors", "event_actors", "commitment_links")
HAND_WRITTEN += ("observations", "sources", "evidence")
TEXTS = {
    "commitments": ("title", "summary"),
    "events": ("title", "summary"),
    "milestones": ("summary",),
    "targets": ("title",),
    "watchpoints": ("question",),
}
BEGINS = {"commitments": "date", "milestones": "date", "memberships": "since"}
_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d.,]\d|\d)")


def days(data: Dataset) -> list[pd.Timestamp]:
    """Return every day on which anything became known."""
    known = [data.frames[name]["known_from"] for name in (*RECORDS, "sources", "observations")]
    found = pd.concat(known).dropna().drop_duplicates().sort_values()
    return [day for day in found if day <= data.closing]


def changes(data: Dataset) -> set[pd.Timestamp]:
    """Return every day on which a status or a due date in force can change.

    These are the days from which turns and figures are known, and those after a date has passed.
    """
    turns, targets = data.frames["milestones"], data.frames["targets"]
    decides = turns["kind"].isin(
        ["met", "partly-met", "missed", "reversed", "withdrawn", "superseded", "revised"]
    )
    passed = pd.concat([targets["due_latest"], turns["due_latest"]]) + pd.Timedelta(days=1)
    found = pd.concat([turns.loc[decides, "known_from"], passed]).dropna()
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
    later = frames["sources"][frames["sources"]["known_from"] > day]
    yield from (f"source {each} was not public" for each in later["source_id"])
    yield from _standings_of_later_sources(data, frames, day)
    yield from _due_dates_of_later_revisions(data, frames, day)
    if past:
        for table in HAND_WRITTEN:
            if "note" in frames[table] and frames[table]["note"].notna().any():
                yield f"{table} have notes"
        if frames["commitments"]["last_checked"].notna().any():
            yield "commitments tell when they were looked for"
        yield from _texts_of_later_days(data, frames, day)


def _standings_of_later_sources(data: Dataset, frames: dict, day: pd.Timestamp) -> Iterator[str]:
    """Every milestone or value on which a standing rests has a source that was public by then."""
    public = data.frames["sources"].set_index("source_id")["known_from"]
    evidence = data.frames["evidence"]
    evidence = evidence[evidence["stance"] != "contradicts"]
    first = evidence["source_id"].map(public).groupby(evidence["record_id"]).min()
    values = data.frames["observations"].set_index("observation_id")["source_id"].map(public)
    found = frames["outcomes"]
    for name, known in (("milestone_id", first), ("observation_id", values)):
        rests = found.dropna(subset=name)
        late = rests[~(rests[name].map(known) <= day)]
        for row in late.itertuples():
            yield f"outcome {row.outcome_id} rests on {getattr(row, name)}, not public by then"


def _due_dates_of_later_revisions(data: Dataset, frames: dict, day: pd.Timestamp) -> Iterator[str]:
    """The date in force is that of the last revision known by then, found by a plain loop."""
    turns = frames["milestones"]
    for target in frames["targets"].itertuples():
        due, last = target.due, None
        for turn in turns[turns["target_id"] == target.target_id].itertuples():
            if turn.kind == "revised" and pd.notna(turn.due):
                at = turn.date_latest if pd.notna(turn.date_latest) else turn.date_earliest
                rank = (at, turn.known_from, turn.milestone_id)
                if at <= day and (last is None or rank > last):
                    due, last = turn.due, rank
        same = due == target.current_due or (pd.isna(due) and pd.isna(target.current_due))
        if not same:
            yield f"target {target.target_id} falls due {target.current_due}, not {due}"


def _texts_of_later_days(data: Dataset, frames: dict, day: pd.Timestamp) -> Iterator[str]:
    """No title or summary names a later year, unless it is one of a due date or a horizon."""
    targets, turns = frames["targets"], frames["milestones"]
    dues: dict[str, str] = {}
    for frame in (targets, turns):
        for row in frame.itertuples():
            dates = [getattr(row, name, None) for name in ("due", "stated_due")]
            words = " ".join(each for each in dates if isinstance(each, str))
            dues[row.commitment_id] = f"{dues.get(row.commitment_id, '')} {words}"
    for table, names in TEXTS.items():
        for row in frames[table].itertuples():
            owner = getattr(row, "commitment_id", None)
            allowed = dues.get(owner, "") + " " + str(getattr(row, "horizon", ""))
            allowed += " " + str(getattr(row, "date", ""))
            for name in names:
                text = getattr(row, name)
                for year in _YEAR.findall(text) if isinstance(text, str) else ():
                    if int(year) > day.year and year not in allowed:
                        yield f"{table} {row[1]}: {name} names {year}"


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
    found = 0
    for day in days(data):
        for fault in faults_of_a_day(data, day):
            found += 1
            print(f"{day:%Y-%m-%d}: {fault}")
    for source_id in data.frames["sources"]["source_id"]:
        for fault in faults_of_a_source(data, source_id):
            found += 1
            print(f"{source_id}: {fault}")
    print(f"{len(days(data))} days, {len(data.frames['sources'])} sources: {found} faults")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
