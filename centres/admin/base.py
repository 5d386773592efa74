"""What every page of the desk has in common: the one base of all ModelAdmins, and of their inlines.

modeltranslation's own admin classes are not used: their tabs come from another host, and they know only models that
have translations. What is needed of them is in `by_language`.
"""

import json
from functools import partial
from http import HTTPStatus
from typing import Any

from csp.decorators import csp_update
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR, BaseModelAdmin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import BadRequest
from django.db import DataError, IntegrityError, NotSupportedError, connection
from django.db.models import DateField
from django.forms import CheckboxSelectMultiple, ChoiceField
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from accounts.refusals import form_again
from centres.actions import addresses, keep_old_addresses
from centres.admin.ages import AgeFormField, takes_age
from centres.admin.by_language import in_languages, is_translated, tell_language
from centres.admin.checking import Checking
from centres.admin.choosing import RowSelect, TickedRows, refuse_strange_keys
from centres.admin.conflicts import Conflicts
from centres.admin.copying import Copying
from centres.admin.deleting import Deleting
from centres.admin.errors import DeskForm, faults
from centres.admin.guidance import help_for
from centres.admin.hints import hinting
from centres.admin.input import OVERRIDES, SentenceField, fit, takes_sentences
from centres.admin.needs import InNeed
from centres.admin.on_site import FAMILIES_SEE, break_in_words, is_shown, may_be_known, what_families_see
from centres.admin.previews import Previews
from centres.admin.ranking import Ranked
from centres.admin.rich_text import EDITOR_STYLE
from centres.admin.scope import ScopedChoices, only_centre
from centres.folding import fold

# Ways to ask a database that only a typed address uses.
PATTERNS = {
    "regex",
    "iregex",
    "range",
    "year",
    "iso_year",
    "month",
    "day",
    "week",
    "hour",
    "minute",
    "second",
}

# An action on a list handles so many in some seconds, their history with them.
MOST_AT_ONCE = 500

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
    stored = type(row).objects.filter(pk=row.pk).first()
    return addresses(stored) if stored and may_be_known(stored, timezone.localdate()) else {}


def without(fieldsets, names):
    """`fieldsets` without the fields called `names`, and without what is then empty."""
    kept = [(title, options | {"fields": _without(options["fields"], names)}) for title, options in fieldsets]
    return [(title, options) for title, options in kept if options["fields"]]


def _without(fields, names):
    lines = [field if isinstance(field, str) else _without(field, names) for field in fields]
    return [line for line in lines if line and line not in names]


def parts_of(inlines):
    """Where each of several kinds of rows begins on a form: ``[{"title", "id"}]``; one alone where it names itself."""
    parts = [
        {
            "title": capfirst(rows.opts.jump_to or rows.opts.verbose_name_plural),
            "id": f"{rows.formset.prefix}-group",
        }
        for rows in inlines
    ]
    return parts if len(parts) > 1 or any(rows.opts.jump_to for rows in inlines) else []


def short_date(field):
    """The column of a list that shows the dates of `field` in figures."""

    @admin.display(description=field.verbose_name, ordering=field.name)
    def column(row):
        day = getattr(row, field.name)
        return date_format(day, "SHORT_DATE_FORMAT") if day else None

    column.__name__ = field.name
    return column


def told_by_status(request, response):
    """`response` to a form of the desk; where it shows the form again, with a status that says why."""
    shown = getattr(response, "context_data", None) or {}
    # Forms of rows, of several forms each, have all their errors in one place.
    wrong = shown.get("errors") or getattr(shown.get("form"), "errors", None)
    if request.method != "POST" or not wrong:
        return response
    return form_again(response, HTTPStatus.CONFLICT if shown.get("conflict") else HTTPStatus.BAD_REQUEST)


class Form(ScopedChoices, BaseModelAdmin):
    """The form of a row, alone or as an inline of another row: its languages, its editor, its way to the site."""

    form: type[Any] = DeskForm
    formfield_overrides = OVERRIDES

    class Media:
        js = ("desk/rows.js", "desk/languages.js", "desk/typing.js", "desk/faults.js", "desk/leaving.js")

    def get_fieldsets(self, request, obj=None):
        """In Finnish and each other language; a row that is not there yet has no facts to read."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            fieldsets = without(fieldsets, self.get_readonly_fields(request, obj))
        return in_languages(self.model, fieldsets)

    def get_readonly_fields(self, request, obj=None):
        """With what the status and the days of a row mean now."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, FAMILIES_SEE] if hasattr(self.model, "published_from") else fields

    @admin.display(description=_("now"))
    def what_families_see(self, row):
        today = timezone.localdate()
        return what_families_see(row, today, self.is_shown(row, today))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if takes_sentences(db_field):
            kwargs.setdefault("form_class", SentenceField)
        if takes_age(db_field):
            kwargs["form_class"] = partial(AgeFormField, end=db_field.name)
        form_field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if form_field is None:
            return None
        fit(form_field)
        form_field.help_text = form_field.help_text or help_for(db_field)
        if isinstance(form_field, ChoiceField):
            form_field.error_messages["required"] = _("Choose one.")
        if is_translated(db_field):
            tell_language(form_field, db_field)
            hinting(form_field, db_field)
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
            form_field.label_from_instance = chosen.choice_label
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


