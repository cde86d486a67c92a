"""`eastflank.charts` on the small world: what is found, what stands by it, what is refused."""

import datetime
import inspect
import json
import re
import subprocess
import sys

import altair as alt
import pandas as pd
import pytest

from eastflank import charts
from eastflank.charts import allies, budgets, outcomes, turns, watchpoints, words
from eastflank.charts import figure as figures
from eastflank.codelists import MilestoneKind, Standing, Timing, WatchpointStatus
from eastflank.version import VERSION
from tests.drawn import figure, says, source, turn

DOT = alt.Chart(pd.DataFrame({"at": [1]})).mark_point().encode(x="at:Q")

REPORT = source("report-2026", "2026-03-31", "NATO", kind="data", reliability="A")
"""The measuring body's own edition of the figures."""


@pytest.fixture(scope="module")
def estimated(world):
    """Canada is there in 2025 by an estimate, and had set that year as its date before."""
    return world(
        REPORT,
        source("agency-2025", "2025-04-01", "An agency"),
        figure("2025", "2.01", "report-2026", kind="estimate"),
        *moved("2025", "2025-03-01", "agency-2025"),
        *turn("met", "2025", "report-2026"),
    )


@pytest.fixture(scope="module")
def final(world):
    """Canada is there in 2025 by a final figure, and sets that year as its date only afterwards."""
    return world(
        REPORT,
        figure("2025", "2.01", "report-2026"),
        *moved("2025", "2026-02-01", "report-2026"),
    )


@pytest.fixture(scope="module")
def doubtful(world):
    """A weak source alone has it that Canada is there."""
    rumour = source("rumour-2025", "2025-04-01", "A rumour", reliability="D")
    return world(rumour, *turn("met", "2025-03", "rumour-2025"))


@pytest.fixture(scope="module")
def eventful(world):
    """Canada withdraws, which an agency tells later; others speak of Poland's guards."""
    guards = {"measure": "border-guards", "actor_id": "poland", "unit": "persons"}
    named = guards | {"kind": "reported", "target_id": "pol-border-guards-all"}
    return world(
        source("wire-2024", "2024-09-01"),
        source("agency-2025", "2025-04-01", "An agency"),
        source("undated", "not-stated", "A page"),
        *turn("withdrawn", "2025-02-20", "agency-2025"),
        says("wire-2024", "targets", "can-2pct-gdp-level", "confirms"),
        says("agency-2025", "watchpoints", "will-poland-do-it", "refines"),
        says("undated", "watchpoints", "will-poland-do-it", "refines"),
        figure("2025-03", "7000", "agency-2025", **named),
        figure("2025-02", "8500", "agency-2025", **guards, kind="reported"),
    )


@pytest.fixture(scope="module")
def revised(world):
    """The figure of 2024 has three editions, that of 2025 one, and of 2026 there is a forecast."""
    return world(
        REPORT,
        source("agency-2025", "2025-04-01", "An agency"),
        figure("2024", "2.05", "agency-2025"),
        figure("2024", "1.9", "report-2026"),
        figure("2025", "2.01", "report-2026"),
        figure("2026", "2.5", "report-2026", kind="estimate"),
    )


def moved(due: str, date: str, source_id: str):
    """Return a turn by which Canada sets another date."""
    return turn("revised", date, source_id, target_id="can-2pct-gdp-level", due=due)


DRAWN = {
    "lives": {},
    "monthly": {},
    "life": {"commitment_id": "can-2pct-gdp"},
    "spending": {"actor_id": "canada"},
    "first_years": {},
    "punctuality": {},
    "components": {"actor_id": "poland"},
    "borne_out": {"source_id": "small-text-2024"},
    "slips": {"source_id": "small-text-2024"},
    "disagreements": {},
    "grades": {},
    "support": {},
    "watch": {},
    "forecasts": {},
    "shares": {},
    "joins": {},
    "reports": {"record_id": "can-2pct-gdp-level", "field": "due"},
    "around": {"event_id": "summit"},
    "interactions": {"least": 1},
    "alliances": {},
    "balance": {},
    "flank": {},
}
"""The drawings, each with what it must be asked."""


def data_of(drawn: charts.Figure) -> str:
    """Return all that a figure draws, as text."""
    return json.dumps(drawn.spec)


# A figure


