"""How long a build of many events takes, and how much memory, against a bare read and write.

    python benchmarks/large_build.py            of a million events
    python benchmarks/large_build.py 100000     of so many

The bare way reads each CSV with pyarrow and writes it as Parquet, with nothing checked. Both run in
fresh processes, in turn; the best time of each counts. Every event has an actor and a row of
evidence, as the rules demand. Runs where the operating system tells the memory of a process: not on
Windows.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from timing import ROOT, Ratio

RUNS = 3

BARE = """
import sys, pathlib
import pyarrow.csv, pyarrow.parquet
out = pathlib.Path(sys.argv[2]); out.mkdir(exist_ok=True)
for path in pathlib.Path(sys.argv[1]).glob("*.csv"):
    pyarrow.parquet.write_table(pyarrow.csv.read_csv(path), out / f"{path.stem}.parquet")
"""


def ratios(rows: int) -> Iterator[Ratio]:
    """Yield the ratio of a build of so many events; none where memory is not told."""
    if not hasattr(os, "wait4"):
        return
    with tempfile.TemporaryDirectory() as scratch:
        seeds, out = Path(scratch, "seeds"), Path(scratch, "dataset")
        make_seeds(seeds, rows)
        size = sum(path.stat().st_size for path in seeds.iterdir())
        ours = [str(ROOT / "build.py"), "--seeds", str(seeds), "--dataset", str(out)]
        bare = ["-c", BARE, str(seeds), str(Path(scratch, "bare"))]
        runs = [(run(ours), run(bare)) for _ in range(RUNS)]
    seconds, bare_seconds = (min(run[way][0] for run in runs) for way in (0, 1))
    memory = min(ours[1] for ours, _ in runs)
    note = f"{size / 1e6:.0f} MB of seeds; peak memory {memory / size:.1f} times that"
    yield Ratio(f"build of {rows:,} events", "pyarrow, unchecked", seconds, bare_seconds, note)


def run(arguments: list[str]) -> tuple[float, int]:
    """Return the seconds that a run of Python took and the most memory that it held, in bytes."""
    began = time.perf_counter()
    child = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(arguments)} failed")
    return time.perf_counter() - began, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def make_seeds(folder: Path, rows: int):
    """Write seeds with many events to a folder: made up, as wordy and as sound as the real ones."""
    sys.path.insert(0, str(ROOT))
    import schemas
    from eastflank.codelists import EventType
    from pipeline import csvtext

    folder.mkdir()
    ids = [f"event-{number:09d}" for number in range(rows)]
    some = np.random.default_rng(7)
    days = np.datetime64("1990-01-01") + some.integers(0, 12_000, rows)
    kinds = [str(kind) for kind in EventType]
    many = {
        "events": {
            "event_id": ids,
            "title": [f"A ministry makes statement {number:09d}" for number in range(rows)],
            "summary": [
                f"A ministry stated, by its number {number:09d}, that it would go on as before."
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
            "record_table": ["events"] * rows,
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
            "title_basis": ["as-printed"],
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
            "origin_id": ["not-applicable"],
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
    for ratio in ratios(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000):
        print(ratio)
