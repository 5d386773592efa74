"""The list of networks: what narrows it, what it says when nothing is left, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override
from lxml import html

from centres.publishing import Status
from networks.models import LocalNetwork, Network
from tests.factories import (
    FamilyCentreFactory,
    LocalNetworkFactory,
    NetworkFactory,
    OrganisationFactory,
    ThemeFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def answer(client, centre, query="", language="fi"):
    with override(language):
        path = reverse("networks:index", kwargs={"centre": centre.slug})
    return client.get(path + query)


def found(response, path):
    """The elements of the answer's page at an XPath."""
    return html.fromstring(response.content.decode()).xpath(path)


def of_class(name):
    return f'//*[contains(concat(" ", @class, " "), " {name} ")]'


def names(response):
    return [link.text_content() for link in found(response, of_class("card") + "//a")]


def heading(response):
    return found(response, '//*[@id="found"]')[0].text_content()


def count_words(number):
    return ngettext("%(total)s network", "%(total)s networks", number) % {"total": number}


@pytest.fixture
def violence():
    return TopicFactory(name_fi="Väkivalta", sensitive=True)


@pytest.fixture
def centre(violence):
    """A centre with a case team about violence, an operating model for the young, and the group that steers them."""
    centre = FamilyCentreFactory(coordinator_email="koordinaattori@esimerkki.example")
    ThemeFactory(centre=centre, slug="vakivalta", name_fi="väkivalta", topics=[violence])
    ThemeFactory(centre=centre, slug="koonti", name_fi="ilman aihetta")
    rows = {
        "ohjaus": ("Ohjausryhmä", "", Network.Kind.STEERING, Network.Tier.AREA, None, None, []),
        "ankkuri": ("Ankkuri", "", Network.Kind.MODEL, Network.Tier.REGIONAL, 12 * 12, 18 * 12, []),
        "marak": ("Riskinarviointi", "MARAK", Network.Kind.TEAM, Network.Tier.LOCAL, None, None, [violence]),
    }
    for slug, (name, short, kind, tier, first, last, topics) in rows.items():
        network = NetworkFactory(
            name_fi=name,
            abbreviation=short,
            kind=kind,
            tier=tier,
            from_month=first,
            to_month=last,
            topics=topics,
        )
        LocalNetworkFactory(centre=centre, slug=slug, network=network)
    return centre


class TestWhatIsListed:
    def test_kind_by_kind_those_that_one_brings_a_case_to_first(self, client, centre):
        response = answer(client, centre)
        assert names(response) == ["Riskinarviointi (MARAK)", "Ankkuri", "Ohjausryhmä"]
        assert heading(response) == count_words(3)

    def test_neither_drafts_nor_those_of_another_centre(self, client, centre):
        LocalNetworkFactory(centre=centre, status=Status.DRAFT)
        LocalNetworkFactory(centre=centre, network=NetworkFactory(status=Status.DRAFT))
        LocalNetworkFactory()
        assert len(names(answer(client, centre))) == 3

    def test_under_the_name_they_have_here(self, client):
        local = LocalNetworkFactory(name_fi="Täällä näin")
        assert names(answer(client, local.centre)) == ["Täällä näin"]

    def test_in_finnish_where_the_reader_s_language_is_missing_and_marked_so(self, client, centre):
        response = answer(client, centre, language="sv")
        assert found(response, of_class("card") + "//a/span/@lang") == ["fi"] * 3
        assert found(response, of_class("lang-note"))

    def test_the_next_step_and_the_structure_stand_above(self, client, centre):
        ways = found(answer(client, centre), of_class("page-head") + "/p/a/@href")
        assert ways == [
            reverse(name, kwargs={"centre": centre.slug})
            for name in ("finder:find", "networks:structure", "networks:meetings")
        ]


