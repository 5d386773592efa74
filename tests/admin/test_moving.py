"""Addresses are promises: a row that gets another slug at the desk is still found under the old one."""

import pytest
from django.contrib.redirects.models import Redirect
from django.test import Client

from tests.admin.forms import address, save
from tests.factories import FamilyCentreFactory, OfferingFactory, ThemeFactory


def change(row):
    return address("change", row, row.pk)


def pages(offering, slug):
    offering.slug = slug
    return [f"/{offering.centre.slug}/palvelut/{slug}/", f"/en/{offering.centre.slug}/services/{slug}/"]


def test_old_addresses_lead_to_the_new_ones_in_every_language(desk: Client, client: Client):
    offering = OfferingFactory(slug="neuvola")

    save(desk, change(offering), slug="aitiysneuvola")

    answers = [client.get(path) for path in pages(offering, "neuvola")]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (301, path) for path in pages(offering, "aitiysneuvola")
    ]
    assert [client.get(answer["Location"]).status_code for answer in answers] == [200, 200]


def test_a_slug_changed_on_the_services_own_form_redirects_too(desk: Client, client: Client):
    offering = OfferingFactory(slug="neuvola")

    save(desk, change(offering.service), **{"offerings-0-slug": "aitiysneuvola"})

    assert client.get(pages(offering, "neuvola")[0])["Location"] == pages(offering, "aitiysneuvola")[0]


def test_a_row_that_moves_twice_is_one_step_away(desk: Client, client: Client):
    offering = OfferingFactory(slug="eka")

    save(desk, change(offering), slug="toka")
    save(desk, change(offering), slug="kolmas")

    assert client.get(pages(offering, "eka")[0])["Location"] == pages(offering, "kolmas")[0]


def test_a_row_that_moves_back_leads_nowhere_else(desk: Client, client: Client):
    offering = OfferingFactory(slug="eka")

    save(desk, change(offering), slug="toka")
    save(desk, change(offering), slug="eka")

    assert client.get(pages(offering, "eka")[0]).status_code == 200
    assert client.get(pages(offering, "toka")[0])["Location"] == pages(offering, "eka")[0]
    assert Redirect.objects.count() == 5  # the one old slug, in each language


def test_a_theme_that_becomes_a_compilation_is_found_under_its_old_address(desk: Client, client: Client):
    theme = ThemeFactory()
    old = theme.get_absolute_url()

    save(desk, change(theme), kind="collection")

    theme.refresh_from_db()
    assert client.get(old)["Location"] == theme.get_absolute_url() != old


@pytest.mark.parametrize("hidden", ["status", "service__status", "centre__status"])
def test_a_draft_that_gets_another_slug_tells_nobody(desk: Client, hidden: str):
    offering = OfferingFactory(slug="salainen", **{hidden: "draft"})

    save(desk, change(offering), slug="viela-salaisempi")

    assert not Redirect.objects.exists()


def test_what_is_yet_to_come_tells_nobody_and_what_is_over_is_still_found(desk: Client):
    yet_to_come, over = ThemeFactory(published_from="2026-12-01"), ThemeFactory(published_until="2026-08-31")

    save(desk, change(yet_to_come), slug="tuleva")
    assert not Redirect.objects.exists()

    save(desk, change(over), slug="mennyt")
    assert Redirect.objects.exists()


@pytest.mark.parametrize("away", ["", "service__"])
def test_what_is_on_a_break_is_found_under_its_old_address(desk: Client, client: Client, away: str):
    days = {f"{away}published_until": "2026-10-31", f"{away}published_from": "2027-01-07"}
    offering = OfferingFactory(slug="kerho", **days)

    save(desk, change(offering), slug="perhekerho")

    assert client.get(pages(offering, "kerho")[0])["Location"] == pages(offering, "perhekerho")[0]
    assert client.get(pages(offering, "perhekerho")[0]).status_code == 200


def test_what_came_back_from_a_break_is_found_whenever_its_service_began(desk: Client, client: Client):
    break_ = {"published_until": "2026-05-31", "published_from": "2026-08-01"}
    offering = OfferingFactory(slug="kerho", service__published_from="2026-08-15", **break_)

    save(desk, change(offering), slug="perhekerho")

    assert client.get(pages(offering, "kerho")[0])["Location"] == pages(offering, "perhekerho")[0]


def test_saving_without_moving_makes_no_redirect(desk: Client):
    save(desk, change(OfferingFactory()), name_fi="Toinen nimi")

    assert not Redirect.objects.exists()


def test_the_slug_of_a_centre_that_readers_know_stays(desk: Client):
    centre = FamilyCentreFactory(slug="posio")

    save(desk, change(centre), slug="toinen")

    centre.refresh_from_db()
    assert centre.slug == "posio"
