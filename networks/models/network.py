"""A network: what is the same of it in every centre that it works in."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centres.ages import AgeRange
from centres.choices import in_finnish, known
from centres.folding import Findable
from centres.models import Sluggable, SlugManager, Topic
from centres.publishing import AtHome, AtHomeQuerySet, Kept, Published, PublishedQuerySet
from centres.richtext import RichTextField
from centres.versions import Versioned
from centres.webfield import WebField, web_address
from services.models import Service


class Answer(models.TextChoices):
    """Whether something holds of a network; left empty where nobody has said."""

    YES = "yes", pgettext_lazy("answer", "yes")
    NO = "no", pgettext_lazy("answer", "no")
    DEPENDS = "depends", _("depends on the situation")


class NetworkQuerySet(AtHomeQuerySet, PublishedQuerySet):
    """Networks, told by their own columns."""


class Network(Sluggable, Published, AtHome, Kept, AgeRange, Findable, Versioned):
    """A steering group, a working group, a network, a team that meets about a case, or an operating model."""

    class Kind(models.TextChoices):
        STEERING = "steering", _("steering group")
        GROUP = "group", _("working group")
        NETWORK = "network", _("network")
        TEAM = "team", _("case team")
        MODEL = "model", _("operating model")

    class Tier(models.TextChoices):
        LOCAL = "local", pgettext_lazy("tier", "local")
        AREA = "area", pgettext_lazy("tier", "area")
        REGIONAL = "regional", pgettext_lazy("tier", "regional")
        NATIONAL = "national", pgettext_lazy("tier", "national")

    unmissed = ("keywords",)

    search_sources = ("name", "abbreviation", "keywords", "summary", "purpose", "when_to_turn")

    name = models.CharField(_("name"), max_length=120)
    abbreviation = models.CharField(
        _("abbreviation"),
        max_length=20,
        blank=True,
        default="",
        help_text=_("As it is said aloud, for example MARAK. It is explained wherever it stands."),
    )
    summary = models.CharField(
        _("in one sentence"), max_length=250, help_text=_("What it is for, in one plain sentence.")
    )
    purpose = RichTextField(
        _("purpose"), blank=True, default="", help_text=_("What it does, for whom, and what comes of it.")
    )
    when_to_turn = RichTextField(
        _("when to turn to it"),
        blank=True,
        default="",
        help_text=_("What worry or question it is right for. Empty: nobody brings cases to it."),
    )
    how_to_bring = RichTextField(
        _("how a case is brought"),
        blank=True,
        default="",
        help_text=_("Whom to contact, with what form, and what happens then."),
    )
    keywords = models.CharField(
        _("other words for it"),
        max_length=250,
        blank=True,
        default="",
        help_text=_("What professionals type when they look for it."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    tier = models.CharField(_("tier"), max_length=10, choices=Tier, default=Tier.LOCAL)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("steered by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text=_("The group that steers it: the drawn structure is made from this."),
    )
    consent_needed = models.CharField(
        _("consent is needed"), max_length=8, choices=Answer, blank=True, default=""
    )
    anonymous_consultation = models.CharField(
        _("one may consult without the family's name"),
        max_length=8,
        choices=Answer,
        blank=True,
        default="",
    )
    legal_basis = models.CharField(
        _("the law it rests on"),
        max_length=250,
        blank=True,
        default="",
        help_text=_("For example: Child Welfare Act 417/2007, section 14."),
    )
    legal_url = WebField(_("address of the law"), blank=True, default="", max_length=500)
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="networks", help_text=_("What it is about.")
    )
    services = models.ManyToManyField(
        Service,
        verbose_name=_("related services"),
        blank=True,
        related_name="networks",
        help_text=_("Services that work in it, or that it guides families to."),
    )

    objects = SlugManager.from_queryset(NetworkQuerySet)()

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["sort_fi", "slug"]
        constraints = [
            *Published.Meta.constraints,
            *AgeRange.Meta.constraints,
            in_finnish("name", "summary"),
            known("kind", ["steering", "group", "network", "team", "model"]),
            known("tier", ["local", "area", "regional", "national"]),
            known("consent_needed", Answer, blank=True),
            known("anonymous_consultation", Answer, blank=True),
            web_address("legal_url"),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="network_not_steered_by_itself",
                violation_error_message=_("A network does not steer itself."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Refuses a parent that this network steers, however far down; a constraint, itself."""
        above, seen = self.parent if self.parent_id != self.pk else None, set()
        while above is not None and above.pk not in seen:
            if above.pk == self.pk:
                raise ValidationError({"parent": _("This network steers that one already.")})
            seen.add(above.pk)
            above = above.parent


class NetworkLink(models.Model):
    """Where more is told about a network."""

    kept_by = ("network__home",)

    network = models.ForeignKey(
        Network, verbose_name=_("network"), on_delete=models.CASCADE, related_name="links"
    )
    label = models.CharField(_("what is there"), max_length=120)
    url = WebField(_("web page"), max_length=500)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("link of a network")
        verbose_name_plural = _("links of a network")
        ordering = ["network", "order", "pk"]
        constraints = [
            in_finnish("label"),
            web_address("url"),
            models.UniqueConstraint(
                fields=["network", "url"],
                name="networklink_once",
                violation_error_message=_("This network has this link already."),
            ),
        ]

    def __str__(self):
        return self.label
