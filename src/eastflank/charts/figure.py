"""A chart that can stand alone: its finding, its sources, and words for those who cannot see it."""

from __future__ import annotations

import base64
import contextlib
import html
import json
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import altair as alt
from altair.typing import ChartType

from eastflank.asked import asked
from eastflank.reader import Dataset
from eastflank.version import VERSION

WIDTH = 660
"""The width in pixels to which titles and source lines are broken: that of a page."""

FONT = "Arial, Helvetica, Liberation Sans, sans-serif"
"""Fonts whose letters are equally wide, so that a text measured here fits everywhere.

The last named one comes with vl-convert.
"""

INTERACTIVE, STATIC = "application/vnd.vegalite.v5+json", "text/markdown"
"""What JupyterLab draws, with tooltips and sliders, and what is shown wherever that is not.

The second is a picture in an `img`: it alone keeps its alternative text when a notebook is
converted, and is shown in a notebook that is not trusted yet. JupyterLab would show it rather than
the first if it were called HTML.
"""

CONTROLS_FIRST = """
.vega-embed { display: inline-flex; flex-direction: column; }
.vega-embed .vega-bindings { order: -1; font: 13px Arial, sans-serif; padding: 0 8px 8px; }
"""
"""The style by which sliders and pickers stand above what they change: Vega puts them below."""

INK, GREY, MUTED, PALE = "#222222", "#5F5F5F", "#9A9A9A", "#DDDDDD"
"""For titles, for words beside the data, for data in the background, and for the grid.

The first two can be read on white.
"""

BLUE, GREEN, RED, ORANGE = "#0072B2", "#009E73", "#D55E00", "#E69F00"
SKY, PURPLE, YELLOW, BLACK = "#56B4E9", "#CC79A7", "#F0E442", "#000000"
"""The palette of Okabe and Ito, whose colours the colour-blind can tell apart.

Yellow is for areas only.
"""

SAVED = (".svg", ".png", ".html", ".json")
"""What a figure is saved as: two kinds of pictures; a page with its tooltips and sliders, which
loads nothing from elsewhere; and its specification.
"""

SHARP = 2
"""How many pixels of a PNG stand for one of the page, so that it is sharp on a fine screen."""

KEYED = ("color", "fill", "fillOpacity", "shape", "size", "opacity", "stroke", "strokeDash")
"""What a legend explains."""

PALETTE = {
    "blue": BLUE,
    "green": GREEN,
    "red": RED,
    "orange": ORANGE,
    "sky": SKY,
    "purple": PURPLE,
    "yellow": YELLOW,
    "black": BLACK,
    "ink": INK,
    "grey": GREY,
    "muted": MUTED,
    "pale": PALE,
}
"""All colours by name: first those for data, then the greys."""


class Finding(str):
    """A sentence that says what was found; a notebook shows it in bold.

    What comes from the data is no markup: it is shown as it was written.

    >>> Finding("2 * 3 < 7")._repr_markdown_()
    '**2 \\\\* 3 &lt; 7**'
    """

    def _repr_markdown_(self) -> str:
        words = html.escape(str(self), quote=False)
        escaped = re.sub(r"([\\`*_\[\]$|~])", r"\\\1", words)
        return f"**{escaped}**"


