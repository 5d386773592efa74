"""The history of a row, written in Finnish: the one language that everybody who keeps the portal up reads.

Django stores the names of models and fields in English and translates them as they are shown, where its catalogue has
them; labels that say a language as well are in no catalogue.
"""

from django.contrib import admin
from django.utils.translation import override

from centres.languages import FINNISH


def labels(form, names):
    """The labels of the fields of `form` called `names`."""
    return [str(form.fields[name].label or name) if name in form.fields else name for name in names]


def changes(form, names, formsets):
    """What was saved of a row: the fields of `form` called `names`, and the rows of its inlines.

    In the form of Django's LogEntry, which makes sentences of it.
    """
    message = [{"changed": {"fields": labels(form, names)}}] if names else []
    for formset in formsets or ():
        message += [{"added": _named(row)} for row in formset.new_objects]
        message += [
            {"changed": _named(row) | {"fields": labels(formset.forms[0], of_row)}}
            for row, of_row in formset.changed_objects
        ]
        message += [{"deleted": _named(row)} for row in formset.deleted_objects]
    return message


def _named(row):
    return {"name": str(row._meta.verbose_name), "object": str(row)}


class FinnishHistory(admin.ModelAdmin):
    """What a ModelAdmin writes into the history of its rows."""

    def construct_change_message(self, request, form, formsets, add=False):
        # Asked first: what counts as changed depends on how the language of the form writes dates.
        names = [] if add else form.changed_data
        with override(FINNISH):
            return [{"added": {}}] * add + changes(form, names, formsets)

    def log_addition(self, request, obj, message):
        with override(FINNISH):
            return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        with override(FINNISH):
            return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        with override(FINNISH):
            return super().log_deletions(request, queryset)
