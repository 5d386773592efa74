"""Whose desk it is: what each page of the desk shows to whom, and lets them change (`centres.rights`)."""

from django.contrib.admin import ModelAdmin, RelatedFieldListFilter
from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
from django.core.exceptions import FieldDoesNotExist

from centres.models import FamilyCentre
from centres.rights import changeable, keeper_fields, kept_by, may_change, may_see, rights_of, visible


def only_centre(user):
    """The family centre of a user who keeps one; None for whoever keeps several, an area or none."""
    if not keeps_one_centre(user):
        return None
    # Asked more than once in a request, as the rights are.
    if not hasattr(user, "only_centre"):
        user.only_centre = FamilyCentre.objects.get(pk__in=rights_of(user).centres)
    return user.only_centre


def keeps_one_centre(user):
    """Whether `user` keeps one family centre and nothing else: choosing a centre would only be in the way."""
    rights = rights_of(user)
    return not rights.everything and not rights.shared and len(rights.centres) == 1


class OwnCentres(RelatedFieldListFilter):
    """Offers the family centres whose rows can stand in the reader's list."""

    def field_choices(self, field, request, model_admin):
        ordering = self.field_admin_ordering(field, request, model_admin)
        own = visible(rights_of(request.user), field.related_model)
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=own)


class ScopedChoices(BaseModelAdmin):
    """A form that offers only what its user may choose."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Who keeps the row is chosen among what the user keeps; everything else among what they may read.

        Whoever keeps nothing that is shared may not leave the home empty: it would be shared.
        """
        target, rights = db_field.related_model, rights_of(request.user)
        keeper = db_field.name in keeper_fields(self.model)
        if kept_by(target) and "queryset" not in kwargs:
            condition = changeable(rights, target) if keeper else visible(rights, target)
            if db_field.name == "home":
                condition = changeable(rights, target)
            kwargs["queryset"] = target._default_manager.filter(condition)
        form_field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if form_field is not None and db_field.name == "home" and not (rights.everything or rights.shared):
            form_field.required = True
        return form_field


class ScopedInline(ScopedChoices, InlineModelAdmin):
    """Rows on the form of another row: whoever may change that one may change them."""

    def get_queryset(self, request):
        return super().get_queryset(request).filter(visible(rights_of(request.user), self.model))

    def _is_theirs(self, request, parent):
        return parent is None or may_change(rights_of(request.user), parent)

    def has_add_permission(self, request, obj):  # type: ignore[override]
        return super().has_add_permission(request, obj) and self._is_theirs(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_theirs(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._is_theirs(request, obj)


class Scoped(ScopedChoices, ModelAdmin):
    """A page of the desk on rows: it lists what its user may read, and opens what they may change."""

    def get_queryset(self, request):
        """What the user may read: lists, forms by their address, autocompletes and actions all begin here."""
        return super().get_queryset(request).filter(visible(rights_of(request.user), self.model))

    def changeable(self, request):
        """What the user may change of it."""
        return self.get_queryset(request).filter(changeable(rights_of(request.user), self.model))

    def has_view_permission(self, request, obj=None):
        permitted = super().has_view_permission(request, obj)
        return permitted and (obj is None or may_see(rights_of(request.user), obj))

    def has_change_permission(self, request, obj=None):
        permitted = super().has_change_permission(request, obj)
        return permitted and (obj is None or may_change(rights_of(request.user), obj))

    def has_delete_permission(self, request, obj=None):
        permitted = super().has_delete_permission(request, obj)
        return permitted and (obj is None or may_change(rights_of(request.user), obj))

    def get_list_display(self, request):
        """… nor read the same centre on every line."""
        columns = super().get_list_display(request)
        return [each for each in columns if not (each == "centre" and keeps_one_centre(request.user))]

    def get_list_filter(self, request):
        """Whoever keeps one centre need not choose among centres, and whoever keeps several chooses among these …"""
        filters = super().get_list_filter(request)
        if keeps_one_centre(request.user):
            return [each for each in filters if not self._chooses_a_centre(each)]
        return [(each, OwnCentres) if self._chooses_a_centre(each) else each for each in filters]

    def _chooses_a_centre(self, list_filter):
        if not isinstance(list_filter, str):
            return False
        model = self.model
        for step in list_filter.split("__"):
            try:
                model = model._meta.get_field(step).related_model
            except (AttributeError, FieldDoesNotExist):
                return False
        return model is FamilyCentre
