"""What people write of themselves: a wish to be let in, and their own card."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from centres.admin.ages import age_of
from centres.ages import write_age
from centres.models import Organisation, SpokenLanguage, Topic
from networks.models import AccessRequest, Professional
from services.phones import parse

NO_NUMBER = _("This number does not work. Write it for example as 040 1234567.")
NOBODY = _("Nobody in the directory of your family centre has this address.")
LONGEST_ABOUT = 1000


class Site(forms.ModelForm):
    """A form of the pages: boxes as they have them, names on one line, numbers that can be dialled."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxSelectMultiple):
                field.widget.attrs["class"] = "input"
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4

    def mark_optional(self, names):
        """Says beside those of the fields `names` that may stand empty that they may."""
        for name in names:
            if not self.fields[name].required:
                self.fields[name].label = _("%(label)s (optional)") % {"label": self.fields[name].label}

    def clean_given_name(self):
        return " ".join(self.cleaned_data["given_name"].split())

    def clean_family_name(self):
        return " ".join(self.cleaned_data["family_name"].split())

    def clean_phone(self):
        if self.cleaned_data["phone"] and parse(self.cleaned_data["phone"]) is None:
            raise ValidationError(NO_NUMBER)
        return self.cleaned_data["phone"]


def autocompleted(form, **purposes):
    """Tells browsers what the fields of `form` are for: they know their owner's name."""
    for name, purpose in purposes.items():
        form.fields[name].widget.attrs["autocomplete"] = purpose


