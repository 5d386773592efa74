"""When a network meets, what about, and who is coming."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from calendars.wall_time import instant
from centres.choices import in_finnish, known
from centres.counting import NewerEachTime
from centres.models import Place
from centres.webfield import WebField, web_address
from networks.models.local import LocalNetwork
from networks.models.professional import Professional


class MeetingQuerySet(models.QuerySet):
    def in_centre(self, centre):
        return self.filter(local_network__centre=centre)

    def shown(self, today):
        """Those of networks that readers may see on the date `today`."""
        return self.filter(local_network__in=LocalNetwork.objects.public(today))

    def from_day(self, day):
        """Those on `day` or later."""
        return self.filter(day__gte=day)

    def before(self, day):
        """Those before `day`, the last one first."""
        return self.filter(day__lt=day).order_by("-day", "-starts", "-pk")

    def seen_by(self, *, insider):
        """Those that an `insider` sees: all; anybody else: those that are open to all to know of."""
        return self if insider else self.filter(is_public=True)


class Meeting(NewerEachTime):
    """One date of a network. Times are wall time in Finland; it ends on the day on which it begins."""

    kept_by = ("local_network__centre",)

    class Kind(models.TextChoices):
        MEETING = "meeting", pgettext_lazy("meeting", "meeting")
        COFFEE = "coffee", _("network coffee")
        WORKSHOP = "workshop", _("workshop")
        FAIR = "fair", _("fair")
        TRAINING = "training", _("training")

    local_network = models.ForeignKey(
        LocalNetwork, verbose_name=_("network"), on_delete=models.CASCADE, related_name="meetings"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.MEETING)
    topic = models.CharField(
        _("topic"), max_length=160, blank=True, default="", help_text=_("What it is about, in a few words.")
    )
    day = models.DateField(_("date"))
    starts = models.TimeField(_("starts"))
    ends = models.TimeField(_("ends"))
    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        help_text=_("Empty: only by the remote link."),
    )
    remote_link = WebField(
        _("remote link"),
        blank=True,
        default="",
        max_length=500,
        help_text=_("Only signed-in professionals see it."),
    )
    note = models.TextField(
        _("what to know beforehand"),
        blank=True,
        default="",
        help_text=_("What to prepare, what to bring. Only signed-in professionals see it."),
    )
    is_public = models.BooleanField(
        _("open to all to know of"),
        default=False,
        help_text=_(
            "Everybody sees the date, the topic and the place; never the remote link or who is coming."
        ),
    )
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    reason = models.CharField(
        _("reason"),
        max_length=160,
        blank=True,
        default="",
        help_text=_("Why it is cancelled or moved, in a few words."),
    )
    uuid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    # Calendars take the version with the higher number.
    sequence = models.PositiveIntegerField(_("version"), default=0, editable=False)
    # The database fills it too: fixtures go past `auto_now`.
    updated_at = models.DateTimeField(_("last saved"), auto_now=True, db_default=Now())

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["day", "starts", "pk"]
        indexes = (models.Index(fields=["local_network", "day"], name="meeting_by_day"),)
        constraints = [
            known("kind", ["meeting", "coffee", "workshop", "fair", "training"]),
            web_address("remote_link"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="meeting_ends_after_start",
                violation_error_message=_("It must end after it starts."),
            ),
            models.UniqueConstraint(
                fields=["local_network", "day", "starts"],
                name="meeting_once_at_a_time",
                violation_error_message=_("This network meets at this time already."),
            ),
        ]

    def __str__(self):
        return f"{self.title}, {date_format(self.day, 'SHORT_DATE_FORMAT')}"

    def get_absolute_url(self):
        return reverse(
            "networks:meeting",
            kwargs={"centre": self.local_network.centre.slug, "uuid": self.uuid},
        )

    @property
    def title(self):
        """Its topic, or what kind of meeting it is."""
        return self.topic or self.get_kind_display()

    @property
    def begins_at(self):
        """The instant it begins, aware."""
        return instant(self.day, self.starts)

    @property
    def ends_at(self):
        """The instant it ends, aware."""
        return instant(self.day, self.ends)

    def clean(self):
        """Refuses a place of another centre."""
        if self.place_id and self.local_network_id and not self.place.usable_in(self.local_network.centre):
            raise ValidationError({"place": _("Another family centre keeps this place for itself.")})


class Material(models.Model):
    """Something to read before a meeting or after it; only signed-in professionals see it."""

    kept_by = ("meeting__local_network__centre",)

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.CASCADE, related_name="materials"
    )
    label = models.CharField(_("what is there"), max_length=120)
    url = WebField(_("web page"), max_length=500)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("material of a meeting")
        verbose_name_plural = _("materials of a meeting")
        ordering = ["meeting", "order", "pk"]
        constraints = [in_finnish("label"), web_address("url")]

    def __str__(self):
        return self.label


class Attendance(models.Model):
    """What somebody has said about coming to a meeting."""

    class Answer(models.TextChoices):
        COMING = "coming", _("is coming")
        NOT_COMING = "not", _("is not coming")

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.CASCADE, related_name="attendances"
    )
    professional = models.ForeignKey(
        Professional, verbose_name=_("who"), on_delete=models.CASCADE, related_name="attendances"
    )
    answer = models.CharField(_("answer"), max_length=8, choices=Answer)

    class Meta:
        verbose_name = _("answer to a meeting")
        verbose_name_plural = _("answers to meetings")
        ordering = ["meeting", "professional__sort_fi", "pk"]
        constraints = [
            known("answer", ["coming", "not"]),
            models.UniqueConstraint(
                fields=["meeting", "professional"],
                name="attendance_once",
                violation_error_message=_("This person has answered already."),
            ),
        ]

    def __str__(self):
        return f"{self.professional}: {self.get_answer_display()}"
