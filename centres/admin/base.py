"""What every page of the desk has in common: the one base of all ModelAdmins, and of their inlines.

modeltranslation's own admin classes are not used: their tabs come from another host, and they know only models that
have translations. What is needed of them is in `by_language`.
"""

import json
from typing import Any

from csp.decorators import csp_update
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR, BaseModelAdmin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import BadRequest
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from centres.actions import addresses, keep_old_addresses
from centres.admin.by_language import in_languages, is_translated, tell_language
from centres.admin.choosing import RowSelect, TickedRows, refuse_strange_keys
from centres.admin.errors import DeskForm
from centres.admin.history import FinnishHistory
from centres.admin.input import OVERRIDES
from centres.admin.on_site import is_shown, may_be_known
from centres.admin.rich_text import EDITOR_STYLE
from centres.admin.scope import only_centre
from centres.folding import fold

# The fields that say which centre a row belongs to.
OF_CENTRE = ("centre", "home")


def keep_others_safe(widget, db_field):
    """A slip beside a choice must not delete the row chosen, nor add a word that all centres share."""
    widget.can_delete_related = False
    widget.can_view_related = False
    if db_field.many_to_many:
        widget.can_add_related = False


def known_addresses(row):
    """The addresses that readers may know `row` by, as it is in the database, whatever it has been changed to."""
    if not hasattr(row, "get_absolute_url"):
        return {}
    stored = type(row).objects.get(pk=row.pk)
    return addresses(stored) if may_be_known(stored, timezone.localdate()) else {}


def without(fieldsets, names):
    """`fieldsets` without the fields called `names`, and without what is then empty."""
    kept = [(title, options | {"fields": _without(options["fields"], names)}) for title, options in fieldsets]
    return [(title, options) for title, options in kept if options["fields"]]


def _without(fields, names):
    lines = [field if isinstance(field, str) else _without(field, names) for field in fields]
    return [line for line in lines if line and line not in names]


class Form(BaseModelAdmin):
    """The form of a row, alone or as an inline of another row: its languages, its editor, its way to the site."""

    form: type[Any] = DeskForm
    formfield_overrides = OVERRIDES

    def get_fieldsets(self, request, obj=None):
        """In Finnish and each other language; a row that is not there yet has no facts to read."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            fieldsets = without(fieldsets, self.get_readonly_fields(request, obj))
        return in_languages(self.model, fieldsets)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        form_field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if form_field is None:
            return None
        if is_translated(db_field):
            tell_language(form_field, db_field)
        if isinstance(form_field.widget, RelatedFieldWidgetWrapper):
            keep_others_safe(form_field.widget, db_field)
        return form_field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Found by typing where that is said, and called as the list of such rows calls them."""
        if db_field.name not in self.get_autocomplete_fields(request):
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        kwargs.setdefault("widget", RowSelect(db_field, self.admin_site, using=kwargs.get("using")))
        form_field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if form_field is not None:
            chosen: Any = self.admin_site.get_model_admin(db_field.related_model)
            form_field.label_from_instance = chosen.choice_label  # type: ignore[method-assign]
        return form_field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Vocabularies are short: all their words as boxes to tick."""
        kwargs = {"widget": CheckboxSelectMultiple, "form_class": TickedRows} | kwargs
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def is_shown(self, row, today):
        """Whether families see `row` on the date `today`."""
        return is_shown(row, today)

    def get_view_on_site_url(self, obj=None):
        """The row's page in the language of the desk; none while readers would not find it."""
        if obj is None or not hasattr(obj, "get_absolute_url") or not is_shown(obj, timezone.localdate()):
            return None
        return obj.get_absolute_url()


class DeskAdmin(FinnishHistory, Form, admin.ModelAdmin):
    """The base of every ModelAdmin of the portal."""

    save_on_top = True
    list_per_page = 50
    # The second count, of all rows without the filters, tells a coordinator nothing.
    show_full_result_count = False
    # Whether `search_fields` are columns of small letters without marks: folded text, slugs, numbers.
    searches_folded = False

    # What a form shows

    @method_decorator(csp_update({"style-src": [EDITOR_STYLE]}))
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        # The editor's import map is an inline script, and needs the nonce of this response.
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        context["word_before"] = self.word_before(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def word_before(self, obj):
        """What must be known before the form of `obj` (None: a new row) is filled in; usually nothing."""
        return ""

    def get_changeform_initial_data(self, request):
        """A coordinator of one centre writes for that centre."""
        fields = {field.name for field in self.opts.fields}.intersection(OF_CENTRE)
        centre = only_centre(request.user) if fields else None
        return {name: centre.pk for name in fields if centre} | super().get_changeform_initial_data(request)

    def get_prepopulated_fields(self, request, obj=None):
        """A new row's slug is made of its name; later it is an address that others know."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None):
        """Each with its own words on the button that adds a row: other languages than English inflect its name."""
        rows = super().get_inline_formsets(request, formsets, inline_instances, obj)
        for each in rows:
            data = json.loads(each.inline_formset_data())
            data["options"]["addText"] = str(each.opts.add_text)
            each.inline_formset_data = json.dumps(data)
        return rows

    # What a list shows, and how a row is found

    def changelist_view(self, request, extra_context=None):
        refuse_strange_keys(request.POST.getlist(ACTION_CHECKBOX_NAME))
        try:
            return super().changelist_view(request, extra_context)
        except OverflowError as error:  # a filter by a number that no column can hold
            raise BadRequest("This is no key of a row.") from error

    def get_queryset(self, request):
        """With the rows that a row's name is made of, in autocompletes too."""
        queryset, related = super().get_queryset(request), self.list_select_related
        return queryset if isinstance(related, bool) else queryset.select_related(*related)

    def get_search_results(self, request, queryset, search_term):
        """Folded columns are searched for folded words: "AITI" finds "äiti" in every database."""
        if self.searches_folded:
            search_term = fold(search_term)
        return super().get_search_results(request, queryset, search_term)

    def choice_label(self, row):
        """What `row` is called where it is chosen for another row."""
        return str(row)

    @admin.display(description=_("seen by families"))
    def seen(self, row):
        return _("Yes") if self.is_shown(row, timezone.localdate()) else _("No")

    # What saving does

    def save_model(self, request, obj, form, change):
        old = known_addresses(obj) if change else {}
        super().save_model(request, obj, form, change)
        keep_old_addresses(old=old, new=addresses(obj))

    def save_formset(self, request, form, formset, change):
        changed = [each.instance for each in formset.initial_forms if each.has_changed()]
        old = [known_addresses(row) for row in changed]
        super().save_formset(request, form, formset, change)
        for row, before in zip(changed, old, strict=True):
            if row.pk is not None:  # else it was deleted
                keep_old_addresses(old=before, new=addresses(row))

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        self.tell_what_families_see(request, obj)
        return response

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        self.tell_what_families_see(request, obj)
        return response

    def tell_what_families_see(self, request, obj):
        """Says after a save where the page is, or that there is none to see."""
        if IS_POPUP_VAR in request.POST:
            return
        row = self.get_queryset(request).filter(pk=obj.pk).first()
        if row is None:
            return
        if not self.is_shown(row, timezone.localdate()):
            self.message_user(request, self.why_unseen(row), messages.WARNING)
        elif url := self.get_view_on_site_url(row):
            link = format_html('<a href="{}">{}</a>', url, _("Look at the page"))
            self.message_user(request, link, messages.INFO)

    def why_unseen(self, row):
        """What is said when `row` was saved and families do not see it."""
        return _("Saved. Families do not see this now.")
