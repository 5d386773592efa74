"""The columns of a table, made from the fields of its model: one for each language where a field is translated.

Headings are Finnish whatever the language of the desk, and stand here and in the tables themselves rather than in a
catalogue: they are read back, and a sheet saved last year must still fit.
"""

from django.conf import settings
from django.db import models
from import_export.fields import Field

from centres.admin.by_language import translated_names
from centres.languages import column
from services.tables.cells import Age, Choice, Day, Number, Row, Tags, Text, YesNo

LANGUAGES = {
    "fi": "suomi",
    "fi-simple": "selkosuomi",
    "sv": "ruotsi",
    "en": "englanti",
    "se": "pohjoissaame",
}
_AGES = ("from_month", "to_month")


def columns(model, headings, choosable):
    """The `Field`s of a table of `model` by field name, in the order of `headings` (by the names of its fields).

    `choosable` gives the queryset of the rows that may be chosen for a relation of the model.
    """
    translated = translated_names(model)
    found = {}
    for name, heading in headings.items():
        if name in translated:
            for code, _name in settings.LANGUAGES:
                found[column(name, code)] = f"{heading} ({LANGUAGES[code]})"
        else:
            found[name] = heading
    return {
        name: Field(
            attribute=name, column_name=heading, widget=_cells(model._meta.get_field(name), choosable)
        )
        for name, heading in found.items()
    }


def _cells(field, choosable):
    """How the values of the model's `field` stand in cells."""
    if field.is_relation:
        return (Tags if field.many_to_many else Row)(choosable(field))
    if field.choices:
        return Choice(field.choices, empty="" if field.empty_strings_allowed else None)
    if field.name in _AGES:
        return Age()
    if isinstance(field, models.BooleanField):
        return YesNo()
    if isinstance(field, models.DateField):
        return Day()
    if isinstance(field, models.IntegerField) and not field.primary_key:
        return Number(empty=None if field.null else 0)
    return Text(empty=None if field.null else "")
