"""The pages in a real browser."""

import csv
import io
import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.site.conftest import HOSTILE

QUIET = {"preload": False, "resultTypes": ["violations"]}
"""Axe would else load the styles anew, which no page from a file may; and tell at length what is
good, which takes it as long as to find what is bad.
"""

KINDS = [
    "",
    "explore/",
    "corpora/",
    "actors/",
    "charts/",
    "sources/",
    "releases/",
    "releases/changelog/",
    "method/",
    "method/manual/",
    "method/reliability/",
    "codebook/",
    "codebook/targets/",
    "codebook/codelists/",
    "notebooks/",
    "notebooks/1-quickstart/",
    "api/",
    "search/",
    "cite/",
    "events/",
    "r/can-2pct-gdp/",
    "r/can-2pct-gdp-level/",
    "r/can-2pct-gdp-announced/",
    "r/canada-pledges-2pct/",
    "r/canada/",
    "r/small-text-2024/",
    "r/the-text/",
    "r/will-poland-do-it/",
    "r/upper-canada/",
    "r/targets/",
    "releases/0.2.0/",
    "releases/0.2.0/targets/",
    "sources/a/",
]
"""A page of each kind."""


GUARDS = ["pol-border-guards-all", "pol-border-guards-rest", "pol-border-guards-there"]
"""What came of Poland's guards, in the small world."""


def of_file(site, place: str) -> str:
    """Return the address of a page as a file."""
    return (site / place / "index.html").as_uri()


@pytest.mark.parametrize("place", KINDS)
def test_a_page_is_clean_and_fits(page, site, place):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(of_file(site, place))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert serious(page, {}) == []
    page.emulate_media(color_scheme="dark")
    assert serious(page, {"runOnly": {"type": "rule", "values": ["color-contrast"]}}) == []


def serious(page, options: dict) -> list[tuple[str, str]]:
    """Return what axe finds on a page that is serious or worse: the rule, and the first place."""
    found = Axe().run(page, options=QUIET | options).response["violations"]
    bad = [each for each in found if each["impact"] in ("serious", "critical")]
    return [(each["id"], each["nodes"][0]["html"]) for each in bad]


def test_a_hostile_title_does_nothing(page, site, served):
    for address in (of_file(site, "r/will-poland-do-it"), f"{served}r/can-2pct-gdp/"):
        page.goto(address)
        assert page.evaluate("document.hacked") is None
    assert HOSTILE in page.content().replace("&lt;", "<").replace("&gt;", ">")


def test_the_search_finds(page, served):
    page.goto(served)
    page.get_by_label("Search").fill("guards")
    page.get_by_role("button", name="Find").click()
    found = page.locator("#found a")
    found.first.wait_for()
    assert any("guards" in each.lower() for each in found.all_inner_texts())
    found.first.click()
    assert "guards" in page.content().lower()


def test_the_search_says_what_it_needs_where_it_cannot_work(page, site):
    page.goto(of_file(site, "search"))
    page.get_by_label("Words").fill("guards")
    page.get_by_role("button", name="Find").click()
    assert "needs a web server" in page.locator("#told").inner_text()


def shown(page) -> list[str]:
    """Return the ids of the rows that the explorer shows."""
    return page.locator("#outcomes tbody tr[data-id]").evaluate_all(
        "rows => rows.map(row => row.dataset.id)"
    )


def test_a_filter_filters_and_survives_a_reload(page, site):
    page.goto(of_file(site, "explore"))
    every = shown(page)
    page.get_by_label("Promised by").select_option("canada")
    assert shown(page) == ["can-2pct-gdp-level"] != every
    assert "promisor=canada" in page.url
    page.reload()
    assert shown(page) == ["can-2pct-gdp-level"]
    assert page.get_by_label("Promised by").input_value() == "canada"
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#outcomes tbody tr")).to_have_count(len(every))
    assert "#" not in page.url


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("#standing=withdrawn", ["can-2pct-gdp-level"]),
        ("#domain=border-security", GUARDS),
        ("#from=2030-01-01&to=2033-01-01", ["can-2pct-gdp-level"]),
        ("#to=2031-12-31", []),
        ("#text=guards", GUARDS),
        ("#corpus=the-text&promisor=poland", GUARDS),
    ],
)
def test_an_address_holds_a_filter(page, site, address, fits):
    page.goto(of_file(site, "explore") + address)
    assert shown(page) == fits
    assert page.locator("#count").inner_text().startswith(f"{len(fits)} of ")


def test_a_column_sorts_by_the_keyboard(page, site):
    page.goto(of_file(site, "explore"))
    page.get_by_role("button", name="promise: Activate to sort").focus()
    head = page.get_by_role("columnheader", name="promise: Activate")
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    rising = shown(page)
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert shown(page) == rising[::-1]


def test_a_download_holds_the_rows_that_are_shown_with_their_citation(page, site, dataset):
    page.goto(of_file(site, "explore") + "#promisor=canada")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    text = download.value.path().read_text(encoding="utf-8")
    [row] = csv.DictReader(io.StringIO(text))
    assert row["tracker_id"] == "can-2pct-gdp-level"
    assert dataset.version in row["citation"]
    assert "promisor=canada" in row["citation"]
    with (dataset.folder / "tracker.csv").open(encoding="utf-8", newline="") as file:
        [as_published] = [
            each for each in csv.DictReader(file) if each["tracker_id"] == row["tracker_id"]
        ]
    row.pop("citation")
    assert row == as_published


def test_the_slider_shows_the_past(page, site):
    page.goto(of_file(site, "r/can-2pct-gdp"))
    state, turn = page.locator("#day-state"), page.locator("[data-known='2025-04-01']").first
    assert "withdrawn" in state.inner_text()
    assert turn.is_visible()
    page.get_by_role("slider").focus()
    page.keyboard.press("Home")
    assert "withdrawn" not in state.inner_text()
    assert not turn.is_visible()
    page.keyboard.press("End")
    assert turn.is_visible()


def test_copy_copies(page, served):
    page.goto(f"{served}r/can-2pct-gdp/")
    page.get_by_role("button", name="Copy Text").click()
    page.get_by_role("button", name="Copied").wait_for()
    said = page.evaluate("navigator.clipboard.readText()")
    assert said == page.locator("#cite-1").inner_text()
    page.locator("summary", has_text="CSL-JSON").click()
    button = page.locator("[data-copy=cite-3]")
    button.click()
    expect(button).to_have_text("Copied")
    assert json.loads(page.evaluate("navigator.clipboard.readText()"))[0]["type"] == "dataset"


def test_a_view_can_be_linked(page, served):
    page.goto(f"{served}explore/index.html#promisor=canada")
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_chart_becomes_live_within_the_policy(page, site):
    page.goto(of_file(site, "charts"))
    button = page.locator("button.live").first
    name = button.get_attribute("data-chart")
    button.click()
    page.locator(f"#picture-{name} svg.marks").wait_for()


def test_pages_can_be_read_without_a_script(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(of_file(site, "explore"))
    assert page.locator("#outcomes tbody tr").count() == 4
    page.goto(of_file(site, "r/can-2pct-gdp"))
    assert page.locator(".days > li").first.is_visible()
    assert not page.get_by_role("slider").is_visible()
    context.close()


def test_the_keyboard_comes_to_the_content_first(page, site):
    page.goto(of_file(site, ""))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
