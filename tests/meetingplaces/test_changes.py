"""The Atom feed of what is cancelled, moved or closed, against the grammar of RFC 4287."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from lxml import etree, html

from centres.publishing import Status
from meetingplaces.changes import MOST_ENTRIES
from meetingplaces.models import Closure, SessionChange
from tests.factories import (
    ClosureFactory,
    FamilyCentreFactory,
    MeetingPlaceFactory,
    PlaceFactory,
    SeasonFactory,
    SessionChangeFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
FEED = "/kunta/kohtaamispaikat/changes.atom"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
KIND = SessionChange.Kind


@pytest.fixture
def centre():
    return FamilyCentreFactory(slug="kunta", name_fi="Kunnan perhekeskus")


@pytest.fixture
def session(centre):
    """A family café on Wednesdays."""
    place = PlaceFactory(name_fi="Seurakuntatalo", street_address="Rauhankatu 70", town="Rovaniemi")
    row = MeetingPlaceFactory(
        centre=centre, slug="kahvila", name_fi="Perhekahvila", name_sv="Familjecafé", place=place
    )
    return SessionFactory(meeting_place=row, season=SeasonFactory(centre=centre))


def read(client, path=FEED):
    """The feed, which keeps to the grammar."""
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    tree = etree.fromstring(response.content)
    assert GRAMMAR.validate(tree), GRAMMAR.error_log
    return tree


def of_feed(tree, name):
    return tree.findtext(f"a:{name}", namespaces=ATOM)


def entries(tree):
    return tree.findall("a:entry", ATOM)


def told(tree, name="title"):
    return [entry.findtext(f"a:{name}", namespaces=ATOM) for entry in entries(tree)]


def link(element, rel="alternate"):
    return element.xpath(f"a:link[@rel='{rel}' or not(@rel) and '{rel}'='alternate']/@href", namespaces=ATOM)


def test_a_feed_says_whose_it_is(client, session):
    tree = read(client)
    assert of_feed(tree, "title").endswith(": Kunnan perhekeskus")
    assert tree.findtext("a:author/a:name", namespaces=ATOM) == "Kunnan perhekeskus"
    assert link(tree) == ["http://testserver/kunta/kohtaamispaikat/"]
    assert link(tree, "self") == [of_feed(tree, "id")] == [f"http://testserver{FEED}"]
    assert tree.get(LANG) == "fi"
    assert entries(tree) == []


def test_what_is_cancelled_is_told_in_words_with_reason_and_place(client, session):
    change = SessionChangeFactory(session=session, reason_fi="Ohjaaja on sairas.")
    tree = read(client)
    assert told(tree) == ["Peruttu: Perhekahvila, ke 18.11. klo 9.30"]
    assert told(tree, "summary") == [
        "<p>Ohjaaja on sairas.</p><p>Paikka: Seurakuntatalo, Rauhankatu 70, Rovaniemi</p>"
    ]
    assert [datetime.fromisoformat(each) for each in told(tree, "updated")] == [change.updated_at]
    assert of_feed(tree, "updated") == told(tree, "updated")[0]


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"starts": time(13)}, "Siirretty: Perhekahvila, ke 18.11. klo 9.30. Uusi aika: ke 18.11. klo 13–15"),
        (
            {"to_day": date(2026, 11, 20)},
            "Siirretty: Perhekahvila, ke 18.11. klo 9.30. Uusi aika: pe 20.11. klo 9.30–11.30",
        ),
        ({"ends": time(11)}, "Eri aika kuin tavallisesti: Perhekahvila, ke 18.11. klo 9.30–11"),
        ({"kind": KIND.NOTED, "note_fi": "Pappi"}, "Hyvä tietää: Perhekahvila, ke 18.11. klo 9.30–11.30"),
        (
            {"kind": KIND.EXTRA, "day": date(2026, 11, 21), "ends": time(12)},
            "Ylimääräinen kerta: Perhekahvila, la 21.11. klo 9.30–12",
        ),
    ],
)
def test_every_kind_of_change_is_told(client, session, values, title):
    SessionChangeFactory(session=session, **{"kind": KIND.MOVED, **values})
    assert told(read(client)) == [title]


@pytest.mark.parametrize(
    ("day", "to_day"),
    [(date(2026, 11, 18), date(2026, 11, 21)), (date(2026, 11, 21), date(2026, 11, 21))],
    ids=["moved", "extra"],
)
def test_what_was_moved_or_extra_and_is_cancelled_is_told_once_where_it_was_to_be(
    client, session, day, to_day
):
    SessionChangeFactory(session=session, day=day, to_day=to_day, starts=time(13))
    assert told(read(client)) == ["Peruttu: Perhekahvila, la 21.11. klo 13"]


def test_another_place_is_told_with_the_place(client, session):
    SessionChangeFactory(session=session, kind=KIND.MOVED, place=PlaceFactory(name_fi="Kirjasto"))
    tree = read(client)
    assert told(tree) == ["Eri paikka kuin tavallisesti: Perhekahvila, ke 18.11. klo 9.30–11.30"]
    assert told(tree, "summary") == ["<p>Ohjaaja on sairas</p><p>Paikka: Kirjasto</p>"]


def test_closures_are_told_and_public_holidays_are_known(client, session):
    centre = session.meeting_place.centre
    dates = {"first_day": date(2026, 11, 30), "last_day": date(2026, 12, 2)}
    ClosureFactory(centre=centre, reason_fi="Remontti", **dates)
    ClosureFactory(centre=centre, reason_fi="Talviloma", school_holiday=True, **dates)
    ClosureFactory(
        centre=centre,
        meeting_place=session.meeting_place,
        reason_fi="Muutto",
        **{**dates, "last_day": dates["first_day"]},
    )
    assert sorted(told(read(client))) == [
        "Suljettu: Perhekahvila, ma 30.11.",
        "Suljettu: Remontti, ma 30.11.–ke 2.12.",
        "Talviloma, ma 30.11.–ke 2.12.",
    ]


def test_an_entry_leads_to_its_day_in_its_week(client, session):
    SessionChangeFactory(session=session, kind=KIND.MOVED, to_day=date(2026, 11, 24))
    (address,) = link(entries(read(client))[0])
    assert address == "http://testserver/kunta/kohtaamispaikat/viikko/2026-W48/#day-2"
    path, anchor = address.removeprefix("http://testserver").split("#")
    heading = html.fromstring(client.get(path).content.decode()).get_element_by_id(anchor)
    assert heading.text_content().startswith("Tiistai 24.11.")


def test_a_closure_that_began_before_the_calendar_leads_to_this_week(client, session):
    ClosureFactory(
        centre=session.meeting_place.centre, first_day=date(1926, 11, 1), last_day=date(2026, 12, 1)
    )
    assert link(entries(read(client))[0]) == ["http://testserver/kunta/kohtaamispaikat/"]


def test_a_change_that_is_put_right_keeps_its_id_and_comes_first(client, session):
    change = SessionChangeFactory(session=session)
    SessionChangeFactory(session=session, day=date(2026, 11, 25))
    SessionChange.objects.update(updated_at=datetime(2026, 11, 1, tzinfo=UTC))
    before = told(read(client), "id")
    change.kind, change.starts = KIND.MOVED, time(13)
    change.save()
    after = told(read(client), "id")
    assert len(set(before)) == 2
    assert set(before) == set(after)
    assert told(read(client))[0].startswith("Siirretty")


def test_a_feed_is_in_the_language_of_its_address_and_where_a_text_is_missing_in_finnish(client, session):
    SessionChangeFactory(session=session, reason_fi="Ohjaaja on sairas.")
    tree = read(client, "/sv/kunta/motesplatser/changes.atom")
    assert tree.get(LANG) == "sv"
    assert told(tree) == ["Inställt: Familjecafé, ons 18.11. kl. 9.30"]
    assert "Ohjaaja on sairas." in told(tree, "summary")[0]
    assert told(tree, "id") == told(read(client), "id")


def test_what_was_long_ago_or_is_no_date_of_the_session_any_more_is_no_news(client, session):
    SessionChangeFactory(session=session, day=date(2026, 9, 2))
    SessionChangeFactory(session=session, day=date(2026, 11, 19))
    ClosureFactory(centre=session.meeting_place.centre, first_day=date(2026, 9, 2), last_day=date(2026, 9, 3))
    assert told(read(client)) == []


def test_what_is_noted_of_a_closed_date_is_no_news_of_its_own(client, session):
    SessionChangeFactory(session=session, kind=KIND.NOTED, note_fi="Pappi mukana")
    ClosureFactory(
        centre=session.meeting_place.centre,
        reason_fi="Remontti",
        first_day=date(2026, 11, 18),
        last_day=date(2026, 11, 18),
    )
    assert told(read(client)) == ["Suljettu: Remontti, ke 18.11."]


HOSTILE = "<script>alert(1)</script> & \"'\x0b\x00\x1f\ufffe ]]> {name} %s"


def test_hostile_text_is_only_text(client, session):
    SessionChangeFactory(session=session, reason_fi=HOSTILE.replace("\x00", ""))
    session.meeting_place.name_fi = HOSTILE.replace("\x00", "")
    session.meeting_place.save()
    session.meeting_place.centre.name_fi = HOSTILE.replace("\x00", "")
    session.meeting_place.centre.save()
    tree = read(client)
    (title,), (summary,) = told(tree), told(tree, "summary")
    assert "<script>alert(1)</script> & \"'    ]]> {name} %s" in title
    assert "script" not in [each.tag for each in html.fragment_fromstring(summary, create_parent=True).iter()]
    read(client, "/kunta/kohtaamispaikat/kahvila.atom")


def test_drafts_and_other_centres_never_appear(client, session):
    other = SessionFactory(meeting_place__name_fi="Toisaalla")
    SessionChangeFactory(session=other)
    ClosureFactory(
        centre=other.meeting_place.centre, first_day=date(2026, 11, 18), last_day=date(2026, 11, 18)
    )
    draft = SessionFactory(
        meeting_place__centre=session.meeting_place.centre, meeting_place__status=Status.DRAFT
    )
    SessionChangeFactory(session=draft)
    ClosureFactory(
        centre=session.meeting_place.centre,
        meeting_place=draft.meeting_place,
        first_day=date(2026, 11, 18),
        last_day=date(2026, 11, 18),
    )
    assert told(read(client)) == []
    assert client.get(f"/kunta/kohtaamispaikat/{draft.meeting_place.slug}.atom").status_code == 404


def test_one_meeting_place_has_a_feed_of_its_own(client, session):
    centre = session.meeting_place.centre
    SessionChangeFactory(session=session)
    SessionChangeFactory(session=SessionFactory(meeting_place__centre=centre, season=session.season))
    ClosureFactory(centre=centre, first_day=date(2026, 11, 18), last_day=date(2026, 11, 18))
    tree = read(client, "/kunta/kohtaamispaikat/kahvila.atom")
    assert sorted(told(tree)) == [
        "Peruttu: Perhekahvila, ke 18.11. klo 9.30",
        "Suljettu: Syysloma, ke 18.11.",
    ]
    assert link(tree) == ["http://testserver/kunta/kohtaamispaikat/kahvila/"]


def test_a_feed_that_has_not_changed_is_not_sent_again(client, session):
    known = {"if-none-match": client.get(FEED).headers["ETag"]}
    assert client.get(FEED, headers=known).status_code == 304
    SessionChangeFactory(session=session)
    assert client.get(FEED, headers=known).status_code == 200


def test_a_feed_is_bounded_and_the_newest_come_first(client, session):
    for number in range(MOST_ENTRIES + 5):
        row = ClosureFactory(
            centre=session.meeting_place.centre, first_day=date(2026, 12, 1), last_day=date(2026, 12, 1)
        )
        Closure.objects.filter(pk=row.pk).update(
            updated_at=datetime(2026, 11, 1, 0, number % 60, number // 60, tzinfo=UTC)
        )
    updated = told(read(client), "updated")
    assert len(updated) == MOST_ENTRIES
    assert updated == sorted(updated, reverse=True)


def test_a_feed_costs_ten_queries_whatever_the_number_of_changes(
    client, session, django_assert_max_num_queries
):
    SessionChangeFactory(session=session)
    client.get(FEED)
    with django_assert_max_num_queries(10) as few:
        client.get(FEED)
    for _ in range(10):
        row = SessionFactory(meeting_place__centre=session.meeting_place.centre, season=session.season)
        SessionChangeFactory(session=row, kind=KIND.MOVED, place=PlaceFactory())
        ClosureFactory(
            centre=row.meeting_place.centre, meeting_place=row.meeting_place, last_day=date(2026, 12, 1)
        )
    with django_assert_max_num_queries(10) as many:
        client.get(FEED)
    assert len(many) == len(few)


@pytest.mark.parametrize("path", ["/kunta/kohtaamispaikat/", "/kunta/kohtaamispaikat/kahvila/"])
def test_the_page_leads_to_its_feed_for_machines_and_for_people(client, session, path):
    tree = html.fromstring(client.get(path).content.decode())
    (for_machines,) = tree.xpath("//head/link[@rel='alternate'][@type='application/atom+xml']/@href")
    (for_people,) = tree.xpath(
        "//section[@aria-labelledby='subscribe']//a[@type='application/atom+xml']/@href"
    )
    assert for_machines == for_people
    assert f"http://testserver{path}" in link(read(client, for_people))


def test_the_grammar_finds_what_is_wrong(client, session):
    SessionChangeFactory(session=session)
    content = client.get(FEED).content.decode()
    for right, wrong in (
        ("urn:uuid:", "uuid "),
        ("<author>", "<writer>"),
        ("T", " "),
        (' xml:lang="fi"', ""),
        ('rel="self"', 'rel="itself"'),
    ):
        broken = content.replace(right, wrong).replace(
            "</author>", f"</{'writer' if 'writer' in wrong else 'author'}>"
        )
        assert not GRAMMAR.validate(etree.fromstring(broken.encode())), wrong
