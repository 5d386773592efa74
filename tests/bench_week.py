"""The second table of `make bench`: how long a week of meeting places takes, and the calendar feed of its season, by
their rules and by their history.

In a database of its own that holds nothing else; `tests.bench` makes it, and gives Django its settings.
"""

import time
from collections.abc import Callable
from datetime import date
from statistics import median

from django.core.management import call_command

from centres.models import FamilyCentre
from meetingplaces.models import MeetingPlace
from tests.factories import FamilyCentreFactory
from tests.harness.weeks import RULES_OF_A_PLACE, calendar_of, places, season_of, week_of

TIMES = 7
NUMBERS = (50, 100, 200)
YEARS = range(2015, 2025)


def main() -> None:
    call_command("migrate", verbosity=0)
    centre: FamilyCentre = FamilyCentreFactory()
    every: list[MeetingPlace] = []
    print(f"\n{'':34} {'a week':>16} {'a feed':>16}")
    print(f"{'':34} {'ms':>8} {'ratio':>7} {'ms':>8} {'ratio':>7}")
    first = None
    for number in NUMBERS:
        new = places(centre, number - len(every))
        season_of(new, date(2026, 8, 10 + NUMBERS.index(number)))
        every += new
        taken = milliseconds(week_of, centre), milliseconds(calendar_of, centre)
        first = first or taken
        report(f"{number} places, {number * RULES_OF_A_PLACE} rules", taken, first)
    for year in YEARS:
        season_of(every, date(year, 1, 10))
        season_of(every, date(year, 8, 10))
    taken = milliseconds(week_of, centre), milliseconds(calendar_of, centre)
    report(f"the same after {len(YEARS)} years", taken, first or taken)


def milliseconds(work: Callable[[FamilyCentre], object], centre: FamilyCentre) -> float:
    """How long `work` takes, every row that it needs fetched anew."""
    times = []
    for _time in range(TIMES):
        start = time.perf_counter()
        work(centre)
        times.append(time.perf_counter() - start)
    return median(times) * 1000


def report(name: str, taken: tuple[float, float], first: tuple[float, float]) -> None:
    columns = (f"{ms:8.1f} {ms / of_first:7.2f}" for ms, of_first in zip(taken, first, strict=True))
    print(f"{name:34}", *columns)
