"""Describe the dataset, from the contracts and the built tables: Parquet metadata,
data package and codebook.
"""

import inspect
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

import schemas
from eastflank import about as facts
from eastflank import codelists
from eastflank.about import AUTHOR, DESCRIPTION, KEYWORDS, LICENCE, TITLE, permanent
from eastflank.codelists import ORDERED, Codelist
from eastflank.fingerprint import dataset_fingerprint
from eastflank.version import CLOSING
from eastflank.version import VERSION as __version__
from eastflank.words import number_text
from pipeline.cells import categories, to_pandas
from pipeline.problems import FORM
from schemas.columns import SLUG
from schemas.rules import RULES


def description(table: str) -> str:
    """Return what a table is, from its contract's docstring."""
    # A paragraph is one line, however its docstring is wrapped.
    return re.sub(r"(?<!\n)\n(?!\n)", " ", inspect.cleandoc(schemas.schema(table).description))


def rules(table: str) -> list[tuple[str, str, str]]:
    """Return the rules of a table, each as its name, the column that it points to,
    and its sentence.
    """
    within = [
        (check.name, check.title, check.description) for check in schemas.schema(table).checks
    ]
    across = [(rule.name, rule.column, rule.sentence) for rule in RULES if rule.table == table]
    return within + across


def with_metadata(table: pa.Table, name: str, digest: str) -> pa.Table:
    """Return an Arrow table whose schema tells what the table and its columns are,
    and in which pandas types to read it.
    """
    about = {"dataset": "eastflank", "table": name, "version": __version__, "fingerprint": digest}
    table = _in_order(table, name)
    # It stays with what is selected from a frame, so it must not seem to be of the selection.
    attributes = {part: about[part] for part in ("dataset", "table", "version")}
    attributes["table_fingerprint"] = digest
    about_table = about | {
        "description": description(name),
        "key": list(schemas.key(name)),
        "licence": LICENCE["name"],
    }
    for_pandas = _for_pandas(name, table.schema) | {"attributes": attributes}
    told = {"pandas": for_pandas, "eastflank": about_table}
    metadata = {part: json.dumps(said, ensure_ascii=False) for part, said in told.items()}
    return table.cast(pa.schema(_fields(name, table.schema), metadata=metadata))


@cache
def _for_pandas(name: str, schema: pa.Schema) -> dict[str, Any]:
    """Return what pandas is to know of a table: in which types to read it."""
    cells = [
        _no_cells(field.type, column)
        for field, column in zip(schema, schemas.columns(name), strict=True)
    ]
    empty = to_pandas(pa.Table.from_arrays(cells, schema.names)).astype(types(name))
    metadata = pa.Schema.from_pandas(empty, preserve_index=False).metadata
    return json.loads(metadata[b"pandas"])


def _no_cells(kind: pa.DataType, column: schemas.Column) -> pa.Array:
    """Return a column of a table without rows; one of codes has them nevertheless."""
    if not column.codelist:
        return pa.array([], kind)
    none = pa.array([], kind.index_type)
    return pa.DictionaryArray.from_arrays(none, categories(column.codes), ordered=kind.ordered)


@cache
def _fields(name: str, schema: pa.Schema) -> list[pa.Field]:
    """Return the fields of a table, each with what it is."""
    return [
        field.with_metadata(_field_metadata(name, column))
        for field, column in zip(schema, schemas.columns(name), strict=True)
    ]


def types(table: str) -> dict[str, str]:
    """Return the types in which pandas reads those columns of a table that are numbers or truths.

    They follow from the contract and so are the same in every version and state of knowledge. A
    decimal number is always a float64, in which NaN is a missing one. A whole number and a truth
    are int64 and bool where the contract lets none be missing, and Int64 and boolean where it does.
    """
    whole = {"integer": ("int64", "Int64"), "boolean": ("bool", "boolean")}
    return {
        column.name: whole[column.kind][column.nullable] if column.kind in whole else "float64"
        for column in schemas.columns(table)
        if column.kind in (*whole, "number", "quantity")
    }


def _in_order(table: pa.Table, name: str) -> pa.Table:
    """Return an Arrow table in which the codes of ordered codelists are ordered."""
    for place, column in enumerate(schemas.columns(name)):
        if column.codelist in ORDERED:
            codes = table.column(place).combine_chunks()
            if isinstance(codes, pa.ChunkedArray):  # what a column without rows becomes
                codes = pa.array([], table.column(place).type)
            ordered = pa.DictionaryArray.from_arrays(codes.indices, codes.dictionary, ordered=True)
            table = table.set_column(place, column.name, ordered)
    return table


