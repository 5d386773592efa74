"""Somebody who asks to be let in, or to be let stay."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centres.choices import known
from centres.models import FamilyCentre, Invitation, Organisation


class AccessRequest(models.Model):
    """A wish to be let in to a centre's people and meetings, and what the coordinator said to it."""

    kept_by = ("centre",)

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("request", "waiting")
        ACCEPTED = "accepted", pgettext_lazy("request", "accepted")
        REFUSED = "refused", pgettext_lazy("request", "refused")

    centre = models.ForeignKey(
        FamilyCentre,
        verbose_name=_("family centre"),
        on_delete=models.CASCADE,
        related_name="access_requests",
    )
    given_name = models.CharField(_("given name"), max_length=60)
    family_name = models.CharField(_("family name"), max_length=60)
    title = models.CharField(_("profession"), max_length=120)
    email = models.EmailField(_("work e-mail"))
    phone = models.CharField(_("work phone"), max_length=40, blank=True, default="")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="access_requests",
    )
    organisation_name = models.CharField(
        _("another organisation"),
        max_length=160,
        blank=True,
        default="",
        help_text=_("If it is not in the list."),
    )
    message = models.TextField(_("what you do with families here"), max_length=500, blank=True, default="")
    language = models.CharField(
        _("language of the e-mail"), max_length=2, choices=Invitation.Language, default="fi"
    )
    # Whoever asks to stay is a user already.
    is_renewal = models.BooleanField(_("asks to stay"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(_("asked"), db_default=Now(), editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("request for access")
        verbose_name_plural = _("requests for access")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            known("state", ["waiting", "accepted", "refused"]),
            known("language", ["fi", "sv", "en"]),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(organisation_name=""),
                name="accessrequest_has_organisation",
                violation_error_message=_("Choose your organisation, or write its name."),
            ),
            models.CheckConstraint(
                condition=(Q(state="waiting") & Q(decided_at=None))
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="accessrequest_decided_once",
                violation_error_message=_("Only what has been decided has a day on which it was."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                "centre",
                condition=Q(state="waiting"),
                name="accessrequest_waits_once",
                violation_error_message=_("A request from this address is waiting already."),
            ),
        ]

    def __str__(self):
        return f"{self.given_name} {self.family_name}, {self.where_from}"

    @property
    def where_from(self):
        """The organisation's name."""
        return self.organisation.name if self.organisation else self.organisation_name
