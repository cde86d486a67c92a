"""How a record is shown: as a card in HTML that can be read anywhere, and the same in a terminal."""

import re
from html.parser import HTMLParser

import pytest

import eastflank as ef
from eastflank.card import _cell
from eastflank.card.sections import Cell
from eastflank.card.style import CARD, STYLE
from tests.drawn import says, source

LINKED = (
    source("paper-2024", "2024-08-01", url="https://example.org/a", publisher="A paper"),
    says("paper-2024", "commitments", "can-2pct-gdp", stance="confirms", anchor="2% & more"),
    source("odd-2024", "2024-08-02", url="http://example.org/b", publisher="Another paper"),
    says("odd-2024", "commitments", "can-2pct-gdp", stance="confirms"),
)


class Page(HTMLParser):
    """What a browser takes from a card: its links, its headings, and what is in its drawing."""

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.links, self.texts = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_data(self, data):
        self.texts.append(data)


@pytest.fixture(scope="module")
def linked(world):
    return ef.record("can-2pct-gdp", data=world(*LINKED))


def test_each_document_that_has_an_address_is_a_link_to_its_very_words(linked):
    links = Page(linked._repr_html_()).links
    assert "https://example.org/a#:~:text=2%25%20%26%20more" in links
    assert "http://example.org/b" in links
    assert {link.partition(":")[0] for link in links} <= {"http", "https"}


def test_the_card_and_the_terminal_say_the_same(linked):
    page, lines = " ".join(Page(linked._repr_html_()).texts), repr(linked)
    joined = " ".join(lines.split())
    assert linked.headline in page and linked.headline in joined
    for heading in ("Targets", "What happened", "Who says so", "Sources differ", "Parties"):
        assert heading in page and f"\n{heading} (" in lines
    assert "https://example.org/a#:~:text=2%25%20%26%20more" in lines


def test_what_looks_like_a_reason_is_not_taken_for_html_either():
    assert _cell(Cell("(not-stated)")) == "<i>(not-stated)</i>"
    assert _cell(Cell("(not-<b>)")) == "<i>(not-&lt;b&gt;)</i>"


def test_no_line_of_the_text_is_long_but_for_addresses(linked):
    for line in repr(linked).splitlines():
        assert len(line) <= 100 or line.strip().startswith("http")


def test_who_says_otherwise_opposes_what_was_stated_first_and_not_the_record(linked):
    # The text has 2034, and the record follows the gazette, which has 2032.
    words = " ".join(repr(linked).split())
    assert "says due: 2032 (not what was stated first)" in words
    assert "contradicts due" not in words


def test_the_time_line_says_in_words_what_it_shows(linked):
    html = linked._repr_html_()
    [svg] = re.findall(r"<svg.*?</svg>", html)
    assert "role='img'" in svg
    title = re.search(r"<title>(.*?)</title>", svg)[1]
    assert "promised, 10 July 2024" in title and "due, 2032" in title and "known until" in title


def test_the_best_source_comes_first(linked):
    who = repr(linked).partition("Who says so")[2].partition("Sources differ")[0]
    grades = re.findall(r"\| ([A-F])(?: \(relays\))? \|", " ".join(who.split()))
    assert len(grades) > 2 and grades == sorted(grades)


def test_who_differs_stands_on_two_sides(small):
    lines = " ".join(repr(ef.record("can-2pct-gdp", data=small)).split())
    assert "due (2% of GDP) | 2034 (A publisher) | 2032 (Government of Canada) | 2032" in lines


def test_a_card_of_the_past_shows_nothing_of_the_present(small):
    earlier = ef.record("can-2pct-gdp", as_of="2024-12-31", data=small)
    shown = repr(earlier)
    assert "2032" not in shown and "Government of Canada" not in shown
    assert "known until 31 December 2024" in earlier._repr_html_()


def test_text_stands_left_and_dark_themes_have_their_colours():
    rules = re.findall(r"^(.*?) \{", STYLE, re.MULTILINE)
    assert all(CARD in rule or rule.startswith("@media") for rule in rules)
    # Jupyter's own rule for cells has two classes and a tag.
    assert CARD.count(".") >= 3
    assert "prefers-color-scheme:dark" in STYLE and '[data-jp-theme-light="false"]' in STYLE
    assert "text-align:left" in STYLE


def test_what_an_actor_did_is_shown_by_its_title(small):
    lines = repr(ef.record("canada", data=small))
    assert "Promised (" in lines and "Canada to spend 2% of GDP | alone" in lines
    assert "can-2pct-gdp" not in lines
