"""Drawn worlds: promises, what became of them, what was measured, and who says so; for hypothesis.

Each promise is made of a number of its own, so that hypothesis finds the one that matters.
"""

from random import Random

from hypothesis import strategies as st

from tests.frames import Rows, frame

ACTORS = [
    {"actor_id": "alba", "name": "Alba", "kind": "state"},
    {"actor_id": "borea", "name": "Borea", "kind": "state"},
    {"actor_id": "carpathia", "name": "Carpathia", "kind": "state"},
    {"actor_id": "league", "name": "League", "kind": "organisation"},
    {"actor_id": "council", "name": "Council", "kind": "body", "parent_id": "league"},
    {"actor_id": "ministry", "name": "Ministry", "kind": "body", "parent_id": "borea"},
    {"actor_id": "pact", "name": "Pact", "kind": "group"},
]
PUBLISHERS = ["Wire", "Herald", "Digest", "League", "Ministry", "Government of Alba"]
PUBLISHERS += ["Government of the Carpathia", "Governments of Alba, Borea and the Carpathia"]

DAYS = ["2024-07-01", "2025-01-01", "2025-06-30", "2025-07-01", "2026-01-01", "2027-12-31"]
"""The days on which the worlds are judged; the last is after all that is told."""

MADE = ["2024", "2024-01-01", "2024-03", "2024-06-30", "../2024-06-30", None]
"""When promises were made."""

TOLD = ["2024-06-30", "2024-07-01", "2024-12-31", "2025-06", "2025-07-01", "2026-01-01", None]
"""When sources were published."""

DATES = ["2024", "2024-06", "2024-06-30", "2024-12-31", "2025", "2025-01-01", "2025-03/2025-06"]
DATES += ["2025-06", "2025-06-30", "2025-07-01", "2025-12-31", "../2025-06-30"]
"""When turns came, and until when something is due."""

PERIODS = ["2023", "2024", "2024-06", "2025-01/2025-06", "2025", "2025-06-30"]
LASTING = ["keep", "refrain"]

_numbers = st.integers(0, 2**32)


@st.composite
def worlds(draw) -> Rows:
    """Draw a world of several promises and of the sources that tell of them."""
    sources = _sources(Random(draw(_numbers)))
    rows: Rows = {"actors": ACTORS, "sources": sources}
    ids = [each["source_id"] for each in sources]
    for place, number in enumerate(draw(st.lists(_numbers, min_size=1, max_size=12))):
        for table, more in _life(Random(number), f"c{place}", ids).items():
            rows.setdefault(table, []).extend(more)
    return rows


def _sources(chance: Random) -> list[dict]:
    rows: list[dict] = []
    for place in range(chance.randint(4, 8)):
        row = {"source_id": f"s{place}", "published": chance.choice(TOLD)}
        row["accessed"] = "2025-12-31" if row["published"] is None else "2027-01-01"
        row |= {"publisher": chance.choice(PUBLISHERS), "reliability": chance.choice("AABBCCDF")}
        row["kind"] = chance.choice(
            ["wire", "wire", "official", "data", "aggregator", "encyclopedia"]
        )
        # What is copied is itself no copy, and no younger than its copy.
        older = [each for each in rows if "origin_id" not in each and _is_no_younger(each, row)]
        origins = ["a-speech", "alba-2024-speech", *(each["source_id"] for each in older)]
        rows.append(row | ({"origin_id": chance.choice(origins)} if chance.random() < 0.3 else {}))
    return rows


def _is_no_younger(row: dict, other: dict) -> bool:
    both = frame("sources", [row, other])
    public = both[["published_latest", "accessed_latest"]].min(axis=1)
    return public[0] <= public[1]


