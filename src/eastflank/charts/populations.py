"""Shares that are of something: what came of the promises of each corpus, with its n."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

import altair as alt
import pandas as pd

from eastflank.asked import asked
from eastflank.charts.figure import INK, Figure
from eastflank.charts.outcomes import (
    PROVISIONAL,
    STANDINGS,
    WHY_PROVISIONAL,
    firmness,
    solidity,
    tally,
    with_solidity,
)
from eastflank.charts.words import labels, listed_ids, opened, plural, sources
from eastflank.codelists import Standing
from eastflank.corpora import counted
from eastflank.reader import Dataset

PALE = (Standing.PARTLY_MET, Standing.UNVERIFIED, Standing.OVERDUE, Standing.REVERSED)
"""The standings in whose colour a number is dark, as it is in all that is drawn hollow."""


@asked
def shares(corpus_ids: str | Iterable[str] | None = None, data: Dataset | None = None) -> Figure:
    """Draw which share of each corpus, of all, of some or of one, has come to each standing.

    Only what was coded whole has a denominator: there is a bar for each corpus, and none for all of
    them. Raises ValueError where there is no such corpus, or nothing of any is counted.
    """
    data = opened(data)
    corpora = data.frames["corpora"].set_index("corpus_id")
    ids = listed_ids(list(corpora.index) if corpus_ids is None else corpus_ids)
    every = {corpus_id: counted(corpus_id, data=data) for corpus_id in ids}
    every = {corpus_id: rows for corpus_id, rows in every.items() if len(rows)}
    if not every:
        raise ValueError("there is nothing to draw: no corpus is known of which anything counts")
    every = {
        corpus_id: rows.assign(firmness=firmness(rows), corpus=_named(corpora.loc[corpus_id], rows))
        for corpus_id, rows in every.items()
    }
    counts = "; ".join(
        f"{corpora.loc[corpus_id, 'title']}: {plural(len(rows), 'outcome')}, {tally(rows, data)}"
        for corpus_id, rows in every.items()
    )
    rows = pd.concat(every.values(), ignore_index=True)
    return Figure(
        _drawn(_parts(rows, data), labels("Standing", data)),
        title=_finding({corpora.loc[each, "title"]: rows for each, rows in every.items()}),
        alt=f"A bar for each corpus, cut into the shares of its outcomes by standing. {counts}.",
        source=sources(
            rows["commitment_id"].unique(), corpora.loc[list(every), "source_id"].dropna(), data
        ),
        how="Numbers are outcomes: what became of each target, or of a promise that has none. "
        f"Shares are of one corpus, and of no other. Hollow: provisional; {WHY_PROVISIONAL}.",
        data=data,
    )


def _finding(every: dict[str, pd.DataFrame]) -> str:
    """Return in a sentence in which corpus most outcomes are met, and in which fewest."""
    met = {title: rows["standing"].eq(Standing.MET).mean() for title, rows in every.items()}
    said = []
    for title in dict.fromkeys(
        [min(met, key=lambda each: met[each]), max(met, key=met.__getitem__)]
    ):
        rows = every[title]
        weak = int((rows["standing"].eq(Standing.MET) & rows["firmness"].eq(PROVISIONAL)).sum())
        more = f", {weak} of them provisionally" if weak else ""
        pending = int(rows["standing"].eq(Standing.PENDING).sum())
        more += f", {pending} still open" if pending else ""
        said.append(f"{met[title]:.0%} of {plural(len(rows), 'outcome')}{more} ({title})")
    if len(said) == 1:
        return f"Met: {said[0]}"
    return f"Met: from {said[0]} to {said[1]}"


def _named(corpus: pd.Series, rows: pd.DataFrame) -> str:
    """Return what stands at the head of a bar: the title of a corpus, its n, what is missing."""
    lines = textwrap.wrap(corpus["title"], 40)
    words = f"n = {len(rows)}{'' if corpus['whole'] else ', not all of it could be read'}"
    return "\n".join([*lines, words])


def _parts(rows: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Return the parts of the bars: one row a corpus, standing and firmness, with its place."""
    parts = rows.astype({"standing": "str"}).groupby(["corpus", "standing", "firmness"], sort=False)
    parts = parts.size().rename("n").reset_index()
    parts["place"] = parts["standing"].map([str(code) for code in STANDINGS].index)
    parts["row"] = parts["corpus"].map(
        {name: row for row, name in enumerate(rows["corpus"].unique())}
    )
    # The firm ones of a standing come before the provisional ones.
    parts = parts.sort_values(["row", "place", "firmness"], ignore_index=True)
    bars = parts.groupby("row")["n"]
    parts["of"] = bars.transform("sum")
    parts["to"] = bars.cumsum() / parts["of"]
    parts["from"] = parts["to"] - parts["n"] / parts["of"]
    parts["middle"], parts["share"] = (parts["to"] + parts["from"]) / 2, parts["n"] / parts["of"]
    pale = parts["standing"].isin([str(code) for code in PALE]) | parts["firmness"].eq(PROVISIONAL)
    named = labels("Standing", data)
    return parts.assign(
        ink=pale.map({True: INK, False: "white"}), says=parts["standing"].map(named)
    )


def _drawn(parts: pd.DataFrame, named: pd.Series) -> alt.LayerChart:
    """Return the chart of `shares`: a bar a corpus, cut into parts."""
    present = set(parts["standing"])
    shown = {str(code): colour for code, colour in STANDINGS.items() if code in present}
    scale = alt.Scale(domain=list(shown), range=list(shown.values()))
    in_words = "".join(f"datum.value == '{code}' ? '{named[code]}' : " for code in shown) + "''"
    legend = alt.Legend(
        orient="top", title=None, symbolType="square", columns=5, labelExpr=in_words
    )
    axis = alt.Axis(
        labelExpr="split(datum.label, '\\n')",
        domain=False,
        ticks=False,
        labelLimit=300,
        labelOffset=-8,
    )
    drawn = alt.Chart(parts).encode(
        y=alt.Y("corpus:N", sort=list(parts["corpus"].unique()), title=None, axis=axis)
    )
    share = alt.Axis(format="%", tickCount=5)
    bars = drawn.mark_bar(size=24, strokeWidth=1).encode(
        alt.X("from:Q", title="share of the outcomes of the corpus", axis=share),
        x2="to:Q",
        fill=alt.Fill("standing:N", scale=scale, legend=legend),
        stroke=alt.Stroke("standing:N", scale=scale, legend=None),
        fillOpacity=solidity(),
        tooltip=[
            "corpus:N",
            "says:N",
            "firmness:N",
            alt.Tooltip("n:Q", title="outcomes"),
            alt.Tooltip("share:Q", format=".0%"),
        ],
    )
    numbers = drawn.transform_filter("datum.share > 0.03").mark_text(fontWeight="bold")
    numbers = numbers.encode(
        alt.X("middle:Q"), text="n:Q", color=alt.Color("ink:N", scale=None, legend=None)
    )
    return with_solidity(bars, numbers).properties(width=440, height=alt.Step(52))
