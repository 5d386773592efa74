"""What is public, who keeps it, and when somebody last checked it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from centres.choices import known


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")


def public_on(today, prefix=""):
    """The condition that a row is public on the date `today`; `prefix` is the way to it, e.g. ``"service__"``."""
    return (
        Q(**{f"{prefix}status": Status.PUBLISHED})
        & (Q(**{f"{prefix}published_from": None}) | Q(**{f"{prefix}published_from__lte": today}))
        & (Q(**{f"{prefix}published_until": None}) | Q(**{f"{prefix}published_until__gte": today}))
    )


class PublishedQuerySet(models.QuerySet):
    def public(self, today):
        """The rows that readers may see on the date `today`."""
        return self.filter(public_on(today))


class Published(models.Model):
    """Draft or published, if need be from one date to another (both days included)."""

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    published_from = models.DateField(
        _("shown from"),
        null=True,
        blank=True,
        help_text=_("Empty: at once. Readers see it from this day on."),
    )
    published_until = models.DateField(
        _("shown until"),
        null=True,
        blank=True,
        help_text=_("Empty: until further notice. The last day it is shown."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(published_from=None)
                | Q(published_until=None)
                | Q(published_until__gte=F("published_from")),
                name="%(app_label)s_%(class)s_shown_forwards",
                violation_error_message=_("The last day shown cannot be before the first."),
            ),
            known("status", Status),
        ]

    def is_public(self, today):
        """Whether readers may see this row on the date `today`."""
        return (
            self.status == Status.PUBLISHED
            and (self.published_from is None or self.published_from <= today)
            and (self.published_until is None or self.published_until >= today)
        )


class AtHomeQuerySet(models.QuerySet):
    def usable_in(self, centre):
        """The rows that `centre` may use: its own, and those that all share."""
        return self.filter(Q(home=None) | Q(home=centre))


class AtHome(models.Model):
    """A row that one centre keeps, or that all share."""

    home = models.ForeignKey(
        "centres.FamilyCentre",
        verbose_name=_("home"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        help_text=_("The centre that keeps this. Empty: shared by all."),
    )

    class Meta:
        abstract = True

    def usable_in(self, centre):
        """Whether `centre` may use this row, as the queryset's method of this name says it."""
        return self.home_id in (None, centre.pk)


class Kept(models.Model):
    """Who keeps the row fresh, and when an organisation last checked it.

    "Last saved" is never shown as "checked", and no staff member's name is shown.
    """

    uuid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        "centres.Organisation",
        verbose_name=_("kept by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The organisation that sees to it that this stays right."),
    )
    reviewed_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("The day somebody last made sure that all of this is right."),
    )
    reviewed_by = models.ForeignKey(
        "centres.Organisation",
        verbose_name=_("checked by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # The database fills it too: fixtures go past `auto_now`.
    updated_at = models.DateTimeField(_("last saved"), auto_now=True, db_default=Now())

    class Meta:
        abstract = True
