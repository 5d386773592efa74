from django.apps import apps
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig

# What these keep has pages of its own under sign-in: codes and keys are their owner's alone.
WITHOUT_A_DESK = ("account", "mfa", "socialaccount")


class DeskConfig(AdminConfig):
    """Stands in for ``django.contrib.admin`` among the installed apps."""

    default_site = "perhekeskus.desk.site.Desk"

    def ready(self):
        """Registers every room's pages, and not those that allauth's apps bring."""
        super().ready()
        strangers = [model for label in WITHOUT_A_DESK for model in apps.get_app_config(label).get_models()]
        admin.site.unregister(filter(admin.site.is_registered, strangers))
