"""Who may delete what is said as it is, and what would be left behind."""

from typing import Any

from django.test import Client
from lxml import html

from centres.models import FamilyCentre
from meetingplaces.models import Coming
from services.models import Service
from tests.admin.forms import address
from tests.admin.histories import words
from tests.factories import (
    ComingFactory,
    OfferingFactory,
    ServiceFactory,
    SessionFactory,
)


def delete(client: Client, row: Any) -> Any:
    return client.post(address("delete", row, row.pk), {"post": "yes"})


def asked(client: Client, row: Any) -> Any:
    page = client.get(f"/en{address('delete', row, row.pk)}").content.decode()
    return html.fromstring(page).xpath("//main")[0]


NO_PAGE = "No other centre offers “Neuvola”"
INSTEAD = ".//a[.='Delete the whole service instead']/@href"


def test_a_service_that_only_the_own_centre_offers_can_be_deleted(coordinator: Client, posio: FamilyCentre):
    offering = OfferingFactory(centre=posio, service=ServiceFactory(home=posio))

    assert delete(coordinator, offering.service).status_code == 302
    assert not Service.objects.exists()


def test_a_service_that_another_centre_offers_too_cannot(coordinator: Client, posio: FamilyCentre):
    service = ServiceFactory(home=posio)
    OfferingFactory(service=service)

    assert delete(coordinator, service).status_code == 403
    assert Service.objects.exists()


def test_the_only_page_of_a_service_is_not_deleted_unawares(coordinator: Client, posio: FamilyCentre):
    offering = OfferingFactory(centre=posio, service=ServiceFactory(home=posio, name_fi="Neuvola"))

    page = asked(coordinator, offering)
    (instead,) = page.xpath(INSTEAD)

    assert NO_PAGE in words(page)
    assert instead == f"/en{address('delete', offering.service, offering.service.pk)}"
    assert coordinator.post(instead, {"post": "yes"}).status_code == 302
    assert not Service.objects.exists()


def test_what_others_keep_is_not_offered_for_deleting(coordinator: Client, posio: FamilyCentre):
    offering = OfferingFactory(centre=posio, service=ServiceFactory(home=None, name_fi="Neuvola"))

    page = asked(coordinator, offering)

    assert NO_PAGE in words(page)
    assert not page.xpath(INSTEAD)


def test_one_of_several_pages_of_a_service_is_nothing_special(coordinator: Client, posio: FamilyCentre):
    offering = OfferingFactory(centre=posio, service=ServiceFactory(name_fi="Neuvola"))
    OfferingFactory(service=offering.service)

    assert NO_PAGE not in words(asked(coordinator, offering))


def test_a_service_itself_is_asked_about_as_ever(coordinator: Client, posio: FamilyCentre):
    offering = OfferingFactory(centre=posio, service=ServiceFactory(home=posio, name_fi="Neuvola"))

    page = asked(coordinator, offering.service)

    assert NO_PAGE not in words(page)
    assert not page.xpath(INSTEAD)


def test_a_session_that_families_might_come_to_can_be_deleted(coordinator: Client, posio: FamilyCentre):
    session = SessionFactory(meeting_place__centre=posio)
    ComingFactory(session=session)

    assert "18.11.2026" in words(asked(coordinator, session))
    assert delete(coordinator, session).status_code == 302
    assert not Coming.objects.exists()
