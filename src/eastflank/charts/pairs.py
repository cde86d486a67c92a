"""Who does what to whom, and who stands with whom: pairs of actors, and the events of each."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd
from altair.typing import ChartType

from eastflank.asked import asked
from eastflank.charts.events import acting, happened, some
from eastflank.charts.figure import BLUE, INK, RED, Figure
from eastflank.charts.words import opened, plural, sources
from eastflank.codelists import ActorKind, EventRole, EventType, MembershipRole
from eastflank.reader import STATES_KEPT, Dataset

BLOCS = {
    "nato": "IN NATO",
    "asia-pacific-partners": "PARTNERS",
    "": "IN NEITHER",
    "sco": "IN THE SCO",
}
"""The groups whose members stand together, with the words at their head; the rest has none."""


def acts(data: Dataset | None = None) -> pd.DataFrame:
    """Return who acted on whom in events that occurred, requests aside: one row an act.

    PLOVER counts every request as conflict, a friendly one too. Columns: event_id, title, class,
    side; `who` did it and `whom`, ids of states, organisations or others for which nobody acts.
    """
    return _acts(opened(data)).copy(deep=False)


@lru_cache(STATES_KEPT)
def _acts(data: Dataset) -> pd.DataFrame:
    events = happened(data)
    parts = acting(data).drop_duplicates(["event_id", "role", "who"])
    parts = parts[
        ~parts["event_id"].isin(events.loc[events["type"] == EventType.REQUEST, "event_id"])
    ]
    doing = parts.loc[parts["role"] == EventRole.SOURCE, ["event_id", "class", "side", "who"]]
    suffering = parts.loc[parts["role"] == EventRole.TARGET, ["event_id", "who"]]
    found = doing.merge(suffering.rename(columns={"who": "whom"}), on="event_id")
    found = found.merge(events[["event_id", "title"]], on="event_id")
    return found[["event_id", "title", "class", "side", "who", "whom"]]


def public(data: Dataset) -> pd.Index:
    """Return the ids of states and organisations."""
    actors = data.frames["actors"]
    kinds = actors["kind"].isin([ActorKind.STATE, ActorKind.ORGANISATION])
    return pd.Index(actors.loc[kinds, "actor_id"])


def busy(data: Dataset) -> pd.Series:
    """Return in how many acts between states or organisations each of them had a part, by id."""
    found, ids = acts(data), public(data)
    found = found[found[["who", "whom"]].isin(ids).all(axis=1) & found["who"].ne(found["whom"])]
    return pd.concat([found["who"], found["whom"]]).value_counts()


def by_bloc(ids: pd.Index, data: Dataset) -> dict[str, list[str]]:
    """Return actors by bloc, in the order of BLOCS, those that act most often first."""
    members, often = data.frames["memberships"], busy(data)
    now = members[(members["role"] == MembershipRole.MEMBER) & members["until"].isna()]
    bloc = {
        actor: group
        for group in BLOCS
        for actor in [group, *now.loc[now["group_id"] == group, "actor_id"]]
    }
    ordered = sorted(ids, key=lambda actor: (-often.get(actor, 0), actor))
    return {group: [each for each in ordered if bloc.get(each, "") == group] for group in BLOCS}


def dealings(data: Dataset | None = None) -> pd.DataFrame:
    """Return in how many events each actor acted on each: one row a pair, the busiest first.

    Columns: actor and `on`, their names; `events`; how many of them are `cooperation` and
    `conflict`; `titles`, some of them. Raises ValueError where nobody is known to act on another.
    """
    data = opened(data)
    found, names = acts(data), data.frames["actors"].set_index("actor_id")["name"]
    if found.empty:
        raise ValueError("there is nothing to draw: no event is known in which one acts on another")
    found = found.assign(
        actor=found["who"].map(names),
        on=found["whom"].map(names),
        conflict=found["side"].eq("conflict").astype("int"),
    )
    pairs = found.groupby(["actor", "on"], sort=False).agg(
        events=("event_id", "size"),
        conflict=("conflict", "sum"),
        titles=("title", lambda titles: some(sorted(titles))),
    )
    pairs["cooperation"] = pairs["events"] - pairs["conflict"]
    pairs = pairs.reset_index()[["actor", "on", "events", "cooperation", "conflict", "titles"]]
    return pairs.sort_values(["events", "actor", "on"], ascending=[False, True, True]).reset_index(
        drop=True
    )


@asked
def interactions(least: int = 3, data: Dataset | None = None) -> Figure:
    """Draw who acts on whom, and how much of it is conflict; requests are left out.

    Shown are states and organisations with at least so many acts among them. Raises ValueError
    where there is none.
    """
    data = opened(data)
    pairs, often = dealings(data), busy(data)
    shown = often.index[often >= least]
    if shown.empty:
        most = int(often.max()) if len(often) else 0
        raise ValueError(
            f"no state or organisation has {least} acts or more; the most are {most}: give less"
        )
    names = data.frames["actors"].set_index("actor_id")["name"]
    order = [
        name
        for group, ids in by_bloc(shown, data).items()
        for name in [BLOCS[group], *names.reindex(ids)]
    ]
    busiest, events, conflict = _busiest(data)
    return Figure(
        _drawn(pairs, order),
        title=f"{busiest} act on each other more than any others: "
        f"{plural(events, 'event')}, {conflict or 'none'} of them conflict",
        alt="Who acts on whom, in how many events: "
        + "; ".join(
            f"{row.actor} on {row.on} {row.events}, {row.conflict or 'none'} of them conflict"
            for row in pairs.head(12).itertuples()
        )
        + ".",
        source=sources(acts(data)["event_id"].unique(), data=data),
        how="The larger a square, the more events in which the actor of the row does something to "
        "that of the column; the number stands in it from two on. Requests are left out. Shown are "
        f"states and organisations with {plural(least, 'event')} or more.",
        data=data,
    )


def _busiest(data: Dataset) -> tuple[str, int, int]:
    """Return which two act on each other most, in how many events, and how many are conflict."""
    names = data.frames["actors"].set_index("actor_id")["name"]
    found = acts(data)
    found = found[found["who"] != found["whom"]]
    both = zip(found["who"].map(names), found["whom"].map(names), strict=True)
    found = found.assign(pair=[" and ".join(sorted(pair)) for pair in both])
    found = found.assign(conflict=found["side"].eq("conflict").astype("int"))
    found = found.drop_duplicates(["pair", "event_id"]).groupby("pair")["conflict"]
    counts = found.agg(["size", "sum"]).sort_values("size", ascending=False, kind="stable")
    return str(counts.index[0]), int(counts["size"].iloc[0]), int(counts["sum"].iloc[0])


def _drawn(pairs: pd.DataFrame, order: list[str]) -> ChartType:
    """Return the chart of `interactions`: actors in an order, with the names of the blocs."""
    heads = list(BLOCS.values())
    plain: dict[str, Any] = {"grid": True, "zindex": 0, "domain": False, "ticks": False}
    is_head = f"indexof({heads}, datum.value) >= 0"
    down = alt.Axis(**plain, labelFontWeight=alt.expr(f"{is_head} ? 'bold' : 'normal'"))
    across = alt.Axis(
        **plain, orient="top", labelAngle=-45, labelExpr=f"{is_head} ? '' : datum.label"
    )
    cells = pairs.assign(share=pairs["conflict"] / pairs["events"])
    cells = cells[cells["actor"].isin(order) & cells["on"].isin(order)]
    grid = alt.Chart(cells).encode(
        alt.X("on:N", title="acted on", scale=alt.Scale(domain=order), axis=across),
        alt.Y("actor:N", title="acts", scale=alt.Scale(domain=order), axis=down),
        tooltip=["actor:N", "on:N", "events:Q", "conflict:Q", "titles:N"],
    )
    hue = alt.Color(
        "share:Q",
        title="share that is conflict",
        scale=alt.Scale(domain=[0, 0.5, 1], range=[BLUE, "#C4C4C4", RED]),
        legend=alt.Legend(
            format="%", orient="bottom", gradientLength=160, tickCount=3, titleAnchor="start"
        ),
    )
    area = alt.Scale(domain=[1, max(int(pairs["events"].max()), 2)], range=[90, 460])
    white = alt.condition("abs(datum.share - 0.5) > 0.3", alt.value("white"), alt.value(INK))
    squares = grid.mark_square(opacity=1).encode(
        color=hue, size=alt.Size("events:Q", scale=area, legend=None)
    )
    numbers = grid.transform_filter("datum.events > 1").mark_text(fontSize=10, fontWeight="bold")
    picture = alt.layer(squares, numbers.encode(text="events:Q", color=white))
    return picture.properties(width=alt.Step(24), height=alt.Step(22))
