from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnualPlanConfig(AppConfig):
    name = "annual_plan"
    verbose_name = _("Annual plans")

    def ready(self):
        """Once every field is there, those of each language too."""
        from annual_plan import kinds, recorded  # noqa: F401, PLC0415
