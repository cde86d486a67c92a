"""The files of one dataset, in a folder or in an archive: each is checked when it is read.

The descriptor, `datapackage.json`, is read once and says what every file must be. So no table comes
out of a damaged file, of another version, or of a build that took this one's place.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import pyarrow as pa

DESCRIPTOR = "datapackage.json"

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
"""What `zipfile` raises where an archive is damaged, by where in it the damage is."""


class Folder:
    """A folder with a dataset. Raises FileNotFoundError where it has none."""

    def __init__(self, path: Path):
        self.path = path
        if not (path / DESCRIPTOR).exists():
            raise FileNotFoundError(
                f"there is no dataset in {path}; in a checkout, `python build.py` makes it"
            )

    def read(self, name: str) -> bytes:
        """Return the bytes of a file. Raises FileNotFoundError where there is none."""
        return (self.path / name).read_bytes()

    def names(self) -> list[str]:
        """Return the names of what is in it."""
        return sorted(path.name for path in self.path.iterdir() if path.name != "__pycache__")


class Archive:
    """The dataset in a release's archive: read once and as a whole, and not unpacked to disk.

    Raises FileNotFoundError where the archive is not there or holds no dataset, and ValueError
    where its SHA-256 is another than the one that is expected, or where it is no archive.
    """

    def __init__(self, path: Path, expected: str | None = None):
        self.path = path
        held = path.read_bytes()
        found = sha256(held).hexdigest()
        if expected is not None and found != expected:
            raise ValueError(
                f"{path} is not as it was released: its SHA-256 is {found}, and was {expected}; "
                "get the archive again"
            )
        try:
            with zipfile.ZipFile(BytesIO(held)) as archive:
                names = [name for name in archive.namelist() if name.endswith(f"/{DESCRIPTOR}")]
                # The dataset's own descriptor stands above any that a folder in it may have.
                inside = min(names, key=len, default="").removesuffix(DESCRIPTOR)
                self._files = {
                    name.removeprefix(inside): archive.read(name)
                    for name in archive.namelist()
                    if inside and name.startswith(inside) and not name.endswith("/")
                }
        except DAMAGED as error:
            raise ValueError(f"{path} is damaged or no archive: {error}") from error
        if not self._files:
            raise FileNotFoundError(f"there is no dataset in {path}")

    def read(self, name: str) -> bytes:
        """Return the bytes of a file. Raises FileNotFoundError where there is none."""
        if name not in self._files:
            raise FileNotFoundError(f"there is no {name} in {self.path}")
        return self._files[name]

    def names(self) -> list[str]:
        """Return the names of what is in it."""
        return sorted({PurePosixPath(name).parts[0] for name in self._files})


Place = Folder | Archive


class Store(Mapping):
    """The tables of a dataset by name, as frames: each file is read when it is first asked for.

    Raises ValueError where a file is not the one that the descriptor tells of, or where the
    descriptor contradicts itself.
    """

    def __init__(self, place: Place):
        self.place = place
        self.descriptor = place.read(DESCRIPTOR)
        self._frames: dict[str, pd.DataFrame] = {}
        self._schemas: dict[str, pa.Schema] = {}
        try:
            is_ours = self.package["name"] == "eastflank"
            whole, told = self._of_tables(), self.package["fingerprint"]
        except (ValueError, KeyError, TypeError):
            is_ours = False
        if not is_ours:
            raise ValueError(f"{place.path}: {DESCRIPTOR} is damaged or not of this dataset")
        if whole != told:
            raise ValueError(
                f"{place.path}: {DESCRIPTOR} is damaged: its tables have together the fingerprint "
                f"{whole}, and it names {told}"
            )

    @cached_property
    def package(self) -> dict:
        """The descriptor."""
        return json.loads(self.descriptor)

    @cached_property
    def resources(self) -> dict[str, dict]:
        """What the descriptor says of each table, by name and in its order."""
        tables = self.package["resources"]
        return {each["name"]: each for each in tables if each["format"] == "parquet"}

    def _of_tables(self) -> str:
        lines = (f"{name} {each['fingerprint']}\n" for name, each in sorted(self.resources.items()))
        return sha256("".join(lines).encode()).hexdigest()

    def attrs(self, name: str) -> dict[str, str]:
        """Return what a frame of a table tells of itself, which stays with what is selected."""
        return {
            "dataset": "eastflank",
            "table": name,
            "version": self.package["version"],
            "table_fingerprint": self.resources[name]["fingerprint"],
        }

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            frame = pd.read_parquet(BytesIO(self._bytes(name)))
            told, version = frame.attrs.get("version"), self.package["version"]
            if told != version:
                raise ValueError(
                    f"{self.place.path}: {DESCRIPTOR} is damaged: it names version {version}, and "
                    f"{self.resources[name]['path']} is of version {told}"
                )
            frame.attrs = self.attrs(name)
            self._frames[name] = frame
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.resources)

    def __len__(self) -> int:
        return len(self.resources)

    def schema(self, name: str) -> pa.Schema:
        """Return the schema of a table, with what its file says of it and of its columns."""
        from pyarrow.parquet import read_schema

        if name not in self._schemas:
            self._schemas[name] = read_schema(BytesIO(self._bytes(name)))
        return self._schemas[name]

    def _bytes(self, name: str) -> bytes:
        """Return the bytes of a table's file, once they are those that the descriptor means."""
        try:
            held = self.place.read(self.resources[name]["path"])
            fault = self.fault(name, held)
        except FileNotFoundError:
            fault = "is missing"
        if fault is None:
            return held
        if self._was_replaced():
            raise ValueError(
                f"the dataset in {self.place.path} was built anew since it was opened, and one "
                "session never mixes two; open it again"
            )
        raise ValueError(
            f"{self.place.path}: {self.resources[name]['path']} {fault}; "
            "eastflank.verify() looks at every file; install, build or get the dataset again"
        )

    def fault(self, name: str, held: bytes) -> str | None:
        """Return in words why bytes are not those of a table's file, or None where they are."""
        described = self.resources[name]
        if "hash" in described:
            found = f"sha256:{sha256(held).hexdigest()}"
            if found == described["hash"]:
                return None
            return f"is not the file that was built: {found}, and {described['hash']} was"
        # Before 0.3.0, descriptors had no hash of the file.
        found = content(held)
        if found == described["fingerprint"]:
            return None
        return (
            f"is not the table that was built: its fingerprint is {found}, and "
            f"{described['fingerprint']} was"
        )

    def _was_replaced(self) -> bool:
        try:
            return self.place.read(DESCRIPTOR) != self.descriptor
        except FileNotFoundError:
            return True


