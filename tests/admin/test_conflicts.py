"""Two people at one form: what both changed is asked, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html
from reversion.models import Revision

from centres.versions import VersionState
from services.models import Contact, Offering, Service
from tests.admin.forms import address, errors, filled, save
from tests.admin.two_people import Opening, change, differences, in_one_line, told
from tests.factories import (
    ContactFactory,
    OfferingFactory,
    OpeningSpanFactory,
    PlaceFactory,
    ServiceFactory,
    TopicFactory,
)


def test_nothing_is_saved_and_nothing_typed_is_lost(desk: Client, colleague: Client, opened: Opening):
    service = ServiceFactory(cost_fi="5 euroa", summary_fi="Apua.")
    send = opened(service)
    save(colleague, change(service), cost_fi="6 euroa", summary_fi="Apua heti.")

    answer = send(cost_fi="7 euroa", summary_sv="", name_sv="Stöd")

    service.refresh_from_db()
    assert (answer.status_code, service.cost_fi, service.name_sv or "") == (409, "6 euroa", "")
    assert differences(answer) == ["Cost, in words saved now: 6 euroa yours: 7 euroa"]
    values = filled(answer)
    typed = [values[name][0].strip() for name in ("cost_fi", "name_sv")]  # HTML drops the first line break
    assert typed == ["7 euroa", "Stöd"]
    assert errors(answer) == [
        "Nothing was saved yet. Somebody else saved this meanwhile: look at the differences below."
    ]
    page = html.fromstring(answer.content.decode())
    assert "Kaisa" in page.xpath("//*[@class='conflict__who']")[0].text_content()
    assert in_one_line(page.xpath("//*[@class='conflict__kept']")[0]).endswith("In one sentence")


def test_whoever_has_the_form_open_twice_is_told_that_it_was_themselves(desk: Client, opened: Opening):
    service = ServiceFactory(cost_fi="5 euroa", summary_fi="Apua.")
    send, send_other = opened(service), opened(service)
    save(desk, change(service), cost_fi="6 euroa", summary_fi="Apua heti.")

    answer = send(cost_fi="7 euroa")

    assert errors(answer) == [
        "Nothing was saved yet. You saved this meanwhile in another window: look at the differences below."
    ]
    page = html.fromstring(answer.content.decode())
    (box,) = page.xpath("//*[@class='conflict']")
    assert in_one_line(box).startswith("You saved this meanwhile in another window")
    assert "Look at what you changed there" in in_one_line(box)
    assert told(send_other(name_sv="Stöd"))[0].startswith(
        "You saved this meanwhile in another window. What you changed there is kept:"
    )


def test_saving_once_more_is_no_way_round(colleague: Client, opened: Opening, again: Callable[..., Any]):
    service = ServiceFactory(cost_fi="5 euroa")
    send = opened(service)
    save(colleague, change(service), cost_fi="6 euroa")

    answer = again(service, again(service, send(cost_fi="7 euroa")))

    service.refresh_from_db()
    assert (answer.status_code, service.cost_fi) == (409, "6 euroa")


def test_save_mine_all_the_same_saves_and_the_other_can_be_had_back(
    desk: Client, colleague: Client, opened: Opening, again: Callable[..., Any]
):
    service = ServiceFactory(cost_fi="5 euroa")
    send = opened(service)
    save(colleague, change(service), cost_fi="6 euroa")

    answer = again(service, send(cost_fi="7 euroa"), _save_mine="1")

    service.refresh_from_db()
    assert (answer.status_code, service.cost_fi) == (302, "7 euroa")
    page = desk.get(f"/en{address('history', service, service.pk)}").content.decode()
    assert page.count("history__entry") == 3


def test_save_mine_puts_nothing_back_that_i_did_not_touch(
    colleague: Client, opened: Opening, again: Callable[..., Any]
):
    service = ServiceFactory(cost_fi="5 euroa", summary_fi="Apua.")
    ContactFactory(service=service, kind="phone", value="040 123 4567")
    send = opened(service)
    theirs = {"cost_fi": "6 euroa", "summary_fi": "Apua heti.", "contacts-0-value": "040 765 4321"}
    save(colleague, change(service), **theirs)

    again(service, send(cost_fi="7 euroa"), _save_mine="1")

    service.refresh_from_db()
    assert (service.cost_fi, service.summary_fi) == ("7 euroa", "Apua heti.")
    assert service.contacts.get().value == "040 765 4321"


def test_what_the_other_wrote_can_be_undone_once_it_was_seen(
    colleague: Client, opened: Opening, again: Callable[..., Any]
):
    service = ServiceFactory(cost_fi="5 euroa", summary_fi="Apua.")
    send = opened(service)
    save(colleague, change(service), cost_fi="6 euroa", summary_fi="Apua heti.")

    answer = again(service, send(cost_fi="7 euroa"), summary_fi="Apua.")
    assert differences(answer)[0] == "In one sentence saved now: Apua heti. yours: Apua."
    again(service, answer, _save_mine="1")

    service.refresh_from_db()
    assert (service.cost_fi, service.summary_fi) == ("7 euroa", "Apua.")


def test_taking_the_others_text_by_hand_answers_the_question(
    colleague: Client, opened: Opening, again: Callable[..., Any]
):
    service = ServiceFactory(cost_fi="5 euroa")
    send = opened(service)
    save(colleague, change(service), cost_fi="6 euroa")

    assert again(service, send(cost_fi="7 euroa"), cost_fi="6 euroa").status_code == 302


def test_who_saves_a_third_time_meanwhile_is_seen_too(
    colleague: Client, opened: Opening, again: Callable[..., Any]
):
    service = ServiceFactory(cost_fi="5 euroa", summary_fi="Apua.")
    send = opened(service)
    save(colleague, change(service), cost_fi="6 euroa")
    first = send(cost_fi="7 euroa")
    save(colleague, change(service), cost_fi="8 euroa", summary_fi="Apua heti.")

    answer = again(service, first, _save_mine="1")

    assert differences(answer) == ["Cost, in words saved now: 8 euroa yours: 7 euroa"]
    again(service, answer, _save_mine="1")
    service.refresh_from_db()
    assert (service.cost_fi, service.summary_fi) == ("7 euroa", "Apua heti.")


def test_two_changes_of_the_other_are_both_told(colleague: Client, opened: Opening):
    service = ServiceFactory(cost_fi="5 euroa", summary_fi="Apua.")
    send = opened(service)
    save(colleague, change(service), cost_fi="6 euroa")
    save(colleague, change(service), summary_fi="Apua heti.")

    assert differences(send(cost_fi="7 euroa", summary_fi="Apua arkeen.")) == [
        "In one sentence saved now: Apua heti. yours: Apua arkeen.",
        "Cost, in words saved now: 6 euroa yours: 7 euroa",
    ]


def test_a_contact_that_both_changed_is_asked(colleague: Client, opened: Opening, again: Callable[..., Any]):
    contact = ContactFactory(kind="phone", value="040 123 4567", label_fi="Neuvola")
    send = opened(contact.service)
    theirs = {"contacts-0-value": "040 765 4321", "contacts-0-label_fi": "Ajanvaraus"}
    save(colleague, change(contact.service), **theirs)

    answer = send(**{"contacts-0-value": "040 111 1111"})

    assert differences(answer) == [
        "Contact: puhelin: 040 765 4321 · Number or address saved now: 040 765 4321 yours: 040 111 1111"
    ]
    contact.refresh_from_db()
    assert contact.value == "040 765 4321"
    again(contact.service, answer, _save_mine="1")
    contact.refresh_from_db()
    assert (contact.value, contact.label_fi) == ("040 111 1111", "Ajanvaraus")


def test_a_contact_changed_on_its_own_form_counts(colleague: Client, opened: Opening):
    contact = ContactFactory(kind="phone", value="040 123 4567")
    send = opened(contact.service)
    save(colleague, change(contact), value="040 765 4321")

    assert send(**{"contacts-0-value": "040 111 1111"}).status_code == 409


def test_a_contact_that_the_other_deleted_and_i_changed_is_asked_and_comes_back_with_mine(
    colleague: Client, opened: Opening, again: Callable[..., Any]
):
    service = ServiceFactory()
    ContactFactory(service=service, kind="phone", value="040 123 4567", label_sv="Tidsbokning")
    send = opened(service)
    save(colleague, change(service), **{"contacts-0-DELETE": "on"})

    answer = send(**{"contacts-0-value": "040 765 4321"})
    assert differences(answer) == [
        "Contact: puhelin: 040 123 4567 saved now: removed yours: still there: it comes back when you save yours"
    ]
    assert again(service, answer, _save_mine="1").status_code == 302

    assert [(each.value, each.label_sv) for each in service.contacts.all()] == [
        ("040 765 4321", "Tidsbokning")
    ]


def test_a_contact_that_the_other_changed_and_i_deleted_is_asked(
    colleague: Client, opened: Opening, again: Callable[..., Any]
):
    contact = ContactFactory(kind="phone", value="040 123 4567")
    send = opened(contact.service)
    save(colleague, change(contact.service), **{"contacts-0-value": "040 765 4321"})

    answer = send(**{"contacts-0-DELETE": "on"})

    assert differences(answer) == ["Contact: puhelin: 040 765 4321 saved now: changed yours: removed"]
    assert Contact.objects.count() == 1
    again(contact.service, answer, _save_mine="1")
    assert Contact.objects.count() == 0


def test_tags_are_told_by_their_names(colleague: Client, opened: Opening):
    money, violence, home = (TopicFactory(name_fi=name) for name in ("Raha", "Väkivalta", "Koti"))
    service = ServiceFactory(topics=[money])
    send = opened(service)
    save(colleague, change(service), topics=[violence.pk])

    assert differences(send(topics=[home.pk])) == ["Topics saved now: Väkivalta yours: Koti"]


def test_ages_are_told_as_they_are_typed(colleague: Client, opened: Opening):
    service = ServiceFactory(from_month=8, to_month=None)
    send = opened(service)
    save(colleague, change(service), from_month="4 v")

    assert differences(send(from_month="5 v 6 kk")) == ["From age saved now: 4 years yours: 5 years 6 months"]


def test_hours_that_both_typed_are_asked(colleague: Client, opened: Opening):
    span = OpeningSpanFactory()
    send = opened(span.point.offering)
    save(colleague, change(span.point), **{"spans-0-closes": "15.00"})

    answer = send(**{"points-0-hours": "Mon 9–12"})

    assert differences(answer) == [
        f"Service point: {span.point} · Opening hours saved now: Mon 8–15 yours: Mon 9–12"
    ]


def test_hours_of_another_row_are_no_matter_of_the_services_form(colleague: Client, opened: Opening):
    span = OpeningSpanFactory()
    send = opened(span.point.offering.service)
    save(colleague, change(span.point), **{"spans-0-closes": "15.00"})

    assert [each for each in told(send(cost_fi="7 euroa")) if "meanwhile" in each] == []


def test_what_is_no_value_is_told_as_it_was_typed(colleague: Client, opened: Opening):
    span = OpeningSpanFactory()
    send, other = opened(span.point), PlaceFactory(name_fi="Kirjasto")
    save(colleague, change(span.point), **{"place": str(other.pk), "spans-0-closes": "15.00"})

    answer = send(**{"place": "abc", "spans-0-closes": "myöhään"})

    yours = [each.partition("saved now: ")[2] for each in differences(answer)]
    assert yours == ["Kirjasto yours: abc", "15:00 yours: myöhään"]


def test_a_slip_is_told_beside_the_differences(colleague: Client, opened: Opening):
    service = ServiceFactory(cost_fi="5 euroa")
    send = opened(service)
    save(colleague, change(service), cost_fi="6 euroa", summary_fi="Uusi.")

    answer = send(cost_fi="7 euroa", summary_fi="")

    assert "This field is required." in errors(answer)
    assert differences(answer) == [
        "In one sentence saved now: Uusi. yours: –",
        "Cost, in words saved now: 6 euroa yours: 7 euroa",
    ]


# Versions of a text that the other changed


def test_a_version_made_from_the_earlier_text_is_asked(
    colleague: Client, opened: Opening, again: Callable[..., Any]
):
    service = ServiceFactory(summary_fi="Apua.", summary_sv="Stod.")
    send = opened(service)
    save(colleague, change(service), summary_fi="Apua heti.")

    answer = send(summary_sv="Stöd.")

    goes_with = "the text in another language goes with the earlier one: Swedish"
    assert differences(answer) == [f"In one sentence saved now: Apua heti. yours: {goes_with}"]
    again(service, answer, _save_mine="1")
    service.refresh_from_db()
    assert (service.summary_fi, service.summary_sv) == ("Apua heti.", "Stöd.")


def test_a_version_is_not_vouched_for_beside_a_text_that_was_not_seen(colleague: Client, opened: Opening):
    service = ServiceFactory(summary_fi="Apua.", name_sv="Tjänst", summary_sv="Stöd.")
    save(colleague, change(service), summary_fi="Apua nyt.")
    send = opened(service)
    save(colleague, change(service), summary_fi="Apua maksutta.")

    assert send(vouch_sv="on").status_code == 409
    service.refresh_from_db()
    assert service.state_in("sv") == VersionState.OLDER


# What a form knows of how it was opened


@pytest.mark.parametrize("strange", ["", "abc", "9" * 23, "-1"])
def test_a_form_without_what_it_was_opened_on_is_saved(opened: Opening, strange: str):
    service = ServiceFactory()

    assert opened(service)(cost_fi="7 euroa", _opened_on=strange).status_code == 302


def test_where_nobody_knows_how_it_was_opened_everything_is_asked(
    colleague: Client, opened: Opening, again: Callable[..., Any]
):
    service = ServiceFactory(cost_fi="5 euroa", summary_fi="Apua.")
    send = opened(service)
    save(colleague, change(service), summary_fi="Apua heti.")
    Revision.objects.order_by("pk")[0].delete()

    answer = send(cost_fi="7 euroa")

    assert differences(answer) == [
        "In one sentence saved now: Apua heti. yours: Apua.",
        "Cost, in words saved now: 5 euroa yours: 7 euroa",
    ]
    again(service, answer, _save_mine="1")
    service.refresh_from_db()
    assert (service.cost_fi, service.summary_fi) == ("7 euroa", "Apua.")


def test_rows_made_many_at_once_and_never_recorded_are_watched_too(colleague: Client, opened: Opening):
    offering = OfferingFactory()
    (service,) = Service.objects.bulk_create(
        [Service(slug="uusi", name_fi="Uusi", summary_fi="Apua.", level=1, sector="social")]
    )
    Offering.objects.bulk_create([Offering(centre=offering.centre, service=service, slug="uusi")])
    Contact.objects.bulk_create([Contact(service=service, kind="phone", value="112")])
    send = opened(service)
    save(colleague, change(service), cost_fi="6 euroa")

    assert differences(send(cost_fi="7 euroa")) == ["Cost, in words saved now: 6 euroa yours: 7 euroa"]
