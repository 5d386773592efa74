"""Users, and what they may do where. The user stands here too: `accounts` knows nothing of memberships."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.utils.translation import gettext_lazy as _

from accounts.forms import NewUserForm, UserForm
from accounts.models import User
from centres.admin.base import DeskAdmin
from centres.admin.inlines import TableInline
from centres.models import Membership


class MembershipInline(TableInline):
    model = Membership
    add_text = _("Add a membership")
    fields = ["role", "centre", "area"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "centre", "area")


def holds_all_rights_of(user, other):
    """Whether `user` may do all that `other` may; of nobody in particular (None) it is true."""
    if user.is_superuser or other is None:
        return True
    return not other.is_superuser and user.has_perms(other.get_all_permissions())


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
                "fields": ["is_active", "is_staff", "is_superuser"],
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
    list_display = ["email", "name", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_superuser", "is_active", "memberships__centre", "memberships__role"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    filter_horizontal = []

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def get_readonly_fields(self, request, obj=None):
        """Who is no administrator makes nobody one, themselves neither."""
        rights = (
            [] if request.user.is_superuser else ["is_staff", "is_superuser", "groups", "user_permissions"]
        )
        return [*super().get_readonly_fields(request, obj), *rights]

    def has_change_permission(self, request, obj=None):
        """Whoever changes a password can sign in with it: nobody gets at more rights than their own."""
        return super().has_change_permission(request, obj) and holds_all_rights_of(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and holds_all_rights_of(request.user, obj)


@admin.register(Membership)
class MembershipAdmin(DeskAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["user", "role", "centre", "area"],
                "description": _("An area coordinator belongs to an area, everybody else to a centre."),
            },
        ),
    ]
    autocomplete_fields = ["user"]
    list_display = ["user", "role", "centre", "area"]
    list_filter = ["role", "centre", "area"]
    list_select_related = ["user", "centre", "area"]
    search_fields = ["user__email", "user__name"]
