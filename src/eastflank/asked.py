"""What is asked, looked at before it is answered: what cannot be meant is refused in words.

The hints of a function say of which types its arguments are. Nothing else has to be written, so
that no function can forget it.
"""

from __future__ import annotations

import inspect
import os
import sys
import warnings
from collections.abc import Callable, Iterable
from functools import cache, wraps
from numbers import Integral, Real
from pathlib import Path
from types import NoneType
from typing import Any, ParamSpec, TypeVar, get_args, get_origin, get_type_hints

CALLED = {"str": "text", "float": "a number", "int": "a whole number", "Path": "a path"}
CALLED |= {"bool": "True or False", "DataFrame": "a frame", "list": "a list of texts"}
CALLED |= {"Iterable": "several texts"}
"""What the types that a function takes are called in words; any other by its own name."""

SUCH_AS = {
    "actor_id": "Canada",
    "commitment_id": "can-2pct-gdp",
    "corpus_id": "allies-2pct",
    "corpus_ids": "allies-2pct",
    "field": "due",
    "name": "Poland",
    "old": "0.3.0",
    "path": "rows.json",
    "record_id": "can-2pct-gdp",
    "source_id": "shea-2024",
    "stated_by": "shea-2024",
    "table": "tracker",
    "version": "0.3.0",
    "words": "icebreaker",
}
"""What an argument may be, by its name, where no default shows it."""

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def asked(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Return a function that answers only where its arguments are of the types that its hints name.

    Else it raises TypeError, which says what was given for which argument, and what can be.

    >>> @asked
    ... def twice(number: float):
    ...     return 2 * number
    >>> twice("2")
    Traceback (most recent call last):
    TypeError: number is to be a number, and is '2'
    """
    signature = inspect.signature(function)
    # They are looked up at the first call: a class is not there yet while it is being made.
    hints = cache(lambda: get_type_hints(function))

    @wraps(function)
    def answer(*given: Given.args, **named: Given.kwargs) -> Answer:
        try:
            arguments = signature.bind(*given, **named).arguments
        except TypeError:
            arguments = {}  # an argument is missing or too much, as the call below says
        for name, value in arguments.items():
            if not _is_one(value, hint := hints().get(name, object)):
                raise TypeError(_refusal(name, value, hint, signature.parameters[name].default))
        return function(*given, **named)

    return answer


def warn(words: str) -> None:
    """Warn of something in the line that called the package, wherever in it the reason is found."""
    frame, depth = sys._getframe(1), 2
    while frame.f_back and frame.f_globals.get("__name__", "").startswith("eastflank"):
        frame, depth = frame.f_back, depth + 1
    warnings.warn(words, stacklevel=depth)


def _is_one(value: Any, hint: Any) -> bool:
    """Return whether a value is of the type that a hint names, or of one of them."""
    if hint in (object, Any):
        return True
    kind, parts = get_origin(hint) or hint, get_args(hint)
    if kind is list:
        return isinstance(value, list) and all(_is_one(each, parts[0]) for each in value)
    if kind is Iterable:
        return isinstance(value, Iterable) and not isinstance(value, str)
    if parts:
        return any(_is_one(value, each) for each in parts)
    if kind is bool:
        return type(value).__name__ in ("bool", "bool_")  # the second is that of NumPy
    # Truth is a number to Python, and to nobody else.
    wanted = {float: Real, int: Integral, Path: os.PathLike}.get(kind, kind)
    return isinstance(value, wanted) and not isinstance(value, bool)


def _refusal(name: str, value: Any, hint: Any, default: Any) -> str:
    """Return what an argument is to be, such as what, and what it is."""
    parts = get_args(hint) if get_origin(hint) not in (None, list, Iterable) else (hint,)
    kinds = [(get_origin(each) or each).__name__ for each in parts if each is not NoneType]
    words = [CALLED.get(kind, f"a {kind}") for kind in kinds]
    is_short = isinstance(value, str | Real | os.PathLike | None) and len(repr(value)) < 80
    if kinds == ["Dataset"]:
        which = str(value) if isinstance(value, str | os.PathLike) else "a-folder"
        such_as = f"eastflank.Dataset({which!r})"
    elif default not in (inspect.Parameter.empty, None, ()):
        such_as = repr(default)
    else:
        such_as = repr(SUCH_AS[name]) if name in SUCH_AS else ""
    return (
        f"{name} is to be {' or '.join(words)}{', such as ' if such_as else ''}{such_as}, and is "
        f"{repr(value) if is_short else f'a {type(value).__name__}'}"
    )
