"""The card of a person: what it tells, to whom, and how a phone takes it."""

from datetime import date
from http import HTTPStatus

import pytest
import segno
import vobject
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext
from lxml import html

from centres.publishing import Status
from networks.vcard import as_code, as_file, vcard
from tests.factories import (
    FamilyCentreFactory,
    LocalNetworkFactory,
    OrganisationFactory,
    ProfessionalFactory,
    SeatFactory,
    SpokenLanguageFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def address(person, name="card"):
    return reverse(f"professionals:{name}", kwargs={"centre": "keskus", "uuid": person.uuid})


def links(response):
    tree = html.fromstring(response.content.decode())
    return tree.xpath("//main//a/@href")


@pytest.fixture
def person(centre):
    return ProfessionalFactory(
        given_name="Maija",
        family_name="Mallikas",
        title_fi="Puheterapeutti",
        organisation=OrganisationFactory(slug="neuvola", name_fi="Neuvola"),
        home=centre,
        phone="040 1234567",
        email="maija@esimerkki.example",
        hours_fi="Tiistaisin 9–11",
        about_fi="Puheen kehityksestä",
        topics=[TopicFactory(name_fi="Puhe")],
        languages=[SpokenLanguageFactory(name_fi="ruotsi")],
        from_month=12,
        to_month=84,
        confirmed_on=date(2026, 9, 1),
        stand_in=ProfessionalFactory(
            given_name="Sini", family_name="Sijainen", home=centre, phone="040 7654321"
        ),
    )


class TestThePage:
    def test_it_tells_all_of_the_person(self, let_in, person):
        SeatFactory(
            person=person,
            local_network=LocalNetworkFactory(
                centre=person.home, slug="lapset", network__name_fi="Lapset puheeksi"
            ),
        )
        text = html.fromstring(let_in.get(address(person)).content.decode()).text_content()
        told = (
            *("Maija Mallikas", "Puheterapeutti", "Neuvola", "040 1234567", "maija@esimerkki.example"),
            *("Tiistaisin 9–11", "Puheen kehityksestä", "Puhe", "ruotsi", "Sini Sijainen", "040 7654321"),
            *("Lapset puheeksi", gettext("Confirmed on %(date)s") % {"date": "1.9.2026"}),
        )
        assert [words for words in told if words not in text] == []

    def test_every_way_to_reach_them_is_one_tap(self, let_in, person):
        found = links(let_in.get(address(person)))
        assert [link for link in found if link.startswith(("tel:", "mailto:"))] == [
            "tel:+358-40-1234567",
            "mailto:maija@esimerkki.example",
            "tel:+358-40-7654321",
        ]
        assert address(person.stand_in) in found
        assert reverse("organisation", kwargs={"centre": "keskus", "slug": "neuvola"}) in found

    def test_somebody_of_whom_nothing_more_is_known_has_one_too(self, let_in, professional):
        answer = let_in.get(address(professional))
        assert answer.status_code == HTTPStatus.OK
        assert gettext("No number or address has been told. Ask the organisation.") in answer.content.decode()

    @pytest.mark.parametrize("name", ["card", "card_file"])
    def test_who_has_left_or_works_elsewhere_has_none_here(self, let_in, centre, name):
        left, elsewhere = ProfessionalFactory(home=centre, active=False), ProfessionalFactory()
        for each in (left, elsewhere):
            assert let_in.get(address(each, name)).status_code == HTTPStatus.NOT_FOUND

    def test_who_works_here_too_has_one(self, let_in, centre):
        visiting = ProfessionalFactory(also_in=[centre])
        assert let_in.get(address(visiting)).status_code == HTTPStatus.OK

    @pytest.mark.parametrize("change", ["has left", "works elsewhere"])
    def test_a_stand_in_who_is_not_of_the_directory_is_not_told(self, let_in, person, change):
        if change == "has left":
            person.stand_in.active = False
        else:
            person.stand_in.home = FamilyCentreFactory()
        person.stand_in.save()
        text = let_in.get(address(person)).content.decode()
        assert [word for word in ("Sijainen", "7654321", str(person.stand_in.uuid)) if word in text] == []

    def test_networks_that_are_not_public_are_not_told(self, let_in, person):
        SeatFactory(
            person=person,
            local_network=LocalNetworkFactory(
                centre=person.home, network__name_fi="Luonnosverkosto", network__status=Status.DRAFT
            ),
        )
        assert "Luonnosverkosto" not in let_in.get(address(person)).content.decode()


def test_it_asks_nine_queries_whatever_the_number_of_topics_and_networks(let_in, person):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            let_in.get(address(person))
        return len(captured)

    SeatFactory(person=person, local_network=LocalNetworkFactory(centre=person.home))
    assert queries() == 9
    person.topics.set(TopicFactory.create_batch(20))
    person.languages.set(SpokenLanguageFactory.create_batch(5))
    for _number in range(20):
        SeatFactory(person=person, local_network=LocalNetworkFactory(centre=person.home))
    assert queries() == 9


class TestTheFile:
    def test_it_is_a_vcard_whose_name_tells_nobody(self, let_in, person):
        answer = let_in.get(address(person, "card_file"))
        assert answer.headers["Content-Type"] == "text/vcard; charset=utf-8"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="card.vcf"'
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "Mallikas" not in address(person, "card_file")

    def test_its_lines_are_those_of_rfc_2426(self, person):
        assert vcard(person) == [
            "BEGIN:VCARD",
            "VERSION:3.0",
            "N:Mallikas;Maija;;;",
            "FN:Maija Mallikas",
            "TITLE:Puheterapeutti",
            "ORG:Neuvola",
            "TEL;TYPE=WORK,VOICE:+358-40-1234567",
            "EMAIL;TYPE=INTERNET,WORK:maija@esimerkki.example",
            "NOTE:Tiistaisin 9–11",
            f"UID:urn:uuid:{person.uuid}",
            "END:VCARD",
        ]

    def test_another_reader_reads_what_was_written(self, centre):
        names = {"given_name": "Åsa; Öyvind", "family_name": "von \\ Ärlig, nuorempi"}
        organisation = OrganisationFactory(name_fi=f"Perhe, lapsi; nuori {'ääkkönen ' * 12}")
        hours = "Maanantaisin, ja\ntorstaisin; 9–11"
        person = ProfessionalFactory(**names, organisation=organisation, hours_fi=hours, home=centre)
        read = vobject.readOne(as_file(vcard(person)).decode())
        assert (read.n.value.given, read.n.value.family) == ("Åsa; Öyvind", "von \\ Ärlig, nuorempi")
        assert read.org.value == [organisation.name]
        assert read.note.value == hours

    def test_no_line_is_longer_than_75_octets_and_no_character_is_cut(self, centre):
        person = ProfessionalFactory(family_name="ä" * 60, hours_fi="ö" * 120, home=centre)
        text = as_file(vcard(person))
        assert max(len(line) for line in text.split(b"\r\n")) == 75
        assert text.decode().replace("\r\n ", "").split("\r\n") == [*vcard(person), ""]


def test_the_code_holds_the_same_card(let_in, person):
    code = segno.make(as_code(vcard(person)), error="m", micro=False, encoding="utf-8")
    drawing = code.svg_inline(svgclass=None, lineclass=None, omitsize=True, light="white")
    assert drawing in let_in.get(address(person)).content.decode()
    assert as_code(vcard(person)).split("\r\n") == vcard(person)
