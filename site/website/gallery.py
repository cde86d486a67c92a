"""Charts of the whole: a static picture each, that becomes a live one when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import vl_convert

from eastflank import charts
from eastflank.reader import Dataset
from website.pages import Pages, json_text

GALLERY: dict[str, tuple[str, Callable[..., charts.Figure]]] = {
    "shares": ("What came of each corpus", charts.shares),
    "monthly": ("How many commitments stood where, month by month", charts.monthly),
    "punctuality": ("Which allies kept the dates they set for 2% of GDP", charts.punctuality),
    "first-years": ("The year in which each ally first spent 2% of GDP", charts.first_years),
    "flank": ("Where it happened, on the eastern flank", charts.flank),
    "balance": ("How much of what happened is cooperation, and how much conflict", charts.balance),
    "disagreements": ("On what sources differ, and how it ended", charts.disagreements),
    "support": ("On how many independent sources records rest", charts.support),
    "grades": ("How reliable sources are, and how credible what they say", charts.grades),
    "watch": ("Questions and warning signs, and which of them came true", charts.watch),
    "lives": ("Every commitment, from turn to turn", charts.lives),
}
"""The charts that are shown, by the name of their files: what each is of, and how it is drawn."""


STILL = ("lives",)
"""The charts that are pictures alone: Vega's interpreter of expressions does not draw them."""


@dataclass(frozen=True)
class Picture:
    """A chart that was drawn: static and live, with its words."""

    name: str
    heading: str
    svg: str
    spec: str
    words: str
    alt: str
    source: str


def drawn(dataset: Path) -> list[Picture]:
    """Draw the charts of a dataset; one that has nothing to draw is left out."""
    data = Dataset(dataset)
    return [
        picture
        for name, (heading, draw) in GALLERY.items()
        if (picture := _picture(name, heading, draw, data))
    ]


def _picture(
    name: str, heading: str, draw: Callable[..., charts.Figure], data: Dataset
) -> Picture | None:
    try:
        figure = draw(data=data)
    except ValueError:
        return None
    spec = vl_convert.vegalite_to_vega(figure.spec)
    return Picture(
        name,
        heading,
        vl_convert.vega_to_svg(spec),
        json_text({"name": name, "spec": spec}),
        figure.words,
        figure.alt,
        figure.source_line,
    )


def write(pages: Pages, pictures: list[Picture]) -> None:
    """Write the page of charts, a picture and a script for each, and the library that draws."""
    for picture in pictures:
        pages.write(f"charts/{picture.name}.svg", picture.svg)
        if picture.name not in STILL:
            pages.write(f"charts/{picture.name}.js", f"window.eastflankChart({picture.spec});\n")
    pages.page("charts/", "charts.html", "Charts", pictures=pictures, still=STILL)
    # Its names would else be those of the page.
    bundle = vl_convert.javascript_bundle()
    pages.write("assets/vega.js", f"(function () {{\n{bundle}\n}})();\n")
