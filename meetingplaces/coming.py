"""How many families might come to one date of a session, by their taps: a count, and nothing of who they are."""

from datetime import date, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from calendars.iso_weeks import FIRST_YEAR, LAST_YEAR
from meetingplaces.expansion import occurrences
from meetingplaces.models import Coming, Session

AHEAD = timedelta(days=15)
MOST = 100  # more families than any room holds: a number above it is somebody's joke
KEPT = timedelta(days=7)


def name_of_date(occurrence):
    """What the button of `occurrence` sends: "2026-11-18_7", the date on which it is held and its session."""
    return f"{occurrence.day}_{occurrence.session.key.pk}"


def named(centre, meeting_place, name, language):
    """The occurrence of `meeting_place`, of `centre`, called `name`; None where there is none, or none any more."""
    try:
        day = date.fromisoformat(name.partition("_")[0])
    except ValueError:
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    found = occurrences(centre, [meeting_place], day, day, language, also=["comings"])
    # One that was moved onto a date of its own session stands there beside it.
    called_so = [each for each in found if name_of_date(each) == name]
    return max(called_so, key=lambda each: each.is_on, default=None)


def families(occurrence):
    """How many families might come; the `comings` of its session are fetched."""
    counted = occurrence.session.key.comings.all()
    return next((row.families for row in counted if row.day == occurrence.day), 0)


def is_counted(occurrence):
    """Whether its meeting place wants to know; of a closed group it is known already who comes."""
    session = occurrence.session.key
    return session.meeting_place.counts_families and session.kind != Session.Kind.CLOSED


def why_not(occurrence, now):
    """Why a tap of the moment `now` cannot be counted, as families are told; "" when it can."""
    if not occurrence.is_on:
        return _("It is not held on this date.")
    if occurrence.end <= now:
        return _("This date is over already.")
    if occurrence.day > now.date() + AHEAD:
        return _("This date is still far off. Tell again when it is nearer.")
    if is_full(occurrence):
        return _(
            "So many families have told already that no more are counted. "
            "Ask the organiser whether there is room."
        )
    return ""


def is_full(occurrence):
    """Whether as many have told as there is room for."""
    return families(occurrence) >= _most(occurrence.session.key)


def is_asked(occurrence, now):
    """Whether its page has the button."""
    return is_counted(occurrence) and not why_not(occurrence, now)


def count(occurrence, today):
    """One family more, however many tap at once. What was counted for dates gone by is thrown away meanwhile."""
    session = occurrence.session.key
    row, _created = Coming.objects.get_or_create(session=session, day=occurrence.day)
    Coming.objects.filter(pk=row.pk, families__lt=_most(session)).update(families=F("families") + 1)
    forget_gone_by(today)


def forget_gone_by(today):
    """Throws away what was counted for dates that are over for some days."""
    Coming.objects.filter(day__lt=today - KEPT).delete()


def _most(session):
    return min(session.capacity or MOST, MOST)
