from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.finnish_holidays import (
    add_working_days,
    holiday_name,
    is_working_day,
    language_of_names,
    public_holidays,
)

dates = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def test_the_holidays_of_2026_with_both_eves():
    assert list(public_holidays(2026).items()) == [
        (date(2026, 1, 1), "Uudenvuodenpäivä"),
        (date(2026, 1, 6), "Loppiainen"),
        (date(2026, 4, 3), "Pitkäperjantai"),
        (date(2026, 4, 5), "Pääsiäispäivä"),
        (date(2026, 4, 6), "Toinen pääsiäispäivä"),
        (date(2026, 5, 1), "Vappu"),
        (date(2026, 5, 14), "Helatorstai"),
        (date(2026, 5, 24), "Helluntaipäivä"),
        (date(2026, 6, 19), "Juhannusaatto"),
        (date(2026, 6, 20), "Juhannuspäivä"),
        (date(2026, 10, 31), "Pyhäinpäivä"),
        (date(2026, 12, 6), "Itsenäisyyspäivä"),
        (date(2026, 12, 24), "Jouluaatto"),
        (date(2026, 12, 25), "Joulupäivä"),
        (date(2026, 12, 26), "Tapaninpäivä"),
    ]


@pytest.mark.parametrize(
    ("language", "name", "spoken"),
    [
        ("fi", "Juhannusaatto", "fi"),
        ("sv", "Midsommarafton", "sv"),
        ("en", "Midsummer Eve", "en"),
        ("se", "Juhannusaatto", "fi"),
        ("fi-simple", "Juhannusaatto", "fi"),
        ("th", "Juhannusaatto", "fi"),
        ("", "Juhannusaatto", "fi"),
    ],
)
def test_names_come_in_three_languages_and_otherwise_in_finnish(language, name, spoken):
    assert public_holidays(2026, language)[date(2026, 6, 19)] == name
    assert holiday_name(date(2026, 6, 19), language) == name
    assert language_of_names(language) == spoken


def test_two_holidays_on_one_date_share_one_name():
    assert holiday_name(date(2008, 5, 1)) == "Helatorstai; Vappu"


def test_an_ordinary_day_has_no_name():
    assert holiday_name(date(2026, 4, 2)) == ""


def test_what_a_caller_does_to_the_answer_stays_with_the_caller():
    public_holidays(2026).clear()
    assert len(public_holidays(2026)) == 15


@pytest.mark.parametrize("year", [1899, 2101, 0, -1])
def test_a_year_without_known_holidays_is_an_error_and_not_a_year_without_holidays(year):
    with pytest.raises(ValueError, match=f"not for {year}"):
        public_holidays(year)


def test_the_first_and_the_last_known_year_have_holidays():
    assert holiday_name(date(1900, 12, 25)) == "Joulupäivä"
    assert holiday_name(date(2100, 12, 25)) == "Joulupäivä"


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 4, 2), True),  # Maundy Thursday
        (date(2026, 4, 3), False),
        (date(2026, 4, 4), False),  # a Saturday
        (date(2026, 4, 6), False),
        (date(2026, 4, 7), True),
        (date(2026, 4, 30), True),  # the eve of May Day
        (date(2026, 6, 19), False),
        (date(2026, 12, 24), False),
        (date(2026, 12, 31), True),  # New Year's Eve
    ],
)
def test_working_days_around_the_holidays(day, works):
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("start", "n", "landing"),
    [
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 12, 23), 3, date(2026, 12, 30)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_adding_working_days_over_weekends_easter_christmas_and_new_year(start, n, landing):
    assert add_working_days(start, n) == landing


def test_working_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="cannot add -1 working days"):
        add_working_days(date(2026, 11, 20), -1)


def test_a_promise_beyond_the_known_holidays_is_an_error():
    with pytest.raises(ValueError, match="not for 2101"):
        add_working_days(date(2100, 12, 31), 1)


@settings(deadline=None)
@given(dates, st.integers(0, 60))
def test_the_landing_is_a_working_day_with_exactly_n_working_days_on_the_way(start, n):
    landing = add_working_days(start, n)
    assert is_working_day(landing)
    on_the_way = [start + timedelta(days=i) for i in range(1, (landing - start).days + 1)]
    if n > 0:
        assert sum(map(is_working_day, on_the_way)) == n
    else:
        assert not any(is_working_day(start + timedelta(days=i)) for i in range((landing - start).days))


@settings(deadline=None)
@given(dates, st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_later_starts_and_longer_promises_never_land_earlier(start, later, n, more):
    assert add_working_days(start, n) <= add_working_days(start + timedelta(days=later), n)
    assert add_working_days(start, n) <= add_working_days(start, n + more)
