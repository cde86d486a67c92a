"""Problems: what is wrong in the seeds, where, and in which words it is said."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pipeline.read import Seed

Told = str | Sequence[str] | Callable[[str], str]
"""What is said of cells: words, words for each, or a function from a cell to words."""

FORM = {
    "file": "every table has one seed, and every CSV in the folder is the seed of a table",
    "encoding": "a seed is UTF-8, with no NUL in it",
    "bom": "a seed has no byte order mark",
    "line-end": "lines end in LF, the last one too",
    "columns": "the first line names the columns of the contract, each once",
    "column-order": "the columns stand in the contract's order",
    "ragged": "every row has as many cells as there are columns",
    "blank-line": "no line is blank",
    "line-break": "a cell stands on one line",
    "quote": "a quote that opens a cell is closed before the next comma, "
    "and a quote inside a cell is doubled",
    "quoting": "a cell stands in quotes only where a comma or a quote in it needs them",
    "order": "rows are sorted by key",
    "key": "a key stands once in its table",
    "id-of-two-tables": "an id names one record in the whole dataset",
    "empty": "only optional cells are empty",
    "missing-reason": "a reason stands in place of a value only where "
    "the contract allows that reason",
    "id": "an id is lower-case a-z, digits and single hyphens",
    "code": "a code is one of its codelist",
    "number": "a number is written plainly, as 2.5 or 12000000, with at most 15 digits "
    "before the point; a range as 31/37",
    "integer": "a whole number is written plainly",
    "boolean": "what is true or false is written `true` or `false`",
    "date": "a date is EDTF, level 1, of the years 0001 to 9999",
    "formula": "no text begins like a spreadsheet formula, nor goes on so behind a semicolon",
    "blank": "one ordinary blank stands between words, and none around a text",
    "invisible": "no text has an invisible character in it",
    "markup": "no text has markup in it",
    "ending": "sentences end in a full stop, titles in none, and questions in a question mark",
    "nfc": "text is in Unicode's composed form, NFC",
    "pattern": "a text has the form that its contract gives",
    "at-least": "a number is not below the least that its contract gives",
    "at-most": "a number is not above the most that its contract gives",
    "released": "an id of the last release is there, or stands in `retired`",
    "record": "a cell or row of the last release stands as it did, "
    "or a line of `CORRECTIONS.csv` says why not",
    "corrections": "a line of `CORRECTIONS.csv` names a day, a record, a field, "
    "what was released, and what stands there now",
    "release": "the archive of the last release is as it was made (a warning)",
    "reference": "what a cell refers to exists",
    "locator": "a locator names a sentence that the text has",
    "anchor": "an anchor stands in the first sentence that its locator names",
    "leftover": "no text is what an export writes for nothing (a warning)",
    "era": "no date lies before 1900 or after 2100 (a warning)",
    "unused": "every actor, place and source is referred to by some row (a warning)",
}
"""The rules of form, which hold for every seed, each with the sentence that must hold.

The contracts have the rest.
"""

UNSEEN = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef"
)
"""The characters, as a pattern has them in brackets, that count as letters, marks or signs and yet
show nothing.
"""

SHOWN_PER_RULE = 20
"""How many problems of one rule a report lists before it only counts the rest."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong at one place of a seed.

    `line` and `column` are None where the problem is the whole file's or line's.
    `value` is the cell that stands there, and `sentence` goes on from it.
    """

    file: str
    line: int | None
    column: str | None
    value: str | None
    sentence: str
    rule: str

    def __str__(self) -> str:
        file = printable(self.file)
        place = ":".join(str(part) for part in (file, self.line, self.column) if part is not None)
        words = self.sentence if self.value is None else f"{_quoted(self.value)} {self.sentence}"
        return f"{place}: {printable(words)} [{self.rule}]"


class Problems:
    """What was found wrong so far, in any order.

    However many cells break a rule, no more are kept of any one file than a report would show;
    the rest are counted.
    """

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self._count: Counter[str] = Counter()

    def add(
        self,
        file: str,
        line: int | None,
        sentence: str,
        rule: str,
        *,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Add a problem."""
        self.include(Problem(file, line, column, value, sentence, rule))

    def include(self, problem: Problem) -> None:
        """Add a problem that was found elsewhere."""
        self._kept.append(problem)
        self._count[problem.rule] += 1

    def count(self, rule: str, more: int) -> None:
        """Count further problems of a rule, of which no more is kept."""
        if more:
            self._count[rule] += more

    def add_cells(
        self, seed: "Seed", column: str, rows: Sequence[int] | np.ndarray, sentence: Told, rule: str
    ) -> None:
        """Add a problem for the cell of a `column` in each of the `rows`,
        given by position from 0 and ascending.

        `sentence` is words that go on from the cell, a function from the cell to such words, or a
        list of them, one a row.
        """
        if not len(rows):
            return
        shown = rows[:SHOWN_PER_RULE]
        for place, (row, cell) in enumerate(zip(shown, seed.cells(column, shown), strict=True)):
            words = _words(sentence, place, cell)
            self.add(seed.file, int(seed.lines[row]), words, rule, column=column, value=cell)
        self._count[rule] += len(rows) - len(shown)

    def extend(self, others: "Problems") -> None:
        """Add all problems of another collection."""
        self._kept += others._kept
        self._count += others._count

    def __len__(self) -> int:
        return self._count.total()

    def __iter__(self) -> Iterator[Problem]:
        """Iterate over the problems that were kept, by file and line."""
        return iter(sorted(self._kept, key=lambda p: (p.file, p.line or 0, p.column or "", p.rule)))

    def report(self) -> Iterator[str]:
        """Yield the lines of a report: by file and line, the first twenty of each rule,
        then how many more there are.
        """
        listed: Counter[str] = Counter()
        for problem in self:
            if listed[problem.rule] < SHOWN_PER_RULE:
                listed[problem.rule] += 1
                yield str(problem)
        for rule, count in sorted(self._count.items()):
            if count > listed[rule]:
                yield f"… and {count - listed[rule]:,} more [{rule}]"


def _words(sentence: Told, place: int, cell: str) -> str:
    if callable(sentence):
        return sentence(cell)
    return sentence if isinstance(sentence, str) else sentence[place]


def printable(words: str) -> str:
    """Return words without anything that would move a cursor, turn the writing or show nothing:
    such characters are escaped.
    """
    hidden = re.compile(f"[{UNSEEN}]")
    shown = (c.isprintable() and not hidden.match(c) for c in words)
    return "".join(
        c if is_shown else ascii(c)[1:-1] for c, is_shown in zip(words, shown, strict=True)
    )


def _quoted(value: str) -> str:
    """Return a cell as a report shows it: in quotes, on one line, what cannot be seen escaped,
    and cut where it is long.
    """
    quoted = printable(repr(value))
    return quoted if len(quoted) <= 80 else f"{quoted[:78]}…{quoted[-1]}"
