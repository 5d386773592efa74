"""Rows on the form of the row that they belong to."""

from typing import Any

from django.contrib import admin
from django.forms import CheckboxInput
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from centres.admin.base import Form
from centres.admin.scope import ScopedInline

# Far more than any row has; a form that claims more is not read through.
MOST_ROWS = 100


class RowsTogether(BaseInlineFormSet):
    """Rows that are sent together, of which Django itself sees when two say the same."""

    def get_unique_error_message(self, unique_check):
        """By what the fields are called on the form: their names in the database say nothing to its reader."""
        fields = self.empty_form.fields
        labels = [str(fields[name].label) for name in unique_check if name in fields and name != self.fk.name]
        return _("Two rows say the same: %(fields)s.") % {"fields": ", ".join(labels)}

    def get_form_error(self):
        return _("This stands here already.")


class DifferentRows(RowsTogether):
    """Rows of which no two may say the same: the second one says so, beside the field that tells them apart."""

    field: str
    message: Any

    def what_is_one(self, said):
        """What no other row may have, of what a row `said`; None for one that may be as another."""
        raise NotImplementedError

    def field_of(self, said):
        """The field beside which that is said of a row which `said` this."""
        return self.field

    def are_the_same(self, one, other):
        """Whether two rows that have it in common do say the same."""
        return True

    def validate_unique(self):
        """Each row has asked the database already, which does not know of rows that are sent together."""
        before: dict[Any, list[Any]] = {}
        for form in self.forms:
            if not form.is_valid() or form.cleaned_data.get(DELETION_FIELD_NAME):
                continue
            same = self.what_is_one(form.cleaned_data)
            if same is None:
                continue
            others = before.setdefault(same, [])
            if any(self.are_the_same(form.instance, other) for other in others):
                form.add_error(self.field_of(form.cleaned_data), self.message)
            others.append(form.instance)


class Inline(ScopedInline, Form):
    """Rows on the form of the row they belong to."""

    formset: Any = RowsTogether
    extra = 0
    max_num: int | None = MOST_ROWS
    # What the link at the top of the form that leads to these rows is called; empty: as the rows are.
    jump_to: Any = ""
    # On the button that adds a row.
    add_text = _("Add a row")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """What can be chosen is the same in every row: it is fetched once, not once a row."""
        form_field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if form_field is not None and db_field.name not in self.get_autocomplete_fields(request):
            form_field.choices = list(form_field.choices)
        return form_field


class RowsInline(Inline, admin.StackedInline):
    """Rows that have texts or many fields, one below the other."""

    # Whether the tabs of their languages are small, and follow those of the whole form.
    are_tabs_small = True

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, absolute_max=MOST_ROWS, **kwargs)


class TableInline(Inline, admin.TabularInline):
    """Short rows without texts, as a table. Its headings are no labels, so each field says its own."""

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, absolute_max=MOST_ROWS, **kwargs)
        formset.deletion_widget = CheckboxInput(attrs={"aria-label": _("Delete")})  # type: ignore[assignment]
        return formset

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        form_field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if form_field is not None:
            form_field.widget.attrs["aria-label"] = capfirst(db_field.verbose_name)
        return form_field
