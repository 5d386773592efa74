"""Who asks to be let in: read, and answered with one click."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from centres.admin.base import DeskAdmin
from centres.invitation_actions import AlreadyInvitedError, NotSentError
from networks import joining
from networks.models import AccessRequest
from networks.needs import ASKS

State = AccessRequest.State
# Why a request could not be accepted, in one sentence behind who asks.
FAULTS = {
    joining.NoOrganisationError: _(
        "The organisation was only written. Choose it on the request's form, or add it with the plus. Save, and "
        "then accept."
    ),
    joining.AccountClosedError: _("This person's account is closed: an administrator must open it first."),
    joining.DecidedMeanwhileError: _("Somebody else has answered already."),
    AlreadyInvitedError: _("Somebody else has invited this address at this very moment."),
    NotSentError: _("The e-mail could not be sent, so the request waits on. Try again in a moment."),
}
EVERYTHING = "all"


class StateFilter(admin.SimpleListFilter):
    """Those that wait, unless others are asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [choice for choice in State.choices if choice[0] != State.WAITING] + [(EVERYTHING, _("All"))]

    def choices(self, changelist):
        waiting = changelist.get_query_string(remove=[self.parameter_name])
        _all, *others = super().choices(changelist)
        yield {"selected": self.value() is None, "query_string": waiting, "display": State.WAITING.label}
        yield from others

    def queryset(self, request, queryset):
        value = self.value() or State.WAITING
        return queryset if value == EVERYTHING else queryset.filter(state=value)


@admin.register(AccessRequest)
class AccessRequestAdmin(DeskAdmin):
    class Media:
        css = {"all": ["desk/dates.css"]}

    fieldsets = [
        (
            None,
            {
                "fields": [
                    "centre",
                    ("given_name", "family_name"),
                    "title",
                    ("organisation", "organisation_name"),
                    "message",
                    "is_renewal",
                ],
                "description": _(
                    "If the organisation was only written, choose it from the list, or add it with the plus. Then "
                    "accept or refuse in the list of requests."
                ),
            },
        ),
        (_("How to reach"), {"fields": ["email", "phone", "language"]}),
        (_("Answer"), {"fields": ["state", "asked_at", "decided_at", "decided_by"]}),
    ]
    needs = [ASKS]
    autocomplete_fields = ["organisation"]
    readonly_fields = ["centre", "is_renewal", "state", "asked_at", "decided_at", "decided_by"]
    list_display = ["who", "answer", "where_from", "work", "asked_on", "centre"]
    list_display_links = ["who"]
    list_filter = [StateFilter, "centre"]
    list_select_related = ["organisation", "centre", "decided_by"]
    search_fields = ["given_name", "family_name", "email"]
    can_be_reverted = False
    actions = ["accept_chosen", "refuse_chosen"]
    # Each is a transaction of its own, and its e-mail goes after it.
    in_own_transactions = ("accept_chosen", "refuse_chosen")

    # What is shown

    @admin.display(description=_("Work"))
    def work(self, row):
        """The question of the form is put to whoever asks; the coordinator reads the answer."""
        return row.message

    @admin.display(description=_("who"), ordering="family_name")
    def who(self, row):
        stays = [_("asks to stay")] if row.is_renewal else []
        lines = [self._name(row), row.title, row.email, *stays]
        return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))

    @admin.display(description=_("organisation"))
    def where_from(self, row):
        """One that was only written is told so: it must be chosen before the answer."""
        if row.organisation:
            return row.organisation.name
        return format_html("{}<br>({})", row.organisation_name, _("not in the list"))

    @admin.display(description=_("asked"), ordering="asked_at")
    def asked_on(self, row):
        return date_format(timezone.localtime(row.asked_at), "SHORT_DATE_FORMAT")

    @admin.display(description=_("answer"))
    def answer(self, row):
        if row.state != State.WAITING:
            return row.get_state_display()
        context = {
            "name": self._name(row),
            "accept_url": self.page("accept", row.pk),
            "refuse_url": self.page("refuse", row.pk),
        }
        return render_to_string("admin/networks/_answer.html", context)

    # Who may do what

    def has_add_permission(self, request):
        """Nobody asks in somebody else's name: they are invited."""
        return False

    def has_change_permission(self, request, obj=None):
        """What was answered stays as it was."""
        waits = obj is None or obj.state == State.WAITING
        return waits and super().has_change_permission(request, obj)

    # What is done

    def get_urls(self):
        own = [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(getattr(self, f"{name}_view")),
                name=self.page_name(name),
            )
            for name in ("accept", "refuse")
        ]
        return [*own, *super().get_urls()]

    @method_decorator(require_POST)
    def accept_view(self, request, object_id):
        return self._answer_one(request, object_id, self._accept)

    @method_decorator(require_POST)
    def refuse_view(self, request, object_id):
        return self._answer_one(request, object_id, self._refuse)

    def _answer_one(self, request, object_id, answer):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        if not super().has_change_permission(request, row):
            raise PermissionDenied
        if said := answer(request, row):
            self.message_user(request, said, messages.SUCCESS)
        elif self._lacks_organisation(row):
            return redirect(self.page("change", row.pk))
        return redirect(self.page("changelist"))

    def _lacks_organisation(self, row):
        """Whether the request `row` waits for somebody to choose the organisation."""
        row.refresh_from_db()
        return row.state == State.WAITING and row.organisation_id is None

    def _accept(self, request, row):
        """Lets in whoever asks by `row`, and gives what was done in words; "" with the reason told, if it was not."""
        root = f"{request.scheme}://{request.get_host()}"
        try:
            joining.accept(row=row, by=request.user, root=root, now=timezone.now())
        except tuple(FAULTS) as error:
            return self._tell_fault(request, row, error)
        return _("%s has been let in, and is told so by e-mail.") % self._name(row)

    def _refuse(self, request, row):
        try:
            joining.refuse(row=row, by=request.user, now=timezone.now())
        except joining.DecidedMeanwhileError as error:
            return self._tell_fault(request, row, error)
        return _("%s has been refused, and is told so by e-mail.") % self._name(row)

    def _tell_fault(self, request, row, error):
        form = format_html('<a href="{}">{}</a>', self.page("change", row.pk), self._name(row))
        self.message_user(request, format_html("{}: {}", form, FAULTS[type(error)]), messages.ERROR)
        return ""

    def _name(self, row):
        return f"{row.given_name} {row.family_name}"

    @admin.action(description=_("Accept"), permissions=["change"])
    def accept_chosen(self, request, queryset):
        done = sum(bool(self._accept(request, row)) for row in queryset)
        if done:
            said = ngettext("%d professional has been let in.", "%d professionals have been let in.", done)
            self.message_user(request, said % done, messages.SUCCESS)

    @admin.action(description=_("Refuse"), permissions=["change"])
    def refuse_chosen(self, request, queryset):
        done = sum(bool(self._refuse(request, row)) for row in queryset)
        if done:
            said = ngettext("%d request has been refused.", "%d requests have been refused.", done)
            self.message_user(request, said % done, messages.SUCCESS)
