"""The demo content: complete, valid, and nothing in it that was invented for a real town."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from modeltranslation.translator import translator

from calendars.finnish_holidays import is_working_day
from calendars.occurrences import Status
from centres.languages import column
from centres.models import FamilyCentre, Organisation, Place
from meetingplaces.expansion import occurrences
from meetingplaces.models import Closure, MeetingPlace, Season, Session, SessionChange
from services.models import Contact, Offering, OpeningSpan, Service

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

IN_FULL = ("fi", "sv", "en")
FICTIONAL = "esimerkkila"


def in_rovaniemi(first_day, last_day):
    """What Rovaniemi's meeting places have from one date to another, both included."""
    rovaniemi = FamilyCentre.objects.get(slug="rovaniemi")
    return occurrences(rovaniemi, rovaniemi.meetingplaces.all(), first_day, last_day, "fi")


def weekdays_in_school(season):
    """The working days of `season` on which schools are not on holiday."""
    days = [
        season.first_day + timedelta(days=n) for n in range((season.last_day - season.first_day).days + 1)
    ]
    holidays = Closure.objects.filter(centre=season.centre, school_holiday=True)
    return {
        day
        for day in days
        if is_working_day(day) and not any(each.first_day <= day <= each.last_day for each in holidays)
    }


def test_every_row_keeps_its_own_rules():
    faults = []
    for label in settings.ROOMS:
        for model in apps.get_app_config(label).get_models():
            for row in model._default_manager.order_by("pk"):
                try:
                    row.full_clean()
                except ValidationError as error:
                    faults.append((model.__name__, str(row), str(error)))
    assert faults == []


def test_every_service_has_its_name_and_sentence_in_three_languages_and_in_plain_finnish():
    wanted = [column(field, code) for field in ("name", "summary") for code in IN_FULL]
    wanted += [column("summary", "fi-simple"), column("description", "fi"), column("description", "en")]
    missing = [
        (row.slug, field) for row in Service.objects.all() for field in wanted if not getattr(row, field)
    ]
    assert missing == []


def test_every_organisation_is_named_and_some_row_says_who_keeps_each_service():
    assert Organisation.objects.filter(name_fi="").count() == 0
    assert list(Service.objects.filter(owner=None).values_list("slug", flat=True)) == []


def test_nothing_claims_to_have_been_checked():
    assert Service.objects.exclude(reviewed_on=None).count() == 0
    assert Offering.objects.exclude(reviewed_on=None).count() == 0


def test_only_the_fictional_centre_has_numbers_and_doors_of_its_own():
    numbers = Contact.objects.filter(kind=Contact.Kind.PHONE)
    national = set(numbers.filter(service__home=None, offering=None).values_list("value", flat=True))
    real = numbers.exclude(offering__centre__slug="esimerkkila").exclude(service__home__slug="esimerkkila")
    assert set(real.values_list("value", flat=True)) == national
    assert set(OpeningSpan.objects.values_list("point__offering__centre__slug", flat=True)) == {"esimerkkila"}


def test_the_fictional_centre_says_so_in_every_language_it_publishes_in():
    centre = FamilyCentre.objects.get(slug="esimerkkila")
    assert [code for code in centre.languages if not getattr(centre, column("notice", code))] == []


def test_every_meeting_place_has_its_name_and_sentence_in_three_languages_and_in_plain_finnish():
    wanted = [column(field, code) for field in ("name", "summary", "description") for code in IN_FULL]
    wanted += [column("summary", "fi-simple"), column("description", "fi-simple")]
    missing = [
        (row.slug, field) for row in MeetingPlace.objects.all() for field in wanted if not getattr(row, field)
    ]
    assert missing == []


def test_a_text_of_the_week_that_is_there_in_one_language_is_there_in_all_four():
    codes = (*IN_FULL, "fi-simple")
    halves = []
    for model in (MeetingPlace, Season, Session, SessionChange, Closure):
        for field in translator.get_options_for_model(model).fields:
            for row in model._default_manager.order_by("pk"):
                texts = [bool(getattr(row, column(field, code))) for code in codes]
                if any(texts) and not all(texts):
                    halves.append((model.__name__, row.pk, field))
    assert halves == []


