"""What a service shares with every centre that offers it, on the page of its offering in one of them.

A coordinator need not know that a service and its offering are two rows: both are on one page. Whoever may not change
the shared part reads it there.
"""

from functools import partial

from django.contrib.admin.checks import InlineModelAdminChecks
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import prefetch_related_objects
from django.forms import BaseInlineFormSet, BaseModelFormSet, modelformset_factory
from django.utils.translation import gettext_lazy as _

from centres.admin.errors import DeskForm
from centres.admin.inlines import RowsInline
from centres.publishing import Status
from centres.rights import may_change, rights_of
from services.actions import is_own_draft
from services.admin.contacts import HOW_TO_WRITE, ContactInline
from services.admin.service import TEXTS
from services.models import Offering, Service


class OfTheService(RowsInline):
    """Rows of the service of an offering, for whoever may change the service."""

    def _is_theirs(self, request, parent):
        return parent is not None and may_change(rights_of(request.user), parent.service)


class NoForeignKey(InlineModelAdminChecks):
    """The offering leads to the service, not the other way round."""

    def _check_relation(self, obj, parent_model):
        return []

    def _check_exclude_of_parent_model(self, obj, parent_model):
        return []


class ServiceOfOffering(BaseModelFormSet):
    """The one service of an offering, as a set of forms with one form."""

    # Django sets it only where rows can be added, and the desk's history asks for it.
    new_objects: list[Service] = []

    def __init__(self, data=None, files=None, *, instance, queryset, prefix, save_as_new=False):
        self.instance = instance
        super().__init__(data, files, prefix=prefix, queryset=queryset.filter(pk=instance.service_id))

    @classmethod
    def get_default_prefix(cls):
        return "service"

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.goes_along = self._publishes(form.instance)

    def _publishes(self, service):
        """Whether the offering, as its form was sent, takes `service` along to families (`publish_own_service`)."""
        if self.instance.status != Status.PUBLISHED or not is_own_draft(service, self.instance):
            return False
        return Offering.objects.filter(pk=self.instance.pk, status=Status.DRAFT).exists()


class SharedTextInline(OfTheService):
    model = Service
    verbose_name = verbose_name_plural = _("What is the same everywhere")
    checks_class = NoForeignKey
    fieldsets = TEXTS
    max_num = 1
    can_delete = False
    # Its texts are what the form is about.
    are_tabs_small = False

    def has_add_permission(self, request, obj):  # type: ignore[override]
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("home")

    def get_formset(self, request, obj=None, **kwargs):
        """A set that leaves the service as it is for whoever may only read it, whatever is sent."""
        may_save = self.has_change_permission(request, obj)

        class Form(DeskForm):
            # Set by the set, which knows the offering.
            goes_along = False

            def is_published(self):
                return self.goes_along

            def has_changed(self):
                return may_save and super().has_changed()

        return modelformset_factory(
            Service,
            form=Form,
            formset=ServiceOfOffering,
            fields=flatten_fieldsets(self.get_fieldsets(request, obj)),
            formfield_callback=partial(self.formfield_for_dbfield, request=request),
            extra=0,
            max_num=1,
            absolute_max=1,
            edit_only=True,
        )


class ContactsOfService(BaseInlineFormSet):
    """The contacts of an offering's service."""

    def __init__(self, data=None, files=None, instance=None, **kwargs):
        service = instance.service if instance and instance.pk else None
        if service:
            # Each contact's form asks in which languages families see the service.
            prefetch_related_objects([service], "offerings__centre")
        super().__init__(data, files, service, **kwargs)

    @classmethod
    def get_default_prefix(cls):
        return "shared_contacts"


class SharedContactInline(OfTheService, ContactInline):
    verbose_name_plural = _("Contacts that are the same everywhere")
    formset = ContactsOfService
    add_text = _("Add a contact that all share")
    fieldsets = [
        (None, {"fields": [("kind", "value", "order"), ("label", "hours")], "description": HOW_TO_WRITE})
    ]

    def __init__(self, parent_model, admin_site):
        super().__init__(Service, admin_site)
