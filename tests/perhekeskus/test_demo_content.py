"""The demo content: complete, valid, and nothing in it that was invented for a real town."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from centres.languages import column
from centres.models import FamilyCentre, Organisation
from services.models import Contact, Offering, OpeningSpan, Service

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

IN_FULL = ("fi", "sv", "en")


def test_every_row_keeps_its_own_rules():
    faults = []
    for label in ("centres", "services"):
        for model in apps.get_app_config(label).get_models():
            for row in model._default_manager.order_by("pk"):
                try:
                    row.full_clean()
                except ValidationError as error:
                    faults.append((model.__name__, str(row), str(error)))
    assert faults == []


def test_every_service_has_its_name_and_sentence_in_three_languages_and_in_plain_finnish():
    wanted = [column(field, code) for field in ("name", "summary") for code in IN_FULL]
    wanted += [column("summary", "fi-simple"), column("description", "fi"), column("description", "en")]
    missing = [
        (row.slug, field) for row in Service.objects.all() for field in wanted if not getattr(row, field)
    ]
    assert missing == []


def test_every_organisation_is_named_and_some_row_says_who_keeps_each_service():
    assert Organisation.objects.filter(name_fi="").count() == 0
    assert list(Service.objects.filter(owner=None).values_list("slug", flat=True)) == []


def test_nothing_claims_to_have_been_checked():
    assert Service.objects.exclude(reviewed_on=None).count() == 0
    assert Offering.objects.exclude(reviewed_on=None).count() == 0


def test_only_the_fictional_centre_has_numbers_and_doors_of_its_own():
    numbers = Contact.objects.filter(kind=Contact.Kind.PHONE)
    national = set(numbers.filter(service__home=None, offering=None).values_list("value", flat=True))
    real = numbers.exclude(offering__centre__slug="esimerkkila").exclude(service__home__slug="esimerkkila")
    assert set(real.values_list("value", flat=True)) == national
    assert set(OpeningSpan.objects.values_list("point__offering__centre__slug", flat=True)) == {"esimerkkila"}


def test_the_fictional_centre_says_so_in_every_language_it_publishes_in():
    centre = FamilyCentre.objects.get(slug="esimerkkila")
    assert [code for code in centre.languages if not getattr(centre, column("notice", code))] == []
