"""What is worth a second look without being wrong for certain: the warnings of a check.

A warning is a rule whose breach stops nothing, unless the check is strict.
A row whose note explains why it is as it is is left alone by those warnings that say so.
"""

import json
from functools import cache
from pathlib import Path

import pandas as pd

from eastflank.claims import STANDS_BEHIND
from eastflank.codelists import (
    CommitmentRole,
    Comparator,
    MembershipRole,
    Unit,
)
from eastflank.version import CLOSING
from schemas.rules.base import is_in, look_up, none_of, warning

_YEARS_AHEAD = pd.Timedelta(days=30 * 366)
_LONGEST_OFFICE = pd.Timedelta(days=20 * 366)

BORDERS = Path(__file__).resolve().parents[2] / "src/eastflank/charts/eastern-flank.geojson"
"""The borders that are at hand; places of other countries are not judged."""


def _explained(frame: pd.DataFrame) -> pd.Series:
    return frame["note"].notna()


@warning("targets", "due")
def a_due_date_lies_within_thirty_years(targets, commitments):
    """a target falls due within thirty years of its promise"""
    made = look_up(targets["commitment_id"], commitments, "date_earliest")
    return ~(targets["due_latest"] - made > _YEARS_AHEAD) | _explained(targets)


@warning("targets", "value")
def a_promise_is_of_more_than_nothing(targets):
    """a number of things, people or money that is promised is more than 0; 0 is not unknown"""
    given = targets["comparator"].isin([Comparator.EXACTLY, Comparator.AT_LEAST, Comparator.UP_TO])
    nothing = (targets["value_low"] <= 0).fillna(False) & (targets["unit"] != Unit.DATE)
    return ~(given & nothing) | _explained(targets)


@warning("memberships", "since")
def an_office_has_begun_and_lasts_at_most_twenty_years(memberships):
    """an office has begun by the closing day and is held for at most twenty years"""
    held = memberships["role"] == MembershipRole.OFFICE_HOLDER
    today = pd.Timestamp(CLOSING)
    end = memberships["until_latest"].where(memberships["until"].notna(), today)
    long = end - memberships["since_earliest"] > _LONGEST_OFFICE
    return ~(held & (long | (memberships["since_earliest"] > today))) | _explained(memberships)


def _overlapping(rows: pd.DataFrame, by: list[str]) -> pd.Index:
    """Return the rows that share a day for certain with an earlier row of the same group."""
    rows = rows.dropna(subset="since_latest").sort_values("since_latest")
    forever = pd.Timestamp.max.floor("D")
    lasts = rows["until"].isna() & (rows["until_missing"] == "not-applicable")
    # What ended on an unknown day is taken to have ended as early as it can have.
    end = rows["until_earliest"].fillna(rows["since_latest"]).mask(lasts, forever)
    before = end.groupby([rows[name] for name in by]).cummax()
    before = before.groupby([rows[name] for name in by]).shift()
    return rows.index[rows["since_latest"] < before]


@warning("memberships", "office")
def one_person_holds_an_office_at_a_time(memberships):
    """two persons do not hold one office at once, nor one person twice"""
    held = memberships[memberships["role"] == MembershipRole.OFFICE_HOLDER]
    held = held[~_explained(held)]
    return none_of(memberships, _overlapping(held, ["group_id", "office"]))


@warning("memberships", "role")
def nobody_is_member_and_partner_at_once(memberships):
    """an actor has one capacity in a group at a time: not member and partner, nor twice a member"""
    rows = memberships[memberships["role"] != MembershipRole.OFFICE_HOLDER]
    return none_of(memberships, _overlapping(rows, ["actor_id", "group_id"]))


