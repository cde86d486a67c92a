"""By how much the numbers and dates of one source err, where others contradict them."""

from __future__ import annotations

from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from eastflank.asked import asked
from eastflank.charts.figure import BLUE, INK, MUTED, ORANGE, Figure
from eastflank.charts.testimony import FIELD, quoted, sides, so_many_are
from eastflank.charts.words import listed, opened, plural, sources, titles, when
from eastflank.reader import Dataset

TIMES, NUMBERS = ("date", "due"), ("value", "baseline")
"""The fields in which an error has a size: in days, or in per cent."""


class Look(NamedTuple):
    """How what one side says is drawn: of dates the bars, of numbers the points."""

    colour: str
    width: int
    offset: int
    shape: str
    size: int


ARTICLE, SUPPORTED, OTHERS = "this source", "what the evidence supports", "others, not followed"
SAYS = {
    ARTICLE: Look(MUTED, width=15, offset=0, shape="square", size=190),
    OTHERS: Look(ORANGE, width=3, offset=11, shape="diamond", size=60),
    SUPPORTED: Look(BLUE, width=7, offset=0, shape="circle", size=60),
}
"""Who says so, each with its look."""

TICKS = {
    -730: "2 years",
    -365: "1 year",
    -30: "1 month",
    -7: "1 week",
    0: "0",
    7: "1 week",
    30: "1 month",
    365: "1 year",
    3652: "10 years",
}
"""The days that stand below a scale of time before and after another time, in words."""


def errors(source_id: str, data: Dataset | None = None) -> pd.DataFrame:
    """Return the numbers and dates of a source that others contradict: one row a report of it.

    Columns: `claim`, `record_id`, `field`, `says` (who: one of SAYS), `reported` in words,
    `publishers`; `off`, the difference from the number in per cent; `since` and `until`, the days
    of a date, counted from the first that the source gives, and `ends`, from the last; `size`, in
    words, where the evidence supports what contradicts it, and not only something more exact. A
    day of announcement stands once, under its event.
    """
    data = opened(data)
    own, others = _checked(source_id, data)
    reports = _both_sides(own, others, data)
    reports = _with_differences(reports, own)
    overruled = _overruled(reports)
    reports = _one_a_value(_in_words(reports, data))
    sizes = [
        _size(report)
        if report.says == SUPPORTED and (report.record_id, report.field) in overruled
        else None
        for report in reports.itertuples()
    ]
    return reports.assign(size=sizes)


@asked
def slips(source_id: str, data: Dataset | None = None) -> Figure:
    """Draw each number and date of a source that others contradict, beside what is supported.

    Raises ValueError where there is no such source, or nobody contradicts it on one of them.
    """
    data = opened(data)
    reports = errors(source_id, data)
    if reports.empty:
        raise ValueError(f"no source contradicts a number or a date of {source_id!r}")
    own, others = _checked(source_id, data)
    speaking = others.merge(reports[FIELD].drop_duplicates())
    return Figure(
        _drawn(reports),
        title=f"Of {plural(len(own), 'number or date', 'numbers and dates')} in "
        f"{quoted(source_id, data)} that others report too, {_finding(reports)}",
        alt=_each_in_words(reports),
        source=sources(source_ids=speaking["source_id"], data=data),
        how="Shown is each number and date that somebody contradicts. A bar covers all days that a "
        "date may mean; the time scale is drawn closer towards its ends.",
        data=data,
    )


# What is reported, by whom, and how it differs.


def _checked(source_id: str, data: Dataset) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the numbers and dates of a source that others report too, and all that others say."""
    claims, others = sides(source_id, data)
    stated = claims[claims["field"].isin([*TIMES, *NUMBERS])].drop_duplicates(FIELD)
    stated = stated.merge(others[FIELD].drop_duplicates(), on=FIELD)
    announced = data.frames["commitments"].set_index("commitment_id")["event_id"]
    event_too = stated["record_id"].map(announced).isin(stated["record_id"])
    return stated[~(event_too & (stated["field"] == "date"))], others


def _both_sides(own: pd.DataFrame, others: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Return all reports of the fields that are in conflict, and which side `says` so."""
    own = own.merge(data.frames["conflicts"][[*FIELD, "adjudicated"]], on=FIELD)
    others = others.merge(own[[*FIELD, "adjudicated"]], on=FIELD)
    followed = others["reported"] == others["adjudicated"]
    says = pd.Series(OTHERS, index=others.index).mask(followed, SUPPORTED)
    return pd.concat([own.assign(says=ARTICLE), others.assign(says=says)])


