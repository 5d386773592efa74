"""Writes that touch several rows of the kernel."""

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.db import transaction
from django.utils.translation import override


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
