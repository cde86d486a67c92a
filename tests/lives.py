"""Drawn worlds: promises, what became of them, what was measured, and who says so.

For hypothesis.
"""

import pandas as pd
from hypothesis import strategies as st

from tests.frames import Rows

ACTORS = [
    {"actor_id": "alba", "name": "Alba", "kind": "state"},
    {"actor_id": "borea", "name": "Borea", "kind": "state"},
    {"actor_id": "carpathia", "name": "Carpathia", "kind": "state"},
    {"actor_id": "league", "name": "League", "kind": "organisation"},
    {"actor_id": "council", "name": "Council", "kind": "body", "parent_id": "league"},
    {"actor_id": "ministry", "name": "Ministry", "kind": "body", "parent_id": "borea"},
    {"actor_id": "pact", "name": "Pact", "kind": "group"},
]
PUBLISHERS = [
    "Wire",
    "Herald",
    "Digest",
    "Government of Alba",
    "Government of the Carpathia",
    "Governments of Alba, Borea and the Carpathia",
    "League",
    "Ministry",
]
DAYS = ["2024-06-30", "2024-07-01", "2024-12-31", "2025-01-01", "2025-06-30", "2025-07-01"]
DAYS += ["2026-01-01"]
DATES = [*DAYS, "2024", "2024-06", "2025", "2025-06", "2025-03/2025-06", "2025-12", "../2025-06-30"]
PERIODS = ["2023", "2024", "2024-06", "2025-01/2025-06", "2025", "2025-06-30", "2026"]
LASTING = ["keep", "refrain"]

pick = st.sampled_from
dates = pick(DATES)
some_dates = st.none() | dates
numbers = st.integers(0, 5)
quantities = numbers | st.tuples(st.integers(0, 2), st.integers(3, 5))


@st.composite
def worlds(draw) -> Rows:
    """Draw a world of several promises and the sources that tell of them."""
    sources = draw(some_sources())
    rows: Rows = {"actors": ACTORS, "sources": sources}
    for place in range(draw(st.integers(1, 5))):
        for table, more in draw(lives(f"c{place}", [each["source_id"] for each in sources])).items():
            rows.setdefault(table, []).extend(more)
    return rows


@st.composite
def some_sources(draw) -> list[dict]:
    rows = []
    for place in range(draw(st.integers(2, 6))):
        row = {"source_id": f"s{place}", "published": draw(some_dates)}
        row["accessed"] = "2026-06-30" if row["published"] is None else "2027-01-01"
        row |= {"publisher": draw(pick(PUBLISHERS)), "reliability": draw(pick("AABCDF"))}
        row["kind"] = draw(pick(["wire", "wire", "official", "data", "aggregator", "encyclopedia"]))
        # What is copied is itself no copy, and no younger than its copy.
        older = [each for each in rows if "origin_id" not in each and _is_no_younger(each, row)]
        origin = draw(pick([None, None, "a-speech", "alba-speech", *(each["source_id"] for each in older)]))
        rows.append(row | ({"origin_id": origin} if origin else {}))
    return rows


def _is_no_younger(row: dict, other: dict) -> bool:
    from tests.frames import frame

    ends = frame("sources", [row, other])
    public = ends[["published_latest", "accessed_latest"]].min(axis=1)
    return public[0] <= public[1]


