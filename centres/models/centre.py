"""The area, its family centres, and what each calls the levels of support."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from centres.choices import in_finnish, known
from centres.languages import FINNISH
from centres.logo import path_of
from centres.models.slugs import Sluggable, SlugManager
from centres.models.vocabulary import Level
from centres.publishing import Status
from centres.richtext import RichTextField
from centres.versions import Versioned
from centres.webfield import WebField, mailto, web_address

# First words of addresses that are never a centre's: language codes and the portal's own pages.
RESERVED_SLUGS = [code for code, _name in settings.LANGUAGES] + [
    "hallinta",
    "static",
    "media",
    "tyylikirja",
    "kieli",
    "esikatselu",
    *("kirjaudu", "logga-in", "sign-in"),
    "oidc",
    *("kutsu", "inbjudan", "invitation"),
]


def _begins_like_a_language(field):
    """The condition that an address beginning with `field` would be read as a language's: "sv-malax" as Swedish."""
    beginnings = (Q(**{f"{field}__startswith": f"{code}-"}) for code, _name in settings.LANGUAGES)
    return reduce(or_, beginnings)


class Area(Sluggable):
    """A service area of the wellbeing services county; its centres share rows."""

    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["slug"]
        constraints = [in_finnish("name")]

    def __str__(self):
        return self.name


def finnish_only():
    """The languages of a centre until somebody says more: Finnish is always there."""
    return [FINNISH]


def known_languages(codes):
    """Refuses anything but a list of the portal's languages with Finnish among them."""
    known_codes = [code for code, _name in settings.LANGUAGES]
    if not isinstance(codes, list) or FINNISH not in codes or not set(codes) <= set(known_codes):
        raise ValidationError(
            _("Choose from %(codes)s; Finnish (fi) is always there."),
            params={"codes": ", ".join(known_codes)},
            code="languages",
        )


class FamilyCentreQuerySet(models.QuerySet):
    def public(self):
        """The centres that readers may visit; a centre is not dated."""
        return self.filter(status=Status.PUBLISHED)


