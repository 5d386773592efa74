"""Two people at one form: what only one of them changed is kept, and told."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from services.models import Offering
from tests.admin.forms import filled, save
from tests.admin.two_people import Opening, added, change, kept, told
from tests.factories import (
    ContactFactory,
    OfferingFactory,
    OpeningSpanFactory,
    ServiceFactory,
    TopicFactory,
)


def test_what_only_the_other_changed_is_kept_and_told(colleague: Client, opened: Opening):
    service = ServiceFactory(cost_fi="5 euroa", summary_fi="Apua.")
    send = opened(service)
    save(colleague, change(service), cost_fi="6 euroa", name_sv="Stöd")

    answer = send(summary_fi="Apua arkeen.")

    service.refresh_from_db()
    assert answer.status_code == 302
    assert (service.cost_fi, service.name_sv, service.summary_fi) == ("6 euroa", "Stöd", "Apua arkeen.")
    assert told(answer)[:1] == [kept("Cost, in words", "Name in Swedish")]


@pytest.mark.parametrize(
    ("field", "there", "sent"),
    [
        ("description_fi", "<p>Uusi <strong>teksti</strong>.</p>", "<p>Uusi <strong>teksti</strong>.</p>"),
        ("from_month", 18, "18 months"),
        ("anonymous", True, "true"),
        ("published_until", date(2031, 6, 1), "2031-06-01"),
        ("charge", "free", "free"),
    ],
)
def test_every_kind_of_field_is_kept(colleague: Client, opened: Opening, field: str, there: Any, sent: str):
    service = ServiceFactory(cost_fi="5 euroa")
    send = opened(service)
    save(colleague, f"/en{change(service)}", **{field: sent})

    send(cost_fi="7 euroa")

    service.refresh_from_db()
    assert (service.cost_fi, getattr(service, field)) == ("7 euroa", there)


def test_what_the_other_emptied_stays_empty(colleague: Client, opened: Opening):
    topic = TopicFactory()
    service = ServiceFactory(cost_fi="5 euroa", topics=[topic])
    send = opened(service)
    save(colleague, change(service), cost_fi="", topics=[])

    send(summary_fi="Apua arkeen.")

    service.refresh_from_db()
    assert (service.summary_fi, service.cost_fi or "", service.topics.count()) == ("Apua arkeen.", "", 0)


def test_tags_that_only_the_other_ticked_are_kept(colleague: Client, opened: Opening):
    topic = TopicFactory(name_fi="Raha")
    service = ServiceFactory()
    send = opened(service)
    save(colleague, change(service), topics=[topic.pk])

    assert told(send(cost_fi="7 euroa"))[:1] == [kept("Topics")]
    assert service.topics.get() == topic


def test_whoever_wrote_the_same_is_asked_nothing(colleague: Client, opened: Opening):
    service = ServiceFactory(cost_fi="5 euroa")
    send = opened(service)
    save(colleague, change(service), cost_fi="6 euroa")

    answer = send(cost_fi="6 euroa", summary_fi="Apua arkeen.")

    service.refresh_from_db()
    assert (answer.status_code, service.cost_fi, service.summary_fi) == (302, "6 euroa", "Apua arkeen.")


def test_a_contact_that_only_the_other_changed_keeps_it(colleague: Client, opened: Opening):
    contact = ContactFactory(kind="phone", value="040 123 4567")
    send = opened(contact.service)
    save(colleague, change(contact.service), **{"contacts-0-value": "040 765 4321"})

    answer = send(**{"cost_fi": "7 euroa", "contacts-0-label_fi": "Ajanvaraus"})

    contact.refresh_from_db()
    assert (contact.value, contact.label_fi, contact.service.cost_fi) == (
        "040 765 4321",
        "Ajanvaraus",
        "7 euroa",
    )
    assert told(answer)[:1] == [kept("Contact: puhelin: 040 765 4321 · Number or address")]


def test_a_contact_that_only_i_changed_is_saved(colleague: Client, opened: Opening):
    mine, theirs = (ContactFactory(kind="phone", value=f"040 123 456{number}") for number in (1, 2))
    theirs.service = mine.service
    theirs.save()
    send = opened(mine.service)
    save(colleague, change(theirs), value="040 765 4322")

    send(**{"contacts-0-value": "040 765 4321"})

    values = list(mine.service.contacts.order_by("pk").values_list("value", flat=True))
    assert values == ["040 765 4321", "040 765 4322"]


def test_a_contact_that_the_other_deleted_and_i_left_alone_stays_deleted(colleague: Client, opened: Opening):
    service = ServiceFactory()
    ContactFactory(service=service, kind="phone", value="040 123 4567")
    ContactFactory(service=service, kind="phone", value="040 123 4568")
    send = opened(service)
    save(colleague, change(service), **{"contacts-0-DELETE": "on"})

    answer = send(**{"contacts-1-value": "040 765 4328"} | added(2, value="040 123 4569"))

    assert answer.status_code == 302
    assert [each.value for each in service.contacts.order_by("pk")] == ["040 765 4328", "040 123 4569"]
    assert told(answer)[:1] == [kept("Contact: puhelin: 040 123 4567 (removed)")]


def test_a_contact_that_the_other_added_stays(colleague: Client, opened: Opening):
    service = ServiceFactory()
    send = opened(service)
    save(colleague, change(service), **added(0, value="040 123 4567"))

    answer = send(cost_fi="7 euroa")

    service.refresh_from_db()
    assert (service.cost_fi, service.contacts.get().value) == ("7 euroa", "040 123 4567")
    assert told(answer)[:1] == [kept("Contact: puhelin: 040 123 4567 (added)")]


def test_hours_saved_on_another_page_are_kept_where_they_stand_as_text(colleague: Client, opened: Opening):
    span = OpeningSpanFactory()
    offering = span.point.offering
    send = opened(offering)
    save(colleague, change(span.point), **{"spans-0-closes": "15.00"})

    answer = send(**{"points-0-note_fi": "Toinen kerros."})

    span = span.point.spans.get()
    span.point.refresh_from_db()
    assert (span.closes, span.point.note_fi) == (time(15), "Toinen kerros.")
    assert told(answer)[:1] == [kept(f"Service point: {span.point} · Opening hours")]


def test_shared_text_changed_on_the_services_own_form_is_kept(colleague: Client, opened: Opening):
    offering = OfferingFactory(service=ServiceFactory(cost_fi="5 euroa"))
    send = opened(offering)
    save(colleague, change(offering.service), cost_fi="6 euroa")

    send(how_to_get_fi="Soita.")

    saved = Offering.objects.get()
    assert (saved.how_to_get_fi, saved.service.cost_fi) == ("Soita.", "6 euroa")


def test_saving_without_a_change_is_no_conflict(colleague: Client, opened: Opening):
    service = ServiceFactory()
    send = opened(service)
    save(colleague, change(service))

    answer = send(cost_fi="7 euroa")
    assert (answer.status_code, [each for each in told(answer) if "meanwhile" in each]) == (302, [])


def test_what_is_kept_stands_on_a_form_that_comes_back_with_a_slip(
    colleague: Client, opened: Opening, again: Callable[..., Any]
):
    service = ServiceFactory(cost_fi="5 euroa")
    send = opened(service)
    save(colleague, change(service), cost_fi="6 euroa")

    answer = send(summary_fi="")
    assert filled(answer)["cost_fi"] == ["\n6 euroa"]
    assert again(service, answer, summary_fi="Apua arkeen.").status_code == 302

    service.refresh_from_db()
    assert (service.cost_fi, service.summary_fi) == ("6 euroa", "Apua arkeen.")