@pytest.mark.parametrize("missing", ["title", "alt", "source"])
def test_a_figure_is_refused_without_what_must_stand_by_it(missing):
    said = {"title": "A finding", "alt": "A dot", "source": "A publisher"} | {missing: " "}
    with pytest.raises(ValueError, match=missing):
        charts.Figure(DOT, **said)


def test_a_figure_shows_its_finding_and_its_sources_with_the_version():
    svg = charts.Figure(
        DOT, title="A finding", alt="A dot", source="A publisher", how="One dot."
    ).svg
    shown = re.findall(r">([^<>]+)</(?:text|tspan)>", svg)
    assert {"A finding", "One dot.", f"Sources: A publisher. Eastflank {VERSION}."} <= set(shown)


def test_a_figure_of_a_state_of_knowledge_says_of_which(small):
    def line(data):
        return charts.Figure(DOT, "A finding", "A dot", "A publisher", data=data).source_line

    assert line(small) == f"Sources: A publisher. Eastflank {small.version}."
    assert line(small.at("2024-12-31")).endswith(f"{small.version}, as known on 31 December 2024.")
    assert line(small.at(stated_by="gazette-2025")).endswith(", as gazette-2025 has it.")


def test_a_figure_gives_jupyterlab_a_chart_and_others_a_picture_with_its_words():
    data, metadata = charts.Figure(
        DOT, title='A "finding"', alt="A dot & more", source="A publisher"
    )._repr_mimebundle_()
    assert data[figures.INTERACTIVE]["$schema"].endswith("/v5.json")
    assert data[figures.INTERACTIVE]["description"] == 'A "finding". A dot & more'
    assert set(metadata) == {figures.INTERACTIVE}
    assert data[figures.STATIC].startswith(
        '<img alt="A &quot;finding&quot;. A dot &amp; more" src="data:image/svg+xml;base64,'
    )


def test_a_finding_shows_what_comes_from_the_data_as_it_was_written():
    shown = charts.Finding("<script>alert(1)</script> *a* [b](javascript:c) `d`")._repr_markdown_()
    assert shown == (
        r"**&lt;script&gt;alert(1)&lt;/script&gt; \*a\* \[b\](javascript:c) \`d\`**".replace(
            r"\\", "\\"
        )
    )


def test_a_title_moves_with_the_slider(eventful):
    drawn = charts.lives(data=eventful)
    assert drawn.titles[max(drawn.titles)] == drawn.title
    assert drawn.titles[0] == ("2 commitments on 31 July 2024: 2 pending; 1 without a deadline")
    [titled, _] = [part["title"] for part in (drawn.spec["vconcat"][0], drawn.spec)]
    assert titled["text"]["expr"].endswith(")[month]")
    assert drawn.title.split(":")[0] in drawn.svg


def test_no_colour_is_left_to_the_theme(small):
    """In a dark JupyterLab it would be white on white."""
    config = charts.lives(data=small).spec["config"]
    colours = {
        "axis": ("labelColor", "titleColor", "gridColor", "domainColor", "tickColor"),
        "legend": ("labelColor", "titleColor"),
        "title": ("color", "subtitleColor"),
        "header": ("labelColor", "titleColor"),
        "text": ("color",),
    }
    assert config["background"] == "white"
    assert [
        (of, name) for of, names in colours.items() for name in names if name not in config[of]
    ] == []


def test_sliders_and_pickers_stand_above_what_they_change(small):
    _, metadata = charts.lives(data=small)._repr_mimebundle_()
    style = metadata[figures.INTERACTIVE]["embed_options"]["defaultStyle"]
    assert ".vega-bindings { order: -1" in style


def test_a_figure_is_drawn_alike_every_time(tmp_path):
    both = [
        charts.Figure(DOT, title="A finding", alt="A dot", source="A publisher") for _ in range(2)
    ]
    assert json.dumps(both[0].spec) == json.dumps(both[1].spec)
    both[0].save(tmp_path / "dot.svg")
    assert (tmp_path / "dot.svg").read_text(encoding="utf-8") == both[1].svg