@dataclass(frozen=True)
class Figure:
    """An Altair chart with all that must stand by it; in a notebook it is interactive if possible.

    `title` is the finding in a sentence, `alt` the words for those who cannot see the chart,
    `source` who says so, without "Sources" and the version, which are added; `how`, if given, says
    how the chart is to be read. `data` is the dataset that was drawn, if not the installed one: its
    version and state of knowledge stand in the source line. Where a slider or picker changes what
    is counted, `control` is the name of its parameter and `titles` the title for each value.
    `datasets` are data that the chart draws by name: shapes of land, which Altair would check one
    by one for a long time.
    """

    chart: ChartType
    title: str
    alt: str
    source: str
    how: str = ""
    data: Dataset | None = None
    control: str = ""
    titles: Mapping[Any, str] | None = None
    datasets: Mapping[str, list] | None = None

    def __post_init__(self) -> None:
        for name in ("title", "alt", "source"):
            if not getattr(self, name).strip():
                raise ValueError(f"a figure must have its {name}; give a sentence")

    @property
    def finding(self) -> Finding:
        """The title, to be shown by itself before the picture."""
        return Finding(self.title)

    @property
    def source_line(self) -> str:
        """Who says so, and in which version and state of the dataset."""
        edition = f"Eastflank {VERSION if self.data is None else self.data.version}"
        if self.data is not None and self.data.as_of is not None:
            day = self.data.as_of
            edition += f", as known on {day.day} {day:%B %Y}"
        if self.data is not None and self.data.stated_by is not None:
            edition += f", as {self.data.stated_by} has it"
        return f"Sources: {self.source}. {edition}."

    @property
    def words(self) -> str:
        """The alternative text of the picture: the finding, and what there is to see."""
        return f"{self.title}. {self.alt}"

    @cached_property
    def spec(self) -> dict:
        """The Vega-Lite specification, with title and source line, the same every time."""
        above = alt.Title(
            self._heading,
            subtitle=_lines(self.how, 12),
            anchor="start",
            frame="bounds",
            offset=12,
        )
        below = alt.Title(
            _lines(self.source_line, 11),
            orient="bottom",
            anchor="start",
            frame="bounds",
            offset=8,
            fontSize=11,
            fontWeight="normal",
            lineHeight=14,
            color=GREY,
        )
        # Each part has its own legends, so that they stand below the title.
        apart: dict[str, Any] = dict.fromkeys(KEYED, "independent")
        own = alt.Resolve(scale=alt.ScaleResolveMap(**apart))
        # All is said at once: with each word that is added later, Altair copies the whole chart.
        titled = alt.vconcat(self.chart, title=above, resolve=own)
        whole = alt.vconcat(
            titled, title=below, description=self.words, resolve=own, config=style()
        )
        made = whole.to_dict()
        made["datasets"] = made.get("datasets", {}) | dict(self.datasets or {})
        # JupyterLab knows version 5 of Vega-Lite; what these charts use is the same in both.
        return made | {"$schema": "https://vega.github.io/schema/vega-lite/v5.json"}

    @property
    def _heading(self) -> Any:
        """The title in lines; where it follows a slider, as an expression that picks it."""
        if not self.titles:
            return _lines(self.title, 15.5)
        every = {str(value): _lines(title, 15.5) for value, title in self.titles.items()}
        return alt.ExprRef(f"({json.dumps(every, ensure_ascii=False)})[{self.control}]")

    @property
    def svg(self) -> str:
        """The picture. Raises ModuleNotFoundError without vl-convert-python."""
        words = html.escape(self.words, quote=True)
        picture = _vl_convert().vegalite_to_svg(self.spec)
        told = f'<svg role="img" aria-label="{words}" style="max-width:100%;height:auto" '
        return picture.replace("<svg ", told, 1)

    @property
    def html(self) -> str:
        """The picture as an element of a page, with its alternative text."""
        words = html.escape(self.words, quote=True)
        data = base64.b64encode(self.svg.encode("utf-8")).decode("ascii")
        return f'<img alt="{words}" src="data:image/svg+xml;base64,{data}">'

    @asked
    def save(self, path: str | Path) -> None:
        """Write the figure to a file, of the type that its ending names, one of SAVED.

        Raises ValueError where it names another, and ModuleNotFoundError without vl-convert-python,
        which only .json does not need.
        """
        path = Path(path)
        ending = path.suffix.lower()
        if ending not in SAVED:
            raise ValueError(
                f"a figure is saved as {', '.join(SAVED)}, and not as {ending!r}; "
                f"let {path.name!r} end in one of these"
            )
        path.write_bytes(self._written(ending))

    def _written(self, ending: str) -> bytes:
        """Return the content of a file with one of the endings of SAVED."""
        if ending == ".png":
            return _vl_convert().vegalite_to_png(self.spec, scale=SHARP)
        if ending == ".html":
            page = _vl_convert().vegalite_to_html(self.spec, bundle=True)
            title = f"<title>{html.escape(self.title)}</title>"
            return page.replace("<title>Chart</title>", title, 1).encode()
        if ending == ".json":
            return f"{json.dumps(self.spec, ensure_ascii=False, indent=1)}\n".encode()
        return self.svg.encode()

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt}\n{self.source_line}"

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict, dict]:
        shown = {INTERACTIVE: self.spec, "text/plain": repr(self)}
        # Without vl-convert there is the interactive chart alone.
        with contextlib.suppress(ImportError):
            shown[STATIC] = self.html
        options = {"renderer": "svg", "actions": False, "defaultStyle": CONTROLS_FIRST}
        return shown, {INTERACTIVE: {"embed_options": options}}


@cache
def style() -> alt.Config:
    """Return the style of all figures: plain, on white, and fit to be printed.

    Every colour is set: what is not takes that of the theme, which in a dark JupyterLab is white.
    """
    return alt.Config(
        font=FONT,
        background="white",
        padding=8,
        view=alt.ViewConfig(stroke=None),
        mark=alt.MarkConfig(aria=False),  # the picture as a whole has its words
        title=alt.TitleConfig(
            fontSize=15.5,
            color=INK,
            subtitleFontSize=12,
            subtitleColor=GREY,
            subtitlePadding=5,
            lineHeight=19,
        ),
        axis=alt.AxisConfig(
            labelFontSize=11,
            titleFontSize=11,
            titleFontWeight="normal",
            labelColor=INK,
            titleColor=GREY,
            gridColor=PALE,
            domainColor=MUTED,
            tickColor=MUTED,
        ),
        legend=alt.LegendConfig(
            labelFontSize=11,
            titleFontSize=11,
            titleFontWeight="normal",
            labelColor=INK,
            titleColor=GREY,
            symbolStrokeWidth=2,
        ),
        header=alt.HeaderConfig(
            labelFontSize=12,
            titleFontSize=12,
            labelFontWeight="bold",
            labelColor=INK,
            titleColor=INK,
        ),
        text=alt.MarkConfig(fontSize=11, color=INK),
    )


def _vl_convert() -> Any:
    """Return the library that makes pictures. Raises ModuleNotFoundError where it is missing."""
    try:
        import vl_convert
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "pictures are made by vl-convert-python, which is not installed; the extra charts of "
            "eastflank brings it, and so does: pip install vl-convert-python",
            name="vl_convert",
        ) from error
    return vl_convert


def _lines(text: str, size: float) -> list[str]:
    """Break a text into lines that fit the width in letters of a size."""
    return textwrap.wrap(text, int(WIDTH / (size * 0.51)))
