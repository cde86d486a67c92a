"""Where a commitment stands: the one function by which its status follows from its milestones and due dates."""

import pandas as pd

FOLLOWS = {
    "announced": "announced",
    "funded": "in-progress",
    "contracted": "in-progress",
    "started": "in-progress",
    "progressed": "in-progress",
    "delayed": "delayed",
    "partly-met": "partly-met",
    "met": "met",
    "missed": "missed",
    "withdrawn": "withdrawn",
    "superseded": "superseded",
}
"""The status that each kind of milestone brings about; reaffirming or revising a commitment does not change its status."""

OPEN = ("announced", "in-progress", "delayed", "partly-met")
"""The statuses in which a commitment can become overdue."""

REVISED = {"value": ["value"], "due": ["due", "due_earliest", "due_latest", "due_precision"]}
"""What a revision can change of a target, each with the columns that tell it."""


def status(milestones: pd.DataFrame, targets: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the status of each commitment on a day; if `as_of` is NaT, after all milestones that there are.

    The latest milestone up to that day decides, and of several that begin on one day the one whose kind stands last in the
    codelist; one of which only the end is dated counts from that. A commitment that is still open becomes `overdue` when
    every target of it has a last due day and all of these have passed. A due date counts as it was last revised by then.

    Takes the tables `milestones` and `targets` as `eastflank.load` gives them. Returns a frame indexed by `commitment_id`
    with the columns `status` and `status_date`, the day from which it holds; commitments with no milestone by then are
    left out.
    """
    turns = up_to(milestones, as_of)
    due = _last_due_day(in_force(targets, turns))
    turns = (
        turns[turns["kind"].isin(FOLLOWS)]
        .drop_duplicates("commitment_id", keep="last")
        .set_index("commitment_id")
    )
    found = pd.DataFrame(
        {
            "status": turns["kind"].astype("str").map(FOLLOWS).astype("str"),
            "status_date": turns["date_latest"].fillna(turns["began"]),
        }
    )
    due = due.reindex(found.index)
    overdue = found["status"].isin(OPEN) & (due < as_of)
    return found.mask(overdue, pd.DataFrame({"status": "overdue", "status_date": due}))


def in_order(milestones: pd.DataFrame) -> pd.DataFrame:
    """Return milestones by commitment and in the order in which they came, with the day on which each `began`."""
    began = milestones["date_earliest"].fillna(milestones["date_latest"])
    return milestones.assign(began=began).sort_values(["commitment_id", "began", "kind"])


def up_to(milestones: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the milestones that had begun by a day, or all if it is NaT, in order."""
    turns = in_order(milestones)
    return turns[(turns["began"] <= as_of) | pd.isna(as_of)]


def in_force(targets: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """Return targets with the value and the due date that hold after the revisions among some milestones in order."""
    changed = targets.copy()
    for what, columns in REVISED.items():
        last = (
            turns.dropna(subset=["target_id", what])
            .drop_duplicates("target_id", keep="last")
            .set_index("target_id")
        )
        rows = changed["target_id"].isin(last.index)
        for column in columns:
            changed.loc[rows, column] = (
                last[column].reindex(changed.loc[rows, "target_id"]).to_numpy()
            )
    return changed


def _last_due_day(targets: pd.DataFrame) -> pd.Series:
    """Return the day by which all of a commitment's targets fall due, by commitment; null where one of them has none."""
    dates = targets.groupby("commitment_id")["due_latest"]
    return dates.max().where(dates.count() == dates.size())
