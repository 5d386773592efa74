"""Choosing a row of another table: by typing a part of its name, or by ticking boxes."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
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

    # The row that stands there already, where it was fetched with the row of the form.
    chosen: Any = None

    class Media:
        js = ["desk/names.js"]

    def build_attrs(self, base_attrs, extra_attrs=None):
        """What opens does so within the page's main part: the end of the page is in no landmark."""
        return super().build_attrs(base_attrs, extra_attrs) | {"data-dropdown-parent": "#content"}

    def optgroups(self, name, value, attr=None):
        """The row chosen; what is no key chooses none. A row that is known is not asked for again."""
        keys = [each for each in value if not each or is_key(each)]
        if self.chosen is None or [str(each) for each in keys] != [str(self.chosen.pk)]:
            return super().optgroups(name, keys, attr)
        field = self.choices.field
        nothing = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = field.label_from_instance(self.chosen)
        return [(None, [*nothing, self.create_option(name, self.chosen.pk, label, True, len(nothing))], 0)]


class RowsSelect(AutocompleteSelectMultiple):
    """Several rows, each found by typing, of a table too long for boxes to tick."""

    class Media:
        js = ["desk/names.js"]

    def build_attrs(self, base_attrs, extra_attrs=None):
        return super().build_attrs(base_attrs, extra_attrs) | {"data-dropdown-parent": "#content"}

    def optgroups(self, name, value, attr=None):
        """The rows chosen, called as where one of them is chosen; what is no key chooses none."""
        return super().optgroups(name, [each for each in value if is_key(each)], attr)


class KnownRows(forms.ModelForm):
    """A form that does not fetch once more the rows that its own row was fetched with: one query for each is many."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)  # within Django's wrapper
            if isinstance(widget, RowSelect):
                column = self.instance._meta.get_field(name)
                widget.chosen = column.get_cached_value(self.instance, default=None)


class TickedRows(forms.ModelMultipleChoiceField):
    """Rows to tick; what is no key is refused before the database is asked for it."""

    def clean(self, value):
        for each in value or ():
            if not is_key(each):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": each}
                )
        return super().clean(value)
