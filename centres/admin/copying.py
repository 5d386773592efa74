"""A new row that begins as a copy of one that is there."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centres.admin.pages import Pages
from centres.copying import NAME_MARKS, marked_names
from centres.history.kinds import Kind
from centres.history.recording import note, roots_of
from centres.languages import FINNISH, column
from centres.publishing import Status


class Copying(Pages):
    """Offers "copy as new" where `copy_of` says how."""

    # Called with a request and a row, and gives the new row; None where rows are not copied.
    copy_of: Any = None

    def address_copy(self, row):
        """Gives `row`, saved just now, an address after its name, if it is a copy that families never saw."""

    def get_urls(self):
        if self.copy_of is None:
            return super().get_urls()
        view = self.admin_site.admin_view(copy)
        own = path("<path:object_id>/copy/", view, {"pages": self}, name=self.page_name("copy"))
        return [own, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        may_copy = obj is not None and self.copy_of is not None and self.has_add_permission(request)
        context["copy_url"] = self.page("copy", obj.pk) if may_copy else ""
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "slug" not in form.changed_data:
            self.address_copy(form.instance)
        self._tell_of_marked_names(request, form.instance)

    def _tell_of_marked_names(self, request, row):
        """Whoever named a copy in Finnish may not know that it has names in other languages too."""
        left = marked_names(row) if hasattr(row, "name_fi") and self.copy_of is not None else []
        if left and column("name", FINNISH) not in left:
            words = _(
                "Still the name of a copy: %(names)s. Name it in these languages too before families see it."
            )
            names = ", ".join(f"“{getattr(row, name)}”" for name in left)
            messages.warning(request, words % {"names": names})


class NamedForm(forms.ModelForm):
    """A form on which nothing is published under the name of a copy."""

    def is_published(self):
        """Whether families may see the row once this form is saved."""
        return self.cleaned_data.get("status") == Status.PUBLISHED

    def clean(self):
        super().clean()
        if self.is_published():
            for name, mark in NAME_MARKS.items():
                text = self.cleaned_data.get(name, getattr(self.instance, name, ""))
                if (text or "").endswith(mark):
                    self.add_error(name if name in self.fields else "status", self._not_yet_named(text))

    def _not_yet_named(self, text):
        # Translators: {name} is the name of a copy: “Family café (copy)”.
        return _("“{name}” is the name of a copy. Give it one of its own before families see it.").format(
            name=text
        )


@require_POST
@transaction.atomic
def copy(request, object_id, pages):
    """Makes a draft of the row, and opens it."""
    row = pages.get_object(request, unquote(object_id))
    if row is None:
        return pages._get_obj_does_not_exist_redirect(request, pages.opts, object_id)  # noqa: SLF001
    if not (pages.has_add_permission(request) and pages.has_view_or_change_permission(request, row)):
        raise PermissionDenied
    made = pages.copy_of(request, row)
    note(roots_of([made]), user=request.user, kind=Kind.COPIED)
    messages.success(
        request, _("This is the copy: a draft, which families do not see. Give it a name of its own.")
    )
    return redirect(pages.page("change", made.pk))
