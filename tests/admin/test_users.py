"""Users sign in with their e-mail address, and are made and changed at the desk without a username."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from centres.models import Membership
from tests.admin.forms import address, errors, save
from tests.factories import FamilyCentreFactory, UserFactory


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

    assert answer.status_code == 400
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


def test_passwords_are_changed_on_the_one_page_that_is_throttled(desk: Client):
    answer = desk.get("/en/hallinta/password_change/")

    assert (answer.status_code, answer["Location"]) == (302, "/en/sign-in/password/")


class TestWhoIsNoAdministrator:
    """A keeper of users who may do nothing else."""

    @pytest.fixture
    def keeper(self, db: None) -> Client:
        user, client = UserFactory(is_staff=True), Client()
        user.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
        client.force_login(user)
        return client

    def test_gives_nobody_any_right(self, keeper: Client):
        other = UserFactory()

        save(
            keeper,
            address("change", other, other.pk),
            is_superuser="on",
            user_permissions=[str(Permission.objects.first().pk)],
            name="Kaisa",
        )

        other.refresh_from_db()
        assert (other.name, other.is_staff, other.is_superuser) == ("Kaisa", False, False)
        assert not other.user_permissions.exists()

    @pytest.mark.parametrize("page", ["change", "delete"])
    def test_gets_at_nobody_who_may_do_more(self, keeper: Client, administrator: User, page: str):
        coordinator = UserFactory(is_staff=True)
        coordinator.user_permissions.set(Permission.objects.filter(codename="change_service"))

        for other in (administrator, coordinator):
            answer = keeper.post(
                address(page, other, other.pk), {"post": "yes", "email": "x@esimerkki.example"}
            )
            assert answer.status_code == 403
            assert User.objects.filter(email=other.email).exists()

    def test_sets_no_password_of_somebody_who_may_do_more(self, keeper: Client, administrator: User):
        path = f"/hallinta/accounts/user/{administrator.pk}/password/"

        assert keeper.get(path).status_code == 403
