"""What an actor has to do with the dataset: promises, deeds, offices and groups."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from eastflank.codelists import CommitmentRole, EventRole, MembershipRole
from eastflank.reader import STATES_KEPT, Dataset
from eastflank.titles import titles
from eastflank.words import listed

PROMISE = ["commitment_id", "commitment", "how", "date", "target_id", "target", "due"]
PROMISE += ["standing", "timing", "reached", "outcome_id"]
OUTCOME = ["outcome_id", "commitment_id", "target_id", "standing", "timing_current", "reached"]
DEED = ["event_id", "event", "date", "role", "type", "status"]
OFFICE = ["membership_id", "actor_id", "actor", "office", "group_id", "group", "role"]
OFFICE += ["since", "until"]

ROWS_OF = {"promised": "outcomes", "was_promised": "outcomes", "did": "events", "done_to": "events"}
ROWS_OF |= dict.fromkeys(["offices", "groups", "members"], "memberships")
"""The table of which the rows of each frame are, with other columns beside its own."""

DOES = (EventRole.SOURCE, EventRole.PARTICIPANT, EventRole.HOST)
"""The parts in an event of those who do it."""


def profile(actor_id: str, data: Dataset) -> dict[str, pd.DataFrame]:
    """Return what an actor has to do with the dataset, as frames by name; only those with rows.

    `promised` and `was_promised` have one row an outcome, with what came of it; `did` and `done_to`
    one row an event; `offices` are those that a person holds or that belong to the actor, `groups`
    those it belongs to and `members` those who belong to it.
    """
    frames = {
        "promised": _promised(actor_id, data),
        "was_promised": _was_promised(actor_id, data),
        **_deeds(actor_id, data),
        **_belonging(actor_id, data),
    }
    for name, frame in frames.items():
        frame.attrs = data.attrs(ROWS_OF[name])
    return {name: frame for name, frame in frames.items() if len(frame)}


def _promised(actor_id: str, data: Dataset) -> pd.DataFrame:
    """Return what an actor promised: alone, with others, or as a member of a group that did.

    A member is who belonged to the group on the day of the promise. Of what each of several owes,
    only the actor's own part is there.
    """
    how = promises(actor_id, data)
    outcomes = data.frames["outcomes"]
    own = outcomes["actor_id"].isna() | (outcomes["actor_id"] == actor_id)
    rows = _outcomes(data, outcomes[own], how)[PROMISE]
    as_member = rows["how"].str.startswith("as a member")
    return rows.loc[as_member.sort_values(kind="stable").index].reset_index(drop=True)


def promises(actor_id: str, data: Dataset) -> dict[str, str]:
    """Return the ids of the commitments that an actor made, each with how: alone, or with whom."""
    parts = data.frames["commitment_actors"]
    parts = parts[parts["role"] == CommitmentRole.PROMISOR]
    names = titles(data)
    how = {}
    made = _through_groups(data)
    for row in made[made["member_id"] == actor_id].itertuples():
        how[row.commitment_id] = f"as a member of {names[row.group_id]}"
    own = parts.loc[parts["actor_id"] == actor_id, "commitment_id"]
    together = parts[parts["commitment_id"].isin(own)]
    for commitment_id, who in together.groupby("commitment_id")["actor_id"]:
        others = sorted(names[each] for each in who if each != actor_id)
        how[commitment_id] = f"with {listed(others, 3)}" if others else "alone"
    return how


def deeds(actor_id: str, data: Dataset) -> pd.Series:
    """Return the ids of the events in which an actor did something."""
    parts = data.frames["event_actors"]
    return parts.loc[(parts["actor_id"] == actor_id) & parts["role"].isin(DOES), "event_id"]


@lru_cache(STATES_KEPT)
def _through_groups(data: Dataset) -> pd.DataFrame:
    """Return who belonged to a group on the day of a promise of it: a `member_id` with a
    `commitment_id` and the `group_id`.
    """
    parts = data.frames["commitment_actors"]
    parts = parts[parts["role"] == CommitmentRole.PROMISOR]
    members = data.frames["memberships"]
    members = members[members["role"] == MembershipRole.MEMBER]
    members = members.rename(columns={"actor_id": "member_id"})
    commitments = data.frames["commitments"][["commitment_id", "date_earliest", "date_latest"]]
    made = parts.merge(commitments, on="commitment_id")
    made = made.merge(members, left_on="actor_id", right_on="group_id")
    day = made["date_latest"].fillna(made["date_earliest"])
    began = made["since_earliest"].isna() | (made["since_earliest"] <= day)
    lasted = made["until_latest"].isna() | (made["until_latest"] >= day)
    return made.loc[began & lasted, ["commitment_id", "group_id", "member_id"]]


def _was_promised(actor_id: str, data: Dataset) -> pd.DataFrame:
    """Return what others promised to an actor, for its good or on its ground."""
    parts = data.frames["commitment_actors"]
    own = parts[(parts["actor_id"] == actor_id) & (parts["role"] != CommitmentRole.PROMISOR)]
    roles = own.groupby("commitment_id")["role"].agg(lambda each: "as " + ", ".join(map(str, each)))
    rows = _outcomes(data, data.frames["outcomes"], dict(roles))
    rows.insert(2, "by", rows["commitment_id"].map(_promisors(data)).astype("str"))
    return rows[[*PROMISE[:2], "by", *PROMISE[2:]]]


@lru_cache(STATES_KEPT)
def _promisors(data: Dataset) -> pd.Series:
    """Return who made each commitment, in words, by its id."""
    parts = data.frames["commitment_actors"]
    by = parts[parts["role"] == CommitmentRole.PROMISOR]
    by = by.assign(name=by["actor_id"].map(titles(data))).sort_values("name")
    return by.groupby("commitment_id")["name"].agg(lambda each: listed(each, 3))


def _outcomes(data: Dataset, rows: pd.DataFrame, how: dict[str, str]) -> pd.DataFrame:
    """Return some outcomes with what was promised, and how an actor has to do with it."""
    rows = rows.loc[rows["commitment_id"].isin(list(how)), OUTCOME]
    commitments = data.frames["commitments"][["commitment_id", "title", "date", "date_latest"]]
    targets = data.frames["targets"][["target_id", "title", "current_due"]]
    rows = rows.merge(commitments, on="commitment_id", how="left")
    rows = rows.merge(targets, on="target_id", how="left", suffixes=("", "_target"))
    rows = rows.rename(columns={"title": "commitment", "title_target": "target"})
    rows = rows.rename(columns={"current_due": "due", "timing_current": "timing"})
    rows["how"] = rows["commitment_id"].map(how).astype("str")
    return rows.sort_values(["date_latest", "outcome_id"], ignore_index=True)


def _deeds(actor_id: str, data: Dataset) -> dict[str, pd.DataFrame]:
    """Return what an actor did and what was done to it, by time."""
    parts = data.frames["event_actors"]
    own = parts[parts["actor_id"] == actor_id]
    events = data.frames["events"]
    rows = own.merge(events, on="event_id", how="inner").sort_values("date_earliest")
    rows = rows.rename(columns={"title": "event"}).reset_index(drop=True)[DEED]
    does = rows["role"].isin(DOES)
    return {
        "did": rows[does].reset_index(drop=True),
        "done_to": rows[~does].reset_index(drop=True),
    }


def _belonging(actor_id: str, data: Dataset) -> dict[str, pd.DataFrame]:
    """Return the offices, the groups and the members of an actor, by time."""
    rows = data.frames["memberships"].sort_values("since_earliest")
    rows = rows[(rows["actor_id"] == actor_id) | (rows["group_id"] == actor_id)]
    names = titles(data)
    rows = rows.assign(actor=rows["actor_id"].map(names), group=rows["group_id"].map(names))
    rows = rows[OFFICE].reset_index(drop=True)
    holds = rows["role"] == MembershipRole.OFFICE_HOLDER
    belongs = rows["actor_id"] == actor_id
    chosen = {"offices": holds, "groups": belongs & ~holds, "members": ~belongs & ~holds}
    return {name: rows[each].reset_index(drop=True) for name, each in chosen.items()}
