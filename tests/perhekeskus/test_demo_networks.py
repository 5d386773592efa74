"""The demo content's networks: those of the handbooks, whole in three languages, and nobody's name in them."""

import pytest
from django.urls import reverse
from lxml import html
from modeltranslation.translator import translator

from calendars.finnish_holidays import is_working_day
from centres.folding import fold
from centres.languages import column
from centres.models import Topic
from networks.models import LocalNetwork, Meeting, Network, NetworkLink, Professional, Seat

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

IN_FULL = ("fi", "sv", "en")
FICTIONAL = "esimerkkila"
SIX_YEARS_OLD = (72, 73)


def local(centre):
    return LocalNetwork.objects.filter(centre__slug=centre)


def answers(field):
    """Which networks say yes in `field`."""
    return set(Network.objects.filter(**{field: "yes"}).values_list("slug", flat=True))


def to_turn_to(centre, topic, word, ages=(None, None)):
    """The slugs of the networks in `centre` that the finder has for a topic, a word and a child's age."""
    found = local(centre).to_turn_to().about(Topic.objects.filter(slug=topic)).for_ages(*ages)
    return set(found.filter(network__search_fi__contains=fold(word)).values_list("slug", flat=True))


def above(network):
    """The slugs of those that steer `network`, the nearest first."""
    steers = network.parent
    return [steers.slug, *above(steers)] if steers else []


def test_every_network_has_its_name_and_sentence_in_three_languages_and_in_plain_finnish():
    wanted = [column(field, code) for field in ("name", "summary", "purpose", "keywords") for code in IN_FULL]
    wanted.append(column("summary", "fi-simple"))
    missing = [
        (row.slug, field) for row in Network.objects.all() for field in wanted if not getattr(row, field)
    ]
    assert missing == []


@pytest.mark.parametrize("model", [Network, NetworkLink, LocalNetwork, Seat, Meeting])
def test_a_text_of_a_network_that_is_there_in_one_language_is_there_in_all_three(model):
    halves = []
    for field in translator.get_options_for_model(model).fields:
        for row in model._default_manager.order_by("pk"):
            texts = [bool(getattr(row, column(field, code))) for code in IN_FULL]
            if any(texts) and not all(texts):
                halves.append((str(row), field))
    assert halves == []


def test_every_network_works_somewhere_and_those_of_one_centre_work_there_alone():
    assert list(Network.objects.filter(local_networks=None)) == []
    strangers = [
        str(row)
        for row in LocalNetwork.objects.select_related("network", "centre")
        if row.network.home_id not in (None, row.centre_id)
    ]
    assert strangers == []


def test_whoever_says_when_to_turn_to_them_says_how_and_the_others_say_neither():
    assert list(Network.objects.filter(when_to_turn_fi="").exclude(how_to_bring_fi="")) == []
    assert list(Network.objects.filter(how_to_bring_fi="").exclude(when_to_turn_fi="")) == []


def test_no_steering_group_is_brought_cases():
    steering = Network.objects.filter(kind=Network.Kind.STEERING)
    assert steering.count() > 0
    assert list(steering.exclude(when_to_turn_fi="")) == []


def test_the_structure_of_both_towns_rises_to_the_region():
    area = ["kaakkoinen-ohjausryhma", "strateginen-kehittamistyoryhma"]
    assert above(Network.objects.get(slug="kohtaamispaikkatoiminnan-kivijalka")) == [
        "kohtaamispaikkatoimijaverkosto",
        "rohkea",
        *area,
    ]
    assert above(Network.objects.get(slug="posion-perhekeskusverkosto")) == ["peke-tyoryhma", *area]


def test_whoever_steers_a_network_of_a_centre_works_in_that_centre_too():
    lost = [
        str(row)
        for row in LocalNetwork.objects.exclude(network__parent=None).select_related("network", "centre")
        if not row.centre.localnetworks.filter(network=row.network.parent_id).exists()
    ]
    assert lost == []


def test_consent_and_nameless_consultation_are_answered_only_where_a_source_says():
    assert answers("consent_needed") == {
        "motti",
        "opiskeluhuollon-asiantuntijaryhma",
        "pienten-tiimi",
        "vasa",
    }
    assert answers("anonymous_consultation") == {
        "lastensuojelun-asiantuntijatyoryhma",
        "pienten-tiimi",
        "turva-tyoryhma",
    }


def test_every_law_has_its_address():
    assert list(Network.objects.exclude(legal_basis_fi="").filter(legal_url="")) == []
    finlex = "https://www.finlex.fi/fi/laki/ajantasa/"
    assert list(Network.objects.exclude(legal_url="").exclude(legal_url__startswith=finlex)) == []


def test_whom_to_turn_to_about_the_speech_of_a_six_year_old():
    assert "motti" in to_turn_to("rovaniemi", "kasvu", "puhe", SIX_YEARS_OLD)
    assert "opiskeluhuollon-asiantuntijaryhma" in to_turn_to("posio", "kasvu", "puhe", SIX_YEARS_OLD)


@pytest.mark.parametrize(
    ("town", "networks", "services"),
    [
        (
            "posio",
            ["Opiskeluhuollon monialainen asiantuntijaryhmä"],
            ["Puhe-, fysio- ja toimintaterapia"],
        ),
        ("rovaniemi", ["Motti"], ["Puhe-, fysio- ja toimintaterapia", "Motti-ryhmä"]),
    ],
)
def test_the_finder_begins_with_speech_for_a_six_year_old_and_tells_no_telephone(
    client, town, networks, services
):
    answer = client.get(reverse("finder:find", kwargs={"centre": town}), {"age": "6", "q": "puhe"})
    found = {
        kind: [
            link.text_content()
            for link in html.fromstring(answer.content.decode()).xpath(
                f"//section[@aria-labelledby='{kind}']//li[@class='card']/h3/a"
            )
        ]
        for kind in ("networks", "services")
    }
    assert found["networks"][: len(networks)] == networks
    assert found["services"][: len(services)] == services
    lines = {"Lasten ja nuorten puhelin", "Kriisipuhelin", "Hätänumero 112"}
    assert lines.isdisjoint(found["services"])


def test_whom_to_turn_to_about_violence_in_a_family_in_posio():
    assert to_turn_to("posio", "lahisuhdevakivalta", "väkivalta") == {"marak"}


def test_only_the_fictional_centre_has_contacts_and_meetings_of_its_own():
    real = LocalNetwork.objects.exclude(centre__slug=FICTIONAL)
    assert list(real.exclude(phone="", email="")) == []
    assert set(Meeting.objects.values_list("local_network__centre__slug", flat=True)) == {FICTIONAL}


def test_nobody_is_named():
    assert Professional.objects.count() == 0
    assert Seat.objects.exclude(person=None).count() == 0


def test_the_fictional_coffees_are_on_thursdays_and_no_meeting_is_on_a_holiday():
    coffees = Meeting.objects.filter(kind=Meeting.Kind.COFFEE)
    assert {row.day.isoweekday() for row in coffees} == {4}
    assert [row.day for row in Meeting.objects.all() if not is_working_day(row.day)] == []


def test_nothing_of_a_network_claims_to_have_been_checked():
    assert Network.objects.exclude(reviewed_on=None).count() == 0
    assert LocalNetwork.objects.exclude(reviewed_on=None).count() == 0
