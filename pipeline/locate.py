"""Find the places of a text that evidence names, where the text is at hand.

Texts are not ours to publish, so they are not in the repository. Whoever has one can check us: a file is the text of the
source whose `text_sha256` is the SHA-256 of its bytes.
"""

import re
from hashlib import sha256
from pathlib import Path

import numpy as np

from pipeline.cells import Parsed
from pipeline.problems import Problems

_SENTENCE_END = re.compile(r"""(?:(?<=[.?!])|(?<=[.?!][”"]))\s+(?=[A-Z“"])""")
"""Blanks behind a full stop, a question or exclamation mark, or a quotation that one of them ends, before a capital."""


def sentences(text: str) -> dict[str, str]:
    """Return the sentences of a text by locator, as `p14.s8`.

    Paragraphs are the lines that are not blank, numbered from 1; sentences are numbered within a paragraph. A list numeral
    at the head of a paragraph belongs to its first sentence.
    """
    found = {}
    for number, paragraph in enumerate((line.strip() for line in text.splitlines() if line.strip()), 1):
        numeral, rest = re.fullmatch(r"(\d+\.\s+)?(.*)", paragraph, re.DOTALL).groups()
        for place, sentence in enumerate(_SENTENCE_END.split(rest), 1):
            found[f"p{number}.s{place}"] = (numeral or "") + sentence if place == 1 else sentence
    return found


def check_texts(parsed: dict[str, Parsed], folder: Path, problems: Problems) -> list[str]:
    """Check the evidence from those sources whose texts are in a folder; return the ids of the sources that were checked."""
    digests = parsed["sources"].table.column("text_sha256").to_pylist()
    ids = dict(zip(digests, parsed["sources"].table.column("source_id").to_pylist()))
    checked = []
    for path in sorted(folder.iterdir()):
        data = path.read_bytes() if path.is_file() else b""
        source = ids.get(sha256(data).hexdigest())
        if source:
            _check_text(parsed["evidence"], source, sentences(data.decode()), problems)
            checked.append(source)
    return checked


def _check_text(evidence: Parsed, source: str, found: dict[str, str], problems: Problems):
    for row, line in enumerate(evidence.table.select(["source_id", "locator", "anchor"]).to_pylist()):
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
            problems.add_cells(evidence.seed, "anchor", np.array([row]), f"does not stand in {places[0]} of {source}", "anchor")
