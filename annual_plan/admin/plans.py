"""The desk's page of an annual plan: its phase, its words, its division of work, and the ways to its rows."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from annual_plan.admin.base import PlanPages, YearFilter, list_of_rows
from annual_plan.admin.carrying import CarryOver
from annual_plan.admin.duties import DutyInline
from annual_plan.admin.evaluating import Evaluating
from annual_plan.admin.keeping import KeepsPromises
from annual_plan.admin.numbering import Numbering
from annual_plan.models import Duty, Plan, PlanItem
from annual_plan.needs import OF_PLANS
from centres.admin.scope import only_centre


def _number(rows):
    """How many of `rows` a plan has: in the query of the list."""
    counted = rows.filter(plan=OuterRef("pk")).order_by().values("plan").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)


class WithRows(ChangeList):
    """The list, which also counts rows."""

    def get_queryset(self, request, exclude_parameters=None):
        rows = PlanItem.objects.all()
        # Before the list is put in order, which may be by these.
        self.root_queryset = self.root_queryset.annotate(
            number_of_rows=_number(rows), number_lacking=_number(rows.without_outcome())
        )
        return super().get_queryset(request, exclude_parameters)


@admin.register(Plan)
class PlanAdmin(KeepsPromises, CarryOver, Evaluating, Numbering, PlanPages):
    fieldsets = [
        (
            None,
            {
                "fields": ["centre", "year", "phase", "reminders"],
                "description": _(
                    "What the family centre promises for one calendar year. A plan begins as a draft, is under way "
                    "while its year lasts, and is closed once every row of it has been evaluated."
                ),
            },
        ),
        (
            _("In words"),
            {
                "fields": ["intro", "reflection"],
                "description": _(
                    "Everybody reads these above the rows. Its goals and actions are rows of their own."
                ),
            },
        ),
    ]
    needs = OF_PLANS
    inlines = [DutyInline]
    list_display = ["named", "phase", "rows", "lacking", "act"]
    list_filter = ["centre", YearFilter, "phase"]
    list_select_related = ["centre"]
    search_fields = ["year", "centre__slug"]
    searches_folded = True

    # The list

    def get_changelist(self, request, **kwargs):
        return WithRows

    @admin.display(description=_("annual plan"), ordering="year")
    def named(self, plan):
        return str(plan)

    @admin.display(description=_("rows"), ordering="number_of_rows")
    def rows(self, plan):
        return plan.number_of_rows

    @admin.display(description=_("rows without an outcome"), ordering="number_lacking")
    def lacking(self, plan):
        return plan.number_lacking

    @admin.display(description=_("evaluation"))
    def act(self, plan):
        about = format_html('<span class="visually-hidden">: {}</span>', plan)
        return format_html('<a href="{}">{}{}</a>', self.page("evaluate", plan.pk), _("Evaluate"), about)

    def rows_deleted_with(self, objs):
        return PlanItem.objects.filter(plan__in=[plan.pk for plan in objs])

    # The form

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Whose plan it is, is said once: it stays on the form, for constraints to look at."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if obj and "centre" in form.base_fields:
            form.base_fields["centre"].disabled = True
            widget = form.base_fields["centre"].widget
            widget.can_add_related = widget.can_change_related = False
        return form

    def get_changeform_initial_data(self, request):
        """The year after the last one that the coordinator's centre has a plan for; else this year."""
        centre = only_centre(request.user)
        last = Plan.objects.in_centre(centre).order_by("-year").first() if centre else None
        year = last.year + 1 if last else timezone.localdate().year
        return {"year": year} | super().get_changeform_initial_data(request)

    def word_before(self, request, obj):
        """How far its evaluation is, and the ways to its rows and to what is done with all of them."""
        if obj is None:
            return ""
        items: Any = self.admin_site.get_model_admin(PlanItem)
        duties: Any = self.admin_site.get_model_admin(Duty)
        in_plan = urlencode({"plan": obj.pk})
        context = {
            "plan": obj,
            "number": obj.items.count(),
            "lacking": obj.items.without_outcome().count(),
            "rows_url": list_of_rows(items, obj, request.user),
            "lacking_url": list_of_rows(items, obj, request.user, outcome="none"),
            "add_url": f"{items.page('add')}?{in_plan}",
            "add_duty_url": f"{duties.page('add')}?{in_plan}",
            **self.ways_on(obj),
        }
        return render_to_string("admin/annual_plan/plan/before.html", context)
