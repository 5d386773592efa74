"""Keeping networks at the desk: the shared text, the side of one centre, and who sits in it."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.utils.translation import gettext, override
from lxml import html

from centres.models import FamilyCentre, Membership
from networks.admin.seats import EMPTY, HELD, LEFT
from networks.models import LocalNetwork, Network, Seat
from tests.admin.forms import address, errors, filled, save
from tests.admin.histories import history
from tests.admin.test_finding import cost
from tests.factories import (
    AreaFactory,
    FamilyCentreFactory,
    LocalNetworkFactory,
    MembershipFactory,
    NetworkFactory,
    NetworkLinkFactory,
    OrganisationFactory,
    ProfessionalFactory,
    SeatFactory,
    ServiceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(posio: FamilyCentre) -> LocalNetwork:
    """A shared network in Posio."""
    return LocalNetworkFactory(centre=posio, network__name_fi="Ankkuri", network__summary_fi="Apua nuorelle.")


def form_of(row: Any) -> str:
    return f"/en{address('change', row, row.pk)}"


def page_of(client: Client, path: str) -> Any:
    return html.fromstring(client.get(path).content.decode())


def said_now(page: Any) -> list[str]:
    """What the rows of seats say of who holds them."""
    path = "//*[@id='seats-group']//div[contains(@class, 'field-now')]//div[@class='readonly']"
    return [each.text_content().strip() for each in page.xpath(path)]


def in_english(words: Any) -> str:
    with override("en"):
        return str(words)


class TestSharedText:
    def test_a_coordinator_reads_it_and_is_told_whom_to_write_to(
        self, coordinator: Client, team: LocalNetwork, posio: FamilyCentre
    ):
        keeper = UserFactory(email="alue@esimerkki.example")
        role = Membership.Role.AREA_COORDINATOR
        MembershipFactory(user=keeper, centre=None, area=posio.area, role=role)
        page = page_of(coordinator, form_of(team))

        (word,) = page.xpath("//div[@class='word-before']")
        assert "Apua nuorelle." in word.text_content()
        assert word.xpath(".//a/@href") == ["mailto:alue@esimerkki.example"]
        assert "summary_fi" not in filled(coordinator.get(form_of(team)))

    def test_whoever_keeps_it_is_led_to_its_form(self, desk: Client, team: LocalNetwork):
        page = page_of(desk, form_of(team))

        assert page.xpath("//div[@class='word-before']//p/a/@href") == [form_of(team.network)]

    def test_the_form_of_a_shared_network_leads_a_coordinator_to_their_own_side(
        self, coordinator: Client, team: LocalNetwork
    ):
        answer = coordinator.get(form_of(team.network))

        assert (answer.status_code, answer["Location"]) == (302, form_of(team))

    def test_a_coordinator_keeps_a_network_of_their_own_centre(
        self, coordinator: Client, posio: FamilyCentre
    ):
        row = NetworkFactory(home=posio)
        answer = save(coordinator, form_of(row), summary_fi="Kylän omat apurit.")

        row.refresh_from_db()
        assert (answer.status_code, row.summary_fi) == (302, "Kylän omat apurit.")

    def test_a_new_network_works_in_the_coordinators_centre_under_its_own_name(
        self, coordinator: Client, posio: FamilyCentre
    ):
        answer = save(
            coordinator,
            address("add", Network),
            name_fi="Kylätiimi",
            summary_fi="Kylän apurit koolla.",
            slug="kylatiimi",
            kind="team",
            status="published",
        )

        row = LocalNetwork.objects.get()
        assert answer.status_code == 302
        assert (row.centre, row.slug, row.network.home, row.status) == (
            *(posio, "kylatiimi", posio),
            "published",
        )

    def test_links_stand_on_its_form(self, desk: Client):
        link = NetworkLinkFactory(url="https://vanha.example/")
        save(desk, form_of(link.network), **{"links-0-url": "https://uusi.example/"})

        link.refresh_from_db()
        assert link.url == "https://uusi.example/"
        assert history(desk, link.network)[0] == [
            "Link of a network: Lisätietoa",
            "Web page https://[-vanha][+uusi].example/",
        ]

    def test_services_are_found_by_typing_and_only_those_that_one_may_read(
        self, coordinator: Client, posio: FamilyCentre
    ):
        row, own = NetworkFactory(home=posio), ServiceFactory()
        other = ServiceFactory(home=FamilyCentreFactory())

        save(coordinator, form_of(row), services=[str(own.pk)])
        assert list(row.services.all()) == [own]
        answer = save(coordinator, form_of(row), services=[str(other.pk)])
        assert (answer.status_code, list(row.services.all())) == (400, [own])

    def test_it_tells_in_which_centres_its_text_is_shown(self, desk: Client, team: LocalNetwork):
        word = page_of(desk, form_of(team.network)).xpath("//div[@class='word-before']")[0].text_content()

        assert "Posio" in word


class TestSeats:
    def test_each_says_whether_somebody_holds_it(self, desk: Client, team: LocalNetwork, posio: FamilyCentre):
        SeatFactory(local_network=team, order=1)
        SeatFactory(local_network=team, order=2, person=ProfessionalFactory(home=posio))
        SeatFactory(local_network=team, order=3, person=ProfessionalFactory(home=posio, active=False))

        # The last is the pattern that new rows are made from.
        assert said_now(page_of(desk, form_of(team))) == [
            in_english(each) for each in (EMPTY, HELD, LEFT, EMPTY)
        ]

    def test_whoever_has_left_is_called_so_where_they_are_chosen(
        self, desk: Client, team: LocalNetwork, posio: FamilyCentre
    ):
        person = ProfessionalFactory(home=posio, given_name="Testi", family_name="Lähtijä", active=False)
        SeatFactory(local_network=team, person=person)
        page = page_of(desk, form_of(team))

        (chosen,) = page.xpath("//select[@name='seats-0-person']/option[@selected]")
        assert chosen.text == "Testi Lähtijä (has left)"

    def test_one_is_given_to_somebody_who_stands_in_the_centres_directory(
        self, coordinator: Client, team: LocalNetwork, posio: FamilyCentre
    ):
        seat, ours = SeatFactory(local_network=team), ProfessionalFactory(home=posio)

        answer = save(coordinator, form_of(team), **{"seats-0-person": str(ours.pk)})

        seat.refresh_from_db()
        assert (answer.status_code, seat.person) == (302, ours)

    def test_nobody_of_another_centre_sits_in_it(self, desk: Client, team: LocalNetwork):
        SeatFactory(local_network=team)
        stranger, theirs = ProfessionalFactory(), OrganisationFactory(home=FamilyCentreFactory())

        answer = save(
            desk,
            form_of(team),
            **{"seats-0-person": str(stranger.pk), "seats-0-organisation": str(theirs.pk)},
        )

        assert answer.status_code == 400
        assert errors(answer) == [
            "Another family centre keeps this organisation for itself.",
            "This person works in another family centre.",
        ]

    def test_somebody_who_works_also_here_may(self, desk: Client, team: LocalNetwork, posio: FamilyCentre):
        seat, visitor = SeatFactory(local_network=team), ProfessionalFactory(also_in=[posio])

        assert save(desk, form_of(team), **{"seats-0-person": str(visitor.pk)}).status_code == 302
        seat.refresh_from_db()
        assert seat.person == visitor

    def test_two_new_seats_of_one_person_are_told_beside_the_second(
        self, desk: Client, team: LocalNetwork, posio: FamilyCentre
    ):
        person = ProfessionalFactory(home=posio)
        for _number in range(2):
            SeatFactory(local_network=team)

        answer = save(
            desk, form_of(team), **{"seats-0-person": str(person.pk), "seats-1-person": str(person.pk)}
        )

        assert errors(answer) == ["This person has a seat in this network already."]

    def test_those_of_people_who_have_left_are_freed_from_the_list(
        self, coordinator: Client, team: LocalNetwork, posio: FamilyCentre
    ):
        stays, gone = (ProfessionalFactory(home=posio, active=active) for active in (True, False))
        held, left = (SeatFactory(local_network=team, person=person) for person in (stays, gone))
        elsewhere = SeatFactory(person=ProfessionalFactory(active=False))

        coordinator.post(
            address("changelist", LocalNetwork),
            {"action": "free_seats", "_selected_action": [team.pk, elsewhere.local_network_id]},
        )

        assert [Seat.objects.get(pk=each.pk).person for each in (held, left, elsewhere)] == [
            *(stays, None),
            elsewhere.person,
        ]

    def test_freeing_them_is_in_the_history(self, desk: Client, team: LocalNetwork, posio: FamilyCentre):
        SeatFactory(local_network=team, person=ProfessionalFactory(home=posio, active=False))

        desk.post(address("changelist", team), {"action": "free_seats", "_selected_action": [team.pk]})

        _seat, line = history(desk, team)[0]
        assert line.startswith("Who holds it [-")

    def test_the_form_costs_the_same_with_many(self, desk: Client, team: LocalNetwork, posio: FamilyCentre):
        SeatFactory(local_network=team, person=ProfessionalFactory(home=posio))
        few = cost(desk, form_of(team))
        for _number in range(8):
            SeatFactory(local_network=team, person=ProfessionalFactory(home=posio))

        assert cost(desk, form_of(team)) == few


class TestList:
    def test_it_tells_how_many_seats_are_held_of_how_many(
        self, desk: Client, team: LocalNetwork, posio: FamilyCentre
    ):
        for person in (None, ProfessionalFactory(home=posio), ProfessionalFactory(home=posio, active=False)):
            SeatFactory(local_network=team, person=person)
        LocalNetworkFactory()
        page = page_of(desk, f"/en{address('changelist', team)}?o=6")

        cells = page.xpath("//td[contains(@class, 'field-held')]")
        assert sorted(each.text for each in cells) == ["0/0", "1/3"]

    @pytest.mark.parametrize("words", ["ANKKURI", "ankkuri posio", "mll"])
    def test_one_is_found_by_its_name_its_centre_and_its_convener(
        self, desk: Client, team: LocalNetwork, words: str
    ):
        team.convener = OrganisationFactory(name_fi="MLL")
        team.save()
        LocalNetworkFactory()

        found = desk.get(address("changelist", team), {"q": words}).context["cl"].queryset
        assert list(found) == [team]

    def test_networks_without_a_convener_are_a_list(self, desk: Client, team: LocalNetwork):
        lost = LocalNetworkFactory(convener=None)
        SeatFactory(local_network=lost)
        SeatFactory(local_network=LocalNetworkFactory(convener=None), role="convener")

        rows = desk.get(f"{address('changelist', team)}?need=convener").context["cl"].queryset
        assert list(rows) == [lost]


def test_the_area_may_have_several_keepers_of_what_it_shares(coordinator: Client, posio: FamilyCentre):
    MembershipFactory(centre=None, area=AreaFactory(), role=Membership.Role.AREA_COORDINATOR)
    team = LocalNetworkFactory(centre=posio)

    word = page_of(coordinator, form_of(team)).xpath("//div[@class='word-before']")[0]
    assert word.xpath(".//a") == []


def test_the_rooms_tables_stand_in_the_order_of_use():
    with override("en"):
        names = [pages.opts.object_name for pages in admin.site.kinds() if pages.opts.app_label == "networks"]

    order = ["AccessRequest", "LocalNetwork", "Network", "Meeting", "Professional"]
    assert names == sorted(names, key=order.index)
    assert gettext("networks")
