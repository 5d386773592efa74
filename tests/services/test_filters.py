"""The filters of the list: each alone, together, and given nonsense."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import override

from services.filters import MAX_AGE, AgeField, Choices, OfferingFilter
from services.models import Offering, Service
from tests.factories import (
    AgeGroupFactory,
    FamilyCentreFactory,
    OfferingFactory,
    ServiceFactory,
    SpokenLanguageFactory,
    ThemeFactory,
    TopicFactory,
    WayFactory,
)

pytestmark = pytest.mark.django_db

ALL = ["Koulukuraattori", "Neuvola", "Turvakoti", "Äitikerho"]


@pytest.fixture
def centre(today):
    """A centre with four services that no two filters find alike."""
    centre = FamilyCentreFactory()
    separation, violence = TopicFactory(slug="ero"), TopicFactory(slug="vakivalta")
    chat, group = WayFactory(slug="chat"), WayFactory(slug="ryhma")
    finnish, sign = SpokenLanguageFactory(slug="fi"), SpokenLanguageFactory(slug="fse")
    AgeGroupFactory(centre=centre, slug="vauvat", from_month=0, to_month=12)
    AgeGroupFactory(centre=centre, slug="nuoret", from_month=156, to_month=None)
    ThemeFactory(centre=centre, slug="erotilanne", topics=[separation])
    ThemeFactory(centre=centre, slug="ryhmat", ways=[group])
    ThemeFactory(centre=centre, slug="eroryhmat", topics=[separation], ways=[group])
    ThemeFactory(centre=centre, slug="kaikki")
    ThemeFactory(slug="toisen-keskuksen")
    free, charged = Service.Charge.FREE, Service.Charge.CHARGED
    for service in (
        ServiceFactory(
            name_fi="Neuvola",
            from_month=-9,
            to_month=84,
            level=2,
            sector="health",
            charge=free,
            languages=[finnish, sign],
        ),
        ServiceFactory(
            name_fi="Äitikerho",
            from_month=0,
            to_month=24,
            level=1,
            sector="third",
            charge=charged,
            ways=[group],
            topics=[separation],
        ),
        ServiceFactory(
            name_fi="Koulukuraattori",
            from_month=84,
            to_month=216,
            level=3,
            sector="education",
            languages=[finnish],
            topics=[separation],
            ways=[chat],
        ),
        ServiceFactory(
            name_fi="Turvakoti", level=4, sector="social", charge=free, topics=[violence], ways=[chat]
        ),
    ):
        OfferingFactory(centre=centre, service=service)
    return centre


def filtered(centre, today, query, language="fi"):
    return OfferingFilter(
        QueryDict(query),
        Offering.objects.public(today).in_centre(centre),
        choices=Choices.of_centre(centre, today),
        reader_language=language,
    )


def names(filterset):
    return [row.title for row in filterset.ordered]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ALL),
        ("q=neuvola", ["Neuvola"]),
        ("q=aiti", ["Äitikerho"]),
        ("q=%21%3F", []),
        ("q=+", ALL),
        ("age=0", ["Neuvola", "Turvakoti", "Äitikerho"]),
        ("age=6", ["Neuvola", "Turvakoti"]),
        ("age=7", ["Koulukuraattori", "Turvakoti"]),
        ("age=99", ["Turvakoti"]),
        ("group=vauvat", ["Neuvola", "Turvakoti", "Äitikerho"]),
        ("group=nuoret", ["Koulukuraattori", "Turvakoti"]),
        ("theme=erotilanne", ["Koulukuraattori", "Äitikerho"]),
        ("theme=ryhmat", ["Äitikerho"]),
        ("theme=eroryhmat", ["Äitikerho"]),
        ("theme=kaikki", ALL),
        ("level=2", ["Neuvola"]),
        ("level=2&level=4", ["Neuvola", "Turvakoti"]),
        ("level=1&level=2&level=3&level=4", ALL),
        ("way=chat", ["Koulukuraattori", "Turvakoti"]),
        ("way=chat&way=ryhma", ["Koulukuraattori", "Turvakoti", "Äitikerho"]),
        ("sector=health", ["Neuvola"]),
        ("sector=health&sector=third", ["Neuvola", "Äitikerho"]),
        ("free=on", ["Neuvola", "Turvakoti"]),
        ("free=true", ["Neuvola", "Turvakoti"]),
        ("free=false", ALL),
        ("free=", ALL),
        ("language=fse", ["Neuvola"]),
        ("language=fi&language=fse", ["Koulukuraattori", "Neuvola"]),
    ],
)
def test_each_filter_narrows_the_list(centre, today, query, found):
    filterset = filtered(centre, today, query)
    assert names(filterset) == found
    assert filterset.form.errors == {}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("age=3&free=on", ["Neuvola", "Turvakoti"]),
        ("age=3&free=on&sector=social", ["Turvakoti"]),
        ("age=0&group=nuoret", ["Turvakoti"]),
        ("theme=erotilanne&way=chat", ["Koulukuraattori"]),
        ("theme=erotilanne&way=chat&language=fi&level=3", ["Koulukuraattori"]),
        ("theme=erotilanne&free=on", []),
        ("q=neuvola&language=fse&level=2&sector=health&age=1&group=vauvat&free=on&theme=kaikki", ["Neuvola"]),
    ],
)
def test_filters_narrow_together(centre, today, query, found):
    assert names(filtered(centre, today, query)) == found


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("age=viisi", "age"),
        ("age=-1", "age"),
        ("age=100", "age"),
        ("age=1.5", "age"),
        ("age=%00", "age"),
        ("age=" + "9" * 5000, "age"),
        ("age=nan", "age"),
        ("group=olematon", "group"),
        ("theme=olematon", "theme"),
        ("theme=toisen-keskuksen", "theme"),
        ("level=5", "level"),
        ("level=ylin", "level"),
        ("level=1&level=9", "level"),
        ("way=olematon", "way"),
        ("sector=olematon", "sector"),
        ("language=olematon", "language"),
        ("q=" + "a" * 101, "q"),
        ("q=a%00b", "q"),
        ("sort=olematon", "sort"),
    ],
)
def test_a_bad_value_is_a_message_and_narrows_nothing(centre, today, query, field):
    filterset = filtered(centre, today, query)
    assert names(filterset) == ALL
    assert list(filterset.form.errors) == [field]
    assert len(filterset.form.errors[field]) == 1
    assert filterset.chosen == {}


def test_a_bad_value_leaves_the_good_ones_in_force(centre, today):
    filterset = filtered(centre, today, "age=viisi&sector=health&level=9")
    assert names(filterset) == ["Neuvola"]
    assert filterset.chosen == {"sector": ["health"]}


@pytest.mark.parametrize("query", ["x=1", "AGE=3", "page=2", "csrfmiddlewaretoken=x", "q%5B%5D=neuvola"])
def test_a_parameter_that_is_no_filter_is_let_be(centre, today, query):
    filterset = filtered(centre, today, query)
    assert names(filterset) == ALL
    assert filterset.form.errors == {}


def test_what_is_chosen_is_told_by_filter_and_zero_years_is_a_choice(centre, today):
    filterset = filtered(centre, today, "age=0&level=2&level=1&free=on&q=&theme=kaikki&sort=age")
    filterset.narrowed()
    assert filterset.chosen == {"age": 0, "level": [2, 1], "free": True, "theme": "kaikki"}
    assert filterset.months_of_age() == (0, 12)


def test_one_filter_can_be_left_out(centre, today):
    filterset = filtered(centre, today, "age=3&free=on&sector=social")
    assert {row.title for row in filterset.narrowed(leaving_out=["sector"]).by_name("fi")} == {
        "Neuvola",
        "Turvakoti",
    }
    assert {
        row.title for row in filterset.narrowed(leaving_out=["sector", "free", "age"]).by_name("fi")
    } == set(ALL)


class TestOrder:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("sort=name", ALL),
            ("sort=level", ["Äitikerho", "Neuvola", "Koulukuraattori", "Turvakoti"]),
            ("sort=age", ["Neuvola", "Äitikerho", "Koulukuraattori", "Turvakoti"]),
            ("sort=level&free=on", ["Neuvola", "Turvakoti"]),
        ],
    )
    def test_the_reader_chooses_the_order(self, centre, today, query, found):
        assert names(filtered(centre, today, query)) == found

    @pytest.mark.parametrize("order", ["level", "age"])
    def test_within_a_level_or_an_age_the_services_names_decide(self, today, order):
        centre = FamilyCentreFactory()
        for name in ("Öljy", "Zeta", "Äiti", "Aamu"):
            OfferingFactory(centre=centre, service__name_fi=name)
        assert names(filtered(centre, today, f"sort={order}")) == ["Aamu", "Zeta", "Äiti", "Öljy"]

    def test_the_names_are_those_of_the_reader_s_language(self, today):
        centre = FamilyCentreFactory()
        OfferingFactory(centre=centre, service__name_fi="Aamu", service__name_sv="Öppet")
        OfferingFactory(centre=centre, service__name_fi="Ilta", service__name_sv="Aftonen")
        with override("sv"):
            assert names(filtered(centre, today, "", "sv")) == ["Aftonen", "Öppet"]


@pytest.mark.parametrize(
    ("typed", "years"),
    [("4", 4), ("4 v", 4), ("4-vuotias", 4), ("04", 4), ("8 kk", 0), ("8kk", 0), ("14 months", 1), ("0", 0)],
)
def test_an_age_may_be_typed_as_it_is_said(typed, years):
    assert AgeField().clean(typed) == years


@pytest.mark.parametrize(
    "typed", ["neljä", "-1 v", "v4", "1234567", "1.5", "4,5", "9999 v", "5 vyö", "-12 kk"]
)
def test_what_is_no_age_is_refused(typed):
    with pytest.raises(ValidationError):
        AgeField(min_value=0, max_value=MAX_AGE).clean(typed)


class TestChoices:
    def test_a_centre_offers_its_own_groups_and_its_public_themes(self, centre, today):
        ThemeFactory(centre=centre, slug="luonnos", status="draft")
        AgeGroupFactory(slug="toisen-keskuksen")
        choices = Choices.of_centre(centre, today)
        assert {group.slug for group in choices.groups} == {"vauvat", "nuoret"}
        assert {theme.slug for theme in choices.themes} == {"erotilanne", "ryhmat", "eroryhmat", "kaikki"}
        assert {way.slug for way in choices.ways} == {"chat", "ryhma"}
        assert {language.slug for language in choices.languages} == {"fi", "fse"}

    def test_a_narrowed_list_costs_one_query_and_one_for_the_words_whatever_is_chosen(
        self, centre, today, django_assert_num_queries
    ):
        query = (
            "q=neuvola&language=fse&level=2&sector=health&age=1&group=vauvat&free=on&theme=kaikki&way=chat"
        )
        filterset = filtered(centre, today, query)
        with django_assert_num_queries(2):
            list(filterset.ordered.for_list("fi"))
