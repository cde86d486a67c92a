"""The notebooks as pages: rendered by Jupyter's own tools, with their pictures beside them."""

from __future__ import annotations

import re
from base64 import b64decode

import nbformat
from markupsafe import Markup
from nbconvert import HTMLExporter

from website.pages import SITE, Pages

FOLDER = SITE.parent / "notebooks"

HTML = "text/html"

PICTURE = re.compile(r'src="data:image/svg\+xml;base64,(?P<data>[^"]*)"')
"""A picture that is written into an output; a page loads nothing but files."""

STYLED = re.compile(r"<style.*?</style>", re.DOTALL)
"""A stylesheet in an output; the pages have their own, and the policy allows no other."""

OUTPUT = '<div class="output_area" tabindex="0" role="group" aria-label="Output">'

ATTRIBUTE = re.compile(r"""\sstyle=("[^"]*"|'[^']*')""")


def write(pages: Pages) -> None:
    """Write a page for each notebook, and their list."""
    exporter = HTMLExporter(template_name="basic", exclude_anchor_links=True)
    titles = {}
    for path in sorted(FOLDER.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        name = path.stem
        pictures = 0
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                pictures = _plain(pages, output, f"notebooks/{name}/", pictures)
        body, _ = exporter.from_notebook_node(notebook)
        titles[name] = _title(notebook, name)
        pages.page(
            f"notebooks/{name}/",
            "notebook.html",
            titles[name],
            body=Markup(_fit(body)),
            file=path.name,
        )
        pages.write(f"notebooks/{name}/{path.name}", path.read_bytes())
    pages.page("notebooks/", "notebooks.html", "Notebooks", titles=titles)


def _plain(pages: Pages, output: nbformat.NotebookNode, folder: str, pictures: int) -> int:
    """Leave of an output what a page can show: its pictures as files beside it, and no styles.

    Returns how many pictures there are by then.
    """
    data = output.get("data", {})
    if HTML not in data:
        return pictures
    words = STYLED.sub("", data[HTML])
    for found in PICTURE.finditer(words):
        pictures += 1
        pages.write(f"{folder}{pictures}.svg", b64decode(found["data"]))
        lazy = ' loading="lazy"' if pictures > 1 else ""
        words = words.replace(found[0], f'class="chart" src="{pictures}.svg"{lazy}')
    output["data"] = nbformat.from_dict({HTML: words})
    return pictures


def _fit(body: str) -> str:
    """Return what Jupyter rendered without what the policy of the pages forbids."""
    body = ATTRIBUTE.sub("", STYLED.sub("", body))
    # A wide output scrolls by itself, and must be reached by the keyboard for that.
    return body.replace('<div class="output_area">', OUTPUT).replace("<th></th>", "<td></td>")


def _title(notebook: nbformat.NotebookNode, name: str) -> str:
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            return cell.source.partition("\n")[0].removeprefix("# ")
    return name
