"""Ages as half-open ranges of months: ``[from, to)``, pregnancy from -9, None = no limit on that side."""

import re

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centres.choices import known

PREGNANCY = -9
YEAR = 12
ADULT = 18 * YEAR
OLDEST = 99 * YEAR
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


def overlap(one, other):
    """Whether two ranges of months, pairs as `overlaps` takes them, share a month."""
    (from_one, to_one), (from_other, to_other) = one, other
    begins_in_time = from_one is None or to_other is None or from_one < to_other
    return begins_in_time and (to_one is None or from_other is None or to_one > from_other)


def label(from_month, to_month):
    """The range as families say it: "0–11 months", "1–6 years", "from 13 years"; empty for any age.

    Nobody younger is invited: an age to begin from that is no whole year is said in months.
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
    if from_month % YEAR:
        return _label_from_month(from_month, to_month)
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
    if month % YEAR:
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


def _label_from_month(month, to_month):
    text = ngettext(
        "from %(first)s month to the age of %(last)s", "from %(first)s months to the age of %(last)s", month
    )
    return text % {"first": month, "last": _years_until(to_month)}


def _years_until(month):
    """The birthday that the ages ``[…, month)`` reach up to; a year that is begun counts."""
    return -(-month // YEAR)


# How an age is written, by language: in months, in years, and before birth. All of them are understood at once.
_WRITTEN = {
    "fi": ("kk", "v", "raskaus"),
    "sv": ("mån", "år", "graviditet"),
    "en": ("months", "years", "pregnancy"),
}
# Whole words alone: "5 vyötä" is no age.
_MONTHS = r"-?(?:kk|kuukau(?:si|tta|den)|mån(?:ad(?:er|ers|s)?)?|mo(?:nths?)?)\.?"
_YEARS = r"-?(?:v(?:uosi|uotta|uoden|uotia\w*)?|år(?:s|ing\w*|iga?)?|y(?:rs?|ears?)?(?:[ -]old)?)\.?"
_AGE = re.compile(
    rf"(?P<years>[0-9]{{1,2}}) ?{_YEARS}(?:,? ?(?P<and_months>[0-9]{{1,2}}) ?{_MONTHS})?"
    rf"|(?P<months>-?[0-9]{{1,4}}) ?{_MONTHS}"
)


def read_age(text):
    """The age that somebody wrote, in months from PREGNANCY to OLDEST: "8 kk", "4 v", "2 v 6 kk", "raskaus".

    None for no text. A number without its unit is a ValueError, as is what is no age: 7 may mean months and years.
    """
    words = " ".join(text.casefold().split())
    if not words:
        return None
    if any(words.startswith(in_pregnancy) for _months, _years, in_pregnancy in _WRITTEN.values()):
        return PREGNANCY
    found = _AGE.fullmatch(words)
    if not found:
        raise ValueError("no age")
    years, and_months, months = (int(number or 0) for number in found.group("years", "and_months", "months"))
    age = years * YEAR + and_months + months
    if not PREGNANCY <= age <= OLDEST:
        raise ValueError("no age of a person")
    return age


def is_in_years(text):
    """Whether an age that `read_age` understands is told in whole years: "2 v", not "2 v 6 kk"."""
    found = _AGE.fullmatch(" ".join(text.casefold().split()))
    return bool(found and found["years"] and not found["and_months"])


def write_age(age, language):
    """An age in months as `read_age` understands it, in `language` (Finnish where ages are not written in it)."""
    in_months, in_years, in_pregnancy = _WRITTEN.get(language, _WRITTEN["fi"])
    if age == PREGNANCY:
        return in_pregnancy
    if age < YEAR:
        return f"{age} {in_months}"
    years, months = divmod(age, YEAR)
    return f"{years} {in_years} {months} {in_months}" if months else f"{years} {in_years}"


class AgeRange(models.Model):
    """From which month of age to which, the last not included."""

    from_month = models.SmallIntegerField(
        gettext_lazy("from age"),
        null=True,
        blank=True,
        help_text=gettext_lazy("For example 8 months, 4 years or pregnancy. Empty: no lower limit."),
    )
    to_month = models.SmallIntegerField(
        gettext_lazy("under age"),
        null=True,
        blank=True,
        help_text=gettext_lazy("7 years: until the day the child turns seven. Empty: no upper limit."),
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
                violation_error_message=gettext_lazy("Ages start from pregnancy."),
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
