"""The meetings of networks: who sees what of them, and who is coming."""

from datetime import date, time
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, override, pgettext
from lxml import html

from centres.models import FamilyCentre, Membership, Place
from centres.templatetags import dates
from networks.meetings import next_meetings
from networks.models import Attendance, LocalNetwork, Meeting, Professional
from tests.factories import (
    AttendanceFactory,
    FamilyCentreFactory,
    LocalNetworkFactory,
    MaterialFactory,
    MeetingFactory,
    PlaceFactory,
    ProfessionalFactory,
    UserFactory,
)
from tests.networks.conftest import let_in_to, signed_in

pytestmark = pytest.mark.django_db

# Nothing of these may reach anybody who is not let in.
SECRETS = ("Testi", "Esimerkki", "etayhteys.example", "Ota esitys mukaan", "Esityslista", "esityslista")


def page(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs={"centre": "keskus", **kwargs})


def address(meeting: Meeting, name: str = "networks:meeting") -> str:
    return page(name, uuid=meeting.uuid)


def text(response: Any) -> str:
    return " ".join(html.fromstring(response.content.decode()).xpath("string(//main)").split())


@pytest.fixture
def local(centre: FamilyCentre) -> LocalNetwork:
    return LocalNetworkFactory(
        centre=centre, slug="marak", network__name_fi="MARAK", network__name_sv="MARAC"
    )


@pytest.fixture
def place() -> Place:
    return PlaceFactory(name_fi="Kirjasto", directions_fi="Ovi on pihan puolella.")


@pytest.fixture
def meeting(local: LocalNetwork, place: Place, professional: Professional) -> Meeting:
    """One with all that a meeting can have; only professionals know of it."""
    row = MeetingFactory(
        local_network=local,
        topic_fi="Kevään suunnitelma",
        place=place,
        remote_link="https://etayhteys.example/huone",
        note_fi="Ota esitys mukaan.",
    )
    MaterialFactory(meeting=row)
    AttendanceFactory(meeting=row, professional=professional)
    return row


@pytest.fixture
def public(meeting: Meeting) -> Meeting:
    """The same one, of which all may know."""
    Meeting.objects.update(is_public=True)
    meeting.refresh_from_db()
    return meeting


def test_anybody_sees_only_the_public_ones(client: Client, local: LocalNetwork, meeting: Meeting):
    MeetingFactory(local_network=local, topic_fi="Avoimet ovet", is_public=True, day=date(2026, 12, 10))

    answer = client.get(page("networks:meetings"))

    assert (answer.status_code, answer.cookies) == (200, {})
    assert "Avoimet ovet" in text(answer)
    assert "Kevään suunnitelma" not in text(answer)


@pytest.mark.parametrize("name", ["networks:meetings", "networks:meeting", "networks:meeting_calendar"])
def test_of_a_public_one_nothing_that_is_for_insiders_leaves(client: Client, public: Meeting, name: str):
    answer = client.get(page(name) if name == "networks:meetings" else address(public, name))
    sent = answer.content.decode() + str(answer.headers)

    assert answer.status_code == 200
    assert "Kevään suunnitelma" in sent.replace("\r\n ", "")
    assert [secret for secret in SECRETS if secret in sent.replace("\r\n ", "")] == []


def test_insiders_see_all_of_them_with_links_materials_and_who_is_coming(let_in: Client, meeting: Meeting):
    answer = let_in.get(page("networks:meetings"))
    tree = html.fromstring(answer.content.decode())

    assert "Testi Esimerkki" in text(answer)
    assert "https://etayhteys.example/huone" in tree.xpath("//li[contains(@class, 'slot')]//a/@href")
    assert "https://esimerkki.example/esityslista" in tree.xpath("//li[contains(@class, 'slot')]//a/@href")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_cancelled_one_is_crossed_out_with_the_reason(client: Client, public: Meeting):
    public.is_cancelled, public.reason_fi = True, "kutsuja on sairas"
    public.save()

    (slot,) = html.fromstring(client.get(page("networks:meetings")).content.decode()).xpath(
        "//li[contains(@class, 'slot--off')]"
    )
    said = gettext("This meeting is cancelled.")

    assert "kutsuja on sairas" in slot.text_content()
    assert f"{said} {gettext('Reason:')} kutsuja on sairas" in text(client.get(address(public)))


def test_only_what_is_coming_stands_there_and_what_is_over_is_for_insiders(
    client: Client, let_in: Client, meeting: Meeting, local: LocalNetwork
):
    MeetingFactory(local_network=local, topic_fi="Mennyt", day=date(2026, 11, 17), is_public=True)
    MeetingFactory(local_network=local, topic_fi="Tänään", day=date(2026, 11, 18), is_public=True)

    coming, past = (
        text(let_in.get(page("networks:meetings"))),
        text(let_in.get(page("networks:meetings"), {"when": "past"})),
    )

    assert ("Mennyt" in coming, "Tänään" in coming) == (False, True)
    assert ("Mennyt" in past, "Tänään" in past) == (True, False)
    assert "Mennyt" not in text(client.get(page("networks:meetings"), {"when": "past"}))