def test_a_figure_is_saved_as_what_the_name_of_the_file_says(small, tmp_path):
    drawn = charts.life("can-2pct-gdp", data=small)
    for ending in figures.SAVED:
        drawn.save(tmp_path / f"life{ending}")
    drawn.save(str(tmp_path / "LIFE.PNG"))
    assert (tmp_path / "life.svg").read_text(encoding="utf-8") == drawn.svg
    for name in ("life.png", "LIFE.PNG"):
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG\r\n")
    assert json.loads((tmp_path / "life.json").read_text(encoding="utf-8")) == drawn.spec
    page = (tmp_path / "life.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") and f"<title>{drawn.title}</title>" in page
    assert not re.search(r"<script[^>]+src=|<link[^>]+href=", page), "it loads from elsewhere"


@pytest.mark.parametrize("name", ["dot.pdf", "dot.jpg", "dot", "dot.svg.gz"])
def test_a_figure_is_not_saved_as_anything_else(name, tmp_path):
    drawn = charts.Figure(DOT, title="A finding", alt="A dot", source="A publisher")
    with pytest.raises(ValueError, match=r"as \.svg, \.png, \.html, \.json, and not as '.*'; let"):
        drawn.save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_without_the_library_for_pictures_a_figure_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    drawn = charts.Figure(DOT, title="A finding", alt="A dot", source="A publisher")
    for name in ("dot.svg", "dot.png", "dot.html"):
        with pytest.raises(ModuleNotFoundError, match="pip install vl-convert-python"):
            drawn.save(tmp_path / name)
    drawn.save(tmp_path / "dot.json")
    assert [path.name for path in tmp_path.iterdir()] == ["dot.json"]
    shown, _ = drawn._repr_mimebundle_()
    assert figures.INTERACTIVE in shown and figures.STATIC not in shown


def test_without_altair_the_charts_say_what_to_install():
    program = "import sys; sys.modules['altair'] = None; from eastflank import charts"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1] == (
        "ModuleNotFoundError: the charts are drawn by Altair, which is not installed; the extra "
        "charts of eastflank brings it, and so does: pip install altair vl-convert-python"
    )


def test_a_long_finding_is_broken_into_lines_that_fit():
    svg = charts.Figure(DOT, title="word " * 60, alt="A dot", source="A publisher").svg
    assert max(len(line) for line in re.findall(r">([^<>]+)</", svg)) < 90


# Which dataset is drawn


def test_the_list_of_drawings_is_whole():
    drawings = {
        name
        for name in charts.__all__
        if inspect.isfunction(getattr(charts, name))
        and inspect.signature(getattr(charts, name)).return_annotation == "Figure"
    }
    assert drawings == set(DRAWN)


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_draws_the_dataset_that_it_is_given_or_else_the_installed_one(
    name, peopled, monkeypatch
):
    def refuse():
        raise AssertionError("the installed dataset was opened")

    monkeypatch.setattr(words, "default", refuse)
    drawn = getattr(charts, name)(**DRAWN[name], data=peopled)
    assert drawn.data is peopled
    assert drawn.svg
    monkeypatch.setattr(words, "default", lambda: peopled)
    assert data_of(getattr(charts, name)(**DRAWN[name])) == data_of(drawn)


@pytest.mark.parametrize(
    ("name", "table"),
    [("lives", "commitments"), ("monthly", "commitments"), ("watch", "watchpoints")],
)
def test_a_chart_of_a_past_state_shows_nothing_of_the_present(name, table, eventful):
    drawn = getattr(charts, name)(eventful.load(table, as_of="2024-12-31"), data=eventful)
    assert drawn.data.state == {"as_of": "2024-12-31"}
    assert drawn.source_line.endswith("as known on 31 December 2024.")

    def told(drawn) -> list[bool]:
        return [words in data_of(drawn) for words in ("An agency", '"status": "withdrawn"')]

    assert not any(told(drawn))
    assert any(told(getattr(charts, name)(eventful.load(table), data=eventful)))


@pytest.mark.parametrize("name", ["lives", "monthly", "watch"])
def test_a_frame_without_rows_or_of_another_table_or_dataset_is_refused(name, small):
    table = "watchpoints" if name == "watch" else "commitments"
    draw, rows = getattr(charts, name), small.load(table)
    with pytest.raises(ValueError, match="there is nothing to draw"):
        draw(rows.iloc[:0], data=small)
    with pytest.raises(ValueError, match=f"give rows of the table '{table}'"):
        draw(small.load("actors"), data=small)
    key = small.key(table)[0]
    with pytest.raises(ValueError, match="if the frame is of another dataset"):
        draw(rows.assign(**{key: "another"}), data=small)


