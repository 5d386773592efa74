"""Every page of networks, people and meetings asks as little with 4 000 networks and 10 000 people as with 40."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from centres.models import FamilyCentre, Membership, Organisation
from networks.models import LocalNetwork, Meeting, Professional
from perhekeskus.many_networks import make_many_networks
from tests.admin.forms import address
from tests.factories import (
    FamilyCentreFactory,
    MembershipFactory,
    OrganisationFactory,
    ProfessionalFactory,
    SpokenLanguageFactory,
    ThemeFactory,
    TopicFactory,
    UserFactory,
)

FEW, MANY = (40, 100), (4_000, 10_000)
MOST_QUERIES = 10
# The desk's front counts what needs somebody in every room, and a form asks for its rows, their choices and what may be
# done with each: it is for a few coordinators, no page for all.
MOST_AT_THE_DESK = 25


@pytest.fixture(scope="module")
def grown(django_db_setup: None, django_db_blocker: Any) -> Any:
    """What each page asks with few rows and with many, by its name and who asks."""
    with django_db_blocker.unblock():
        try:
            yield measured()
        finally:
            call_command("flush", interactive=False, verbosity=0)


def measured() -> list[dict[tuple[str, str], int]]:
    OrganisationFactory.create_batch(8)
    topics, centre = TopicFactory.create_batch(6), FamilyCentreFactory(slug="suuri")
    ThemeFactory(centre=centre, slug="kieli", topics=topics[:2])
    SpokenLanguageFactory.create_batch(3)
    readers = {"anonymous": Client(), "professional": professional(centre)}
    asked, made = [], (0, 0)
    for networks, people in (FEW, MANY):
        make_many_networks(centre, networks - made[0], people - made[1], first=1 + max(made))
        made = (networks, people)
        found = {
            (name, reader): queries(client, path)
            for name, path in pages(centre).items()
            for reader, client in readers.items()
        }
        asked.append(found | {(name, "desk"): queries(keeper(), path) for name, path in desk(centre).items()})
    return asked


def professional(centre: FamilyCentre) -> Client:
    user = MembershipFactory(centre=centre, role=Membership.Role.PROFESSIONAL).user
    ProfessionalFactory(user=user, home=centre, organisation=Organisation.objects.order_by("pk")[0])
    return signed_in(user)


def keeper() -> Client:
    return signed_in(UserFactory(is_staff=True, is_superuser=True))


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def pages(centre: FamilyCentre) -> dict[str, str]:
    local = LocalNetwork.objects.order_by("pk")[0]
    person, meeting = (
        Professional.objects.order_by("pk")[1],
        Meeting.objects.filter(is_public=True).order_by("pk")[0],
    )

    def page(name: str, query: str = "", **kwargs: Any) -> str:
        return reverse(name, kwargs={"centre": centre.slug, **kwargs}) + query

    return {
        "networks": page("networks:index"),
        "networks narrowed": page("networks:index", "?q=verkosto&theme=kieli"),
        "network": page("networks:detail", slug=local.slug),
        "structure": page("networks:structure"),
        "finder": page("finder:find"),
        "finder narrowed": page("finder:find", "?q=puhe&theme=kieli&age=6"),
        "directory": page("professionals:index"),
        "directory narrowed": page(
            "professionals:index", f"?organisation={person.organisation.slug}&theme=kieli&age=6"
        ),
        "card": page("professionals:card", uuid=person.uuid),
        "own page": page("professionals:own"),
        "meetings": page("networks:meetings"),
        "meetings narrowed": page("networks:meetings", f"?network={meeting.local_network.slug}&kind=meeting"),
        "meeting": page("networks:meeting", uuid=meeting.uuid),
        "calendars": page("professionals:calendars"),
    }


def desk(centre: FamilyCentre) -> dict[str, str]:
    local, person = LocalNetwork.objects.order_by("pk")[0], Professional.objects.order_by("pk")[1]
    return {
        "front": "/hallinta/",
        "networks": address("changelist", LocalNetwork),
        "networks searched": address("changelist", LocalNetwork) + "?q=lapsi",
        "networks nobody convenes": address("changelist", LocalNetwork) + "?need=convener",
        "network": address("change", local, local.pk),
        "shared text": address("change", local.network, local.network_id),
        "people": address("changelist", person),
        "person": address("change", person, person.pk),
        "who sits where": f"{address('who_sits_where', LocalNetwork)}?centre={centre.pk}",
    }


def queries(client: Client, path: str) -> int:
    """How many queries a page asks, once what is asked once has been."""
    assert client.get(path).status_code in (200, 302, 403), path
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    # Where a page writes down who looked, the two that begin and end the write ask nothing.
    return sum(not query["sql"].startswith(("BEGIN", "COMMIT")) for query in asked.captured_queries)


@pytest.mark.django_db
def test_no_page_asks_more_of_many_than_of_few(grown: Any):
    few, many = grown

    assert {key: (few[key], many[key]) for key in few if few[key] != many[key]} == {}
    assert {key: number for key, number in many.items() if key[1] != "desk" and number > MOST_QUERIES} == {}
    assert {key: number for key, number in many.items() if number > MOST_AT_THE_DESK} == {}
