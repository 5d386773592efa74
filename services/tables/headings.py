"""Whether the first row of a sheet names columns of the table."""

from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# As many strange columns are named; a sheet of another kind has them all.
_MOST_NAMED = 10


def refuse_strange(headings, *, known, identifying):
    """ValidationError where `headings` are not among the `known` ones, or none of the `identifying` is there."""
    if not set(identifying) & set(headings):
        raise ValidationError(
            _(
                "A column is missing that tells which row is which: %(headings)s. "
                "Take the first row from an export."
            ),
            params={"headings": ", ".join(identifying)},
        )
    if strange := [heading for heading in headings if heading not in known]:
        raise ValidationError([_strange(heading, known) for heading in strange[:_MOST_NAMED]])
    if doubled := sorted({heading for heading in headings if headings.count(heading) > 1}):
        raise ValidationError(
            _("These columns are there twice: %(headings)s."), params={"headings": ", ".join(doubled)}
        )


def _strange(heading, known):
    if not heading:
        return ValidationError(_("There is a column without a heading between the others."))
    if near := get_close_matches(heading, known, n=1):
        return ValidationError(
            _("There is no column “%(heading)s”. Did you mean “%(near)s”?"),
            params={"heading": heading, "near": near[0]},
        )
    return ValidationError(_("There is no column “%(heading)s”."), params={"heading": heading})
