"""Rules across tables: what must hold between rows of several tables,
or between several rows of one.

A rule is a function named as the sentence that must hold; its docstring is that sentence, as
reports and the codebook show it. Its parameters are the tables that it reads, as frames indexed by
line, or views made of them. It returns one boolean for each row of the table named in `@rule`; what
cannot be judged counts as true, and so does a row that `exceptions.csv` names, with the reason. A
problem points to the column named there.

Each module holds the rules of one kind;
they are judged in the order in which the modules are named here.
"""

import schemas.rules.views  # noqa: F401 - so that rules find them

# Each module adds its rules to RULES as it is imported, so that this order is that of the rules.
from schemas.rules import (  # isort: skip
    identity,
    ids,
    parts,
    doers,
    dates,
    lives,
    measures,
    figures,
    evidence,
    corroboration,
    corpora,
    doubts,
)
from schemas.rules.base import RULES, WARNINGS, Rule

__all__ = [
    "RULES",
    "WARNINGS",
    "Rule",
    "corpora",
    "corroboration",
    "dates",
    "doers",
    "doubts",
    "evidence",
    "figures",
    "identity",
    "ids",
    "lives",
    "measures",
    "parts",
]
