"""Meetings of networks at the desk: one, a season of them at once, and calling one off."""

from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, ngettext
from lxml import html

from accounts.models import User
from centres.models import FamilyCentre
from networks.models import LocalNetwork, Meeting
from networks.season import make_season
from tests.admin.forms import address, changed_by, errors, filled, save
from tests.factories import (
    AttendanceFactory,
    FamilyCentreFactory,
    LocalNetworkFactory,
    MeetingFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db

SEASON = "/hallinta/networks/meeting/season/"
LIST = "/hallinta/networks/meeting/"
SOMEWHERE = {"remote_link": "https://esimerkki.example/kokous"}


@pytest.fixture
def local(posio: FamilyCentre) -> LocalNetwork:
    return LocalNetworkFactory(centre=posio, slug="marak", network__name_fi="MARAK")


@pytest.fixture
def meeting(local: LocalNetwork) -> Meeting:
    return MeetingFactory(local_network=local, topic_fi="Kevään suunnitelma", **SOMEWHERE)


@pytest.fixture
def elsewhere() -> Meeting:
    return MeetingFactory(local_network__centre=FamilyCentreFactory(slug="rovaniemi"), topic_fi="Muualla")


def cancelling(row: Meeting) -> str:
    return address("cancel", row, row.pk)


def text(response: Any) -> str:
    return " ".join(html.fromstring(response.content.decode()).text_content().split())


class TestOne:
    def test_a_coordinator_adds_one_for_an_own_network(self, coordinator: Client, local: LocalNetwork):
        values = {"topic_fi": "Aamukahvit", "day": "3.12.2026", "starts": "9", "ends": "10.30"} | SOMEWHERE
        answer = save(coordinator, address("add", Meeting), local_network=str(local.pk), **values)

        row = Meeting.objects.get()
        assert answer.status_code == 302
        assert (row.day, row.starts, row.ends) == (date(2026, 12, 3), time(9), time(10, 30))
        assert changed_by(row) == [coordinator.get(LIST).wsgi_request.user]

    def test_one_of_another_centre_s_network_is_not_added(self, coordinator: Client, elsewhere: Meeting):
        values = {"day": "4.12.2026", "starts": "9", "ends": "10"} | SOMEWHERE
        network = str(elsewhere.local_network_id)
        answer = save(coordinator, address("add", Meeting), local_network=network, **values)

        assert (answer.status_code, Meeting.objects.count()) == (400, 1)

    @pytest.mark.parametrize(
        ("values", "why"),
        [
            ({"remote_link": ""}, "Tell where it is: choose a place, give a remote link, or both."),
            ({"is_cancelled": "on"}, "Write the reason: who was coming reads it."),
            ({"ends": "8"}, "It must end after it starts."),
            ({"starts": "9", "day": "3.12.2026"}, "This network meets at this time already."),
        ],
    )
    def test_what_cannot_be_is_said_beside_its_field(
        self, coordinator: Client, local: LocalNetwork, meeting: Meeting, values: dict[str, str], why: str
    ):
        sent = {"day": "4.12.2026", "starts": "9", "ends": "10", "local_network": str(local.pk)}
        sent |= SOMEWHERE | values
        answer = save(coordinator, address("add", Meeting), **sent)

        assert (answer.status_code, errors(answer)) == (400, [gettext(why)])

    def test_the_form_says_how_many_are_coming(self, coordinator: Client, meeting: Meeting):
        for answer in ("coming", "coming", "not"):
            AttendanceFactory(meeting=meeting, answer=answer)
        words = ngettext(
            "%(n)s person has said that they are coming.", "%(n)s people have said that they are coming.", 2
        )
        assert words % {"n": 2} in text(coordinator.get(address("change", meeting, meeting.pk)))

    def test_no_link_shows_it_to_whoever_has_the_link(self, coordinator: Client, meeting: Meeting):
        for path in (address("add", Meeting), address("change", meeting, meeting.pk)):
            answer = coordinator.get(path)
            assert not answer.context["can_preview"]
            assert b"/esikatselu/" not in answer.content

    def test_a_save_is_a_newer_version_and_says_who_sees_it(self, coordinator: Client, meeting: Meeting):
        path = address("change", meeting, meeting.pk)
        save(coordinator, path, topic_fi="Syksyn suunnitelma")
        meeting.refresh_from_db()

        assert meeting.sequence == 1
        assert gettext("Signed-in professionals see it.") in text(coordinator.get(path))

    def test_of_a_hidden_network_nobody_sees_it(self, coordinator: Client, meeting: Meeting):
        LocalNetwork.objects.update(status="draft")
        path = address("change", meeting, meeting.pk)
        save(coordinator, path, topic_fi="Syksyn suunnitelma")
        assert gettext("Nobody sees it now: its network is not on the site.") in text(coordinator.get(path))


class TestList:
    def test_the_coming_ones_by_date_and_the_others_by_a_filter(
        self, coordinator: Client, local: LocalNetwork
    ):
        for day in (20, 17, 19):
            MeetingFactory(local_network=local, day=date(2026, 11, day))

        def days(**query: str) -> list[int]:
            return [row.day.day for row in coordinator.get(LIST, query).context["cl"].result_list]

        assert days() == [19, 20]
        assert days(when="past") == [17]
        assert sorted(days(when="all")) == [17, 19, 20]

    def test_it_is_searched_by_topic_and_network(self, coordinator: Client, meeting: Meeting, posio: Any):
        MeetingFactory(local_network__centre=posio, topic_fi="Aamukahvit")
        for words in ("kevään", "marak"):
            assert list(coordinator.get(LIST, {"q": words}).context["cl"].result_list) == [meeting]

    def test_it_costs_the_same_whatever_it_holds(self, coordinator: Client, meeting: Meeting, posio: Any):
        def cost() -> int:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                coordinator.get(LIST)
            return len(queries)

        cost()
        one = cost()
        for _ in range(10):
            AttendanceFactory(meeting=MeetingFactory(local_network__centre=posio))
        assert cost() == one


class TestCancelling:
    def test_a_ready_reason_is_one_tap_and_ready_in_every_language(
        self, coordinator: Client, meeting: Meeting
    ):
        page = html.fromstring(coordinator.get(cancelling(meeting)).content.decode())
        reason = page.xpath("//button[@name='reason_fi']/@value")[0]
        answer = coordinator.post(cancelling(meeting), {"reason_fi": reason})

        meeting.refresh_from_db()
        assert (answer.status_code, answer.url) == (302, LIST)
        assert (meeting.is_cancelled, meeting.reason_fi, meeting.sequence) == (True, reason, 1)
        assert meeting.reason_en == "the convener is ill"
        assert len(changed_by(meeting)) == 2

    def test_a_reason_of_one_s_own_is_in_finnish_alone(self, coordinator: Client, meeting: Meeting):
        Meeting.objects.update(reason_en="moved")
        coordinator.post(cancelling(meeting), {"reason_fi": "Tilassa on remontti"})

        meeting.refresh_from_db()
        assert (meeting.reason_fi, meeting.reason_en) == ("Tilassa on remontti", "")

    @pytest.mark.parametrize("reason", ["", " ", "x" * 161])
    def test_without_a_reason_that_fits_nothing_is_cancelled(
        self, coordinator: Client, meeting: Meeting, reason: str
    ):
        answer = coordinator.post(cancelling(meeting), {"reason_fi": reason})

        meeting.refresh_from_db()
        assert (answer.status_code, meeting.is_cancelled) == (400, False)

    def test_it_takes_place_after_all(self, coordinator: Client, local: LocalNetwork):
        meeting = MeetingFactory(local_network=local, is_cancelled=True, reason_fi="syy", reason_sv="orsak")
        assert b"one-date__ready" not in coordinator.get(cancelling(meeting)).content
        coordinator.post(cancelling(meeting), {"hold": "1"})

        meeting.refresh_from_db()
        assert (meeting.is_cancelled, meeting.reason_fi, meeting.reason_sv) == (False, "", "")
        assert meeting.sequence == 1

    def test_a_reason_tapped_twice_takes_nothing_back(self, coordinator: Client, meeting: Meeting):
        for _ in range(2):
            coordinator.post(cancelling(meeting), {"reason_fi": "syy"})

        meeting.refresh_from_db()
        assert (meeting.is_cancelled, meeting.reason_fi) == (True, "syy")

    def test_another_centre_s_is_not_cancelled(self, coordinator: Client, elsewhere: Meeting):
        answer = coordinator.post(cancelling(elsewhere), {"reason_fi": "syy"})

        assert answer.status_code == 302
        assert not Meeting.objects.get().is_cancelled

    def test_the_list_leads_there(self, coordinator: Client, meeting: Meeting):
        assert cancelling(meeting) in html.fromstring(coordinator.get(LIST).content.decode()).xpath(
            "//a/@href"
        )


RULE = {
    "kind": "coffee",
    "topic_fi": "Aamukahvit",
    "topic_sv": "",
    "topic_en": "",
    "starts": "9",
    "ends": "10",
    "place": "",
    "remote_link": "https://esimerkki.example/kokous",
    "rule": "first",
    "weekday": "3",
    "first_day": "1.12.2026",
    "last_day": "30.6.2027",
    "shown": "",
}
# First Thursdays; 6 May 2027 is Ascension Day.
THURSDAYS = ["2026-12-03", "2027-01-07", "2027-02-04", "2027-03-04", "2027-04-01", "2027-05-06", "2027-06-03"]


class TestSeason:
    @pytest.fixture
    def rule(self, local: LocalNetwork) -> dict[str, Any]:
        return RULE | {"local_network": str(local.pk)}

    @pytest.fixture
    def shown(self, coordinator: Client, rule: dict[str, Any]) -> dict[str, Any]:
        """The form with the dates, as a browser would send it."""
        return filled(coordinator.post(SEASON, rule | {"show": "1"}))

    def test_the_rule_is_answered_with_its_dates_holidays_unticked_and_named(
        self, coordinator: Client, rule: dict[str, Any], shown: dict[str, Any]
    ):
        answer = coordinator.post(SEASON, rule | {"show": "1"})
        page = html.fromstring(answer.content.decode())
        (holiday,) = page.xpath("//input[@name='days' and not(@checked)]")

        assert answer.status_code == 200
        assert page.xpath("//input[@name='days']/@value") == THURSDAYS
        assert shown["days"] == [day for day in THURSDAYS if day != "2027-05-06"]
        assert "Helatorstai" in holiday.getparent().text_content()
        assert not Meeting.objects.exists()

    def test_a_second_press_makes_those_that_are_ticked(
        self, coordinator: Client, local: LocalNetwork, shown: dict[str, Any]
    ):
        sent = shown | {"days": ["2026-12-03", "2027-05-06"], "make": "1"}
        answer = coordinator.post(SEASON, sent)

        rows = list(Meeting.objects.order_by("day"))
        assert (answer.status_code, answer.url) == (302, LIST)
        assert [row.day.isoformat() for row in rows] == ["2026-12-03", "2027-05-06"]
        assert {(row.local_network, row.kind, row.topic_fi, row.starts, row.ends) for row in rows} == {
            (local, "coffee", "Aamukahvit", time(9), time(10))
        }
        assert len({row.uuid for row in rows}) == 2
        assert all(len(changed_by(row)) == 1 for row in rows)

    def test_twice_makes_nothing_twice_and_names_what_is_there(
        self, coordinator: Client, rule: dict[str, Any], shown: dict[str, Any]
    ):
        for _ in range(2):
            coordinator.post(SEASON, shown | {"make": "1"})
        answer = coordinator.post(SEASON, rule | {"show": "1"})

        assert Meeting.objects.count() == 6
        assert filled(answer).get("days", []) == []
        assert text(answer).count(gettext("the network meets then already")) == 6

    def test_what_was_not_looked_through_is_shown_first(self, coordinator: Client, shown: dict[str, Any]):
        for other in ({"weekday": "2"}, {"starts": "8"}, {"shown": ""}, {"shown": "x"}):
            answer = coordinator.post(SEASON, shown | other | {"make": "1"})
            assert answer.status_code == 200
        assert not Meeting.objects.exists()

    @pytest.mark.parametrize(
        "values",
        [
            {"last_day": "30.11.2026"},
            {"last_day": "1.3.2028"},
            {"first_day": "1.12.0026"},
            {"first_day": ""},
            {"last_day": "2.12.2026"},
            {"ends": "9"},
            {"rule": "x"},
            {"weekday": "7"},
            {"local_network": "999"},
            {"local_network": "x"},
            {"place": "999"},
            {"remote_link": ""},
            {"remote_link": "javascript:alert(1)"},
            {"kind": "x"},
            {"topic_fi": "x" * 161},
        ],
        ids=str,
    )
    def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
        self, coordinator: Client, rule: dict[str, Any], values: dict[str, str]
    ):
        answer = coordinator.post(SEASON, rule | values | {"show": "1"})

        assert answer.status_code == 400
        assert errors(answer)
        assert filled(answer)["topic_fi"] == [values.get("topic_fi", "Aamukahvit")]
        assert not Meeting.objects.exists()

    @pytest.mark.parametrize("days", [["x"], ["2026-12-04"], ["2026-12-03", "2026-12-03"], []])
    def test_only_dates_that_were_offered_are_made(
        self, coordinator: Client, shown: dict[str, Any], days: list[str]
    ):
        coordinator.post(SEASON, shown | {"days": days, "make": "1"})
        made = [row.day.isoformat() for row in Meeting.objects.all()]
        assert made == sorted({day for day in days if day in THURSDAYS})

    def test_every_rule_gives_its_dates(self, coordinator: Client, rule: dict[str, Any]):
        def days(name: str) -> list[str]:
            sent = rule | {"rule": name, "last_day": "31.1.2027", "show": "1"}
            page = html.fromstring(coordinator.post(SEASON, sent).content.decode())
            return [value[5:] for value in page.xpath("//input[@name='days']/@value")]

        every = ["12-03", "12-10", "12-17", "12-24", "12-31", "01-07", "01-14", "01-21", "01-28"]
        # 2026 has 53 weeks: after the odd one comes the odd week 1.
        assert days("every") == every
        assert days("even") == ["12-10", "12-24", "01-14", "01-28"]
        assert days("odd") == ["12-03", "12-17", "12-31", "01-07", "01-21"]
        assert days("fourth") == ["12-24", "01-28"]
        assert days("last") == ["12-31", "01-28"]

    def test_a_network_or_a_place_of_another_centre_is_not_used(
        self, coordinator: Client, rule: dict[str, Any], elsewhere: Meeting
    ):
        place = PlaceFactory(home=elsewhere.local_network.centre)
        for values in ({"local_network": str(elsewhere.local_network_id)}, {"place": str(place.pk)}):
            assert coordinator.post(SEASON, rule | values | {"show": "1"}).status_code == 400

    def test_somebody_who_keeps_nothing_does_not_come_in(self, client: Client, db: Any):
        assert client.get(SEASON).status_code == 302

    def test_the_list_leads_there(self, coordinator: Client):
        assert SEASON in html.fromstring(coordinator.get(LIST).content.decode()).xpath("//a/@href")

    def test_a_year_of_weeks_costs_no_more_to_show(
        self, coordinator: Client, rule: dict[str, Any], local: LocalNetwork
    ):
        def cost(**values: str) -> int:
            with CaptureQueriesContext(connection) as queries:
                assert coordinator.post(SEASON, rule | values | {"show": "1"}).status_code == 200
            return len(queries)

        assert cost() == cost(rule="every", last_day="4.1.2028")

    def test_days_made_meanwhile_are_passed_over(self, local: LocalNetwork, administrator: User):
        like = Meeting(local_network=local, starts=time(9), ends=time(10))
        days = [date(2026, 12, 3), date(2026, 12, 10)]
        MeetingFactory(local_network=local, day=days[0])

        assert [row.day for row in make_season(like=like, days=days, user=administrator)] == days[1:]
