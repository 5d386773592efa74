"""What the desk says after a date was saved: that families see it crossed out, and what is in its place at its time."""

from itertools import chain

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from calendars import occurrences as calendar
from centres.templatetags.dates import day_in_words, hours
from meetingplaces.coverage import is_same_place
from meetingplaces.expansion import closures_of, occurrences, on_calendar
from meetingplaces.models import MeetingPlace, Session, SessionChange, WeekRule

# So many clashes are named, and so many dates of a session looked at.
MOST_NAMED = 3


def why_crossed_out(session):
    """Why families see the one date of `session` crossed out, and what to do; empty where they do not.

    What somebody has said of the date themselves is no surprise.
    """
    if session.rule != WeekRule.ONCE or not session.has_days or session.changes.exists():
        return ""
    day = session.day
    closures = closures_of(session.meeting_place.centre, day, day)
    found = calendar.occurrences([session.on_calendar()], closures, day, day, get_language())
    return next((_why(each) for each in found if not each.is_on), "")


def _why(occurrence):
    closure = occurrence.closure and occurrence.closure.key
    if closure is None:
        words = _(
            "%(day)s is %(reason)s: families see that this is not held. If it is, choose “held on public holidays”."
        )
    elif closure.school_holiday:
        words = _(
            "%(day)s is closed (%(reason)s): families see that this is not held. If it is, take the tick away from "
            "“off on school holidays”."
        )
    else:
        words = _(
            "%(day)s is closed (%(reason)s): families see that this is not held. Choose another date, or change the "
            "closure."
        )
    reason = closure.reason if closure else occurrence.holiday
    return words % {"day": day_in_words(occurrence.day), "reason": reason}


def clashes_of(session):
    """What `clash_on` says of the next date of `session` and of its next ones that are moved or added."""
    today = timezone.localdate()
    changes = session.changes.filter(kind__in=(SessionChange.Kind.MOVED, SessionChange.Kind.EXTRA))
    dated = sorted(each.to_day or each.day for each in changes)
    rules = on_calendar(Session.objects.filter(pk=session.pk))
    closures = session.meeting_place.centre.closures.filter(last_day__gte=today)
    following = calendar.next_dates(rules, [each.on_calendar() for each in closures], today, 1)
    days = dict.fromkeys(chain((each.day for each in following), (day for day in dated if day >= today)))
    return [words for day in list(days)[:MOST_NAMED] if (words := clash_on(session, day))]


def clash_on(session, day):
    """What else is held on `day` in the place of `session` while it is; empty where nothing is."""
    centre = session.meeting_place.centre
    places = MeetingPlace.objects.in_centre(centre).values("pk")
    held = [each for each in occurrences(centre, places, day, day, get_language()) if each.is_on]
    own = [each for each in held if each.session.key.pk == session.pk]
    others = [each for each in held if each.session.key.pk != session.pk]
    meeting = [each for each in others if any(_meet(each, one) for one in own)]
    if not meeting:
        return ""
    names = ", ".join(f"{each.session.key.known_as} {hours(each)}" for each in meeting[:MOST_NAMED])
    return _("In the same place at the same time on %(day)s: %(others)s.") % {
        "day": day_in_words(day),
        "others": names,
    }


def _meet(one, other):
    return is_same_place(one, other) and one.starts < other.ends and other.starts < one.ends
