"""Quarters of a year, a number from 1 to 4 each: their names and days, and what is over. Pure."""

from calendar import monthrange
from datetime import date
from itertools import groupby

from django.db.models import IntegerChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

YEAR_END = 4


class Quarter(IntegerChoices):
    FIRST = 1, _("1st quarter")
    SECOND = 2, _("2nd quarter")
    THIRD = 3, _("3rd quarter")
    FOURTH = 4, _("4th quarter")


def days_of(year, quarter, month):
    """The first and the last day of the `month` (1–12), else of the `quarter`, else of the whole year."""
    first, last = (month, month) if month else (quarter * 3 - 2, quarter * 3) if quarter else (1, 12)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def ended_of(year, today):
    """How many quarters of `year` are over on the date `today`: 0 to 4."""
    if today.year == year:
        return (today.month - 1) // 3
    return YEAR_END if today.year > year else 0


def last_ended(today):
    """The quarter that was over last on the date `today`, as year and quarter: in January, the 4th of last year."""
    ended = ended_of(today.year, today)
    return (today.year, ended) if ended else (today.year - 1, YEAR_END)


def due_with(quarter):
    """The number of the quarter with which the time of a row is over; None, all year round: with the year."""
    return quarter or YEAR_END


def turn(row, today):
    """The place of `row` among those to evaluate on the date `today`: what is over first, then by quarter."""
    due = due_with(row.quarter)
    return due > ended_of(row.plan.year, today), due, row.quarter is None, row.number


def in_turn(rows, today):
    """`rows` of one plan as they are best evaluated on the date `today`."""
    return sorted(rows, key=lambda row: turn(row, today))


def following(rows, row, today):
    """The one of `rows` without an outcome to go on with after `row`: the next in turn, at the end the first."""
    waiting = [each for each in in_turn(rows, today) if not each.is_evaluated and each.pk != row.pk]
    place = turn(row, today)
    return next((each for each in waiting if turn(each, today) > place), next(iter(waiting), None))


def by_quarter(rows):
    """`rows` as pairs of what a quarter is called, in the language in use, and its rows; all year round last."""
    ordered = sorted(rows, key=lambda row: (row.quarter is None, row.quarter or 0, row.number))
    return [(said_of(quarter), list(few)) for quarter, few in groupby(ordered, key=lambda row: row.quarter)]


def said_of(quarter):
    """What a quarter is called; None: all year round."""
    return gettext("All year round") if quarter is None else str(Quarter(quarter).label)
