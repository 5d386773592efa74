"""Service points: the doors of an offering, and when they are open."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy as _

from centres.models import Place
from services.models.offering import Offering


class Weekday(models.IntegerChoices):
    """Days as Python counts them: Monday is 0."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class ServicePoint(models.Model):
    """An offering at a place."""

    kept_by = ("offering__centre",)

    offering = models.ForeignKey(
        Offering, verbose_name=_("service in a centre"), on_delete=models.CASCADE, related_name="points"
    )
    place = models.ForeignKey(Place, verbose_name=_("place"), on_delete=models.PROTECT, related_name="points")
    always_open = models.BooleanField(_("open day and night"), default=False)
    by_appointment = models.BooleanField(_("by appointment"), default=False)
    open_on_holidays = models.BooleanField(
        _("open on public holidays"),
        default=False,
        help_text=_("Otherwise a public holiday closes it by itself."),
    )
    note = models.CharField(
        _("note"), max_length=250, blank=True, default="", help_text=_("For example: 2nd floor, lift.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("service point")
        verbose_name_plural = _("service points")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "place"],
                name="servicepoint_once_per_place",
                violation_error_message=_("This service is at this place already."),
            ),
        ]

    def __str__(self):
        return str(self.place)

    def clean(self):
        """Refuses a place that another centre keeps."""
        if self.place_id and self.offering_id and not self.place.usable_in(self.offering.centre):
            raise ValidationError({"place": _("Another family centre keeps this place for itself.")})


class OpeningSpan(models.Model):
    """From when to when a service point is open on a weekday; several a day are normal, and seasons too."""

    kept_by = ("point__offering__centre",)

    point = models.ForeignKey(
        ServicePoint, verbose_name=_("service point"), on_delete=models.CASCADE, related_name="spans"
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"), help_text=_("00:00 means midnight."))
    valid_from = models.DateField(_("from date"), null=True, blank=True, help_text=_("Only for a season."))
    valid_until = models.DateField(
        _("to date"), null=True, blank=True, help_text=_("The last day of the season.")
    )

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__in=Weekday.values),
                name="openingspan_known_weekday",
                violation_error_message=_("A week has seven days."),
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")) | Q(closes="00:00"),
                name="openingspan_forwards",
                violation_error_message=_(
                    "Closing time must be after opening time. Split hours that pass midnight."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="openingspan_season_forwards",
                violation_error_message=_("The season cannot end before it begins."),
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {time_format(self.opens)}–{time_format(self.closes)}"


class SpecialHours(models.Model):
    """Days on which the weekly hours do not hold: closed, or open at other times."""

    kept_by = ("point__offering__centre",)

    point = models.ForeignKey(
        ServicePoint, verbose_name=_("service point"), on_delete=models.CASCADE, related_name="special_hours"
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    opens = models.TimeField(
        _("opens"), null=True, blank=True, help_text=_("Leave both times empty when it is closed.")
    )
    closes = models.TimeField(_("closes"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=160, blank=True, default="")

    class Meta:
        verbose_name = _("exception to opening hours")
        verbose_name_plural = _("exceptions to opening hours")
        ordering = ["first_day", "opens", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="specialhours_days_forwards",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(opens=None, closes=None)
                | Q(opens__isnull=False, closes__isnull=False)
                & (Q(closes__gt=F("opens")) | Q(closes="00:00")),
                name="specialhours_forwards",
                violation_error_message=_("Give both times, closing after opening, or neither."),
            ),
        ]

    def __str__(self):
        days = dict.fromkeys((self.first_day, self.last_day))
        return "–".join(date_format(day, "SHORT_DATE_FORMAT") for day in days)
