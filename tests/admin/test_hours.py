"""Opening hours typed as text on the form of a service in a centre."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from lxml import html

from services.models import OpeningSpan, ServicePoint, SpecialHours
from tests.admin.forms import address, errors, filled, save
from tests.factories import (
    OfferingFactory,
    OpeningSpanFactory,
    PlaceFactory,
    ServicePointFactory,
    SpecialHoursFactory,
)


@pytest.fixture
def point(db: None) -> ServicePoint:
    return ServicePointFactory()


def change(point: ServicePoint, prefix: str = "") -> str:
    return f"{prefix}{address('change', point.offering, point.offering.pk)}"


def type_into(desk: Client, point: ServicePoint, prefix: str = "", **texts: str) -> Any:
    return save(desk, change(point, prefix), **{f"points-0-{name}": text for name, text in texts.items()})


def week(point: ServicePoint) -> list[tuple[int, time, time]]:
    return list(point.spans.values_list("weekday", "opens", "closes"))


class TestWeek:
    def test_a_week_is_one_line_of_text(self, desk: Client, point: ServicePoint):
        answer = type_into(desk, point, hours="ma–ti 9–15, la 10–14.30")

        assert answer.status_code == 302
        assert week(point) == [
            (0, time(9), time(15)),
            (1, time(9), time(15)),
            (5, time(10), time(14, 30)),
        ]

    @pytest.mark.parametrize(
        ("prefix", "text"), [("", "ma–ti 8–16"), ("/sv", "mån–tis 8–16"), ("/en", "Mon–Tue 8–16")]
    )
    def test_it_is_shown_in_the_language_of_the_desk(
        self, desk: Client, point: ServicePoint, prefix: str, text: str
    ):
        for weekday in range(2):
            OpeningSpanFactory(point=point, weekday=weekday)

        assert filled(desk.get(change(point, prefix)))["points-0-hours"] == [text]

    def test_what_stays_the_same_keeps_its_rows(self, desk: Client, point: ServicePoint):
        kept, gone = OpeningSpanFactory(point=point), OpeningSpanFactory(point=point, weekday=1)

        type_into(desk, point, hours="ma 8–16, ke 8–16")

        assert list(point.spans.values_list("weekday", flat=True)) == [0, 2]
        assert kept in point.spans.all()
        assert not OpeningSpan.objects.filter(pk=gone.pk).exists()

    def test_an_emptied_line_closes_the_week(self, desk: Client, point: ServicePoint):
        OpeningSpanFactory(point=point)

        type_into(desk, point, hours="")

        assert week(point) == []

    def test_seasons_are_told_of_and_never_lost(self, desk: Client, point: ServicePoint):
        OpeningSpanFactory(point=point)
        summer = OpeningSpanFactory(
            point=point, weekday=3, valid_from=date(2027, 6, 1), valid_until=date(2027, 8, 9)
        )
        page = desk.get(change(point, "/en"))

        assert filled(page)["points-0-hours"] == ["Mon 8–16"]
        assert "It has hours for a season as well" in page.content.decode()
        type_into(desk, point, hours="")
        assert list(point.spans.all()) == [summer]

    def test_a_new_point_gets_its_hours_at_once(self, desk: Client):
        offering, place = OfferingFactory(), PlaceFactory()

        save(
            desk,
            address("change", offering, offering.pk),
            **{
                "points-TOTAL_FORMS": "1",
                "points-0-place": str(place.pk),
                "points-0-order": "0",
                "points-0-hours": "ma 9–12 ja 13–16",
                "points-0-exceptions": "24.12. suljettu: Jouluaatto",
            },
        )

        (point,) = offering.points.all()
        assert week(point) == [(0, time(9), time(12)), (0, time(13), time(16))]
        assert [(row.first_day, row.reason_fi) for row in point.special_hours.all()] == [
            (date(2026, 12, 24), "Jouluaatto")
        ]

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("ma–pe 9–15, la kymmenestä", "En ymmärrä kohtaa ”kymmenestä”."),
            ("9–15", "Minkä päivän aika on ”9”? Kirjoita päivä ensin: ma 9–15."),
            ("ma–pe", "Mihin aikaan on auki: ”ma–pe”? Jos on kiinni, kirjoita ”suljettu”."),
        ],
    )
    def test_what_is_not_understood_is_named_and_nothing_is_saved(
        self, desk: Client, point: ServicePoint, text: str, sentence: str
    ):
        OpeningSpanFactory(point=point)

        answer = type_into(desk, point, hours=text)

        assert errors(answer) == [sentence]
        assert filled(answer)["points-0-hours"] == [text]
        assert week(point) == [(0, time(8), time(16))]

    def test_it_stands_in_the_history(self, desk: Client, point: ServicePoint):
        type_into(desk, point, hours="ma 9–12")

        page = desk.get(address("history", point.offering, point.offering.pk)).content.decode()
        assert "Aukioloajat" in page


class TestExceptions:
    def test_each_line_is_an_exception(self, desk: Client, point: ServicePoint):
        type_into(desk, point, exceptions="24.–26.12. suljettu: Joulu\n2.1. 10–12 ja 13–14")

        rows = point.special_hours.values_list("first_day", "last_day", "opens", "closes", "reason_fi")
        assert list(rows) == [
            (date(2026, 12, 24), date(2026, 12, 26), None, None, "Joulu"),
            (date(2027, 1, 2), date(2027, 1, 2), time(10), time(12), ""),
            (date(2027, 1, 2), date(2027, 1, 2), time(13), time(14), ""),
        ]

    def test_they_are_shown_again_with_their_years(self, desk: Client, point: ServicePoint):
        SpecialHoursFactory(point=point, reason_fi="Jouluaatto")
        SpecialHoursFactory(
            point=point,
            first_day=date(2027, 1, 2),
            last_day=date(2027, 1, 2),
            opens=time(10),
            closes=time(12),
        )
        SpecialHoursFactory(
            point=point,
            first_day=date(2027, 1, 2),
            last_day=date(2027, 1, 2),
            opens=time(13),
            closes=time(14),
        )

        (text,) = filled(desk.get(change(point)))["points-0-exceptions"]
        assert text.strip().split("\n") == ["24.12.2026 suljettu: Jouluaatto", "2.1.2027 10–12 ja 13–14"]

    def test_past_ones_are_not_shown_and_stay(self, desk: Client, point: ServicePoint):
        past = SpecialHoursFactory(point=point, first_day=date(2026, 6, 1), last_day=date(2026, 6, 1))

        assert filled(desk.get(change(point)))["points-0-exceptions"] == [
            "\n"
        ]  # Django's own, before any text
        type_into(desk, point, exceptions="24.12. suljettu")
        assert past in point.special_hours.all()
        assert point.special_hours.count() == 2

    @pytest.mark.parametrize(
        "text", ["23.12.2026 suljettu: Joulu", "24.12.2026 9–12: Joulu", "24.12.2026 suljettu: Jouluaatto"]
    )
    def test_a_changed_one_keeps_its_reason_in_other_languages(
        self, desk: Client, point: ServicePoint, text: str
    ):
        row = SpecialHoursFactory(point=point, reason_fi="Joulu", reason_sv="Jul")

        type_into(desk, point, exceptions=text)

        (changed,) = point.special_hours.all()
        assert (changed.pk, changed.reason_sv) == (row.pk, "Jul")

    def test_one_taken_away_is_gone(self, desk: Client, point: ServicePoint):
        SpecialHoursFactory(point=point)

        type_into(desk, point, exceptions="")

        assert not SpecialHours.objects.exists()

    def test_what_is_not_understood_is_named(self, desk: Client, point: ServicePoint):
        answer = type_into(desk, point, exceptions="31.11. suljettu")

        assert errors(answer) == ["Sellaista päivää ei ole: ”31.11.”."]

    def test_a_reason_that_is_too_long_is_refused(self, desk: Client, point: ServicePoint):
        answer = type_into(desk, point, "/en", exceptions=f"24.12. closed: {'a' * 161}")

        assert errors(answer) == [f"“{'a' * 161}” was not understood."]


def test_saving_a_form_untouched_changes_no_hours(desk: Client, point: ServicePoint):
    OpeningSpanFactory(point=point)
    SpecialHoursFactory(point=point, reason_fi="Joulu", reason_sv="Jul")
    before = [list(model.objects.order_by("pk").values()) for model in (OpeningSpan, SpecialHours)]

    assert save(desk, change(point)).status_code == 302

    assert [list(model.objects.order_by("pk").values()) for model in (OpeningSpan, SpecialHours)] == before


class TestFindingThem:
    def jumps(self, desk: Client, row: Any) -> dict[str, str]:
        page = html.fromstring(desk.get(f"/en{address('change', row, row.pk)}").content.decode())
        links = page.xpath("//ul[@class='parts-of-form']//a")
        for link in links:
            assert page.get_element_by_id(link.get("href")[1:]) is not None
        return {link.text: link.get("href") for link in links}

    def test_a_link_at_the_top_of_the_form_leads_to_them(self, desk: Client, point: ServicePoint):
        jumps = self.jumps(desk, point.offering)

        assert jumps["Opening hours and exceptions"] == "#points-group"
        assert next(iter(jumps)) == "What is the same everywhere"

    def test_a_form_with_few_parts_has_no_such_links(self, desk: Client, point: ServicePoint):
        assert self.jumps(desk, point.place) == {}
