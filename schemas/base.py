"""What the contracts of all tables have in common."""

import pandera.pandas as pa

from eastflank.codelists import Unit


class Table(pa.DataFrameModel):
    """The base of every contract."""

    class Config:
        # pandera's get_metadata() fails on a model whose Config has none.
        metadata: dict = {}


def row_rule(column: str):
    """Return a decorator that makes a method a rule about single rows.

    The method's name is the rule's, its docstring the sentence that must hold, and `column` the
    cell that a problem points to. It takes the table as a frame and returns one boolean a row; what
    cannot be judged counts as true.
    """

    def decorate(method):
        sentence = " ".join(method.__doc__.split())
        return pa.dataframe_check(
            method, name=method.__name__, description=sentence, title=column, ignore_na=False
        )

    return decorate


def is_share_of_gdp(frame, column: str):
    """Return for each row whether a quantity, if the row's unit is percent of GDP,
    lies between 0 and 100.
    """
    low, high = frame[f"{column}_low"], frame[f"{column}_high"]
    within = ((low >= 0) & (high <= 100)).fillna(True)
    return (frame["unit"] != Unit.PERCENT_GDP) | within
