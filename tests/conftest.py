"""What the tests share: a small world of seeds in order, and ways to change and judge it."""

import gc
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.worlds import SMALL_WORLD, judged, tables_of

ROOT = Path(__file__).resolve().parents[1]

# Frames are made and dropped by the million here. The collector of cycles, which looks through them
# after every few hundred new objects, would take an eighth of the time.
gc.set_threshold(100_000, 50, 100)


@pytest.fixture
def seeds(tmp_path) -> Path:
    """A folder named `seeds` of its own for each test, with the small world in it."""
    return Path(shutil.copytree(SMALL_WORLD, tmp_path / "seeds"))


@pytest.fixture
def report():
    """A function from a folder of seeds to the lines of the report on it."""
    return lambda folder: list(judged(folder).problems.report())


@pytest.fixture
def build():
    """A function that runs build.py in a process of its own, with arguments and options."""

    def run(*arguments, **options) -> subprocess.CompletedProcess:
        command = [sys.executable, str(ROOT / "build.py"), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, **options)

    return run


@pytest.fixture
def derived(seeds):
    """A function from changes to the small world to the tables that a build makes of it."""
    return lambda *changes: tables_of(seeds, *changes)