def content(held: bytes) -> str:
    """Return the fingerprint of what a Parquet file holds, or why it has none."""
    import pyarrow as pa

    from eastflank.fingerprint import fingerprint

    try:
        # Through pandas, whose own description of the file can be damaged as well.
        frame = pd.read_parquet(BytesIO(held))
        return fingerprint(pa.Table.from_pandas(frame, preserve_index=False))
    except (pa.ArrowException, OSError, TypeError, ValueError, KeyError):
        return "none, as it cannot be read"


def about(held: bytes) -> dict:
    """Return what a Parquet file says of itself; it is empty where the file cannot be read."""
    import pyarrow as pa
    from pyarrow.parquet import read_schema

    try:
        told = (read_schema(BytesIO(held)).metadata or {}).get(b"eastflank")
        return json.loads(told) if told else {"dataset": None}
    except (pa.ArrowException, OSError, ValueError):
        return {}


def installed() -> Path:
    """Return the folder of the dataset: in the installed package, or at the top of the checkout.

    Raises FileNotFoundError where neither has one.
    """
    here = Path(__file__).resolve().parent
    for place in (here / "dataset", here.parents[1] / "dataset"):
        if (place / DESCRIPTOR).exists():
            return place
    raise FileNotFoundError(
        f"no dataset in {here} nor in {here.parents[1]}; in a checkout, `python build.py` makes it"
    )
