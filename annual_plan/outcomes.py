"""What became of a row: its outcome, and what is told of it on a day. Pure.

A row is "not started" from the day it is written down, so that these words say something only while its time lasts.
Once that is over, they would say of somebody's work what nobody has said.
"""

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from annual_plan.quarters import YEAR_END, due_with, ended_of


class Outcome(TextChoices):
    """What became of a row. The first two say that nobody has evaluated it yet."""

    NOT_STARTED = "not-started", pgettext_lazy("outcome", "not started")
    UNDER_WAY = "under-way", pgettext_lazy("outcome", "under way")
    ACHIEVED = "achieved", pgettext_lazy("outcome", "achieved")
    PARTLY = "partly", pgettext_lazy("outcome", "partly achieved")
    NOT_ACHIEVED = "not-achieved", pgettext_lazy("outcome", "not achieved")
    DROPPED = "dropped", pgettext_lazy("outcome", "dropped")


# Nobody has evaluated it; it was evaluated, and is unfinished.
NOT_EVALUATED = [Outcome.NOT_STARTED, Outcome.UNDER_WAY]
UNFINISHED = [Outcome.PARTLY, Outcome.NOT_ACHIEVED]


class Unsaid(NamedTuple):
    """A word beside those of `Outcome`, which no row holds, with its label."""

    value: str
    label: Promise


UNSAID = Unsaid("not-evaluated", pgettext_lazy("outcome", "not evaluated yet"))
# All that may be told of a row, by its word, in the order of counts and legends.
_ALL: list[Outcome | Unsaid] = [Outcome.NOT_STARTED, Outcome.UNDER_WAY, UNSAID, *list(Outcome)[2:]]
TOLD = {each.value: each for each in _ALL}


def told_of(*, outcome, quarter, year, today):
    """What is told on the date `today` of a row with this `outcome`, of a `quarter` (None: all year round) of `year`.

    That a row is under way has been said by somebody: it is told for as long as its year lasts.
    """
    over_with = due_with(quarter) if outcome == Outcome.NOT_STARTED else YEAR_END
    if outcome in NOT_EVALUATED and ended_of(year, today) >= over_with:
        return UNSAID
    return Outcome(outcome)
