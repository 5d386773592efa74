"""How to reach a service: numbers, e-mail and web addresses."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from centres.choices import known
from centres.webfield import mailto, names_nobody
from services.models.provision import ServiceOrOffering
from services.phones import parse

# "www.posio.fi/neuvola": an address as people say it, without the part that browsers add.
_BARE_HOST = re.compile(r"[\w-]+(\.[\w-]+)+([/?#].*)?")
# The same, and surely no number with dots in it.
_NAMED_HOST = re.compile(r"(https?://)?[\w-]+(\.[\w-]+)*\.[a-z]{2,}([:/?#].*)?", re.IGNORECASE)
_is_web_address = URLValidator(
    schemes=["https", "http"], message=_("Write the whole address, for example https://www.posio.fi.")
)


class Contact(ServiceOrOffering):
    """One way to reach a service, everywhere or in one centre."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")
        WEB = "web", _("web page")
        ESERVICE = "eservice", _("e-service")
        CHAT = "chat", _("chat")

    # Where a link may be broken (`centres.needs`); a number is no address, and never among them.
    web_columns = ["value"]

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    label = models.CharField(
        _("label"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("What is reached, for example: appointments."),
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

    @classmethod
    def kind_of(cls, value):
        """The kind that `value` plainly is: a number, an e-mail or a web address; None where it may be anything."""
        if "@" in value:
            try:
                validate_email(value)
            except ValidationError:
                return None
            return cls.Kind.EMAIL
        if _NAMED_HOST.fullmatch(value):
            return cls.Kind.WEB
        return cls.Kind.PHONE if parse(value) else None

    def clean(self):
        """Refuses a number that cannot be dialled and an address that cannot be opened; completes a bare host."""
        if not self.kind or not self.value:
            return  # the fields themselves say that they are needed
        if self.kind not in (self.Kind.PHONE, self.Kind.EMAIL) and _BARE_HOST.fullmatch(self.value):
            self.value = f"https://{self.value}"
        try:
            # The address may have grown too long.
            self._meta.get_field("value").run_validators(self.value)
            self._check_value()
        except ValidationError as error:
            raise ValidationError({"value": error}) from error

    def _check_value(self):
        if self.kind == self.Kind.EMAIL:
            validate_email(self.value)
        elif self.kind != self.Kind.PHONE:
            _is_web_address(self.value)
            names_nobody(self.value)
        elif parse(self.value) is None:
            raise ValidationError(
                _(
                    "This number does not work. Write one number and no other text, for example 040 1234567. "
                    "Times belong under “When”."
                )
            )

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
        return mailto(self.value) if self.kind == self.Kind.EMAIL else self.value

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
