"""Eastflank: who promised what in Euro-Atlantic security, by when, who says so, and what became of it.

import eastflank as ef

ef.tables()                        # what there is
ef.load("tracker")                 # a table, as a pandas frame
ef.codebook("targets")             # what its columns mean
ef.record("can-2pct-gdp")          # one record with all that belongs to it
ef.evidence("can-2pct-gdp")        # who says so, and where
ef.cite("can-2pct-gdp")            # how to cite it, or a frame, or the whole
"""

from eastflank.citation import Citation, cite
from eastflank.records import Record, evidence, record
from eastflank.tables import codebook, load, tables
from eastflank.version import VERSION as __version__

__all__ = ["Citation", "Record", "__version__", "cite", "codebook", "evidence", "load", "record", "tables"]
