"""Find the places of a text that evidence names, where the text is at hand.

Texts are not ours to publish, so they are not in the repository. Whoever has one can check us:
a file is the text of the source whose `text_sha256` is the SHA-256 of its bytes.
"""

import re
from hashlib import sha256
from pathlib import Path

import numpy as np

from pipeline.cells import Parsed
from pipeline.problems import Problems

_MAYBE_AN_END = re.compile(r"""(?:(?<=[.?!])|(?<=[.?!][”"]))\s+(?=[A-Z0-9“"])""")
"""Blanks behind a full stop, a question or exclamation mark, or a quotation that one of them ends,
before a capital or figure.
"""

_NO_END = re.compile(
    r"""(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Adm|Col|Maj|Lt|Sen|Rep|Gov|St|cf|vs|[A-Z]|e\.g|i\.e)|(?:^|[:;,(])\s*[0-9]{1,2})\.\s+\S$"""
    r"""|\b(?:Nos?|Art)\.\s+[0-9]$"""
)
"""What ends in a full stop without ending a sentence: an abbreviation, an initial,
a numeral of a list.
"""

_NEAR = 60
"""How many characters before the blanks are looked at; the longest that matters has eight."""


def sentences(text: str) -> dict[str, str]:
    """Return the sentences of a text by locator, as `p14.s8`.

    Paragraphs are the lines that are not blank, numbered from 1;
    sentences are numbered within a paragraph.
    """
    return {
        f"p{number}.s{place}": sentence
        for number, paragraph in enumerate(_paragraphs(text), 1)
        for place, sentence in enumerate(_split(paragraph), 1)
    }


def numbered_paragraphs(text: str) -> dict[str, str]:
    """Return by locator, as `para.26`, the paragraphs of a text
    that begin with a number of their own.
    """
    numbered = (re.match(r"([0-9]+)\.\s", paragraph) for paragraph in _paragraphs(text))
    return {f"para.{found[1]}": found.string for found in numbered if found}


def check_texts(parsed: dict[str, Parsed], folder: Path, problems: Problems) -> list[str]:
    """Check the evidence from those sources whose texts are in a folder.

    Return the ids of the sources whose texts were there.
    """
    digests = parsed["sources"].table.column("text_sha256").to_pylist()
    ids = dict(zip(digests, parsed["sources"].table.column("source_id").to_pylist(), strict=True))
    checked = []
    for path in sorted(folder.iterdir()):
        data = path.read_bytes() if path.is_file() else b""
        source = ids.get(sha256(data).hexdigest())
        if source is None:
            continue
        try:
            text = data.decode()
        except UnicodeDecodeError:
            row = np.array([digests.index(sha256(data).hexdigest())])
            problems.add_cells(
                parsed["sources"].seed,
                "text_sha256",
                row,
                f"is that of {path.name}, which is not text in UTF-8",
                "locator",
            )
            continue
        _check_text(
            parsed["evidence"], source, sentences(text) | numbered_paragraphs(text), problems
        )
        checked.append(source)
    return checked


def _check_text(evidence: Parsed, source: str, found: dict[str, str], problems: Problems) -> None:
    for row, line in enumerate(
        evidence.table.select(["source_id", "locator", "anchor"]).to_pylist()
    ):
        if line["source_id"] != source or not line["locator"]:
            continue
        places = line["locator"].split(";")
        unknown = [place for place in places if place not in found]
        if unknown:
            problems.add_cells(
                evidence.seed,
                "locator",
                np.array([row]),
                f"names {unknown[0]}, and the text of {source} has no such sentence",
                "locator",
            )
        elif line["anchor"] and line["anchor"] not in found[places[0]]:
            problems.add_cells(
                evidence.seed,
                "anchor",
                np.array([row]),
                f"does not stand in {places[0]} of {source}",
                "anchor",
            )


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _split(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph."""
    starts = [0]
    for blanks in _MAYBE_AN_END.finditer(paragraph):
        # What stands far before the blanks does not matter, and would be read again and again.
        near = max(starts[-1], blanks.start() - _NEAR)
        before = "x" if near > starts[-1] else ""
        if not _NO_END.search(before + paragraph[near : blanks.end() + 1]):
            starts.append(blanks.end())
    return [
        paragraph[start:end].rstrip()
        for start, end in zip(starts, [*starts[1:], len(paragraph)], strict=True)
    ]
