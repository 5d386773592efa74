"""We might come: one tap, no cookie, no name."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override
from lxml import html

from centres.publishing import Status
from meetingplaces import coming
from meetingplaces.models import Coming, Session, SessionChange, WeekRule
from meetingplaces.throttle import MOST_A_DAY, MOST_AT_ONE_PLACE, Tap, take
from services.models import Weekday
from tests.factories import (
    ClosureFactory,
    ComingFactory,
    FamilyCentreFactory,
    MeetingPlaceFactory,
    SeasonFactory,
    SessionChangeFactory,
    SessionFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

PAGE = "/kunta/kohtaamispaikat/kahvila/"
WEEK = "/kunta/kohtaamispaikat/viikko/2026-W48/"
HERE = "http://testserver"
TODAY = date(2026, 11, 18)
NEXT_WEEK = date(2026, 11, 25)
HELSINKI = ZoneInfo("Europe/Helsinki")
PRODUCTION_CACHE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
# Rows of the cache: whether this date was tapped, and two totals; the key.
OF_ONE_TAP, OF_THE_DAY = 3, 1


@pytest.fixture
def client():
    """A browser that, as all of our readers' do, has no CSRF cookie to show."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def kahvila():
    """A family café that wants to know who might come."""
    centre = FamilyCentreFactory(slug="kunta")
    return MeetingPlaceFactory(centre=centre, slug="kahvila", name_fi="Perhekahvila", counts_families=True)


@pytest.fixture
def session(kahvila):
    """It is open on Wednesdays from 9.30 to 11.30; tests happen on a Wednesday at ten."""
    return SessionFactory(meeting_place=kahvila, season=SeasonFactory(centre=kahvila.centre))


def address(slug="kahvila"):
    return reverse("meetingplaces:we_might_come", kwargs={"centre": "kunta", "slug": slug})


def after(session, became="first"):
    """Where a tap for next week leads to."""
    return f"{PAGE}?tap={became}&date={NEXT_WEEK}_{session.pk}"


def on_the_same_day(place, season, number):
    """So many sessions of `place`, one hour after the other on Wednesdays."""
    times = [(time(hour), time(hour, 30)) for hour in range(12, 12 + number)]
    return [
        SessionFactory(meeting_place=place, season=season, starts=starts, ends=ends) for starts, ends in times
    ]


def tap(client, session, day=NEXT_WEEK, origin=HERE, sender="192.0.2.1", at="kahvila", **more):
    headers = {"origin": origin} if origin else {}
    data = {"date": f"{day}_{session.pk}"}
    return client.post(address(at), data, headers=headers | more, REMOTE_ADDR=sender)


def counted():
    return {row.day: row.families for row in Coming.objects.all()}


def page(client, path=PAGE):
    return html.fromstring(client.get(path).content.decode())


def text(element):
    return " ".join(element.text_content().split())


def buttons(tree):
    """What each button of the page sends."""
    return tree.xpath("//button[@form='we-might-come']/@value")


def in_words(number):
    """The count as pages say it."""
    words = ngettext("%(number)s family might come", "%(number)s families might come", number)
    return words % {"number": number}


class TestATap:
    def test_is_counted_and_leads_back_to_the_page_which_says_thank_you(self, client, session):
        answer = tap(client, session)
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"{after(session)}#next"
        assert counted() == {NEXT_WEEK: 1}
        told = page(client, answer.headers["Location"]).xpath("//*[@role='status']")
        assert [text(each) for each in told] == [
            gettext("Thank you! You might come on %(day)s: the organiser knows it now.")
            % {"day": "ke 25.11."}
        ]

    def test_of_many_families_adds_up_on_each_date(self, client, session):
        for number in range(3):
            tap(client, session, sender=f"192.0.2.{number}")
        tap(client, session, day=TODAY)
        assert counted() == {TODAY: 1, NEXT_WEEK: 3}

    def test_sets_no_cookie_wherever_it_leads(self, client, session):
        answers = [tap(client, session), tap(client, session), tap(client, session, origin="null")]
        answers += [client.get(PAGE), client.get(after(session)), client.get(address())]
        assert [answer.cookies for answer in answers] == [{}] * len(answers)
        assert client.cookies == {}

    def test_is_told_of_in_the_language_of_the_page(self, client, session):
        with override("sv"):
            answer = tap(client, session)
        assert answer.headers["Location"].startswith("/sv/kunta/")

    def test_of_two_at_once_loses_neither(self, session):
        """Both find that nobody was counted yet, and both count by what the database then has."""
        place = session.meeting_place
        seen = [coming.named(place.centre, place, f"{NEXT_WEEK}_{session.pk}", "fi") for _tap in range(2)]
        assert [coming.families(each) for each in seen] == [0, 0]
        for each in seen:
            coming.count(each, TODAY)
        assert counted() == {NEXT_WEEK: 2}


