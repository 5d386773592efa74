"""Whom to call: what is found for a worry, in which order, by whom it is seen, and that a human stands at the end."""

from datetime import date
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from lxml import html

from networks.finder import HANDFUL
from networks.models import LocalNetwork, Network, Professional
from tests.factories import (
    FamilyCentreFactory,
    LocalNetworkFactory,
    MembershipFactory,
    OfferingFactory,
    OrganisationFactory,
    ProfessionalFactory,
    ThemeFactory,
    TopicFactory,
    UserFactory,
)
from tests.networks.conftest import let_in_to, signed_in

pytestmark = pytest.mark.django_db

YESTERDAY, TODAY = date(2026, 11, 17), date(2026, 11, 18)


def address(name="finder:find", slug="keskus"):
    return reverse(name, kwargs={"centre": slug})


def parsed(response):
    return html.fromstring(response.content.decode())


def names(response):
    """What stands in each section: "networks", "services", "people"."""
    sections = parsed(response).xpath("//section[@aria-labelledby]")
    found = {each.get("aria-labelledby"): each.xpath(".//li[@class='card']/h3/a") for each in sections}
    return {name: [link.text_content() for link in links] for name, links in found.items() if links}


def network(centre, name, **fields):
    of_network = {f"network__{key}": value for key, value in fields.items()}
    return LocalNetworkFactory(centre=centre, network__name_fi=name, **of_network)


def service(centre, name, **fields):
    of_service = {f"service__{key}": value for key, value in fields.items()}
    return OfferingFactory(centre=centre, service__name_fi=name, **of_service)


@pytest.fixture
def speech(centre):
    """The topic of a theme that tells of speech."""
    topic = TopicFactory(name_fi="Puheen kehitys")
    ThemeFactory(slug="puhe", name_fi="Puhe ja kieli", centre=centre, topics=[topic])
    return topic


@pytest.fixture
def violence(centre):
    topic = TopicFactory(name_fi="Väkivalta", sensitive=True)
    ThemeFactory(slug="vakivalta", name_fi="Väkivalta perheessä", centre=centre, topics=[topic])
    return topic


class TestBeforeAnythingIsTold:
    def test_the_networks_that_one_turns_to_are_shown_and_nothing_else(self, centre, client):
        network(centre, "Lapset puheeksi", kind=Network.Kind.NETWORK)
        network(centre, "Ankkuri", kind=Network.Kind.TEAM)
        network(centre, "Ohjausryhmä", when_to_turn_fi="")
        network(FamilyCentreFactory(), "Muualla")
        service(centre, "Neuvola")
        answer = client.get(address())
        assert names(answer) == {"networks": ["Ankkuri", "Lapset puheeksi"]}
        assert "no-store" not in answer.headers.get("Cache-Control", "")

    def test_an_empty_centre_still_has_the_form_and_somebody_to_ask(self, centre, client):
        tree = parsed(client.get(address()))
        assert tree.xpath("//main//form//*[@name]/@name") == ["age", "q"]
        assert tree.xpath("//a[@href='mailto:koordinaattori@esimerkki.example']/text()") != []


