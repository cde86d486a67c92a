"""When allies first spent what they had promised: by all editions, and by the dates they set."""

from eastflank.charts.allies.deadlines import TIMINGS, dates_set, punctuality
from eastflank.charts.allies.levels import first_years, reached

__all__ = ["TIMINGS", "dates_set", "first_years", "punctuality", "reached"]
