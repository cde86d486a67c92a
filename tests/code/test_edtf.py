"""The days that we give a date are those of the `edtf` library.

It is too slow to build with, but fit to judge us by.
"""

import re
from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eastflank.edtf import parse

ALIKE = "٢²２–−／"
"""Figures, dashes and a slash that are not those of ASCII."""


def oracle(text: str):
    """Return the earliest and the latest day by the library, or None where it has none to give.

    An interval's ends are asked for one by one: of a whole interval, the library refuses most that
    have an X in them. An end left blank is unknown to us, as `..` is; to the library it lies ten
    years from the other end.
    """
    ends = text.split("/")
    if len(ends) == 1:
        return _oracle(text)
    if len(ends) > 2:
        return None
    first, last = ((None, None) if end in ("", "..") else _oracle(end) for end in ends)
    return first and last and (first[0], last[1])


def _oracle(text: str):
    """Return the same of a single date. In two things the library reads seasons otherwise than we:

    - its grammar has no season with a qualifier, as `2024-21~`, which the specification allows;
    - the winter of a year begins in its December for both, but the library ends it there, and we
      with February.
    """
    try:
        season = re.fullmatch(r"(\d{4}-(2[1-4]))[?~%]?", text)
        found = parse_edtf(season[1] if season else text)
        # date() refuses a day that no calendar has, as 2023-02-29, and a year before ours.
        earliest, latest = date(*found.lower_strict()[:3]), date(*found.upper_strict()[:3])
        if season and season[2] == "24":
            latest = date(latest.year + 1, 3, 1) - timedelta(days=1)
        return earliest, latest
    # Besides its own exception the library raises whatever a text that it half understands causes.
    except Exception:
        return None


def ours(text: str):
    """Return the earliest and the latest day by our parser, or None where it refuses."""
    try:
        return parse(text)[:2]
    except ValueError:
        return None


@st.composite
def dates(draw) -> tuple[str, str]:
    """A date of level 1, and its precision."""
    day = draw(st.dates(date(1, 1, 1), date(9998, 12, 31)))
    year, month = f"{day.year:04}", f"{day.month:02}"
    decade, century = f"{max(day.year // 10, 1):03}X", f"{max(day.year // 100, 1):02}XX"
    text, precision = draw(
        st.sampled_from(
            [
                (f"{year}-{month}-{day.day:02}", "day"),
                (f"{year}-{month}", "month"),
                (f"{year}-{month}-XX", "month"),
                (f"{year}-{day.month % 4 + 21}", "season"),
                (year, "year"),
                (f"{year}-XX", "year"),
                (f"{year}-XX-XX", "year"),
                (decade, "decade"),
                (century, "century"),
            ]
        )
    )
    return text + draw(st.sampled_from(["", "?", "~", "%"])), precision


ends = dates().map(lambda drawn: drawn[0])
intervals = st.one_of(
    st.tuples(ends, ends),
    st.tuples(ends, st.sampled_from(["", ".."])),
    st.tuples(st.sampled_from(["", ".."]), ends),
).map("/".join)


@st.composite
def nearly_dates(draw) -> str:
    """A date or an interval with one or two characters taken away, put in or replaced."""
    text = draw(st.one_of(ends, intervals))
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(text)))
        put = draw(st.sampled_from(["", *"0123456789X-/.?~% \n", *ALIKE]))
        text = text[:at] + put + text[at + draw(st.integers(0, 1)) :]
    return text


@settings(deadline=None)
@given(dates())
def test_a_date_means_the_days_that_the_oracle_says(drawn):
    text, precision = drawn
    assert parse(text) == (*oracle(text), precision)


@settings(deadline=None)
@given(intervals)
@example("../..")
def test_an_interval_reaches_from_its_first_end_to_its_last_and_never_backwards(text):
    earliest, latest = oracle(text)
    if earliest and latest and earliest > latest or not (earliest or latest):
        assert ours(text) is None
    else:
        assert parse(text) == (earliest, latest, "interval")


@settings(deadline=None, max_examples=200)
@given(nearly_dates())
@example("٢٠٢٤")
@example("2024\n")
@example("2024-07-10T10:00")
def test_what_the_oracle_refuses_we_refuse(text):
    assert ours(text) in (None, oracle(text))


@pytest.mark.parametrize("text", ["2023-02-29", "1900-02-29", "2024-02-30/2025"])
def test_a_day_that_the_calendar_lacks_is_refused(text):
    assert ours(text) is None


def test_winter_ends_with_the_february_after_it():
    assert parse("2023-24") == (date(2023, 12, 1), date(2024, 2, 29), "season")
