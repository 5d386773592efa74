"""Rows of tables: what round-trips and what changes."""

from datetime import date

import pytest
from django.utils.translation import override

from centres.models import Level, Sector
from services.models import Contact, Service
from services.tables.actions import bring_in, try_out
from services.tables.outcome import Change
from services.tables.reading import read
from services.tables.writing import FORMATS
from tests.factories import (
    ContactFactory,
    FamilyCentreFactory,
    OfferingFactory,
    OrganisationFactory,
    ServiceFactory,
    TopicFactory,
    WayFactory,
)
from tests.services.tables import save, sheet, table

pytestmark = pytest.mark.django_db


def everything() -> Service:
    """A service with something in every column, some of it hard to keep."""
    return ServiceFactory(
        slug="neuvola",
        name_fi='Neuvola; ja "muuta"',
        name_fi_simple="=Neuvola",
        name_sv="Rådgivning",
        name_se="Čáhppesluokta đ ŋ",
        summary_fi="+ Apua\r\nheti",
        description_fi="<p>Teksti &amp; <strong>lisää</strong></p>",
        how_to_get_fi="  Soita.\r\n\r\nTai tule.",
        cost_fi="-20 €",
        from_month=-9,
        to_month=90,
        urgent_order=0,
        anonymous=True,
        access="open",
        published_from=date(2026, 1, 5),
        published_until=date(2027, 12, 31),
        owner=OrganisationFactory(slug="mll"),
        reviewed_on=date(2026, 3, 1),
        topics=[TopicFactory(slug="arki"), TopicFactory(slug="ero")],
        ways=[WayFactory(slug="puhelin")],
    )


@pytest.mark.parametrize("ending", FORMATS)
def test_an_export_brought_back_changes_nothing(ending: str):
    everything()
    ServiceFactory()
    ContactFactory(value="+358 40 123 4567", kind="phone", label_fi="@ajanvaraus", hours_sv="=8-15")
    ContactFactory(offering=OfferingFactory(), value="020 1234567", kind="phone")

    for model, count in ((Service, 4), (Contact, 2)):
        content = FORMATS[ending][1](table(model).export(model.objects.all()))
        outcome = try_out(table=table(model), sheet=read(f"a.{ending}", content))
        assert (outcome.rows, outcome.problems, outcome.unchanged) == ([], [], count)


def test_every_language_has_its_column_and_the_columns_beside_them_none():
    headings = table(Service).export(Service.objects.all()).headers

    assert headings[:7] == [
        "Tunniste",
        "Nimi verkko-osoitteessa",
        "Nimi (suomi)",
        "Nimi (selkosuomi)",
        "Nimi (ruotsi)",
        "Nimi (englanti)",
        "Nimi (pohjoissaame)",
    ]
    assert "Nimi" not in headings
    assert len(headings) == len(set(headings)) == 6 * 5 + 22


def test_headings_and_words_are_finnish_whatever_the_language_of_the_desk():
    ServiceFactory(sector=Sector.HEALTH, anonymous=True)
    in_finnish = table(Service).export(Service.objects.all()).dict
    with override("sv"):
        in_swedish = table(Service).export(Service.objects.all()).dict

    assert in_swedish == in_finnish
    assert in_finnish[0]["Toimiala"] == "terveyspalvelut"
    assert in_finnish[0]["Voi asioida nimettömänä"] == "kyllä"


def test_a_service_is_written_in_words_that_can_be_edited():
    everything()

    (row,) = table(Service).export(Service.objects.all()).dict
    some = ["Ikä alkaen", "Ikä alle", "Aiheet", "Palvelutavat", "Näyttöajan alku", "Ylläpitäjä", "Kotikeskus"]
    assert [row[heading] for heading in some] == [
        "raskaus",
        "7 v 6 kk",
        "arki, ero",
        "puhelin",
        "5.1.2026",
        "mll",
        "",
    ]


def test_a_table_changes_what_differs_and_says_so():
    service = everything()
    TopicFactory(slug="raha")
    rows = (
        ["Nimi verkko-osoitteessa", "Nimi (ruotsi)", "Ikä alle", "Aiheet", "Tila", "Kuvaus (suomi)"],
        ["neuvola", "Barnrådgivning", "18 v", "raha, arki", "luonnos", "<p>Uusi<script>x</script></p>"],
    )

    outcome, saved = save(Service, *rows)

    assert saved
    assert outcome.rows[0].number == 2
    assert outcome.rows[0].changes == [
        Change("Nimi (ruotsi)", "Rådgivning", "Barnrådgivning"),
        Change("Kuvaus (suomi)", "<p>Teksti &amp; <strong>lisää</strong></p>", "<p>Uusi</p>"),
        Change("Ikä alle", "7 v 6 kk", "18 v"),
        Change("Aiheet", "arki, ero", "arki, raha"),
        Change("Tila", "julkaistu", "luonnos"),
    ]
    service.refresh_from_db()
    assert (service.name_sv, service.to_month, service.status) == ("Barnrådgivning", 216, "draft")
    assert service.description_fi == "<p>Uusi</p>"
    assert [topic.slug for topic in service.topics.order_by("slug")] == ["arki", "raha"]
    assert "barnradgivning" in service.search_sv
    assert (service.name_fi, service.summary_fi) == ('Neuvola; ja "muuta"', "+ Apua\r\nheti")


