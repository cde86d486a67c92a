"""Draw what the notebooks draw, in a notebook of your own; needs the extra `charts`, which is Altair.

from eastflank import charts

charts.lives()                     # every commitment on one page: outcome, turns, deadline
charts.shares()                    # how many were kept, late, withdrawn, open, month by month
charts.life("deu-us-missile-deployment")  # one commitment from turn to turn, with its deadlines
charts.spending("canada")          # what an ally spends, in every edition of the figures, beside what it promised
charts.first_years(2)              # in which year each ally first spent so many percent
charts.components("poland")        # numbers promised with their parts, beside what was reported since
charts.borne_out("shea-2024")      # which of a source's claims others confirm, refine, contradict
charts.slips("shea-2024")          # its numbers and dates that others contradict, and by how much
charts.disagreements()             # every field on which sources differ, and how it ended
charts.grades()                    # how reliable sources are, and how credible their statements
charts.support()                   # on how many independent sources records rest
charts.watch(ef.load("watchpoints"))  # questions and warning signs, what was said of them, what came true
charts.Figure(chart, title=..., alt=..., source=charts.sources(ids))  # a chart of yours, fit to be printed
charts.voices(ids)                 # who says so, in words for a tooltip
"""

from eastflank.charts.allies import first_years, reached
from eastflank.charts.budgets import editions, spending
from eastflank.charts.figure import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PURPLE,
    RED,
    SKY,
    YELLOW,
    Figure,
    Finding,
)
from eastflank.charts.lifelines import TURNS, life, lives, turn
from eastflank.charts.numbers import components, promised_parts
from eastflank.charts.outcomes import OUTCOMES, counted, days, outcome, shares, spells
from eastflank.charts.testimony import VERDICTS, borne_out, errors, slips, verdicts
from eastflank.charts.trust import disagreements, disputes, grades, support, thin
from eastflank.charts.watchpoints import STATUSES, signs, standing, watch, watched
from eastflank.charts.words import listed, names, sources, stances, titles, voices, when

__all__ = [
    "BLACK",
    "BLUE",
    "GREEN",
    "GREY",
    "INK",
    "ORANGE",
    "OUTCOMES",
    "PALE",
    "PURPLE",
    "RED",
    "SKY",
    "STATUSES",
    "TURNS",
    "VERDICTS",
    "YELLOW",
    "Figure",
    "Finding",
    "borne_out",
    "components",
    "counted",
    "days",
    "disagreements",
    "disputes",
    "editions",
    "errors",
    "first_years",
    "grades",
    "life",
    "listed",
    "lives",
    "names",
    "outcome",
    "promised_parts",
    "reached",
    "shares",
    "signs",
    "slips",
    "sources",
    "spells",
    "spending",
    "stances",
    "standing",
    "support",
    "thin",
    "titles",
    "turn",
    "verdicts",
    "voices",
    "watch",
    "watched",
    "when",
]
