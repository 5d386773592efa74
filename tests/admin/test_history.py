"""The history of a row: who changed what, in which language."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from accounts.models import User
from services.models import Service
from tests.admin.forms import address, save
from tests.admin.histories import change, history, how, told, ways_back, words
from tests.factories import (
    ContactFactory,
    FamilyCentreFactory,
    OfferingFactory,
    OpeningSpanFactory,
    ServiceFactory,
    TopicFactory,
    UserFactory,
)


def test_each_field_and_language_with_what_was_and_what_became_of_it(desk: Client):
    service = ServiceFactory(summary_fi="Apua perheen arkeen.", summary_sv="Stöd i vardagen.", level=2)

    save(desk, change(service), summary_fi="Apua perheen kiireiseen arkeen.", summary_sv="", level="3")

    newest, first = history(desk, service)
    assert newest == [
        "In one sentence Apua perheen [+kiireiseen ]arkeen.",
        "In one sentence in Swedish [-Stöd i vardagen.]",
        "Level of support [-services for everyday life] [+early support]",
    ]
    assert first == []


def test_dates_rows_and_tags_by_their_names(desk: Client):
    money, violence = TopicFactory(name_fi="Raha"), TopicFactory(name_fi="Väkivalta")
    service = ServiceFactory(topics=[money], home=FamilyCentreFactory(name_fi="Posion perhekeskus"))

    save(desk, change(service), topics=[violence.pk], home="", published_until="31.5.2027", anonymous="on")

    assert history(desk, service, "")[0] == [
        "Näyttöajan loppu [+31.5.2027]",
        "Kotikeskus [-Posion perhekeskus]",
        "Voi asioida nimettömänä [-Ei] [+Kyllä]",
        "Aiheet [-Raha], [+Väkivalta]",
    ]


def test_ages_as_they_are_typed(desk: Client):
    service = ServiceFactory(from_month=8, to_month=None)

    save(desk, change(service), from_month="4 v", to_month="6 v 6 kk")

    assert history(desk, service, "")[0] == ["Alaikäraja [-8 kk] [+4 v]", "Yläikäraja [+6 v 6 kk]"]
    assert history(desk, service)[0] == ["From age [-8 months] [+4 years]", "Under age [+6 years 6 months]"]


def test_rich_text_as_plain_text(desk: Client):
    service = ServiceFactory(description_fi="<p>Tule <strong>heti</strong>.</p>")

    save(desk, change(service), description_fi="<p>Tule <strong>heti</strong>.</p><p>Ilman lapsia.</p>")

    assert history(desk, service)[0] == ["Description Tule heti.[+Ilman lapsia.]"]


def test_rows_of_inlines_that_came_went_and_changed(desk: Client):
    service = ServiceFactory()
    kept = ContactFactory(service=service, kind="phone", value="040 123 4567", order=1)
    ContactFactory(service=service, kind="phone", value="040 765 4321", order=2)

    save(
        desk,
        change(service),
        **{
            "contacts-0-hours_sv": "vardagar 8–15",
            "contacts-1-DELETE": "on",
            "contacts-TOTAL_FORMS": "3",
        },
        **{
            "contacts-2-kind": "email",
            "contacts-2-value": "apu@esimerkki.example",
            "contacts-2-order": "0",
        },
    )

    assert history(desk, service, "")[0] == [
        "Yhteystieto: puhelin: 040 123 4567",
        "Milloin ruotsiksi [+vardagar 8–15]",
        "Yhteystieto: sähköposti: apu@esimerkki.example (lisätty)",
        "Tyyppi [+sähköposti]",
        "Numero tai osoite [+apu@esimerkki.example]",
        "Yhteystieto: puhelin: 040 765 4321 (poistettu)",
        "Tyyppi [-puhelin]",
        "Numero tai osoite [-040 765 4321]",
        "Järjestys [-2]",
    ]
    assert history(desk, kept, "")[0] == ["Milloin ruotsiksi [+vardagar 8–15]"]


def test_who_and_when(desk: Client, administrator: User):
    service = ServiceFactory()
    save(desk, change(service), cost_fi="5 euroa")

    page = html.fromstring(desk.get(address("history", service, service.pk)).content.decode())

    newest, first = page.xpath("//*[@class='history__when']")
    assert words(newest) == f"18.11.2026 at ten {administrator.email} nykyinen"
    assert words(first) == "18.11.2026 at ten"
    # As HTML has it, which knows no more than thousandths of a second.
    as_html = r"2026-11-18T10:\d\d:\d\d(\.\d{1,3})?\+0200"
    assert [bool(re.fullmatch(as_html, moment)) for moment in page.xpath("//time/@datetime")] == [True, True]


def test_hours_of_a_door_stand_in_the_history_of_its_service_too(desk: Client):
    span = OpeningSpanFactory(point__place__name_fi="Sampola", point__offering__service__name_fi="Neuvola")
    offering = span.point.offering

    save(desk, change(span.point), **{"spans-0-closes": "15.00"})

    title = "Sampola › Aukioloajat: maanantai 8.00–15.00"
    field = "Suljetaan [-16.00] [+15.00]"
    assert history(desk, span.point, "")[0] == [title.removeprefix("Sampola › "), field]
    assert history(desk, offering, "")[0] == [title, field]
    assert history(desk, offering.service, "")[0] == [f"{offering} › {title}", field]


def test_saving_without_a_change_is_no_change(desk: Client):
    service = ServiceFactory()

    save(desk, change(service))

    assert history(desk, service) == [[]]


def test_of_what_nobody_has_changed_it_says_so(desk: Client):
    service = ServiceFactory()
    page = desk.get(f"/en{address('history', service, service.pk)}").content.decode()

    assert "Nothing has been changed at the desk yet." in page


def test_a_change_past_the_desk_is_nobodys(desk: Client):
    service = ServiceFactory(cost_fi="5 euroa")
    save(desk, change(service), cost_fi="6 euroa")
    Service.objects.update(cost_fi="7 euroa")

    save(desk, change(service), cost_fi="8 euroa")

    page = html.fromstring(desk.get(f"/en{address('history', service, service.pk)}").content.decode())
    assert [words(each) for each in page.xpath("//*[@class='change__field']")] == [
        "Cost, in words [-7][+8] euroa",
        "Cost, in words [-6][+7] euroa",
        "Cost, in words [-5][+6] euroa",
    ]
    assert [words(each) for each in page.xpath("//*[@class='history__who']")] == [
        "paakayttaja@esimerkki.example"
    ] * 2


def test_old_changes_are_on_further_pages(desk: Client):
    service = ServiceFactory(urgent_order=1)
    for number in range(2, 24):
        save(desk, change(service), urgent_order=str(number))

    first = desk.get(f"/en{address('history', service, service.pk)}")
    (older,) = html.fromstring(first.content.decode()).xpath("//a[@class='history__older']/@href")
    second = desk.get(f"/en{address('history', service, service.pk)}{older}")

    assert len(told(first)) == 20
    assert told(second)[0] == ["Place on the page “Help now” [-2] [+3]"]
    assert len(told(second)) == 3
    assert len(ways_back(desk, service)) == 19


@pytest.mark.parametrize("before", ["abc", "9" * 23, "²", "-1"])
def test_a_strange_place_to_begin_is_the_beginning(desk: Client, before: str):
    service = ServiceFactory()
    save(desk, change(service), cost_fi="5 euroa")

    assert len(told(desk.get(address("history", service, service.pk), {"before": before}))) == 2


def test_a_history_costs_the_same_with_few_rows_and_with_many(desk: Client):
    service = ServiceFactory()
    ContactFactory(service=service)
    OfferingFactory(service=service)
    save(desk, change(service), cost_fi="5 euroa")
    few = cost(desk, service)
    for _number in range(6):
        ContactFactory(service=service)
        OpeningSpanFactory(point__offering__service=service)
    save(desk, change(service), cost_fi="6 euroa")

    assert cost(desk, service) == few <= 25


def cost(desk: Client, row: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        desk.get(address("history", row, row.pk))
    return len(queries)


def test_a_version_that_was_vouched_for_is_told(desk: Client):
    service = ServiceFactory(summary_fi="Apua.", name_sv="Tjänst", summary_sv="Stöd.")
    save(desk, change(service), summary_fi="Apua arkeen.")

    save(desk, change(service), vouch_sv="on")

    assert history(desk, service)[0] == ["Swedish [+checked: it says what the Finnish says]"]
    way = ways_back(desk, service)[0]
    assert told(desk.get(f"/en{way}")) == [["Swedish [-checked: it says what the Finnish says]"]]


def test_a_version_that_was_written_anew_is_told_by_its_text_alone(desk: Client):
    service = ServiceFactory(summary_fi="Apua.", summary_sv="Stöd.")

    save(desk, change(service), summary_sv="Stöd i vardagen.")

    assert history(desk, service)[0] == ["In one sentence in Swedish Stöd[+ i vardagen]."]


def test_a_second_factor_that_was_reset_is_told_of_its_user(desk: Client, administrator: User):
    user = UserFactory(is_staff=True)

    desk.post(
        address("changelist", User), {"action": "reset_second_factor", "_selected_action": str(user.pk)}
    )

    page = desk.get(f"/en{address('history', user, user.pk)}")
    tree = html.fromstring(page.content.decode())
    assert how(page) == [
        "Second factor reset",
        "This is how it was before its first change that was recorded.",
    ]
    assert [words(each) for each in tree.xpath("//*[@class='history__who']")] == [administrator.email]
