"""Whether a row obeys its model, at no more cost than what a table changes of it.

Django asks the database for each rule of a model whenever a row is checked, and hands it the values of all its columns:
with a hundred columns that is most of what a table costs. Here one question is asked for all the rules, with no more
than their own columns; and none where the columns of a rule are as they were, and it holds as it did.
"""

from functools import reduce
from operator import and_

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Q


def columns_of(instance):
    """What stands in each column of `instance`, by the field's name."""
    # Past the descriptors of modeltranslation: asked for a column, they look for a language that says something.
    values = vars(instance)
    return {field.name: values.get(field.attname) for field in instance._meta.concrete_fields}


def problems_of(instance, *, before, exclude):
    """What `full_clean` would say of `instance`, as a dictionary of errors, but for the fields `exclude`.

    `before` are the columns of the row as it was; none for a new one.
    """
    relations = {field.name for field in instance._meta.concrete_fields if field.is_relation}
    known = {*exclude, *(relations & same_columns(before, instance))}
    errors = _told(instance.full_clean, known, validate_unique=False, validate_constraints=False)
    # Checking has put some values right.
    same = same_columns(before, instance)
    errors = _joined(errors, _told(instance.validate_unique, {*exclude, *errors, *same}))
    for constraint in _doubtful(instance, {*exclude, *errors}, same):
        errors = _joined(errors, _told(constraint.validate, {*exclude, *errors}, type(instance), instance))
    return errors


def same_columns(before, instance):
    """The names of the fields of `instance` whose columns are as they were `before` (as `columns_of` gives them)."""
    now = columns_of(instance)
    return {name for name, value in before.items() if value == now[name]}


def _told(check, exclude, *args, **kwargs):
    """The errors that `check` raises, as a dictionary."""
    try:
        check(*args, exclude=exclude, **kwargs)
    except ValidationError as error:
        return error.update_error_dict({})
    return {}


def _joined(errors, more):
    return ValidationError(more).update_error_dict(errors) if more else errors


def _doubtful(instance, exclude, same):
    """The constraints that may be broken; those over the columns of one row are asked for together first."""
    checks, others = [], []
    for each in instance._meta.constraints:
        (checks if isinstance(each, CheckConstraint) else others).append(each)
    # A rule over a column that cannot be read is not looked at, as Django has it.
    due = [each for each in checks if not (_columns(each) <= same or _columns(each) & exclude)]
    if not due:
        return others
    together = CheckConstraint(condition=reduce(and_, (Q(each.condition) for each in due)), name="together")
    rest = {field.name for field in instance._meta.concrete_fields} - _columns(together)
    hold = not _told(together.validate, rest, type(instance), instance)
    return others if hold else [*due, *others]


def _columns(constraint):
    return set(Q(constraint.condition).referenced_base_fields)
