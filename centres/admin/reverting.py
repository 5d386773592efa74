"""The way back at the desk: what would change, and doing it. Each view is given the ModelAdmin as `pages`."""

from dataclasses import replace
from http import HTTPStatus

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from reversion.models import Revision, Version

from accounts.refusals import form_again
from centres.actions import addresses, keep_old_addresses
from centres.admin.on_site import may_be_known
from centres.admin.reach import with_keepers, within_reach
from centres.admin.telling import Teller
from centres.history.kinds import Kind
from centres.history.numbers import settle
from centres.history.registry import is_root, recorded
from centres.history.reverting import holders_gone, plan, restore, row_of
from centres.history.snapshots import Key, Stored, newest_revisions, present
from centres.history.story import held_ever
from centres.rights import may_change, rights_of

# The deleted rows of a list, newest first. What is older is found when what is newer has been brought back.
MOST_DELETED = 200

reads_or_writes = require_http_methods(["GET", "HEAD", "POST"])


@reads_or_writes
def revert(request, object_id, revision, pages):
    """A row as it was after the change `revision`: what that would change, and then done."""
    row = pages.get_object(request, unquote(object_id))
    if row is None:
        return pages._get_obj_does_not_exist_redirect(request, pages.opts, object_id)  # noqa: SLF001
    if not (pages.can_be_reverted and pages.has_change_permission(request, row)):
        raise PermissionDenied
    change = get_object_or_404(Revision.objects.select_related("user"), pk=revision)
    roots = within_reach(pages.admin_site, request, pages.history_roots(row), to_change=True)
    todo = plan(roots, change.pk, within=pages.narrowed_to(row))
    if Key.of(row) not in todo.goal:
        raise Http404("The change holds nothing of this row.")
    keep_what_is_only_read(pages.admin_site, request, todo)
    return _answer(pages, request, todo, Kind.REVERTED, row=row, name=str(row), change=change)


@reads_or_writes
def recover(request, version, pages):
    """A row that was deleted, as it was last: what comes back with it, and then done."""
    last = get_object_or_404(_deleted(pages).select_related("revision__user"), pk=version)
    stored = Stored.of_version(last)
    row = row_of(stored)
    if not (pages.keeps_deleted(request) and pages.may_bring_back(request, row)):
        raise PermissionDenied
    with_it = held_ever(stored.key)
    gone_before = _gone_before(with_it, last.revision)
    wanted = [key for key in with_it if key not in gone_before]
    holders = holders_gone(stored)
    roots = within_reach(pages.admin_site, request, [*holders, *wanted], to_change=True)
    # A holder was there longer than what it held: it comes back as it was last.
    newest = max([last.revision_id, *newest_revisions(holders).values()])
    todo = plan(roots, newest)
    keep_what_is_only_read(pages.admin_site, request, todo)
    return _answer(pages, request, todo, Kind.RECOVERED, row=row, name=stored.name, change=last.revision)


def keep_what_is_only_read(site, request, todo):
    """Leaves as it is what the user could not change on the form, and refuses to hand a row to somebody else.

    So stays what is never taken back (`DeskAdmin.never_taken_back`).

    Going back is a change like any other: what a form would not take, it does not take either.
    """
    kept: dict[Key, Stored] = {}
    for key, row in todo.goal.items():
        theirs = site.get_model_admin(key.model) if site.is_registered(key.model) else None
        now = todo.now.get(key)
        # What belongs to something else now is taken back only from where the user may take it.
        elsewhere = None if now else key.model._default_manager.filter(pk=key.pk).first()
        if elsewhere and not may_change(rights_of(request.user), elsewhere):
            raise PermissionDenied
        if theirs is None or now is None or now == row:
            continue
        stays = [*theirs.get_readonly_fields(request, row_of(now)), *theirs.never_taken_back]
        read = {name for name in stays if name in now.fields}
        kept[key] = replace(row, fields=row.fields | {name: now.fields[name] for name in read})
    rows = [row_of(row) for row in kept.values()]
    with_keepers(rows)
    if not all(site.get_model_admin(type(row)).has_change_permission(request, row) for row in rows):
        raise PermissionDenied
    todo.goal.update(kept)


@require_safe
def recover_list(request, pages):
    """The rows of this kind that were deleted, newest first, of those that the user may have back."""
    if not pages.keeps_deleted(request):
        raise PermissionDenied
    versions = list(_deleted(pages).select_related("revision__user").order_by("-pk")[:MOST_DELETED])
    rows = [row_of(Stored.of_version(version)) for version in versions]
    # Whose they are is asked of each.
    prefetch_related_objects(rows, *(field.name for field in pages.opts.concrete_fields if field.is_relation))
    theirs = [
        version for version, row in zip(versions, rows, strict=True) if pages.may_bring_back(request, row)
    ]
    context = {
        **pages.admin_site.each_context(request),
        "title": _("Deleted"),
        "subtitle": capfirst(pages.opts.verbose_name_plural),
        "opts": pages.opts,
        "deleted": [(version, pages.page("recover", version.pk)) for version in theirs],
    }
    return TemplateResponse(request, "admin/recover_list.html", context)


