"""The charts of who says so, on the small world."""

import pytest

from eastflank import charts
from eastflank.charts import accuracy, testimony, trust
from tests.drawn import row, says, source

ARTICLE = "small-text-2024"
LEVEL = "can-2pct-gdp-level"


@pytest.fixture(scope="module")
def spoken(world):
    """Others speak of the article's claims, each of another one."""
    return world(
        source("wire-2024", "2024-09-01"),
        source("copy-2024", "2024-09-01", "A page", kind="aggregator"),
        source("unheard-2024", "2024-09-01", "A diary"),
        says("unheard-2024", "watchpoints", "will-poland-do-it", "refines"),
        source("rewrite-2024", "2024-09-01", "A paper", origin_id=ARTICLE),
        says("gazette-2025", "events", "canada-pledges-2pct", "confirms"),
        says("gazette-2025", "events", "summit", "confirms"),
        says("wire-2024", "events", "summit", "refines"),
        says("gazette-2025", "events", "poland-announces-guards", "confirms"),
        says("wire-2024", "events", "poland-announces-guards", "contradicts"),
        says("wire-2024", "commitments", "pol-border-guards", "confirms"),
        says("copy-2024", "targets", "pol-border-guards-rest", "confirms"),
        says("rewrite-2024", "targets", "pol-border-guards-there", "confirms"),
        says("wire-2024", "targets", LEVEL, "contradicts", field="stated_due", reported="2030"),
    )


@pytest.fixture(scope="module")
def corrected(world):
    """The article's number is wrong as well as its date."""
    told = {"field": "stated_value", "reported": "2.5"}
    return world(
        row("targets", target_id=LEVEL, value="2.5"),
        says("gazette-2025", "targets", LEVEL, "contradicts", **told),
    )


@pytest.fixture(scope="module")
def exact(world):
    """What the evidence supports is only more exact than the article's date."""
    told = {"field": "due", "reported": "2034-06"}
    return world(
        row("targets", target_id=LEVEL, due="2034-06"),
        says("gazette-2025", "targets", LEVEL, "refines", **told),
    )


def verdict(data, record_id: str, grades="any grade") -> str:
    judged = testimony.verdicts(ARTICLE, data).set_index(["grades", "record_id"])
    return judged.loc[(grades, record_id), "verdict"]


# Verdicts


def test_a_claim_of_which_nobody_else_speaks_is_not_corroborated(small):
    assert verdict(small, "canada-pledges-2pct") == "not corroborated"


def test_a_claim_has_the_verdict_of_the_strongest_objection(spoken):
    assert verdict(spoken, "canada-pledges-2pct") == "confirmed"
    assert verdict(spoken, "summit") == "refined"
    assert verdict(spoken, "poland-announces-guards") == "contradicted, kept"


def test_a_claim_is_corrected_where_the_evidence_supports_another_value(small):
    assert verdict(small, LEVEL) == "contradicted, corrected"


def test_a_verdict_counts_sources_of_the_grades_alone_that_were_chosen(spoken):
    assert verdict(spoken, "pol-border-guards", "A or B") == "confirmed"
    assert verdict(spoken, "pol-border-guards", "A") == "not corroborated"


def test_what_only_repeats_others_or_the_article_itself_is_no_verdict(spoken):
    assert verdict(spoken, "pol-border-guards-rest") == "not corroborated"
    assert verdict(spoken, "pol-border-guards-there") == "not corroborated"


def test_borne_out_finds_the_shares_of_verdicts(small):
    assert charts.borne_out(ARTICLE, small).title == (
        "Of 9 claims in “A small text”, others contradict 11%; the one contradicted is corrected"
    )


def test_the_title_of_borne_out_moves_with_the_picker(spoken):
    drawn = charts.borne_out(ARTICLE, spoken)
    assert list(drawn.titles) == ["A", "A or B", "A, B or C", "any grade"]
    assert drawn.titles["any grade"] == drawn.title
    assert "others of grade A bear out or contradict none" in drawn.titles["A"] or (
        "others of grade A " in drawn.titles["A"]
    )


