"""The rows of a set of forms as a browser sends them: numbered fields, of which a part has keys of rows."""

import re

from django.forms import CheckboxInput
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.datastructures import MultiValueDict

from centres.admin.choosing import is_key

# Far more than any form has.
MOST_ROWS = 1000


def keys_sent(data, prefix):
    """The keys of the rows that were there as the form was opened, by number; "" for what is no key."""
    initial = data.get(f"{prefix}-INITIAL_FORMS", "")
    keys = [
        data.get(f"{prefix}-{number}-id", "")
        for number in range(min(int(initial), MOST_ROWS) if is_key(initial) else 0)
    ]
    return [key if is_key(key) else "" for key in keys]


def keys_taken_away(data, prefix):
    """The keys of the rows that were there as the form was opened, and are ticked to be deleted."""
    return [
        int(key)
        for number, key in enumerate(keys_sent(data, prefix))
        if key
        and CheckboxInput().value_from_datadict(
            data, MultiValueDict(), f"{prefix}-{number}-{DELETION_FIELD_NAME}"
        )
    ]


def forget_gone_rows(data, prefix, model):
    """Moves the rows of a set of forms whose rows are gone behind those that are there, as new ones."""
    keys = keys_sent(data, prefix)
    asked = model._default_manager.filter(pk__in=[key for key in keys if key]).order_by("pk")
    there = {str(pk) for pk in asked.values_list("pk", flat=True)} if any(keys) else set()
    gone = [number for number, key in enumerate(keys) if key and key not in there]
    if gone:
        _put_last(data, prefix, gone, len(keys))
        for number in range(len(keys) - len(gone), len(keys)):
            data[f"{prefix}-{number}-id"] = ""
        data[f"{prefix}-INITIAL_FORMS"] = str(len(keys) - len(gone))


def take_out(data, prefix, numbers):
    """Takes the rows with these `numbers` out of a set of forms, as if they had not been on it."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    if not numbers or not is_key(total):
        return
    count = min(int(total), MOST_ROWS)
    _put_last(data, prefix, numbers, count)
    for name in [name for number in range(count - len(numbers), count) for name in _of(data, prefix, number)]:
        del data[name]
    for which in ("TOTAL", "INITIAL"):
        name = f"{prefix}-{which}_FORMS"
        data[name] = str(int(data[name]) - len(numbers))


def _put_last(data, prefix, numbers, count):
    """Gives the rows with these `numbers` the last numbers of `count`; the others keep their order."""
    order = [*(number for number in range(count) if number not in numbers), *numbers]
    new = {old: number for number, old in enumerate(order)}
    values = {
        f"{prefix}-{number}-{name.removeprefix(f'{prefix}-{old}-')}": data.getlist(name)
        for old, number in new.items()
        for name in _of(data, prefix, old)
    }
    for name in [name for old in new for name in _of(data, prefix, old)]:
        del data[name]
    for name, value in values.items():
        data.setlist(name, value)


def _of(data, prefix, number):
    """The names of the fields of one row."""
    return [name for name in data if re.match(rf"{re.escape(prefix)}-{number}-.", name)]
