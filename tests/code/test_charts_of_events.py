"""The charts of events and of corpora, on the small world: who acts for whom, where, and of what."""

import pandas as pd
import pytest

from eastflank import charts
from eastflank.charts import events, land, maps, network, pairs, populations, tone, weeks
from eastflank.codelists import EventType
from tests.drawn import PEOPLED, event, figure, part, source, turn


@pytest.fixture(scope="module")
def acted(world):
    """Canada helps Poland, and A. Writer speaks while in office and afterwards."""
    return world(
        source("wire-2024", "2024-09-01"),
        *event("help", type="AID", date="2024-07-11"),
        part("help", "canada", "source"),
        part("help", "poland", "target"),
        *event("speech", type="CONSULT", date="2015-05-01", place_id="brest"),
        part("speech", "a-writer", "source"),
        part("speech", "poland", "target"),
        *event("later-speech", type="PROTEST", date="2024-07-12"),
        part("later-speech", "a-writer", "source"),
        part("later-speech", "poland", "target"),
        *event("plea", type="REQUEST"),
        part("plea", "poland", "source"),
        part("plea", "canada", "target"),
        *event("plan", type="AID", status="planned", date="2024-10-01"),
        part("plan", "poland", "source"),
    )


def who(data, event_id: str, actor_id: str) -> str:
    parts = events.acting(data).set_index(["event_id", "actor_id"])
    return parts.loc[(event_id, actor_id), "who"]


def test_every_type_of_event_has_one_of_the_four_classes():
    classes = events.classes()
    assert list(classes.index) == [str(code) for code in EventType]
    assert list(dict.fromkeys(classes)) == list(events.CLASSES)
    assert classes["THREATEN"] == "verbal conflict"


def test_what_is_only_planned_did_not_happen(acted):
    assert "plan" not in set(events.happened(acted)["event_id"])


def test_an_office_holder_acts_for_the_office_while_it_is_held(acted):
    assert who(acted, "speech", "a-writer") == "nato"
    assert who(acted, "later-speech", "a-writer") == "a-writer"
    assert who(acted, "help", "canada") == "canada"


def test_a_request_is_no_act_on_anybody(acted):
    assert "plea" not in set(pairs.acts(acted)["event_id"])


def test_dealings_tell_who_acted_on_whom_and_how_much_was_conflict(peopled):
    dealings = pairs.dealings(peopled).set_index(["actor", "on"])
    assert dealings.loc[("Poland", "Canada"), ["events", "conflict"]].to_list() == [1, 1]
    assert charts.interactions(1, data=peopled).title == (
        "Canada and NATO act on each other more than any others: 1 event, none of them conflict"
    )


def test_so_many_acts_as_nobody_has_are_refused_with_the_most_there_are(peopled):
    with pytest.raises(ValueError, match="has 99 acts or more; the most are 2"):
        charts.interactions(99, data=peopled)


def test_two_are_tied_by_what_one_does_to_the_other(peopled):
    [tie] = network.ties(peopled).query("side == 'conflict'").to_dict("records")
    assert (tie["a"], tie["b"], tie["events"]) == ("canada", "poland", 1)
    title = charts.alliances(peopled).title
    assert title.startswith(
        "Nobody cooperates with another, and nobody is at odds with more others"
    )


def test_an_event_that_names_nobody_of_a_theme_has_the_last_one(peopled):
    found = events.themes(events.happened(peopled), peopled)
    assert set(found["theme"]) == {events.REST}


def test_the_balance_moves_with_what_was_known(peopled):
    drawn = charts.balance(peopled)
    assert drawn.titles[0].startswith("Of 3 events known by 31 July 2024, 3 are cooperation and 0")
    assert drawn.title.startswith("Of 4 events known by ")
    assert tone.by_theme(peopled).set_index("event_id")["told"]["poland-warns-canada"] == (
        tone.DOUBTED
    )


