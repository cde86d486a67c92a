"""The contracts: what may stand in the tables, and in which words it is refused.

One module a table, one class a module. `TABLES` names them in the order in which a reader meets
them. `columns(table)` unfolds a contract into the columns that the built table has; all
descriptions of the dataset are made from that.
"""

from dataclasses import dataclass
from functools import cache

from pandera.engines.pandas_engine import STRING

from eastflank.codelists import Codelist, DatePrecision, MissingReason
from eastflank.text import BY_PYTHON
from schemas.actors import Actors
from schemas.base import Table
from schemas.codes import Codes
from schemas.commitment_actors import CommitmentActors
from schemas.commitment_links import CommitmentLinks
from schemas.commitments import Commitments
from schemas.conflicts import Conflicts
from schemas.corpora import Corpora
from schemas.event_actors import EventActors
from schemas.events import Events
from schemas.evidence import Evidence
from schemas.memberships import Memberships
from schemas.milestones import Milestones
from schemas.observations import Observations
from schemas.outcomes import Outcomes
from schemas.panel import Panel
from schemas.passages import Passages
from schemas.places import Places
from schemas.reliability import Reliability
from schemas.retired import Retired
from schemas.sources import Sources
from schemas.spells import Spells
from schemas.targets import Targets
from schemas.tracker import Tracker
from schemas.watchpoints import Watchpoints

SEEDS: dict[str, type[Table]] = {
    "commitments": Commitments,
    "commitment_actors": CommitmentActors,
    "commitment_links": CommitmentLinks,
    "targets": Targets,
    "milestones": Milestones,
    "observations": Observations,
    "events": Events,
    "event_actors": EventActors,
    "watchpoints": Watchpoints,
    "actors": Actors,
    "memberships": Memberships,
    "places": Places,
    "sources": Sources,
    "evidence": Evidence,
    "corpora": Corpora,
    "passages": Passages,
    "retired": Retired,
}
"""The tables that people write, by name."""

DERIVED: dict[str, type[Table]] = {
    "tracker": Tracker,
    "outcomes": Outcomes,
    "spells": Spells,
    "panel": Panel,
    "conflicts": Conflicts,
    "reliability": Reliability,
    "codes": Codes,
}
"""The tables that the build makes from the others."""

TABLES: dict[str, type[Table]] = {
    "tracker": Tracker,
    "outcomes": Outcomes,
    "spells": Spells,
    "panel": Panel,
    **SEEDS,
    "conflicts": Conflicts,
    "reliability": Reliability,
    "codes": Codes,
}
"""All tables of the dataset, in the order in which they are listed."""


@dataclass(frozen=True)
class Column:
    """One column of a built table, with all that its contract says of it.

    `kind` is one of id, text, code, number, quantity, integer, boolean, edtf, day. `made_from`
    names the seed column of which the build makes this one, and is None for what a seed or a
    derivation gives directly.
    """

    name: str
    kind: str
    description: str
    optional: bool = False
    missing: tuple[MissingReason, ...] = ()
    derived: bool = False
    key: bool = False
    codelist: type[Codelist] | None = None
    reference: str | None = None
    pattern: str | None = None
    form: str | None = None
    written: str | None = None
    unit: str | None = None
    at_least: float | None = None
    at_most: float | None = None
    made_from: str | None = None

    @property
    def codes(self) -> type[Codelist]:
        """The codelist of a column of codes."""
        assert self.codelist is not None, f"{self.name} has no codes"
        return self.codelist

    @property
    def nullable(self) -> bool:
        """Whether the built table may have a null here."""
        return self.optional or bool(self.missing) or self.kind == "quantity"


@cache
def columns(table: str) -> tuple[Column, ...]:
    """Return the columns of a built table, in order,
    each with those that the build makes from it behind it.
    """
    unfolded = []
    for field in _declared(table):
        unfolded.append(field)
        if field.kind == "edtf":
            unfolded += _bounds(field)
        if field.kind == "quantity":
            unfolded += _ends(field)
        if field.missing or field.kind == "quantity" and not field.derived:
            unfolded.append(_reason(field))
    return tuple(unfolded)


@cache
def seed_columns(table: str) -> tuple[Column, ...]:
    """Return the columns of a table's seed, in order."""
    return tuple(column for column in _declared(table) if not column.derived)


@cache
def key(table: str) -> tuple[str, ...]:
    """Return the names of the columns that together are a table's key."""
    return tuple(column.name for column in _declared(table) if column.key)


@cache
def schema(table: str):
    """Return a table's pandera schema, as its contract declares it, for text kept by Python."""
    declared = TABLES[table].to_schema()
    text = [name for name, each in declared.columns.items() if isinstance(each.dtype, STRING)]
    return declared.update_columns({name: {"dtype": BY_PYTHON} for name in text})


@cache
def seed_schema(table: str):
    """Return the pandera schema of what a seed says itself, without what the build derives."""
    return schema(table).remove_columns(
        [each.name for each in columns(table) if each.derived and each.made_from is None]
    )


@cache
def derived_schema(table: str):
    """Return the pandera schema of what the build derives, without what stands in a seed."""
    if table not in SEEDS:
        return schema(table)
    return schema(table).remove_columns([each.name for each in seed_columns(table)])


def _declared(table: str):
    for name, field in schema(table).columns.items():
        bounds = {check.name: next(iter(check.statistics.values())) for check in field.checks}
        yield Column(
            name,
            description=field.description,
            at_least=bounds.get("greater_than_or_equal_to"),
            at_most=bounds.get("less_than_or_equal_to"),
            **field.metadata,
        )


def _bounds(column: Column):
    for end, word in (("earliest", "Earliest"), ("latest", "Latest")):
        yield Column(
            f"{column.name}_{end}",
            "day",
            f"{word} day that `{column.name}` may mean; null where it is open or missing.",
            optional=True,
            derived=True,
            made_from=column.name,
        )
    yield Column(
        f"{column.name}_precision",
        "code",
        f"How exact `{column.name}` is.",
        optional=column.nullable,
        derived=True,
        codelist=DatePrecision,
        made_from=column.name,
    )


def _ends(column: Column):
    for end, word in (("low", "Least"), ("high", "Greatest")):
        yield Column(
            f"{column.name}_{end}",
            "number",
            f"{word} value that `{column.name}` may mean.",
            optional=True,
            derived=True,
            made_from=column.name,
        )


def _reason(column: Column) -> Column:
    return Column(
        f"{column.name}_missing",
        "code",
        f"Why `{column.name}` has no value; null where it has one.",
        optional=True,
        derived=True,
        codelist=MissingReason,
        made_from=column.name,
    )
