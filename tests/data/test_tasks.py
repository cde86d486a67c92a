"""What users come for, each in a few calls: questions to the real dataset, and that they answer."""

import pandas as pd
import pytest

import eastflank as ef
from eastflank.links import link


def test_which_promises_of_washington_are_late_and_where_that_can_be_read():
    made = ef.counted("washington-week-2024")
    late = made[made["standing"].isin(["overdue", "missed"]) | (made["timing_current"] == "late")]
    assert len(late)
    said = pd.concat([ef.evidence(each, "status") for each in late["commitment_id"].unique()])
    assert said["link"].notna().any() and said["title"].notna().all()


def test_who_promised_two_percent_by_when_and_when_it_was_reached():
    made = ef.counted("allies-2pct")
    reached = made[made["standing"] == "met"]
    assert len(reached) > 20 and reached["reached"].notna().all()
    assert set(reached["timing_current"]) <= {"early", "in-time", "late", "undated"}


def test_how_long_promises_stood_open_before_they_were_known_to_be_met_or_are_open_still():
    spells = ef.load("spells")
    first = spells.groupby("outcome_id")["known_from"].min()
    met = spells[spells["standing"] == "met"].groupby("outcome_id")["known_from"].min()
    closing = ef.Dataset().closing
    lasted = met.reindex(first.index).fillna(closing) - first
    assert (lasted >= pd.Timedelta(0)).all()
    assert 0 < met.notna().sum() < len(first)


def test_a_panel_of_countries_joins_with_promises_by_code_and_year():
    rows = ef.panel().dropna(subset="gw_code")
    countries = pd.DataFrame({"gw_code": [2, 20, 290], "year": 2025, "gdp": [1.0, 2.0, 3.0]})
    merged = rows.merge(countries.astype({"gw_code": "Int64"}), on=["gw_code", "year"])
    assert set(merged["actor"]) == {"United States", "Canada", "Poland"}


def test_what_poland_had_promised_for_its_border_by_a_day():
    promised = ef.record("Poland", as_of="2024-12-31")["promised"]
    found = ef.find("border", as_of="2024-12-31")
    own = promised[promised["commitment_id"].isin(found["id"])]
    assert {"pol-east-shield", "pol-border-guards-2025"} & set(own["commitment_id"])
    assert not own["commitment"].isna().any()


def test_all_tables_go_to_excel_and_sqlite_without_a_cast(tmp_path):
    import sqlite3

    with sqlite3.connect(tmp_path / "eastflank.sqlite") as base:
        for table in ef.tables().index:
            ef.load(table).to_sql(table, base, index=False)
        [(count,)] = base.execute("select count(*) from tracker where value > 2").fetchall()
    assert count == (ef.load("tracker")["value"] > 2).sum()


def test_a_model_takes_a_frame_as_it_is():
    targets = ef.load("targets", observed=True)
    numbers = targets[["value", "stated_value", "independent_sources", "disputed"]]
    assert all(each.kind in "fib" for each in numbers.dtypes)
    assert set(targets["unit"].cat.categories) == set(targets["unit"])
    sources = ef.load("sources")
    assert (sources["reliability"] <= "B").sum() == sources["reliability"].isin(["A", "B"]).sum()


def test_all_about_poland_is_one_call_and_has_titles():
    poland = ef.record("Poland")
    assert {"promised", "was_promised", "did", "done_to", "offices"} <= set(poland.related)
    how = set(poland["promised"]["how"].str.split().str[0])
    assert {"alone", "as", "with"} <= how
    assert poland["offices"]["office"].str.contains("President").any()
    assert ef.record("POL").id == "poland"


def test_where_the_icebreakers_stand_is_one_call():
    found = ef.find("icebreaker")
    assert found["id"].iloc[0] == "icebreaker-collaboration-effort"
    assert {"commitments", "events", "targets", "sources"} <= set(found["table"])


def test_who_says_so_is_one_call_with_the_links_to_the_words():
    said = ef.evidence("can-2pct-gdp")
    assert (
        len(said)
        == len(ef.record("can-2pct-gdp").evidence)
        > len(ef.evidence("can-2pct-gdp", parts=False))
    )
    words = said[said["anchor"].notna() & said["url"].str.startswith("http").fillna(False)]
    assert words["link"].str.contains(":~:text=").all()


def test_a_version_of_another_shape_is_refused_with_what_can_be_had_of_it():
    old = ef.Dataset(version="0.2.0")
    for ask in (ef.find, ef.record, ef.headline):
        with pytest.raises(ValueError, match="no outcomes.*load"):
            ask("poland", data=old)


def test_every_link_leads_to_a_page():
    evidence = ef.load("evidence").merge(ef.load("sources")[["source_id", "url"]], on="source_id")
    links = [
        link(url, words) for url, words in zip(evidence["url"], evidence["anchor"], strict=True)
    ]
    urls = evidence["url"].notna()
    assert [each is not None for each in links] == list(urls)


def test_the_figure_on_which_a_status_rests_is_shown_with_its_table_and_value():
    [figure] = ef.evidence("can-2pct-gdp", "status").to_dict("records")
    assert figure["record_table"] == "observations" and float(figure["reported"]) >= 2
