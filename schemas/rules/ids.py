"""An id says what it is the id of, so that a row in a wrong place shows.

An id is for ever and may outlive what it was named for: hence these are warnings.
"""

import re

import pandas as pd

from eastflank.claims import houses
from eastflank.codelists import MembershipRole, MilestoneKind
from schemas.rules.base import warning


def _begin_with(ids: pd.Series, starts: pd.Series) -> pd.Series:
    pairs = zip(ids, starts, strict=True)
    return pd.Series([each.startswith(f"{start}-") for each, start in pairs], ids.index, dtype=bool)


@warning("targets", "target_id")
def the_id_of_a_target_begins_with_its_commitment(targets):
    """the id of a target begins with its commitment's"""
    return _begin_with(targets["target_id"], targets["commitment_id"])


@warning("milestones", "milestone_id")
def the_id_of_a_milestone_begins_with_its_commitment(milestones):
    """the id of a milestone begins with its commitment's"""
    return _begin_with(milestones["milestone_id"], milestones["commitment_id"])


_TURN = re.compile(
    "(?:^|-)(" + "|".join(sorted(map(str, MilestoneKind), key=len, reverse=True)) + ")(?:-|$)"
)


def _turns(milestones: pd.DataFrame) -> list[str]:
    """Return what each milestone's id says behind its commitment's."""
    pairs = zip(milestones["milestone_id"], milestones["commitment_id"], strict=True)
    return [each.removeprefix(f"{start}-") for each, start in pairs]


@warning("milestones", "kind")
def the_id_of_a_milestone_names_its_kind(milestones):
    """a milestone whose id names a kind is of that kind"""
    named = [_TURN.search(turn) for turn in _turns(milestones)]
    kinds = zip(named, milestones["kind"].astype("str"), strict=True)
    agree = [found is None or found[1] == kind for found, kind in kinds]
    return pd.Series(agree, milestones.index, dtype=bool)


_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")


def _lies_in_a_year(names, frame: pd.DataFrame, date: str, later: int = 0) -> pd.Series:
    """Return whether a year that stands in each name is one of the date's, or up to `later` years
    after it; true where the name has no year.
    """
    first = frame[f"{date}_earliest"].dt.year.fillna(0)
    last = frame[f"{date}_latest"].dt.year.fillna(9999)
    agree = []
    for name, low, high in zip(names, first, last, strict=True):
        years = [int(year) for year in _YEAR.findall(name)]
        agree.append(not years or any(low <= year <= high + later for year in years))
    return pd.Series(agree, frame.index, dtype=bool)


@warning("milestones", "date")
def the_id_of_a_milestone_names_its_year(milestones):
    """a year that a milestone's id names is that of its date, or the next, in which it was told"""
    return _lies_in_a_year(_turns(milestones), milestones, "date", later=1)


@warning("events", "date")
def the_id_of_an_event_names_its_year(events):
    """a year that an event's id or title names is that of its date"""
    names = events["event_id"] + " " + events["title"]
    return _lies_in_a_year(names, events, "date")


@warning("observations", "period")
def the_id_of_an_observation_names_its_year(observations):
    """the id of an observation names a year of its period"""
    ids = observations["observation_id"]
    named = pd.Series([bool(_YEAR.search(each)) for each in ids], ids.index, dtype=bool)
    return _lies_in_a_year(ids, observations, "period") & named


@warning("observations", "actor_id")
def the_id_of_an_observation_names_its_actor(observations):
    """the id of an observation has the id of its actor in it"""
    pairs = zip(observations["observation_id"], observations["actor_id"], strict=True)
    return pd.Series([actor in each for each, actor in pairs], observations.index, dtype=bool)


@warning("memberships", "membership_id")
def the_id_of_a_membership_names_actor_group_and_capacity(memberships):
    """the id of a membership is actor-in-group, and behind that the role of who is no member, or
    words of the office
    """
    agree = []
    for row in memberships.itertuples():
        start = f"{row.actor_id}-in-{row.group_id}"
        rest = row.membership_id.removeprefix(start).strip("-")
        role = str(row.role)
        if role == MembershipRole.OFFICE_HOLDER:
            words = set(re.findall("[a-z]+", str(row.office).lower()))
            fits = bool(words & set(rest.split("-")))
        else:
            # Who came back has a second row, with the year behind.
            rest = re.sub(r"(?:^|-)[0-9-]+$", "", rest)
            fits = rest == ("" if role == MembershipRole.MEMBER else role)
        agree.append(row.membership_id.startswith(start) and fits)
    return pd.Series(agree, memberships.index, dtype=bool)


@warning("evidence", "evidence_id")
def the_id_of_evidence_names_record_source_and_field(evidence):
    """the id of evidence is record-by-source, and behind that the field where there is one"""
    field = evidence["field"].str.replace("_", "-")
    named = evidence["record_id"] + "-by-" + evidence["source_id"] + ("-" + field).fillna("")
    return evidence["evidence_id"] == named


_DATED = re.compile(r"^.+?-((?:19|20)[0-9]{2}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?:-|$)")


@warning("sources", "published")
def the_id_of_a_source_names_its_date(sources):
    """a date in a source's id, behind its publisher, is one that its date of publication can be"""
    agree = []
    columns = ["source_id", "published_earliest", "published_latest"]
    for name, first, last in zip(*(sources[each] for each in columns), strict=True):
        found = _DATED.match(name)
        if found is None or "-nd-" in name or (pd.isna(first) and pd.isna(last)):
            agree.append(True)
            continue
        low = "" if pd.isna(first) else f"{first:%Y-%m-%d}"[: len(found[1])]
        high = "9999" if pd.isna(last) else f"{last:%Y-%m-%d}"[: len(found[1])]
        agree.append(low <= found[1] <= high)
    return pd.Series(agree, sources.index, dtype=bool)


@warning("sources", "publisher")
def sources_whose_ids_begin_alike_have_one_publisher(sources):
    """sources whose ids have the same words before the date have one publisher"""
    house = houses(sources["source_id"])
    count = sources.groupby([house, sources["publisher"]])["source_id"].transform("size")
    most = count.groupby(house).transform("max")
    return ~(count < most)
