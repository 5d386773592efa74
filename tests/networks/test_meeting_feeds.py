"""Meetings in calendars: one meeting, what is public in a centre, and a person's own by a secret address."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override
from lxml import html

from centres.models import FamilyCentre, Membership
from centres.rights import is_let_in, let_in_to
from networks import calendar_keys
from networks.models import LocalNetwork, Meeting, Network, Professional, Seat
from tests.factories import (
    AreaFactory,
    AttendanceFactory,
    FamilyCentreFactory,
    LocalNetworkFactory,
    MeetingFactory,
    MembershipFactory,
    PlaceFactory,
    ProfessionalFactory,
    SeatFactory,
    UserFactory,
)
from tests.harness.ical_lint import faults
from tests.networks.conftest import signed_in

pytestmark = pytest.mark.django_db

HELSINKI = ZoneInfo("Europe/Helsinki")
YEAR = date(2026, 8, 1), date(2027, 8, 1)


def page(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs={"centre": "keskus", **kwargs})


@pytest.fixture
def local(centre: FamilyCentre) -> LocalNetwork:
    return LocalNetworkFactory(centre=centre, network__name_fi="MARAK", network__name_sv="MARAC")


@pytest.fixture
def seat(local: LocalNetwork, professional: Professional) -> Seat:
    return SeatFactory(local_network=local, person=professional)


@pytest.fixture
def meeting(local: LocalNetwork) -> Meeting:
    return MeetingFactory(
        local_network=local,
        topic_fi="Kevään suunnitelma",
        place=PlaceFactory(
            name_fi="Kirjasto",
            street_address="Jorma Eton tie 6",
            town="Rovaniemi",
            latitude="66.498000",
            longitude="25.722000",
        ),
        remote_link="https://etayhteys.example/huone",
        note_fi="Ota esitys mukaan.",
    )


@pytest.fixture
def own(professional: Professional, seat: Seat) -> str:
    """The address of the calendar of `professional`, who sits in the network."""
    calendar_keys.make_anew(person=professional)
    professional.refresh_from_db()
    return page("professionals:calendar", token=calendar_keys.token_of(professional))


def document(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return answer.content


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def event(content: bytes) -> Any:
    (found,) = events(content)
    return found


def test_an_insider_s_meeting_has_all_that_one_must_know(let_in: Client, meeting: Meeting):
    found = event(document(let_in, page("networks:meeting_calendar", uuid=meeting.uuid)))

    assert found["UID"] == f"{meeting.uuid}@perhekeskus"
    assert found["SUMMARY"] == "MARAK: Kevään suunnitelma"
    assert (found.start, found.end) == (
        datetime(2026, 12, 3, 9, tzinfo=HELSINKI),
        datetime(2026, 12, 3, 10, tzinfo=HELSINKI),
    )
    assert (found["SEQUENCE"], found["STATUS"], found["TRANSP"]) == (0, "CONFIRMED", "OPAQUE")
    assert found["DTSTAMP"].dt == found["LAST-MODIFIED"].dt == meeting.updated_at.replace(microsecond=0)
    assert found["LOCATION"] == "Kirjasto, Jorma Eton tie 6, Rovaniemi"
    assert found["GEO"].to_ical() == "66.498;25.722"
    assert found["URL"] == "https://etayhteys.example/huone"
    assert found["DESCRIPTION"].splitlines() == [
        gettext("Remote link: %s") % "https://etayhteys.example/huone",
        "Ota esitys mukaan.",
        f"http://testserver{meeting.get_absolute_url()}",
    ]


def test_what_is_public_has_its_page_and_no_remote_link(
    client: Client, local: LocalNetwork, meeting: Meeting
):
    meeting.is_public = True
    meeting.save()
    MeetingFactory(local_network=local, starts=time(12), ends=time(13))

    for path in (page("networks:calendar"), page("networks:meeting_calendar", uuid=meeting.uuid)):
        content = document(client, path)
        found = event(content)
        address = f"http://testserver{meeting.get_absolute_url()}"
        assert (found["URL"], found["DESCRIPTION"]) == (address, address)
        assert b"etayhteys" not in content
        assert list(faults(content)) == []


def test_one_by_a_remote_link_alone_says_so(let_in: Client, meeting: Meeting):
    meeting.place = None
    meeting.save()
    found = event(document(let_in, page("networks:meeting_calendar", uuid=meeting.uuid)))
    assert found["LOCATION"] == gettext("Remote meeting")


def test_a_cancelled_one_says_so_and_why_in_its_name_and_keeps_nobody_busy(
    client: Client, meeting: Meeting, own: str
):
    meeting.is_cancelled, meeting.reason_fi = True, "kutsuja on sairas"
    meeting.save()
    found = event(document(client, own))

    assert found["SUMMARY"] == "PERUTTU: MARAK: Kevään suunnitelma (kutsuja on sairas)"
    assert (found["STATUS"], found["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert found["DESCRIPTION"].startswith("Kutsuja on sairas")


def move(row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


CHANGES = {
    "day": lambda row: move(row, day=date(2026, 12, 4)),
    "starts": lambda row: move(row, starts=time(8)),
    "ends": lambda row: move(row, ends=time(11)),
    "topic": lambda row: move(row, topic_fi="Syksyn suunnitelma"),
    "kind": lambda row: move(row, kind="coffee"),
    "place": lambda row: move(row, place=PlaceFactory(name_fi="Kirkko")),
    "no place": lambda row: move(row, place=None),
    "link": lambda row: move(row, remote_link="https://etayhteys.example/sali"),
    "note": lambda row: move(row, note_fi="Ota kahvia."),
    "cancelled": lambda row: move(row, is_cancelled=True),
    "reason": lambda row: move(row, reason_fi="siirtyi"),
    "network": lambda row: move(row.local_network.network, name_fi="HSS"),
    "local name": lambda row: move(row.local_network, name_fi="Oma MARAK"),
    "place's name": lambda row: move(row.place, name_fi="Kulttuuritalo"),
    "place's address": lambda row: move(row.place, street_address="Hallituskatu 9"),
    "place's directions": lambda row: move(row.place, directions_fi="Hissi vie ylös."),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_calendars_show_makes_a_newer_version(
    client: Client, meeting: Meeting, own: str, time_machine: Any, change: Any
):
    before = event(document(client, own))
    time_machine.move_to(datetime(2026, 11, 18, 12, tzinfo=UTC))

    change(Meeting.objects.select_related("local_network__network", "place").get())

    after = event(document(client, own))
    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert before["DTSTAMP"].dt < after["DTSTAMP"].dt == after["LAST-MODIFIED"].dt
    kept = {name: value for name, value in before.items() if name not in VERSION}
    assert kept != {name: value for name, value in after.items() if name not in VERSION}


VERSION = ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED")


def test_one_saved_as_it_was_opened_is_newer_than_what_was_saved_meanwhile(meeting: Meeting):
    opened = Meeting.objects.get()
    Network.objects.get().save()
    meanwhile = Meeting.objects.get().sequence
    opened.save()
    assert opened.sequence == Meeting.objects.get().sequence == meanwhile + 1


def test_what_is_long_over_has_no_newer_versions(meeting: Meeting):
    Meeting.objects.update(day=date(2026, 8, 19))
    Network.objects.get().save()
    assert Meeting.objects.get().sequence == 0


def test_the_texts_are_in_the_language_of_the_address(client: Client, meeting: Meeting, own: str):
    professional = Professional.objects.get(user__email="testi@esimerkki.example")
    with override("sv"):
        path = page("professionals:calendar", token=calendar_keys.token_of(professional))
    assert event(document(client, path))["SUMMARY"] == "MARAC: Kevään suunnitelma"


# Words that break lines of a calendar, and letters of two octets.
HOSTILE = "Ä; ö, å\\ \x0b\x85\u2028 <b>\r\nBEGIN:VEVENT " + "äö" * 20


def test_a_calendar_keeps_to_the_standard_whatever_is_written(client: Client, local: LocalNetwork, own: str):
    """In summer and winter time, over both changes of clocks."""
    when = [
        (date(2026, 10, 25), time(2, 30), time(5)),
        (date(2026, 10, 24), time(9), time(10)),
        (date(2026, 10, 26), time(9), time(10)),
        (date(2027, 3, 28), time(2, 30), time(5)),
        (date(2027, 7, 1), time(23), time(23, 59)),
    ]
    for day, starts, ends in when:
        MeetingFactory(
            local_network=local, day=day, starts=starts, ends=ends, topic_fi=HOSTILE, note_fi=HOSTILE
        )
    Professional.objects.update(family_name=HOSTILE[:60])
    content = document(client, own)

    assert list(faults(content)) == []
    calendar = icalendar.Calendar.from_ical(content)
    found = recurring_ical_events.of(calendar, skip_bad_series=False).between(*YEAR)
    assert sorted((each.start.astimezone(UTC), each.end.astimezone(UTC)) for each in found) == sorted(
        (row.begins_at, row.ends_at) for row in Meeting.objects.all()
    )
    assert len(list(vobject.readOne(content.decode()).vevent_list)) == len(when)


class TestOwnCalendar:
    def test_has_what_one_sits_in_and_what_one_comes_to(
        self, client: Client, meeting: Meeting, own: str, professional: Professional, centre: FamilyCentre
    ):
        other = MeetingFactory(local_network__centre=centre, topic_fi="Messut")
        MeetingFactory(local_network=other.local_network, day=date(2026, 12, 4), topic_fi="Ei mukana")
        AttendanceFactory(meeting=other, professional=professional)
        AttendanceFactory(
            meeting=MeetingFactory(local_network__centre=centre), professional=professional, answer="not"
        )
        names = [str(each["SUMMARY"]).split(": ")[1] for each in events(document(client, own))]
        assert sorted(names) == ["Kevään suunnitelma", "Messut"]

    def test_goes_ninety_days_back(self, client: Client, local: LocalNetwork, own: str):
        for day in (date(2026, 8, 19), date(2026, 8, 20)):
            MeetingFactory(local_network=local, day=day)
        assert event(document(client, own)).start.date() == date(2026, 8, 20)

    def test_has_every_centre_that_one_is_let_in_to_and_no_other(
        self, client: Client, own: str, professional: Professional
    ):
        for slug in ("toinen", "kolmas", "vanha"):
            row = MeetingFactory(local_network__centre=FamilyCentreFactory(slug=slug), topic_fi=slug)
            SeatFactory(local_network=row.local_network, person=professional)
        for slug, ends_on in (("toinen", None), ("vanha", date(2026, 11, 17))):
            MembershipFactory(
                user=professional.user,
                centre=FamilyCentre.objects.get(slug=slug),
                role=Membership.Role.PROFESSIONAL,
                ends_on=ends_on,
            )
        found = event(document(client, own))
        assert str(found["SUMMARY"]).endswith("toinen")
        assert "/toinen/" in found["URL"]

    def test_is_kept_private_sent_once_and_gives_no_cookie(self, client: Client, meeting: Meeting, own: str):
        first = client.get(own)
        again = client.get(own, headers={"if-none-match": first.headers["ETag"]})

        assert (first.headers["Cache-Control"], first.headers["X-Robots-Tag"]) == ("private", "noindex")
        assert (again.status_code, again.cookies, first.cookies) == (304, {}, {})
        assert "Cookie" not in first.headers.get("Vary", "")

    def test_dies_at_once_when_a_new_address_is_made_or_it_is_taken_out_of_use(
        self, client: Client, let_in: Client, own: str, professional: Professional
    ):
        path = page("professionals:calendars")

        assert let_in.post(path, {"act": "new"}).status_code == 303
        professional.refresh_from_db()
        new = page("professionals:calendar", token=calendar_keys.token_of(professional))
        assert (client.get(own).status_code, client.get(new).status_code) == (410, 200)

        let_in.post(path, {"act": "remove"})
        assert client.get(new).status_code == 410

    @pytest.mark.parametrize(
        "end",
        [
            lambda person: Professional.objects.filter(pk=person.pk).update(active=False),
            lambda person: Professional.objects.filter(pk=person.pk).update(user=None),
            lambda person: type(person.user).objects.filter(pk=person.user.pk).update(is_active=False),
            lambda person: person.user.memberships.update(ends_on=date(2026, 11, 17)),
            lambda person: person.user.memberships.all().delete(),
            lambda person: person.user.delete(),
        ],
        ids=["has left", "no user", "inactive user", "access ended", "not let in", "user erased"],
    )
    def test_dies_with_the_person_and_the_access(
        self, client: Client, own: str, professional: Professional, meeting: Meeting, end: Any
    ):
        assert client.get(own).status_code == 200
        end(professional)
        answer = client.get(own)

        assert (answer.status_code, answer.headers["Content-Type"]) == (410, "text/plain; charset=utf-8")
        how = gettext("This calendar address is no longer in use. Make a new one on your own page: %s")
        page = reverse("professionals:calendars", kwargs={"centre": professional.home.slug})
        assert answer.content.decode() == how % f"http://testserver{page}" + "\n"

    @pytest.mark.parametrize(
        "token",
        ["x", "0" * 32, f"{'5' * 32}.{'a' * 43}", Signer(salt="muu", sep=".").sign("5" * 32)],
        ids=["a letter", "no signature", "a made-up signature", "signed for something else"],
    )
    def test_an_address_that_is_none_of_ours_is_not_found(
        self, client: Client, centre: FamilyCentre, token: str
    ):
        answer = client.get(page("professionals:calendar", token=token))
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/plain; charset=utf-8")

    def test_costs_the_same_whatever_it_holds(
        self, client: Client, local: LocalNetwork, meeting: Meeting, own: str, django_assert_num_queries: Any
    ):
        with django_assert_num_queries(5):
            document(client, own)
        for number in range(10):
            MeetingFactory(local_network=local, day=date(2027, 1, 1 + number), place=PlaceFactory())
        with django_assert_num_queries(5):
            document(client, own)

    def test_the_public_calendar_costs_two_queries(
        self, client: Client, local: LocalNetwork, django_assert_num_queries: Any
    ):
        for day in (1, 2):
            MeetingFactory(local_network=local, day=date(2027, 1, day), place=PlaceFactory(), is_public=True)
            with django_assert_num_queries(2):
                document(client, page("networks:calendar"))


class TestPageOfTheAddress:
    def test_gives_the_address_to_copy_and_to_subscribe_to(self, let_in: Client, own: str):
        answer = let_in.get(page("professionals:calendars"))
        tree = html.fromstring(answer.content.decode())

        assert tree.xpath("//input[@id='feed']/@value") == [f"http://testserver{own}"]
        assert f"webcal://testserver{own}" in tree.xpath("//main//a/@href")
        assert "no-store" in answer.headers["Cache-Control"]

    def test_one_without_an_address_is_made_when_asked_for(self, let_in: Client, professional: Professional):
        path = page("professionals:calendars")
        assert b"webcal:" not in let_in.get(path).content
        let_in.post(path, {"act": "new"})
        assert b"webcal:" in let_in.get(path).content

    def test_what_no_button_sends_is_refused(self, let_in: Client, own: str):
        answer = let_in.post(page("professionals:calendars"), {"act": "x"})
        assert answer.status_code == 400
        assert gettext("Nothing was done. Press one of the buttons.") in answer.content.decode()

    def test_is_for_insiders_with_a_card(self, client: Client, centre: FamilyCentre):
        path = page("professionals:calendars")
        coordinator = MembershipFactory(centre=centre).user
        answer = signed_in(coordinator).get(path)

        assert client.get(path).status_code == 302
        assert signed_in(UserFactory()).get(path).status_code == 403
        assert b"webcal:" not in answer.content
        assert signed_in(coordinator).post(path, {"act": "new"}).status_code == 400

    def test_costs_the_same_every_time(self, let_in: Client, own: str, django_assert_num_queries: Any):
        with django_assert_num_queries(5):
            let_in.get(page("professionals:calendars"))


def test_where_somebody_is_let_in_is_said_the_same_of_one_centre_and_of_all(today: date):
    area = AreaFactory()
    centres = [FamilyCentreFactory(area=area) for _ in range(2)]
    centres += [FamilyCentreFactory()]
    users = [UserFactory(), UserFactory(is_superuser=True), UserFactory(is_superuser=True, is_active=False)]
    for role, values in {
        "coordinator": {},
        "professional": {},
        "area": {"centre": None, "area": area},
    }.items():
        for ends_on in (None, date(2026, 11, 18), date(2026, 11, 17)):
            membership = {"centre": centres[0], "role": role, **values}
            users.append(
                MembershipFactory(ends_on=ends_on if role == "professional" else None, **membership).user
            )
    for user in users:
        said = [centre for centre in centres if is_let_in(user, centre, today)]
        assert sorted(let_in_to(user, today), key=lambda row: row.pk) == said


def test_somebody_s_card_kept_by_the_coordinator_has_no_calendar(centre: FamilyCentre):
    assert calendar_keys.token_of(ProfessionalFactory(home=centre)) == ""