def _deleted(pages):
    return Version.objects.get_deleted(pages.model)


def _gone_before(roots, revision):
    """Those of `roots` that were deleted by themselves, before all of it was."""
    newest = newest_revisions(roots)
    deletions = Revision.objects.filter(pk__in=newest.values(), comment=Kind.DELETED, pk__lt=revision.pk)
    gone = set(deletions.values_list("pk", flat=True))
    return {root for root, number in newest.items() if number in gone}


def _answer(pages, request, todo, kind, *, row, name, change):
    """Does what `todo` says when it was confirmed and can be done; else the page that shows it.

    `row` is called `name`: of one that is in no database, what its own name is made of may be gone too.
    """
    errors, renumbered = [], [_renumbered(each) for each in settle(todo.now, todo.goal)]
    if request.method == "POST" and todo.changes and not todo.missing:
        try:
            _do(todo, request.user, kind)
        except ValidationError as error:
            errors = error.messages
        else:
            messages.success(request, _DONE[kind]())
            for sentence in renumbered:
                messages.info(request, sentence)
            pages.tell_what_families_see(request, row)
            return redirect(pages.page("change", row.pk))
    context = {
        **pages.admin_site.each_context(request),
        "title": _("Restore an earlier state") if kind == Kind.REVERTED else _("Bring back"),
        "subtitle": name,
        "opts": pages.opts,
        "object": row,
        "is_deleted": kind == Kind.RECOVERED,
        "change": change,
        "rows": Teller(todo.changes).told(todo.changes, Key.of(row)),
        "missing": [_needed(pages, request, *each) for each in todo.missing],
        "renumbered": renumbered,
        "errors": errors,
    }
    response = TemplateResponse(request, "admin/revert.html", context)
    return form_again(response, HTTPStatus.CONFLICT) if request.method == "POST" else response


_DONE = {
    Kind.REVERTED: lambda: _("Restored. If that was a mistake, restore the state before it under “History”."),
    Kind.RECOVERED: lambda: _("Brought back with everything that belonged to it."),
}


def _renumbered(other):
    """Says of an `OtherNumber` that another row has the number of then, and which one the row has instead."""
    said = {"row": other.then.name, "number": other.number}
    if other.is_kept:
        return _("The number of “%(row)s” is another row’s now: it keeps the number %(number)s.") % said
    return _("The number of “%(row)s” is another row’s now: it comes back with the number %(number)s.") % said


def _needed(pages, request, row, key, name):
    """A row that `row` needs and that is gone: what it is called, and the way to bring it back ("" if there is none).

    What held it and is gone too (`holder`: its name; "" where it is there) comes back first, and the row with it.
    """
    found = {"row": row.name, "needs": _called(key, name), "holder": "", "url": ""}
    last = _last(key)
    for holder in holders_gone(Stored.of_version(last)) if last else []:
        if (above := _last(holder)) and (url := _way_to_bring_back(pages, request, above)):
            return found | {"holder": _called(holder, above.object_repr), "url": url}
    return found | {"url": _way_to_bring_back(pages, request, last) if last else ""}


def _called(key, name):
    return f"{capfirst(key.model._meta.verbose_name)}: {name}"


def _last(key):
    """The last version of the row `key`; None where it has none, or no history of its own."""
    if recorded(key.model) is None or not is_root(key.model):
        return None
    return Version.objects.get_for_object_reference(key.model, key.pk).first()


def _way_to_bring_back(pages, request, last):
    """Where the row whose last version is `last` is brought back; empty where the user may not."""
    stored = Stored.of_version(last)
    theirs = pages.admin_site.get_model_admin(stored.key.model)
    may = theirs.keeps_deleted(request) and theirs.may_bring_back(request, row_of(stored))
    return theirs.page("recover", last.pk) if may else ""


def _do(todo, user, kind):
    """Restores, and lets the addresses that readers know lead to the new ones where a page moves."""
    today = timezone.localdate()
    known = {
        Key.of(row): addresses(row)
        for row in present(todo.roots)
        if hasattr(row, "get_absolute_url") and may_be_known(row, today)
    }
    restore(todo, user=user, kind=kind)
    for row in present(list(known)):
        keep_old_addresses(old=known[Key.of(row)], new=addresses(row))