def test_the_weeks_around_an_event_have_those_of_the_time_alone(acted):
    near = weeks.in_weeks_around("summit", 6, acted)
    assert "help" in set(near["event_id"]) and "speech" not in set(near["event_id"])
    with pytest.raises(ValueError, match="no event 'sumit' that occurred; did you mean 'summit'"):
        charts.around("sumit", data=acted)


@pytest.mark.parametrize(("date", "is_near"), [("2024-07", True), ("2024-07-01/2024-08-01", False)])
def test_an_event_of_a_month_is_near_and_one_of_a_longer_time_is_not(world, date, is_near):
    wire = source("wire-2024", "2024-09-01")
    made = world(wire, *event("help", date=date, type="AID"), part("help", "nato", "source"))
    assert ("help" in set(weeks.in_weeks_around("summit", 6, made)["event_id"])) == is_near


def test_the_blocks_of_a_theme_never_overlap(acted):
    blocks = weeks._blocks(weeks.in_weeks_around("summit", 6, acted), acted)
    for _, line in blocks.groupby("line"):
        ends = line.sort_values("date_earliest")["until"].shift()
        assert not (ends > line.sort_values("date_earliest")["date_earliest"]).any()


def test_a_place_stands_where_its_coordinates_or_its_border_are(peopled):
    places = maps.located(peopled).set_index("place_id")
    assert places.loc["brest", ["is", "group"]].to_list() == ["at a place", maps.ON_MAP]
    assert places.loc["polish-border", "is"] == "somewhere along a border"


def test_names_on_the_map_do_not_overlap():
    here = pd.DataFrame({"longitude": [16.0, 16.4, 16.8], "latitude": 49.0, "size": 40})
    names = land.Names(here)
    sides = [each for each in land.SIDES if each != "over"]
    placed = [names.place(point, "Somewhere 1", sides) for point in here.to_dict("records")]
    assert None not in placed and len(set(placed)) == len(placed)
    assert names.place(here.iloc[0].to_dict(), "Elsewhere", ["over"]) is None


# Corpora


def test_shares_are_of_each_corpus_and_tell_what_is_provisional(world):
    estimated = world(
        *PEOPLED,
        source("report-2026", "2026-03-31", "NATO", kind="data", reliability="A"),
        figure("2025", "2.01", "report-2026", kind="estimate"),
        *turn("met", "2025", "report-2026"),
    )
    drawn = charts.shares(data=estimated)
    assert drawn.title == "Met: 50% of 2 outcomes, 1 of them provisionally, 1 still open (A text)"
    assert "A text: 2 outcomes, 1 met (1 provisionally) and 1 pending" in drawn.alt


def test_the_parts_of_a_bar_add_up_to_all_of_it(peopled):
    rows = peopled.load("outcomes").iloc[:2]
    rows = rows.assign(firmness="firm", corpus="A text")
    parts = populations._parts(rows, peopled)
    assert (parts["from"].min(), parts["to"].max(), parts["n"].sum()) == (0, 1, 2)


def test_where_no_corpus_counts_anything_there_is_no_share(small):
    with pytest.raises(ValueError, match="no corpus is known of which anything counts"):
        charts.shares(data=small)
    with pytest.raises(ValueError, match="no corpus 'washington'"):
        charts.shares(["washington"], data=small)


# One field, and all tables


def test_reports_tell_what_each_source_says_of_a_date(small):
    drawn = charts.reports("can-2pct-gdp-level", "due", data=small)
    assert drawn.title.endswith("by when? 1 publisher says 2032 and 1 publisher says 2034")


def test_a_field_of_which_nobody_reports_a_date_is_refused(small):
    with pytest.raises(ValueError, match="no source reports a date in 'value'"):
        charts.reports("can-2pct-gdp-level", "value", data=small)


def test_forecasts_count_what_has_come_true_by_sort(small):
    assert charts.forecasts(data=small).title == "Come true, wholly or in part: 0 of 1 question"
