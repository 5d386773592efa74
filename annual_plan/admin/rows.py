"""The desk's page of a row of a plan: a goal or an action, whose it is, what became of it, and what it goes on as."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import F, Q
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from annual_plan.admin.base import BearerInline, EachOnce, InPlan, YearFilter, list_of_rows
from annual_plan.admin.duties import in_words
from annual_plan.admin.keeping import KeepsPromises
from annual_plan.kinds import tell_how_it_goes_on
from annual_plan.models import Continuation, Outcome, Plan, PlanItem, Responsible
from annual_plan.needs import BY_EVALUATING, OF_ROWS
from annual_plan.quarters import Quarter, said_of
from centres.admin.base import without
from centres.admin.choosing import RowSelect, is_key
from centres.admin.errors import DeskForm
from centres.admin.inlines import TableInline
from centres.admin.needs import NeedFilter
from centres.admin.rows_sent import keys_taken_away
from centres.languages import column

RESPONSIBLES = ["responsibles__network__network", "responsibles__organisation"]


class RowForm(DeskForm):
    """A row of a plan; one without a number gets the next that is free."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "number" in self.fields:
            self.fields["number"].required = False
            self.fields["number"].help_text = _(
                "Its place in the plan, the year clock and its address. Empty: the next one that is free."
            )

    def clean(self):
        super().clean()
        said = self.cleaned_data
        if "number" in said and said["number"] is None and said.get("plan"):
            said["number"] = self.instance.number or said["plan"].next_number()


# In the address of the choices of what a row goes on as: the key of that row.
AFTER = "after"
# What is asked of a row once its time has come.
NOT_YET = ["outcome"] + [
    column(name, code) for name in ("evaluation", "drop_reason") for code, _language in settings.LANGUAGES
]


class OutcomeFilter(admin.SimpleListFilter):
    """By outcome; those that nobody has evaluated together."""

    title = _("outcome")
    parameter_name = "outcome"
    NONE = "none"

    def lookups(self, request, model_admin):
        return [(self.NONE, _("No outcome yet")), *Outcome.choices]

    def queryset(self, request, queryset):
        if self.value() == self.NONE:
            return queryset.without_outcome()
        return queryset.filter(outcome=self.value()) if self.value() in Outcome.values else queryset


class QuarterFilter(admin.SimpleListFilter):
    """By quarter; those of none of them are for all year round."""

    title = _("quarter")
    parameter_name = "quarter"
    NONE = "none"

    def lookups(self, request, model_admin):
        return [*((str(value), label) for value, label in Quarter.choices), (self.NONE, said_of(None))]

    def queryset(self, request, queryset):
        if self.value() == self.NONE:
            return queryset.filter(quarter=None)
        is_one = self.value() in [str(value) for value in Quarter.values]
        return queryset.filter(quarter=self.value()) if is_one else queryset


class ResponsibleInline(BearerInline):
    model = Responsible
    add_text = _("Add who sees to it")
    jump_to = _("Who sees to it")


class LaterRow(RowSelect):
    """A row that the row with the key `after` can go on as, found by typing."""

    after: Any = None

    def get_url(self):
        url = super().get_url()
        return f"{url}?{urlencode({AFTER: self.after})}" if self.after else url


class ContinuationRows(EachOnce):
    field = "target"
    message = _("This row goes on as that one already.")

    def what_is_one(self, said):
        return said.get("target")


