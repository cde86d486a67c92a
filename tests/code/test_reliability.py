"""How far two codings agree is computed from what is published, as the library computes it."""

import csv
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import pytest

from pipeline.reliability import SAMPLES, _agreement, drawn_alphas, reliability, score

ROOT = Path(__file__).resolve().parents[2]


def write(path: Path, header: str, *rows: str):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


@pytest.fixture
def corpus(tmp_path) -> Path:
    """Two codings of four passages: the coders differ on one, and each has a commitment alone."""
    passages = "corpus_id,source_id,locator,commitment_id,reason,actor_id,read,note"
    folder = tmp_path / "text"
    for coder, reasons in (("coder-a", "event"), ("coder-b", "assessment")):
        own = f"{coder}-1"
        write(
            folder / coder / "passages.csv",
            passages,
            f"text,doc,p1.s1,{own},not-applicable,not-applicable,whole,",
            "text,doc,p1.s2,not-applicable,event,not-applicable,whole,",
            f"text,doc,p1.s3,not-applicable,{reasons},not-applicable,whole,",
            f"text,doc,p1.s4,{own}-more,not-applicable,not-applicable,whole,",
        )
        commitments = "commitment_id,domain,bindingness,form,date"
        write(
            folder / coder / "commitments.csv",
            commitments,
            f"{own},aid,norm,give,2024",
            f"{own}-more,aid,norm,act,2024",
        )
        targets = "target_id,form,applies,measure,unit,comparator,value,due"
        write(folder / coder / "targets.csv", targets)
        write(
            folder / coder / "commitment_actors.csv",
            "commitment_id,actor_id,role",
            f"{own},poland,promisor",
        )
    write(
        folder / "matching.csv",
        "kind,a_id,b_id",
        "commitment,coder-a-1,coder-b-1",
        "commitment,coder-a-1-more,",
        "commitment,,coder-b-1-more",
    )
    return folder


def test_passages_agree_where_both_say_the_same(corpus):
    rows = {row[1]: row[2:] for row in score(corpus)}
    units, agreement, alpha, *_ = rows["passages.verdict"]
    assert (units, agreement) == (4, 0.75)
    verdicts = [[0, 1, 1, 0], [0, 1, 2, 0]]
    expected = krippendorff.alpha(verdicts, level_of_measurement="nominal")
    assert alpha == round(expected, 3)


def test_commitments_are_found_by_both_or_by_one(corpus):
    rows = {row[1]: row[2:] for row in score(corpus)}
    assert rows["commitments.found"][:2] == (3, 0.333)
    assert rows["commitments.domain"][:3] == (1, 1.0, None)


def test_a_sheet_that_was_never_matched_is_compared_by_its_passages(corpus):
    assert [row[1] for row in score(corpus, "coder-b", "coder-a")] == ["passages.verdict"]


def test_a_blank_sheet_judges_nothing(corpus):
    rows = (corpus / "coder-b" / "passages.csv").read_text(encoding="utf-8").splitlines()
    blank = ["text,doc,p1.s1,,,not-applicable,whole,"]
    write(corpus / "human" / "passages.csv", rows[0], *blank)
    assert score(corpus, "coder-a", "human")[0][2] == 0


@pytest.mark.parametrize("values", [2, 5])
def test_the_bootstrap_is_what_the_library_says_of_each_sample(values):
    rng = np.random.default_rng(1)
    coded = rng.integers(0, values, (2, 12))
    coded[1, :8] = coded[0, :8]
    mine = drawn_alphas(coded, values)
    assert len(mine) == SAMPLES
    from pipeline.reliability import SEED

    draws = np.random.default_rng(SEED).integers(0, 12, (SAMPLES, 12))
    for alpha, draw in list(zip(mine, draws, strict=True))[:50]:
        sample = coded[:, draw].astype(float)
        if len(np.unique(sample)) > 1:
            expected = krippendorff.alpha(sample, level_of_measurement="nominal")
            assert alpha == pytest.approx(expected)


def test_the_interval_leaves_out_a_fortieth_of_the_samples_at_each_end():
    rng = np.random.default_rng(1)
    first, second = (pd.Series(each) for each in rng.integers(0, 5, (2, 60)))
    second[:40] = first[:40]
    *_, low, high = _agreement("any", first, second)
    alphas = np.sort(drawn_alphas(np.array([first, second]), 5))
    for limit, below in ((low, SAMPLES // 40), (high, SAMPLES - SAMPLES // 40)):
        assert alphas[below - 1] - 0.001 <= limit <= alphas[below] + 0.001


def test_the_published_codings_have_a_verdict_on_every_passage():
    for path in sorted((ROOT / "reliability").glob("*/coder-*/passages.csv")):
        for row in csv.DictReader(path.open(encoding="utf-8", newline="")):
            made = row["commitment_id"] != "not-applicable"
            assert made != (row["reason"] != "not-applicable"), (path, row["locator"])


def test_the_published_codings_give_a_row_for_every_corpus_of_texts():
    found = reliability(ROOT / "reliability")
    assert set(found["corpus_id"]) == {"article-2024", "hague-2025", "washington-week-2024"}
