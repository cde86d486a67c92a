"""A chart that can stand alone: its finding above it, its sources below it, and words for those who cannot see it."""

import html
import textwrap
from dataclasses import dataclass

import altair as alt

from eastflank.version import VERSION

WIDTH = 660
"""The width in pixels to which titles and source lines are broken: that of a page, and of a chart with its labels."""

FONT = "Arial, Helvetica, Liberation Sans, sans-serif"
"""Fonts of one width, so that a text measured here fits everywhere; the last named one comes with vl-convert."""

INTERACTIVE, STATIC = "application/vnd.vegalite.v5+json", "image/svg+xml"
"""What JupyterLab draws by itself, with tooltips and sliders, and what code hosts and printers show."""

INK, GREY, PALE = "#222222", "#5F5F5F", "#DDDDDD"
"""For titles, for words beside the data, and for the grid; the first two can be read on white."""

BLUE, GREEN, RED, ORANGE = "#0072B2", "#009E73", "#D55E00", "#E69F00"
SKY, PURPLE, YELLOW, BLACK = "#56B4E9", "#CC79A7", "#F0E442", "#000000"
"""The palette of Okabe and Ito, whose colours the colour-blind can tell apart; yellow is for areas only."""


class Finding(str):
    """A sentence that says what was found; a notebook shows it in bold."""

    def _repr_markdown_(self) -> str:
        return f"**{self}**"


@dataclass(frozen=True)
class Figure:
    """An Altair chart with all that must stand by it; shown in a notebook, it is interactive where that is possible.

    `title` is the finding in a sentence, `alt` the words for those who cannot see the chart, `source` who says so, without
    "Sources" and the version, which are added; `how`, if given, says how the chart is to be read.
    """

    chart: alt.TopLevelMixin
    title: str
    alt: str
    source: str
    how: str = ""

    def __post_init__(self):
        for name in ("title", "alt", "source"):
            if not getattr(self, name).strip():
                raise ValueError(f"a figure must have its {name}; give a sentence")

    @property
    def finding(self) -> Finding:
        """The title, to be shown by itself before the picture."""
        return Finding(self.title)

    @property
    def source_line(self) -> str:
        """Who says so, and in which version of the dataset."""
        return f"Sources: {self.source}. Eastflank {VERSION}."

    @property
    def words(self) -> str:
        """The alternative text of the picture: the finding, and what there is to see."""
        return f"{self.title}. {self.alt}"

    @property
    def spec(self) -> dict:
        """The Vega-Lite specification, with title and source line in it; the same figure gives the same one."""
        above = alt.Title(
            _lines(self.title, 15.5),
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
        own = dict.fromkeys(
            ("color", "fill", "shape", "size", "opacity", "stroke", "strokeDash"), "independent"
        )
        titled = alt.vconcat(self.chart, title=above).resolve_scale(
            **own
        )  # so that legends stand below the title
        whole = alt.vconcat(titled, title=below, description=self.words).resolve_scale(**own)
        made = styled(whole).to_dict()
        # JupyterLab knows version 5 of Vega-Lite, and what these charts use is the same in both versions.
        return made | {"$schema": "https://vega.github.io/schema/vega-lite/v5.json"}

    @property
    def svg(self) -> str:
        """The picture; needs vl-convert-python."""
        from vl_convert import vegalite_to_svg

        words = html.escape(self.words, quote=True)
        return vegalite_to_svg(self.spec).replace(
            "<svg ", f'<svg role="img" aria-label="{words}" style="max-width:100%;height:auto" ', 1
        )

    def save(self, path):
        """Write the picture to a file of the type svg."""
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(self.svg)

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt}\n{self.source_line}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        shown = {INTERACTIVE: self.spec, "text/plain": repr(self)}
        try:
            shown[STATIC] = self.svg
        except ImportError:
            pass  # without vl-convert there is the interactive chart alone
        return shown, {
            INTERACTIVE: {"embed_options": {"renderer": "svg", "actions": False}},
            STATIC: {"alt": self.words},
        }


def styled(chart: alt.TopLevelMixin) -> alt.TopLevelMixin:
    """Return a chart in the style of all figures: plain, on white, with text that can be read in print."""
    return (
        chart.configure(font=FONT, background="white", padding=8)
        .configure_view(stroke=None)
        .configure_mark(aria=False)  # the picture as a whole has its words
        .configure_title(
            fontSize=15.5,
            color=INK,
            subtitleFontSize=12,
            subtitleColor=GREY,
            subtitlePadding=5,
            lineHeight=19,
        )
        .configure_axis(
            labelFontSize=11,
            titleFontSize=11,
            titleFontWeight="normal",
            labelColor=INK,
            titleColor=GREY,
            gridColor=PALE,
        )
        .configure_legend(
            labelFontSize=11,
            titleFontSize=11,
            titleFontWeight="normal",
            titleColor=GREY,
            symbolStrokeWidth=2,
        )
        .configure_header(
            labelFontSize=12, titleFontSize=12, labelFontWeight="bold", labelColor=INK
        )
        .configure_text(fontSize=11, color=INK)
    )


def _lines(text: str, size: float) -> list[str]:
    """Break a text into lines that fit the width in letters of a size."""
    return textwrap.wrap(text, int(WIDTH / (size * 0.51)))
