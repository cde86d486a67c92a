"""The released versions: each opens, holds what it says, and differs as the changelog tells."""

import re
from itertools import pairwise

import pandas as pd
import pytest

import eastflank as ef
from eastflank import charts, releases
from eastflank.diff import OF_SHAPE, RENAMED

RELEASED = [each["version"] for each in releases.index()]
# The installed one may be the last that was released.
ALL = list(dict.fromkeys([*RELEASED, ef.__version__]))
PAIRS = list(pairwise(ALL))


@pytest.fixture(scope="module")
def changes():
    """What changed from each version to the next."""
    return {pair: ef.diff(*pair) for pair in PAIRS}


def rows(frame: pd.DataFrame, table: str, record: str) -> dict[str, tuple[str, str]]:
    """Return the cells of a record that changed, by column."""
    of_one = frame[(frame["table"] == table) & (frame["record"] == record)]
    return {row.column: (row.before, row.after) for row in of_one.itertuples()}


@pytest.mark.parametrize("version", RELEASED)
def test_every_released_version_is_at_hand_and_verified(version):
    entry = releases.released(version)
    assert ef.verify(version)["fine"].all()
    data = ef.Dataset(version=version)
    assert data.package["fingerprint"] == entry["fingerprint"] == ef.cite(data=data).fingerprint
    assert data.tables()["rows"].to_dict() == entry["rows"]
    assert set(data.codebook()["table"]) == set(data.names)
    assert f"{data.closing:%Y-%m-%d}" == entry["closing"]
    for table in data.names:
        cited = ef.cite(data.load(table))
        assert (cited.version, cited.issued) == (version, entry["released"])
        assert cited.fingerprint == data.load(table).attrs["table_fingerprint"]


def test_versions_are_in_order_and_end_with_the_installed_one():
    listed = ef.versions()
    assert listed["version"].to_list() == list(dict.fromkeys([*RELEASED, ef.__version__]))
    assert listed["released"].dropna().is_monotonic_increasing
    assert listed["at_hand"].all()


@pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
def test_of_an_old_version_there_is_the_evidence_and_no_record_for_want_of_outcomes(version):
    data = ef.Dataset(version=version)
    assert len(ef.evidence("can-2pct-gdp", data=data))
    with pytest.raises(ValueError, match="has no outcomes"):
        ef.record("can-2pct-gdp", data=data)


@pytest.mark.parametrize("version", ["0.1.0", "0.2.0", "0.3.0"])
def test_states_of_knowledge_of_an_old_version_are_refused_with_the_reason(version):
    why = f"the rules that make states of knowledge are .+ of version {re.escape(version)}: load"
    with pytest.raises(ValueError, match=why):
        ef.load("tracker", version=version, as_of="2024-07-31")
    with pytest.raises(ValueError, match=why):
        ef.Dataset(version=version, stated_by="shea-2024")
    with pytest.raises(ValueError, match="the rules that make shares are those of eastflank"):
        ef.shares(data=ef.Dataset(version=version))


def test_no_chart_is_drawn_of_a_version_of_another_shape():
    old = ef.Dataset(version="0.1.0")
    for draw in (charts.lives, charts.joins, lambda data: charts.slips("shea-2024", data=data)):
        with pytest.raises(ValueError, match="0.1.0> has no outcomes, on which .+ and charts rest"):
            draw(data=old)


def test_what_was_cited_of_an_old_version_comes_back_from_its_archive(tmp_path):
    tracker = ef.load("tracker", version="0.1.0")
    kept = tracker[tracker["unit"] == "persons"]
    cited = ef.cite(kept)
    cited.save(tmp_path / "kept.json")
    assert "(2026)" in cited.text and "(version 0.1.0)" in cited.title
    pd.testing.assert_frame_equal(ef.recall(tmp_path / "kept.json"), kept.reset_index(drop=True))


@pytest.mark.parametrize("table", ef.Dataset().names)
def test_every_table_comes_back_from_a_csv_as_what_it_was(table, tmp_path):
    frame = ef.load(table)
    frame.to_csv(tmp_path / "rows.csv", index=False)
    read = pd.read_csv(tmp_path / "rows.csv", low_memory=False)
    assert ef.cite(read) == ef.cite(frame)


@pytest.mark.parametrize("name", ["Poland", "nato", "can-2pct-gdp", "shea-2024"])
def test_every_frame_of_a_record_is_cited_from_a_csv_as_from_the_reader(name, tmp_path):
    record = ef.record(name)
    for frame in [*record.related.values(), record.evidence, record.conflicts]:
        frame.to_csv(tmp_path / "rows.csv", index=False)
        read = pd.read_csv(tmp_path / "rows.csv", low_memory=False)
        cited = ef.cite(frame)
        assert cited.selection.table == frame.attrs["table"]
        assert ef.cite(read) == cited, list(frame.columns)


