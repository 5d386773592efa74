"""Which days a row of a plan is about: those of its month, else of its quarter, else of the whole year. Pure."""

from calendar import monthrange
from datetime import date


def days_of(year, quarter, month):
    """The first and the last day of the period; `quarter` (1–4) and `month` (1–12) may be None."""
    first, last = (month, month) if month else (quarter * 3 - 2, quarter * 3) if quarter else (1, 12)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
