"""What sources report is compared with what records say, in one form of writing."""

import pandas as pd
import pytest

from eastflank.claims import as_text, claims, independent, public_from, speaking
from tests.worlds import SECOND_SOURCE, UNDATED_SOURCE, evidence


@pytest.fixture
def claimed(derived):
    """A function from changes to the small world to its claims, by record, field and source."""
    return lambda *changes: claims(derived(*changes)).set_index(["record_id", "field", "source_id"])


def test_a_report_stands_beside_what_was_stated_first_and_what_the_record_says(claimed):
    report = claimed().loc[("can-2pct-gdp-level", "due", "gazette-2025")]
    assert report[["said", "stated", "cell", "publisher", "reliability"]].to_list() == [
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
    frame = pd.DataFrame({"value": pd.array([2000000000, 1.76, 0, None], dtype="Float64")})
    assert as_text(frame, "value").iloc[:3].to_list() == ["2000000000", "1.76", "0"]


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


def test_who_speaks_to_a_part_speaks_to_its_commitment(derived):
    spoken = speaking(
        derived(evidence("milestones", "pol-border-guards-announced", "gazette-2025", "confirms"))
    )
    of_commitment = spoken[
        (spoken["table"] == "commitments") & (spoken["record_id"] == "pol-border-guards")
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
