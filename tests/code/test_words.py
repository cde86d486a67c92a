"""Numbers are written plainly, and an unknown word is answered with the nearest that is known."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eastflank.codelists import PlaceKind
from eastflank.words import listed, nearest, number_text

numbers = st.floats(allow_nan=False, allow_infinity=False)
PLAIN = re.compile(r"-?(0|[1-9]\d*)(\.\d*[1-9])?")
GROUPED = re.compile(r"-?[1-9]?\d{1,2}(,\d{3})*(\.\d*[1-9])?|-?\d(\.\d*[1-9])?")


@given(numbers)
@example(1.53e11)
@example(1e-7)
@example(1e22)
@example(-0.0)
def test_a_number_is_written_plainly_with_as_many_digits_as_it_has(number):
    text = number_text(number)
    assert PLAIN.fullmatch(text)
    assert float(text) == number


@given(numbers)
@example(999.5)
@example(1000)
@example(-1234567.25)
def test_a_grouped_number_is_the_plain_one_with_commas_between_thousands(number):
    text = number_text(number, grouped=True)
    assert text.replace(",", "") == number_text(number)
    assert GROUPED.fullmatch(text)


@pytest.mark.parametrize(
    ("number", "plain", "grouped"),
    [
        (2.50, "2.5", "2.5"),
        (0.0, "0", "0"),
        (12_000_000, "12000000", "12,000,000"),
        (1.53e11, "153000000000", "153,000,000,000"),
        (-1234.5, "-1234.5", "-1,234.5"),
        (-0.25, "-0.25", "-0.25"),
        (1 / 3, "0.3333333333333333", "0.3333333333333333"),
    ],
)
def test_numbers_as_they_are_written(number, plain, grouped):
    assert (number_text(number), number_text(number, grouped=True)) == (plain, grouped)


@pytest.mark.parametrize(
    ("word", "known", "words"),
    [
        ("polnad", ["canada", "poland"], "; did you mean 'poland'?"),
        ("polan", ["holland", "poland", "polen"], "; did you mean 'poland' or 'polen'?"),
        ("xyz", ["canada", "poland"], "; it is one of canada, poland"),
        ("xyz", [f"state-{number}" for number in range(20)], "; it is one of state-0, state-1"),
        ("xyz", [f"state-{number}" for number in range(21)], ""),
        ("xyz", [], ""),
        ("2024", [2023, 2024], "; did you mean '2024' or '2023'?"),
        ("citty", PlaceKind, "; did you mean 'city'?"),
        (
            "fortress",
            PlaceKind,
            "; it is one of country, region, city, border, sea, site",
        ),
    ],
)
def test_an_unknown_word_is_answered_with_the_nearest_or_with_all_if_they_are_few(
    word, known, words
):
    answer = nearest(word, known)
    assert answer.startswith(words) and (answer == "") == (words == "")
    if len(list(known)) < 20:
        assert answer == words


def test_an_answer_may_be_drawn_from_anything_that_can_be_gone_through_once():
    assert nearest("polnad", (name for name in ["canada", "poland"])) == "; did you mean 'poland'?"


@given(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=25))
def test_an_answer_names_only_what_is_known(word, known):
    answer = nearest(word, known)
    if answer.startswith("; did you mean "):
        assert any(repr(name) in answer for name in known)
    elif answer:
        assert answer == f"; it is one of {', '.join(known)}"
    else:
        assert not 0 < len(known) <= 20


@pytest.mark.parametrize(
    ("words", "said"),
    [("A", "A"), ("AB", "A and B"), ("ABC", "A, B and C"), ("ABCD", "A, B and 2 more states")],
)
def test_one_word_more_than_there_is_room_for_is_told_all_the_same(words, said):
    assert listed(words, 2, "states") == said
