"""What every calendar feed (RFC 5545) begins with, whatever stands in it.

No METHOD, which would make an invitation of it, and a time zone of our own: what `icalendar` adds by itself has a
comment that a common reader refuses.
"""

from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Timezone, vText

from calendars.wall_time import HELSINKI

# How often a calendar should ask again.
ASK_AGAIN = timedelta(hours=6)
TIME_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Helsinki
BEGIN:DAYLIGHT
DTSTART:19810329T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
TZNAME:EEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T040000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
TZNAME:EET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


def blank(*, name: str, product: str) -> Calendar:
    """A calendar without events, called `name` (without control characters), made by our `product`."""
    document = Calendar()
    document.add("prodid", f"-//perhekeskus//{product}//FI")
    document.add("version", "2.0")
    document.add("calscale", "GREGORIAN")
    for called in ("name", "x-wr-calname"):
        # Typed by hand: `icalendar` escapes neither by itself.
        document.add(called, vText(name))
    document.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    document.add("x-published-ttl", "PT6H")
    document.add_component(Timezone.from_ical(TIME_ZONE))
    return document


def local_time(day: date, at: time) -> datetime:
    """When a clock on a wall in Finland shows `at` on `day`, as a feed writes it: with its zone."""
    return datetime.combine(day, at, tzinfo=HELSINKI)
