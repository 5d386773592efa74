"""The way back: a row as it was, with all that belongs to it and in every language."""

import pytest
from django.contrib.redirects.models import Redirect
from django.test import Client
from lxml import html
from reversion.models import Revision, Version

from services.models import Contact, Offering, OpeningSpan, Service, ServicePoint, SpecialHours
from tests.admin.forms import address, save
from tests.admin.histories import change, history, state, told, undo, ways_back
from tests.factories import (
    ContactFactory,
    OfferingFactory,
    OpeningSpanFactory,
    ProvisionFactory,
    ServiceFactory,
    ServicePointFactory,
    SpecialHoursFactory,
    TopicFactory,
    UserFactory,
)


def test_a_service_is_taken_back_with_its_contacts_points_and_languages(desk: Client):
    offering = OfferingFactory(
        service__name_fi="Äitiryhmä",
        service__name_sv="Mammagrupp",
        service__description_fi="<p>Tervetuloa.</p>",
        service__topics=[TopicFactory()],
    )
    service = offering.service
    ContactFactory(service=service, label_en="Booking")
    ProvisionFactory(offering=offering)
    point = ServicePointFactory(offering=offering, note_se="Uksa")
    OpeningSpanFactory(point=point)
    SpecialHoursFactory(point=point)
    everything = (Service, Offering, Contact, ServicePoint, OpeningSpan, SpecialHours)
    before, topics = state(*everything), list(service.topics.all())

    save(desk, change(point), **{"spans-0-DELETE": "on", "special_hours-0-reason_fi": "Joulu"})
    save(
        desk,
        change(service),
        name_fi="Isäryhmä",
        name_sv="",
        topics=[],
        description_fi="<p>Näkemiin.</p>",
        **{"contacts-0-DELETE": "on"},
    )
    answer = undo(desk, service, steps=2)

    assert (answer.status_code, answer["Location"]) == (302, change(service))
    assert state(*everything) == before
    assert list(service.topics.all()) == topics


def test_taking_back_is_a_change_that_can_be_taken_back(desk: Client):
    service = ServiceFactory(cost_fi="5 euroa")
    save(desk, change(service), cost_fi="6 euroa")

    undo(desk, service)
    undo(desk, service)

    service.refresh_from_db()
    assert service.cost_fi == "6 euroa"
    assert [entry[:1] for entry in history(desk, service)] == [
        ["Cost, in words [-5][+6] euroa"],
        ["Cost, in words [-6][+5] euroa"],
        ["Cost, in words [-5][+6] euroa"],
        [],
    ]


def test_rows_added_since_go_and_the_page_says_so_first(desk: Client):
    service = ServiceFactory()
    contact = {"contacts-0-kind": "phone", "contacts-0-value": "040 123 4567", "contacts-0-order": "0"}
    save(desk, change(service), **{"contacts-TOTAL_FORMS": "1"}, **contact)
    (way,) = ways_back(desk, service)

    assert told(desk.get(way)) == [
        [
            "Yhteystieto: puhelin: 040 123 4567 (poistettu)",
            "Tyyppi [-puhelin]",
            "Numero tai osoite [-040 123 4567]",
        ]
    ]
    assert Contact.objects.count() == 1

    desk.post(way)
    assert Contact.objects.count() == 0


def test_a_centre_that_began_to_offer_it_since_keeps_it(desk: Client):
    service = ServiceFactory()
    save(desk, change(service), cost_fi="5 euroa")
    offering = OfferingFactory(service=service)

    undo(desk, service)

    assert Offering.objects.get() == offering


def test_the_columns_for_finding_and_the_states_of_languages_follow(desk: Client):
    service = ServiceFactory(name_fi="Äitiryhmä", name_sv="Mammagrupp", summary_sv="Stöd.")
    save(desk, change(service), name_fi="Isäryhmä")
    service.refresh_from_db()
    assert (service.search_fi.split()[0], service.state_sv) == ("isaryhma", "older")

    undo(desk, service)

    service.refresh_from_db()
    assert (service.search_fi.split()[0], service.sort_fi[:2], service.state_sv) == (
        "aitiryhma",
        "38",
        "whole",
    )


