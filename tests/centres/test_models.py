"""The kernel's rows: their names, their addresses, their order."""

import pytest
from django.utils.translation import override

from centres.models import (
    AgeGroup,
    FamilyCentre,
    LevelName,
    LocalTask,
    Membership,
    Organisation,
    Task,
    Theme,
    Topic,
)
from tests.factories import (
    AgeGroupFactory,
    AreaFactory,
    FamilyCentreFactory,
    LevelNameFactory,
    LocalTaskFactory,
    MembershipFactory,
    OrganisationFactory,
    PlaceFactory,
    SpokenLanguageFactory,
    TaskFactory,
    ThemeFactory,
    TopicFactory,
    UserFactory,
    WayFactory,
)
from tests.forbidden import complaints

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "factory",
    [
        AreaFactory,
        FamilyCentreFactory,
        LevelNameFactory,
        TopicFactory,
        WayFactory,
        SpokenLanguageFactory,
        AgeGroupFactory,
        ThemeFactory,
        OrganisationFactory,
        PlaceFactory,
        TaskFactory,
    ],
)
def test_a_row_is_called_by_its_name_in_the_reader_s_language(factory):
    row = factory(name_fi="Nimi", name_sv="Namn")
    with override("sv"):
        assert str(row) == "Namn"
    with override("en"):
        assert str(row) == "Nimi"


def test_a_task_of_a_centre_is_called_by_both():
    row = LocalTaskFactory(centre__name_fi="Posion perhekeskus", task__name_fi="Vertaistuki")
    assert str(row) == "Posion perhekeskus: Vertaistuki"


def test_a_membership_is_called_by_who_what_and_where():
    user, area = UserFactory(name="Anna Niemi"), AreaFactory(name_fi="Kaakkoinen")
    in_centre = MembershipFactory(user=user, centre__name_fi="Posion perhekeskus")
    in_area = MembershipFactory(user=user, centre=None, area=area, role=Membership.Role.AREA_COORDINATOR)
    with override("en"):
        assert str(in_centre) == "Anna Niemi: coordinator (Posion perhekeskus)"
        assert str(in_area) == "Anna Niemi: area coordinator (Kaakkoinen)"


class TestNaturalKeys:
    @pytest.mark.parametrize(
        "factory",
        [
            AreaFactory,
            FamilyCentreFactory,
            TopicFactory,
            WayFactory,
            SpokenLanguageFactory,
            OrganisationFactory,
            PlaceFactory,
        ],
    )
    def test_fixtures_name_most_rows_by_their_slug(self, factory):
        factory()
        row = factory(slug="tama")
        assert row.natural_key() == ("tama",)
        assert type(row).objects.get_by_natural_key("tama") == row

    @pytest.mark.parametrize("factory", [AgeGroupFactory, ThemeFactory])
    def test_fixtures_name_a_centre_s_rows_by_the_centre_and_their_slug(self, factory):
        factory(slug="tama")
        row = factory(slug="tama", centre__slug="posio")
        assert row.natural_key() == ("posio", "tama")
        assert type(row).objects.get_by_natural_key("posio", "tama") == row

    def test_fixtures_name_a_task_by_its_number(self):
        row = TaskFactory(number=3)
        assert row.natural_key() == (3,)
        assert Task.objects.get_by_natural_key(3) == row


class TestAddresses:
    def test_a_centre_s_address_is_its_slug(self):
        centre = FamilyCentreFactory(slug="posio")
        assert centre.get_absolute_url() == "/posio/"
        with override("fi-simple"):
            assert centre.get_absolute_url() == "/fi-simple/posio/"

    def test_groups_themes_and_compilations_each_have_their_own_path(self):
        centre = FamilyCentreFactory(slug="posio")
        rows = [
            AgeGroupFactory(centre=centre, slug="vauvat"),
            ThemeFactory(centre=centre, slug="ero"),
            ThemeFactory(centre=centre, slug="leirit", kind=Theme.Kind.COLLECTION),
        ]
        with override("en"):
            assert [row.get_absolute_url() for row in rows] == [
                "/en/posio/age-groups/vauvat/",
                "/en/posio/themes/ero/",
                "/en/posio/collections/leirit/",
            ]


class TestOrder:
    def test_what_has_an_order_stands_in_it_and_then_by_slug(self):
        for slug, order in (("c", 1), ("b", 2), ("a", 2)):
            TopicFactory(slug=slug, order=order)
            FamilyCentreFactory(slug=f"keskus-{slug}", order=order)
        assert [row.slug for row in Topic.objects.all()] == ["c", "a", "b"]
        assert [row.slug for row in FamilyCentre.objects.all()] == ["keskus-c", "keskus-a", "keskus-b"]

    def test_groups_and_themes_stand_in_their_centre_s_order(self):
        centre = FamilyCentreFactory()
        for slug, order in (("c", 1), ("b", 2), ("a", 2)):
            AgeGroupFactory(centre=centre, slug=slug, order=order)
            ThemeFactory(centre=centre, slug=slug, order=order)
        assert [row.slug for row in AgeGroup.objects.all()] == ["c", "a", "b"]
        assert [row.slug for row in Theme.objects.all()] == ["c", "a", "b"]

    def test_levels_go_up_and_tasks_by_number(self):
        centre = FamilyCentreFactory()
        for number in (3, 1, 2):
            LevelNameFactory(centre=centre, level=number)
            LocalTaskFactory(centre=centre, task=TaskFactory(number=number))
        assert [row.level for row in LevelName.objects.all()] == [1, 2, 3]
        assert [row.task.number for row in LocalTask.objects.select_related("task")] == [1, 2, 3]

    def test_organisations_stand_in_finnish_order(self):
        for name in ("Öljymäki", "Zeppeliini", "Äitien tupa", "Aurinko"):
            OrganisationFactory(name_fi=name)
        assert [str(row) for row in Organisation.objects.all()] == [
            "Aurinko",
            "Zeppeliini",
            "Äitien tupa",
            "Öljymäki",
        ]


class TestForms:
    @pytest.mark.parametrize("code", ["12", "1234", "12a"])
    def test_a_municipality_code_has_three_digits(self, code):
        centre = FamilyCentreFactory()
        centre.municipality_code = code
        assert "Three digits, for example 698." in complaints(centre.full_clean)

    @pytest.mark.parametrize("postcode", ["9610", "9610a"])
    def test_a_postcode_has_five_digits(self, postcode):
        place = PlaceFactory(postcode=postcode)
        assert complaints(place.full_clean) == ["Five digits, for example 96100."]

    @pytest.mark.parametrize(
        ("latitude", "longitude"), [("58.9", "25"), ("71.1", "25"), ("66", "18.9"), ("66", "32.1")]
    )
    def test_a_place_is_in_finland(self, latitude, longitude):
        place = PlaceFactory(latitude=latitude, longitude=longitude)
        assert len(complaints(place.full_clean)) == 1

    def test_every_row_has_a_finnish_name(self):
        topic = TopicFactory()
        topic.name_fi = ""
        assert complaints(topic.full_clean) == ["This field cannot be blank."] * 2


def test_a_tap_on_the_coordinators_address_writes_to_nobody_else():
    centre = FamilyCentreFactory.build(coordinator_email="x?bcc=somebody&body=a@example.com")
    assert centre.coordinator_href == "mailto:x%3Fbcc%3Dsomebody%26body%3Da@example.com"
