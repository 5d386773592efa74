"""The centre of a request, and addresses that have moved."""

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.contrib.redirects.models import Redirect
from django.http import HttpResponse
from django.urls import include, path
from django.utils.translation import get_language

from centres.middleware import first_word
from centres.publishing import Status
from tests.factories import FamilyCentreFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def _folder_of_collected_files(settings, tmp_path):
    """WhiteNoise wants one, and these pages have no files."""
    settings.STATIC_ROOT = tmp_path


def tell(request, **kwargs):
    """What the view was given: its arguments, the centre and the language."""
    centre = request.centre.slug if request.centre else None
    return HttpResponse(f"{sorted(kwargs.items())} {centre} {get_language()}")


urlpatterns = i18n_patterns(
    path("", tell),
    path("<slug:centre>/", include([path("", tell), path("palvelut/<slug:slug>/", tell)])),
    prefix_default_language=False,
)


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("/", ""),
        ("/posio", "posio"),
        ("/posio/", "posio"),
        ("/posio/palvelut/neuvola/", "posio"),
        ("/en/posio/services/", "posio"),
        ("/fi-simple/posio/", "posio"),
        ("/se/posio/", "posio"),
        ("/en/", ""),
        ("/en", ""),
        ("/enontekio/palvelut/", "enontekio"),
        ("/sveitsi/", "sveitsi"),
        ("/robots.txt", ""),
        ("/Posio/", ""),
        ("/posio\x00/", ""),
        ("/posio\n/", ""),
        (f"/{'a' * 81}/", ""),
        ("//posio/", ""),
    ],
)
def test_the_first_word_stands_behind_the_language(address, word):
    assert first_word(address) == word


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/", "[] None fi"),
        ("/en/", "[] None en"),
        ("/posio/", "[] posio fi"),
        ("/en/posio/", "[] posio en"),
        ("/fi-simple/posio/", "[] posio fi-simple"),
        ("/se/posio/", "[] posio se"),
        ("/posio/palvelut/neuvola/", "[('slug', 'neuvola')] posio fi"),
    ],
)
def test_the_request_knows_its_centre_and_the_view_takes_no_slug_of_it(client, address, told):
    FamilyCentreFactory(slug="posio")
    assert client.get(address).content.decode() == told


@pytest.mark.parametrize("address", ["/salla/", "/en/salla/", "/salla/palvelut/neuvola/", "/posio-salla/"])
def test_an_unknown_centre_is_not_found(client, address):
    FamilyCentreFactory(slug="posio")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/posio/", "/sv/posio/palvelut/neuvola/"])
def test_a_draft_centre_is_not_found(client, address):
    FamilyCentreFactory(slug="posio", status=Status.DRAFT)
    assert client.get(address).status_code == 404


def test_an_address_without_its_last_slash_leads_to_the_page(client):
    FamilyCentreFactory(slug="posio")
    response = client.get("/posio?q=apu")
    assert (response.status_code, response.headers["Location"]) == (301, "/posio/?q=apu")


@pytest.mark.parametrize("path_of_old_slug", ["/posio/teemat/ero/", "/vanha/", "/en/posio/themes/ero/"])
def test_an_old_address_leads_to_the_new_one(client, path_of_old_slug):
    FamilyCentreFactory(slug="posio")
    Redirect.objects.create(site_id=1, old_path=path_of_old_slug, new_path="/posio/palvelut/erotilanne/")
    response = client.get(path_of_old_slug)
    assert (response.status_code, response.headers["Location"]) == (301, "/posio/palvelut/erotilanne/")


def test_an_old_address_is_found_without_its_last_slash_and_with_a_query(client):
    Redirect.objects.create(site_id=1, old_path="/vanha/", new_path="/uusi/")
    Redirect.objects.create(site_id=1, old_path="/vanha/?id=3", new_path="/kolmas/")
    led_to = {
        address: client.get(address).headers["Location"]
        for address in ("/vanha", "/vanha/?id=2", "/vanha/?id=3")
    }
    assert led_to == {"/vanha": "/uusi/", "/vanha/?id=2": "/uusi/", "/vanha/?id=3": "/kolmas/"}


def test_an_old_address_that_leads_nowhere_is_gone(client):
    Redirect.objects.create(site_id=1, old_path="/vanha/", new_path="")
    assert client.get("/vanha/").status_code == 410


def test_an_address_with_a_nul_is_not_found(client):
    assert client.get("/vanha%00/").status_code == 404


def test_looking_for_an_old_address_costs_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(2):  # the centre, the old address
        assert client.get("/vanha/palvelut/").status_code == 404


def test_an_old_address_never_hides_a_page_that_is_there(client):
    FamilyCentreFactory(slug="posio")
    Redirect.objects.create(site_id=1, old_path="/posio/", new_path="/muualle/")
    assert client.get("/posio/").status_code == 200


def test_a_page_costs_one_query_for_its_centre_and_none_for_old_addresses(client, django_assert_num_queries):
    FamilyCentreFactory(slug="posio")
    with django_assert_num_queries(1):
        client.get("/posio/palvelut/neuvola/")
    with django_assert_num_queries(0):
        client.get("/")
