"""Frames of words that can be read whole: tables, what their columns mean, what was found."""

from __future__ import annotations

import textwrap

import pandas as pd

WIDTH = 96
"""How wide a listing is in a terminal at most."""


TEXTS = ("a row is", "description", "title")
"""The columns that say in words what an entry means; the first that there is does."""

HEADS = ("table", "id", "column", "type", "unit")
"""The columns that stand in the head of an entry."""


class Listing(pd.DataFrame):
    """A frame that shows itself as text, an entry a row, and cuts nothing short.

    What is selected from it is a plain frame.
    """

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame

    def __repr__(self) -> str:
        """Return the rows as entries: a head in one line, and what it means, indented, below it."""
        if self.empty:
            return "nothing"
        lines = []
        for name, row in self.iterrows():
            said = {column: words for column, words in row.items() if words not in ("", None)}
            text = next((said.pop(each) for each in TEXTS if each in said), "")
            head = [name] if self.index.name else []
            head += [said.pop(each) for each in HEADS if each in said]
            counts = {key: said.pop(key) for key in list(said) if isinstance(said[key], int)}
            head += [f"{count:,} {key}" for key, count in counts.items()]
            lines.append(", ".join(map(str, head)))
            lines += _wrapped(str(text))
            lines += [line for key, words in said.items() for line in _wrapped(f"{key}: {words}")]
        return "\n".join(lines)

    def _repr_html_(self) -> str | None:
        with pd.option_context("display.max_colwidth", None, "display.max_rows", None):
            return pd.DataFrame(self)._repr_html_()


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent="    ", subsequent_indent="      ")
