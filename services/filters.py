"""The filters of the list of services. The address is the state: every filter is a GET parameter."""

from dataclasses import dataclass

import django_filters as filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import F
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from centres.ages import OLDEST, YEAR, read_age
from centres.languages import column
from centres.levels import LevelWords
from centres.models import AgeGroup, Level, Sector, SpokenLanguage, Theme, Way
from centres.reach import Reach, reach_of
from services.models import ONLINE, Offering, Service
from services.search import best_match_first, matching
from services.steps import step_words

MAX_AGE = OLDEST // YEAR

# Facets told by a column of the service itself.
SCALAR_FACETS = ("level", "sector", "free")


class Sort:
    """The orders that a reader can choose; the best match comes first where words were searched for."""

    MATCH, NAME, LEVEL, AGE = "match", "name", "level", "age"
    CHOICES = (
        (MATCH, _("best match first")),
        (NAME, _("by name")),
        (LEVEL, _("by level of support")),
        (AGE, _("youngest first")),
    )


@dataclass(frozen=True)
class Choices:
    """What a centre's list can be narrowed by, besides what is the same everywhere."""

    groups: list[AgeGroup]
    themes: list[Theme]
    reach: dict[int, Reach]
    ways: list[Way]
    languages: list[SpokenLanguage]
    levels: dict[int, LevelWords]

    @classmethod
    def of_centre(cls, centre, today):
        themes = list(Theme.objects.public(today).filter(centre=centre))
        return cls(
            groups=list(AgeGroup.objects.filter(centre=centre)),
            themes=themes,
            reach=reach_of(themes),
            ways=list(Way.objects.all()),
            languages=list(SpokenLanguage.objects.all()),
            levels=step_words(centre),
        )


class AgeField(forms.IntegerField):
    """An age in whole years, as it is typed: "4", "4 v", "4-vuotias"; "8 kk" is under one year."""

    def to_python(self, value):
        try:
            age = read_age(str(value or ""))
        except ValueError:
            return super().to_python(value)
        return age if age is None else age // YEAR


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
    way = filters.MultipleChoiceFilter(method="by_way", label=_("How it is provided"))
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
        self.filters["age"].field_class = AgeField

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
    def order(self):
        """The order of the list: the reader's choice, else the best match of the words, else by name."""
        words = "q" in self.chosen
        order = self.form.cleaned_data.get("sort") or (Sort.MATCH if words else Sort.NAME)
        return Sort.NAME if order == Sort.MATCH and not words else order

    @property
    def orders(self):
        """The orders to choose from: there is no best match without words."""
        return [choice for choice in Sort.CHOICES if "q" in self.chosen or choice[0] != Sort.MATCH]

    @property
    def ordered(self):
        """The narrowed offerings, in the order of the list."""
        return self.in_order(self.narrowed(), "sort", self.order)

    @property
    def is_sensitive(self):
        """Whether the list is of what is sensitive: by the theme chosen, or by what the words found."""
        theme = self.chosen_theme()
        if theme is not None and self.choices.reach[theme.pk].sensitive:
            return True
        return "q" in self.chosen and self.narrowed().are_mostly_sensitive()

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
        return queryset.filter(self._words)

    @cached_property
    def _words(self):
        return matching(self.chosen["q"])

    def by_age(self, queryset, name, value):
        return queryset.for_ages(*self.months_of_age())

    def by_group(self, queryset, name, value):
        return queryset.for_group(self.chosen_group())

    def by_level(self, queryset, name, value):
        return queryset.on_steps(value)

    def by_theme(self, queryset, name, value):
        reach = self.choices.reach[self.chosen_theme().pk]
        return queryset.about(reach.topics, reach.ways)

    def by_way(self, queryset, name, value):
        return queryset.about(ways=[way for way in self.choices.ways if way.slug in value])

    def by_language(self, queryset, name, value):
        return queryset.in_language([row for row in self.choices.languages if row.slug in value])

    def by_charge(self, queryset, name, value):
        return queryset.filter(service__charge=Service.Charge.FREE) if value else queryset

    def in_order(self, queryset, name, value):
        by_name = f"service__{column('sort', self.reader_language)}"
        if value == Sort.MATCH:
            return best_match_first(queryset, self.chosen["q"], self.reader_language)
        if value == Sort.LEVEL:
            return queryset.order_by("service__online_support", "service__level", by_name, "pk")
        if value == Sort.AGE:
            return queryset.order_by(F("service__from_month").asc(nulls_last=True), by_name, "pk")
        return queryset.by_name(self.reader_language)

    @staticmethod
    def _row(rows, slug):
        return next((row for row in rows if row.slug == slug), None)
