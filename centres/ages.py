"""Ages as half-open ranges of months: ``[from, to)``, pregnancy from -9, None = no limit on that side."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centres.choices import known

PREGNANCY = -9
YEAR = 12
ADULT = 18 * YEAR
# From this age on a page speaks to the young reader, not about the child.
SPEAKS_TO_YOU = 13 * YEAR


class Audience(models.TextChoices):
    CHILD = "child", gettext_lazy("child")
    YOUNG = "young", gettext_lazy("young person")
    PARENT = "parent", gettext_lazy("parent")
    FAMILY = "family", gettext_lazy("whole family")


def overlaps(from_month, to_month, prefix=""):
    """The condition that a row's ages share a month with ``[from_month, to_month)``; None = open on that side."""
    condition = Q()
    if to_month is not None:
        condition &= Q(**{f"{prefix}from_month": None}) | Q(**{f"{prefix}from_month__lt": to_month})
    if from_month is not None:
        condition &= Q(**{f"{prefix}to_month": None}) | Q(**{f"{prefix}to_month__gt": from_month})
    return condition


def label(from_month, to_month):
    """The range as families say it: "0–11 months", "1–6 years", "from 13 years"; empty for any age.

    Each is a whole text: what stands around an age inflects it in Finnish ("6 vuotta", "6-vuotiaat", "6 vuoden").
    """
    if from_month is None and to_month is None:
        return ""
    if (from_month is not None and from_month < 0) or (to_month is not None and to_month <= 0):
        return _label_from_pregnancy(to_month)
    if to_month is None:
        return _label_from(from_month)
    if from_month is None:
        return _label_under(to_month)
    if to_month <= 2 * YEAR and (from_month % YEAR or to_month % YEAR or to_month <= YEAR):
        return _label_in_months(from_month, to_month - 1)
    first, last = from_month // YEAR, _years_until(to_month) - 1
    if first == last:
        return ngettext("%(n)s year old", "%(n)s years old", first) % {"n": first}
    return _("%(first)s–%(last)s years") % {"first": first, "last": last}


def _label_from_pregnancy(to_month):
    if to_month is None:
        return _("from pregnancy on")
    if to_month <= 0:
        return _("pregnancy")
    if to_month < YEAR:
        text = ngettext(
            "from pregnancy to the age of %(n)s month", "from pregnancy to the age of %(n)s months", to_month
        )
        return text % {"n": to_month}
    if to_month == ADULT:
        return _("from pregnancy to 18")
    return _("from pregnancy to the age of %(n)s") % {"n": _years_until(to_month)}


def _label_from(month):
    if month == 0:
        return _("from birth")
    if month < YEAR:
        return ngettext("from %(n)s month", "from %(n)s months", month) % {"n": month}
    years = month // YEAR
    return ngettext("from %(n)s year", "from %(n)s years", years) % {"n": years}


def _label_under(month):
    if month < YEAR:
        return ngettext("under %(n)s month", "under %(n)s months", month) % {"n": month}
    years = _years_until(month)
    return ngettext("under %(n)s year", "under %(n)s years", years) % {"n": years}


def _label_in_months(first, last):
    if first == last:
        return ngettext("%(n)s month", "%(n)s months", first) % {"n": first}
    return _("%(first)s–%(last)s months") % {"first": first, "last": last}


def _years_until(month):
    """The birthday that the ages ``[…, month)`` reach up to; a year that is begun counts."""
    return -(-month // YEAR)


class AgeRange(models.Model):
    """From which month of age to which, the last not included."""

    from_month = models.SmallIntegerField(
        gettext_lazy("from age (months)"),
        null=True,
        blank=True,
        help_text=gettext_lazy("In months: 12 = one year. Pregnancy is -9. Empty: no lower limit."),
    )
    to_month = models.SmallIntegerField(
        gettext_lazy("to age (months)"),
        null=True,
        blank=True,
        help_text=gettext_lazy(
            "In months, not included: 84 = until the day the child turns seven. Empty: no upper limit."
        ),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(from_month=None) | Q(to_month=None) | Q(to_month__gt=F("from_month")),
                name="%(app_label)s_%(class)s_ages_forwards",
                violation_error_message=gettext_lazy("The upper age must be above the lower one."),
            ),
            models.CheckConstraint(
                condition=Q(from_month=None) | Q(from_month__gte=PREGNANCY),
                name="%(app_label)s_%(class)s_ages_from_pregnancy",
                violation_error_message=gettext_lazy("Ages start from pregnancy, which is -9 months."),
            ),
        ]

    @property
    def ages(self):
        return label(self.from_month, self.to_month)


class ForWhom(AgeRange):
    """Of what ages, and whether it is for the child, the young person, the parent or the family."""

    audience = models.CharField(
        gettext_lazy("who it is for"), max_length=10, choices=Audience, default=Audience.FAMILY
    )

    class Meta:
        abstract = True
        constraints = [*AgeRange.Meta.constraints, known("audience", Audience)]
