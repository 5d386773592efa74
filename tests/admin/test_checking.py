"""Marking as checked: whose name stands there, on a form and for many at once, and in the history."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client
from lxml import html

from accounts.models import User
from centres.actions import mark_as_checked
from centres.admin import base
from centres.models import Place
from centres.publishing import Kept
from services.models import Offering
from tests.admin.forms import address, changed_by, save
from tests.factories import (
    FACTORIES,
    PASSWORD,
    FamilyCentreFactory,
    MembershipFactory,
    OfferingFactory,
    OrganisationFactory,
    PlaceFactory,
    ThemeFactory,
    TopicFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

KEPT = [model for model in admin.site._registry if issubclass(model, Kept)]
BEFORE = date(2025, 3, 1)


@pytest.fixture
def provider() -> Any:
    return OrganisationFactory(name_fi="Posion kunta")


@pytest.fixture
def posio(provider: Any) -> Any:
    return FamilyCentreFactory(provider=provider)


def coordinator(centre: Any) -> Client:
    client = Client()
    membership = MembershipFactory(centre=centre, user__is_staff=True)
    assert client.login(username=membership.user.email, password=PASSWORD)
    return client


def checked(row: Any) -> tuple[date, Any]:
    row.refresh_from_db()
    return row.reviewed_on, row.reviewed_by


def tick(desk: Client, *rows: Any, **data: Any) -> Any:
    """Marks `rows` as checked from their list."""
    data = {"action": "mark_as_checked", "_selected_action": [row.pk for row in rows]} | data
    return desk.post(address("changelist", rows[0]), data)


def messages(desk: Client, answer: Any) -> list[str]:
    page = html.fromstring(desk.get(answer["Location"]).content.decode())
    return [item.text_content().strip() for item in page.xpath("//ul[@class='messagelist']/li")]


class TestWhoChecked:
    def test_the_provider_of_the_pages_of_the_rows_own_centre(self, posio: Any, provider: Any, today: date):
        elsewhere = FamilyCentreFactory(provider=OrganisationFactory())
        rows = [OfferingFactory(centre=posio), ThemeFactory(centre=posio), PlaceFactory(home=posio)]
        mark_as_checked(rows=rows, today=today, centre=elsewhere)

        assert [checked(row) for row in rows] == [(today, provider)] * 3

    def test_of_a_shared_row_the_provider_of_the_checkers_centre(
        self, posio: Any, provider: Any, today: date
    ):
        place = PlaceFactory()
        mark_as_checked(rows=[place], today=today, centre=posio)

        assert checked(place) == (today, provider)

    @pytest.mark.parametrize("has_centre", [True, False])
    def test_where_nobody_answers_the_one_before_still_stands(self, today: date, has_centre: bool):
        before = OrganisationFactory()
        place = PlaceFactory(reviewed_on=BEFORE, reviewed_by=before)
        mark_as_checked(rows=[place], today=today, centre=FamilyCentreFactory() if has_centre else None)

        assert checked(place) == (today, before)

    def test_it_is_a_save_that_others_can_see(self, today: date):
        place = PlaceFactory()
        Place.objects.update(updated_at=datetime(2025, 3, 1, tzinfo=ZoneInfo("Europe/Helsinki")))
        mark_as_checked(rows=[place], today=today, centre=None)

        place.refresh_from_db()
        assert place.updated_at.date() == today


class TestFromAList:
    @pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
    def test_ten_are_ticked_and_one_action_checks_them(self, desk: Client, model: Any, today: date):
        rows = [FACTORIES[model]() for _number in range(10)]
        other = FACTORIES[model]()

        answer = tick(desk, *rows)

        assert {checked(row)[0] for row in rows} == {today}
        assert checked(other)[0] is None
        assert messages(desk, answer) == ["10 kohdetta merkittiin tänään tarkistetuiksi."]

    def test_they_leave_the_list_of_what_waits(self, desk: Client):
        rows = [PlaceFactory() for _number in range(3)]
        stale = f"{address('changelist', Place)}?need=stale"
        assert len(desk.get(stale).context["cl"].queryset) == 3

        data = {"action": "mark_as_checked", "_selected_action": [row.pk for row in rows[:2]]}
        answer = desk.post(stale, data)

        assert answer["Location"] == stale
        assert list(desk.get(stale).context["cl"].queryset) == rows[2:]

    def test_all_of_a_list_that_goes_over_pages(self, desk: Client, today: date):
        rows = [PlaceFactory() for _number in range(60)]
        other = PlaceFactory(reviewed_on=today - timedelta(days=1))
        path = f"{address('changelist', Place)}?need=stale"

        data = {"action": "mark_as_checked", "_selected_action": [rows[0].pk], "select_across": "1"}
        desk.post(path, data)

        assert Place.objects.filter(reviewed_on=today).count() == 60
        assert checked(other)[0] == today - timedelta(days=1)

    def test_of_more_than_somebody_can_have_looked_at_none_is_checked(
        self, desk: Client, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(base, "MOST_AT_ONCE", 2)
        rows = [PlaceFactory() for _number in range(3)]

        answer = tick(desk, *rows[:1], select_across="1")

        assert Place.objects.exclude(reviewed_on=None).count() == 0
        assert messages(desk, answer) == [
            "Mitään ei tehty: rivejä on 3, ja kerralla käsitellään enintään 2. Rajaa listaa suodattimilla."
        ]
        tick(desk, *rows[:2], select_across="0")
        assert Place.objects.exclude(reviewed_on=None).count() == 2

    def test_the_history_of_each_says_so(self, desk: Client, administrator: User):
        rows = [PlaceFactory(name_fi="Talo"), PlaceFactory(name_fi="Tupa")]

        tick(desk, *rows)

        assert [changed_by(row) for row in rows] == [[administrator, None]] * 2

    def test_one_is_told_as_one(self, desk: Client):
        assert messages(desk, tick(desk, PlaceFactory())) == ["1 kohde merkittiin tänään tarkistetuksi."]

    def test_it_is_the_first_of_the_actions(self, desk: Client):
        PlaceFactory()
        page = html.fromstring(desk.get(address("changelist", Place)).content.decode())

        assert page.xpath("//select[@name='action']/option/@value")[:2] == ["", "mark_as_checked"]

    def test_what_is_not_kept_by_anybody_has_no_such_action(self, desk: Client):
        topic = TopicFactory()
        page = html.fromstring(desk.get(address("changelist", topic)).content.decode())

        assert "mark_as_checked" not in page.xpath("//select[@name='action']/option/@value")

    def test_whoever_may_only_look_has_no_such_action(self, client: Client):
        reader = UserFactory(is_staff=True)
        reader.user_permissions.set(Permission.objects.filter(codename="view_place"))
        assert client.login(username=reader.email, password=PASSWORD)
        place = PlaceFactory()

        tick(client, place)

        assert checked(place) == (None, None)

    def test_a_link_checks_nothing(self, desk: Client):
        place = PlaceFactory()
        data = {"action": "mark_as_checked", "_selected_action": place.pk}
        desk.get(address("changelist", Place), data)

        assert checked(place) == (None, None)

    def test_many_cost_one_query_each_and_no_more(self, desk: Client, django_assert_num_queries: Any):
        rows = [OfferingFactory() for _number in range(8)]
        with django_assert_num_queries(11):  # the rows, eight saves, and the transaction around them
            mark_as_checked(
                rows=list(Offering.objects.select_related("centre").filter(pk__in=[row.pk for row in rows])),
                today=date(2026, 11, 18),
                centre=None,
            )


class TestWhatIsTheirs:
    def test_a_shared_row_among_the_ticked_stays_as_it_was(self, posio: Any, today: date):
        client, own, shared = coordinator(posio), PlaceFactory(home=posio), PlaceFactory()

        answer = tick(client, own, shared)

        assert (checked(own)[0], checked(shared)[0]) == (today, None)
        assert messages(client, answer) == [
            "1 kohde merkittiin tänään tarkistetuksi.",
            "1 kohde ei ole sinun muutettavissasi, joten se jäi ennalleen.",
        ]
        assert len(changed_by(own)) == 2
        assert set(changed_by(shared)) <= {None}

    @pytest.mark.parametrize("on_form", [True, False])
    def test_a_service_of_ones_own_is_checked_with_its_offering(
        self, posio: Any, provider: Any, today: date, on_form: bool
    ):
        offering = OfferingFactory(centre=posio, service__home=posio, service__summary_fi="Vanha.")
        client = coordinator(posio)

        if on_form:
            path = address("change", offering, offering.pk)
            save(client, path, **{"service-0-summary_fi": "Uusi."}, _checked="1")
        else:
            tick(client, offering)

        assert checked(offering) == checked(offering.service) == (today, provider)
        assert offering.service.summary_fi == ("Uusi." if on_form else "Vanha.")
        assert len(changed_by(offering.service)) == 2

    @pytest.mark.parametrize("on_form", [True, False])
    def test_an_offering_is_checked_with_the_service_that_its_centre_keeps(
        self, posio: Any, provider: Any, today: date, on_form: bool
    ):
        offering = OfferingFactory(centre=posio, service__home=posio)
        service = offering.service

        if on_form:
            save(coordinator(posio), address("change", service, service.pk), _checked="1")
        else:
            tick(coordinator(posio), service)

        assert checked(service) == checked(offering) == (today, provider)
        assert len(changed_by(offering)) == 2

    def test_an_offering_is_not_checked_with_a_service_that_others_share(self, desk: Client, today: date):
        offering = OfferingFactory()

        tick(desk, offering.service)

        assert (checked(offering.service)[0], checked(offering)[0]) == (today, None)

    def test_a_shared_service_is_not_checked_with_an_offering_of_it(self, posio: Any, today: date):
        offering = OfferingFactory(centre=posio)

        tick(coordinator(posio), offering)

        assert (checked(offering)[0], checked(offering.service)[0]) == (today, None)


class TestOnAForm:
    def test_a_coordinator_saves_and_checks_in_one_go(self, posio: Any, provider: Any, today: date):
        client = coordinator(posio)
        place = PlaceFactory(name_fi="Talo", home=posio)

        save(client, address("change", place, place.pk), town="Posio", _checked="1")

        assert checked(place) == (today, provider)
        assert place.town == "Posio"
        assert len(changed_by(place)) == 2

    def test_a_mistake_on_the_form_checks_nothing(self, desk: Client):
        place = PlaceFactory()

        answer = save(desk, address("change", place, place.pk), postcode="kaksi", _checked="1")

        assert answer.status_code == 400
        assert checked(place) == (None, None)

    def test_it_wins_over_the_date_typed(self, desk: Client, today: date):
        place = PlaceFactory(reviewed_on=BEFORE)

        save(desk, address("change", place, place.pk), reviewed_on="1.1.2020", _checked="1")

        assert checked(place)[0] == today

    def test_an_ordinary_save_is_no_check(self, desk: Client):
        place = PlaceFactory(reviewed_on=BEFORE)

        save(desk, address("change", place, place.pk), town="Posio", _save="1")

        assert checked(place)[0] == BEFORE

    @pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
    def test_every_kept_row_has_the_button_and_a_new_one_has_not(self, desk: Client, model: Any):
        row = FACTORIES[model]()

        def buttons(path: str) -> int:
            return len(html.fromstring(desk.get(path).content.decode()).xpath("//input[@name='_checked']"))

        assert buttons(address("change", row, row.pk)) == 1
        assert buttons(address("add", model)) == 0

    def test_what_is_not_kept_by_anybody_has_no_button(self, desk: Client):
        topic = TopicFactory()

        assert b"_checked" not in desk.get(address("change", topic, topic.pk)).content


def test_today_is_the_day_in_helsinki(administrator: User, client: Client, time_machine: Any):
    time_machine.move_to(datetime(2026, 11, 19, 0, 30, tzinfo=ZoneInfo("Europe/Helsinki")))
    place = PlaceFactory()
    client.force_login(administrator)
    tick(client, place)

    assert checked(place)[0] == date(2026, 11, 19)
