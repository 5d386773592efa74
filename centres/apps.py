from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CentresConfig(AppConfig):
    name = "centres"
    verbose_name = _("Family centres")

    def ready(self):
        """Once every field is there, those of each language too."""
        from centres import recorded  # noqa: F401, PLC0415
