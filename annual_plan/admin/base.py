"""What the desk's pages of plans, of their rows and of their duties have in common."""

from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.forms.formsets import DELETION_FIELD_NAME
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annual_plan.actions import wait_for_plans_of
from annual_plan.models import Continuation, Plan, PlanItem
from centres.admin.base import DeskAdmin
from centres.admin.choosing import is_key
from centres.admin.inlines import DifferentRows, RowsInline
from centres.admin.scope import keeps_one_centre
from centres.folding import fold
from centres.rights import changeable, rights_of, visible

# What the tables between two models hold is no row of its own to anybody.
_TIES = [PlanItem.tasks.through._meta]


class PlanPages(DeskAdmin):
    """Of plans, and of what lies in one: nobody previews them, and who reads them is said as professionals know it."""

    def plan_of(self, row):
        return row

    def is_for_all(self, row):
        """Whether everybody reads `row`, and not professionals alone."""
        return self.plan_of(row).phase != Plan.Phase.DRAFTING

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Who sends the form waits for whoever is at the plans of the same centre already, plans before rows."""
        plan = self.plan_of_address(request, object_id) if request.method == "POST" else None
        if plan is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            wait_for_plans_of(plan.centre_id)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def plan_of_address(self, request, object_id):
        """The plan that the form at the address is of, if the user may see it; None where it is of none yet."""
        row = self.get_object(request, unquote(object_id)) if object_id else None
        return row and self.plan_of(row)

    def as_it_stands(self, request, obj):
        """`obj` as it is saved: a form that comes back has changed it in memory to what was typed."""
        if obj is None or request.method != "POST":
            return obj
        return self.get_object(request, str(obj.pk)) or obj

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """What stands around the form tells of what is saved, not of what was typed."""
        stands = self.as_it_stands(request, obj)
        if stands is not None:
            context |= {"original": stands, "subtitle": str(stands)}
        return super().render_change_form(request, context, add, change, form_url, stands)

    def pages_to_preview(self, request, row):
        """None: whoever had the link would read what is for insiders alone."""
        return []

    def _has_pages(self):
        return False

    def is_shown(self, row, today):
        """A plan is read where its centre is, by professionals at least."""
        return self.plan_of(row).centre.is_public(today)

    def get_view_on_site_url(self, obj=None):
        """Its own page; of what has none, that of its plan."""
        if obj is None or not self.is_shown(obj, timezone.localdate()):
            return None
        return (obj if hasattr(obj, "get_absolute_url") else self.plan_of(obj)).get_absolute_url()

    def get_deleted_objects(self, objs, request):
        """What goes with `objs`, without the tables between two models."""
        named, number, *others = super().get_deleted_objects(objs, request)
        plurals = [tie.verbose_name_plural for tie in _TIES]
        return _untied(named), {name: n for name, n in number.items() if name not in plurals}, *others

    def rows_deleted_with(self, objs):
        """The rows of plans that are deleted when `objs` are."""
        return PlanItem.objects.none()

    def delete_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        context = self._open_again([row] if row else [])
        return super().delete_view(request, object_id, context | (extra_context or {}))

    def response_action(self, request, queryset):  # type: ignore[override]
        response = super().response_action(request, queryset)
        if request.POST.get("action") == "delete_selected" and isinstance(response, TemplateResponse):
            context: Any = response.context_data
            response.context_data = context | self._open_again(context["queryset"])
        return response

    def _open_again(self, objs):
        """What the pages that ask need to say how many promises would be open again without `objs`."""
        deleted = self.rows_deleted_with(objs)
        return {"open_again": open_again(deleted, timezone.localdate()).count()}

    def tell_what_families_see(self, request, obj):
        """Says who sees it, and where."""
        row = self.get_queryset(request).filter(pk=obj.pk).first()
        url = self.get_view_on_site_url(row)
        if not url or IS_POPUP_VAR in request.POST:
            return
        seen = _("Everybody sees it.") if self.is_for_all(row) else _("Signed-in professionals see it.")
        link = format_html('{} <a href="{}">{}</a>', seen, url, _("Look at the page"))
        self.message_user(request, link, messages.INFO)


def _untied(named):
    """The nested list of names `named`, without those of ties between two models."""
    starts = tuple(f"{capfirst(tie.verbose_name)}: " for tie in _TIES)
    kept = [_untied(each) if isinstance(each, list) else each for each in named]
    return [each for each in kept if each and not (isinstance(each, str) and each.startswith(starts))]


def open_again(deleted, today):
    """The rows that go on in none but the rows `deleted`: without these they are open promises on the date `today`."""
    elsewhere = Continuation.objects.filter(source=OuterRef("pk")).exclude(target__in=deleted.values("pk"))
    tied = PlanItem.objects.filter(continuations__target__in=deleted.order_by().values("pk"))
    found = tied.filter(tied.condition_unless_it_goes_on(today)).exclude(
        pk__in=deleted.order_by().values("pk")
    )
    return found.exclude(Exists(elsewhere.order_by())).order_by().distinct()


class InPlan(PlanPages):
    """Rows that lie in a plan: begun from its page (``?plan=3``), and in it for good."""

    def plan_of(self, row):
        return row.plan

    def plan_of_form(self, request, obj=None):
        """The plan that the form is in: that of `obj`; of a new row the one its address names, if it is the user's."""
        return obj.plan if obj is not None else _plan_of(request.user, request.GET.get("plan", ""))

    def plan_in_question(self, request, obj=None):
        """The plan that the form is in, or, where that is not said yet, the one that is chosen on it."""
        return self.plan_of_form(request, obj) or _plan_of(request.user, request.POST.get("plan", ""))

    def plan_of_address(self, request, object_id):
        """With the plan that is chosen on a new row's form: whoever is at it already is waited for."""
        return super().plan_of_address(request, object_id) if object_id else self.plan_in_question(request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Which plan it is in is said once: it stays on the form, for constraints to look at."""
        request.plan_of_form, request.row_of_form = self.plan_of_form(request, obj), obj and obj.pk
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        field = form.base_fields.get("plan")
        if field and request.plan_of_form:
            field.initial, field.disabled = request.plan_of_form.pk, True
        # What is begun beside the form would know of no plan.
        for each in (
            form.base_fields[name].widget for name in ("plan", "parent") if name in form.base_fields
        ):
            each.can_add_related = each.can_change_related = False
        return form

    def get_changeform_initial_data(self, request):
        """The plan is set by the form itself."""
        initial = super().get_changeform_initial_data(request)
        initial.pop("plan", None)
        return initial

    def get_search_results(self, request, queryset, search_term):
        """Each word is found in any letters, and a number where it stands as such: "PEKE-tyoryhma", "3. Kohtaamis".

        The rows are read through, for a centre has some hundreds, and what they say is kept folded in no column.
        """
        words = fold(search_term).split()
        if not words:
            return queryset, False
        rows = queryset.order_by("pk").values_list("pk", *self.search_fields)
        return queryset.filter(pk__in=[pk for pk, *said in rows if _fits(words, said)]), False


def _plan_of(user, key):
    """The plan with the `key`, which somebody typed or sent, if `user` may change it; else None."""
    if not is_key(key):
        return None
    own = changeable(rights_of(user), Plan)
    return Plan.objects.filter(own, pk=key).select_related("centre").first()


def _fits(words, said):
    """Whether each of the folded `words` stands somewhere in what is `said`; a number as a whole."""
    text = fold(" ".join(str(each) for each in said if each is not None))
    parts = set(text.split())
    return all(word in (parts if word.isdecimal() else text) for word in words)


class YearFilter(admin.SimpleListFilter):
    """By the year of the plan: the years that the reader's plans are for, the latest first."""

    title = gettext_lazy("year")
    # Not "year", nor "plan__year": with such words one would ask the database for the year of a date.
    parameter_name = "of_year"

    def lookups(self, request, model_admin):
        plans = Plan.objects.filter(visible(rights_of(request.user), Plan))
        years = plans.order_by("-year").values_list("year", flat=True).distinct()
        return [(str(year), str(year)) for year in years]

    def queryset(self, request, queryset):
        if self.value() not in [value for value, _words in self.lookup_choices]:
            return queryset
        field = "year" if queryset.model is Plan else "plan__year"
        return queryset.filter(**{field: self.value()})


class EachOnce(DifferentRows):
    """Rows of which none says what another does, be that one sent with it, or added by somebody else meanwhile."""

    def validate_unique(self):
        """Of what does not stand on the form, neither Django nor the form knows."""
        super().validate_unique()
        on_form = [form.instance.pk for form in self.initial_forms]
        rows = self.get_queryset().exclude(pk__in=on_form) if self.instance.pk else ()
        others = {
            self.what_is_one({name: getattr(row, name) for name in self.form.base_fields}) for row in rows
        }
        for form in self.forms:
            is_asked = form.is_valid() and not form.cleaned_data.get(DELETION_FIELD_NAME)
            if is_asked and (said := self.what_is_one(form.cleaned_data)) is not None and said in others:
                form.add_error(self.field_of(form.cleaned_data), self.message)

    def save(self, commit=True):
        """What changes or is taken away leaves its place first: no two rows say the same, not even for a moment."""
        moving = [
            form.instance.pk
            for form in self.initial_forms
            if form.has_changed() or form.cleaned_data.get(DELETION_FIELD_NAME)
        ]
        # Saving puts a row that changes back in, under the key that it had.
        model: Any = self.model
        model._default_manager.filter(pk__in=moving).delete()
        return super().save(commit)


class BearerRows(EachOnce):
    """Nobody is named twice; one network or organisation may be, under different words."""

    field = "label_fi"
    message = gettext_lazy("This stands here already.")

    def what_is_one(self, said):
        who = (said.get("network"), said.get("organisation"), said.get("label_fi") or "")
        return who if any(who) else None

    def field_of(self, said):
        return next((name for name in ("network", "organisation") if said.get(name)), self.field)


class BearerInline(RowsInline):
    """Who sees to something, one below the other."""

    formset = BearerRows
    fieldsets = [
        (
            None,
            {
                "fields": [("network", "organisation", "order"), "label"],
                "description": gettext_lazy(
                    "Choose a network or an organisation, or say in words who it is."
                ),
            },
        ),
    ]
    autocomplete_fields = ["network", "organisation"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("network__network", "network__centre", "organisation")


def of_plan(view):
    """Gives `view` the plan that the address names, for whoever may change it."""

    @wraps(view)
    def found(request, object_id, pages, **kwargs):
        plan = pages.get_object(request, unquote(object_id))
        if plan is None:
            return pages._get_obj_does_not_exist_redirect(request, pages.opts, object_id)  # noqa: SLF001
        if not pages.has_change_permission(request, plan):
            raise PermissionDenied
        return view(request, pages, plan, **kwargs)

    return found


def list_of_rows(pages, plan, user, **chosen):
    """The address of the list of the rows of `plan`, narrowed to those `chosen`; `pages` is their ModelAdmin."""
    # Whoever keeps one centre has no filter for it.
    centre = {} if keeps_one_centre(user) else {"plan__centre__id__exact": plan.centre_id}
    return f"{pages.page('changelist')}?{urlencode({YearFilter.parameter_name: plan.year} | centre | chosen)}"
