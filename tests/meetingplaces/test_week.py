"""The week of a centre's meeting places, as families read it."""

from datetime import date, time

import pytest
from django.urls import reverse
from lxml import html

from centres.previews import token_of
from centres.publishing import Status
from meetingplaces.models import Session, SessionChange, WeekRule
from services.models import Weekday
from tests.factories import (
    AgeGroupFactory,
    ClosureFactory,
    FamilyCentreFactory,
    MeetingPlaceFactory,
    OfferingFactory,
    OrganisationFactory,
    PlaceFactory,
    SeasonFactory,
    SessionChangeFactory,
    SessionFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return FamilyCentreFactory(slug="kunta")


@pytest.fixture
def season(centre):
    return SeasonFactory(centre=centre, last_day=date(2027, 5, 28))


@pytest.fixture
def kahvila(centre, season):
    """A family café on Wednesdays."""
    place = PlaceFactory(name_fi="Seurakuntatalo", district="Ounasrinne")
    row = MeetingPlaceFactory(centre=centre, slug="kahvila", name_fi="Perhekahvila", place=place)
    SessionFactory(meeting_place=row, season=season)
    return row


def page(client, path="/kunta/kohtaamispaikat/", **query):
    response = client.get(path, query)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def text(element):
    return " ".join(element.text_content().split())


def days(tree):
    """What each day of the week holds, by its heading."""
    return {
        text(day.find(".//h3")): [text(slot) for slot in day.find_class("slot")]
        for day in tree.find_class("day")
    }


def links_of(tree):
    """The links to other weeks."""
    return tree.find_class("week__nav")[0].findall(".//a")


def next_dates(tree):
    return tree.find_class("next-dates")[0].findall("li")


def names(tree):
    return [text(name) for name in tree.find_class("slot__name")]


def test_the_week_shows_each_day_with_what_is_on(client, kahvila):
    shown = days(page(client))
    assert list(shown) == [
        "Maanantai 16.11.",
        "Tiistai 17.11.",
        "Keskiviikko 18.11. tänään",
        "Torstai 19.11.",
        "Perjantai 20.11.",
        "Lauantai 21.11.",
        "Sunnuntai 22.11.",
    ]
    (slot,) = shown["Keskiviikko 18.11. tänään"]
    assert slot.startswith("9.30–11.30 Perhekahvila Seurakuntatalo, Ounasrinne")
    assert "Maksuton" in slot
    assert "Saa vain tulla." in slot


def test_today_can_be_scrolled_to(client, kahvila):
    today = page(client).get_element_by_id("today")
    assert "tänään" in text(today)


def test_any_week_has_an_address_and_leads_to_its_neighbours(client, kahvila):
    tree = page(client, "/kunta/kohtaamispaikat/viikko/2026-W53/")
    assert text(tree.find(".//h2")) == "Viikko 53 28.12.2026–3.1.2027"
    assert [link.get("href") for link in links_of(tree)] == [
        "/kunta/kohtaamispaikat/viikko/2026-W52/#week",
        "/kunta/kohtaamispaikat/#today",
        "/kunta/kohtaamispaikat/viikko/2027-W01/#week",
    ]


@pytest.mark.parametrize("week", ["2026-W54", "0000-W01", "9999-W01", "2027-W53", "ensi-viikko", "2026-w47"])
def test_a_week_that_there_is_not_is_told_with_a_way_on(client, kahvila, week):
    response = client.get(f"/kunta/kohtaamispaikat/viikko/{week}/")
    assert response.status_code == 404
    assert "/kunta/" in response.content.decode()


def test_the_week_of_epiphany_says_what_is_closed_and_why(client, kahvila):
    tree = page(client, "/kunta/kohtaamispaikat/viikko/2027-W01/")
    (slot,) = tree.find_class("slot--off")
    assert "Ei tällä kertaa: Loppiainen" in text(slot)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason_fi": "Ohjaaja on sairas"}, "Peruttu: Ohjaaja on sairas"),
        ({"kind": SessionChange.Kind.MOVED, "starts": time(13)}, "Eri aika kuin tavallisesti"),
        (
            {"kind": SessionChange.Kind.MOVED, "place": None, "to_day": date(2026, 11, 20)},
            "uusi päivä pe 20.11.",
        ),
        (
            {"kind": SessionChange.Kind.NOTED, "note_fi": "Terveydenhoitaja on paikalla"},
            "Terveydenhoitaja on paikalla",
        ),
    ],
)
def test_what_is_different_today_is_said_in_words(client, kahvila, change, said):
    SessionChangeFactory(session=kahvila.sessions.get(), **change)
    assert said in days(page(client))["Keskiviikko 18.11. tänään"][0]


