"""The news of a centre's meeting places as an Atom feed (RFC 4287): dates that change, and closures."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Exists, OuterRef, Q
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from calendars import occurrences as calendar
from calendars.occurrences import MOST_DAYS, Status
from centres.printable import in_one_line, printable
from centres.templatetags.dates import clock_of_start, day_in_words, hours
from meetingplaces.expansion import closures_of, held_between, on_calendar
from meetingplaces.models import SessionChange

# Feeds go on telling of what is over for so long: who asks seldom still learns what was cancelled.
SINCE = timedelta(days=31)
MOST_ENTRIES = 60
# When nothing has happened yet: the same whenever one asks.
NEVER = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """What happens on `day`, in words: a title and the lines below it; `uuid` names it for good."""

    uuid: UUID
    day: date
    title: str
    lines: list[str]
    updated: datetime


def entries(centre, meeting_places, today, language):
    """The newest `Entry`s on `meeting_places`, rows of `centre`: what changes from a month ago on, for a year."""
    first_day = today - SINCE
    last_day = first_day + timedelta(days=MOST_DAYS - 1)
    closures = closures_of(centre, first_day, last_day)
    within = Q(day__range=(first_day, last_day)) | Q(to_day__range=(first_day, last_day))
    changes = SessionChange.objects.filter(within, session=OuterRef("pk"))
    sessions = on_calendar(held_between(meeting_places, first_day, last_day).filter(Exists(changes)))
    dates = calendar.occurrences(sessions, closures, first_day, last_day, language)
    by_id = {row.pk: row for row in meeting_places}
    found = [_of_date(each) for each in dates if _is_news(each)]
    found += [
        _of_closure(each.key, by_id.get(each.meeting_place), centre)
        for each in closures
        if each.meeting_place is None or each.meeting_place in by_id
    ]
    return sorted(found, key=lambda entry: (entry.updated, entry.uuid), reverse=True)[:MOST_ENTRIES]


def _is_news(occurrence):
    """Not what a closure closes, whatever is noted of that date; what went elsewhere is told where it went."""
    return (
        occurrence.change is not None
        and not occurrence.is_left
        and not (occurrence.closure or occurrence.holiday)
    )


def _of_date(occurrence):
    row, change = occurrence.session.key, occurrence.change.key
    return Entry(
        uuid=uuid5(row.uid, occurrence.original_day.isoformat()),
        day=occurrence.day,
        title=_title(occurrence, row.known_as),
        lines=[change.reason, change.note, _where(occurrence.place)],
        updated=change.updated_at,
    )


def _title(occurrence, name):
    session = occurrence.session
    usual = _when(occurrence.original_day, clock_of_start(session.starts))
    when = _when(occurrence.day, hours(occurrence))
    if occurrence.status is Status.CANCELLED:
        start = _when(occurrence.day, clock_of_start(occurrence.starts))
        return _("Cancelled: {name}, {when}").format(name=name, when=start)
    if occurrence.status is Status.EXTRA:
        return _("Extra date: {name}, {when}").format(name=name, when=when)
    if occurrence.status is Status.HELD:
        return _("Good to know: {name}, {when}").format(name=name, when=when)
    if (occurrence.day, occurrence.starts) != (occurrence.original_day, session.starts):
        return _("Moved: {name}, {usual}. New time: {when}").format(name=name, usual=usual, when=when)
    if occurrence.ends != session.ends:
        return _("Another time than usual: {name}, {when}").format(name=name, when=when)
    return _("Another place than usual: {name}, {when}").format(name=name, when=when)


def _when(day, time):
    return _("{day} at {time}").format(day=day_in_words(day), time=time)


def _where(place):
    return _("Place: %s") % in_one_line(place) if place else ""


def _of_closure(row, meeting_place, centre):
    days = "–".join(dict.fromkeys(day_in_words(day) for day in (row.first_day, row.last_day)))
    if meeting_place:
        title, lines = _("Closed: {what}, {days}").format(what=meeting_place.name, days=days), [row.reason]
    elif row.school_holiday:
        title = _("{what}, {days}").format(what=row.reason, days=days)
        lines = [_("Meeting places that keep the schools' holidays are closed.")]
    else:
        title = _("Closed: {what}, {days}").format(what=row.reason, days=days)
        lines = [_("All of the centre's meeting places are closed.")]
    # A closure has no name of its own that other installations do not give too.
    named = uuid5(NAMESPACE_URL, f"{centre.slug}/{row.pk}")
    return Entry(named, row.first_day, title, lines, row.updated_at)


class _Feed(Atom1Feed):
    def latest_post_date(self):
        return super().latest_post_date() if self.items else NEVER


def atom(found, *, title, language, author, home, address, link):
    """The `Entry`s `found` as the bytes of a feed in `language` by `author`.

    `home` is the whole address of the page that it belongs to, `address` its own; `link` takes a date and gives the
    whole address of its day.
    """
    feed = _Feed(
        title=printable(title),
        link=home,
        description=None,
        language=language,
        author_name=printable(author),
        feed_url=address,
        feed_guid=address,
    )
    for entry in found:
        lines = [(printable(line),) for line in entry.lines if line]
        feed.add_item(
            title=printable(entry.title),
            link=link(entry.day),
            description=format_html_join("", "<p>{}</p>", lines),
            unique_id=entry.uuid.urn,
            updateddate=entry.updated,
        )
    return feed.writeString("utf-8").encode()
