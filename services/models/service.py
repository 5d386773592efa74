"""A service: what is the same of it everywhere."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centres.ages import ForWhom
from centres.choices import in_finnish, known
from centres.folding import Findable
from centres.languages import column
from centres.models import Level, Sector, Sluggable, SlugManager, SpokenLanguage, Topic, Way
from centres.publishing import AtHome, AtHomeQuerySet, Kept, Published, PublishedQuerySet, Status
from centres.richtext import RichTextField
from centres.versions import Versioned

# Beside the four levels: support on the web, which stands apart from the stairs.
ONLINE = 0


class ServiceQuerySet(AtHomeQuerySet, PublishedQuerySet):
    def help_now(self, centre, today):
        """Help now for readers of `centre`: the same lines in every centre, and the centre's own."""
        return (
            self.public(today)
            .usable_in(centre)
            .filter(urgent_order__isnull=False)
            .order_by("urgent_order", "pk")
        )


class Service(Sluggable, Published, AtHome, Kept, ForWhom, Findable, Versioned):
    """A service or form of support, described once; where it is given is said by its offerings."""

    class Access(models.TextChoices):
        OPEN = "open", _("just come, or get in touch")
        BOOKING = "booking", _("book an appointment")
        APPLICATION = "application", _("apply")
        REFERRAL = "referral", _("a professional refers you")

    class Charge(models.TextChoices):
        FREE = "free", _("free of charge")
        CHARGED = "charged", _("costs something")
        VARIES = "varies", _("price depends on the situation")

    unmissed = ("keywords",)

    search_sources = ("name", "keywords", "summary", "description")

    name = models.CharField(_("name"), max_length=120)
    summary = models.CharField(
        _("in one sentence"), max_length=250, help_text=_("One plain sentence that a family understands.")
    )
    description = RichTextField(_("description"), blank=True, default="")
    keywords = models.CharField(
        _("other words for it"),
        max_length=250,
        blank=True,
        default="",
        help_text=_("What families call it, for search."),
    )
    level = models.PositiveSmallIntegerField(_("level of support"), choices=Level)
    sector = models.CharField(_("sector"), max_length=10, choices=Sector)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="services")
    ways = models.ManyToManyField(Way, verbose_name=_("ways of service"), blank=True, related_name="services")
    languages = models.ManyToManyField(
        SpokenLanguage, verbose_name=_("languages of service"), blank=True, related_name="services"
    )
    online_support = models.BooleanField(
        _("online support"),
        default=False,
        help_text=_("Stands under “Support online”, apart from the four levels."),
    )
    anonymous = models.BooleanField(
        _("can be used anonymously"), default=False, help_text=_("Nobody has to say who they are.")
    )
    access = models.CharField(_("how to get it"), max_length=12, choices=Access, blank=True, default="")
    how_to_get = models.TextField(_("how to get it, in words"), blank=True, default="")
    charge = models.CharField(_("charge"), max_length=8, choices=Charge, blank=True, default="")
    cost = models.CharField(_("cost, in words"), max_length=250, blank=True, default="")
    urgent_order = models.PositiveSmallIntegerField(
        _("place on the page “Help now”"),
        null=True,
        blank=True,
        help_text=_("1 comes first. Empty: not on that page."),
    )

    objects = SlugManager.from_queryset(ServiceQuerySet)()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["sort_fi", "slug"]
        constraints = [
            *Published.Meta.constraints,
            *ForWhom.Meta.constraints,
            in_finnish("name", "summary"),
            known("sector", Sector),
            known("access", ["open", "booking", "application", "referral"], blank=True),
            known("charge", ["free", "charged", "varies"], blank=True),
            models.CheckConstraint(
                condition=Q(level__in=Level.values),
                name="service_known_level",
                violation_error_message=_("There are four levels of support."),
            ),
        ]
        indexes = (
            # One step of the stairs in the order of its names: an age or theme page reads the first rows of each.
            *(
                models.Index(
                    fields=["online_support", "level", column("sort", code), "id"],
                    name=f"service_step_{code.replace('-', '_')}",
                    condition=Q(status=Status.PUBLISHED),
                )
                for code, _name in settings.LANGUAGES
            ),
            models.Index(
                fields=["urgent_order"], name="service_help_now", condition=Q(urgent_order__isnull=False)
            ),
        )

    def __str__(self):
        return self.name

    @property
    def step(self):
        """The step of the stairs it stands on, or ONLINE, apart from them."""
        return ONLINE if self.online_support else self.level