class TestWhatNarrowsIt:
    @pytest.mark.parametrize(
        ("query", "listed"),
        [
            ("?age=14", ["Riskinarviointi (MARAK)", "Ankkuri", "Ohjausryhmä"]),
            ("?age=4", ["Riskinarviointi (MARAK)", "Ohjausryhmä"]),
            ("?age=8+kk", ["Riskinarviointi (MARAK)", "Ohjausryhmä"]),
            ("?age=0", ["Riskinarviointi (MARAK)", "Ohjausryhmä"]),
            ("?theme=vakivalta", ["Riskinarviointi (MARAK)"]),
            ("?tier=regional", ["Ankkuri"]),
            ("?kind=steering", ["Ohjausryhmä"]),
            ("?q=marak", ["Riskinarviointi (MARAK)"]),
            ("?q=ANKKURI&age=14&kind=model&tier=regional", ["Ankkuri"]),
            ("?q=ankkuri&age=4", []),
        ],
    )
    def test_by_any_combination(self, client, centre, query, listed):
        response = answer(client, centre, query)
        assert names(response) == listed

    def test_a_theme_without_topics_is_no_choice(self, client, centre):
        values = found(answer(client, centre), '//select[@name="theme"]/option/@value')
        assert values == ["", "vakivalta"]

    @pytest.mark.parametrize(
        "query",
        [
            "?age=nelja",
            "?age=-1",
            "?age=400",
            "?theme=ei",
            "?theme=koonti",
            "?tier=x",
            "?kind=x",
            "?q=" + "a" * 101,
        ],
    )
    def test_a_bad_value_is_a_message_beside_its_field_and_narrows_nothing(self, client, centre, query):
        response = answer(client, centre, query)
        assert response.status_code == 200
        assert len(names(response)) == 3
        name = query[1:].partition("=")[0]
        (field,) = found(response, f'//*[@name="{name}"]')
        assert field.get("aria-invalid") == "true"
        assert len(found(response, f'//*[@id="{name}-error"]')) == 1
        assert found(response, of_class("note--warn") + "//a/@href") == [f"#{field.get('id')}"]

    @pytest.mark.parametrize("query", ["?page=99", "?page=x", "?page=-1"])
    def test_a_page_that_is_none_gives_the_first_and_says_so(self, client, centre, query):
        response = answer(client, centre, query)
        assert len(names(response)) == 3
        assert len(found(response, of_class("note--warn"))) == 1

    def test_each_choice_can_be_taken_away_alone(self, client, centre):
        response = answer(client, centre, "?age=14&kind=model")
        index = reverse("networks:index", kwargs={"centre": centre.slug})
        assert found(response, of_class("chip") + "/@href") == [
            f"{index}?kind=model",
            f"{index}?age=14",
            index,
        ]

    def test_a_nul_is_a_bad_word_and_no_fault(self, client, centre):
        assert answer(client, centre, "?q=%00&theme=%00").status_code in (200, 400)

    def test_where_nothing_is_found_there_is_a_way_on(self, client, centre):
        response = answer(client, centre, "?q=xyzzy")
        assert "xyzzy" in heading(response)
        ways = found(response, of_class("empty") + "//a/@href")
        assert ways == [
            reverse("finder:find", kwargs={"centre": centre.slug}),
            reverse("networks:index", kwargs={"centre": centre.slug}),
            centre.coordinator_href,
        ]

    def test_where_no_network_is_found_it_speaks_of_networks_and_leaves_the_reader_s_word_as_it_is(
        self, client, centre
    ):
        response = answer(client, centre, "?q=zzqxyt&tier=area")
        assert heading(response) == gettext("No networks were found with “%(words)s”") % {"words": "zzqxyt"}
        assert [chip.xpath("string(text())") for chip in found(response, of_class("chip"))][:1] == ["zzqxyt"]

    def test_where_nothing_is_entered_yet_it_says_so(self, client):
        response = answer(client, FamilyCentreFactory())
        assert heading(response) == gettext("No networks have been entered here yet")


class TestTraces:
    def test_what_was_typed_is_kept_in_no_cache(self, client, centre):
        response = answer(client, centre, "?q=marak")
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response.headers["Cache-Control"]

    def test_a_sensitive_theme_has_a_quick_way_out(self, client, centre):
        response = answer(client, centre, "?theme=vakivalta")
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert b"data-quick-exit" in response.content

    def test_the_list_itself_is_an_ordinary_page_without_a_cookie(self, client, centre):
        response = answer(client, centre)
        assert "no-store" not in response.headers.get("Cache-Control", "")
        assert b"data-quick-exit" not in response.content
        assert not response.cookies


EVERY_FILTER = "?q=verkosto&age=4&theme=vakivalta&tier=local&kind=network"


def test_the_work_is_the_same_for_1_for_40_and_for_4_000_networks(client, violence):
    centre = FamilyCentreFactory()
    ThemeFactory(centre=centre, slug="vakivalta", topics=[violence])
    convener = OrganisationFactory()
    seen, made = {}, 0
    for number in (1, 40, 4_000):
        networks = Network.objects.bulk_create(
            Network(
                slug=f"v-{n}",
                name_fi=f"Verkosto {n}",
                summary_fi="Miettii yhdessä.",
                search_fi=f"verkosto {n} miettii yhdessa",
                abbreviation=f"V{n}",
                kind=Network.Kind.NETWORK,
                status=Status.PUBLISHED,
            )
            for n in range(made, number)
        )
        LocalNetwork.objects.bulk_create(
            LocalNetwork(
                centre=centre, network=row, slug=row.slug, convener=convener, status=Status.PUBLISHED
            )
            for row in networks
        )
        Network.topics.through.objects.bulk_create(
            Network.topics.through(network=row, topic=violence) for row in networks
        )
        made = number
        for query in ("", EVERY_FILTER):
            answer(client, centre, query)
            with CaptureQueriesContext(connection) as asked:
                response = answer(client, centre, query)
            assert heading(response) == count_words(number)
            seen[number, query] = len(asked)
    assert set(seen.values()) == {4, 5}
    assert [seen[number, ""] for number in (1, 40, 4_000)] == [4, 4, 4]
    assert [seen[number, EVERY_FILTER] for number in (1, 40, 4_000)] == [5, 5, 5]