def test_one_corpus_is_as_good_as_a_list_of_one(peopled):
    drawn = [charts.shares(each, data=peopled) for each in ("the-text", ["the-text"])]
    assert data_of(drawn[0]) == data_of(drawn[1])
    with pytest.raises(ValueError, match="there is no corpus 'the-texts'"):
        charts.shares("the-texts", data=peopled)


@pytest.mark.parametrize(
    ("name", "asked", "why"),
    [
        ("around", {"event_id": "summit", "weeks": -1}, "weeks=-1 is less than none"),
        ("first_years", {"level": -1}, "level=-1 is no level to be reached; give per cent"),
        ("first_years", {"level": float("nan")}, "level=nan is no level"),
        ("lives", {"since": "soon"}, "since='soon' is not a day; write it like 2025-06-30"),
        ("components", {"actor_id": "poland", "unit": "men"}, "there is no unit 'men'.*load"),
        ("spending", {"actor_id": "canada", "measure": ""}, "no '' of 'canada' is known"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(name, asked, why, small):
    with pytest.raises(ValueError, match=why):
        getattr(charts, name)(**asked, data=small)


# Words


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2024-07-10", "10 July 2024"),
        ("2024-07", "July 2024"),
        ("2024", "2024"),
        ("2024-22", "summer 2024"),
        ("2026/..", "2026 or later"),
        ("../2024-07", "July 2024 or before"),
        ("2025-04/2026-03", "April 2025 to March 2026"),
        ("2023~", "about 2023"),
        ("202X", "2020s"),
        ("20XX", "2000 to 2099"),
        ("2024-XX", "2024"),
        ("2024-XX-XX", "2024"),
        ("2024-07-XX", "July 2024"),
        (pd.Timestamp("2024-07-10"), "10 July 2024"),
        (datetime.date(2024, 7, 10), "10 July 2024"),
        (pd.NaT, "no date"),
        (None, "no date"),
    ],
)
def test_a_date_is_written_as_people_write_it(date, said):
    assert charts.when(date) == said


def test_what_is_no_date_is_refused():
    with pytest.raises(ValueError, match="'soon' is no date; write it in EDTF, such as 2024-07-10"):
        charts.when("soon")
    for each in (3, ["2024"]):
        with pytest.raises(ValueError, match="is no date; write it in EDTF"):
            charts.when(each)


def test_a_long_list_ends_with_how_many_more_there_are():
    assert charts.listed("AB", 2) == "A and B"
    assert charts.listed("ABC", 2) == "A, B and C"
    assert charts.listed("ABCDE", 2, "letters") == "A, B and 3 more letters"


def test_of_one_thing_there_is_one():
    assert charts.plural(1, "ally", "allies") == "1 ally"
    assert charts.plural(0, "date") == "0 dates"


def test_voices_name_who_says_what(eventful):
    said = words.voices(["can-2pct-gdp-level", "no-such-record"], eventful)
    assert (
        "confirms: A wire" in said["can-2pct-gdp-level"]
        and "states: A publisher" in said["can-2pct-gdp-level"]
    )
    assert said["no-such-record"] == "no evidence of its own"


def test_one_id_is_as_good_as_a_list_of_one(small):
    level = "can-2pct-gdp-level"
    assert words.voices(level, small).to_dict() == words.voices([level], small).to_dict()
    assert words.names("canada", small) == words.names(["canada"], small) == ["Canada"]
    assert charts.sources("summit", data=small) == charts.sources(["summit"], data=small)


def test_an_actor_that_is_not_there_is_refused_with_the_nearest(small):
    with pytest.raises(ValueError, match="did you mean 'canada'"):
        words.names(["poland", "cnada"], small)


def test_sources_of_a_commitment_are_those_of_its_targets_and_milestones_too(eventful):
    assert "A wire" in charts.sources("can-2pct-gdp", data=eventful)
    alone = charts.sources(source_ids="gazette-2025", data=eventful)
    assert alone == "Government of Canada (1 document)"


# How commitments stand


def test_every_code_has_its_colour_and_every_kind_of_milestone_its_turn():
    assert list(map(str, outcomes.STANDINGS)) == sorted(
        outcomes.STANDINGS, key=[*outcomes.STANDINGS].index
    )
    assert set(outcomes.STANDINGS) == set(Standing)
    assert set(allies.TIMINGS) == set(Timing)
    assert len(set(outcomes.STANDINGS.values())) == len(Standing)
    assert turns.turn(pd.Series([*map(str, MilestoneKind)])).notna().all()
    codes = [code for codes, *_ in turns.TURNS.values() for code in codes]
    assert sorted(codes) == sorted(map(str, MilestoneKind))


def test_what_rests_on_an_estimate_or_weak_sources_is_provisional(
    small, estimated, final, doubtful
):
    def firm(data):
        rows = data.load("outcomes").set_index("outcome_id")
        return outcomes.firmness(rows)["can-2pct-gdp-level"]

    assert firm(small) == firm(final) == outcomes.FIRM
    assert firm(estimated) == firm(doubtful) == outcomes.PROVISIONAL


def test_a_commitment_is_provisional_where_that_is_from_which_its_status_follows(estimated):
    rows = outcomes.statuses(data=estimated).set_index("commitment_id")[["status", "firmness"]]
    assert rows.loc["can-2pct-gdp"].to_list() == ["met", outcomes.PROVISIONAL]
    assert rows.loc["pol-border-guards", "firmness"] == outcomes.FIRM


def test_the_last_day_of_the_history_has_the_statuses_of_the_dataset(eventful):
    stood = outcomes.history(data=eventful)
    last = stood[stood["day"] == eventful.closing].set_index("commitment_id")["status"]
    commitments = eventful.load("commitments").set_index("commitment_id")
    assert last.to_dict() == commitments["status"].to_dict()


def test_the_history_changes_with_the_month_of_the_turn_or_that_in_which_it_was_known(eventful):
    def month(**options) -> str:
        stood = outcomes.history(data=eventful, **options)
        return f"{stood.loc[stood['status'] == 'withdrawn', 'day'].min():%Y-%m}"

    assert (month(), month(known=True)) == ("2025-02", "2025-04")


def test_the_months_are_counts_and_no_shares(eventful):
    drawn = charts.monthly(data=eventful)
    closing = charts.when(eventful.closing)
    assert drawn.title == f"2 commitments on {closing}: 1 pending and 1 withdrawn"
    assert "share" not in data_of(drawn).replace("no shares", "")


def test_counts_say_how_many_are_provisional(small):
    rows = pd.DataFrame(
        {
            "standing": ["met", "met", "pending", "overdue"],
            "firmness": [outcomes.FIRM, outcomes.PROVISIONAL, outcomes.FIRM, outcomes.FIRM],
        }
    )
    said = charts.tally(rows, small)
    assert said == "2 met (1 provisionally), 1 pending and 1 overdue"
    assert charts.tally(rows.drop(columns="firmness"), small).startswith("2 met, 1 pending")


# Lives


def test_lives_find_what_became_of_them_and_who_has_no_deadline(eventful):
    drawn = charts.lives(data=eventful)
    assert drawn.title == (
        f"2 commitments on {charts.when(eventful.closing)}: 1 pending and 1 withdrawn; "
        "1 without a deadline"
    )


def test_lives_of_some_leave_the_others_out(small):
    some = small.load("commitments").query("commitment_id == 'can-2pct-gdp'")
    drawn = charts.lives(some, data=small)
    assert "Poland" not in data_of(drawn)
    assert drawn.title == (
        f"1 commitment on {charts.when(small.closing)}: 1 pending; none without a deadline"
    )


@pytest.mark.parametrize("name", ["lives", "monthly", "punctuality"])
def test_what_is_provisional_is_drawn_hollow_and_named_in_the_legend(name, estimated):
    drawn = data_of(getattr(charts, name)(data=estimated))
    assert '"firmness": "provisional"' in drawn
    scales = re.findall(r'"domain": \["firm", "provisional"\], "range": \[[^]]*\]', drawn)
    assert len(set(scales)) == 2, "one to draw with, one for the legend"


def test_a_life_tells_its_turns_and_both_due_dates(eventful):
    drawn = charts.life("can-2pct-gdp", eventful)
    assert drawn.title == (
        "Canada to spend 2% of GDP: announced 10 July 2024, withdrawn since 20 February 2025"
    )
    assert "as first stated: due 2034" in drawn.alt and "as promised: due 2032" in drawn.alt


def test_a_life_that_figures_decide_says_since_when_and_how_surely(estimated):
    drawn = charts.life("can-2pct-gdp", estimated)
    assert drawn.title.endswith("announced 10 July 2024, met since 2025, provisionally")
    assert "2025: It came so. (By an estimate.)" in drawn.alt


def test_a_turn_that_weak_sources_report_is_told_as_such(doubtful):
    drawn = charts.life("can-2pct-gdp", doubtful)
    assert drawn.title.endswith("pending; weak sources report it met")
    assert "March 2025: It came so. (Weak sources alone say so.)" in drawn.alt
    assert '"firmness": "provisional"' in data_of(drawn)


def test_a_life_that_is_not_there_is_refused_with_the_nearest(small):
    with pytest.raises(ValueError, match="did you mean 'can-2pct-gdp'"):
        charts.life("can-2pct-gpd", small)


# Spending


def test_the_newest_edition_is_the_one_published_last(revised):
    seen = budgets.editions(data=revised).query("period == '2024'")
    assert seen.set_index("source_id")["edition"].to_dict() == {
        "gazette-2025": "earlier",
        "agency-2025": "earlier",
        "report-2026": "newest",
    }


def test_a_figure_from_before_the_end_of_its_year_is_a_forecast_and_meets_nothing(revised):
    seen = budgets.editions(data=revised).set_index("period")
    assert seen.loc["2026", "sure"] == "forecast"
    found = allies.reached(seen.reset_index(), 2.4)
    assert pd.isna(found.loc["canada", "year"])
    assert "2.5 in 2026 (forecast)" in charts.spending("canada", data=revised).alt


def test_a_level_is_reached_in_the_first_year_and_by_whatever_edition(revised):
    found = allies.reached(budgets.editions(data=revised), 2).loc["canada"]
    years = found[["year", "earliest", "latest"]].to_list()
    assert (years, found["sure"]) == ([2025, 2024, 2025], "final or reported")


def test_spending_finds_what_was_stated_promised_and_reached(final, estimated):
    said = "Canada promised 2% of GDP for 2032 (stated as 2034 by the source coded first), "
    said += "then for 2025, and got there in 2025"
    assert charts.spending("canada", data=final).title == said
    provisional = " (provisionally, by an estimate)"
    assert charts.spending("canada", data=estimated).title == said + provisional


def test_spending_says_where_it_stands_if_it_did_not_get_there(small):
    drawn = charts.spending("canada", data=small)
    assert drawn.title.endswith("and stood at 1.45% in 2024 (estimate)")


def test_spending_says_that_a_promise_was_withdrawn(eventful):
    title = charts.spending("canada", data=eventful).title
    assert title.endswith("which was withdrawn, and stood at 1.45% in 2024 (estimate)")


def test_spending_of_somebody_unknown_is_refused_with_who_is_known(small):
    with pytest.raises(ValueError, match="did you mean 'canada'"):
        charts.spending("cnada", data=small)
    with pytest.raises(ValueError, match="of 'poland' is known; it is of canada"):
        charts.spending("Poland", data=small)


@pytest.mark.parametrize("asked", ["canada", "Canada", "CAN", " canada "])
def test_an_actor_may_be_asked_for_by_its_id_its_name_or_its_code(asked, small):
    assert words.actor_id_of(asked, small) == "canada"
    assert charts.spending(asked, data=small).title.startswith("Canada promised")


def test_first_years_find_how_many_got_there_and_who_promised_what(final, small):
    drawn = charts.first_years(2, data=final)
    assert drawn.title == ("1 of 1 ally has reached 2% of GDP, first in 2025")
    assert drawn.alt == "2025: Canada; Canada promised 2032; Canada revised 2025."
    assert charts.first_years(50, data=small).title == "None of 1 ally has reached 50% of GDP"


def test_first_years_show_who_is_not_there_and_as_what_a_share_is_counted(world):
    core = {"measure": "core-defence-share-gdp"}
    drawn = charts.first_years(
        2,
        "core-defence-share-gdp",
        data=world(
            REPORT,
            figure("2025", "2.01", "report-2026", **core),
            figure("2025", "1.99", "report-2026", actor_id="poland", **core),
        ),
    )
    assert drawn.title == (
        "1 of 2 allies has reached 2% of GDP in core defence expenditure, first in 2025; "
        "Poland has not"
    )
    assert drawn.alt == "2025: Canada; not there: Poland."
    assert drawn.how.endswith("A line without one: not there.") and "Bars" not in drawn.how
    lines = [layer["encoding"]["y"]["scale"]["domain"] for layer in drawn.chart.to_dict()["layer"]]
    assert lines == [["Canada", "Poland"]] * 2


def test_first_years_refuse_what_is_no_share_of_gdp(world):
    counted = {"measure": "border-guards", "unit": "persons"}
    data = world(REPORT, figure("2025", "9000", "report-2026", **counted))
    with pytest.raises(ValueError, match="'border-guards' is no share of GDP"):
        charts.first_years(2, "border-guards", data=data)


# Dates kept


def test_a_date_that_was_set_before_it_was_reached_is_in_force(estimated):
    [ally] = allies.dates_set(2, data=estimated).to_dict("records")
    assert (ally["due"], ally["in_force"], ally["reached"]) == ("2032", "2025", "2025")
    assert (ally["timing_first"], ally["timing_current"]) == ("early", "in-time")
    drawn = charts.punctuality(2, data=estimated)
    assert drawn.title == (
        "1 ally set a date for 2% of GDP: by the first, 1 came early; by the one in force, 1 came "
        "in time; 1 moved it earlier; 1 is there provisionally"
    )
    assert drawn.alt.endswith(
        "Early by the first date, in time by the one in force: Canada 2032: 2025. "
        "All are provisional."
    )


def test_a_date_that_was_moved_only_after_it_was_reached_is_not_in_force(final):
    [ally] = allies.dates_set(2, data=final).to_dict("records")
    assert (ally["in_force"], ally["timing_current"]) == ("2032", "early")
    assert charts.punctuality(2, data=final).title == (
        "1 ally set a date for 2% of GDP: by the first, 1 came early; by the one in force, 1 came "
        "early; none moved it"
    )


def test_an_ally_that_is_not_there_yet_is_told_of_too(small):
    drawn = charts.punctuality(2, data=small)
    assert "by the first, 1 not due" in drawn.title
    assert drawn.alt.endswith(
        "Not due by the first date and by the one in force: Canada 2032: not there."
    )


def test_a_level_for_which_nobody_set_a_date_is_refused(small):
    with pytest.raises(ValueError, match="no ally is known to have set a date"):
        charts.punctuality(50, data=small)


# Components


def test_components_name_the_numbers_that_stand_below_what_was_promised(eventful, small):
    drawn = charts.components("poland", data=eventful)
    assert drawn.title == (
        "Poland: 3 numbers promised, 3 pending; 9,000 guards: 7,000 in March 2025"
    )
    assert "9,000 guards: 7,000 in March 2025 (An agency)" in drawn.alt
    assert charts.components("poland", data=small).title.endswith("3 numbers promised, 3 pending")


def test_a_report_that_names_no_promise_is_not_held_against_one(eventful):
    drawn = charts.components("poland", data=eventful)
    assert '"tells": "a report of the same measure, of no promise"' in data_of(drawn)
    assert "8,500" not in drawn.alt + drawn.title


def test_numbers_without_parts_are_refused(small):
    with pytest.raises(ValueError, match="that 'canada' promised has parts"):
        charts.components("canada", data=small)


# Watchpoints


def test_every_status_of_a_watchpoint_is_drawn_and_put_in_words():
    statuses = pd.Series([each.value for each in WatchpointStatus], name="status")
    assert sorted(watchpoints.STATUSES) == sorted(statuses)
    assert len(watchpoints.standing(statuses.to_frame()).replace(" and ", ", ").split(", ")) == len(
        statuses
    )


def test_watchpoints_tell_how_they_stand_and_who_spoke_of_them(small):
    drawn = charts.watch(data=small)
    assert drawn.title == "1 question or warning: 1 is open"
    assert all(question in drawn.alt for question in small.load("watchpoints")["question"])


def test_a_source_without_a_date_speaks_of_a_watchpoint_undated(eventful):
    said = watchpoints.signs(data=eventful).set_index("source_id")["raises"].to_dict()
    assert said == {
        "small-text-2024": "raised",
        "agency-2025": "spoken of",
        "undated": "spoken of, undated",
    }
