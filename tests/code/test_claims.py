"""What sources report is compared with what records say, in one form of writing."""

import pandas as pd
import pytest

from eastflank.claims import (
    as_text,
    behind_turns,
    claims,
    independent,
    public_from,
    speaking,
    voices,
)
from tests.frames import frame
from tests.worlds import SECOND_SOURCE, UNDATED_SOURCE, evidence


@pytest.fixture
def claimed(derived):
    """A function from changes to the small world to its claims, by record, field and source."""
    return lambda *changes: claims(derived(*changes)).set_index(["record_id", "field", "source_id"])


def test_a_report_stands_beside_what_was_stated_first_and_what_the_record_says(claimed):
    report = claimed().loc[("can-2pct-gdp-level", "due", "gazette-2025")]
    assert report[["said", "stated", "cell", "voice", "reliability"]].to_list() == [
        "2032",
        "2034",
        "2032",
        "Government of Canada",
        "A",
    ]


def test_numbers_are_compared_by_value_and_not_by_spelling(claimed):
    more = evidence(
        "targets", "pol-border-guards-rest", "gazette-2025", "confirms", "stated_value", "4000.0"
    )
    report = claimed(more).loc[("pol-border-guards-rest", "value", "gazette-2025")]
    assert (report["said"], report["stated"], report["cell"]) == ("4000", "4000", "4000")


def test_large_and_small_numbers_keep_their_digits():
    values = pd.DataFrame({"value": pd.array([2000000000, 1.76, 0, None], dtype="Float64")})
    assert as_text(values, "value").iloc[:3].to_list() == ["2000000000", "1.76", "0"]


def test_a_range_is_compared_with_both_its_ends():
    sizes = frame("targets", [{"value": (31, 37)}, {"value": 2}, {}])
    assert as_text(sizes, "value").to_list() == ["31/37", "2", "not-stated"]


def test_a_missing_value_is_compared_as_its_reason(claimed):
    more = evidence(
        "targets", "pol-border-guards-rest", "gazette-2025", "refines", "stated_due", "2025"
    )
    assert (
        claimed(more).loc[("pol-border-guards-rest", "due", "gazette-2025"), "cell"] == "not-stated"
    )


def test_what_was_stated_first_of_a_field_without_a_cell_for_it_is_what_its_first_source_reports(
    claimed,
):
    changes = [
        (
            "events",
            "Summit,The allies meet.,2024-07-09/2024-07-11,",
            "Summit,The allies meet.,2024-07-10,",
        ),
        evidence(
            "events", "summit", "small-text-2024", "states", "date", "2024-07", "p2.s1", "raise"
        ),
        evidence("events", "summit", "gazette-2025", "refines", "date", "2024-07-10"),
    ]
    report = claimed(*changes).loc[("summit", "date", "gazette-2025")]
    assert (report["said"], report["stated"], report["cell"]) == (
        "2024-07-10",
        "2024-07",
        "2024-07-10",
    )


def test_what_was_stated_first_is_what_the_source_says_that_was_public_first(claimed):
    dates = ("2024-07-09/2024-07-11", "2024-07", "2024-07-10")
    changes = [
        SECOND_SOURCE,
        ("events", f"Summit,The allies meet.,{dates[0]},", f"Summit,The allies meet.,{dates[2]},"),
        evidence(
            "events", "summit", "small-text-2024", "states", "date", dates[0], "p2.s1", "raise"
        ),
        evidence("events", "summit", "gazette-2025", "states", "date", dates[1]),
        evidence("events", "summit", "wire-2024", "refines", "date", dates[2]),
    ]
    assert set(claimed(*changes).loc[("summit", "date"), "stated"]) == {dates[0]}


def test_who_speaks_to_a_part_speaks_to_its_commitment(derived):
    spoken = speaking(
        derived(evidence("milestones", "pol-border-guards-announced", "gazette-2025", "confirms"))
    )
    of_commitment = spoken[
        (spoken["record_table"] == "commitments") & (spoken["record_id"] == "pol-border-guards")
    ]
    assert set(of_commitment["source_id"]) == {"small-text-2024", "gazette-2025"}


