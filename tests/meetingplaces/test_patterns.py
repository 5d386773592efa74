"""Eleven ways in which real meeting places are open, each entered as a coordinator enters it, and read by families.

What is read: the page of a week, the same page as it is printed, and the calendar feed as a calendar expands it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import pytest
import recurring_ical_events
from django.test import Client
from icalendar import Calendar

from calendars.wall_time import HELSINKI
from centres.models import FamilyCentre
from meetingplaces.models import Closure, MeetingPlace, Season, Session, SessionChange
from tests.admin.forms import address, errors, save
from tests.factories import (
    FamilyCentreFactory,
    MembershipFactory,
    OrganisationFactory,
    PlaceFactory,
    SpokenLanguageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

MON, TUE, WED, THU, FRI = range(5)


@dataclass
class Desk:
    """A coordinator at work."""

    client: Client
    centre: FamilyCentre

    def _saved(self, path: str, **values: Any) -> None:
        answer = save(self.client, path, **values)
        assert answer.status_code == 302, errors(answer)

    def place(self, name: str, **values: Any) -> MeetingPlace:
        """A new meeting place that is published, somewhere of its own unless `values` say where."""
        values = {"organiser": OrganisationFactory().pk, "place": PlaceFactory().pk} | values
        slug = f"paikka-{MeetingPlace.objects.count()}"
        about = {"name_fi": name, "slug": slug, "summary_fi": f"{name} on avoinna.", "status": "published"}
        self._saved(address("add", MeetingPlace), **about | values)
        return MeetingPlace.objects.get(slug=slug)

    def season(self, first_day: str, last_day: str, *lines: dict[str, Any]) -> list[Session]:
        """A new season with a timetable of `lines`; what the timetable has no column for is on each session's form."""
        values: dict[str, Any] = {"sessions-TOTAL_FORMS": len(lines)}
        columns = ("meeting_place", "rule", "weekday", "day", "starts", "ends")
        for number, line in enumerate(lines):
            asked = {"rule": "every"} | {name: line[name] for name in columns if name in line}
            values |= {f"sessions-{number}-{name}": value for name, value in asked.items()}
        slug = f"kausi-{Season.objects.count()}"
        self._saved(
            address("add", Season),
            name_fi=slug,
            slug=slug,
            first_day=first_day,
            last_day=last_day,
            **values,
        )
        sessions = list(Session.objects.filter(season__slug=slug).order_by("pk"))
        for session, line in zip(sessions, lines, strict=True):
            if more := {name: value for name, value in line.items() if name not in columns}:
                self.edit(session, **more)
        return sessions

    def edit(self, session: Session, **values: Any) -> None:
        self._saved(address("change", Session, session.pk), **values)

    def change(self, session: Session, day: str, kind: SessionChange.Kind, **values: Any) -> None:
        """What is different on one date of `session`."""
        row = {"day": day, "kind": kind, "id": "", "session": session.pk} | values
        self.edit(session, **{"changes-TOTAL_FORMS": 1} | {f"changes-0-{name}": row[name] for name in row})

    def closed(self, first_day: str, last_day: str, reason: str, **values: Any) -> None:
        self._saved(
            address("add", Closure), first_day=first_day, last_day=last_day, reason_fi=reason, **values
        )


def at(
    meeting_place: MeetingPlace, weekday: int | None, starts: str, ends: str, **values: Any
) -> dict[str, Any]:
    """A line of the timetable."""
    weekdays = {} if weekday is None else {"weekday": weekday}
    return {"meeting_place": meeting_place.pk, "starts": starts, "ends": ends} | weekdays | values


@pytest.fixture
def desk(settings: Any) -> Desk:
    # Django's own admin fetches each chosen row by itself when a form is saved.
    settings.ZEAL_ALLOWLIST = [{"model": "*", "field": "get()"}]
    centre = FamilyCentreFactory(slug="kunta")
    user = MembershipFactory(centre=centre, user=UserFactory(is_staff=True)).user
    client = Client()
    client.force_login(user)
    return Desk(client, centre)


Week = Callable[[str], dict[str, list[str]]]


@pytest.fixture
def week(page: Any, live_server: Any) -> Week:
    """What a week says by day, on the screen and on paper alike: `week("2026-W47")["ke 18.11."]`."""

    def read() -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for day in page.locator(".day").all():
            heading = " ".join(day.locator("h3").text_content().split())
            slots = [" ".join(slot.inner_text().split()) for slot in day.locator(".slot").all()]
            if slots:
                found[heading.removesuffix(" tänään")] = slots
        return found

    def of(number: str) -> dict[str, list[str]]:
        page.goto(f"{live_server.url}/kunta/kohtaamispaikat/viikko/{number}/")
        page.emulate_media(media="print")
        on_paper = read()
        page.emulate_media(media="screen")
        on_screen = read()
        times_and_names = [
            {day: [slot.split(" ")[0] for slot in slots] for day, slots in each.items()}
            for each in (on_paper, on_screen)
        ]
        assert times_and_names[0] == times_and_names[1]
        return on_screen

    return of


