"""Eastflank: who promised what in Euro-Atlantic security, by when, who says so,
and what became of it.

import eastflank as ef

ef.tables()                        # what there is
ef.load("tracker")                 # a table, as a pandas frame
ef.load("tracker", as_of="2025-06-30")          # as it was known on a day
ef.load("targets", stated_by="shea-2024")       # as one source has it
ef.codebook("targets")             # what its columns mean
ef.find("icebreaker")              # where something stands: records by words
ef.record("can-2pct-gdp")          # one record with all that belongs to it
ef.record("Poland")                # an actor: what it promised, was promised, did
ef.headline("can-2pct-gdp")        # a record in one sentence
ef.evidence("can-2pct-gdp")        # who says so, and where
ef.conflicts("can-2pct-gdp")       # on what sources differ
ef.panel()                         # each promise by month, as it was and as it was known
ef.shares("allies-2pct")           # what came of one corpus, with its n
ef.cite("can-2pct-gdp")            # how to cite it, or a frame, or the whole
ef.recall("selection.json")        # the rows that were cited and saved
ef.load("tracker", version="0.1.0")             # as it was released
ef.versions()                      # which versions there are
ef.diff("0.1.0", "0.2.0")          # what changed from one to another
ef.verify()                        # whether every file is as it was built
"""

from eastflank.citation import Citation, cite, recall
from eastflank.corpora import counted, shares
from eastflank.diff import Changes, diff
from eastflank.panels import panel
from eastflank.reader import Dataset, codebook, load, tables
from eastflank.records import Record, conflicts, evidence, record
from eastflank.releases import versions
from eastflank.search import find
from eastflank.sentences import headline
from eastflank.verify import verify
from eastflank.version import VERSION as __version__

__all__ = [
    "Changes",
    "Citation",
    "Dataset",
    "Record",
    "__version__",
    "cite",
    "codebook",
    "conflicts",
    "counted",
    "diff",
    "evidence",
    "find",
    "headline",
    "load",
    "panel",
    "recall",
    "record",
    "shares",
    "tables",
    "verify",
    "versions",
]
