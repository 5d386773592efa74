"""An open promise is not deleted: whoever wants to be rid of it is led to where they say why it is dropped."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html

from annual_plan.models import Plan
from centres.admin.pages import Pages


class KeepsPromises(Pages):
    """Plans or their rows, of which open promises stay."""

    def delete_view(self, request, object_id, extra_context=None):
        row: Any = self.get_object(request, unquote(object_id))
        may_delete = row is not None and self.has_delete_permission(request, row)
        if may_delete and (why := row.why_it_stays(timezone.localdate())):
            messages.warning(request, why)
            return redirect(self._where_it_is_said(row))
        return super().delete_view(request, object_id, extra_context)

    def _where_it_is_said(self, row):
        """The page on which the coordinator says what becomes of `row`, a plan or a row of one."""
        plans: Any = self.admin_site.get_model_admin(Plan)
        is_plan = isinstance(row, Plan)
        return plans.page("evaluate", row.pk) if is_plan else plans.page("evaluate_row", row.plan_id, row.pk)

    def get_deleted_objects(self, objs, request):
        """For the list's own way to delete many, which stops at what is protected."""
        todo, counts, lacking, protected = super().get_deleted_objects(objs, request)
        today = timezone.localdate()
        stay = [format_html("{}: {}", row, why) for row in objs if (why := row.why_it_stays(today))]
        return todo, counts, lacking, [*protected, *stay]
