"""How a week is set on paper: one A4 lying down, a column a day."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

WORKDAYS = 5
# Columns times the lines of the longest: up to so many in each step.
STEPS = (12, 16, 20, 30)
# How high one that is off stands, beside one that is on.
OFF = 0.6


def closeness(days: Sequence[Sequence[Any]], lines_below: int = 0) -> int:
    """How close the text must be set, from 0 (large) to 4; `days` hold what is on, from Monday to Sunday.

    `lines_below`: what else stands on the sheet, in as many sessions as take its height.
    """
    columns = WORKDAYS + sum(1 for on in days[WORKDAYS:] if on)
    longest = max(sum(_height(each) for each in on) for on in days)
    return bisect_left(STEPS, columns * (longest + lines_below))


def _height(each):
    """Of what is off, paper says only that it is, and why."""
    return 1 if getattr(each, "is_on", True) else OFF
