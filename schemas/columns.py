"""The words in which a contract describes a column.

Each function returns a pandera field for one kind of column. A contract reads as a list of
sentences, and everything that else describes a column (Parquet metadata, codebook, data package) is
made from what is written there, once.
"""

from typing import Any

import pandera.pandas as pa

from eastflank.codelists import Codelist, MissingReason

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
"""What an id looks like: lower-case letters, digits and single hyphens."""

NOT_STATED = MissingReason.NOT_STATED
NOT_APPLICABLE = MissingReason.NOT_APPLICABLE
NOT_FOUND = MissingReason.NOT_FOUND
NOT_DISCLOSED = MissingReason.NOT_DISCLOSED
RANGE = MissingReason.RANGE
UNKNOWN = (NOT_STATED, NOT_FOUND, NOT_DISCLOSED)
"""The reasons for which a value that must exist may still be missing."""


def _column(
    kind: str,
    description: str,
    *,
    optional=False,
    missing=(),
    derived=False,
    checks: dict[str, Any] | None = None,
    **metadata,
):
    """Return a pandera field whose metadata say everything about the column
    that its dtype does not.
    """
    metadata |= {"kind": kind, "optional": optional, "missing": tuple(missing), "derived": derived}
    # A quantity that is a range has no single number.
    nullable = optional or bool(missing) or kind == "quantity"
    return pa.Field(nullable=nullable, description=description, metadata=metadata, **(checks or {}))


def key(description: str):
    """The id of a row."""
    return _column("id", description, key=True)


def reference(table: str, description: str, *, key_part=False, **how):
    """The id of a row of another table, or of the same one.

    A `key_part` is one of the columns that together are the key.
    """
    return _column("id", description, reference=table, key=key_part, **how)


def record(description: str, **how):
    """The id of a row of a table that the row itself names."""
    return _column("id", description, **how)


def code(codelist: type[Codelist], description: str, *, key_part=False, **how):
    """One code of a codelist."""
    return _column("code", description, codelist=codelist, key=key_part, **how)


def text(
    description: str,
    *,
    pattern: str | None = None,
    form: str | None = None,
    written: str | None = None,
    key_part=False,
    **how,
):
    """Words, on one line; with `pattern`, of that form throughout, which `form` tells in words.

    They may be `written` as "sentences", which end in a full stop, as a "title", which does not, or
    as a "question".
    """
    checks = {"str_matches": rf"^(?:{pattern})$"} if pattern else None
    how |= {"pattern": pattern, "form": form, "written": written, "key": key_part}
    return _column("text", description, checks=checks, **how)


def number(
    description: str,
    *,
    unit: str | None = None,
    at_least: float | None = None,
    at_most: float | None = None,
    **how,
):
    """A decimal number, in a fixed `unit` or in the one that the row names."""
    return _column("number", description, unit=unit, checks=_bounds(at_least, at_most), **how)


def quantity(description: str, **how):
    """A number, or a range of two such as `31/37`, in the unit that the row names.

    The build adds its two ends; the number itself is null, for the reason `range`,
    where they differ.
    """
    return _column("quantity", description, **how)


def integer(description: str, *, unit: str | None = None, at_least: int | None = None, **how):
    """A whole number."""
    return _column("integer", description, unit=unit, checks=_bounds(at_least, None), **how)


def boolean(description: str, **how):
    """True or false; in a seed, `true` or `false`."""
    return _column("boolean", description, **how)


def edtf(description: str, **how):
    """A date in EDTF, level 1; the build adds its earliest and latest day and its precision."""
    return _column("edtf", description, **how)


def day(description: str, *, key_part=False, **how):
    """One day of the calendar."""
    return _column("day", description, key=key_part, **how)


def known_from():
    """The day from which a record is known."""
    return day(
        "The first day on which it could be known: when a source was public that speaks to it and "
        "is no older than what it tells.",
        derived=True,
    )


def independent_sources():
    """How many sources speak to a record without repeating one another."""
    return integer(
        "How many independent sources speak to it: origins of reports, "
        "those of one publisher counted once.",
        at_least=0,
        derived=True,
    )


def _bounds(at_least, at_most) -> dict[str, float]:
    return {name: bound for name, bound in (("ge", at_least), ("le", at_most)) if bound is not None}