class TestWhatIsFound:
    def test_networks_and_services_of_the_theme_and_the_age(self, centre, speech, client):
        network(centre, "Kieliverkosto", topics=[speech])
        network(centre, "Nuorten verkosto", topics=[speech], from_month=156)
        network(centre, "Muu verkosto")
        service(centre, "Puheterapia", topics=[speech], from_month=12, to_month=84)
        service(centre, "Vauvaneuvola", topics=[speech], to_month=12)
        found = {"networks": ["Kieliverkosto"], "services": ["Puheterapia"]}
        for age in ("6", "6 v", "6-vuotias"):
            assert names(client.get(address(), {"theme": "puhe", "age": age})) == found

    def test_months_are_months(self, centre, client):
        service(centre, "Vauvaneuvola", to_month=9)
        service(centre, "Leikki-ikäisen neuvola", from_month=9)
        assert names(client.get(address(), {"age": "8 kk"})) == {"services": ["Vauvaneuvola"]}

    def test_every_word_is_looked_for(self, centre, client):
        network(centre, "Ankkuri", purpose_fi="<p>Perheen väkivalta ja rikokset.</p>")
        network(centre, "MARAK", summary_fi="Väkivallan uhrin tukena.")
        service(centre, "Turvakoti", summary_fi="Kun kotona on väkivaltaa.")
        assert names(client.get(address(), {"q": "VÄKIVALTA"})) == {
            "networks": ["Ankkuri"],
            "services": ["Turvakoti"],
        }
        assert names(client.get(address(), {"q": "väkivalta rikokset"})) == {"networks": ["Ankkuri"]}

    def test_people_who_answer_are_shown_to_whoever_is_let_in(self, centre, speech, let_in):
        ProfessionalFactory(family_name="Aihe", topics=[speech], home=centre)
        ProfessionalFactory(family_name="Sanoo", about_fi="Puheen kehitys", topics=[speech], home=centre)
        ProfessionalFactory(family_name="Lähtenyt", topics=[speech], home=centre, active=False)
        ProfessionalFactory(family_name="Muualla", topics=[speech])
        ProfessionalFactory(family_name="Vaiti", title_fi="Puheen kehitys", home=centre)
        people = names(let_in.get(address(), {"q": "puheen kehitys"}))["people"]
        assert [name.split()[-1] for name in people] == ["Sanoo", "Aihe"]

    def test_nobody_is_found_by_name_for_the_words_stand_in_the_address(self, centre, let_in):
        person = ProfessionalFactory(
            given_name="Etunimi",
            family_name="Näyte",
            title_fi="Lastentarhanopettaja",
            about_fi="x",
            home=centre,
        )
        for word in ("Näyte", "nayt", "Etunimi", "Etunimi Näyte"):
            assert names(let_in.get(address(), {"q": word})) == {}
        for words in ("lastentarha", f"{person.organisation.name} lastentarhanopettaja"):
            assert names(let_in.get(address(), {"q": words})) == {"people": ["Etunimi Näyte"]}

    def test_who_names_most_of_a_themes_topics_comes_first(self, centre, speech, let_in):
        other = TopicFactory()
        ThemeFactory(slug="kaikki", centre=centre, topics=[speech, other])
        ProfessionalFactory(family_name="Aalto", topics=[speech], home=centre)
        ProfessionalFactory(family_name="Öljy", topics=[speech, other], home=centre)
        people = names(let_in.get(address(), {"theme": "kaikki"}))["people"]
        assert [name.split()[-1] for name in people] == ["Öljy", "Aalto"]

    def test_a_person_is_told_with_number_hours_what_to_ask_and_stand_in(self, centre, let_in):
        stand_in = ProfessionalFactory(
            given_name="Sini", family_name="Sijainen", home=centre, phone="040 7654321"
        )
        ProfessionalFactory(
            about_fi="Puheen kehityksestä",
            home=centre,
            phone="040 1234567",
            email="maija@esimerkki.example",
            hours_fi="Tiistaisin 9–11",
            stand_in=stand_in,
        )
        (section,) = parsed(let_in.get(address(), {"q": "puheen"})).xpath(
            "//section[@aria-labelledby='people']"
        )
        assert [link for link in section.xpath(".//a/@href") if link.startswith(("tel:", "mailto:"))] == [
            "tel:+358-40-1234567",
            "mailto:maija@esimerkki.example",
            "tel:+358-40-7654321",
        ]
        text = section.text_content()
        assert [
            words
            for words in ("Puheen kehityksestä", "Tiistaisin 9–11", "Sini Sijainen")
            if words not in text
        ] == []

    def test_of_many_a_handful_is_shown_and_the_lists_hold_the_rest(self, centre, speech, let_in):
        for number in range(HANDFUL + 1):
            network(centre, f"Puheverkosto {number}", topics=[speech])
            service(centre, f"Puhepalvelu {number}", topics=[speech])
            ProfessionalFactory(about_fi="Puheesta", topics=[speech], home=centre)
        answer = let_in.get(address(), {"age": "6 v", "theme": "puhe", "q": "puhe"})
        assert {name: len(rows) for name, rows in names(answer).items()} == {
            "networks": HANDFUL,
            "services": HANDFUL,
            "people": HANDFUL,
        }
        every = {
            link.partition("?")[0]: link.partition("?")[2]
            for link in parsed(answer).xpath("//section/p/a/@href")
        }
        query = "age=6+v&theme=puhe&q=puhe"
        assert sorted(every[address("services:index")].split("&")) == sorted(query.split("&"))
        assert sorted(every[address("networks:index")].split("&")) == sorted(query.split("&"))
        people = let_in.get(f"{address('professionals:index')}?{every[address('professionals:index')]}")
        assert len(names_in_list(people)) == HANDFUL + 1
        assert len(names_in_list(let_in.get(f"{address('services:index')}?{query}"))) == HANDFUL + 1


