"""Evidence is held against the text that it names: sentence and anchor must stand there."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.locate import sentences
from tests.worlds import judged

TEXT = Path(__file__).resolve().parents[1] / "text.txt"
"""The text of the source `small-text-2024`."""


@pytest.fixture
def texts(tmp_path) -> Path:
    """A folder of texts with that of the one source that has one."""
    folder = tmp_path / "texts"
    folder.mkdir()
    shutil.copy(TEXT, folder)
    return folder


def test_paragraphs_are_the_lines_that_are_not_blank_and_sentences_are_numbered_within_them():
    found = sentences("A title\n\n  \nOne is here. Two is here.\nThree is here.\n")
    assert found == {
        "p1.s1": "A title",
        "p2.s1": "One is here.",
        "p2.s2": "Two is here.",
        "p3.s1": "Three is here.",
    }


@pytest.mark.parametrize(
    "paragraph",
    [
        "It rose to 1.74 per cent.",
        "Gen. Cavoli met Mr. Shea and Dr. J. Smith in St. Petersburg.",
        "The U.S. Army left, e.g. Brigade No. 9 went.",
        "1. Will Poland do it?",
        "Three fields: 1. Cyber; 2. Space.",
        "The last of the fields: 12. Space.",
        "Two thirds (e.g. 6,000) of the guards, i.e. Poland’s own, vs. Lithuania’s.",
    ],
)
def test_a_full_stop_in_a_number_an_abbreviation_or_a_numeral_ends_no_sentence(paragraph):
    assert list(sentences(paragraph).values()) == [paragraph]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Poland acts.", "Canada waits."),
        ("Will it act?", "It will!"),
        ("It fell to 1.74.", "Canada pays."),
        ("It is a “decisive enabler.”", "China denies it."),
        ('He said "no."', "Then he left."),
        ("He left.", "“No,” he said."),
        ("It has 12 in 2024.", "Canada has none."),
        ("Poland acts.", "9,000 guards will go."),
        ("No.", "Canada waits."),
        ("They met on 10 July, 2024.", "Canada left."),
        ("Canada has three: 101.", "Poland has none."),
        ("2. Will Poland act?", "Canada waits."),
    ],
)
def test_a_sentence_ends_before_the_next_one(first, second):
    assert list(sentences(f"{first} {second}").values()) == [first, second]


def test_evidence_that_stands_in_its_text_is_in_order(seeds, texts):
    checked = judged(seeds, texts)
    assert (list(checked.problems), checked.texts) == ([], ["small-text-2024"])


def test_a_numbered_paragraph_is_found_by_its_number(seeds, texts):
    """Declarations number their paragraphs, and are cited by these numbers."""
    put(seeds, "p3.s1,Will Poland do it?", "para.1,Will Poland do it?")
    assert list(judged(seeds, texts).problems) == []


def test_a_locator_of_no_sentence_is_refused(seeds, texts):
    put(seeds, "p3.s1,Will Poland do it?", "p3.s2,Will Poland do it?")
    assert list(judged(seeds, texts).problems.report()) == [
        "seeds/evidence.csv:20:locator: 'p3.s2' names p3.s2, and the text of small-text-2024 has "
        "no such sentence [locator]",
    ]


def test_an_anchor_that_does_not_stand_in_its_sentence_is_refused(seeds, texts):
    put(seeds, "p3.s1,Will Poland do it?", "p3.s1,Will Canada do it?")
    assert list(judged(seeds, texts).problems.report()) == [
        "seeds/evidence.csv:20:anchor: 'Will Canada do it?' does not stand in p3.s1 of "
        "small-text-2024 [anchor]",
    ]


def test_each_of_several_places_is_looked_for_and_the_anchor_in_the_first(seeds, texts):
    put(seeds, "p2.s2,by 2034", "p2.s2;p4.s1,by 2034")
    put(seeds, "p2.s2,2%", "p2.s1;p2.s2,2%")
    put(seeds, "p3.s1,Will Poland do it?", "p3.s1;p1.s1,Will Poland do it?")
    assert list(judged(seeds, texts).problems.report()) == [
        "seeds/evidence.csv:8:locator: 'p2.s2;p4.s1' names p4.s1, and the text of small-text-2024 "
        "has no such sentence [locator]",
        "seeds/evidence.csv:9:anchor: '2%' does not stand in p2.s1 of small-text-2024 [anchor]",
    ]


def test_evidence_from_another_source_is_not_held_against_the_text(seeds, texts):
    put(
        seeds,
        "gazette-2025,not-applicable,not-applicable,confirms",
        "gazette-2025,p9.s9,in another text,confirms",
    )
    told = {problem.rule for problem in judged(seeds, texts).problems}
    assert told == {"only_a_kept_text_has_numbered_sentences"}


def test_a_file_that_differs_from_the_text_of_a_source_checks_nothing(seeds, texts):
    put(seeds, "p3.s1,Will Poland do it?", "p3.s2,Will Poland do it?")
    (texts / "text.txt").write_bytes(TEXT.read_bytes() + b"\n")
    checked = judged(seeds, texts)
    assert (list(checked.problems), checked.texts) == ([], [])


def test_a_file_that_is_no_text_is_refused(seeds, texts):
    """Somebody may keep the PDF of a source, and no sentence can be found in that."""
    scan = b"%PDF-1.7 \xe2\xe3\xcf\xd3"
    (texts / "scan.pdf").write_bytes(scan)
    put(seeds, sha256(TEXT.read_bytes()).hexdigest(), sha256(scan).hexdigest(), "sources.csv")
    checked = judged(seeds, texts)
    assert [(problem.file, problem.line, problem.column) for problem in checked.problems] == [
        ("seeds/sources.csv", 3, "text_sha256")
    ]
    assert checked.texts == []


def put(seeds: Path, old: str, new: str, seed: str = "evidence.csv"):
    """Put new words in the place of old ones, which must stand in a seed exactly once."""
    text = (seeds / seed).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (seeds / seed).write_text(text.replace(old, new), encoding="utf-8")


def test_a_long_paragraph_of_abbreviations_is_split_in_one_pass():
    """Each look goes back some words, and not to the start: else this would take minutes."""
    paragraph = "A. B. " * 40_000
    assert list(sentences(paragraph)) == ["p1.s1"]


def test_what_is_no_end_is_none_far_into_a_sentence_too():
    long = "x" * 100
    assert list(sentences(f"{long} Gen. Bauer came. 7. {long}").values()) == [
        f"{long} Gen. Bauer came.",
        f"7. {long}",
    ]
    assert list(sentences(f"{long} ended in 12. Then it was over.").values()) == [
        f"{long} ended in 12.",
        "Then it was over.",
    ]
