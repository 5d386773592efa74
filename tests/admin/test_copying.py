"""A new row that begins as a copy: the same in every language, with all that belongs to it, and seen by nobody."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from accounts.models import User
from centres.models import Theme
from perhekeskus import demo
from services.actions import publish_own_service
from services.models import Contact, Offering, OpeningSpan, Provision, Service, SpecialHours
from tests.admin.forms import address, beside, errors, save
from tests.factories import (
    AgeGroupFactory,
    ContactFactory,
    FamilyCentreFactory,
    OfferingFactory,
    OpeningSpanFactory,
    OrganisationFactory,
    ProvisionFactory,
    ServiceFactory,
    ServicePointFactory,
    SpecialHoursFactory,
    ThemeFactory,
    TopicFactory,
    UserFactory,
    WayFactory,
    enrol,
)


def copy(desk: Client, row: Any) -> Any:
    return desk.post(address("copy", row, row.pk))


@pytest.fixture
def offering(db: Any) -> Offering:
    """A service that Posio offers, with everything."""
    offering = OfferingFactory(
        centre__slug="posio",
        slug="neuvola",
        service__slug="neuvola",
        service__name_fi="Neuvola",
        service__name_sv="Rådgivning",
        service__name_en="Clinic",
        service__name_se="Rávvehat",
        service__description_sv="<p>Välkommen.</p>",
        service__topics=[TopicFactory()],
        service__ways=[WayFactory()],
        service__reviewed_on="2026-01-01",
        service__reviewed_by=OrganisationFactory(),
        service__urgent_order=1,
        service__published_until="2027-06-01",
    )
    ContactFactory(service=offering.service, label_sv="Tidsbokning")
    ContactFactory(offering=offering)
    ProvisionFactory(service=offering.service)
    point = ServicePointFactory(offering=offering, note_en="2nd floor")
    OpeningSpanFactory(point=point)
    SpecialHoursFactory(point=point, reason_sv="Julafton")
    return offering


class TestService:
    def test_it_is_a_draft_in_every_language_under_a_name_of_its_own(self, desk: Client, offering: Offering):
        answer = copy(desk, offering.service)

        made, service = Service.objects.get(slug="neuvola-kopio"), offering.service
        assert (answer.status_code, answer["Location"]) == (302, address("change", made, made.pk))
        assert (made.name_fi, made.name_sv, made.name_en, made.name_se) == (
            "Neuvola (kopio)",
            "Rådgivning (kopia)",
            "Clinic (copy)",
            "Rávvehat",
        )
        assert (made.name_fi_simple, made.description_sv) == (service.name_fi_simple, "<p>Välkommen.</p>")
        assert made.search_fi.startswith("neuvola kopio")
        assert (list(made.topics.all()), list(made.ways.all())) == (
            list(service.topics.all()),
            list(service.ways.all()),
        )
        assert (made.status, made.published_until, made.reviewed_on, made.reviewed_by, made.urgent_order) == (
            "draft",
            None,
            None,
            None,
            None,
        )
        assert made.uuid != service.uuid

    def test_it_has_copies_of_all_that_belongs_to_it(self, desk: Client, offering: Offering):
        copy(desk, offering.service)

        made = Service.objects.get(slug="neuvola-kopio")
        (there,) = made.offerings.all()
        assert (there.centre, there.slug, there.status) == (offering.centre, "neuvola-kopio", "draft")
        assert [contact.label_sv for contact in made.contacts.all()] == ["Tidsbokning"]
        assert (there.contacts.count(), made.provisions.count()) == (1, 1)
        (point,) = there.points.all()
        assert (point.note_en, point.spans.count()) == ("2nd floor", 1)
        assert [hours.reason_sv for hours in point.special_hours.all()] == ["Julafton"]
        assert [model.objects.count() for model in (Contact, Provision, OpeningSpan, SpecialHours)] == [
            4,
            2,
            2,
            2,
        ]

    def test_a_second_copy_finds_another_free_name_in_addresses(self, desk: Client, offering: Offering):
        copy(desk, offering.service)
        copy(desk, offering.service)

        assert sorted(Service.objects.values_list("slug", flat=True)) == [
            "neuvola",
            "neuvola-kopio",
            "neuvola-kopio-2",
        ]

    def test_a_long_name_leaves_room_for_the_mark(self, desk: Client):
        service = ServiceFactory(name_fi="N" * 120, slug="n" * 80)

        copy(desk, service)

        made = Service.objects.exclude(pk=service.pk).get()
        assert made.name_fi == "N" * 112 + " (kopio)"
        assert made.slug == "n" * 70 + "-kopio"

    def test_a_coordinator_copies_a_shared_service_for_the_own_centre(self, offering: Offering):
        OfferingFactory(service=offering.service, centre=FamilyCentreFactory(slug="ranua"))
        posio = next(each for each in demo.make_coordinators() if each[0] == offering.centre)
        client = Client()
        enrol(User.objects.get(email=posio[1]))
        assert client.login(username=posio[1], password=posio[2])

        assert copy(client, offering.service).status_code == 302

        made = Service.objects.get(slug="neuvola-kopio")
        assert (made.home, [each.centre for each in made.offerings.all()]) == (
            offering.centre,
            [offering.centre],
        )

    def test_from_a_service_in_a_centre_too(self, desk: Client, offering: Offering):
        OfferingFactory(service=offering.service)

        answer = copy(desk, offering)

        made = Offering.objects.get(slug="neuvola-kopio")
        assert answer["Location"] == address("change", made, made.pk)
        assert (made.service.home, made.service.offerings.count()) == (offering.centre, 1)

    def test_its_history_begins_with_the_copying(self, desk: Client, offering: Offering):
        copy(desk, offering.service)
        made = Service.objects.get(slug="neuvola-kopio")

        assert "Made as a copy" in desk.get(f"/en{address('history', made, made.pk)}").content.decode()


def test_a_theme_is_copied_with_its_topics(desk: Client):
    theme = ThemeFactory(slug="ero", name_fi="Ero", name_sv="Skilsmässa", topics=[TopicFactory()])

    answer = copy(desk, theme)

    made = Theme.objects.get(slug="ero-kopio")
    assert answer["Location"] == address("change", made, made.pk)
    assert (made.name_fi, made.name_sv, made.centre, made.status) == (
        "Ero (kopio)",
        "Skilsmässa (kopia)",
        theme.centre,
        "draft",
    )
    assert list(made.topics.all()) == list(theme.topics.all())


def test_the_form_has_the_button_and_looking_copies_nothing(desk: Client, offering: Offering):
    path = address("copy", offering.service, offering.service.pk)
    page = desk.get(address("change", offering.service, offering.service.pk)).content.decode()

    assert f'action="{path}"' in page
    assert desk.get(path).status_code == 405
    assert Service.objects.count() == 1


def test_what_is_not_copied_has_no_button(desk: Client):
    group = AgeGroupFactory()

    assert "object-tool" not in desk.get(address("change", group, group.pk)).content.decode().replace(
        "object-tools", ""
    )


def test_whoever_may_not_add_copies_nothing(client: Client, offering: Offering):
    client.force_login(UserFactory(is_staff=True))

    assert copy(client, offering.service).status_code == 403
    assert Service.objects.count() == 1


def told(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


class TestNameOfItsOwn:
    """A copy gets a proper name before families see it, and an address after that."""

    def copied(self, desk: Client, row: Any) -> Any:
        return type(row).objects.get(pk=copy(desk, row)["Location"].split("/")[-3])

    def test_it_is_not_published_under_the_name_of_a_copy(self, desk: Client, offering: Offering):
        made = self.copied(desk, offering.service)

        answer = save(desk, f"/en{address('change', made, made.pk)}", status="published", name_sv="Egen")

        said = "“{}” is the name of a copy. Give it one of its own before families see it."
        assert errors(answer) == [said.format("Neuvola (kopio)"), said.format("Clinic (copy)")]
        made.refresh_from_db()
        assert made.status == "draft"

    def test_nor_where_its_own_name_in_a_centre_is_not_on_the_form(self, desk: Client, offering: Offering):
        offering.name_fi = "Posion neuvola"
        offering.save()
        made = self.copied(desk, offering)

        answer = save(
            desk,
            f"/en{address('change', made.service, made.service_id)}",
            **{"offerings-0-status": "published", "name_fi": "Ryhmä", "name_sv": "", "name_en": ""},
        )

        assert errors(answer) == [
            "“Posion neuvola (kopio)” is the name of a copy. Give it one of its own before families see it."
        ]

    def test_nor_when_it_goes_public_with_its_offering(self, desk: Client, offering: Offering):
        made = self.copied(desk, offering)

        answer = save(
            desk,
            f"/en{address('change', made, made.pk)}",
            **{"status": "published", "service-0-name_sv": "Egen", "service-0-name_en": ""},
        )

        assert answer.status_code == 400
        assert beside(answer, "service-0-name_fi") == [
            "“Neuvola (kopio)” is the name of a copy. Give it one of its own before families see it."
        ]
        made.refresh_from_db()
        assert (made.status, made.service.status) == ("draft", "draft")

    def test_with_a_name_of_its_own_it_goes_public_with_its_offering(self, desk: Client, offering: Offering):
        made = self.copied(desk, offering)
        names = {"service-0-name_fi": "Ryhmä", "service-0-name_sv": "", "service-0-name_en": ""}

        assert save(desk, address("change", made, made.pk), status="published", **names).status_code == 302

        made.refresh_from_db()
        assert (made.status, made.service.status, made.service.name_fi) == ("published", "published", "Ryhmä")

    def test_nor_where_it_was_not_asked_for_its_name(self, desk: Client, offering: Offering):
        made = self.copied(desk, offering)

        publish_own_service(offering=made)

        assert Service.objects.get(pk=made.service_id).status == "draft"

    def test_its_address_follows_its_name_also_in_the_centre(self, desk: Client, offering: Offering):
        made = self.copied(desk, offering.service)

        save(desk, address("change", made, made.pk), name_fi="Äitien ryhmä", name_sv="", name_en="")

        made.refresh_from_db()
        assert (made.slug, made.offerings.get().slug) == ("aitien-ryhma", "aitien-ryhma")

    def test_a_name_given_on_the_form_of_its_offering_counts(self, desk: Client, offering: Offering):
        made = self.copied(desk, offering)
        names = {"service-0-name_fi": "Ryhmä", "service-0-name_sv": "", "service-0-name_en": ""}

        save(desk, address("change", made, made.pk), **names)

        made.refresh_from_db()
        assert (made.slug, made.service.slug) == ("ryhma", "ryhma")

    def test_after_saving_it_is_called_by_its_new_name(self, desk: Client, offering: Offering):
        made = self.copied(desk, offering)
        names = {"service-0-name_fi": "Ryhmä", "service-0-name_sv": "", "service-0-name_en": ""}

        answer = save(desk, address("change", made, made.pk), **names)

        assert [">Ryhmä (" in words for words in told(answer) if "muokattu" in words] == [True]

    def test_other_languages_that_still_have_the_name_of_a_copy_are_told(
        self, desk: Client, offering: Offering
    ):
        made = self.copied(desk, offering.service)

        answer = save(desk, f"/en{address('change', made, made.pk)}", name_fi="Ryhmä")

        assert (
            "Still the name of a copy: “Rådgivning (kopia)”, “Clinic (copy)”. Name it in these languages too before "
            "families see it."
        ) in told(answer)

    def test_the_name_of_a_copy_in_every_language_is_no_news(self, desk: Client, offering: Offering):
        made = self.copied(desk, offering.service)

        answer = save(desk, f"/en{address('change', made, made.pk)}", cost_fi="5 euroa")

        assert not [words for words in told(answer) if "name of a copy" in words]

    def test_a_name_of_its_own_in_the_centre_goes_before(self, desk: Client, offering: Offering):
        offering.name_fi = "Posion neuvola"
        offering.save()
        made = self.copied(desk, offering)
        names = {"service-0-name_fi": "Ryhmä", "service-0-name_sv": "", "service-0-name_en": ""}

        save(desk, address("change", made, made.pk), name_fi="Posion ryhmä", **names)

        made.refresh_from_db()
        assert (made.slug, made.service.slug) == ("posion-ryhma", "ryhma")

    def test_an_address_that_is_taken_gets_a_number(self, desk: Client, offering: Offering):
        made = self.copied(desk, offering.service)
        OfferingFactory(centre=offering.centre, slug="ryhma", service__slug="ryhma")

        save(desk, address("change", made, made.pk), name_fi="Ryhmä", name_sv="", name_en="")

        made.refresh_from_db()
        assert (made.slug, made.offerings.get().slug) == ("ryhma-2", "ryhma-2")

    def test_an_address_that_was_typed_stays(self, desk: Client, offering: Offering):
        made = self.copied(desk, offering.service)
        names = {"name_fi": "Ryhmä", "name_sv": "", "name_en": ""}

        save(desk, address("change", made, made.pk), slug="oma-kopio", **names)

        made.refresh_from_db()
        assert made.slug == "oma-kopio"

    def test_an_address_that_families_know_stays(self, desk: Client, offering: Offering):
        made = self.copied(desk, offering.service)
        names = {"name_fi": "Ryhmä", "name_sv": "", "name_en": ""}
        save(desk, address("change", made, made.pk), slug="oma-kopio", status="published", **names)
        save(desk, address("change", made, made.pk), status="draft")

        save(desk, address("change", made, made.pk), name_fi="Kerho")

        made.refresh_from_db()
        assert made.slug == "oma-kopio"

    def test_a_name_without_letters_of_an_address_leaves_it(self, desk: Client):
        made = self.copied(desk, ThemeFactory(slug="ero", name_fi="Ero"))

        save(desk, address("change", made, made.pk), name_fi="!")

        made.refresh_from_db()
        assert made.slug == "ero-kopio"

    def test_the_address_of_a_theme_follows_too(self, desk: Client):
        made = self.copied(desk, ThemeFactory(slug="ero", name_fi="Ero"))

        save(desk, address("change", made, made.pk), intro_fi="Apua.")
        made.refresh_from_db()
        assert made.slug == "ero-kopio"
        save(desk, address("change", made, made.pk), name_fi="Uusperhe", status="published")

        made.refresh_from_db()
        assert (made.slug, made.status) == ("uusperhe", "published")
