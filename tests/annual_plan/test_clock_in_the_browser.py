"""The ring as full as it gets, on the narrowest phone."""

import pytest
from django.test import Client

from annual_plan.models import Outcome
from tests.factories import PlanFactory, PlanItemFactory

# A finger (WCAG 2.5.8), and the smallest letters that the ring may have; in CSS pixels.
FINGER, LETTERS = 24, 10.5

# Of each mark: the middle and the size of what a finger aims at, and how large its number is.
MARKS = """() => [...document.querySelectorAll(".clock a")].map(link => {
  const box = link.getBoundingClientRect(), number = link.querySelector("text");
  return [box.x + box.width / 2, box.y + box.height / 2, Math.min(box.width, box.height),
          parseFloat(getComputedStyle(number).fontSize) * number.getScreenCTM().a];
})"""


# How large the name of each month is, however it is turned.
NAMES = """() => [...document.querySelectorAll(".clock__month")].map(name => {
  const { a, b } = name.getScreenCTM();
  return parseFloat(getComputedStyle(name).fontSize) * Math.hypot(a, b);
})"""


@pytest.fixture
def full(transactional_db, live_server):
    """The address of a plan with 15 rows in each quarter and 19 all year round."""
    plan = PlanFactory()
    for number in range(1, 80):
        outcome = list(Outcome)[number % 5]
        quarter = number % 4 + 1 if number <= 60 else None
        PlanItemFactory(plan=plan, number=number, quarter=quarter, outcome=outcome)
    assert Client().get(plan.get_absolute_url()).status_code == 200
    return f"{live_server.url}{plan.get_absolute_url()}"


def test_numbers_can_be_read_and_marks_can_be_hit_on_the_narrowest_phone(full, page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(full)
    marks = page.evaluate(MARKS)
    assert len(marks) == 79
    assert [mark for mark in marks if mark[2] < FINGER or mark[3] < LETTERS] == []
    apart = [
        ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5
        for at, (x, y, *_sizes) in enumerate(marks)
        for other_x, other_y, *_other in marks[:at]
    ]
    assert min(apart) >= FINGER
    names = page.evaluate(NAMES)
    assert len(names) == 12
    assert min(names) >= LETTERS
