"""The land around NATO's eastern flank, and where a name fits on its map."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pandas as pd

LAND = Path(__file__).with_name("eastern-flank.geojson")
"""Countries and two borders, after Natural Earth; the file tells how it was made."""

LIMITS = {"latitude": (44, 61.5), "longitude": (13, 40)}
"""What the map shows, in degrees."""

SCALE, WIDE, HIGH, MIDDLE = 1270, 385, 425, 26.5
"""The scale of the projection, the size of the map in pixels, and the meridian in its middle."""

LETTER = 5.3
"""How wide a letter is, in pixels."""


class Side(NamedTuple):
    """Where a name stands: how far from its point, how it is aligned, what is left of the point."""

    across: int
    down: int
    align: Literal["left", "center", "right"]
    share: float


SIDES = {
    "right": Side(10, 0, "left", 0),
    "left": Side(-10, 0, "right", -1),
    "above": Side(0, -14, "center", -0.5),
    "below": Side(0, 14, "center", -0.5),
    "right above": Side(5, -13, "left", 0),
    "right below": Side(5, 13, "left", 0),
    "left above": Side(-5, -13, "right", -1),
    "left below": Side(-5, 13, "right", -1),
    "over": Side(0, 0, "center", -0.5),
}
"""The sides of a point on which its name can stand, the best first; `over` it stand countries."""


@cache
def shapes() -> tuple[dict, ...]:
    """Return the countries and borders, as GeoJSON has them."""
    return tuple(json.loads(LAND.read_text(encoding="utf-8"))["features"])


def countries() -> pd.DataFrame:
    """Return a point inside each country, by its actor_id: `longitude` and `latitude`."""
    known = [shape["properties"] for shape in shapes() if "country" in shape["properties"]]
    return pd.DataFrame(known).set_index("country")[["longitude", "latitude"]]


def borders() -> pd.DataFrame:
    """Return the middle of each border, by its place_id: `longitude` and `latitude`."""
    middles = {}
    for shape in shapes():
        if "place_id" in shape["properties"]:
            points = shape["geometry"]["coordinates"]
            middles[shape["properties"]["place_id"]] = points[len(points) // 2]
    return pd.DataFrame.from_dict(middles, orient="index", columns=["longitude", "latitude"])


def is_on_map(points: pd.DataFrame) -> pd.Series:
    """Return which points lie on the map."""
    return pd.concat(
        [points[axis].between(low, high) for axis, (low, high) in LIMITS.items()], axis=1
    ).all(axis=1)


class Names:
    """The names on the map, each beside its point, and none over another or over a mark."""

    def __init__(self, points: pd.DataFrame):
        """Take the places of marks: of points with their `size` in square pixels."""
        self._taken = []
        for point in points.to_dict("records"):
            (x, y), reach = _pixel(point), math.sqrt(point["size"]) / 2 + 1
            self._taken.append((x - reach, y - reach, x + reach, y + reach))
        # Red lines, beside which names are to stand and not on them.
        for shape in shapes():
            if "place_id" not in shape["properties"]:
                continue
            for longitude, latitude in shape["geometry"]["coordinates"]:
                x, y = _pixel({"longitude": longitude, "latitude": latitude})
                self._taken.append((x - 2, y - 2, x + 2, y + 2))

    def place(
        self, point: dict[str, Any], name: str, sides: list[str], tight: int = 0
    ) -> str | None:
        """Return the first of some sides on which a name hits nothing, and take it; or None.

        With `tight` it may come nearer to others, by so many pixels.
        """
        x, y = _pixel(point)
        for side in sides:
            across, down, _, share = SIDES[side]
            left = x + across + share * LETTER * len(name)
            high, right = 6 - tight, left + LETTER * len(name) - tight
            box = (left + tight, y + down - high, right, y + down + high)
            if not any(_overlap(box, other) for other in self._taken):
                self._taken.append(box)
                return side
        return None


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[2] >= other[0] and other[2] >= one[0] and one[3] >= other[1] and other[3] >= one[1]


def _pixel(point: dict[str, Any]) -> tuple[float, float]:
    """Return about where a point is drawn."""
    degree = SCALE * math.pi / 180
    across = (point["longitude"] - MIDDLE) * math.cos(math.radians(point["latitude"]))
    return across * degree, -point["latitude"] * degree
