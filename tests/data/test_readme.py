"""What README shows is what a reader gets."""

import re
from pathlib import Path

import pandas as pd

import eastflank as ef
from pipeline.describe import markdown_table

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_example_gives_the_table_that_stands_under_it():
    first = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[0]
    *statements, expression = first.strip().splitlines()
    names = {}
    exec("\n".join(statements), names)
    shown = eval(expression, names).head(8)
    expected = markdown_table(
        shown.columns, [[_plain(cell) for cell in row] for row in shown.itertuples(index=False)]
    )
    assert expected in README, f"README must show:\n{expected}"


def test_the_second_example_runs_and_cites_what_stands_under_it():
    second = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[1]
    statements = [line for line in second.splitlines() if not line.startswith("print")]
    names = {"ef": ef, "tracker": ef.load("tracker")}
    exec("\n".join(statements), names)
    cited = str(eval(re.search(r"print\((.*)\)", second)[1], names))
    assert f"    {cited}" in README, f"README must show:\n    {cited}"


def test_the_table_of_tables_says_what_the_contracts_say():
    expected = markdown_table(
        ("table", "a row is"),
        [(f"`{name}`", words) for name, words in ef.tables()["a row is"].items()],
    )
    assert expected in README, f"README must show:\n{expected}"


def test_the_shares_are_those_of_the_corpora():
    assert corpora_table() in README, f"README must show:\n{corpora_table()}"


def corpora_table() -> str:
    """Return what came of each corpus, as README shows it: a row a corpus, with its n."""
    corpora, rows = ef.load("corpora").set_index("corpus_id"), []
    for corpus_id, found in ef.shares().groupby("corpus_id"):
        corpus, of = corpora.loc[corpus_id], found["of"].iloc[0]
        came = [f"{row.standing} {row.n} ({row.share:.0%})" for row in found.itertuples()]
        size = f"{corpus['size']} {corpus['unit']}s{'' if corpus['whole'] else ', not all whole'}"
        rows.append((f"`{corpus_id}`", corpus["title"], size, of, ", ".join(came)))
    return markdown_table(("corpus", "what it is", "size", "outcomes", "what came of them"), rows)


def _plain(cell) -> str:
    if pd.isna(cell):
        return ""
    return f"{cell:,.10g}" if isinstance(cell, float) else str(cell)
