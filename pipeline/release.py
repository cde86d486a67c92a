"""Make a release: refuse what does not agree, and write its archive and its line in the list.

A number names one content, for ever. So a release is made of what is committed and of nothing
else, and all that can be compared is compared first.
"""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from eastflank.diff import OF_SHAPE, Changes, diff
from eastflank.reader import Dataset
from eastflank.words import plural
from pipeline import archive, signals
from pipeline.changelog import newest
from pipeline.check import check
from pipeline.citing import citation_cff
from pipeline.derive import derive
from pipeline.write import alone, json_bytes, prepare

INDEX = "index.json"

SHOWN = 5
"""How many of many are named in a refusal."""


class Refused(Exception):
    """What was asked cannot be released: `reasons` says why, each with what to do."""

    def __init__(self, reasons: list[str]):
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Project:
    """A checkout: the repository of which a release is made, and the releases that it has."""

    root: Path

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @cached_property
    def index(self) -> list[dict]:
        """The list of the releases, the oldest first; none where there is no list."""
        path = self.releases / INDEX
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []

    @cached_property
    def data(self) -> Dataset:
        """The dataset that is to be released."""
        return Dataset(self.root / "dataset")

    @cached_property
    def earlier(self) -> list[Dataset]:
        """The datasets of all releases, the oldest first."""
        return [Dataset(self.releases / each["archive"]) for each in self.index]

    @cached_property
    def changes(self) -> Changes | None:
        """What changed since the last release; None before the first."""
        return diff(self.earlier[-1], self.data) if self.earlier else None

    def text(self, name: str) -> str:
        path = self.root / name
        return path.read_text(encoding="utf-8") if path.exists() else ""


def release(root: Path, version: str, day: str) -> Path:
    """Write the archive of a version that is released on a day, and its line in the list of the
    releases: both or nothing. Return the path of the archive.

    Raises Refused, with all reasons, where something does not agree.
    """
    project = Project(root)
    with alone(project.releases):
        reasons = list(refusals(project, version, day))
        if reasons:
            raise Refused(reasons)
        files = archive.contents(root, day, project.changes)
        held = archive.zipped(archive.name(version), files)
        line = _line(project, version, day, held)
        _put(project, line, held)
    return project.releases / line["archive"]


