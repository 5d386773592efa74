"""The week's hours as people write them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.hours_text import DAYS, NotUnderstoodError, Trouble, format_week, parse_week
from calendars.opening import MIDNIGHT, Interval, Span

MORNING, LUNCH, AFTERNOON = time(9), time(12), time(15)
WEEKDAYS_9_15 = tuple(Span(day, MORNING, AFTERNOON) for day in range(5))


@pytest.mark.parametrize(
    "text",
    [
        "ma–pe 9–15",
        "ma-pe 9-15",
        "Ma - Pe klo 9.00 - 15.00",
        "ma–pe 9:00–15:00",
        "maanantai–perjantai 9–15",
        "arkisin kello 9–15",
        "ma–pe: avoinna 9–15.",
        "mån–fre 9–15",
        "må-fr kl. 9.00-15.00",
        "måndag–fredag klockan 9–15",
        "vardagar 9–15",
        "Mon–Fri 9–15",
        "Monday - Friday 9:00 - 15:00",
        "weekdays open 9–15",
        "ma 9–15, ti 9–15, ke 9–15, to 9–15, pe 9–15",
        "ma, ti, ke, to ja pe 9–15",
        "pe 9–15\nma–to 9–15",
        "ma–pe 9–15; la–su suljettu",
    ],
)
def test_one_week_is_written_in_many_ways(text: str):
    assert parse_week(text) == WEEKDAYS_9_15


@pytest.mark.parametrize("text", ["ma 9–12 ja 13–16", "ma 9–12, 13–16", "ma 9–12 13–16", "ma 13–16, ma 9–12"])
def test_a_day_may_open_twice(text: str):
    assert parse_week(text) == (Span(0, time(9), time(12)), Span(0, time(13), time(16)))


def test_days_of_different_hours_follow_each_other():
    assert parse_week("ma 9–12 ja 13–16; ti 9.30–15") == (
        Span(0, time(9), time(12)),
        Span(0, time(13), time(16)),
        Span(1, time(9, 30), time(15)),
    )


def test_midnight_is_24_and_a_run_of_days_may_pass_sunday():
    assert parse_week("la–ma 0–24") == tuple(Span(day, MIDNIGHT, MIDNIGHT) for day in (0, 5, 6))


@pytest.mark.parametrize("text", ["", "  \n ", "ma–su suljettu", "kl"])
def test_no_hours_are_no_spans(text: str):
    assert parse_week(text) == ()


@pytest.mark.parametrize(
    ("text", "bit", "trouble"),
    [
        ("9–15", "9", Trouble.NO_DAY),
        ("ma", "ma", Trouble.NO_HOURS),
        ("ma–ke, to 9–15, pe", "pe", Trouble.NO_HOURS),
        ("ma 9", "9", Trouble.UNKNOWN),
        ("ma 9–", "9", Trouble.UNKNOWN),
        ("ma 9–15 paitsi ti", "paitsi", Trouble.UNKNOWN),
        ("xyz 9–15", "xyz", Trouble.UNKNOWN),
        ("ma 9–25", "25", Trouble.UNKNOWN),
        ("ma 9.75–15", "9.75", Trouble.UNKNOWN),
        ("ma 24–24", "24", Trouble.UNKNOWN),
        ("ma 15–9", "15–9", Trouble.BACKWARDS),
        ("ma 9–9", "9–9", Trouble.BACKWARDS),
        ("pe 20–2", "20–2", Trouble.BACKWARDS),
        ("ma–pe 9–15, ke 9–18", "ke 9–18", Trouble.OVERLAP),
        ("ma 9–15 (ti 9–12)", "(", Trouble.UNKNOWN),
    ],
)
def test_what_is_not_understood_is_named(text: str, bit: str, trouble: Trouble):
    with pytest.raises(NotUnderstoodError) as told:
        parse_week(text)

    assert (told.value.bit, told.value.trouble) == (bit, trouble)


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("ma-pe 9.00-15.30 la 10-14", "fi", "ma–pe 9–15.30, la 10–14"),
        ("ma-pe 9.00-15.30 la 10-14", "sv", "mån–fre 9–15.30, lör 10–14"),
        ("ma-pe 9.00-15.30 la 10-14", "en", "Mon–Fri 9–15:30, Sat 10–14"),
        ("ma 9–12, 13–24", "fi", "ma 9–12 ja 13–24"),
        ("ma 9–15, ti 10–12, ke 9–15", "fi", "ma 9–15, ti 10–12, ke 9–15"),
    ],
)
def test_it_is_written_back_in_one_way(text: str, language: str, written: str):
    assert format_week(parse_week(text), language) == written


TIMES = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))


@st.composite
def days_apart(draw: st.DrawFn) -> list[Interval]:
    """The hours of one day, in order, apart from each other."""
    marks = sorted(draw(st.lists(TIMES, max_size=6, unique=True)))
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    hours = [Interval(opens, closes) for opens, closes in pairs]
    if hours and draw(st.booleans()):
        hours[-1] = Interval(hours[-1].opens, MIDNIGHT)
    return hours


WEEKS = st.lists(days_apart(), min_size=7, max_size=7).map(
    lambda week: tuple(Span(day, one.opens, one.closes) for day, hours in enumerate(week) for one in hours)
)


@given(week=WEEKS, language=st.sampled_from(sorted(DAYS)))
def test_what_is_written_is_understood_again(week: tuple[Span, ...], language: str):
    assert parse_week(format_week(week, language)) == week


@given(text=st.text(alphabet="maketiopsu 0123456789.:–-,;jan\n", max_size=30))
def test_any_text_is_understood_or_named(text: str):
    bit = ""
    read: tuple[Span, ...] = ()
    try:
        read = parse_week(text)
    except NotUnderstoodError as told:
        bit = told.bit

    assert bit in text
    assert parse_week(format_week(read)) == read
