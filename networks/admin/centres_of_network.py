"""Where a network works, on its own form: each centre is a row, filled in as far as it is known."""

from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from centres.admin.breaks import HIDDEN, SHOWN, PublishedForm
from centres.admin.inlines import RowsInline
from centres.admin.scope import only_centre
from centres.publishing import Status
from networks.models import LocalNetwork


class LocalNetworkForm(PublishedForm):
    """A centre where the network works; the network's own name in addresses does for both."""

    # Set by the rows' set once it knows the network.
    slug_of_network = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False

    def has_changed(self):
        """A new row counts once it names a centre, even one filled in beforehand."""
        if self.instance.pk:
            return super().has_changed()
        return bool(self["centre"].value()) or bool(set(self.changed_data) - {"centre"})

    def clean_slug(self):
        return self.cleaned_data["slug"] or self.slug_of_network


class LocalNetworkFormSet(BaseInlineFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.slug_of_network = self.instance.slug


class LocalNetworkInline(RowsInline):
    model = LocalNetwork
    form = LocalNetworkForm
    formset = LocalNetworkFormSet
    add_text = _("Add a centre")
    autocomplete_fields = ["convener"]
    fieldsets = [
        (
            None,
            {
                "fields": [("centre", "slug", "status"), "convener", HIDDEN, SHOWN],
                "description": _(
                    "How it is reached there, when it meets and who sits in it are on a page of their own: save "
                    "first, then choose “Change” beside the name."
                ),
            },
        ),
    ]
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("network", "centre", "convener")

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A new row is for the coordinator's own centre, and is seen."""
        form_field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "centre":
            form_field.initial = only_centre(request.user)
        elif db_field.name == "status":
            form_field.initial = Status.PUBLISHED
        elif db_field.name == "slug":
            form_field.help_text = _("Empty: as the network's.")
        return form_field
