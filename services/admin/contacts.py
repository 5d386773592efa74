"""How to reach a service and who gives it: rows of a service everywhere, or of its offering in one centre."""

import re
from typing import Any

from django.contrib import admin
from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _

from centres import needs
from centres.admin.base import DeskAdmin
from centres.admin.errors import DeskForm
from centres.admin.inlines import RowsInline, TableInline
from centres.admin.ranking import best_first
from services.admin.exchange import Exchange
from services.models import Contact, Provision
from services.tables.contacts import ContactTable

_NOT_DIGITS = re.compile(r"\D")
# Fewer may be the number of a house.
FEWEST_DIGITS = 3

HOW_TO_WRITE = _(
    "One number or address in each, with no other text: 040 1234567, https://www.posio.fi. "
    "Times belong under “When”, what is reached under “Label”. A number, an e-mail and a web address are recognised by "
    "themselves; the kind is yours to choose for an e-service or a chat."
)


class ContactForm(DeskForm):
    """A contact, whose kind need not be chosen where what is typed tells it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            self.fields["kind"].required = False

    def clean(self):
        super().clean()
        value = self.cleaned_data.get("value")
        if value and self.cleaned_data.get("kind") == "":
            self.cleaned_data["kind"] = Contact.kind_of(value)
            if self.cleaned_data["kind"] is None:
                self.add_error("kind", _("Choose what this is: it cannot be told from what you typed."))


class ContactInline(RowsInline):
    model = Contact
    form = ContactForm
    add_text = _("Add a contact")
    fieldsets = [
        (None, {"fields": [("kind", "value", "order"), ("label", "hours")], "description": HOW_TO_WRITE})
    ]


class ProvisionInline(TableInline):
    model = Provision
    add_text = _("Add a provider")
    fields = ["role", "organisation"]
    autocomplete_fields = ["organisation"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organisation")


class OfServiceOrOffering(DeskAdmin):
    """A list over all services, to find where a number or an organisation stands."""

    autocomplete_fields = ["service", "offering"]
    searches_folded = True
    list_select_related = ["service", "offering__service", "offering__centre"]

    @admin.display(description=_("service"))
    def where(self, row):
        return row.service or row.offering


@admin.register(Contact)
class ContactAdmin(Exchange, OfServiceOrOffering):
    table = ContactTable
    form = ContactForm
    fieldsets = [
        (None, {"fields": ["kind", "value", "label", "hours", "order"], "description": HOW_TO_WRITE}),
        (
            _("Whose it is"),
            {
                "fields": ["service", "offering"],
                "description": _("Of the service everywhere, or of the service in one centre: choose one."),
            },
        ),
    ]
    needs = [needs.LINKS]
    list_display = ["value", "kind", "where"]
    list_filter = ["kind", "offering__centre"]
    search_fields = ["value", "service__search_fi", "offering__service__search_fi"]
    name_keys = ("service__sort", "offering__sort", "offering__service__sort")

    def get_search_results(self, request, queryset, search_term):
        """A number is found however it is spaced: by its digits, without the country's."""
        digits = _NOT_DIGITS.sub("", search_term.replace("+358", "0"))
        if len(digits) < FEWEST_DIGITS or re.search("[a-zåäö]", search_term, re.IGNORECASE):
            return super().get_search_results(request, queryset, search_term)
        bare: Any = F("value")
        for mark in (" ", "-", "(", ")"):
            bare = Replace(bare, Value(mark), Value(""))
        numbers = queryset.annotate(digits=Replace(bare, Value("+358"), Value("0")))
        fits = [Q(digits=digits), Q(digits__startswith=digits)]
        return best_first(request, numbers.filter(digits__contains=digits), fits), False

    def stands_in(self, row):
        return str(self.where(row))


@admin.register(Provision)
class ProvisionAdmin(OfServiceOrOffering):
    fieldsets = [
        (
            None,
            {
                "fields": ["organisation", "role"],
                "description": _(
                    "Who is responsible for a service, and who provides it. Often these are not the same."
                ),
            },
        ),
        (
            _("Of which service"),
            {
                "fields": ["service", "offering"],
                "description": _("Of the service everywhere, or of the service in one centre: choose one."),
            },
        ),
    ]
    autocomplete_fields = ["organisation", "service", "offering"]
    list_display = ["organisation", "role", "where"]
    list_filter = ["role", "offering__centre"]
    list_select_related = ["organisation", "service", "offering__service", "offering__centre"]
    search_fields = ["organisation__search_fi", "service__search_fi", "offering__service__search_fi"]
