"""The desk's page of who sits where."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from centres.models import FamilyCentre
from networks.models import LocalNetwork, Seat
from networks.seating import MOST_NAMED, MOST_NETWORKS
from tests.admin.forms import address
from tests.admin.histories import history
from tests.admin.test_finding import cost
from tests.browser.pages import VIEWS, View
from tests.factories import (
    FamilyCentreFactory,
    LocalNetworkFactory,
    OrganisationFactory,
    ProfessionalFactory,
    SeatFactory,
    UserFactory,
)
from tests.signing_in import let_in

pytestmark = pytest.mark.django_db

PATH = f"/en{address('who_sits_where', LocalNetwork)}"


@pytest.fixture
def team(posio: FamilyCentre) -> LocalNetwork:
    return LocalNetworkFactory(centre=posio, network__name_fi="Ankkuri")


def read(client: Client, query: str = "") -> Any:
    answer = client.get(PATH + query)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def words(page: Any, path: str) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.xpath(path)]


def columns(page: Any) -> list[str]:
    return words(page, "//table[@class='seating__table']/thead//th[@scope='col']")[1:]


def cells(page: Any, organisation: str) -> list[str]:
    return words(page, f"//table//tr[th[@scope='row' and normalize-space()='{organisation}']]/td")


def test_a_cell_says_how_many_seats_and_how_many_are_empty(
    coordinator: Client, team: LocalNetwork, posio: FamilyCentre
):
    school, police = OrganisationFactory(name_fi="Koulu"), OrganisationFactory(name_fi="Poliisi")
    other = LocalNetworkFactory(centre=posio, network__name_fi="MARAK", order=1, convener=None)
    for person in (None, ProfessionalFactory(home=posio), ProfessionalFactory(home=posio, active=False)):
        SeatFactory(local_network=team, organisation=school, person=person)
    SeatFactory(local_network=other, organisation=police, person=ProfessionalFactory(home=posio))
    page = read(coordinator)

    assert columns(page) == ["Ankkuri", "MARAK no convener"]
    assert cells(page, "Koulu") == ["3 2 empty", "–"]
    assert cells(page, "Poliisi") == ["–", "1"]
    assert page.xpath("//thead//th/@abbr") == ["Ankkuri", "MARAK"]
    (link,) = page.xpath("//tr[th='Poliisi']/td/a")
    assert (link.get("href"), link.get("aria-label")) == (
        f"/en{address('change', other, other.pk)}#seats-group",
        "Poliisi, MARAK: 1",
    )


def test_a_network_that_somebody_sits_in_as_the_convener_is_convened(coordinator: Client, team: LocalNetwork):
    LocalNetwork.objects.update(convener=None)
    SeatFactory(local_network=team, role="convener")
    assert columns(read(coordinator)) == ["Ankkuri"]


def test_organisations_that_sit_nowhere_are_named_below_and_none_of_another_centre(
    coordinator: Client, team: LocalNetwork, posio: FamilyCentre
):
    SeatFactory(local_network=team, organisation__name_fi="Koulu")
    OrganisationFactory(name_fi="Seurakunta")
    OrganisationFactory(name_fi="Rovaniemen oma", home=FamilyCentreFactory())
    page = read(coordinator)

    assert words(page, "//ul[@class='seating__nowhere']/li") == ["Seurakunta", team.convener.name]


def test_it_is_narrowed_by_tier_and_kind(coordinator: Client, posio: FamilyCentre):
    for name, tier, kind in (
        ("Ydin", "local", "steering"),
        ("Alue", "area", "steering"),
        ("Tiimi", "area", "team"),
    ):
        LocalNetworkFactory(
            centre=posio, network__name_fi=name, network__tier=tier, network__kind=kind, slug=name.lower()
        )

    assert columns(read(coordinator, "?tier=area")) == ["Alue", "Tiimi"]
    assert columns(read(coordinator, "?tier=area&kind=steering")) == ["Alue"]
    assert (
        "There is no such network here."
        in words(read(coordinator, "?tier=national"), "//div[@id='content-main']")[0]
    )


def test_a_word_that_is_no_tier_is_told_in_the_form(coordinator: Client, team: LocalNetwork):
    answer = coordinator.get(f"{PATH}?tier=xyzzy")

    assert answer.status_code == 400
    assert columns(html.fromstring(answer.content.decode())) == ["Ankkuri"]


def test_whoever_keeps_one_centre_sees_it_and_no_other(
    coordinator: Client, team: LocalNetwork, posio: FamilyCentre
):
    other = LocalNetworkFactory(network__name_fi="Muualla")
    page = read(coordinator, f"?centre={other.centre_id}")

    assert page.xpath("//select[@name='centre']") == []
    assert columns(page) == ["Ankkuri"]


def test_whoever_keeps_several_chooses(desk: Client, team: LocalNetwork):
    other = LocalNetworkFactory(network__name_fi="Muualla", centre__municipality_fi="Äänekoski")

    assert columns(read(desk)) == ["Ankkuri"]
    assert columns(read(desk, f"?centre={other.centre_id}")) == ["Muualla"]


def test_seats_of_people_who_have_left_are_listed_and_freed_at_once(
    coordinator: Client, team: LocalNetwork, posio: FamilyCentre
):
    person = ProfessionalFactory(home=posio, given_name="Testi", family_name="Lähtijä", active=False)
    seat = SeatFactory(local_network=team, organisation__name_fi="Koulu", person=person)
    elsewhere = SeatFactory(person=ProfessionalFactory(active=False))
    page = read(coordinator)
    (form,) = [each for each in page.forms if each.get("action", "").endswith("/free/")]

    assert words(page, "//section[@aria-labelledby='left']//li") == [
        "Ankkuri: Sosiaalityöntekijä, Koulu, Testi Lähtijä"
    ]
    answer = coordinator.post(form.get("action"), {"centre": form.fields["centre"]})

    assert answer.status_code == 302
    assert [Seat.objects.get(pk=each.pk).person for each in (seat, elsewhere)] == [None, elsewhere.person]
    assert history(coordinator, team)[0][1] == "Who holds it [-Testi Lähtijä]"


@pytest.mark.parametrize("centre", ["", "xyzzy", "99999999999999999999", "of another"])
def test_nobody_frees_seats_of_a_centre_that_is_not_theirs(coordinator: Client, centre: str):
    seat = SeatFactory(person=ProfessionalFactory(active=False))
    key = str(seat.local_network.centre_id) if centre == "of another" else centre

    assert coordinator.post(f"{PATH}free/", {"centre": key}).status_code == 403
    assert coordinator.get(f"{PATH}free/").status_code == 405
    assert Seat.objects.get().person == seat.person


def test_whoever_keeps_no_networks_does_not_see_it(client: Client):
    client.force_login(UserFactory(is_staff=True))

    assert client.get(PATH).status_code == 403


def test_where_there_is_no_centre_it_says_so(desk: Client):
    assert columns(read(desk)) == []


def test_many_networks_and_organisations_cost_as_few(
    coordinator: Client, team: LocalNetwork, posio: FamilyCentre
):
    SeatFactory(local_network=team)
    few = cost(coordinator, PATH)
    for number in range(MOST_NETWORKS + 1):
        network = LocalNetworkFactory(centre=posio, order=number + 1)
        SeatFactory(local_network=network, person=ProfessionalFactory(home=posio))
    OrganisationFactory.create_batch(MOST_NAMED + 1)

    page = read(coordinator)
    assert cost(coordinator, PATH) == few
    assert len(columns(page)) == MOST_NETWORKS
    (later,) = page.xpath("//nav[@class='seating__pages']/a/@href")
    assert len(columns(read(coordinator, later))) == 2
    assert len(page.xpath("//ul[@class='seating__nowhere']/li")) == MOST_NAMED


@pytest.mark.axe
@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_axe_finds_nothing(
    page: Any,
    live_server: Any,
    axe_violations: Callable[[Any], list[str]],
    view: View,
    transactional_db: None,
):
    centre = FamilyCentreFactory()
    name = "Varhaiskasvatuksen ja hyvinvointialueen perheiden palvelujen työryhmä"
    team = LocalNetworkFactory(centre=centre, network__name_fi=name, convener=None)
    SeatFactory(local_network=team, person=ProfessionalFactory(home=centre, active=False))
    view.show(page)
    let_in(page, live_server.url, UserFactory(is_staff=True, is_superuser=True))
    page.goto(f"{live_server.url}{PATH}")

    assert page.locator("section[aria-labelledby=left] li a").count() == 1
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= view.width
