"""Two people at one form: what only one of them changed is kept, and nobody saves over what the other wrote unawares.

A form carries the newest revision of what it was opened on. When there is a newer one as it is saved, that tells what
somebody else changed meanwhile. What only they changed is kept. What both changed is asked: nothing is saved, and the
form comes back as it was typed, with both versions side by side.
"""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from centres.admin.choosing import is_key
from centres.admin.errors import DeskForm
from centres.admin.history import History
from centres.admin.merging import Part, States, Told, Words, merge
from centres.admin.rows_sent import forget_gone_rows
from centres.admin.telling import Teller
from centres.history.locking import lock
from centres.history.recording import roots_of
from centres.history.snapshots import Key, newest_revisions, present, snapshot, together
from centres.history.story import Entry, FieldChange, RowChange, as_of, changes, owners_of, story

# What a form carries: the newest revision of what it shows; and of what it showed before it came back with questions.
OPENED_ON = "_opened_on"
ASKED_SINCE = "_asked_since"
# The button that answers them.
SAVE_MINE = "_save_mine"
MOST_TOLD = 20
# A form that lay open through more changes than these is told of the youngest of them.
MOST_READ = 1000


@dataclass(frozen=True)
class Difference:
    """A field as the other left it and as it is typed here, with their languages; no label where a row came or went."""

    title: str
    label: str
    theirs: str
    mine: str
    language: str = ""
    language_of_mine: str = ""


@dataclass(frozen=True)
class Conflict:
    """What was saved since a form was opened, what of that both changed, and the names of what is kept beside it."""

    entries: list[Entry]
    differences: list[Difference]
    kept: list[str]

    def is_by(self, user):
        """Whether `user` alone saved it: the same person, in another window."""
        return all(entry.revision.user == user for entry in self.entries)


class NotSaved(DeskForm):
    """A form that is right or not, and is not saved."""

    conflict: Conflict
    by_reader: bool

    def full_clean(self):
        super().full_clean()
        self.add_error(
            None,
            _(
                "Nothing was saved yet. You saved this meanwhile in another window: look at the differences below."
            )
            if self.by_reader
            else _(
                "Nothing was saved yet. Somebody else saved this meanwhile: look at the differences below."
            ),
        )
        self.ask_again()


