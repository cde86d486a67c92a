"""Promises by month, in a form that joins with panels of countries."""

from __future__ import annotations

import pandas as pd

from eastflank.asked import asked
from eastflank.codelists import CommitmentRole
from eastflank.reader import Dataset, default
from eastflank.titles import titles

COLUMNS = ["outcome_id", "month", "year", "standing", "standing_known", "commitment_id"]
COLUMNS += ["commitment", "target_id", "target", "actor_id", "actor", "iso3", "gw_code", "cow_code"]


@asked
def panel(*, as_of: object = None, data: Dataset | None = None) -> pd.DataFrame:
    """Return each outcome at every month's end since it was promised, with who owes it.

    One row an outcome and a month, as in the table `panel`. `standing` is how it stood by all that
    is known now, `standing_known` how it stood by what was known on that day. Besides: `year`; the
    titles of commitment and target; and the actor that owes it, with its ISO, Gleditsch-Ward and
    Correlates of War codes, to join with panels of countries by code and year. The actor and its
    codes are missing where several owe it together. `as_of` gives the panel as of a day; `data` is
    the dataset, else the installed one.

    >>> rows = panel().query("outcome_id == 'can-2pct-gdp-level' and year == 2025")
    >>> rows[["iso3", "month", "standing", "standing_known"]].iloc[-1].astype("str").to_list()
    ['CAN', '2025-12-31 00:00:00', 'met', 'pending']
    """
    data = (data or default()).at(as_of)
    rows = data.load("panel")
    outcomes = data.frames["outcomes"][["outcome_id", "commitment_id", "target_id", "actor_id"]]
    parts = data.frames["commitment_actors"]
    parts = parts[parts["role"] == CommitmentRole.PROMISOR]
    sole = parts.drop_duplicates("commitment_id", keep=False)
    sole = sole.set_index("commitment_id")["actor_id"]
    actor = outcomes["actor_id"].fillna(outcomes["commitment_id"].map(sole))
    named = titles(data)
    targets = data.frames["targets"].set_index("target_id")["title"]
    outcomes = outcomes.assign(
        actor_id=actor,
        commitment=outcomes["commitment_id"].map(named),
        target=outcomes["target_id"].map(targets),
        actor=actor.map(named),
    )
    codes = data.frames["actors"][["actor_id", "iso3", "gw_code", "cow_code"]]
    outcomes = outcomes.merge(codes, on="actor_id", how="left")
    made = rows.merge(outcomes, on="outcome_id", how="left").assign(year=rows["month"].dt.year)
    made = made.astype(dict.fromkeys(["commitment", "target", "actor"], "str") | {"year": "int64"})
    made.attrs = data.attrs("panel")
    return made[COLUMNS]
