"""Whose history a user may read, and what of it they may take back."""

from typing import Any

from django.db.models import prefetch_related_objects

from centres.history.reverting import row_of
from centres.history.snapshots import Key, last_known
from centres.rights import kept_by


def within_reach(site, request, roots, *, to_change=False):
    """Those of the keys `roots` that the user sees (`to_change`: may change), or may have back where they are gone."""
    found = {}
    for model in dict.fromkeys(key.model for key in roots):
        pages, pks = site.get_model_admin(model), [key.pk for key in roots if key.model is model]
        there = pages.get_queryset(request).filter(pk__in=pks).order_by("pk")
        found |= {
            Key.of(row): pages.has_change_permission(request, row)
            if to_change
            else pages.has_view_or_change_permission(request, row)
            for row in there
        }
        found |= dict.fromkeys(_keys(model, pks) - set(found), False)
    gone = last_known([key for key in roots if key not in found])
    rows = {key: row_of(known[key]) for key, known in gone.items()}
    with_keepers(rows.values())
    for row in rows.values():
        _as_if_held(row, rows)
    found |= {key: site.get_model_admin(key.model).may_bring_back(request, row) for key, row in rows.items()}
    return [key for key in roots if found.get(key)]


def with_keepers(rows):
    """Fetches what says whose each of `rows` is, which are in no database: at once, as it is asked of each."""
    models: Any = dict.fromkeys(map(type, rows))
    for model in models:
        ways = {path.rpartition("__")[0] for path in kept_by(model)} - {""}
        prefetch_related_objects([row for row in rows if type(row) is model], *sorted(ways))


def _as_if_held(row, gone):
    """Lets `row`, which is in no database, lead to those of the rows `gone` that it belonged to: they say whose."""
    for field in row._meta.concrete_fields:
        if field.is_relation:
            key = Key(field.related_model._meta.concrete_model, str(getattr(row, field.attname)))
            if key in gone:
                setattr(row, field.name, gone[key])


def _keys(model, pks):
    """The keys of the rows `pks` of `model` that there are, whoever may see them."""
    there = model._default_manager.filter(pk__in=pks).order_by("pk")
    return {Key(model, str(pk)) for pk in there.values_list("pk", flat=True)}
