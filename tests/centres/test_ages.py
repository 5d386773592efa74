"""Ages are half-open months; windows on them overlap or do not; families read them as words."""

import re

import pytest
from django.db.models import Q
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from centres.ages import OLDEST, PREGNANCY, YEAR, label, overlaps, read_age, write_age
from services.models import Service
from tests.factories import AgeGroupFactory, ServiceFactory

YEARS_0_TO_20 = 20 * 12
months = st.none() | st.integers(PREGNANCY, YEARS_0_TO_20)


@st.composite
def age_ranges(draw):
    from_month, to_month = draw(months), draw(months)
    if from_month is not None and to_month is not None:
        from_month, to_month = sorted((from_month, to_month))
        to_month += from_month == to_month
    return from_month, to_month


def months_in(from_month, to_month):
    """The months of age that a range holds, within what the properties look at."""
    first = PREGNANCY - 2 if from_month is None else from_month
    last = YEARS_0_TO_20 + 2 if to_month is None else to_month
    return set(range(first, last))


class TestOverlap:
    @pytest.mark.django_db
    @given(rows=st.lists(age_ranges(), min_size=1, max_size=12, unique=True), window=age_ranges())
    def test_rows_found_are_those_that_share_a_month_with_the_window(self, rows, window):
        Service.objects.all().delete()
        for from_month, to_month in rows:
            ServiceFactory(from_month=from_month, to_month=to_month)
        found = set(Service.objects.filter(overlaps(*window)).values_list("from_month", "to_month"))
        assert found == {row for row in rows if months_in(*row) & months_in(*window)}

    def test_a_window_open_on_both_sides_asks_nothing(self):
        assert overlaps(None, None) == Q()

    def test_the_upper_month_is_not_included(self):
        assert overlaps(12, 24, "service__") == (
            (Q(service__from_month=None) | Q(service__from_month__lt=24))
            & (Q(service__to_month=None) | Q(service__to_month__gt=12))
        )


class TestLabel:
    @pytest.mark.parametrize(
        ("from_month", "to_month", "words"),
        [
            (None, None, ""),
            (PREGNANCY, 0, "pregnancy"),
            (PREGNANCY, None, "from pregnancy on"),
            (PREGNANCY, 1, "from pregnancy to the age of 1 month"),
            (PREGNANCY, 3, "from pregnancy to the age of 3 months"),
            (PREGNANCY, 12, "from pregnancy to the age of 1"),
            (PREGNANCY, 24, "from pregnancy to the age of 2"),
            (PREGNANCY, 84, "from pregnancy to the age of 7"),
            (PREGNANCY, 18 * YEAR, "from pregnancy to 18"),
            (-3, 84, "from pregnancy to the age of 7"),
            (0, 12, "0–11 months"),
            (0, 1, "0 months"),
            (1, 2, "1 month"),
            (6, 7, "6 months"),
            (6, 18, "6–17 months"),
            (12, 18, "12–17 months"),
            (6, 36, "from 6 months to the age of 3"),
            (1, 36, "from 1 month to the age of 3"),
            (6, 72, "from 6 months to the age of 6"),
            (18, 30, "from 18 months to the age of 3"),
            (0, 24, "0–1 years"),
            (12, 24, "1 year old"),
            (24, 36, "2 years old"),
            (12, 84, "1–6 years"),
            (0, 84, "0–6 years"),
            (84, 156, "7–12 years"),
            (156, 18 * YEAR, "13–17 years"),
            (0, None, "from birth"),
            (156, None, "from 13 years"),
            (12, None, "from 1 year"),
            (1, None, "from 1 month"),
            (6, None, "from 6 months"),
            (18, None, "from 18 months"),
            (None, 84, "under 7 years"),
            (None, 24, "under 2 years"),
            (None, 12, "under 1 year"),
            (None, 3, "under 3 months"),
            (None, 0, "pregnancy"),
        ],
    )
    def test_a_range_is_told_as_families_say_it(self, from_month, to_month, words):
        with override("en"):
            assert label(from_month, to_month) == words

    @pytest.mark.parametrize(
        ("from_month", "to_month", "words"),
        [
            (PREGNANCY, 12, "raskausajasta 1 vuoden ikään"),
            (PREGNANCY, 3, "raskausajasta 3 kuukauden ikään"),
            (0, 12, "0–11 kk"),
            (6, 36, "6 kuukauden iästä 3 vuoden ikään"),
            (12, 84, "1–6-vuotiaat"),
            (48, 60, "4-vuotiaat"),
            (0, None, "syntymästä alkaen"),
            (12, None, "1 vuoden täyttäneet"),
            (156, None, "13 vuotta täyttäneet"),
            (None, 84, "alle 7-vuotiaat"),
            (None, 6, "alle 6 kuukauden ikäiset"),
        ],
    )
    def test_a_range_is_told_in_finnish_with_its_inflections(self, from_month, to_month, words):
        with override("fi"):
            assert label(from_month, to_month) == words

    @given(age_ranges())
    def test_no_label_counts_below_zero_or_from_a_number_to_itself(self, ages):
        with override("en"):
            words = label(*ages)
        assert "-" not in words
        assert all(first != last for first, last in re.findall(r"(\d+)–(\d+)", words))

    @given(age_ranges())
    def test_no_label_invites_who_is_too_young(self, ages):
        from_month, _to_month = ages
        with override("en"):
            words = label(*ages)
        if from_month and from_month > 0:
            said = int(re.search(r"\d+", words)[0])
            assert said == from_month or said * YEAR == from_month

    def test_a_row_tells_its_own_ages(self):
        with override("en"):
            assert ServiceFactory.build(from_month=12, to_month=84).ages == "1–6 years"
            assert ServiceFactory.build().ages == ""


