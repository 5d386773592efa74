"""The page of one network: what it tells, what it leaves out, whom it shows to whom, and what it costs."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, override
from lxml import html

from centres.models import Membership
from centres.previews import token_of
from centres.publishing import Status
from networks.models import LocalNetwork, Network, NetworkLink, Seat
from tests.factories import (
    FamilyCentreFactory,
    LocalNetworkFactory,
    MembershipFactory,
    NetworkFactory,
    NetworkLinkFactory,
    OfferingFactory,
    OrganisationFactory,
    ProfessionalFactory,
    SeatFactory,
    ServiceFactory,
    ThemeFactory,
    TopicFactory,
)
from tests.networks.conftest import let_in_to

pytestmark = pytest.mark.django_db


def answer(client, local, language="fi"):
    with override(language):
        return client.get(local.get_absolute_url())


def text(response):
    (main,) = html.fromstring(response.content.decode()).xpath("//main")
    return " ".join(main.text_content().split())


def links(response, part="main"):
    return html.fromstring(response.content.decode()).xpath(f"//{part}//a/@href")


@pytest.fixture
def centre():
    return FamilyCentreFactory(coordinator_email="koordinaattori@esimerkki.example")


@pytest.fixture
def insider(centre):
    membership = MembershipFactory(
        centre=centre, role=Membership.Role.PROFESSIONAL, ends_on=date(2027, 6, 30)
    )
    client = Client()
    client.force_login(membership.user)
    return client


class TestWhatItTells:
    def test_its_texts_its_law_and_its_links(self, client, centre):
        network = NetworkFactory(
            name_fi="Riskinarviointi",
            abbreviation="MARAK",
            summary_fi="Auttaa vaarassa.",
            purpose_fi="<p>Tekee <strong>turvasuunnitelman</strong>.</p>",
            when_to_turn_fi="<p>Kun on pelko hengestä.</p>",
            how_to_bring_fi="<p>Täytä lomake.</p>",
            legal_basis_fi="Laki 1/2000, 3 §",
            legal_url="https://laki.example/1",
        )
        NetworkLinkFactory(network=network, label_fi="Opas", url="https://opas.example/")
        local = LocalNetworkFactory(
            centre=centre,
            network=network,
            how_to_reach_fi="Soita ensin.\nLähetä sitten lomake.",
            meets_fi="joka toinen viikko",
            phone="040 123 4567",
            email="verkosto@esimerkki.example",
            url="https://verkosto.example/",
        )
        response = answer(client, local)
        page = html.fromstring(response.content.decode())
        (heading,) = page.xpath("//h1")
        assert heading.text_content() == "Riskinarviointi (MARAK)"
        assert heading.xpath("./dfn/abbr/@title") == ["Riskinarviointi"]
        for words in ("Tekee turvasuunnitelman.", "Kun on pelko hengestä.", "Täytä lomake.", "Soita ensin."):
            assert words in text(response)
        assert "Joka toinen viikko" in text(response)
        assert "<strong>turvasuunnitelman</strong>" in response.content.decode()
        # A number before addresses.
        assert page.xpath('//*[@class="contact__link"]/@href') == [
            "tel:+358-40-1234567",
            "mailto:verkosto@esimerkki.example",
            "https://verkosto.example/",
        ]
        assert {"https://laki.example/1", "https://opas.example/"} < set(links(response))

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("consent_needed", "yes", "Consent is needed first: from the person concerned or a guardian."),
            ("consent_needed", "no", "Consent is not needed."),
            (
                "consent_needed",
                "depends",
                "Whether consent is needed depends on the situation: ask first.",
            ),
            ("anonymous_consultation", "yes", "You may consult without telling who the family is."),
            ("anonymous_consultation", "no", "One cannot consult without telling who the family is."),
            (
                "anonymous_consultation",
                "depends",
                "Whether you may consult without the family's name depends on the situation: ask first.",
            ),
        ],
    )
    def test_consent_and_consulting_without_a_name_in_words(self, client, centre, field, value, words):
        local = LocalNetworkFactory(centre=centre, network=NetworkFactory(**{field: value}))
        assert gettext(words) in text(answer(client, local))
        other = LocalNetworkFactory(centre=centre)
        assert gettext(words) not in text(answer(client, other))

    def test_who_convenes_it_and_which_professions_sit_in_it(self, client, centre):
        local = LocalNetworkFactory(centre=centre, convener=OrganisationFactory(slug="kaupunki"))
        SeatFactory(
            local_network=local, profession_fi="poliisi", organisation=OrganisationFactory(slug="poliisi")
        )
        response = answer(client, local)
        addresses = [
            reverse("organisation", kwargs={"centre": centre.slug, "slug": slug})
            for slug in ("kaupunki", "poliisi")
        ]
        assert [url for url in links(response) if url in addresses] == addresses
        assert "Poliisi, " in text(response)
        assert [client.get(url).status_code for url in addresses] == [200, 200]

    def test_that_nobody_convenes_it_yet_and_who_knows_more(self, client, centre):
        local = LocalNetworkFactory(centre=centre, convener=None)
        response = answer(client, local)
        assert gettext("Nobody has been named yet to convene it here.") in text(response)
        assert centre.coordinator_href in links(response)

    def test_whoever_sits_in_it_as_the_convener_convenes_it(self, client, centre):
        seat = SeatFactory(local_network=LocalNetworkFactory(centre=centre, convener=None), role="convener")
        response = answer(client, seat.local_network)
        assert gettext("Nobody has been named yet to convene it here.") not in text(response)
        assert seat.organisation.name in text(response)

    def test_related_services_that_this_centre_offers_its_readers(self, client, centre):
        offered, hidden, elsewhere = ServiceFactory.create_batch(3)
        shown = OfferingFactory(centre=centre, service=offered)
        OfferingFactory(centre=centre, service=hidden, status=Status.DRAFT)
        OfferingFactory(service=elsewhere)
        OfferingFactory(centre=centre)
        network = NetworkFactory(services=[offered, hidden, elsewhere])
        response = answer(client, LocalNetworkFactory(centre=centre, network=network))
        services = reverse("services:index", kwargs={"centre": centre.slug})
        assert [url for url in links(response) if url.startswith(services)] == [shown.get_absolute_url()]

    def test_the_themes_on_its_topics(self, client, centre):
        topic = TopicFactory()
        shown = ThemeFactory(centre=centre, topics=[topic], name_fi="ero")
        ThemeFactory(centre=centre, topics=[TopicFactory()])
        ThemeFactory(centre=centre, topics=[topic], status=Status.DRAFT)
        ThemeFactory(topics=[topic])
        network = NetworkFactory(topics=[topic, TopicFactory()])
        response = answer(client, LocalNetworkFactory(centre=centre, network=network))
        themes = reverse("theme", kwargs={"centre": centre.slug, "slug": "x"})[:-2]
        assert [url for url in links(response) if url.startswith(themes)] == [shown.get_absolute_url()]
        assert "Ero" in text(response)

    def test_who_steers_it_and_whom_it_steers_past_those_without_a_page(self, client, centre):
        top = NetworkFactory(name_fi="Johtoryhmä")
        between = NetworkFactory(parent=top)
        network = NetworkFactory(parent=between)
        below = NetworkFactory(name_fi="Työryhmä", parent=network)
        here = [LocalNetworkFactory(centre=centre, network=row) for row in (top, network, below)]
        LocalNetworkFactory(network=between)
        response = answer(client, here[1])
        assert [url for url in links(response, "dl") if "verkost" in url or "network" in url][:2] == [
            here[0].get_absolute_url(),
            here[2].get_absolute_url(),
        ]

    def test_when_it_was_checked(self, client, centre):
        network = NetworkFactory(reviewed_on=date(2026, 10, 1))
        local = LocalNetworkFactory(centre=centre, network=network, reviewed_on=date(2026, 11, 2))
        assert "1.10.2026" in text(answer(client, local))

    def test_finnish_that_stands_in_is_marked(self, client, centre):
        network = NetworkFactory(name_sv="Nätverk", summary_sv="Vi tänker.", purpose_fi="<p>Suomeksi.</p>")
        response = answer(client, LocalNetworkFactory(centre=centre, network=network), "sv")
        page = html.fromstring(response.content.decode())
        assert page.xpath('//*[p="Suomeksi."]/@lang') == ["fi"]
        assert page.xpath("//h1/span/@lang") == []
        assert len(page.xpath('//*[@class="lang-note"]')) == 1


class TestWhatItLeavesOut:
    @pytest.mark.parametrize("where", ["local", "network"])
    def test_drafts_are_not_found(self, client, centre, where):
        local = LocalNetworkFactory(
            centre=centre,
            status=Status.DRAFT if where == "local" else Status.PUBLISHED,
            network__status=Status.DRAFT if where == "network" else Status.PUBLISHED,
        )
        assert answer(client, local).status_code == 404

    def test_a_network_of_another_centre_is_not_found(self, client, centre):
        other = LocalNetworkFactory(slug="muualla")
        path = reverse("networks:detail", kwargs={"centre": centre.slug, "slug": "muualla"})
        assert answer(client, other).status_code == 200
        assert client.get(path).status_code == 404

    def test_a_draft_is_seen_by_its_link(self, client, centre):
        local = LocalNetworkFactory(centre=centre, status=Status.DRAFT, name_fi="Tuleva verkosto")
        response = client.get(reverse("preview", kwargs={"token": token_of(local)}))
        assert "Tuleva verkosto" in text(response)
        assert "noindex" in response.headers["X-Robots-Tag"]


class TestPeople:
    @pytest.fixture
    def local(self, centre):
        local = LocalNetworkFactory(centre=centre)
        person = ProfessionalFactory(
            given_name="Testi", family_name="Esimerkki", home=centre, email="testi@esimerkki.example"
        )
        SeatFactory(local_network=local, person=person)
        return local

    def test_nobody_is_shown_to_whoever_is_not_let_in(self, client, local):
        stranger = MembershipFactory(role=Membership.Role.PROFESSIONAL, ends_on=date(2027, 6, 30)).user
        elsewhere = Client()
        elsewhere.force_login(stranger)
        for reader in (client, elsewhere):
            content = answer(reader, local).content.decode()
            assert "Esimerkki" not in content
            assert "testi@esimerkki" not in content
            assert str(local.seats.get().person.uuid) not in content
            assert "Sosiaalityöntekijä" in content

    def test_whoever_is_let_in_sees_who_it_is_and_the_way_to_their_card(self, insider, local):
        response = answer(insider, local)
        assert "Testi Esimerkki" in text(response)
        assert local.seats.get().person.get_absolute_url() in links(response)

    def test_such_a_page_is_kept_in_no_cache(self, insider, local):
        assert {"no-store", "private"} <= set(
            answer(insider, local).headers["Cache-Control"].replace(" ", "").split(",")
        )

    def test_somebody_who_has_left_is_shown_to_nobody(self, insider, local):
        person = local.seats.get().person
        person.active = False
        person.save()
        assert "Testi Esimerkki" not in text(answer(insider, local))

    def test_somebody_whose_access_is_over_is_shown_to_nobody(self, insider, local):
        person = local.seats.get().person
        person.user = let_in_to(local.centre, ends_on=date(2026, 11, 17))
        person.save()
        assert "Testi Esimerkki" not in text(answer(insider, local))

    def test_an_anonymous_reader_gets_no_cookie(self, client, local):
        assert not answer(client, local).cookies


class TestDiscretion:
    def test_a_sensitive_network_leaves_no_trace(self, client, centre):
        network = NetworkFactory(topics=[TopicFactory(sensitive=True), TopicFactory()])
        response = answer(client, LocalNetworkFactory(centre=centre, network=network))
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response.headers["Cache-Control"]
        assert b"data-quick-exit" in response.content

    def test_another_one_is_an_ordinary_page(self, client, centre):
        response = answer(
            client, LocalNetworkFactory(centre=centre, network=NetworkFactory(topics=[TopicFactory()]))
        )
        assert response.headers.get("Referrer-Policy") != "no-referrer"
        assert b"data-quick-exit" not in response.content


QUERIES = 7
QUERIES_OF_SOMEBODY_LET_IN = 10


def test_the_work_is_the_same_with_1_with_40_and_with_4_000_networks(client, insider, centre):
    """A session, a user and what lets them in are three queries more."""
    topic = TopicFactory()
    root = NetworkFactory(topics=[topic], abbreviation="JUURI")
    local = LocalNetworkFactory(centre=centre, network=root)
    organisation, seen, made = OrganisationFactory(), {}, 0
    for number in (1, 40, 4_000):
        networks = Network.objects.bulk_create(
            Network(
                slug=f"v-{n}",
                name_fi=f"Verkosto {n}",
                summary_fi="Miettii yhdessä.",
                abbreviation=f"V{n}",
                kind=Network.Kind.NETWORK,
                parent=root,
                status=Status.PUBLISHED,
            )
            for n in range(made, number)
        )
        LocalNetwork.objects.bulk_create(
            LocalNetwork(centre=centre, network=row, slug=row.slug, status=Status.PUBLISHED)
            for row in networks
        )
        for n in range(made, min(number, 40)):
            person = ProfessionalFactory(home=centre, organisation=organisation)
            Seat.objects.create(local_network=local, organisation=organisation, person=person)
            NetworkLink.objects.create(network=root, label_fi="Lue", url=f"https://{n}.example/")
            service = ServiceFactory()
            root.services.add(service)
            OfferingFactory(centre=centre, service=service)
            ThemeFactory(centre=centre, topics=[topic])
        made = number
        for who, reader in (("anybody", client), ("insider", insider)):
            answer(reader, local)
            with CaptureQueriesContext(connection) as asked:
                assert answer(reader, local).status_code == 200
            seen[number, who] = len(asked)
    assert {seen[number, "anybody"] for number in (1, 40, 4_000)} == {QUERIES}
    assert {seen[number, "insider"] for number in (1, 40, 4_000)} == {QUERIES_OF_SOMEBODY_LET_IN}