def refusals(project: Project, version: str, day: str) -> Iterator[str]:
    """Yield each reason for which a version cannot be released on a day, with what to do."""
    numbered = re.fullmatch(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", version)
    if not numbered:
        yield (
            f"version {version} is one between releases; write the number of the release into "
            "VERSION in src/eastflank/version.py, and build"
        )
    released = [each["version"] for each in project.index]
    if version in released:
        yield (
            f"version {version} was released already, and names its content for ever; "
            f"write a number above {released[-1]} into VERSION in src/eastflank/version.py"
        )
    yield from _unclean(project)
    yield from _changelog_disagrees(project, version, day)
    yield from _citation_disagrees(project, version, day)
    blocking = [*_dataset_disagrees(project), *_damaged(project)]
    yield from blocking
    if not blocking:
        yield from _lost_ids(project)
        if numbered and version not in released:
            yield from _number_does_not_fit(project, version)


def least(last: str, changes: pd.DataFrame) -> str:
    """Return the lowest version that may follow the last one after some changes.

    Up to 1.0.0 a change of shape raises the second number, from then on the first; rows, columns
    and tables that came raise the second; what was corrected or taken back raises the third.

    >>> changes = pd.DataFrame({"change": ["changed", "column-renamed"]})
    >>> least("0.2.1", changes), least("1.4.2", changes), least("1.4.2", changes[:1])
    ('0.3.0', '2.0.0', '1.4.3')
    """
    major, minor, patch = map(int, last.split("."))
    kinds = set(changes["change"])
    came = {"added", "column-added", "table-added"}
    if kinds & (set(OF_SHAPE) - came) and major:
        return f"{major + 1}.0.0"
    if kinds & ({*OF_SHAPE} | came):
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def _unclean(project: Project) -> Iterator[str]:
    told = subprocess.run(
        ["git", "-C", str(project.root), "status", "--porcelain"], capture_output=True, text=True
    )
    if told.returncode:
        yield f"{project.root} is no checkout of git; a release is made of what is committed"
    elif told.stdout:
        files = [line[3:] for line in told.stdout.splitlines()]
        yield f"not committed: {_some(files)}; commit or put away, as a release is made of commits"


def _changelog_disagrees(project: Project, version: str, day: str) -> Iterator[str]:
    section = newest(project.text("CHANGELOG.md"))
    if section is None or (section.version, section.day) != (version, day):
        has = f"## {section.version} ({section.day})" if section else "none"
        yield f"CHANGELOG.md: the newest section is {has}; it must be ## {version} ({day})"
    if section and section.heads != ("Data", "Code"):
        has = ", ".join(section.heads) or "none"
        yield f"CHANGELOG.md: the newest section has the parts {has}; it must have Data and Code"


def _citation_disagrees(project: Project, version: str, day: str) -> Iterator[str]:
    found, expected = project.text("CITATION.cff"), citation_cff(version, day)
    if found != expected:
        lines = unified_diff(found.splitlines(), expected.splitlines(), n=0, lineterm="")
        marked = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
        yield "\n    ".join(["CITATION.cff: lines must go (-) or come (+):", *marked])


def _dataset_disagrees(project: Project) -> Iterator[str]:
    """Yield what is wrong where dataset/ is not, byte for byte, what the seeds give."""
    checked = check(project.root / "seeds")
    if checked.problems:
        wrong = plural(len(checked.problems), "problem")
        yield f"seeds/ has {wrong}; `python build.py check` says what"
        return
    tables = derive(checked.parsed, project.root / "reliability")
    with tempfile.TemporaryDirectory() as scratch:
        made = prepare(tables, Path(scratch) / "dataset")
        expected = {path.name: path.read_bytes() for path in made.iterdir()}
    folder = project.root / "dataset"
    found = {path.name: path.read_bytes() for path in folder.glob("*") if path.is_file()}
    differ = sorted(
        f"dataset/{name}"
        for name in expected.keys() | found.keys()
        if expected.get(name) != found.get(name)
    )
    if differ:
        yield (
            f"not what the seeds give: {_some(differ)}; run `python build.py` with the versions of "
            "constraints.txt, and commit dataset/"
        )


def _damaged(project: Project) -> Iterator[str]:
    """Yield the archives of earlier releases that are not what the list says."""
    for each in project.index:
        path = project.releases / each["archive"]
        if not path.exists() or sha256(path.read_bytes()).hexdigest() != each["sha256"]:
            yield (
                f"releases/{each['archive']} is not the archive that was released; get it back "
                "from git"
            )


def _lost_ids(project: Project) -> Iterator[str]:
    """Yield the ids that a release had and that neither exist nor are retired."""
    retired = set(project.data.load("retired")["record_id"])
    for table in sorted({name for old in project.earlier for name in old.with_records()}):
        had = {each for old in project.earlier for each in _ids(old, table)}
        lost = sorted(had - _ids(project.data, table) - retired)
        if lost:
            yield (
                f"{table}: ids of earlier releases are gone: {_some(lost)}; put the rows back, or "
                "say in seeds/retired.csv why they are gone"
            )


def _ids(data: Dataset, table: str) -> set[str]:
    return set(data.load(table)[data.key(table)[0]]) if table in data.with_records() else set()


def _number_does_not_fit(project: Project, version: str) -> Iterator[str]:
    if project.changes is None:
        return
    last = project.index[-1]["version"]
    lowest = least(last, project.changes.frame)
    if _parts(version) < _parts(lowest):
        counts = project.changes.frame.groupby("change").size()
        told = ", ".join(f"{change} {number:,}" for change, number in counts.items()) or "nothing"
        yield (
            f"version {version} does not fit what changed since {last} ({told}): it must be "
            f"{lowest} or above, as CHANGELOG.md promises"
        )


def _parts(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _line(project: Project, version: str, day: str, held: bytes) -> dict:
    """Return the line of a release in the list."""
    return {
        "version": version,
        "released": day,
        "closing": project.data.package["closing"],
        "fingerprint": project.data.package["fingerprint"],
        "archive": f"{archive.name(version)}.zip",
        "sha256": sha256(held).hexdigest(),
        "rows": {
            name: pq.read_metadata(project.root / "dataset" / f"{name}.parquet").num_rows
            for name in project.data.names
        },
    }


def _put(project: Project, line: dict, held: bytes) -> None:
    """Put an archive and then the list with its line into their places.

    The list decides: an archive that it does not name is no release, and the next attempt writes
    the same bytes over it.
    """
    project.releases.mkdir(exist_ok=True)
    archived, listed = project.releases / line["archive"], project.releases / INDEX
    written = {archived: held, listed: json_bytes([*project.index, line])}
    fresh = {path: path.with_name(f".{path.name}-next") for path in written}
    try:
        for path, content in written.items():
            with fresh[path].open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        with signals.ignored():
            fresh[archived].replace(archived)
            try:
                fresh[listed].replace(listed)
            except OSError:
                archived.unlink()
                raise
    finally:
        for path in fresh.values():
            path.unlink(missing_ok=True)


def _some(names: list[str]) -> str:
    """Return names in a row: all, or the first and how many more there are."""
    left = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {left:,} more" if left > 0 else "")
