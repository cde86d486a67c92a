"""What README shows is what a reader gets."""

import re
from pathlib import Path

import front_page
import pytest

import eastflank as ef

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", front_page.MAKERS)
def test_what_is_made_stands_in_readme_as_it_is_now(name):
    block = f"<!-- made: {name} -->\n\n{front_page.MAKERS[name](README)}\n\n<!-- end -->"
    assert block in README, f"run python notebooks/run.py; README must show:\n{block}"


def test_every_line_of_the_second_example_runs():
    names = {"ef": ef, "tracker": ef.load("tracker")}
    exec(re.sub(r"print\((.*)\)", r"\1", front_page.PYTHON.findall(README)[1]), names)
