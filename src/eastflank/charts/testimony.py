"""What others say of the claims of one source: what they confirm, refine or contradict."""

from __future__ import annotations

import altair as alt
import pandas as pd

from eastflank.asked import asked
from eastflank.charts.figure import BLUE, ORANGE, PALE, RED, SKY, Figure
from eastflank.charts.stacks import counts, in_words, stacked
from eastflank.charts.words import listed, opened, plural, sources, titles
from eastflank.claims import REPEATING
from eastflank.claims import voices as voices_of
from eastflank.derived import field_of
from eastflank.reader import Dataset
from eastflank.words import nearest

CLAIMS = ("events", "commitments", "targets")
"""The tables of which a record is a claim of the source that is cited for it."""

VERDICTS = {
    "confirmed": BLUE,
    "refined": SKY,
    "contradicted, kept": ORANGE,
    "contradicted, corrected": RED,
    "not corroborated": PALE,
}
"""What others can say of a claim, with colours.

Contradicted, it is kept, or corrected by the weight of the evidence.
"""

WEIGHT = {"states": 0, "confirms": 0, "refines": 1, "contradicts": 2}
"""How strong an objection a stance is: a place in VERDICTS."""

GRADES = {"any grade": "ABCDEF", "A, B or C": "ABC", "A or B": "AB", "A": "A"}
"""Which sources may be counted, by the grade of their reliability."""

FIELD = ["record_id", "field"]
"""The columns that say of which field of which record a source speaks."""


def verdicts(source_id: str, data: Dataset | None = None) -> pd.DataFrame:
    """Return what others say of each claim of a source: one row a claim and choice of GRADES.

    A claim is an event, a commitment or a target for which the source is cited. It has the verdict
    of the strongest objection to it as a whole, or to a field for which the source itself is cited,
    by sources independent of it; what only repeats others does not count. Columns: grades, verdict,
    record_table, record_id, title. Raises ValueError where there is no such source.
    """
    data = opened(data)
    claims, others = sides(source_id, data)
    spoken = others.merge(claims[FIELD].drop_duplicates())
    corrected = _corrected(spoken, data)
    each = claims.drop_duplicates("record_id")[["record_table", "record_id"]]
    each["title"] = each["record_id"].map(titles(data))
    found = []
    for name, grades in GRADES.items():
        counted = spoken[spoken["reliability"].isin(list(grades))]
        worst = counted["stance"].map(WEIGHT).groupby(counted["record_id"]).max()
        verdict = each["record_id"].map(worst).map(dict(enumerate(VERDICTS)))
        contradicted = verdict.eq("contradicted, kept") & each["record_id"].isin(corrected)
        verdict = verdict.mask(contradicted, "contradicted, corrected").fillna("not corroborated")
        found.append(each.assign(grades=name, verdict=verdict))
    return pd.concat(found, ignore_index=True)[
        ["grades", "verdict", "record_table", "record_id", "title"]
    ]


def _corrected(spoken: pd.DataFrame, data: Dataset) -> pd.Series:
    """Return the ids of the records of which the evidence supports what contradicts them."""
    adjudicated = data.frames["conflicts"][[*FIELD, "adjudicated"]].dropna()
    against = spoken[spoken["stance"] == "contradicts"].merge(adjudicated, on=FIELD)
    return against.loc[against["reported"] == against["adjudicated"], "record_id"]


@asked
def borne_out(source_id: str, data: Dataset | None = None) -> Figure:
    """Draw which share of a source's claims others confirm, refine and contradict.

    In a notebook, a picker counts sources of any grade, or only the better ones. Raises ValueError
    where there is no such source, or it makes no claim.
    """
    data = opened(data)
    judged = verdicts(source_id, data)
    if judged.empty:
        raise ValueError(f"{source_id!r} is cited for no event, commitment or target")
    judged = judged.rename(columns={"record_table": "table"})
    judged = pd.concat([judged.assign(table="all claims"), judged])
    order = ["all claims", *CLAIMS]
    counted = [
        counts(part, "table", "verdict")
        .sort_values("table", key=lambda tables: tables.map(order.index))
        .assign(grades=grades)
        for grades, part in judged.groupby("grades")
    ]
    counted = pd.concat(counted, ignore_index=True)
    shown = counted[counted["grades"] == next(iter(GRADES))]
    titles = {
        grades: _finding(part, grades, source_id, data)
        for grades, part in counted.groupby("grades")
    }
    choice = alt.binding_select(options=list(GRADES), name="Count sources of grade ")
    grade = alt.param("grade", value=next(iter(GRADES)), bind=choice)
    bars = stacked(counted, "verdict", VERDICTS, "claims")
    return Figure(
        bars.transform_filter("datum.grades == grade").add_params(grade),
        title=titles[next(iter(GRADES))],
        alt=f"Bars of the share of claims by verdict. {in_words(shown, 'verdict', VERDICTS)}",
        source=sources(judged["record_id"].unique(), data=data),
        how="Numbers in the bars: claims. Each counts once, by the strongest objection to it.",
        data=data,
        control="grade",
        titles=titles,
    )


def _finding(counted: pd.DataFrame, grades: str, source_id: str, data: Dataset) -> str:
    """Return in a sentence what others say of all claims, if sources of some grades are counted."""
    every = counted[counted["table"] == "all claims"].set_index("verdict")
    counts = {verdict: int(every["count"].get(verdict, 0)) for verdict in VERDICTS}
    said = {"confirm": counts["confirmed"], "refine": counts["refined"]}
    against = counts["contradicted, kept"] + counts["contradicted, corrected"]
    said["contradict"] = against
    total, others = sum(counts.values()), "others"
    if grades != next(iter(GRADES)):
        others = f"others of grade {grades}"
    shares = [f"{verb} {count / total:.0%}" for verb, count in said.items() if count]
    title = f"Of {plural(total, 'claim')} in {quoted(source_id, data)}, {others} "
    if not shares:
        return f"{title}bear out or contradict none"
    title += listed(shares, 9)
    if not against:
        return title
    corrected = counts["contradicted, corrected"]
    if against == 1:
        return f"{title}; the one contradicted is {'corrected' if corrected else 'kept'}"
    return f"{title}; of {against} contradicted, {so_many_are(corrected)} corrected"


def sides(source_id: str, data: Dataset) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what a source says of its claims, and what sources independent of it say."""
    known = data.frames["sources"]
    known = known.assign(voice=voices_of(known, data.frames["actors"])).set_index("source_id")
    if source_id not in known.index:
        raise ValueError(
            f"there is no source {source_id!r}{nearest(source_id, list(known.index))}; "
            "see eastflank.load('sources')"
        )
    said = data.frames["evidence"].astype({"record_table": "str", "stance": "str"})
    said["field"] = field_of(said)
    said = said.merge(
        known[["publisher", "voice", "kind", "reliability"]], left_on="source_id", right_index=True
    )
    claims = said[(said["source_id"] == source_id) & said["record_table"].isin(CLAIMS)]
    other = (said["voice"] != known.loc[source_id, "voice"]) & ~said["kind"].isin(REPEATING)
    return claims, said[other]


def quoted(source_id: str, data: Dataset) -> str:
    """Return the title of a source in quotation marks."""
    return f"“{data.frames['sources'].set_index('source_id').loc[source_id, 'title']}”"


def so_many_are(count: int) -> str:
    """Return how many are so, before the word that says how: "none is", "1 is", "2 are"."""
    return f"{count or 'none'} {'is' if count < 2 else 'are'}"
