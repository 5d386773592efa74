"""From a form to the page as families will see it."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from services.models import Offering
from tests.admin.forms import address, save
from tests.factories import (
    PASSWORD,
    AgeGroupFactory,
    FamilyCentreFactory,
    MembershipFactory,
    OfferingFactory,
    PlaceFactory,
    ServiceFactory,
    ThemeFactory,
)


def previews(desk: Client, row: Any) -> list[str]:
    page = html.fromstring(desk.get(address("change", row, row.pk)).content.decode())
    return page.xpath("//ul[@class='object-tools']//a[contains(@href, '/esikatselu/')]/@href")


@pytest.mark.parametrize("factory", [OfferingFactory, ThemeFactory, AgeGroupFactory, FamilyCentreFactory])
def test_a_form_leads_to_the_preview_of_its_page(desk: Client, client: Client, factory: Any):
    (link,) = previews(desk, factory())

    assert client.get(link).status_code == 200


def test_a_service_leads_to_its_page_in_each_centre(desk: Client, client: Client):
    service = ServiceFactory(status="draft")
    assert previews(desk, service) == []

    for municipality in ("Posio", "Ranua"):
        OfferingFactory(service=service, status="draft", centre__municipality_fi=municipality)
    links = previews(desk, service)

    assert [client.get(link).status_code for link in links] == [200, 200]
    page = desk.get(address("change", service, service.pk)).content.decode()
    assert ("Esikatselu: Posio" in page, "Esikatselu: Ranua" in page) == (True, True)


def test_what_has_no_page_has_no_preview(desk: Client):
    place = PlaceFactory()

    assert previews(desk, place) == []
    assert "_preview" not in desk.get(address("change", place, place.pk)).content.decode()


def test_save_and_preview_shows_what_was_just_typed(desk: Client, client: Client):
    theme = ThemeFactory(status="draft", name_fi="Ero")

    answer = save(desk, address("change", theme, theme.pk), name_fi="Kun vanhemmat eroavat", _preview="1")

    assert answer.status_code == 302
    assert "Kun vanhemmat eroavat" in client.get(answer["Location"]).content.decode()


def test_a_new_draft_is_saved_and_shown_by_the_same_button(desk: Client, client: Client):
    service, centre = ServiceFactory(name_fi="Neuvola"), FamilyCentreFactory()

    answer = save(
        desk,
        address("add", Offering),
        service=service.pk,
        centre=centre.pk,
        slug="neuvola",
        status="draft",
        _preview="1",
    )

    assert Offering.objects.get().status == "draft"
    assert "Neuvola" in client.get(answer["Location"]).content.decode()


def test_of_a_service_in_two_centres_the_form_offers_both(desk: Client):
    service = ServiceFactory(status="draft")
    for municipality in ("Posio", "Ranua"):
        OfferingFactory(service=service, centre__municipality_fi=municipality)
    path = address("change", service, service.pk)

    answer = save(desk, path, _preview="1")

    assert answer["Location"] == path
    page = html.fromstring(desk.get(path).content.decode())
    assert page.xpath("//ul[@class='messagelist']//a[contains(@href, '/esikatselu/')]/text()") == [
        "Posio",
        "Ranua",
    ]


def test_beside_each_preview_its_link_can_be_copied(desk: Client):
    service = ServiceFactory(status="draft")
    for municipality in ("Posio", "Ranua"):
        OfferingFactory(service=service, centre__municipality_fi=municipality)

    page = html.fromstring(desk.get(f"/en{address('change', service, service.pk)}").content.decode())

    buttons = page.xpath("//ul[@class='object-tools']//button[@data-copy]")
    assert [each.text for each in buttons] == ["Copy the link: Posio", "Copy the link: Ranua"]
    assert [each.get("data-copy") for each in buttons] == page.xpath(
        "//ul[@class='object-tools']//a[contains(@href, '/esikatselu/')]/@href"
    )
    assert page.xpath("//script[contains(@src, 'copy-link')]")


class TestTheWayBack:
    """Whoever came from the desk goes back to the form, where the page is published; nobody else hears of a form."""

    def way_back(self, client: Client, link: str) -> list[str]:
        page = html.fromstring(client.get(link).content.decode())
        return page.xpath("//aside[@class='preview']//a[normalize-space()='Takaisin lomakkeelle']/@href")

    @pytest.mark.parametrize("factory", [OfferingFactory, ThemeFactory, AgeGroupFactory, FamilyCentreFactory])
    def test_the_first_thing_on_a_preview_leads_back_to_its_form(
        self, desk: Client, client: Client, factory: Any
    ):
        row = factory()
        (link,) = previews(desk, row)

        assert self.way_back(desk, link) == [address("change", row, row.pk)]
        bar = html.fromstring(desk.get(link).content.decode()).xpath("//aside[@class='preview']")[0]
        assert bar.xpath(".//a/@href")[0] == address("change", row, row.pk)
        assert self.way_back(client, link) == []

    def test_whoever_may_not_open_the_form_is_not_led_there(self, desk: Client, db: None):
        membership = MembershipFactory(user__is_staff=True)
        reader = Client()
        assert reader.login(username=membership.user.email, password=PASSWORD)
        (link,) = previews(desk, OfferingFactory())

        assert self.way_back(reader, link) == []