def _field_metadata(table: str, column: schemas.Column) -> dict[str, str]:
    said = {
        "description": column.description,
        "type": column.kind,
        "unit": column.unit,
        "pattern": column.pattern,
        "minimum": None if column.at_least is None else str(column.at_least),
        "maximum": None if column.at_most is None else str(column.at_most),
        "codelist": column.codelist.__name__ if column.codelist else None,
        "codes": "; ".join(column.codelist) if column.codelist else None,
        "ordered": "yes" if column.codelist in ORDERED else None,
        "missing": "; ".join(column.missing) or ("may be empty" if column.nullable else None),
        "reference": column.reference and f"{column.reference}.{schemas.key(column.reference)[0]}",
        "rules": "; ".join(sentence for _, where, sentence in rules(table) if where == column.name),
        "derived": "yes" if column.derived else None,
    }
    return {name: text for name, text in said.items() if text}


def data_package(digests: dict[str, str], files: dict[str, dict]) -> dict:
    """Return the descriptor of the dataset as a Data Package, version 2.

    `digests` is each table's fingerprint; `files` is, for each file of a table by its name, its
    size and hash, as `size_and_hash` tells them.
    """
    resources = [
        _resource(name, digest, file, files[file])
        for form in ("parquet", "csv")
        for name, digest in digests.items()
        if (file := f"{name}.{form}") in files
    ]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "eastflank",
        "title": TITLE,
        "description": DESCRIPTION,
        **_homepage(facts.ADDRESS),
        "version": __version__,
        # The state that it describes, and no clock: the same seeds give the same bytes at any time.
        "created": f"{CLOSING}T00:00:00Z",
        "closing": CLOSING,
        "fingerprint": dataset_fingerprint(digests),
        "contributors": [{"title": AUTHOR, "roles": ["author"]}],
        "licenses": [LICENCE],
        "keywords": list(KEYWORDS),
        "resources": resources,
    }


