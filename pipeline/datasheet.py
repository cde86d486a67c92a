"""The datasheet of a release: the answers that people wrote, with the numbers of that release."""

from pathlib import Path

import pandas as pd

from eastflank import about
from eastflank.reader import Dataset
from pipeline.describe import markdown_table


def datasheet(template: Path, data: Dataset, released: str) -> str:
    """Return the datasheet of a dataset that is released on a day.

    Raises KeyError where the template asks for a fact that is not computed here.
    """
    return template.read_text(encoding="utf-8").format_map(_facts(data) | {"released": released})


def _facts(data: Dataset) -> dict[str, str]:
    sources = data.load("sources")
    tables = data.tables()
    counted = {
        "rows": tables["rows"].sum(),
        "tables": len(tables),
        "sources": len(sources),
        "english": sources["language"].eq("en").sum(),
        "persons": data.load("actors")["kind"].eq("person").sum(),
    } | {name: len(data.load(name)) for name in ("corpora", "conflicts", "evidence")}
    return {name: f"{number:,}" for name, number in counted.items()} | {
        "version": data.version,
        "closing": f"{data.closing:%Y-%m-%d}",
        "author": about.AUTHOR,
        "licence": f"{about.LICENCE['title']} ({about.LICENCE['path']})",
        "doi": f"Its home is {about.ADDRESS}." if about.ADDRESS else "It has no DOI yet.",
        "contact": f"At {about.REPOSITORY}." if about.REPOSITORY else "There is no address yet.",
        "first_source": _year(sources["published_earliest"]),
        "first_date": _year(data.load("milestones")["date_earliest"]),
        "standings": _standings(data),
        "table_of_tables": markdown_table(
            ("table", "a row is", "rows"),
            [(f"`{name}`", row["a row is"], f"{row['rows']:,}") for name, row in tables.iterrows()],
        ),
        "table_of_agreement": _agreement(data.load("reliability")),
    }


def _year(days: pd.Series) -> str:
    return "no year" if days.isna().all() else f"{days.min():%Y}"


def _standings(data: Dataset) -> str:
    counts = data.load("outcomes")["standing"].value_counts()
    pending = counts.get("pending", 0)
    return f"Of {counts.sum():,} outcomes, {pending:,} are pending."


def _agreement(reliability: pd.DataFrame) -> str:
    if reliability.empty:
        return "No corpus was coded twice."
    rows = [
        (f"`{corpus}`", len(some), _span(some["agreement"]), _span(some["alpha"]))
        for corpus, some in reliability.groupby("corpus_id")
    ]
    return markdown_table(("corpus", "variables", "agreement", "Krippendorff's alpha"), rows)


def _span(values: pd.Series) -> str:
    values = values.dropna()
    return f"{values.min():.2f} to {values.max():.2f}" if len(values) else "none"
