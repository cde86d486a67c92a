"""Numbers that were promised with their parts, beside what was reported of them afterwards."""

from __future__ import annotations

import altair as alt
import pandas as pd

from eastflank.asked import asked
from eastflank.charts.figure import BLUE, INK, MUTED, SKY, Figure
from eastflank.charts.outcomes import PROVISIONAL, firmness, tally
from eastflank.charts.words import (
    actor_id_of,
    labels,
    names,
    opened,
    plural,
    sources,
    voices,
    when,
)
from eastflank.codelists import CommitmentRole
from eastflank.reader import Dataset
from eastflank.words import nearest

IS = {"the whole": BLUE, "a part of it": SKY}
"""What a bar can be, with its colour."""

OF_IT, LIKE_IT = "a report of this promise", "a report of the same measure, of no promise"
"""What a tick can be: an observation that names the target, or one that only could mean it."""


def promised_parts(actor_id: str, unit: str, data: Dataset | None = None) -> pd.DataFrame:
    """Return the targets of an actor's commitments, in one unit, that have parts or are parts.

    The whole comes first, and the oldest promise. Columns: those of `targets`, the commitment and
    its date in words as `promise`, `date_earliest`, and `is`, one of IS.
    """
    frames = opened(data).frames
    parts = frames["commitment_actors"]
    parts = parts[(parts["role"] == CommitmentRole.PROMISOR) & (parts["actor_id"] == actor_id)]
    made = frames["commitments"][["commitment_id", "title", "date", "date_earliest"]]
    made = made[made["commitment_id"].isin(parts["commitment_id"])]
    targets = frames["targets"]
    targets = targets[targets["unit"] == unit].merge(
        made.rename(columns={"title": "promise"}), on="commitment_id"
    )
    targets = targets[
        targets["component_of"].notna() | targets["target_id"].isin(targets["component_of"])
    ]
    whole = targets["component_of"].isna()
    targets["is"] = whole.map({True: "the whole", False: "a part of it"})
    targets["promise"] = targets["promise"] + ", " + targets["date"].map(when)
    order = ["date_earliest", "commitment_id", "is", "target_id"]
    return targets.sort_values(order, ascending=[True, True, False, True], ignore_index=True)


def reported_since(
    promised: pd.DataFrame, actor_id: str, data: Dataset | None = None
) -> pd.DataFrame:
    """Return what was observed of promised numbers since the promise.

    One row an observation and target: target_id, title, promise; of the observation period, value,
    publisher, source_id; and `tells`: OF_IT where it names the target, else LIKE_IT, for one of the
    same measure and actor from before the next promise of that measure.
    """
    frames = opened(data).frames
    seen = frames["observations"].merge(
        frames["sources"][["source_id", "publisher"]], on="source_id"
    )
    seen["measure"] = seen["measure"].astype("str")
    aims = promised.astype({"measure": "str"})
    begun = aims[["measure", "date_earliest"]].drop_duplicates().sort_values("date_earliest")
    begun["next"] = begun.groupby("measure")["date_earliest"].shift(-1)
    aims = aims.merge(begun, on=["measure", "date_earliest"])
    aims = aims[["target_id", "title", "promise", "measure", "date_earliest", "next"]]
    named = aims.merge(seen.drop(columns="measure"), on="target_id")
    like = seen[seen["target_id"].isna() & (seen["actor_id"] == actor_id)]
    like = aims.merge(like.drop(columns="target_id"), on="measure")
    like = like[~(like["period_earliest"] >= like["next"])]
    found = pd.concat([named.assign(tells=OF_IT), like.assign(tells=LIKE_IT)], ignore_index=True)
    since = found["period_latest"] >= found["date_earliest"]
    columns = ["target_id", "title", "promise", "period", "period_latest", "value", "publisher"]
    found = found.loc[since, [*columns, "source_id", "tells"]]
    return found.sort_values(["target_id", "tells", "period_latest"], ignore_index=True)


@asked
def components(actor_id: str, unit: str = "persons", data: Dataset | None = None) -> Figure:
    """Draw the numbers that an actor promised with their parts, beside what was reported since.

    `actor_id` may be its id, its name or its ISO code: "poland", "Poland" or "POL". Raises
    ValueError where no number of it in that unit has parts.
    """
    data = opened(data)
    actor_id, units = actor_id_of(actor_id, data), labels("Unit", data)
    if unit not in units:
        raise ValueError(
            f"there is no unit {unit!r}{nearest(unit, units.index)}; "
            "eastflank.load('codes') lists them, as those of Unit"
        )
    promised = promised_parts(actor_id, unit, data)
    if promised.empty:
        raise ValueError(
            f"no number in {unit} that {actor_id!r} promised has parts; "
            f"{_with_parts(data) or 'no other has either'}"
        )
    seen = reported_since(promised, actor_id, data)
    promised["evidence"] = promised["target_id"].map(voices(promised["target_id"], data))
    came = _came(promised, actor_id, data)
    [name] = names(actor_id, data)
    reports = "; ".join(
        f"{row.title}: {row.value:,.0f} in {when(row.period)} ({row.publisher})"
        for row in seen[seen["tells"] == OF_IT].itertuples()
    )
    return Figure(
        _drawn(promised, seen, came, units[unit].lower()),
        title=f"{name}: {_finding(came, data)}",
        alt="; ".join(
            f"{row.promise}: {row.title}, {row.words.lower()}" for row in came.itertuples()
        )
        + f". Reported of them since: {reports or 'nothing'}.",
        source=sources(promised["commitment_id"].unique(), seen["source_id"], data),
        how="Bars: what was promised; the parts add up to the whole. On the right: what came of "
        "it. Ticks: what sources reported afterwards, black where they speak of this very "
        "promise; the others could mean more, or somebody else, and are not held against it.",
        data=data,
    )