class DeskAdmin(Checking, InNeed, Conflicts, Copying, Previews, Deleting, Ranked, Form, admin.ModelAdmin):
    """The base of every ModelAdmin of the portal."""

    class Media:
        js = ("desk/lists.js",)

    save_on_top = True
    list_per_page = 50
    # The second count, of all rows without the filters, tells a coordinator nothing.
    show_full_result_count = False
    # Nor does a count beside each choice of a filter, and each filter would ask for its own: sixty queries and more.
    show_facets = admin.ShowFacets.NEVER
    # The fields that stay as they are when an earlier state of a row is restored.
    never_taken_back: Any = ()
    # Whether `search_fields` are columns of small letters without marks: folded text, slugs, numbers.
    searches_folded = False

    # What a form shows

    @method_decorator(csp_update({"style-src": [EDITOR_STYLE]}))
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            # Somebody else has saved the same at this very moment, or deleted what was chosen: now the form finds it
            # there or gone, and says so.
            response = super().changeform_view(request, object_id, form_url, extra_context)
        return told_by_status(request, response)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        # The editor's import map is an inline script, and needs the nonce of this response.
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        # Of six buttons nobody finds the one to press.
        context["show_save_and_add_another"] = False
        on_page = (context["adminform"].form, context["inline_admin_formsets"])
        context["faults"] = faults(*on_page) if context["errors"] else []
        context["word_before"] = self.word_before(request, obj)
        context["parts_of_form"] = parts_of(context["inline_admin_formsets"])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def word_before(self, request, obj):
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

    def get_list_display(self, request):
        """With short dates: a column of a list has no room for the names of months."""
        dates = {field.name: field for field in self.opts.fields if type(field) is DateField}
        shown = super().get_list_display(request)
        return [short_date(dates[name]) if name in dates else name for name in shown]

    def changelist_view(self, request, extra_context=None):
        refuse_strange_keys(request.POST.getlist(ACTION_CHECKBOX_NAME))
        words = {
            # Called what it lists: "choose a row to change" is said by nobody.
            "title": capfirst(self.opts.verbose_name_plural),
            "add_service_url": self.add_service_url(request),
        }
        return super().changelist_view(request, words | (extra_context or {}))

    def get_changelist_instance(self, request):
        """The rows that the request's address asks for; for exports too. BadRequest where no link of ours asks so."""
        # A pattern may keep the database busy for ever.
        if any(part in PATTERNS for name in request.GET for part in name.split("__")):
            raise BadRequest("No list is narrowed like this.")
        try:
            return super().get_changelist_instance(request)
        except NotSupportedError as error:  # a lookup that this database has not
            raise BadRequest("No list is narrowed like this.") from error
        except (
            OverflowError,
            ValueError,
            IndexError,
            DataError,
        ) as error:  # a filter by a number that no column can hold
            raise BadRequest("This is no key of a row.") from error

    def add_service_url(self, request):
        """Where a service that is not found here can be added; empty where the list has none."""
        return ""

    def response_action(self, request, queryset):  # type: ignore[override]
        """Not for a whole list of thousands at once: it would keep everybody waiting, and nobody has looked at them."""
        if request.POST.get("select_across") == "1" and (number := queryset.count()) > MOST_AT_ONCE:
            words = _(
                "Nothing was done: these are %(n)s rows, and at most %(most)s are handled at once. Narrow the list "
                "with its filters."
            )
            self.message_user(request, words % {"n": number, "most": MOST_AT_ONCE}, messages.WARNING)
            return None
        return super().response_action(request, queryset)

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
        """In words where days decide: a last day that is past means nothing once a break is over."""
        if hasattr(row, "published_from"):
            return self.what_families_see(row)
        return _("Yes") if self.is_shown(row, timezone.localdate()) else _("No")

    # What saving does

    def save_model(self, request, obj, form, change):
        old = known_addresses(obj) if change else {}
        super().save_model(request, obj, form, change)
        keep_old_addresses(old=old, new=addresses(obj))

    def save_related(self, request, form, formsets, change):
        """What was chosen is there, or the form finds that somebody has deleted it: not only once all has been told."""
        super().save_related(request, form, formsets, change)
        if connection.vendor == "postgresql":  # SQLite has one writer at a time
            connection.check_constraints()

    def save_formset(self, request, form, formset, change):
        changed = [each.instance for each in formset.initial_forms if each.has_changed()]
        old = [known_addresses(row) for row in changed]
        super().save_formset(request, form, formset, change)
        for row, before in zip(changed, old, strict=True):
            if row.pk is not None:  # else it was deleted
                keep_old_addresses(old=before, new=addresses(row))
        self.tell_of_breaks(request, formset)

    def tell_of_breaks(self, request, formset):
        """Says aloud which rows beside the form's own were given a break, be it by mistake."""
        for form in formset.forms:
            row, typed = form.instance, {"published_from", "published_until"}.intersection(form.changed_data)
            if typed and row.pk is not None and row.has_a_break:
                self.message_user(
                    request, format_lazy("{}: {}", str(row), break_in_words(row)), messages.INFO
                )

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
            # A break that is yet to come is said aloud: nothing else on the site tells of it.
            if getattr(row, "has_a_break", False):
                self.message_user(request, self.what_families_see(row), messages.INFO)

    def why_unseen(self, row):
        """What is said when `row` was saved and families do not see it."""
        is_away = hasattr(row, "is_away") and row.is_away(timezone.localdate())
        return self.what_families_see(row) if is_away else _("Families do not see this now.")
