"""Small checkouts of which releases are made: the small world, its dataset, and a repository."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import pipeline.release
from pipeline import describe
from pipeline.citing import citation_cff
from pipeline.corrections import HEADER
from pipeline.release import Project, refusals, release
from pipeline.released import RECORD
from pipeline.write import write
from tests.worlds import SMALL_WORLD, change, derived, judged

ROOT = Path(__file__).resolve().parents[1]

DAY = "2026-12-01"
"""The day of the release that is to be made."""

LAST, NEXT = "7.0.0", "7.1.0"
"""The version that the small checkout has released, and the one that is to come."""

NEW_ROW = ("places", "", "arctic,Arctic,region,not-applicable,not-applicable,not-applicable,")
USED = ("events", "stated,not-stated,summit,", "stated,arctic,summit,")
ON_THE_RECORD = f"{DAY},canada-pledges-2pct,place_id,not-stated,arctic,A source names it.\n"


def checkout(folder: Path) -> Path:
    """Return a checkout in a folder, in order: it has released one version, and is to release the
    next, with one place more.
    """
    folder.mkdir()
    shutil.copytree(SMALL_WORLD, folder / "seeds")
    for name in ("CODING.md", "DATASHEET.md"):
        shutil.copy(ROOT / "seeds" / name, folder / "seeds")
    for name in ("LICENSE", "LICENSE-data"):
        shutil.copy(ROOT / name, folder)
    (folder / RECORD).write_text(f"{','.join(HEADER)}\n")
    (folder / "reliability").mkdir()
    (folder / "reliability" / "README.md").write_text("None yet.\n")
    git(folder, "init", "--quiet")
    at(folder, LAST, "2026-11-30")
    with without_refusals():
        made(folder, LAST, "2026-11-30")
    change(folder / "seeds", NEW_ROW, USED)
    with (folder / RECORD).open("a", encoding="utf-8") as record:
        record.write(ON_THE_RECORD)
    at(folder, NEXT, DAY)
    return folder


def at(folder: Path, version: str, day: str):
    """Bring all that names a version to this one: the dataset is built, and all is committed."""
    with of_version(version):
        write(derived(judged(folder / "seeds").parsed), folder / "dataset")
    (folder / "CHANGELOG.md").write_text(
        f"# Changelog\n\n## {version} ({day})\n\n### Data\n\n- One row.\n\n### Code\n\n- None.\n"
    )
    (folder / "CITATION.cff").write_bytes(citation_cff(version, day).encode())
    commit(folder)


def made(folder: Path, version: str, day: str) -> Path:
    """Make the release of a version, and return its archive."""
    with of_version(version):
        return release(folder, version, day)


def refused(folder: Path, version: str = NEXT, *, built=True) -> list[str]:
    """Return the reasons for which a version is refused as a release.

    Whether the dataset is what the seeds give takes a build; unless that is asked, it is believed.
    """
    with of_version(version), pytest.MonkeyPatch.context() as patch:
        if not built:
            patch.setattr(pipeline.release, "_dataset_disagrees", lambda _: [])
        return list(refusals(Project(folder), version, DAY))


@contextmanager
def of_version(version: str) -> Iterator[None]:
    """Let what is built be of a version."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(describe, "__version__", version)
        yield


@contextmanager
def without_refusals() -> Iterator[None]:
    """Let a release be made of what is known to be in order: to look takes a build."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline.release, "refusals", lambda *_: [])
        yield


def commit(folder: Path):
    """Commit all that is in a checkout."""
    git(folder, "add", "--all")
    who = ("-c", "user.name=A. Writer", "-c", "user.email=writer@example.org")
    git(folder, *who, "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "All of it")


def git(folder: Path, *arguments: str):
    subprocess.run(["git", "-C", str(folder), *arguments], check=True)