class FamilyCentre(Sluggable, Versioned):
    """A municipality's family centre on the web."""

    kept_by = ("pk",)
    essential = ("name", "intro", "notice")
    essential_in_plain = ("intro", "notice")
    unmissed = ("municipality",)

    class Accent(models.TextChoices):
        KUUSI = "kuusi", _("spruce green")
        PUOLUKKA = "puolukka", _("lingonberry red")
        HILLA = "hilla", _("cloudberry")
        JARVI = "jarvi", _("lake blue")
        KANERVA = "kanerva", _("heather purple")
        TUNTURI = "tunturi", _("fell slate")

    area = models.ForeignKey(Area, verbose_name=_("area"), on_delete=models.PROTECT, related_name="centres")
    name = models.CharField(_("name"), max_length=120)
    municipality = models.CharField(_("municipality"), max_length=80)
    municipality_code = models.CharField(
        _("municipality code"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^\d{3}$", _("Three digits, for example 698."))],
        help_text=_("Statistics Finland's three-digit number, for example 698."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    intro = models.TextField(
        _("introduction"), blank=True, default="", help_text=_("One or two plain sentences.")
    )
    notice = models.TextField(
        _("notice"),
        blank=True,
        default="",
        help_text=_("Shown on every page of the centre. Empty: no notice."),
    )
    notice_from = models.DateField(
        _("notice from"), null=True, blank=True, help_text=_("The first day of the notice. Empty: at once.")
    )
    notice_until = models.DateField(
        _("notice until"),
        null=True,
        blank=True,
        help_text=_("The last day of the notice. Empty: until it is taken away."),
    )
    logo = models.FileField(
        _("logo"),
        upload_to=path_of,
        blank=True,
        default="",
        help_text=_(
            "PNG, JPEG or WebP, at most 2 MB. Shown on a white ground beside the centre's name, 56 pixels high at most."
        ),
    )
    # The logo's size in pixels: a page keeps its place free while it is fetched.
    logo_width = models.PositiveSmallIntegerField(_("width of the logo"), default=0, editable=False)
    logo_height = models.PositiveSmallIntegerField(_("height of the logo"), default=0, editable=False)
    logo_alt = models.CharField(
        _("what the logo says"),
        max_length=120,
        blank=True,
        default="",
        help_text=_(
            "Read aloud instead of the logo, for example: City of Rovaniemi. "
            "Empty: only the centre's name beside it is read."
        ),
    )
    for_families = RichTextField(_("what the family centre is for a family"), blank=True, default="")
    for_professionals = RichTextField(
        _("what the family centre is for a professional"), blank=True, default=""
    )
    coordinator_email = models.EmailField(_("coordinator's e-mail"), blank=True, default="")
    feedback_url = WebField(_("feedback form"), blank=True, default="", max_length=500)
    ask_for_help_url = WebField(
        _("ask for help"),
        blank=True,
        default="",
        max_length=500,
        help_text=_("Where a family can ask for contact."),
    )
    provider = models.ForeignKey(
        "centres.Organisation",
        verbose_name=_("provider of the pages"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="provided_centres",
        help_text=_("Who answers for these pages in law: the accessibility statement names it."),
    )
    statement_on = models.DateField(
        _("accessibility statement drawn up on"),
        null=True,
        blank=True,
        help_text=_("The day somebody last checked what the accessibility statement says."),
    )
    languages = models.JSONField(
        _("languages"),
        default=finnish_only,
        validators=[known_languages],
        help_text=_('Codes of the languages published in, for example ["fi", "sv", "en"].'),
    )
    accent = models.CharField(_("colour"), max_length=10, choices=Accent, default=Accent.KUUSI)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)

    objects = SlugManager.from_queryset(FamilyCentreQuerySet)()

    class Meta:
        verbose_name = _("family centre")
        verbose_name_plural = _("family centres")
        ordering = ["order", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS) & ~_begins_like_a_language("slug"),
                name="familycentre_slug_not_reserved",
                violation_error_message=_(
                    "This word begins other addresses of the portal. Choose another one."
                ),
            ),
            in_finnish("name", "municipality"),
            known("accent", ["kuusi", "puolukka", "hilla", "jarvi", "kanerva", "tunturi"]),
            known("status", Status),
            web_address("feedback_url"),
            web_address("ask_for_help_url"),
            models.CheckConstraint(
                condition=Q(notice_from=None) | Q(notice_until=None) | Q(notice_until__gte=F("notice_from")),
                name="familycentre_notice_forwards",
                violation_error_message=_("The last day of the notice cannot be before the first."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("front", kwargs={"centre": self.slug})

    @property
    def coordinator_href(self):
        """What a tap on the coordinator's address opens."""
        return mailto(self.coordinator_email)

    def is_public(self, today):
        """Whether readers may visit it, as the queryset's `public` says; a centre is not dated."""
        return self.status == Status.PUBLISHED

    def gives_notice(self, today):
        """Whether readers see the notice on the date `today`; its first and last day are both included."""
        return (
            bool(self.notice)
            and (self.notice_from is None or self.notice_from <= today)
            and (self.notice_until is None or self.notice_until >= today)
        )


class LevelName(models.Model):
    """What a centre calls one of the four levels of support."""

    kept_by = ("centre",)

    centre = models.ForeignKey(
        FamilyCentre, verbose_name=_("family centre"), on_delete=models.CASCADE, related_name="level_names"
    )
    level = models.PositiveSmallIntegerField(_("level of support"), choices=Level)
    name = models.CharField(_("name"), max_length=80)
    intro = models.CharField(_("in one sentence"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("name of a level")
        verbose_name_plural = _("names of the levels")
        ordering = ["centre", "level"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "level"],
                name="levelname_once_per_centre",
                violation_error_message=_("This centre has a name for this level already."),
            ),
            models.CheckConstraint(
                condition=Q(level__in=Level.values),
                name="levelname_known_level",
                violation_error_message=_("There are four levels of support."),
            ),
            in_finnish("name"),
        ]

    def __str__(self):
        return self.name
