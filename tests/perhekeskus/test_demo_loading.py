"""Loading the demo content: in season, and into an empty database only."""

from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import User
from centres.models import FamilyCentre
from networks.models import LocalNetwork, Meeting, Professional, Seat
from perhekeskus import demo
from services.models import Offering, SpecialHours

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("centre", demo.CENTRES)
def test_each_centre_loads_by_itself_with_its_networks_and_people(centre, today):
    demo.load(today, [centre], people=True)
    assert [row.slug for row in FamilyCentre.objects.all()] == [centre]
    assert set(LocalNetwork.objects.values_list("centre__slug", flat=True)) == {centre}
    assert set(Professional.objects.values_list("home__slug", flat=True)) == {centre}


@pytest.mark.parametrize(
    ("year", "moved", "first_thursday"), [(2026, 0, date(2026, 9, 3)), (2031, 5, date(2031, 8, 28))]
)
def test_seasons_are_moved_to_the_school_year_in_which_they_are_loaded(year, moved, first_thursday):
    demo.load(date(year, 11, 18))
    assert SpecialHours.objects.order_by("first_day").first().first_day == date(2026 + moved, 11, 27)
    assert Meeting.objects.order_by("day").first().day == first_thursday
    assert demo.school_year(date(year, 7, 31)) == year - 1


def test_people_who_are_asked_for_are_fictional_and_keep_their_own_rules():
    call_command("load_demo", "--people", stdout=StringIO())
    people = list(Professional.objects.all())
    assert len(people) == 10
    for row in people:
        row.full_clean()
        assert row.email.endswith("@esimerkki.example") or not row.active
        assert row.phone.startswith("+46 70 174 06 ") or not row.active
        assert "Keksitty henkilö." in row.about_fi or not row.active
    for seat in Seat.objects.exclude(person=None):
        seat.full_clean()
    assert Seat.objects.left().count() == 1


def test_demo_content_is_not_loaded_over_what_is_there(today):
    demo.load(today, ["posio"])
    with pytest.raises(CommandError, match="not empty"):
        call_command("load_demo")


def test_an_unknown_centre_is_named():
    with pytest.raises(CommandError, match="no demo content for nosuch"):
        call_command("load_demo", "nosuch")


def test_each_centre_gets_one_coordinator_who_can_sign_in(today):
    demo.load(today)
    made = list(demo.make_coordinators())
    assert [centre.slug for centre, _email, _password in made] == list(demo.CENTRES)
    for _centre, email, password in made:
        assert User.objects.get(email=email).check_password(password)
    assert list(demo.make_coordinators()) == []


def test_make_many_adds_the_number_asked_for(today):
    demo.load(today, ["posio"])
    before = Offering.objects.count()
    call_command("make_many", "7", "--centre", "posio", stdout=StringIO())
    assert Offering.objects.count() == before + 7


def test_the_languages_of_the_demo_are_languages_of_the_portal(today):
    demo.load(today)
    known = {code for code, _name in settings.LANGUAGES}
    assert {code for centre in FamilyCentre.objects.all() for code in centre.languages} <= known