def test_every_meeting_place_of_a_real_town_points_to_its_service():
    real = MeetingPlace.objects.exclude(centre__slug=FICTIONAL)
    assert list(real.filter(offering=None).values_list("slug", flat=True)) == []


def test_the_meeting_places_of_real_towns_have_no_number_address_or_coordinates():
    real = MeetingPlace.objects.exclude(centre__slug=FICTIONAL)
    assert real.exclude(phone="", email="").count() == 0
    places = Place.objects.exclude(home__slug=FICTIONAL)
    assert places.exclude(street_address="", postcode="", latitude=None).count() == 0


def test_the_meeting_places_of_real_towns_link_only_to_pages_that_the_handbooks_name():
    real = MeetingPlace.objects.exclude(centre__slug=FICTIONAL).exclude(url="")
    named = set(Contact.objects.values_list("value", flat=True))
    assert set(real.values_list("url", flat=True)) - named == set()


def test_each_season_says_in_every_language_that_its_times_are_examples():
    for code, word in (
        ("fi", "esimerkkejä"),
        ("fi-simple", "esimerkkejä"),
        ("sv", "exempel"),
        ("en", "examples"),
    ):
        silent = [str(row) for row in Season.objects.all() if word not in getattr(row, column("note", code))]
        assert silent == []


def test_something_is_open_to_all_in_rovaniemi_on_every_weekday_that_is_no_holiday():
    seasons = list(Season.objects.filter(centre__slug="rovaniemi").select_related("centre"))
    assert len(seasons) == 2
    for season in seasons:
        found = in_rovaniemi(season.first_day, season.last_day)
        open_days = {each.day for each in found if each.is_on and each.session.key.kind == Session.Kind.OPEN}
        assert sorted(weekdays_in_school(season) - open_days) == []


def test_a_baby_of_seven_months_has_somewhere_to_go_in_rovaniemi_on_a_wednesday_in_february():
    wednesday = date(2027, 2, 10)
    babies = MeetingPlace.objects.in_centre(FamilyCentre.objects.get(slug="rovaniemi")).for_ages(7, 8)
    found = occurrences(FamilyCentre.objects.get(slug="rovaniemi"), babies, wednesday, wednesday, "fi")
    assert [str(each.session.key.meeting_place) for each in found if each.is_on] == [
        "Vauvavoimaa",
        "MLL:n perhekahvilat",
    ]
    assert found[0].session.key.visitor == "Neuvolan terveydenhoitaja on paikalla"


def test_the_week_of_epiphany_tells_the_holiday_of_the_schools_from_the_public_one():
    found = in_rovaniemi(date(2027, 1, 4), date(2027, 1, 8))
    reasons = {
        day: {each.holiday or each.closure.key.reason for each in found if each.day.day == day}
        for day in (4, 5, 6)
    }
    assert reasons == {4: {"Koulujen joululoma"}, 5: {"Koulujen joululoma"}, 6: {"Loppiainen"}}
    assert {each.status for each in found if each.day.day in (7, 8)} == {Status.HELD}


def test_only_the_fictional_centre_has_changes_of_single_dates_and_each_is_a_date_of_its_session():
    days = {
        each.change.day: (each.status, each.session.key.meeting_place.centre.slug)
        for row in FamilyCentre.objects.all()
        for each in occurrences(row, row.meetingplaces.all(), date(2026, 8, 10), date(2027, 8, 6), "fi")
        if each.change
    }
    assert days == {
        date(2026, 11, 23): (Status.CANCELLED, FICTIONAL),
        date(2026, 11, 27): (Status.MOVED, FICTIONAL),
        date(2026, 11, 28): (Status.EXTRA, FICTIONAL),
        date(2026, 12, 3): (Status.MOVED, FICTIONAL),
        date(2026, 12, 4): (Status.HELD, FICTIONAL),
        date(2026, 12, 9): (Status.MOVED, FICTIONAL),
    }