def test_a_look_changes_nothing():
    everything()
    before = table(Service).export(Service.objects.all()).csv

    outcome = try_out(
        table=table(Service),
        sheet=sheet(["Nimi verkko-osoitteessa", "Nimi (suomi)"], ["neuvola", "Toinen"], ["uusi", "Uusi"]),
    )

    assert [row.name for row in outcome.rows] == ["Toinen"]
    assert [problem.heading for problem in outcome.problems] == [
        "Yhdellä virkkeellä (suomi)",
        "Tuen taso",
        "Toimiala",
    ]
    assert table(Service).export(Service.objects.all()).csv == before


def test_a_new_service_is_made_of_its_cells_and_of_what_a_new_one_has():
    with override("fi"):
        level = str(Level.LEISURE.label)
    headings = [
        "Nimi verkko-osoitteessa",
        "Nimi (suomi)",
        "Yhdellä virkkeellä (suomi)",
        "Tuen taso",
        "Toimiala",
        "Tila",
    ]

    outcome, saved = save(
        Service, headings, ["kerho", "Kerho", "Kerho kaikille.", level.upper(), "THIRD", ""]
    )

    assert (saved, outcome.new, outcome.changed) == (True, 1, 0)
    service = Service.objects.get(slug="kerho")
    assert (service.level, service.sector, service.status, service.audience) == (
        1,
        "third",
        "draft",
        "family",
    )
    assert service.sort_fi


def test_all_is_saved_or_nothing():
    ServiceFactory(slug="yksi", name_fi="Yksi")
    ServiceFactory(slug="kaksi", name_fi="Kaksi")

    outcome, saved = save(
        Service, ["Nimi verkko-osoitteessa", "Nimi (suomi)"], ["yksi", "Uusi yksi"], ["kaksi", ""]
    )

    assert not saved
    assert [problem.number for problem in outcome.problems] == [3]
    assert set(Service.objects.values_list("name_fi", flat=True)) == {"Yksi", "Kaksi"}


def test_what_was_agreed_to_is_what_is_saved():
    service = ServiceFactory(slug="yksi", name_fi="Yksi")
    rows = (["Nimi verkko-osoitteessa", "Nimi (suomi)"], ["yksi", "Uusi"])
    digest = try_out(table=table(Service), sheet=sheet(*rows)).digest
    Service.objects.filter(pk=service.pk).update(name_fi="Toisen tallentama")

    _outcome, saved = bring_in(table=table(Service), sheet=sheet(*rows), digest=digest)

    assert not saved
    assert Service.objects.get().name_fi == "Toisen tallentama"


def test_what_is_chosen_is_known_by_its_slug_and_by_its_finnish_name():
    service = ServiceFactory(slug="neuvola")
    support = TopicFactory(slug="tuki", name_fi="Vamma, sairaus tai erityinen tuki")
    daily, named_like_it = TopicFactory(slug="arki", name_fi="Ääni"), TopicFactory(name_fi="arki")
    by_phone, keeper = WayFactory(name_fi="Puhelimessa"), OrganisationFactory(name_fi="Äitien yhdistys")

    headings = ["Nimi verkko-osoitteessa", "Aiheet", "Palvelutavat", "Ylläpitäjä"]
    topics = "arki; vamma, sairaus tai erityinen tuki, aani"
    _outcome, saved = save(Service, headings, ["neuvola", topics, "PUHELIMESSA", "aitien yhdistys"])

    service.refresh_from_db()
    assert saved
    assert set(service.topics.all()) == {support, daily}
    assert named_like_it not in service.topics.all()
    assert (list(service.ways.all()), service.owner) == ([by_phone], keeper)


def test_a_home_is_known_by_the_name_of_its_centre():
    service, centre = ServiceFactory(slug="neuvola"), FamilyCentreFactory(name_fi="Posion perhekeskus")

    save(Service, ["Nimi verkko-osoitteessa", "Kotikeskus"], ["neuvola", "Posion perhekeskus"])

    service.refresh_from_db()
    assert service.home == centre
