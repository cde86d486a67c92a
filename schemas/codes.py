"""The contract of `codes`, which the build writes from the codelists."""

from schemas.base import Table
from schemas.columns import text


class Codes(Table):
    """A row is one allowed value of one codelist.

    How it is coded: not by hand; the build writes it
    from the enumerations in `src/eastflank/codelists.py`.

    Known weaknesses: a crosswalk names the nearest equivalent in another scheme,
    which is seldom an exact one.
    """

    codelist: str = text("The codelist.", key_part=True, derived=True)
    code: str = text("The code, as it stands in the tables.", key_part=True, derived=True)
    label: str = text("Its name.", derived=True)
    definition: str = text("What it means.", derived=True)
    crosswalk: str = text("Its equivalent in another scheme.", optional=True, derived=True)
