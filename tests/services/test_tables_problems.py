"""What is wrong with the rows of a table is told by row and heading; nothing is saved."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from centres.models import Sector
from services.models import Service
from tests.factories import OrganisationFactory, ServiceFactory, TopicFactory
from tests.services.tables import table, told

pytestmark = pytest.mark.django_db


def test_problems_are_told_by_row_and_heading():
    ServiceFactory(slug="yksi", from_month=12, to_month=24)

    headings = ["Nimi verkko-osoitteessa", "Nimi (suomi)", "Ikä alkaen", "Toimiala", "Aiheet", "Tarkistettu"]
    problems = told(
        Service,
        headings,
        ["yksi", "", "3 v", "", "ei-ole", "31.2.2026"],
        ["Ei Näin!", "x" * 121, "7", "jotain", "", ""],
    )
    small_letters = (
        "Use only small letters a–z, digits and hyphens, for example mothers-group. No letters with dots or "
        "marks, and no spaces."
    )
    with override("fi"):
        sectors = ", ".join(str(word) for word in Sector.labels)
    assert problems == [
        (2, "Nimi (suomi)", "This cannot be empty."),
        (2, "Ikä alle", "The upper age must be above the lower one."),
        (2, "Aiheet", "There is no “ei-ole” here that you may choose."),
        (2, "Toimiala", "This cannot be empty."),
        (2, "Tarkistettu", "Write the date with its year, for example 1.6.2027."),
        (3, "Nimi verkko-osoitteessa", small_letters),
        (3, "Nimi (suomi)", "Ensure this value has at most 120 characters (it has 121)."),
        (3, "Yhdellä virkkeellä (suomi)", "This cannot be empty."),
        (
            3,
            "Ikä alkaen",
            "Write the age with its unit: “9 kk”, “7 v”, “2 v 6 kk” or “raskaus”. Ages go from pregnancy to 99 years.",
        ),
        (3, "Tuen taso", "This cannot be empty."),
        (3, "Toimiala", f"Write one of these: {sectors}."),
    ]


def test_a_text_that_is_nested_too_deep_is_told():
    ServiceFactory(slug="yksi")

    ((number, heading, words),) = told(
        Service, ["Nimi verkko-osoitteessa", "Kuvaus (suomi)"], ["yksi", "<ul><li>" * 4000]
    )

    assert (number, heading) == (2, "Kuvaus (suomi)")
    assert words.startswith("The text is too long, or has too many lists inside one another.")


def test_a_rule_over_two_fields_is_told_beside_one_of_them():
    ServiceFactory(slug="yksi", from_month=12, to_month=24)

    assert told(Service, ["Nimi verkko-osoitteessa", "Ikä alkaen"], ["yksi", "3 v"]) == [
        (2, "Ikä alle", "The upper age must be above the lower one.")
    ]


def test_what_may_be_chosen_instead_is_all_named_where_it_is_little():
    ServiceFactory(slug="yksi")
    for name in ("Ero", "Arki"):
        TopicFactory(name_fi=name)

    sentence = "There is no “Eroo” here that you may choose. Write one of these: Ero, Arki."
    assert told(Service, ["Nimi verkko-osoitteessa", "Aiheet"], ["yksi", "Eroo"]) == [(2, "Aiheet", sentence)]


def test_of_many_that_may_be_chosen_the_nearest_are_named():
    ServiceFactory(slug="yksi")
    for number in range(20):
        OrganisationFactory(name_fi=f"Järjestö {number}", slug=f"j-{number}-xyzzy")
    OrganisationFactory(name_fi="Posion kunta", slug="p")

    sentence = (
        "There is no “posion kuntaa” here that you may choose. Did you mean one of these: Posion kunta?"
    )
    assert told(
        Service,
        ["Nimi verkko-osoitteessa", "Ylläpitäjä", "Tarkistaja"],
        ["yksi", "posion kuntaa", "qqqq"],
    ) == [
        (2, "Ylläpitäjä", sentence),
        (2, "Tarkistaja", "There is no “qqqq” here that you may choose."),
    ]


def test_of_two_with_one_name_the_slug_is_asked_for():
    ServiceFactory(slug="yksi")
    for slug in ("mll-posio", "mll-rovaniemi"):
        OrganisationFactory(name_fi="MLL", slug=slug)

    ((_row, _heading, text),) = told(Service, ["Nimi verkko-osoitteessa", "Ylläpitäjä"], ["yksi", "MLL"])
    assert text == (
        "Several are called “MLL”. Write the one you mean by its address: mll-posio, mll-rovaniemi."
    )


def test_a_row_that_is_there_twice_is_told():
    service = ServiceFactory(slug="yksi")

    headings = ["Tunniste", "Nimi verkko-osoitteessa", "Nimi (suomi)"]
    assert told(Service, headings, ["", "yksi", "A"], [str(service.uuid), "", "B"]) == [
        (3, "", "The same as row 2 of this table: which of them is right?")
    ]


def test_an_id_that_is_nobodys_is_refused():
    ServiceFactory(slug="yksi")

    sentence = (
        "There is no such row among those that you may change. Leave the cell in the column “Tunniste” empty if the "
        "row is to be new."
    )
    for text in ("abc", "00000000-0000-4000-8000-000000000000"):
        assert told(Service, ["Tunniste", "Nimi (suomi)"], [text, "A"]) == [(2, "Tunniste", sentence)]


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (["Nimi (suomi)"], "A column is missing"),
        (["Tunniste", "Nimi (ruosti)"], "Did you mean “Nimi (ruotsi)”?"),
        (["Tunniste", "xyzzy"], "There is no column “xyzzy”."),
        (["Tunniste", "Tila", "Tila"], "These columns are there twice: Tila."),
    ],
)
def test_columns_that_are_not_the_tables_are_refused(headings: list[str], words: str):
    with override("en"), pytest.raises(ValidationError) as refused:
        table(Service).refuse_strange(headings)

    assert words in " ".join(refused.value.messages)
