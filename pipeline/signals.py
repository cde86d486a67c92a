"""The signals with which a process is ended: told like an interruption, or ignored."""

import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""What the system, or a terminal that closes, ends a process with; Windows has no SIGHUP."""


class Ended(KeyboardInterrupt):
    """The system asks the process to end, with the signal `number`."""

    def __init__(self, number: int) -> None:
        self.number = number


def as_interruptions() -> AbstractContextManager[None]:
    """Return a context in which `Ended` is raised when the process is to be ended.

    What is ignored already, as `nohup` has it, goes on being ignored.
    """

    def raise_ended(number: int, _: object) -> None:
        raise Ended(number)

    heard = [each for each in ENDING if signal.getsignal(each) is not signal.SIG_IGN]
    return _handled(heard, raise_ended)


def ignored() -> AbstractContextManager[None]:
    """Return a context in which neither an interruption nor an end is heard."""
    return _handled([signal.SIGINT, *ENDING], signal.SIG_IGN)


@contextmanager
def _handled(signals: list[int], handler: Callable | signal.Handlers) -> Iterator[None]:
    before = {each: signal.signal(each, handler) for each in signals}
    try:
        yield
    finally:
        for each, handler_before in before.items():
            signal.signal(each, handler_before)
