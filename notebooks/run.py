"""Execute the notebooks in place, so that they show this dataset,
and write the pictures on the front page.

    python notebooks/run.py                       # all of them
    python notebooks/run.py 2-promises.ipynb      # one of them

What is written is the same from run to run. A picture on the front page is the figure of a cell
with a tag such as `picture:canada`, written to `notebooks/canada.svg`, with its alternative text.
Needs the extra `notebooks`.
"""

import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
README = HERE.parent / "README.md"
KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
"""All that a notebook says of the kernel: nothing that differs from machine to machine."""

TAG, PICTURE = "picture:", "image/svg+xml"


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
    return notebook


def text(notebook: nbformat.NotebookNode) -> str:
    """Return a notebook as it stands in its file."""
    return nbformat.writes(notebook) + "\n"


def pictures(notebook: nbformat.NotebookNode) -> dict[str, tuple[str, str]]:
    """Return the pictures that a notebook gives to the front page, each with its alternative text,
    by the name of its file.
    """
    return {
        f"{tag.removeprefix(TAG)}.svg": (output.data[PICTURE], output.metadata[PICTURE]["alt"])
        for cell in notebook.cells
        for tag in cell.metadata.get("tags", [])
        if tag.startswith(TAG)
        for output in cell.outputs
        if PICTURE in output.get("data", {})
    }


def front_page(shown: dict[str, tuple[str, str]]) -> str:
    """Return README with the alternative texts of these pictures.

    Raise ValueError where it does not show one of them.
    """
    words = README.read_text(encoding="utf-8")
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
