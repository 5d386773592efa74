"""A season of meetings: the dates that a rule gives, and the meetings made of those that are wanted."""

from copy import copy
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from calendars.finnish_holidays import holiday_name
from calendars.rules import LAST_OF_MONTH, Monthly, Weekly, Weeks
from centres.history.recording import note, roots_of


class Rule(models.TextChoices):
    """In which weeks, or on which weekday of the month, a network meets."""

    EVERY = "every", _("every week")
    EVEN = "even", _("even weeks")
    ODD = "odd", _("odd weeks")
    FIRST = "first", _("first of the month")
    SECOND = "second", _("second of the month")
    THIRD = "third", _("third of the month")
    FOURTH = "fourth", _("fourth of the month")
    LAST = "last", _("last of the month")


_NTH = {Rule.FIRST: 1, Rule.SECOND: 2, Rule.THIRD: 3, Rule.FOURTH: 4, Rule.LAST: LAST_OF_MONTH}


@dataclass(frozen=True)
class SeasonDay:
    """A date that a rule gives: the public holiday on it (may be empty), and whether the network meets then already."""

    day: date
    holiday: str
    is_taken: bool


def days_of(rule, weekday, first_day, last_day):
    """The dates from `first_day` to `last_day` that `rule` (a `Rule`) gives for `weekday` (0 Monday - 6 Sunday)."""
    if rule in _NTH:
        return list(Monthly(weekday, _NTH[rule]).days(first_day, last_day))
    return list(Weekly(weekday, Weeks(rule)).days(first_day, last_day))


def season_days(local, starts, days, language):
    """`days` as `SeasonDay`s of the network `local`, which would meet at `starts`; names are for `language`."""
    taken = set(local.meetings.filter(day__in=days, starts=starts).values_list("day", flat=True))
    return [SeasonDay(day, holiday_name(day, language), day in taken) for day in days]


@transaction.atomic
def make_season(*, like, days, user):
    """A meeting as `like`, which is in no database, on each of `days`, made by `user`; gives them.

    Days on which the network meets at that time already are passed over, so that twice makes nothing twice.
    ValidationError where a rule of the model is broken; IntegrityError where somebody else is quicker.
    """
    taken = set(like.local_network.meetings.filter(starts=like.starts).values_list("day", flat=True))
    made = []
    for day in sorted(set(days) - taken):
        row = copy(like)
        row.day, row.uuid = day, uuid4()
        row.full_clean()
        row.save()
        made.append(row)
    note(roots_of(made), user=user)
    return made
