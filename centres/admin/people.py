"""Users, and what they may do where. The user stands here too: `accounts` knows nothing of memberships."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.actions import reset_second_factor
from accounts.forms import NewUserForm, UserForm
from accounts.models import User
from centres.admin.base import DeskAdmin, told_by_status
from centres.admin.inlines import TableInline
from centres.history.kinds import Kind
from centres.history.recording import note_act
from centres.models import Membership
from centres.rights import rights_of


class RoleFilter(admin.SimpleListFilter):
    """The roles that stand in the reader's list."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        rows = model_admin.get_queryset(request).order_by("role")
        found = set(rows.values_list("role", flat=True).distinct())
        return [choice for choice in Membership.Role.choices if choice[0] in found]

    def queryset(self, request, queryset):
        return queryset.filter(role=self.value()) if self.value() else queryset


class MembershipInline(TableInline):
    model = Membership
    add_text = _("Add a membership")
    fields = ["role", "centre", "area", "ends_on"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "centre", "area")

    # Everybody else invites, or takes a membership away on its own page.

    def has_add_permission(self, request, obj):  # type: ignore[override]
        return super().has_add_permission(request, obj) and request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and request.user.is_superuser


def holds_all_rights_of(user, other):
    """Whether `user` may do all that `other` may; of nobody in particular (None) it is true."""
    if user.is_superuser or other is None:
        return True
    mine, theirs = rights_of(user), rights_of(other)
    within = theirs.centres <= mine.centres and theirs.areas <= mine.areas and theirs.shared <= mine.shared
    return not other.is_superuser and within and user.has_perms(other.get_all_permissions())


@admin.register(User)
class UserAdmin(DeskAdmin, DjangoUserAdmin):
    form = UserForm
    add_form = NewUserForm
    fieldsets = [
        (
            None,
            {
                "fields": ["email", "name", "password"],
                "description": _("People sign in with their e-mail address, in capital or small letters."),
            },
        ),
        (
            _("Access"),
            {
                "fields": ["is_active", "is_superuser"],
                "description": _("Take away “active” instead of deleting somebody who has left."),
            },
        ),
        (_("Permissions"), {"fields": ["groups", "user_permissions"], "classes": ["collapse"]}),
        (_("Important dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": ["email", "name", "usable_password", "password1", "password2"],
                "description": _("What the user may do where is said on the next page."),
            },
        ),
    ]
    readonly_fields = ["last_login", "date_joined"]
    inlines = [MembershipInline]
    list_display = ["email", "name", "is_active", "last_login"]
    list_filter = ["is_superuser", "is_active", "memberships__centre", "memberships__role"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    filter_horizontal = []
    can_be_reverted = False
    actions = ["reset_second_factor"]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def get_readonly_fields(self, request, obj=None):
        """Who is no administrator makes nobody one, themselves neither."""
        rights = [] if request.user.is_superuser else ["is_superuser", "groups", "user_permissions"]
        return [*super().get_readonly_fields(request, obj), *rights]

    def user_change_password(self, request, id, form_url=""):  # noqa: A002 - Django's name
        return told_by_status(request, super().user_change_password(request, id, form_url))

    def has_change_permission(self, request, obj=None):
        """Whoever changes a password can sign in with it: nobody gets at more rights than their own."""
        return super().has_change_permission(request, obj) and holds_all_rights_of(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and holds_all_rights_of(request.user, obj)

    def has_reset_permission(self, request):
        """Administrators alone: with a password that leaked, this opens the door."""
        return request.user.is_superuser

    @admin.action(description=_("Reset the second factor"), permissions=["reset"])
    def reset_second_factor(self, request, queryset):
        for user in queryset:
            reset_second_factor(user=user)
        note_act(queryset, user=request.user, kind=Kind.SECOND_FACTOR)
        self.message_user(request, _("They choose a new one at their next sign-in."))


@admin.register(Membership)
class MembershipAdmin(DeskAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["user", "role", "centre", "area", "ends_on"],
                "description": _("An area coordinator belongs to an area, everybody else to a centre."),
            },
        ),
    ]
    autocomplete_fields = ["user"]
    list_display = ["user", "role", "centre", "area", "ends_on"]
    list_filter = [RoleFilter, "centre", ("area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "centre", "area"]
    search_fields = ["user__email", "user__name"]
    can_be_reverted = False
    actions = ["let_in_for_another_year"]

    def get_queryset(self, request):
        """Those of the centres that the user keeps: who keeps the whole area is the administrators' to say."""
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.filter(centre__isnull=False)

    def has_add_permission(self, request):
        """Everybody else invites."""
        return super().has_add_permission(request) and request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        """Nobody locks themselves out."""
        permitted = super().has_delete_permission(request, obj)
        return permitted and (obj is None or request.user.is_superuser or obj.user_id != request.user.pk)

    def has_renew_permission(self, request):
        """Whoever keeps a centre: the list holds the people of their own."""
        return rights_of(request.user).keeps_something

    @admin.action(description=_("Let in for another year"), permissions=["renew"])
    def let_in_for_another_year(self, request, queryset):
        """A year from today, for those whose access ends by itself; what lasts longer stays."""
        rows = list(queryset.exclude(ends_on=None))
        for row in rows:
            row.renew(timezone.localdate())
            row.save(update_fields=["ends_on"])
        said = ngettext("%d is let in for another year.", "%d are let in for another year.", len(rows))
        self.message_user(request, said % len(rows), messages.SUCCESS)
