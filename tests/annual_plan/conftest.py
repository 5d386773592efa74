"""A centre, and somebody whom it lets in."""

import pytest
from django.test import Client

from centres.models import FamilyCentre
from tests.factories import FamilyCentreFactory
from tests.networks.conftest import let_in_to, signed_in


@pytest.fixture
def centre(db: None) -> FamilyCentre:
    """The centre that the test happens in: ``/keskus/``."""
    return FamilyCentreFactory(slug="keskus", coordinator_email="koordinaattori@esimerkki.example")


@pytest.fixture
def insider(centre: FamilyCentre) -> Client:
    """The browser of a professional whom `centre` lets in."""
    return signed_in(let_in_to(centre))
