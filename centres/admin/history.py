"""The history of a row at the desk: its pages, and what the desk writes into it.

What Django would write into its log of actions goes to `centres.history` instead: one history, which knows each word.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from centres.admin.choosing import is_key
from centres.admin.pages import Pages
from centres.admin.reach import within_reach
from centres.admin.telling import Teller, ToldRow
from centres.history.kinds import Kind
from centres.history.locking import lock
from centres.history.recording import note, note_deletion, recording, root_of, roots_of
from centres.history.registry import is_root
from centres.history.snapshots import Key
from centres.history.story import held_ever, story

# List actions of which there is nothing to record, or which record it themselves.
NOT_RECORDED = {"delete_selected", "mark_as_checked"}


@dataclass(frozen=True)
class ToldEntry:
    """A change on the page of a history: when, who (may be empty), how, what, and the way back to it."""

    when: object
    who: str
    how: str
    rows: list[ToldRow]
    way_back: str


class History(Pages):
    """Records what is saved and deleted, and shows it."""

    # Whether a row may be taken back to an earlier state, and brought back when it was deleted.
    can_be_reverted = True
    # List actions that must not be one transaction with their history, and write it themselves.
    in_own_transactions: tuple[str, ...] = ()

    def get_urls(self):
        from centres.admin import reverting  # noqa: PLC0415 - its pages are made of this module's

        pages: list[tuple[str, Any, str]] = [
            ("recover/", reverting.recover_list, "recoverlist"),
            ("recover/<int:version>/", reverting.recover, "recover"),
            ("<path:object_id>/history/<int:revision>/", reverting.revert, "revert"),
        ]
        own = [
            path(route, self.admin_site.admin_view(view), {"pages": self}, name=self.page_name(name))
            for route, view, name in pages
        ]
        return own + super().get_urls()

    # What may be taken back

    def may_bring_back(self, request, row):
        """Whether the user may have `row` back, which is in no database: its fields alone tell whose it is."""
        return self.has_add_permission(request) and self.has_change_permission(request, row)

    def keeps_deleted(self, request):
        """Whether there is a list of deleted rows for the user."""
        return self.can_be_reverted and is_root(self.model) and self.has_add_permission(request)

    def recorded_with(self, row):
        """The rows that stand on the form of `row`, itself first: what was changed there is written down of each."""
        return [row]

    # What is shown

    def history_roots(self, row):
        """The roots whose changes are told on the page of `row`: the one it belongs to first, and what that holds."""
        root = root_of(row)
        if root is None:
            return []
        return held_ever(root) if root == Key.of(row) else [root]

    def narrowed_to(self, row):
        """The key of `row` where its page tells of it alone; None where it tells of all that its root is."""
        return None if is_root(self.model) else Key.of(row)

    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        before = request.GET.get("before", "")
        before = int(before) if is_key(before) else None
        roots = within_reach(self.admin_site, request, self.history_roots(row))
        entries, more = story(roots, within=self.narrowed_to(row), before=before) if roots else ([], False)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(row),
            "opts": self.opts,
            "object": row,
            "entries": self.told_entries(request, row, entries, is_newest=before is None),
            "older": entries[-1].revision.pk if more else None,
            "is_newest": before is None,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/object_history.html", context)

    def told_entries(self, request, row, entries, *, is_newest=False):
        """`entries` in words; the newest of all is how things are, and needs no way back."""
        teller = Teller([change for entry in entries for change in entry.changes])
        can_go_back = self.can_be_reverted and self.has_change_permission(request, row)
        return [
            ToldEntry(
                when=entry.revision.date_created,
                who=str(entry.revision.user or ""),
                how=how(entry),
                rows=teller.told(entry.changes, Key.of(row)),
                way_back=self.page("revert", row.pk, entry.revision.pk)
                if can_go_back and entry.kind != Kind.DELETED and not (is_newest and number == 0)
                else "",
            )
            for number, entry in enumerate(entries)
        ]

    def changelist_view(self, request, extra_context=None):
        keeps = self.keeps_deleted(request) and IS_POPUP_VAR not in request.GET
        context = {"deleted_url": self.page("recoverlist") if keeps else ""}
        return super().changelist_view(request, context | (extra_context or {}))

    # What is written

    def save_model(self, request, obj, form, change):
        if change:
            note(roots_of(self.recorded_with(obj)))
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        gone = [each.instance for each in formset.deleted_forms if each.instance.pk] if change else []
        if gone and is_root(formset.model):
            note_deletion(gone, user=request.user)
        super().save_formset(request, form, formset, change)

    def log_addition(self, request, obj, message):
        note(roots_of(self.recorded_with(obj)), user=request.user, kind=Kind.SAVED)

    def log_change(self, request, obj, message):
        note(roots_of(self.recorded_with(obj)), user=request.user, kind=Kind.SAVED)

    def log_deletions(self, request, queryset):
        """Before it is done: afterwards there would be nothing to write down."""
        rows = list(queryset)
        if is_root(self.model):
            note_deletion(rows, user=request.user)
        else:
            roots = roots_of(rows)
            lock(roots)
            note(roots)

    def delete_model(self, request, obj):
        roots = [] if is_root(self.model) else roots_of([obj])
        super().delete_model(request, obj)
        note(roots, user=request.user, kind=Kind.SAVED)

    def delete_queryset(self, request, queryset):
        roots = [] if is_root(self.model) else roots_of(queryset)
        super().delete_queryset(request, queryset)
        note(roots, user=request.user, kind=Kind.SAVED)

    def response_action(self, request, queryset):  # type: ignore[override]
        if request.POST.get("action") in self.in_own_transactions:
            return super().response_action(request, queryset)
        if request.POST.get("action") in NOT_RECORDED:
            # With what it records itself, or not at all.
            with transaction.atomic():
                return super().response_action(request, queryset)
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        everything = request.POST.get("select_across") == "1"
        with recording(queryset if everything else queryset.filter(pk__in=chosen), user=request.user):
            return super().response_action(request, queryset)


def how(entry):
    """What was done, where it was more than saving."""
    if entry.kind == Kind.SAVED:
        return ""
    if entry.kind == Kind.FOUND:
        return (
            _("Changed elsewhere than at the desk.")
            if entry.changes
            else _("This is how it was before its first change that was recorded.")
        )
    return str(entry.kind.label).capitalize()
