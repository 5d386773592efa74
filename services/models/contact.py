"""How to reach a service: numbers, e-mail and web addresses."""

from urllib.parse import quote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from centres.choices import known
from services.models.provision import ServiceOrOffering
from services.phones import parse


class Contact(ServiceOrOffering):
    """One way to reach a service, everywhere or in one centre."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")
        WEB = "web", _("web page")
        ESERVICE = "eservice", _("e-service")
        CHAT = "chat", _("chat")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    label = models.CharField(
        _("label"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("What is reached, for example: booking of times."),
    )
    value = models.CharField(_("number or address"), max_length=500)
    hours = models.CharField(
        _("when"), max_length=160, blank=True, default="", help_text=_("For example: weekdays 8–15.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["order", "pk"]
        constraints = [
            *ServiceOrOffering.Meta.constraints,
            known("kind", ["phone", "email", "web", "eservice", "chat"]),
            models.CheckConstraint(
                condition=Q(kind__in=["phone", "email"])
                | Q(kind__in=["web", "eservice", "chat"], value__startswith="https://")
                | Q(kind__in=["web", "eservice", "chat"], value__startswith="http://"),
                name="contact_web_address",
                violation_error_message=_("A web address begins with https://."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.value}"

    def clean(self):
        """Refuses a number that cannot be dialled and an address that cannot be opened."""
        if self.kind == self.Kind.PHONE:
            if parse(self.value) is None:
                raise ValidationError({"value": _("This is not a telephone number that works in Finland.")})
            return
        check = validate_email if self.kind == self.Kind.EMAIL else URLValidator(schemes=["https", "http"])
        try:
            check(self.value)
        except ValidationError as error:
            raise ValidationError({"value": error}) from error

    @cached_property
    def phone(self):
        """The number as `services.phones.Phone`; None when this is no number."""
        return parse(self.value) if self.kind == self.Kind.PHONE else None

    @property
    def is_free(self):
        """Whether the call costs nothing; of other contacts nothing is said."""
        return self.phone is not None and self.phone.free

    @property
    def costs_extra(self):
        """Whether the call costs more than an ordinary one."""
        return self.phone is not None and self.phone.extra_charge

    @property
    def href(self):
        """What a tap opens."""
        if self.kind == self.Kind.PHONE:
            return self.phone.href if self.phone else ""
        return f"mailto:{quote(self.value, safe='@+')}" if self.kind == self.Kind.EMAIL else self.value

    @property
    def host(self):
        """The site that a web address leads to, for the reader to know before tapping."""
        try:
            return urlsplit(self.value).hostname or ""
        except ValueError:  # a row that came in past the form
            return ""

    @property
    def icon(self):
        return _ICONS[Contact.Kind(self.kind)]


_ICONS = {
    Contact.Kind.PHONE: "phone",
    Contact.Kind.EMAIL: "mail",
    Contact.Kind.WEB: "external-link",
    Contact.Kind.ESERVICE: "lock",
    Contact.Kind.CHAT: "message-circle",
}
