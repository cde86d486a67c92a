"""The JSON Schemas of the standards, from packages that carry them, and what they find wrong."""

import json
from functools import cache
from pathlib import Path

import check_jsonschema
import dplib
from jsonschema import Draft7Validator

PACKAGE = Path(dplib.__file__).parent / "profiles" / "2.0" / "datapackage.json"
CITATION_FILE = (
    Path(check_jsonschema.__file__).parent
    / "builtin_schemas"
    / "vendor"
    / "citation-file-format.json"
)


def errors_of_package(descriptor: dict) -> list[str]:
    """Return what the Data Package standard, version 2, finds wrong with a descriptor, its
    resources and their schemas.
    """
    # It holds the schemas of a resource and of a table, word for word.
    return errors(descriptor, PACKAGE)


def errors_of_citation(content: dict) -> list[str]:
    """Return what the Citation File Format, version 1.2.0, finds wrong with a file's content."""
    return errors(content, CITATION_FILE)


def errors(content: dict, schema: Path) -> list[str]:
    """Return what a JSON Schema finds wrong."""
    return [error.message for error in _validator(schema).iter_errors(content)]


@cache
def _validator(schema: Path) -> Draft7Validator:
    return Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))