class ContinuationInline(TableInline):
    formset = ContinuationRows
    model = Continuation
    fk_name = "source"
    add_text = _("Add a row it goes on as")
    jump_to = _("Where it goes on")
    fields = ["target"]
    autocomplete_fields = ["target"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("source__plan__centre", "target__plan__centre")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "target":
            kwargs["widget"] = LaterRow(db_field, self.admin_site, using=kwargs.get("using"))
            kwargs["widget"].after = getattr(request, "row_of_form", None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(PlanItem)
class PlanItemAdmin(KeepsPromises, InPlan):
    form = RowForm
    fieldsets = [
        (
            None,
            {
                "fields": ["title", "description", "evaluation", "drop_reason"],
                "description": _(
                    "A goal, or an action towards one. What became of it is written when the time comes: most easily "
                    "on the page “Evaluate the plan”."
                ),
            },
        ),
        (
            _("Where it stands, and when"),
            {"fields": ["plan", "kind", "parent", "number", ("quarter", "month")]},
        ),
        (
            _("What it serves, and who sees it"),
            {
                "fields": ["tasks", "is_internal"],
            },
        ),
        (_("What became of it"), {"fields": ["outcome"]}),
    ]
    needs = OF_ROWS
    inlines = [ResponsibleInline, ContinuationInline]
    autocomplete_fields = ["plan", "parent"]
    list_display = ["named", "plan", "when", "outcome", "who"]
    list_filter = ["plan__centre", YearFilter, QuarterFilter, OutcomeFilter, "kind", "is_internal"]
    list_select_related = ["plan__centre", "parent"]
    search_fields = [
        *(column("title", code) for code, _language in settings.LANGUAGES),
        "plan__centre__slug",
        "number",
        "plan__year",
    ]

    # The list

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related(*RESPONSIBLES)

    def get_search_results(self, request, queryset, search_term):
        """What a row can go on as, where that is what is chosen: rows of later plans of the same centre."""
        key = request.GET.get(AFTER, "")
        source = self.get_queryset(request).filter(pk=key).first() if is_key(key) else None
        if source is not None:
            out_of_sight = Q(plan__phase=Plan.Phase.DRAFTING, plan__year__lt=timezone.localdate().year)
            later = Q(plan__centre=source.plan.centre_id, plan__year__gt=source.plan.year)
            queryset = queryset.filter(later & ~out_of_sight)
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=_("row of a plan"), ordering="number")
    def named(self, row):
        return str(row)

    @admin.display(description=_("quarter"), ordering=F("quarter").asc(nulls_last=True))
    def when(self, row):
        return said_of(row.quarter)

    def get_list_display(self, request):
        """A list of what is to be evaluated leads straight there."""
        columns = super().get_list_display(request)
        return [*columns, "act"] if request.GET.get(NeedFilter.parameter_name) in BY_EVALUATING else columns

    @admin.display(description=_("evaluation"))
    def act(self, row):
        about = format_html('<span class="visually-hidden"> {}</span>', row)
        return format_html(
            '<a href="{}">{}{}</a>', self._evaluate_url(row), _("Say what became of it"), about
        )

    def _evaluate_url(self, row):
        plans: Any = self.admin_site.get_model_admin(Plan)
        return plans.page("evaluate_row", row.plan_id, row.pk)

    @admin.display(description=_("who sees to it"))
    def who(self, row):
        return in_words(row.responsibles.all())

    def choice_label(self, row):
        return f"{row.plan}: {row}"

    def stands_in(self, row):
        return self.choice_label(row)

    def rows_deleted_with(self, objs):
        return PlanItem.objects.filter(pk__in=[row.pk for row in objs])

    # The form

    def get_fieldsets(self, request, obj=None):
        """A new row is begun: nothing has become of it yet, but in a plan that is closed, or where it was asked."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None or "outcome" in request.POST:
            return fieldsets
        plan = self.plan_in_question(request)
        return fieldsets if plan and plan.is_evaluated else without(fieldsets, NOT_YET)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The row knows which of its continuations are taken away with the same form."""
        ties = ContinuationInline(self.model, self.admin_site)
        if obj is not None and ties.has_delete_permission(request, obj):
            obj.untied = keys_taken_away(request.POST, "continuations")
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if request.method == "POST" and "outcome" in form.base_fields and "outcome" not in request.POST:
            # The plan was chosen on a form that did not ask for the outcome yet.
            request.POST = request.POST.copy()
            request.POST["outcome"] = form.base_fields["outcome"].initial
        return form

    def get_autocomplete_fields(self, request):
        """In a plan that is known its goals are few: they are listed."""
        is_known = getattr(request, "plan_of_form", None) is not None
        return [name for name in self.autocomplete_fields if not (is_known and name == "parent")]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        plan = getattr(request, "plan_of_form", None)
        if db_field.name == "parent" and plan is not None:
            goals = plan.items.filter(kind=PlanItem.Kind.GOAL).exclude(pk=request.row_of_form)
            kwargs["queryset"] = goals.order_by("number")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        """The number is the next one of the plan, where that is known."""
        plan = getattr(request, "plan_of_form", None)
        number = {"number": plan.next_number()} if plan else {}
        return number | super().get_changeform_initial_data(request)

    def get_inline_instances(self, request, obj=None):
        """What is not there yet goes on as nothing."""
        inlines = super().get_inline_instances(request, obj)
        return inlines if obj else [each for each in inlines if not isinstance(each, ContinuationInline)]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        tell_how_it_goes_on(form.instance)

    def word_before(self, request, obj):
        """Where it came from, and the ways to its plan."""
        if obj is None:
            return ""
        plans: Any = self.admin_site.get_model_admin(Plan)
        came = obj.origins.select_related("source__plan").order_by("source__plan__year", "source__number")
        context = {
            "row": obj,
            "came": [(each.source, self.page("change", each.source_id)) for each in came],
            "plan_url": plans.page("change", obj.plan_id),
            "evaluate_url": self._evaluate_url(obj),
        }
        return render_to_string("admin/annual_plan/planitem/before.html", context)

    # What saving does

    def response_post_save_add(self, request, obj):
        """To the rows of its plan, with the way to one more."""
        url = f"{self.page('add')}?plan={obj.plan_id}"
        self.message_user(
            request, format_html('<a href="{}">{}</a>', url, _("Add another goal or action")), messages.INFO
        )
        return redirect(list_of_rows(self, obj.plan, request.user))

    def is_for_all(self, row):
        return super().is_for_all(row) and not row.is_for_insiders