class AskForm(Site):
    """Asks to be let in to a centre."""

    class Meta:
        model = AccessRequest
        fields = [
            "given_name",
            "family_name",
            "title",
            "email",
            "phone",
            "organisation",
            "organisation_name",
            "message",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        organisations: forms.ModelChoiceField = self.fields["organisation"]  # type: ignore[assignment]
        organisations.queryset = Organisation.objects.usable_in(self.instance.centre)
        organisations.empty_label = _("Choose")
        self.fields["title"].help_text = _("For example: public health nurse.")
        self.fields["email"].help_text = _("The link by which you come in is sent there.")
        self.fields["message"].help_text = _("In a sentence or two. No family's affairs.")
        autocompleted(
            self,
            given_name="given-name",
            family_name="family-name",
            title="organization-title",
            email="email",
            phone="tel",
        )
        # Of the organisation one must be told in one of its two fields.
        self.mark_optional(["phone", "message"])

    def full_clean(self):
        """What the row as a whole lacks is an organisation: told beside it."""
        super().full_clean()
        if above := self.errors.pop(NON_FIELD_ERRORS, None):
            self.add_error("organisation", above.as_data())


class AgeField(forms.CharField):
    """An age as it is typed, a bare number in years: its value is in months."""

    def prepare_value(self, value):
        return write_age(value, get_language()) if isinstance(value, int) else value

    def to_python(self, value):
        text = super().to_python(value) or ""
        return age_of(f"{text} v" if text.isdecimal() else text)

    def run_validators(self, value):
        """An age is no text whose letters could be measured."""


class Ticked(forms.TypedMultipleChoiceField):
    """Words of a vocabulary to tick: one query tells all of them, and which are ticked on a card."""

    def __init__(self, **kwargs):
        super().__init__(coerce=int, required=False, widget=forms.CheckboxSelectMultiple, **kwargs)

    def offer(self, words, through, card):
        """Offers the rows `words`; returns the keys of those that `card` has, by the rows of `through`."""
        name = words.model._meta.model_name
        on_card = through.objects.filter(professional=card.pk, **{name: OuterRef("pk")})
        rows = list(words.annotate(is_ticked=Exists(on_card.order_by())))
        self.choices = [(row.pk, str(row)) for row in rows]
        return [row.pk for row in rows if row.is_ticked]


class OwnCardForm(Site):
    """A person's own card: what colleagues of the centre see."""

    from_month = AgeField(label=_("from age"), required=False, max_length=40)
    to_month = AgeField(label=_("under age"), required=False, max_length=40)
    topics = Ticked(label=_("can be asked about"))
    languages = Ticked(label=_("languages"))
    stand_in_email = forms.CharField(
        label=_("stand-in"),
        required=False,
        max_length=254,
        help_text=_("The work e-mail of whoever answers when you cannot be reached. Empty: nobody."),
    )

    class Meta:
        model = Professional
        fields = [
            "given_name",
            "family_name",
            "title_fi",
            "organisation",
            "phone",
            "email",
            "hours_fi",
            "about_fi",
            "from_month",
            "to_month",
            "title_sv",
            "hours_sv",
            "about_sv",
            "title_en",
            "hours_en",
            "about_en",
        ]

    field_order = [*Meta.fields[:8], "topics", "from_month", "to_month", "languages", "stand_in_email"]

    def __init__(self, *args, is_at_home=True, **kwargs):
        """`is_at_home`: whether the card is that of the centre whose page this is; its people alone stand in."""
        super().__init__(*args, **kwargs)
        card = self.instance
        organisations: forms.ModelChoiceField = self.fields["organisation"]  # type: ignore[assignment]
        organisations.queryset = Organisation.objects.usable_in(card.home)
        organisations.empty_label = _("Choose")
        for name, words in (("topics", Topic), ("languages", SpokenLanguage)):
            field: Ticked = self.fields[name]  # type: ignore[assignment]
            through = getattr(Professional, name).through
            self.initial[name] = field.offer(words.objects.all(), through, card)
        if is_at_home:
            stand_in = card.stand_in
            self.initial["stand_in_email"] = (stand_in.email or stand_in.name) if stand_in else ""
        else:
            del self.fields["stand_in_email"]
        self._word()
        self.mark_optional([name for name in self.fields if not name.endswith(("_sv", "_en"))])

    def _word(self):
        """The words of the fields: those of the columns of each language are the languages'."""
        said = {
            "title": (_("profession"), _("For example: public health nurse.")),
            "hours": (_("when to reach"), _("For example: Mondays to Thursdays 9–11.")),
            "about": (
                _("what one can ask"),
                _("In one or two sentences: what colleagues may consult you about."),
            ),
        }
        for name, (label, help_text) in said.items():
            for language in ("fi", "sv", "en"):
                field = self.fields[f"{name}_{language}"]
                field.label, field.help_text = label, (help_text if language == "fi" else "")
                field.widget.attrs.pop("cols", None)
                if language != "fi":
                    field.widget.attrs["lang"] = language
            self.fields[f"{name}_fi"].widget.attrs["lang"] = "fi"
        for language in ("fi", "sv", "en"):
            about: forms.CharField = self.fields[f"about_{language}"]  # type: ignore[assignment]
            about.max_length = LONGEST_ABOUT
            about.widget.attrs["maxlength"] = LONGEST_ABOUT
            about.validators.append(MaxLengthValidator(LONGEST_ABOUT))
        self.fields["from_month"].help_text = _(
            "The children's age, for example 8 months, 4 years or pregnancy."
        )
        self.fields["to_month"].help_text = _("7 years: until the day the child turns seven.")
        autocompleted(self, given_name="given-name", family_name="family-name", email="email", phone="tel")

    # What stands together on the page.

    @property
    def in_finnish(self):
        return [self[name] for name in self.fields if not name.endswith(("_sv", "_en"))]

    @property
    def in_other_languages(self):
        """``[(language, fields)]``, to be opened by whoever writes in them."""
        return [
            (name, [self[each] for each in self.fields if each.endswith(f"_{code}")])
            for code, name in (("sv", _("In Swedish")), ("en", _("In English")))
        ]

    @property
    def asks_about_other_languages(self):
        """Whether something in them is wrong, and they must stand open."""
        return any(field.errors for _name, fields in self.in_other_languages for field in fields)

    def clean(self):
        super().clean()
        if "stand_in_email" in self.fields and "stand_in_email" in self.changed_data:
            self._choose_stand_in(self.cleaned_data.get("stand_in_email"))
        elif self.instance.stand_in and self.instance.stand_in.home_id != self.instance.home_id:
            self.instance.stand_in = None  # they work elsewhere since
        return self.cleaned_data

    def _choose_stand_in(self, email):
        card = self.instance
        if not email:
            card.stand_in = None
            return
        people = Professional.objects.active().filter(home=card.home, email__iexact=email)
        found = list(people.order_by("pk")[:2])
        if [each.pk for each in found] == [card.pk]:
            self.add_error("stand_in_email", _("Nobody is their own stand-in."))
        elif not found:
            self.add_error("stand_in_email", NOBODY)
        elif len(found) > 1:
            self.add_error("stand_in_email", _("Several people have this address. Ask the coordinator."))
        else:
            card.stand_in = found[0]

    def save_card(self):
        """Saves the card with its topics and languages."""
        card = self.save()
        card.topics.set(self.cleaned_data["topics"])
        card.languages.set(self.cleaned_data["languages"])
        return card
