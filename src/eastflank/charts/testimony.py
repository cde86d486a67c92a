"""What others say of one source: what they confirm, refine or contradict, and how far it errs."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from eastflank.charts.figure import BLUE, INK, MUTED, ORANGE, PALE, RED, SKY, Figure
from eastflank.charts.stacks import counts, in_words, stacked
from eastflank.charts.words import listed, opened, plural, sources, titles, when
from eastflank.claims import REPEATING, STATED
from eastflank.claims import voices as voices_of
from eastflank.derived import WHOLE_RECORD
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

TIMES, NUMBERS = ("date", "due"), ("value", "baseline")
"""The fields in which an error has a size: in days, or in per cent."""

ARTICLE, SUPPORTED, OTHERS = "this source", "what the evidence supports", "others, not followed"
SAYS = {
    ARTICLE: (MUTED, 15, 0, "square", 190),
    OTHERS: (ORANGE, 3, 11, "diamond", 60),
    SUPPORTED: (BLUE, 7, 0, "circle", 60),
}
"""Who says so, each with colour, width and offset of its bars, shape and size of its points."""

TICKS = {
    -730: "2 years",
    -365: "1 year",
    -30: "1 month",
    -7: "1 week",
    0: "0",
    7: "1 week",
    30: "1 month",
    365: "1 year",
}
TICKS |= {3652: "10 years"}
"""The days that stand below a scale of time before and after another time, in words."""


def verdicts(source_id: str, data: Dataset | None = None) -> pd.DataFrame:
    """Return what others say of each claim of a source: one row a claim and choice of GRADES.

    A claim is an event, a commitment or a target for which the source is cited. It has the verdict
    of the strongest objection to it as a whole, or to a field for which the source itself is cited,
    by sources independent of it; what only repeats others does not count. Columns: grades, verdict,
    record_table, record_id, title. Raises ValueError where there is no such source.
    """
    data = opened(data)
    claims, others = _sides(source_id, data)
    spoken = others.merge(claims[["record_id", "field"]].drop_duplicates())
    adjudicated = data.frames["conflicts"][["record_id", "field", "adjudicated"]].dropna()
    overruling = spoken[spoken["stance"] == "contradicts"].merge(
        adjudicated, on=["record_id", "field"]
    )
    corrected = overruling.query("reported == adjudicated")["record_id"]
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
        grades: _borne_out(part, grades, source_id, data)
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


def _borne_out(counted: pd.DataFrame, grades: str, source_id: str, data: Dataset) -> str:
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
    title = f"Of {plural(total, 'claim')} in {_quoted(source_id, data)}, {others} "
    if not shares:
        return f"{title}bear out or contradict none"
    title += listed(shares, 9)
    if not against:
        return title
    corrected = counts["contradicted, corrected"]
    if against == 1:
        return f"{title}; the one contradicted is {'corrected' if corrected else 'kept'}"
    return f"{title}; of {against} contradicted, {corrected or 'none'} {_is(corrected)} corrected"


def errors(source_id: str, data: Dataset | None = None) -> pd.DataFrame:
    """Return the numbers and dates of a source that others contradict: one row a report of it.

    Columns: `claim`, `record_id`, `field`, `says` (who: one of SAYS), `reported` in words,
    `publishers`; `off`, the difference from the number in per cent; `since` and `until`, the days
    of a date, counted from the first that the source gives, and `ends`, from the last; `size`, in
    words, where the evidence supports what contradicts it, and not only something more exact. A
    day of announcement stands once, under its event.
    """
    data = opened(data)
    stated, others = _sized(source_id, data)
    first = stated.merge(
        data.frames["conflicts"][["record_id", "field", "adjudicated"]], on=["record_id", "field"]
    )
    where = ["record_id", "field"]
    reports = pd.concat(
        [first.assign(says=ARTICLE), others.merge(first[[*where, "adjudicated"]], on=where)]
    )
    measures = ["reported_number", "reported_earliest", "reported_latest"]
    reports = reports.merge(first[[*where, *measures]], on=where, suffixes=("", "_first"))
    followed = reports["reported"].eq(reports["adjudicated"]).map({True: SUPPORTED, False: OTHERS})
    since = (reports["reported_earliest"] - reports["reported_earliest_first"]).dt.days
    until = (reports["reported_latest"] - reports["reported_earliest_first"]).dt.days + 1
    reports = reports.assign(
        says=reports["says"].fillna(followed),
        reported=[
            when(reported) if field in TIMES else reported
            for field, reported in reports[["field", "reported"]].itertuples(index=False)
        ],
        claim=reports["record_id"].map(titles(data))
        + reports["field"].eq("due").map({True: " (by when)", False: ""}),
        off=(100 * (reports["reported_number"] / reports["reported_number_first"] - 1)).astype(
            "float"
        ),
        since=since.fillna(until - 1),
        until=until.fillna(since + 1),
        ends=(reports["reported_latest"] - reports["reported_latest_first"]).dt.days,
    )
    overruling = (reports["stance"] == "contradicts") & (reports["says"] == SUPPORTED)
    reports["overruled"] = overruling.groupby([reports["record_id"], reports["field"]]).transform(
        "any"
    )
    columns = ["claim", *where, "says", "reported", "off", "since", "until", "ends", "overruled"]
    by = reports.groupby(columns, dropna=False)["publisher"].agg(
        lambda names: listed(sorted(set(names)), 4)
    )
    reports = by.rename("publishers").reset_index()
    return reports.assign(size=[_size(row) for row in reports.itertuples()]).drop(
        columns="overruled"
    )


def slips(source_id: str, data: Dataset | None = None) -> Figure:
    """Draw each number and date of a source that others contradict, beside what is supported.

    Raises ValueError where there is no such source, or nobody contradicts it on one of them.
    """
    data = opened(data)
    reports, checked = errors(source_id, data), len(_sized(source_id, data)[0])
    if reports.empty:
        raise ValueError(f"no source contradicts a number or a date of {source_id!r}")
    wrong = reports.dropna(subset="size")
    numbers, times = (wrong[wrong["field"].isin(fields)] for fields in (NUMBERS, TIMES))
    told = reports.pivot_table(
        index=["claim", "field"], columns="says", values="reported", aggfunc="; ".join
    )
    told = told.reindex(columns=list(SAYS))
    arrows = told[ARTICLE] + "\n→ " + told[SUPPORTED].astype("str").fillna("upheld")
    reports = reports.assign(
        line=reports["claim"].str.wrap(44),
        sides=reports.set_index(["claim", "field"]).index.map(arrows),
    )
    found = (
        f"Of {plural(checked, 'number or date', 'numbers and dates')} in "
        f"{_quoted(source_id, data)} that others report too, "
        f"{len(wrong) or 'none'} {_is(len(wrong))} wrong"
    )
    if len(numbers):
        by = numbers.sort_values("off", key=abs)["off"].map(lambda off: f"{abs(off):.0f}%")
        found += f": {plural(len(numbers), 'number')} by {listed(by, 3)}"
    if len(times):
        sizes = (
            times.assign(days=[_days(row) for row in times.itertuples()])
            .sort_values("days", key=abs)["size"]
            .str.rsplit(n=1)
            .str[0]
        )
        span = sizes.iloc[0] if sizes.nunique() == 1 else f"{sizes.iloc[0]} to {sizes.iloc[-1]}"
        found += f"{',' if len(numbers) else ':'} {plural(len(times), 'date')} by {span}"
    return Figure(
        _drawn(
            reports,
            list(
                wrong.sort_values(["off", "since"], key=abs, ascending=False)["claim"].str.wrap(44)
            ),
        ),
        title=found,
        alt="; ".join(
            f"{row.claim}: {row.reported} instead of {told.loc[(row.claim, row.field), ARTICLE]}, "
            + ("not followed" if pd.isna(row.size) else str(row.size))
            for row in (wrong if len(wrong) else reports[reports["says"] != ARTICLE])[
                ["claim", "field", "reported", "size"]
            ].itertuples(name="Other")
        )
        + ".",
        source=sources(
            source_ids=_sides(source_id, data)[1].merge(
                reports[["record_id", "field"]].drop_duplicates()
            )["source_id"],
            data=data,
        ),
        how="Shown is each number and date that somebody contradicts. A bar covers all days that a "
        "date may mean; the time scale is drawn closer towards its ends.",
        data=data,
    )


def _drawn(reports: pd.DataFrame, order: list[str]) -> alt.VConcatChart:
    """Return the chart of reports that differ: dates above, numbers below."""
    axis = alt.Axis(
        labelExpr="split(datum.label, '\\n')",
        labelFontSize=10,
        labelLimit=230,
        domain=False,
        ticks=False,
        grid=True,
    )
    line = alt.Y("line:N", sort=order, title=None, axis=axis)
    shades = alt.Scale(domain=list(SAYS), range=[colour for colour, *_ in SAYS.values()])
    shade = alt.Color(
        "says:N", scale=shades, legend=alt.Legend(orient="top", title=None, symbolType="square")
    )
    ticks = f"{ {str(days): words for days, words in TICKS.items()} }[datum.value]"
    days = alt.X(
        "since:Q",
        title="earlier  ←  from the first day that this source gives  →  later",
        scale=alt.Scale(
            type="symlog",
            constant=12,
            domain=[min(reports["since"].min() * 1.2, -7), reports["until"].max() * 1.2],
        ),
        axis=alt.Axis(values=list(TICKS), labelExpr=ticks, labelAngle=-40, labelOverlap=False),
    )
    off = alt.X(
        "off:Q",
        title="difference from the number that this source gives, in % of it",
        scale=alt.Scale(padding=12),
    )
    panels = []
    for fields in (TIMES, NUMBERS):
        part = reports[reports["field"].isin(fields)]
        if part.empty:
            continue
        drawn = alt.Chart(part.drop(columns=["record_id", "size", "ends"]))
        drawn = drawn.encode(
            line, color=shade, tooltip=["claim:N", "says:N", "reported:N", "publishers:N"]
        )
        layers = []
        for says, (_, width, offset, shape, size) in SAYS.items():
            theirs = drawn.transform_filter(f"datum.says == '{says}'")
            if fields == NUMBERS:
                layers.append(
                    theirs.mark_point(filled=True, shape=shape, size=size, opacity=1).encode(off)
                )
                continue
            layers.append(
                theirs.mark_rule(strokeWidth=width, yOffset=offset, opacity=1).encode(
                    days, x2="until:Q"
                )
            )
            if says == SUPPORTED:  # a day is too short to be seen
                day = theirs.transform_filter("datum.until - datum.since < 2")
                layers.append(day.mark_tick(thickness=4, height=12, opacity=1).encode(days))
        words = drawn.transform_filter(f"datum.says == '{ARTICLE}'").mark_text(
            align="left", fontSize=10, lineBreak="\n", dy=-6
        )
        layers.append(words.encode(x=alt.value(288), text="sides:N", color=alt.value(INK)))
        panels.append(alt.layer(*layers, width=280, height=alt.Step(42)))
    return alt.vconcat(*panels)


def _sides(source_id: str, data: Dataset) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what a source says of its claims, and what sources independent of it say."""
    known = data.frames["sources"]
    known = known.assign(voice=voices_of(known, data.frames["actors"])).set_index("source_id")
    if source_id not in known.index:
        raise ValueError(
            f"there is no source {source_id!r}{nearest(source_id, list(known.index))}; "
            "see eastflank.load('sources')"
        )
    said = data.frames["evidence"].astype({"record_table": "str", "stance": "str"})
    said["field"] = said["field"].str.removeprefix(STATED).fillna(WHOLE_RECORD)
    said = said.merge(
        known[["publisher", "voice", "kind", "reliability"]], left_on="source_id", right_index=True
    )
    claims = said[(said["source_id"] == source_id) & said["record_table"].isin(CLAIMS)]
    other = (said["voice"] != known.loc[source_id, "voice"]) & ~said["kind"].isin(REPEATING)
    return claims, said[other]


