"""Who looked at whose card: written down so that each person can see it, and forgotten after a while."""

from datetime import timedelta

from networks.models import CardOpening

# How long it is kept. The privacy page says so.
KEPT = timedelta(days=90)


def write_down(viewer, people, today):
    """Writes down that `viewer` has seen on the date `today` how to reach `people`: once a day of each.

    Their own card is theirs to look at. One query, whatever the number of people; none for nobody.
    """
    rows = [
        CardOpening(viewer=viewer, professional=person, day=today)
        for person in people
        if person.user_id != viewer.pk
    ]
    if rows:
        CardOpening.objects.bulk_create(rows, ignore_conflicts=True)


def openings_of(professional):
    """Who has looked at the card of `professional` and on which day, the latest first, with the viewers."""
    return professional.openings.select_related("viewer")


def forget_openings(today):
    """Deletes what is older than KEPT on the date `today`."""
    CardOpening.objects.filter(day__lt=today - KEPT).delete()
