"""The button that numbers the rows of a draft again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from annual_plan.admin.base import list_of_rows, of_plan
from annual_plan.models import Plan, PlanItem
from annual_plan.numbering import number_again
from centres.admin.pages import Pages


class Numbering(Pages):
    """Plans whose rows can be numbered again while they are drafts."""

    def get_urls(self):
        view = self.admin_site.admin_view(number_rows)
        own = [path("<path:object_id>/number/", view, {"pages": self}, name=self.page_name("number"))]
        return [*own, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        pages: Any = self
        plan = pages.as_it_stands(request, obj)
        is_draft = plan is not None and plan.phase == Plan.Phase.DRAFTING
        may = is_draft and self.has_change_permission(request, plan) and plan.items.exists()
        context["number_url"] = self.page("number", plan.pk) if may else ""
        return super().render_change_form(request, context, add, change, form_url, obj)


@require_POST
@of_plan
def number_rows(request, pages, plan):
    """Numbers the rows of a draft by quarter, and shows them."""
    try:
        moved = number_again(plan=plan, user=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(pages.page("change", plan.pk))
    told = ngettext("%(n)s row has a new number.", "%(n)s rows have a new number.", moved) % {"n": moved}
    messages.success(request, told if moved else _("The numbers were in order already."))
    items: Any = pages.admin_site.get_model_admin(PlanItem)
    return redirect(list_of_rows(items, plan, request.user))
