"""Who gives services, and where."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centres.choices import in_finnish, known
from centres.folding import Findable
from centres.models.slugs import Sluggable, SlugManager
from centres.models.vocabulary import Sector
from centres.publishing import AtHome, AtHomeQuerySet, Kept
from centres.versions import Versioned
from centres.webfield import WebField, web_address


class Organisation(Sluggable, AtHome, Kept, Findable, Versioned):
    """Somebody who arranges, produces or organises."""

    class Kind(models.TextChoices):
        COUNTY = "county", _("wellbeing services county")
        MUNICIPALITY = "municipality", _("municipality")
        PARISH = "parish", _("parish")
        ASSOCIATION = "association", _("association")
        COMPANY = "company", _("company")
        STATE = "state", _("state authority")
        SCHOOL = "school", _("university or school")

    search_sources = ("name", "summary")

    name = models.CharField(_("name"), max_length=160)
    summary = models.CharField(_("in one sentence"), max_length=250, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    sector = models.CharField(
        _("sector"),
        max_length=10,
        choices=Sector,
        help_text=_("Where it stands when it gives nothing here yet."),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
    )
    url = WebField(_("web page"), blank=True, default="", max_length=500)

    objects = SlugManager.from_queryset(AtHomeQuerySet)()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_fi", "slug"]
        constraints = [
            in_finnish("name"),
            known("kind", ["county", "municipality", "parish", "association", "company", "state", "school"]),
            known("sector", Sector),
            web_address("url"),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="organisation_not_part_of_itself",
                violation_error_message=_("An organisation is no part of itself."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Refuses a parent that is itself a part of this organisation, however far down; a constraint, itself."""
        above, seen = self.parent if self.parent_id != self.pk else None, set()
        while above is not None and above.pk not in seen:
            if above.pk == self.pk:
                raise ValidationError({"parent": _("That organisation is a part of this one.")})
            seen.add(above.pk)
            above = above.parent


class Place(Sluggable, AtHome, Kept, Versioned):
    """Somewhere with a door."""

    essential = ("name", "directions", "accessibility")
    essential_in_plain = ()

    name = models.CharField(_("name"), max_length=120)
    street_address = models.CharField(_("street address"), max_length=120, blank=True, default="")
    postcode = models.CharField(
        _("postcode"),
        max_length=5,
        blank=True,
        default="",
        validators=[RegexValidator(r"^\d{5}$", _("Five digits, for example 96100."))],
    )
    town = models.CharField(_("town"), max_length=80, blank=True, default="")
    district = models.CharField(_("district"), max_length=80, blank=True, default="")
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(59), MaxValueValidator(71)],
        help_text=_("In degrees (WGS 84); in Finland between 59 and 71."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(19), MaxValueValidator(32)],
        help_text=_("In degrees (WGS 84); in Finland between 19 and 32."),
    )
    accessibility = models.TextField(_("accessibility"), blank=True, default="")
    directions = models.TextField(_("how to get there"), blank=True, default="")

    objects = SlugManager.from_queryset(AtHomeQuerySet)()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="place_both_coordinates",
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
            in_finnish("name"),
        ]

    def __str__(self):
        return self.name
