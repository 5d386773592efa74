"""A closure: days on which a centre's meeting places, or one of them, are closed."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from calendars import occurrences as calendar
from centres.choices import in_finnish
from centres.models import FamilyCentre
from meetingplaces.models.meeting_place import MeetingPlace


class ClosureQuerySet(models.QuerySet):
    def touching(self, first_day, last_day):
        """Closures that have a day from `first_day` to `last_day`, both included."""
        return self.filter(first_day__lte=last_day, last_day__gte=first_day)


class Closure(models.Model):
    """From which day to which, and why. School holidays are entered here too: no calendar knows them."""

    kept_by = ("centre",)

    centre = models.ForeignKey(
        FamilyCentre, verbose_name=_("family centre"), on_delete=models.CASCADE, related_name="closures"
    )
    meeting_place = models.ForeignKey(
        MeetingPlace,
        verbose_name=_("meeting place"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="closures",
        help_text=_("Empty: all of the centre's."),
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    reason = models.CharField(
        _("reason"), max_length=160, help_text=_("Families read it, for example: autumn break.")
    )
    school_holiday = models.BooleanField(
        _("school holiday"),
        default=False,
        help_text=_("Closes only the sessions that are off on school holidays."),
    )

    # The database fills it too: fixtures go past `auto_now`.
    updated_at = models.DateTimeField(_("last saved"), auto_now=True, db_default=Now())

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["-first_day", "pk"]
        constraints = [
            in_finnish("reason"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="closure_forwards",
                violation_error_message=_("The last day cannot be before the first."),
            ),
        ]

    def __str__(self):
        return self.reason

    def on_calendar(self):
        """The closure as `calendars.occurrences` has it."""
        return calendar.Closure(
            self.first_day,
            self.last_day,
            key=self,
            school_holiday=self.school_holiday,
            meeting_place=self.meeting_place_id,
        )

    def clean(self):
        """Refuses a meeting place of another centre."""
        if self.meeting_place_id and self.centre_id and self.meeting_place.centre_id != self.centre_id:
            raise ValidationError({"meeting_place": _("This is a meeting place of another family centre.")})
