"""Which rows are recorded, and what belongs to what.

A *root* is a row with a history of its own: a service, a theme, a place. It *owns* the rows that stand and fall with it
(its contacts), and may *hold* other roots (a service its offerings), which are also changed on pages of their own.
"""

from dataclasses import dataclass, replace
from typing import Any

import reversion
from django.db.models import Model, Prefetch

from centres.folding import FoldedTextField, SortKeyField
from centres.versions import StateField

# Made anew whenever a row is saved, by its other fields or by the clock.
_DERIVED = (FoldedTextField, SortKeyField, StateField)


@dataclass(frozen=True)
class Recorded:
    """What is recorded of the rows of `model`: its `fields`, and the relations by which other rows belong to it.

    `owns` and `holds` are names of reverse relations; `named_by` are the relations that a row's name is made of.
    `asks` are the relations that its `clean()` looks at, which whatever comes back is asked then; None: it is not.
    `numbered` are the fields of the row that it is numbered in, and of its number, which no two rows there share;
    `says_one_thing` tells that no two rows say the same at all, and that no other rows lead to them.
    """

    model: type[Model]
    fields: tuple[str, ...]
    owns: tuple[str, ...]
    holds: tuple[str, ...]
    named_by: tuple[str, ...]
    asks: tuple[str, ...] | None = None
    numbered: tuple[str, str] | None = None
    says_one_thing: bool = False


_recorded: dict[type[Model], Recorded] = {}


def record(model, *, owns=(), holds=(), named_by=(), fields=None, but=(), asks=None):
    """Records the rows of `model` from now on; `fields` narrows what is told of them, `but` leaves some out."""
    names = tuple(name for name in fields or _fields_of(model) if name not in but)
    reversion.register(model, fields=names, follow=owns)
    asks = None if asks is None else tuple(asks)
    _recorded[model] = Recorded(model, names, tuple(owns), tuple(holds), tuple(named_by), asks)


def number(model, *, within, by):
    """Says of the rows of `model`, recorded already, that no two in one `within` have one number, which is in `by`."""
    _recorded[model] = replace(_recorded[model], numbered=(within, by))


def apart(model):
    """Says of the rows of `model`, recorded already, that no two say the same; nothing may lead to them."""
    _recorded[model] = replace(_recorded[model], says_one_thing=True)


def _fields_of(model):
    """Every field but those that are derived; of a translated one the languages, not the column they share."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    translated = {field.translated_field.name for field in fields if hasattr(field, "translated_field")}
    return [
        field.name
        for field in fields
        if field.name not in translated and not field.primary_key and not is_derived(field)
    ]


def is_derived(field):
    """Whether `field` is made anew whenever a row is saved, and nothing of its own."""
    return isinstance(field, _DERIVED) or getattr(field, "auto_now", False)


def recorded(model):
    """The `Recorded` of `model`; None when nothing is recorded of its rows."""
    return _recorded.get(model._meta.concrete_model)


def recorded_models():
    return tuple(_recorded)


def owners(model):
    """The foreign keys of `model` that lead to a row that owns it."""
    relations: list[Any] = [
        each.model._meta.get_field(name) for each in _recorded.values() for name in each.owns
    ]
    return [relation.field for relation in relations if relation.related_model is model]


def holders(model):
    """The models of the roots that hold rows of `model`."""
    return [
        each.model
        for each in _recorded.values()
        if any(each.model._meta.get_field(name).related_model is model for name in each.holds)
    ]


def is_root(model):
    """Whether rows of `model` have a history of their own."""
    return recorded(model) is not None and not owners(model)


def with_all(queryset):
    """`queryset` with all that belongs to its rows: as many queries as there are relations, whatever the rows."""
    each = _recorded[queryset.model]
    relations = [
        Prefetch(name, with_all(related._default_manager.order_by("pk")))
        for name in each.owns
        if (related := each.model._meta.get_field(name).related_model)
    ]
    tags = [field.name for field in each.model._meta.many_to_many if field.name in each.fields]
    return queryset.select_related(*each.named_by).prefetch_related(*relations, *tags)


def row_and_owned(row):
    """`row` and what belongs to it, each after the row that owns it."""
    yield row
    for name in _recorded[type(row)].owns:
        for each in getattr(row, name).all():
            yield from row_and_owned(each)
