"""EDTF, level 1: what a date says, as its earliest day, its latest day and its precision.

The format is the Extended Date/Time Format of the Library of Congress, part of ISO 8601-2:2019.
Years before 0001 and after 9999, which no source of ours needs, are not accepted.
"""

import calendar
import re
from datetime import date
from typing import NamedTuple

_DATE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?[?~%]?", re.ASCII)
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
"""First and last month of the seasons that EDTF numbers 21 to 24; winter ends in the next year."""


class Span(NamedTuple):
    """The days that a date may mean.

    An open end is None. `precision` is a code of `DatePrecision`.
    """

    earliest: date | None
    latest: date | None
    precision: str


def parse(text: str) -> Span:
    """Return the span of an EDTF date or interval; raise ValueError where `text` is neither."""
    try:
        return _span(text)
    except ValueError:
        raise ValueError(
            f"{text!r} is no date; write it in EDTF, such as 2024-07-10, 2024-07 or 2026/.."
        ) from None


def _span(text: str) -> Span:
    """Return the span of a date or of an interval."""
    if "/" not in text:
        return Span(*_date(text))
    start, _, end = text.partition("/")
    if start in ("", "..") and end in ("", ".."):
        raise ValueError(text)
    first = _date(start) if start not in ("", "..") else None
    last = _date(end) if end not in ("", "..") else None
    if first and last and first[0] > last[1]:
        raise ValueError(text)
    return Span(first and first[0], last and last[1], "interval")


def _date(text: str) -> tuple[date, date, str]:
    """Return the first day, the last day and the precision of what is no interval."""
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(text)
    digits, month, day = match.groups()
    if "X" in digits:
        if month:
            raise ValueError(text)
        return (
            date(int(digits.replace("X", "0")), 1, 1),
            date(int(digits.replace("X", "9")), 12, 31),
            "decade" if digits.count("X") == 1 else "century",
        )
    year = int(digits)
    if month is None or (month == "XX" and day in (None, "XX")):
        return date(year, 1, 1), date(year, 12, 31), "year"
    if month == "XX":
        raise ValueError(text)
    month = int(month)
    if month in _SEASONS and day is None:
        first, last = _SEASONS[month]
        return date(year, first, 1), _month_end(year + (last < first), last), "season"
    if day in (None, "XX"):
        return date(year, month, 1), _month_end(year, month), "month"
    return date(year, month, int(day)), date(year, month, int(day)), "day"


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(f"{year}-{month}")
    return date(year, month, calendar.monthrange(year, month)[1])
