"""Choosing a row of another table: by typing a part of its name, or by ticking boxes."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import BadRequest, ValidationError

# As many digits as a key of the database can have and more would not fit into.
LONGEST_KEY = 18


def is_key(value):
    """Whether `value`, from an address or a form, can be the key of a row at all."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY


def refuse_strange_keys(values):
    """Answers 400 where one of `values` is no key: no page of ours sends such."""
    if not all(is_key(value) for value in values):
        raise BadRequest("This is no key of a row.")


class RowSelect(AutocompleteSelect):
    """A choice found by typing."""

    class Media:
        js = ["desk/names.js"]

    def optgroups(self, name, value, attr=None):
        """The row chosen; what is no key chooses none."""
        return super().optgroups(name, [each for each in value if not each or is_key(each)], attr)


class TickedRows(forms.ModelMultipleChoiceField):
    """Rows to tick; what is no key is refused before the database is asked for it."""

    def clean(self, value):
        for each in value or ():
            if not is_key(each):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": each}
                )
        return super().clean(value)
