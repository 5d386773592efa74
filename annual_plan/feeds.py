"""A plan for calendars (RFC 5545): the rows whose month is known.

Each is an all-day event from the first to the last day of its month, and keeps nobody busy. One day of the month would
be read as the day on which it happens, which nobody has promised; a bar over the month says what the plan says, and few
rows name a month. What names a quarter only, or nothing, is in no calendar: three months say nothing there.

An event tells what stands in the row itself, so that each version is made by saving the row (`NewerEachTime.save`); the
year is the plan's, which keeps it once it is no draft. Who is responsible, the goal and the tasks are on the page that
it leads to.
"""

from datetime import timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Event

from annual_plan.models import Outcome
from annual_plan.quarters import days_of
from calendars.feeds import blank
from centres.printable import printable


def feed(plan, rows, *, name, address):
    """A feed called `name` of the `rows` of `plan` that have a month, in the language of now.

    `address` takes a row and gives the whole address of its page.
    """
    document = blank(name=printable(name), product="vuosisuunnitelmat")
    for row in rows:
        document.add_component(_event(plan.year, row, address(row)))
    return document.to_ical()


def _event(year, row, url):
    first, last = days_of(year, row.quarter, row.month)
    event = Event()
    event.add("uid", f"{row.uuid}@perhekeskus")
    event.add("dtstamp", row.updated_at)
    event.add("last-modified", row.updated_at)
    event.add("sequence", row.sequence)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", printable(_summary(row)))
    event.add("status", "CANCELLED" if row.outcome == Outcome.DROPPED else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [row.get_kind_display()])
    event.add("description", printable("\n".join(filter(None, _words(row, url)))))
    event.add("url", url)
    return event


def _summary(row):
    """ "7. Open the doors"; of one that is given up, that it is: some calendars do not show it otherwise."""
    name = f"{row.number}. {row.title}"
    return _("DROPPED: %s") % name if row.outcome == Outcome.DROPPED else name


def _words(row, url):
    """What the description tells; any of it may be empty."""
    yield row.description
    if row.is_evaluated:
        yield _("Outcome: %s") % row.get_outcome_display()
    yield row.drop_reason and capfirst(row.drop_reason)
    yield url
