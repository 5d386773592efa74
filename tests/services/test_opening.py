"""From the rows of a service point to its schedule."""

from datetime import date, datetime, time

import pytest
from django.utils.translation import override

from calendars.opening import Interval, Schedule, Span, SpecialDay, hours_on, status_at
from calendars.wall_time import HELSINKI
from services.models import ServicePoint, Weekday
from services.opening import schedule_of
from tests.factories import OpeningSpanFactory, ServicePointFactory, SpecialHoursFactory

pytestmark = pytest.mark.django_db

EVE = date(2026, 12, 24)


def schedule(point, language="fi"):
    fetched = ServicePoint.objects.prefetch_related("spans", "special_hours").get(pk=point.pk)
    return schedule_of(fetched, language)


def test_a_point_without_rows_has_no_hours():
    assert schedule(ServicePointFactory()) == Schedule()


def test_what_the_point_says_of_itself_is_carried_over():
    point = ServicePointFactory(always_open=True, by_appointment=True, open_on_holidays=True)
    assert schedule(point, "sv") == Schedule(
        always_open=True, by_appointment=True, open_on_holidays=True, language="sv"
    )


def test_spans_come_by_weekday_and_hour_with_their_seasons():
    point = ServicePointFactory()
    OpeningSpanFactory(point=point, weekday=Weekday.TUESDAY, opens=time(9), closes=time(0))
    OpeningSpanFactory(point=point, opens=time(13), closes=time(16))
    OpeningSpanFactory(
        point=point,
        opens=time(8),
        closes=time(12),
        valid_from=date(2026, 6, 1),
        valid_until=date(2026, 8, 31),
    )
    assert schedule(point).spans == (
        Span(0, time(8), time(12), date(2026, 6, 1), date(2026, 8, 31)),
        Span(0, time(13), time(16)),
        Span(1, time(9), time(0)),
    )


def test_a_row_without_times_closes_its_days():
    point = ServicePointFactory()
    SpecialHoursFactory(point=point, first_day=EVE, last_day=date(2026, 12, 26), reason_fi="Joulu")
    assert schedule(point).special_days == (SpecialDay(EVE, date(2026, 12, 26), (), "Joulu"),)


def test_several_rows_of_the_same_dates_open_the_door_several_times():
    point = ServicePointFactory()
    SpecialHoursFactory(point=point, opens=time(13), closes=time(15), reason_fi="Aatto")
    SpecialHoursFactory(point=point, opens=time(8), closes=time(12))
    assert schedule(point).special_days == (
        SpecialDay(EVE, EVE, (Interval(time(8), time(12)), Interval(time(13), time(15))), "Aatto"),
    )


@pytest.mark.parametrize("closed_first", [True, False])
def test_closed_wins_over_open_on_the_same_dates_and_gives_its_own_reason(closed_first):
    point = ServicePointFactory()
    rows = [{"reason_fi": "Suljettu"}, {"opens": time(8), "closes": time(12), "reason_fi": "Lyhyt päivä"}]
    for values in rows if closed_first else reversed(rows):
        SpecialHoursFactory(point=point, **values)
    assert schedule(point).special_days == (SpecialDay(EVE, EVE, (), "Suljettu"),)


def test_a_closed_row_without_a_reason_does_not_borrow_one_from_an_open_row():
    point = ServicePointFactory()
    SpecialHoursFactory(point=point)
    SpecialHoursFactory(point=point, opens=time(8), closes=time(12), reason_fi="Lyhyt päivä")
    assert schedule(point).special_days == (SpecialDay(EVE, EVE, (), ""),)


def test_rows_of_other_dates_are_days_of_their_own_and_the_shorter_wins():
    point = ServicePointFactory()
    SpecialHoursFactory(
        point=point, first_day=date(2026, 12, 20), last_day=date(2026, 12, 31), reason_fi="Loma"
    )
    SpecialHoursFactory(point=point, first_day=EVE, last_day=EVE, opens=time(8), closes=time(12))
    whole = schedule(point)
    assert hours_on(whole, EVE).intervals == (Interval(time(8), time(12)),)
    assert hours_on(whole, date(2026, 12, 23)).reason == "Loma"


def test_reasons_are_in_the_reader_s_language_and_finnish_where_that_is_missing():
    point = ServicePointFactory()
    SpecialHoursFactory(point=point, reason_fi="Joulu", reason_sv="Jul")
    with override("sv"):
        swedish = schedule(point, "sv").special_days[0]
    with override("en"):
        english = schedule(point, "en").special_days[0]
    assert (swedish.reason, swedish.reason_lang) == ("Jul", "")
    assert (english.reason, english.reason_lang) == ("Joulu", "fi")


@pytest.mark.parametrize(("language", "lang"), [("fi", ""), ("fi-simple", "fi"), ("se", "")])
def test_a_finnish_reason_is_marked_unless_the_page_is_in_finnish(language, lang):
    point = ServicePointFactory()
    SpecialHoursFactory(point=point, reason_fi="Joulu")
    with override(language):
        assert schedule(point, language).special_days[0].reason_lang == lang


def test_no_reason_is_in_no_language():
    point = ServicePointFactory()
    SpecialHoursFactory(point=point)
    with override("sv"):
        assert schedule(point, "sv").special_days[0].reason_lang == ""


def test_the_rows_tell_whether_the_door_is_open_now():
    point = ServicePointFactory()
    OpeningSpanFactory(point=point, weekday=Weekday.WEDNESDAY, opens=time(8), closes=time(16))
    now = datetime(2026, 11, 18, 10, 0, tzinfo=HELSINKI)
    status = status_at(schedule(point), now)
    assert (status.open_now, status.until) == (True, datetime(2026, 11, 18, 16, 0, tzinfo=HELSINKI))


def test_rows_that_were_fetched_ask_nothing_more(django_assert_num_queries):
    point = ServicePointFactory()
    for weekday in range(5):
        OpeningSpanFactory(point=point, weekday=weekday)
        SpecialHoursFactory(point=point, first_day=date(2027, 1, 1 + weekday), last_day=date(2027, 1, 9))
    fetched = ServicePoint.objects.prefetch_related("spans", "special_hours").get(pk=point.pk)
    with django_assert_num_queries(0):
        schedule_of(fetched, "fi")