class TestRefused:
    """What is not counted says why."""

    def refused(self, answer, status, why=""):
        assert answer.status_code == status
        assert counted() == {}
        tree = html.fromstring(answer.content.decode())
        assert gettext(why) in text(tree.find_class("page-head")[0])
        assert tree.xpath(f"//main//a[@href='{PAGE}']")
        assert tree.xpath("//meta[@name='robots'][@content='noindex']")
        return text(tree.find_class("page-head")[0])

    @pytest.mark.parametrize("origin", [None, "null", "https://elsewhere.example", "https://testserver"])
    def test_from_another_origin_or_none(self, client, session, origin):
        self.refused(tap(client, session, origin=origin), 403)

    def test_from_what_the_browser_calls_another_site(self, client, session):
        self.refused(tap(client, session, **{"sec-fetch-site": "cross-site"}), 403)

    def test_when_it_is_cancelled_with_the_reason(self, client, session):
        SessionChangeFactory(session=session, day=NEXT_WEEK, reason_fi="Ohjaaja on kipeä")
        answer = tap(client, session)
        assert "Ohjaaja on kipeä" in self.refused(answer, 409, "It is not held on this date.")

    def test_when_everything_is_closed_with_the_reason(self, client, session):
        ClosureFactory(centre=session.season.centre, first_day=NEXT_WEEK, last_day=NEXT_WEEK)
        assert "Syysloma" in self.refused(tap(client, session), 409, "It is not held on this date.")

    def test_when_it_has_moved_with_its_new_date(self, client, session):
        moved = {"kind": SessionChange.Kind.MOVED, "to_day": date(2026, 11, 26)}
        SessionChangeFactory(session=session, day=NEXT_WEEK, **moved)
        answer = tap(client, session)
        assert "to 26.11." in self.refused(answer, 409, "It is not held on this date.")

    def test_when_it_is_over(self, client, session, time_machine):
        self.refused(tap(client, session, day=date(2026, 11, 11)), 409, "This date is over already.")
        time_machine.move_to(datetime(2026, 11, 18, 11, 30, tzinfo=HELSINKI))
        self.refused(tap(client, session, day=TODAY), 409, "This date is over already.")

    def test_when_it_is_more_than_fifteen_days_off(self, client, session):
        answer = tap(client, session, day=date(2026, 12, 9))
        self.refused(answer, 409, "This date is still far off. Tell again when it is nearer.")

    def test_on_a_date_on_which_it_is_never_held(self, client, session):
        self.refused(tap(client, session, day=date(2026, 11, 19)), 404)

    @pytest.mark.parametrize(
        "name",
        ["", "_", "x", "2026-11-25", "2026-11-25_", "2026-11-25_x", "20261125_1", "9999-12-31_1", "\0_1"],
    )
    def test_when_nobody_can_tell_what_it_is_of(self, client, session, name):
        answer = client.post(address(), {"date": name}, headers={"origin": HERE})
        self.refused(answer, 404)

    def test_when_it_is_of_another_meeting_place(self, client, session):
        elsewhere = MeetingPlaceFactory(centre=session.season.centre, counts_families=True)
        other = SessionFactory(meeting_place=elsewhere, season=session.season)
        self.refused(tap(client, other), 404)

    def test_when_it_is_a_closed_group(self, client, session):
        session.kind = Session.Kind.CLOSED
        session.how_to_join_fi = "Kysy neuvolasta."
        session.save()
        self.refused(tap(client, session), 404)

    def test_when_as_many_families_as_there_is_room_for_have_told(self, client, session):
        session.capacity = 2
        session.save()
        for number in range(2):
            assert tap(client, session, sender=f"192.0.2.{number}").status_code == 303
        answer = tap(client, session, sender="192.0.2.9")
        assert answer.status_code == 409
        assert counted() == {NEXT_WEEK: 2}

    @pytest.mark.parametrize("wrong", [{"counts_families": False}, {"status": Status.DRAFT}])
    def test_where_nobody_asks_or_may_read(self, client, session, wrong):
        type(session.meeting_place).objects.update(**wrong)
        assert tap(client, session).status_code == 404
        assert counted() == {}

    def test_where_the_page_names_no_referrer_and_so_does_not_ask(self, client, session):
        session.meeting_place.topics.add(TopicFactory(sensitive=True))
        tree = page(client)
        assert buttons(tree) == []
        assert tree.xpath("//form[@id='we-might-come']") == []
        assert tap(client, session).status_code == 404

    def test_in_another_centre(self, client, session):
        session.meeting_place.centre = FamilyCentreFactory(slug="toinen")
        session.meeting_place.save()
        assert tap(client, session).status_code == 404

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_as_anything_but_a_form(self, client, session, method):
        assert getattr(client, method)(address(), headers={"origin": HERE}).status_code == 405

    def test_its_address_read_leads_to_the_page_of_the_place(self, client, session):
        answer = client.get(address())
        assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
        assert counted() == {}


