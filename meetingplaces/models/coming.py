"""How many families might come to one date of a session."""

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from meetingplaces.models.session import Session


class Coming(models.Model):
    """A count and nothing else: who tapped is known to nobody."""

    session = models.ForeignKey(
        Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="comings"
    )
    day = models.DateField(_("date"))
    families = models.PositiveIntegerField(_("families"), default=0)

    class Meta:
        verbose_name = _("families that might come")
        verbose_name_plural = _("families that might come")
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "day"],
                name="coming_once_a_day",
                violation_error_message=_("This date of the session has a count already."),
            ),
        ]

    def __str__(self):
        return f"{self.session}, {date_format(self.day, 'SHORT_DATE_FORMAT')}"