def test_what_a_hidden_network_has_nobody_sees(let_in: Client, meeting: Meeting, local: LocalNetwork):
    local.status = "draft"
    local.save()

    assert "Kevään suunnitelma" not in text(let_in.get(page("networks:meetings")))
    assert let_in.get(address(meeting)).status_code == 404
    assert let_in.get(address(meeting, "networks:meeting_calendar")).status_code == 404


def test_the_list_is_narrowed_by_network_and_kind(
    let_in: Client, meeting: Meeting, centre: FamilyCentre, local: LocalNetwork
):
    other = LocalNetworkFactory(centre=centre, slug="muu", name_fi="Muu")
    MeetingFactory(local_network=other, topic_fi="Aamukahvit", kind="coffee")

    by_network = text(let_in.get(page("networks:meetings"), {"network": "marak"}))
    by_kind = text(let_in.get(page("networks:meetings"), {"kind": "coffee"}))

    assert ("Kevään suunnitelma" in by_network, "Aamukahvit" in by_network) == (True, False)
    assert ("Kevään suunnitelma" in by_kind, "Aamukahvit" in by_kind) == (False, True)


@pytest.mark.parametrize("query", [{"network": "ei-ole"}, {"kind": "x"}, {"page": "99"}, {"page": "x"}])
def test_a_filter_that_nobody_offers_is_a_message(let_in: Client, meeting: Meeting, query: dict[str, str]):
    answer = let_in.get(page("networks:meetings"), query)

    assert answer.status_code == 200
    assert "Kevään suunnitelma" in text(answer)
    assert gettext("Error in your choices") in answer.content.decode()


def test_a_long_list_has_pages(let_in: Client, local: LocalNetwork):
    for number in range(31):
        MeetingFactory(local_network=local, topic_fi=f"Aihe {number}!", starts=time(8, number))

    first, second = (text(let_in.get(page("networks:meetings"), {"page": n})) for n in (1, 2))

    assert ("Aihe 29!" in first, "Aihe 30!" in first) == (True, False)
    assert ("Aihe 29!" in second, "Aihe 30!" in second) == (False, True)


@pytest.mark.parametrize(("language", "name"), [("fi", "MARAK"), ("sv", "MARAC"), ("en", "MARAK")])
def test_a_meeting_is_told_in_the_language_of_the_address(
    let_in: Client, meeting: Meeting, language: str, name: str
):
    with override(language):
        listed, one = page("networks:meetings"), address(meeting)

    assert name in text(let_in.get(listed))
    assert name in text(let_in.get(one))


