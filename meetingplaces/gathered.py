"""What a compilation gathers of meeting places: each group and meeting, however often it is held, by its next date."""

from datetime import timedelta

from meetingplaces.expansion import occurrences
from meetingplaces.models import MeetingPlace, Session

# A group that meets once a month is found, and one that begins after the summer.
DAYS_AHEAD = 100
# As many as a person looks through; all the others are in the week.
MOST_SHOWN = 24


def next_of_each(centre, reach, today, language):
    """The next `Occurrence` of each group and meeting of `centre` in the window of a theme (its `Reach`).

    Groups and theme days first, then what is open to all, each by date: a compilation is looked up for a group.
    Three queries, whatever the number of sessions.
    """
    meeting_places = MeetingPlace.objects.public(today).in_centre(centre).about(reach.topics, reach.ways)
    last_day = today + timedelta(days=DAYS_AHEAD - 1)
    nearest = {}
    for each in occurrences(centre, meeting_places.values("pk"), today, last_day, language):
        if each.is_on:
            row = each.session.key
            nearest.setdefault((row.meeting_place_id, row.title, row.kind), each)
    groups_first = sorted(nearest.values(), key=lambda each: each.session.key.kind == Session.Kind.OPEN)
    return groups_first[:MOST_SHOWN]
