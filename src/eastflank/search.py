"""Find records by words, and the one record that a name means."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import pandas as pd

from eastflank.asked import asked, warn
from eastflank.claims import key_of
from eastflank.listing import Listing
from eastflank.reader import STATES_KEPT, Dataset, default
from eastflank.titles import CALLED, refuse_another_shape, titles
from eastflank.words import listed, nearest

SEARCHED = {
    "actors": ("name", "aliases"),
    "commitments": ("title", "summary"),
    "targets": ("title",),
    "milestones": ("summary",),
    "events": ("title", "summary"),
    "watchpoints": ("question",),
    "memberships": ("office",),
    "places": ("name",),
    "corpora": ("title",),
    "sources": ("title",),
}
"""The columns that are searched, by table: what a record is called first."""

NAMES = (*CALLED.values(), "office")
"""The columns that say what a record is called; a word found there counts for more."""

COLUMNS = ["table", "id", "title", "why"]

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that are no letter with an accent, and that people type without their stroke."""


@asked
def find(words: str, *, as_of: object = None, data: Dataset | None = None) -> pd.DataFrame:
    """Return the records in which some words stand, the best first.

    Searched are titles, names, aliases, questions and summaries, and the titles of sources; all
    words have to be there, accents and capitals aside. One row a record. Columns: table, id, title,
    and why: the columns in which the words stand. A title comes before a summary, and a whole word
    before a part of one. Where nothing is found there is no row, and a warning names words that are
    spelt nearly so. `as_of` searches what was known on a day; `data` is the dataset, else the
    installed one. Raises TypeError where `words` is no text, and ValueError where there is no word
    in it.

    >>> find("third PATRIOT")["id"].iloc[0]
    'deu-third-patriot'
    """
    wanted = plain(words).split()
    if not wanted:
        raise ValueError(
            f"{words!r} has no word to look for; give some, such as find('icebreaker')"
        )
    data = (data or default()).at(as_of)
    refuse_another_shape(data)
    cells = _cells(data)
    worst = pd.Series(0, cells["id"].unique())
    why = pd.Series("", worst.index)
    for word in dict.fromkeys(wanted):
        hits = cells[cells["text"].str.contains(word, regex=False)]
        is_part = ~hits["text"].str.contains(f" {word} ", regex=False)
        hits = hits.assign(rank=2 * ~hits["is_name"] + is_part).sort_values("rank", kind="stable")
        best = hits.drop_duplicates("id").set_index("id")
        worst = worst[worst.index.isin(best.index)]
        worst = worst.combine(best.loc[worst.index, "rank"], max)
        new = best.loc[worst.index, "column"]
        why = why[worst.index].combine(new, _and)
    if worst.empty:
        warn(_why_nothing(wanted, cells["text"]))
    found = cells.drop_duplicates("id").set_index("id").loc[worst.index, ["table", "order"]]
    found = found.assign(why=why, rank=worst, title=titles(data).reindex(worst.index))
    found = found.sort_values(["rank", "order", "title"]).rename_axis("id").reset_index()
    return Listing(found[COLUMNS].astype("str"))


def _why_nothing(wanted: list[str], texts: pd.Series) -> str:
    """Return the first of some words that no text has, and what is spelt nearly so."""
    for word in wanted:
        if not texts.str.contains(word, regex=False).any():
            there = {each for text in texts for each in text.split()}
            return f"no record has {word!r}{nearest(word, sorted(there), few=0)}"
    return f"no record has all of {listed(map(repr, wanted), len(wanted))}"


def plain(text: str) -> str:
    """Return text as it is compared: words of small letters without accents, a blank between them.

    >>> plain("Türkiye's  Łódź-plan")
    'turkiye s lodz plan'
    """
    letters = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    letters = "".join(each for each in letters if not unicodedata.combining(each))
    return " ".join(re.findall(r"\w+", letters))


def resolve(name: str, data: Dataset, *, lead_on: bool = True) -> str:
    """Return the id of the record that a name means.

    It is an id; or that of a record that is retired, which leads on to what replaced it, unless
    `lead_on` is False; or the name, an alias or the ISO code of one actor; or the title of one
    record, as `find` tells it. Raises ValueError where it means no record, or several.
    """
    try:
        data.table_of(name)
    except ValueError as no_record:
        row = data.retired(name)
        if row is not None:
            if pd.isna(row["replaced_by"]) or not lead_on:
                raise
            warn(
                f"record {name!r} is retired since {row['version']}: {row['reason']} "
                f"This is {row['replaced_by']!r}."
            )
            return resolve(row["replaced_by"], data)
        for called in (actor_called, _titled):
            try:
                return called(name, data)
            except LookupError:
                pass
        raise no_record from None
    return name


def actor_called(name: str, data: Dataset) -> str:
    """Return the id of the one actor that has a name, an alias or an ISO code.

    Capitals and accents do not matter. Raises LookupError where none has it, and ValueError where
    several have.

    >>> actor_called("POL", default()), actor_called("turkiye", default())
    ('poland', 'turkiye')
    """
    return _the_one(name, _actors(data)[plain(name)])


def _titled(name: str, data: Dataset) -> str:
    """Return the id of the one record that has a title; raises what `actor_called` does."""
    return _the_one(name, _titles(data)[plain(name)])


def _the_one(name: str, meant: list[str]) -> str:
    """Return the one id that a name means; raise ValueError where it means several."""
    if len(meant) > 1:
        raise ValueError(
            f"{name!r} may be any of {', '.join(map(repr, meant))}; give the id of one"
        )
    return meant[0]


def _and(first: str, second: str) -> str:
    """Return names as a list, each once."""
    return ", ".join(dict.fromkeys([*first.split(", "), second] if first else [second]))


@lru_cache(STATES_KEPT)
def _cells(data: Dataset) -> pd.DataFrame:
    """Return all that is searched: one row a cell, with its text as it is compared."""
    parts = []
    for order, (table, columns) in enumerate(SEARCHED.items()):
        records = data.frames[table]
        for column in columns:
            cells = records[[key_of(table), column]].dropna().set_axis(["id", "said"], axis=1)
            parts.append(
                cells.assign(table=table, column=column, order=order, is_name=column in NAMES)
            )
    cells = pd.concat(parts, ignore_index=True)
    cells["text"] = [f" {plain(said)} " for said in cells["said"]]
    return cells


@lru_cache(STATES_KEPT)
def _titles(data: Dataset) -> dict[str, list[str]]:
    """Return which records a title may mean, by it as it is compared."""
    cells = _cells(data)
    titled = cells[cells["is_name"] & cells["table"].isin({*CALLED} - {"actors"})]
    return titled.groupby(titled["text"].str.strip())["id"].agg(list).to_dict()


@lru_cache(STATES_KEPT)
def _actors(data: Dataset) -> dict[str, list[str]]:
    """Return which actors a name, an alias or a code may mean, by it as it is compared.

    Who bears it as a name comes before those of whom it is an alias.
    """
    found: dict[str, list[str]] = {}
    actors = data.frames["actors"]
    for column in ("name", "iso3", "aliases"):
        taken = set(found) if column == "aliases" else set()
        for actor_id, said in actors[["actor_id", column]].dropna().itertuples(index=False):
            for each in map(plain, said.split("; ")):
                if each not in taken and actor_id not in found.setdefault(each, []):
                    found[each].append(actor_id)
    return found
