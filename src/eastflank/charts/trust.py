"""On what sources differ, how far they can be trusted, and what rests on few of them."""

from __future__ import annotations

import altair as alt
import pandas as pd

from eastflank.asked import asked
from eastflank.charts.figure import BLACK, BLUE, GREY, INK, ORANGE, RED, SKY, Figure
from eastflank.charts.stacks import counts, in_words, stacked
from eastflank.charts.words import listed, opened, plural, sources, titles
from eastflank.claims import REPEATING, speaking
from eastflank.derived import RECORDS, WHOLE_RECORD, field_of
from eastflank.reader import Dataset

ABOUT = {
    "dates": ["date", "due", "since", "until"],
    "numbers and what they count": ["value", "baseline", "comparator", "unit", "measure"],
    "what it was": [],
    "how firm, how sure": ["bindingness", "certainty"],
    "whether at all": [WHOLE_RECORD],
}
"""What sources can differ on, with the fields; all other fields are about what it was."""

ENDS = {"first word kept or refined": BLUE, "first word overruled": RED, "denied by some": BLACK}
"""How it ended, with colours; a record that is denied as a whole stays, with the denial."""

WHERE = ["record_table", "record_id", "field"]
"""The columns that say which field of which record it is."""

ACROSS = 34
"""How many squares stand in a line."""

SUPPORT = {"no independent source": GREY, "one": ORANGE, "two": SKY, "three or more": BLUE}
"""On how many independent sources a record can rest, with colours."""


def disputes(data: Dataset | None = None) -> pd.DataFrame:
    """Return the conflicts with both sides in words: one row a field on which sources differ.

    Columns: those of `conflicts`; `about`, one of ABOUT; `what`, the record's name; `said_by`, who
    stated or confirmed what was stated first; `end`, one of ENDS; `against`, what others report
    instead, and who. They stand in the order of ABOUT and ENDS.
    """
    data = opened(data)
    differ = data.frames["conflicts"].astype({"record_table": "str"})
    objections = _objections(data)
    differ = differ.assign(
        about=_about(differ["field"]),
        what=differ["record_id"].map(titles(data)).fillna(differ["record_id"]),
        said_by=_said_by(differ["sources_for"], data),
        end=_end(differ, objections),
    )
    return _in_order(differ.merge(_against(objections), on=WHERE, how="left"))


def _about(fields: pd.Series) -> pd.Series:
    """Return what each field is about: one of ABOUT."""
    listed_under = {field: about for about, fields in ABOUT.items() for field in fields}
    return fields.map(listed_under).fillna("what it was")


def _said_by(source_ids: pd.Series, data: Dataset) -> pd.Series:
    """Return the publishers of sources; their ids stand in one cell, with "; " between them."""
    publishers = _publishers(data)
    each = source_ids.fillna("").str.split("; ")
    return each.map(lambda ids: _names(publishers.reindex(ids).dropna()))


def _objections(data: Dataset) -> pd.DataFrame:
    """Return the evidence that contradicts a record, with what it reports instead, and who."""
    said = data.frames["evidence"]
    said = said[said["stance"] == "contradicts"].astype({"record_table": "str"})
    return said.assign(
        field=field_of(said),
        reported=said["reported"].fillna("denied"),
        publisher=said["source_id"].map(_publishers(data)),
    )


def _end(differ: pd.DataFrame, objections: pd.DataFrame) -> pd.Series:
    """Return how each conflict ended: overruled is the first word where an objection prevailed."""
    prevailed = objections.merge(differ[[*WHERE, "adjudicated"]], on=WHERE).query(
        "reported == adjudicated"
    )
    overruled = pd.MultiIndex.from_frame(differ[WHERE]).isin(
        pd.MultiIndex.from_frame(prevailed[WHERE])
    )
    end = pd.Series("first word kept or refined", index=differ.index)
    end = end.mask(overruled, "first word overruled")
    return end.mask(differ["field"] == WHOLE_RECORD, "denied by some")


def _against(objections: pd.DataFrame) -> pd.DataFrame:
    """Return what is reported instead of each field, and by whom: "2032 (A); 2034 (B and C)"."""
    who = objections.groupby([*WHERE, "reported"])["publisher"].agg(_names).reset_index()
    who["against"] = who["reported"] + " (" + who["publisher"] + ")"
    return who.groupby(WHERE)["against"].agg("; ".join).reset_index()


