"""What its reader changed last, as the desk's front page tells it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from reversion.models import Revision, Version

from centres.history.kinds import Kind, kind_of
from centres.history.registry import is_root
from centres.history.snapshots import content_types

MOST = 6
# Of so many changes it is looked for, however long the reader has been here.
LOOKED_AT = 100


@dataclass(frozen=True)
class Changed:
    """A row that the reader changed: its name then, its kind, when, and its form; no form where it was deleted."""

    name: str
    kind: Any
    at: datetime
    url: str

    @property
    def is_deleted(self):
        return not self.url


def changed_last(site, user):
    """The rows that `user` changed last, each once, newest first: one query, which finds as many as are shown."""
    roots = {kind.pk: model for model, kind in content_types().items() if is_root(model)}
    own = Revision.objects.filter(user=user).order_by("-pk").values("pk")[:LOOKED_AT]
    rows = Version.objects.filter(revision__in=own, content_type__in=roots).values(
        "content_type", "object_id"
    )
    newest = rows.annotate(newest=Max("pk")).order_by("-newest").values("newest")[:MOST]
    versions = Version.objects.filter(pk__in=newest).select_related("revision").order_by("-pk")
    return [_changed(site, roots[version.content_type_id], version) for version in versions]


def _changed(site, model, version):
    is_gone = kind_of(version.revision) == Kind.DELETED
    url = "" if is_gone else _form(site, model, version.object_id)
    return Changed(version.object_repr, model._meta.verbose_name, version.revision.date_created, url)


def _form(site, model, pk):
    """Empty for what the desk has no page for."""
    return site.get_model_admin(model).page("change", pk) if site.is_registered(model) else ""
