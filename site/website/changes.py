"""What changed from version to version, row by row: a page for each step from one to the next."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from eastflank.diff import Changes, diff
from eastflank.reader import Dataset
from eastflank.releases import versions
from website.pages import Pages
from website.world import Row, cells

LONG = 200
"""How many letters of a cell the pages show; the whole stands in the CSV beside the page."""

ROWS = 700
"""How many changes of one table stand on its page; the others stand in the CSV beside it."""


@dataclass(frozen=True)
class Step:
    """What changed from one version to the next, by table."""

    changes: Changes
    released: str

    @property
    def path(self) -> str:
        """The folder of its page."""
        return f"releases/{self.changes.new}/"

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many rows came and went, and how many cells changed, by table and change."""
        frame = self.changes.frame
        sizes = frame.dropna(subset="record").groupby(["table", "change"], sort=False).size()
        found: dict[str, dict[str, int]] = {}
        for (table, change), size in sizes.items():
            found.setdefault(str(table), {})[str(change)] = int(size)
        return found

    @property
    def shape(self) -> list[Row]:
        """The tables and columns that came, went, or got another name or type."""
        return cells(self.changes.frame[self.changes.frame["record"].isna()])


def steps(data: Dataset) -> list[Step]:
    """Return the steps from each version to the next that can be opened, the newest first.

    The last is that to the dataset that is shown.
    """
    known = versions()
    at_hand = known[known["at_hand"] & (known["version"] != data.version)]
    opened = [Dataset(version=each) for each in at_hand["version"]]
    days = [f"{day:%Y-%m-%d}" if pd.notna(day) else "" for day in at_hand["released"]]
    return [
        Step(diff(old, new), day)
        for old, new, day in zip(opened, [*opened[1:], data], [*days[1:], ""], strict=True)
    ][::-1]


def write(pages: Pages, found: list[Step]) -> None:
    """Write the list of versions, and for each step its page and all of its changes as CSV."""
    known = versions()
    own = known[known["version"] != pages.world.version]
    pages.page(
        "releases/",
        "releases.html",
        "Releases",
        released=list(reversed(cells(own))),
        steps={step.changes.new: step for step in found},
        fingerprint=pages.world.data.package["fingerprint"],
    )
    for step in found:
        _write_step(pages, step)


def _write_step(pages: Pages, step: Step) -> None:
    """Write the pages of a step: one of the whole, and one for each table."""
    frame = step.changes.frame
    file = f"changes-{step.changes.old}-{step.changes.new}.csv"
    title = f"What changed from {step.changes.old} to {step.changes.new}"
    pages.write(f"{step.path}{file}", frame.to_csv(index=False, lineterminator="\n"))
    pages.page(step.path, "changes.html", title, searched=False, step=step, file=file)
    for table, counts in step.counts.items():
        rows = frame[(frame["table"] == table) & frame["record"].notna()]
        pages.page(
            f"{step.path}{table}/",
            "changes_table.html",
            f"{title}: {table.replace('_', ' ')}",
            searched=False,
            counts=counts,
            size=len(rows),
            rows=cells(_short(rows.head(ROWS))),
            file=file,
        )


def _short(rows: pd.DataFrame) -> pd.DataFrame:
    """Return changes with their long cells cut."""
    return rows.assign(
        **{
            name: rows[name].where(
                ~(rows[name].str.len() > LONG), rows[name].str.slice(0, LONG) + "..."
            )
            for name in ("before", "after")
        }
    )
