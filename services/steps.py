"""The steps that services stand on: the four levels of the stairs, and online support apart from them."""

from django.utils.translation import gettext as _

from centres.levels import LevelWords, level_words
from services.models import ONLINE


def step_words(centre):
    """The words of each step in the active language, online support last: ``{1: LevelWords, … 4: …, ONLINE: …}``."""
    return {**level_words(centre), ONLINE: LevelWords(ONLINE, _("Support online"))}