def names_in_list(response):
    return parsed(response).xpath("//li[@class='card']/h3/a")


class TestHelpLines:
    """A word that any help line's text holds leads to none of them."""

    def test_they_are_told_for_their_theme_and_for_their_own_words_alone(self, centre, violence, client):
        service(centre, "Kriisipuhelin", topics=[violence], urgent_order=1, summary_fi="Pelkäätkö kotona?")
        service(centre, "Turvakoti", topics=[violence])
        both = {"services": ["Kriisipuhelin", "Turvakoti"]}
        assert names(client.get(address(), {"age": "6"})) == {"services": ["Turvakoti"]}
        assert names(client.get(address(), {"q": "kriisipuh"})) == {}
        assert names(client.get(address(), {"q": "pelkäätkö"})) == {"services": ["Kriisipuhelin"]}
        assert names(client.get(address(), {"theme": "vakivalta"})) == both
        assert names(client.get(address(), {"theme": "vakivalta", "q": "puhelin"})) == {
            "services": ["Kriisipuhelin"]
        }


def test_people_stand_above_services_for_whoever_sees_them(centre, speech, let_in):
    ProfessionalFactory(topics=[speech], home=centre)
    service(centre, "Puheterapia", topics=[speech])
    network(centre, "Kieliverkosto", topics=[speech])
    assert list(names(let_in.get(address(), {"theme": "puhe"}))) == ["networks", "people", "services"]


class TestNothingFound:
    def test_it_is_said_with_what_stands_in_the_way(self, centre, speech, client):
        network(centre, "Kieliverkosto", topics=[speech], to_month=84)
        answer = client.get(address(), {"age": "15", "theme": "puhe"})
        links = parsed(answer).xpath("//section[@aria-labelledby='nothing']//a")
        assert names(answer) == {}
        assert [(link.text, link.get("href")) for link in links] == [
            (gettext("Without the age"), f"{address()}?theme=puhe"),
        ]

    def test_where_no_one_thing_stands_in_the_way_another_word_is_asked_for(self, centre, speech, client):
        answer = client.get(address(), {"theme": "puhe", "q": "xyzzy"})
        (section,) = parsed(answer).xpath("//section[@aria-labelledby='nothing']")
        assert section.xpath(".//a") == []
        assert "koordinaattori@esimerkki.example" in answer.content.decode()

    def test_what_only_people_tell_is_in_nobodys_way_for_those_who_are_not_let_in(
        self, centre, speech, client
    ):
        ProfessionalFactory(about_fi="Xyzzy", home=centre)
        answer = client.get(address(), {"theme": "puhe", "q": "xyzzy"})
        assert parsed(answer).xpath("//section[@aria-labelledby='nothing']//a") == []


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        "query", [{"age": "iso"}, {"theme": "ei-ole"}, {"q": "x" * 101}, {"q": "\x00"}, {"age": "\x00"}]
    )
    def test_it_is_told_beside_its_field_and_left_out(self, centre, client, query):
        network(centre, "Ankkuri")
        answer = client.get(address(), query)
        (name,) = query
        assert answer.status_code == HTTPStatus.OK
        assert names(answer) == {"networks": ["Ankkuri"]}
        assert parsed(answer).get_element_by_id(f"{name}-error") is not None
        assert parsed(answer).xpath(f"//a[@href='#id_{name}']") != []

    def test_it_is_only_read(self, centre, client):
        assert client.post(address()).status_code == HTTPStatus.METHOD_NOT_ALLOWED


PERSONAL = ("Salainen", "Tyyppi", "1234567", "salainen.tyyppi", "Puheterapeutti", "Tiistaisin", "nkytyksest")


