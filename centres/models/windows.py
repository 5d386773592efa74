"""Age groups and themes: windows of one centre on its services. Services are not tagged with them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from centres.ages import SPEAKS_TO_YOU, AgeRange, Audience, overlaps
from centres.choices import in_finnish, known
from centres.models.centre import FamilyCentre
from centres.models.slugs import lower_case
from centres.models.vocabulary import Topic, Way
from centres.publishing import Kept, Published, PublishedQuerySet, Status, away_on, public_on
from centres.versions import Versioned


class InCentreManager(models.Manager):
    """Rows that fixtures name by their centre's slug and their own."""

    def get_by_natural_key(self, centre, slug):
        return self.get(centre__slug=centre, slug=slug)


class InCentre(models.Model):
    """A row of one centre, named by its slug there."""

    kept_by = ("centre",)

    centre = models.ForeignKey(
        FamilyCentre, verbose_name=_("family centre"), on_delete=models.CASCADE, related_name="%(class)ss"
    )
    slug = models.SlugField(_("name in addresses"), max_length=80, validators=[lower_case])

    objects = InCentreManager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "slug"],
                name="%(app_label)s_%(class)s_slug_once_per_centre",
                violation_error_message=_("This centre has a row with this name in its address already."),
            ),
        ]

    def natural_key(self):
        return (self.centre.slug, self.slug)

    natural_key.dependencies = ["centres.familycentre"]


class AgeGroup(InCentre, AgeRange, Versioned):
    """A window on everything for children of some ages. Nothing is tagged with it: ages overlap or they do not."""

    essential = ("name", "intro")
    essential_in_plain = ("intro",)

    name = models.CharField(_("name"), max_length=80)
    intro = models.TextField(_("introduction"), blank=True, default="")
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("age group")
        verbose_name_plural = _("age groups")
        ordering = ["centre", "order", "slug"]
        constraints = [*InCentre.Meta.constraints, *AgeRange.Meta.constraints, in_finnish("name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("age_group", kwargs={"centre": self.centre.slug, "slug": self.slug})

    @property
    def speaks_to_you(self):
        """Whether the readers are the young themselves."""
        return self.from_month is not None and self.from_month >= SPEAKS_TO_YOU

    def reach(self, prefix=""):
        """The condition that a row (`ages.ForWhom`) is in this window; `prefix` is the way to it: ``"service__"``.

        Where a page speaks to the young it holds nothing that is for parents alone.
        """
        within = overlaps(self.from_month, self.to_month, prefix)
        return within & ~Q(**{f"{prefix}audience": Audience.PARENT}) if self.speaks_to_you else within


class ThemeQuerySet(PublishedQuerySet):
    def with_a_page(self, today):
        """Themes that readers may see on the date `today` or are on a break, and compilations whose season is not now.

        Their address is on posters: the page says when the season is. A theme that is yet to come stays unseen.
        """
        seasonal = Q(kind=Theme.Kind.COLLECTION, status=Status.PUBLISHED, published_until__isnull=False)
        return self.filter(public_on(today) | away_on(today) | seasonal)


class Icon(models.TextChoices):
    """Icons of the sprite that are apt for a theme."""

    BABY = "baby", _("baby")
    CLOUD = "cloud-rain", _("rain cloud")
    GLASS = "wine", _("glass")
    HEART = "heart-handshake", _("heart and hands")
    HOUSE = "house", _("house")
    LANGUAGES = "languages", _("languages")
    LEAF = "leaf", _("leaf")
    PEOPLE = "users", _("people")
    SCALE = "scale", _("scales")
    SCREEN = "monitor-smartphone", _("screen")
    SHIELD = "shield", _("shield")
    SPLIT = "split", _("parting ways")
    TENT = "tent", _("tent")
    WALLET = "wallet", _("purse")


class Theme(InCentre, Published, Kept, Versioned):
    """A window on everything about some topics, given in some ways; with a season it is a compilation (koonti)."""

    essential = ("name", "intro")
    essential_in_plain = ("intro",)

    class Kind(models.TextChoices):
        THEME = "theme", _("theme")
        COLLECTION = "collection", _("compilation")

    name = models.CharField(_("name"), max_length=80)
    intro = models.TextField(_("introduction"), blank=True, default="")
    icon = models.CharField(_("picture"), max_length=20, choices=Icon, default=Icon.LEAF)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.THEME)
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="themes", help_text=_("About any of these.")
    )
    ways = models.ManyToManyField(
        Way,
        verbose_name=_("ways of service"),
        blank=True,
        related_name="themes",
        help_text=_("Given in any of these."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = InCentreManager.from_queryset(ThemeQuerySet)()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["centre", "order", "slug"]
        constraints = [
            *InCentre.Meta.constraints,
            *Published.Meta.constraints,
            in_finnish("name"),
            known("kind", ["theme", "collection"]),
            known("icon", Icon),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse(self.kind, kwargs={"centre": self.centre.slug, "slug": self.slug})
