"""Writes that touch several rows of the kernel."""

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.db import transaction
from django.utils.translation import override

from centres.copying import (
    UNSEEN,
    clone,
    first_free,
    free_slug,
    has_slug_of_copy,
    marked_names,
    names_of_copy,
    slug_after,
    was_published,
)
from centres.models import LinkCheck, Theme


def addresses(row):
    """The addresses of the page of `row` by language; none when it has no page of its own."""
    if not hasattr(row, "get_absolute_url"):
        return {}
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = row.get_absolute_url()
    return found


@transaction.atomic
def keep_old_addresses(*, old, new):
    """Lets every address in `old` lead to the one in `new` of the same language (both as `addresses` gives them).

    What led to the old address leads straight to the new one, and a page that moves back stops leading elsewhere.
    """
    redirects = Redirect.objects.filter(site_id=settings.SITE_ID)
    for language, old_path in old.items():
        new_path = new[language]
        if old_path != new_path:
            redirects.filter(old_path=new_path).delete()
            redirects.filter(new_path=old_path).update(new_path=new_path)
            redirects.update_or_create(
                site_id=settings.SITE_ID, old_path=old_path, defaults={"new_path": new_path}
            )


def check(row, *, today, centre):
    """Says of `row`, not saved yet, that it was checked on `today`, by the organisation that answers for it.

    That is the provider of the pages of its own centre; where all share it, of `centre`, the checker's (or None).
    Where nobody answers, whoever checked it before still stands there.
    """
    own = getattr(row, "centre", None) or getattr(row, "home", None) or centre
    row.reviewed_on = today
    if own and own.provider_id:
        row.reviewed_by_id = own.provider_id


@transaction.atomic
def mark_as_checked(*, rows, today, centre):
    """Checks each of `rows` (see `check`). One by one, so that what records changes sees each of them."""
    for row in rows:
        check(row, today=today, centre=centre)
        row.save(update_fields=["reviewed_on", "reviewed_by", "updated_at"])


@transaction.atomic
def record_link(*, url, in_text, fault, status, now):
    """Keeps what the web address `url` answered at `now`: its `fault` (empty: none) and HTTP status.

    `first_failed_at` is when it began to fail without an answer between: a site that turns a machine away is there.
    """
    before = LinkCheck.objects.filter(url=url).values_list("first_failed_at", flat=True).first()
    fails = fault not in ("", LinkCheck.Fault.UNCLEAR)
    LinkCheck.objects.update_or_create(
        url=url,
        defaults={
            "in_text": in_text,
            "fault": fault,
            "status": status,
            "checked_at": now,
            "first_failed_at": (before or now) if fails else None,
        },
    )


@transaction.atomic
def forget_links(*, shown):
    """Forgets what the site no longer shows; `shown` tells of each web address whether it stands in a text."""
    for link in LinkCheck.objects.order_by("pk"):
        if link.url not in shown:
            link.delete()
        elif link.in_text != shown[link.url]:
            LinkCheck.objects.filter(pk=link.pk).update(in_text=shown[link.url])


@transaction.atomic
def copy_theme(*, theme):
    """A draft like `theme`, in every language, that nobody has checked yet."""
    slug = free_slug(theme.slug, Theme.objects.filter(centre=theme.centre))
    return clone(theme, slug=slug, **names_of_copy(theme), **UNSEEN)


@transaction.atomic
def address_copied_theme(*, theme):
    """Gives `theme`, if it is a copy that has got a name of its own, an address after that name."""
    if not marked_names(theme):
        others = Theme.objects.filter(centre=theme.centre).exclude(pk=theme.pk)
        address_copy(row=theme, slug=slug_after(theme.name_fi), others=others)


def address_copy(*, row, slug, others):
    """Gives `row` the `slug`, or one like it that none of `others` has, while it has that of a copy nobody has seen."""
    if slug and has_slug_of_copy(row) and not was_published(row):
        row.slug = first_free(slug, others)
        row.save(update_fields=["slug"])
