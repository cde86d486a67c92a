"""The contract of `passages`."""

import pandera.pandas as pa

from eastflank.codelists import NoCommitment, ReadAs
from schemas.base import Table, row_rule
from schemas.columns import NOT_APPLICABLE, code, reference, text

LOCATOR = r"p[1-9][0-9]*\.s[1-9][0-9]*|[a-z0-9]+(-[a-z0-9]+)*"
"""Paragraph and sentence of a text, or the slug of an item of a list."""


class Passages(Table):
    """A row is one passage of a corpus, or item of a list, and one commitment that it makes.

    How it is coded: a passage that makes several has a row for each; one that makes none has the
    reason. An item of a list is one target of its commitment, which may have others. Passages are
    counted by document and locator, not by row.

    Known weaknesses: a sentence is a passage, so that an undertaking told in two has one that
    repeats.
    """

    corpus_id: str = reference("corpora", "The corpus.", key_part=True)
    source_id: str = reference(
        "sources", "The document; none in a list.", key_part=True, missing=(NOT_APPLICABLE,)
    )
    locator: str = text(
        "Where in the document, or which item.",
        pattern=LOCATOR,
        form="a paragraph and sentence such as p14.s8, or the slug of an item",
        key_part=True,
    )
    commitment_id: str = reference(
        "commitments", "The commitment that it makes.", key_part=True, missing=(NOT_APPLICABLE,)
    )
    reason: pa.Category = code(NoCommitment, "Why it makes none.", missing=(NOT_APPLICABLE,))
    actor_id: str = reference(
        "actors", "Whose item it is, in a list of actors.", missing=(NOT_APPLICABLE,)
    )
    target_id: str = reference(
        "targets",
        "The target that is the item, in a list; none in a text, of which every target counts that "
        "it gives itself.",
        missing=(NOT_APPLICABLE,),
    )
    read: pa.Category = code(ReadAs, "How it could be read.")
    note: str = text("What else a reader should know of it.", written="sentences", optional=True)

    @row_rule("reason")
    def a_passage_makes_a_commitment_or_says_why_not(cls, passages):
        """a passage is tied to a commitment or has a reason why it makes none, and not both"""
        return passages["commitment_id"].notna() != passages["reason"].notna()
