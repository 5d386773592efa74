from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Stands in for ``django.contrib.admin`` among the installed apps."""

    default_site = "perhekeskus.desk.site.Desk"
