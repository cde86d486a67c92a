"""Where it happened: events on the map of NATO's eastern flank, and those elsewhere beside it."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
from altair.typing import ChartType

from eastflank.asked import asked
from eastflank.charts import land
from eastflank.charts.events import happened, some
from eastflank.charts.figure import BLUE, MUTED, RED, Figure
from eastflank.charts.outcomes import days
from eastflank.charts.pairs import by_bloc
from eastflank.charts.tone import known_by, month_slider
from eastflank.charts.words import opened, plural, sources, when
from eastflank.codelists import PlaceKind
from eastflank.reader import Dataset
from eastflank.words import lowered

FORMS = {
    "at a place": "circle",
    "somewhere along a border": "diamond",
    "somewhere in a country": "square",
}
"""How exactly a place is known, each with its shape; all but the first are drawn hollow."""

SIZES = (40, 330)
"""The size of a mark of one event, and of the most, in square pixels."""

ON_MAP, ELSEWHERE, UNKNOWN = "on the map", "elsewhere", "without coordinates"
"""Where a place is shown: on the map, or in one of two lists beside it."""


def located(data: Dataset | None = None) -> pd.DataFrame:
    """Return the places at which events occurred, those with most events first.

    A border stands at the middle of its line, a country at a point inside it. Columns: those of
    `places`; `is`, one of FORMS; `group`, where it is shown; `events`; `first`, the date of the
    earliest in words; and `titles`, some of them. Raises ValueError where no place is known.
    """
    data = opened(data)
    places = data.frames["places"].set_index("place_id")
    exact = places["latitude"].notna()
    forms = {
        PlaceKind.BORDER: "somewhere along a border",
        PlaceKind.COUNTRY: "somewhere in a country",
    }
    named = places["kind"].astype("str").map({str(kind): form for kind, form in forms.items()})
    places["is"] = named.fillna("at a place").mask(exact, "at a place")
    inside = land.countries().reindex(places["country_id"]).set_axis(places.index)
    inside = inside.where(places["kind"] == PlaceKind.COUNTRY)
    for axis in land.LIMITS:
        at_border = land.borders()[axis].reindex(places.index)
        places[axis] = places[axis].fillna(inside[axis]).fillna(at_border)
    shown = pd.Series(ELSEWHERE, places.index).mask(land.is_on_map(places), ON_MAP)
    places["group"] = shown.mask(places["latitude"].isna(), UNKNOWN)
    events = happened(data).dropna(subset="place_id").sort_values("date_earliest")
    if events.empty:
        raise ValueError("there is nothing to draw: no event is known that names its place")
    counts = events.groupby("place_id").agg(
        events=("event_id", "size"), first=("when", "first"), titles=("title", some)
    )
    found = places.join(counts, how="inner").reset_index()
    return found.sort_values(["events", "name"], ascending=[False, True], ignore_index=True)


@asked
def flank(data: Dataset | None = None) -> Figure:
    """Draw where events took place: on a map of NATO's eastern flank, and elsewhere.

    In a notebook a slider shows what was known by any month's end, and the title moves with it.
    Raises ValueError where no event names a place.
    """
    data = opened(data)
    places, ends = located(data), days(data)
    events = happened(data)
    placed = events.merge(places[["place_id", "name", "group", "titles"]], on="place_id")
    placed["month"] = [sum(end < day for end in ends[:-1]) for day in placed["known_from"]]
    titles = {
        month: _finding(placed[placed["month"] <= month], places, f" known by {when(end)}")
        for month, end in enumerate(ends)
    }
    listed = places.assign(said=places["name"] + " " + places["events"].astype("str"))
    listed = listed.groupby(listed["group"].eq(ON_MAP))["said"].agg(", ".join)
    lost = places[places["group"] == UNKNOWN]
    count = int(lost["events"].sum())
    nowhere = int(events["place_id"].isna().sum())
    return Figure(
        _drawn(places, placed, ends, data),
        title=titles[len(ends) - 1],
        alt=f"On the map: {listed.get(True, 'nothing')}. "
        f"Beside it: {listed.get(False, 'nothing')}.",
        source=sources(placed["event_id"], data=data)
        + "; boundaries: Natural Earth (public domain); coordinates: GeoNames (CC BY 4.0)",
        how="Numbers are events. Hollow: the exact place is not known; red: the borders along "
        f"which. Blue land: NATO's members. {plural(len(lost), 'place')} with "
        f"{plural(count, 'event')} {'is' if len(lost) == 1 else 'are'} without coordinates; "
        f"{plural(nowhere, 'event names', 'events name')} no place.",
        data=data,
        datasets={"land": _land(data)},
        control="month",
        titles=titles,
    )


def _land(data: Dataset) -> list[dict]:
    """Return the shapes of the map, each with whether it is the land of an ally."""
    allies = by_bloc(land.countries().index, data)["nato"]
    return [
        shape | {"ally": shape["properties"].get("country") in allies} for shape in land.shapes()
    ]


def _finding(placed: pd.DataFrame, places: pd.DataFrame, by: str) -> str:
    """Return in a sentence how many events lie on the map, and where most of them."""
    if placed.empty:
        return f"No event with a place was{by}"
    here = placed[placed["group"] == ON_MAP]
    found = f"Of {plural(len(placed), 'event')} with a place{by}, "
    lie = "lies" if len(here) < 2 else "lie"
    found += f"{len(here) or 'none'} {lie} on this map of NATO's eastern flank"
    for rows, where in ((here, " of them"), (placed[placed["group"] != ON_MAP], "")):
        if rows.empty:
            continue
        counts = rows["name"].value_counts()
        spot, kinds = str(counts.index[0]), places.set_index("name")["kind"]
        at = f"the {lowered(spot)}" if kinds[spot] == PlaceKind.BORDER else spot
        found += f"{', ' if where else '; '}{counts.iloc[0]}{where} at {at}"
    return found


def _drawn(
    places: pd.DataFrame, placed: pd.DataFrame, ends: list[pd.Timestamp], data: Dataset
) -> alt.HConcatChart:
    """Return the chart of `flank`: the map, and the lists of places that are not on it."""
    lists = [
        _listed(group, rows, places)
        for group, rows in placed[placed["group"] != ON_MAP].groupby("group")
    ]
    beside = [alt.vconcat(*lists)] if lists else []
    picture = alt.hconcat(_map(places, placed, ends, data), *beside)
    return picture.add_params(month_slider(ends))


def _map(
    places: pd.DataFrame, placed: pd.DataFrame, ends: list[pd.Timestamp], data: Dataset
) -> ChartType:
    """Return the map, with its marks and names."""
    shown = places[places["group"] == ON_MAP]
    most = max(int(shown["events"].max()) if len(shown) else 1, 2)
    small, large = SIZES
    shown = shown.assign(size=small + (shown["events"] - 1) * (large - small) / (most - 1))
    names = land.Names(shown)
    sides = [side for side in land.SIDES if side != "over"]
    shown["side"] = [
        names.place(point, said, sides) or names.place(point, said, sides, tight=3) or "right"
        for point in shown.to_dict("records")
        for said in [f"{point['name']} {point['events']}"]
    ]
    codes = land.countries().join(data.frames["actors"].set_index("actor_id")["iso3"], how="inner")
    codes = codes[land.is_on_map(codes)]
    codes = codes[
        [bool(names.place(row, row["iso3"], ["over"])) for row in codes.to_dict("records")]
    ]
    ground = alt.Chart(alt.NamedData(name="land"))
    columns: list[Any] = ["name", "is", "side", "latitude", "longitude", "titles"]
    marks = placed[["place_id", "month"]].merge(shown[["place_id", *columns]], on="place_id")
    marks = alt.Chart(marks[[*columns, "month"]]).transform_filter("datum.month <= month")
    marks = marks.transform_aggregate(count="count()", groupby=columns)
    marks = marks.transform_calculate(label="datum.name + ' ' + datum.count")
    marks = marks.encode(longitude="longitude:Q", latitude="latitude:Q")
    forms = alt.Scale(domain=list(FORMS), range=list(FORMS.values()))
    legend = alt.Legend(orient="top", title=None, symbolFillColor="white")
    size = alt.Scale(domain=[1, most], range=list(SIZES))
    point = {"longitude": "longitude:Q", "latitude": "latitude:Q"}
    return alt.layer(
        ground.transform_filter("isValid(datum.properties.country)")
        .mark_geoshape(stroke="white", strokeWidth=0.8, clip=True)
        .encode(fill=alt.condition("datum.ally", alt.value("#D5E3EE"), alt.value("#EEEBE4"))),
        ground.transform_filter("isValid(datum.properties.place_id)").mark_geoshape(
            filled=False, stroke=RED, strokeWidth=2, clip=True
        ),
        alt.Chart(codes)
        .mark_text(clip=True, fontSize=9, color="#8A8A8A")
        .encode(**point, text="iso3:N"),
        marks.mark_point(strokeWidth=1.5, color=BLUE, fill=BLUE, opacity=1).encode(
            size=alt.Size("count:Q", scale=size, legend=None),
            shape=alt.Shape("is:N", scale=forms, legend=legend),
            fillOpacity=alt.condition("datum.is == 'at a place'", alt.value(0.85), alt.value(0.1)),
            tooltip=["name:N", "count:Q", "titles:N"],
        ),
        *(
            marks.transform_filter(f"datum.side == '{side}'")
            .mark_text(
                align=land.SIDES[side].align,
                dx=land.SIDES[side].across,
                dy=land.SIDES[side].down,
                fontSize=10,
            )
            .encode(text="label:N")
            for side in sides
        ),
        known_by(ends).encode(x=alt.value(land.WIDE), y=alt.value(0)),
        width=land.WIDE,
        height=land.HIGH,
    ).project(
        type="conicConformal",
        rotate=[-land.MIDDLE, 0, 0],
        center=[0, 53],
        parallels=[46, 60],
        scale=land.SCALE,
        translate=[land.WIDE / 2, land.HIGH / 2],
    )


def _listed(group: str, rows: pd.DataFrame, places: pd.DataFrame) -> ChartType:
    """Return the list of places that are not on the map, with a bar for their events."""
    names = list(places.loc[places["group"] == group, "name"])
    most = int(places.loc[places["group"] != ON_MAP, "events"].max())
    bars = (
        alt.Chart(rows[["name", "month", "titles"]])
        .transform_filter("datum.month <= month")
        .transform_aggregate(count="count()", groupby=["name", "titles"])
        .encode(
            alt.X("count:Q", axis=None, scale=alt.Scale(domain=[0, most * 1.4])),
            alt.Y(
                "name:N",
                scale=alt.Scale(domain=names),
                title=None,
                axis=alt.Axis(domain=False, ticks=False, labelLimit=165, labelFontSize=10),
            ),
            tooltip=["name:N", "count:Q", "titles:N"],
        )
    )
    numbers = bars.mark_text(align="left", dx=3, fontSize=10).encode(text="count:Q")
    title = alt.Title(str(group), anchor="start", frame="bounds", fontSize=12)
    return alt.layer(bars.mark_bar(height=9, color=MUTED), numbers).properties(
        width=55, height=alt.Step(13), title=title
    )
