"""Draw what the notebooks draw, in a notebook of your own; needs the extra `charts`: Altair.

from eastflank import charts

charts.lives()                     # every commitment on one page: status, turns, deadline
charts.monthly()                   # how many commitments stood where, month by month
charts.life("deu-us-missile-deployment")  # one commitment from turn to turn, with its deadlines
charts.punctuality(2)              # which allies kept the dates they set for 2% of GDP
charts.first_years(2)              # in which year each ally first spent so many percent
charts.spending("canada")          # what an ally spends, in every edition, and what it promised
charts.components("poland")        # numbers promised with their parts, and what was reported since
charts.borne_out("shea-2024")      # which of a source's claims others confirm, refine, contradict
charts.slips("shea-2024")          # its numbers and dates that others contradict, and by how much
charts.disagreements()             # every field on which sources differ, and how it ended
charts.grades()                    # how reliable sources are, and how credible their statements
charts.support()                   # on how many independent sources records rest
charts.watch()                     # questions and warning signs, and which of them came true
charts.Figure(chart, title=..., alt=..., source=charts.sources(ids))  # a chart of yours
charts.voices(ids)                 # who says so, in words for a tooltip

Each takes `data`, a `Dataset` that was opened, and else draws the installed one:
`charts.lives(data=Dataset(as_of="2025-06-30"))`. Rows that were loaded in a state of knowledge are
drawn in it: `charts.lives(ef.load("commitments", as_of="2025-06-30"))`.
"""

from eastflank.charts.allies import DATES, TIMINGS, dates_set, first_years, punctuality, reached
from eastflank.charts.budgets import editions, spending
from eastflank.charts.figure import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    INK,
    MUTED,
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
from eastflank.charts.outcomes import (
    FIRM,
    PROVISIONAL,
    STANDINGS,
    counted,
    days,
    firmness,
    history,
    monthly,
    statuses,
)
from eastflank.charts.testimony import VERDICTS, borne_out, errors, slips, verdicts
from eastflank.charts.trust import disagreements, disputes, grades, support, thin
from eastflank.charts.watchpoints import STATUSES, signs, standing, watch, watched
from eastflank.charts.words import (
    labels,
    listed,
    names,
    opened,
    plural,
    sources,
    stances,
    titles,
    voices,
    when,
)

__all__ = [
    "BLACK",
    "BLUE",
    "DATES",
    "FIRM",
    "GREEN",
    "GREY",
    "INK",
    "MUTED",
    "ORANGE",
    "PALE",
    "PROVISIONAL",
    "PURPLE",
    "RED",
    "SKY",
    "STANDINGS",
    "STATUSES",
    "TIMINGS",
    "TURNS",
    "VERDICTS",
    "YELLOW",
    "Figure",
    "Finding",
    "borne_out",
    "components",
    "counted",
    "dates_set",
    "days",
    "disagreements",
    "disputes",
    "editions",
    "errors",
    "firmness",
    "first_years",
    "grades",
    "history",
    "labels",
    "life",
    "listed",
    "lives",
    "monthly",
    "names",
    "opened",
    "plural",
    "promised_parts",
    "punctuality",
    "reached",
    "signs",
    "slips",
    "sources",
    "spending",
    "stances",
    "standing",
    "statuses",
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
