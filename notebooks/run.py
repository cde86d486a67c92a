"""Execute the notebooks in place, so that they show this dataset,
and write the pictures on the front page.

    python notebooks/run.py                       # all of them
    python notebooks/run.py 2-promises.ipynb      # one of them

What is written is the same from run to run. Each output is written in one form: a figure as its
picture, and not as the interactive chart that comes with running the cell, a table as HTML. A
picture on the front page is the figure of a cell with a tag such as `picture:shares`, written to
`notebooks/shares.svg`, with its alternative text; `front_page.py` makes what else it shows. Needs
the extra `notebooks`.
"""

import base64
import html
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # where the contracts are

from front_page import filled  # noqa: E402

README = HERE.parent / "README.md"
KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
"""All that a notebook says of the kernel: nothing that differs from machine to machine."""

TAG = "picture:"

FORMS = ("text/html", "text/markdown", "text/plain")
"""The forms of an output, the first of which there is being written."""

IMAGE = re.compile(r'<img alt="([^"]*)" src="data:image/svg\+xml;base64,([^"]*)">')
"""How a figure is written: `eastflank.charts.Figure.html`."""


def notebooks() -> list[Path]:
    """Return the notebooks, in the order in which they are to be read."""
    return sorted(HERE.glob("*.ipynb"))


def executed(path: Path) -> nbformat.NotebookNode:
    """Return a notebook after every cell has run in a new kernel.

    Raise CellExecutionError where one fails.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(HERE)}})
    client.execute(env=os.environ | {"TZ": "UTC"})  # charts are laid out in local time
    return lasting(notebook)


def lasting(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a notebook without what differs from run to run, or from machine to machine."""
    notebook.metadata = nbformat.from_dict(KERNEL)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(
            {"tags": cell.metadata["tags"]} if cell.metadata.get("tags") else {}
        )
        for output in cell.get("outputs", []):
            if picture := figure(output):
                output.data = nbformat.from_dict({"text/html": picture.element})
                output.metadata = nbformat.from_dict({})
            elif form := next((form for form in FORMS if form in output.get("data", {})), None):
                output.data = nbformat.from_dict({form: output.data[form]})
                output.metadata = nbformat.from_dict({})
    return notebook


def text(notebook: nbformat.NotebookNode) -> str:
    """Return a notebook as it stands in its file."""
    return nbformat.writes(notebook) + "\n"


class Picture(NamedTuple):
    """A figure as it is written: an element of a page, what it shows, its alternative text."""

    element: str
    svg: str
    alt: str


def figure(output: nbformat.NotebookNode) -> Picture | None:
    """Return the picture of an output that is a figure, or else None."""
    for form in FORMS:
        if found := IMAGE.fullmatch(output.get("data", {}).get(form, "").strip()):
            svg = base64.b64decode(found[2]).decode("utf-8")
            return Picture(found[0], svg, html.unescape(found[1]))
    return None


def said(output: nbformat.NotebookNode) -> str:
    """Return the words of an output: of a figure those that stand for it, of a table its cells.

    Two runs that find the same say the same, with whatever versions they draw and write tables.
    """
    if found := figure(output):
        return found.alt
    data = output.get("data", {})
    words = next((data[form] for form in FORMS if form in data), output.get("text", ""))
    if "text/html" in data:
        words = html.unescape(re.sub(r"<style.*?</style>|<[^>]*>", " ", words, flags=re.DOTALL))
    return " ".join(words.split())


def pictures(notebook: nbformat.NotebookNode) -> dict[str, tuple[str, str]]:
    """Return the pictures that a notebook gives to the front page, each with its alternative text,
    by the name of its file.
    """
    return {
        f"{tag.removeprefix(TAG)}.svg": (found.svg, found.alt)
        for cell in notebook.cells
        for tag in cell.metadata.get("tags", [])
        if tag.startswith(TAG)
        for output in cell.outputs
        if (found := figure(output))
    }


def front_page(shown: dict[str, tuple[str, str]]) -> str:
    """Return README with the alternative texts of these pictures, and all else that is made in it.

    Raise ValueError where it does not show one of them.
    """
    words = filled(README.read_text(encoding="utf-8"))
    for name, (_, alt) in shown.items():
        image = re.compile(rf"!\[[^]]*\]\(notebooks/{re.escape(name)}\)")
        if not image.search(words):
            raise ValueError(f"README shows no picture notebooks/{name}")
        words = image.sub(lambda _, text=alt, name=name: f"![{text}](notebooks/{name})", words)
    return words


def run(path: Path) -> dict[str, tuple[str, str]]:
    """Execute a notebook in place, write its pictures and return them."""
    notebook = executed(path)
    path.write_text(text(notebook), encoding="utf-8", newline="\n")
    shown = pictures(notebook)
    for name, (picture, _) in shown.items():
        (HERE / name).write_text(picture, encoding="utf-8", newline="\n")
    return shown


if __name__ == "__main__":
    chosen = [HERE / name for name in sys.argv[1:]] or notebooks()
    with ThreadPoolExecutor(2) as pool:
        every = list(pool.map(run, chosen))
    README.write_text(
        front_page({name: shown for each in every for name, shown in each.items()}),
        encoding="utf-8",
        newline="\n",
    )
