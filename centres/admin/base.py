"""What every page of the desk has in common: the one base of all ModelAdmins, and of their inlines.

modeltranslation's own admin classes are not used: their tabs come from another host, and they know only models that
have translations. What is needed of them is in `by_language`.
"""

from csp.decorators import csp_update
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.db import models
from django.forms import CheckboxInput, CheckboxSelectMultiple
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from centres.actions import addresses, keep_old_addresses
from centres.admin.by_language import in_languages, is_translated, tell_language
from centres.admin.rich_text import EDITOR_STYLE, RichTextFormField, RichTextWidget
from centres.folding import fold
from centres.richtext import RichTextField


def is_shown(row, today):
    """Whether readers may see the page of `row`: it is public itself, and so is its centre."""
    return all(
        each.is_public(today) for each in (row, getattr(row, "centre", None)) if hasattr(each, "is_public")
    )


def keep_others_safe(widget, db_field):
    """A slip beside a choice must not delete the row chosen, nor add a word that all centres share."""
    widget.can_delete_related = False
    widget.can_view_related = False
    if db_field.many_to_many:
        widget.can_add_related = False


def stored_addresses(row):
    """The addresses that `row` has in the database, whatever it has been changed to."""
    return addresses(type(row).objects.get(pk=row.pk)) if hasattr(row, "get_absolute_url") else {}


class Form(BaseModelAdmin):
    """The form of a row, alone or as an inline of another row: its languages, its editor, its way to the site."""

    formfield_overrides = {
        RichTextField: {"form_class": RichTextFormField, "widget": RichTextWidget},
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
        models.URLField: {"assume_scheme": "https"},
    }

    def get_fieldsets(self, request, obj=None):
        return in_languages(self.model, super().get_fieldsets(request, obj))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        form_field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if form_field is None:
            return None
        if is_translated(db_field):
            tell_language(form_field, db_field)
        if isinstance(form_field.widget, RelatedFieldWidgetWrapper):
            keep_others_safe(form_field.widget, db_field)
        return form_field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Vocabularies are short: all their words as boxes to tick."""
        if db_field.name not in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", CheckboxSelectMultiple)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_view_on_site_url(self, obj=None):
        """The row's page in the language of the desk; none while readers would not find it."""
        if obj is None or not hasattr(obj, "get_absolute_url") or not is_shown(obj, timezone.localdate()):
            return None
        return obj.get_absolute_url()


class DeskAdmin(Form, admin.ModelAdmin):
    """The base of every ModelAdmin of the portal."""

    save_on_top = True
    list_per_page = 50
    # The second count, of all rows without the filters, tells a coordinator nothing.
    show_full_result_count = False
    # Whether `search_fields` are columns of small letters without marks: folded text, slugs, numbers.
    searches_folded = False

    @method_decorator(csp_update({"style-src": [EDITOR_STYLE]}))
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, **kwargs):
        # The editor's import map is an inline script, and needs the nonce of this response.
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)

    def get_queryset(self, request):
        """With the rows that a row's name is made of, in autocompletes too."""
        queryset, related = super().get_queryset(request), self.list_select_related
        return queryset if isinstance(related, bool) else queryset.select_related(*related)

    def get_prepopulated_fields(self, request, obj=None):
        """A new row's slug is made of its name; later it is an address that others know."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def save_model(self, request, obj, form, change):
        old = stored_addresses(obj) if change else {}
        super().save_model(request, obj, form, change)
        keep_old_addresses(old=old, new=addresses(obj))

    def save_formset(self, request, form, formset, change):
        changed = [each.instance for each in formset.initial_forms if each.has_changed()]
        old = [stored_addresses(row) for row in changed]
        super().save_formset(request, form, formset, change)
        for row, before in zip(changed, old, strict=True):
            if row.pk is not None:  # else it was deleted
                keep_old_addresses(old=before, new=addresses(row))

    def get_search_results(self, request, queryset, search_term):
        """Folded columns are searched for folded words: "AITI" finds "äiti" in every database."""
        if self.searches_folded:
            search_term = fold(search_term)
        return super().get_search_results(request, queryset, search_term)


class Inline(Form):
    """Rows on the form of the row they belong to."""

    extra = 0

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """What can be chosen is the same in every row: it is fetched once, not once a row."""
        form_field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if form_field is not None and db_field.name not in self.get_autocomplete_fields(request):
            form_field.choices = list(form_field.choices)  # type: ignore[arg-type]
        return form_field


class RowsInline(Inline, admin.StackedInline):
    """Rows that have texts or many fields, one below the other."""


class TableInline(Inline, admin.TabularInline):
    """Short rows without texts, as a table. Its headings are no labels, so each field says its own."""

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.deletion_widget = CheckboxInput(attrs={"aria-label": _("Delete")})  # type: ignore[assignment]
        return formset

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        form_field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if form_field is not None:
            form_field.widget.attrs["aria-label"] = capfirst(db_field.verbose_name)
        return form_field
