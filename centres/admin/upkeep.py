"""How often each kind of row is checked."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres.admin.base import DeskAdmin
from centres.models import CheckInterval


@admin.register(CheckInterval)
class CheckIntervalAdmin(DeskAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["kind", "months"],
                "description": _(
                    "The desk reminds of what has not been checked for so long. A kind without a row here is checked "
                    "every 12 months."
                ),
            },
        ),
    ]
    list_display = ["__str__", "months"]
