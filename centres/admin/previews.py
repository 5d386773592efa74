"""The way from a form to the page as families will see it."""

from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpResponseRedirect
from django.utils.html import format_html_join

from centres.admin.pages import Pages
from centres.previews import address_of, token_of

SAVE_AND_LOOK = "_preview"


class Previews(Pages):
    """Offers a look at the page of a row, and a link to send, before families see it."""

    def pages_to_preview(self, request, row):
        """The rows whose pages `row` is on, each with what tells it from the others: ``[("Posio", offering)]``."""
        return [("", row)] if hasattr(row, "get_absolute_url") else []

    def previews(self, request, row):
        """The addresses of previews of `row`: ``[(what tells it from the others, address)]``."""
        return [(name, address_of(token_of(page))) for name, page in self.pages_to_preview(request, row)]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["previews"] = self.previews(request, obj) if obj else []
        context["can_preview"] = IS_POPUP_VAR not in request.GET and (
            bool(context["previews"]) or (obj is None and self._has_pages())
        )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _has_pages(self):
        return hasattr(self.model, "get_absolute_url") or (
            type(self).pages_to_preview is not Previews.pages_to_preview
        )

    def response_add(self, request, obj, post_url_continue=None):
        return self._look(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request, obj):
        return self._look(request, obj, super().response_change(request, obj))

    def _look(self, request, row, response):
        """To the preview, when that was asked for; where there are several, back to the form with a link to each."""
        if SAVE_AND_LOOK not in request.POST:
            return response
        links = self.previews(request, row)
        if len(links) == 1:
            return HttpResponseRedirect(links[0][1])
        if links:
            self.message_user(request, format_html_join(" · ", '<a href="{1}">{0}</a>', links))
        return HttpResponseRedirect(self.page("change", row.pk))
