"""Measure what Eastflank costs over bare ways of doing the same, all in one run.

    python benchmarks/run.py            print the ratios
    python benchmarks/run.py --write    and write them to RESULTS.md

Ratios can be compared between machines, seconds cannot. Needs the extra `test`.
"""

import argparse
import os
import platform
from importlib.metadata import version
from pathlib import Path

import building
import large_build
import reader

import eastflank

RESULTS = Path(__file__).with_name("RESULTS.md")
EVENTS = 100_000


def main() -> None:
    """Print all ratios, and write them if asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help=f"write them to {RESULTS.name}, too")
    asked = parser.parse_args()
    measured = []
    for ratios in (reader.ratios(), building.ratios(), large_build.ratios(EVENTS)):
        for ratio in ratios:
            print(ratio, flush=True)
            measured.append(ratio)
    if asked.write:
        rows = "".join(
            f"| `{each.ours}` | {each.bare} | {each.times:.2f} | {each.note} |\n"
            for each in measured
        )
        libraries = ", ".join(
            f"{name} {version(name)}" for name in ("pandas", "pyarrow", "pandera")
        )
        RESULTS.write_text(
            "# What it costs\n\n"
            "How many times as long each takes as a bare way, in one run of "
            "`python benchmarks/run.py --write`.\n\n"
            f"Eastflank {eastflank.__version__}, {libraries}, Python {platform.python_version()}, "
            f"{platform.system()}, {os.cpu_count()} cores.\n\n"
            "| ours | the bare way | times | |\n| --- | --- | --- | --- |\n" + rows,
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
