"""What is imported, and when: the reader needs little, and help needs nothing."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOADED = "{name.partition('.')[0] for name in sys.modules} - sys.stdlib_module_names"


def loaded_by(program: str, after: str = "") -> set[str]:
    """Return the packages, those of the standard library apart, that a program has loaded at its
    end; without those that another, run before it in the same process, had loaded.
    """
    lines = ["import sys", after, f"before = {LOADED}", program, f"print(*({LOADED}) - before)"]
    command = [sys.executable, "-c", "\n".join(lines)]
    run = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.splitlines()[-1].split())


def test_the_reader_loads_nothing_but_pandas_and_pyarrow():
    # Asked of every module, as the functions import some of them only when they need them.
    modules = [
        f"eastflank.{path.stem}"
        for path in (ROOT / "src" / "eastflank").glob("*.py")
        if path.stem != "__init__"
    ]
    reader = f"sys.path.insert(0, 'src')\nimport eastflank, {', '.join(modules)}"
    needed = "import pandas, pyarrow.parquet, pyarrow.compute"
    assert loaded_by(reader, after=needed) == {"eastflank"}


def test_the_charts_load_nothing_but_the_reader_and_altair():
    charts = "sys.path.insert(0, 'src')\nimport eastflank.charts"
    needed = "import altair, pandas, pyarrow.parquet, pyarrow.compute"
    assert loaded_by(charts, after=needed) == {"eastflank"}


def test_to_draw_no_grammar_is_built_that_nobody_asks_for():
    # It takes two seconds, and comes with what JupyterLab asks of newer versions of jsonschema.
    assert not loaded_by("import altair") & {"lark", "rfc3987_syntax"}


def test_help_loads_no_library():
    told = "try:\n    runpy.run_path('build.py', run_name='__main__')\nexcept SystemExit as end:\n    assert end.code == 0"
    for verb in ([], ["build"], ["check"], ["tidy"]):
        loaded = loaded_by(f"import runpy, sys; sys.argv = ['build.py', *{verb}, '--help']\n{told}")
        assert not loaded & {"pandas", "pyarrow", "pandera", "numpy", "schemas", "pipeline"}


def test_a_build_loads_nothing_of_the_tests_or_notebooks():
    loaded = loaded_by(
        "import pipeline.check, pipeline.derive, pipeline.describe, pipeline.summary, pipeline.tidy, pipeline.write"
    )
    assert "pandera" in loaded
    assert not loaded & {
        "altair",
        "duckdb",
        "edtf",
        "frictionless",
        "hypothesis",
        "IPython",
        "polars",
        "pytest",
    }