class TestAfterAsking:
    """The form leads to what was found, which says in one line how much there is and for what."""

    def test_the_form_leads_to_one_line_with_the_ways_to_each_kind(self, centre, client, speech):
        for name in ("Ankkuri", "Motti"):
            network(centre, name).network.topics.add(speech)
        service(centre, "Puheterapia").service.topics.add(speech)
        page = parsed(client.get(address(), {"theme": "puhe"}))
        assert page.xpath("//main//form/@action") == [f"{address()}#found"]
        (found,) = page.xpath("//*[@id='found'][@tabindex='-1']")
        said = [
            ngettext(one, many, number) % {"total": number}
            for one, many, number in (
                ("%(total)s network", "%(total)s networks", 2),
                ("%(total)s service", "%(total)s services", 1),
            )
        ]
        assert found.text_content() == ", ".join(said)
        assert found.xpath("a/@href") == ["#networks", "#services"]
        assert all(page.get_element_by_id(each) is not None for each in ("networks", "services"))

    def test_where_there_is_more_it_says_so_and_colleagues_are_counted_too(self, centre):
        for number in range(HANDFUL + 1):
            network(centre, f"Verkosto {number}")
        ProfessionalFactory(home=centre, about_fi="Unesta", phone="040 1234567")
        answer = signed_in(let_in_to(centre)).get(address(), {"age": "6"})
        (found,) = parsed(answer).xpath("//*[@id='found']")
        ways = found.xpath("a")
        assert [each.get("href") for each in ways] == ["#people", "#networks"]
        assert ways[1].text_content().endswith(gettext("and more"))

    def test_it_says_what_was_looked_for_since_paper_has_no_form(self, centre, client, speech):
        answer = client.get(address(), {"age": " 6 ", "theme": "puhe", "q": "änkytys"})
        told = parsed(answer).get_element_by_id("told").text_content()
        words = {"Child's age": "6", "Situation": "Puhe ja kieli", "Words": "änkytys"}
        assert told == "; ".join(f"{gettext(label)}: {each}" for label, each in words.items())

    def test_where_nothing_is_found_it_leads_to_what_says_so(self, centre, client):
        (found,) = parsed(client.get(address(), {"q": "zzz"})).xpath("//*[@id='found']")
        assert found.get("aria-labelledby") == "nothing"

    @pytest.mark.parametrize("query", [{}, {"age": "iso"}, {"age": "iso", "q": "zzz"}])
    def test_where_nothing_was_asked_or_something_is_wrong_the_page_stands_at_its_top(
        self, centre, client, query
    ):
        network(centre, "Ankkuri")
        assert parsed(client.get(address(), query)).xpath("//*[@id='found']") == []


