"""What stands in the pages, without a browser."""

import json
import os.path
from pathlib import Path
from xml.etree import ElementTree

import pytest

from eastflank import cite
from eastflank.codelists import Standing, Timing
from tests.site.conftest import HOSTILE
from tests.site.reading import Seen, inner, lost, read
from website import feeds, front
from website.make import NotASite, make
from website.pages import Pages, json_text, prose
from website.world import World

FIRST_VIEW = 300_000
"""The bytes that the first view of a page may have, pictures and scripts included."""


@pytest.fixture(scope="module")
def seen(site) -> dict[Path, Seen]:
    """All pages of the site, read."""
    return read(site)


def test_every_link_of_a_page_leads_to_something(site, seen):
    assert lost(site, seen) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path):
    page = '<a href="b.html">b</a> <a href="#c">c</a> <a href="https://example.org">d</a>'
    (tmp_path / "a.html").write_text(page)
    assert lost(tmp_path, read(tmp_path)) == ["a.html: b.html", "a.html: #c"]


def test_no_page_has_what_its_policy_forbids(site, seen):
    assert {
        str(page.relative_to(site)): what.forbidden for page, what in seen.items() if what.forbidden
    } == {}


def test_no_id_stands_twice_on_a_page(site, seen):
    twice = {
        str(page.relative_to(site)): each
        for page, what in seen.items()
        for each in what.ids
        if what.ids.count(each) > 1
    }
    assert twice == {}


def test_pages_load_nothing_from_elsewhere(seen):
    loads = [each for what in seen.values() for each in what.loads]
    assert [each for each in loads if ":" in each.partition("/")[0]] == []


def test_the_first_view_of_a_page_is_small(site, seen):
    for page, what in seen.items():
        loaded = {inner(page, address)[0] for address in what.loads}
        size = page.stat().st_size + sum(map(os.path.getsize, loaded))
        # Charts and notebooks are as large as their pictures.
        if page.parent.parent.name != "notebooks" and page.parent.name != "charts":
            assert size < FIRST_VIEW, page.relative_to(site)


def test_every_record_has_its_page_and_its_json(site, dataset):
    for table in dataset.with_records():
        for record_id in dataset.load(table)[dataset.key(table)[0]]:
            told = json.loads((site / "r" / record_id / "record.json").read_text(encoding="utf-8"))
            assert told["record"][dataset.key(table)[0]] == record_id
            assert (site / "r" / record_id / "index.html").is_file()


def test_every_outcome_leads_to_what_it_is_of(site, dataset):
    for outcome_id in dataset.load("outcomes")["outcome_id"]:
        assert (site / "r" / outcome_id / "index.html").is_file()


def test_every_table_has_its_page_and_its_file(site, dataset):
    for name in dataset.names:
        assert (site / "r" / name / "index.html").is_file()
        assert (site / "data" / f"{name}.parquet").is_file()


def test_a_retired_id_leads_on(site, seen):
    page = site / "r" / "upper-canada" / "index.html"
    assert "It is a part of Canada." in seen[page].text
    assert "../../r/canada/index.html" in seen[page].links


def test_a_hostile_title_stays_text(site, seen):
    page = site / "r" / "will-poland-do-it" / "index.html"
    assert HOSTILE in seen[page].text
    assert "document.hacked" not in page.read_text(encoding="utf-8").replace(
        "&lt;script&gt;document.hacked=1", ""
    ).replace("onerror=document.hacked=2&gt;", "").replace("document.hacked=1\\u003c", "").replace(
        "onerror=document.hacked=2\\u003e", ""
    )


def test_json_in_a_page_cannot_end_its_script():
    assert "<" not in json_text({"title": HOSTILE})
    assert json.loads(json_text({"title": HOSTILE})) == {"title": HOSTILE}


def test_html_in_a_document_stays_text():
    assert "<script>" not in prose("A line <script>alert(1)</script>")
    assert 'href="javascript' not in prose("[a](javascript:alert(1))")