class TestOneMeeting:
    def test_an_insider_reads_all_of_it(self, let_in: Client, meeting: Meeting, professional: Professional):
        answer = let_in.get(address(meeting))
        links = html.fromstring(answer.content.decode()).xpath("//main//a/@href")

        for words in ("Kirjasto", "Ovi on pihan puolella.", "Ota esitys mukaan.", "Testi Esimerkki"):
            assert words in text(answer)
        assert "https://etayhteys.example/huone" in links
        assert "https://esimerkki.example/esityslista" in links
        assert page("networks:detail", slug="marak") in links
        assert page("professionals:card", uuid=professional.uuid) in links

    def test_somebody_who_stands_in_no_directory_here_is_named_without_a_link(
        self, let_in: Client, meeting: Meeting
    ):
        guest = ProfessionalFactory(given_name="Vieras", family_name="Kävijä")
        AttendanceFactory(meeting=meeting, professional=guest)
        answer = let_in.get(address(meeting))

        assert "Vieras Kävijä" in text(answer)
        assert str(guest.uuid) not in answer.content.decode()

    def test_somebody_whose_access_is_over_is_named_without_a_link(
        self, let_in: Client, meeting: Meeting, centre: FamilyCentre
    ):
        user = let_in_to(centre, ends_on=date(2026, 11, 17))
        card = ProfessionalFactory(user=user, home=centre, given_name="Mennyt")
        AttendanceFactory(meeting=meeting, professional=card)
        answer = let_in.get(address(meeting))

        assert "Mennyt" in text(answer)
        assert str(card.uuid) not in answer.content.decode()

    def test_somebody_who_has_left_is_not_coming(
        self, let_in: Client, meeting: Meeting, professional: Professional, centre: FamilyCentre
    ):
        AttendanceFactory(meeting=meeting, professional__given_name="Lähtenyt", professional__active=False)
        assert "Lähtenyt" not in text(let_in.get(address(meeting)))

    @pytest.mark.parametrize("name", ["networks:meeting", "networks:meeting_calendar"])
    def test_whoever_is_not_signed_in_is_led_to_sign_in_and_back(
        self, client: Client, meeting: Meeting, name: str
    ):
        answer = client.get(address(meeting, name))

        assert answer.status_code == 302
        assert answer.url == f"{reverse('account_login')}?next={address(meeting, name)}"
        assert answer.cookies == {}

    @pytest.mark.parametrize("name", ["networks:meeting", "networks:meeting_calendar"])
    def test_whoever_is_let_in_elsewhere_or_no_longer_reads_nothing_of_it(
        self, meeting: Meeting, name: str, centre: FamilyCentre
    ):
        for user in (
            let_in_to(FamilyCentreFactory()),
            let_in_to(centre, ends_on=date(2026, 11, 17)),
            UserFactory(),
        ):
            answer = signed_in(user).get(address(meeting, name))
            assert answer.status_code == 403
            assert [secret for secret in SECRETS if secret in answer.content.decode()] == []

    def test_an_address_that_nobody_has_given_is_not_found(
        self, client: Client, let_in: Client, meeting: Meeting
    ):
        FamilyCentreFactory(slug="muualla")
        elsewhere = reverse("networks:meeting", kwargs={"centre": "muualla", "uuid": meeting.uuid})
        for path in (page("networks:meeting", uuid=uuid4()), elsewhere):
            assert client.get(path).status_code == 404
            assert let_in.get(path).status_code == 404

    def test_a_public_one_is_for_search_engines_and_what_insiders_see_of_it_is_not(
        self, client: Client, let_in: Client, public: Meeting
    ):
        assert b'name="robots"' not in client.get(address(public)).content
        answer = let_in.get(address(public))
        assert b'<meta name="robots" content="noindex">' in answer.content
        assert "no-store" in answer.headers["Cache-Control"]

    def test_a_screen_reader_hears_the_weekday_and_that_a_time_follows(self, client: Client, public: Meeting):
        with override("fi"):
            at = pgettext("before a time", "at")
        for path in (address(public), page("networks:detail", slug="marak")):
            tree = html.fromstring(client.get(path).content.decode())
            (when,) = tree.xpath("//main//time")
            assert when.get("datetime") == f"{public.day:%Y-%m-%d}T{public.starts:%H:%M}"
            weekday = str(WEEKDAYS[public.day.weekday()]).capitalize()
            said = f"{weekday} {dates.day(public.day)} {at} {dates.hours(public)}"
            assert " ".join(when.text_content().split()) == said

    def test_answering_is_a_region_of_its_own(self, let_in: Client, meeting: Meeting):
        tree = html.fromstring(let_in.get(address(meeting)).content.decode())
        assert tree.xpath("//section[@aria-labelledby='when']//form") == []
        assert len(tree.xpath("//section[@aria-labelledby='answer']//form")) == 1

    def test_a_cancelled_one_is_neither_taken_to_calendars_nor_answered(
        self, let_in: Client, meeting: Meeting
    ):
        def ways(answer: Any) -> tuple[int, int]:
            tree = html.fromstring(answer.content.decode())
            return len(tree.xpath("//main//a[@download]")), len(tree.xpath("//*[@id='answer']"))

        assert ways(let_in.get(address(meeting))) == (1, 1)
        Meeting.objects.update(is_cancelled=True)
        assert ways(let_in.get(address(meeting))) == (0, 0)


