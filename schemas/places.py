"""The contract of `places`."""

import pandas as pd
import pandera.pandas as pa

from eastflank.codelists import PlaceKind
from schemas.base import Table, row_rule
from schemas.columns import NOT_APPLICABLE, NOT_FOUND, code, key, number, reference, text


class Places(Table):
    """A row is a place where something happened or is to happen.

    How it is coded: as narrow as a source allows. Coordinates are those of a gazetteer, named in
    the note, and stand only for what a point can represent; a border, sea or region has none.

    Known weaknesses: a place of kind `country` says that no source was more exact,
    not that it happened all over it.
    """

    place_id: str = key("The place's id.")
    name: str = text("Its common English name.")
    kind: pa.Category = code(PlaceKind, "What sort of place it is.")
    country_id: str = reference(
        "actors", "The state whose territory it is.", missing=(NOT_APPLICABLE,)
    )
    latitude: pd.Float64Dtype = number(
        "Latitude in WGS 84.",
        unit="degrees",
        at_least=-90,
        at_most=90,
        missing=(NOT_APPLICABLE, NOT_FOUND),
    )
    longitude: pd.Float64Dtype = number(
        "Longitude in WGS 84.",
        unit="degrees",
        at_least=-180,
        at_most=180,
        missing=(NOT_APPLICABLE, NOT_FOUND),
    )
    note: str = text(
        "The gazetteer of the coordinates, and what else a reader should know.",
        written="sentences",
        optional=True,
    )

    @row_rule("longitude")
    def coordinates_come_in_pairs(cls, places):
        """a place has both coordinates or neither"""
        return places["latitude"].notna() == places["longitude"].notna()

    @row_rule("kind")
    def only_a_point_has_coordinates(cls, places):
        """a city or a site has coordinates, or none were found; for any other place they are
        `not-applicable`
        """
        point = places["kind"].isin([PlaceKind.CITY, PlaceKind.SITE])
        return point == (places["latitude_missing"] != NOT_APPLICABLE).fillna(True).astype(bool)
