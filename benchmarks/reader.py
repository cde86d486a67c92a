"""What the reader costs over bare pandas: importing it, and loading each table.

    python benchmarks/reader.py

Imports are timed in fresh processes and loads in this one, each way in turn, many times; the median counts. Printed are the
ratios: `import eastflank` to importing pandas and pyarrow, `load` to `pandas.read_parquet` of the same file, and a state of
knowledge, of another day each time, to `pandas.read_parquet` of all files.
"""

import statistics
import subprocess
import sys
import time

import pandas as pd

import eastflank
from eastflank.tables import path

IMPORTS, LOADS, STATES = 15, 300, 15


def main():
    bare, ours = alternate(
        lambda: run("import pandas, pyarrow"), lambda: run("import eastflank"), IMPORTS
    )
    print(
        f"import: {bare * 1000:.0f} ms bare, {ours * 1000:.0f} ms eastflank: {ours / bare:.2f} times"
    )
    for table in eastflank.tables().index:
        file = path(table)
        bare, ours = alternate(lambda: pd.read_parquet(file), lambda: eastflank.load(table), LOADS)
        print(
            f"load {table}: {bare * 1000:.2f} ms bare, {ours * 1000:.2f} ms eastflank: {ours / bare:.2f} times"
        )
    files = [path(table) for table in eastflank.tables().index]
    days = iter(pd.date_range("2024-07-31", periods=STATES, freq="30D"))
    bare, ours = alternate(
        lambda: [pd.read_parquet(file) for file in files],
        lambda: eastflank.load("tracker", as_of=next(days)),
        STATES,
    )
    print(
        f"as_of: {bare * 1000:.0f} ms bare, {ours * 1000:.0f} ms eastflank: {ours / bare:.1f} times"
    )


def run(program: str):
    """Run a program in a Python of its own."""
    subprocess.run([sys.executable, "-c", program], check=True)


def alternate(bare, ours, times: int) -> tuple[float, float]:
    """Return the median seconds of two ways, measured in turn so that a noisy machine is noisy for both."""
    seconds = ([], [])
    for _ in range(times):
        for way, taken in zip((bare, ours), seconds):
            began = time.perf_counter()
            way()
            taken.append(time.perf_counter() - began)
    return statistics.median(seconds[0]), statistics.median(seconds[1])


if __name__ == "__main__":
    main()
