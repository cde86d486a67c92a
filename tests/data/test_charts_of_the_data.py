"""Each chart, asked for everything that the dataset has: its words hold, or it refuses in words."""

import re

import altair as alt
import pandas as pd
import pytest

from eastflank import charts
from eastflank.charts import budgets, course, lifelines, maps, numbers, populations, tone, weeks
from eastflank.reader import default

DOT = alt.Chart(pd.DataFrame({"at": [1]})).mark_point().encode(x="at:Q")

STATES = (
    {},
    {"as_of": "2024-07-20"},
    {"as_of": "2025-06-30"},
    {"stated_by": "shea-2024"},
)
"""States of knowledge: all, the first weeks, a year later, and one source alone."""

LEVELS = (1, 1.76, 2, 2.5, 3, 3.5, 5)
"""Shares of GDP that somebody promised, and one that nobody did."""

MANY = "|".join(
    [
        "allies",
        "claims",
        "commitments",
        "dates",
        "deeds",
        "events",
        "numbers",
        "outcomes",
        "points",
        "questions",
        "records",
        "statements",
        "targets",
        "turns",
        "warnings",
        "words",
    ]
)
"""Nouns of which a title counts more than one."""

ODD = {
    "a value that is no word": r"\bnan\b|\bNaT\b|<NA>|\bNone\b(?! (of|is)\b)",
    "a frame where a word is meant": r"Name: |dtype",
    "many of one": rf"(?<![\d.,–-])1 (have|are|were|fall|lie|name|{MANY})\b",
    "one of many": r"(?<![\d.,–-])(\d*[02-9]|\d+1) (has|is|was)\b",
    "the same date twice": r"\bfor ([^,;]+), then for \1(,|;|$)",
    "something left out": r"  |, ,|: ;|\(\)|[:;,] *$|\bof 0\b",
}
"""What must not stand in a title, by what it betrays."""


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """Words are tested here: pictures are not made where the words do not need them."""
    for module in (budgets, course, lifelines, maps, numbers, populations, tone, weeks):
        monkeypatch.setattr(module, "_drawn", lambda *_, **__: DOT)


def faults(figure: charts.Figure, of: str = "") -> list[str]:
    """Return what is odd in the titles of a figure, and in its other words."""
    found = [f"{of}: no {name}" for name in ("title", "alt") if len(getattr(figure, name)) < 9]
    for title in {figure.title, *(figure.titles or {}).values()}:
        words = re.sub("“.*?”", "“”", title)
        found += [f"{of}: {odd}: {title}" for odd, form in ODD.items() if re.search(form, words)]
    others = " ".join([figure.alt, figure.source, figure.how])
    values = ODD["a value that is no word"].replace(r"|\bNone\b(?! (of|is)\b)", "")
    found += [f"{of}: {match[0]} in its words" for match in re.finditer(values, others)]
    return found


def asked(draw, *arguments, **options) -> list[str]:
    """Return the faults of a drawing; a refusal must say what was asked, or that there is none."""
    try:
        return faults(draw(*arguments, **options), f"{draw.__name__} of {arguments}")
    except ValueError as refusal:
        said = str(refusal)
        kept = any(f"{each!r}" in said or f"{each:g}" in said for each in arguments if each != "")
        return [] if kept or "there is nothing to draw" in said else [f"{draw.__name__}: {said}"]


@pytest.fixture(scope="module", params=STATES, ids=lambda state: str(*state.values()) or "all")
def data(request):
    return default().at(**request.param)


@pytest.mark.parametrize(
    "name",
    [
        "alliances",
        "balance",
        "borne_out",
        "disagreements",
        "flank",
        "forecasts",
        "grades",
        "interactions",
        "joins",
        "lives",
        "monthly",
        "shares",
        "support",
        "watch",
    ],
)
def test_a_chart_of_everything_has_words_that_hold_in_each_state(name, data):
    arguments = ["shea-2024"] if name == "borne_out" else []
    assert asked(getattr(charts, name), *arguments, data=data) == []


def test_a_chart_of_a_level_has_words_that_hold(data):
    found = []
    for level in LEVELS:
        found += asked(charts.first_years, level, data=data)
        found += asked(charts.punctuality, level, data=data)
    assert found == []


def test_a_chart_of_one_actor_has_words_that_hold_for_each(data):
    found = []
    for actor in data.frames["actors"]["actor_id"].iloc[:: 4 if data.state else 1]:
        found += asked(charts.spending, actor, data=data)
        found += asked(charts.components, actor, data=data)
    assert found == []


def test_the_life_of_each_commitment_has_words_that_hold(data):
    known = data.frames["commitments"]["commitment_id"].iloc[:: 8 if data.state else 1]
    assert [fault for each in known for fault in asked(charts.life, each, data=data)] == []


def test_an_ally_that_did_not_keep_a_level_as_promised_is_told_so():
    frames = default().frames
    kept = frames["targets"].query("form == 'keep' and measure == @budgets.SHARE")
    broken = frames["tracker"].query("standing == 'broken'").merge(kept[["target_id"]])
    names = frames["actors"].set_index("name")["actor_id"]
    assert len(broken) >= 1
    for name in broken["promisors"]:
        title = charts.spending(names[name]).title
        assert title.endswith(", but did not stay there as promised")


def test_what_others_say_of_a_source_has_words_that_hold():
    """Of the source with most evidence, of one with little, and of some between."""
    data, found = default(), []
    often = data.frames["evidence"]["source_id"].value_counts()
    for each in often.index[[0, 1, 2, 10, 50, 200, -1]]:
        found += asked(charts.borne_out, each, data=data)
        found += asked(charts.slips, each, data=data)
    assert found == []


def test_the_weeks_around_each_event_have_words_that_hold(data):
    known = data.frames["events"].query("status == 'occurred'")["event_id"].iloc[::40]
    assert [fault for each in known for fault in asked(charts.around, each, data=data)] == []
