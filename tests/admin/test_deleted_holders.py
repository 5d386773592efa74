"""What comes back needs rows that may be gone too: they come with it, or it is said what must come first."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from lxml import html
from reversion.models import Version

from centres.models import FamilyCentre
from services.models import Contact, Offering, Service
from tests.admin.forms import address, save
from tests.admin.histories import change, words
from tests.factories import (
    ContactFactory,
    OfferingFactory,
    ServiceFactory,
)


@pytest.fixture
def own(posio: FamilyCentre) -> Offering:
    """What Posio alone offers, with a contact that belongs to the service."""
    offering = OfferingFactory(centre=posio, service__home=posio, service__name_fi="Neuvola")
    ContactFactory(service=offering.service)
    return offering


def delete(client: Client, row: Any) -> None:
    assert client.post(address("delete", row, row.pk), {"post": "yes"}).status_code == 302


def way_back(row: Any) -> str:
    version = Version.objects.get_for_object_reference(type(row), row.pk).first()
    assert version is not None
    return f"/en{address('recover', row, version.pk)}"


def told(answer: Any) -> list[str]:
    """The two newest messages: nobody has looked at those of the deletion."""
    return [str(message) for message in get_messages(answer.wsgi_request)][-2:]


def needed(answer: Any) -> Any:
    """What the page says must be brought back first."""
    return html.fromstring(answer.content.decode()).xpath("//*[@role='alert']//li")


def test_the_service_that_went_after_its_offering_comes_back_with_it(coordinator: Client, own: Offering):
    save(coordinator, change(own.service), cost_fi="5 euroa")
    delete(coordinator, own)
    save(coordinator, change(own.service), cost_fi="7 euroa")
    delete(coordinator, own.service)

    page = coordinator.get(way_back(own))
    answer = coordinator.post(way_back(own))

    assert page.status_code == 200
    assert answer.status_code == 302
    assert Offering.objects.get().service == Service.objects.get(cost_fi="7 euroa")
    assert Contact.objects.get().service == own.service


def test_a_shared_service_that_is_gone_is_named_and_whom_to_ask(
    desk: Client, coordinator: Client, posio: FamilyCentre
):
    offering = OfferingFactory(centre=posio, service__home=None, service__name_fi="Neuvola")
    delete(coordinator, offering)
    delete(desk, offering.service)

    answer = coordinator.post(way_back(offering))
    (line,) = needed(answer)

    assert answer.status_code == 409
    assert words(line) == (
        "Neuvola (Posio) → Service: Neuvola "
        "(somebody else keeps this: ask the area’s coordinator to bring it back)"
    )
    assert not line.xpath(".//a")
    assert not Service.objects.exists()


def test_a_centre_that_is_gone_is_named_with_the_way_to_bring_it_back(desk: Client):
    offering = OfferingFactory(centre__name_fi="Posion perhekeskus", service=ServiceFactory())
    delete(desk, offering)
    delete(desk, offering.centre)

    answer = desk.post(way_back(offering))
    (link,) = needed(answer)[0].xpath(".//a")

    assert (answer.status_code, link.text) == (409, "Family centre: Posion perhekeskus")
    desk.post(link.get("href"))
    assert desk.post(way_back(offering)).status_code == 302
    assert Offering.objects.get() == offering


def test_what_families_do_not_see_after_it_came_back_is_said(coordinator: Client, own: Offering):
    save(coordinator, change(own.service), status="draft")
    delete(coordinator, own)

    assert told(coordinator.post(way_back(own))) == [
        "Brought back with everything that belonged to it.",
        "Families do not see this now.",
    ]


def test_what_families_see_after_it_came_back_is_one_click_away(coordinator: Client, own: Offering):
    delete(coordinator, own)

    brought_back, look = told(coordinator.post(way_back(own)))

    assert brought_back == "Brought back with everything that belonged to it."
    assert own.get_absolute_url() in look
