"""What the reader costs over bare pandas: importing it, loading tables, and states of knowledge.

Imports are timed in fresh processes. A first `load` opens the dataset anew; a further one has it
open. Each state of knowledge is of another day.
"""

from collections.abc import Iterator

import pandas as pd
from timing import Ratio, alternate, python

import eastflank

IMPORTS, LOADS, STATES = 7, 15, 7
"""How often each is measured."""


def ratios() -> Iterator[Ratio]:
    """Yield the ratios of the reader."""
    ours, bare = alternate(
        lambda: python("-c", "import eastflank"),
        lambda: python("-c", "import pandas, pyarrow"),
        IMPORTS,
    )
    yield Ratio("import eastflank", "import pandas, pyarrow", ours, bare)

    data = eastflank.Dataset()
    files = {name: data.folder / f"{name}.parquet" for name in data.names}
    for name in ("tracker", "evidence"):
        yield _of_a_load(f'first load("{name}")', lambda n=name: eastflank.Dataset().load(n), files)
        yield _of_a_load(f'load("{name}") again', lambda n=name: data.load(n), files)

    days = iter(pd.date_range("2024-07-31", periods=STATES, freq="90D"))
    ours, bare = alternate(
        lambda: data.load("tracker", as_of=next(days)),
        lambda: [pd.read_parquet(file) for file in files.values()],
        STATES,
    )
    yield Ratio('load("tracker", as_of=day)', f"read_parquet of all {len(files)} files", ours, bare)


def _of_a_load(what: str, load, files: dict) -> Ratio:
    [name] = [name for name in files if f'"{name}"' in what]
    ours, bare = alternate(load, lambda: pd.read_parquet(files[name]), LOADS)
    return Ratio(what, "read_parquet of that file", ours, bare)


if __name__ == "__main__":
    for ratio in ratios():
        print(ratio, flush=True)
