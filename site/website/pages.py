"""How a page is made and written: the templates, and what all of them share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from eastflank import about
from eastflank.links import link
from eastflank.words import counted
from website.world import SINGULAR, TYPED, World

SITE = Path(__file__).resolve().parents[1]

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'"
)
"""What a page may load: what lies beside it, and nothing written into it; and the search's wasm."""

MENU = {
    "explore/": "Explore",
    "corpora/": "Corpora",
    "actors/": "Actors",
    "charts/": "Charts",
    "sources/": "Sources",
    "releases/": "Releases",
    "method/": "Method",
    "notebooks/": "Notebooks",
    "api/": "For Python",
}
"""The chief pages, by their folder."""


class Pages:
    """A folder that is being filled with pages of one world.

    `address` is the base under which it will stand, or empty where that is not known.
    """

    def __init__(self, world: World, folder: Path, address: str = ""):
        self.world, self.folder, self.address = world, folder, address
        self.made: dict[str, str] = {}
        self.environment = Environment(
            loader=FileSystemLoader(SITE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals |= {
            "world": world,
            "about": about,
            "policy": POLICY,
            "menu": MENU,
            "address": address,
            "singular": SINGULAR,
            "typed": TYPED,
            "json_text": json_text,
            "link": link,
        }
        self.environment.filters |= {
            "when": world.when,
            "counted": counted,
            "prose": prose,
            "inline": inline,
            "json_ld": json_ld,
        }

    def page(self, path: str, template: str, title: str, **context: Any) -> None:
        """Write a page into a folder of its own: `path` ends in a slash, or is empty for the first.

        Raises ValueError where there is such a page already.
        """
        self.take({path: title})
        context = {"description": about.DESCRIPTION, "searched": True} | context
        text = self.environment.get_template(template).render(
            title=title, path=path, root="../" * path.count("/"), **context
        )
        self.write(f"{path}index.html", text)

    def take(self, made: dict[str, str]) -> None:
        """Take note of pages that are made, each with its title.

        Raises ValueError where there is such a page already.
        """
        for path, title in made.items():
            if path in self.made:
                raise ValueError(f"two pages are named {path!r}: {self.made[path]!r} and {title!r}")
            self.made[path] = title

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def prose(text: str, addresses: dict[str, str] | None = None) -> Markup:
    """Return Markdown as HTML. Raw HTML in it stays text.

    A link to a page of the repository leads to the page of the site that has it, by `addresses`;
    where none has, its words stand without a link.
    """
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    for token in tokens:
        # A wide table must scroll by itself, and be reached by the keyboard for that.
        if token.type == "inline":
            token.children = _led(token.children or [], addresses or {})
    html = reader.renderer.render(tokens, reader.options, {})
    opened = '<div class="wide" tabindex="0" role="group" aria-label="Table"><table>'
    html = html.replace("<table>", opened).replace("</table>", "</table></div>")
    html = html.replace(' style="text-align:right"', ' class="number"')
    html = html.replace(' style="text-align:left"', "").replace(' style="text-align:center"', "")
    return Markup(html)


def inline(text: str) -> Markup:
    """Return a paragraph of Markdown as HTML: its code in code, and nothing else of it."""
    return Markup(MarkdownIt("zero").enable("backticks").renderInline(text))


def _led(tokens: list, addresses: dict[str, str]) -> list:
    kept, dropped = [], 0
    for token in tokens:
        if token.type == "link_open":
            place = str(token.attrs["href"])
            if not place.startswith(("https://", "http://", "#")):
                file, _, anchor = place.partition("#")
                name = file.removeprefix("../")
                if name not in addresses:
                    dropped += 1
                    continue
                token.attrs["href"] = addresses[name] + (f"#{anchor}" if anchor else "")
        if token.type == "image":
            continue
        if token.type == "link_close" and dropped:
            dropped -= 1
            continue
        kept.append(token)
    return kept


def json_text(value: object) -> str:
    """Return a value as JSON that may stand in a script: without the signs that could end it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def json_ld(value: dict) -> Markup:
    """Return a description as a block of JSON-LD for a page."""
    return Markup(f'<script type="application/ld+json">{json_text(value)}</script>')
