"""What is made only when it is asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

Value = TypeVar("Value")


class Lazy(Mapping[str, Value]):
    """Values by name, each made when it is first asked for, and then kept.

    >>> squares = Lazy(["one", "two"], make=len)
    >>> squares["two"], list(squares)
    (3, ['one', 'two'])
    """

    def __init__(self, names: Iterable[str], make: Callable[[str], Value]):
        self._names, self._make = tuple(names), make
        self._made: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            self._made[name] = self._make(name)
        return self._made[name]

    # It equals nothing but itself: to compare two would make all that they have.
    __eq__, __hash__ = object.__eq__, object.__hash__

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