def _drawn(
    promised: pd.DataFrame, seen: pd.DataFrame, came: pd.DataFrame, in_words: str
) -> alt.VConcatChart:
    """Return the chart of `components`: a panel a promise, a bar a number of it."""
    top = float(pd.concat([promised["value_high"], seen["value"]]).max())
    scale, axis = alt.Scale(domain=[0, top]), alt.Axis(format=",d", tickCount=6)
    shades = alt.Scale(domain=[*IS, OF_IT, LIKE_IT], range=[*IS.values(), INK, MUTED])
    legend = alt.Legend(orient="top", title=None, columns=2, labelLimit=0, symbolType="square")
    colour = alt.Color("is:N", scale=shades, legend=legend)
    tells = alt.Color("tells:N", scale=shades, legend=None)
    names_axis = alt.Axis(labelLimit=270, minExtent=185, domain=False, ticks=False)
    panels = []
    for promise, rows in promised.groupby("promise", sort=False):
        line = alt.Y("title:N", sort=list(rows["title"]), title=None, axis=names_axis)

        def at(field: str) -> alt.X:
            return alt.X(field, scale=scale, axis=axis, title=in_words)

        bars = alt.Chart(rows[["title", "value_low", "stated_value", "due", "is", "evidence"]])
        ticks = alt.Chart(
            seen.loc[seen["promise"] == promise, ["title", "value", "period", "publisher", "tells"]]
        )
        panels.append(
            alt.layer(
                bars.mark_bar(height=13).encode(
                    at("value_low:Q"),
                    line,
                    colour,
                    tooltip=["title:N", "value_low:Q", "stated_value:Q", "due:N", "evidence:N"],
                ),
                *(
                    ticks.transform_filter(f"datum.tells == '{words}'")
                    .mark_tick(thickness=3, size=size)
                    .encode(
                        at("value:Q"),
                        line,
                        color=tells,
                        tooltip=["period:N", "value:Q", "publisher:N", "tells:N"],
                    )
                    for words, size in ((LIKE_IT, 12), (OF_IT, 18))
                ),
                alt.Chart(came.loc[came["promise"] == promise, ["title", "words"]])
                .mark_text(align="left", fontSize=10)
                .encode(line, x=alt.value(378), text="words:N"),
                width=370,
                height=alt.Step(20),
                title=alt.Title(promise, anchor="start", fontSize=12),
            )
        )
    return alt.vconcat(*panels)


def _with_parts(data: Dataset) -> str:
    """Return in words who promised numbers with parts, and in which unit."""
    parts = data.frames["commitment_actors"]
    promisors = parts.loc[parts["role"] == CommitmentRole.PROMISOR, ["commitment_id", "actor_id"]]
    targets = data.frames["targets"].dropna(subset="component_of")
    rows = targets.merge(promisors, on="commitment_id")[["actor_id", "unit"]].drop_duplicates()
    said = [f"{row.actor_id} in {row.unit}" for row in rows.sort_values("actor_id").itertuples()]
    return f"these have: {', '.join(said)}" if said else ""


def _came(promised: pd.DataFrame, actor_id: str, data: Dataset) -> pd.DataFrame:
    """Return what came of each promised number, as `tracker` has it, in the order of the promises.

    Two columns are added: `firmness`, and `words`, the standing for the end of its line.
    """
    owed = data.frames["outcomes"].set_index("outcome_id")["actor_id"]
    tracker = data.frames["tracker"]
    tracker = tracker[tracker["tracker_id"].map(owed).fillna(actor_id) == actor_id]
    came = promised[["target_id", "title", "promise"]].merge(tracker, on="target_id")
    came["firmness"] = firmness(came)
    words = came["standing"].map(labels("Standing", data)).astype("str")
    came["words"] = words.mask(came["firmness"] == PROVISIONAL, words + ", provisionally")
    return came


def _finding(came: pd.DataFrame, data: Dataset) -> str:
    """Return in words what came of promised numbers, and which stand below what was promised."""
    short = came[came["observed_value"] < came["current_value"]]
    which = [
        f"{row.title}: {row.observed_value:,.0f} in {when(row.observed_period)}"
        for row in short.itertuples()
    ]
    return "; ".join([f"{plural(len(came), 'number')} promised, {tally(came, data)}", *which])
