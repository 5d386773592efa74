"""What narrows the directory of people. The words, which may be somebody's name, stand in its address only sealed."""

from cryptography.fernet import InvalidToken
from django import forms
from django.db.models import Exists, OuterRef
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.sealing import unseal
from centres.models import Organisation, SpokenLanguage
from networks.models import Professional
from networks.people import best_first, search_people
from networks.worry import PURPOSE, SEALED, Worry


class DirectoryFilter(Worry):
    """Narrows people by any combination of filters; a bad value is a message, and narrows nothing."""

    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    field_order = ("q", "organisation", "theme", "age", "language")

    def __init__(self, data, centre, today):
        super().__init__(data, centre, today)
        here = Professional.objects.in_directory(centre, today).order_by()
        at_work = Organisation.objects.filter(Exists(here.filter(organisation=OuterRef("pk"))))
        in_use = SpokenLanguage.objects.filter(Exists(here.filter(languages=OuterRef("pk"))))
        self._offer("organisation", [(row.slug, row.name) for row in at_work.only("slug", "name_fi", "name")])
        self._offer("language", [(row.slug, capfirst(row.name)) for row in in_use])
        self.full_clean()

    @classmethod
    def from_address(cls, query, centre, today):
        """The filter that the `query` of an address (a QueryDict) tells, its words unsealed."""
        data = query.copy()
        sealed = data.pop(SEALED, [""])[-1]
        data.pop("q", None)
        try:
            form = cls({**data.dict(), "q": unseal(sealed, PURPOSE) if sealed else ""}, centre, today)
        except InvalidToken:
            form = cls(data, centre, today)
            form.add_error("q", _("These words can no longer be read. Write them again."))
        return form

    def narrow(self, queryset):
        """The people of `queryset` that every chosen filter lets through, by family name, the best match first."""
        queryset = self.narrowing(queryset, search_people)
        if "organisation" in self.chosen:
            queryset = queryset.filter(organisation__slug=self.chosen["organisation"])
        if "language" in self.chosen:
            queryset = queryset.speaking(self.chosen["language"])
        return best_first(queryset, self.words)

    def _offer(self, name, choices):
        field: forms.ChoiceField = self.fields[name]  # type: ignore[assignment]
        field.choices = [("", _("All")), *choices]
        field.error_messages["invalid_choice"] = _("This list has no such choice. Choose again.")
