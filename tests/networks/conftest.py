"""A centre, a professional whom it lets in, and their browser."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from accounts.models import User
from centres.models import FamilyCentre, Membership
from networks.models import Professional
from tests.factories import FamilyCentreFactory, MembershipFactory, ProfessionalFactory, UserFactory

ENDS_ON = date(2027, 6, 30)


def signed_in(user: User) -> Client:
    """The browser of `user`, who has signed in."""
    client = Client()
    client.force_login(user)
    return client


def let_in_to(centre: FamilyCentre, *, ends_on: date | None = ENDS_ON) -> User:
    """A new user whom `centre` lets in as a professional until `ends_on`; without a card."""
    membership = MembershipFactory(centre=centre, role=Membership.Role.PROFESSIONAL, ends_on=ends_on)
    return membership.user


@pytest.fixture
def centre(db: None) -> FamilyCentre:
    """The centre that the test happens in: ``/keskus/``."""
    return FamilyCentreFactory(slug="keskus", coordinator_email="koordinaattori@esimerkki.example")


@pytest.fixture
def professional(centre: FamilyCentre) -> Professional:
    """Somebody of `centre` with a card, who signs in as `professional.user` and is let in until ENDS_ON."""
    user = UserFactory(email="testi@esimerkki.example", name="Testi Esimerkki")
    MembershipFactory(user=user, centre=centre, role=Membership.Role.PROFESSIONAL, ends_on=ENDS_ON)
    return ProfessionalFactory(user=user, given_name="Testi", family_name="Esimerkki", home=centre)


@pytest.fixture
def let_in(professional: Professional) -> Client:
    """The browser of `professional`, who has signed in."""
    return signed_in(professional.user)


@pytest.fixture
def desk_of() -> Callable[[FamilyCentre], Client]:
    """Call it with a centre: the browser of its coordinator, at the desk."""
    return lambda centre: signed_in(MembershipFactory(centre=centre, user=UserFactory(is_staff=True)).user)
