"""What narrows the week. The address is the state: every filter is a GET parameter."""

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from centres.age_field import AgeField
from centres.models import AgeGroup
from meetingplaces.models import Session

# A parent of a baby counts in months, up to here.
PERHAPS_MONTHS = 24


class WeekFilter(forms.Form):
    """Narrows occurrences by any combination of filters; a bad value is a message, and narrows nothing."""

    age = AgeField(label=_("Child's age"), max_length=20, required=False)
    group = forms.ChoiceField(label=_("Age group"), required=False)
    organiser = forms.ChoiceField(label=_("Organiser"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *Session.Kind.choices], required=False)
    weekday = forms.ChoiceField(
        label=_("Weekday"),
        choices=[("", _("All")), *((str(number), name) for number, name in WEEKDAYS.items())],
        required=False,
    )
    open = forms.BooleanField(label=_("Just come: no registration"), required=False)

    def __init__(self, data, centre, meeting_places):
        """`meeting_places` are those of `centre` that readers may see, with their organisers and places."""
        super().__init__(data)
        self.groups = {row.slug: row for row in AgeGroup.objects.filter(centre=centre)}
        self.organisers = {row.organiser.slug: row.organiser.name for row in meeting_places}
        districts = {row.place.district for row in meeting_places if row.place} - {""}
        self._offer("group", [(slug, capfirst(row.name)) for slug, row in self.groups.items()])
        self._offer("organiser", sorted(self.organisers.items(), key=lambda pair: pair[1].casefold()))
        self._offer("district", [(name, name) for name in sorted(districts)])
        self.is_valid()

    def _offer(self, name, choices):
        field: forms.ChoiceField = self.fields[name]  # type: ignore[assignment]
        field.choices = [("", _("All")), *choices]

    @property
    def chosen(self):
        """The valid values that narrow the week, by filter."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def chosen_words(self):
        """The choices as they are told above the week: "7 months, Wednesday"."""
        return ", ".join(str(self._word_of(name)) for name in self.chosen)

    def _word_of(self, name):
        choices = dict(getattr(self.fields[name], "choices", ()))
        if name == "age":
            return self.data[name].strip()
        return choices.get(self.data[name], self.fields[name].label)

    @property
    def one_weekday(self):
        """Whether one weekday was chosen: nothing is to be said of the others."""
        return "weekday" in self.chosen

    @property
    def by_age(self):
        """Whether an age was typed, which a calendar does not let grow."""
        return "age" in self.chosen

    @property
    def perhaps_months(self):
        """The number that was typed for an age, where it may be months as well as years: "7"; else empty."""
        typed = self.data.get("age", "").strip()
        return typed if "age" in self.chosen and typed.isdecimal() and 0 < int(typed) < PERHAPS_MONTHS else ""

    @property
    def organiser_name(self):
        """The name of the chosen organiser; empty where none is chosen."""
        return self.organisers.get(self.chosen.get("organiser"), "")

    @property
    def query(self):
        """What is chosen as the query of an address, "?age=7+kk"; empty where nothing is."""
        chosen = {name: self.data[name].strip() for name in self.chosen}
        return f"?{urlencode(chosen)}" if chosen else ""

    def narrow(self, occurrences):
        """Those of `occurrences` that every chosen filter lets through."""
        checks = [getattr(self, f"_by_{name}")(value) for name, value in self.chosen.items()]
        return [each for each in occurrences if all(check(each) for check in checks)]

    def _by_age(self, months):
        return lambda each: each.session.key.suits(*months)

    def _by_group(self, slug):
        group = self.groups[slug]
        return lambda each: each.session.key.suits(group.from_month, group.to_month)

    def _by_organiser(self, slug):
        return lambda each: each.session.key.meeting_place.organiser.slug == slug

    def _by_district(self, district):
        return lambda each: each.place is not None and each.place.district == district

    def _by_kind(self, kind):
        return lambda each: each.session.key.kind == kind

    def _by_weekday(self, number):
        return lambda each: each.day.weekday() == int(number)

    def _by_open(self, _wanted):
        return lambda each: not each.session.key.asks_to_register
