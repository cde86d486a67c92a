"""Counts that are of something: what came of the promises of one corpus.

Only what was coded whole has a denominator, so that shares are made by corpus and never over
everything. What is part of another commitment, or says it again, is left out where the whole or the
original stands in the same corpus; so are targets that are part of another. Of a text only the
targets count that it gives itself: what later sources add to its promises is not its own. A promise
of which it gives no target counts by those that others give. Of a list each item counts by the
target that is the item: that an ally promised money too, or a step on the way, is another matter.
"""

from __future__ import annotations

import pandas as pd

from eastflank.asked import asked
from eastflank.codelists import CorpusKind, LinkKind
from eastflank.reader import Dataset, default
from eastflank.words import nearest

TWICE = (LinkKind.PART_OF, LinkKind.RESTATES)
"""The links by which a commitment stands in another that may be counted too."""


@asked
def counted(corpus_id: str, *, as_of: object = None, data: Dataset | None = None) -> pd.DataFrame:
    """Return the outcomes that a corpus counts: rows of `outcomes`, each promise once.

    `as_of` gives them as they were known on a day: those of the texts that were public by then, and
    none before. `data` is the dataset, else the installed one. Raises ValueError where there is no
    such corpus, or where the dataset is of a version that counts by other rules.

    >>> len(counted("allies-2pct")) <= 32
    True
    """
    found, twice = _made(corpus_id, (data or default()).at(as_of))
    return found[~twice]


@asked
def left_out(corpus_id: str, *, as_of: object = None, data: Dataset | None = None) -> pd.DataFrame:
    """Return the outcomes that a corpus makes and does not count: rows of `outcomes`.

    Their promise is part of another in the same corpus, or says it again, so that it would count
    twice. What came of them may be something else than what came of the whole. Arguments and errors
    are those of `counted`.

    >>> len(left_out("allies-2pct"))
    0
    """
    found, twice = _made(corpus_id, (data or default()).at(as_of))
    return found[twice]


def _made(corpus_id: str, data: Dataset) -> tuple[pd.DataFrame, pd.Series]:
    """Return the outcomes of what a corpus promises, and which of them would count twice."""
    data.refuse_other_rules("shares")
    corpora = data.frames["corpora"].set_index("corpus_id")
    known = corpora.index
    if corpus_id not in set(known):
        raise ValueError(
            f"there is no corpus {corpus_id!r}{nearest(corpus_id, known)}; "
            "eastflank.load('corpora') lists them"
        )
    passages = data.frames["passages"].query("corpus_id == @corpus_id")
    sources = data.frames["sources"]["source_id"]  # a text makes nothing before it is public
    passages = passages[passages["source_id"].isna() | passages["source_id"].isin(sources)]
    made = set(passages["commitment_id"].dropna())
    links = data.frames["commitment_links"]
    twice = links[links["kind"].isin(TWICE) & links["other_id"].isin(made)]
    targets = data.frames["targets"]
    if corpora.loc[corpus_id, "kind"] == CorpusKind.TEXT:
        targets = targets[_of_the_text(targets, passages["source_id"], data)]
    else:
        targets = targets[targets["target_id"].isin(passages["target_id"])]
    # The whole of a part may be another's.
    own = targets["target_id"][~targets["component_of"].isin(targets["target_id"])]
    found = data.load("outcomes")
    found = found[found["commitment_id"].isin(made)]
    found = found[found["target_id"].isna() | found["target_id"].isin(own)]
    return found, found["commitment_id"].isin(twice["commitment_id"])


def _of_the_text(targets: pd.DataFrame, sources: pd.Series, data: Dataset) -> pd.Series:
    """Say of each target whether a text of these sources gives it, or none of its commitment."""
    evidence = data.frames["evidence"]
    told = evidence.loc[evidence["source_id"].isin(sources), "record_id"]
    given = targets["target_id"].isin(told)
    return given | ~targets["commitment_id"].isin(targets.loc[given, "commitment_id"])


@asked
def shares(
    corpus_id: str | None = None, *, as_of: object = None, data: Dataset | None = None
) -> pd.DataFrame:
    """Return how many outcomes of each corpus, or of one, have come to each standing.

    One row for each corpus and standing that occurs. Columns: corpus_id, standing, n (outcomes), of
    (all that the corpus counts), share (n over of, 0 to 1), whole (whether every passage of it
    could be read whole). `as_of` gives them as they were known on a day; a corpus of which nothing
    was public by then has no rows. `data` is the dataset, else the installed one. Raises ValueError
    where there is no such corpus, or where the dataset is of a version that counts by other rules.
    """
    data = (data or default()).at(as_of)
    data.refuse_other_rules("shares")
    corpora = data.load("corpora").set_index("corpus_id")
    rows = []
    for each in [corpus_id] if corpus_id is not None else corpora.index:
        standings = counted(each, data=data)["standing"]
        counts = standings.value_counts()
        counts = counts[counts > 0].rename("n").rename_axis("standing").reset_index()
        whole = bool(corpora.loc[each, "whole"])
        of = len(standings)
        rows.append(counts.assign(corpus_id=each, of=of, share=counts["n"] / of, whole=whole))
    names = ["corpus_id", "standing", "n", "of", "share", "whole"]
    found = pd.concat(rows, ignore_index=True)[names] if rows else pd.DataFrame(columns=names)
    # The rows are of no table: whoever cites them cites the outcomes that were counted.
    found.attrs = {"counted": "outcomes", "version": data.version} | data.state
    return found