class TestWhoSeesPeople:
    @pytest.fixture(autouse=True)
    def somebody(self, centre):
        return ProfessionalFactory(
            given_name="Salainen",
            family_name="Tyyppi",
            title_fi="Puheterapeutti",
            phone="040 1234567",
            email="salainen.tyyppi@esimerkki.example",
            hours_fi="Tiistaisin",
            about_fi="Änkytyksestä",
            home=centre,
        )

    def answers(self, client, centre):
        network(centre, "Ankkuri")
        queries = (
            {},
            {"age": "6"},
            {"q": "Salainen"},
            {"q": "nkytyksest"},
            {"age": "iso", "q": "puheterapeutti"},
        )
        return [client.get(address(), query) for query in queries]

    def told(self, answer):
        """What of the person stands in `answer`, but for what the reader typed: the query of links, and the field."""
        tree = parsed(answer)
        for typed in tree.xpath(
            "//input[@name='q'] | //p[@id='told'] | //a[contains(@href, '?')] | //link | //meta"
        ):
            typed.getparent().remove(typed)
        text = html.tostring(tree, encoding="unicode")
        return [word for word in PERSONAL if word in text]

    def test_anonymous_readers_see_nobody_and_are_shown_the_way_in(self, centre, client):
        for answer in self.answers(client, centre):
            assert answer.status_code == HTTPStatus.OK
            assert self.told(answer) == []
            assert answer.cookies == {}
            (link,) = parsed(answer).xpath(
                "//section[@aria-labelledby='people']//a[contains(@href, 'next=')]"
            )
            assert link.get("href").startswith(f"{reverse('account_login')}?next=%2Fkeskus%2F")

    @pytest.mark.parametrize(
        "user",
        [
            pytest.param(lambda _centre: UserFactory(), id="nobody's user"),
            pytest.param(
                lambda _centre: let_in_to(FamilyCentreFactory()), id="professional of another centre"
            ),
            pytest.param(lambda _centre: MembershipFactory().user, id="coordinator of another centre"),
            pytest.param(lambda centre: let_in_to(centre, ends_on=YESTERDAY), id="whose access has ended"),
        ],
    )
    def test_nor_do_these(self, user, centre):
        for answer in self.answers(signed_in(user(centre)), centre):
            assert self.told(answer) == []

    def test_whoever_has_signed_in_is_not_told_to_sign_in_but_to_ask(self, centre):
        answer = signed_in(UserFactory()).get(address())
        links = parsed(answer).xpath("//section[@aria-labelledby='people']//a/@href")
        assert links == [address("professionals:ask")]

    @pytest.mark.parametrize(
        "user",
        [
            pytest.param(let_in_to, id="professional"),
            pytest.param(lambda centre: let_in_to(centre, ends_on=TODAY), id="on the last day"),
            pytest.param(lambda centre: MembershipFactory(centre=centre).user, id="coordinator"),
            pytest.param(
                lambda centre: MembershipFactory(centre=None, area=centre.area, role="area").user,
                id="area coordinator",
            ),
            pytest.param(lambda _centre: UserFactory(is_superuser=True), id="administrator"),
        ],
    )
    def test_these_do_and_their_page_is_private(self, user, centre):
        answer = signed_in(user(centre)).get(address(), {"age": "6"})
        assert names(answer)["people"] == ["Salainen Tyyppi"]
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Referrer-Policy"] == "same-origin"

    def test_a_page_that_differs_by_reader_says_so_to_caches(self, centre, client):
        assert "Cookie" in client.get(address()).headers["Vary"]


class TestDiscretion:
    def is_discreet(self, answer):
        return (
            answer.headers["Referrer-Policy"] == "no-referrer"
            and "no-store" in answer.headers["Cache-Control"],
            parsed(answer).xpath("//*[@data-quick-exit]") != [],
        )

    def test_a_sensitive_theme_has_the_exit_and_is_kept_nowhere(self, violence, client):
        assert self.is_discreet(client.get(address(), {"theme": "vakivalta"})) == (True, True)

    def test_so_is_what_is_mostly_about_something_sensitive(self, centre, violence, client):
        network(centre, "Ankkuri", topics=[violence], from_month=72)
        service(centre, "Koulu", from_month=72)
        assert self.is_discreet(client.get(address(), {"age": "6"})) == (True, True)
        service(centre, "Toinen", from_month=72)
        assert client.get(address(), {"age": "6"}).headers["Referrer-Policy"] != "no-referrer"

    def test_words_are_kept_nowhere_whatever_they_are(self, centre, client, let_in):
        service(centre, "Luistelu")
        assert self.is_discreet(client.get(address(), {"q": "luistelu"})) == (True, False)
        assert self.is_discreet(let_in.get(address(), {"q": "luistelu"})) == (True, False)


