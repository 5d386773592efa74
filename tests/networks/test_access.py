"""Who sees what, as `docs/access.md` promises it: by page, by typed address, by secret address."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from annual_plan.models import Plan
from centres.models import FamilyCentre, Invitation, Membership
from networks.models import AccessRequest, Attendance, LocalNetwork, Meeting, Professional
from tests.admin.forms import address
from tests.conftest import NOW
from tests.factories import (
    AccessRequestFactory,
    AreaFactory,
    AttendanceFactory,
    FamilyCentreFactory,
    LocalNetworkFactory,
    MaterialFactory,
    MeetingFactory,
    MembershipFactory,
    PlanItemFactory,
    ProfessionalFactory,
    ResponsibleFactory,
    SeatFactory,
    UserFactory,
)
from tests.networks.access_table import first_column, promises

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
# What each field is known by. The first of these stands wherever the field is told; none does where it is not.
PLANTED = {
    "name": ["Kaarnikka", "Kuukkelinen"],
    "title": ["Vaellusohjaaja"],
    "contact": ["kaarnikka@esimerkki.example", "050 7654321", "358507654321"],
    "hours": ["Revontulten aikaan"],
    "asks": ["Porojen nimistä"],
    "topic": ["Salainen hillasuo"],
    "remote": ["etana.example"],
    "note": ["Ota nuotiokahvit mukaan"],
    "material": ["Riekkomuistio", "riekko.example"],
    "request": ["Siivekäs", "siivekas@esimerkki.example"],
}


@dataclass(frozen=True)
class World:
    """A centre, another of another area, somebody with a card here, and what their networks do."""

    here: FamilyCentre
    elsewhere: FamilyCentre
    person: Professional
    gone: Professional
    local: LocalNetwork
    meeting: Meeting
    open_meeting: Meeting
    request: AccessRequest

    def page(self, name: str, centre: FamilyCentre | None = None, **kwargs: Any) -> str:
        return reverse(name, kwargs={"centre": (centre or self.here).slug, **kwargs})


@pytest.fixture
def world() -> World:
    here = FamilyCentreFactory(slug="posio", area=AreaFactory())
    user = let_in_to(here, TODAY)
    person = ProfessionalFactory(
        user=user,
        home=here,
        given_name="Kaarnikka",
        family_name="Kuukkelinen",
        title_fi="Vaellusohjaaja",
        phone="050 7654321",
        email="kaarnikka@esimerkki.example",
        hours_fi="Revontulten aikaan",
        about_fi="Porojen nimistä.",
    )
    local = LocalNetworkFactory(centre=here, slug="ankkuri")
    SeatFactory(local_network=local, person=person)
    values = {
        "local_network": local,
        "remote_link": "https://etana.example/x",
        "note_fi": "Ota nuotiokahvit mukaan.",
    }
    meeting = MeetingFactory(topic_fi="Salainen hillasuo", **values)
    open_meeting = MeetingFactory(topic_fi="Avoin aihe", is_public=True, day=date(2026, 12, 4), **values)
    for each in (meeting, open_meeting):
        MaterialFactory(meeting=each, label_fi="Riekkomuistio", url="https://riekko.example/")
        AttendanceFactory(meeting=each, professional=person)
    return World(
        here=here,
        elsewhere=FamilyCentreFactory(slug="muualla", area=AreaFactory()),
        person=person,
        gone=ProfessionalFactory(home=here, active=False),
        local=local,
        meeting=meeting,
        open_meeting=open_meeting,
        request=AccessRequestFactory(centre=here, family_name="Siivekäs", email="siivekas@esimerkki.example"),
    )


def let_in_to(centre: FamilyCentre, ends_on: date) -> User:
    role = Membership.Role.PROFESSIONAL
    return MembershipFactory(centre=centre, role=role, ends_on=ends_on).user


def keeper(**membership: Any) -> User:
    return MembershipFactory(user=UserFactory(is_staff=True), **membership).user


def nobody(_world: World) -> None:
    return None


def administrator(_world: World) -> User:
    return UserFactory(is_staff=True, is_superuser=True)


READERS: dict[str, Callable[[World], User | None]] = {
    "anonymous": nobody,
    "professional here": lambda world: world.person.user,
    "professional elsewhere": lambda world: let_in_to(world.elsewhere, TODAY),
    "access ended": lambda world: let_in_to(world.here, TODAY - timedelta(days=1)),
    "coordinator here": lambda world: keeper(centre=world.here),
    "coordinator elsewhere": lambda world: keeper(centre=world.elsewhere),
    "area coordinator": lambda world: keeper(
        centre=None, area=world.here.area, role=Membership.Role.AREA_COORDINATOR
    ),
    "administrator": administrator,
}
PAGES: dict[str, Callable[[World], str]] = {
    "networks": lambda world: world.page("networks:index"),
    "one network": lambda world: world.page("networks:detail", slug="ankkuri"),
    "structure of networks": lambda world: world.page("networks:structure"),
    "finder": lambda world: world.page("finder:find") + "?q=poro",
    "directory": lambda world: world.page("professionals:index"),
    "card": lambda world: world.page("professionals:card", uuid=world.person.uuid),
    "card as a file": lambda world: world.page("professionals:card_file", uuid=world.person.uuid),
    "card at another centre's address": lambda world: world.page(
        "professionals:card", world.elsewhere, uuid=world.person.uuid
    ),
    "card of somebody who has left": lambda world: world.page("professionals:card", uuid=world.gone.uuid),
    "own page": lambda world: world.page("professionals:own"),
    "own calendar's address": lambda world: world.page("professionals:calendars"),
    "ask for access": lambda world: world.page("professionals:ask"),
    "meetings": lambda world: world.page("networks:meetings"),
    "meeting open to all to know of": lambda world: world.page(
        "networks:meeting", uuid=world.open_meeting.uuid
    ),
    "meeting": lambda world: world.page("networks:meeting", uuid=world.meeting.uuid),
    "meeting open to all, for a calendar": lambda world: world.page(
        "networks:meeting_calendar", uuid=world.open_meeting.uuid
    ),
    "meeting, for a calendar": lambda world: world.page("networks:meeting_calendar", uuid=world.meeting.uuid),
    "meetings of the centre, for a calendar": lambda world: world.page("networks:calendar"),
    "desk: networks here": lambda world: address("changelist", world.local),
    "desk: one network here": lambda world: address("change", world.local, world.local.pk),
    "desk: who sits where": lambda world: address("who_sits_where", world.local),
    "desk: people": lambda world: address("changelist", world.person),
    "desk: one person": lambda world: address("change", world.person, world.person.pk),
    "desk: history of one person": lambda world: address("history", world.person, world.person.pk),
    "desk: meetings": lambda world: address("changelist", world.meeting),
    "desk: one meeting": lambda world: address("change", world.meeting, world.meeting.pk),
    "desk: season of meetings": lambda world: address("season", world.meeting),
    "desk: requests": lambda world: address("changelist", world.request),
    "desk: one request": lambda world: address("change", world.request, world.request.pk),
    "desk: history of one request": lambda world: address("history", world.request, world.request.pk),
}
# What is sent where.
WRITES: dict[str, Callable[[World], tuple[str, dict[str, str]]]] = {
    "answer to a meeting": lambda world: (
        world.page("networks:meeting", uuid=world.meeting.uuid),
        {"answer": "not"},
    ),
    "own card": lambda world: (
        world.page("professionals:own_edit"),
        {
            "given_name": "Uusi",
            "family_name": "Nimi",
            "title_fi": "Ohjaaja",
            "organisation": str(world.person.organisation_id),
        },
    ),
    "own card is right": lambda world: (world.page("professionals:right"), {}),
    "own calendar's new address": lambda world: (world.page("professionals:calendars"), {"act": "new"}),
    "ask to stay": lambda world: (world.page("professionals:stay"), {}),
    "end one's access": lambda world: (world.page("professionals:leave"), {}),
    "desk: accept a request": lambda world: (address("accept", world.request, world.request.pk), {}),
    "desk: refuse a request": lambda world: (address("refuse", world.request, world.request.pk), {}),
}


def browser(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def answer_of(response: Any) -> str:
    """What the document calls an answer."""
    if response.status_code == 200:
        return "page"
    if response.status_code != 302:
        return str(response.status_code)
    return "sign-in" if response["Location"].startswith(pages_to_sign_in()) else "away"


@cache
def pages_to_sign_in() -> tuple[str, ...]:
    found = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            found += [reverse("account_login"), reverse("admin:login")]
    return tuple(found)


def told(response: Any) -> frozenset[str]:
    """The fields of which anything stands in a response: in its text, its headers or its cookies."""
    body = response.content.decode() if not response.streaming else ""
    # Long lines of calendars and cards are folded.
    text = unquote(re.sub("\r\n[ \t]", "", f"{body}\n{response.items()}\n{response.cookies}"))
    found = {field for field, strings in PLANTED.items() if any(each in text for each in strings)}
    lacking = {field for field in found if PLANTED[field][0] not in text}
    assert lacking == set()
    return frozenset(found)


def got(row: str, response: Any) -> tuple[str, frozenset[str]]:
    """Answer and fields of a `response` to the request of a `row`; what holds a field is kept by nobody else."""
    fields = told(response)
    if fields and not row.startswith("desk"):
        assert "private" in response["Cache-Control"], row
        assert "noindex" in response["X-Robots-Tag"], row
    return answer_of(response), fields


def promised(heading: str, row: str) -> dict[str, tuple[str, frozenset[str]]]:
    return {each.reader: (each.answer, each.fields) for each in promises(heading) if each.page == row}


@pytest.mark.parametrize("row", PAGES)
def test_a_page(world: World, row: str):
    path = PAGES[row](world)

    found = {reader: got(row, browser(user(world)).get(path)) for reader, user in READERS.items()}

    assert found == promised("Pages", row)


@pytest.mark.parametrize("reader", ["anonymous", "professional elsewhere", "access ended"])
def test_it_holds_in_every_language(world: World, reader: str):
    client = browser(READERS[reader](world))
    for language, _name in settings.LANGUAGES:
        for name, page in PAGES.items():
            with override(language):
                path = page(world)
            if not name.startswith("desk"):
                assert got(name, client.get(path)) == promised("Pages", name)[reader], path


def kept() -> list[Any]:
    """All that a write could change."""
    models = (Attendance, Professional, Membership, AccessRequest, Invitation)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("row", WRITES)
def test_a_write(world: World, row: str):
    path, sent = WRITES[row](world)
    found = {}
    for reader, user in READERS.items():
        client = browser(user(world))
        with transaction.atomic():
            before = kept()
            response = client.post(path, sent, headers={"origin": "http://testserver"})
            found[reader] = ("done" if kept() != before else answer_of(response), frozenset[str]())
            transaction.set_rollback(True)

    assert found == promised("Writes", row)


def own_feed(world: World) -> str:
    """The address of the calendar of the one who has a card here, made anew as they would."""
    client = browser(world.person.user)
    page = world.page("professionals:calendars")
    assert client.post(page, {"act": "new"}).status_code == 303
    (found,) = set(re.findall(r"[^\"/]+\.ics(?=\")", client.get(page).content.decode()))
    return world.page("professionals:calendar", token=found.removesuffix(".ics"))


def another_was_made(world: World) -> str:
    old = own_feed(world)
    own_feed(world)
    return old


def taken_out_of_use(world: World) -> str:
    feed = own_feed(world)
    browser(world.person.user).post(world.page("professionals:calendars"), {"act": "remove"})
    return feed


def after_access_has_ended(world: World) -> str:
    feed = own_feed(world)
    Membership.objects.filter(user=world.person.user).update(ends_on=TODAY - timedelta(days=1))
    return feed


def of_somebody_who_has_left(world: World) -> str:
    feed = own_feed(world)
    Professional.objects.filter(pk=world.person.pk).update(active=False)
    return feed


def changed(path: str) -> str:
    """`path` with another letter where its secret begins."""
    start, secret = path.rstrip("/").rsplit("/", 1)
    other = "b" if secret[0] == "a" else "a"
    return f"{start}/{other}{secret[1:]}{'/' if path.endswith('/') else ''}"


def link(world: World, centre: FamilyCentre | None = None) -> str:
    from networks.confirming import token_of  # noqa: PLC0415

    return world.page("professionals:confirm", centre, token=token_of(world.person))


def used_link(world: World) -> str:
    page = link(world)
    assert Client().post(page, headers={"origin": "http://testserver"}).status_code == 303
    return page


def network_link(world: World, number: int | None = None, centre: FamilyCentre | None = None) -> str:
    """The address by which a network here says what became of its rows; of row 1, which is internal, 2 is another's."""
    from annual_plan.asking import token_of  # noqa: PLC0415

    row = PlanItemFactory(plan__centre=world.here, number=1, is_internal=True)
    network = LocalNetworkFactory(centre=world.here, email="verkosto@esimerkki.example")
    ResponsibleFactory(item=row, network=network)
    PlanItemFactory(plan=row.plan, number=2)
    token = token_of(row.plan, network, network.email)
    if number is None:
        return world.page("annual_plan:evaluate", centre, token=token)
    return world.page("annual_plan:evaluate_row", centre, token=token, number=number)


