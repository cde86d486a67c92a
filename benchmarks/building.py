"""What a build of the real seeds costs: over importing its libraries, and beside frictionless.

All are timed in fresh processes. frictionless validates the same seeds by the types, keys,
references and codelists of the same contracts, and no rule besides; it needs the extra `test`.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from timing import ROOT, Ratio, alternate, python

RUNS = 3

LIBRARIES = "import pandas, pandera.pandas, pyarrow.compute, pyarrow.csv, pyarrow.parquet"


def ratios() -> Iterator[Ratio]:
    """Yield the ratios of the build and of the check."""
    with tempfile.TemporaryDirectory() as scratch:
        built, package = Path(scratch, "dataset"), _of_the_seeds(Path(scratch, "package"))
        ours, bare = alternate(
            lambda: python(ROOT / "build.py", "--dataset", built),
            lambda: python("-c", LIBRARIES),
            RUNS,
        )
        yield Ratio("build.py", "import pandas, pandera, pyarrow", ours, bare)
        ours, bare = alternate(
            lambda: python(ROOT / "build.py", "check"),
            lambda: python("-m", "frictionless", "validate", package),
            RUNS,
        )
        yield Ratio("build.py check", "frictionless validate", ours, bare)


def _of_the_seeds(folder: Path) -> Path:
    """Put the seeds into a folder with a descriptor, made of the dataset's; return its path.

    A quantity is text there: frictionless knows no ranges.
    """
    sys.path.insert(0, str(ROOT))
    import schemas

    package = json.loads((ROOT / "dataset" / "datapackage.json").read_text(encoding="utf-8"))
    shutil.copytree(ROOT / "seeds", folder)
    resources = []
    for resource in package["resources"]:
        if not (folder / f"{resource['name']}.csv").exists():
            continue
        schema = resource["schema"]
        ranges = {
            each.name for each in schemas.columns(resource["name"]) if each.kind == "quantity"
        }
        fields = [
            field | ({"type": "string"} if field["name"] in ranges else {})
            for field in schema["fields"]
            if not field.get("derived")
        ]
        names = {field["name"] for field in fields}
        keys = [key for key in schema.get("foreignKeys", []) if names.issuperset(key["fields"])]
        csv = {"path": f"{resource['name']}.csv", "format": "csv", "mediatype": "text/csv"}
        resource.pop("hash")  # of the Parquet
        resources.append(resource | csv | {"schema": schema | {"fields": fields}})
        resources[-1]["schema"]["foreignKeys"] = keys
    path = folder / "datapackage.json"
    path.write_text(json.dumps(package | {"resources": resources}), encoding="utf-8")
    return path


if __name__ == "__main__":
    for ratio in ratios():
        print(ratio, flush=True)
