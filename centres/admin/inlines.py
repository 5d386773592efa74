"""Rows on the form of the row that they belong to."""

from django.contrib import admin
from django.forms import CheckboxInput
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from centres.admin.base import Form

# Far more than any row has; a form that claims more is not read through.
MOST_ROWS = 100


class Inline(Form):
    """Rows on the form of the row they belong to."""

    extra = 0
    max_num: int | None = MOST_ROWS
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
