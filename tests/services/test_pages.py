"""A list cut into pages: a wrong number gives the first page, and says so."""

import pytest

from services.models import Service
from services.pages import page_of
from tests.factories import ServiceFactory

ROWS = list(range(65))


@pytest.mark.parametrize(
    ("number", "shown", "rows"),
    [
        (None, 1, ROWS[:30]),
        ("", 1, ROWS[:30]),
        ("1", 1, ROWS[:30]),
        ("2", 2, ROWS[30:60]),
        ("3", 3, ROWS[60:]),
        ("+2", 2, ROWS[30:60]),
    ],
)
def test_a_page_that_is_there_is_shown(number, shown, rows):
    page, wrong = page_of(ROWS, 65, 30, number)
    assert (page.number, list(page), wrong) == (shown, rows, False)
    assert page.paginator.num_pages == 3


@pytest.mark.parametrize(
    "number", ["0", "-1", "4", "999999999999", "9" * 5000, "two", "1.5", "2'", "²", "\x00"]
)
def test_a_page_that_is_not_there_is_the_first_and_said_to_be_wrong(number):
    page, wrong = page_of(ROWS, 65, 30, number)
    assert (page.number, list(page), wrong) == (1, ROWS[:30], True)


def test_an_empty_list_has_one_empty_page():
    page, wrong = page_of([], 0, 30, None)
    assert (page.number, list(page), wrong, page.has_other_pages()) == (1, [], False, False)


@pytest.mark.django_db
def test_the_total_is_not_counted_again(django_assert_num_queries):
    for _ in range(3):
        ServiceFactory()
    with django_assert_num_queries(1):
        page, _wrong = page_of(Service.objects.all(), 3, 2, "2")
        assert len(page) == 1
