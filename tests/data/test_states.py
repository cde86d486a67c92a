"""What must hold of every state of knowledge holds of the real data, as far as is asked here.

These are every seventh of the days on which a status or a due date can change, every two hundredth
of the other days on which anything became known, and every four hundredth source.
`python -m tests.states` asks for all days and all sources, which takes half an hour.
"""

import csv

import pandas as pd
import pytest

import eastflank as ef
from eastflank.claims import key_of
from tests import states

OTHER_KEYS = {
    "commitment_actors": ["commitment_id", "actor_id", "role"],
    "event_actors": ["event_id", "actor_id", "role"],
    "commitment_links": ["commitment_id", "other_id", "kind"],
}
"""What names a row of the tables that have no ids of their own."""


@pytest.fixture(scope="module")
def data() -> ef.Dataset:
    """The dataset of the checkout."""
    return ef.Dataset()


@pytest.fixture(scope="module")
def days(data) -> list[pd.Timestamp]:
    """The days that are asked for, in order; among them the closing day and that before it."""
    changes = states.changes(data)
    others = [day for day in states.days(data) if day not in changes]
    last = {data.closing, data.closing - pd.Timedelta(days=1)}
    return sorted({*sorted(changes)[::7], *others[::200], *last})


def test_no_state_tells_what_was_not_known_and_nothing_that_was_known_is_forgotten(data, days):
    faults, before = [], dict[str, set]()
    for day in days:
        faults += [f"{day:%Y-%m-%d}: {fault}" for fault in states.faults_of_a_day(data, day)]
        then = {name: ids(data.at(day).frames[name], name) for name in states.HAND_WRITTEN}
        for name, known in before.items():
            gone = known - then[name]
            faults += [f"{day:%Y-%m-%d}: {name} have lost {each}" for each in sorted(gone)]
        before = then
    assert faults == []


def ids(frame: pd.DataFrame, table: str) -> set[tuple]:
    """Return what names each row of a table."""
    names = OTHER_KEYS.get(table, [key_of(table)])
    return set(frame[names].astype("str").itertuples(index=False, name=None))


@pytest.mark.parametrize("table", ef.Dataset().names)
def test_the_state_of_the_closing_day_is_the_dataset(data, table):
    then = data.load(table, as_of=f"{data.closing:%Y-%m-%d}")
    pd.testing.assert_frame_equal(then, data.load(table))
    assert then.attrs["table_fingerprint"] == data.load(table).attrs["table_fingerprint"]


def test_a_day_after_the_closing_one_is_refused(data):
    day = f"{data.closing + pd.Timedelta(days=1):%Y-%m-%d}"
    with pytest.raises(ValueError, match="lies after"):
        data.load("commitments", as_of=day)


def test_no_source_is_made_to_say_what_it_does_not(data):
    sources = data.frames["sources"]["source_id"].to_list()
    faults = [
        f"{source}: {fault}"
        for source in sorted({*sources[::400], "shea-2024"})
        for fault in states.faults_of_a_source(data, source)
    ]
    assert faults == []


def test_every_text_that_names_a_later_year_was_reviewed_and_no_other(data):
    assert states.names_a_later_year(data) == states.reviewed()


def test_the_list_of_reviewed_texts_is_in_order_and_gives_a_reason_for_each():
    with states.REVIEWED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = [(row["record_id"], row["year"]) for row in rows]
    assert pairs == sorted(set(pairs))
    assert [row for row in rows if not row["why"]] == []
