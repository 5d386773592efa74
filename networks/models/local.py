"""A network in one centre, and who sits in it there."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from centres.ages import overlaps
from centres.choices import known
from centres.languages import INTERFACE, columns
from centres.models import InCentre, InCentreManager, Organisation
from centres.publishing import Kept, Published, PublishedQuerySet, public_on
from centres.versions import Versioned
from centres.webfield import WebField, mailto, web_address
from networks.models.network import Network
from networks.models.professional import Professional
from services.phones import parse


class LocalNetworkQuerySet(PublishedQuerySet):
    """Networks in centres, told by their own columns and by their network's."""

    def public(self, today):
        """Those that readers may see on the date `today`: both the local side and the network are public."""
        return super().public(today).filter(public_on(today, "network__"))

    def in_centre(self, centre):
        return self.filter(centre=centre)

    def for_ages(self, from_month, to_month):
        """Those for at least one month of age in ``[from_month, to_month)``; None = open on that side."""
        return self.filter(overlaps(from_month, to_month, "network__"))

    def about(self, topics):
        """Those about any of `topics`; an empty choice does not narrow."""
        if not topics:
            return self
        tags = Network.topics.through.objects.filter(network=OuterRef("network_id"), topic__in=topics)
        return self.filter(Exists(tags.order_by()))

    def of_organisation(self, organisation):
        """Those that `organisation` convenes or sits in."""
        seats = Seat.objects.filter(local_network=OuterRef("pk"), organisation=organisation)
        return self.filter(Q(convener=organisation) | Exists(seats.order_by()))

    @staticmethod
    def condition_convened():
        """The condition that somebody calls them together: a convener, or whoever sits in them as one."""
        seats = Seat.objects.filter(local_network=OuterRef("pk"), role=Seat.Role.CONVENER)
        return Q(convener__isnull=False) | Q(Exists(seats.order_by()))

    def to_turn_to(self):
        """Those that one brings a case or a question to: they say when."""
        # A text that was taken away is NULL.
        return self.filter(network__when_to_turn_fi__gt="")

    def for_list(self, language):
        """With what a card shows to readers of `language`, and no more: one query, whatever the number of rows."""
        texts = [f"network__{name}" for name in columns("name", "summary", language=language)]
        return self.select_related("network").only(
            "centre_id", "slug", *columns("name", language=language), *texts, *_ON_A_CARD
        )


_ON_A_CARD = [f"network__{name}" for name in ("kind", "tier", "from_month", "to_month", "abbreviation")]