def test_a_link_of_a_document_leads_to_the_page_that_has_it_or_nowhere():
    told = prose("[a](../seeds/CODING.md#x) and [b](../src/a.py)", {"seeds/CODING.md": "m.html"})
    assert '<a href="m.html#x">a</a> and b' in told


def test_a_record_is_cited_as_the_reader_cites_it(site, dataset, seen):
    for record_id in ("can-2pct-gdp", "small-text-2024", "poland"):
        page = site / "r" / record_id / "index.html"
        assert cite(record_id, data=dataset).text in seen[page].text


def test_both_sides_of_a_conflict_stand_on_the_page(site, seen):
    text = " ".join(seen[site / "r" / "can-2pct-gdp-level" / "index.html"].text.split())
    sides = text.partition("On what sources differ")[2]
    assert "2034: A publisher" in sides
    assert "2033: Wire" in sides


def test_the_past_of_a_record_is_told_day_by_day(site, seen):
    text = seen[site / "r" / "can-2pct-gdp" / "index.html"].text
    past = text.partition("What was known when")[2]
    newest, oldest = past.index("1 April 2025"), past.index("1 September 2024")
    assert newest < oldest
    assert "Withdrawn" in past[newest:oldest] or "Withdrawn" in past[:oldest]


def test_an_actor_tells_what_it_promised(site, seen):
    text = seen[site / "r" / "canada" / "index.html"].text
    assert "What it promised (1)" in text


def test_a_corpus_shows_its_passages_beside_what_was_coded_of_them(site, seen):
    what = seen[site / "r" / "the-text" / "index.html"]
    assert "no commitment: background" in what.text
    assert "../../r/can-2pct-gdp/index.html" in what.links


@pytest.mark.parametrize("standing", list(Standing))
@pytest.mark.parametrize("timing", list(Timing))
def test_every_outcome_has_its_place_on_the_front_page(standing, timing):
    assert front.kind_of(standing, timing) in front.KINDS


def test_a_bar_counts_every_outcome_of_its_corpus(site, seen):
    assert "n = 2" in seen[site / "index.html"].text


def test_the_same_dataset_gives_the_same_bytes(dataset, site, tmp_path):
    make(dataset.folder, tmp_path / "again")
    one, other = (
        {
            path.relative_to(folder): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (site, tmp_path / "again")
    )
    assert one.keys() == other.keys()
    assert [str(path) for path in one if one[path] != other[path]] == []


def test_with_an_address_the_map_has_every_page(dataset, site, tmp_path):
    pages = Pages(World(dataset), tmp_path, "https://example.org/eastflank/")
    pages.page("r/can-2pct-gdp/", "method.html", "A page", documents={})
    feeds.write(pages, [])
    tree = ElementTree.parse(tmp_path / "sitemap.xml")
    places = [each.text for each in tree.iter() if each.tag.endswith("loc")]
    assert places == ["https://example.org/eastflank/r/can-2pct-gdp/"]
    assert 'href="https://example.org/eastflank/' in (tmp_path / "changes.atom").read_text()
    assert not (site / "sitemap.xml").exists()


def test_the_feed_is_well_formed(site):
    root = ElementTree.parse(site / "changes.atom").getroot()
    space = "{http://www.w3.org/2005/Atom}"
    assert root.tag == f"{space}feed"
    for entry in root.iter(f"{space}entry"):
        assert all(entry.find(f"{space}{name}") is not None for name in ("id", "title", "updated"))


def test_the_front_page_tells_search_engines_what_the_dataset_is(site):
    text = (site / "index.html").read_text(encoding="utf-8")
    block = text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    told = json.loads(block)
    assert told["@type"] == "Dataset"
    assert told["license"].startswith("https://creativecommons.org/")


def test_what_is_no_site_is_not_lost(dataset, tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "letter.txt").write_text("Dear all")
    with pytest.raises(NotASite, match="something else"):
        make(dataset.folder, tmp_path / "papers")
    assert (tmp_path / "papers" / "letter.txt").read_text() == "Dear all"