def test_what_was_moved_and_then_cancelled_is_off_where_families_were_sent_too(client, kahvila):
    SessionChangeFactory(
        session=kahvila.sessions.get(), to_day=date(2026, 11, 20), reason_fi="Ohjaaja on sairas"
    )
    shown = days(page(client))
    assert "Peruttu: Ohjaaja on sairas" in shown["Keskiviikko 18.11. tänään"][0]
    assert "Peruttu: Ohjaaja on sairas" in shown["Perjantai 20.11."][0]


def test_an_extra_date_that_is_cancelled_stays_with_its_reason(client, kahvila):
    friday = date(2026, 11, 20)
    SessionChangeFactory(
        session=kahvila.sessions.get(), day=friday, to_day=friday, reason_fi="Ohjaaja on sairas"
    )
    assert "Peruttu: Ohjaaja on sairas" in days(page(client))["Perjantai 20.11."][0]


def test_a_moved_date_stands_on_both_days(client, kahvila):
    SessionChangeFactory(
        session=kahvila.sessions.get(), kind=SessionChange.Kind.MOVED, to_day=date(2026, 11, 20)
    )
    shown = days(page(client))
    assert "uusi päivä pe 20.11." in shown["Keskiviikko 18.11. tänään"][0]
    assert "Siirretty päivästä ke 18.11." in shown["Perjantai 20.11."][0]


def test_a_school_holiday_is_given_as_the_reason(client, centre, kahvila):
    ClosureFactory(centre=centre, school_holiday=True)
    tree = page(client, "/kunta/kohtaamispaikat/viikko/2026-W43/")
    assert "Ei tällä kertaa: Syysloma" in text(tree.find_class("slot--off")[0])


def test_drafts_and_the_meeting_places_of_other_centres_are_not_shown(client, kahvila, season):
    SessionFactory(
        meeting_place=MeetingPlaceFactory(centre=kahvila.centre, status=Status.DRAFT), season=season
    )
    SessionFactory()
    assert names(page(client)) == ["Perhekahvila"]


def test_rows_that_have_come_to_contradict_each_other_break_no_page(client, kahvila, season):
    session = kahvila.sessions.get()
    SessionChangeFactory(session=session, kind=SessionChange.Kind.MOVED, ends=time(10))
    kahvila.sessions.update(starts=time(10), ends=time(12))
    SessionFactory(meeting_place=kahvila, season=season, valid_from=date(2027, 5, 27), weekday=Weekday.MONDAY)
    type(season).objects.update(last_day=date(2027, 5, 1))

    (slot,) = days(page(client))["Keskiviikko 18.11. tänään"]
    assert slot.startswith("10–12 Perhekahvila")
    for path in ("", "kahvila/", "calendar.ics", "changes.atom", f"kausi/{season.slug}/"):
        assert client.get(f"/kunta/kohtaamispaikat/{path}").status_code == 200, path


def test_an_empty_week_says_so(client, centre):
    assert "Tällä viikolla ei ole kohtaamispaikkoja." in text(page(client))


