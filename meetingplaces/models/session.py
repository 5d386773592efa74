"""A session: a line of the season's timetable."""

import uuid
from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from calendars import occurrences as calendar
from calendars.rules import LAST_OF_MONTH, Monthly, Once, Weekly, Weeks
from centres.ages import AgeRange, label, overlap
from centres.choices import known
from centres.counting import NewerEachTime
from centres.models import Organisation, Place, SpokenLanguage
from meetingplaces.models.meeting_place import MeetingPlace
from meetingplaces.models.season import Season
from services.models import Weekday


class WeekRule(models.TextChoices):
    """In which weeks, or on which weekday of the month, a session is held."""

    EVERY = "every", _("every week")
    EVEN = "even", _("even weeks")
    ODD = "odd", _("odd weeks")
    FIRST = "first", _("first of the month")
    SECOND = "second", _("second of the month")
    THIRD = "third", _("third of the month")
    FOURTH = "fourth", _("fourth of the month")
    LAST = "last", _("last of the month")
    ONCE = "once", _("one date")


_WEEKLY = (WeekRule.EVERY, WeekRule.EVEN, WeekRule.ODD)
TWICE = _("This session is in this season already.")
# What decides on which dates a session is held.
_DECIDING = ("season", "rule", "weekday", "day", "valid_from", "valid_until")
_NTH = {
    WeekRule.FIRST: 1,
    WeekRule.SECOND: 2,
    WeekRule.THIRD: 3,
    WeekRule.FOURTH: 4,
    WeekRule.LAST: LAST_OF_MONTH,
}


class SessionManager(models.Manager):
    """Sessions that fixtures name by their permanent id."""

    def get_by_natural_key(self, uid):
        return self.get(uid=uid)


