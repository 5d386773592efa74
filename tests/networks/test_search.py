"""Words among networks: by the rules of services, in texts, local names, topics and organisations."""

import pytest
from django.utils.translation import override

from networks.models import LocalNetwork
from networks.search import best_match_first, search
from tests.factories import (
    LocalNetworkFactory,
    NetworkFactory,
    OrganisationFactory,
    SeatFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def found(text, language="fi"):
    with override(language):
        return {row.slug for row in search(LocalNetwork.objects.order_by("pk"), text)}


@pytest.fixture
def networks():
    """Two networks: one with a name of its own in its centre, one known by its abbreviation."""
    team = NetworkFactory(
        name_fi="Moniammatillinen riskinarviointi",
        name_sv="Multiprofessionell riskbedömning",
        abbreviation="MARAK",
        summary_fi="Auttaa, kun lähisuhteessa on vaara.",
        keywords_fi="väkivalta",
        topics=[TopicFactory(name_fi="Lähisuhdeväkivalta", name_sv="Våld i nära relationer")],
    )
    LocalNetworkFactory(
        slug="marak", network=team, convener=OrganisationFactory(name_fi="Pohjolan hyvinvointialue")
    )
    anchor = NetworkFactory(name_fi="Ankkuritoiminta", summary_fi="Poliisi ja sosiaalityö nuoren tukena.")
    local = LocalNetworkFactory(slug="ankkuri", network=anchor, name_fi="Äijävaaran ankkuri")
    SeatFactory(local_network=local, organisation=OrganisationFactory(name_fi="Poliisilaitos"))


@pytest.mark.usefixtures("networks")
class TestWhereWordsAreFound:
    def test_in_the_abbreviation_and_the_texts(self):
        assert found("marak") == {"marak"}
        assert found("vaara lahisuhteessa") == {"marak"}
        assert found("VÄKIVALTA") == {"marak"}

    def test_in_the_local_name(self):
        assert found("aijavaaran") == {"ankkuri"}

    def test_in_a_topic_of_the_reader_s_language(self):
        assert found("våld", "sv") == {"marak"}
        assert found("våld", "en") == set()

    def test_in_the_organisation_that_convenes_or_sits_in_it(self):
        assert found("pohjolan") == {"marak"}
        assert found("poliisilaitos") == {"ankkuri"}

    def test_every_word_must_be_found(self):
        assert found("ankkuri poliisilaitos") == {"ankkuri"}
        assert found("ankkuri pohjolan") == set()

    def test_a_short_word_begins_a_word(self):
        assert found("ankk") == {"ankkuri"}
        assert found("vara") == set()

    def test_a_text_that_is_missing_counts_in_finnish(self):
        assert found("sosiaalityo", "sv") == {"ankkuri"}

    def test_nothing_is_found_without_a_letter_or_digit(self):
        assert found("") == set()
        assert found("…%_") == set()


def test_whoever_is_called_so_for_short_comes_first():
    for slug, name, short in (
        ("sisalla", "Iso vaso", ""),
        ("alusta", "Vaso ja muut", ""),
        ("lyhenne", "Varhaisen avun malli", "VaSo"),
    ):
        LocalNetworkFactory(slug=slug, network=NetworkFactory(name_fi=name, abbreviation=short))
    rows = best_match_first(LocalNetwork.objects.all(), "vaso", "fi")
    assert [row.slug for row in rows] == ["lyhenne", "alusta", "sisalla"]


def test_a_whole_word_in_the_texts_comes_before_a_longer_one_in_the_name():
    for slug, name, keywords in (("malli", "Puheeksi ottaminen", "huoli"), ("tiimi", "Tiimi", "kieli, puhe")):
        LocalNetworkFactory(slug=slug, network=NetworkFactory(name_fi=name, keywords_fi=keywords))
    rows = best_match_first(LocalNetwork.objects.all(), "puhe", "fi")
    assert [row.slug for row in rows] == ["tiimi", "malli"]


def test_names_are_read_in_one_query_whatever_their_number(django_assert_num_queries):
    for _ in range(3):
        LocalNetworkFactory(name_fi="Oma nimi", network=NetworkFactory(topics=[TopicFactory()]))
    with django_assert_num_queries(2):
        assert len(search(LocalNetwork.objects.order_by("pk"), "oma nimi")) == 3
