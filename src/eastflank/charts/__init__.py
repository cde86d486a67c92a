"""Draw what the notebooks draw, in a notebook of your own; needs the extra `charts`.

from eastflank import charts

charts.shares()                    # what came of each corpus, with its n
charts.lives()                     # every commitment on one page: status, turns, deadline
charts.monthly()                   # how many commitments stood where, month by month
charts.life("deu-us-missile-deployment")  # one commitment from turn to turn, with its deadlines
charts.punctuality(2)              # which allies kept the dates they set for 2% of GDP
charts.first_years(2)              # in which year each ally first spent so many percent
charts.spending("CAN")             # what an ally spends, in every edition, and what it promised
charts.components("Poland")        # numbers promised with their parts, and what was reported since
charts.borne_out("shea-2024")      # which of a source's claims others confirm, refine, contradict
charts.slips("shea-2024")          # its numbers and dates that others contradict, and by how much
charts.disagreements()             # every field on which sources differ, and how it ended
charts.grades()                    # how reliable sources are, and how credible their statements
charts.support()                   # on how many independent sources records rest
charts.watch()                     # questions and warning signs, and which of them came true
charts.joins()                     # by which columns the tables join
charts.reports("can-2pct-gdp-level", "due")  # what each source reports of one field
charts.forecasts()                 # which sort of question or warning comes true
charts.around("nato-washington-summit")  # what happened in the weeks before and after an event
charts.interactions()              # who acts on whom, and how much of it is conflict
charts.alliances()                 # who cooperates with whom, and who is in conflict with whom
charts.balance()                   # how much of what happened is cooperation, how much conflict
charts.flank()                     # where it happened, on a map of NATO's eastern flank

Each can be saved: `charts.lives().save("lives.svg")`, or as .png, .html or .json.

Each takes `data`, a `Dataset` that was opened, and else draws the installed one:
`charts.lives(data=Dataset(as_of="2025-06-30"))`. Rows that were loaded in a state of knowledge are
drawn in it: `charts.lives(ef.load("commitments", as_of="2025-06-30"))`.

For a chart of yours there are `Figure` and its colours (`PALETTE`), `sources` for the line below
it, and `when`, `listed`, `plural` and `tally` for its words. The frames behind the drawings stand
in the modules that draw them, such as `eastflank.charts.allies.dates_set`.
"""

from importlib.util import find_spec

if find_spec("altair") is None:
    raise ModuleNotFoundError(
        "the charts are drawn by Altair, which is not installed; the extra charts of eastflank "
        "brings it, and so does: pip install altair vl-convert-python",
        name="altair",
    )

from eastflank.charts.accuracy import slips
from eastflank.charts.allies import first_years, punctuality
from eastflank.charts.budgets import spending
from eastflank.charts.course import life
from eastflank.charts.figure import PALETTE, Figure, Finding
from eastflank.charts.lifelines import lives
from eastflank.charts.maps import flank
from eastflank.charts.network import alliances
from eastflank.charts.numbers import components
from eastflank.charts.outcomes import monthly, tally
from eastflank.charts.pairs import interactions
from eastflank.charts.populations import shares
from eastflank.charts.tables import joins, reports
from eastflank.charts.testimony import borne_out
from eastflank.charts.tone import balance
from eastflank.charts.trust import disagreements, grades, support
from eastflank.charts.watchpoints import forecasts, watch
from eastflank.charts.weeks import around
from eastflank.charts.words import listed, plural, sources, when

__all__ = [
    "PALETTE",
    "Figure",
    "Finding",
    "alliances",
    "around",
    "balance",
    "borne_out",
    "components",
    "disagreements",
    "first_years",
    "flank",
    "forecasts",
    "grades",
    "interactions",
    "joins",
    "life",
    "listed",
    "lives",
    "monthly",
    "plural",
    "punctuality",
    "reports",
    "shares",
    "slips",
    "sources",
    "spending",
    "support",
    "tally",
    "watch",
    "when",
]
