"""What a centre calls the four levels of support: rows, not code."""

from dataclasses import dataclass

from django.utils.translation import get_language

from centres.languages import mark
from centres.models import Level, LevelName


@dataclass(frozen=True)
class LevelWords:
    """A level in the centre's words; each with its language when that is not the page's, else empty."""

    level: int
    name: str
    intro: str = ""
    lang: str = ""
    intro_lang: str = ""

    def __str__(self):
        return self.name


def level_words(centre):
    """The words of `centre` for each level, in the active language: ``{1: LevelWords, … 4: LevelWords}``.

    A level that the centre has no name for goes by its general one.
    """
    words = {level.value: LevelWords(level.value, str(level.label)) for level in Level}
    language = get_language()
    for row in LevelName.objects.filter(centre=centre):
        lang, intro_lang = (mark(row, field, language) for field in ("name", "intro"))
        words[row.level] = LevelWords(row.level, row.name, row.intro, lang, intro_lang)
    return words