class TestWhoIsSpokenTo:
    @pytest.mark.parametrize(
        ("from_month", "speaks_to_you"), [(None, False), (0, False), (155, False), (156, True), (216, True)]
    )
    def test_from_thirteen_on_the_page_speaks_to_the_young(self, from_month, speaks_to_you):
        group = AgeGroupFactory.build(centre=None, from_month=from_month)
        assert group.speaks_to_you is speaks_to_you


class TestWriting:
    @given(age=st.integers(PREGNANCY, OLDEST), language=st.sampled_from(["fi", "sv", "en", "se"]))
    def test_what_is_written_is_read_as_the_same(self, age, language):
        assert read_age(write_age(age, language)) == age

    @pytest.mark.parametrize(
        ("text", "age"),
        [
            (" 8  KK ", 8),
            ("4v", 48),
            ("4-vuotias", 48),
            ("2 v, 6 kk", 30),
            ("2 vuotta 6 kuukautta", 30),
            ("1 år 6 månader", 18),
            ("0 v", 0),
            ("99 v", OLDEST),
            ("4 years old", 48),
            ("4-year-old", 48),
            ("4-åringar", 48),
            ("7-vuotiaille", 84),
            ("9 kuukauden", 9),
            ("9 kuukautta", 9),
            ("9 mån.", 9),
            ("-9 kk", PREGNANCY),
            ("raskausaika", PREGNANCY),
            ("", None),
        ],
    )
    def test_it_is_read_as_people_write(self, text, age):
        assert read_age(text) == age

    @pytest.mark.parametrize(
        "text",
        [
            *("7", "-9", "v", "vauva", "4 v 4 v", "kk 8"),
            *("4 valittua", "5 vyö", "2 yötä", "3 moottoria", "2 kuusta", "1 kuukautiset"),
            *("9999 v", "100 v", "99 v 1 kk", "1189 kk", "-10 kk", "-12 kk", "2 v -6 kk"),
        ],
    )
    def test_what_is_no_age_is_refused(self, text):
        with pytest.raises(ValueError, match="no age"):
            read_age(text)