def _with_differences(reports: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Return reports with `off`, `since`, `until` and `ends`: how they differ from its own.

    For the open end of a time stands its other end.
    """
    measures = ["reported_number", "reported_earliest", "reported_latest"]
    reports = reports.merge(own[[*FIELD, *measures]], on=FIELD, suffixes=("", "_own"))
    first, last = reports["reported_earliest"], reports["reported_latest"]
    begins = (first - reports["reported_earliest_own"]).dt.days
    closes = (last - reports["reported_earliest_own"]).dt.days
    ratio = (reports["reported_number"] / reports["reported_number_own"]).astype("float")
    return reports.assign(
        off=100 * (ratio - 1),
        since=begins.fillna(closes),
        until=closes.fillna(begins) + 1,
        ends=(last - reports["reported_latest_own"]).dt.days,
    )


def _overruled(reports: pd.DataFrame) -> pd.MultiIndex:
    """Return the fields of which the evidence supports what contradicts the source."""
    prevailed = (reports["stance"] == "contradicts") & (reports["says"] == SUPPORTED)
    return pd.MultiIndex.from_frame(reports.loc[prevailed, FIELD])


def _in_words(reports: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Return reports with the `claim` in words, and dates as people write them."""
    called = reports["record_id"].map(titles(data))
    of_due = reports["field"].eq("due").map({True: " (by when)", False: ""})
    dates = reports["field"].isin(TIMES)
    reported = reports["reported"].mask(dates, reports.loc[dates, "reported"].map(when))
    return reports.assign(claim=called + of_due, reported=reported)


def _one_a_value(reports: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each value that is reported, with all who report it as `publishers`."""
    columns = ["claim", *FIELD, "says", "reported", "off", "since", "until", "ends"]
    by = reports.groupby(columns, dropna=False)["publisher"]
    return by.agg(lambda names: listed(sorted(set(names)), 4)).rename("publishers").reset_index()


# What is said of it.


def _size(report: Any) -> str | None:
    """Return in words by how much a report differs: "+25.0%", "2 years earlier".

    None where it agrees.
    """
    if report.field in NUMBERS:
        return f"{report.off:+.1f}%" if report.off else None
    days = _days(report)
    return f"{_span(days)} {'earlier' if days < 0 else 'later'}" if days else None


def _days(report: Any) -> float:
    """Return by how many days a date differs at least: in its first day or in its last."""
    ends = (report.since, report.ends)
    return min((days for days in ends if not pd.isna(days) and days), key=abs, default=0)


def _span(days: float) -> str:
    """Return a number of days, before or after, in the unit that fits: "2 years"."""
    length = abs(days)
    if length > 360:
        return plural(round(length / 365), "year")
    return plural(round(length / 30), "month") if length > 60 else plural(round(length), "day")


def _finding(reports: pd.DataFrame) -> str:
    """Return in words how many are wrong, and by how much."""
    wrong = reports.dropna(subset="size")
    numbers, dates = (wrong[wrong["field"].isin(fields)] for fields in (NUMBERS, TIMES))
    said = []
    if len(numbers):
        by = numbers["off"].abs().sort_values().map("{:.0f}%".format)
        said.append(f"{plural(len(numbers), 'number')} by {listed(by, 3)}")
    if len(dates):
        spans = [_span(days) for days in sorted(map(_days, dates.itertuples()), key=abs)]
        first_to_last = " to ".join(dict.fromkeys([spans[0], spans[-1]]))
        said.append(f"{plural(len(dates), 'date')} by {first_to_last}")
    return f"{so_many_are(len(wrong))} wrong" + (f": {', '.join(said)}" if said else "")


def _each_in_words(reports: pd.DataFrame) -> str:
    """Return in a sentence what is wrong, or else all that others report, and instead of what."""
    own = _sides_in_words(reports)[ARTICLE]
    wrong = reports.dropna(subset="size")
    told = wrong if len(wrong) else reports[reports["says"] != ARTICLE]
    each = [
        f"{row.claim}: {row.reported} instead of {own[row.claim, row.field]}, "
        + ("not followed" if pd.isna(row.size) else row.size)
        for row in told[["claim", "field", "reported", "size"]].itertuples(name="Report")
    ]
    return f"{'; '.join(each)}."


def _sides_in_words(reports: pd.DataFrame) -> pd.DataFrame:
    """Return for each claim and field what each of SAYS reports, a column for each."""
    told = reports.pivot_table(
        index=["claim", "field"], columns="says", values="reported", aggfunc="; ".join
    )
    return told.reindex(columns=list(SAYS))


# How it is drawn.


def _drawn(reports: pd.DataFrame) -> alt.VConcatChart:
    """Return the chart of `slips`: dates above, numbers below, the greatest error on top."""
    told = _sides_in_words(reports)
    arrows = told[ARTICLE] + "\n→ " + told[SUPPORTED].astype("str").fillna("upheld")
    shown = reports.assign(
        line=reports["claim"].str.wrap(44),
        sides=reports.set_index(["claim", "field"]).index.map(arrows),
    )
    wrong = shown.dropna(subset="size")
    order = list(wrong.sort_values(["off", "since"], key=abs, ascending=False)["line"])
    panels = []
    for fields, layers in ((TIMES, _bars), (NUMBERS, _points)):
        part = shown[shown["field"].isin(fields)]
        if part.empty:
            continue
        drawn = _lines(part, order)
        marks = [*layers(drawn, part), _words(drawn)]
        panels.append(alt.layer(*marks, width=280, height=alt.Step(42)))
    return alt.vconcat(*panels)


def _lines(part: pd.DataFrame, order: list[str]) -> alt.Chart:
    """Return a chart without marks: a line a claim, a colour for each of SAYS."""
    axis = alt.Axis(
        labelExpr="split(datum.label, '\\n')",
        labelFontSize=10,
        labelLimit=230,
        domain=False,
        ticks=False,
        grid=True,
    )
    shades = alt.Scale(domain=list(SAYS), range=[look.colour for look in SAYS.values()])
    return alt.Chart(part.drop(columns=["record_id", "size", "ends"])).encode(
        alt.Y("line:N", sort=order, title=None, axis=axis),
        color=alt.Color(
            "says:N", scale=shades, legend=alt.Legend(orient="top", title=None, symbolType="square")
        ),
        tooltip=["claim:N", "says:N", "reported:N", "publishers:N"],
    )


def _bars(drawn: alt.Chart, dates: pd.DataFrame) -> list[alt.Chart]:
    """Return the bars of all days that dates may mean, on a scale that is closer at its ends."""
    ticks = f"{ {str(days): words for days, words in TICKS.items()} }[datum.value]"
    days = alt.X(
        "since:Q",
        title="earlier  ←  from the first day that this source gives  →  later",
        scale=alt.Scale(
            type="symlog",
            constant=12,
            domain=[min(dates["since"].min() * 1.2, -7), dates["until"].max() * 1.2],
        ),
        axis=alt.Axis(values=list(TICKS), labelExpr=ticks, labelAngle=-40, labelOverlap=False),
    )
    layers = []
    for says, look in SAYS.items():
        theirs = _of(drawn, says)
        bars = theirs.mark_rule(strokeWidth=look.width, yOffset=look.offset, opacity=1)
        layers.append(bars.encode(days, x2="until:Q"))
        if says == SUPPORTED:  # a day is too short to be seen
            day = theirs.transform_filter("datum.until - datum.since < 2")
            layers.append(day.mark_tick(thickness=4, height=12, opacity=1).encode(days))
    return layers


def _points(drawn: alt.Chart, numbers: pd.DataFrame) -> list[alt.Chart]:
    """Return the points of numbers, on a scale of per cent."""
    off = alt.X(
        "off:Q",
        title="difference from the number that this source gives, in % of it",
        scale=alt.Scale(padding=12),
    )
    return [
        _of(drawn, says)
        .mark_point(filled=True, shape=look.shape, size=look.size, opacity=1)
        .encode(off)
        for says, look in SAYS.items()
    ]


def _words(drawn: alt.Chart) -> alt.Chart:
    """Return what this source says, and what is supported, in words beside each line."""
    words = _of(drawn, ARTICLE).mark_text(align="left", fontSize=10, lineBreak="\n", dy=-6)
    return words.encode(x=alt.value(288), text="sides:N", color=alt.value(INK))


def _of(drawn: alt.Chart, says: str) -> alt.Chart:
    """Return what one of SAYS reports."""
    return drawn.transform_filter(f"datum.says == '{says}'")
