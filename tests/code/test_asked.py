"""What is asked of the reader and of the charts: what cannot be meant is refused in words."""

import inspect
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import eastflank as ef
from eastflank import charts
from eastflank.asked import asked, warn

WORDS_ALONE = (charts.listed, charts.plural, charts.when)
"""What writes words of whatever it is given."""

FUNCTIONS = {
    f"{module.__name__}.{name}": each
    for module in (ef, charts)
    for name in module.__all__
    if inspect.isfunction(each := getattr(module, name)) and inspect.signature(each).parameters
    if each not in WORDS_ALONE
}
METHODS = {
    f"Dataset.{name}": getattr(ef.Dataset, name)
    for name in ("at", "load", "codebook", "key", "references", "table_of")
}


class Stranger:
    """What no function can mean."""

    def __repr__(self) -> str:
        return "a Stranger"


@asked
def everything(
    number: float = 2,
    whole: int = 2,
    text: str = "a",
    path: str | Path = "a",
    frame: pd.DataFrame | None = None,
    several: list[str] | None = None,
    truth: bool = False,
    anything: object = None,
):
    return True


def test_every_function_with_arguments_looks_at_them():
    looked_at = {**FUNCTIONS, **METHODS, "Dataset": ef.Dataset.__init__}
    assert [name for name, each in looked_at.items() if not hasattr(each, "__wrapped__")] == []


@pytest.mark.parametrize("name", [*FUNCTIONS, *METHODS])
def test_no_function_takes_what_it_cannot_mean(name):
    function = {**FUNCTIONS, **METHODS}[name]
    parameters = inspect.signature(function).parameters.values()
    needed = {each.name: "a" for each in parameters if each.default is each.empty}
    needed |= {"rows": pd.DataFrame()} if "rows" in needed else {}
    for each in parameters:
        # A day is refused by what reads it, wherever one is given.
        if each.name != "self" and each.annotation != "object":
            with pytest.raises(TypeError, match=f"^{each.name} is to be .+, and is a Stranger$"):
                function(**needed | {each.name: Stranger()})


def test_a_refusal_says_what_is_wanted_such_as_what_and_what_was_given():
    with pytest.raises(TypeError) as refused:
        charts.punctuality("2")
    assert str(refused.value) == "level is to be a number, such as 2, and is '2'"
    with pytest.raises(TypeError) as refused:
        charts.spending(None)
    assert str(refused.value) == "actor_id is to be text, such as 'Canada', and is None"
    with pytest.raises(TypeError) as refused:
        ef.evidence("can-2pct-gdp", data="/some/path")
    assert str(refused.value) == (
        "data is to be a Dataset, such as eastflank.Dataset('/some/path'), and is '/some/path'"
    )


@pytest.mark.parametrize(
    "argument",
    [
        {"number": np.float64(2.5)},
        {"number": np.int64(2)},
        {"whole": np.int64(2)},
        {"path": Path("a")},
        {"frame": pd.DataFrame()},
        {"several": ["a"]},
        {"several": []},
        {"truth": np.bool_(True)},
        {"anything": Stranger()},
    ],
    ids=str,
)
def test_what_stands_for_a_type_is_of_it(argument):
    assert everything(**argument)


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ({"number": True}, "number is to be a number, such as 2, and is True"),
        ({"whole": 2.5}, "whole is to be a whole number, such as 2, and is 2.5"),
        ({"text": b"a"}, "text is to be text, such as 'a', and is a bytes"),
        ({"path": 3}, "path is to be text or a path, such as 'a', and is 3"),
        ({"frame": []}, "frame is to be a frame, and is a list"),
        ({"several": [3]}, "several is to be a list of texts, and is a list"),
        ({"truth": "no"}, "truth is to be True or False, such as False, and is 'no'"),
        ({"text": None}, "text is to be text, such as 'a', and is None"),
    ],
    ids=str,
)
def test_what_is_of_another_type_is_refused_in_words(argument, words):
    with pytest.raises(TypeError) as refused:
        everything(**argument)
    assert str(refused.value) == words


def test_an_argument_that_is_missing_or_too_much_is_told_by_python():
    with pytest.raises(TypeError, match=r"record\(\) missing 1 required positional argument"):
        ef.record()
    with pytest.raises(TypeError, match=r"record\(\) got an unexpected keyword argument 'day'"):
        ef.record("canada", day="2024-07-31")


def test_a_warning_points_to_the_line_that_called_the_package():
    program = compile("def found(warn): warn('so')", "inside.py", "exec")
    inside = {"__name__": "eastflank.inside"}
    exec(program, inside)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        inside["found"](warn)
    assert [Path(each.filename).name for each in caught] == [Path(__file__).name]