def test_a_source_that_is_not_there_or_claims_nothing_is_refused(spoken):
    with pytest.raises(ValueError, match="did you mean 'small-text-2024'"):
        charts.borne_out("smal-text-2024", spoken)
    with pytest.raises(ValueError, match="is cited for no event, commitment or target"):
        charts.borne_out("unheard-2024", spoken)


# Slips


def test_slips_find_by_how_much_a_date_is_wrong(small):
    drawn = charts.slips(ARTICLE, small)
    assert drawn.title == (
        "Of 1 number or date in “A small text” that others report too, 1 is wrong: "
        "1 date by 2 years"
    )
    assert drawn.alt == (
        "Canada to spend 2% of GDP: 2% of GDP (by when): 2032 instead of 2034, 2 years earlier."
    )


def test_slips_find_by_how_much_a_number_is_wrong(corrected):
    wrong = accuracy.errors(ARTICLE, corrected).dropna(subset="size").set_index("field")
    assert wrong.loc["value", "size"] == "+25.0%"
    assert wrong.loc["due", "publishers"] == "Government of Canada"
    title = charts.slips(ARTICLE, corrected).title
    assert title.endswith("2 are wrong: 1 number by 25%, 1 date by 2 years")


def test_a_report_that_was_not_followed_has_no_size(spoken):
    reports = accuracy.errors(ARTICLE, spoken).set_index("reported")
    assert reports.loc["2030", "says"] == accuracy.OTHERS
    assert list(reports["size"].notna()) == [report == "2032" for report in reports.index]


def test_a_more_exact_date_is_no_error(exact):
    assert accuracy.errors(ARTICLE, exact)["size"].isna().all()
    assert verdict(exact, LEVEL) == "contradicted, kept"
    assert list(trust.disputes(exact)["end"]) == ["first word kept or refined"]
    assert "none is wrong" in charts.slips(ARTICLE, exact).title


def test_slips_of_a_source_that_nobody_contradicts_are_refused(spoken):
    with pytest.raises(ValueError, match="no source contradicts a number or a date of 'rewrite-"):
        charts.slips("rewrite-2024", spoken)


# Disputes


def test_a_dispute_has_both_its_sides(small):
    [dispute] = trust.disputes(small).to_dict("records")
    assert (dispute["record_table"], dispute["about"], dispute["end"]) == (
        "targets",
        "dates",
        "first word overruled",
    )
    assert (dispute["said_by"], dispute["against"]) == (
        "A publisher",
        "2032 (Government of Canada)",
    )


def test_a_record_that_is_denied_as_a_whole_is_neither_kept_nor_overruled(spoken):
    dispute = trust.disputes(spoken).set_index("record_id").loc["poland-announces-guards"]
    assert (dispute["about"], dispute["end"], dispute["against"]) == (
        "whether at all",
        "denied by some",
        "denied (A wire)",
    )
    title = charts.disagreements(spoken).title
    assert title.startswith("Sources differ on 2 points, most often on ")
    assert title.endswith("overruled once, and kept or refined never")


def test_on_a_day_on_which_nobody_differs_there_is_nothing_to_draw(small):
    with pytest.raises(ValueError, match="no sources differ"):
        charts.disagreements(small.at("2025-02-01"))


def test_grades_find_the_share_of_the_better_sources(small):
    said = small.load("evidence")
    title = charts.grades(small).title
    better = said["source_id"].eq("gazette-2025").sum() / len(said)
    assert title.startswith(f"{better:.0%} of {len(said)} statements")


def test_support_and_thin_find_what_rests_on_one_source(small, spoken):
    [few] = trust.thin(small).to_dict("records")
    assert (few["commitment_id"], few["source"], few["grade"]) == (
        "pol-border-guards",
        "A publisher",
        "C",
    )
    assert trust.thin(spoken).empty
    assert charts.support(small).title.endswith("none, among them 1 commitment")
    assert charts.support(spoken).title.endswith("none, among them 0 commitments")