class Session(NewerEachTime, AgeRange):
    """When a meeting place is open: every week of a season, in some of its weeks, or on one date."""

    kept_by = ("meeting_place__centre",)

    class Kind(models.TextChoices):
        OPEN = "open", _("open to all")
        PEER = "peer", _("peer group")
        CLOSED = "closed", _("closed group")
        THEME = "theme", _("theme day")

    meeting_place = models.ForeignKey(
        MeetingPlace, verbose_name=_("meeting place"), on_delete=models.CASCADE, related_name="sessions"
    )
    season = models.ForeignKey(
        Season, verbose_name=_("season"), on_delete=models.CASCADE, related_name="sessions"
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.OPEN)
    title = models.CharField(
        _("title"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("Only where it has a name of its own."),
    )
    rule = models.CharField(_("when"), max_length=6, choices=WeekRule, default=WeekRule.EVERY)
    weekday = models.PositiveSmallIntegerField(
        _("weekday"), choices=Weekday, null=True, blank=True, help_text=_("Not needed for one date.")
    )
    day = models.DateField(_("date"), null=True, blank=True, help_text=_("Only for one date."))
    starts = models.TimeField(_("starts"))
    ends = models.TimeField(_("ends"))
    valid_from = models.DateField(
        _("from date"), null=True, blank=True, help_text=_("Only where it begins after the season does.")
    )
    valid_until = models.DateField(
        _("to date"), null=True, blank=True, help_text=_("Only where it ends before the season does.")
    )
    follows_schools = models.BooleanField(_("off on school holidays"), default=True)
    on_public_holidays = models.BooleanField(_("held on public holidays"), default=False)
    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        help_text=_("Only where it is held elsewhere than the meeting place says."),
    )
    co_host = models.ForeignKey(
        Organisation,
        verbose_name=_("arranged together with"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    languages = models.ManyToManyField(
        SpokenLanguage, verbose_name=_("languages"), blank=True, related_name="sessions"
    )
    capacity = models.PositiveSmallIntegerField(
        _("room for"),
        null=True,
        blank=True,
        help_text=_("How many families or children. Empty: not limited."),
    )
    needs_registration = models.BooleanField(
        _("one must register"),
        choices=[(None, _("as the meeting place says")), (True, _("yes")), (False, _("no"))],
        null=True,
        blank=True,
    )
    how_to_join = models.CharField(
        _("how to join"),
        max_length=250,
        blank=True,
        default="",
        help_text=_("For a closed group, or where one must register for this one."),
    )
    visitor = models.CharField(
        _("who visits"),
        max_length=160,
        blank=True,
        default="",
        help_text=_("For example: the nurse of the child health clinic is there."),
    )
    note = models.CharField(_("note"), max_length=250, blank=True, default="")
    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(_("version"), default=0, editable=False)
    # The database fills it too: fixtures go past `auto_now`.
    updated_at = models.DateTimeField(_("last saved"), auto_now=True, db_default=Now())

    objects = SessionManager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["meeting_place", "weekday", "day", "starts", "pk"]
        # A week asks for the sessions of its season alone, of all that its meeting places ever had.
        indexes = [models.Index(fields=["season", "meeting_place"], name="session_in_season")]
        constraints = [
            *AgeRange.Meta.constraints,
            known("kind", ["open", "peer", "closed", "theme"]),
            known("rule", WeekRule),
            models.CheckConstraint(
                condition=Q(weekday=None) | Q(weekday__in=Weekday.values),
                name="session_known_weekday",
                violation_error_message=_("A week has seven days."),
            ),
            models.CheckConstraint(
                condition=Q(rule=WeekRule.ONCE, day__isnull=False, weekday=None)
                | (~Q(rule=WeekRule.ONCE) & Q(day=None, weekday__isnull=False)),
                name="session_weekday_or_day",
                violation_error_message=_("Give a weekday; for one date, give the date and no weekday."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="closed") | (Q(how_to_join_fi__isnull=False) & ~Q(how_to_join_fi="")),
                name="session_closed_group_can_be_joined",
                violation_error_message=_("Tell how one joins the closed group."),
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="session_forwards",
                violation_error_message=_("It cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="session_dates_forwards",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.UniqueConstraint(
                fields=["meeting_place", "season", "rule", "weekday", "starts"],
                condition=Q(day=None, valid_from=None),
                name="session_once_a_season",
                violation_error_message=TWICE,
            ),
            # From a day on it may be held elsewhere, or otherwise.
            models.UniqueConstraint(
                fields=["meeting_place", "season", "rule", "weekday", "starts", "valid_from"],
                condition=Q(day=None, valid_from__isnull=False),
                name="session_once_from_a_day",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["meeting_place", "season", "day", "starts"],
                condition=Q(day__isnull=False),
                name="session_once_a_day",
                violation_error_message=TWICE,
            ),
        ]

    def __str__(self):
        return f"{self.meeting_place}: {self.when} {time_format(self.starts)}–{time_format(self.ends)}"

    @property
    def when(self):
        """The weekday and, unless it is every one, which; or the date."""
        if self.day is not None:
            return date_format(self.day, "SHORT_DATE_FORMAT")
        weekday = self.get_weekday_display()
        return weekday if self.rule == WeekRule.EVERY else f"{weekday}, {self.get_rule_display()}"

    @property
    def own_ages(self):
        """From which month of age to which: its own where it has any, else the meeting place's."""
        row = self if (self.from_month, self.to_month) != (None, None) else self.meeting_place
        return row.from_month, row.to_month

    @property
    def ages(self):
        return label(*self.own_ages)

    def suits(self, from_month, to_month):
        """Whether it is for any month of age in ``[from_month, to_month)``; None = open on that side."""
        return overlap(self.own_ages, (from_month, to_month))

    @property
    def asks_to_register(self):
        """Whether one must tell beforehand: it is a closed group, says so itself, or its meeting place says so."""
        if self.kind == self.Kind.CLOSED:
            return True
        if self.needs_registration is not None:
            return self.needs_registration
        return self.meeting_place.needs_registration or bool(self.how_to_join)

    def natural_key(self):
        return (str(self.uid),)

    @property
    def first_day(self):
        return max(self.season.first_day, self.valid_from or self.season.first_day)

    @property
    def last_day(self):
        return min(self.season.last_day, self.valid_until or self.season.last_day)

    @property
    def has_days(self):
        """Whether its own days lie in its season: one that was shortened since may have left it behind."""
        return self.first_day <= self.last_day

    def on_calendar(self, changes=()):
        """The session as `calendars.occurrences` has it, with `changes`; its season and meeting place are fetched.

        ValueError for one that has no days.
        """
        return calendar.Session(
            key=self,
            rule=self._rule(),
            starts=self.starts,
            ends=self.ends,
            first_day=self.first_day,
            last_day=self.last_day,
            meeting_place=self.meeting_place_id,
            place=self.place or self.meeting_place.place,
            follows_schools=self.follows_schools,
            on_public_holidays=self.on_public_holidays,
            changes=tuple(changes),
        )

    def _rule(self):
        if self.day is not None:
            return Once(self.day)
        weekday = cast("int", self.weekday)  # a constraint: where there is no date there is a weekday
        if self.rule in _NTH:
            return Monthly(weekday, _NTH[WeekRule(self.rule)])
        return Weekly(weekday, Weeks(self.rule))

    def clean(self):
        """Refuses rows of another centre, dates outside the season, and what stands there already for the same days."""
        self._refuse_twice()
        if self.meeting_place_id and self.season_id:
            centre = self.meeting_place.centre
            if self.season.centre_id != centre.pk:
                raise ValidationError({"season": _("This is a season of another family centre.")})
            if self.place_id and not self.place.usable_in(centre):
                raise ValidationError({"place": _("Another family centre keeps this place for itself.")})
        if self.pk:
            crossing = self.changes.filter(starts=None, ends__lte=self.starts).first()
            if crossing:
                message = _(
                    "On %(day)s it would end before it starts. Put the change of that date right first."
                )
                day = date_format(crossing.day, "SHORT_DATE_FORMAT")
                raise ValidationError({"starts": message % {"day": day}})
        if self.season_id:
            for name in ("day", "valid_from", "valid_until"):
                day = getattr(self, name)
                if day and not self.season.first_day <= day <= self.season.last_day:
                    raise ValidationError({name: _("This day is outside the season.")})
        if self.pk and self.season_id:
            self._refuse_to_leave_changes_behind()

    def shares_days_with(self, other):
        """Whether it and `other`, both on one date or both on one weekday, are on the same days by rule and season."""
        every_and_some = WeekRule.EVERY in (self.rule, other.rule) and {self.rule, other.rule} <= set(_WEEKLY)
        return (
            (self.rule == other.rule or every_and_some)
            and (self.valid_from or date.min) <= (other.valid_until or date.max)
            and (other.valid_from or date.min) <= (self.valid_until or date.max)
        )

    def _refuse_twice(self):
        """Every week beside even weeks, or from September beside from August, would stand twice on the same days."""
        named = (self.meeting_place_id, self.season_id, self.weekday, self.starts)
        if self.day or None in named:
            return
        rules = {self.rule, WeekRule.EVERY} if self.rule in _WEEKLY else {self.rule}
        rules |= set(_WEEKLY) if self.rule == WeekRule.EVERY else set()
        overlapping = (Q(valid_from=None) | Q(valid_from__lte=self.valid_until or date.max)) & (
            Q(valid_until=None) | Q(valid_until__gte=self.valid_from or date.min)
        )
        same = Session.objects.filter(
            overlapping,
            meeting_place=self.meeting_place_id,
            season=self.season_id,
            weekday=self.weekday,
            starts=self.starts,
            rule__in=rules,
            day=None,
        )
        # Of the very same the constraints tell.
        if same.exclude(pk=self.pk).exclude(rule=self.rule, valid_from=self.valid_from).exists():
            raise ValidationError(TWICE)

    def _refuse_to_leave_changes_behind(self):
        """Refuses other days while a coming date that would be none of them is cancelled, moved or noted."""
        try:
            rule = self._rule()
        except ValueError:
            return  # what is wrong with it is told beside it
        today = timezone.localdate()
        coming = [
            change.day
            for change in self.changes.all()
            if not change.is_extra and max(change.day, change.to_day or change.day) >= today
        ]
        left: list[Any] = [
            date_format(day, "SHORT_DATE_FORMAT")
            for day in coming
            if not (self.first_day <= day <= self.last_day and day in rule.days(day, day))
        ]
        if not left:
            return
        stored = type(self).objects.select_related("season").get(pk=self.pk)
        changed = [name for name in _DECIDING if getattr(self, name) != getattr(stored, name)]
        if changed:
            message = _(
                "Something is said of dates that would no longer be in the timetable: %(dates)s. Take that back first, "
                "on the page “Coming dates”."
            )
            raise ValidationError({changed[0]: message % {"dates": get_text_list(left, _("and"))}})

    @property
    def known_as(self):
        """Its own title where it has one, else its meeting place's name."""
        return self.title or self.meeting_place.name
