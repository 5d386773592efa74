"""Nobody's data leaves for those who are not let in: all that is public is crawled, and not one string of it found."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from itertools import count
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.conf import settings
from django.db.models import CharField, EmailField, Model, TextField, URLField, UUIDField
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from centres.history.registry import is_derived
from centres.languages import column
from centres.models import FamilyCentre, Membership
from networks.models import AccessRequest, Attendance, LocalNetwork, Material, Meeting, Professional
from tests.conftest import NOW
from tests.factories import (
    AccessRequestFactory,
    AgeGroupFactory,
    AttendanceFactory,
    ContactFactory,
    FamilyCentreFactory,
    LocalNetworkFactory,
    MaterialFactory,
    MeetingFactory,
    MeetingPlaceFactory,
    MembershipFactory,
    NetworkFactory,
    OfferingFactory,
    ProfessionalFactory,
    SeasonFactory,
    SeatFactory,
    ServicePointFactory,
    SessionChangeFactory,
    SessionFactory,
    ThemeFactory,
    TopicFactory,
    UserFactory,
)
from tests.networks.crawl import Seen, crawl

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# What all may know of a meeting that is open to all to know of.
OPEN = {"topic", "reason", "uuid"}
# Numbers that are nobody's: a Swedish range reserved for fiction.
NUMBERS = count(605)


def plant(row: Model, number: int = 0, *, but: Collection[str] = ()) -> list[str]:
    """Writes into every field of `row` that somebody types, or that names it, something that is found nowhere else.

    Gives these. Rows of one model are told apart by their `number`; choices and what is derived stay as they are.
    """
    planted = []
    for field in row._meta.concrete_fields:
        base = getattr(field, "translated_field", field).name
        if is_derived(field) or field.choices or base in but or field.name == "password":
            continue
        secret = _secret(field, f"salaisuus{number}{row._meta.model_name}{field.name.replace('_', '')}")
        if secret:
            setattr(row, field.name, secret)
            planted.append(str(secret))
    row.save()
    return planted


def _secret(field: Any, name: str) -> Any:
    """A value for `field` that holds `name`; None for a field that holds no text."""
    if isinstance(field, UUIDField):
        return uuid4()
    if field.name == "phone":
        return f"+46701740{next(NUMBERS)}"
    if isinstance(field, EmailField):
        return f"{name}@esimerkki.example"
    if isinstance(field, URLField):
        return f"https://{name}.example/"
    return name[: field.max_length] if isinstance(field, CharField | TextField) else None


def in_all(name: str, text: str, **others: Any) -> dict[str, Any]:
    """`text` for the field `name` in every language, each told apart."""
    return {column(name, code): f"{text}{code.replace('-', '')}" for code in LANGUAGES} | others


@pytest.fixture
def centre() -> FamilyCentre:
    """One with a page of every public kind, each of which can be known by a canary."""
    centre = FamilyCentreFactory(slug="posio", **in_all("name", "Kanariakeskus"))
    topic = TopicFactory(name_fi="Kieli")
    AgeGroupFactory(centre=centre, **in_all("name", "Kanariaikä", from_month=0, to_month=84))
    ThemeFactory(centre=centre, topics=[topic], **in_all("name", "Kanariateema"))
    offering = OfferingFactory(centre=centre, slug="neuvola", **in_all("service__name", "Kanariapalvelu"))
    offering.service.topics.add(topic)
    ContactFactory(service=offering.service)
    ServicePointFactory(offering=offering)
    place = MeetingPlaceFactory(centre=centre, **in_all("name", "Kanariapaikka"))
    session = SessionFactory(
        meeting_place=place, season=SeasonFactory(centre=centre), **in_all("title", "Kanariakerho")
    )
    # A feed of changes tells of what is changed alone.
    SessionChangeFactory(session=session)
    network = NetworkFactory(
        topics=[topic], services=[offering.service], **in_all("summary", "Kanariaverkko")
    )
    local = LocalNetworkFactory(centre=centre, network=network, slug="kanariaverkosto")
    MeetingFactory(local_network=local, is_public=True, **in_all("topic", "Kanariakokous"))
    return centre


@pytest.fixture
def secrets(centre: FamilyCentre) -> list[str]:
    """What must be found nowhere: of people with everything that can be known of them, in all languages."""
    local = LocalNetwork.objects.get()
    open_meeting = Meeting.objects.get()
    user = UserFactory()
    role = Membership.Role.PROFESSIONAL
    MembershipFactory(user=user, centre=centre, role=role)
    stand_in = ProfessionalFactory(home=centre, organisation=local.convener, active=True)
    person = ProfessionalFactory(home=centre, organisation=local.convener, user=user, stand_in=stand_in)
    SeatFactory(local_network=local, organisation=local.convener, person=person)
    meeting = MeetingFactory(local_network=local, starts="13:00", ends="14:00")
    materials = [MaterialFactory(meeting=each) for each in (meeting, open_meeting)]
    for each in (meeting, open_meeting):
        AttendanceFactory(meeting=each, professional=person)
    rows = [user, person, stand_in, AccessRequestFactory(centre=centre), meeting, *materials]
    planted = [secret for number, row in enumerate(rows) for secret in plant(row, number)]
    planted += plant(open_meeting, but=OPEN)
    assert_all_are_planted(planted)
    return planted


def assert_all_are_planted(planted: list[str]) -> None:
    """Nothing was left out, and nothing is so short that it is found by chance."""
    assert len(planted) == len(set(planted))
    assert min(len(each) for each in planted) > 8
    assert [Professional, AccessRequest, Attendance, Material, User] == [
        model
        for model in (Professional, AccessRequest, Attendance, Material, User)
        if model._default_manager.exists()
    ]


def starts() -> Iterator[str]:
    """Where a reader, or a machine, begins: what the site names, and what anybody can type."""
    yield from ("/robots.txt", "/sitemap.xml", "/", "/favicon.ico", "/posio/no-such-page/")
    person, meeting = Professional.objects.order_by("pk")[0], Meeting.objects.get(is_public=False)
    for language in LANGUAGES:
        with override(language):
            yield reverse("front", kwargs={"centre": "posio"})
            for name in ("networks:index", "finder:find", "professionals:index", "services:index"):
                yield reverse(name, kwargs={"centre": "posio"})
            yield reverse("professionals:card", kwargs={"centre": "posio", "uuid": person.uuid})
            yield reverse("professionals:card", kwargs={"centre": "posio", "uuid": uuid4()})
            yield reverse("networks:meeting", kwargs={"centre": "posio", "uuid": meeting.uuid})


def leaks(seen: list[Seen], secrets: list[str]) -> list[tuple[str, str]]:
    """Which of `secrets` is told where; an address that was typed may stand in what leads to sign in and onward."""
    typed = {str(uuid) for uuid in (*_uuids(Professional), *_uuids(Meeting))}
    sign_in = set(_sign_in())
    return [
        (each.path, secret)
        for each in seen
        for secret in secrets
        if each.holds(secret)
        and not (secret in typed and (secret in each.path or each.path.removeprefix("POST ") in sign_in))
    ]


def _sign_in() -> Iterator[str]:
    for language in LANGUAGES:
        with override(language):
            yield reverse("account_login")


def _uuids(model: Any) -> list[Any]:
    return list(model.objects.values_list("uuid", flat=True))


CANARIES = [
    *((name, "text/html") for name in ("keskus", "teema", "palvelu", "paikka", "kerho", "verkko", "kokous")),
    *(("kerho", kind) for kind in ("text/calendar", "application/atom+xml")),
    *(("keskus", "application/manifest+json"), ("kokous", "text/calendar")),
]


def test_nothing_public_tells_of_anybody(client: Client, centre: FamilyCentre, secrets: list[str]):
    seen = crawl(client, starts())

    assert leaks(seen, secrets) == []
    assert {status for status in {each.status for each in seen} if status >= 500} == set()
    assert "kanariaverkosto" in next(each.text for each in seen if each.path == "/posio/sitemap.xml")
    # It has been everywhere: each public text was met, in each language, and in each kind of document.
    unmet = [
        (f"kanaria{name}{code}", kind)
        for name, kind in CANARIES
        for code in (each.replace("-", "") for each in LANGUAGES)
        if not any(each.kind == kind and each.holds(f"kanaria{name}{code}") for each in seen)
    ]
    assert unmet == []


@pytest.mark.parametrize("ends_on", [None, TODAY - timedelta(days=1)], ids=["elsewhere", "ended"])
def test_nor_do_pages_to_somebody_who_is_signed_in_and_not_let_in(
    centre: FamilyCentre, secrets: list[str], ends_on: Any
):
    role = Membership.Role.PROFESSIONAL
    where = centre if ends_on else FamilyCentreFactory(slug="muualla")
    client = Client()
    client.force_login(MembershipFactory(centre=where, role=role, ends_on=ends_on).user)

    assert leaks(crawl(client, starts(), languages=["/sv"]), secrets) == []


@pytest.mark.parametrize("where", ["network", "meeting", "header"])
def test_a_page_that_tells_a_name_is_caught(
    client: Client, centre: FamilyCentre, secrets: list[str], where: str, settings: Any
):
    person = Professional.objects.order_by("pk")[0]
    if where == "network":
        NetworkFactory._meta.model.objects.update(purpose_fi=f"<p>Soita: {person.name}</p>")
    elif where == "meeting":
        Meeting.objects.filter(is_public=True).update(topic_fi=f"{person.name} kertoo")
    else:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.networks.test_nobody_leaks.in_a_header"]

    told = {secret for _path, secret in leaks(crawl(client, starts(), languages=["/-"]), secrets)}

    assert told == {person.given_name, person.family_name}


def in_a_header(get_response: Any) -> Any:
    """A middleware that tells of somebody where nobody looks."""

    def middleware(request: Any) -> Any:
        response = get_response(request)
        response.headers["X-Made-For"] = Professional.objects.order_by("pk")[0].name
        return response

    return middleware


@pytest.mark.parametrize("name", ["services:index", "networks:index", "finder:find", "meetingplaces:index"])
def test_looking_for_somebody_finds_what_looking_for_nobody_finds(
    client: Client, centre: FamilyCentre, secrets: list[str], name: str
):
    """Not even that there is such a person."""
    person = Professional.objects.order_by("pk")[0]
    with override("en"):
        path = reverse(name, kwargs={"centre": "posio"})

    for word in (person.family_name, person.title_fi, person.about_sv, person.email):
        nobody = "x" * len(word)
        # What was typed stands in the way to sign in as well, quoted twice.
        pages = [
            unquote(unquote(client.get(path, {"q": each}).content.decode())).lower()
            for each in (word, nobody)
        ]
        assert pages[0].replace(word.lower(), nobody) == pages[1], word
