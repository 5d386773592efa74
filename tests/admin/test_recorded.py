"""What is recorded of the desk's rows, and what recording costs."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from reversion.models import Revision, Version

from accounts.models import User
from centres.history.kinds import Kind
from centres.history.recording import MOST_IN_A_REVISION, note_act, note_deletion, recording
from centres.history.registry import recorded, recorded_models
from centres.models import LinkCheck
from meetingplaces.models import Coming
from networks.models import Attendance, CardOpening
from perhekeskus import demo
from services.models import Offering, Service
from tests.admin.forms import address, save
from tests.admin.histories import change, history, state, undo
from tests.admin.test_pages import ALONE
from tests.factories import (
    FACTORIES,
    ContactFactory,
    OfferingFactory,
    OpeningSpanFactory,
    PlaceFactory,
    ProvisionFactory,
    ServiceFactory,
    UserFactory,
)


def test_every_model_of_the_desk_with_the_rows_of_its_inlines():
    for model in ALONE:
        # A service on the form of its offering has a history of its own.
        inlines = {inline.model for inline in admin.site.get_model_admin(model).inlines} - {Service}
        each = recorded(model)
        related = {model._meta.get_field(name).related_model for name in (*each.owns, *each.holds)}
        assert (model, inlines - related) == (model, set())
    # What links answer is written by a command, and who might come by families: neither has a page of its own. What a
    # person answered to a meeting, and whose card they looked at, is told to nobody else, and no history may keep it.
    assert set(recorded_models()) == set(FACTORIES) - {LinkCheck, Coming, Attendance, CardOpening}


def test_everything_that_is_typed_and_nothing_that_is_derived():
    fields = recorded(Service).fields

    assert {"name_fi", "name_se", "uuid", "topics", "made_from_sv", "home"} <= set(fields)
    assert {"name", "search_fi", "sort_sv", "updated_at", "id"}.isdisjoint(fields)


@pytest.mark.parametrize("model", ALONE, ids=lambda model: model.__name__)
def test_each_of_them_can_be_saved_deleted_and_looked_up(desk: Client, model: Any):
    row = FACTORIES[model]()
    save(desk, change(row))
    desk.post(address("delete", row, row.pk), {"post": "yes"})

    assert Version.objects.get_for_model(model).filter(object_id=row.pk).exists()


def test_what_a_command_or_an_action_changes_is_recorded_by_one_line(desk: Client, administrator: User):
    services = [ServiceFactory(), ServiceFactory()]

    with recording(services, user=administrator):
        Service.objects.update(cost_fi="5 euroa")

    assert [history(desk, service)[0] for service in services] == [["Cost, in words [+5 euroa]"]] * 2
    assert Revision.objects.count() == 2


def test_demo_content_brings_no_history_and_its_text_comes_back(desk: Client, today: Any):
    demo.load(today, ["posio"])
    assert not Version.objects.exists()
    service = Offering.objects.filter(centre__slug="posio").first().service
    before = state(Service)
    save(desk, change(service), name_fi="Jotain muuta")

    undo(desk, service)

    assert state(Service) == before


def test_the_cost_of_a_save_does_not_grow_with_what_belongs_to_the_row(desk: Client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries, recording([service]):
            Service.objects.update(cost_fi=f"{len(queries)} euroa {Revision.objects.count()}")
        return len(queries)

    service = ServiceFactory()
    OpeningSpanFactory(point__offering__service=service)
    ContactFactory(service=service)
    PlaceFactory()
    cost()
    few = cost()
    for _number in range(5):
        span = OpeningSpanFactory(point__offering__service=service)
        ProvisionFactory(offering=span.point.offering)
        ContactFactory(service=service)
    cost()
    assert cost() - few <= 3


def versions_in_each_revision(kind: Kind) -> list[int]:
    held = Version.objects.filter(revision__comment=kind).values("revision").order_by("revision")
    return [row["n"] for row in held.annotate(n=Count("pk"))]


def test_the_history_of_many_deleted_at_once_is_written_in_parts(administrator: User):
    """Whoever asks for the history of one row reads all that its revision holds."""
    offerings = [OfferingFactory() for _number in range(MOST_IN_A_REVISION + 1)]

    with transaction.atomic():
        note_deletion([each.service for each in offerings], user=administrator)

    # Each with its offering, with which it comes back.
    assert versions_in_each_revision(Kind.DELETED) == [2 * MOST_IN_A_REVISION, 2]


def test_the_history_of_what_was_done_to_many_is_written_in_parts(administrator: User):
    users = [UserFactory() for _number in range(MOST_IN_A_REVISION + 1)]

    note_act(users, user=administrator, kind=Kind.SECOND_FACTOR)

    assert versions_in_each_revision(Kind.SECOND_FACTOR) == [MOST_IN_A_REVISION, 1]
