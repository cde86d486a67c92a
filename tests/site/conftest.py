"""What the tests of the pages share: the site of a small world, served, and a browser."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from eastflank import Dataset
from pipeline.write import alone
from tests import drawn
from tests.drawn import row, says, source, turn
from website.make import make

HOSTILE = "</title></script><script>document.hacked=1</script><img src=x onerror=document.hacked=2>"
"""A title that would do harm, if it were taken for more than text."""

HARMLESS = "Or a harmless title?"
"""What stands in its place for the build, which would refuse it."""

CHROMIUM = [
    Path(place)
    for place in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/snap/bin/chromium")
]

WORLD = (
    source("wire-2024", "2024-09-01", "Wire"),
    source("agency-2025", "2025-04-01", "An agency", url="https://example.org/agency"),
    source("hostile", "2025-05-01", "A stranger"),
    row(
        "watchpoints",
        watchpoint_id="will-poland-do-it",
        question=f"Will Poland do it? {HARMLESS}",
    ),
    *turn("withdrawn", "2025-02-20", "agency-2025"),
    says("wire-2024", "targets", "can-2pct-gdp-level", "contradicts", field="due", reported="2033"),
    says("hostile", "commitments", "can-2pct-gdp", "contradicts", field="title", reported=HARMLESS),
    row(
        "corpora",
        corpus_id="the-text",
        title="A small text",
        kind="text",
        source_id="small-text-2024",
        rule="Its sentences.",
        size="2",
        unit="sentence",
    ),
    *(
        row("commitments", commitment_id=each, selected="census")
        for each in ("can-2pct-gdp", "pol-border-guards")
    ),
    *(
        row(
            "passages",
            corpus_id="the-text",
            source_id="small-text-2024",
            locator=locator,
            commitment_id=made,
            reason=reason,
            actor_id="not-applicable",
            target_id="not-applicable",
            read="whole",
        )
        for locator, made, reason in (
            ("p1.s1", "not-applicable", "background"),
            ("p2.s1", "can-2pct-gdp", "not-applicable"),
            ("p2.s1", "pol-border-guards", "not-applicable"),
        )
    ),
    row(
        "retired",
        record_id="upper-canada",
        record_table="actors",
        version="0.2.0",
        reason="It is a part of Canada.",
        replaced_by="canada",
    ),
)
"""The small world with a dispute, a withdrawal, a corpus, a retired id, and a hostile title."""


@pytest.fixture(scope="session")
def shared(tmp_path_factory, worker_id) -> Path:
    """A folder that all workers of a run share; who makes something in it does so `alone`."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def dataset(shared) -> Dataset:
    """The dataset that is shown, built by the first worker that needs it."""
    folder = shared / "shown"
    with alone(folder):
        if not folder.exists():
            drawn.dataset(folder, WORLD, {HARMLESS: HOSTILE})
    return Dataset(folder / "dataset")


@pytest.fixture(scope="session")
def site(dataset, shared) -> Path:
    """The folder of its site, made by the first worker that needs it."""
    folder = shared / "_site"
    with alone(folder):
        if not folder.exists():
            make(dataset.folder, folder)
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format, *arguments):
        """Say nothing of what was asked."""


@pytest.fixture(scope="session")
def served(site):
    """The address of the site on a server, under a path of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{site.name}/"
    server.shutdown()


@pytest.fixture(scope="session")
def chromium():
    """A browser; tests that need one are skipped where there is none."""
    program = next((place for place in CHROMIUM if place.exists()), None)
    if program is None:
        pytest.skip("there is no Chromium here; apt-get install chromium brings it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A page of the browser that must end without any complaint in its console."""
    context = chromium.new_context(
        permissions=["clipboard-read", "clipboard-write"], accept_downloads=True
    )
    page = context.new_page()
    complaints = []
    page.on(
        "console",
        lambda each: complaints.append(each.text) if each.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []
