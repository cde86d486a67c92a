"""How numbers and words are written, wherever they are written: in seeds, errors, cards, charts."""

import datetime
import difflib
from collections.abc import Iterable

import numpy as np
import pandas as pd

from eastflank import edtf

SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
"""The seasons by their numbers in EDTF."""


def number_text(value: float, *, grouped: bool = False) -> str:
    """Return a number as plain text: as many digits as it has and no exponent.

    `grouped` by thousands.

    >>> number_text(1.53e11), number_text(2.50), number_text(12000000, grouped=True)
    ('153000000000', '2.5', '12,000,000')
    """
    text = np.format_float_positional(value, trim="-")
    if not grouped:
        return text
    whole, point, rest = text.lstrip("-").partition(".")
    return f"{'-' if text.startswith('-') else ''}{int(whole):,}{point}{rest}"


def nearest(word: str, known: Iterable[str], few: int = 20) -> str:
    """Return words that go on from one that is not among the known: the nearest, or all if `few`.

    Whoever lists them all anyway says that none are few.

    >>> nearest("polnad", ["canada", "poland"])
    "; did you mean 'poland'?"
    >>> nearest("peru", ["canada", "poland"]), nearest("peru", ["canada", "poland"], few=0)
    ('; it is one of canada, poland', '')
    """
    known = list(map(str, known))
    close = difflib.get_close_matches(str(word), known, n=2, cutoff=0.6)
    if close:
        return f"; did you mean {' or '.join(map(repr, close))}?"
    within = [each for each in known if word and str(word).lower() in each.lower()]
    if within and len(known) > few:
        return f"; did you mean {' or '.join(map(repr, sorted(within, key=len)[:2]))}?"
    return f"; it is one of {', '.join(known)}" if 0 < len(known) <= few else ""


def lowered(label: str) -> str:
    """Return a label as it stands within a sentence: in small letters, but for an acronym's.

    >>> lowered("Partly met"), lowered("US dollars")
    ('partly met', 'US dollars')
    """
    return label if label[:2].isupper() else f"{label[:1].lower()}{label[1:]}"


def counted(amount: str, unit: str) -> str:
    """Return an amount with the label of its unit, as it stands within a sentence.

    >>> counted("1", "Items"), counted("4,800", "Persons"), counted("2", "% of GDP")
    ('1 item', '4,800 persons', '2% of GDP')
    """
    if unit.startswith("%"):
        return f"{amount}{unit}"
    named = lowered(unit)
    return f"{amount} {named.removesuffix('s') if amount == '1' else named}"


def listed(words: Iterable[str], most: int, noun: str = "") -> str:
    """Return the first `most` words as a list in a sentence, and how many more there are.

    >>> listed(["A", "B", "C", "D", "E"], 2, "publishers")
    'A, B and 3 more publishers'
    """
    words = list(words)
    if len(words) > most + 1:
        words = [*words[:most], f"{len(words) - most} more {noun}".strip()]
        return f"{', '.join(words[:-1])} and {words[-1]}"
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + "".join(words[-1:])


def plural(count: int, noun: str, nouns: str = "") -> str:
    """Return how many there are of something.

    >>> plural(1, "ally", "allies"), plural(1200, "date")
    ('1 ally', '1,200 dates')
    """
    return f"{count:,} {noun if count == 1 else nouns or f'{noun}s'}"


def when(date: str | datetime.date | None) -> str:
    """Return an EDTF date, or a day, as people write it.

    >>> when("2024-07-10"), when("2025-04/2026-03"), when("2026/.."), when("202X")
    ('10 July 2024', 'April 2025 to March 2026', '2026 or later', '2020s')
    >>> when("2024-07-08/2024-07-14"), when("2025-04/2025-06")
    ('8 to 14 July 2024', 'April to June 2025')
    """
    if date is None or pd.isna(date) is True:
        return "no date"
    if isinstance(date, datetime.date):
        return f"{date.day} {date:%B %Y}"
    date = str(date)
    start, slash, end = date.partition("/")
    if slash:
        if end in ("..", ""):
            return f"{when(start)} or later"
        if start in ("..", ""):
            return f"{when(end)} or before"
        return f"{_without_what_follows(when(start), when(end))} to {when(end)}"
    first, last, precision = edtf.parse(date)
    assert first and last, "only an interval has an open end"
    words = {
        "day": f"{first.day} {first:%B %Y}",
        "month": f"{first:%B %Y}",
        "season": f"{SEASONS.get(date[5:7])} {first.year}",
        "decade": f"{first.year}s",
        "century": f"{first.year} to {last.year}",
    }.get(precision, f"{first.year}")
    return f"about {words}" if date[-1] in "~?%" else words


def at(date: str | datetime.date) -> str:
    """Return an EDTF date, or a day, as it stands after a verb: with the word that leads to it.

    >>> at("2024-07-10"), at("2032"), at("../2024-07-10"), at("2027/..")
    ('on 10 July 2024', 'in 2032', 'by 10 July 2024', 'in 2027 or later')
    >>> at("2024-07-31/2024-08-01"), at("202X"), at("2025-08-05~")
    ('between 31 July and 1 August 2024', 'in the 2020s', 'about 5 August 2025')
    """
    if isinstance(date, datetime.date):
        return f"on {when(date)}"
    start, slash, end = date.partition("/")
    if slash:
        if start in ("..", ""):
            return f"by {when(end)}"
        if end in ("..", ""):
            return f"{at(start)} or later"
        return f"between {_without_what_follows(when(start), when(end))} and {when(end)}"
    precision = edtf.parse(date).precision
    if date[-1] in "~?%":
        return when(date)
    before = {"day": "on", "decade": "in the", "century": "between"}.get(precision, "in")
    words = when(date)
    return f"{before} {words.replace(' to ', ' and ') if precision == 'century' else words}"


def _without_what_follows(start: str, end: str) -> str:
    """Return the first of two dates in words without the month and the year that both have."""
    first, last = start.split(), end.split()
    same_form = len(first) == len(last) and "about" not in (first[0], last[0])
    while same_form and len(first) > 1 and first[-1] == last[-1]:
        first.pop()
        last.pop()
    return " ".join(first)
