"""An offering: a service in one centre."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from centres.ages import overlaps
from centres.folding import Findable
from centres.languages import column, columns
from centres.models import InCentre, InCentreManager
from centres.publishing import Kept, Published, PublishedQuerySet, away_on, public_on
from centres.versions import Versioned
from services.models.service import ONLINE, Service


class OfferingQuerySet(PublishedQuerySet):
    """Offerings, told by their own columns and by their service's."""

    def public(self, today):
        """Offerings that readers may see on the date `today`: both the offering and its service are public."""
        return super().public(today).filter(public_on(today, "service__"))

    def with_a_page(self, today):
        """Offerings that readers may see on the date `today`, and those on a break: their page says until when."""
        own, of_service = (public_on(today, way) | away_on(today, way) for way in ("", "service__"))
        return self.filter(own, of_service)

    def in_centre(self, centre):
        return self.filter(centre=centre)

    def for_ages(self, from_month, to_month):
        """Offerings for at least one month of age in ``[from_month, to_month)``; None = open on that side."""
        return self.filter(overlaps(from_month, to_month, "service__"))

    def for_group(self, group):
        """Offerings in the window of an age group."""
        return self.filter(group.reach("service__"))

    def on_steps(self, steps):
        """Offerings on any of `steps` (levels, or ONLINE): what the stairs and the list alike call a level."""
        levels = [step for step in steps if step != ONLINE]
        condition = Q(service__online_support=False, service__level__in=levels)
        return self.filter(condition | Q(service__online_support=True) if ONLINE in steps else condition)

    def with_talking(self):
        """Marks each offering with `talking`: whether one talks to a person there, by voice or in writing."""
        ways = Service.ways.through.objects.filter(service=OuterRef("service_id"), way__by_talking=True)
        return self.annotate(talking=Exists(ways.order_by()))

    def about(self, topics=(), ways=()):
        """Offerings about any of `topics` and given in any of `ways`; an empty choice does not narrow."""
        return self.filter(self.condition_about(topics, ways))

    @staticmethod
    def condition_about(topics=(), ways=()):
        """The condition behind `about`, to count by."""
        condition = Q()
        if topics:
            condition &= Q(_tagged("topics", "topic", topics))
        if ways:
            condition &= Q(_tagged("ways", "way", ways))
        return condition

    def are_mostly_sensitive(self):
        """Whether at least half of these offerings are about something sensitive, and there are any: one query."""
        about = Count("pk", filter=Q(service__topics__sensitive=True), distinct=True)
        counts = self.order_by().aggregate(number=Count("pk", distinct=True), sensitive=about)
        return counts["sensitive"] * 2 >= counts["number"] > 0

    def in_language(self, languages):
        """Offerings of services given in any of `languages`."""
        return self.filter(_tagged("languages", "spokenlanguage", languages))

    def of_organisation(self, organisation):
        """Offerings that `organisation` answers for or produces, here or everywhere."""
        provisions = organisation.provisions
        return self.filter(
            Exists(provisions.filter(offering=OuterRef("pk")))
            | Exists(provisions.filter(service=OuterRef("service_id")))
        )

    def on_step(self, step, language):
        """Offerings on one step of the stairs (or ONLINE, level by level), by their services' names.

        Written so that the index of the step is walked in order and left at the limit: ``IN (false)`` is
        compared with an index, the ``NOT online_support`` of a plain filter is not, and a local name would
        make the order depend on every row.
        """
        steps = self.filter(service__online_support__in=[step == ONLINE])
        if step != ONLINE:
            steps = steps.filter(service__level=step)
        return steps.order_by(*_along_the_steps(language))

    def first_of_steps(self, steps, number, language):
        """The first `number` offerings of each of `steps`, each in the order of `on_step`: one query.

        The database walks each step by itself and leaves it at its limit; an ``OR`` of them it would answer by
        reading every row. SQLite takes no limit in a part of a union, but in a condition of it.
        """
        every = self.model._default_manager
        parts = [every.filter(pk__in=self.on_step(step, language).values("pk")[:number]) for step in steps]
        chosen = every.none().union(*(part.order_by().values("pk") for part in parts), all=True)
        return every.filter(pk__in=chosen).order_by(*_along_the_steps(language))

    def by_name(self, language):
        """In the order of the names that readers of `language` see."""
        key = column("sort", language)
        return self.order_by(Coalesce(NullIf(key, models.Value("")), f"service__{key}"), "pk")

    def for_list(self, language):
        """With what a card shows to readers of `language`, and no more: one query, whatever the number of rows."""
        texts = [f"service__{name}" for name in columns("name", "summary", language=language)]
        return self.select_related("service").only(
            "centre_id", "slug", *columns("name", language=language), *texts, *_ON_A_CARD
        )


_ON_A_CARD = [
    f"service__{name}"
    for name in (
        "from_month",
        "to_month",
        "audience",
        "level",
        "charge",
        "access",
        "anonymous",
        "online_support",
        "urgent_order",
    )
]


def _along_the_steps(language):
    return "service__level", f"service__{column('sort', language)}", "service_id"


def _tagged(relation, target, rows):
    """The condition that the offering's service is tagged, by `relation`, with any of `rows`."""
    through = getattr(Service, relation).through
    tags = through.objects.filter(service=OuterRef("service_id"), **{f"{target}__in": rows})
    return Exists(tags.order_by())


class Offering(InCentre, Published, Kept, Findable, Versioned):
    """A service in one centre: its address there, its producers, contacts and service points."""

    essential = ("name", "how_to_get")
    essential_in_plain = ("how_to_get",)

    search_sources = ("name", "how_to_get")

    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="offerings"
    )
    name = models.CharField(
        _("local name"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("Only where it has another name here."),
    )
    how_to_get = models.TextField(
        _("how to get it here"),
        blank=True,
        default="",
        help_text=_("Only where it differs from the shared text."),
    )

    objects = InCentreManager.from_queryset(OfferingQuerySet)()

    class Meta:
        verbose_name = _("service in a centre")
        verbose_name_plural = _("services in a centre")
        ordering = ["centre", "slug"]
        constraints = [
            *InCentre.Meta.constraints,
            *Published.Meta.constraints,
            models.UniqueConstraint(
                fields=["service", "centre"],
                name="offering_once_per_centre",
                violation_error_message=_("This centre offers this service already."),
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.centre.municipality})"

    def get_absolute_url(self):
        return reverse("services:detail", kwargs={"centre": self.centre.slug, "slug": self.slug})

    @property
    def named(self):
        """The row that its name stands on: its own where it has a local name, else the service's."""
        return self if self.name else self.service

    @property
    def title(self):
        """What readers of this centre know it by."""
        return self.named.name

    def clean(self):
        """Refuses a service that another centre keeps: its text may change without this centre knowing."""
        if self.service_id and self.centre_id and not self.service.usable_in(self.centre):
            raise ValidationError({"service": _("Another family centre keeps this service for itself.")})

    def is_public(self, today):
        """Whether readers may see it on the date `today`, as `OfferingQuerySet.public` says it."""
        return super().is_public(today) and self.service.is_public(today)

    def is_public_or_away(self, today):
        """Whether it has a page on the date `today`, as `OfferingQuerySet.with_a_page` says it."""
        own = super().is_public(today) or self.is_away(today)
        return own and self.service.is_public_or_away(today)

    def comes_back_on(self, today):
        """The day on which readers see it again, where it or its service is on a break on the date `today`; or None."""
        days = [
            row.published_from for row in (self, self.service) if row.published_from and row.is_away(today)
        ]
        return max(days) if days and self.is_public(max(days)) else None
