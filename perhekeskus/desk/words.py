"""Django's own words that our catalogue says better: named here so that it may hold them.

Django's Finnish puts names of models into sentences that would have to inflect them ("Muokkaa palvelu"), and lacks some
words altogether. Swedish has them from the same hand, so that the two stay alike.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

SENTENCES = (
    _("Change %s"),
    _("View %s"),
    _("%(app)s administration"),
    _("Models in the %(name)s application"),
    _("Add another %(model)s"),
    _("Change selected %(model)s"),
    _("Delete selected %(verbose_name_plural)s"),
    _("Select all %(total_count)s %(module_name)s"),
    _("Successfully deleted %(count)d %(items)s."),
    _("Changed {fields} for {name} “{object}”."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("View site"),
    _("View on site"),
    _("Toggle navigation"),
    _("Model name"),
    _("Add link"),
    _("Change or view list link"),
    _("Error:"),
    _("After you’ve created a user, you’ll be able to edit more user options."),
)

COUNTED = (
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "number",
    ),
)
