"""The contract of `evidence`."""

import pandas as pd
import pandera.pandas as pa

from eastflank.codelists import Credibility, DatePrecision, EvidencedTable, Stance
from schemas.base import Table, row_rule
from schemas.columns import (
    NOT_APPLICABLE,
    code,
    day,
    key,
    known_from,
    number,
    record,
    reference,
    text,
)

LOCATOR = r"(p[1-9][0-9]*\.s[1-9][0-9]*)(;p[1-9][0-9]*\.s[1-9][0-9]*)*|para\.[1-9][0-9]*"
"""Paragraph and sentence, several separated by semicolons;
or the number of a numbered paragraph.
"""


class Evidence(Table):
    """A row is what one source says of one record, or of one field of it.

    How it is coded: an empty `field` speaks of the record as a whole. `reported` is what the source
    gives for the field, in the field's own unit and format. A contradiction is always coded. The
    anchor is at most five words, enough to find the place again; with several places it stands in
    the first.

    Known weaknesses: a web page has no stable numbering, so most have no locator.
    """

    evidence_id: str = key(
        "The evidence's id: the record's, the source's, and the field's where there is one."
    )
    record_table: pa.Category = code(EvidencedTable, "The table of the record.")
    record_id: str = record("The id of the record.")
    field: str = text(
        "The column that the source speaks to; empty for the record as a whole.", optional=True
    )
    source_id: str = reference("sources", "The source.")
    locator: str = text(
        "Where in the source: `p14.s8` is the eighth sentence of the fourteenth paragraph.",
        pattern=LOCATOR,
        form="a paragraph and sentence such as p14.s8, several with `;` between, or para.26",
        missing=(NOT_APPLICABLE,),
    )
    anchor: str = text("At most five words that stand there.", missing=(NOT_APPLICABLE,))
    stance: pa.Category = code(Stance, "What the source does to the record.")
    reported: str = text("What the source gives for the field.", optional=True)
    credibility: pa.Category = code(Credibility, "How far this statement can be believed.")
    note: str = text("What else a reader should know of it.", written="sentences", optional=True)
    reported_number: pd.Float64Dtype = number(
        "`reported`, where the field is a number.", optional=True, derived=True
    )
    reported_low: pd.Float64Dtype = number(
        "Least number that `reported` may mean.", optional=True, derived=True
    )
    reported_high: pd.Float64Dtype = number(
        "Greatest number that `reported` may mean.", optional=True, derived=True
    )
    reported_earliest: pa.DateTime = day(
        "Earliest day that `reported` may mean, where the field is a date.",
        optional=True,
        derived=True,
    )
    reported_latest: pa.DateTime = day(
        "Latest day that `reported` may mean, where the field is a date.",
        optional=True,
        derived=True,
    )
    reported_precision: pa.Category = code(
        DatePrecision,
        "How exact `reported` is, where the field is a date.",
        optional=True,
        derived=True,
    )
    known_from: pa.DateTime = known_from()

    @row_rule("anchor")
    def an_anchor_has_at_most_five_words(cls, evidence):
        """an anchor has at most five words"""
        return ~(evidence["anchor"].str.count(r"\S+") > 5).fillna(False)

    @row_rule("reported")
    def a_report_names_its_field(cls, evidence):
        """evidence that reports a value names the field that it reports"""
        return evidence["reported"].isna() | evidence["field"].notna()
