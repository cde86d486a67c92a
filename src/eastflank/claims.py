"""What sources report, set beside what the records say: the comparison on which rules, conflicts and states of knowledge rest."""

import pandas as pd

from eastflank.words import number_text

STATED = "stated_"
"""Before the name of a target's field: what its first source stated, beside what the evidence supports."""

STANDS_BEHIND = ("states", "confirms")
"""The stances in which a source stands behind a record or a value."""

REPEATING = ("aggregator", "encyclopedia")
"""The kinds of source that repeat what others found out, and so do not count as independent."""


def public_from(sources: pd.DataFrame) -> pd.Series:
    """Return the first day by which each source was public: the last that its date may mean, or that on which it was read."""
    return sources[["published_latest", "accessed_latest"]].min(axis=1)


def claims(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what sources report of fields: one row a row of evidence that reports something, indexed as in `evidence`.

    Columns: those of `evidence` and, of the source, `publisher`, `reliability` and `known_from`; `field` is a target's
    without `stated_`. Three more are text that can be compared: `said`, what the source reports; `stated`, what was stated
    first; `cell`, what the record says. A number is written the same way in all three, and a missing value is its reason.
    """
    said = (
        tables["evidence"]
        .dropna(subset=["field", "reported"])
        .drop(columns="known_from", errors="ignore")
    )
    said = said.join(_sources(tables)[["publisher", "reliability", "known_from"]], on="source_id")
    parts = [
        _compared(part, tables[table], field)
        for (table, field), part in said.groupby(["table", "field"], observed=True)
    ]
    if not parts:
        return said.assign(said=said["reported"], stated=said["reported"], cell=said["reported"])
    return _with_what_was_stated(pd.concat(parts).sort_index())


def as_text(frame: pd.DataFrame, field: str) -> pd.Series:
    """Return the cells of a field as text: numbers written the one way, and the reason where a value is missing."""
    cells = frame[field]
    if pd.api.types.is_numeric_dtype(cells):
        text = cells.map(number_text, na_action="ignore")
    else:
        text = cells
    text = text.astype("str")
    reasons = f"{field}_missing"
    return text.fillna(frame[reasons].astype("str")) if reasons in frame.columns else text


def speaking(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return which source speaks to which record: columns table, record_id, source_id, publisher, kind, known_from.

    Whoever speaks to a target or a milestone speaks to its commitment. To deny that there is such a record at all is not
    to speak to it.
    """
    evidence = tables["evidence"]
    spoken = evidence.loc[
        ~(evidence["field"].isna() & (evidence["stance"] == "contradicts")),
        ["table", "record_id", "source_id"],
    ]
    spoken = spoken.astype("str")
    parts = [spoken]
    for table in ("targets", "milestones"):
        whole = tables[table].set_index(tables[table].columns[0])["commitment_id"]
        whole = whole[~whole.index.duplicated()]
        of_parts = spoken[spoken["table"] == table]
        parts.append(
            of_parts.assign(
                table="commitments", record_id=whole.reindex(of_parts["record_id"]).to_numpy()
            )
        )
    sources = _sources(tables)[["publisher", "kind", "known_from"]]
    return (
        pd.concat(parts).dropna(subset="record_id").drop_duplicates().join(sources, on="source_id")
    )


def independent(spoken: pd.DataFrame) -> pd.Series:
    """Return how many independent sources speak to each record, by table and record.

    Documents of one publisher count once, and so does a report of an agency wherever it was read, since the agency is its
    publisher. What only repeats others does not count.
    """
    own = spoken[~spoken["kind"].isin(REPEATING)]
    return own.groupby(["table", "record_id"])["publisher"].nunique()


def _sources(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    sources = tables["sources"]
    return (
        sources.assign(known_from=public_from(sources))
        .drop_duplicates("source_id")
        .set_index("source_id")
    )


def _compared(said: pd.DataFrame, frame: pd.DataFrame, field: str) -> pd.DataFrame:
    """Return reports of one field of one table, with the text of the record's cells beside them."""
    records = frame.set_index(frame.columns[0])
    records = records[~records.index.duplicated()]
    supported = field.removeprefix(STATED)
    reported = said["reported"]
    if field not in records.columns:
        return said.assign(said=reported, stated=pd.NA, cell=pd.NA)
    if pd.api.types.is_numeric_dtype(records[field]):
        reported = (
            pd.to_numeric(reported, errors="coerce")
            .map(number_text, na_action="ignore")
            .astype("str")
            .fillna(reported)
        )
    cell = as_text(records, supported)
    stated = (
        as_text(records, STATED + supported)
        if STATED + supported in records.columns
        else pd.Series(dtype="str")
    )
    return said.assign(
        field=supported,
        said=reported,
        stated=stated.reindex(said["record_id"]).to_numpy(),
        cell=cell.reindex(said["record_id"]).to_numpy(),
    )


def _with_what_was_stated(said: pd.DataFrame) -> pd.DataFrame:
    """Return reports with `stated` filled in: where a field has no cell for it, it is what its first source reports."""
    where = ["table", "record_id", "field"]
    first = (
        said[said["stance"] == "states"]
        .sort_values("known_from")
        .drop_duplicates(where)
        .set_index(where)["said"]
    )
    stated = said["stated"].fillna(said[where].join(first.rename("first"), on=where)["first"])
    return said.assign(stated=stated.fillna(said["cell"]))
