"""What is public on which day, said by the database and by the row alike."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centres.models import FamilyCentre, Theme
from centres.publishing import Status, away_on, has_a_break, public_on
from services.models import Offering
from tests.factories import FamilyCentreFactory, OfferingFactory, ThemeFactory

FIRST, LAST = date(2026, 6, 1), date(2026, 8, 31)
DAY = timedelta(days=1)

days = st.dates(date(2026, 5, 28), date(2026, 6, 5))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "published_from", "published_until", "today", "public"),
    [
        (Status.PUBLISHED, None, None, FIRST, True),
        (Status.DRAFT, None, None, FIRST, False),
        (Status.DRAFT, FIRST, LAST, FIRST, False),
        (Status.PUBLISHED, FIRST, LAST, FIRST - DAY, False),
        (Status.PUBLISHED, FIRST, LAST, FIRST, True),
        (Status.PUBLISHED, FIRST, LAST, LAST, True),
        (Status.PUBLISHED, FIRST, LAST, LAST + DAY, False),
        (Status.PUBLISHED, FIRST, None, FIRST - DAY, False),
        (Status.PUBLISHED, FIRST, None, LAST + DAY, True),
        (Status.PUBLISHED, None, LAST, FIRST - DAY, True),
        (Status.PUBLISHED, None, LAST, LAST, True),
        (Status.PUBLISHED, None, LAST, LAST + DAY, False),
        (Status.PUBLISHED, FIRST, FIRST, FIRST, True),
        # A break: shown until FIRST, and again from LAST on.
        (Status.PUBLISHED, LAST, FIRST, FIRST - DAY, True),
        (Status.PUBLISHED, LAST, FIRST, FIRST, True),
        (Status.PUBLISHED, LAST, FIRST, FIRST + DAY, False),
        (Status.PUBLISHED, LAST, FIRST, LAST - DAY, False),
        (Status.PUBLISHED, LAST, FIRST, LAST, True),
        (Status.PUBLISHED, LAST, FIRST, LAST + DAY, True),
        (Status.DRAFT, LAST, FIRST, LAST, False),
    ],
)
def test_a_row_is_public_from_its_first_day_to_its_last(
    status, published_from, published_until, today, public
):
    row = ThemeFactory(status=status, published_from=published_from, published_until=published_until)
    assert row.is_public(today) is public
    assert list(Theme.objects.public(today)) == [row] * public


@pytest.mark.django_db
@given(
    status=st.sampled_from(Status.values),
    shown=st.tuples(st.none() | days, st.none() | days),
    today=days,
)
def test_the_database_and_the_row_itself_answer_alike(status, shown, today):
    published_from, published_until = shown
    values = {"status": status, "published_from": published_from, "published_until": published_until}
    row = ThemeFactory(centre=FamilyCentre.objects.first() or FamilyCentreFactory(), **values)
    themes = Theme.objects.filter(pk=row.pk)
    assert themes.filter(public_on(today)).exists() is row.is_public(today)
    assert themes.filter(away_on(today)).exists() is row.is_away(today)
    assert themes.filter(has_a_break()).exists() is row.has_a_break
    assert not (row.is_public(today) and row.is_away(today))


@pytest.mark.parametrize(("today", "shown"), [(FIRST, True), (FIRST + DAY, False), (LAST, True)])
def test_the_condition_reaches_through_a_relation(db, today, shown):
    offering = OfferingFactory(service__published_from=LAST, service__published_until=FIRST)
    assert list(Offering.objects.filter(public_on(today, "service__"))) == [offering] * shown
    assert list(Offering.objects.filter(away_on(today, "service__"))) == [offering] * (not shown)


def test_a_new_row_is_a_draft():
    assert Theme().status == Status.DRAFT
    assert FamilyCentre().status == Status.DRAFT


@pytest.mark.django_db
def test_a_centre_is_public_when_it_is_published():
    shown = FamilyCentreFactory()
    FamilyCentreFactory(status=Status.DRAFT)
    assert list(FamilyCentre.objects.public()) == [shown]
