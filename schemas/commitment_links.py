"""The contract of `commitment_links`."""

import pandera.pandas as pa

from eastflank.codelists import LinkKind
from schemas.base import Table, row_rule
from schemas.columns import code, reference, text


class CommitmentLinks(Table):
    """A row is how one commitment stands to another.

    How it is coded: the first is part of the second, replaces it, carries it out, or says it again.
    A count leaves out a part or restatement only where its whole or original is counted too.

    Known weaknesses: that a promise carries another out is mostly read from what the two say, and
    seldom said by a source.
    """

    commitment_id: str = reference("commitments", "The one commitment.", key_part=True)
    other_id: str = reference("commitments", "The other.", key_part=True)
    kind: pa.Category = code(LinkKind, "How the one stands to the other.", key_part=True)
    note: str = text("What else a reader should know of it.", written="sentences", optional=True)

    @row_rule("other_id")
    def a_commitment_is_not_linked_to_itself(cls, links):
        """a commitment is not linked to itself"""
        return links["other_id"].ne(links["commitment_id"])
