"""Users sign in with their e-mail address, and are made and changed at the desk without a username."""

from django.test import Client

from accounts.models import User
from centres.models import Membership
from tests.admin.forms import address, errors, save
from tests.factories import PASSWORD, FamilyCentreFactory, UserFactory


def test_sign_in_takes_the_address_in_any_letters(client: Client, administrator: User):
    answer = client.post(
        "/hallinta/login/",
        {"username": administrator.email.upper(), "password": PASSWORD, "next": "/hallinta/"},
    )

    assert (answer.status_code, answer["Location"]) == (302, "/hallinta/")


def test_a_wrong_password_says_nothing_about_the_address(client: Client, administrator: User):
    wrong_password, wrong_address = (
        errors_of_sign_in(client, email, "vaara") for email in (administrator.email, "ei@esimerkki.example")
    )

    assert wrong_password == wrong_address
    assert "_auth_user_id" not in client.session


def test_a_user_is_made_with_an_address_and_a_password(desk: Client):
    answer = save(
        desk,
        address("add", User),
        email="Koordinaattori@Esimerkki.example",
        name="Kaisa",
        usable_password="true",
        password1="lumi sade ja 7 poroa",
        password2="lumi sade ja 7 poroa",
    )

    user = User.objects.get(name="Kaisa")
    assert answer.status_code == 302
    assert user.email == "koordinaattori@esimerkki.example"
    assert user.check_password("lumi sade ja 7 poroa")
    assert not user.is_staff


def test_a_weak_password_is_refused(desk: Client):
    answer = save(
        desk,
        address("add", User),
        email="koordinaattori@esimerkki.example",
        usable_password="true",
        password1="salasana",
        password2="salasana",
    )

    assert answer.status_code == 200
    assert "password2" in answer.context["adminform"].form.errors
    assert User.objects.count() == 1


def test_nobody_gets_anothers_address_in_other_letters(desk: Client, administrator: User):
    other = UserFactory()

    answer = save(desk, f"/en{address('change', other, other.pk)}", email=administrator.email.upper())

    assert errors(answer) == ["Somebody already signs in with this e-mail address."]


def test_a_user_gets_a_membership_on_the_same_form(desk: Client):
    user, centre = UserFactory(), FamilyCentreFactory()

    answer = save(
        desk,
        address("change", user, user.pk),
        **{
            "memberships-TOTAL_FORMS": "1",
            "memberships-0-role": Membership.Role.COORDINATOR,
            "memberships-0-centre": str(centre.pk),
        },
    )

    assert answer.status_code == 302
    assert [(each.role, each.centre) for each in user.memberships.all()] == [("coordinator", centre)]


def test_an_area_coordinator_of_a_centre_is_refused_in_words(desk: Client):
    user, centre = UserFactory(), FamilyCentreFactory()

    answer = save(
        desk,
        f"/en{address('change', user, user.pk)}",
        **{
            "memberships-TOTAL_FORMS": "1",
            "memberships-0-role": Membership.Role.AREA_COORDINATOR,
            "memberships-0-centre": str(centre.pk),
        },
    )

    assert errors(answer) == ["An area coordinator belongs to an area, everybody else to a centre."]


def test_a_changed_password_is_kept_and_the_user_stays_signed_in(desk: Client, administrator: User):
    answer = save(
        desk,
        "/hallinta/password_change/",
        old_password=PASSWORD,
        new_password1="lumi sade ja 7 poroa",
        new_password2="lumi sade ja 7 poroa",
    )

    administrator.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "/hallinta/password_change/done/")
    assert administrator.check_password("lumi sade ja 7 poroa")
    assert desk.get("/hallinta/").status_code == 200


def errors_of_sign_in(client: Client, email: str, password: str) -> str:
    answer = client.post("/hallinta/login/", {"username": email, "password": password, "next": "/hallinta/"})
    return str(answer.context["form"].non_field_errors())
