"""Calendar feeds of meetings (RFC 5545): each meeting is an event of its own, on its own date.

Who is coming is in no feed; the remote link and what to know beforehand are only in those of insiders.
"""

from datetime import timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Event

from calendars.feeds import blank, local_time
from centres.printable import in_one_line, printable

# Feeds go on telling of what is over for so long.
SINCE = timedelta(days=90)


def feed(meetings, *, name, address, insider):
    """A feed called `name` of `meetings`, fetched with their networks and places, in the language of now.

    `address` takes a meeting and gives the whole address of its page. An `insider` is told all.
    """
    document = blank(name=printable(name), product="verkostot")
    for each in meetings:
        document.add_component(_event(each, address(each), insider=insider))
    return document.to_ical()


def _event(meeting, url, *, insider):
    words = _words(meeting, url, insider=insider)
    event = Event()
    event.add("uid", f"{meeting.uuid}@perhekeskus")
    event.add("dtstamp", meeting.updated_at)
    event.add("last-modified", meeting.updated_at)
    event.add("sequence", meeting.sequence)
    event.add("dtstart", local_time(meeting.day, meeting.starts))
    event.add("dtend", local_time(meeting.day, meeting.ends))
    event.add("summary", printable(_summary(meeting)))
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    # What is off keeps nobody from anything else.
    event.add("transp", "TRANSPARENT" if meeting.is_cancelled else "OPAQUE")
    event.add("categories", [meeting.get_kind_display()])
    event.add("description", printable("\n".join(filter(None, words))))
    # A tap on the event opens the meeting itself where there is a link, else its page.
    event.add("url", (insider and meeting.remote_link) or url)
    place = meeting.place
    if place is not None:
        event.add("location", printable(in_one_line(place)))
        if place.latitude is not None:
            event.add("geo", (place.latitude, place.longitude))
    elif insider and meeting.remote_link:
        event.add("location", _("Remote meeting"))
    return event


def _summary(meeting):
    """ "MARAK: spring plans"; of one that is off, that it is, and why: some calendars do not show it otherwise."""
    name = f"{meeting.local_network.title}: {meeting.title}"
    if not meeting.is_cancelled:
        return name
    said = _("CANCELLED: %s") % name
    return f"{said} ({meeting.reason})" if meeting.reason else said


def _words(meeting, url, *, insider):
    """What the description tells, the most important first; any of it may be empty."""
    if meeting.reason:
        yield capfirst(meeting.reason)
    if insider and meeting.remote_link:
        yield _("Remote link: %s") % meeting.remote_link
    if insider:
        yield meeting.note
    if meeting.place:
        yield meeting.place.directions
    yield url
