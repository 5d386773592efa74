"""How often one network address may tap. The address itself is kept nowhere (`accounts.throttle`)."""

from enum import Enum

from accounts.throttle import Sender

MOST_A_DAY = 20
# As many as the page of a place has buttons. With more, a few addresses could make its dates look full.
MOST_AT_ONE_PLACE = 5
TAP = "we-might-come"


class Tap(Enum):
    """What a tap is to be taken for."""

    FIRST = "first"
    AGAIN = "again"
    TOO_MANY = "too many"


def take(request, meeting_place, name, now):
    """Whether the sender of `request` has tapped on the day of `now` before: this date, or too many others.

    `name` is what a date of `meeting_place` is called, as `coming.name_of_date` has it. Two at once of
    one address are told apart; its totals may come out some taps short, which does no harm.
    """
    sender = Sender(request, now)
    totals = {
        sender.called(TAP): MOST_A_DAY,
        sender.called(TAP, str(meeting_place.pk)): MOST_AT_ONE_PLACE,
    }
    this_one = sender.called(TAP, name)
    taps = {total: sender.number(total) for total in totals}
    if any(taps[total] >= most for total, most in totals.items()):
        return Tap.AGAIN if sender.is_known(this_one) else Tap.TOO_MANY
    if not sender.is_first(this_one):
        return Tap.AGAIN
    for total in totals:
        sender.count(total, taps[total] + 1)
    return Tap.FIRST
