"""A professional looks for a colleague by name: no address holds the name, back works, and axe finds nothing."""

from datetime import date

import pytest

from centres.models import FamilyCentre, Membership
from tests.factories import MembershipFactory, OrganisationFactory, ProfessionalFactory
from tests.signing_in import let_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def user(own_portal):
    """Somebody whom Posio lets in, where Malla Mallikas has a card and many others have one too."""
    posio = FamilyCentre.objects.get(slug="posio")
    organisation = OrganisationFactory()
    ProfessionalFactory(
        given_name="Malla",
        family_name="Mallikas",
        home=posio,
        organisation=organisation,
        phone="040 1234567",
        email="malla@esimerkki.example",
        about_fi="Puheen kehityksestä",
    )
    ProfessionalFactory.create_batch(60, home=posio, organisation=organisation)
    role = Membership.Role.PROFESSIONAL
    return MembershipFactory(centre=posio, role=role, ends_on=date(2027, 6, 30)).user


def test_a_colleague_is_found_by_name_and_back_leads_to_the_list(page, own_portal, user, axe_violations):
    # Given a professional who has signed in and stands at the directory
    let_in(page, own_portal, user)
    page.goto(f"{own_portal}/en/posio/professionals/")
    assert axe_violations(page) == []

    # When they write a name
    page.locator("[name=q]").fill("mallikas")
    page.locator(".filters__go button").click()

    # Then one person is found, and the address does not tell whom
    found = page.locator(".card h3 a")
    assert found.all_text_contents() == ["Malla Mallikas"]
    assert "mallikas" not in page.url.casefold()
    assert page.locator("[name=q]").input_value() == "mallikas"
    address = page.url

    # And from the card, back leads to the list as it was
    found.click()
    assert page.locator("h1").text_content() == "Malla Mallikas"
    assert axe_violations(page) == []
    page.go_back()
    assert page.url == address
    assert page.locator(".card h3 a").all_text_contents() == ["Malla Mallikas"]


def test_whom_to_call_shows_people_to_whoever_is_let_in(page, own_portal, user, axe_violations):
    let_in(page, own_portal, user)
    page.goto(f"{own_portal}/en/posio/whom-to-call/?q=puheen")
    assert page.locator("[aria-labelledby=people] a[href^='tel:']").all_text_contents() == ["040 1234567"]
    assert axe_violations(page) == []
