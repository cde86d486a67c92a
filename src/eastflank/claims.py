"""What sources report, set beside what the records say.

On this comparison rest rules, conflicts and states of knowledge.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from eastflank.codelists import ActorKind, SourceKind
from eastflank.words import number_text

STATED = "stated_"
"""Before the name of a target's field: what its first source stated."""

STANDS_BEHIND = ("states", "confirms")
"""The stances in which a source stands behind a record or a value."""

REPEATING = (SourceKind.AGGREGATOR, SourceKind.ENCYCLOPEDIA)
"""The kinds of source that repeat what others found out, and so do not count as independent."""

FIELD = ["record_table", "record_id", "field"]
"""What names one field of one record."""

RECORD = FIELD[:2]
"""What names a record of any table."""


def key_of(table: str) -> str:
    """Return the column that is the id of a table's records.

    >>> key_of("commitments"), key_of("memberships")
    ('commitment_id', 'membership_id')
    """
    return {"corpora": "corpus_id"}.get(table, f"{table.removesuffix('s')}_id")


def under(ids: pd.Series, by_id: pd.Series) -> pd.Series:
    """Return for each id what stands under it in a series by id; null where nothing does.

    Where an id stands twice, which is a problem of its own, the first counts.
    """
    once = by_id[~by_id.index.duplicated()]
    return once.reindex(ids).set_axis(ids.index)


def public_from(sources: pd.DataFrame) -> pd.Series:
    """Return the first day by which each source was public for certain.

    It is the last day that its date may mean, or that on which it was first read.
    """
    return sources[["published_latest", "accessed_latest"]].min(axis=1)


def voices(sources: pd.DataFrame, actors: pd.DataFrame) -> pd.Series:
    """Return whose report each source gives: two sources are independent if these differ.

    It is the publisher of the report that the source copies or relays, as far as that report is
    among the sources. Where it is not, it is the actor whose word it is, if the origin's name
    begins with the actor's id, under the name by which the actor publishes; else the publisher
    whose sources' ids begin as it does; else the name that all who relay it share. Where the source
    relays nobody, it is its own publisher. So several titles of one publisher are one voice, and so
    are three papers on one press release, and a paper that relays an agency and that agency.
    """
    by_id = sources.drop_duplicates("source_id").set_index("source_id")
    origin = sources["origin_id"]
    # A rewrite of a rewrite has the first report's origin.
    origin = under(origin, by_id["origin_id"]).fillna(origin)
    elsewhere = origin[origin.notna() & ~origin.isin(by_id.index)]
    spoken = elsewhere.map(_speakers(elsewhere.unique(), actors, set(by_id["publisher"])))
    spoken = spoken.astype("str")
    named = sources.assign(house=houses(sources["source_id"])).dropna(subset="house")
    by_house = named.set_index("house")["publisher"]
    return (
        under(origin, by_id["publisher"])
        .fillna(spoken.reindex(sources.index))
        .fillna(under(houses(origin), by_house))
        .fillna(origin)
        .fillna(sources["publisher"])
    )


def houses(ids: pd.Series) -> pd.Series:
    """Return the words before the date in ids of sources, which name the publisher; null where
    there is no date.

    >>> houses(pd.Series(["al-jazeera-2025-08-22-a-visit", "wire-nd-a-report"])).to_list()
    ['al-jazeera', 'wire']
    """
    return ids.str.extract(r"^(.+?)-(?:(?:19|20)[0-9]{2}|nd)(?:-|$)")[0]


GOVERNMENTS = ("Government of ", "Government of the ")
"""How the publisher of a state's offices is named, before the state's name."""


def _speakers(origins: Iterable[str], actors: pd.DataFrame, publishers: set[str]) -> dict[str, str]:
    """Return for each origin that is an actor's own word the name by which the actor publishes."""
    named = {row.actor_id: row for row in actors[["actor_id", "name", "kind"]].itertuples()}
    found = {}
    for origin in origins:
        parts = origin.split("-")
        starts = ("-".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))
        actor = next((start for start in starts if start in named), None)
        if actor is not None:
            name, is_state = named[actor].name, named[actor].kind == ActorKind.STATE
            called = [f"{words}{name}" for words in GOVERNMENTS] if is_state else [name]
            found[origin] = next((each for each in called if each in publishers), called[0])
    return found


