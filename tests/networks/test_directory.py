"""The directory of people."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_professional_of_the_centre_is_let_in(let_in):
    assert let_in.get(reverse("professionals:index", kwargs={"centre": "keskus"})).status_code == 200
