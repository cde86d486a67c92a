"""The contract of `sources`."""

import pandera.pandas as pa

from eastflank.codelists import Reliability, SourceKind, TitleBasis
from schemas.base import Table
from schemas.columns import (
    NOT_APPLICABLE,
    NOT_FOUND,
    NOT_STATED,
    code,
    day,
    edtf,
    key,
    record,
    text,
)


class Sources(Table):
    """A row is a document that says something about a record.

    How it is coded: one row a document, under its original publisher; where a copy was read, the
    note says so. Reliability is judged by the rules of thumb in the codelist; the note gives the
    ground for an unusual grade.

    Known weaknesses: reliability is one judgement for the whole document, although a document may
    be good on one point and weak on another; `evidence.credibility` judges the single statement.
    """

    source_id: str = key("The source's id: publisher or author, and year or topic.")
    title: str = text("Its title: the document's own, if `title_basis` says so.")
    title_basis: pa.Category = code(TitleBasis, "Where the title is from.")
    author: str = text(
        "Who wrote it, as named in what was read of the document, often its beginning alone; "
        "several are separated by semicolons.",
        missing=(NOT_STATED,),
    )
    publisher: str = text("Who published it first.")
    kind: pa.Category = code(SourceKind, "What sort of document it is.")
    published: str = edtf(
        "The document's own date of publication, or the bounds that can be shown of it.",
        missing=(NOT_STATED, NOT_FOUND),
    )
    url: str = text(
        "Where it was read.",
        pattern=r"https?://\S+",
        form="an address that begins with http:// or https://",
        missing=(NOT_FOUND, NOT_APPLICABLE),
    )
    accessed: str = edtf("When it was read for this dataset.")
    language: str = text(
        "The language it was read in, as a BCP 47 tag.",
        pattern=r"[a-z]{2,3}(-[A-Z]{2})?",
        form="the tag of a language, such as en or pt-BR",
    )
    reliability: pa.Category = code(Reliability, "How far it can be trusted in general.")
    origin_id: str = record(
        "The report that it copies, rewrites or relays: a source, or a name that all who relay it "
        "share; two reports are independent only if their origins differ.",
        missing=(NOT_APPLICABLE,),
    )
    text_sha256: str = text(
        "SHA-256 of the text that was coded, where a copy is kept.",
        pattern=r"[0-9a-f]{64}",
        form="64 digits from 0 to 9 and a to f",
        missing=(NOT_APPLICABLE,),
    )
    note: str = text("What else a reader should know of it.", written="sentences", optional=True)
    known_from: pa.DateTime = day(
        "The first day by which it was public: the last that its date may mean, "
        "or that on which it was read, if earlier.",
        derived=True,
    )