@st.composite
def lives(draw, name: str, sources: list[str]) -> Rows:
    """Draw one promise and all that is told of it."""
    form = draw(pick(["reach", "reach", "give", "act", "keep", "refrain"]))
    promisors = draw(st.lists(pick(ACTORS), min_size=1, max_size=2, unique_by=lambda a: a["name"]))
    promisors = [each["actor_id"] for each in promisors]
    aims = [draw(some_targets(name, form, place)) for place in range(draw(st.integers(0, 3)))]
    ids = [each["target_id"] for each in aims]
    for row in aims[1:]:
        row["component_of"] = draw(pick([None, None, ids[0]]))
    turns = [draw(some_turns(name, form, promisors, ids, at)) for at in range(draw(st.integers(0, 5)))]
    promise = {"commitment_id": name, "title": name, "summary": name, "date": draw(some_dates)}
    return {
        "commitments": [promise | {"form": None if aims else form}],
        "commitment_actors": [
            {"commitment_id": name, "actor_id": actor, "role": "promisor"} for actor in promisors
        ],
        "targets": aims,
        "milestones": turns,
        "observations": [
            draw(some_figures(name, promisors, aims, sources, place))
            for place in range(draw(st.integers(0, 4)))
        ],
        "evidence": [
            *draw(told("commitments", name, sources)),
            *(row for each in ids for row in draw(told("targets", each, sources))),
            *(row for each in turns for row in draw(told("milestones", each["milestone_id"], sources))),
        ],
    }


@st.composite
def some_targets(draw, name: str, form: str, place: int) -> dict:
    is_share = draw(st.booleans())
    return {
        "target_id": f"{name}-t{place}",
        "commitment_id": name,
        "title": f"{name}-t{place}",
        "form": form,
        "applies": draw(pick(["jointly", "each"])),
        "measure": "defence-spending-share-gdp" if is_share else "vehicles",
        "unit": "percent-gdp" if is_share else "items",
        "comparator": draw(
            pick(["exactly", "at-least", "at-least", "at-most", "up-to", "more-than-baseline"])
        ),
        "value": draw(st.none() | quantities),
        "due": draw(some_dates | st.just("2025-06/..")),
        # What lasts is a level, and so is a share; a count is one throughout.
        "counted": draw(pick([None, True, False])) if not is_share and form not in LASTING else None,
    }


@st.composite
def some_turns(draw, name: str, form: str, promisors: list, targets: list, place: int) -> dict:
    kinds = ["announced", "reaffirmed", "revised", "revised", "started", "delayed", "withdrawn"]
    kinds += ["superseded"]
    done = ["met", "met", "missed", "missed", "partly-met", "reversed"]
    kinds += ["upheld", "broken"] if form in LASTING else done
    row = {
        "milestone_id": f"{name}-m{place}",
        "commitment_id": name,
        "date": draw(dates | st.just("2025-06-30/..")),
        "kind": draw(pick(kinds)),
        "summary": "It came so.",
        "target_id": draw(pick([None, *targets])),
        "actor_id": draw(pick([None, None, None, "pact", *promisors])),
    }
    if row["kind"] == "revised" and row["target_id"]:
        row["due"] = draw(some_dates | st.just("2025-06/.."))
        row["value"] = draw(st.none() | quantities)
    return row


@st.composite
def some_figures(draw, name: str, promisors: list, targets: list, sources: list, place: int) -> dict:
    target = draw(pick([None, *targets]))
    actor = draw(pick([*promisors, "alba"]))
    share = {"measure": "defence-spending-share-gdp", "unit": "percent-gdp"}
    about = share if target is None else {each: target[each] for each in share}
    return about | {
        "observation_id": f"{name}-o{place}",
        "actor_id": actor,
        "target_id": target and target["target_id"],
        "period": draw(pick(PERIODS)),
        "value": draw(quantities),
        "kind": draw(pick(["estimate", "final", "reported"])),
        "cumulative": target and target["counted"],
        "source_id": draw(pick(sources)),
    }


@st.composite
def told(draw, table: str, record_id: str, sources: list[str]) -> list[dict]:
    """Draw who speaks to a record: at least one source that does not deny it."""
    first, *others = draw(st.lists(pick(sources), min_size=1, max_size=3, unique=True))
    stances = ["states", *(draw(pick(["confirms", "refines", "contradicts"])) for _ in others)]
    return [
        {
            "evidence_id": f"{record_id}-by-{source}",
            "record_table": table,
            "record_id": record_id,
            "source_id": source,
            "stance": stance,
            "credibility": "2",
        }
        for source, stance in zip([first, *others], stances, strict=True)
    ]
