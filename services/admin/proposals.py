"""The desk's page of proposals: a coordinator proposes, whoever keeps what is shared answers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres.admin.base import DeskAdmin
from centres.rights import may_change, rights_of
from services.models import Proposal
from services.needs import UNANSWERED


@admin.register(Proposal)
class ProposalAdmin(DeskAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["service", "centre", "text", "proposed_by", "proposed_at"],
                "description": _(
                    "A text that several family centres share is changed by the area's coordinator. Propose here what "
                    "should be changed: the answer comes to this page."
                ),
            },
        ),
        (_("Answer"), {"fields": ["answer", "answer_text"]}),
    ]
    autocomplete_fields = ["service"]
    readonly_fields = ["proposed_by", "proposed_at"]
    list_display = ["__str__", "service", "centre", "proposed_at", "answer"]
    list_filter = ["answer", "centre"]
    list_select_related = ["service__home", "centre", "proposed_by"]
    search_fields = ["service__search_fi", "centre__slug"]
    searches_folded = True
    can_be_reverted = False
    needs = [UNANSWERED]

    def get_fieldsets(self, request, obj=None):
        """There is no answer before there is a proposal."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else fieldsets[:1]

    def get_readonly_fields(self, request, obj=None):
        """What was proposed stays as it was; it is answered by whoever may change the service."""
        fields = super().get_readonly_fields(request, obj)
        if obj is None:
            return fields
        answering = may_change(rights_of(request.user), obj.service)
        return [*fields, "service", "centre", "text", *([] if answering else ["answer", "answer_text"])]

    def changeable(self, request):
        """Those that the user answers."""
        rights = rights_of(request.user)
        answering = rights.everything or rights.shared
        rows = self.get_queryset(request)
        return rows if answering else rows.filter(pk=None)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.proposed_by = request.user
        super().save_model(request, obj, form, change)
