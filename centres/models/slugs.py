"""Rows that addresses and fixtures name by a slug."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SlugManager(models.Manager):
    """Rows that fixtures name by their slug."""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Sluggable(models.Model):
    """A row named by its slug, in addresses and fixtures."""

    slug = models.SlugField(_("name in addresses"), max_length=80, unique=True)

    objects = SlugManager()

    class Meta:
        abstract = True

    def natural_key(self):
        return (self.slug,)
