"""Read the pages of a site as a browser would, as far as their links and their policy go.

python -m tests.site.reading _site     # which links of it lead nowhere
"""

import os.path
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html


class Seen:
    """What a page links to and loads, its ids, its words, and what its policy forbids."""

    def __init__(self, text: str):
        self.links, self.loads, self.ids, self.forbidden = [], [], [], []
        page = html.document_fromstring(text)
        self.text = page.text_content()
        for element in page.iter(html.etree.Element):
            self._take(element.tag, element.attrib)

    def _take(self, tag, told):
        """Take note of an element."""
        if "id" in told:
            self.ids.append(told["id"])
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        if tag == "link" and told.get("rel") in ("stylesheet", "icon"):
            self.loads.append(told["href"])
        if tag in ("script", "img") and "src" in told and told.get("loading") != "lazy":
            self.loads.append(told["src"])
        inline = tag == "script" and "src" not in told and told.get("type") != "application/ld+json"
        if (
            inline
            or tag == "style"
            or "style" in told
            or any(each.startswith("on") for each in told)
        ):
            self.forbidden.append((tag, dict(told)))


def read(site: Path) -> dict[Path, Seen]:
    """Return all pages of a site, read."""
    return {path: Seen(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def inner(page: Path, address: str) -> tuple[str, str] | None:
    """Return the file and the anchor to which an address on a page leads, if it is of the site."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return str(page), parts.fragment
    return os.path.normpath(f"{page.parent}/{unquote(parts.path)}"), parts.fragment


def lost(site: Path, seen: dict[Path, Seen]) -> list[str]:
    """Return the links of a site's pages that lead to no file or to no place in it."""
    there = {str(path) for path in site.rglob("*") if path.is_file()}
    ids = {str(page): set(what.ids) for page, what in seen.items()}
    found = []
    for page, what in seen.items():
        for address in dict.fromkeys((*what.links, *what.loads)):
            if led := inner(page, address):
                file, anchor = led
                # What has a sign of equality is a filter of the explorer, and no place.
                place = anchor if "=" not in anchor else ""
                if file not in there or (place and file in ids and place not in ids[file]):
                    found.append(f"{page.relative_to(site)}: {address}")
    return found


if __name__ == "__main__":
    folder = Path(sys.argv[1]).resolve()
    pages = read(folder)
    astray = lost(folder, pages)
    print("\n".join(astray[:20]) or f"{len(pages):,} pages, and every link leads to something")
    sys.exit(f"{len(astray):,} links lead nowhere" if astray else 0)
