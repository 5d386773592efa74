"""Who answers for a service and who produces it, everywhere or in one centre."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centres.choices import known
from centres.models import Organisation
from services.models.offering import Offering
from services.models.service import Service

# A row belongs to a service (true everywhere) or to one offering of it (true in that centre), never to both.
SERVICE_OR_OFFERING = Q(service=None, offering__isnull=False) | Q(service__isnull=False, offering=None)


class ServiceOrOffering(models.Model):
    """A row that belongs to a service everywhere, or to its offering in one centre."""

    kept_by = ("offering__centre", "service__home")

    service = models.ForeignKey(
        Service,
        verbose_name=_("service (everywhere)"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
    )
    offering = models.ForeignKey(
        Offering,
        verbose_name=_("service (in one centre)"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=SERVICE_OR_OFFERING,
                name="%(class)s_of_service_or_offering",
                violation_error_message=_(
                    "It belongs to the service everywhere or to one centre: choose one of them."
                ),
            ),
        ]

    @property
    def of_service(self):
        """The service that the row is about, whichever of the two it belongs to."""
        return self.service or self.offering.service


class Provision(ServiceOrOffering):
    """An organisation's part in a service; several of each role are normal."""

    class Role(models.TextChoices):
        RESPONSIBLE = "responsible", _("responsible")
        PRODUCER = "producer", _("producer")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="provisions"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        ordering = ["-role", "organisation__sort_fi", "pk"]
        constraints = [
            *ServiceOrOffering.Meta.constraints,
            models.UniqueConstraint(
                fields=["service", "organisation", "role"],
                name="provision_once_per_service",
                violation_error_message=_("This organisation has this role already."),
            ),
            models.UniqueConstraint(
                fields=["offering", "organisation", "role"],
                name="provision_once_per_offering",
                violation_error_message=_("This organisation has this role already."),
            ),
            known("role", ["responsible", "producer"]),
        ]

    def __str__(self):
        return f"{self.organisation} ({self.get_role_display()})"

    def clean(self):
        """Refuses an organisation that another centre keeps, for an offering here."""
        if (
            self.offering_id
            and self.organisation_id
            and not self.organisation.usable_in(self.offering.centre)
        ):
            raise ValidationError(
                {"organisation": _("Another family centre keeps this organisation for itself.")}
            )
