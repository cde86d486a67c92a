"""The reader answers alike from a checkout, an editable install, a wheel and an sdist's wheel,
each with the dataset in it.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from eastflank import __version__

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import json, sys
import eastflank as ef

card = ef.record("can-2pct-gdp")
answers = {
    "version": ef.__version__,
    "tables": ef.tables().to_csv(),
    "loaded": {name: [ef.load(name).to_csv(), str(ef.load(name).dtypes.to_dict()), ef.load(name).attrs] for name in ef.tables().index},
    "codebook": ef.codebook().to_csv(),
    "released": [ef.versions().to_csv(), ef.load("commitments", version="0.1.0").to_csv()],
    "record": [repr(card), card._repr_html_()],
    "evidence": ef.evidence("can-2pct-gdp-level", field="due").to_csv(),
    "cited": [[each.text, each.bibtex, each.csl] for each in (ef.cite(), ef.cite("targets"), ef.cite("can-2pct-gdp"))],
}
json.dump({"from": ef.__file__, "answers": answers}, sys.stdout)
"""


def run(*command, **options) -> str:
    """Run a command and return what it printed; if it fails, show all that it said."""
    done = subprocess.run(
        [str(part) for part in command],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
        **options,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def checkout(small, tmp_path_factory) -> Path:
    """A copy of this checkout with the dataset of the small world,
    in which builds may leave what they like.
    """
    copy = tmp_path_factory.mktemp("checkout") / "eastflank"
    left = shutil.ignore_patterns(".*", "*.egg-info", "__pycache__", "build", "dist", "dataset")
    shutil.copytree(ROOT, copy, ignore=left)
    shutil.copytree(small.folder, copy / "dataset")
    return copy


def built(checkout: Path, folder: Path, *what: str) -> Path:
    """Build distributions of a checkout into a folder,
    with the hatchling that is installed here.
    """
    # From elsewhere: in the checkout, `python -m build` would run its build.py.
    run(
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        *what,
        "--outdir",
        folder,
        checkout,
        cwd=folder,
    )
    return folder


@pytest.fixture(scope="module")
def wheel(checkout, tmp_path_factory) -> Path:
    """The wheel that is built from the checkout itself."""
    [path] = built(checkout, tmp_path_factory.mktemp("wheel"), "--wheel").glob("*.whl")
    return path


@pytest.fixture(scope="module")
def sdist(checkout, tmp_path_factory) -> Path:
    """The sdist that is built from the checkout,
    with the wheel that is built from it lying beside it.
    """
    [path] = built(checkout, tmp_path_factory.mktemp("sdist")).glob("*.tar.gz")
    return path


@pytest.fixture(scope="module")
def wheel_of_sdist(sdist) -> Path:
    [path] = sdist.parent.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """A function that installs something into a fresh environment, if given,
    and returns the environment's Python.

    The environment sees what is installed here behind what it has itself,
    so that pandas need not be installed again.
    """

    def make(*what) -> Path:
        folder = tmp_path_factory.mktemp("environment")
        venv.create(folder, symlinks=os.name != "nt")
        site = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)}))
        (site / "here.pth").write_text(
            "\n".join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}),
            encoding="utf-8",
        )
        made = Path(sysconfig.get_path("scripts", "venv", {"base": str(folder)})) / "python"
        if what:
            alone = [
                "--quiet",
                "--no-deps",
                "--no-index",
                "--no-build-isolation",
                "--ignore-installed",
            ]
            run(made, "-m", "pip", "install", *alone, *what)
        return made

    return make


@pytest.fixture(scope="module")
def answers(checkout, wheel, python, tmp_path_factory) -> dict[str, dict]:
    """What a program outside the checkout is told by each way of having the reader: where from,
    and the answers. The wheel of the sdist is that of the checkout, file by file.
    """
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    ways = {
        "checkout": (python(), {"PYTHONPATH": str(checkout / "src")}),
        "editable install": (python("--editable", checkout), {}),
        "wheel": (python(wheel), {}),
    }
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTHON")
    }
    return {
        way: json.loads(run(made, "-c", PROGRAM, cwd=elsewhere, env=environment | more))
        | {"prefix": str(made.parents[1])}
        for way, (made, more) in ways.items()
    }


def test_each_way_has_a_reader_of_its_own(answers, checkout):
    source = str(checkout / "src" / "eastflank" / "__init__.py")
    assert {way: answers[way]["from"] for way in ("checkout", "editable install")} == {
        "checkout": source,
        "editable install": source,
    }
    assert Path(answers["wheel"]["from"]).is_relative_to(answers["wheel"]["prefix"])


def test_all_ways_give_the_same_answers(answers, checkout):
    expected = answers["checkout"]["answers"]
    package = json.loads((checkout / "dataset" / "datapackage.json").read_text(encoding="utf-8"))
    assert expected["version"] == __version__
    assert package["fingerprint"] in expected["cited"][0][0]
    for way, told in answers.items():
        assert told["answers"] == expected, way


def test_the_wheel_holds_the_reader_its_dataset_and_its_releases_and_nothing_else(wheel, checkout):
    folders = {
        "eastflank": checkout / "src" / "eastflank",
        "eastflank/dataset": checkout / "dataset",
        "eastflank/releases": checkout / "releases",
    }
    expected = {
        f"{inside}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for inside, folder in folders.items()
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    with zipfile.ZipFile(wheel) as file:
        held = {name: file.read(name) for name in file.namelist() if ".dist-info/" not in name}
    assert held == expected


def test_the_wheel_of_the_sdist_is_the_wheel_of_the_checkout(wheel, wheel_of_sdist):
    def contents(path):
        with zipfile.ZipFile(path) as file:
            return {name: file.read(name) for name in file.namelist()}

    assert wheel_of_sdist.name == wheel.name
    assert contents(wheel_of_sdist) == contents(wheel)


def test_the_sdist_holds_what_the_wheel_is_made_of_and_nothing_else(sdist):
    with tarfile.open(sdist) as file:
        held = {Path(member.name).parts[1] for member in file if member.isfile()}
    assert held == {
        "LICENSE",
        "LICENSE-data",
        "PKG-INFO",
        "README.md",
        "dataset",
        "pyproject.toml",
        "releases",
        "src",
    }


def test_the_wheel_asks_for_pandas_and_pyarrow_alone_and_carries_both_licences(wheel):
    with zipfile.ZipFile(wheel) as file:
        inside = f"eastflank-{__version__}.dist-info"
        metadata = Parser().parsestr(file.read(f"{inside}/METADATA").decode())
        licences = {
            name.rpartition("/")[2]
            for name in file.namelist()
            if name.startswith(f"{inside}/licenses/") and not name.endswith("/")
        }
    needed = [each for each in metadata.get_all("Requires-Dist") if "extra ==" not in each]
    assert sorted(each.partition(">")[0] for each in needed) == ["pandas", "pyarrow"]
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == "MIT AND CC-BY-4.0"
    assert licences == {"LICENSE", "LICENSE-data"}
