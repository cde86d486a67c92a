"""Whether a text names an actor: by a name, by the adjective of a country, or by an office."""

import re
from collections.abc import Iterator

import pandas as pd

from eastflank.codelists import ActorKind, MembershipRole
from schemas.rules.base import look_up

ADJECTIVES = {
    "ALB": "Albanian",
    "AUS": "Australian",
    "AUT": "Austrian",
    "BEL": "Belgian",
    "BGR": "Bulgarian",
    "BLR": "Belarusian",
    "CAN": "Canadian",
    "CHE": "Swiss",
    "CHN": "Chinese",
    "CZE": "Czech",
    "DEU": "German",
    "DNK": "Danish",
    "ESP": "Spanish",
    "EST": "Estonian",
    "FIN": "Finnish",
    "FRA": "French",
    "GBR": "British",
    "GRC": "Greek",
    "HRV": "Croatian",
    "HUN": "Hungarian",
    "IND": "Indian",
    "IRL": "Irish",
    "IRN": "Iranian",
    "ISL": "Icelandic",
    "ITA": "Italian",
    "JPN": "Japanese",
    "KAZ": "Kazakh",
    "KOR": "South Korean",
    "LTU": "Lithuanian",
    "LVA": "Latvian",
    "MKD": "Macedonian",
    "MNE": "Montenegrin",
    "NLD": "Dutch",
    "NOR": "Norwegian",
    "POL": "Polish",
    "PRK": "North Korean",
    "PRT": "Portuguese",
    "ROU": "Romanian",
    "RUS": "Russian",
    "SUN": "Soviet",
    "SVK": "Slovak",
    "SVN": "Slovenian",
    "SWE": "Swedish",
    "SYR": "Syrian",
    "TUR": "Turkish",
    "TWN": "Taiwanese",
    "UKR": "Ukrainian",
    "USA": "American",
}
"""The adjective of a country, by its ISO code; `name` and `aliases` have its nouns."""

OF_ITS_PARENT = (ActorKind.BODY, ActorKind.FORCE)
"""The kinds of actors that are told as their parent's: "NATO's committee", "Polish soldiers"."""

OF_ITS_STATE = (ActorKind.GROUP, ActorKind.COMPANY)
"""The kinds that are told so where the parent is a state: "Chinese firms"."""

LONG = 5
"""How many letters a word has at least that tells one office from another."""


def own_names(actor) -> re.Pattern:
    """Return a pattern of the names of an actor; a person's last name is one."""
    return _any_of(_names(actor))


def is_named(
    rows: pd.DataFrame, records: pd.DataFrame, actors: pd.DataFrame, memberships: pd.DataFrame
) -> pd.Series:
    """Return whether the actor of each row is named in the title or summary of its record, which
    is its first column.
    """
    told = look_up(rows.iloc[:, 0], records, ["title", "summary"])
    texts = (told["title"] + "; " + told["summary"]).to_list()
    known = _Names(actors, memberships)
    named = [
        pd.isna(text) or known.stand_in(text, actor)
        for text, actor in zip(texts, rows["actor_id"], strict=True)
    ]
    return pd.Series(named, rows.index, dtype=bool)


class _Names:
    """What actors are called: by their names, as somebody's, and by their offices."""

    def __init__(self, actors: pd.DataFrame, memberships: pd.DataFrame):
        self.actors = {row.actor_id: row for row in actors.itertuples()}
        self.patterns = {key: _with_adjective(row) for key, row in self.actors.items()}
        held = memberships[memberships["role"] == MembershipRole.OFFICE_HOLDER]
        self.offices: dict[str, list] = {}
        for row in held.itertuples():
            self.offices.setdefault(row.actor_id, []).append(row)

    def stand_in(self, text: str, actor: str) -> bool:
        """Return whether an actor is named in a text; one that is not known counts as named."""
        return (
            actor not in self.actors
            or any(self.patterns[each].search(text) for each in self._itself_and_parent(actor))
            or any(self._is_told_by_office(text, held) for held in self.offices.get(actor, []))
        )

    def _itself_and_parent(self, actor: str) -> Iterator[str]:
        yield actor
        row = self.actors[actor]
        parent = self.actors.get(row.parent_id)
        if parent is not None and (
            row.kind in OF_ITS_PARENT
            or (row.kind in OF_ITS_STATE and parent.kind == ActorKind.STATE)
        ):
            yield parent.actor_id

    def _is_told_by_office(self, text: str, held) -> bool:
        """Return whether a text names an office, as "the Polish defence minister": a word of it,
        and where it is held.
        """
        if pd.isna(held.office) or held.group_id not in self.actors:
            return False
        words = set(re.findall(rf"\w{{{LONG},}}", held.office.lower()))
        return bool(words & set(re.findall(r"\w+", text.lower()))) and any(
            self.patterns[each].search(text) for each in self._itself_and_parent(held.group_id)
        )


def _names(actor) -> list[str]:
    names = [actor.name, *(actor.aliases.split("; ") if pd.notna(actor.aliases) else [])]
    return [*names, actor.name.split()[-1]] if actor.kind == ActorKind.PERSON else names


def _with_adjective(actor) -> re.Pattern:
    """Return a pattern of the names of an actor, with articles or without, and of its adjective."""
    names = [name.removeprefix("the ") for name in _names(actor)]
    # What begins small may stand at the head of a title: "Allies", "Some allies".
    names += [name[0].upper() + name[1:] for name in names]
    if pd.notna(actor.iso3) and actor.iso3 in ADJECTIVES:
        names.append(ADJECTIVES[actor.iso3])
    return _any_of(names)


def _any_of(names: list[str]) -> re.Pattern:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b")