def test_of_a_contact_alone_goes_back_what_is_its_own(desk: Client):
    contact = ContactFactory(service__cost_fi="5 euroa", kind="phone", value="040 123 4567")
    save(desk, change(contact), value="040 765 4321")
    save(desk, change(contact.service), cost_fi="6 euroa")

    undo(desk, contact)

    contact.refresh_from_db()
    assert (contact.value, contact.service.cost_fi) == ("040 123 4567", "6 euroa")


def test_an_address_that_families_know_still_leads_there(desk: Client, client: Client):
    offering = OfferingFactory(slug="neuvola", centre__slug="posio")
    save(desk, change(offering), slug="aitiysneuvola")

    undo(desk, offering)

    assert client.get("/posio/palvelut/neuvola/").status_code == 200
    assert client.get("/posio/palvelut/aitiysneuvola/")["Location"] == "/posio/palvelut/neuvola/"


def test_a_name_in_addresses_that_another_page_has_taken_is_told_in_words(desk: Client):
    offering = OfferingFactory(slug="neuvola")
    save(desk, change(offering), slug="toinen")
    OfferingFactory(centre=offering.centre, slug="neuvola")
    (way,) = ways_back(desk, offering)

    answer = desk.post(f"/en{way}")

    offering.refresh_from_db()
    assert (answer.status_code, offering.slug) == (409, "toinen")
    assert "This centre has a row with this name in its address already." in answer.content.decode()


def test_an_organisation_that_is_gone_is_named_with_the_way_to_bring_it_back(desk: Client):
    provision = ProvisionFactory(organisation__name_fi="Posion kunta")
    service, organisation = provision.service, provision.organisation
    save(desk, change(service), **{"provisions-0-DELETE": "on"})
    desk.post(address("delete", organisation, organisation.pk), {"post": "yes"})
    (way,) = ways_back(desk, service)

    page = desk.get(f"/en{way}")
    (needed,) = html.fromstring(page.content.decode()).xpath("//*[@role='alert']//a")
    assert needed.text == "Organisation: Posion kunta"
    assert desk.post(way).status_code == 409

    desk.post(needed.get("href"))
    desk.post(way)
    assert service.provisions.get().organisation.name_fi == "Posion kunta"


@pytest.mark.parametrize("revision", ["999999", "0"])
def test_a_change_that_there_is_not_is_not_found(desk: Client, revision: str):
    service = ServiceFactory()
    assert desk.get(address("revert", service, service.pk, revision)).status_code == 404


def test_a_change_of_another_row_is_not_found(desk: Client):
    service, other = ServiceFactory(), ServiceFactory()
    save(desk, change(service), cost_fi="5 euroa")

    revision = Revision.objects.latest("pk").pk
    assert desk.get(address("revert", other, other.pk, revision)).status_code == 404


def test_what_is_there_already_changes_nothing(desk: Client):
    service = ServiceFactory()
    save(desk, change(service), cost_fi="5 euroa")
    way = address("revert", service, service.pk, Revision.objects.latest("pk").pk)

    assert "nothing would change" in desk.get(f"/en{way}").content.decode()
    assert (desk.post(way).status_code, Revision.objects.count()) == (409, 2)


def test_users_have_a_history_and_no_way_back(desk: Client):
    user = UserFactory(name="Kaisa")
    save(desk, change(user), is_superuser="on")

    assert history(desk, user)[0] == ["Superuser status [-No] [+Yes]"]
    assert ways_back(desk, user) == []
    revision = Revision.objects.latest("pk").pk
    assert desk.get(address("revert", user, user.pk, revision)).status_code == 403
    assert desk.get(address("recoverlist", user)).status_code == 403
    assert [version for version in Version.objects.all() if "password" in version.serialized_data] == []


def test_whoever_may_not_change_a_row_takes_nothing_back(desk: Client, client: Client):
    service = ServiceFactory()
    save(desk, change(service), cost_fi="5 euroa")
    client.force_login(UserFactory(is_staff=True))

    assert client.post(ways_back(desk, service)[0]).status_code == 403


def test_an_old_slug_that_nobody_knew_leads_nowhere_after_it_was_taken_back(desk: Client):
    offering = OfferingFactory(slug="salainen", status="draft")
    save(desk, change(offering), slug="viela-salaisempi")

    undo(desk, offering)

    assert not Redirect.objects.exists()
