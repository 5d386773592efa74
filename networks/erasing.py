"""A person's data, gone: rows, sessions, and every word of theirs in the history of other rows."""

import json
import re

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.redirects.models import Redirect
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from reversion.models import Revision, Version

from accounts.actions import end_other_sessions
from networks.persons import fields_of
from services.phones import parse

# What stands in history where something of the person stood.
GONE = "—"
# Where changes are told: their words are scrubbed, and nobody's to mend.
TOLD = (Version, Revision, LogEntry)


@transaction.atomic
def erase(person):
    """Deletes all that is held of `person`. Returns the words of theirs that were looked for.

    Seats stay, and are open. What others have written of the person in texts that families or colleagues read stays
    too: `still_in_texts` finds it.
    """
    words = words_of(person)
    versions = [version.pk for version in person.versions()]
    _erase_sign_in(person)
    _erase_log(person)
    _erase_rows(person)
    Version.objects.filter(pk__in=versions).delete()
    _scrub([word for word in words if not _is_anybodys(word)])
    Revision.objects.filter(~Exists(Version.objects.filter(revision=OuterRef("pk")).order_by())).delete()
    return words


def words_of(person):
    """The names, addresses and numbers that the person is or was known by: what is looked for in other texts.

    A name of one word is none: too many people have it.
    """
    found = set(person.emails)
    for fields in [_columns(row) for row in person.rows()] + [fields_of(each) for each in person.versions()]:
        given, family = fields.get("given_name"), fields.get("family_name")
        names = [fields.get("name"), f"{given} {family}", f"{family} {given}"] if given and family else []
        names = names or [fields.get("name")]
        found |= {name for name in names if name and " " in name.strip()}
        found |= {fields[name] for name in ("email", "phone") if fields.get(name)}
    return sorted(found, key=len, reverse=True)


def still_in_texts(words):
    """Where any of `words` stands in any row of any table: ``[(the table's name, key, column)]``."""
    found, pattern = [], _pattern(words)
    for model, column in _text_columns():
        rows = model._default_manager.filter(_holds(column, words)).order_by("pk")
        held = rows.values_list("pk", column)
        found += [(model._meta.label, pk, column) for pk, text in held if pattern.search(text)]
    return found


def _text_columns():
    """Every column of text, but for those that tell of changes: pairs of model and name."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField) and not field.is_relation
            if is_text and model not in TOLD:
                yield model, field.name


def _is_anybodys(word):
    """Whether `word`, a number or an address, is also that of a row which is there: a switchboard's, a team's.

    Old versions of that row go on telling it. A name is the person's, whatever else is called so.
    """
    if "@" not in word and parse(word) is None:
        return False
    return any(
        model._default_manager.filter(**{f"{column}__iexact": word}).exists()
        for model, column in _text_columns()
    )


def _pattern(words):
    """Finds each of `words` where it stands alone: no part of a longer name, number or address."""
    return re.compile(
        rf"(?<![\w.@+-])(?:{'|'.join(re.escape(word) for word in words)})(?![\w@-])", re.IGNORECASE
    )


def _columns(row):
    return {
        field.name: getattr(row, field.name) for field in row._meta.concrete_fields if not field.is_relation
    }


def _holds(column, words):
    condition = Q(pk__in=[])
    for word in words:
        condition |= Q(**{f"{column}__icontains": word})
    return condition


def _erase_sign_in(person):
    """Every session of the person; those that are over cannot be told apart, and nobody needs them."""
    if person.user:
        end_other_sessions(user=person.user, session_key=None)
    Session.objects.filter(expire_date__lte=timezone.now()).delete()


def _erase_log(person):
    """What Django's own log of the desk says of the person's rows."""
    for row in person.rows():
        kind = ContentType.objects.get_for_model(row)
        LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).delete()


def _erase_rows(person):
    """The second factors and accounts elsewhere go with the user, attendances and openings with the card."""
    person.requests.delete()
    person.invitations.delete()
    if person.card:
        uuid = str(person.card.uuid)
        Redirect.objects.filter(Q(old_path__contains=uuid) | Q(new_path__contains=uuid)).delete()
        person.card.delete()
    if person.user:
        person.user.delete()


def _scrub(words):
    """Puts GONE for each of `words` in what history and log hold of other rows."""
    if not words:
        return
    pattern = _pattern(words)
    quoted = [json.dumps(word, ensure_ascii=False)[1:-1] for word in words]
    held = _holds("serialized_data", quoted) | _holds("object_repr", words)
    for version in Version.objects.filter(held).order_by("pk"):
        data = _without(json.loads(version.serialized_data), pattern)
        version.serialized_data = json.dumps(data, ensure_ascii=False)
        version.object_repr = pattern.sub(GONE, version.object_repr)
        version.save(update_fields=["serialized_data", "object_repr"])
    for revision in Revision.objects.filter(_holds("comment", words)).order_by("pk"):
        revision.comment = pattern.sub(GONE, revision.comment)
        revision.save(update_fields=["comment"])
    for entry in LogEntry.objects.filter(_holds("object_repr", words)).order_by("pk"):
        entry.object_repr = pattern.sub(GONE, entry.object_repr)
        entry.save(update_fields=["object_repr"])


def _without(data, pattern):
    """`data`, as JSON has it, with GONE for what the pattern finds in its texts."""
    if isinstance(data, str):
        return pattern.sub(GONE, data)
    if isinstance(data, list):
        return [_without(each, pattern) for each in data]
    if isinstance(data, dict):
        return {name: _without(value, pattern) for name, value in data.items()}
    return data
