"""How two ways of doing one thing are timed: in turn, so that noise disturbs them alike."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Ratio:
    """What something of ours takes, over what a bare way takes: both in words, and in seconds."""

    ours: str
    bare: str
    seconds: float
    bare_seconds: float
    note: str = ""

    @property
    def times(self) -> float:
        """How many times as long ours takes."""
        return self.seconds / self.bare_seconds

    def __str__(self) -> str:
        note = f" ({self.note})" if self.note else ""
        return (
            f"{self.ours}: {_short(self.seconds)}; {self.bare}: {_short(self.bare_seconds)}; "
            f"{self.times:.2f} times{note}"
        )


def alternate(ours: Callable[[], object], bare: Callable[[], object], times: int) -> list[float]:
    """Return the median seconds of two ways, measured in turn."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for way, taken in zip((ours, bare), seconds, strict=True):
            began = time.perf_counter()
            way()
            taken.append(time.perf_counter() - began)
    return [statistics.median(taken) for taken in seconds]


def python(*arguments: str | Path) -> None:
    """Run Python in a process of its own; raise CalledProcessError if it fails."""
    command = [sys.executable, *map(str, arguments)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _short(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"
