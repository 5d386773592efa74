"""A child's age as readers type it: whole years are a year wide, months a month, pregnancy lasts until birth."""

import pytest

from centres.age_field import AgeField


@pytest.mark.parametrize(
    ("typed", "months"),
    [
        ("", None),
        ("4", (48, 60)),
        ("4 v", (48, 60)),
        ("4-vuotias", (48, 60)),
        ("0", (0, 12)),
        ("0 v", (0, 12)),
        ("0 år", (0, 12)),
        ("0 kk", (0, 1)),
        ("7 kk", (7, 8)),
        ("18 kk", (18, 19)),
        ("2 v 6 kk", (30, 31)),
        ("raskaus", (-9, 0)),
        ("graviditet", (-9, 0)),
        ("pregnancy", (-9, 0)),
    ],
)
def test_an_age_is_read_as_months_from_which_to_which(typed, months):
    assert AgeField(required=False).clean(typed) == months