class TestThrottle:
    def test_a_second_tap_of_one_address_says_kindly_that_it_is_counted(self, client, session):
        tap(client, session)
        answer = tap(client, session)
        assert answer.headers["Location"] == f"{after(session, 'again')}#next"
        assert counted() == {NEXT_WEEK: 1}
        assert page(client, answer.headers["Location"]).xpath("//*[@role='status']")

    @pytest.mark.parametrize(
        ("one", "other", "families"),
        [
            ("192.0.2.1", "192.0.2.2", 2),
            ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", 1),
            ("2001:db8:0:1::1", "2001:db8:0:ff::1", 1),
            ("2001:db8:0:1::1", "2001:db8:0:100::1", 2),
            ("::ffff:192.0.2.1", "192.0.2.1", 1),
            ("::ffff:192.0.2.1", "::ffff:192.0.2.2", 2),
        ],
    )
    def test_an_address_is_one_of_ipv4_or_a_network_of_ipv6(self, client, session, one, other, families):
        tap(client, session, sender=one)
        tap(client, session, sender=other)
        assert counted() == {NEXT_WEEK: families}

    def test_behind_a_proxy_it_is_the_address_that_the_proxy_says(self, client, session, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        for number in range(2):
            tap(client, session, **{"x-forwarded-for": f"192.0.2.{number}"})
        assert counted() == {NEXT_WEEK: 2}

    def test_many_taps_of_one_address_at_one_place_are_too_many(self, client, session):
        dates = [session, *on_the_same_day(session.meeting_place, session.season, MOST_AT_ONE_PLACE)]
        answers = [tap(client, each) for each in dates]
        assert [answer.status_code for answer in answers] == [303] * MOST_AT_ONE_PLACE + [429]
        assert html.fromstring(answers[-1].content.decode()).xpath(f"//main//a[@href='{PAGE}']")
        assert tap(client, dates[-1], sender="192.0.2.2").status_code == 303
        assert tap(client, session).headers["Location"] == f"{after(session, 'again')}#next"

    def test_many_taps_of_one_address_at_many_places_are_too_many(self, client, session):
        dates = []
        for number in range(MOST_A_DAY // MOST_AT_ONE_PLACE + 1):
            place = MeetingPlaceFactory(
                centre=session.season.centre, slug=f"paikka-{number}", counts_families=True
            )
            dates += on_the_same_day(place, session.season, MOST_AT_ONE_PLACE)
        answers = [tap(client, each, at=each.meeting_place.slug).status_code for each in dates]
        assert answers == [303] * MOST_A_DAY + [429] * MOST_AT_ONE_PLACE
        assert tap(client, session, sender="192.0.2.2").status_code == 303

    def test_the_next_day_is_a_new_one(self, client, session, time_machine):
        tap(client, session)
        time_machine.move_to(datetime(2026, 11, 19, 0, 1, tzinfo=HELSINKI))
        tap(client, session)
        assert counted() == {NEXT_WEEK: 2}

    def test_the_address_is_kept_nowhere(self, client, session):
        tap(client, session)
        kept = " ".join(f"{key} {cache._cache[key]}" for key in cache._cache)
        assert "192.0.2.1" not in kept
        assert len(cache._cache) == OF_ONE_TAP + OF_THE_DAY


class TestForgetting:
    """In the cache that production has: a table, from which Django deletes little by itself."""

    @pytest.fixture(autouse=True)
    def table(self, settings):
        settings.CACHES = {"default": PRODUCTION_CACHE}

    def kept(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM cache")
            return cursor.fetchone()[0]

    def test_the_first_tap_of_a_day_deletes_all_that_was_kept_of_the_day_before(
        self, client, session, time_machine
    ):
        for number in range(3):
            tap(client, session, sender=f"192.0.2.{number}")
        assert self.kept() == 3 * OF_ONE_TAP + OF_THE_DAY
        time_machine.move_to(datetime(2026, 11, 19, 0, 0, 1, tzinfo=HELSINKI))
        tap(client, session, sender="192.0.2.9")
        assert self.kept() == OF_ONE_TAP + OF_THE_DAY

    def test_when_nobody_taps_a_command_of_the_night_does(self, client, session, time_machine):
        ComingFactory(session=session, day=date(2026, 11, 11))
        tap(client, session)
        call_command("forget_old")
        assert self.kept() == OF_ONE_TAP + OF_THE_DAY
        assert counted() == {date(2026, 11, 11): 1, NEXT_WEEK: 1}
        time_machine.move_to(datetime(2026, 11, 19, 0, 5, tzinfo=HELSINKI))
        call_command("forget_old")
        assert self.kept() == 0
        assert counted() == {NEXT_WEEK: 1}

    @pytest.mark.parametrize("day", [date(2027, 3, 28), date(2026, 10, 25)])
    def test_it_is_midnight_also_when_clocks_change(self, client, session, time_machine, day):
        time_machine.move_to(datetime.combine(day, time(0, 30), tzinfo=HELSINKI))
        now = timezone.localtime()
        request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")
        take(request, session.meeting_place, "name", now)
        time_machine.move_to(datetime.combine(day, time(23, 59), tzinfo=HELSINKI))
        assert take(request, session.meeting_place, "name", timezone.localtime()) is Tap.AGAIN
        time_machine.move_to(datetime.combine(day + timedelta(days=1), time(0, 0, 2), tzinfo=HELSINKI))
        call_command("forget_old")
        assert self.kept() == 0


class TestThePage:
    def test_has_a_button_for_each_date_of_the_next_fifteen_days(self, client, session):
        days = (TODAY, NEXT_WEEK, date(2026, 12, 2))
        assert buttons(page(client)) == [f"{day}_{session.pk}" for day in days]

    def test_calls_each_button_by_what_it_does_and_when(self, client, session):
        tree = page(client)
        names = tree.xpath("//button[@form='we-might-come']/@aria-labelledby")
        said = [" ".join(text(tree.get_element_by_id(each)) for each in name.split()) for name in names]
        assert said[1] == f"{gettext('We might come')} ke 25.11., 9.30–11.30"
        assert len(set(said)) == 3

    def test_has_no_button_for_what_is_over(self, client, session, time_machine):
        time_machine.move_to(datetime(2026, 11, 18, 12, 0, tzinfo=HELSINKI))
        assert f"{TODAY}_{session.pk}" not in buttons(page(client))

    def test_asks_of_what_was_moved_on_the_day_to_which_it_went(self, client, session):
        thursday = date(2026, 11, 26)
        SessionChangeFactory(session=session, day=NEXT_WEEK, kind=SessionChange.Kind.MOVED, to_day=thursday)
        assert buttons(page(client))[1] == f"{thursday}_{session.pk}"
        assert tap(client, session, day=thursday).status_code == 303

    @pytest.mark.parametrize("families", [1, 2, 12])
    def test_says_how_many_might_come_and_so_does_the_week(self, client, session, families):
        ComingFactory(session=session, day=NEXT_WEEK, families=families)
        dates = [text(each) for each in page(client).find_class("next-dates")[0]]
        assert [in_words(families) in each for each in dates] == [False, True, False, False, False]
        (slot,) = page(client, WEEK).find_class("slot")
        assert in_words(families) in text(slot)

    def test_does_not_say_that_nobody_might_come(self, client, session):
        ComingFactory(session=session, day=NEXT_WEEK, families=0)
        for path in (PAGE, WEEK):
            assert in_words(0) not in text(page(client, path).find(".//main"))

    def test_says_nothing_where_nobody_asks(self, client, session):
        ComingFactory(session=session, day=NEXT_WEEK, families=2)
        type(session.meeting_place).objects.update(counts_families=False)
        tree = page(client)
        assert buttons(tree) == []
        assert tree.xpath("//form[@id='we-might-come']") == []
        for path in (PAGE, WEEK):
            assert in_words(2) not in text(page(client, path).find(".//main"))

    def test_says_nothing_of_a_closed_group(self, client, session):
        session.kind = Session.Kind.CLOSED
        session.how_to_join_fi = "Kysy neuvolasta."
        session.save()
        assert buttons(page(client)) == []

    def test_asks_of_one_date_too(self, client, kahvila):
        day = date(2026, 11, 21)
        once = SessionFactory(
            meeting_place=kahvila,
            season=SeasonFactory(centre=kahvila.centre),
            rule=WeekRule.ONCE,
            weekday=None,
            day=day,
        )
        assert buttons(page(client)) == [f"{day}_{once.pk}"]
        assert tap(client, once, day=day).status_code == 303

    @pytest.mark.parametrize("word", ["", "x", "<script>", "FIRST", "too many"])
    def test_thanks_for_no_tap_that_it_does_not_know(self, client, session, word):
        response = client.get(PAGE, {"tap": word, "date": f"{NEXT_WEEK}_{session.pk}"})
        assert 'role="status"' not in response.content.decode()
        assert "<script>" not in response.content.decode()

    def test_after_a_tap_is_kept_in_no_cache_and_is_the_same_page_to_search_engines(self, client, session):
        response = client.get(after(session))
        assert response.headers["Cache-Control"] == "no-store"
        assert f'rel="canonical" href="{HERE}{PAGE}"' in response.content.decode()
        assert "Cache-Control" not in client.get(PAGE).headers

    def test_always_lets_browsers_say_where_a_tap_comes_from(self, client, session):
        """With ``no-referrer`` they would send ``Origin: null``, and no tap would be counted."""
        for path in (PAGE, after(session), after(session, "again")):
            assert client.get(path).headers["Referrer-Policy"] == "strict-origin-when-cross-origin"

    def test_costs_as_many_queries_with_many_dates_as_with_one(
        self, client, session, django_assert_max_num_queries
    ):
        ComingFactory(session=session)
        for path in (PAGE, WEEK):
            client.get(path)
        few = {}
        for path in (PAGE, WEEK):
            with django_assert_max_num_queries(10) as queries:
                client.get(path)
            few[path] = len(queries)
        for weekday in (Weekday.MONDAY, Weekday.TUESDAY, Weekday.FRIDAY):
            more = SessionFactory(meeting_place=session.meeting_place, season=session.season, weekday=weekday)
            ComingFactory(session=more, day=NEXT_WEEK)
        for path in (PAGE, WEEK):
            with django_assert_max_num_queries(few[path]):
                client.get(path)


def test_calendar_feeds_know_nothing_of_it(client, session):
    feed = f"{PAGE[:-1]}.ics"
    before = client.get(feed).content
    tap(client, session)
    assert client.get(feed).content == before


def test_counts_of_dates_gone_by_are_thrown_away(client, session):
    for day in (date(2026, 11, 4), date(2026, 11, 11)):
        ComingFactory(session=session, day=day)
    tap(client, session)
    assert counted() == {date(2026, 11, 11): 1, NEXT_WEEK: 1}
