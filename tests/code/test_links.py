"""Addresses that can be followed, and those that cannot."""

import pytest

from eastflank.links import link


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,<script>",
        "ftp://example.org/a",
        "//example.org/a",
        "example.org",
        "https://",
        "https://exa mple.org",
        'https://example.org/"><script>',
        "https://[",
        "",
        None,
        float("nan"),
    ],
)
def test_what_is_no_address_of_a_page_is_no_link(url):
    assert link(url, "some words") is None


def test_words_lead_to_themselves_and_mean_nothing_else_to_the_fragment():
    assert link("https://example.org/a", "by-2034, & on\u2019") == (
        "https://example.org/a#:~:text=by%2D2034%2C%20%26%20on%E2%80%99"
    )
    assert link("https://example.org/a#p2", "words") == "https://example.org/a#p2:~:text=words"


def test_an_apostrophe_in_an_address_cannot_end_it():
    assert link("https://example.org/nato's") == "https://example.org/nato%27s"


@pytest.mark.parametrize("anchor", [None, float("nan"), "", "  "])
def test_without_words_it_leads_to_the_page(anchor):
    assert link("http://example.org/a?b=c", anchor) == "http://example.org/a?b=c"