class TestAPersonAtTheEnd:
    @pytest.mark.parametrize(
        ("fields", "href"),
        [
            ({}, "mailto:koordinaattori@esimerkki.example"),
            (
                {"coordinator_email": "", "ask_for_help_url": "https://pyyda.example/"},
                "https://pyyda.example/",
            ),
            (
                {"coordinator_email": "", "feedback_url": "https://palaute.example/"},
                "https://palaute.example/",
            ),
        ],
    )
    @pytest.mark.parametrize("query", [{}, {"age": "6"}, {"q": "xyzzy"}])
    def test_stands_on_every_page(self, centre, client, fields, href, query):
        for name, value in fields.items():
            setattr(centre, name, value)
        centre.save()
        (section,) = parsed(client.get(address(), query)).xpath("//section[@aria-labelledby='coordinator']")
        assert section.xpath(".//a/@href") == [href]

    @pytest.fixture
    def keepers(self, centre):
        """Two who keep a centre that has no address of its own, and one who did."""
        centre.coordinator_email, centre.ask_for_help_url = "", "https://pyyda.example/"
        centre.save()
        for name, email in (("Testi Koordinaattori", "a@esimerkki.example"), ("", "b@esimerkki.example")):
            MembershipFactory(centre=centre, user=UserFactory(name=name, email=email))
        MembershipFactory(centre=centre, user=UserFactory(email="c@esimerkki.example", is_active=False))

    def ways(self, client):
        (section,) = parsed(client.get(address())).xpath("//section[@aria-labelledby='coordinator']")
        return [(link.text_content(), link.get("href")) for link in section.xpath(".//a")]

    @pytest.mark.usefixtures("keepers")
    def test_where_the_centre_has_no_address_insiders_write_to_whoever_keeps_it(self, centre, let_in):
        written = [
            ("b@esimerkki.example", "mailto:b@esimerkki.example"),
            ("Testi Koordinaattori", "mailto:a@esimerkki.example"),
        ]
        assert self.ways(let_in) == written
        assert self.ways(signed_in(UserFactory(is_superuser=True))) == written

    @pytest.mark.usefixtures("keepers")
    def test_and_nobody_else_is_told_their_names(self, centre, client):
        form = [(gettext("Ask for help"), "https://pyyda.example/")]
        ended, elsewhere = let_in_to(centre, ends_on=YESTERDAY), let_in_to(FamilyCentreFactory())
        for reader in (client, signed_in(ended), signed_in(elsewhere)):
            assert self.ways(reader) == form

    def test_and_help_now_for_a_child_in_danger(self, centre, client):
        (note,) = parsed(client.get(address())).xpath("//div[@class='note note--warn']")
        assert note.xpath(".//a/@href") == [address("help_now")]
        assert "112" in note.text_content()


class TestQueries:
    QUERIES = (({}, 6), ({"age": "6"}, 9), ({"age": "6", "theme": "puhe", "q": "puhe"}, 10))

    def counts(self, client):
        counted = []
        for query, _number in self.QUERIES:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address(), query).status_code == HTTPStatus.OK
            counted.append(len(captured))
        return counted

    def test_they_are_at_most_ten_whatever_there_is(self, centre, speech, let_in, professional):
        network(centre, "Puhe", topics=[speech])
        service(centre, "Puhe", topics=[speech])
        ProfessionalFactory(about_fi="Puhe", topics=[speech], home=centre)
        expected = [number for _query, number in self.QUERIES]
        assert self.counts(let_in) == expected
        self.fill(centre, speech, professional.organisation)
        assert self.counts(let_in) == expected

    def test_also_where_the_coordinators_are_told(self, centre, speech, let_in):
        centre.coordinator_email = ""
        centre.save()
        MembershipFactory(centre=centre)
        assert max(self.counts(let_in)) == 10

    def test_also_where_nothing_is_found(self, centre, speech, let_in):
        with CaptureQueriesContext(connection) as captured:
            let_in.get(address(), {"age": "6", "theme": "puhe", "q": "xyzzy"})
        assert len(captured) == 10

    def fill(self, centre, topic, organisation):
        rows = [
            Network(
                slug=f"v{number}",
                name_fi=f"Puhe {number}",
                summary_fi="Puhe",
                when_to_turn_fi="<p>Puhe</p>",
                kind="network",
                status="published",
            )
            for number in range(4_000)
        ]
        networks = Network.objects.bulk_create(rows)
        LocalNetwork.objects.bulk_create(
            LocalNetwork(network=row, centre=centre, slug=row.slug, status="published") for row in networks
        )
        people = Professional.objects.bulk_create(
            Professional(
                given_name="Etu",
                family_name=f"Suku{number}",
                title_fi="Opettaja",
                about_fi="Puhe",
                organisation=organisation,
                home=centre,
            )
            for number in range(10_000)
        )
        for model, rows in ((Network, networks), (Professional, people)):
            through = model.topics.through
            name = model._meta.model_name
            through.objects.bulk_create(
                through(**{f"{name}_id": row.pk, "topic_id": topic.pk}) for row in rows
            )


def test_an_organisations_name_finds_its_people(centre, let_in):
    ProfessionalFactory(
        family_name="Poliisi",
        organisation=OrganisationFactory(name_fi="Lapin poliisi"),
        about_fi="x",
        home=centre,
    )
    assert [name.split()[-1] for name in names(let_in.get(address(), {"q": "poliisi"}))["people"]] == [
        "Poliisi"
    ]
