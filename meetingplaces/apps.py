from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingPlacesConfig(AppConfig):
    name = "meetingplaces"
    verbose_name = _("Meeting places")

    def ready(self):
        """Once every field is there, those of each language too."""
        from meetingplaces import newer, recorded  # noqa: F401, PLC0415
