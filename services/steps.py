"""The steps that services stand on: the four levels of the stairs, and online support apart from them."""

from django.utils.translation import gettext as _

from centres.levels import LevelWords, level_words
from centres.models import Level
from services.models import ONLINE


def step_words(centre):
    """The words of each step in the active language, online support last: ``{1: LevelWords, … 4: …, ONLINE: …}``."""
    return {**level_words(centre), ONLINE: LevelWords(ONLINE, _("Support online"))}


def step_of(service, named):
    """The words of the step that `service` stands on; `named` is what the centre calls its level, with its language.

    None where the centre has no name of its own for it.
    """
    if service.step == ONLINE:
        return LevelWords(ONLINE, _("Support online"))
    name, lang = named or (str(Level(service.level).label), "")
    return LevelWords(service.level, name, lang=lang)