@warning("commitments", "commitment_id")
def a_promisor_is_not_the_only_beneficiary(commitments, commitment_actors):
    """whoever promises is not the only one to gain by it"""
    roles = commitment_actors[
        commitment_actors["role"].isin([CommitmentRole.PROMISOR, CommitmentRole.BENEFICIARY])
    ]
    by_role = roles.groupby(["commitment_id", roles["role"].astype("str")])["actor_id"].agg(set)
    sides = by_role.unstack().reindex(columns=["promisor", "beneficiary"]).dropna()
    # Where several promise one another, as in a treaty, each gains by what the others owe.
    pairs = zip(sides.iloc[:, 0], sides.iloc[:, 1], strict=True)
    same = sides.index[[a == b and len(a) == 1 for a, b in pairs]]
    return ~is_in(commitments["commitment_id"], pd.Series(same, dtype="str"))


def _words(texts: pd.Series) -> pd.Series:
    return texts.str.lower().str.replace(r"[^a-z0-9]+", " ", regex=True).str.strip()


@warning("events", "title")
def no_event_is_the_near_twin_of_another(events):
    """no other event of the same day has the same words in its title"""
    return ~events.assign(words=_words(events["title"])).duplicated(["words", "date_earliest"])


@warning("commitments", "title")
def no_commitment_is_the_near_twin_of_another(commitments):
    """no other commitment of the same day has the same words in its title"""
    words = _words(commitments["title"])
    return ~commitments.assign(words=words).duplicated(["words", "date_earliest"])


@warning("places", "latitude")
def a_place_lies_in_its_country(places):
    """the coordinates of a place lie within its country's, as far as borders are at hand"""
    boxes = _boxes()
    inside = []
    for row in places.itertuples():
        box = boxes.get(row.country_id)
        judged = box is not None and pd.notna(row.latitude) and pd.notna(row.longitude)
        inside.append(not judged or _is_in_box(row.longitude, row.latitude, box))
    return pd.Series(inside, places.index, dtype=bool)


@cache
def _boxes() -> dict[str, tuple[float, float, float, float]]:
    """Return the bounds of the countries whose borders are at hand whole, by actor.

    Countries that the map cuts off at its edge are left out.
    """
    shapes = json.loads(BORDERS.read_text(encoding="utf-8"))["features"]
    boxes = {}
    for shape in shapes:
        points = list(_points(shape["geometry"]["coordinates"]))
        longitudes, latitudes = zip(*points, strict=True)
        box = (min(longitudes), min(latitudes), max(longitudes), max(latitudes))
        cut = any(abs(a - b) < _NEAR for a, b in zip(box, _EDGES, strict=True))
        if "country" in shape["properties"] and not cut:
            boxes[shape["properties"]["country"]] = box
    return boxes


_EDGES, _NEAR = (4, 39, 52, 71), 0.5
"""The edges of the map, and how many degrees count as near: islands and coasts are simplified."""


def _points(coordinates):
    if isinstance(coordinates[0], (int, float)):
        yield coordinates[:2]
    else:
        for each in coordinates:
            yield from _points(each)


def _is_in_box(longitude: float, latitude: float, box) -> bool:
    west, south, east, north = box
    return west - _NEAR <= longitude <= east + _NEAR and south - _NEAR <= latitude <= north + _NEAR


@warning("targets", "value")
def a_better_source_is_overruled_only_with_a_note(targets, said):
    """where a better source contradicts a value or date that still stands, a note says why"""
    fields = said[(said["record_table"] == "targets") & said["field"].isin(["value", "due"])]
    where = ["record_id", "field"]
    behind = fields[fields["stance"].isin(STANDS_BEHIND) & (fields["said"] == fields["cell"])]
    against = fields[(fields["stance"] == "contradicts") & (fields["said"] != fields["cell"])]
    best = pd.concat(
        [
            behind.groupby(where)["reliability"].min().rename("behind"),
            against.groupby(where)["reliability"].min().rename("against"),
        ],
        axis=1,
    ).dropna()
    overruled = best.index[best["against"] < best["behind"]].get_level_values("record_id")
    return ~is_in(targets["target_id"], pd.Series(overruled, dtype="str")) | _explained(targets)