def network_link_of_a_closed_plan(world: World) -> str:
    page = network_link(world)
    Plan.objects.update(phase=Plan.Phase.EVALUATED)
    return page


ADDRESSES: dict[str, Callable[[World], str]] = {
    "feed": own_feed,
    "feed after another was made": another_was_made,
    "feed that was taken out of use": taken_out_of_use,
    "feed after access has ended": after_access_has_ended,
    "feed of somebody who has left": of_somebody_who_has_left,
    "feed with a letter changed": lambda world: changed(own_feed(world)),
    "confirmation link": link,
    "confirmation link that has been used": used_link,
    "confirmation link after a month": link,
    "confirmation link at another centre's address": lambda world: link(world, world.elsewhere),
    "confirmation link with a letter changed": lambda world: changed(link(world)),
    "network's link to its rows of a plan": network_link,
    "network's link to one of its rows, internal": lambda world: network_link(world, 1),
    "network's link to another network's row": lambda world: network_link(world, 2),
    "network's link after a month": network_link,
    "network's link once the plan is closed": network_link_of_a_closed_plan,
    "network's link at another centre's address": lambda world: network_link(world, centre=world.elsewhere),
    "network's link with a letter changed": lambda world: changed(network_link(world)),
}


@pytest.mark.parametrize("row", ADDRESSES)
def test_a_secret_address(world: World, row: str, time_machine: Any):
    path = ADDRESSES[row](world)
    if row.endswith("after a month"):
        time_machine.move_to(NOW + timedelta(days=31))

    assert {"Whoever holds it": got(row, Client().get(path))} == promised("Secret addresses", row)


def test_the_document_and_the_test_name_the_same():
    assert first_column("Readers") == list(READERS)
    assert first_column("Fields") == list(PLANTED)
    assert first_column("Pages") == list(PAGES)
    assert first_column("Writes") == list(WRITES)
    assert first_column("Secret addresses") == list(ADDRESSES)
    assert {each.reader for each in promises("Pages")} == set(READERS)


def test_it_can_fail(world: World):
    """What the tests look for is found where it stands."""
    response = browser(world.person.user).get(address("changelist", world.person))
    response.content = " ".join(strings[0] for strings in PLANTED.values()).encode()

    assert told(response) == set(PLANTED)
