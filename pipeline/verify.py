"""Say what is not as it was: of the dataset of a checkout, and of each release that it keeps."""

import json
import zipfile
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from eastflank.verify import verify as files_of
from pipeline.archive import SUMS

_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
"""What Python raises at one bit or another of an archive that is damaged: a flipped one may ask for
a password, for a compression that nobody knows, or for a place before its beginning.
"""


def verify(root: Path) -> dict[str, list[str]]:
    """Return what is wrong with the dataset and with each release, by path; empty where nothing is.

    Of a release, its archive is held to the list of releases and to its own list of sums; of every
    table, the fingerprint is computed again.
    """
    index = json.loads((root / "releases" / "index.json").read_text(encoding="utf-8"))
    found = {"dataset": list(_faults(root / "dataset"))}
    found |= {
        f"releases/{line['archive']}": list(of_release(root / "releases" / line["archive"], line))
        for line in index
    }
    listed = {line["archive"] for line in index}
    strange = {path.name for path in (root / "releases").glob("*.zip")} - listed
    return found | {
        f"releases/{name}": ["is no release: the list does not name it"] for name in sorted(strange)
    }


def _faults(dataset: Path) -> Iterator[str]:
    told = files_of(dataset)
    for row in told[~told["fine"]].itertuples():
        yield f"{row.file}: {row.fault}"


def of_release(path: Path, line: dict) -> Iterator[str]:
    """Yield what is wrong with a release, given its line in the list."""
    if not path.exists():
        yield "is missing"
        return
    held = path.read_bytes()
    digest = sha256(held).hexdigest()
    if digest != line["sha256"]:
        yield f"has the SHA-256 {digest}, and the list has {line['sha256']}"
    try:
        yield from _of_files(path)
        yield from _faults(path)
    except _UNREADABLE as error:
        yield f"is damaged: {error}"


def _of_files(path: Path) -> Iterator[str]:
    """Yield which files of an archive are not those of its own list of sums, if it has one."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        folder = f"{path.stem}/"
        if f"{folder}{SUMS}" not in names:
            return
        lines = archive.read(f"{folder}{SUMS}").decode(errors="replace").splitlines()
        sums = {file: digest for digest, _, file in (line.partition("  ") for line in lines)}
        inside = {name.removeprefix(folder) for name in names} - {SUMS}
        for file in sorted(sums.keys() | inside):
            if file not in inside:
                yield f"{file} is missing"
            elif file not in sums:
                yield f"{file} does not stand in {SUMS}"
            elif sha256(archive.read(f"{folder}{file}")).hexdigest() != sums[file]:
                yield f"{file} is not the file that was released"
