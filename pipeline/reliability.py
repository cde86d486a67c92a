"""Compute how far two codings of a corpus agree, from the codings as they are published.

A folder a corpus, with `coder-a/`, `coder-b/` in the seeds' own format and `matching.csv`,
which says which record of the one is which of the other.
"""

import csv
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd

PASSAGE = ["source_id", "locator"]
"""What names a passage of a corpus."""

COMPARED = {
    "commitment": ("commitments", ["domain", "bindingness", "form", "date"]),
    "target": (
        "targets",
        ["form", "applies", "measure", "unit", "comparator", "value", "due"],
    ),
}
"""What is compared of the records that both coders have: their table, and its columns."""

FOUND = "commitments.found"
"""The variable that says which commitments both coders found, of all that either did."""

SAMPLES, SEED = 1000, 20240710
"""How often the bootstrap draws, and from which start, so that it comes out the same each time."""


def reliability(folder: Path) -> pd.DataFrame:
    """Return the agreement of all codings in a folder of corpora: the table `reliability`.

    A folder that is not there gives an empty table.
    """
    rows = []
    for corpus in sorted(folder.glob("*/matching.csv")) if folder.is_dir() else ():
        rows += score(corpus.parent)
    names = ["corpus_id", "variable", "units", "agreement", "alpha", "low", "high"]
    found = pd.DataFrame(rows, columns=names)
    return found.sort_values(["corpus_id", "variable"], ignore_index=True)


def score(corpus: Path, first: str = "coder-a", second: str = "coder-b") -> list[tuple]:
    """Return the agreement of two codings of one corpus: a row a variable.

    Passages are compared by their verdicts, records as `matching.csv` pairs them; a coding that was
    never matched, such as a sheet just filled in, is compared by its passages alone.
    """
    a_folder, b_folder = corpus / first, corpus / second
    both = (_verdicts(a_folder)["verdict"], _verdicts(b_folder)["verdict"])
    verdicts = pd.concat(both, axis=1, join="inner", keys=["a", "b"])
    rows = [("passages.verdict", verdicts["a"], verdicts["b"])]
    if (first, second) == ("coder-a", "coder-b"):
        matching = _read(corpus / "matching.csv")
        rows += [_found_by_both(matching), *_compared(matching, a_folder, b_folder)]
    return [(corpus.name, *_agreement(*row)) for row in rows]


def _compared(matching: pd.DataFrame, a_folder: Path, b_folder: Path) -> list[tuple]:
    """Return the columns of the records that both coders have, pair by pair."""
    rows = []
    for kind, (table, columns) in COMPARED.items():
        both = (matching[["a_id", "b_id"]] != "").all(axis=1)
        pairs = matching[(matching["kind"] == kind) & both]
        a, b = (
            _read(folder / f"{table}.csv").set_index(f"{kind}_id").reindex(pairs[side])
            for folder, side in ((a_folder, "a_id"), (b_folder, "b_id"))
        )
        rows += [(f"{table}.{name}", a[name], b[name]) for name in columns]
        if kind == "commitment":
            a, b = (
                _promisors(folder).reindex(pairs[side])
                for folder, side in ((a_folder, "a_id"), (b_folder, "b_id"))
            )
            rows.append(("commitment_actors.promisors", a, b))
    return rows


def _read(path: Path) -> pd.DataFrame:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return pd.DataFrame(list(reader), columns=reader.fieldnames, dtype="str")


def _found_by_both(matching: pd.DataFrame) -> tuple:
    """Return which commitments each coder found, over all that either did."""
    found = matching[matching["kind"] == "commitment"]
    return FOUND, found["a_id"] != "", found["b_id"] != ""


def _verdicts(coding: Path) -> pd.DataFrame:
    """Return for each passage that was judged whether it makes a commitment or, if not, why."""
    passages = _read(coding / "passages.csv").drop_duplicates(PASSAGE).set_index(PASSAGE)
    makes = ~passages["commitment_id"].isin(["", "not-applicable"])
    verdict = passages["reason"].mask(makes, "makes a commitment")
    return verdict[verdict != ""].to_frame("verdict")


def _promisors(coding: Path) -> pd.Series:
    """Return the promisors of each commitment, as one text."""
    parts = _read(coding / "commitment_actors.csv").query("role == 'promisor'")
    return parts.groupby("commitment_id")["actor_id"].agg(lambda ids: "; ".join(sorted(ids)))


def _agreement(variable: str, first: pd.Series, second: pd.Series) -> tuple:
    """Return a variable's units, share of agreement, and alpha with its interval."""
    judged = np.array([first.astype("str").to_numpy(), second.astype("str").to_numpy()])
    units = judged.shape[1]
    if not units:
        return variable, 0, None, None, None, None
    agreement = float((judged[0] == judged[1]).mean())
    if variable == FOUND:
        # Nobody codes what neither found, so that chance agreement cannot be told.
        return variable, units, round(agreement, 3), None, None, None
    values, coded = np.unique(judged, return_inverse=True)
    coded = coded.reshape(judged.shape)
    if len(values) < 2:
        # Alpha is not defined where only one value occurs.
        return variable, units, round(agreement, 3), None, None, None
    alpha = krippendorff.alpha(reliability_data=coded.astype(float), level_of_measurement="nominal")
    low, high = np.nanpercentile(drawn_alphas(coded, len(values)), [2.5, 97.5])
    return variable, units, *(round(float(each), 3) for each in (agreement, alpha, low, high))


def drawn_alphas(coded: np.ndarray, values: int) -> np.ndarray:
    """Return the alphas of samples of units drawn with replacement, in one pass.

    `coded` holds the codes of two coders, from 0, a row each. What the library says of each sample,
    as a test shows, in a hundredth of its time; a sample in which one value alone occurs has none.
    """
    units = coded.shape[1]
    draws = np.random.default_rng(SEED).integers(0, units, (SAMPLES, units))
    unlike = (coded[0] != coded[1])[draws].mean(axis=1)
    by_unit = (coded[:, :, None] == np.arange(values)).sum(axis=0)
    counts = by_unit[draws].sum(axis=1)
    pairs = 2 * units * (2 * units - 1)
    by_chance = 1 - (counts * (counts - 1)).sum(axis=1) / pairs
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(by_chance > 0, 1 - unlike / by_chance, np.nan)
