"""Rows that calendars know by a version: the one with the higher number wins (RFC 5545, SEQUENCE)."""

from django.db import models
from django.db.models import F


class NewerEachTime(models.Model):
    """A row with a `sequence`, which is a newer version to the calendars that know it each time it is saved."""

    class Meta:
        abstract = True

    def save(self, **kwargs):
        """Counted from what the database has: others count it up as well, and the history may bring back an old one."""
        is_new = self._state.adding
        if not is_new:
            self.sequence = F("sequence") + 1
        super().save(**kwargs)
        if not is_new:
            self.refresh_from_db(fields=["sequence"])
