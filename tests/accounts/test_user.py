"""The user: known by an e-mail address, in any case."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.factories import PASSWORD, UserFactory
from tests.forbidden import (
    Forbidden,
    assert_database_refuses,
    assert_field_is_unique,
    assert_form_refuses,
    but,
    complaints,
    unique_fields_of,
    untested,
)

pytestmark = pytest.mark.django_db


def second_user_with_the_same_address_in_capitals():
    UserFactory(email="anna@esimerkki.example")
    return but(UserFactory(), email="ANNA@esimerkki.example")


FORBIDDEN = [
    Forbidden(
        "user_email_any_case",
        "the same address in capitals",
        second_user_with_the_same_address_in_capitals,
    )
]


@pytest.mark.parametrize("state", FORBIDDEN, ids=str)
def test_a_form_refuses_with_a_sentence(state):
    assert_form_refuses("accounts", state)


@pytest.mark.parametrize("state", FORBIDDEN, ids=str)
def test_the_database_refuses(state):
    assert_database_refuses(state.row())


@pytest.mark.parametrize(("model", "field"), unique_fields_of("accounts"))
def test_no_two_rows_share(model, field):
    assert_field_is_unique(model, field)


def test_every_constraint_is_tested():
    assert untested("accounts", FORBIDDEN) == set()


def test_a_new_user_s_address_is_kept_in_small_letters():
    assert User.objects.create_user("Anna.Niemi@Esimerkki.Example").email == "anna.niemi@esimerkki.example"


def test_a_second_user_with_the_same_address_in_another_case_is_refused():
    User.objects.create_user("anna@esimerkki.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("Anna@Esimerkki.example")


def test_a_user_without_an_address_is_refused():
    with pytest.raises(ValueError, match=r"^A user needs an e-mail address\.$"):
        User.objects.create_user("")


@pytest.mark.parametrize("address", ["anna@esimerkki.example", "Anna@Esimerkki.EXAMPLE"])
def test_one_signs_in_with_the_address_in_any_case(address):
    user = UserFactory(email="anna@esimerkki.example")
    assert authenticate(username=address, password=PASSWORD) == user


def test_nobody_signs_in_with_a_wrong_password():
    UserFactory(email="anna@esimerkki.example")
    assert authenticate(username="anna@esimerkki.example", password=PASSWORD + "!") is None


def test_nobody_signs_in_as_a_user_without_a_password():
    user = User.objects.create_user("anna@esimerkki.example")
    assert not user.has_usable_password()
    assert authenticate(username="anna@esimerkki.example", password="") is None


def test_fixtures_name_a_user_by_the_address_in_any_case():
    user = UserFactory(email="anna@esimerkki.example")
    assert User.objects.get_by_natural_key("ANNA@esimerkki.example") == user
    assert user.natural_key() == ("anna@esimerkki.example",)


def test_a_superuser_is_staff_and_an_ordinary_user_is_neither():
    user, superuser = UserFactory(), User.objects.create_superuser("ylla@esimerkki.example", PASSWORD)
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert (superuser.is_staff, superuser.is_superuser) == (True, True)


def test_a_user_is_called_by_name_and_without_one_by_address():
    named, unnamed = UserFactory(name="Anna Niemi"), UserFactory(email="anna@esimerkki.example")
    assert (str(named), named.get_full_name(), named.get_short_name()) == ("Anna Niemi",) * 3
    assert (str(unnamed), unnamed.get_full_name()) == ("anna@esimerkki.example",) * 2


def test_users_are_listed_by_address():
    for address in ("b@esimerkki.example", "a@esimerkki.example"):
        UserFactory(email=address)
    assert [user.email for user in User.objects.all()] == ["a@esimerkki.example", "b@esimerkki.example"]


def test_an_address_that_is_none_is_refused_with_a_message():
    user = but(UserFactory(), email="anna")
    assert complaints(user.full_clean) == ["Enter a valid email address."]
