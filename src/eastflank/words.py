"""How numbers and words are written, wherever they are written: in seeds, errors, cards, charts."""

import difflib
from collections.abc import Iterable

import numpy as np


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


def nearest(word: str, known: Iterable[str]) -> str:
    """Return words that go on from one that is not among the known: the nearest, or all if few.

    >>> nearest("polnad", ["canada", "poland"])
    "; did you mean 'poland'?"
    """
    known = list(map(str, known))
    close = difflib.get_close_matches(str(word), known, n=2, cutoff=0.6)
    if close:
        return f"; did you mean {' or '.join(map(repr, close))}?"
    return f"; it is one of {', '.join(known)}" if 0 < len(known) <= 20 else ""
