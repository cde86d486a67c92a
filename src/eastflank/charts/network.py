"""Who stands with whom and who against whom, as two rings of the same actors."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd
from altair.typing import ChartType

from eastflank.asked import asked
from eastflank.charts.events import acting, happened, some
from eastflank.charts.figure import BLUE, INK, MUTED, RED, Figure
from eastflank.charts.pairs import acts, by_bloc, public
from eastflank.charts.words import listed, opened, plural, sources
from eastflank.codelists import EventRole
from eastflank.reader import Dataset

LEAST = {"cooperation": 3, "conflict": 1}
"""How many events a tie must have to be drawn, by its side."""

TOGETHER = (EventRole.SOURCE, EventRole.PARTICIPANT, EventRole.HOST)
"""The roles of those who do something together."""


def ties(data: Dataset | None = None) -> pd.DataFrame:
    """Return which states and organisations cooperate or are in conflict, and in how many events.

    Two cooperate in what they do, attend or host together, or where one does something cooperative
    for the other; they are in conflict where one does something to the other of a class of
    conflict, requests aside. One row a pair and side, the busiest first; columns: a and b, ids in
    order; side; events; titles, some of them; event_ids.
    """
    data = opened(data)
    parts = acting(data)
    ours = parts[parts["role"].isin(TOGETHER)].drop_duplicates(["event_id", "who"])
    ours = ours[["event_id", "who"]]
    together = ours.merge(ours.rename(columns={"who": "whom"}), on="event_id")
    columns = ["event_id", "who", "whom", "side"]
    every = pd.concat([together.assign(side="cooperation")[columns], acts(data)[columns]])
    every = every[every["who"].ne(every["whom"])]
    every = every[every[["who", "whom"]].isin(public(data)).all(axis=1)]
    if every.empty:
        raise ValueError("there is nothing to draw: no event is known that ties two states")
    every[["a", "b"]] = [sorted(pair) for pair in zip(every["who"], every["whom"], strict=True)]
    every = every.drop_duplicates(["event_id", "a", "b", "side"])
    every = every.merge(happened(data)[["event_id", "title"]], on="event_id")
    found = every.groupby(["side", "a", "b"]).agg(
        events=("event_id", "size"),
        titles=("title", lambda titles: some(sorted(titles))),
        event_ids=("event_id", list),
    )
    order = ["events", "a", "b", "side"]
    return found.reset_index().sort_values(order, ascending=[False, True, True, True])


@asked
def alliances(data: Dataset | None = None) -> Figure:
    """Draw who cooperates with whom, and who is in conflict with whom, as two rings.

    In a notebook, pick an actor to see its ties alone. Raises ValueError where no two are tied by
    as many events as LEAST asks for.
    """
    data = opened(data)
    every = ties(data)
    drawn = every[every["events"] >= every["side"].map(LEAST)]
    if drawn.empty:
        least = " or ".join(f"{count} of {side}" for side, count in LEAST.items())
        raise ValueError(f"no two states or organisations are tied by {least}")
    nodes = _ring(pd.Index(pd.concat([drawn["a"], drawn["b"]]).unique()), data)
    at = nodes.set_index("actor_id")
    lines = drawn.merge(at, left_on="a", right_index=True)
    lines = lines.merge(at, left_on="b", right_index=True, suffixes=("", "_b"))
    with_whom = {
        side: pd.concat([tied["actor"], tied["actor_b"]]).value_counts()
        for side, tied in lines.groupby("side")
    }
    return Figure(
        _drawn(nodes, lines),
        title=_finding(with_whom),
        alt="Two rings of the same actors, joined by lines. "
        + " ".join(
            f"Most ties of {side}: "
            + ", ".join(f"{name} {count}" for name, count in counts.head(6).items())
            + "."
            for side, counts in with_whom.items()
        ),
        source=sources(every["event_ids"].explode().unique(), data=data),
        how="Clockwise from the top: NATO and its members, its Asia-Pacific partners, those in "
        "neither, and members of the SCO. The thicker a line, the more events: from 1 to "
        f"{drawn['events'].max()}.",
        data=data,
    )


def _finding(with_whom: dict[str, pd.Series]) -> str:
    """Return in a sentence who has the most ties of each side."""
    verbs = {"cooperation": "cooperates with", "conflict": "is at odds with"}
    said = []
    for side, verb in verbs.items():
        if side not in with_whom:
            said.append(f"nobody {verb} another")
            continue
        counts = with_whom[side]
        first = listed(sorted(counts.index[counts == counts.max()]), 3)
        said.append(f"nobody {verb} more others than {first} ({counts.max()})")
    return f"N{said[0][1:]}, and {said[1]}"


def _ring(ids: pd.Index, data: Dataset) -> pd.DataFrame:
    """Return the place of each actor on a ring, bloc after bloc with a gap between them."""
    names = data.frames["actors"].set_index("actor_id")["name"]
    groups = [group for group in by_bloc(ids, data).values() if group]
    ring = [actor for group in groups for actor in [*group, None]]
    rows = []
    for place, actor in enumerate(ring):
        if actor is None:
            continue
        angle = math.pi / 2 - 2 * math.pi * place / len(ring)
        x, y, turn = math.cos(angle), math.sin(angle), math.degrees(-angle)
        left = x < -1e-3
        rows.append(
            {"actor_id": actor, "actor": names[actor], "left": left, "turn": turn + 180 * left}
            | {"x": x, "y": y}
        )
    return pd.DataFrame(rows).round(4)


def _drawn(nodes: pd.DataFrame, lines: pd.DataFrame) -> alt.HConcatChart:
    """Return the chart of `alliances`: a ring a side."""
    everybody = sorted(nodes["actor"])
    choice = alt.binding_select(
        options=[None, *everybody], labels=["all", *everybody], name="Ties of "
    )
    pick = alt.param(name="ties_of", value=None, bind=choice)
    thick = alt.Scale(domain=[1, max(int(lines["events"].max()), 2)], range=[0.8, 9])
    panels = []
    for side, colour in (("cooperation", BLUE), ("conflict", RED)):
        tied = lines[lines["side"] == side].drop(columns="event_ids")
        panel = _panel(nodes, tied, colour, thick)
        title = alt.Title(f"{side}: at least {plural(LEAST[side], 'event')}", fontSize=12)
        panels.append(panel.properties(width=310, height=310, title=title))
    return alt.hconcat(*panels, spacing=10).add_params(pick).resolve_scale(size="shared")


def _panel(nodes: pd.DataFrame, tied: pd.DataFrame, colour: str, thick: alt.Scale) -> ChartType:
    """Return a ring with its lines; actors without a line in it are pale."""
    flat: dict[str, Any] = {"axis": None, "scale": alt.Scale(domain=[-1.75, 1.75])}
    x, y = alt.X("x:Q", **flat), alt.Y("y:Q", **flat)
    here = nodes["actor_id"].isin(tied["a"]) | nodes["actor_id"].isin(tied["b"])
    words = alt.Chart(nodes.assign(tied=here)).encode(
        color=alt.condition("datum.tied", alt.value(INK), alt.value(MUTED))
    )
    of_the_picked = "!ties_of || datum.actor == ties_of || datum.actor_b == ties_of"
    rules = (
        alt.Chart(tied)
        .mark_rule(color=colour)
        .encode(
            x,
            y,
            x2="x_b:Q",
            y2="y_b:Q",
            tooltip=["actor:N", "actor_b:N", "events:Q", "titles:N"],
            size=alt.Size("events:Q", scale=thick, legend=None),
            opacity=alt.condition(of_the_picked, alt.value(0.7), alt.value(0.06)),
        )
    )
    labels = [
        words.transform_filter(f"datum.left == {str(left).lower()}")
        .mark_text(align="right" if left else "left", dx=-6 if left else 6, fontSize=10)
        .encode(x, y, text="actor:N", angle=alt.Angle("turn:Q", scale=None))
        for left in (False, True)
    ]
    dots = words.mark_point(filled=True, opacity=1, size=26).encode(x, y)
    return alt.layer(rules, dots, *labels)
