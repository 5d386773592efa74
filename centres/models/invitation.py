"""Who has been asked to come and maintain the pages."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centres.choices import known
from centres.models.centre import Area, FamilyCentre
from centres.models.membership import Membership

VALID_FOR = timedelta(days=7)
OPEN = Q(accepted_at=None, withdrawn_at=None)
ALREADY = _("This address has been invited to this already. Send the invitation again from the list.")


def digest(token):
    """What is kept of a `token`: the link in the e-mail cannot be made from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_backed():
    """The condition that whoever sent an invitation may still invite to there, as `centres.inviting` says it."""
    keeps = Membership.objects.keeping().filter(user=OuterRef("invited_by"))
    there = Q(centre=OuterRef("centre")) | Q(area=OuterRef("area")) | Q(area__centres=OuterRef("centre"))
    return Q(invited_by__is_active=True) & (Q(invited_by__is_superuser=True) | Exists(keeps.filter(there)))


class InvitationQuerySet(models.QuerySet):
    def with_state(self, now):
        """With what has become of each by the moment `now`, as `state`."""
        state = Invitation.State
        return self.annotate(
            state=Case(
                When(accepted_at__isnull=False, then=Value(state.ACCEPTED)),
                When(withdrawn_at__isnull=False, then=Value(state.WITHDRAWN)),
                When(expires_at__lte=now, then=Value(state.EXPIRED)),
                When(is_backed(), then=Value(state.WAITING)),
                default=Value(state.LAPSED),
                output_field=CharField(),
            )
        )

    def by_token(self, token):
        """The invitation whose link holds `token`, or None."""
        return self.filter(digest=digest(token)).first()


class Invitation(models.Model):
    """A membership offered to whoever reads an e-mail address, by a link that works once."""

    kept_by = ("centre",)

    class State(models.TextChoices):
        """What has become of an invitation. LAPSED: whoever sent it may not invite to there any more."""

        WAITING = "waiting", pgettext_lazy("invitation", "waiting")
        ACCEPTED = "accepted", pgettext_lazy("invitation", "accepted")
        EXPIRED = "expired", pgettext_lazy("invitation", "expired")
        WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "withdrawn")
        LAPSED = "lapsed", pgettext_lazy("invitation", "lapsed")

    class Language(models.TextChoices):
        FINNISH = "fi", pgettext_lazy("language", "Finnish")
        SWEDISH = "sv", pgettext_lazy("language", "Swedish")
        ENGLISH = "en", pgettext_lazy("language", "English")

    email = models.EmailField(
        _("e-mail address"), help_text=_("The address that they use at work. They sign in with it.")
    )
    role = models.CharField(
        _("role"), max_length=12, choices=Membership.Role, default=Membership.Role.COORDINATOR
    )
    centre = models.ForeignKey(
        FamilyCentre,
        verbose_name=_("family centre"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
    )
    area = models.ForeignKey(
        Area,
        verbose_name=_("area"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        help_text=_("Only for an area coordinator."),
    )
    language = models.CharField(
        _("language of the e-mail"), max_length=2, choices=Language, default=Language.FINNISH
    )
    digest = models.CharField(_("digest of the link"), max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="invitations",
    )
    expires_at = models.DateTimeField(_("the link works until"), editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-expires_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role="area", area__isnull=False, centre=None)
                | (~Q(role="area") & Q(area=None, centre__isnull=False)),
                name="invitation_in_centre_or_area",
                violation_error_message=_(
                    "An area coordinator is invited to an area, everybody else to a centre."
                ),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="invitation_accepted_or_withdrawn",
                violation_error_message=_("What was accepted cannot be withdrawn."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                "centre",
                "role",
                condition=OPEN,
                name="invitation_once_per_centre",
                violation_error_message=ALREADY,
            ),
            models.UniqueConstraint(
                Lower("email"),
                "area",
                "role",
                condition=OPEN,
                name="invitation_once_per_area",
                violation_error_message=ALREADY,
            ),
            known("role", ["coordinator", "area", "professional"]),
            known("language", ["fi", "sv", "en"]),
        ]

    def __str__(self):
        return f"{self.email}: {self.get_role_display()} ({self.where})"

    def clean(self):
        """Says beside the address what its constraint forbids: forms pass over those whose columns they do not show."""
        same = Invitation.objects.filter(OPEN, role=self.role, centre=self.centre, area=self.area)
        if same.filter(email__iexact=self.email).exclude(pk=self.pk).exists():
            raise ValidationError({"email": ValidationError(ALREADY, code="unique")})

    @property
    def where(self):
        """The centre or the area."""
        return self.centre or self.area