class LocalNetwork(InCentre, Published, Kept, Versioned):
    """A network in one centre: its address there, who convenes it, how it is reached, and when it meets."""

    essential = ("name", "how_to_reach", "meets")
    essential_in_plain = ()

    network = models.ForeignKey(
        Network, verbose_name=_("network"), on_delete=models.CASCADE, related_name="local_networks"
    )
    name = models.CharField(
        _("local name"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("Only where this network has another name here."),
    )
    convener = models.ForeignKey(
        Organisation,
        verbose_name=_("convener"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="convened_networks",
        help_text=_("The organisation that calls it together. Empty: nobody has been named."),
    )
    how_to_reach = models.TextField(
        _("how to reach it here"),
        blank=True,
        default="",
        help_text=_("One or two sentences: whom to call, or where to write."),
    )
    meets = models.CharField(
        _("how often it meets"),
        max_length=250,
        blank=True,
        default="",
        help_text=_("For example: four times a year; when it is called together."),
    )
    phone = models.CharField(
        _("phone"), max_length=40, blank=True, default="", help_text=_("Of the network, not of one person.")
    )
    email = models.EmailField(
        _("e-mail"), blank=True, default="", help_text=_("Of the network, not of one person.")
    )
    url = WebField(_("web page"), blank=True, default="", max_length=500)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = InCentreManager.from_queryset(LocalNetworkQuerySet)()

    class Meta:
        verbose_name = _("network in a centre")
        verbose_name_plural = _("networks in a centre")
        ordering = ["centre", "order", "slug"]
        constraints = [
            *InCentre.Meta.constraints,
            *Published.Meta.constraints,
            web_address("url"),
            models.UniqueConstraint(
                fields=["network", "centre"],
                name="localnetwork_once_per_centre",
                violation_error_message=_("This network works in this centre already."),
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.centre.municipality})"

    def get_absolute_url(self):
        return reverse("networks:detail", kwargs={"centre": self.centre.slug, "slug": self.slug})

    @property
    def named(self):
        """The row that its name stands on: its own where it has a local name, else the network's."""
        return self if self.name else self.network

    @property
    def title(self):
        """What readers of this centre know it by."""
        return self.named.name

    @property
    def contacts(self):
        """How to reach it: (what a tap opens, what is shown, icon), a number before addresses."""
        number = parse(self.phone)
        if number:
            yield number.href, number.display, "phone"
        if self.email:
            yield mailto(self.email), self.email, "mail"
        if self.url:
            yield self.url, urlsplit(self.url).hostname, "external-link"

    def clean(self):
        """Refuses a number that cannot be dialled, and rows of another centre."""
        if self.phone and parse(self.phone) is None:
            raise ValidationError(
                {"phone": _("This number does not work. Write it for example as 040 1234567.")}
            )
        if not self.centre_id:
            return
        if self.slug and self._is_taken_by_a_page():
            raise ValidationError(
                {"slug": _("Another page of the networks has this word in its address. Choose another one.")}
            )
        if self.network_id and not self.network.usable_in(self.centre):
            raise ValidationError({"network": _("Another family centre keeps this network for itself.")})
        if self.convener_id and not self.convener.usable_in(self.centre):
            raise ValidationError(
                {"convener": _("Another family centre keeps this organisation for itself.")}
            )

    def _is_taken_by_a_page(self):
        """Whether its address would lead, in any language of the interface, to a page of all networks."""
        try:
            for language in INTERFACE:
                with override(language):
                    if resolve(self.get_absolute_url()).url_name != "detail":
                        return True
        except NoReverseMatch:  # no slug at all: the field says so
            pass
        return False

    def is_public(self, today):
        """Whether readers may see it on the date `today`, as `LocalNetworkQuerySet.public` says it."""
        return super().is_public(today) and self.network.is_public(today)


class SeatQuerySet(models.QuerySet):
    def open(self):
        """The seats that nobody is known to hold: empty ones, and those of people who have left."""
        return self.filter(Q(person=None) | Q(person__active=False))

    def left(self):
        """The seats of people who have left."""
        return self.filter(person__active=False)


class Seat(models.Model):
    """A place in a network: whose it is may not be known."""

    kept_by = ("local_network__centre",)

    class Role(models.TextChoices):
        CONVENER = "convener", pgettext_lazy("seat", "convener")
        MEMBER = "member", pgettext_lazy("seat", "member")
        DEPUTY = "deputy", pgettext_lazy("seat", "deputy")

    local_network = models.ForeignKey(
        LocalNetwork, verbose_name=_("network"), on_delete=models.CASCADE, related_name="seats"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="seats"
    )
    profession = models.CharField(
        _("profession"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("For example: public health nurse, police officer."),
    )
    person = models.ForeignKey(
        Professional,
        verbose_name=_("who holds it"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="seats",
        help_text=_("Empty: not known. Only signed-in professionals see the name."),
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["local_network", "order", "pk"]
        constraints = [
            known("role", ["convener", "member", "deputy"]),
            models.UniqueConstraint(
                fields=["local_network", "person"],
                name="seat_once_per_person",
                violation_error_message=_("This person has a seat in this network already."),
            ),
        ]

    def __str__(self):
        return f"{self.profession or self.get_role_display()}, {self.organisation}"
