"""The archive of a release: what is in it, and its bytes, which are the same anywhere."""

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from eastflank import about
from eastflank.citation import cite
from eastflank.diff import Changes
from eastflank.fingerprint import fingerprint
from eastflank.reader import Dataset
from pipeline import describe
from pipeline.citing import zenodo
from pipeline.croissant import croissant
from pipeline.datasheet import datasheet
from pipeline.write import csv_of, json_bytes

SUMS = "SHA256SUMS"
"""The list of all other files of an archive, each with its SHA-256."""

_FROM_THE_REPOSITORY = {
    "CHANGELOG.md": "CHANGELOG.md",
    "CITATION.cff": "CITATION.cff",
    "CODING.md": "seeds/CODING.md",
    "CORRECTIONS.csv": "CORRECTIONS.csv",
    "LICENSE": "LICENSE",
    "LICENSE-data": "LICENSE-data",
}


def name(version: str) -> str:
    """Return the name of the folder in a version's archive; with .zip, that of the archive."""
    return f"eastflank-{version}"


def contents(root: Path, released: str, changes: Changes | None) -> dict[str, bytes]:
    """Return the files of a release by path, made of what is committed in a repository.

    `changes` are those since the release before, None for the first.
    """
    data = Dataset(root / "dataset")
    files = {f"dataset/{path}": held for path, held in _dataset(root / "dataset").items()}
    files |= {path: (root / source).read_bytes() for path, source in _FROM_THE_REPOSITORY.items()}
    files |= {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in (root / "reliability").rglob("*")
        if path.is_file()
    }
    files |= _metadata(data, files, released)
    files["DATASHEET.md"] = datasheet(root / "seeds" / "DATASHEET.md", data, released).encode()
    files["README.md"] = _readme(data, released, changes).encode()
    if changes is not None:
        files["CHANGES.md"] = f"{changes}\n".encode()
        files["changes.parquet"] = _parquet(
            pa.Table.from_pandas(changes.frame, preserve_index=False)
        )
    files[SUMS] = sums(files)
    return files


def sums(files: dict[str, bytes]) -> bytes:
    """Return the SHA-256 of each file, in the form that `sha256sum --check` reads."""
    return "".join(
        f"{sha256(held).hexdigest()}  {path}\n" for path, held in sorted(files.items())
    ).encode()


def zipped(folder: str, files: dict[str, bytes]) -> bytes:
    """Return an archive of files in a folder: no clock, no owner, no order of a disk is in it.

    Nothing is compressed: Parquet is already, and how well others are would depend on a library.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for path, held in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{path}", date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # Unix, also where it is made on Windows
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, held)
    return made.getvalue()


def _dataset(folder: Path) -> dict[str, bytes]:
    """Return the files of a dataset, with a CSV of every table and a descriptor of all of them."""
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    digests = {}
    for parquet in [path for path in files if path.endswith(".parquet")]:
        table = pq.read_table(pa.BufferReader(files[parquet]))
        stem = parquet.removesuffix(".parquet")
        digests[stem] = fingerprint(table)
        files[f"{stem}.csv"] = csv_of(table)
    in_order = {each: digests[each] for each in Dataset(folder).names}
    held = {path: describe.size_and_hash(content) for path, content in files.items()}
    return files | {"datapackage.json": json_bytes(describe.data_package(in_order, held))}


def _metadata(data: Dataset, files: dict[str, bytes], released: str) -> dict[str, bytes]:
    package = json.loads(files["dataset/datapackage.json"])
    sizes = {path.removeprefix("dataset/"): len(held) for path, held in files.items()}
    cite_as = cite(data=data).bibtex
    return {
        "croissant.json": json_bytes(croissant(package, sizes, released, cite_as)),
        ".zenodo.json": json_bytes(zenodo(data.version, released)),
    }


def _parquet(table: pa.Table) -> bytes:
    made = io.BytesIO()
    pq.write_table(table, made)
    return made.getvalue()


def _readme(data: Dataset, released: str, changes: Changes | None) -> str:
    since = f"the changes since {changes.old}" if changes is not None else ""
    rows = [
        ("`dataset/`", "every table as Parquet and as CSV; `CODEBOOK.md` says what each column is"),
        ("`dataset/datapackage.json`", "the same for machines: a Data Package, version 2"),
        ("`croissant.json`", "the same for others: Croissant 1.1, and schema.org's Dataset"),
        ("`DATASHEET.md`", "what it is made of, how, and what it is not fit for"),
        ("`CODING.md`", "the rules by which rows were coded"),
        ("`CHANGELOG.md`", "what changed, in words"),
        *([("`CHANGES.md`, `changes.parquet`", f"{since}, row by row")] if since else []),
        ("`CORRECTIONS.csv`", "corrections of rows that had been released"),
        ("`reliability/`", "the blind codings of whole texts"),
        ("`CITATION.cff`, `.zenodo.json`", "how to cite it, for machines"),
        (f"`{SUMS}`", f"the hash of every other file: `sha256sum --check {SUMS}`"),
    ]
    return _README.format(
        title=about.TITLE,
        description=about.DESCRIPTION,
        version=data.version,
        released=released,
        closing=f"{data.closing:%Y-%m-%d}",
        fingerprint=data.package["fingerprint"],
        files=describe.markdown_table(("file", "what it is"), rows),
        citation=cite(data=data).text,
        licence=f"{about.LICENCE['title']} ({about.LICENCE['path']})",
    )


_README = """# {title}

{description}

This is version {version} of {released}. It is what was known on {closing}. Its fingerprint is
`{fingerprint}`.

{files}

## How to open it

Any reader of Parquet or CSV opens the tables. The Python package `eastflank` opens the whole, with
states of knowledge, records and citations:

    import eastflank as ef

    data = ef.Dataset("dataset")
    data.load("tracker")

## How to cite

    {citation}

The data are under {licence}.
"""
