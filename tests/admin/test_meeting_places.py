"""The form of a meeting place."""

from typing import Any

import pytest
from django.test import Client

from centres.models import FamilyCentre
from meetingplaces.models import MeetingPlace
from tests.admin.forms import address, beside, save
from tests.factories import MeetingPlaceFactory, OfferingFactory, ServiceFactory, TopicFactory


@pytest.fixture
def place(posio: FamilyCentre) -> MeetingPlace:
    return MeetingPlaceFactory(centre=posio)


def tick(client: Client, place: MeetingPlace, **values: Any) -> Any:
    return save(client, f"/en{address('change', place, place.pk)}", counts_families="on", **values)


def test_families_are_counted_where_nothing_is_sensitive(coordinator: Client, place: MeetingPlace):
    assert tick(coordinator, place).status_code == 302
    place.refresh_from_db()
    assert place.counts_families


@pytest.mark.parametrize("of_its_service", [False, True])
def test_nobody_is_counted_where_something_sensitive_is_spoken_of(
    coordinator: Client, place: MeetingPlace, posio: FamilyCentre, of_its_service: bool
):
    topic, service = TopicFactory(sensitive=True), ServiceFactory()
    if of_its_service:
        service.topics.add(topic)
        place.offering = OfferingFactory(service=service, centre=posio)
        place.save()
    else:
        place.topics.add(topic)

    answer = tick(coordinator, place)

    assert answer.status_code == 400
    assert beside(answer, "counts_families") == [
        "It is about something sensitive, so its page never asks who might come. Take the tick away."
    ]


def test_a_tick_from_before_stands_in_nobodys_way(coordinator: Client, place: MeetingPlace):
    place.topics.add(TopicFactory(sensitive=True))
    MeetingPlace.objects.update(counts_families=True)

    assert save(coordinator, address("change", place, place.pk), bring_fi="Sisäkengät").status_code == 302
