"""Changing one date of a session, never over what somebody else has said of it meanwhile; and copying a season."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from centres.copying import clone
from centres.history.recording import recording
from meetingplaces.models import SessionChange

WEEK = timedelta(weeks=1)


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the date since the page was opened."""


def version(change):
    """What tells a change from the one that it becomes when somebody saves it; empty while there is none."""
    return change.updated_at.isoformat() if change else ""


def save_change(*, change, seen, user):
    """Saves `change`, made by `user` on a page that was opened when the date's change had the `version` `seen`.

    ValidationError where a rule of the model is broken, ChangedMeanwhileError where another change is there now.
    """
    with recording([change.session], user=user):
        _get_if_unchanged(change.session, change.day, seen)
        change.full_clean()
        change.save()


def undo_change(*, session, day, seen, user):
    """Takes back that the date is off or moved; a note on it stays. What is only noted or extra is removed.

    What was moved or extra before it was cancelled is so again: that was said, and taken back by nobody.
    ChangedMeanwhileError where the change is no longer as it was `seen`.
    """
    with recording([session], user=user):
        change = _get_if_unchanged(session, day, seen)
        if change is None:
            return
        if change.was_changed_before:
            change.hold_again()
            change.save()
        elif change.note and change.kind in (SessionChange.Kind.CANCELLED, SessionChange.Kind.MOVED):
            change.become(SessionChange.Kind.NOTED)
            change.save()
        else:
            change.delete()


def _get_if_unchanged(session, day, seen):
    change = session.changes.filter(day=day).first()
    if version(change) != seen:
        raise ChangedMeanwhileError
    return change


def moved_day(day, *, old, new):
    """`day` of a season that begins on `old`, as many whole weeks later as the one that begins on `new`.

    The same weekday, so that a theme day on a Thursday stays on one. OverflowError past the end of the calendar.
    """
    return day + round((new - old) / WEEK) * WEEK


@transaction.atomic
def copy_season(*, season, sessions, first_day, last_day, **values):
    """A season like `season` from `first_day` to `last_day`, with `values` (its names and slug) and its own `sessions`.

    A copy of a session is a new one to every calendar. It is held all season long, and as its rule says: from when to
    when the old one was valid, and what was different on single dates, were those of the old season. One that was
    held on one date is held as many weeks later as the season begins.
    """
    copy = clone(season, first_day=first_day, last_day=last_day, **values)
    for session in sessions:
        day = session.day and moved_day(session.day, old=season.first_day, new=first_day)
        clone(session, season=copy, day=day, uid=uuid4(), sequence=0, valid_from=None, valid_until=None)
    return copy
