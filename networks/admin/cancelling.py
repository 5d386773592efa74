"""The page on which a meeting is cancelled, with its reason, or takes place after all: two taps from the list."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.refusals import form_again
from centres.admin.pages import Pages
from centres.history.recording import recording
from centres.languages import FINNISH, column
from centres.reasons import in_finnish, in_languages
from centres.versions import OTHER_LANGUAGES
from networks.models import Meeting

# Each is said after a colon: "Cancelled: the convener is ill".
READY = [
    gettext_lazy("the convener is ill"),
    gettext_lazy("too few can come"),
    gettext_lazy("the room cannot be used"),
    gettext_lazy("another time is looked for"),
]


class CancelForm(forms.ModelForm):
    """Calls a meeting off: the reason is one of the ready ones, or typed."""

    class Meta:
        model = Meeting
        fields = ["reason_fi"]
        labels = {"reason_fi": gettext_lazy("Another reason, in Finnish")}
        widgets = {"reason_fi": forms.TextInput(attrs={"lang": FINNISH, "autocomplete": "off"})}
        error_messages = {
            "reason_fi": {"required": gettext_lazy("Write the reason: who was coming reads it.")}
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason_fi"].required = True

    def clean(self):
        """What was said before in other languages does not outlive it."""
        languages = self.instance.local_network.centre.languages
        texts = in_languages(self.cleaned_data.get("reason_fi") or "", READY, languages)
        for code in OTHER_LANGUAGES:
            setattr(self.instance, column("reason", code), texts.get(code, ""))
        self.instance.is_cancelled = True


class Cancelling(Pages):
    """Meetings with the page that cancels one."""

    def get_urls(self):
        view = self.admin_site.admin_view(cancel)
        own = [path("<path:object_id>/cancel/", view, {"pages": self}, name=self.page_name("cancel"))]
        return [*own, *super().get_urls()]


def cancel(request, object_id, pages):
    """Asks for the reason, and cancels the meeting; one that is cancelled takes place after all."""
    row = pages.get_object(request, unquote(object_id))
    if row is None:
        return pages._get_obj_does_not_exist_redirect(request, pages.opts, object_id)  # noqa: SLF001
    if not pages.has_change_permission(request, row):
        raise PermissionDenied
    was_cancelled = row.is_cancelled
    form = CancelForm(request.POST if request.method == "POST" else None, instance=row)
    # By its own button alone: whoever taps a reason twice must not take it back.
    if was_cancelled and "hold" in request.POST:
        return _hold(request, pages, row)
    if request.method == "POST" and form.is_valid():
        return _cancel(request, pages, form)
    context = pages.admin_site.each_context(request) | {
        "title": _("It takes place after all") if was_cancelled else _("Cancel a meeting"),
        "opts": pages.opts,
        "row": row,
        "form": form,
        "ready": in_finnish(READY),
        "number": row.attendances.filter(answer="coming", professional__active=True).count(),
        "back": pages.page("changelist"),
    }
    response = TemplateResponse(request, "admin/networks/meeting/cancel.html", context)
    return form_again(response, HTTPStatus.BAD_REQUEST) if form.errors else response


def _cancel(request, pages, form):
    with recording([form.instance], user=request.user):
        form.save()
    return _back(
        request, pages, form.instance, _("Cancelled. Who looks at the page or their calendar sees it.")
    )


def _hold(request, pages, row: Any):
    """Takes back that `row` is cancelled, and why."""
    with recording([row], user=request.user):
        row.is_cancelled = False
        for code in (FINNISH, *OTHER_LANGUAGES):
            setattr(row, column("reason", code), "")
        row.save()
    return _back(request, pages, row, _("It takes place after all."))


def _back(request, pages, row, words):
    messages.success(request, format_html("{}: {}", row, words))
    return redirect(pages.page("changelist"))
