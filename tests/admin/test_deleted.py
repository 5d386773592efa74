"""Rows that were deleted come back, with all that went with them."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from lxml import html
from reversion.models import Version

from centres.admin.base import DeskAdmin
from centres.models import FamilyCentre, LevelName, Place, Theme
from services.models import Contact, Offering, OpeningSpan, Service, ServicePoint
from tests.admin.forms import address, save
from tests.admin.histories import change, state, undo, words
from tests.factories import (
    ContactFactory,
    FamilyCentreFactory,
    LevelNameFactory,
    OfferingFactory,
    OpeningSpanFactory,
    ProvisionFactory,
    ServiceFactory,
    ServicePointFactory,
    ThemeFactory,
    TopicFactory,
    UserFactory,
)


@pytest.fixture
def everything(db: None) -> Offering:
    """A service with all there is, in every table that knows of it."""
    offering = OfferingFactory(
        service__name_fi="Neuvola",
        service__name_sv="Rådgivning",
        service__name_se="Rávvehat",
        service__topics=[TopicFactory()],
    )
    ContactFactory(service=offering.service, hours_sv="vardagar")
    ContactFactory(offering=offering)
    ProvisionFactory(service=offering.service)
    OpeningSpanFactory(point=ServicePointFactory(offering=offering, place__name_fi="Sampola"))
    return offering


def delete(desk: Client, row: Any) -> None:
    assert desk.post(address("delete", row, row.pk), {"post": "yes"}).status_code == 302


def deleted(desk: Client, model: Any) -> list[tuple[str, str]]:
    page = html.fromstring(desk.get(f"/en{address('recoverlist', model)}").content.decode())
    return [
        (
            words(entry.xpath("./h2")[0]),
            words(entry.xpath("./p[@class='history__how']")[0]),
        )
        for entry in page.xpath("//*[@class='history__entry']")
    ]


def bring_back(desk: Client, model: Any) -> Any:
    page = html.fromstring(desk.get(address("recoverlist", model)).content.decode())
    way = page.xpath("//a[contains(@class, 'history__back')]/@href")[0]
    assert desk.get(way).status_code == 200
    return desk.post(way)


def test_a_service_comes_back_with_its_contacts_points_and_languages(desk: Client, everything: Offering):
    tables = (Service, Offering, Contact, ServicePoint, OpeningSpan, Service.topics.through)
    before = state(*tables)
    delete(desk, everything.service)
    assert state(*tables) == [[]] * 6

    answer = bring_back(desk, Service)

    assert (answer.status_code, answer["Location"]) == (302, change(everything.service))
    assert state(*tables) == before
    assert deleted(desk, Service) == []


def test_the_list_says_what_when_and_by_whom_and_is_one_click_away(desk: Client, everything: Offering):
    delete(desk, everything.service)

    assert deleted(desk, Service) == [
        ("Neuvola", "Deleted on 18.11.2026 at ten, paakayttaja@esimerkki.example")
    ]
    assert (
        f'href="{address("recoverlist", Service)}"'
        in desk.get(address("changelist", Service)).content.decode()
    )


def test_many_deleted_at_once_come_back_one_by_one(desk: Client):
    services = [ServiceFactory(name_fi=name) for name in ("Yksi", "Kaksi")]
    for service in services:
        ContactFactory(service=service)
    keys = [str(service.pk) for service in services]

    desk.post(
        address("changelist", Service),
        {"action": "delete_selected", "_selected_action": keys, "post": "yes"},
    )
    assert (Service.objects.count(), len(deleted(desk, Service))) == (0, 2)
    bring_back(desk, Service)

    assert [service.name_fi for service in Service.objects.all()] == ["Kaksi"]
    assert Contact.objects.count() == 1


def test_what_was_deleted_before_by_itself_stays_deleted(desk: Client, everything: Offering):
    service, other = everything.service, OfferingFactory(service=everything.service)
    save(desk, change(service), cost_fi="5 euroa")
    delete(desk, other)
    delete(desk, service)

    bring_back(desk, Service)

    assert list(service.offerings.all()) == [everything]


def test_an_offering_deleted_on_the_services_form_comes_back_by_the_services_history(
    desk: Client, everything: Offering
):
    save(desk, change(everything.service), **{"offerings-0-DELETE": "on"})
    assert not OpeningSpan.objects.exists()

    undo(desk, everything.service)

    assert OpeningSpan.objects.get().point.offering == everything


def test_a_place_that_is_gone_is_named_with_the_way_to_bring_it_back(desk: Client, everything: Offering):
    delete(desk, everything)
    place = Place.objects.get(name_fi="Sampola")
    delete(desk, place)
    page = html.fromstring(desk.get(address("recoverlist", Offering)).content.decode())
    (way,) = page.xpath("//a[contains(@class, 'history__back')]/@href")

    answer = desk.post(f"/en{way}")
    (needed,) = html.fromstring(answer.content.decode()).xpath("//*[@role='alert']//a")

    assert (answer.status_code, needed.text) == (409, "Place: Sampola")
    assert not Offering.objects.exists()
    desk.post(needed.get("href"))
    desk.post(way)
    assert OpeningSpan.objects.get().point.place == place


def test_a_theme_that_went_with_its_centre_comes_back_after_it(desk: Client):
    theme = ThemeFactory(name_fi="Erotilanne")
    LevelNameFactory(centre=theme.centre)
    delete(desk, theme.centre)

    bring_back(desk, FamilyCentre)
    bring_back(desk, Theme)

    assert LevelName.objects.get().centre == Theme.objects.get().centre == theme.centre


def test_what_is_there_is_not_brought_back(desk: Client):
    service = ServiceFactory()
    save(desk, change(service), cost_fi="5 euroa")

    version = Version.objects.get_for_object(service).first()
    assert desk.get(address("recover", Service, version.pk)).status_code == 404


def test_whoever_may_not_add_gets_no_list_and_nothing_back(desk: Client, client: Client):
    service = ServiceFactory()
    delete(desk, service)
    version = Version.objects.get_deleted(Service).get()
    client.force_login(UserFactory(is_staff=True))

    paths = [address("recoverlist", Service), address("recover", Service, version.pk)]
    assert [client.get(path).status_code for path in paths] == [403, 403]
    assert client.post(paths[1]).status_code == 403


def test_only_rows_that_the_user_may_change_are_listed(
    desk: Client, client: Client, monkeypatch: pytest.MonkeyPatch
):
    posio = FamilyCentreFactory()
    for theme in (ThemeFactory(name_fi="Meidän", centre=posio), ThemeFactory(name_fi="Heidän")):
        delete(desk, theme)
    versions = {version.object_repr: version.pk for version in Version.objects.get_deleted(Theme)}
    monkeypatch.setattr(
        DeskAdmin,
        "has_change_permission",
        lambda _pages, _request, row=None: row is None or row.centre == posio,
    )

    assert [name for name, _how in deleted(desk, Theme)] == ["Meidän"]
    assert desk.post(address("recover", Theme, versions["Heidän"])).status_code == 403


# Whoever deletes is told the way back


def text(page: Any) -> str:
    return words(html.fromstring(page.content.decode()).xpath("//main")[0])


WAY_BACK = "You find it under “Services” › “Deleted”."


def test_the_page_that_asks_says_that_it_can_be_brought_back(desk: Client):
    service = ServiceFactory()
    many = {"action": "delete_selected", "_selected_action": str(service.pk)}

    assert WAY_BACK in text(desk.get(f"/en{address('delete', service, service.pk)}"))
    assert WAY_BACK in text(desk.post(f"/en{address('changelist', Service)}", many))
    assert Service.objects.exists()


def test_of_what_does_not_come_back_nothing_is_promised(desk: Client):
    user = UserFactory()

    assert "brought back" not in text(desk.get(f"/en{address('delete', user, user.pk)}"))
    answer = desk.post(f"/en{address('delete', user, user.pk)}", {"post": "yes"}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["success"]


def test_where_nothing_can_be_deleted_nothing_is_said_of_bringing_back(desk: Client):
    organisation = ProvisionFactory().organisation

    assert "brought back" not in text(desk.get(f"/en{address('delete', organisation, organisation.pk)}"))


def test_after_deleting_one_click_leads_to_bringing_it_back(desk: Client):
    service = ServiceFactory(name_fi="Neuvola")

    answer = desk.post(f"/en{address('delete', service, service.pk)}", {"post": "yes"}, follow=True)
    (link,) = html.fromstring(answer.content.decode()).xpath("//a[.='Bring it back']/@href")
    desk.post(link)

    assert Service.objects.get() == service


def test_after_deleting_many_one_click_leads_to_all_of_them(desk: Client):
    keys = [ServiceFactory().pk, ServiceFactory().pk]
    many = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}

    answer = desk.post(f"/en{address('changelist', Service)}", many, follow=True)
    (link,) = html.fromstring(answer.content.decode()).xpath("//a[.='See what was deleted']/@href")

    assert link == f"/en{address('recoverlist', Service)}"


def test_in_a_small_window_nothing_is_said_after_deleting(desk: Client):
    service = ServiceFactory()

    answer = desk.post(f"/en{address('delete', service, service.pk)}", {"post": "yes", "_popup": "1"})

    assert not list(get_messages(answer.wsgi_request))
