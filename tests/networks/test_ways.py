"""The ways to the networks: from the footer, the family centre's page, organisations and the sitemap."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from centres.publishing import Status
from perhekeskus.sitemaps import entries
from perhekeskus.views.organisations import MOST_NETWORKS
from tests.factories import (
    FamilyCentreFactory,
    LocalNetworkFactory,
    NetworkFactory,
    OrganisationFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return FamilyCentreFactory()


def address(name, centre, **kwargs):
    return reverse(name, kwargs={"centre": centre.slug, **kwargs})


def links(client, path, part):
    return html.fromstring(client.get(path).content.decode()).xpath(f"//{part}//a/@href")


def test_every_page_of_a_centre_leads_professionals_on(client, centre):
    found = links(client, address("help_now", centre), "footer")
    ways = [address(name, centre) for name in ("finder:find", "networks:index", "professionals:index")]
    assert [url for url in found if url in ways] == ways


def test_the_page_of_the_family_centre_leads_to_whom_to_call_and_to_the_networks(client, centre):
    found = links(client, address("about", centre), "main")
    assert {address("finder:find", centre), address("networks:index", centre)} < set(found)


class TestOrganisations:
    @pytest.fixture
    def police(self):
        return OrganisationFactory(slug="poliisi")

    def networks_of(self, client, centre):
        path = address("organisation", centre, slug="poliisi")
        of_networks = address("networks:index", centre)
        return [
            url
            for url in links(client, path, "main")
            if url.startswith(of_networks) and url != of_networks and "?" not in url
        ]

    def test_one_lists_the_networks_that_it_convenes_or_sits_in(self, client, centre, police):
        convened = LocalNetworkFactory(centre=centre, convener=police, order=1)
        sat_in = SeatFactory(organisation=police, local_network__centre=centre).local_network
        sat_in.order = 2
        sat_in.save()
        LocalNetworkFactory(centre=centre)
        LocalNetworkFactory(centre=centre, convener=police, status=Status.DRAFT)
        LocalNetworkFactory(centre=centre, convener=police, network=NetworkFactory(status=Status.DRAFT))
        LocalNetworkFactory(convener=police)
        assert self.networks_of(client, centre) == [row.get_absolute_url() for row in (convened, sat_in)]

    def test_one_of_another_centre_s_networks_has_no_page(self, client, centre, police):
        LocalNetworkFactory(convener=police)
        SeatFactory(organisation=police, local_network__centre=centre, local_network__status=Status.DRAFT)
        assert client.get(address("organisation", centre, slug="poliisi")).status_code == 404

    def test_one_that_only_sits_in_a_network_stands_among_the_centre_s(self, client, centre, police):
        SeatFactory(organisation=police, local_network__centre=centre)
        assert address("organisation", centre, slug="poliisi") in links(
            client, address("organisations", centre), "main"
        )

    def test_the_work_is_the_same_with_one_network_and_with_many(self, client, centre, police):
        path, made = address("organisation", centre, slug="poliisi"), 0
        for number in (1, MOST_NETWORKS, 40):
            LocalNetworkFactory.create_batch(number - made, centre=centre, convener=police)
            made = number
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            assert len(asked) == 7
            assert len(self.networks_of(client, centre)) == min(number, MOST_NETWORKS)
        assert f"?q={police.name.replace(' ', '%20')}" in client.get(path).content.decode()


def test_the_sitemap_holds_public_networks_in_the_languages_they_have(client, centre, today):
    network = NetworkFactory(name_sv="Nätverk")
    shown = LocalNetworkFactory(centre=centre, network=network)
    LocalNetworkFactory(centre=centre, status=Status.DRAFT)
    for language, expected in (("fi", 1), ("sv", 1), ("en", 0)):
        paths = [entry.path for entry in entries(centre, language, today)]
        assert sum(path.endswith(f"/{shown.slug}/") for path in paths) == expected
    finnish = [entry.path for entry in entries(centre, "fi", today)]
    assert {address(f"networks:{name}", centre) for name in ("index", "structure")} < set(finnish)
    assert address("professionals:index", centre) not in finnish
