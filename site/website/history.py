"""What was known of a record on any earlier day: the days on which something became known of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from website.world import Row, World


@dataclass
class Day:
    """A day of knowledge: what sources made known on it, and how outcomes stood from then on."""

    day: str
    statements: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    turns: list[Row] = field(default_factory=list)
    figures: list[Row] = field(default_factory=list)
    standings: list[tuple[Row, str]] = field(default_factory=list)


def days(world: World, record_id: str) -> list[Day]:
    """Return the days of knowledge of a record with its targets and turns, the newest first.

    Statements stand by their source. A standing stands at the end of the month since which it was
    so by what was known then, as the table `panel` has it.
    """
    found: dict[str, Day] = {}

    def at(day: str) -> Day:
        return found.setdefault(day, Day(day))

    for each in (record_id, *world.parts(record_id)):
        for row in world.evidence.get(each, []):
            if row["known_from"]:
                at(row["known_from"]).statements[row["source_id"]].append(row)
    for row in world.of("milestones", record_id):
        if row["known_from"]:
            at(row["known_from"]).turns.append(row)
    for target_id in (record_id, *world.parts(record_id)):
        if world.table_of[target_id] == "targets":
            for row in world.of("observations", target_id):
                if row["known_from"]:
                    at(row["known_from"]).figures.append(row)
    for outcome in outcomes(world, record_id):
        for month, standing in standings(world, outcome):
            at(month).standings.append((outcome, standing))
    return [found[day] for day in sorted(found, reverse=True)]


def outcomes(world: World, record_id: str) -> list[Row]:
    """Return the outcomes of a commitment or target; none of any other record."""
    if world.table_of[record_id] not in ("commitments", "targets"):
        return []
    return world.of("outcomes", record_id)


def standings(world: World, outcome: Row) -> list[tuple[str, str]]:
    """Return how an outcome stood by what was known then: each change of it, and on which day."""
    changes: list[tuple[str, str]] = []
    rows = world.panel.get(outcome["outcome_id"], [])
    known = [(row["month"], row["standing_known"]) for row in rows if row["standing_known"]]
    for month, standing in [*known, (world.closing, outcome["standing"])]:
        if not changes or changes[-1][1] != standing:
            changes.append((month, standing))
    return changes
