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

    Statements stand by their source. A standing stands on the first day on which it was known, as
    the table `spells` has it.
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
        for spell in world.spells.get(outcome["outcome_id"], []):
            at(spell["known_from"]).standings.append((outcome, spell["standing"]))
    return [found[day] for day in sorted(found, reverse=True)]


def outcomes(world: World, record_id: str) -> list[Row]:
    """Return the outcomes of a commitment or target; none of any other record."""
    if world.table_of[record_id] not in ("commitments", "targets"):
        return []
    return world.of("outcomes", record_id)
