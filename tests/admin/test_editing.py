"""What a coordinator changes at the desk is what families read, at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from centres.models import FamilyCentre
from services.models import Contact, Offering, Provision, Service
from tests.admin.forms import address, errors, save
from tests.factories import (
    AreaFactory,
    ContactFactory,
    FamilyCentreFactory,
    OfferingFactory,
    OrganisationFactory,
    PlaceFactory,
    ProvisionFactory,
    ServiceFactory,
    ServicePointFactory,
)


def change(row: Any) -> str:
    return address("change", row, row.pk)


def test_one_sentence_changed_at_the_desk_is_on_the_site_at_once(desk: Client, client: Client):
    offering = OfferingFactory(service__summary_fi="Vanha lause.")
    page = reverse("services:detail", kwargs={"centre": offering.centre.slug, "slug": offering.slug})
    before = client.get(page).content.decode()

    saved = save(desk, change(offering.service), summary_fi="Uusi lause perheille.")

    after = client.get(page).content.decode()
    assert (saved.status_code, saved["Location"]) == (302, "/hallinta/services/service/")
    assert ("Vanha lause." in before, "Uusi lause perheille." in before) == (True, False)
    assert ("Vanha lause." in after, "Uusi lause perheille." in after) == (False, True)


def test_saving_a_form_untouched_changes_nothing(desk: Client):
    offering = OfferingFactory(service__description_fi="<p>Tervetuloa.</p>", name_sv="Rådgivning")
    ContactFactory(service=offering.service, label_en="Booking")
    everything = [list(model.objects.order_by("pk").values()) for model in (Service, Offering, Contact)]

    saved = [save(desk, change(row)).status_code for row in (offering.service, offering)]

    def but_when(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        # An empty text and none are the same to every reader.
        return [{key: value or None for key, value in row.items() if key != "updated_at"} for row in rows]

    now = [list(model.objects.order_by("pk").values()) for model in (Service, Offering, Contact)]
    assert saved == [302, 302]
    assert [but_when(rows) for rows in now] == [but_when(rows) for rows in everything]


def test_rich_text_is_sanitised_and_the_search_columns_follow(desk: Client):
    service = ServiceFactory()

    save(
        desk,
        change(service),
        name_fi="Äitiryhmä",
        description_fi='<h2 onclick="x()">Tule</h2><script>alert(1)</script><p style="color:red">mukaan '
        '<a href="javascript:x()">tänne</a></p><img src="https://muualla.example/x.png">',
    )

    service.refresh_from_db()
    assert service.description_fi == "<h2>Tule</h2><p>mukaan <a>tänne</a></p>"
    assert service.search_fi == "aitiryhma apua perheen arkeen tule mukaan tanne aitiryhma"
    assert service.sort_fi.startswith("38")


def test_a_text_of_nothing_but_nested_lists_is_refused_at_once(desk: Client):
    service = ServiceFactory(description_fi="<p>Hei</p>")

    answer = save(desk, f"/en{change(service)}", description_fi="<ul><li>" * 20_000)

    words = "The text is too long, or has too many lists inside one another."
    assert (answer.status_code, [each.startswith(words) for each in errors(answer)]) == (400, [True])
    service.refresh_from_db()
    assert service.description_fi == "<p>Hei</p>"


@pytest.mark.parametrize("nothing", ["<p></p>", "<p><br></p>", " <p>&nbsp;</p> "])
def test_an_editor_that_was_emptied_holds_no_text(desk: Client, nothing: str):
    service = ServiceFactory(description_sv="<p>Välkommen.</p>")

    save(desk, change(service), description_sv=nothing)

    service.refresh_from_db()
    assert service.description_sv == ""


@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_a_text_can_be_emptied_in_the_language_of_the_desk_and_in_others(desk: Client, prefix: str):
    service = ServiceFactory(cost_fi="5 euroa", cost_sv="5 euro", cost_en="5 euros")

    save(desk, f"{prefix}{change(service)}", cost_fi="", cost_sv="", cost_en="")

    service.refresh_from_db()
    assert not any([service.cost_fi, service.cost_sv, service.cost_en])


def test_a_service_needs_its_finnish_texts_and_no_others(desk: Client):
    answer = save(desk, address("add", Service), level="2", sector="social", slug="neuvola")

    assert errors(answer) == ["Tämä kenttä vaaditaan."] * 2
    assert sorted(answer.context["adminform"].form.errors) == ["name_fi", "summary_fi"]


def test_where_something_is_to_be_chosen_it_says_so(desk: Client):
    service = ServiceFactory()

    answer = save(desk, f"/en{change(service)}", level="", sector="")

    assert errors(answer) == ["Choose one."] * 2


def test_what_must_be_filled_in_is_said_in_words(desk: Client):
    offering = OfferingFactory()
    ContactFactory(service=offering.service)
    form = html.fromstring(desk.get(f"/en{change(offering.service)}").content.decode())

    def said_of(name: str) -> str:
        return form.xpath(f"//*[@id='id_{name}_helptext']")[0].text_content()

    assert said_of("name_fi").startswith("Must be filled in.")
    assert "Must be filled in." not in said_of("cost_fi")
    assert "Must be filled in." in said_of("contacts-0-value")


def test_a_new_service_is_offered_and_reached_from_one_form(desk: Client):
    centre, organisation = FamilyCentreFactory(), OrganisationFactory()

    answer = save(
        desk,
        address("add", Service),
        name_fi="Neuvola",
        summary_fi="Lapsen kasvun tueksi.",
        slug="neuvola",
        level="2",
        sector="health",
        **rows("contacts", kind="phone", value="040 123 4567", order="1", label_fi="Ajanvaraus"),
        **rows("provisions", role="responsible", organisation=organisation.pk),
        **rows("offerings", centre=centre.pk, slug="neuvola", status="published"),
    )

    service = Service.objects.get()
    assert answer.status_code == 302
    assert [(contact.value, contact.label_fi) for contact in service.contacts.all()] == [
        ("040 123 4567", "Ajanvaraus")
    ]
    assert [provision.organisation for provision in service.provisions.all()] == [organisation]
    assert [offering.centre for offering in service.offerings.all()] == [centre]


def test_an_offering_gets_contacts_providers_and_doors_of_its_own(desk: Client):
    offering, place, organisation = OfferingFactory(), PlaceFactory(), OrganisationFactory()

    answer = save(
        desk,
        change(offering),
        **rows("contacts", kind="email", value="neuvola@esimerkki.example", order="0"),
        **rows("provisions", role="producer", organisation=organisation.pk),
        **rows("points", place=place.pk, order="0"),
    )

    assert answer.status_code == 302
    assert [contact.value for contact in offering.contacts.all()] == ["neuvola@esimerkki.example"]
    assert [provision.organisation for provision in offering.provisions.all()] == [organisation]
    assert [point.place for point in offering.points.all()] == [place]
    assert not offering.service.contacts.exists()


def test_a_door_gets_hours_and_exceptions(desk: Client):
    point = ServicePointFactory()

    answer = save(
        desk,
        change(point),
        **rows("spans", weekday="0", opens="8.00", closes="12.00"),
        **rows("special_hours", first_day="24.12.2026", last_day="26.12.2026", reason_fi="Joulu"),
    )

    assert answer.status_code == 302
    assert [str(span.opens) for span in point.spans.all()] == ["08:00:00"]
    assert [hours.reason_fi for hours in point.special_hours.all()] == ["Joulu"]


def test_a_number_that_cannot_be_dialled_is_refused_in_words(desk: Client):
    service = ServiceFactory()

    answer = save(desk, f"/en{change(service)}", **rows("contacts", kind="phone", value="12", order="0"))

    assert errors(answer) == [
        (
            "This number does not work. Write one number and no other text, for example 040 1234567. "
            "Times belong under “When”."
        )
    ]
    assert not Contact.objects.exists()


def test_the_same_provider_twice_is_refused_in_words(desk: Client):
    provision = ProvisionFactory()

    answer = save(
        desk,
        f"/en{change(provision.service)}",
        **rows("provisions", 1, role=provision.role, organisation=provision.organisation.pk),
    )

    assert errors(answer) == [
        "Two rows say the same: Organisation, Role.",
        "This stands here already.",
    ]
    assert Provision.objects.count() == 1


def test_a_centre_publishes_in_the_languages_ticked_and_always_in_finnish(desk: Client):
    centre = FamilyCentreFactory(languages=["fi"])

    save(desk, change(centre), languages=["en", "sv"])

    centre.refresh_from_db()
    assert centre.languages == ["fi", "sv", "en"]


def test_a_centre_cannot_take_a_word_that_begins_other_addresses(desk: Client):
    values = {"name_fi": "Perhekeskus", "municipality_fi": "Posio", "municipality_code": "614"}

    answer = save(
        desk, f"/en{address('add', FamilyCentre)}", area=AreaFactory().pk, slug="hallinta", **values
    )

    assert errors(answer) == ["This word begins other addresses of the portal. Choose another one."]
    assert not FamilyCentre.objects.exists()


def test_a_centre_keeps_its_address_once_it_is_made(desk: Client):
    for status in ("draft", "published"):
        centre = FamilyCentreFactory(status=status)
        save(desk, change(centre), slug="toinen")
        assert FamilyCentre.objects.get(pk=centre.pk).slug == centre.slug


def rows(prefix: str, index: int = 0, **fields: Any) -> dict[str, Any]:
    """A new row of an inline, after `index` that are there already."""
    return {f"{prefix}-TOTAL_FORMS": str(index + 1)} | {
        f"{prefix}-{index}-{name}": str(value) for name, value in fields.items()
    }


class TestPublishing:
    """A coordinator knows one service, where the house keeps two rows."""

    def published(self, desk: Client, offering: Offering) -> list[str]:
        """The statuses of the offering and its service, once the offering's form has published it."""
        save(desk, address("change", offering, offering.pk), status="published")
        offering.refresh_from_db()
        return [offering.status, Service.objects.get(pk=offering.service_id).status]

    def test_what_the_centre_alone_gives_is_published_with_its_text(self, desk: Client):
        centre = FamilyCentreFactory()
        offering = OfferingFactory(
            centre=centre, status="draft", service__home=centre, service__status="draft"
        )

        assert self.published(desk, offering) == ["published", "published"]

    def test_a_shared_draft_stays_one(self, desk: Client):
        offering = OfferingFactory(status="draft", service__status="draft")

        assert self.published(desk, offering) == ["published", "draft"]

    def test_a_text_that_was_hidden_on_purpose_stays_so_when_something_else_is_saved(self, desk: Client):
        centre = FamilyCentreFactory()
        offering = OfferingFactory(centre=centre, service__home=centre, service__status="draft")

        assert self.published(desk, offering) == ["published", "draft"]
