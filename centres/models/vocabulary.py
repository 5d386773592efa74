"""The words that rows are tagged with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from centres.choices import in_finnish
from centres.models.slugs import Sluggable


class Sector(models.TextChoices):
    """The four columns of both handbooks."""

    SOCIAL = "social", _("social services")
    HEALTH = "health", _("health services")
    EDUCATION = "education", _("education and leisure")
    THIRD = "third", _("associations, parish and others")


class Level(models.IntegerChoices):
    """The four levels of support, from the first step of the stairs to the top one."""

    LEISURE = 1, _("things to do in leisure time")
    EVERYDAY = 2, _("services for everyday life")
    EARLY = 3, _("early support")
    STRONG = 4, _("strong support")


class Vocabulary(Sluggable):
    """A word that rows are tagged with."""

    name = models.CharField(_("name"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "slug"]
        constraints = [in_finnish("name")]

    def __str__(self):
        return self.name


class Topic(Vocabulary):
    """What something is about: separation, violence, money …"""

    sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_("Pages on it get a quick way out, and leave as little trace as they can."),
    )

    class Meta(Vocabulary.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Way(Vocabulary):
    """How something is given: on site, at home, by phone, in a chat, online, in a group."""

    by_talking = models.BooleanField(
        _("one talks to a person"),
        default=False,
        help_text=_("By voice or in writing, from where one is. Pages for the young lead to it first."),
    )

    class Meta(Vocabulary.Meta):
        verbose_name = _("way of service")
        verbose_name_plural = _("ways of service")


class SpokenLanguage(Vocabulary):
    """A language that something is given in; the slug is its ISO 639 code (fi, se, fse, rom …)."""

    class Meta(Vocabulary.Meta):
        verbose_name = _("language of service")
        verbose_name_plural = _("languages of service")
