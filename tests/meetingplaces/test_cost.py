"""What a week and a calendar feed cost: they go by the rules of now, never by the length of history."""

import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

import calendars
import meetingplaces
from meetingplaces.models import Closure
from tests.factories import FamilyCentreFactory
from tests.harness.weeks import RULES_OF_A_PLACE, calendar_of, places, season_of, week_of

pytestmark = pytest.mark.django_db

OURS = tuple(f"{Path(package.__file__).parent}/" for package in (calendars, meetingplaces))


@pytest.fixture
def centre():
    return FamilyCentreFactory()


@pytest.fixture(params=[week_of, calendar_of])
def ask(request):
    return request.param


def work(ask, centre):
    """How many of our functions are called, and on SQLite how many steps (in hundreds) its machine takes."""
    calls = steps = 0

    def called(frame, event, _arg):
        nonlocal calls
        calls += event == "call" and frame.f_code.co_filename.startswith(OURS)

    def step():
        nonlocal steps
        steps += 1

    if connection.vendor == "sqlite":
        forget_statistics()
        connection.connection.set_progress_handler(step, 100)
    before = sys.getprofile()
    sys.setprofile(called)
    try:
        ask(centre)
    finally:
        sys.setprofile(before)
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(None, 0)
    return calls, steps


def forget_statistics():
    """Else SQLite plans by what it once learnt of the large tables of another test."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if cursor.fetchone():
            cursor.execute("DELETE FROM sqlite_stat1")
            cursor.execute("ANALYZE sqlite_schema")


def closed_often(some):
    """Each of the meeting places `some` is closed on many days of the autumn."""
    Closure.objects.bulk_create(
        Closure(centre=row.centre, meeting_place=row, first_day=day, last_day=day, reason_fi="Suljettu")
        for row in some
        for day in (date(2026, month, number) for month in (9, 10, 11) for number in range(1, 16))
    )


def test_ten_years_of_history_cost_nothing(centre, ask):
    some = places(centre, 20)
    season_of(some, date(2026, 8, 10))
    calls, steps = work(ask, centre)
    for year in range(2015, 2025):
        season_of(some, date(year, 1, 10))
        season_of(some, date(year, 8, 10))

    calls_later, steps_later = work(ask, centre)

    assert calls > 20 * RULES_OF_A_PLACE
    assert calls_later <= calls
    assert steps_later <= steps * 1.1


def test_twice_the_rules_are_twice_the_work(centre, ask):
    some = places(centre, 10)
    season_of(some, date(2026, 8, 10))
    closed_often(some)
    calls, steps = work(ask, centre)
    more = places(centre, 10)
    season_of(more, date(2026, 8, 11))
    closed_often(more)

    calls_of_both, steps_of_both = work(ask, centre)

    assert calls_of_both <= calls * 2.2
    assert steps_of_both <= steps * 2.2
