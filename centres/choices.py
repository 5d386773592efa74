"""Choices that the database knows too: forms refuse an unknown word, imports and shells go past forms."""

from django.conf import settings
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from centres.languages import FINNISH, column


def known(field, choices, *, blank=False):
    """The constraint that `field` holds one of `choices`, or nothing where it may be `blank`.

    `choices` are an enumeration, or the values of one that stands in the model's own class, where its Meta cannot
    see it; a test holds the two together.
    """
    words = [*getattr(choices, "values", choices), *([""] if blank else [])]
    return CheckConstraint(
        condition=Q(**{f"{field}__in": words}),
        name=f"%(app_label)s_%(class)s_known_{field}",
        violation_error_message=_("This is not one of the choices."),
    )


def in_finnish(*fields):
    """The constraint that `fields` are never empty in Finnish, which every other language falls back to."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}_fi__isnull": False}) & ~Q(**{f"{field}_fi": ""})
    return CheckConstraint(
        condition=condition,
        name="%(app_label)s_%(class)s_in_finnish",
        violation_error_message=_("The Finnish text is always needed: the other languages fall back to it."),
    )


def finnish_first(field, message):
    """The constraint that `field`, which may be empty, is in another language only where it is in Finnish.

    What other rules ask of the Finnish text then holds for every language. `message` says what to do.
    """
    finnish = column(field, FINNISH)
    condition = Q(**{f"{finnish}__isnull": False}) & ~Q(**{finnish: ""})
    nothing_else = Q()
    for code, _name in settings.LANGUAGES:
        if code != FINNISH:
            other = column(field, code)
            nothing_else &= Q(**{other: None}) | Q(**{other: ""})
    return CheckConstraint(
        condition=condition | nothing_else,
        name=f"%(app_label)s_%(class)s_finnish_first_{field}",
        violation_error_message=message,
    )
