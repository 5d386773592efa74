"""Who carries a row of a plan or a duty: words, and the network or organisation they mean where there is one."""

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from centres.models import Organisation
from networks.models import LocalNetwork


def each_once(model, whole):
    """The constraints that nobody carries one `whole` (a field of `model`, a name in small letters) twice.

    Under two labels one network or organisation may stand twice: two people of one municipality, for example.
    """
    label = Coalesce("label_fi", Value(""))
    of_whom = {
        "network": Q(network__isnull=False),
        "organisation": Q(organisation__isnull=False),
        "label": Q(network=None, organisation=None),
    }
    return [
        models.UniqueConstraint(
            *([whole] if name == "label" else [whole, name]),
            label,
            condition=condition,
            name=f"{model}_once_by_{name}",
            violation_error_message=_("This stands here already."),
        )
        for name, condition in of_whom.items()
    ]


class Bearer(models.Model):
    """One of those who are responsible for something; several are normal. A subclass has a `plan`."""

    label = models.CharField(
        _("who, in words"),
        max_length=160,
        blank=True,
        default="",
        help_text=_("For example: the whole network. Empty: called as the network or organisation is."),
    )
    network = models.ForeignKey(
        LocalNetwork,
        verbose_name=_("network"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(network__isnull=False)
                | Q(organisation__isnull=False)
                | (Q(label_fi__isnull=False) & ~Q(label_fi="")),
                name="%(class)s_is_somebody",
                violation_error_message=_("Say who: in words, or choose a network or an organisation."),
            ),
            models.CheckConstraint(
                condition=Q(network=None) | Q(organisation=None),
                name="%(class)s_network_or_organisation",
                violation_error_message=_("Choose a network or an organisation, not both in one row."),
            ),
        ]

    def __str__(self):
        return self.said

    @property
    def said(self):
        """What whoever it is is called: in words where there are some, else as the network or organisation is."""
        if self.label:
            return self.label
        return self.network.title if self.network_id else str(self.organisation)

    @property
    def named(self):
        """The row that `said` stands on, and its field."""
        if self.label:
            return self, "label"
        return (self.network.named if self.network_id else self.organisation), "name"

    def clean(self):
        """Refuses a network of another centre, and an organisation that another centre keeps for itself."""
        try:
            centre = self.plan.centre
        except ObjectDoesNotExist:  # whatever it belongs to is new, and says itself that it is in no plan
            return
        if self.network_id and self.network.centre_id != centre.pk:
            raise ValidationError({"network": _("This network is in another family centre.")})
        if self.organisation_id and not self.organisation.usable_in(centre):
            raise ValidationError(
                {"organisation": _("Another family centre keeps this organisation for itself.")}
            )
