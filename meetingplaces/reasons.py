"""The commonest reasons why a date is not as usual (`centres.reasons`)."""

from django.utils.translation import gettext_lazy as _

# Each is said after a colon: "Cancelled: the instructor is ill".
READY = [
    _("the instructor is ill"),
    _("the room cannot be used"),
    _("the staff are at a training"),
    _("the weather is too bad"),
]
