"""What tells others how to cite a version: `CITATION.cff`, and the metadata of an upload to Zenodo.

Both are made of `eastflank.about`. A file for Zenodo makes it overlook the other, so the two must
say the same.
"""

import json

from eastflank import about

_HEAD = (
    "If you use these data, please cite them as below; eastflank.cite() gives the citation of a "
    "table, a selection or a record."
)


def citation_cff(version: str, released: str | None = None) -> str:
    """Return `CITATION.cff` of a version; `released` is its day, None between releases."""
    lines = [
        "cff-version: 1.2.0",
        f"message: {_quoted(_HEAD)}",
        f"title: {_quoted(about.TITLE)}",
        f"abstract: {_quoted(about.DESCRIPTION)}",
        "type: dataset",
        "authors:",
        f"  - name: {_quoted(about.AUTHOR)}",
        f"version: {version}",
        *([f"date-released: {released}"] if released else []),
        # One licence: several would mean a choice between them.
        f"license: {about.LICENCE['name']}",
        *([f"url: {_quoted(about.ADDRESS)}"] if about.ADDRESS else []),
        *([f"repository-code: {_quoted(about.REPOSITORY)}"] if about.REPOSITORY else []),
        "keywords:",
        *(f"  - {_quoted(word)}" for word in about.KEYWORDS),
    ]
    return "\n".join(lines) + "\n"


def zenodo(version: str, released: str) -> dict:
    """Return what `.zenodo.json` says of a release."""
    return {
        "title": about.TITLE,
        "description": about.DESCRIPTION,
        "creators": [{"name": about.AUTHOR}],
        "upload_type": "dataset",
        "access_right": "open",
        "license": about.LICENCE["name"].lower(),
        "keywords": list(about.KEYWORDS),
        "language": "eng",
        "version": version,
        "publication_date": released,
    }


def _quoted(text: str) -> str:
    """Return a text as YAML writes it, where it may hold any character."""
    return json.dumps(text, ensure_ascii=False)
