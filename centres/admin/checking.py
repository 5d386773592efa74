"""“Mark as checked”: on the form of a row, and for many at once on a list. Of rows that are `Kept`, and no others."""

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from centres.actions import check, mark_as_checked
from centres.admin.scope import Scoped, only_centre
from centres.history.recording import recording
from centres.publishing import Kept

# The button on a form that saves it and says that all of it holds.
CHECKED = "_checked"


def mark_chosen_as_checked(pages, request, queryset):
    """The action of a list: the chosen rows, but those that are not the reader's to change."""
    rows = list(queryset.filter(pk__in=pages.changeable(request).order_by().values("pk")))
    left = queryset.count() - len(rows)
    mark(request, rows + pages.checked_with(request, rows))
    if rows:
        words = ngettext(
            "%(n)d was marked as checked today.", "%(n)d were marked as checked today.", len(rows)
        )
        pages.message_user(request, words % {"n": len(rows)}, messages.SUCCESS)
    if left:
        words = ngettext("%(n)d is not yours to change.", "%(n)d are not yours to change.", left)
        pages.message_user(request, words % {"n": left}, messages.WARNING)


def mark(request, rows):
    """Marks `rows` as checked today, and says so in the history of each."""
    with recording(rows, user=request.user):
        mark_as_checked(rows=rows, today=timezone.localdate(), centre=only_centre(request.user))


def is_fresh(row):
    """Whether `row`, new at the desk, counts as checked by whoever has just written it."""
    return isinstance(row, Kept) and row.reviewed_on is None


class Checking(Scoped):
    """The two ways to say that a row still holds, where it is `Kept`."""

    def is_checked(self, request):
        """Whether the form sent says that all of the row holds."""
        return CHECKED in request.POST and issubclass(self.model, Kept)

    def checked_with(self, request, rows):
        """The other rows whose texts the reader sees and keeps on the forms of `rows`: they are checked with these."""
        return []

    def get_actions(self, request):
        """With the check on top: it is what lists are used for most."""
        actions = super().get_actions(request)
        in_popup = IS_POPUP_VAR in request.GET
        if in_popup or not issubclass(self.model, Kept) or not self.has_change_permission(request):
            return actions
        name = "mark_as_checked"
        return {name: (mark_chosen_as_checked, name, _("Mark as checked today"))} | actions

    def render_change_form(self, request, context, *args, **kwargs):
        context["checked_button"] = CHECKED if issubclass(self.model, Kept) else ""
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        """What was typed, and with “Save and mark as checked” today's check in the same go."""
        if self.is_checked(request) or (not change and is_fresh(obj)):
            check(obj, today=timezone.localdate(), centre=only_centre(request.user))
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """What stands on the same form is checked once it is saved, or its old date would be saved after."""
        super().save_related(request, form, formsets, change)
        others = [row for formset in formsets for row in formset.new_objects if is_fresh(row)]
        if self.is_checked(request):
            others += self.checked_with(request, [form.instance])
        if others:
            # Written into the history with the form itself.
            mark_as_checked(rows=others, today=timezone.localdate(), centre=only_centre(request.user))
