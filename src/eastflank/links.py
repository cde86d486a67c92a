"""Addresses that can be followed: to a document, and to the very words in it."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_SAFE = re.compile(r"[^\s\x00-\x20\"<>\\`{|}^]+")
"""What an address is made of; whatever else stands in one is no part of it."""


def link(url: object, anchor: object = None) -> str | None:
    """Return the address that leads to a document, and to some words in it where they are given.

    The words become a text fragment, which browsers look for and mark. None where there is no
    address, or one that does not lead to a page: only `http` and `https` do.

    >>> link("https://example.org/a", "2% of GDP, by 2032")
    'https://example.org/a#:~:text=2%25%20of%20GDP%2C%20by%202032'
    >>> link("javascript:alert(1)") is None
    True
    """
    if not isinstance(url, str) or not _SAFE.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return None
    url = url.replace("'", "%27")  # so that it can stand between apostrophes, too
    if not isinstance(anchor, str) or not anchor.strip():
        return url
    # A hyphen, a comma and an ampersand mean something to a text fragment.
    words = quote(anchor.strip(), safe="").replace("-", "%2D")
    return f"{url}{'' if parts.fragment or url.endswith('#') else '#'}:~:text={words}"