Feed = Callable[[date, date], list[tuple[datetime, datetime, str, str]]]


@pytest.fixture
def feed(client: Client) -> Feed:
    """What a calendar that subscribes shows between two dates: start, end, status and all the words of each."""

    def of(first_day: date, last_day: date) -> list[tuple[datetime, datetime, str, str]]:
        document = Calendar.from_ical(client.get("/kunta/kohtaamispaikat/calendar.ics").content)
        events = recurring_ical_events.of(document).between(first_day, last_day)
        timed = [event for event in events if isinstance(event["DTSTART"].dt, datetime)]
        return sorted(
            (
                event["DTSTART"].dt,
                event["DTEND"].dt,
                str(event["STATUS"]),
                " ".join(str(event.get(name, "")) for name in ("SUMMARY", "DESCRIPTION", "LOCATION")),
            )
            for event in timed
        )

    return of


def moment(day: date, clock: str) -> datetime:
    hour, _dot, minute = clock.partition(".")
    return datetime.combine(day, time(int(hour), int(minute or 0)), tzinfo=HELSINKI)


def test_1_two_openings_with_different_ends_and_none_in_the_school_holidays(
    desk: Desk, week: Week, feed: Feed
):
    canopy = PlaceFactory(directions_fi="Sisäänkäynti pihan puolelta. Vaunut katoksen alle.")
    place = desk.place("Avoin varhaiskasvatus", place=canopy.pk, cost_fi="Kahvi 1 euro")
    desk.season("10.8.2026", "18.12.2026", at(place, TUE, "9", "12"), at(place, THU, "9", "14.30"))
    desk.closed("19.10.2026", "25.10.2026", "Syysloma", school_holiday="on")

    shown = week("2026-W47")
    assert [slot[:7] for slot in (*shown["Tiistai 17.11."], *shown["Torstai 19.11."])] == [
        "9–12 Av",
        "9–14.30",
    ]
    assert "Kahvi 1 euro" in shown["Tiistai 17.11."][0]
    assert "Syysloma" in week("2026-W43")["Tiistai 20.10."][0]
    assert [(start, end) for start, end, *_rest in feed(date(2026, 10, 12), date(2026, 10, 30))] == [
        (moment(date(2026, 10, day), "9"), moment(date(2026, 10, day), end))
        for day, end in ((13, "12"), (15, "14.30"), (27, "12"), (29, "14.30"))
    ]


def test_2_a_cafe_by_day_and_in_even_weeks_by_evening(desk: Desk, week: Week, feed: Feed):
    upstairs = PlaceFactory(name_fi="Kerhotalo", accessibility_fi="2. kerros, hissi on.")
    place = desk.place("Perhekahvila", place=upstairs.pk, cost_fi="Aamupala on maksuton")
    desk.season(
        "10.8.2026",
        "28.5.2027",
        at(place, FRI, "9.30", "11.30"),
        at(place, MON, "17.30", "19.30", rule="even"),
    )

    assert list(week("2026-W47")) == ["Perjantai 20.11."]
    assert list(week("2026-W48")) == ["Maanantai 23.11.", "Perjantai 27.11."]
    # After week 53 of 2026 comes week 1: two odd ones after each other.
    evenings = [
        start.date() for start, *_rest in feed(date(2026, 12, 14), date(2027, 1, 20)) if start.hour == 17
    ]
    assert evenings == [date(2026, 12, 21), date(2027, 1, 11)]


def test_3_open_play_and_a_club_in_the_same_rooms(desk: Desk, week: Week, feed: Feed):
    svenska, suomi = (
        SpokenLanguageFactory(slug="sv", name_fi="ruotsi"),
        SpokenLanguageFactory(slug="fi", name_fi="suomi"),
    )
    place = desk.place("Avoin päiväkoti")
    spoken = {"languages": [suomi.pk, svenska.pk]}
    club = {"kind": "closed", "title_fi": "Kerho", "from_month": "3 v", "to_month": "6 v", "capacity": 13}
    desk.season(
        "10.8.2026",
        "18.12.2026",
        *(at(place, weekday, "9", "15.30", **spoken) for weekday in (MON, FRI)),
        at(place, TUE, "13", "15.30", **spoken),
        *(at(place, weekday, "12.30", "15.30", **spoken) for weekday in (WED, THU)),
        *(
            at(place, weekday, "9", "12", how_to_join_fi="Hae paikkaa keväällä.", **club)
            for weekday in (TUE, WED, THU)
        ),
    )

    shown = week("2026-W47")
    assert [len(slots) for slots in shown.values()] == [1, 2, 2, 2, 1]
    club_slot, open_slot = shown["Tiistai 17.11."]
    for words in ("9–12 Kerho", "3–5-vuotiaat", "Suljettu ryhmä", "Paikkoja 13", "Hae paikkaa keväällä."):
        assert words in club_slot
    assert ("13–15.30 Avoin päiväkoti" in open_slot, "suomi, ruotsi" in open_slot) == (True, True)
    assert len(feed(date(2026, 11, 16), date(2026, 11, 21))) == 8


