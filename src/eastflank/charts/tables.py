"""How the tables join, and what each source reports of one field."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from eastflank.asked import asked
from eastflank.charts.figure import INK, Figure
from eastflank.charts.words import listed, opened, plural, sources, stances, titles, when
from eastflank.reader import Dataset
from eastflank.words import nearest


def references(data: Dataset | None = None) -> pd.DataFrame:
    """Return by which columns tables refer to others: one row a table and another.

    Derived columns repeat ids of others and are left out. Columns: table, to, columns, `how_many`.
    """
    columns = opened(data).codebook()
    refers = columns[(columns["reference"] != "") & (columns["derived"] == "")]
    refers = refers.assign(to=refers["reference"].str.split(".").str[0])
    pairs = refers.groupby(["table", "to"])["column"]
    return pairs.agg(columns=", ".join, how_many="size").reset_index()


@asked
def joins(data: Dataset | None = None) -> Figure:
    """Draw which tables carry ids of which others, and in which columns."""
    data = opened(data)
    refers = references(data)
    leading = refers.groupby("to")["how_many"].sum().sort_values(ascending=False)
    bare: dict[str, Any] = {"domain": False, "ticks": False}
    cells = alt.Chart(refers, width=520, height=alt.Step(24)).encode(
        alt.X("to:N", title="the table whose id it is").axis(orient="top", labelAngle=0, **bare),
        alt.Y("table:N", title="a table that carries the id").axis(**bare),
        tooltip=["table:N", "columns:N", "to:N"],
    )
    return Figure(
        cells.mark_rect(color="#D6E6F2", stroke="white")
        + cells.mark_text(fontSize=10, color=INK).encode(text="columns:N"),
        title=f"{refers['table'].nunique()} tables join by {refers['how_many'].sum()} columns, "
        f"{leading.iloc[0]} of which lead to {leading.index[0]}",
        alt="; ".join(f"{row.table}: {row.columns} to {row.to}" for row in refers.itertuples())
        + ".",
        source="the codebook of the dataset",
        data=data,
    )


@asked
def reports(record_id: str, field: str, data: Dataset | None = None) -> Figure:
    """Draw what each source reports of a date of a record, beside what was stated first.

    Raises ValueError where there is no such record, or nobody reports a date in that field.
    """
    data = opened(data)
    table = data.table_of(record_id)
    said = data.frames["evidence"]
    said = said[(said["record_table"] == table) & (said["record_id"] == record_id)]
    dated = said.dropna(subset="reported_earliest")
    dated = dated.assign(field=dated["field"].str.removeprefix("stated_"))
    known = list(dated["field"].unique())
    if field not in known:
        raise ValueError(
            f"no source reports a date in {field!r} of {record_id!r}{nearest(field, known)}"
        )
    about = data.frames["sources"][["source_id", "publisher", "title", "published"]]
    dated = dated[dated["field"] == field].merge(about, on="source_id")
    dated = dated.sort_values("published", ignore_index=True).astype({"stance": "str"})
    votes = dated.groupby("reported")["publisher"].nunique().sort_values(ascending=False)
    saying = [
        f"{plural(count, 'publisher says', 'publishers say')} {when(date)}"
        for date, count in votes.items()
    ]
    each = [f"{row.publisher} {row.stance}: {when(row.reported)}" for row in dated.itertuples()]
    return Figure(
        _drawn(dated, field),
        title=f"{titles(data)[record_id]}, {_asked(field)} {listed(saying, 9)}",
        alt=f"{'; '.join(each)}.",
        source=sources(source_ids=dated["source_id"], data=data),
        how="A bar covers the time that the source means: a year is a span, and so is a fiscal "
        "year.",
        data=data,
    )


def _asked(field: str) -> str:
    return "by when?" if field == "due" else "when?" if field == "date" else f"{field}?"


def _drawn(dated: pd.DataFrame, field: str) -> alt.Chart:
    """Return the chart of `reports`: a line a publisher."""
    columns = ["publisher", "title", "published", "stance", "reported"]
    # A day is too short to be seen as a bar.
    ends = dated["reported_latest"].fillna(dated["reported_earliest"]) + pd.Timedelta(days=1)
    shown = dated[[*columns, "reported_earliest"]].assign(until=ends)
    bars = alt.Chart(shown, width=380, height=alt.Step(22)).mark_bar(height=10, opacity=0.7)
    return bars.encode(
        alt.X("reported_earliest:T", title=f"reported: {field}").axis(tickCount=8),
        alt.Y("publisher:N", sort=list(shown["publisher"].unique()), title=None).axis(
            labelLimit=260, grid=True
        ),
        x2="until:T",
        color=alt.Color("stance:N", title="to what was stated first", scale=stances()).legend(
            orient="top", symbolType="square"
        ),
        tooltip=columns,
    )
