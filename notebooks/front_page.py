"""What README shows of the dataset: its tables and numbers are computed, never typed.

Each stands between two comments, `<!-- made: corpora -->` and `<!-- end -->`, and is written there
by `notebooks/run.py`.
"""

import re
from collections.abc import Callable

import pandas as pd

import eastflank as ef
from eastflank.corpora import left_out
from eastflank.words import number_text
from pipeline.describe import markdown_table
from pipeline.model import data_model

MADE = re.compile(r"(?<=<!-- made: )([a-z-]+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)

ROWS = 8
"""How many rows of a result are shown."""


def filled(words: str) -> str:
    """Return README with all that is made in it as it is now.

    Raise KeyError where it wants something made that nothing here makes.
    """
    return MADE.sub(lambda found: f"{found[1]}{found[2]}\n{MAKERS[found[1]](words)}\n\n", words)


def example(words: str) -> str:
    """Return the first rows of what the first block of Python in README gives."""
    *statements, expression = PYTHON.findall(words)[0].strip().splitlines()
    names: dict = {}
    exec("\n".join(statements), names)
    shown = eval(expression, names).head(ROWS)
    return markdown_table(
        shown.columns, [[_cell(cell) for cell in row] for row in shown.itertuples(index=False)]
    )


def citation(words: str) -> str:
    """Return what the last line of the second block of Python in README prints."""
    cited = re.search(r"print\((.*)\)", PYTHON.findall(words)[1])[1]
    return f"    {eval(cited, {'ef': ef, 'tracker': ef.load('tracker')})}"


def corpora(_: str) -> str:
    """Return what came of each corpus: a row a corpus, with its n."""
    about, rows = ef.load("corpora").set_index("corpus_id"), []
    for corpus_id, found in ef.shares().groupby("corpus_id"):
        corpus, of = about.loc[corpus_id], found["of"].iloc[0]
        came = [f"{row.standing} {row.n} ({row.share:.0%})" for row in found.itertuples()]
        size = f"{corpus['size']} {corpus['unit']}s{'' if corpus['whole'] else ', not all whole'}"
        promises = ef.counted(corpus_id)["commitment_id"].nunique()
        twice = left_out(corpus_id)["standing"].value_counts()
        besides = ", ".join(f"{standing} {n}" for standing, n in twice.items() if n)
        row = (corpus["title"], size, promises, of, ", ".join(came), besides)
        rows.append((f"`{corpus_id}`", *row))
    names = ("corpus", "what it is", "size", "promises", "outcomes", "what came of them")
    names += ("not counted, as part of another",)
    return markdown_table(names, rows)


def tables(_: str) -> str:
    """Return what a row of each table is."""
    said = ef.tables()["a row is"].items()
    return markdown_table(("table", "a row is"), [(f"`{name}`", words) for name, words in said])


def model(_: str) -> str:
    """Return the drawing of how the tables join."""
    return f"```mermaid\n{data_model()}```"


MAKERS: dict[str, Callable[[str], str]] = {
    "example": example,
    "citation": citation,
    "corpora": corpora,
    "tables": tables,
    "model": model,
}


def _cell(cell: object) -> str:
    if pd.isna(cell):
        return ""
    return number_text(cell) if isinstance(cell, float) else str(cell)