def test_4_it_follows_the_schools_and_nobody_enrols(desk: Desk, week: Week, feed: Feed):
    place = desk.place(
        "Avoin päiväkoti", registration_fi="", description_fi="<p>Lapsille, jotka eivät ole päiväkodissa.</p>"
    )
    desk.season("10.8.2026", "28.5.2027", at(place, WED, "9", "12"))
    desk.closed("1.3.2027", "5.3.2027", "Talviloma", school_holiday="on")

    assert "Saa vain tulla." in week("2026-W47")["Keskiviikko 18.11."][0]
    assert "Talviloma" in week("2027-W09")["Keskiviikko 3.3."][0]
    assert [start.day for start, *_rest in feed(date(2027, 2, 22), date(2027, 3, 13))] == [24, 10]


def test_5_it_ends_at_two_places_from_a_day_on(desk: Desk, week: Week, feed: Feed):
    ends = {"valid_until": "20.11.2026"}
    places = [desk.place(f"Avoin {name}") for name in ("Itä", "Länsi", "Keskusta")]
    east, west, middle = places
    desk.season(
        "10.8.2026",
        "18.12.2026",
        at(east, THU, "9", "12", **ends),
        at(west, THU, "9", "12", **ends),
        at(middle, THU, "9", "12"),
    )

    assert len(week("2026-W47")["Torstai 19.11."]) == 3
    (left,) = week("2026-W48")["Torstai 26.11."]
    assert left.startswith("9–12 Avoin Keskusta")
    assert [len(feed(date(2026, 11, day), date(2026, 11, day + 1))) for day in (19, 26)] == [3, 1]


def test_6_a_summer_place_a_meal_and_a_count_of_those_who_have_a_seat(desk: Desk, week: Week, feed: Feed):
    park = PlaceFactory(name_fi="Liikennepuisto")
    place = desk.place("Perhekahvila", cost_fi="Keittolounas 4 euroa, jäsenille 2 euroa")
    desk.season(
        "17.8.2026",
        "18.12.2026",
        at(place, MON, "10", "12", needs_registration="True", capacity=15),
        at(
            place,
            MON,
            "13",
            "15",
            title_fi="Isompien ryhmä",
            from_month="3 v",
            to_month="8 v",
            valid_from="7.9.2026",
        ),
    )
    desk.season("1.6.2027", "30.7.2027", at(place, MON, "10", "12", place=park.pk, follows_schools=[]))

    (meal,) = week("2026-W34")["Maanantai 17.8."]
    for words in ("Keittolounas 4 euroa, jäsenille 2 euroa", "Paikkoja 15", "Ilmoittaudu ensin."):
        assert words in meal
    assert len(week("2026-W37")["Maanantai 7.9."]) == 2
    assert "Liikennepuisto" in week("2027-W23")["Maanantai 7.6."][0]
    (summer,) = feed(date(2027, 6, 7), date(2027, 6, 8))
    assert "Liikennepuisto" in summer[3]


def test_7_the_host_moved_from_the_parish_to_the_family_centre(desk: Desk, week: Week, feed: Feed):
    parish, centre = PlaceFactory(name_fi="Seurakuntatalo"), PlaceFactory(name_fi="Perhekeskus")
    place = desk.place(
        "Perhekerho", place=centre.pk, description_fi="<p>Myös isovanhemmille ja odottaville.</p>"
    )
    desk.season("12.1.2026", "29.5.2026", at(place, WED, "9", "11", place=parish.pk))
    desk.season("10.8.2026", "18.12.2026", at(place, WED, "9", "11"))

    assert "Seurakuntatalo" in week("2026-W20")["Keskiviikko 13.5."][0]
    assert "Perhekeskus" in week("2026-W33")["Keskiviikko 12.8."][0]
    assert "Perhekeskus" in feed(date(2026, 11, 18), date(2026, 11, 19))[0][3]


