"""Hiding a row for a time: the pair of days that says when it is away."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from lxml import html

from centres.publishing import Published
from tests.admin.forms import address, errors, filled, save
from tests.admin.two_people import Opening, change, differences, kept, told
from tests.factories import (
    PASSWORD,
    FamilyCentreFactory,
    LocalNetworkFactory,
    MeetingPlaceFactory,
    MembershipFactory,
    NetworkFactory,
    OfferingFactory,
    ServiceFactory,
    ThemeFactory,
)

FACTORIES = [
    LocalNetworkFactory,
    MeetingPlaceFactory,
    NetworkFactory,
    OfferingFactory,
    ServiceFactory,
    ThemeFactory,
]
SUMMER = {"hidden_from": "01.06.2027", "hidden_until": "31.07.2027"}  # as a box of a date writes them
KEPT = {"published_until": date(2027, 5, 31), "published_from": date(2027, 8, 1)}
NO_DAYS = dict.fromkeys(("hidden_from", "hidden_until", "published_from", "published_until"), "")
EITHER = "Give either the days it is hidden or the days it is shown, not both: empty the other two boxes."
BOTH_ENDS = "Give both the first and the last day it is hidden."


def days_of(row: Any) -> tuple[date | None, date | None]:
    row.refresh_from_db()
    return row.published_until, row.published_from


def days_on(values: dict[str, list[str]], prefix: str = "") -> dict[str, str]:
    """What stands in the four boxes; lxml leaves out what is empty."""
    return {name: values.get(f"{prefix}{name}", [""])[0] for name in NO_DAYS}


def test_every_form_that_publishes_can_hide_for_a_time(desk: Client):
    models = {factory._meta.model for factory in FACTORIES}
    assert models == set(Published.__subclasses__()), "a model that is published is missing here"
    for factory in FACTORIES:
        page = html.fromstring(desk.get(change(factory())).content.decode())
        assert set(NO_DAYS) <= set(page.xpath("//input/@name"))


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_row_is_hidden_from_the_first_day_to_the_last(desk: Client, factory: Any):
    row = factory()

    save(desk, change(row), **SUMMER)

    assert days_of(row) == (date(2027, 5, 31), date(2027, 8, 1))
    assert [row.is_public(date(2027, *day)) for day in ((5, 31), (6, 1), (7, 31), (8, 1))] == [
        True,
        False,
        False,
        True,
    ]


def test_a_single_day_may_be_hidden(desk: Client):
    row = ThemeFactory()

    save(desk, change(row), hidden_from="1.6.2027", hidden_until="1.6.2027")

    assert days_of(row) == (date(2027, 5, 31), date(2027, 6, 2))


def test_a_break_stands_in_its_own_pair_and_stays_when_it_is_saved_untouched(desk: Client):
    row = OfferingFactory(**KEPT)

    assert days_on(filled(desk.get(change(row)))) == NO_DAYS | SUMMER
    save(desk, change(row), name_fi="Toinen")

    assert days_of(row) == (date(2027, 5, 31), date(2027, 8, 1))


def test_a_break_ends_when_its_pair_is_emptied(desk: Client):
    row = OfferingFactory(**KEPT)

    save(desk, change(row), hidden_from="", hidden_until="")

    assert days_of(row) == (None, None)


@pytest.mark.parametrize(
    ("until", "since"), [(date(2027, 5, 31), date(2027, 6, 1)), (date(2027, 5, 31), None), (None, None)]
)
def test_days_that_hide_nothing_stand_where_they_are_shown(
    desk: Client, until: date | None, since: date | None
):
    row = OfferingFactory(published_until=until, published_from=since)

    save(desk, change(row))

    assert days_of(row) == (until, since)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (SUMMER | {"published_from": "1.1.2027"}, [EITHER]),
        (SUMMER | {"published_from": "1.1.2027", "published_until": "1.9.2027"}, [EITHER]),
        ({"hidden_from": "1.6.2027"}, [BOTH_ENDS]),
        ({"hidden_until": "31.7.2027"}, [BOTH_ENDS]),
        (
            {"hidden_from": "31.7.2027", "hidden_until": "1.6.2027"},
            ["The last day cannot be before the first."],
        ),
        (
            SUMMER | {"hidden_from": "kesäkuu"},
            ["Write the date with its year, for example 1.6.2027."],
        ),
        (
            SUMMER | {"hidden_until": "31.12.9999"},
            ["Write the date with its year, for example 1.6.2027."],
        ),
    ],
)
def test_days_that_make_no_break_are_told_plainly(desk: Client, days: dict[str, str], said: list[str]):
    row = OfferingFactory()

    answer = save(desk, f"/en{change(row)}", **days)

    assert (answer.status_code, errors(answer)) == (400, said)
    assert days_of(row) == (None, None)
    assert days_on(filled(answer)) == NO_DAYS | days


def test_a_centre_on_the_services_form_has_its_own_break(desk: Client):
    offering = OfferingFactory()

    save(desk, change(offering.service), **{f"offerings-0-{name}": day for name, day in SUMMER.items()})

    assert days_of(offering) == (date(2027, 5, 31), date(2027, 8, 1))
    values = filled(desk.get(change(offering.service)))
    assert days_on(values, "offerings-0-") == NO_DAYS | SUMMER


class TestTwoPeople:
    def test_a_break_that_only_the_other_gave_is_kept(self, colleague: Client, opened: Opening):
        row = OfferingFactory()
        send = opened(row)
        save(colleague, change(row), **SUMMER)

        answer = send(name_fi="Toinen")

        assert days_of(row) == (date(2027, 5, 31), date(2027, 8, 1))
        assert row.name_fi == "Toinen"
        assert told(answer)[0] == kept("Hide for a time: first day", "Hide for a time: last day")

    def test_a_break_that_only_the_other_took_back_stays_away(self, colleague: Client, opened: Opening):
        row = OfferingFactory(**KEPT)
        send = opened(row)
        save(colleague, change(row), hidden_from="", hidden_until="")

        send(name_fi="Toinen")

        assert days_of(row) == (None, None)

    def test_a_break_that_both_gave_is_asked(
        self, colleague: Client, opened: Opening, again: Callable[..., Any]
    ):
        row = OfferingFactory()
        send = opened(row)
        save(colleague, change(row), **SUMMER)

        answer = send(**SUMMER | {"hidden_until": "8.8.2027"})

        assert differences(answer) == ["Hide for a time: last day saved now: 31.07.2027 yours: 8.8.2027"]
        again(row, answer, _save_mine="1")
        assert days_of(row) == (date(2027, 5, 31), date(2027, 8, 9))

    def test_a_break_is_not_told_as_a_last_day(self, colleague: Client, opened: Opening):
        row = OfferingFactory(published_until=date(2027, 12, 31))
        send = opened(row)
        save(colleague, change(row), published_until="", **SUMMER)

        answer = send(published_until="15.12.2027")

        assert differences(answer) == ["Shown until saved now: – yours: 15.12.2027"]

    def test_a_break_beside_days_that_the_other_gave_is_a_plain_error(
        self, colleague: Client, opened: Opening
    ):
        row = OfferingFactory()
        send = opened(row)
        save(colleague, change(row), published_until="31.12.2027")

        answer = send(**SUMMER)

        assert (answer.status_code, errors(answer)) == (400, [EITHER])
        assert days_of(row) == (date(2027, 12, 31), None)


class TestReading:
    @pytest.fixture
    def reader(self, db: None) -> Client:
        """Somebody who reads what another centre keeps, and may not change it."""
        user = MembershipFactory(centre=FamilyCentreFactory(), user__is_staff=True).user
        client = Client()
        assert client.login(username=user.email, password=PASSWORD)
        return client

    def shown(self, client: Client, row: Any) -> dict[str, str]:
        page = html.fromstring(client.get(f"/en{address('change', row, row.pk)}").content.decode())
        boxes = page.xpath("//div[contains(@class, 'flex-container')][div[@class='readonly']]")
        return {
            box.xpath("string(label)").strip(": \n"): box.xpath("string(div[@class='readonly'])").strip()
            for box in boxes
        }

    def test_a_break_is_read_as_it_is_typed(self, reader: Client):
        shown = self.shown(reader, ServiceFactory(**KEPT))

        assert shown["Hide for a time: first day"] == "01.06.2027"
        assert shown["Hide for a time: last day"] == "31.07.2027"
        assert (shown["Shown from"], shown["Shown until"]) == ("-", "-")

    def test_what_has_no_break_says_so(self, reader: Client):
        assert self.shown(reader, ServiceFactory())["Hide for a time: first day"] == "-"
