"""What a search at the desk finds, in the order of how well it fits what was typed."""

from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from centres.folding import fits_of_name
from centres.languages import column


class Ranked(ModelAdmin):
    """A list, and the autocompletes of its rows, where the row that was meant comes first."""

    # The names that rows are known by: each a `SortKeyField` without its language; the first that is filled counts.
    name_keys: tuple[str, ...] = ()

    def get_search_results(self, request, queryset, search_term):
        """The name itself first, then names that begin with what was typed, then those that hold it."""
        found, may_have_duplicates = super().get_search_results(request, queryset, search_term)
        if self.name_keys:
            keys = [NullIf(column(key, get_language()), Value("")) for key in self.name_keys]
            found = found.annotate(name_key=Coalesce(*keys, Value("")))
            found = best_first(request, found, fits_of_name("name_key", search_term))
        return found, may_have_duplicates


def best_first(request, found, fits):
    """`found` by the first of the conditions `fits` that a row meets, as listed among equals.

    Whoever chose a column to sort by gets that.
    """
    if not fits or ORDER_VAR in request.GET:
        return found
    rank = Case(*(When(fit, then=number) for number, fit in enumerate(fits)), default=len(fits))
    as_listed = found.query.order_by or found.model._meta.ordering
    return found.order_by(rank, *as_listed)
