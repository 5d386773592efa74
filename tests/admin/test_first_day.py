"""A coordinator's first day: what a new row is filled in with, and what the desk says once it is saved."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from lxml import html

from accounts.models import User
from centres.models import FamilyCentre
from centres.publishing import Status
from perhekeskus import demo
from services.models import Offering, Service
from tests.admin.forms import address, beside, filled, save
from tests.admin.test_pages import ALONE
from tests.factories import (
    PASSWORD,
    AgeGroupFactory,
    FamilyCentreFactory,
    MembershipFactory,
    OfferingFactory,
    ServiceFactory,
    ThemeFactory,
    TopicFactory,
    UserFactory,
    enrol,
)

LOOK = "Look at the page"
SUMMER = {"published_until": date(2026, 11, 1), "published_from": date(2026, 12, 1)}
AWAY = "Hidden: 1.11.2026 was the last day. Comes back on 1.12.2026."
SEEN_BY_NOBODY = re.compile("do not see|Hidden|Appears")
UNSEEN = "Families do not see this now."
NOT_OFFERED = (
    "No family sees this service yet: no family centre offers it. Open it again and add the centre under "
    "“Services in a centre”."
)
NEW_SERVICE = {
    "name_fi": "Neuvola",
    "summary_fi": "Apua.",
    "level": "2",
    "sector": "health",
    "slug": "neuvola",
}


@pytest.fixture
def posio(db: None) -> FamilyCentre:
    return FamilyCentreFactory(slug="posio", municipality_fi="Posio")


@pytest.fixture
def coordinator(posio: FamilyCentre) -> Client:
    """Signed in as the demo's coordinator of Posio."""
    ((_centre, email, password),) = demo.make_coordinators()
    client = Client()
    assert client.login(username=email, password=password)
    enrol(User.objects.get(email=email))
    return client


def messages(client: Client, answer: Any) -> list[str]:
    """What the desk says after `answer`, a redirect."""
    page = html.fromstring(client.get(answer["Location"]).content.decode())
    return [item.text_content().strip() for item in page.xpath("//ul[@class='messagelist']/li")]


@pytest.mark.parametrize("model", ALONE, ids=lambda model: model.__name__)
def test_a_new_row_shows_no_facts_that_it_does_not_have_yet(desk: Client, model: Any):
    page = desk.get(address("add", model)).content.decode()

    assert "DatabaseDefault" not in page
    assert "field-updated_at" not in page


def test_a_row_that_is_there_shows_when_it_was_saved(desk: Client):
    service = ServiceFactory()

    assert "field-updated_at" in desk.get(address("change", service, service.pk)).content.decode()


class TestNewService:
    def test_it_is_seen_at_once_in_the_coordinators_own_centre(
        self, coordinator: Client, posio: FamilyCentre, client: Client
    ):
        answer = save(coordinator, f"/en{address('add', Service)}", **NEW_SERVICE, status="published")

        (offering,) = Offering.objects.all()
        assert (offering.centre, offering.slug, offering.service.home) == (posio, "neuvola", posio)
        assert client.get("/posio/palvelut/neuvola/").status_code == 200
        assert messages(coordinator, answer)[1] == LOOK

    def test_its_row_of_a_centre_is_filled_in_and_published(self, coordinator: Client, posio: FamilyCentre):
        values = filled(coordinator.get(address("add", Service)))

        assert values["home"] == [str(posio.pk)]
        assert values["offerings-TOTAL_FORMS"] == ["1"]
        assert values["offerings-0-centre"] == [str(posio.pk)]
        assert values["offerings-0-status"] == ["published"]

    def test_its_row_of_a_centre_can_be_left_out(self, coordinator: Client):
        answer = save(
            coordinator,
            f"/en{address('add', Service)}",
            **NEW_SERVICE,
            status="published",
            **{"offerings-0-centre": ""},
        )

        assert not Offering.objects.exists()
        assert messages(coordinator, answer)[1:] == [NOT_OFFERED]

    def test_a_name_of_its_own_in_the_address_is_kept(self, coordinator: Client):
        save(coordinator, address("add", Service), **NEW_SERVICE, **{"offerings-0-slug": "posion-neuvola"})

        assert Offering.objects.get().slug == "posion-neuvola"

    def test_whoever_has_no_centre_chooses_one(self, desk: Client, posio: FamilyCentre):
        values = filled(desk.get(address("add", Service)))

        assert values["home"] == values["offerings-0-centre"] == [""]

    def test_in_a_small_window_it_is_not_offered_twice(self, coordinator: Client):
        assert "offerings-TOTAL_FORMS" not in filled(coordinator.get(f"{address('add', Service)}?_popup=1"))


