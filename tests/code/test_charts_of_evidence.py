"""The charts of who says so, on the small world."""

import pytest

from eastflank import charts
from eastflank.charts import testimony, trust, words
from tests.worlds import SECOND_SOURCE, evidence

ARTICLE = "small-text-2024"


@pytest.fixture
def world(derived, monkeypatch):
    """A function that makes the charts draw the small world after some changes to it, and returns its tables."""

    def made(*changes):
        tables = derived(*changes)
        for module in (words, testimony, trust):
            monkeypatch.setattr(module, "load", lambda name: tables[name])
        return tables

    return made


def verdict(record_id: str, grades="any grade") -> str:
    judged = charts.verdicts(ARTICLE).set_index(["grades", "record_id"])
    return judged.loc[(grades, record_id), "verdict"]


# Verdicts


def test_a_claim_of_which_nobody_else_speaks_is_not_corroborated(world):
    world()
    assert verdict("canada-pledges-2pct") == "not corroborated"


def test_a_claim_has_the_verdict_of_the_strongest_objection(world):
    pledge = "canada-pledges-2pct"
    world(evidence("events", pledge, "gazette-2025", "confirms"))
    assert verdict(pledge) == "confirmed"
    world(SECOND_SOURCE, evidence("events", pledge, "wire-2024", "refines"))
    assert verdict(pledge) == "refined"
    world(evidence("events", pledge, "wire-2024", "contradicts"))
    assert verdict(pledge) == "contradicted, kept"


def test_a_claim_is_corrected_where_the_evidence_supports_another_value(world):
    world()
    assert verdict("can-2pct-gdp-level") == "contradicted, corrected"


def test_a_verdict_counts_sources_of_the_grades_alone_that_were_chosen(world):
    world(SECOND_SOURCE, evidence("events", "canada-pledges-2pct", "wire-2024", "confirms"))
    assert verdict("canada-pledges-2pct", "A or B") == "confirmed"
    assert verdict("canada-pledges-2pct", "A") == "not corroborated"


def test_what_only_repeats_others_is_no_verdict(world):
    repeating = (
        "sources",
        "",
        SECOND_SOURCE[2].replace("wire-2024", "copy-2024").replace(",wire,", ",aggregator,"),
    )
    world(repeating, evidence("events", "canada-pledges-2pct", "copy-2024", "confirms"))
    assert verdict("canada-pledges-2pct") == "not corroborated"


def test_borne_out_finds_the_shares_of_verdicts(world):
    world()
    drawn = charts.borne_out(ARTICLE)
    assert (
        drawn.title
        == "Of 9 claims in “A small text”, others confirm 0%, refine 0% and contradict 11%; 1 of the 1 contradicted are corrected"
    )
    assert drawn.svg


def test_a_source_that_is_not_there_is_refused_with_the_nearest(world):
    world()
    with pytest.raises(ValueError, match="did you mean 'small-text-2024'"):
        charts.borne_out("smal-text-2024")


# Slips


def test_slips_find_by_how_much_a_date_is_wrong(world):
    world()
    drawn = charts.slips(ARTICLE)
    assert (
        drawn.title
        == "Of 1 numbers and dates in “A small text” that others report too, 1 are wrong: 1 dates by 2 years"
    )
    assert (
        drawn.alt
        == "Canada to spend 2% of GDP: 2% of GDP (by when): 2032 instead of 2034, 2 years earlier."
    )
    assert drawn.svg


def test_slips_find_by_how_much_a_number_is_wrong(world):
    world(
        ("targets", "2,2034,2,2032", "2,2034,2.5,2032"),
        evidence(
            "targets", "can-2pct-gdp-level", "gazette-2025", "contradicts", "stated_value", "2.5"
        ),
    )
    wrong = charts.errors(ARTICLE).dropna(subset="size").set_index("field")
    assert wrong.loc["value", "size"] == "+25.0%"
    assert wrong.loc["due", "publishers"] == "Government of Canada"
    assert charts.slips(ARTICLE).title.endswith("2 are wrong: 1 numbers by 25%, 1 dates by 2 years")


def test_a_report_that_was_not_followed_has_no_size(world):
    world(
        SECOND_SOURCE,
        evidence("targets", "can-2pct-gdp-level", "wire-2024", "contradicts", "stated_due", "2030"),
    )
    reports = charts.errors(ARTICLE).set_index("reported")
    assert reports.loc["2030", "says"] == testimony.OTHERS
    assert list(reports["size"].notna()) == [report == "2032" for report in reports.index]


def test_a_more_exact_date_is_no_error(world):
    world(
        ("targets", "2,2034,2,2032", "2,2034,2,2034-06"),
        SECOND_SOURCE,
        evidence("targets", "can-2pct-gdp-level", "gazette-2025", "refines", "due", "2034-06"),
    )
    assert charts.errors(ARTICLE)["size"].isna().all()
    assert verdict("can-2pct-gdp-level") == "contradicted, kept"
    assert list(charts.disputes()["end"]) == ["first word kept or refined"]
    assert "0 are wrong" in charts.slips(ARTICLE).title


def test_slips_of_a_source_that_nobody_contradicts_are_refused(world):
    world(SECOND_SOURCE)
    with pytest.raises(ValueError, match="no source contradicts a number or a date of 'wire-2024'"):
        charts.slips("wire-2024")


# Disputes


def test_a_dispute_has_both_its_sides(world):
    world()
    [dispute] = charts.disputes().to_dict("records")
    assert (dispute["about"], dispute["end"]) == ("dates", "first word overruled")
    assert (dispute["said_by"], dispute["against"]) == (
        "A publisher",
        "2032 (Government of Canada)",
    )


def test_a_record_that_is_denied_as_a_whole_is_neither_kept_nor_overruled(world):
    world(evidence("events", "summit", "gazette-2025", "contradicts"))
    dispute = charts.disputes().set_index("record_id").loc["summit"]
    assert (dispute["about"], dispute["end"], dispute["against"]) == (
        "whether at all",
        "denied by some",
        "denied (Government of Canada)",
    )
    drawn = charts.disagreements()
    assert drawn.title.startswith("Sources differ on 2 points, most often on ")
    assert drawn.svg


def test_grades_find_the_share_of_the_better_sources(world):
    tables = world()
    drawn = charts.grades()
    assert drawn.title.startswith(
        f"{2 / len(tables['evidence']):.0%} of {len(tables['evidence'])} statements"
    )
    assert drawn.svg


def test_support_and_thin_find_what_rests_on_one_source(world):
    world()
    [few] = charts.thin().to_dict("records")
    assert (few["commitment_id"], few["source"], few["grade"]) == (
        "pol-border-guards",
        "A publisher",
        "C",
    )
    world(SECOND_SOURCE, evidence("commitments", "pol-border-guards", "wire-2024", "confirms"))
    assert charts.thin().empty
    drawn = charts.support()
    assert drawn.title.endswith("among them 0 of 2 commitments")
    assert drawn.svg
