"""Who may do what where."""

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centres.choices import known
from centres.models.centre import Area, FamilyCentre

# How long a professional is let in, unless somebody says otherwise.
LASTS = relativedelta(years=1)


def last_day(role, today):
    """The last day of a membership of `role` given on the date `today`; None for one that does not end by itself."""
    return today + LASTS if role == Membership.Role.PROFESSIONAL else None


class MembershipQuerySet(models.QuerySet):
    def keeping(self):
        """Those by which a user keeps a centre or an area; by the others they read."""
        return self.filter(role__in=[Membership.Role.COORDINATOR, Membership.Role.AREA_COORDINATOR])

    def reading(self, today):
        """Those by which a professional is let in on the date `today`."""
        return self.filter(_reads(today))

    def letting_in(self, centre, today):
        """Those by which a user is let in to the people and meetings of `centre` on the date `today`."""
        keeps = Q(role=Membership.Role.COORDINATOR) | _reads(today)
        return self.filter(
            keeps & Q(centre=centre) | Q(role=Membership.Role.AREA_COORDINATOR, area=centre.area_id)
        )


def _reads(today):
    return Q(role=Membership.Role.PROFESSIONAL) & (Q(ends_on=None) | Q(ends_on__gte=today))


class Membership(models.Model):
    """What a user may do in a centre, or in every centre of an area."""

    kept_by = ("centre",)

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        AREA_COORDINATOR = "area", _("area coordinator")
        PROFESSIONAL = "professional", _("professional")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="memberships"
    )
    centre = models.ForeignKey(
        FamilyCentre,
        verbose_name=_("family centre"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
    )
    area = models.ForeignKey(
        Area,
        verbose_name=_("area"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    ends_on = models.DateField(
        _("lasts until"),
        null=True,
        blank=True,
        help_text=_("The last day a professional is let in. Empty: until further notice."),
    )

    # The day on which the user was told that it ends soon.
    told_on = models.DateField(_("told of the end on"), null=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user__email", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role="area", area__isnull=False, centre=None)
                | (~Q(role="area") & Q(area=None, centre__isnull=False)),
                name="membership_in_centre_or_area",
                violation_error_message=_(
                    "An area coordinator belongs to an area, everybody else to a centre."
                ),
            ),
            models.UniqueConstraint(
                fields=["user", "centre", "role"],
                name="membership_once_per_centre",
                violation_error_message=_("This user has this role in this centre already."),
            ),
            models.UniqueConstraint(
                fields=["user", "area", "role"],
                name="membership_once_per_area",
                violation_error_message=_("This user has this role in this area already."),
            ),
            known("role", ["coordinator", "area", "professional"]),
            models.CheckConstraint(
                condition=Q(role="professional") | Q(ends_on=None),
                name="membership_only_professionals_end",
                violation_error_message=_("Only a professional's access ends by itself."),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()} ({self.centre or self.area})"

    def renew(self, today):
        """Lets it last as long as one given on the date `today`; not saved. What lasts longer stays."""
        until = last_day(self.role, today)
        if self.ends_on and until and self.ends_on < until:
            self.ends_on = until
