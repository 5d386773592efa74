"""The filters of the list of services. The address is the state: every filter is a GET parameter."""

from dataclasses import dataclass

import django_filters as filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from centres.ages import YEAR
from centres.languages import column
from centres.levels import LevelWords
from centres.models import AgeGroup, Level, Sector, SpokenLanguage, Theme, Way
from services.models import ONLINE, Offering, Service
from services.search import search
from services.steps import step_words

MAX_AGE = 99

# Facets told by a column of the service itself.
SCALAR_FACETS = ("level", "sector", "free")


class Sort:
    """The orders that a reader can choose."""

    NAME, LEVEL, AGE = "name", "level", "age"
    CHOICES = ((NAME, _("by name")), (LEVEL, _("by level of support")), (AGE, _("youngest first")))


@dataclass(frozen=True)
class Choices:
    """What a centre's list can be narrowed by, besides what is the same everywhere."""

    groups: list[AgeGroup]
    themes: list[Theme]
    ways: list[Way]
    languages: list[SpokenLanguage]
    levels: dict[int, LevelWords]

    @classmethod
    def of_centre(cls, centre, today):
        themes = Theme.objects.public(today).filter(centre=centre).prefetch_related("topics", "ways")
        return cls(
            groups=list(AgeGroup.objects.filter(centre=centre)),
            themes=list(themes),
            ways=list(Way.objects.all()),
            languages=list(SpokenLanguage.objects.all()),
            levels=step_words(centre),
        )


class OfferingFilter(filters.FilterSet):
    """Narrows offerings by any combination of filters; a bad value is a message, and narrows nothing."""

    q = filters.CharFilter(method="by_words", label=_("Words"), max_length=100)
    age = filters.NumberFilter(
        method="by_age",
        label=_("Child's age in years"),
        validators=[MinValueValidator(0), MaxValueValidator(MAX_AGE)],
    )
    group = filters.ChoiceFilter(method="by_group", label=_("Age group"))
    theme = filters.ChoiceFilter(method="by_theme", label=_("Situation"))
    level = filters.TypedMultipleChoiceFilter(
        method="by_level",
        label=_("Level of support"),
        choices=[*Level.choices, (ONLINE, _("Support online"))],
        coerce=int,
    )
    way = filters.MultipleChoiceFilter(method="by_way", label=_("How it is given"))
    sector = filters.MultipleChoiceFilter(
        field_name="service__sector", label=_("Whose service"), choices=Sector, distinct=False
    )
    free = filters.BooleanFilter(method="by_charge", label=_("Free of charge"), widget=forms.CheckboxInput)
    language = filters.MultipleChoiceFilter(method="by_language", label=_("Language of service"))
    sort = filters.ChoiceFilter(method="in_order", label=_("Order"), choices=Sort.CHOICES)

    class Meta:
        model = Offering
        fields = ()

    def __init__(self, data, queryset, *, choices, reader_language):
        super().__init__(data, queryset=queryset)
        self.choices, self.reader_language = choices, reader_language
        tags = {
            "group": choices.groups,
            "theme": choices.themes,
            "way": choices.ways,
            "language": choices.languages,
        }
        for name, rows in tags.items():
            self.filters[name].extra["choices"] = [(row.slug, row.name) for row in rows]
        self.filters["age"].field_class = forms.IntegerField

    @property
    def chosen(self):
        """The valid values that narrow the list, by filter: what was left empty or was wrong is not in it."""
        return {name: value for name, value in self.form.cleaned_data.items() if value and name != "sort"} | (
            {"age": 0} if self.form.cleaned_data.get("age") == 0 else {}
        )

    def narrowed(self, leaving_out=()):
        """The offerings by all filters but those named in `leaving_out`."""
        self.is_valid()
        queryset = self.queryset.all()
        for name, value in self.chosen.items():
            if name not in leaving_out:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    @property
    def ordered(self):
        """The narrowed offerings, in the order the reader chose."""
        return self.in_order(self.narrowed(), "sort", self.form.cleaned_data.get("sort"))

    def months_of_age(self):
        """The chosen year of age as half-open months."""
        age = self.chosen["age"]
        return age * YEAR, (age + 1) * YEAR

    def chosen_group(self):
        """The chosen age group, or None."""
        return self._row(self.choices.groups, self.chosen.get("group"))

    def chosen_theme(self):
        """The chosen theme, or None."""
        return self._row(self.choices.themes, self.chosen.get("theme"))

    def by_words(self, queryset, name, value):
        return search(queryset, value)

    def by_age(self, queryset, name, value):
        return queryset.for_ages(*self.months_of_age())

    def by_group(self, queryset, name, value):
        return queryset.for_group(self.chosen_group())

    def by_level(self, queryset, name, value):
        return queryset.on_steps(value)

    def by_theme(self, queryset, name, value):
        theme = self.chosen_theme()
        return queryset.about(theme.topics.all(), theme.ways.all())

    def by_way(self, queryset, name, value):
        return queryset.about(ways=[way for way in self.choices.ways if way.slug in value])

    def by_language(self, queryset, name, value):
        return queryset.in_language([row for row in self.choices.languages if row.slug in value])

    def by_charge(self, queryset, name, value):
        return queryset.filter(service__charge=Service.Charge.FREE) if value else queryset

    def in_order(self, queryset, name, value):
        by_name = f"service__{column('sort', self.reader_language)}"
        if value == Sort.LEVEL:
            return queryset.order_by("service__online_support", "service__level", by_name, "pk")
        if value == Sort.AGE:
            return queryset.order_by(F("service__from_month").asc(nulls_last=True), by_name, "pk")
        return queryset.by_name(self.reader_language)

    @staticmethod
    def _row(rows, slug):
        return next((row for row in rows if row.slug == slug), None)