def test_a_report_read_in_two_places_is_one_source(derived):
    again = (
        "sources",
        "",
        SECOND_SOURCE[2].replace("wire-2024,Wire,", "wire-copy,Wire as copied,"),
    )
    more = [
        evidence("events", "summit", source, "confirms") for source in ("wire-2024", "wire-copy")
    ]
    assert independent(speaking(derived(SECOND_SOURCE, again, *more)))[("events", "summit")] == 2


def test_a_source_is_public_when_it_was_read_at_the_latest(derived):
    late = ("sources", "", UNDATED_SOURCE[2].replace("news,not-stated,", "news,2025,"))
    sources = derived(SECOND_SOURCE, late, evidence("events", "summit", "undated", "confirms"))[
        "sources"
    ]
    public = public_from(sources).set_axis(sources["source_id"])
    assert (
        f"{public['undated']:%Y-%m-%d}" == "2025-01-01"
        and f"{public['small-text-2024']:%Y-%m-%d}" == "2024-07-31"
    )


ACTORS = [
    {"actor_id": "alba", "name": "Alba", "kind": "state"},
    {"actor_id": "alba-writer", "name": "A. Writer", "kind": "person"},
    {"actor_id": "borea", "name": "Borea", "kind": "state"},
]


def voice(*others: tuple[str, str, str | None], origin=None, publisher="Wire") -> str:
    """Return the voice of a source beside others, each given as its id, publisher and origin."""
    rows = [("asked", publisher, origin), *others]
    sources = [
        {"source_id": source_id, "publisher": name, "origin_id": copied}
        for source_id, name, copied in rows
    ]
    return voices(frame("sources", sources), frame("actors", ACTORS))[0]


def test_a_source_that_copies_nobody_has_the_voice_of_its_publisher():
    assert voice() == voice(publisher="Wire") == "Wire"


def test_a_copy_has_the_voice_of_the_publisher_of_what_it_copies():
    assert voice(("letter", "Herald", None), origin="letter") == "Herald"


def test_a_copy_of_a_copy_has_the_voice_of_the_first_report():
    copies = [("copy", "Herald", "letter"), ("letter", "Gazette", None)]
    assert voice(*copies, origin="copy") == "Gazette"


def test_who_relays_a_report_that_is_no_source_has_the_voice_that_all_who_do_so_share():
    others = [("other", "Herald", "a-press-release")]
    assert voice(*others, origin="a-press-release") == "a-press-release"


def test_who_relays_a_report_of_a_publisher_of_others_has_its_voice():
    others = [("agency-2025-04-01-a-page", "An agency", None)]
    assert voice(*others, origin="agency-2024-a-report") == "An agency"
    assert voice(*others, origin="agency-nd-a-report") == "An agency"
    assert voice(*others, origin="agency-of-alba-2024-a-report") == "agency-of-alba-2024-a-report"
    assert voice(*others, origin="agency-report") == "agency-report"


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("alba-2024-statement", "Government of Alba"),
        ("borea-2024-statement", "Government of the Borea"),
        ("alba-writer-2024-interview", "A. Writer"),
        ("albania-2024-statement", "albania-2024-statement"),
        ("alba", "alba"),
    ],
    ids=["a state", "a state that publishes so", "a person", "no actor", "nothing but an actor"],
)
def test_an_origin_that_begins_with_an_actor_s_id_is_that_actor_s_word(origin, expected):
    others = [("borean-notices", "Government of the Borea", None)]
    assert voice(*others, origin=origin) == expected


def test_who_contradicts_a_turn_in_anything_does_not_stand_behind_it():
    said = [
        {"record_id": "a-turn", "source_id": "wire", "stance": "states"},
        {"record_id": "a-turn", "source_id": "herald", "stance": "contradicts"},
        {"record_id": "a-turn", "source_id": "times", "stance": "contradicts", "field": "date"},
        {"record_id": "a-turn", "source_id": "post", "stance": "contradicts", "field": "date"},
        {"record_id": "a-turn", "source_id": "post", "stance": "confirms", "field": "kind"},
    ]
    rows = frame("evidence", [{"record_table": "milestones"} | row for row in said])
    assert set(behind_turns(rows)["source_id"]) == {"wire", "post"}
    others = frame("evidence", [{"record_table": "targets"} | said[0]])
    assert behind_turns(others).empty
