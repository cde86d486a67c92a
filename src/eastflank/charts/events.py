"""What happened: events by PLOVER's classes, who acted in them and for whom, and what they name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import altair as alt
import pandas as pd

from eastflank.charts.figure import BLUE, ORANGE, RED, SKY
from eastflank.charts.words import opened, voices, when
from eastflank.codelists import ActorKind, Certainty, EventStatus, EventType, MembershipRole
from eastflank.reader import STATES_KEPT, Dataset

CLASSES = {
    "verbal cooperation": (EventType.AGREE, SKY),
    "material cooperation": (EventType.COOPERATE, BLUE),
    "verbal conflict": (EventType.REQUEST, ORANGE),
    "material conflict": (EventType.PROTEST, RED),
}
"""PLOVER's four classes, each with the first of its types, in their order, and its colour."""

SHADES = alt.Scale(domain=list(CLASSES), range=[colour for _, colour in CLASSES.values()])

THEMES = {
    "China": ("china",),
    "Belarus or Russia": ("belarus", "russia"),
    "Ukraine": ("ukraine",),
    "Asia-Pacific partners": ("asia-pacific-partners",),
}
"""What an event can be about: the actors that it names, or members of them."""

REST = "none of these"
"""The theme of events that name none of the others; mostly they are about the allies themselves."""

TIPS = [
    "title:N",
    alt.Tooltip("when:N", title="date"),
    "class:N",
    "type:N",
    "certainty:N",
    "evidence:N",
]


def classes() -> pd.Series:
    """Return the class of each type of event, by type, in PLOVER's order."""
    first = {str(code): name for name, (code, _) in CLASSES.items()}
    types = [str(code) for code in EventType]
    return pd.Series(first).reindex(types).ffill().rename("class")


def happened(data: Dataset | None = None) -> pd.DataFrame:
    """Return the events that occurred, and not what was planned or cancelled.

    Columns: those of `events`, and `class`; `side`, its second word; `sure`, whether a source
    asserts it as a fact; `when`, its date in words; `evidence`, who says so. Raises ValueError
    where none is known.
    """
    return _happened(opened(data)).copy(deep=False)


@lru_cache(STATES_KEPT)
def _happened(data: Dataset) -> pd.DataFrame:
    events = data.frames["events"]
    events = events[events["status"] == EventStatus.OCCURRED].reset_index(drop=True)
    if events.empty:
        raise ValueError("there is nothing to draw: no event is known that occurred")
    named = events["type"].astype("str").map(classes())
    return events.assign(
        **{"class": named},
        side=named.str.split().str[1],
        sure=events["certainty"] == Certainty.STATED,
        when=events["date"].map(when),
        evidence=events["event_id"].map(voices(events["event_id"], data)),
    ).astype({"type": "str", "certainty": "str"})


def acting(data: Dataset | None = None) -> pd.DataFrame:
    """Return who had a part in the events that occurred, and for whom: one row a part.

    Columns: those of `event_actors`; of the event date_earliest, class and side; and `who`, the
    state or organisation for which the actor acted on that day. An office holder acts for it, a
    body, a force or a company for what it is a part of; a company or a group of a state acts for
    itself.
    """
    return _acting(opened(data)).copy(deep=False)


@lru_cache(STATES_KEPT)
def _acting(data: Dataset) -> pd.DataFrame:
    events = happened(data)[["event_id", "date_earliest", "class", "side"]]
    parts = data.frames["event_actors"].merge(events, on="event_id")
    acts_for = _Acts(data)
    pairs = zip(parts["actor_id"], parts["date_earliest"], strict=True)
    return parts.assign(who=[acts_for(actor, day) for actor, day in pairs])


class _Acts:
    """For whom an actor acts on a day."""

    def __init__(self, data: Dataset):
        actors = data.frames["actors"].set_index("actor_id")
        self._kind = actors["kind"].astype("str").to_dict()
        self._parent = actors["parent_id"].dropna().to_dict()
        members = data.frames["memberships"]
        held = members[members["role"] == MembershipRole.OFFICE_HOLDER]
        columns = ["group_id", "since_earliest", "until_latest"]
        self._offices = {
            actor: list(rows[columns].itertuples(index=False, name=None))
            for actor, rows in held.groupby("actor_id")
        }

    def __call__(self, actor: str, day: pd.Timestamp) -> str:
        parent = self._parent_on(actor, day)
        return actor if parent is None else self(parent, day)

    def _parent_on(self, actor: str, day: pd.Timestamp) -> str | None:
        kind, parent = self._kind[actor], self._parent.get(actor)
        if kind == ActorKind.PERSON:
            # A day or an end that is not known excludes nothing.
            offices = [
                group
                for group, since, until in self._offices.get(actor, ())
                if not (since > day or until < day)
            ]
            return offices[-1] if offices else None
        if kind in (ActorKind.GROUP, ActorKind.COMPANY) and parent is not None:
            return None if self._kind[parent] == ActorKind.STATE else parent
        return parent


def themes(events: pd.DataFrame, data: Dataset | None = None) -> pd.DataFrame:
    """Return the themes of events: one row an event and theme, columns event_id and theme.

    An event has each theme of which it names an actor, in any role, and else REST.
    """
    data = opened(data)
    members = data.frames["memberships"]
    members = members[members["role"] == MembershipRole.MEMBER]
    named: dict[str, str] = {}
    for theme, ids in THEMES.items():
        within = members.loc[members["group_id"].isin(ids), "actor_id"]
        named |= dict.fromkeys([*ids, *within], theme)
    parents = data.frames["actors"].set_index("actor_id")["parent_id"]
    parts = acting(data)
    about = parts["who"].map(parents).fillna(parts["who"]).map(named)
    about = parts.assign(theme=about)[["event_id", "theme"]].dropna().drop_duplicates()
    return about.merge(events[["event_id"]], how="right").fillna({"theme": REST})


def theme_order() -> list[str]:
    """Return the themes in the order in which they are drawn."""
    return [*THEMES, REST]


def some(titles: Iterable[str]) -> str:
    """Return the first of some titles, and how many more there are.

    >>> some(["A", "B", "C", "D", "E"])
    'A; B; C; and 2 more'
    """
    titles = list(titles)
    return "; ".join([*titles[:3], *([f"and {len(titles) - 3} more"] if len(titles) > 3 else [])])
