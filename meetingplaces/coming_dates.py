"""The coming dates of a centre's meeting places, day by day, as the desk shows them to whoever may change them."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from calendars.occurrences import Occurrence, Status
from meetingplaces.actions import version
from meetingplaces.expansion import occurrences
from meetingplaces.models import Coming, MeetingPlace


@dataclass(frozen=True)
class ComingDate:
    """One date of a session: what became of it, and how many families might come."""

    occurrence: Occurrence
    families: int = 0

    @property
    def session(self):
        return self.occurrence.session.key

    @property
    def change(self):
        """What is said of this date by itself; None where it goes by the rule, or by a closure."""
        return self.occurrence.change and self.occurrence.change.key

    @property
    def version(self):
        return version(self.change)

    @property
    def is_extra(self):
        """Whether it can be removed: there is no usual that it would go back to."""
        return self.occurrence.status is Status.EXTRA

    @property
    def is_first_told(self):
        """Whether it stands on the date that the rule gave: one that was moved stands on two."""
        return self.occurrence.day == self.occurrence.original_day

    @property
    def can_be_cancelled(self):
        return self.occurrence.is_on

    @property
    def can_be_moved(self):
        """One that a closure closes too: it may be held on another day."""
        return not self.occurrence.is_left and not self.occurrence.is_extra


@dataclass(frozen=True)
class ComingDay:
    """One date of the calendar, with what is on or off on it in the order of time."""

    day: date
    is_today: bool
    dates: list[ComingDate]


def coming_days(centre, today, first_day, last_day, language):
    """The days of `centre`, from `first_day` to `last_day`, on which something is held or is off, as families see it.

    Four queries, whatever the number of sessions.
    """
    meeting_places = MeetingPlace.objects.public(today).in_centre(centre).values("pk")
    found = occurrences(centre, meeting_places, first_day, last_day, language)
    counts = Coming.objects.filter(
        session__meeting_place__centre=centre, day__range=(first_day, last_day)
    ).values_list("session", "day", "families")
    families = {(session, day): number for session, day, number in counts}
    return [
        ComingDay(
            day,
            day == today,
            [ComingDate(each, families.get((each.session.key.pk, day), 0)) for each in of_day],
        )
        for day, of_day in groupby(found, key=lambda each: each.day)
    ]
