"""The notebooks show this dataset, and every figure in them can stand alone."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
import run

import eastflank as ef
from eastflank.charts.figure import INTERACTIVE, STATIC

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = run.notebooks()

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def outputs(path: Path):
    """Return each output of a notebook as it stands in its file, with its cell."""
    return [
        (cell, output)
        for cell in nbformat.read(path, as_version=4).cells
        for output in cell.get("outputs", [])
    ]


def figures(path: Path):
    return [
        (cell, output)
        for cell, output in outputs(path)
        if {STATIC, INTERACTIVE} & set(output.get("data", {}))
    ]


@pytest.fixture(scope="module")
def again() -> dict[Path, nbformat.NotebookNode]:
    """All notebooks, executed just now."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(NOTEBOOKS, pool.map(run.executed, NOTEBOOKS), strict=True))


@each_notebook
def test_what_a_notebook_shows_is_what_a_new_run_gives(path, again):
    stored, new = (
        nbformat.reads(text, as_version=4).cells
        for text in (path.read_text(encoding="utf-8"), run.text(again[path]))
    )
    stale = [cell.id for cell, fresh in zip(stored, new, strict=True) if cell != fresh]
    assert stale == [], (
        f"run python notebooks/run.py: the cells {', '.join(stale)} of {path.name} are stale"
    )
    assert path.read_text(encoding="utf-8") == run.text(again[path])


@each_notebook
def test_no_cell_has_failed_or_complained(path):
    assert [
        cell.id
        for cell, output in outputs(path)
        if output.output_type == "error" or output.get("name") == "stderr"
    ] == []


def test_there_are_figures():
    """A notebook may have tables alone; were there none in any, what follows would test nothing."""
    assert sum(bool(figures(path)) for path in NOTEBOOKS) >= 5


@each_notebook
def test_a_figure_is_interactive_and_has_a_static_picture(path):
    assert [
        cell.id for cell, output in figures(path) if not {STATIC, INTERACTIVE} <= set(output.data)
    ] == []
    assert [
        cell.id
        for cell, output in outputs(path)
        if {"image/png", "application/javascript"} & set(output.get("data", {}))
    ] == []


@each_notebook
def test_a_figure_has_title_alternative_text_and_source_line(path):
    for cell, output in figures(path):
        title, alt, source = output.data["text/plain"].splitlines()
        assert source.endswith(f"Eastflank {ef.__version__}."), cell.id
        assert (
            output.metadata[STATIC]["alt"]
            == output.data[INTERACTIVE]["description"]
            == f"{title}. {alt}"
        ), cell.id
        seen = _seen(output.data[STATIC])
        assert title in seen and source in seen, cell.id


@each_notebook
def test_the_title_of_a_figure_is_computed(path):
    """A title that stands in the notebook as it stands in the figure was typed."""
    code = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    assert [
        cell.id
        for cell, output in figures(path)
        if output.data["text/plain"].splitlines()[0] in code
    ] == []


@each_notebook
def test_the_finding_of_a_figure_stands_before_it_and_how_it_was_made_behind_it(path):
    cells = nbformat.read(path, as_version=4).cells
    before = ""
    for number, cell in enumerate(cells):
        for output in cell.get("outputs", []):
            if STATIC in output.get("data", {}):
                assert output.data["text/plain"].splitlines()[0] in before, cell.id
                behind = next(
                    cell.source for cell in cells[number + 1 :] if cell.cell_type == "markdown"
                )
                assert re.search(
                    r"\*\*How it was made\.\*\*.*\*\*What it does not show\.\*\*", behind, re.DOTALL
                ), cell.id
        before = "".join(
            output.get("data", {}).get("text/markdown", "") for output in cell.get("outputs", [])
        )


def test_the_pictures_on_the_front_page_are_those_of_the_notebooks(again):
    shown = {
        name: picture
        for notebook in again.values()
        for name, picture in run.pictures(notebook).items()
    }
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
    import html

    return " ".join(
        html.unescape(words) for words in re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", svg)
    )
