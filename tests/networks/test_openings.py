"""Who looked at whose card: written down once a day, shown to the person, forgotten after 90 days."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from networks.models import CardOpening
from networks.openings import KEPT, openings_of
from tests.factories import CardOpeningFactory, LocalNetworkFactory, ProfessionalFactory
from tests.networks.conftest import let_in_to, signed_in

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 18)


def address(person, name="card"):
    return reverse(f"professionals:{name}", kwargs={"centre": "keskus", "uuid": person.uuid})


@pytest.fixture
def person(centre):
    return ProfessionalFactory(home=centre, about_fi="Puheesta", phone="040 1234567")


def written():
    rows = CardOpening.objects.values_list("viewer__email", "professional__family_name", "day")
    return sorted(rows.order_by("pk"))


@pytest.mark.parametrize("name", ["card", "card_file"])
def test_a_card_and_its_file_are_written_down_once_a_day(let_in, professional, person, name):
    let_in.get(address(person, name))
    let_in.get(address(person, name))
    assert written() == [("testi@esimerkki.example", person.family_name, TODAY)]


def test_the_next_day_is_another(professional, person, time_machine):
    for moment in ("2026-11-18T00:30:00+02:00", "2026-11-18T23:30:00+02:00", "2026-11-19T00:30:00+02:00"):
        time_machine.move_to(moment)
        signed_in(professional.user).get(address(person))
    assert [day for _viewer, _name, day in written()] == [TODAY, TODAY + timedelta(days=1)]


def test_each_viewer_is_written_down(let_in, centre, person):
    let_in.get(address(person))
    signed_in(let_in_to(centre)).get(address(person))
    assert len(written()) == 2


def test_ones_own_card_is_not_written_down(let_in, professional):
    let_in.get(address(professional))
    assert written() == []


def test_whose_number_stands_beside_another_card_is_written_down_too(let_in, centre, person):
    person.stand_in = ProfessionalFactory(home=centre, family_name="Sijainen")
    person.save()
    let_in.get(address(person))
    assert {name for _viewer, name, _day in written()} == {person.family_name, "Sijainen"}


def test_who_is_shown_in_the_finder_is_written_down(let_in, person):
    ProfessionalFactory(home=person.home, about_fi="Rahasta")
    let_in.get(reverse("finder:find", kwargs={"centre": "keskus"}), {"q": "puheesta"})
    assert [name for _viewer, name, _day in written()] == [person.family_name]


@pytest.mark.parametrize("path", ["finder:find", "professionals:index"])
def test_nobody_is_written_down_where_no_number_is_shown(let_in, person, path):
    LocalNetworkFactory(centre=person.home)
    let_in.get(reverse(path, kwargs={"centre": "keskus"}))
    assert written() == []


def test_a_person_sees_who_looked_the_latest_first(person):
    earlier = CardOpeningFactory(professional=person, day=date(2026, 11, 1))
    later = CardOpeningFactory(professional=person, day=TODAY)
    CardOpeningFactory()
    assert list(openings_of(person)) == [later, earlier]


def test_it_is_kept_for_ninety_days():
    CardOpeningFactory(day=TODAY - KEPT - timedelta(days=1))
    kept = CardOpeningFactory(day=TODAY - KEPT)
    call_command("forget_old")
    assert list(CardOpening.objects.all()) == [kept]
    assert KEPT.days == 90
