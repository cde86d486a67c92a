"""The contract of `corpora`."""

import pandas as pd
import pandera.pandas as pa

from eastflank.codelists import CorpusKind
from schemas.base import Table
from schemas.columns import NOT_APPLICABLE, boolean, code, integer, key, reference, text


class Corpora(Table):
    """A row is a text, or a closed list, that is coded whole: the population of a share.

    How it is coded: every passage of it stands in `passages`, tied to the commitments that it makes
    or with the reason why it makes none. Shares are of one corpus, and never over everything.

    Known weaknesses: a text that was read in copies is as whole as the copies are; `whole` says
    whether every passage was read in full and in its own language.
    """

    corpus_id: str = key("The corpus's id.")
    title: str = text("What it is, in a few words.", written="title")
    kind: pa.Category = code(CorpusKind, "A text or a list.")
    source_id: str = reference(
        "sources",
        "The document; none where it has several, or is a list.",
        missing=(NOT_APPLICABLE,),
    )
    rule: str = text("Which passages or items belong to it.", written="sentences")
    size: pd.Int64Dtype = integer("How many passages or items it has.", at_least=1)
    unit: str = text("What is counted: a sentence, an item.")
    note: str = text("What else a reader should know of it.", written="sentences", optional=True)
    whole: pd.BooleanDtype = boolean("Whether every passage could be read whole.", derived=True)
