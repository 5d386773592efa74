"""What families see of a row, and how the desk asks for it."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

READERS_SEE_IT = _("Readers see it when it is published, between the days given.")
SUMMER_BREAK = _(
    "Before a summer break, give its last day in spring under “Shown until”. Once it is hidden, empty that and give "
    "the first day of autumn under “Shown from”: it comes back by itself."
)


def is_shown(row, today):
    """Whether readers may see `row` on the date `today`: it is public itself, and so is its centre."""
    kept_by = getattr(row, "centre", row)
    return all(each.is_public(today) for each in (row, kept_by) if hasattr(each, "is_public"))


def may_be_known(row, today):
    """Whether the address of `row` may be on posters: readers see it, or saw it until its last day."""
    last_day = getattr(row, "published_until", None)
    return is_shown(row, min(today, last_day) if last_day else today)


def on_the_site(*fields, guidance=READERS_SEE_IT):
    """The fieldset that says when readers see a row, and other `fields`."""
    return (
        _("On the site"),
        {
            "fields": ["status", ("published_from", "published_until"), *fields],
            "description": format_lazy("{} {}", guidance, SUMMER_BREAK),
        },
    )


def upkeep(*fields):
    """The fieldset that says who keeps a row fresh, after other `fields`."""
    return (
        _("Upkeep"),
        {
            "fields": [*fields, "owner", ("reviewed_on", "reviewed_by"), "updated_at"],
            "description": _(
                "Readers see when, and by which organisation, this was checked. Nobody's name is shown."
            ),
        },
    )