class TestFilters:
    @pytest.fixture(autouse=True)
    def two_places(self, centre, season, kahvila):
        kahvila.from_month = 12
        kahvila.save()
        parish = OrganisationFactory(slug="seurakunta", name_fi="Seurakunta")
        babies = MeetingPlaceFactory(
            centre=centre,
            name_fi="Vauvakerho",
            from_month=0,
            to_month=12,
            organiser=parish,
            needs_registration=True,
        )
        SessionFactory(meeting_place=babies, season=season, weekday=Weekday.THURSDAY)

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"age": "7 kk"}, ["Vauvakerho"]),
            ({"age": "0"}, ["Vauvakerho"]),
            ({"age": "0 v"}, ["Vauvakerho"]),
            ({"age": "3"}, ["Perhekahvila"]),
            ({"age": "3-vuotias"}, ["Perhekahvila"]),
            ({"group": "vauvat"}, ["Vauvakerho"]),
            ({"organiser": "seurakunta"}, ["Vauvakerho"]),
            ({"district": "Ounasrinne"}, ["Perhekahvila"]),
            ({"weekday": "3"}, ["Vauvakerho"]),
            ({"open": "on"}, ["Perhekahvila"]),
            ({"age": "7 kk", "weekday": "2"}, []),
            ({}, ["Perhekahvila", "Vauvakerho"]),
        ],
    )
    def test_each_filter_narrows(self, client, centre, query, found):
        AgeGroupFactory(centre=centre, slug="vauvat", name_fi="Vauvat", from_month=0, to_month=12)
        assert names(page(client, **query)) == found

    def test_the_choice_goes_along_to_the_next_week(self, client):
        links = links_of(page(client, age="7 kk"))
        assert links[-1].get("href") == "/kunta/kohtaamispaikat/viikko/2026-W48/?age=7+kk#week"

    @pytest.mark.parametrize(
        "query", [{"age": "iso"}, {"organiser": "ei-ole"}, {"weekday": "9"}, {"age": "999"}]
    )
    def test_a_filter_that_nobody_offers_is_told_and_narrows_nothing(self, client, query):
        tree = page(client, **query)
        assert names(tree) == ["Perhekahvila", "Vauvakerho"]
        assert tree.xpath("//*[@aria-invalid]")

    def test_what_was_chosen_is_told_and_other_weekdays_are_left_out(self, client):
        tree = page(client, age="7 kk", weekday="3")
        assert "Näkyvissä on vain se, minkä valitsit: 7 kk, torstai." in text(tree)
        assert list(days(tree)) == ["Torstai 19.11."]
        assert "7 kk, torstai" in tree.findtext(".//title")

    def test_a_day_without_what_was_chosen_is_not_said_to_be_empty(self, client):
        tree = page(client, age="7 kk")
        assert "Ei mitään näillä valinnoilla." in text(tree)
        assert "Tänä päivänä ei ole mitään." not in text(tree)

    @pytest.mark.parametrize(("age", "offered"), [("7", True), ("24", False), ("0", False), ("7 kk", False)])
    def test_a_number_that_may_be_months_is_offered_as_months(self, client, age, offered):
        links = page(client, age=age).xpath("//a[contains(., 'kuukauden ikäiselle')]/@href")
        assert links == ([f"?age={age}+kk#week"] if offered else [])

    @pytest.mark.parametrize(("kind", "found"), [("peer", ["Vauvakerho"]), ("open", ["Perhekahvila"])])
    def test_groups_are_found_by_their_kind(self, client, kind, found):
        Session.objects.filter(weekday=Weekday.THURSDAY).update(kind="peer")
        assert names(page(client, kind=kind)) == found

    def test_when_nothing_is_left_the_reader_is_told_what_to_do(self, client):
        tree = page(client, age="7 kk", weekday="2")
        assert "Näillä valinnoilla tällä viikolla ei ole mitään." in text(tree)


