"""Make the whole site in a folder: all of it, or nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from eastflank.card.style import STYLE
from eastflank.citation import cite
from eastflank.reader import Dataset
from eastflank.search import plain
from website import changes, explorer, feeds, front, gallery, notebooks, records, reference
from website.pages import SITE, Pages
from website.world import World, grouped

MARK = "assets/site.css"
"""A file by which a folder is known to be a site, which may be replaced."""


class NotASite(OSError):
    """The folder for the site holds something else, which is not to be lost."""


def make(dataset: Path, folder: Path, address: str = "") -> Pages:
    """Write the site of a dataset into a folder, in the place of the one that is there.

    Raises NotASite where the folder holds something else.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise NotASite(0, "holds something else than a site; name another folder", str(folder))
    fresh = folder.with_name(f".{folder.name}-next")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        pages = Pages(World(Dataset(dataset)), fresh, address)
        fill(pages)
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return pages


def fill(pages: Pages) -> None:
    """Write all pages, what they load, what machines read, and the index of the search."""
    found = changes.steps(pages.world.data)
    # Most of the time goes into records and charts, so other processes make them meanwhile. They
    # are new ones: a copy of this one would wait for threads that it has not.
    with ProcessPoolExecutor(2, get_context("spawn")) as aside:
        folder, tables = pages.world.data.folder, pages.world.data.with_records()
        made = [
            aside.submit(records.written, folder, pages.folder, pages.address, some)
            for some in (tables[::2], tables[1::2])
        ]
        pictures = aside.submit(gallery.drawn, folder)
        _pages(pages, found)
        for each in made:
            pages.take(each.result())
        gallery.write(pages, pictures.result())
    feeds.write(pages, found)
    _index(pages.folder)


def _pages(pages: Pages, found: list[changes.Step]) -> None:
    """Write the pages that are made of rows, of documents and of notebooks."""
    world = pages.world
    shutil.copytree(SITE / "assets", pages.folder / "assets")
    shutil.copytree(
        SITE / "vendor", pages.folder / "vendor", ignore=shutil.ignore_patterns("README.md")
    )
    pages.write("assets/card.css", STYLE.removeprefix("<style>").removesuffix("</style>").strip())
    pages.page(
        "",
        "front.html",
        "Eastflank: who promised what, by when, who says so, and what became of it",
        bars=front.bars(world),
        kinds=front.KINDS,
        due=front.falling_due(world),
        steps=found,
        described=feeds.dataset(pages),
    )
    pages.page("search/", "search.html", "Search", searched=False)
    pages.page("cite/", "cite.html", "How to cite", cited=cite(data=world.data))
    _lists(pages)
    explorer.write(pages)
    reference.write(pages)
    changes.write(pages, found)
    notebooks.write(pages)
    records.lead_on(pages)


def _lists(pages: Pages) -> None:
    """Write the lists of corpora, actors, sources and watchpoints."""
    world = pages.world
    bars = front.bars(world)
    pages.page("corpora/", "corpora.html", "Corpora", bars=bars, kinds=front.KINDS)
    pages.page("actors/", "actors.html", "Actors", actors=world.tables["actors"])
    _sources(pages)
    for table, title in (("events", "Events"), ("watchpoints", "What to watch")):
        pages.page(f"{table}/", "records.html", title, table=table, rows=world.tables[table])


def _sources(pages: Pages) -> None:
    """Write the list of publishers, and for each letter the sources of those that begin with it."""
    sources = pages.world.tables["sources"]
    publishers = sorted({row["publisher"] for row in sources}, key=lambda name: plain(name))
    letters: dict[str, list[str]] = {}
    for name in publishers:
        first = plain(name)[:1]
        letters.setdefault(first if first.isascii() and first.isalpha() else OTHER, []).append(name)
    of_publisher = grouped(sources, "publisher")
    context = {"letters": letters, "sources": of_publisher, "size": len(sources)}
    pages.page("sources/", "sources.html", "Sources", **context)
    for letter in letters:
        title = f"Sources: {letter.upper()}"
        pages.page(f"sources/{letter}/", "sources_letter.html", title, letter=letter, **context)


OTHER = "other"
"""Where publishers stand that begin with no letter."""

NOT_USED = ("*-ui.*", "pagefind-highlight.js")
"""What Pagefind writes besides its index and its engine, and the pages do not load."""


def _index(folder: Path) -> None:
    """Index the pages for the search, by Pagefind."""
    command = [sys.executable, "-m", "pagefind", "--site", str(folder), "--quiet"]
    subprocess.run(command, check=True, capture_output=True)
    for pattern in NOT_USED:
        for file in (folder / "pagefind").glob(pattern):
            file.unlink()