def _life(chance: Random, name: str, sources: list[str]) -> Rows:
    """Return one promise and all that is told of it."""
    form = chance.choice(["reach", "reach", "give", "give", "act", "keep", "refrain"])
    promisors = [each["actor_id"] for each in chance.sample(ACTORS, chance.choice([1, 1, 2]))]
    targets = [_target(chance, name, form, place) for place in range(chance.randint(0, 3))]
    ids = [each["target_id"] for each in targets]
    for row in targets[1:]:
        row["component_of"] = chance.choice([None, None, ids[0]])
    turns = [
        _turn(chance, name, form, promisors, ids, place) for place in range(chance.randint(0, 6))
    ]
    told = [("commitments", name), *(("targets", each) for each in ids)]
    told += [("milestones", each["milestone_id"]) for each in turns]
    return {
        "commitments": [
            {
                "commitment_id": name,
                "title": name,
                "date": chance.choice(MADE),
                "form": None if targets else form,
            }
        ],
        "commitment_actors": [
            {"commitment_id": name, "actor_id": actor, "role": "promisor"} for actor in promisors
        ],
        "targets": targets,
        "milestones": turns,
        "observations": [
            _figure(chance, name, promisors, targets, sources, place)
            for place in range(chance.randint(0, 5))
        ],
        "evidence": [
            row for table, record_id in told for row in _said(chance, table, record_id, sources)
        ],
    }


def _target(chance: Random, name: str, form: str, place: int) -> dict:
    is_share = chance.random() < 0.4
    return {
        "target_id": f"{name}-t{place}",
        "commitment_id": name,
        "title": f"{name}-t{place}",
        "form": form,
        "applies": chance.choice(["jointly", "each"]),
        "measure": "defence-spending-share-gdp" if is_share else "vehicles",
        "unit": "percent-gdp" if is_share else "items",
        "comparator": chance.choice(["exactly", "at-least", "at-least", "at-most", "up-to"]),
        "value": chance.choice([_quantity(chance), _quantity(chance), _quantity(chance), None]),
        "due": chance.choice([*DATES, "2025-06/..", None]),
        # What lasts is a level, and so is a share; a count is one throughout.
        "counted": None if is_share or form in LASTING else chance.choice([None, True, False]),
    }


def _quantity(chance: Random) -> int | tuple[int, int]:
    low = chance.randint(0, 3)
    return chance.choice([low, low, (low, low + chance.randint(1, 2))])


def _turn(
    chance: Random, name: str, form: str, promisors: list[str], targets: list[str], place: int
) -> dict:
    kinds = ["announced", "reaffirmed", "revised", "revised", "started", "delayed", "withdrawn"]
    kinds += ["superseded"]
    done = ["met", "met", "missed", "missed", "partly-met", "reversed", "reversed"]
    kinds += ["upheld", "broken"] if form in LASTING else done
    row = {
        "milestone_id": f"{name}-m{place}",
        "commitment_id": name,
        "date": chance.choice([*DATES, "2025-06-30/.."]),
        "kind": chance.choice(kinds),
        "target_id": chance.choice([None, *targets]),
        "actor_id": chance.choice([None, None, None, None, "pact", *promisors]),
    }
    if row["kind"] == "revised" and row["target_id"]:
        row["due"] = chance.choice([*DATES, "2025-06/..", None])
        row["value"] = chance.choice([None, _quantity(chance)])
    return row


def _figure(
    chance: Random, name: str, promisors: list[str], targets: list[dict], sources: list, place: int
) -> dict:
    target = chance.choice([None, *targets, *targets])
    share = {"measure": "defence-spending-share-gdp", "unit": "percent-gdp"}
    about = {each: target[each] for each in share} if target else share
    return about | {
        "observation_id": f"{name}-o{place}",
        "actor_id": chance.choice(promisors),
        "target_id": target and target["target_id"],
        "period": chance.choice(PERIODS),
        "value": _quantity(chance),
        "kind": chance.choice(["estimate", "final", "reported"]),
        "cumulative": target and target["counted"],
        "source_id": chance.choice(sources),
    }


def _said(chance: Random, table: str, record_id: str, sources: list[str]) -> list[dict]:
    """Return who speaks to a record: at least one source that does not deny it."""
    cited = chance.sample(sources, chance.randint(1, 3))
    others = [chance.choice(["confirms", "refines", "contradicts"]) for _ in cited[1:]]
    return [
        {
            "evidence_id": f"{record_id}-by-{source}",
            "record_table": table,
            "record_id": record_id,
            "field": chance.choice([None, None, "date"]) if stance == "contradicts" else None,
            "source_id": source,
            "stance": stance,
        }
        for source, stance in zip(cited, ["states", *others], strict=True)
    ]
