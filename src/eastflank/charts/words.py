"""Words that stand in charts: who says so, lists of names, and dates as people write them."""

import altair as alt
import pandas as pd

from eastflank.charts.figure import BLUE, GREEN, ORANGE, SKY
from eastflank.tables import load


def voices(record_ids) -> pd.Series:
    """Return who says what of each record, by its id, in words for a tooltip: "states: A; confirms: B, C; contradicts: D"."""
    ids = list(record_ids)
    said = load("evidence").merge(load("sources")[["source_id", "publisher"]], on="source_id")
    said = said[said["record_id"].isin(ids)].drop_duplicates(["record_id", "stance", "publisher"])
    by_stance = said.groupby(["record_id", "stance"], observed=True)["publisher"].agg(
        lambda names: listed(sorted(names), 4)
    )
    words = by_stance.index.get_level_values("stance").astype("str") + ": " + by_stance
    return words.groupby("record_id").agg("; ".join).reindex(ids).fillna("no evidence of its own")


def sources(record_ids=(), source_ids=()) -> str:
    """Return the publishers of what is shown, and how many documents, for a source line.

    Counted are the sources that speak to the records, to the targets and milestones of those that are commitments, and
    `source_ids`; the publishers who are cited most often come first.
    """
    ids = set(record_ids)
    for parts in (load("targets"), load("milestones")):
        ids |= set(parts.loc[parts["commitment_id"].isin(ids)].iloc[:, 0])
    evidence = load("evidence")
    used = pd.concat(
        [
            evidence.loc[evidence["record_id"].isin(ids), "source_id"],
            pd.Series(list(source_ids), dtype="str"),
        ]
    )
    cited = (
        used.map(load("sources").set_index("source_id")["publisher"])
        .rename("publisher")
        .value_counts()
        .reset_index()
    )
    cited = cited.sort_values(["count", "publisher"], ascending=[False, True])
    count = used.nunique()
    return f"{listed(cited['publisher'], 5, 'publishers')} ({count} document{'' if count == 1 else 's'})"


def stances() -> alt.Scale:
    """Return the colours of what a source can do to a record."""
    return alt.Scale(
        domain=["states", "confirms", "refines", "contradicts"], range=[ORANGE, GREEN, SKY, BLUE]
    )


def listed(words, most: int, noun: str = "") -> str:
    """Return the first `most` words as a list in a sentence, and how many more there are: "A, B and 3 more publishers"."""
    words = list(words)
    if len(words) > most + 1:
        words = [*words[:most], f"{len(words) - most} more {noun}".strip()]
        return f"{', '.join(words[:-1])} and {words[-1]}"
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + "".join(words[-1:])


def names(actor_ids) -> list[str]:
    """Return the names of actors."""
    return list(load("actors").set_index("actor_id")["name"].reindex(list(actor_ids)))


def when(date: str | None) -> str:
    """Return an EDTF date as people write it: "10 July 2024", "July 2024", "2024 to 2026", "2026 or later"."""
    if pd.isna(date):
        return "no date"
    start, slash, end = date.partition("/")
    if slash:
        if end in ("..", ""):
            return f"{when(start)} or later"
        return f"{when(end)} or before" if start in ("..", "") else f"{when(start)} to {when(end)}"
    plain = date.rstrip("~?%")
    parts = plain.split("-")
    seasons = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
    if len(parts) == 1:
        words = plain
    elif parts[1] in seasons:
        words = f"{seasons[parts[1]]} {parts[0]}"
    else:
        day = pd.Timestamp(plain)
        words = f"{day:%B %Y}" if len(parts) == 2 else f"{day.day} {day:%B %Y}"
    return words if plain == date else f"about {words}"


def titles() -> pd.Series:
    """Return what each record is called, by its id: a target or a milestone after its commitment."""
    actors, commitments = (
        load("actors").set_index("actor_id")["name"],
        load("commitments").set_index("commitment_id")["title"],
    )
    targets, turns = (
        load("targets").set_index("target_id"),
        load("milestones").set_index("milestone_id"),
    )
    members = load("memberships").set_index("membership_id")
    called = [
        actors,
        commitments,
        load("events").set_index("event_id")["title"],
        load("places").set_index("place_id")["name"],
        load("watchpoints").set_index("watchpoint_id")["question"],
        targets["commitment_id"].map(commitments) + ": " + targets["title"],
        turns["commitment_id"].map(commitments) + ": " + turns["kind"].astype("str"),
        members["actor_id"].map(actors) + " in " + members["group_id"].map(actors),
    ]
    return pd.concat(called)


def between(start: pd.Timestamp, end: pd.Timestamp) -> dict[str, int]:
    """Return the ends of a time scale; a whole domain would not do, as Vega-Lite 5 warns of one for marks from x to x2."""
    return {
        end_of: int(day.timestamp() * 1000)
        for end_of, day in (("domainMin", start), ("domainMax", end))
    }
