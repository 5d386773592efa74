"""Dates and times read as the readers of each language in Finland write them, and a form takes what it shows."""

import datetime

import pytest
from django.forms import DateField, TimeField
from django.utils.formats import date_format, get_format, number_format, time_format
from django.utils.translation import override

CHRISTMAS_EVE = datetime.date(2026, 12, 24)
MORNING = datetime.time(9, 30)
LANGUAGES = ("fi", "fi-simple", "sv", "en", "se")


@pytest.mark.parametrize(
    ("language", "long", "day_and_month", "moment"),
    [
        ("fi", "24. joulukuuta 2026", "24. joulukuuta", "24. joulukuuta 2026 kello 9.30"),
        ("fi-simple", "24. joulukuuta 2026", "24. joulukuuta", "24. joulukuuta 2026 kello 9.30"),
        ("sv", "24 december 2026", "24 december", "24 december 2026 kl. 9.30"),
        ("en", "24 December 2026", "24 December", "24 December 2026, 09:30"),
        ("se", "24.12.2026", "24.12.", "24.12.2026 9.30"),
    ],
)
def test_a_date_is_written_as_in_the_language(language, long, day_and_month, moment):
    with override(language):
        assert date_format(CHRISTMAS_EVE) == long
        assert date_format(CHRISTMAS_EVE, "MONTH_DAY_FORMAT") == day_and_month
        assert date_format(datetime.datetime.combine(CHRISTMAS_EVE, MORNING), "DATETIME_FORMAT") == moment


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_date_is_the_same_in_every_language(language):
    with override(language):
        assert date_format(CHRISTMAS_EVE, "SHORT_DATE_FORMAT") == "24.12.2026"


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "9.30"), ("fi-simple", "9.30"), ("sv", "9.30"), ("en", "09:30"), ("se", "9.30")],
)
def test_a_time_is_written_as_in_the_language(language, words):
    with override(language):
        assert time_format(MORNING) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_takes_back_what_it_shows_and_shows_no_seconds(language):
    with override(language):
        shown_time = TimeField().widget.format_value(MORNING)
        shown_date = DateField().widget.format_value(CHRISTMAS_EVE)
        assert shown_time.replace(":", ".") == "09.30"
        assert shown_date == "24.12.2026"
        assert TimeField().clean(shown_time) == MORNING
        assert DateField().clean(shown_date) == CHRISTMAS_EVE


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_takes_a_time_however_a_keyboard_writes_it(language):
    with override(language):
        assert TimeField().clean("9:30") == MORNING


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_week_begins_on_monday(language):
    with override(language):
        assert get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "3,5"), ("fi-simple", "3,5"), ("sv", "3,5"), ("en", "3.5"), ("se", "3,5")],
)
def test_a_number_has_the_decimal_mark_of_the_language(language, words):
    with override(language):
        assert number_format(3.5, 1) == words
