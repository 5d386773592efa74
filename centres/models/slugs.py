"""Rows that addresses and fixtures name by a slug."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# Addresses are in small letters; Django's own slugs may hold capitals and underscores.
lower_case = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
    _(
        "Use only small letters a–z, digits and hyphens, for example mothers-group. "
        "No letters with dots or marks, and no spaces."
    ),
)


class SlugManager(models.Manager):
    """Rows that fixtures name by their slug."""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Sluggable(models.Model):
    """A row named by its slug, in addresses and fixtures."""

    slug = models.SlugField(
        _("name in addresses"),
        max_length=80,
        unique=True,
        validators=[lower_case],
        error_messages={
            "unique": _("Another page has this name in its address already. Choose another one.")
        },
    )

    objects = SlugManager()

    class Meta:
        abstract = True

    def natural_key(self):
        return (self.slug,)