class TestWhatFamiliesSee:
    @pytest.mark.parametrize(
        ("values", "seen"),
        [
            ({}, True),
            ({"status": "draft"}, False),
            ({"service__status": "draft"}, False),
            ({"centre__status": "draft"}, False),
            ({"published_until": date(2026, 11, 17)}, False),
            ({"published_until": date(2026, 11, 18)}, True),
            ({"published_from": date(2026, 11, 19)}, False),
        ],
    )
    def test_the_lists_say_whether_families_see_a_row(self, desk: Client, values: dict[str, Any], seen: bool):
        offering = OfferingFactory(**values)

        for row in (offering, offering.service):
            page = html.fromstring(desk.get(f"/en{address('changelist', row)}").content.decode())
            (cell,) = page.xpath("//td[contains(@class, 'field-seen')]")
            assert cell.text.startswith("Families see this now") is seen
            assert (SEEN_BY_NOBODY.search(cell.text) is None) is seen

    def test_the_lists_tell_no_day_of_a_break_that_is_over(self, desk: Client):
        over = {"published_until": date(2026, 5, 31), "published_from": date(2026, 8, 1)}

        for row in (OfferingFactory(**over), ThemeFactory(**over)):
            page = html.fromstring(desk.get(f"/en{address('changelist', row)}").content.decode())
            (line,) = page.xpath("//table[@id='result_list']/tbody/tr")
            (cell,) = line.xpath(".//td[contains(@class, 'field-seen')]")
            assert cell.text == "Families see this now."
            assert "2026" not in line.text_content()

    def test_the_list_of_centres_says_yes_or_no(self, desk: Client):
        FamilyCentreFactory(name_fi="A")
        FamilyCentreFactory(name_fi="B", status="draft")

        page = html.fromstring(desk.get(f"/en{address('changelist', FamilyCentre)}").content.decode())
        assert sorted(cell.text for cell in page.xpath("//td[contains(@class, 'field-seen')]")) == [
            "No",
            "Yes",
        ]

    def test_a_service_that_nobody_offers_is_seen_on_the_page_of_help_now_alone(self, desk: Client):
        ServiceFactory(name_fi="A")
        ServiceFactory(name_fi="B", urgent_order=1)

        page = html.fromstring(desk.get(f"/en{address('changelist', Service)}").content.decode())
        assert [cell.text for cell in page.xpath("//td[contains(@class, 'field-seen')]")] == [
            "Published, but families do not see this: what it belongs to is hidden, or no centre has it.",
            "Families see this now.",
        ]

    @pytest.mark.parametrize(
        ("factory", "values", "said"),
        [
            (OfferingFactory, {}, LOOK),
            (OfferingFactory, {"status": Status.DRAFT}, UNSEEN),
            (ThemeFactory, {}, LOOK),
            (ThemeFactory, {"published_until": date(2026, 6, 1)}, UNSEEN),
            (OfferingFactory, SUMMER, AWAY),
            (AgeGroupFactory, {}, LOOK),
            (FamilyCentreFactory, {"status": Status.DRAFT}, UNSEEN),
            (ServiceFactory, {}, NOT_OFFERED),
            (ServiceFactory, {"status": Status.DRAFT}, UNSEEN),
        ],
    )
    def test_saving_says_whether_families_see_it(
        self, desk: Client, factory: Any, values: dict[str, Any], said: str
    ):
        row = factory(**values)

        answer = save(desk, f"/en{address('change', row, row.pk)}", _continue="1")

        assert messages(desk, answer)[1:] == [said]

    def test_saving_says_aloud_when_there_will_be_a_break(self, desk: Client):
        row = ThemeFactory()
        days = {"hidden_from": "1.6.2027", "hidden_until": "31.7.2027"}

        answer = save(desk, f"/en{address('change', row, row.pk)}", **days, _continue="1")

        assert messages(desk, answer)[1:] == [
            LOOK,
            "Families see this now, until 31.5.2027, and again from 1.8.2027.",
        ]

    def test_saving_says_aloud_that_a_centre_of_the_service_has_a_break(self, desk: Client):
        row = OfferingFactory(slug="kerho")
        days = {"offerings-0-published_until": "31.5.2027", "offerings-0-published_from": "1.8.2027"}
        path = f"/en{address('change', row.service, row.service_id)}"

        answer = save(desk, path, **days, _continue="1")

        said = f"{row}: Shown until 31.5.2027, then hidden, and shown again from 1.8.2027: this is a break."
        assert said in messages(desk, answer)
        assert said not in messages(desk, save(desk, path, cost_fi="5 euroa", _continue="1"))

    def test_a_break_of_more_than_a_year_is_told_beside_its_end(self, desk: Client):
        row = ThemeFactory()
        days = {"published_until": "31.5.2027", "published_from": "2.6.2028"}

        answer = save(desk, f"/en{address('change', row, row.pk)}", **days)

        (said,) = beside(answer, "published_from")
        assert said.startswith("“Shown from” is over a year after “shown until”. A break is a year at most")

    def test_of_what_has_no_page_nothing_is_said(self, desk: Client):
        topic = TopicFactory()

        assert len(messages(desk, save(desk, address("change", topic, topic.pk)))) == 1


