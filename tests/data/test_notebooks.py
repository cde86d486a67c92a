"""The notebooks show this dataset, read as a user's own code, and every figure can stand alone."""

import html
import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import run
from nbconvert import HTMLExporter

import eastflank as ef

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = run.notebooks()

LONGEST = 30
"""How many lines of code a cell may have."""

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def stored(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def outputs(path: Path):
    """Return each output of a notebook as it stands in its file, with its cell."""
    return [(cell, output) for cell in stored(path).cells for output in cell.get("outputs", [])]


def figures(path: Path):
    """Return each figure of a notebook: cell, picture, alternative text, and the finding before."""
    found, before = [], ""
    for cell, output in outputs(path):
        if shown := run.figure(output):
            found.append((cell, shown.svg, shown.alt, before))
        before = _plain(output.get("data", {}).get("text/markdown", ""))
    return found


def _plain(markdown: str) -> str:
    """Return the words of a finding, without what keeps them from being markup."""
    return html.unescape(re.sub(r"\\(.)", r"\1", markdown.strip("*")))


def said(cell: nbformat.NotebookNode) -> tuple:
    """Return what a cell asks and answers, whatever versions have drawn it."""
    return cell.source, [run.said(output) for output in cell.get("outputs", [])]


@pytest.fixture(scope="module")
def again() -> dict[Path, nbformat.NotebookNode]:
    """All notebooks, executed just now."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(NOTEBOOKS, pool.map(run.executed, NOTEBOOKS), strict=True))


@each_notebook
def test_what_a_notebook_says_is_what_a_new_run_says(path, again):
    pairs = zip(stored(path).cells, again[path].cells, strict=True)
    stale = [cell.id for cell, fresh in pairs if said(cell) != said(fresh)]
    assert stale == [], (
        f"run python notebooks/run.py: the cells {', '.join(stale)} of {path.name} are stale"
    )


@each_notebook
def test_a_notebook_is_written_as_its_last_run_and_each_saving_write_it(path):
    """Who opens it, changes nothing and saves it has no diff."""
    written = path.read_text(encoding="utf-8")
    assert run.text(run.lasting(stored(path))) == written


@each_notebook
def test_no_output_has_its_data_twice(path):
    assert [cell.id for cell, output in outputs(path) if len(output.get("data", {})) > 1] == []


@each_notebook
def test_no_cell_is_longer_than_what_one_reads_at_a_glance(path):
    code = [cell for cell in stored(path).cells if cell.cell_type == "code"]
    lengths = {cell.id: len(cell.source.splitlines()) for cell in code}
    assert {each: lines for each, lines in lengths.items() if lines > LONGEST} == {}


@each_notebook
def test_no_cell_has_failed_or_complained(path):
    assert [
        cell.id
        for cell, output in outputs(path)
        if output.output_type == "error" or output.get("name") == "stderr"
    ] == []


def test_every_share_in_a_table_is_one_of_a_whole():
    shares = {
        (path.stem, cell.id, str(name)): pd.to_numeric(table[name])
        for path in NOTEBOOKS
        for cell, output in outputs(path)
        if "<table" in (page := output.get("data", {}).get("text/html", ""))
        for table in pd.read_html(io.StringIO(page))
        for name in table  # a head may have several lines
        if re.search(r"\bshare of\b", str(name))
    }
    assert len(shares) >= 3
    assert [where for where, found in shares.items() if not found.between(0, 1).all()] == []


def test_there_are_figures():
    """A notebook may have tables alone; were there none in any, what follows would test nothing."""
    assert sum(bool(figures(path)) for path in NOTEBOOKS) >= 5


@each_notebook
def test_a_figure_has_title_alternative_text_and_source_line(path):
    for cell, picture, alt, finding in figures(path):
        seen = _seen(picture)
        assert finding and finding in seen and alt.startswith(f"{finding}. "), cell.id
        assert len(alt) > len(finding) + 20, cell.id
        assert re.search(rf"Sources: .*Eastflank {re.escape(ef.__version__)}\.", seen), cell.id


@each_notebook
def test_the_title_of_a_figure_is_computed(path):
    """A title that stands in the notebook as it stands in the figure was typed."""
    code = "\n".join(cell.source for cell in stored(path).cells)
    assert [cell.id for cell, *_, finding in figures(path) if finding in code] == []


@each_notebook
def test_behind_a_figure_stands_how_it_was_made_and_what_it_does_not_show(path):
    cells = stored(path).cells
    both = re.compile(r"\*\*How it was made\.\*\*.*\*\*What it does not show\.\*\*", re.DOTALL)
    for cell, *_ in figures(path):
        behind = cells[[each.id for each in cells].index(cell.id) :]
        assert both.search(next(each.source for each in behind if each.cell_type == "markdown"))


@each_notebook
def test_a_converted_notebook_has_the_alternative_text_of_each_figure(path):
    page, _ = HTMLExporter().from_filename(str(path))
    assert "No description has been provided" not in page
    shown = re.findall(r'<img alt="([^"]*)"', page)
    assert len(shown) == len(figures(path))
    assert all(len(alt) > 60 for alt in shown)


def test_the_front_page_shows_the_pictures_of_the_notebooks_and_the_data_model_as_it_is():
    shown = {name: each for path in NOTEBOOKS for name, each in run.pictures(stored(path)).items()}
    assert {path.name for path in (ROOT / "notebooks").glob("*.svg")} == set(shown)
    for name, (picture, _) in shown.items():
        assert (ROOT / "notebooks" / name).read_text(encoding="utf-8") == picture, (
            "run python notebooks/run.py"
        )
    assert run.README.read_text(encoding="utf-8") == run.front_page(shown), (
        "run python notebooks/run.py"
    )


def _seen(svg: str) -> str:
    """Return the text that a picture shows, a line after the other."""
    return " ".join(
        html.unescape(words) for words in re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", svg)
    )
