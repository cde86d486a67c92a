"""The pages of reference: codebook, manual, reliability, and what Python offers."""

from __future__ import annotations

import importlib
import inspect
import re

import eastflank
from website.pages import SITE, Pages
from website.world import World

ROOT = SITE.parent

DOCUMENTS = {
    "method/manual/": ("seeds/CODING.md", "How a record is coded"),
    "method/datasheet/": ("seeds/DATASHEET.md", "Datasheet"),
    "method/add/": ("seeds/README.md", "How to add to it"),
    "method/reliability/": ("reliability/README.md", "How far coders agree"),
    "method/architecture/": ("ARCHITECTURE.md", "How it is built"),
    "method/contribute/": ("CONTRIBUTING.md", "How to contribute"),
    "releases/changelog/": ("CHANGELOG.md", "Changelog"),
}
"""The pages that are made of a document of the repository."""


def write(pages: Pages) -> None:
    """Write all pages of reference."""
    _documents(pages)
    _codebook(pages)
    _api(pages)


def _documents(pages: Pages) -> None:
    there = {path: told for path, told in DOCUMENTS.items() if (ROOT / told[0]).exists()}
    for path, (file, title) in there.items():
        up = "../" * path.count("/")
        addresses = {name: f"{up}{place}index.html" for place, (name, _) in there.items()}
        addresses["dataset/CODEBOOK.md"] = f"{up}codebook/index.html"
        # Beside it, a document is named without its folder.
        beside = file.rpartition("/")[0]
        addresses |= {
            name.removeprefix(f"{beside}/"): place
            for name, place in addresses.items()
            if name.rpartition("/")[0] == beside
        }
        pages.page(
            path,
            "document.html",
            title,
            text=(ROOT / file).read_text(encoding="utf-8"),
            addresses=addresses,
            reliability=pages.world.tables["reliability"] if beside == "reliability" else [],
        )
    pages.page("method/", "method.html", "How it is made", documents=there)


def _codebook(pages: Pages) -> None:
    world = pages.world
    about = world.data.tables()
    pages.page(
        "codebook/", "codebook.html", "Codebook", tables=about.reset_index().to_dict("records")
    )
    for name in world.data.names:
        columns = [
            (each, _example(world, name, each["column"]))
            for each in world.codebook.to_dict("records")
            if each["table"] == name
        ]
        pages.page(
            f"codebook/{name}/",
            "codebook_table.html",
            f"Table {name}",
            table=name,
            rowset=about.loc[name].to_dict(),
            columns=columns,
            key=world.data.key(name),
        )
    lists: dict[str, list] = {}
    for row in world.tables["codes"]:
        lists.setdefault(row["codelist"], []).append(row)
    pages.page("codebook/codelists/", "codelists.html", "Codelists", lists=lists)


def _example(world: World, table: str, column: str) -> str:
    """Return a value that a column has, or nothing where it has none; long ones are cut."""
    value = next((row[column] for row in world.tables[table] if row[column]), "")
    return f"{value[:117]}..." if len(value) > 120 else value


def _api(pages: Pages) -> None:
    modules = []
    for name in ("eastflank", "eastflank.charts"):
        module = importlib.import_module(name)
        entries = [
            entry for each in module.__all__ if (entry := _entry(each, getattr(module, each)))
        ]
        modules.append((name, inspect.getdoc(module) or "", entries))
    pages.page("api/", "api.html", f"Eastflank {eastflank.__version__} for Python", modules=modules)


def _entry(name: str, thing: object) -> dict | None:
    """Return what the page of the interface says of a public name; nothing of mere values."""
    if not (inspect.isclass(thing) or inspect.isroutine(thing)):
        return None
    methods = []
    if inspect.isclass(thing):
        for each, member in vars(thing).items():
            target = member.fget if isinstance(member, property) else member
            if each.startswith("_") or not inspect.getdoc(member) or not callable(target):
                continue
            call = "" if isinstance(member, property) else _call(target)
            methods.append({"name": each, "call": call, "parts": _parts(member)})
    return {"name": name, "call": _call(thing), "parts": _parts(thing), "methods": methods}


def _call(thing: object) -> str:
    """Return how something is called, its parameters with their defaults and without types."""
    try:
        signature = inspect.signature(thing)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return ""
    parameters = [
        each.replace(annotation=inspect.Parameter.empty)
        for each in signature.parameters.values()
        if each.name != "self"
    ]
    plain = signature.replace(parameters=parameters, return_annotation=inspect.Signature.empty)
    return str(plain)


def _parts(thing: object) -> list[tuple[str, str]]:
    """Return a docstring as paragraphs of words and blocks of code, in their order."""
    text = inspect.getdoc(thing) or ""
    parts = []
    for block in re.split(r"\n\s*\n", text):
        code = block.lstrip().startswith(">>>") or block.startswith("    ")
        parts.append(("code" if code else "words", block))
    return parts
