"""How long a build of a million events takes, and how much memory, against a bare read and write of the same files.

    python benchmarks/large_build.py [ROWS]

Both run in fresh processes, in turn, several times; the best time of each counts. Printed are seconds, their ratio, and
peak memory as a multiple of what the seeds take on disk. The bare way reads each CSV with pyarrow and writes it as
Parquet, with nothing checked. Every event has an actor and a row of evidence, as the rules demand.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa

ROOT = Path(__file__).resolve().parents[1]
RUNS = 3

BARE = """
import sys, pathlib
import pyarrow.csv, pyarrow.parquet
out = pathlib.Path(sys.argv[2]); out.mkdir(exist_ok=True)
for path in pathlib.Path(sys.argv[1]).glob("*.csv"):
    pyarrow.parquet.write_table(pyarrow.csv.read_csv(path), out / f"{path.stem}.parquet")
"""


def main(rows: int):
    with tempfile.TemporaryDirectory() as scratch:
        seeds, out = Path(scratch, "seeds"), Path(scratch, "dataset")
        make_seeds(seeds, rows)
        size = sum(path.stat().st_size for path in seeds.iterdir())
        ways = {
            "bare pyarrow": [sys.executable, "-c", BARE, str(seeds), str(Path(scratch, "bare"))],
            "build.py": [
                sys.executable,
                str(ROOT / "build.py"),
                "--seeds",
                str(seeds),
                "--dataset",
                str(out),
            ],
        }
        best = {name: (float("inf"), 0) for name in ways}
        for _ in range(RUNS):
            for name, command in ways.items():
                best[name] = min(best[name], run(command))
    (bare, _), (build, memory) = best["bare pyarrow"], best["build.py"]
    print(f"{rows:,} events, {size / 1e6:.0f} MB of seeds")
    print(
        f"bare pyarrow {bare:.2f} s, build {build:.2f} s: {build / bare:.2f} times; peak memory {memory / size:.1f} times the seeds"
    )


def run(command: list[str]) -> tuple[float, int]:
    """Return the seconds that a command took and the most memory that it held, in bytes."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = wait_with_usage(child)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - began, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def wait_with_usage(child) -> tuple[int, int, resource.struct_rusage]:
    import os

    return os.wait4(child.pid, 0)


def make_seeds(folder: Path, rows: int):
    """Write seeds with many events to a folder: made up, lawful, and about as long-winded as the real ones."""
    sys.path.insert(0, str(ROOT))
    import schemas
    from pipeline import csvtext

    folder.mkdir()
    ids = [f"event-{number:09d}" for number in range(rows)]
    some = np.random.default_rng(7)
    days = np.datetime64("1990-01-01") + some.integers(0, 12_000, rows)
    kinds = [str(kind) for kind in schemas.codelists.EventType]
    many = {
        "events": {
            "event_id": ids,
            "title": [f"Statement number {number} of a ministry" for number in range(rows)],
            "summary": [
                f"The ministry stated, for the {number}th time, that it would go on as before."
                for number in range(rows)
            ],
            "date": days.astype(str).tolist(),
            "date_basis": ["explicit"] * rows,
            "type": [kinds[i] for i in some.integers(0, len(kinds), rows)],
            "status": ["occurred"] * rows,
            "certainty": ["stated"] * rows,
            "place_id": ["not-stated"] * rows,
            "part_of": ["not-applicable"] * rows,
        },
        "event_actors": {
            "event_id": ids,
            "actor_id": ["ministry"] * rows,
            "role": ["source"] * rows,
        },
        "evidence": {
            "evidence_id": [f"{each}-by-gazette" for each in ids],
            "table": ["events"] * rows,
            "record_id": ids,
            "source_id": ["gazette"] * rows,
            "locator": ["not-applicable"] * rows,
            "anchor": ["not-applicable"] * rows,
            "stance": ["states"] * rows,
            "credibility": ["2"] * rows,
        },
        "actors": {"actor_id": ["ministry"], "name": ["A ministry"], "kind": ["body"]}
        | dict.fromkeys(("iso3", "gw_code", "cow_code", "parent_id"), ["not-applicable"]),
        "sources": {
            "source_id": ["gazette"],
            "title": ["Gazette"],
            "author": ["not-stated"],
            "publisher": ["A ministry"],
            "kind": ["official"],
        }
        | {
            "published": ["2024"],
            "url": ["not-found"],
            "accessed": ["2024"],
            "language": ["en"],
            "reliability": ["A"],
            "text_sha256": ["not-applicable"],
        },
    }
    for name in schemas.SEEDS:
        columns = [column.name for column in schemas.seed_columns(name)]
        cells = many.get(name, {})
        count = len(next(iter(cells.values()), []))
        table = pa.table(
            {column: pa.array(cells.get(column, [""] * count), csvtext.TEXT) for column in columns}
        )
        (folder / f"{name}.csv").write_bytes(csvtext.write(table))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
