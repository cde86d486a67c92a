"""The contract of `reliability`, which the build computes from the published codings."""

import pandas as pd

from schemas.base import Table
from schemas.columns import integer, number, reference, text


class Reliability(Table):
    """A row is how far two codings of a corpus agree in one variable.

    How it is coded: not by hand; the build computes it from the codings in `reliability/`, which
    anyone can read. Alpha is Krippendorff's, nominal, with the percentile interval of a bootstrap
    over units. The codings are blind, but for the first of the article, which is what the dataset
    had from it. Variables of commitments and targets are compared where both coders have the
    record.

    Known weaknesses: all coders so far are language models, copies of one, so that their agreement
    says how clear the manual is and little about errors that they share. No human has coded yet.
    """

    corpus_id: str = reference("corpora", "The corpus.", key_part=True, derived=True)
    variable: str = text(
        "What is compared: the table, and its column.", key_part=True, derived=True
    )
    units: pd.Int64Dtype = integer("How many units both coders judged.", at_least=0, derived=True)
    agreement: pd.Float64Dtype = number(
        "The share of units judged alike.", optional=True, derived=True
    )
    alpha: pd.Float64Dtype = number(
        "Krippendorff's alpha, nominal; null where it is not defined: no two values occur.",
        optional=True,
        derived=True,
    )
    low: pd.Float64Dtype = number("The lower end of its 95% interval.", optional=True, derived=True)
    high: pd.Float64Dtype = number(
        "The upper end of its 95% interval.", optional=True, derived=True
    )
