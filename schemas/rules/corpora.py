"""A corpus is coded whole."""

import pandas as pd

from eastflank.codelists import CommitmentRole, CorpusKind, Selected
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


@rule("passages", "source_id")
def a_passage_is_of_its_corpus_s_document(passages, corpora):
    """a passage of a corpus that is one document is of that document"""
    document = look_up(passages["corpus_id"], corpora, "source_id")
    return document.isna() | (document == passages["source_id"])


@rule("passages", "source_id")
def a_passage_is_of_a_document_whose_text_is_kept(passages, sources):
    """a passage of a document is of one whose text is kept"""
    kept = sources.loc[sources["text_sha256"].notna(), "source_id"]
    return passages["source_id"].isna() | is_in(passages["source_id"], kept)


@rule("corpora", "unit")
def a_text_has_sentences_and_a_list_has_items(corpora):
    """the passages of a text are sentences, those of a list are items"""
    unit = corpora["kind"].astype("str").map({"text": "sentence", "list": "item"})
    return unit.isna() | (corpora["unit"] == unit)


@rule("passages", "commitment_id")
def what_a_document_makes_is_borne_out_by_it(passages, evidence):
    """a commitment that a passage of a document makes has evidence from that document"""
    spoken = pd.MultiIndex.from_frame(evidence[["record_id", "source_id"]])
    made = pd.MultiIndex.from_frame(passages[["commitment_id", "source_id"]])
    either = passages["commitment_id"].isna() | passages["source_id"].isna()
    return either | made.isin(spoken)


@rule("passages", "actor_id")
def who_is_an_item_promises_what_it_makes(passages, commitment_actors):
    """the actor that is an item of a list promises the commitment that the item makes"""
    promising = commitment_actors[commitment_actors["role"] == CommitmentRole.PROMISOR]
    parts = pd.MultiIndex.from_frame(promising[["commitment_id", "actor_id"]])
    made = pd.MultiIndex.from_frame(passages[["commitment_id", "actor_id"]])
    either = passages["commitment_id"].isna() | passages["actor_id"].isna()
    return either | made.isin(parts)


@rule("passages", "target_id")
def an_item_of_a_list_names_its_target(passages, corpora, targets):
    """an item of a list names one of the targets of the commitment that it makes, where that has
    any, and a passage of a text names none
    """
    kind = look_up(passages["corpus_id"], corpora, "kind")
    its_own = look_up(passages["target_id"], targets, "commitment_id") == passages["commitment_id"]
    has_none = ~is_in(passages["commitment_id"], targets["commitment_id"])
    none_named = passages["target_id"].isna()
    of_a_list = its_own.fillna(False) | (none_named & has_none)
    return kind.isna() | of_a_list.where(kind == CorpusKind.LIST, none_named)
