"""What is worth a second look without being wrong for certain: the warnings of a check.

A warning is a rule whose breach stops nothing, unless the check is strict.
A row whose note explains why it is as it is is left alone by those warnings that say so.
"""

import json
import re
from functools import cache
from pathlib import Path

import pandas as pd

from eastflank.claims import STANDS_BEHIND
from eastflank.codelists import (
    Certainty,
    CommitmentRole,
    Comparator,
    EventStatus,
    MembershipRole,
    SourceKind,
    Stance,
    Unit,
)
from eastflank.version import CLOSING
from schemas.rules.base import is_in, look_up, none_of, warning

_YEARS_AHEAD = pd.DateOffset(years=30)
_LONGEST_OFFICE = pd.DateOffset(years=20)

BORDERS = Path(__file__).resolve().parents[2] / "src/eastflank/charts/eastern-flank.geojson"
"""The borders that are at hand; places of other countries are not judged."""


def _explained(frame: pd.DataFrame) -> pd.Series:
    return frame["note"].notna()


@warning("targets", "due")
def a_due_date_lies_within_thirty_years(targets, commitments):
    """a target falls due within thirty years of its promise"""
    made = look_up(targets["commitment_id"], commitments, "date_earliest")
    return ~(targets["due_earliest"] > made + _YEARS_AHEAD) | _explained(targets)


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
    long = end > memberships["since_earliest"] + _LONGEST_OFFICE
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


@warning("sources", "reliability")
def a_publisher_has_one_grade(sources):
    """the documents of one publisher have one grade; where one departs from it, a note says why"""
    count = sources.groupby(["publisher", "reliability"], observed=True)["title"].transform("size")
    most = count.groupby(sources["publisher"]).transform("max")
    return ~(count < most) | _explained(sources)


_GRADES = {
    SourceKind.AGGREGATOR: "DE",
    SourceKind.COMMENTARY: "CD",
    SourceKind.DATA: "ABD",
    SourceKind.ENCYCLOPEDIA: "CD",
    SourceKind.NEWS: "CDE",
    SourceKind.OFFICIAL: "ABCD",
    SourceKind.PAPER_OF_RECORD: "BC",
    SourceKind.THINK_TANK: "BC",
    SourceKind.WIRE: "BCE",
}
"""The grades that sources of a kind can have by the manual's rules of thumb, besides F."""


@warning("sources", "reliability")
def a_kind_of_source_has_its_grades(sources):
    """a source has a grade that its kind can have: an official text A to D, a wire B, C or E,
    a paper of record B or C, a think tank B or C, news C to E, commentary and encyclopedias
    C or D, data A, B or D, an aggregator D or E; of any, F where nothing is known
    """
    pairs = zip(sources["kind"], sources["reliability"].astype("str"), strict=True)
    fits = [grade in f"{_GRADES.get(kind, grade)}F" for kind, grade in pairs]
    return pd.Series(fits, sources.index, dtype=bool)


@warning("sources", "kind")
def a_publisher_has_one_kind(sources):
    """the documents of one publisher are of one kind; where one is not, a note says why"""
    count = sources.groupby(["publisher", "kind"], observed=True)["title"].transform("size")
    most = count.groupby(sources["publisher"]).transform("max")
    return ~(count < most) | _explained(sources)


@warning("targets", "title")
def a_number_in_a_title_is_the_value(targets):
    """a number that a target's title names is its value, or that which was stated first"""
    agree = []
    for row in targets.itertuples():
        named = {
            float(number.replace(",", "")) * _TIMES.get(word, 1)
            for number, word in _NUMBER.findall(row.title)
        }
        ends = {row.value_low, row.value_high, row.stated_value_low, row.stated_value_high}
        agree.append(not named or pd.isna(row.value_low) or bool(named & ends))
    return pd.Series(agree, targets.index, dtype=bool)


_NUMBER = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)(?: (million|billion))?")
_TIMES = {"million": 1e6, "billion": 1e9}


@warning("events", "status")
def what_did_not_occur_has_evidence_of_that(events, evidence):
    """an event that is planned or was cancelled has evidence of its status"""
    return (events["status"] == EventStatus.OCCURRED) | _tells(events, evidence, "status")


@warning("events", "certainty")
def what_is_not_plainly_stated_has_evidence_of_that(events, evidence):
    """an event that is disputed, alleged or inferred has evidence of that, or a contradiction"""
    told = _tells(events, evidence, "certainty")
    denied = evidence.loc[evidence["stance"] == Stance.CONTRADICTS, "record_id"]
    plain = events["certainty"] == Certainty.STATED
    return plain | told | is_in(events["event_id"], denied)


def _tells(events: pd.DataFrame, evidence: pd.DataFrame, field: str) -> pd.Series:
    return is_in(events["event_id"], evidence.loc[evidence["field"] == field, "record_id"])