def claims(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what sources report of fields: one row a row of evidence that reports something.

    It is indexed as `evidence` is. Columns: those of `evidence` and, of the source, `voice`,
    `reliability` and `known_from`; `field` is a target's without `stated_`. Three more are text
    that can be compared: `said`, what the source reports; `stated`, what was stated first; `cell`,
    what the record says. A number is written the same way in all three, and a missing value is its
    reason.
    """
    said = (
        tables["evidence"]
        .dropna(subset=["field", "reported"])
        .drop(columns="known_from", errors="ignore")
    )
    said = said.join(_sources(tables)[["voice", "reliability", "known_from"]], on="source_id")
    if said.empty:
        return said.assign(said=said["reported"], stated=said["reported"], cell=said["reported"])
    records = {table: _by_id(tables[table], table) for table in said["record_table"].unique()}
    own = said[["record_id", *_REPORTED]]
    parts = [
        _compared(own.loc[rows], records[table], field)
        for (table, field), rows in said.groupby(_FIELD_OF, observed=True).groups.items()
    ]
    return _with_what_was_stated(said.assign(**pd.concat(parts).reindex(said.index)))


_FIELD_OF = ["record_table", "field"]
"""What names a field of all records of a table."""

_REPORTED = ["reported", "reported_number", "reported_low", "reported_high"]
"""What a source reports, as text and as numbers."""


def _by_id(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return the records of a table by id; where an id stands twice, the first."""
    return frame.drop_duplicates(key_of(table)).set_index(key_of(table))


def as_text(frame: pd.DataFrame, field: str) -> pd.Series:
    """Return the cells of a field as a seed has them: plain numbers, ranges, and reasons."""
    cells = frame[field]
    if pd.api.types.is_bool_dtype(cells):
        text = cells.map({True: "true", False: "false"})
    elif pd.api.types.is_numeric_dtype(cells):
        text = cells.map(number_text, na_action="ignore").astype("str")
        if f"{field}_low" in frame.columns:
            low, high = (
                frame[f"{field}_{end}"].map(number_text, na_action="ignore").astype("str")
                for end in ("low", "high")
            )
            text = text.fillna(low + "/" + high)
    else:
        text = cells
    text = text.astype("str")
    reasons = f"{field}_missing"
    return text.fillna(frame[reasons].astype("str")) if reasons in frame.columns else text


def behind_turns(evidence: pd.DataFrame) -> pd.DataFrame:
    """Return which source stands behind which milestone, once: what it says does not contradict it.

    Columns: record_id, source_id.
    """
    stands = (evidence["record_table"] == "milestones") & (evidence["stance"] != "contradicts")
    return evidence.loc[stands, ["record_id", "source_id"]].drop_duplicates()


def speaking(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return which source speaks to which record.

    Columns: record_table, record_id, source_id, voice, kind, known_from (the source's). Whoever
    speaks to a target or a milestone speaks to its commitment, and whoever speaks to a milestone to
    the target that it is about. To deny that there is such a record at all is not to speak to it.
    """
    evidence = tables["evidence"]
    spoken = evidence.loc[~_denies(evidence), [*RECORD, "source_id"]].astype("str")
    parts = [spoken]
    for table, above in _OWNED:
        whole = tables[table].drop_duplicates(key_of(table)).set_index(key_of(table))
        of_parts = spoken[spoken["record_table"] == table]
        owners = whole[key_of(above)].reindex(of_parts["record_id"]).to_numpy()
        parts.append(of_parts.assign(record_table=above, record_id=owners))
    spoken = pd.concat(parts).dropna(subset="record_id").drop_duplicates()
    return spoken.join(_sources(tables)[["voice", "kind", "known_from"]], on="source_id")


_OWNED = (("targets", "commitments"), ("milestones", "commitments"), ("milestones", "targets"))
"""Of which records others are part."""


def independent(spoken: pd.DataFrame) -> pd.Series:
    """Return how many independent sources speak to each record, by table and record.

    What only repeats others does not count.
    """
    own = spoken[~spoken["kind"].isin(REPEATING)]
    return own.groupby(["record_table", "record_id"])["voice"].nunique()


def confirming(evidence: pd.DataFrame, said: pd.DataFrame, sources: pd.DataFrame) -> pd.Series:
    """Return how many independent sources bear out each row of evidence, indexed as these.

    What a row reports of a field is borne out by those who report the same of it, or speak to the
    record as a whole, which has it so, and not to that field; any other row by those who speak to
    that record themselves, and not to a turn or a target of it alone. What only repeats others
    does not count. `said` is what `claims` makes of the evidence; `sources` have their `voice`.
    """
    spoken = evidence.loc[~_denies(evidence), [*RECORD, "source_id"]].astype("str")
    by_id = sources.drop_duplicates("source_id").set_index("source_id")
    own = independent(spoken.join(by_id[["voice", "kind"]], on="source_id"))
    records = pd.MultiIndex.from_frame(evidence[RECORD].astype("str"))
    of_record = own.reindex(records).fillna(0).set_axis(evidence.index)
    return _bearing_out(said, evidence, sources).reindex(evidence.index).fillna(of_record)


def _denies(evidence: pd.DataFrame) -> pd.Series:
    """Return which rows deny that there is such a record at all."""
    return evidence["field"].isna() & (evidence["stance"] == "contradicts")


def _bearing_out(said: pd.DataFrame, evidence: pd.DataFrame, sources: pd.DataFrame) -> pd.Series:
    """Return how many independent sources bear out each report of a field, indexed as these."""
    own = sources.loc[~sources["kind"].isin(REPEATING), ["source_id", "voice"]].astype("str")
    reports = said[[*FIELD, "source_id", "said", "cell"]].astype("str")
    whole = evidence[evidence["field"].isna() & (evidence["stance"] != "contradicts")]
    whole = whole[[*RECORD, "source_id"]].astype("str")
    shown = reports.loc[reports["said"] == reports["cell"], [*FIELD, "said"]].drop_duplicates()
    # A source that reports a field speaks of that by its report, and not by the whole.
    by_itself = reports[[*FIELD, "source_id"]].drop_duplicates()
    tacit = shown.merge(whole, on=RECORD).merge(by_itself, how="left_anti")
    bearing = pd.concat([reports.drop(columns="cell"), tacit]).merge(own, on="source_id")
    voices = bearing.groupby([*FIELD, "said"])["voice"].nunique().rename("voices")
    return reports.join(voices, on=[*FIELD, "said"])["voices"].fillna(0)


def with_voices(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the sources with their `voice` and with `known_from`; as they are if they have one."""
    sources = tables["sources"]
    if "voice" in sources.columns:
        return sources
    return sources.assign(known_from=public_from(sources), voice=voices(sources, tables["actors"]))


def _sources(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    return with_voices(tables).drop_duplicates("source_id").set_index("source_id")


def _compared(said: pd.DataFrame, records: pd.DataFrame, field: str) -> pd.DataFrame:
    """Return reports of one field of one table as text, with the text of the record's cells beside.

    Columns: field, said, stated, cell.
    """
    supported = field.removeprefix(STATED)
    reported = said["reported"]
    if field not in records.columns:
        return pd.DataFrame({"field": field, "said": reported, "stated": pd.NA, "cell": pd.NA})
    if pd.api.types.is_numeric_dtype(records[field]):
        number = said[_REPORTED[1:]].rename(columns={"reported_number": "reported"})
        reported = as_text(number, "reported").fillna(reported)
    ids = said["record_id"]
    cell = as_text(records, supported).reindex(ids)
    has_stated = STATED + supported in records.columns
    stated = as_text(records, STATED + supported) if has_stated else pd.Series(dtype="str")
    columns = {"said": reported, "stated": stated.reindex(ids).to_numpy(), "cell": cell.to_numpy()}
    return pd.DataFrame({"field": supported} | columns)


def _with_what_was_stated(said: pd.DataFrame) -> pd.DataFrame:
    """Return reports with `stated` filled in by the first source where no cell holds it."""
    first = said[said["stance"] == "states"].sort_values("known_from")
    first = first.drop_duplicates(FIELD).set_index(FIELD)["said"]
    stated = said["stated"].fillna(said[FIELD].join(first.rename("first"), on=FIELD)["first"])
    return said.assign(stated=stated.fillna(said["cell"]))
