"""What is different on one date of a session."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from calendars import occurrences as calendar
from centres.choices import known
from centres.languages import FINNISH, column
from centres.models import Place
from meetingplaces.models.season import AROUND_SEASON
from meetingplaces.models.session import Session


class SessionChange(models.Model):
    """A date of a session that is called off, held otherwise, added, or only has something special."""

    kept_by = ("session__meeting_place__centre",)

    class Kind(models.TextChoices):
        CANCELLED = "cancelled", _("cancelled")
        MOVED = "moved", _("moved")
        EXTRA = "extra", _("an extra date")
        NOTED = "noted", _("as usual, with a note")

    session = models.ForeignKey(
        Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="changes"
    )
    day = models.DateField(_("date"))
    kind = models.CharField(_("what is different"), max_length=9, choices=Kind, default=Kind.CANCELLED)
    reason = models.CharField(
        _("reason"),
        max_length=160,
        blank=True,
        default="",
        help_text=_("Families read it, for example: the instructor is ill."),
    )
    note = models.CharField(
        _("note"), max_length=250, blank=True, default="", help_text=_("For example who visits on that day.")
    )
    to_day = models.DateField(_("new date"), null=True, blank=True)
    starts = models.TimeField(_("starts"), null=True, blank=True)
    ends = models.TimeField(_("ends"), null=True, blank=True)
    place = models.ForeignKey(
        Place, verbose_name=_("place"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The database fills it too: fixtures go past `auto_now`.
    updated_at = models.DateTimeField(_("last saved"), auto_now=True, db_default=Now())

    class Meta:
        verbose_name = _("change of a date")
        verbose_name_plural = _("changes of dates")
        ordering = ["day", "pk"]
        constraints = [
            known("kind", ["cancelled", "moved", "extra", "noted"]),
            models.UniqueConstraint(
                fields=["session", "day"],
                name="sessionchange_once_a_day",
                violation_error_message=_("This date of the session has a change already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="moved")
                | Q(to_day__isnull=False)
                | Q(starts__isnull=False)
                | Q(ends__isnull=False)
                | Q(place__isnull=False),
                name="sessionchange_moves_something",
                violation_error_message=_("Give the new date, time or place."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["moved", "cancelled"]) | Q(to_day=None),
                name="sessionchange_only_a_move_leads_away",
                violation_error_message=_("Only a moved date leads to another one."),
            ),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gt=F("starts")),
                name="sessionchange_forwards",
                violation_error_message=_("It cannot end before it starts."),
            ),
        ]

    def __str__(self):
        return f"{date_format(self.day, 'SHORT_DATE_FORMAT')} {self.get_kind_display()}"

    def save(self, **kwargs):
        super().save(**kwargs)
        self._make_newer()

    def delete(self, **kwargs):
        deleted = super().delete(**kwargs)
        self._make_newer()
        return deleted

    def _make_newer(self):
        """The session is a newer version to the calendars that know it."""
        newer = {"sequence": F("sequence") + 1, "updated_at": timezone.now()}
        Session.objects.filter(pk=self.session_id).update(**newer)

    @property
    def is_extra(self):
        """Whether its date is an added one, cancelled or not: one that is cancelled leads to itself."""
        cancelled = self.kind == self.Kind.CANCELLED and self.to_day == self.day
        return self.kind == self.Kind.EXTRA or cancelled

    @property
    def was_changed_before(self):
        """Whether it is cancelled, and was an extra date, or held otherwise, before that."""
        differs = any((self.to_day, self.starts, self.ends, self.place_id))
        return self.kind == self.Kind.CANCELLED and differs

    def become(self, kind):
        """Makes it a change of `kind`, without what only other kinds say; its note stays. It is not saved.

        What is cancelled keeps where it was moved to, and that it was an extra date: families were told so.
        """
        was, self.kind = self.kind, kind
        if kind == self.Kind.CANCELLED and was == self.Kind.EXTRA:
            self.to_day = self.day
        if kind == self.Kind.NOTED:
            self.to_day = self.starts = self.ends = self.place = None
            self._forget_reason()

    def hold_again(self):
        """Takes back that it is cancelled, and why: it is moved, or extra, as it was before. It is not saved."""
        is_extra = self.is_extra
        self.kind = self.Kind.EXTRA if is_extra else self.Kind.MOVED
        if is_extra:
            self.to_day = None
        self._forget_reason()

    def _forget_reason(self):
        for code, _name in settings.LANGUAGES:
            setattr(self, column("reason", code), "")

    def on_calendar(self):
        """The change as `calendars.occurrences` has it; its place and session are fetched.

        An end that the session has come to start after, by a later change of its hours, counts as the usual one.
        """
        crosses = self.ends and not self.starts and self.ends <= self.session.starts
        return calendar.Change(
            self.day,
            calendar.Kind(self.kind),
            key=self,
            to_day=self.to_day,
            starts=self.starts,
            ends=self.session.ends if crosses else self.ends,
            place=self.place,
        )

    def clean_fields(self, exclude=None):
        """With a reason where families find a closed door, or go elsewhere: it is asked for where it can be told."""
        super().clean_fields(exclude)
        told = column("reason", FINNISH)
        needs_reason = self.kind in (self.Kind.CANCELLED, self.Kind.MOVED)
        if needs_reason and told not in (exclude or ()) and not getattr(self, told):
            raise ValidationError({told: _("Tell families why, for example: the instructor is ill.")})

    def clean(self):
        """Refuses a date on which the session is not held, naming the nearest right ones, and times that cross."""
        if not self.session_id or self.day is None:
            return
        self._set_where_it_leads()
        if self.ends and self.ends <= (self.starts or self.session.starts):
            raise ValidationError({"ends": _("It cannot end before it starts.")})
        self._refuse_far_away()
        if not self.session.has_days:
            raise ValidationError({"day": _("The session is not held on this date, nor near it.")})
        session = self.session.on_calendar()
        if self.kind == self.Kind.EXTRA and session.gives(self.day):
            message = _(
                "The session is held on this date anyway. Choose “moved”, or add a session of its own."
            )
            raise ValidationError({"day": message})
        if self.is_extra or session.gives(self.day):
            return
        near: list[Any] = [
            date_format(day, "SHORT_DATE_FORMAT") for day in calendar.nearest_days(session, self.day)
        ]
        if not near:
            raise ValidationError({"day": _("The session is not held on this date, nor near it.")})
        message = _("The session is not held on this date. The nearest dates are %(dates)s.")
        raise ValidationError({"day": message % {"dates": get_text_list(near, _("and"))}})

    def _set_where_it_leads(self):
        """What is moved to its own day leads nowhere; what was extra and is typed as cancelled leads to itself."""
        if self.kind == self.Kind.MOVED and self.to_day == self.day:
            self.to_day = None
        if self.kind == self.Kind.CANCELLED and self.to_day is None and self.pk:
            same = SessionChange.objects.filter(pk=self.pk, day=self.day, kind=self.Kind.EXTRA)
            self.to_day = self.day if same.exists() else None

    def _refuse_far_away(self):
        """A date that is moved or added stands near the season: only there is it looked for."""
        name = "to_day" if self.to_day else "day"
        season, dated = self.session.season, self.to_day or self.day
        if (self.to_day or self.is_extra) and not (
            season.first_day - AROUND_SEASON <= dated <= season.last_day + AROUND_SEASON
        ):
            message = _("This is more than two weeks outside the season. Enter it as a session of its own.")
            raise ValidationError({name: message})
