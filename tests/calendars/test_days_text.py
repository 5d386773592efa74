"""Exceptions to opening hours as people write them."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.days_text import format_days, parse_days
from calendars.hours_text import DAYS, NotUnderstoodError, Trouble
from calendars.opening import Interval, SpecialDay
from tests.calendars.test_hours_text import days_apart

TODAY = date(2026, 11, 18)
EVE = date(2026, 12, 24)
TEN_TO_TWO = (Interval(time(10), time(14)),)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24.12.2026 suljettu: Jouluaatto", SpecialDay(EVE, EVE, (), "Jouluaatto")),
        ("24.12. suljettu: Jouluaatto", SpecialDay(EVE, EVE, (), "Jouluaatto")),
        ("24.12 kiinni, jouluaatto", SpecialDay(EVE, EVE, (), "jouluaatto")),
        ("24.12. Closed (Christmas Eve)", SpecialDay(EVE, EVE, (), "Christmas Eve")),
        ("24.12. stängt", SpecialDay(EVE, EVE)),
        ("2.1. 10–14", SpecialDay(date(2027, 1, 2), date(2027, 1, 2), TEN_TO_TWO)),
        (
            "2.1.2027 klo 10:00 - 14:00: lomat",
            SpecialDay(date(2027, 1, 2), date(2027, 1, 2), TEN_TO_TWO, "lomat"),
        ),
        ("24.–26.12. suljettu", SpecialDay(EVE, date(2026, 12, 26))),
        ("24.12.–1.1. suljettu", SpecialDay(EVE, date(2027, 1, 1))),
        ("24.12.–1.1.2027 suljettu", SpecialDay(EVE, date(2027, 1, 1))),
        ("24.12.2026–1.1. suljettu", SpecialDay(EVE, date(2027, 1, 1))),
        ("16.–20.11. suljettu", SpecialDay(date(2026, 11, 16), date(2026, 11, 20))),
        ("29.2. suljettu", SpecialDay(date(2028, 2, 29), date(2028, 2, 29))),
        (
            "24.12. 9–12 ja 13–14: Aatto: tule ajoissa",
            SpecialDay(
                EVE, EVE, (Interval(time(9), time(12)), Interval(time(13), time(14))), "Aatto: tule ajoissa"
            ),
        ),
    ],
)
def test_a_day_is_written_in_many_ways(text: str, day: SpecialDay):
    assert parse_days(text, TODAY) == (day,)


def test_each_line_is_an_exception():
    assert parse_days("\n24.12. suljettu\n\n 2.1. 10–14 ", TODAY) == (
        SpecialDay(EVE, EVE),
        SpecialDay(date(2027, 1, 2), date(2027, 1, 2), TEN_TO_TWO),
    )


@pytest.mark.parametrize(
    ("text", "bit", "trouble"),
    [
        ("joulu suljettu", "joulu suljettu", Trouble.UNKNOWN),
        ("24. suljettu", "24.", Trouble.UNKNOWN),
        ("24.12.", "24.12.", Trouble.NO_HOURS),
        ("24.12. ehkä", "24.12. ehkä", Trouble.NO_HOURS),
        ("31.11. suljettu", "31.11.", Trouble.NO_SUCH_DAY),
        ("29.2.2027 suljettu", "29.2.2027", Trouble.NO_SUCH_DAY),
        ("26.12.2026–24.12.2026 suljettu", "26.12.2026–24.12.2026", Trouble.BACKWARDS),
        ("2.1. 14–10", "14–10", Trouble.BACKWARDS),
        ("2.1. 10–14, 12–16", "2.1. 10–14, 12–16", Trouble.OVERLAP),
        ("2.1. 10–14 15", "15", Trouble.UNKNOWN),
    ],
)
def test_what_is_not_understood_is_named(text: str, bit: str, trouble: Trouble):
    with pytest.raises(NotUnderstoodError) as told:
        parse_days(text, TODAY)

    assert (told.value.bit, told.value.trouble) == (bit, trouble)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("24.12. suljettu jouluaatto", "24.12.2026 suljettu: jouluaatto"),
        ("24.–26.12. kiinni", "24.–26.12.2026 suljettu"),
        ("30.11.–2.12. 9–12", "30.11.–2.12.2026 9–12"),
        ("24.12.–1.1. suljettu", "24.12.2026–1.1.2027 suljettu"),
    ],
)
def test_it_is_written_back_with_its_year(text: str, written: str):
    assert format_days(parse_days(text, TODAY)) == written


DATES = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
REASONS = (
    st.text(max_size=40)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: len(text.splitlines()) < 2)
)


@st.composite
def special_days(draw: st.DrawFn) -> SpecialDay:
    first, last = sorted((draw(DATES), draw(DATES)))
    return SpecialDay(first, last, tuple(draw(days_apart())), draw(REASONS))


@given(
    days=st.lists(special_days(), max_size=4).map(tuple), language=st.sampled_from(sorted(DAYS)), today=DATES
)
def test_what_is_written_is_understood_again(days: tuple[SpecialDay, ...], language: str, today: date):
    assert parse_days(format_days(days, language), today) == days


@given(text=st.text(alphabet="0123456789.:–- suljet\n", max_size=30))
def test_any_text_is_understood_or_named(text: str):
    bit = ""
    read: tuple[SpecialDay, ...] = ()
    try:
        read = parse_days(text, TODAY)
    except NotUnderstoodError as told:
        bit = told.bit

    assert bit in text
    assert parse_days(format_days(read), TODAY) == read
