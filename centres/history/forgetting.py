"""Forgetting: what history holds of rows that are nobody's to know any more goes with them."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from reversion.models import Revision, Version

from centres.history.snapshots import versions_of


def forget(keys):
    """Deletes what history holds of the rows of the `keys`, and every revision that then holds nothing."""
    _delete(versions_of(keys))


def forget_deleted(model, before):
    """As `forget`, of the rows of `model` that are gone, by what was written down before the moment `before`."""
    there = {str(pk) for pk in model._default_manager.order_by("pk").values_list("pk", flat=True)}
    kind = ContentType.objects.get_for_model(model)
    versions = Version.objects.filter(content_type=kind, revision__date_created__lt=before)
    gone = set(versions.order_by("object_id").values_list("object_id", flat=True).distinct()) - there
    _delete(versions.filter(object_id__in=gone))


def _delete(versions):
    # Known before they are emptied.
    keys = set(versions.order_by("pk").values_list("revision", flat=True))
    versions.delete()
    held = Version.objects.filter(revision=OuterRef("pk"))
    Revision.objects.filter(~Exists(held.order_by()), pk__in=keys).delete()