def _sized(source_id: str, data: Dataset) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the numbers and dates of a source that others report too, and all that others say."""
    claims, others = _sides(source_id, data)
    stated = claims[claims["field"].isin([*TIMES, *NUMBERS])].drop_duplicates(
        ["record_id", "field"]
    )
    stated = stated.merge(
        others[["record_id", "field"]].drop_duplicates(), on=["record_id", "field"]
    )
    announced = data.frames["commitments"].set_index("commitment_id")["event_id"]
    repeated = stated["record_id"].map(announced).isin(stated["record_id"]) & (
        stated["field"] == "date"
    )
    return stated[~repeated], others


def _quoted(source_id: str, data: Dataset) -> str:
    """Return the title of a source in quotation marks."""
    return f"“{data.frames['sources'].set_index('source_id').loc[source_id, 'title']}”"


def _is(count: int) -> str:
    return "is" if count < 2 else "are"


def _days(report: Any) -> float | None:
    """Return by how many days a date differs at least: in its first day or in its last."""
    return min(
        (days for days in (report.since, report.ends) if not pd.isna(days) and days),
        key=abs,
        default=None,
    )


def _size(report: Any) -> str | None:
    """Return in words by how much what the evidence supports differs from what was stated.

    None where it agrees with it.
    """
    if report.says != SUPPORTED or not report.overruled:
        return None
    if report.field in NUMBERS:
        return f"{report.off:+.1f}%" if report.off else None
    days = _days(report)
    if days is None:
        return None
    size = abs(days)
    count, unit = (
        (size / 365, "year") if size > 360 else (size / 30, "month") if size > 60 else (size, "day")
    )
    return (
        f"{count:.0f} {unit}{'' if round(count) == 1 else 's'} {'earlier' if days < 0 else 'later'}"
    )
