"""The seeds are in order, and say what the article says where they say that it does."""

import re
import subprocess
from pathlib import Path

import pytest

from pipeline.check import check

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT.parent / "shared" / "seed"
"""Where the article is kept, by those who have it; it is not ours to publish."""

needs_the_article = pytest.mark.skipif(
    not TEXTS.is_dir(),
    reason="the article is not at hand, so no locator and anchor can be checked against it",
)


@pytest.fixture(scope="module")
def checked():
    return check(ROOT / "seeds", TEXTS if TEXTS.is_dir() else None)


def test_the_seeds_are_in_order(checked):
    assert list(checked.problems.report()) == []
    assert checked.unjudged == []


def test_nothing_stands_in_the_seeds_unused(checked):
    assert list(checked.warnings.report()) == []


@needs_the_article
def test_every_locator_and_anchor_stands_in_the_article(checked):
    assert checked.texts == ["shea-2024"]


@needs_the_article
def test_no_eight_words_of_the_article_stand_in_the_repository():
    article = _words(next(TEXTS.glob("*.txt")).read_text(encoding="utf-8"))
    runs = {tuple(article[at : at + 8]) for at in range(len(article) - 7)}
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    texts = {
        name: ROOT / name for name in tracked if not name.endswith((".parquet", ".svg", ".zip"))
    }
    copied = [
        f"{name}:{number}"
        for name, path in texts.items()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if runs
        & {tuple(words[at : at + 8]) for words in [_words(line)] for at in range(len(words) - 7)}
    ]
    assert copied == []


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9%]+", text.lower())
