"""Show a record to people: as text in a terminal, and as a card in HTML."""

from __future__ import annotations

import textwrap
from html import escape
from typing import TYPE_CHECKING

from eastflank.card.sections import Cell, Section, facts, sections
from eastflank.card.style import STYLE
from eastflank.card.timeline import timeline

if TYPE_CHECKING:
    from eastflank.records import Record

WIDTH = 100
"""How wide the text of a card is at most."""

LEGEND = (
    "Above the line: what happened, and when it falls due; below it: the day from which it was "
    "known."
)


def text(record: Record) -> str:
    """Return a record as lines of text: what its card says, for a terminal."""
    lines = [f"{record.table} / {record.id}", *_wrapped(record.title)]
    if record.headline != record.title:
        lines += _wrapped(record.headline)
    for section in sections(record):
        heads = " | ".join(filter(None, section.heads))
        lines += ["", *_wrapped(f"{section.name} ({len(section.rows)}): {heads}", rest="    ")]
        for row in section.rows[: section.shown]:
            said = " | ".join(cell.text or "-" for cell in row)
            lines += _wrapped(said, first="  - ", rest="    ")
            lines += [f"    {cell.href}" for cell in row if cell.href]
        more = len(section.rows) - section.shown
        lines += [f"  and {more} more, in record[{section.frame!r}]"] if more > 0 else []
    lines += ["", "Its own cells"]
    for name, said in facts(record).items():
        lines += _wrapped(f"{name}: {said}", first="  ", rest="    ")
    return "\n".join(lines)


def html(record: Record) -> str:
    """Return a record as a card in HTML, with its style and without scripts or libraries."""
    label = escape(f"{record.table} / {record.id}", quote=True)
    said = f"<p class='head'>{escape(record.headline)}</p>" * (record.headline != record.title)
    line = timeline(record) if record.table == "commitments" else ""
    line += f"<p class='legend'>{LEGEND}</p>" * bool(line)
    own = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{_cell(Cell(words))}</td></tr>"
        for name, words in facts(record).items()
    )
    return (
        f"{STYLE}<article class='eastflank' aria-label='{label}'><h3>{escape(record.title)}</h3>"
        f"<p class='legend'><code>{label}</code></p>{said}{line}"
        f"{''.join(map(_section, sections(record)))}"
        f"<details><summary>Its own cells</summary><table>{own}</table></details></article>"
    )


def _section(section: Section) -> str:
    shown = _table(section.heads, section.rows[: section.shown])
    rest = section.rows[section.shown :]
    more = (
        f"<details><summary>{len(rest)} more</summary>{_table(section.heads, rest)}</details>"
        if rest
        else ""
    )
    return f"<section><h4>{escape(section.name)}</h4>{shown}{more}</section>"


def _table(heads: list[str], rows: list[list[Cell]]) -> str:
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in heads)
    body = "".join(
        "<tr>"
        + "".join(
            # On a narrow screen each cell stands under its own heading.
            f"<td data-head='{escape(name, quote=True)}'>{_cell(cell)}</td>"
            for name, cell in zip(heads, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(cell: Cell) -> str:
    words = escape(cell.text)
    if cell.href:
        return f"<a href='{escape(cell.href, quote=True)}' rel='noopener'>{words}</a>"
    return f"<i>{words}</i>" if cell.text.startswith("(not-") else words


def _wrapped(words: str, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False
    )
