from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworksConfig(AppConfig):
    name = "networks"
    verbose_name = _("Networks")

    def ready(self):
        """Once every field is there, those of each language too."""
        from networks import newer, recorded  # noqa: F401, PLC0415
