"""A meeting place: somewhere that families come together, and whatever is the same on each of its days."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from centres.ages import AgeRange, overlaps
from centres.choices import in_finnish, known
from centres.folding import Findable
from centres.models import InCentre, InCentreManager, Organisation, Place, Topic
from centres.publishing import Kept, Published, PublishedQuerySet
from centres.richtext import RichTextField
from centres.versions import Versioned
from centres.webfield import WebField, mailto, web_address
from meetingplaces.photo import path_of
from services.models import Offering, Service
from services.phones import parse


class MeetingPlaceQuerySet(PublishedQuerySet):
    def in_centre(self, centre):
        return self.filter(centre=centre)

    def for_ages(self, from_month, to_month):
        """Meeting places for at least one month of age in ``[from_month, to_month)``; None = open on that side."""
        return self.filter(overlaps(from_month, to_month))

    def about(self, topics, ways):
        """Meeting places in the window of a theme: by their service, or by topics of their own.

        No way of giving is told of a meeting place by itself: a window on ways finds it by its service alone.
        """
        condition = Q(offering__in=Offering.objects.about(topics, ways).order_by())
        if topics and not ways:
            tags = MeetingPlace.topics.through.objects.filter(meetingplace=OuterRef("pk"), topic__in=topics)
            condition |= Exists(tags.order_by())
        return self.filter(condition)


class MeetingPlace(InCentre, Published, Kept, AgeRange, Findable, Versioned):
    """Open day-care, a family café, a peer group: its sessions say when it is open."""

    search_sources = ("name", "summary", "description")

    offering = models.ForeignKey(
        Offering,
        verbose_name=_("service in a centre"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="meeting_places",
        help_text=_("The service it is part of, if there is a page about it."),
    )
    topics = models.ManyToManyField(
        Topic,
        verbose_name=_("topics"),
        blank=True,
        related_name="meeting_places",
        help_text=_("Besides those of its service: compilations find it by these, for example peer support."),
    )
    name = models.CharField(_("name"), max_length=120)
    summary = models.CharField(
        _("in one sentence"), max_length=250, help_text=_("One plain sentence that a family understands.")
    )
    description = RichTextField(_("description"), blank=True, default="")
    bring = models.CharField(
        _("what to bring"),
        max_length=250,
        blank=True,
        default="",
        help_text=_("For example: outdoor clothes, a snack of your own."),
    )
    organiser = models.ForeignKey(
        Organisation,
        verbose_name=_("organiser"),
        on_delete=models.PROTECT,
        related_name="meeting_places",
    )
    co_organisers = models.ManyToManyField(
        Organisation,
        verbose_name=_("arranged together with"),
        blank=True,
        related_name="shared_meeting_places",
    )
    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meeting_places",
        help_text=_("Empty: families are told to ask the organiser."),
    )
    photo = models.FileField(
        _("photo"),
        upload_to=path_of,
        blank=True,
        default="",
        help_text=_(
            "PNG, JPEG or WebP, at most 5 MB: the door or the room. Nobody whom one could recognise."
        ),
    )
    # The photo's size in pixels: a page keeps its place free while it is fetched.
    photo_width = models.PositiveSmallIntegerField(_("width of the photo"), default=0, editable=False)
    photo_height = models.PositiveSmallIntegerField(_("height of the photo"), default=0, editable=False)
    photo_alt = models.CharField(
        _("what the photo shows"),
        max_length=160,
        blank=True,
        default="",
        help_text=_("Read aloud instead of the photo, for example: the door is at the end of the yard."),
    )
    charge = models.CharField(_("charge"), max_length=8, choices=Service.Charge, default=Service.Charge.FREE)
    cost = models.CharField(_("cost, in words"), max_length=250, blank=True, default="")
    needs_registration = models.BooleanField(
        _("one must register"), default=False, help_text=_("Otherwise people just come.")
    )
    registration = models.CharField(
        _("how to register"), max_length=250, blank=True, default="", help_text=_("Where, and until when.")
    )
    counts_families = models.BooleanField(
        _("families may tell that they might come"),
        default=False,
        help_text=_("With one tap and no name. Everybody sees how many might come."),
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    url = WebField(_("web page"), blank=True, default="", max_length=500)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = InCentreManager.from_queryset(MeetingPlaceQuerySet)()

    class Meta:
        verbose_name = _("meeting place")
        verbose_name_plural = _("meeting places")
        ordering = ["centre", "order", "slug"]
        constraints = [
            *InCentre.Meta.constraints,
            *Published.Meta.constraints,
            *AgeRange.Meta.constraints,
            in_finnish("name", "summary"),
            known("charge", Service.Charge),
            web_address("url"),
            models.CheckConstraint(
                condition=Q(photo="") | (Q(photo_alt_fi__isnull=False) & ~Q(photo_alt_fi="")),
                name="meetingplace_photo_in_words",
                violation_error_message=_("Tell in words what the photo shows: not everybody sees it."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("meetingplaces:detail", kwargs={"centre": self.centre.slug, "slug": self.slug})

    def is_sensitive(self):
        """Whether anything that it or its service is about is sensitive: one query."""
        about = Q(meeting_places=self)
        if self.offering_id:
            about |= Q(services=self.offering.service_id)
        return Topic.objects.filter(about, sensitive=True).exists()

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
        if self.place_id and not self.place.usable_in(self.centre):
            raise ValidationError({"place": _("Another family centre keeps this place for itself.")})
        if self.organiser_id and not self.organiser.usable_in(self.centre):
            raise ValidationError(
                {"organiser": _("Another family centre keeps this organisation for itself.")}
            )
        if self.offering_id and self.offering.centre_id != self.centre_id:
            raise ValidationError({"offering": _("This is a service of another family centre.")})