def test_8_babies_only_by_two_together_with_visitors_a_theme_week_and_a_course(
    desk: Desk, week: Week, feed: Feed
):
    parish = OrganisationFactory(name_fi="Seurakunta")
    place = desk.place("Vauvakerho", from_month="0 kk", to_month="1 v", co_organisers=[parish.pk])
    theme = {"rule": "once", "kind": "theme", "title_fi": "Vauvaviikko"}
    desk.season(
        "10.8.2026",
        "18.12.2026",
        at(place, TUE, "13", "15", visitor_fi="Hammashoitaja käy"),
        *(at(place, None, "10", "11", day=f"{day}.11.2026", **theme) for day in range(23, 28)),
        at(place, None, "17", "19", day="22.10.2026", rule="once", title_fi="Ensiapukurssi"),
    )

    baby = week("2026-W47")["Tiistai 17.11."][0]
    assert ("Alle 1-vuotiaat" in baby or "0–11 kk" in baby, "Hammashoitaja käy" in baby) == (True, True)
    assert [len(slots) for slots in week("2026-W48").values()] == [1, 2, 1, 1, 1]
    assert "17–19 Ensiapukurssi" in week("2026-W43")["Torstai 22.10."][0]
    # Subscribers are told of what is past for a month: tests happen in week 47.
    assert [words.split()[0] for *_when, words in feed(date(2026, 11, 23), date(2026, 11, 28))].count(
        "Vauvaviikko"
    ) == 5
    assert "Ensiapukurssi" in feed(date(2026, 10, 22), date(2026, 10, 23))[0][3]


def test_9_the_priest_visits_on_one_day(desk: Desk, week: Week, feed: Feed):
    place = desk.place("Perhekerho")
    (session,) = desk.season("10.8.2026", "18.12.2026", at(place, FRI, "9.30", "11.30"))
    desk.change(session, "20.11.2026", SessionChange.Kind.NOTED, note_fi="Pappi vierailee")

    assert "Pappi vierailee" in week("2026-W47")["Perjantai 20.11."][0]
    assert "Pappi vierailee" not in week("2026-W48")["Perjantai 27.11."][0]
    friday, next_friday = feed(date(2026, 11, 20), date(2026, 11, 28))
    assert ("Pappi vierailee" in friday[3], "Pappi vierailee" in next_friday[3]) == (True, False)


def test_10_free_with_breakfast_in_a_playground_and_in_many_languages(desk: Desk, week: Week, feed: Feed):
    playground = PlaceFactory(name_fi="Leikkipuisto Lahnalahti")
    english, finnish = (
        SpokenLanguageFactory(slug="en", name_fi="englanti"),
        SpokenLanguageFactory(slug="fi", name_fi="suomi"),
    )
    place = desk.place("Perhekahvila", place=playground.pk, cost_fi="Maksuton. Aamupala 2 euroa perheeltä.")
    desk.season(
        "10.8.2026",
        "18.12.2026",
        at(place, WED, "9", "11", languages=[finnish.pk, english.pk], note_fi="Moni puhuu englantia."),
    )

    (slot,) = week("2026-W47")["Keskiviikko 18.11."]
    for words in (
        "Maksuton. Aamupala 2 euroa perheeltä.",
        "Leikkipuisto Lahnalahti",
        "englanti, suomi",
        "Moni puhuu",
    ):
        assert words in slot
    (event,) = feed(date(2026, 11, 18), date(2026, 11, 19))
    assert ("Leikkipuisto Lahnalahti" in event[3], "Moni puhuu" in event[3]) == (True, True)


def test_11_open_day_care_for_three_hours_and_clubs_twice_a_week(desk: Desk, week: Week, feed: Feed):
    place = desk.place("Avoin päiväkoti", from_month="0 kk", to_month="7 v", bring_fi="Omat eväät kerhoon")
    club = {"kind": "closed", "title_fi": "Kerho", "from_month": "3 v", "to_month": "6 v"}
    desk.season(
        "10.8.2026",
        "18.12.2026",
        *(at(place, weekday, "9", "15", note_fi="Enintään kolme tuntia kerrallaan.") for weekday in range(5)),
        *(
            at(place, weekday, "9.15", "12.15", how_to_join_fi="Hae kerhoon.", **club)
            for weekday in (TUE, THU)
        ),
    )

    shown = week("2026-W47")
    assert [len(slots) for slots in shown.values()] == [1, 2, 1, 2, 1]
    assert "Enintään kolme tuntia kerrallaan." in shown["Maanantai 16.11."][0]
    club_slot = shown["Torstai 19.11."][1]
    assert ("9.15–12.15 Kerho" in club_slot, "Hae kerhoon." in club_slot) == (True, True)
    assert len(feed(date(2026, 11, 16), date(2026, 11, 21))) == 7
