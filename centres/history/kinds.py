"""What a revision records: it stands in its comment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The kinds of change; behind some stands the revision that was gone back to."""

    SAVED = "saved", _("saved")
    FOUND = "found", _("found changed")
    DELETED = "deleted", _("deleted")
    REVERTED = "reverted", _("restored to an earlier state")
    RECOVERED = "recovered", _("brought back after it was deleted")
    COPIED = "copied", _("made as a copy")
    TABLE = "table", _("brought in from a table")
    LINK = "link", _("said by a signed link")
    # Of this no column of the row tells.
    SECOND_FACTOR = "second_factor", _("second factor reset")


def kind_of(revision):
    """The `Kind` of a revision; what no code of ours has written is a plain save."""
    word = revision.comment.partition(" ")[0]
    return Kind(word) if word in Kind.values else Kind.SAVED