class TestOnePlace:
    def test_it_says_when_next_where_and_for_whom(self, client, kahvila):
        tree = page(client, kahvila.get_absolute_url())
        dates = [text(each) for each in next_dates(tree)]
        assert dates[0] == "ke 18.11., 9.30–11.30"
        assert len(dates) == 5
        assert "Seurakuntatalo" in text(tree)

    def test_what_is_cancelled_stands_among_the_next_dates_with_its_reason(self, client, kahvila):
        SessionChangeFactory(session=kahvila.sessions.get(), reason_fi="Ohjaaja on sairas")
        first, second, *_more = [text(each) for each in next_dates(page(client, kahvila.get_absolute_url()))]
        assert first == "ke 18.11., 9.30–11.30 Peruttu: Ohjaaja on sairas"
        assert second == "ke 25.11., 9.30–11.30"

    def test_of_a_long_closure_the_first_dates_are_told_and_then_the_next_that_are_on(
        self, client, centre, kahvila
    ):
        ClosureFactory(centre=centre, first_day=date(2026, 11, 18), last_day=date(2027, 1, 31))
        dates = [text(each) for each in next_dates(page(client, kahvila.get_absolute_url()))]
        assert [each[:9] for each in dates] == [
            *("ke 18.11.", "ke 25.11.", "ke 2.12.,", "ke 9.12.,"),
            *("ke 3.2., ", "ke 10.2.,", "ke 17.2.,", "ke 24.2.,", "ke 3.3., "),
        ]

    def test_nobody_is_told_to_just_come_to_a_closed_group(self, client, kahvila, season):
        assert "Saa vain tulla." in text(page(client, kahvila.get_absolute_url()))
        SessionFactory(
            meeting_place=kahvila,
            season=season,
            weekday=Weekday.THURSDAY,
            kind="closed",
            how_to_join_fi="Kysy neuvolasta.",
        )
        tree = page(client, kahvila.get_absolute_url())
        # Where some dates are open, each of those says so by itself.
        assert text(next_dates(tree)[0]) == "ke 18.11., 9.30–11.30 Saa vain tulla."
        assert "Saa vain tulla. Ilmoittautua" not in text(tree)
        assert text(next_dates(tree)[1]) == "to 19.11., 9.30–11.30 – suljettu ryhmä Kysy neuvolasta."

    def test_a_service_that_readers_do_not_see_is_not_named(self, client, kahvila):
        kahvila.offering = OfferingFactory(centre=kahvila.centre, name_fi="Luistelukerho")
        kahvila.save()
        assert "Luistelukerho" in text(page(client, kahvila.get_absolute_url()))
        kahvila.offering.status = Status.DRAFT
        kahvila.offering.save()
        assert "Luistelukerho" not in text(page(client, kahvila.get_absolute_url()))

    def test_the_season_has_the_order_of_the_week_single_dates_last_and_none_gone_by(
        self, client, kahvila, season
    ):
        for day in (date(2026, 11, 27), date(2026, 11, 17)):
            SessionFactory(meeting_place=kahvila, season=season, rule=WeekRule.ONCE, weekday=None, day=day)
        SessionFactory(meeting_place=kahvila, season=season, weekday=Weekday.MONDAY)
        lines = page(client, kahvila.get_absolute_url()).xpath("//section[@aria-labelledby='season-1']//li")
        assert [text(line).split(",")[0] for line in lines] == ["Maanantai", "Keskiviikko", "27.11.2026"]

    def test_even_weeks_are_said(self, client, kahvila, season):
        SessionFactory(
            meeting_place=kahvila,
            season=season,
            rule=WeekRule.EVEN,
            weekday=Weekday.MONDAY,
            starts=time(17, 30),
            ends=time(19),
        )
        assert "Maanantai, parilliset viikot, 17.30–19" in text(page(client, kahvila.get_absolute_url()))

    def test_a_place_that_is_not_known_is_asked_from_the_organiser(self, client, kahvila):
        kahvila.place = None
        kahvila.save()
        assert "Kysy järjestäjältä, missä tavataan." in text(page(client, kahvila.get_absolute_url()))

    @pytest.mark.parametrize("told_by", ["itself", "its service"])
    def test_what_is_about_something_sensitive_can_be_left_quickly(self, client, kahvila, told_by):
        topic = TopicFactory(sensitive=True)
        if told_by == "itself":
            kahvila.topics.add(topic)
        else:
            kahvila.offering = OfferingFactory(centre=kahvila.centre)
            kahvila.offering.service.topics.add(topic)
            kahvila.save()
        answer = client.get(kahvila.get_absolute_url())
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "data-quick-exit" in answer.content.decode()

    def test_what_is_not_keeps_no_secret(self, client, kahvila):
        assert "data-quick-exit" not in client.get(kahvila.get_absolute_url()).content.decode()

    def test_a_draft_is_seen_by_nobody_without_the_link_to_look_beforehand(self, client, kahvila):
        kahvila.status = Status.DRAFT
        kahvila.save()
        assert client.get(kahvila.get_absolute_url()).status_code == 404
        beforehand = page(client, reverse("preview", kwargs={"token": token_of(kahvila)}))
        assert text(beforehand.find(".//h1")) == "Perhekahvila"


def many_sessions(centre, season, number):
    for _ in range(number):
        row = MeetingPlaceFactory(centre=centre)
        change = SessionChangeFactory(session=SessionFactory(meeting_place=row, season=season))
        change.session.languages.clear()


@pytest.mark.parametrize("path", ["", "viikko/2026-W47/"])
def test_the_week_costs_ten_queries_whatever_the_number_of_sessions(
    client, centre, season, django_assert_max_num_queries, path
):
    many_sessions(centre, season, 3)
    client.get(f"/kunta/kohtaamispaikat/{path}")
    with django_assert_max_num_queries(10) as few:
        client.get(f"/kunta/kohtaamispaikat/{path}")
    many_sessions(centre, season, 12)
    with django_assert_max_num_queries(10) as many:
        client.get(f"/kunta/kohtaamispaikat/{path}")
    assert len(few) == len(many)