class Conflicts(History):
    """Lets nobody undo unawares what somebody else has saved."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A row is read once nobody else can save it any more: who sends its form second sees what the first did."""
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            if self._kept_for(request, object_id):
                self._meet_others(request, object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _kept_for(self, request, object_id):
        """Keeps everybody else from saving the row while the sender of `request` does; False where they may not."""
        obj = self.get_object(request, unquote(object_id))
        may_change = obj is not None and self.has_change_permission(request, obj)
        if may_change:
            lock(roots_of(self.recorded_with(obj)))
        return may_change

    def _meet_others(self, request, object_id):
        """From here on `request.POST` holds also what only somebody else changed meanwhile; what both did is kept too.

        The row may be gone by now, or be somebody else's: then nothing of it is saved anyway.
        """
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_change_permission(request, obj):
            return
        fields = flatten_fieldsets(self.get_fieldsets(request, obj))
        form = self.get_form(request, obj, change=True, fields=fields)
        conflict = request.conflict = self.conflict_of(request, obj, form)
        if conflict and conflict.kept and not conflict.differences:
            words = kept_in_words(conflict.kept, by_reader=conflict.is_by(request.user))
            self.message_user(request, words, messages.INFO)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """One that is not saved, where somebody else changed the same meanwhile."""
        form = super().get_form(request, obj, change=change, **kwargs)
        conflict = getattr(request, "conflict", None)
        if conflict and conflict.differences:
            by_reader = conflict.is_by(request.user)
            return type(form.__name__, (NotSaved, form), {"conflict": conflict, "by_reader": by_reader})
        return form

    def conflict_of(self, request, obj, form):
        """What stands between what was sent, of which `form` is the class, and `obj` as it is now; None if nothing."""
        opened_on = request.POST.get(OPENED_ON, "")
        if not is_key(opened_on):
            return None
        asked_since = "" if SAVE_MINE in request.POST else request.POST.get(ASKED_SINCE, "")
        since = int(asked_since) if is_key(asked_since) else int(opened_on)
        rows = self.recorded_with(obj)
        roots = self.conflict_roots(obj)
        newest = _newest(roots)
        if newest <= since:
            return None
        entries, _more = story(roots, within=self.narrowed_to(obj), after=since, most=MOST_READ)
        on_form = OnForm([Key.of(row) for row in rows], self._on_form(request, obj))
        entries = [replace(entry, changes=list(on_form.part_of(entry.changes))) for entry in entries]
        entries = [entry for entry in entries if entry.changes]
        if not entries:
            return None
        now = together(snapshot(row) for row in present(roots))
        shown, answered = (together(as_of(roots, each).values()) for each in (int(opened_on), since))
        states = States(answered, shown, now)
        merged = merge(request.POST, request.FILES, Key.of(obj), self._parts(request, obj, form), states)
        merged.kept += rows_added(merged, states, on_form)
        request.POST = self._as_shown_next(merged, newest, since)
        return in_words(merged, states, Key.of(obj), entries)

    def _as_shown_next(self, merged, newest, since):
        """What was sent as the form shows it next: with what is newest, and where it asks, since when."""
        data = merged.data
        data[OPENED_ON] = str(newest)
        for name in (SAVE_MINE, ASKED_SINCE):
            data.pop(name, None)
        if merged.asked:
            data[ASKED_SINCE] = str(since)
        return data

    def conflict_roots(self, obj):
        """The roots whose changes may stand in the way of the form of `obj`."""
        return roots_of(self.recorded_with(obj))

    def _parts(self, request, obj, form):
        """The parts of the form of `obj` that its reader may change."""
        sets = [
            Part(formset.form, inline.model, formset.get_default_prefix())
            for formset, inline in self.get_formsets_with_inlines(request, obj)
            if inline.has_change_permission(request, obj)
        ]
        return [Part(form, self.model), *sets]

    def _on_form(self, request, obj):
        """The fields that the form of `obj` shows, by model."""
        inlines = self.get_inline_instances(request, obj)
        shown = [(self.model, self), *((inline.model, inline) for inline in inlines)]
        fields = {
            model: set(flatten_fieldsets(each.get_fieldsets(request, obj)))
            - set(each.get_readonly_fields(request, obj))
            for model, each in shown
        }
        # What stands on the form as text, and is kept in rows of its own.
        written = {model for inline in inlines for model in getattr(inline, "writes", ())}
        return fields | {model: {field.name for field in model._meta.fields} for model in written}

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """What somebody else deleted meanwhile is a new row, when whoever still has it on the form saves it."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs:
            forget_gone_rows(kwargs["data"], prefix, inline.model)
        return kwargs

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        conflict = getattr(context["adminform"].form, "conflict", None)
        sent = request.POST if request.method == "POST" else {}
        context |= {
            "opened_on": "" if obj is None else sent.get(OPENED_ON) or _newest(self.conflict_roots(obj)),
            "asked_since": sent.get(ASKED_SINCE, ""),
            "conflict": conflict,
        }
        if conflict:
            context |= {
                "saved_meanwhile": [
                    (entry.revision.date_created, str(entry.revision.user or ""))
                    for entry in conflict.entries[:MOST_TOLD]
                ],
                "history_url": self.page("history", obj.pk),
                "by_reader": conflict.is_by(request.user),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)


@dataclass(frozen=True)
class OnForm:
    """What stands on a form of the rows `keys`: `fields` are the names of those it shows, by model."""

    keys: list[Key]
    fields: dict[type[Model], set[str]]

    def part_of(self, changes):
        """The part of `changes` that concerns the form."""
        for change in changes:
            row = change.row
            if row.key.model not in self.fields or not self._has(change):
                continue
            if row.key not in self.keys and None in (change.before, change.after):
                yield change
            elif fields := [each for each in change.fields if each.field.name in self.fields[row.key.model]]:
                yield replace(change, fields=fields)

    def _has(self, change):
        """Whether the changed row is one of the rows `keys`, or belongs to one, however far down."""
        return change.row.owner is None or any(owner.key in self.keys for owner in change.owners)


def _newest(roots):
    return max(newest_revisions(roots).values(), default=0)


def rows_added(merged, states, on_form):
    """The rows that somebody else added to the form: they were not sent, and stay."""
    for change in on_form.part_of(changes(states.shown, states.now)):
        if change.before is None and change.row.key not in merged.rows:
            yield Told(change.row.key, "", Words(_("added")))


def in_words(merged, states, about, entries):
    """What was `merged` on the form of the row `about`, as its reader is told."""
    asked, kept = ([_change(each, states) for each in told] for told in (merged.asked, merged.kept))
    teller = Teller([*asked, *kept])
    return Conflict(
        entries,
        [_difference(each, change, teller, about) for each, change in zip(merged.asked, asked, strict=True)],
        list(
            dict.fromkeys(
                _name(each, change, teller, about) for each, change in zip(merged.kept, kept, strict=True)
            )
        ),
    )


def _change(told: Told, states):
    """`told` as a change of a row, which a Teller tells."""
    rows = states.now if told.key in states.now else states.shown
    row = rows[told.key]
    values = [None if isinstance(value, Words) else value for value in (told.theirs, told.mine)]
    return RowChange(
        row, row, tuple(owners_of(row, rows)), [FieldChange(told.field, *values)] if told.field else []
    )


def _difference(told, change, teller, about):
    title, field = _title(change, teller, about), told.field
    language = getattr(field, "language", "") or ""
    mine_is_text = not isinstance(told.mine, Words)
    theirs, mine = (_text(field, value, teller) for value in (told.theirs, told.mine))
    return Difference(title, told.label, theirs, mine, language, language if mine_is_text else "")


def _name(told, change, teller, about):
    """What a change that is kept is called: its field, its row, or both."""
    parts = [part for part in (_title(change, teller, about), str(told.label)) if part]
    name = " · ".join(parts)
    return name if told.label else f"{name} ({told.theirs})"


def _title(change, teller, about):
    (row,) = teller.told([replace(change, fields=[])], about)
    return row.title


def _text(field, value, teller):
    text = value if isinstance(value, Words) else teller.value(field, value)
    return ", ".join(text) if isinstance(text, list) else text


def kept_in_words(names, *, by_reader):
    """The sentence that tells what was changed meanwhile, by somebody else or in another window, and is kept."""
    # Translators: {names} is a list of fields and rows of a form.
    sentence = (
        _("You saved this meanwhile in another window. What you changed there is kept: {names}.")
        if by_reader
        else _("Somebody else saved this meanwhile. What they changed is kept beside yours: {names}.")
    )
    return sentence.format(names="; ".join(names))
