from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    name = "services"
    verbose_name = _("Services")

    def ready(self):
        """Once every field is there, those of each language too."""
        from services import recorded  # noqa: F401, PLC0415
