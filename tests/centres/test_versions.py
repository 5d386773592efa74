"""How a language version stands to the Finnish text that it was made from."""

import pytest

from centres.versions import VersionState, digest
from services.models import Service
from tests.factories import (
    AgeGroupFactory,
    FamilyCentreFactory,
    OfferingFactory,
    PlaceFactory,
    ServiceFactory,
)

pytestmark = pytest.mark.django_db


def changed(row, **values):
    """`row` as it is in the database once `values` have been saved."""
    row = type(row).objects.get(pk=row.pk)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def service():
    return ServiceFactory(
        name_fi="Neuvola", summary_fi="Neuvola auttaa.", name_sv="Rådgivningen", summary_sv="Den hjälper."
    )


def test_a_version_with_its_name_and_summary_is_whole(service):
    assert service.state_in("sv") == VersionState.WHOLE


def test_a_version_without_its_summary_is_missing(service):
    assert changed(service, summary_sv="").state_in("sv") == VersionState.MISSING
    assert service.state_in("en") == VersionState.MISSING


def test_a_changed_finnish_text_makes_the_version_older(service):
    assert changed(service, summary_fi="Neuvola neuvoo.").state_in("sv") == VersionState.OLDER


def test_a_changed_version_is_made_from_the_finnish_of_now(service):
    service = changed(service, summary_fi="Neuvola neuvoo.")

    assert changed(service, summary_sv="Den ger råd.").state_in("sv") == VersionState.WHOLE


def test_each_text_is_older_or_not_by_itself(service):
    service = changed(service, summary_fi="Neuvola neuvoo.")

    assert changed(service, keywords_sv="mvc").state_in("sv") == VersionState.OLDER


def test_saving_what_is_no_text_changes_nothing(service):
    older = changed(service, summary_fi="Neuvola neuvoo.")

    assert changed(older, urgent_order=3).state_in("sv") == VersionState.OLDER
    assert changed(service, summary_fi="Neuvola auttaa.").state_in("sv") == VersionState.WHOLE


def test_a_finnish_text_that_the_version_does_not_have_leaves_it_there_in_part_and_no_older(service):
    service = changed(service, description_fi="<p>Lisää.</p>")
    assert service.state_in("sv") == VersionState.PARTLY
    assert service.state_in("en") == VersionState.MISSING
    assert changed(service, description_sv="<p>Mer.</p>").state_in("sv") == VersionState.WHOLE


def test_what_is_older_and_lacks_a_part_is_told_as_older(service):
    service = changed(service, description_fi="<p>Lisää.</p>", summary_fi="Neuvola neuvoo.")
    assert service.state_in("sv") == VersionState.OLDER


def test_what_no_reader_misses_leaves_a_version_whole(service):
    service = changed(service, keywords_fi="äitiysneuvola", summary_fi_simple="Täältä saat apua.")
    assert (service.state_in("sv"), service.state_in("fi-simple")) == (VersionState.WHOLE, VersionState.WHOLE)
    assert changed(service, cost_fi="5 euroa").state_in("fi-simple") == VersionState.PARTLY


def test_the_name_of_a_municipality_is_the_same_in_every_language():
    centre = FamilyCentreFactory(name_sv="Familjecenter")
    assert centre.state_in("sv") == VersionState.WHOLE


def test_whoever_vouches_for_a_version_makes_it_whole(service):
    older = changed(service, summary_fi="Neuvola neuvoo.")
    older.vouch_for("sv")
    older.save()

    assert Service.objects.get().state_in("sv") == VersionState.WHOLE


def test_plain_finnish_needs_a_summary_and_no_name(service):
    assert service.state_in("fi-simple") == VersionState.MISSING
    assert changed(service, summary_fi_simple="Täältä saat apua.").state_in("fi-simple") == VersionState.WHOLE


def test_where_there_is_no_finnish_text_nothing_is_missing():
    assert OfferingFactory().state_in("sv") == VersionState.NOTHING
    assert PlaceFactory().state_in("fi-simple") == VersionState.NOTHING
    assert AgeGroupFactory(intro_fi="").state_in("fi-simple") == VersionState.NOTHING


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Avoinna 8–15", "Avoinna  8–15\n", True),
        ("<p>Tule <strong>käymään</strong>.</p>", "<p>Tule käymään .</p>", True),
        ("klo 8.15", "klo 8–15", False),
        ("Äiti", "äiti", False),
    ],
)
def test_markup_and_spaces_are_no_words(one, other, same):
    assert (digest(one) == digest(other)) is same
    assert digest(" ") == digest(None) == ""
