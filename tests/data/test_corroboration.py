"""What independent sources say stands in the dataset: contradictions with both sides,
and what became of each promise.
"""

import pandas as pd
import pytest

import eastflank as ef
from eastflank.codelists import SourceKind
from eastflank.version import CLOSING

CONTRADICTED = [
    "can-2pct-gdp-level",  # 2034 v. 2032
    "can-defence-spending-increase-level",  # 1.74% v. 1.76%
    "can-submarines-number",  # twelve v. up to twelve
    "pol-eastern-shield-border-guards",  # border guards v. soldiers
    "pol-eastern-shield",  # Eastern Shield v. Safe Podlasie
    "belarus-china-exercise",  # the first exercise v. not the first
    "us-secondary-sanctions-on-chinese-banks",  # adopted v. not before 2025
    "jpn-exercise-with-nato-year",  # 2025 v. 2024
    "nato-asia-pacific-cooperation",  # the fields of the flagship projects
    "nato-china-military-talks",  # who led them
    "nato-certifies-south-korean-airworthiness",  # what was certified
    "wang-yi-accuses-nato-of-cold-war-mentality",  # who said so
    "csto",  # Central v. Collective
    "russian-tsentr-exercises",  # Centa v. Tsentr; three v. four years
    "russian-zapad-exercises",  # three v. four years
    "belarusian-opposition-sabotages-russian-aircraft",  # several aircraft v. one
    "belarus-ukraine-border-disengagement",  # mutual v. one-sided
]
"""Records of the article on which other sources are known to differ from it."""

GOOD = [SourceKind.OFFICIAL, SourceKind.WIRE, SourceKind.PAPER_OF_RECORD]


@pytest.mark.parametrize("record_id", CONTRADICTED)
def test_every_known_contradiction_of_the_article_stands_in_conflicts_with_both_sides(record_id):
    sides = ef.conflicts(record_id).query("record_id == @record_id")
    assert len(sides) and sides["sources_against"].notna().all()
    assert sides["sources_for"].str.contains("shea-2024").any()


def test_a_third_of_the_sources_is_official_wire_or_paper_of_record():
    sources = ef.load("sources")
    assert len(sources) >= 250
    assert sources["kind"].isin(GOOD).mean() >= 1 / 3


def test_the_article_stays_readable_as_it_was():
    article = ef.load("targets", stated_by="shea-2024").set_index("target_id")
    assert article.loc["can-2pct-gdp-level", ["stated_due", "due"]].to_list() == ["2034", "2034"]
    assert article.loc[
        "can-defence-spending-increase-level", ["stated_value", "value"]
    ].to_list() == [1.74, 1.74]
    assert article.loc["pol-eastern-shield-border-guards", "measure"] == "border-guards"
    assert set(ef.load("commitments", stated_by="shea-2024")["status"]) <= {
        "met",
        "pending",
        "upheld",
    }


def test_canada_s_path_is_told_from_statement_to_revision():
    target = ef.load("targets").set_index("target_id").loc["can-2pct-gdp-level"]
    assert target[["stated_due", "due", "current_due"]].to_list() == [
        "2034",
        "2032",
        "2025-04/2026-03",
    ]
    before = ef.load("targets", as_of="2024-12-31").set_index("target_id").loc["can-2pct-gdp-level"]
    assert before[["due", "current_due"]].to_list() == ["2032", "2032"]


def test_the_missiles_stand_as_they_were_while_weak_sources_report_their_cancellation():
    status = {
        day: ef.load("commitments", as_of=day)
        .set_index("commitment_id")
        .at["deu-us-missile-deployment", "status"]
        for day in ("2024-08-01", "2026-07-01")
    }
    assert status == {"2024-08-01": "pending", "2026-07-01": "pending"}
    now = ef.load("outcomes").query("commitment_id == 'deu-us-missile-deployment'")
    assert set(now["standing"]) == {"pending"} and set(now["reported"]) == {"withdrawn"}


def test_every_ally_with_forces_has_a_share_of_gdp_for_each_year_in_nato():
    """Iceland has no armed forces, so NATO publishes no share."""
    members = (
        ef.load("memberships")
        .query("group_id == 'nato' and role == 'member'")
        .set_index("actor_id")["since_earliest"]
    )
    assert len(members) == 32
    shares = ef.load("observations").query("measure == 'defence-spending-share-gdp'")
    seen = set(zip(shares["actor_id"], shares["period_earliest"].dt.year, strict=True))
    due = {
        (ally, year)
        for ally, since in members.drop("iceland").items()
        for year in range(max(2014, since.year), 2026)
    }
    assert sorted(due - seen) == []


def test_no_vintage_is_overwritten():
    shares = ef.load("observations").query(
        "measure == 'defence-spending-share-gdp' and actor_id == 'canada'"
    )
    vintages = shares[shares["period"] == "2024"]
    assert vintages["source_id"].nunique() >= 3 and vintages["value"].nunique() >= 2


def test_a_status_of_every_commitment_rests_on_a_milestone_with_evidence():
    milestones = ef.load("milestones")
    evidence = ef.load("evidence").query("record_table == 'milestones'")
    assert set(milestones["milestone_id"]) == set(evidence["record_id"])
    assert set(ef.load("commitments")["commitment_id"]) == set(milestones["commitment_id"])


def test_what_is_known_today_is_the_dataset_itself():
    for table in ("targets", "milestones", "watchpoints", "events"):
        pd.testing.assert_frame_equal(ef.load(table, as_of=CLOSING), ef.load(table))
