"""A corpus is coded whole."""

from eastflank.codelists import Selected
from schemas.rules.base import is_in, look_up, rule

PASSAGE = ["corpus_id", "source_id", "locator"]
"""What names one passage."""


@rule("corpora", "size")
def every_passage_of_a_corpus_has_a_verdict(corpora, passages):
    """a corpus has as many passages in `passages`, counted by document and locator,
    as its size says
    """
    counted = passages.drop_duplicates(PASSAGE)["corpus_id"].value_counts()
    return corpora["corpus_id"].map(counted).fillna(0) == corpora["size"]


@rule("passages", "reason")
def a_passage_without_a_commitment_stands_once(passages):
    """a passage that makes no commitment has no other row"""
    several = passages.duplicated(PASSAGE, keep=False)
    return ~(several & passages["reason"].notna())


@rule("passages", "commitment_id")
def what_a_corpus_makes_is_selected_by_census(passages, commitments):
    """a commitment that a passage makes is selected by census"""
    how = look_up(passages["commitment_id"], commitments, "selected")
    return how.isna() | (how == Selected.CENSUS)


@rule("commitments", "selected")
def a_census_commitment_stands_in_a_passage(commitments, passages):
    """a commitment selected by census is tied to a passage of a corpus"""
    made = is_in(commitments["commitment_id"], passages["commitment_id"].dropna())
    return made | (commitments["selected"] != Selected.CENSUS)


@rule("passages", "actor_id")
def an_item_is_named_by_its_actor(passages):
    """an item of a list of actors has the actor's id as its locator"""
    named = passages["actor_id"].notna()
    return ~named | (passages["actor_id"] == passages["locator"])
