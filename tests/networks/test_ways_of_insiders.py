"""The ways of whoever is let in: the row of links on every page of professionals, and where signing in leads."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override
from lxml import html

from centres.models import Membership
from centres.publishing import Status
from tests.factories import (
    PASSWORD,
    FamilyCentreFactory,
    LocalNetworkFactory,
    MeetingFactory,
    MembershipFactory,
    UserFactory,
)
from tests.networks.conftest import let_in_to, signed_in

pytestmark = pytest.mark.django_db

YESTERDAY = date(2026, 11, 17)
WAYS = ["professionals:own", "professionals:calendars", "networks:meetings", "professionals:index"]
OF_ALL = ["finder:find", "networks:index", "networks:meetings"]


def address(name, slug="keskus", **more):
    return reverse(name, kwargs={"centre": slug, **more})


def row_of_links(answer):
    """Pairs of an address and what is said of it, of the row; empty where there is none."""
    links = html.fromstring(answer.content.decode()).xpath("//main/nav[contains(@class, 'nav ')]//a")
    return [(link.get("href"), link.get("aria-current")) for link in links]


class TestTheRow:
    @pytest.mark.parametrize("name", [*WAYS, "finder:find", "networks:index"])
    def test_leads_to_what_is_ones_own_and_out_and_marks_where_one_is(self, let_in, name):
        here = address(name)
        ways = [*(address(way) for way in WAYS), reverse("account_logout")]
        assert row_of_links(let_in.get(here)) == [(way, "page" if way == here else None) for way in ways]

    def test_stands_at_a_card_and_at_a_meeting_too(self, let_in, professional):
        meeting = MeetingFactory(local_network=LocalNetworkFactory(centre=professional.home))
        pages = [address("professionals:card", uuid=professional.uuid), meeting.get_absolute_url()]
        assert [len(row_of_links(let_in.get(page))) for page in pages] == [5, 5]

    @pytest.mark.parametrize("name", OF_ALL)
    def test_is_not_for_others(self, client, centre, name):
        for browser in (client, signed_in(UserFactory()), signed_in(let_in_to(centre, ends_on=YESTERDAY))):
            assert row_of_links(browser.get(address(name))) == []

    def test_makes_the_page_of_networks_private_for_whoever_sees_it_alone(self, let_in, client):
        assert let_in.get(address("networks:index")).headers["Cache-Control"] == "private, no-store"
        assert "no-store" not in client.get(address("networks:index")).headers.get("Cache-Control", "")

    def test_the_way_out_asks_once(self, let_in):
        answer = let_in.get(reverse("account_logout"))
        assert html.fromstring(answer.content.decode()).xpath("//main//form/@action") == [
            reverse("account_logout")
        ]


@pytest.mark.parametrize("name", OF_ALL)
def test_meetings_are_in_the_footer_of_every_page(client, centre, name):
    page = html.fromstring(client.get(address(name)).content.decode())
    assert address("networks:meetings") in page.xpath("//footer//a/@href")


@pytest.mark.parametrize("name", ["finder:find", "networks:meetings"])
def test_whoever_has_signed_in_and_is_not_let_in_is_led_to_ask(centre, client, name):
    def ways_in(browser):
        links = html.fromstring(browser.get(address(name)).content.decode()).xpath("//main//a/@href")
        return [link for link in links if link.startswith(reverse("account_login"))], [
            link for link in links if link == address("professionals:ask")
        ]

    sign_in, _ask = ways_in(client)
    assert len(sign_in) == 1
    assert ways_in(signed_in(UserFactory())) == ([], [address("professionals:ask")])


class TestSigningIn:
    def led_to(self, client, user, **more):
        data = {"login": user.email, "password": PASSWORD, **more}
        return client.post(reverse("account_login"), data).headers["Location"]

    def test_leads_a_professional_to_their_own_card_in_the_first_centre_that_lets_them_in(
        self, client, centre
    ):
        user = UserFactory()
        for there, ends_on in (
            (FamilyCentreFactory(), YESTERDAY),
            (FamilyCentreFactory(status=Status.DRAFT), None),
            (centre, None),
            (FamilyCentreFactory(), None),
        ):
            role = Membership.Role.PROFESSIONAL
            MembershipFactory(user=user, centre=there, role=role, ends_on=ends_on)
        assert self.led_to(client, user) == address("professionals:own")

    def test_leads_first_to_where_they_were_going(self, client, centre):
        there = address("professionals:index")
        assert self.led_to(client, let_in_to(centre), next=there) == there

    def test_leads_whoever_is_let_in_no_more_to_the_front_page(self, client, centre):
        user = let_in_to(centre, ends_on=YESTERDAY)
        assert self.led_to(client, user) == reverse("choose_centre")


class TestAskingFromTheSignInPage:
    def ways(self, client, onward):
        page = client.get(reverse("account_login"), {"next": onward})
        links = html.fromstring(page.content.decode()).xpath("//main//a/@href")
        return [link for link in links if link.endswith(address("professionals:ask"))]

    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_is_offered_to_whoever_was_going_to_a_page_of_professionals(self, client, centre, language):
        with override(language):
            onward = address("professionals:own")
        assert self.ways(client, onward) == [address("professionals:ask")]

    @pytest.mark.parametrize(
        "onward",
        [
            "",
            "/",
            "/hallinta/",
            "/keskus/",
            "//evil.example/keskus/ammattilaiset/",
            "https://evil.example/keskus/ammattilaiset/",
            "http://[",
            "/keskus/ammattilaiset/\0",
            "/../",
            "x" * 5000,
            "/muualla/ammattilaiset/",
        ],
    )
    def test_is_not_for_others(self, client, centre, onward):
        assert self.ways(client, onward) == []
