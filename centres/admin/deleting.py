"""Deleting at the desk: whoever is asked, or has done it, is told the way back."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from reversion.models import Version

from centres.admin.history import History
from centres.history.recording import root_of
from centres.history.registry import is_root


class Deleting(History):
    """Says before and after rows are deleted that they can be brought back, where they can."""

    def delete_view(self, request, object_id, extra_context=None):
        request.holder = self._holder(request, object_id)
        context = self._way_back_later(request) | {"holder": request.holder}
        return super().delete_view(request, object_id, context | (extra_context or {}))

    def _holder(self, request, object_id):
        """Name and history of what the row belongs to, which brings it back; None where it has a history of its own."""
        row = None if is_root(self.model) else self.get_object(request, unquote(object_id))
        root = root_of(row) if row is not None else None
        if root is None:
            return None
        pages: Any = self.admin_site.get_model_admin(root.model)
        above = pages.get_queryset(request).filter(pk=root.pk).first()
        if above is None or not pages.can_be_reverted or not pages.has_change_permission(request, above):
            return None
        return {"name": str(above), "history": pages.page("history", above.pk)}

    def _way_back_later(self, request):
        """What the pages that ask need to say so."""
        return {"deleted_url": self.page("recoverlist") if self.keeps_deleted(request) else ""}

    def response_delete(self, request, obj_display, obj_id):
        response = super().response_delete(request, obj_display, obj_id)
        if IS_POPUP_VAR not in request.POST and self.keeps_deleted(request):
            last = Version.objects.get_for_object_reference(self.model, obj_id).first()
            if last:
                self._tell(request, self.page("recover", last.pk), _("Bring it back"))
        elif IS_POPUP_VAR not in request.POST and request.holder:
            self._tell(request, request.holder["history"], _("Bring it back from the history"))
        return response

    def response_action(self, request, queryset):  # type: ignore[override]
        """The list's own way to delete many asks first, and answers with a page."""
        response = super().response_action(request, queryset)
        if request.POST.get("action") != "delete_selected":
            return response
        if isinstance(response, TemplateResponse):
            response.context_data = (response.context_data or {}) | self._way_back_later(request)
        elif "post" in request.POST and self.keeps_deleted(request):
            self._tell(request, self.page("recoverlist"), _("See what was deleted"))
        return response

    def _tell(self, request, url, words):
        text = _("If that was a mistake, nothing is lost.")
        self.message_user(request, format_html('{} <a href="{}">{}</a>', text, url, words), messages.INFO)
