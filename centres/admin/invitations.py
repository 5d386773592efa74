"""Inviting a colleague, and what has become of the invitations."""

from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from centres.admin.base import DeskAdmin, without
from centres.admin.errors import DeskForm
from centres.admin.people import RoleFilter
from centres.history.kinds import Kind
from centres.history.recording import note, roots_of
from centres.invitation_actions import AlreadyInvitedError, NotSentError, post, send, withdraw, write
from centres.inviting import (
    areas_to_invite_to,
    centres_to_invite_to,
    invitations_of,
    roles_to_invite_to,
)
from centres.models import Invitation, Membership
from centres.rights import rights_of

NOT_SENT = _("The e-mail could not be sent, so nobody was invited. Try again in a moment.")


class InvitationForm(DeskForm):
    """Says, where it is shown once more, that the e-mail did not go."""

    not_sent = False

    def clean(self):
        if self.not_sent:
            self.add_error(None, NOT_SENT)
        return super().clean()


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return Invitation.State.choices

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() else queryset


@admin.register(Invitation)
class InvitationAdmin(DeskAdmin):
    form = InvitationForm
    fieldsets = [
        (
            None,
            {
                "fields": ["email", "role", "centre", "area", "language", "invited_by", "expires_at"],
                "description": _(
                    "Your colleague gets an e-mail with a link that works once, for seven days. "
                    "They choose a password, make their sign-in safe, and are at the desk."
                ),
            },
        ),
    ]
    list_display = ["email", "role", "where", "state", "invited_by", "expires_at"]
    list_filter = [StateFilter, RoleFilter]
    list_select_related = ["centre", "area", "invited_by"]
    search_fields = ["email"]
    actions = ["send_again", "withdraw"]
    readonly_fields = ["invited_by", "expires_at"]
    can_be_reverted = False
    in_own_transactions = ("send_again",)

    @admin.display(description=_("where to"))
    def where(self, row):
        return row.where

    @admin.display(description=_("state"))
    def state(self, row):
        return Invitation.State(row.state).label

    # Who sees and chooses what

    def get_queryset(self, request):
        rows = super().get_queryset(request).filter(invitations_of(request.user))
        return rows.with_state(timezone.now())

    def has_add_permission(self, request):
        """Whoever keeps nothing has nothing to offer."""
        return super().has_add_permission(request) and rights_of(request.user).keeps_something

    def has_change_permission(self, request, obj=None):
        """An e-mail that was sent cannot be changed; the list can be acted on."""
        return obj is None and super().has_change_permission(request)

    def get_fieldsets(self, request, obj=None):
        """Without areas for whoever has none."""
        fieldsets = super().get_fieldsets(request, obj)
        offers_areas = obj or Membership.Role.AREA_COORDINATOR in dict(roles_to_invite_to(request.user))
        return fieldsets if offers_areas else without(fieldsets, ["area"])

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "role":
            kwargs["choices"] = roles_to_invite_to(request.user)
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        choices = {"centre": centres_to_invite_to, "area": areas_to_invite_to}[db_field.name]
        return super().formfield_for_foreignkey(db_field, request, **kwargs, queryset=choices(request.user))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        form_field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(form_field.widget, RelatedFieldWidgetWrapper):
            form_field.widget.can_add_related = form_field.widget.can_change_related = False
        return form_field

    def get_changeform_initial_data(self, request):
        """The first of one's own centres; most people have one."""
        first = centres_to_invite_to(request.user).first()
        return {"centre": first and first.pk} | super().get_changeform_initial_data(request)

    # What is done

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.not_sent = getattr(request, "was_not_sent", False)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The letter goes once the invitation is committed: a slow mail server keeps nobody else from saving."""
        words = ({} if object_id else {"title": _("Invite a colleague")}) | (extra_context or {})
        try:
            response = super().changeform_view(request, object_id, form_url, words)
        except AlreadyInvitedError:
            # By somebody else, since the form was checked: now it says so itself.
            return super().changeform_view(request, object_id, form_url, words)
        letter = getattr(request, "letter", None)
        if letter is None:
            return response
        try:
            post(letter)
        except NotSentError:
            # Nobody is invited: the form once more, as it was filled in.
            request.was_not_sent = True
            return super().changeform_view(request, object_id, form_url, words)
        self._record(request, letter.invitation)
        said = _("An invitation is on its way to %s.") % letter.invitation.email
        self.message_user(request, said, messages.SUCCESS)
        return response

    def save_model(self, request, obj, form, change):
        request.letter = write(invitation=obj, **self._sender(request))

    def _sender(self, request):
        root = f"{request.scheme}://{request.get_host()}"
        return {"by": request.user, "root": root, "now": timezone.now()}

    def log_addition(self, request, obj, message):
        """Not yet: it is not sure before the letter went."""

    def _record(self, request, row):
        note(roots_of([row]), user=request.user, kind=Kind.SAVED)

    def response_add(self, request, obj, post_url_continue=None):
        return self.response_post_save_add(request, obj)

    @admin.action(description=_("Send again"), permissions=["change"])
    def send_again(self, request, queryset):
        sent, failed, already = 0, [], []
        for row in queryset.filter(accepted_at=None):
            note(roots_of([row]))
            try:
                went = send(invitation=row, **self._sender(request))
            except NotSentError:
                failed.append(row.email)
            except AlreadyInvitedError:
                already.append(row.email)
            else:
                self._record(request, row)
                sent += went
        if failed:
            words = _("No e-mail could be sent to %s. Earlier links work as before. Try again in a moment.")
            self.message_user(request, words % ", ".join(failed), messages.ERROR)
        if already:
            words = _("Nothing was sent to %s: another invitation to the same is open. Send that one again.")
            self.message_user(request, words % ", ".join(already), messages.WARNING)
        if sent or not (failed or already):
            said = ngettext("%d invitation was sent again.", "%d invitations were sent again.", sent)
            self.message_user(request, said % sent)

    @admin.action(description=_("Withdraw"), permissions=["change"])
    def withdraw(self, request, queryset):
        done = sum(withdraw(invitation=row, now=timezone.now()) for row in queryset)
        said = ngettext("%d invitation was withdrawn.", "%d invitations were withdrawn.", done)
        self.message_user(request, said % done)
