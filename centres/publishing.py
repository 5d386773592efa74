"""What is public, who keeps it, and when somebody last checked it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from centres.choices import known

# In days.
LONGEST_BREAK = 366


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")


def public_on(today, prefix=""):
    """The condition that a row is public on the date `today`; `prefix` is the way to it, e.g. ``"service__"``.

    A condition on each of its two days, and no choice between whole conditions: so the index of the stairs is walked.
    """
    first, last = f"{prefix}published_from", f"{prefix}published_until"
    has_begun, goes_on, breaks = (
        Q(**{f"{first}__lte": today}),
        Q(**{f"{last}__gte": today}),
        has_a_break(prefix),
    )
    return (
        Q(**{f"{prefix}status": Status.PUBLISHED})
        & (Q(**{first: None}) | has_begun | (breaks & goes_on))
        & (Q(**{last: None}) | goes_on | (breaks & has_begun))
    )


def has_a_break(prefix=""):
    """The condition that a row is shown until one day and again from a later one, hidden between the two."""
    return Q(**{f"{prefix}published_from__gt": F(f"{prefix}published_until")})


def away_on(today, prefix=""):
    """The condition that a row is on its break on the date `today`: readers saw it, and will again."""
    days = {f"{prefix}published_until__lt": today, f"{prefix}published_from__gt": today}
    return Q(**{f"{prefix}status": Status.PUBLISHED}, **days)


class DaysLater(models.Func):
    """The day `days` after a day, as a check of the database can ask it, in either database and of an empty day too."""

    output_field = models.DateField()

    def __init__(self, day, days):
        super().__init__(day, days=days)

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, template="date(%(expressions)s, '+%(days)d days')", **context
        )

    def as_postgresql(self, compiler, connection, **context):
        template = "(CAST(%(expressions)s AS date) + %(days)d)"
        return self.as_sql(compiler, connection, template=template, **context)


def _break_is_short():
    """The constraint that a row comes back within a year: its two days were else typed the wrong way round."""
    last = F("published_until")
    return models.CheckConstraint(
        condition=Q(published_from=None)
        | Q(published_until=None)
        | Q(published_from__lte=DaysLater(last, LONGEST_BREAK)),
        name="%(app_label)s_%(class)s_break_within_a_year",
        violation_error_message=_(
            "“Shown from” is over a year after “shown until”. A break is a year at most: are the days the right way "
            "round?"
        ),
    )


class PublishedQuerySet(models.QuerySet):
    def public(self, today):
        """The rows that readers may see on the date `today`."""
        return self.filter(public_on(today))


class Published(models.Model):
    """Draft or published, if need be from one date to another (both days included).

    Where the last day comes before the first, the row is on a break between them: shown until 31 May and from
    1 August on, it is away for the summer and comes back by itself.
    """

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    published_from = models.DateField(
        _("shown from"),
        null=True,
        blank=True,
        help_text=_("Empty: at once. The first day it is shown; after a break, the day it comes back."),
    )
    published_until = models.DateField(
        _("shown until"),
        null=True,
        blank=True,
        help_text=_("Empty: until further notice. The last day it is shown, also before a break."),
    )

    class Meta:
        abstract = True
        constraints = [known("status", Status), _break_is_short()]

    @property
    def has_a_break(self):
        """Whether this row is shown until one day and again from a later one, as `has_a_break` says it."""
        first, last = self.published_from, self.published_until
        return first is not None and last is not None and first > last

    def is_public(self, today):
        """Whether readers may see this row on the date `today`."""
        has_begun = self.published_from is None or self.published_from <= today
        goes_on = self.published_until is None or self.published_until >= today
        in_season = (has_begun or goes_on) if self.has_a_break else (has_begun and goes_on)
        return self.status == Status.PUBLISHED and in_season

    def is_away(self, today):
        """Whether this row is on its break on the date `today`, as `away_on` says it."""
        is_between = self.has_a_break and self.published_until < today < self.published_from
        return self.status == Status.PUBLISHED and is_between

    def is_public_or_away(self, today):
        """Whether readers may see this row on the date `today`, or will again once its break is over."""
        return self.is_public(today) or self.is_away(today)


class AtHomeQuerySet(models.QuerySet):
    def usable_in(self, centre):
        """The rows that `centre` may use: its own, and those that all share."""
        return self.filter(Q(home=None) | Q(home=centre))


class AtHome(models.Model):
    """A row that one centre keeps, or that all share."""

    kept_by = ("home",)

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