class TestAnswering:
    def test_one_says_that_one_is_coming_and_may_change_it(self, let_in: Client, local: LocalNetwork):
        meeting = MeetingFactory(local_network=local)

        first = let_in.post(address(meeting), {"answer": "coming"})
        said = text(let_in.get(address(meeting)))
        let_in.post(address(meeting), {"answer": "not"})

        assert (first.status_code, first.url) == (303, f"{address(meeting)}#answer")
        assert gettext("You have said that you are coming.") in said
        assert Attendance.objects.get().answer == Attendance.Answer.NOT_COMING
        assert gettext("You have said that you are not coming.") in text(let_in.get(address(meeting)))

    @pytest.mark.parametrize("sent", [{}, {"answer": ""}, {"answer": "maybe"}])
    def test_what_is_no_answer_is_refused(
        self, let_in: Client, meeting: Meeting, local: LocalNetwork, sent: dict[str, str]
    ):
        answer = let_in.post(address(meeting), sent)

        assert answer.status_code == 400
        assert gettext("Choose whether you are coming or not.") in text(answer)
        assert Attendance.objects.get().answer == Attendance.Answer.COMING

    @pytest.mark.parametrize(
        ("values", "why"),
        [
            ({"is_cancelled": True}, "This meeting is cancelled: there is nothing to answer."),
            ({"day": date(2026, 11, 17)}, "This meeting is over: there is nothing to answer."),
            (
                {"day": date(2026, 11, 18), "starts": time(8), "ends": time(10)},
                "This meeting is over: there is nothing to answer.",
            ),
        ],
    )
    def test_to_what_is_off_or_over_there_is_nothing_to_answer(
        self, let_in: Client, local: LocalNetwork, values: dict[str, Any], why: str
    ):
        meeting = MeetingFactory(local_network=local, **values)
        answer = let_in.post(address(meeting), {"answer": "coming"})

        assert (answer.status_code, Attendance.objects.exists()) == (409, False)
        assert gettext(why) in text(answer)
        assert b'name="answer"' not in let_in.get(address(meeting)).content

    def test_without_a_card_nobody_answers(self, centre: FamilyCentre, meeting: Meeting):
        client = signed_in(let_in_to(centre))

        answer = client.get(address(meeting))
        assert b'name="answer"' not in answer.content
        way = reverse("professionals:own_edit", kwargs={"centre": centre.slug})
        assert f'href="{way}"' in answer.content.decode()
        calendars = client.get(reverse("professionals:calendars", kwargs={"centre": centre.slug}))
        assert f'href="{way}"' in calendars.content.decode()
        assert client.post(address(meeting), {"answer": "coming"}).status_code == 409
        assert Attendance.objects.count() == 1

    def test_whoever_is_not_let_in_does_not_answer(self, client: Client, public: Meeting):
        assert client.post(address(public), {"answer": "coming"}).status_code == 302
        outsider = ProfessionalFactory(user=UserFactory()).user
        assert signed_in(outsider).post(address(public), {"answer": "coming"}).status_code == 403
        assert Attendance.objects.count() == 1

    def test_a_form_of_another_site_does_not_answer(self, professional: Professional, local: LocalNetwork):
        meeting = MeetingFactory(local_network=local)
        client = Client(enforce_csrf_checks=True)
        client.force_login(professional.user)

        assert client.post(address(meeting), {"answer": "coming"}).status_code == 403
        assert not Attendance.objects.exists()


class TestOfOneNetwork:
    def test_its_next_three_stand_on_its_page(self, local: LocalNetwork, today: date):
        for day in (17, 19, 20, 21, 22):
            MeetingFactory(local_network=local, day=date(2026, 11, day), is_public=day == 22)

        assert [row.day.day for row in next_meetings(local, today, insider=True)] == [19, 20, 21]
        assert [row.day.day for row in next_meetings(local, today, insider=False)] == [22]

    def test_its_page_leads_to_those_that_the_reader_may_see(
        self, client: Client, let_in: Client, meeting: Meeting, local: LocalNetwork
    ):
        def leads_to(client: Client) -> list[str]:
            tree = html.fromstring(client.get(page("networks:detail", slug=local.slug)).content.decode())
            return tree.xpath("//section[@aria-labelledby='meetings']//li/a/@href")

        assert (leads_to(client), leads_to(let_in)) == ([], [address(meeting)])
        Meeting.objects.update(is_public=True)
        assert leads_to(client) == [address(meeting)]


class TestCost:
    @pytest.fixture
    def many(self, centre: FamilyCentre, place: Place) -> None:
        for number in range(12):
            meeting = MeetingFactory(
                local_network__centre=centre, place=place, day=date(2026, 12, 1 + number), is_public=True
            )
            for _ in range(3):
                AttendanceFactory(meeting=meeting, professional__home=centre)
                MaterialFactory(meeting=meeting)

    def test_the_list_costs_the_same_whatever_it_holds(
        self, let_in: Client, client: Client, public: Meeting, django_assert_num_queries: Any, request: Any
    ):
        for number in (1, 12):
            with django_assert_num_queries(8):
                let_in.get(page("networks:meetings"))
            with django_assert_num_queries(3):
                client.get(page("networks:meetings"))
            if number == 1:
                request.getfixturevalue("many")

    def test_one_meeting_costs_the_same_whoever_comes(
        self, let_in: Client, meeting: Meeting, centre: FamilyCentre, django_assert_num_queries: Any
    ):
        for _ in range(2):
            with django_assert_num_queries(8):
                let_in.get(address(meeting))
            for _ in range(10):
                AttendanceFactory(meeting=meeting, professional__home=centre)
                MaterialFactory(meeting=meeting)


def test_a_coordinator_and_an_administrator_are_insiders(centre: FamilyCentre, meeting: Meeting):
    coordinator = let_in_to(centre)
    Membership.objects.filter(user=coordinator).update(role=Membership.Role.COORDINATOR, ends_on=None)
    for user in (coordinator, UserFactory(is_superuser=True)):
        assert "Testi Esimerkki" in text(signed_in(user).get(address(meeting)))
