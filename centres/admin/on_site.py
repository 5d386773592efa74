"""What families see of a row, and how the desk asks for it."""

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from centres.admin.breaks import HIDDEN, SHOWN
from centres.publishing import Status

READERS_SEE_IT = _("Readers see it when it is published, between the days given.")


def is_shown(row, today):
    """Whether readers may see `row` on the date `today`: it is public itself, and so is its centre."""
    asked = getattr(row, "is_public", None)
    # A column of that name says something else.
    return _centre_is_shown(row, today) and (not callable(asked) or asked(today))


def may_be_known(row, today):
    """Whether the address of `row` may be on posters: it has a page, also on a break, or had one on its last day."""
    last_day = getattr(row, "published_until", None)
    return _has_a_page(row, today) or bool(last_day and last_day < today and _has_a_page(row, last_day))


def _has_a_page(row, day):
    """Whether readers find a page of `row` on a `day`, be it one that says when the row is back."""
    has_days = hasattr(row, "is_public_or_away")
    return _centre_is_shown(row, day) and row.is_public_or_away(day) if has_days else is_shown(row, day)


def _centre_is_shown(row, day):
    centre = getattr(row, "centre", None)
    return centre is None or centre.is_public(day)


# What the two fields of status and days mean together, on one line.
FAMILIES_SEE = "what_families_see"


def what_families_see(row, today, shown):
    """What the status and the days of `row` mean on the date `today`, in one sentence; whether it is `shown` at all."""
    days = (row.published_from, row.published_until)
    first, last = (date_format(day, "SHORT_DATE_FORMAT") if day else "" for day in days)
    if row.status != Status.PUBLISHED:
        return _("A draft: families do not see this.")
    if row.is_away(today):
        return format_lazy(
            _("Hidden: {last} was the last day. Comes back on {first}."), first=first, last=last
        )
    if row.published_until and row.published_until < today and not row.has_a_break:
        return format_lazy(_("Hidden: {day} was the last day."), day=last)
    if row.published_from and row.published_from > today and not row.has_a_break:
        return format_lazy(_("Appears on {day}."), day=first)
    if not shown:
        return _(
            "Published, but families do not see this: what it belongs to is hidden, or no centre has it."
        )
    if row.has_a_break and row.published_until >= today:
        words = _("Families see this now, until {last}, and again from {first}.")
        return format_lazy(words, first=first, last=last)
    if row.published_until and not row.has_a_break:
        return format_lazy(_("Families see this now, until {day}."), day=last)
    return _("Families see this now.")


def break_in_words(row):
    """What the two days of `row` mean, whose last one comes first: somebody may have typed them the wrong way round."""
    first, last = (date_format(day, "SHORT_DATE_FORMAT") for day in (row.published_from, row.published_until))
    words = _("Shown until {last}, then hidden, and shown again from {first}: this is a break.")
    return format_lazy(words, first=first, last=last)


def on_the_site(*fields, guidance=READERS_SEE_IT):
    """The fieldset that says when readers see a row, and other `fields`."""
    return (
        _("On the site"),
        {
            "fields": [FAMILIES_SEE, "status", HIDDEN, SHOWN, *fields],
            "description": guidance,
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
