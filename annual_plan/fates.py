"""What became of a promise: the rule that nothing slips between two years. Pure.

A row that has been evaluated, or whose plan is over, is achieved or unfinished. An unfinished one is continued in a
later plan at least once, or knowingly dropped with a reason, or it is an open promise: never two of these, never none.
"""

from enum import StrEnum

from annual_plan.outcomes import UNFINISHED, Outcome


class Fate(StrEnum):
    """PENDING: its plan is not over yet, and nobody has said what became of it, nor carried it on."""

    PENDING = "pending"
    ACHIEVED = "achieved"
    CONTINUED = "continued"
    DROPPED = "dropped"
    OPEN = "open"


def fate_of(*, outcome, has_reason, goes_on, is_over):
    """The `Fate` of a row with the `outcome` (a word of `Outcome`).

    `has_reason`: a reason to drop it was given; `goes_on`: a later plan continues it; `is_over`: its plan has been
    evaluated, or its year has passed. A row with both a reason and a continuation is refused before it comes here
    (`PlanItem.clean`, `Continuation.clean`); should it come all the same, what has been done counts more than words.
    """
    if outcome == Outcome.ACHIEVED:
        return Fate.ACHIEVED
    if goes_on:
        return Fate.CONTINUED
    if outcome == Outcome.DROPPED or has_reason:
        return Fate.DROPPED
    return Fate.OPEN if is_over or outcome in UNFINISHED else Fate.PENDING
