"""What narrows the list of networks. The address is the state: every filter is a GET parameter."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Case, When
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from centres.ages import YEAR
from centres.languages import column
from centres.models import Theme
from centres.reach import with_reach
from networks.models import Network
from networks.search import best_match_first, search
from services.filters import MAX_AGE, AgeField

# A case is brought to the first of these; the groups that steer the work stand last.
KINDS = {
    Network.Kind.TEAM: _("Case teams"),
    Network.Kind.MODEL: _("Operating models"),
    Network.Kind.NETWORK: _("Networks"),
    Network.Kind.GROUP: _("Working groups"),
    Network.Kind.STEERING: _("Steering groups"),
}


class WordsAgeAndTheme(forms.Form):
    """What a worry is told by: words, the child's age and a theme of the centre. A bad value is a message."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False)
    age: forms.Field = AgeField(
        label=_("Child's age in years"),
        required=False,
        validators=[MinValueValidator(0), MaxValueValidator(MAX_AGE)],
    )
    theme = forms.ChoiceField(label=_("Situation"), required=False)

    def __init__(self, data, centre, today):
        """`data` is the query of the address; themes are those of `centre` on the date `today` that tell a topic."""
        super().__init__(data)
        reach = with_reach(Theme.objects.public(today).filter(centre=centre))
        self.themes = {theme.slug: theme for theme, its in reach.items() if its.topics}
        self.reach = {slug: reach[theme] for slug, theme in self.themes.items()}
        field: forms.ChoiceField = self.fields["theme"]  # type: ignore[assignment]
        field.choices = [("", _("All")), *((slug, capfirst(row.name)) for slug, row in self.themes.items())]
        self.is_valid()

    @property
    def chosen(self):
        """The valid values that narrow, by filter: what was left empty or was wrong is not in it."""
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    @property
    def selects(self):
        """The fields of which one choice is made, where there is something to choose, or something to say."""
        choices = {field.name: list(getattr(field.field, "choices", ())) for field in self}
        return [
            field for field in self if len(choices[field.name]) > 1 or (choices[field.name] and field.errors)
        ]

    @property
    def months(self):
        """The chosen year of age as half-open months; open on both sides where none is chosen."""
        age = self.chosen.get("age")
        return (None, None) if age is None else (age * YEAR, (age + 1) * YEAR)

    @property
    def topics(self):
        """The ids of the chosen theme's topics; none where no theme is chosen."""
        theme = self.chosen.get("theme")
        return self.reach[theme].topics if theme else []

    @property
    def is_sensitive(self):
        """Whether the chosen theme is sensitive."""
        theme = self.chosen.get("theme")
        return bool(theme and self.reach[theme].sensitive)

    def narrow(self, queryset):
        """The local networks of `queryset` that every chosen filter lets through."""
        if "q" in self.chosen:
            queryset = search(queryset, self.chosen["q"])
        return queryset.for_ages(*self.months).about(self.topics)

    def in_order(self, queryset, language):
        """`queryset` as lists show it: the best match of the words first, else kind by kind, then by name."""
        if "q" in self.chosen:
            return best_match_first(queryset, self.chosen["q"], language)
        rank = Case(*(When(network__kind=kind, then=number) for number, kind in enumerate(KINDS)))
        return queryset.order_by(rank, "order", f"network__{column('sort', language)}", "pk")


class NetworkFilter(WordsAgeAndTheme):
    """Narrows local networks by any combination of filters; a bad value narrows nothing."""

    tier = forms.ChoiceField(
        label=_("How far it works"), choices=[("", _("All")), *Network.Tier.choices], required=False
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("All")), *((kind.value, words) for kind, words in KINDS.items())],
        required=False,
    )

    @property
    def chosen_words(self):
        """The choices as they are told above the list: pairs of a filter and its words, an age as a number."""
        return [(name, self._words_of(name, value)) for name, value in self.chosen.items()]

    def _words_of(self, name, value):
        return dict(getattr(self.fields[name], "choices", ())).get(value, value)

    def narrow(self, queryset):
        columns = {f"network__{name}": self.chosen[name] for name in ("tier", "kind") if name in self.chosen}
        return super().narrow(queryset).filter(**columns)