def _in_order(differ: pd.DataFrame) -> pd.DataFrame:
    """Return conflicts in the order of ABOUT, under that of ENDS, and then of their records."""
    orders = {"about": list(ABOUT), "end": list(ENDS)}

    def places(column: pd.Series) -> pd.Series:
        return column.map(orders[column.name].index) if column.name in orders else column

    return differ.sort_values([*orders, *WHERE], key=places, ignore_index=True)


def _publishers(data: Dataset) -> pd.Series:
    """Return the publisher of each source, by its id."""
    return data.frames["sources"].set_index("source_id")["publisher"]


def _names(publishers: pd.Series) -> str:
    """Return publishers in words, each once."""
    return listed(sorted(set(publishers)), 6)


@asked
def disagreements(data: Dataset | None = None) -> Figure:
    """Draw a square for each field on which sources differ, by what it is about and how it ended.

    Raises ValueError where no sources differ.
    """
    data = opened(data)
    differ = disputes(data)
    if differ.empty:
        raise ValueError(
            "there is nothing to draw: no sources differ, and the table 'conflicts' is empty"
        )
    place = differ.groupby("about").cumcount()
    size = differ.groupby("about")["about"].transform("size")
    head = (differ["about"] + " (" + size.astype("str") + ")").where(place < ACROSS, "")
    down = (place // ACROSS).map("{:03}".format)
    differ["line"] = differ["about"].map(list(ABOUT).index).astype("str") + down + "|" + head
    differ["across"] = place % ACROSS
    choice = alt.binding_select(
        options=["all", *sorted(differ["record_table"].unique())], name="Show the table "
    )
    chosen = alt.param("table", value="all", bind=choice)
    axis = alt.Axis(
        labelExpr="split(datum.label, '|')[1]", domain=False, ticks=False, labelLimit=220
    )
    shade = alt.Color("end:N", scale=alt.Scale(domain=list(ENDS), range=list(ENDS.values())))
    columns = [
        "line",
        "across",
        "end",
        "record_table",
        "what",
        "field",
        "stated",
        "said_by",
        "against",
        "adjudicated",
    ]
    squares = (
        alt.Chart(differ[columns], width=450, height=alt.Step(17))
        .mark_point(shape="square", filled=True, size=110)
        .encode(
            alt.X("across:O", axis=None),
            alt.Y("line:N", title=None, axis=axis),
            color=shade.legend(orient="top", title=None),
            opacity=alt.condition(
                "table == 'all' || datum.record_table == table", alt.value(1), alt.value(0.15)
            ),
            tooltip=["what:N", "field:N", "stated:N", "said_by:N", "against:N", "adjudicated:N"],
        )
    )
    ends = differ["end"].value_counts().reindex(list(ENDS)).fillna(0).astype("int")
    about = differ["about"].value_counts()
    by_end = differ.groupby(["about", "end"], sort=False).size().rename("count").reset_index()
    by_end["row"] = by_end["about"] + " (" + by_end["about"].map(about).astype("str") + ")"
    against = (
        differ[["sources_for", "sources_against"]]
        .fillna("")
        .agg("; ".join, axis=1)
        .str.split("; ")
        .explode()
    )
    return Figure(
        squares.add_params(chosen),
        title=f"Sources differ on {plural(len(differ), 'point')}, most often on {about.index[0]} "
        f"({about.iloc[0]}); the first word was overruled {_times(ends['first word overruled'])}, "
        f"and kept or refined {_times(ends['first word kept or refined'])}",
        alt=f"A square for each point on which sources differ. {in_words(by_end, 'end', ENDS)}",
        source=sources(source_ids=against[against != ""], data=data),
        how="A square is one field of one record that a source contradicts. Point at it to see "
        "both sides.",
        data=data,
    )


@asked
def grades(data: Dataset | None = None) -> Figure:
    """Draw how many statements there are of each reliability of their source, and credibility."""
    data = opened(data)
    labels = data.frames["codes"].set_index(["codelist", "code"])["label"]
    about = data.frames["sources"][["source_id", "reliability"]]
    said = data.frames["evidence"].merge(about, on="source_id")
    graded = (
        said.groupby(["reliability", "credibility"], observed=True)
        .size()
        .rename("statements")
        .reset_index()
    )
    graded = graded.astype({"reliability": "str", "credibility": "str"})
    graded["share"] = graded["statements"] / graded["statements"].sum()
    graded["source"] = (
        graded["reliability"] + " " + graded["reliability"].map(labels["Reliability"])
    )
    graded["statement"] = (
        graded["credibility"] + " " + graded["credibility"].map(labels["Credibility"])
    ).str.wrap(12)
    plain = alt.Axis(domain=False, ticks=False, labelLimit=220)
    broken = alt.Axis(
        domain=False, ticks=False, labelAngle=0, labelExpr="split(datum.label, '\\n')"
    )
    cells = alt.Chart(graded, width=430, height=alt.Step(34)).encode(
        alt.X("statement:N", title="credibility of the statement", axis=broken),
        alt.Y("source:N", title="reliability of the source", axis=plain),
        tooltip=["source:N", "statement:N", "statements:Q", alt.Tooltip("share:Q", format=".1%")],
    )
    heat = alt.Color(
        "statements:Q", scale=alt.Scale(type="sqrt", range=["#EFF4F9", BLUE]), legend=None
    )
    light = f"datum.statements > {graded['statements'].max() * 0.4}"
    numbers = cells.mark_text(fontSize=12).encode(
        text=alt.Text("statements:Q", format=","),
        color=alt.condition(light, alt.value("white"), alt.value(INK)),
    )
    good, confirmed = (
        graded.loc[graded[name].isin(codes), "share"].sum()
        for name, codes in (("reliability", ["A", "B"]), ("credibility", ["1"]))
    )
    each = (
        graded["reliability"]
        + graded["credibility"]
        + ": "
        + graded["statements"].map("{:,}".format)
    )
    return Figure(
        alt.layer(cells.mark_rect(stroke="white").encode(color=heat), numbers),
        title=f"{good:.0%} of {plural(len(said), 'statement')} come from sources graded A or B; "
        f"others confirm {confirmed:.0%}",
        alt=f"Statements by grade of source and of statement. {'; '.join(each)}.",
        source=sources(source_ids=said["source_id"], data=data),
        how="Grades of the Admiralty code: a letter for the source, a figure for what it says this "
        "time. Numbers: statements.",
        data=data,
    )


@asked
def support(data: Dataset | None = None) -> Figure:
    """Draw how many records of each table rest on how many independent sources."""
    data = opened(data)
    tables = [
        "commitments",
        "targets",
        "milestones",
        *(name for name in RECORDS if name not in ("commitments", "targets", "milestones")),
    ]
    resting = pd.concat(
        [data.frames[table][["independent_sources"]].assign(table=table) for table in tables]
    )
    bands = pd.cut(
        resting["independent_sources"].astype("int"), [-1, 0, 1, 2, 1e9], labels=list(SUPPORT)
    )
    counted = counts(resting.assign(support=bands.astype("str")), "table", "support")
    counted = counted.sort_values(
        "table", key=lambda names: names.map(tables.index), kind="stable", ignore_index=True
    )
    few = counted[counted["support"].isin(list(SUPPORT)[:2])].groupby("table")["count"].sum()
    return Figure(
        stacked(counted, "support", SUPPORT, "records", shares=False),
        title=f"{plural(few.sum(), 'record rests', 'records rest')} on one independent source or "
        f"none, among them {plural(few.get('commitments', 0), 'commitment')}",
        alt="Bars of how many records there are, by how many independent sources speak to them. "
        f"{in_words(counted, 'support', SUPPORT)}",
        source=sources(source_ids=data.frames["evidence"]["source_id"], data=data),
        how="Numbers in the bars: records.",
        data=data,
    )


def thin(data: Dataset | None = None) -> pd.DataFrame:
    """Return the commitments that rest on one independent source or none, the worst grade first.

    Columns: those of `commitments`, the `promisors`, who speaks to it of his own (`source`), and
    the best `grade` of these.
    """
    data = opened(data)
    frames = data.frames
    owing = frames["tracker"].drop_duplicates("commitment_id").set_index("commitment_id")
    few = frames["commitments"]
    few = few[few["independent_sources"] <= 1].join(owing["promisors"], on="commitment_id")
    said = speaking(frames)
    said = said[(said["record_table"] == "commitments") & ~said["kind"].isin(REPEATING)]
    about = frames["sources"].set_index("source_id")[["publisher", "reliability"]]
    said = said.join(about.astype({"reliability": "str"}), on="source_id")
    by = said[said["record_id"].isin(few["commitment_id"])].groupby("record_id")
    rest = by.agg(
        source=("publisher", _names),
        grade=("reliability", "min"),
    )
    return few.join(rest, on="commitment_id").sort_values(
        ["grade", "promisors", "title"], ascending=[False, True, True], ignore_index=True
    )


def _times(count: int) -> str:
    return {0: "never", 1: "once"}.get(count, f"{count} times")
