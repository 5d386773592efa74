"""Feeds for calendars, read back by readers that know nothing of the portal."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject
from lxml import html

from centres.models import FamilyCentre
from meetingplaces.expansion import occurrences
from meetingplaces.models import Closure, MeetingPlace, Season, Session, SessionChange, WeekRule
from services.models import Weekday
from tests.factories import (
    ClosureFactory,
    FamilyCentreFactory,
    MeetingPlaceFactory,
    OrganisationFactory,
    PlaceFactory,
    SeasonFactory,
    SessionChangeFactory,
    SessionFactory,
)
from tests.harness import machine
from tests.harness.ical_lint import faults

pytestmark = pytest.mark.django_db

HELSINKI = ZoneInfo("Europe/Helsinki")
FEED = "/kunta/kohtaamispaikat/calendar.ics"
# Both changes of clocks, ISO week 53, Christmas and Epiphany lie in these days.
YEAR = date(2026, 8, 10), date(2027, 8, 1)


@pytest.fixture
def centre():
    return FamilyCentreFactory(slug="kunta", name_fi="Kunnan perhekeskus")


@pytest.fixture
def season(centre):
    return SeasonFactory(centre=centre, first_day=YEAR[0], last_day=YEAR[1])


@pytest.fixture
def kahvila(centre, season):
    row = MeetingPlaceFactory(centre=centre, slug="kahvila", name_fi="Perhekahvila", name_sv="Familjecafé")
    SessionFactory(meeting_place=row, season=season)
    return row


@pytest.fixture
def everything(centre, season, kahvila):
    """Sessions by every rule, with every kind of change, closures and holidays."""
    wednesdays = kahvila.sessions.get()
    for rule, weekday, starts in (
        (WeekRule.ODD, Weekday.MONDAY, time(17, 30)),
        (WeekRule.EVEN, Weekday.SUNDAY, time(3, 30)),
        (WeekRule.SECOND, Weekday.THURSDAY, time(10)),
        (WeekRule.LAST, Weekday.FRIDAY, time(12)),
    ):
        SessionFactory(
            meeting_place=kahvila, season=season, rule=rule, weekday=weekday, starts=starts, ends=time(20)
        )
    SessionFactory(
        meeting_place=kahvila, season=season, rule=WeekRule.ONCE, weekday=None, day=date(2026, 11, 20)
    )
    # Every Sunday over the moment at which clocks change, 25 October 2026 and 28 March 2027. Within the hour that comes
    # twice, or not at all, readers differ from each other, and no family meets.
    SessionFactory(
        meeting_place=kahvila,
        season=season,
        weekday=Weekday.SUNDAY,
        starts=time(2, 30),
        ends=time(5),
        follows_schools=False,
        on_public_holidays=True,
    )
    kind = SessionChange.Kind
    for day, values in {
        date(2026, 8, 12): {"kind": kind.CANCELLED, "reason_fi": "Ohjaaja on sairas"},
        date(2026, 11, 18): {"kind": kind.MOVED, "starts": time(13)},
        date(2026, 11, 25): {"kind": kind.MOVED, "to_day": date(2026, 11, 26)},
        date(2026, 11, 28): {"kind": kind.EXTRA, "starts": time(12), "ends": time(14)},
        date(2026, 12, 2): {"kind": kind.NOTED, "note_fi": "Pappi mukana"},
        date(2027, 1, 6): {"kind": kind.EXTRA},
        # To another date of the rule, at the same time as it and at another; and one onto a date that is cancelled.
        date(2027, 1, 13): {"kind": kind.MOVED, "to_day": date(2027, 1, 20)},
        date(2027, 2, 3): {"kind": kind.MOVED, "to_day": date(2027, 1, 27), "starts": time(14)},
        date(2027, 2, 10): {"kind": kind.MOVED, "to_day": date(2027, 2, 17)},
        date(2027, 2, 17): {"kind": kind.CANCELLED},
        # What was moved, or extra, and then called off.
        date(2027, 3, 3): {"kind": kind.CANCELLED, "to_day": date(2027, 3, 4), "starts": time(13)},
        date(2027, 3, 6): {
            "kind": kind.CANCELLED,
            "to_day": date(2027, 3, 6),
            "reason_fi": "Sali on varattu",
        },
        # Two that change places.
        date(2027, 4, 14): {"kind": kind.MOVED, "to_day": date(2027, 4, 21)},
        date(2027, 4, 21): {"kind": kind.MOVED, "to_day": date(2027, 4, 14)},
    }.items():
        SessionChangeFactory(session=wednesdays, day=day, **values)
    # Extra dates before the first, behind the day until which it is valid, and behind the end of a season.
    before = SessionFactory(
        meeting_place=kahvila, season=season, weekday=Weekday.TUESDAY, valid_from=date(2026, 9, 1)
    )
    SessionChangeFactory(session=before, day=date(2026, 8, 20), kind=kind.EXTRA)
    autumn = SeasonFactory(centre=centre, first_day=YEAR[0], last_day=date(2026, 12, 18))
    for rule, weekday in ((WeekRule.EVERY, Weekday.THURSDAY), (WeekRule.FIRST, Weekday.TUESDAY)):
        behind = SessionFactory(meeting_place=kahvila, season=autumn, rule=rule, weekday=weekday)
        SessionChangeFactory(session=behind, day=date(2026, 12, 31), kind=kind.EXTRA)
        shorter = SessionFactory(
            meeting_place=kahvila,
            season=autumn,
            rule=rule,
            weekday=weekday,
            starts=time(13),
            ends=time(14),
            valid_until=date(2026, 10, 15),
        )
        SessionChangeFactory(session=shorter, day=date(2026, 12, 10), kind=kind.EXTRA)
    ClosureFactory(centre=centre, school_holiday=True)
    return wednesdays


def of_the_site(centre):
    """When what the site shows as on starts and ends, in a year."""
    found = occurrences(centre, MeetingPlace.objects.all(), *YEAR, "fi")
    return sorted((each.start, each.end) for each in found if each.is_on)


def document(client, path=FEED, **query):
    response = client.get(path, query)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content


def by_icalendar(content):
    calendar = icalendar.Calendar.from_ical(content)
    window = (YEAR[0] - timedelta(days=1), YEAR[1] + timedelta(days=1))
    events = recurring_ical_events.of(calendar, skip_bad_series=False).between(*window)
    return [each for each in timed(events) if each.get("STATUS") != "CANCELLED"]


def in_utc(moment):
    """`moment` as an instant: in one zone Python compares clock faces, and no time that comes twice is equal to any."""
    return moment.astimezone(UTC)


def timed(events):
    """Sessions, not the whole days of a closure."""
    return [each for each in events if isinstance(each.start, datetime)]


def by_vobject(content):
    """The starts of what is on, by a reader that leaves single dates to whoever asks."""
    events = vobject.readOne(content.decode()).vevent_list
    starts = []
    for series in (each for each in events if not hasattr(each, "recurrence_id")):
        if not isinstance(series.dtstart.value, datetime):
            continue  # the whole days of a closure
        singles = {
            each.recurrence_id.value: each
            for each in events
            if hasattr(each, "recurrence_id") and each.uid.value == series.uid.value
        }
        # It counts without a zone: the clock on the wall
        dates = list(series.getrruleset(addRDate=True)) if series.rruleset else [series.dtstart.value]
        for moment in dates:
            single = singles.pop(moment.replace(tzinfo=series.dtstart.value.tzinfo), None)
            if single is None:
                starts.append(in_utc(moment.replace(tzinfo=HELSINKI)))
            elif single.status.value != "CANCELLED":
                starts.append(in_utc(single.dtstart.value))
        assert singles == {}
    return sorted(starts)


# Every start of what is on, in the milliseconds of a moment.
BY_ICAL_JS = """([text, until]) => {
    const calendar = new ICAL.Component(ICAL.parse(text));
    calendar.getAllSubcomponents("vtimezone").forEach(each => ICAL.TimezoneService.register(each));
    const parts = calendar.getAllSubcomponents("vevent").map(each => new ICAL.Event(each));
    const starts = [];
    for (const event of parts.filter(each => !each.isRecurrenceException() && !each.startDate.isDate)) {
        parts.filter(each => each.isRecurrenceException() && each.uid === event.uid)
            .forEach(each => event.relateException(each));
        const dates = event.isRecurring() ? event.iterator() : [event.startDate][Symbol.iterator]();
        for (let next = dates.next(); next && !next.done; next = dates.next()) {
            const date = next.value ?? next;
            if (date.toUnixTime() > until) break;
            const {item, startDate} = event.getOccurrenceDetails(date);
            if (item.component.getFirstPropertyValue("status") !== "CANCELLED") starts.push(startDate.toUnixTime());
        }
    }
    return starts.sort((one, other) => one - other);
}"""


def test_a_third_reader_in_another_language_gets_the_same(page, client, centre, everything):
    page.add_script_tag(path=machine.ICAL)
    until = datetime.combine(YEAR[1], time(23), tzinfo=HELSINKI).timestamp()

    read = page.evaluate(BY_ICAL_JS, [document(client).decode(), until])

    assert read == [start.timestamp() for start, _end in of_the_site(centre)]


def test_the_dates_of_a_year_are_those_of_the_site(client, centre, everything):
    read = sorted((in_utc(each.start), in_utc(each.end)) for each in by_icalendar(document(client)))
    assert len(read) > 100
    assert read == of_the_site(centre)


def test_another_reader_gets_the_same(client, centre, everything):
    assert by_vobject(document(client)) == [start for start, _end in of_the_site(centre)]


def event(content, **properties):
    """The one event whose properties are these."""
    found = [
        each
        for each in icalendar.Calendar.from_ical(content).walk("VEVENT")
        if all(str(each.get(name, "")) == value for name, value in properties.items())
    ]
    assert len(found) == 1
    return found[0]


def named(content, recurrence):
    """The event of the date that `recurrence` names."""
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    (found,) = [
        each
        for each in events
        if "RECURRENCE-ID" in each and each["RECURRENCE-ID"].to_ical() == recurrence.encode()
    ]
    return found


def test_what_is_cancelled_says_so_in_its_name_with_the_reason(client, everything):
    off = named(document(client), "20260812T093000")
    assert (off["STATUS"], off["SUMMARY"]) == ("CANCELLED", "PERUTTU: Perhekahvila")
    assert off["DESCRIPTION"].startswith("Ohjaaja on sairas")


def test_what_was_moved_or_extra_before_it_was_cancelled_is_off_where_it_was_to_be(client, everything):
    content = document(client)
    moved, extra = named(content, "20270303T093000"), named(content, "20270306T093000")
    assert (moved["STATUS"], moved.start) == ("CANCELLED", datetime(2027, 3, 4, 13, tzinfo=HELSINKI))
    assert (extra["STATUS"], extra.start) == ("CANCELLED", datetime(2027, 3, 6, 9, 30, tzinfo=HELSINKI))
    assert extra["DESCRIPTION"].startswith("Sali on varattu")


def test_a_newer_version_has_a_higher_number_and_the_same_name(client, kahvila):
    before = event(document(client))
    change = SessionChangeFactory(session=kahvila.sessions.get())
    after = event(document(client), STATUS="CONFIRMED")
    change.delete()
    last = event(document(client))

    assert before["UID"] == after["UID"] == last["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"] < last["SEQUENCE"]


def save(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@pytest.mark.parametrize(
    "change",
    [
        lambda session: ClosureFactory(centre=session.season.centre, reason_fi="Remontti"),
        lambda session: save(session.season.centre.closures.get(), last_day=date(2026, 12, 3)),
        lambda session: session.season.centre.closures.get().delete(),
        lambda session: session.season.centre.closures.all().delete(),
        lambda session: save(session.season, last_day=date(2026, 12, 4)),
        lambda session: save(session.meeting_place, name_fi="Olohuone"),
        lambda session: save(session.meeting_place.place, name_fi="Kirjasto"),
        lambda session: save(session.changes.get().place, name_fi="Puisto"),
    ],
    ids=["closed", "closed otherwise", "open", "all open", "shortened", "renamed", "place", "other place"],
)
def test_what_stands_around_a_session_makes_it_a_newer_version(client, kahvila, time_machine, change):
    session = kahvila.sessions.get()
    ClosureFactory(centre=kahvila.centre, first_day=date(2026, 12, 2), last_day=date(2026, 12, 2))
    SessionChangeFactory(session=session, kind=SessionChange.Kind.MOVED, place=PlaceFactory())
    before = named(document(client), "20261118T093000")
    time_machine.move_to(datetime(2026, 11, 18, 12, tzinfo=UTC))

    change(session)

    after = named(document(client), "20261118T093000")
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert before["DTSTAMP"].dt < after["DTSTAMP"].dt == after["LAST-MODIFIED"].dt


def test_a_season_that_is_over_has_no_newer_versions(kahvila):
    Season.objects.update(first_day=date(2026, 1, 1), last_day=date(2026, 10, 17))
    before = kahvila.sessions.get().sequence
    ClosureFactory(centre=kahvila.centre)
    assert kahvila.sessions.get().sequence == before


def test_a_session_saved_as_it_was_opened_is_newer_than_what_was_saved_meanwhile(client, kahvila):
    opened = kahvila.sessions.get()
    SessionChangeFactory(session=kahvila.sessions.get())
    meanwhile = event(document(client), STATUS="CONFIRMED")["SEQUENCE"]
    opened.save()
    assert event(document(client), STATUS="CONFIRMED")["SEQUENCE"] > meanwhile
    assert opened.sequence == kahvila.sessions.get().sequence


def test_the_texts_are_in_the_language_of_the_address(client, kahvila):
    assert event(document(client, "/sv/kunta/motesplatser/calendar.ics"))["SUMMARY"] == "Familjecafé"


def test_a_feed_is_narrowed_as_the_week_is(client, kahvila, season):
    babies = MeetingPlaceFactory(centre=kahvila.centre, name_fi="Vauvakerho", from_month=0, to_month=12)
    kahvila.from_month = 12
    kahvila.save()
    SessionFactory(meeting_place=babies, season=season, weekday=Weekday.THURSDAY)
    assert event(document(client, age="7 kk"))["SUMMARY"] == "Vauvakerho"
    assert event(document(client, weekday="2"))["SUMMARY"] == "Perhekahvila"
    assert event(document(client, f"/kunta/kohtaamispaikat/{babies.slug}.ics"))["SUMMARY"] == "Vauvakerho"


@pytest.mark.parametrize(
    "query", [{"organiser": "ei-ole"}, {"district": "Kuu"}, {"weekday": "9"}, {"age": "iso"}, {"group": "x"}]
)
def test_with_a_filter_that_nobody_offers_there_is_no_feed(client, kahvila, query):
    response = client.get(FEED, query)
    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("text/html")


def test_an_organiser_whose_places_are_hidden_for_now_has_an_empty_calendar(client, centre, season, kahvila):
    SessionFactory(meeting_place__centre=centre, season=season)
    kahvila.place.district = "Ounasrinne"
    kahvila.place.save()
    kahvila.status = "draft"
    kahvila.save()
    assert b"VEVENT" not in document(client, organiser=kahvila.organiser.slug)
    assert b"VEVENT" not in document(client, district="Ounasrinne")


@pytest.mark.parametrize("query", [{"weekday": "2"}, {"weekday": "4"}, {"district": "Keskusta"}])
def test_a_session_is_in_a_narrowed_feed_by_any_date_with_all_its_dates(client, kahvila, query):
    SessionChangeFactory(
        session=kahvila.sessions.get(),
        kind=SessionChange.Kind.MOVED,
        to_day=date(2026, 11, 20),
        place=MeetingPlaceFactory(centre=kahvila.centre, place__district="Keskusta").place,
    )
    assert document(client, **query).count(b"BEGIN:VEVENT") == 2


def test_a_session_with_extra_dates_alone_is_in_the_feeds(client, kahvila):
    Session.objects.update(valid_from=date(2026, 8, 10), valid_until=date(2026, 8, 10))
    SessionChangeFactory(
        session=kahvila.sessions.get(), kind=SessionChange.Kind.EXTRA, day=date(2026, 11, 20)
    )
    assert len(by_vobject(document(client))) == 1
    assert len(by_vobject(document(client, weekday="4"))) == 1


def test_a_feed_that_has_not_changed_is_not_sent_again(client, kahvila):
    first = client.get(FEED)
    again = client.get(FEED, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304


HOSTILE = "Ä; ö, å\\ \x0b\x85\u2028 <b>\r\nBEGIN:VEVENT " + "äö" * 30


def test_a_feed_keeps_to_the_standard_whatever_editors_write(client, centre, everything):
    Session.objects.update(note_fi=HOSTILE, visitor_fi=HOSTILE)
    MeetingPlace.objects.update(name_fi=HOSTILE)
    Closure.objects.update(reason_fi=HOSTILE)
    FamilyCentre.objects.update(name_fi=HOSTILE)
    content = document(client)
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert list(faults(content)) == []
    assert len(by_vobject(content)) == len(of_the_site(centre))
    assert "äö" * 30 in named(content, "20261202T093000")["SUMMARY"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"\r\n", b"\n"),
        (b"\r\n ", b""),
        (b"VERSION:2.0", b"VERSION:2.0\r\nMETHOD:PUBLISH"),
        (b"TZID:Europe/Helsinki", b"TZID:Europe/Tallinn"),
        (b"SUMMARY:", b"SUMMARY:a;b"),
        (b"SUMMARY:", b"SUMMARY:a\x0bb"),
        (b"UNTIL=20270728T063000Z", b"UNTIL=20270728T093000"),
        (b"BYDAY=WE", b"BYDAY=TH"),
        (b"EXDATE;TZID=Europe/Helsinki:", b"EXDATE;TZID=Europe/Helsinki:20261022T090000,"),
        (b"EXDATE;TZID=Europe/Helsinki:", b"EXDATE;VALUE=DATE:20261021\r\nEXDATE;TZID=Europe/Helsinki:"),
        (
            b"RECURRENCE-ID;TZID=Europe/Helsinki:20261118T09",
            b"RECURRENCE-ID;TZID=Europe/Helsinki:20261118T10",
        ),
        (
            b"RECURRENCE-ID;TZID=Europe/Helsinki:20261118T09",
            b"RECURRENCE-ID;TZID=Europe/Helsinki:20261202T09",
        ),
        (b"DTEND;TZID=Europe/Helsinki:20261118T", b"DTEND;TZID=Europe/Helsinki:20261117T"),
        (b"DTSTAMP", b"X-STAMP"),
    ],
)
def test_the_judge_of_feeds_finds_what_is_wrong(client, everything, right, wrong):
    content = document(client)
    assert right in content
    assert list(faults(content.replace(right, wrong))) != []


def test_a_session_says_what_a_family_must_know_and_keeps_nobody_from_anything(client, kahvila):
    kahvila.place.latitude, kahvila.place.longitude = "66.503000", "25.729000"
    kahvila.place.save()
    kahvila.from_month, kahvila.to_month = 0, 84
    kahvila.save()
    session = event(document(client))
    assert session["GEO"].to_ical() == "66.503;25.729"
    assert session["CATEGORIES"].to_ical() == b"avoin kaikille"
    assert session["TRANSP"] == "TRANSPARENT"
    assert session["DESCRIPTION"].splitlines() == [
        "Perheet tapaavat toisiaan.",
        "0–6-vuotiaat",
        "Maksuton",
        kahvila.organiser.name,
    ]


def whole_days(content):
    """The closures in a feed: what, from which day, to which day and not that one."""
    return [
        (str(each["SUMMARY"]), each.start, each.end)
        for each in icalendar.Calendar.from_ical(content).walk("VEVENT")
        if not isinstance(each.start, datetime)
    ]


def test_a_closure_is_whole_days_on_which_nobody_is_busy(client, centre, kahvila):
    ClosureFactory(centre=centre, school_holiday=True)
    ClosureFactory(
        centre=centre,
        meeting_place=kahvila,
        reason_fi="Remontti",
        first_day=date(2026, 11, 25),
        last_day=date(2026, 11, 25),
    )
    content = document(client)
    assert whole_days(content) == [
        ("Syysloma", date(2026, 10, 19), date(2026, 10, 26)),
        ("Suljettu: Remontti", date(2026, 11, 25), date(2026, 11, 26)),
    ]
    closure = event(content, SUMMARY="Suljettu: Remontti")
    assert (closure["TRANSP"], closure["DESCRIPTION"]) == ("TRANSPARENT", "Kiinni: Perhekahvila")


def test_a_closure_of_nothing_in_the_feed_is_not_in_it(client, centre, season, kahvila):
    kahvila.sessions.update(follows_schools=False)
    other = SessionFactory(meeting_place__centre=centre, season=season).meeting_place
    ClosureFactory(centre=centre, school_holiday=True)
    ClosureFactory(
        centre=centre, meeting_place=other, first_day=date(2026, 11, 23), last_day=date(2026, 11, 29)
    )
    ClosureFactory(centre=centre, first_day=date(2026, 11, 20), last_day=date(2026, 11, 22))
    ClosureFactory()
    assert whole_days(document(client, "/kunta/kohtaamispaikat/kahvila.ics")) == []
    assert len(whole_days(document(client))) == 2


def test_a_closure_until_the_end_of_time_breaks_nothing(client, centre, kahvila):
    ClosureFactory(centre=centre, first_day=date(2026, 11, 18), last_day=date.max)
    assert whole_days(document(client)) == [("Suljettu: Syysloma", date(2026, 11, 18), date.max)]


def test_a_session_on_another_weekday_is_the_same_in_calendars(client, kahvila):
    SessionChangeFactory(session=kahvila.sessions.get())
    before = event(document(client), STATUS="CONFIRMED")
    session = kahvila.sessions.get()
    session.weekday = Weekday.THURSDAY
    session.save()
    after = event(document(client))
    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert after["RRULE"]["BYDAY"] == ["TH"]


def test_what_is_deleted_or_hidden_is_gone(client, kahvila, season):
    other = SessionFactory(meeting_place=kahvila, season=season, weekday=Weekday.FRIDAY)
    assert document(client).count(b"BEGIN:VEVENT") == 2
    other.delete()
    assert document(client).count(b"BEGIN:VEVENT") == 1
    MeetingPlace.objects.update(status="draft")
    assert document(client).count(b"BEGIN:VEVENT") == 0


def test_an_organiser_has_a_calendar_of_its_own(client, centre, season, kahvila):
    kahvila.organiser.name_fi, kahvila.organiser.slug = "Seurakunta", "seurakunta"
    kahvila.organiser.save()
    SessionFactory(meeting_place__centre=centre, season=season)
    tree = html.fromstring(client.get("/kunta/kohtaamispaikat/?organiser=seurakunta").content.decode())
    _subscribe, download = tree.xpath("//section[@aria-labelledby='subscribe']//a[@class]/@href")
    content = document(client, download)
    assert event(content)["SUMMARY"] == "Perhekahvila"
    assert icalendar.Calendar.from_ical(content)["NAME"] == "Kohtaamispaikat: Seurakunta"


def test_a_draft_has_no_feed(client, kahvila):
    kahvila.status = "draft"
    kahvila.save()
    assert client.get("/kunta/kohtaamispaikat/kahvila.ics").status_code == 404
    assert b"VEVENT" not in document(client)


def test_a_feed_costs_ten_queries_whatever_the_number_of_sessions(
    client, centre, season, kahvila, django_assert_max_num_queries
):
    document(client)
    with django_assert_max_num_queries(10) as few:
        document(client)
    for _ in range(10):
        SessionChangeFactory(session=SessionFactory(meeting_place__centre=centre, season=season))
    with django_assert_max_num_queries(10) as many:
        document(client)
    assert len(few) == len(many)


@pytest.mark.parametrize("path", ["/kunta/kohtaamispaikat/?weekday=2", "/kunta/kohtaamispaikat/kahvila/"])
def test_the_page_leads_to_its_feed(client, kahvila, path):
    tree = html.fromstring(client.get(path).content.decode())
    subscribe, download = tree.xpath("//section[@aria-labelledby='subscribe']//a[@class]/@href")

    assert subscribe == f"webcal://testserver{download}"
    assert event(document(client, download))["SUMMARY"] == "Perhekahvila"
    assert ("weekday=2" in download) == ("weekday=2" in path)


def test_an_organisation_s_page_leads_to_its_meeting_places_and_their_calendar(
    client, kahvila, django_assert_max_num_queries
):
    kahvila.organiser.slug = "seurakunta"
    kahvila.organiser.save()
    MeetingPlaceFactory(centre=kahvila.centre, organiser=kahvila.organiser, status="draft", name_fi="Luonnos")
    MeetingPlaceFactory(organiser=kahvila.organiser, name_fi="Toisaalla")
    with django_assert_max_num_queries(10):
        content = client.get("/kunta/toimijat/seurakunta/").content.decode()
    tree = html.fromstring(content)
    links = tree.xpath("//section[@aria-labelledby='meeting-places']//a/@href")
    assert links == ["/kunta/kohtaamispaikat/kahvila/", "/kunta/kohtaamispaikat/?organiser=seurakunta"]
    subscribe, download = tree.xpath("//section[@aria-labelledby='subscribe']//a/@href")
    assert subscribe == f"webcal://testserver{download}"
    assert event(document(client, download))["SUMMARY"] == "Perhekahvila"
    assert "/kunta/toimijat/seurakunta/" in client.get("/kunta/toimijat/").content.decode()
    assert "/kunta/toimijat/seurakunta/" in client.get("/kunta/sitemap.xml").content.decode()


def test_an_organisation_without_meeting_places_has_no_calendar(client, centre):
    row = OrganisationFactory(home=centre)
    tree = html.fromstring(client.get(f"/kunta/toimijat/{row.slug}/").content.decode())
    assert tree.xpath("//section[@aria-labelledby='subscribe']") == []
