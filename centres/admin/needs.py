"""Lists of exactly the rows that need somebody: ``?need=stale``."""

from collections.abc import Sequence

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.admin.by_language import HEADINGS
from centres.admin.scope import Scoped
from centres.admin.version_states import WORDS, published_languages, version_state
from centres.models import FamilyCentre
from centres.needs import OF_VERSIONS, Measure, Need
from centres.versions import OTHER_LANGUAGES, VersionState

# The states of a language version that somebody should put right.
TO_MEND = {VersionState.MISSING, VersionState.PARTLY, VersionState.OLDER}


class NeedFilter(admin.SimpleListFilter):
    """One of the needs that the ModelAdmin names, and the rows with it that the reader may put right."""

    title = _("what needs somebody")
    parameter_name = "need"

    def __init__(self, request, params, model, model_admin):
        self.pages = model_admin
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(need.slug, need.title) for need in model_admin.needs]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        rows = self.pages.rows_in_need(request, self.need(), Measure.on(timezone.localdate()))
        return queryset.filter(pk__in=rows.order_by().values("pk"))

    def need(self):
        """The need chosen; a word that is none leads back to the whole list, as Django has it."""
        for need in self.pages.needs:
            if need.slug == self.value():
                return need
        raise IncorrectLookupParameters(ValidationError("There is no such need."))


def _to_mend():
    """A column that tells which language versions of a row lack something, and what: "Swedish: missing"."""
    # Of what all centres share: every language that any of them publishes in. Asked once for a whole list.
    any_centre: set[str] = set()

    @admin.display(description=_("languages to mend"))
    def to_mend(row):
        published = published_languages(row)
        if published is None and not any_centre:
            any_centre.update(*FamilyCentre.objects.order_by("pk").values_list("languages", flat=True))
        published = any_centre if published is None else published
        states = {code: version_state(row, code, published) for code in OTHER_LANGUAGES}
        lacking = [f"{HEADINGS[code]}: {WORDS[state]}" for code, state in states.items() if state in TO_MEND]
        return "; ".join(lacking)

    return to_mend


class InNeed(Scoped):
    """What a ModelAdmin knows of the needs of its rows."""

    # Which needs its rows can have (`centres.needs`).
    needs: Sequence[Need] = ()

    def get_list_filter(self, request):
        filters = super().get_list_filter(request)
        return [NeedFilter, *filters] if self.needs else filters

    def in_need(self, need, measure):
        """The condition that a row has the `need` by `measure`, and that it is told of this row and not of another."""
        return need.condition(self.model, measure)

    def rows_in_need(self, request, need, measure):
        """The rows that the reader may put right and that have the `need`, by `measure`."""
        return self.changeable(request).filter(self.in_need(need, measure))

    def get_list_display(self, request):
        """A list of language versions to mend says which languages that are."""
        columns = super().get_list_display(request)
        wanted = {need.slug for need in OF_VERSIONS} & {request.GET.get(NeedFilter.parameter_name)}
        return [*columns, _to_mend()] if wanted else columns

    def stands_in(self, row):
        """What `row` is called where it is told what needs somebody."""
        return str(row)

    def changelist_view(self, request, extra_context=None):
        """A list of what needs somebody says what to do about it."""
        chosen = [need for need in self.needs if need.slug == request.GET.get(NeedFilter.parameter_name)]
        words = {"subtitle": f"{chosen[0].title}. {chosen[0].guidance}"} if chosen else {}
        return super().changelist_view(request, words | (extra_context or {}))