class TestSharedText:
    def test_a_text_that_others_show_too_says_so(self, desk: Client):
        service = ServiceFactory()
        for municipality in ("Posio", "Rovaniemi"):
            OfferingFactory(service=service, centre__municipality_fi=municipality)

        page = desk.get(f"/en{address('change', service, service.pk)}").content.decode()

        assert "This text is shown in these centres: Posio, Rovaniemi." in page

    def test_a_text_of_one_centre_and_a_new_one_say_nothing(self, desk: Client, posio: FamilyCentre):
        service = OfferingFactory(centre=posio, service__home=posio).service

        for path in (address("change", service, service.pk), address("add", Service)):
            assert "word-before" not in desk.get(path).content.decode()


class TestWaysToTheSite:
    def test_a_service_of_one_centre_leads_to_its_page(self, desk: Client):
        offering = OfferingFactory()
        page = desk.get(address("change", offering.service, offering.service.pk)).content.decode()

        assert f'href="{offering.get_absolute_url()}" class="viewsitelink"' in page

    def test_a_service_of_two_centres_leads_to_neither(self, desk: Client):
        offering = OfferingFactory()
        OfferingFactory(service=offering.service)

        path = address("change", offering.service, offering.service.pk)
        assert "viewsitelink" not in desk.get(path).content.decode()

    def test_the_site_of_a_coordinator_is_the_own_centre(self, coordinator: Client):
        assert coordinator.get("/hallinta/").context["site_url"] == "/posio/"
        assert coordinator.get("/sv/hallinta/").context["site_url"] == "/sv/posio/"

    def test_the_site_of_whoever_has_two_centres_or_a_hidden_one_is_the_choice(self, posio: FamilyCentre):
        client, user = Client(), UserFactory(is_staff=True)
        assert client.login(username=user.email, password=PASSWORD)
        MembershipFactory(user=user, centre=FamilyCentreFactory(status=Status.DRAFT))
        assert client.get("/hallinta/").context["site_url"] == "/"

        MembershipFactory(user=user, centre=posio)
        assert client.get("/hallinta/").context["site_url"] == "/"


class TestRights:
    @pytest.mark.parametrize("word", ["topic", "way", "spokenlanguage"])
    def test_a_coordinator_adds_no_word_that_all_centres_share(self, coordinator: Client, word: str):
        assert coordinator.get(f"/hallinta/centres/{word}/").status_code == 200
        assert coordinator.get(f"/hallinta/centres/{word}/add/").status_code == 403

    def test_a_coordinator_deletes_a_service_of_the_own_centre(
        self, coordinator: Client, posio: FamilyCentre
    ):
        service = OfferingFactory(centre=posio, service__home=posio).service

        answer = coordinator.post(address("delete", service, service.pk), {"post": "yes"})

        assert answer.status_code == 302
        assert not Service.objects.exists()

    def test_a_coordinator_deletes_no_service_that_centres_share(
        self, coordinator: Client, posio: FamilyCentre
    ):
        service = OfferingFactory(centre=posio).service

        answer = coordinator.post(address("delete", service, service.pk), {"post": "yes"})

        assert answer.status_code == 403
        assert Service.objects.exists()

    def test_a_refused_page_leads_back_to_the_desk(self, coordinator: Client):
        page = coordinator.get("/en/hallinta/centres/topic/add/").content.decode()

        assert "You have no right to this page." in page
        assert 'href="/en/hallinta/"' in page
        assert "Sign in" not in page


def test_a_form_has_its_buttons_once(desk: Client):
    service = ServiceFactory()

    rows = [
        desk.get(path).content.decode().count('class="submit-row"')
        for path in (address("add", Service), address("change", service, service.pk))
    ]

    assert rows == [1, 1]


def test_the_desk_begins_with_what_is_put_right_most_often(desk: Client):
    rooms = desk.get("/hallinta/").context["app_list"]
    tables = {room["app_label"]: [table["object_name"] for table in room["models"]] for room in rooms}

    assert tables["services"] == [
        "Offering",
        "Service",
        "Contact",
        "ServicePoint",
        "Provision",
        "Proposal",
    ]
    assert tables["centres"][0] == "FamilyCentre"


def test_the_desk_says_what_a_service_and_a_service_in_a_centre_are(desk: Client):
    assert (
        "A “service” is the text that all family centres share." in desk.get("/en/hallinta/").content.decode()
    )
