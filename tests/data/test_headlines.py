"""The sentence of every commitment, outcome and event of the real dataset, in several states."""

import re

import pytest

import eastflank as ef

HOLES = re.compile(r"\b(nan|NaN|NaT|None|<NA>)\b|  | [,;.]|\b(\w+) \2\b")


def faults(said: str, ids: set[str]) -> list[str]:
    """Return what is wrong with a sentence: a hole, a word twice, or an id."""
    found = [match[0] for match in HOLES.finditer(said)]
    return found + [word for word in re.findall(r"[\w-]+", said) if "-" in word and word in ids]


@pytest.mark.parametrize("day", [None, "2024-07-31", "2025-06-30"])
def test_every_sentence_is_whole_and_names_no_id(day):
    data = ef.Dataset(as_of=day)
    keys = [
        data.load(name).iloc[:, 0]
        for name in ("commitments", "outcomes", "events", "actors", "targets")
    ]
    ids = {each for column in keys for each in column}
    asked = [*keys[0], *keys[1], *keys[2]]
    wrong = {each: said for each in asked if faults(said := ef.headline(each, data=data), ids)}
    assert wrong == {}


def test_every_commitment_says_who_promised_it():
    data = ef.Dataset()
    for commitment_id in data.load("commitments")["commitment_id"]:
        assert re.search(r"\w (had )?promised\b", ef.headline(commitment_id, data=data)), (
            commitment_id
        )
