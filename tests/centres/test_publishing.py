"""What is public on which day, said by the database and by the row alike."""

from datetime import date, timedelta

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from centres.models import FamilyCentre, Theme
from centres.publishing import Status, public_on
from tests.factories import FamilyCentreFactory, ThemeFactory

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
    shown=st.tuples(st.none() | days, st.none() | days).filter(
        lambda ends: None in ends or ends[0] <= ends[1]
    ),
    today=days,
)
def test_the_database_and_the_row_itself_answer_alike(status, shown, today):
    published_from, published_until = shown
    values = {"status": status, "published_from": published_from, "published_until": published_until}
    row = ThemeFactory(centre=FamilyCentre.objects.first() or FamilyCentreFactory(), **values)
    assert Theme.objects.public(today).filter(pk=row.pk).exists() is row.is_public(today)


def test_the_condition_reaches_through_a_relation():
    assert public_on(FIRST, "service__") == (
        Q(service__status="published")
        & (Q(service__published_from=None) | Q(service__published_from__lte=FIRST))
        & (Q(service__published_until=None) | Q(service__published_until__gte=FIRST))
    )


def test_a_new_row_is_a_draft():
    assert Theme().status == Status.DRAFT
    assert FamilyCentre().status == Status.DRAFT


@pytest.mark.django_db
def test_a_centre_is_public_when_it_is_published():
    shown = FamilyCentreFactory()
    FamilyCentreFactory(status=Status.DRAFT)
    assert list(FamilyCentre.objects.public()) == [shown]