def test_the_panel_is_cited_from_a_csv_as_from_the_reader(tmp_path):
    ef.panel().to_csv(tmp_path / "rows.csv", index=False)
    read = pd.read_csv(tmp_path / "rows.csv", low_memory=False)
    assert ef.cite(read) == ef.cite(ef.panel())
    assert ef.cite(ef.panel()).selection.table == "panel"


def test_shares_are_cited_as_the_outcomes_that_they_count():
    whole = ef.cite(ef.shares())
    assert whole.selection.table == "outcomes"
    of_one = ef.shares("allies-2pct")
    counted = ef.counted("allies-2pct")
    assert ef.cite(of_one) == ef.cite(of_one.head(1)) == ef.cite(counted)
    assert len(counted) < len(whole.selection.ids) < len(ef.load("outcomes"))
    with pytest.raises(ValueError, match="says something else than the shares of allies-2pct"):
        ef.cite(of_one.assign(n=of_one["n"] + 1))


# What changed


def test_from_0_1_to_0_2_is_what_the_changelog_tells(changes):
    """Canada's 2% by 2032 (not 2034), soldiers (not border guards), Norway as a sixth state."""
    frame = changes["0.1.0", "0.2.0"].frame
    assert rows(frame, "targets", "can-2pct-gdp-level")["due"] == ("2034", "2032")
    before, after = rows(frame, "commitments", "pol-eastern-shield")["summary"]
    assert "border guards" in before and "soldiers" in after and "Safe Podlasie" in after
    before, after = rows(frame, "commitments", "border-drone-system")["summary"]
    assert "Norway" not in before and "Norway" in after
    # Ids stay; offices, watchpoints and evidence are as told.
    assert set(frame.loc[frame["change"] == "removed", "table"]) == {
        "commitment_actors",
        "event_actors",
    }
    status = frame[(frame["table"] == "watchpoints") & (frame["column"] == "status")]
    assert len(status)
    added = frame[frame["change"] == "added"].groupby("table").size()
    assert (added["commitments"], added["targets"], added["observations"]) == (109, 169, 801)


def test_from_0_2_on_renamed_and_new_columns_and_tables_are_told_as_such(changes):
    frame = changes[PAIRS[1]].frame
    shape = frame[frame["change"].isin(OF_SHAPE)]
    told = set(zip(shape["table"], shape["column"], shape["change"], strict=True))
    assert {
        ("commitments", "last_milestone", "column-added"),
        ("tracker", "standing", "column-added"),
        ("tracker", "status", "column-removed"),
        ("targets", "value_low", "column-added"),
        ("targets", "value", "column-retyped"),
    } <= told
    new_tables = set(shape.loc[shape["change"] == "table-added", "table"])
    assert {"outcomes", "panel", "corpora", "passages", "retired"} <= new_tables
    # A renamed key does not make a table's rows new.
    evidence = frame[(frame["table"] == "evidence") & frame["column"].isna()]
    assert (evidence["change"] == "added").sum() < len(ef.load("evidence"))


def test_every_rename_that_is_declared_happened_and_is_told(changes):
    frames = pd.concat([each.frame for each in changes.values()])
    renamed = frames[frames["change"] == "column-renamed"]
    assert {(row.table, row.before): row.after for row in renamed.itertuples()} == RENAMED


@pytest.mark.parametrize("pair", PAIRS, ids=" to ".join)
def test_every_id_that_went_is_told_as_retired(pair, changes):
    frame = changes[pair].frame
    went = frame[frame["change"] == "removed"]
    data = ef.Dataset(version=pair[0])
    assert set(data.with_records()).isdisjoint(went["table"])


@pytest.mark.parametrize("pair", PAIRS, ids=" to ".join)
def test_no_column_went_whose_content_another_took_over(pair):
    """Such a column was renamed, and is to stand in RENAMED."""
    old, new = (ef.Dataset(version=version) for version in pair)
    for name in set(old.names) & set(new.names):
        key = new.key(name)
        if not set(key) <= set(old.frames[name].columns):
            continue
        before, after = (data.frames[name].set_index(key) for data in (old, new))
        common = before.index.intersection(after.index)
        for was in before.columns.difference(after.columns):
            cells = before.loc[common, was].astype("str")
            if cells.nunique() < 3 or (name, was) in RENAMED:
                continue
            for now in after.columns.difference(before.columns):
                assert not cells.equals(after.loc[common, now].astype("str")), (name, was, now)