def size_and_hash(content: bytes) -> dict:
    """Return the size of a file and its SHA-256, as a resource tells them."""
    return {"bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}


def _resource(table: str, digest: str, file: str, held: dict) -> dict:
    parquet = file.endswith(".parquet")
    resource = {"name": table if parquet else f"{table}-csv", "type": "table", "path": file}
    if parquet:
        resource |= {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}
    else:
        resource |= {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    resource |= held | {"title": description(table).partition(".")[0]}
    resource |= _homepage(permanent(table))
    if parquet:
        resource |= {"fingerprint": digest}
        # frictionless (5.21) counts no bytes where it reads Parquet, and finds 0 of them.
        del resource["bytes"]
    return resource | {"schema": _table_schema(table, "datetime" if parquet else "date")}


def _homepage(address: str) -> dict[str, str]:
    """Return the address of a page as the standard has it; nothing where there is no page."""
    return {"homepage": address} if address else {}


_FIELD_TYPES = {
    "number": "number",
    "quantity": "number",
    "integer": "integer",
    "boolean": "boolean",
}


def _table_schema(table: str, day: str) -> dict:
    """Return a table's schema; `day` is the type in which the file keeps the days."""
    fields = schemas.columns(table)
    keys = [
        {
            "fields": [column.name],
            # Since version 2 of the standard, a table that refers to itself does not name itself.
            "reference": ({} if column.reference == table else {"resource": column.reference})
            | {"fields": list(schemas.key(column.reference))},
        }
        for column in fields
        if column.reference
    ]
    schema = {
        "fields": [_table_schema_field(column, day) for column in fields],
        "primaryKey": list(schemas.key(table)),
    }
    return schema | ({"foreignKeys": keys} if keys else {})


def _table_schema_field(column: schemas.Column, day: str) -> dict:
    constraints = {
        "required": None if column.nullable else True,
        "pattern": SLUG if column.kind == "id" else column.pattern,
        "minimum": column.at_least,
        "maximum": column.at_most,
        "enum": column.codelist and list(column.codelist),
    }
    field = {
        "name": column.name,
        "type": day if column.kind == "day" else _FIELD_TYPES.get(column.kind, "string"),
        "description": column.description,
        "unit": column.unit,
        "categories": column.codelist
        and [{"value": str(code), "label": code.label} for code in column.codelist],
        "missingValues": [
            {"value": "", "label": "Empty"},
            *({"value": str(reason), "label": reason.label} for reason in column.missing),
        ],
        "constraints": {name: value for name, value in constraints.items() if value is not None},
        "derived": column.derived or None,
    }
    return {name: value for name, value in field.items() if value not in (None, {})}


def codebook(tables: Mapping[str, pa.Table], digests: dict[str, str]) -> str:
    """Return the codebook, in Markdown: all that a user needs in order to use the tables."""
    parts = [
        _CODEBOOK_HEAD.format(
            version=__version__, fingerprint=dataset_fingerprint(digests), tables=_contents(tables)
        )
    ]
    parts += [_about_table(name, table) for name, table in tables.items()]
    parts.append(
        "## Rules of form\n\nThese hold for every seed:\n\n"
        + "\n".join(f"- {sentence} (`{rule}`)" for rule, sentence in FORM.items())
    )
    parts.append(
        "## Codelists\n\n"
        "Every allowed value of every coded column; the table `codes` holds the same."
    )
    parts += [_about_codelist(codelist) for codelist in codelists_in_order()]
    return "\n\n".join(parts) + "\n"


def codelists_in_order() -> list[type[Codelist]]:
    """Return all codelists in the order in which they are written."""
    return [
        member
        for member in vars(codelists).values()
        if inspect.isclass(member) and issubclass(member, Codelist) and member is not Codelist
    ]


_CODEBOOK_HEAD = """# Codebook

This page is made by the build from the contracts in `schemas/` and from the data; it describes
version {version}, with the fingerprint `{fingerprint}`.

- An id is a readable slug and is for ever; the column `<table's singular>_id` carries it in every
  table that speaks of it.
- A date is written in EDTF, level 1: `2024-07-10`, `2024-07`, `2024`, `2024-07-08/2024-07-19`,
  `2026/..`, `2023~`. Beside it stand the earliest and the latest day that it may mean, and its
  precision.
- A quantity is a number or a range of two, whose ends stand beside it, in `<column>_low` and
  `<column>_high`; where they differ, the column itself has no number, for the reason `range`.
- A value that is missing has its reason beside it, in `<column>_missing`. Unknown is never zero.
- A target has two values: what its first source stated, and what the weight of the evidence
  supports.

{tables}"""


def _contents(tables: Mapping[str, pa.Table]) -> str:
    rows = [
        (f"[`{name}`](#{name})", _first_sentence(name), f"{table.num_rows:,}", table.num_columns)
        for name, table in tables.items()
    ]
    return markdown_table(("table", "a row is", "rows", "columns"), rows)


def _first_sentence(name: str) -> str:
    return description(name).partition("A row is ")[2].partition(".")[0]


def _about_table(name: str, table: pa.Table) -> str:
    shown = [
        (
            f"`{column.name}`",
            _type_words(column),
            column.description,
            _null_words(column),
            _facts(table.column(column.name), column),
        )
        for column in schemas.columns(name)
    ]
    parts = ", ".join(f"`{part}`" for part in schemas.key(name))
    about = f"## {name}\n\n{description(name)}\n\nKey: {parts}. Rows: {table.num_rows:,}."
    about += "\n\n" + markdown_table(
        ("column", "type", "description", "missing", "in this version"), shown
    )
    sentences = [f"- {sentence} (`{rule}`)" for rule, _, sentence in rules(name)]
    return about + ("\n\nRules:\n\n" + "\n".join(sentences) if sentences else "")


def _type_words(column: schemas.Column) -> str:
    if column.codelist:
        return f"[{column.codelist.__name__}](#{column.codelist.__name__.lower()})"
    words = "EDTF date" if column.kind == "edtf" else column.kind
    if column.reference:
        words += f" of [`{column.reference}`](#{column.reference})"
    limits = {
        "at least": column.at_least,
        "at most": column.at_most,
        "of the form": column.pattern and f"`{column.pattern}`",
    }
    told = [f"{limit} {value}" for limit, value in limits.items() if value is not None]
    return ", ".join([words, *([column.unit] if column.unit else []), *told])


def _null_words(column: schemas.Column) -> str:
    return ", ".join(column.missing) or ("may be empty" if column.nullable else "never")


def _facts(column: pa.ChunkedArray, described: schemas.Column) -> str:
    """Return what can be counted in a column: the span of days and numbers,
    how often each code stands, what is missing.
    """
    known = column.drop_null()
    facts = []
    if described.codelist and len(known):
        counted = [(each["values"], each["counts"]) for each in pc.value_counts(known).to_pylist()]
        ranks = {code: place for place, code in enumerate(described.codelist)}
        most_first = sorted(counted, key=lambda each: (-each[1], ranks[each[0]]))
        facts.append(", ".join(f"{code} {count:,}" for code, count in most_first))
    elif described.kind in ("day", "number", "quantity", "integer") and len(known):
        least, most = (_plain(pc.min_max(known)[end].as_py()) for end in ("min", "max"))
        facts.append(least if least == most else f"{least} to {most}")
    elif described.kind == "boolean" and len(known):
        facts.append(f"true {pc.sum(known).as_py():,}")
    if column.null_count:
        facts.append(f"none {column.null_count:,}")
    return "; ".join(facts)


def _plain(value: Any) -> str:
    return f"{value:%Y-%m-%d}" if hasattr(value, "year") else number_text(value, grouped=True)


def _about_codelist(codelist: type[Codelist]) -> str:
    crosswalk = any(code.crosswalk for code in codelist)
    rows = [
        (f"`{code}`", code.label, code.definition, *([code.crosswalk or ""] if crosswalk else []))
        for code in codelist
    ]
    heads = ("code", "label", "definition", *(["crosswalk"] if crosswalk else []))
    return f"### {codelist.__name__}\n\n{inspect.getdoc(codelist)}\n\n{markdown_table(heads, rows)}"


def markdown_table(heads: Sequence[str], rows: Iterable[Iterable]) -> str:
    """Return a table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines
    )
