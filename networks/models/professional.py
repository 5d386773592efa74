"""Somebody who works with families: whom colleagues call. Families never see who they are."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from centres.ages import AgeRange, overlaps
from centres.choices import in_finnish
from centres.folding import FoldedTextField, SortKeyField
from centres.models import FamilyCentre, Membership, Organisation, SpokenLanguage, Topic
from centres.webfield import mailto
from services.phones import parse


class ProfessionalQuerySet(models.QuerySet):
    def active(self):
        """Those who still work here."""
        return self.filter(active=True)

    def in_directory(self, centre, today):
        """Those whom readers of `centre` find on the date `today`: whoever is let in nowhere any more is not found.

        Cards that nobody signs in as are the coordinator's to take out.
        """
        lets_in = Membership.objects.letting_in(centre, today).filter(user=OuterRef("user"))
        is_let_in = Q(user__is_superuser=True) | Exists(lets_in.order_by())
        return self.active().in_centre(centre).filter(Q(user=None) | Q(user__is_active=True) & is_let_in)

    def in_centre(self, centre):
        """Those who work in `centre`, or once did."""
        elsewhere = Professional.also_in.through.objects.filter(
            professional=OuterRef("pk"), familycentre=centre
        )
        return self.filter(Q(home=centre) | Exists(elsewhere.order_by()))

    def for_ages(self, from_month, to_month):
        """Those who answer about a month of age in ``[from_month, to_month)``; None = open on that side."""
        return self.filter(overlaps(from_month, to_month))

    def who_answer(self):
        """Those who say what they can be asked about, in words or by topics."""
        tags = Professional.topics.through.objects.filter(professional=OuterRef("pk"))
        # A text that was taken away is NULL.
        return self.filter(Q(about_fi__gt="") | Exists(tags.order_by()))

    def about(self, topics):
        """Those who can be asked about any of `topics`; an empty choice does not narrow."""
        return self.filter(self.condition_about(topics)) if topics else self

    @staticmethod
    def condition_about(topics):
        """The condition behind `about`, for whoever looks for more."""
        tags = Professional.topics.through.objects.filter(professional=OuterRef("pk"), topic__in=topics)
        return Q(Exists(tags.order_by()))

    def speaking(self, language):
        """Those who speak the language whose slug is `language`."""
        spoken = Professional.languages.through.objects.filter(
            professional=OuterRef("pk"), spokenlanguage__slug=language
        )
        return self.filter(Exists(spoken.order_by()))

    def with_number_about(self, topics):
        """With how many of `topics` they can be asked about, as `number_about`."""
        tags = Professional.topics.through.objects.filter(professional=OuterRef("pk"), topic__in=topics)
        number = tags.order_by().values("professional").annotate(number=Count("pk")).values("number")
        return self.annotate(number_about=Coalesce(Subquery(number), 0))


class ProfessionalManager(models.Manager):
    """People whom fixtures name by their permanent id."""

    def get_by_natural_key(self, uuid):
        return self.get(uuid=uuid)


class Professional(AgeRange):
    """A person's card. Only signed-in professionals of the same centres see it (`networks.access`)."""

    kept_by = ("home",)
    shown_in = "also_in"
    work = ("title", "title_sv", "title_en", "about")
    search_sources = ("name", *work)
    sort_source = "name_by_family"

    uuid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="professional",
        help_text=_("Who signs in as this person. Empty: the card is kept by the coordinator."),
    )
    given_name = models.CharField(_("given name"), max_length=60)
    family_name = models.CharField(_("family name"), max_length=60)
    title = models.CharField(
        _("profession"), max_length=120, help_text=_("For example: public health nurse.")
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="professionals"
    )
    home = models.ForeignKey(
        FamilyCentre,
        verbose_name=_("family centre"),
        on_delete=models.PROTECT,
        related_name="professionals",
        help_text=_("The centre whose coordinator keeps this card."),
    )
    also_in = models.ManyToManyField(
        FamilyCentre,
        verbose_name=_("works also in"),
        blank=True,
        related_name="visiting_professionals",
        help_text=_("The other centres in whose directories this person stands."),
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    email = models.EmailField(_("work e-mail"), blank=True, default="")
    hours = models.CharField(
        _("when to reach"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("For example: Mondays to Thursdays 9–11."),
    )
    stand_in = models.ForeignKey(
        "self",
        verbose_name=_("stand-in"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="stands_in_for",
        help_text=_("Whom to call when this person cannot be reached."),
    )
    about = models.TextField(
        _("what one can ask"),
        blank=True,
        default="",
        help_text=_("In one or two sentences: what colleagues may consult this person about."),
    )
    topics = models.ManyToManyField(
        Topic,
        verbose_name=_("can be asked about"),
        blank=True,
        related_name="professionals",
    )
    languages = models.ManyToManyField(
        SpokenLanguage, verbose_name=_("languages"), blank=True, related_name="professionals"
    )
    active = models.BooleanField(
        _("works here"), default=True, help_text=_("Without the tick nobody finds this person any more.")
    )
    confirmed_on = models.DateField(
        _("confirmed on"),
        null=True,
        blank=True,
        help_text=_("The day the person last said that this card is right."),
    )
    # The day the person was last asked by e-mail to confirm it: nobody is asked every night.
    asked_on = models.DateField(_("asked to confirm on"), null=True, editable=False)
    # What the address of the private calendar is made from; another one makes the old address dead.
    calendar_key = models.UUIDField(_("key of the calendar"), null=True, unique=True, editable=False)
    search_fi = FoldedTextField(language="fi")
    # The same without the name: words that may stand in an address find nobody by name.
    work_fi = FoldedTextField(language="fi", sources=work)
    sort_fi = SortKeyField(language="fi")

    objects = ProfessionalManager.from_queryset(ProfessionalQuerySet)()

    class Meta:
        verbose_name = _("professional")
        verbose_name_plural = _("professionals")
        ordering = ["sort_fi", "uuid"]
        constraints = [
            *AgeRange.Meta.constraints,
            in_finnish("title"),
            models.CheckConstraint(
                condition=~Q(stand_in=F("id")),
                name="professional_no_own_stand_in",
                violation_error_message=_("Nobody is their own stand-in."),
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.uuid,)

    natural_key.dependencies = ["centres.organisation", "centres.familycentre"]

    def get_absolute_url(self):
        return reverse("professionals:card", kwargs={"centre": self.home.slug, "uuid": self.uuid})

    @property
    def name(self):
        """As it is said."""
        return f"{self.given_name} {self.family_name}"

    @property
    def name_by_family(self):
        """As it is sorted."""
        return f"{self.family_name} {self.given_name}"

    @property
    def number(self):
        """The phone number as `services.phones.Phone`; None where there is none."""
        return parse(self.phone) if self.phone else None

    @property
    def email_href(self):
        """What a tap on the address opens."""
        return mailto(self.email)

    @property
    def contacts(self):
        """How to reach the person: (what a tap opens, what is shown, icon), the number first."""
        if number := self.number:
            yield number.href, number.display, "phone"
        if self.email:
            yield self.email_href, self.email, "mail"

    def clean(self):
        """Refuses a number that cannot be dialled, an organisation of another centre, and a stand-in from elsewhere."""
        if self.phone and parse(self.phone) is None:
            raise ValidationError(
                {"phone": _("This number does not work. Write it for example as 040 1234567.")}
            )
        if not self.home_id:
            return
        if self.organisation_id and not self.organisation.usable_in(self.home):
            raise ValidationError(
                {"organisation": _("Another family centre keeps this organisation for itself.")}
            )
        if self.stand_in_id and self.stand_in.home_id != self.home_id:
            raise ValidationError({"stand_in": _("This person works in another family centre.")})


class CardOpening(models.Model):
    """Who looked at whose card on which day: kept for a while, so that a person can ask (`networks.openings`)."""

    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who looked"),
        on_delete=models.CASCADE,
        related_name="card_openings",
    )
    professional = models.ForeignKey(
        Professional, verbose_name=_("whose card"), on_delete=models.CASCADE, related_name="openings"
    )
    day = models.DateField(_("date"))

    class Meta:
        verbose_name = _("opening of a card")
        verbose_name_plural = _("openings of cards")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["viewer", "professional", "day"],
                name="cardopening_once_a_day",
                violation_error_message=_("This is written down for this day already."),
            ),
        ]

    def __str__(self):
        return f"{self.professional}, {self.day:%d.%m.%Y}"
