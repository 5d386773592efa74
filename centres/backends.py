"""Rights from memberships, beside those that Django keeps user by user: nobody has to tick them, nor take them away."""

from functools import cache

from django.apps import apps
from django.conf import settings
from django.contrib.auth.backends import BaseBackend

from centres.rights import kept_by, rights_of

ACTIONS = ("view", "add", "change", "delete")


@cache
def permissions():
    """The permissions of whoever keeps a centre: to keep what centres keep, and to read the rest of the rooms."""
    return frozenset(
        f"{app_label}.{action}_{model._meta.model_name}"
        for app_label in settings.ROOMS
        for model in apps.get_app_config(app_label).get_models()
        for action in (ACTIONS if kept_by(model) else ["view"])
    )


class MembershipBackend(BaseBackend):
    """Gives coordinators their permissions. Which rows they reach is said by `centres.rights`."""

    def get_user_permissions(self, user_obj, obj=None):
        if obj is not None or not user_obj.is_active or user_obj.is_anonymous:
            return set()
        return permissions() if rights_of(user_obj).keeps_something else set()

    def has_module_perms(self, user_obj, app_label):
        return app_label in settings.ROOMS and rights_of(user_obj).keeps_something
