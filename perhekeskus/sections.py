"""A window on a centre's services, by level of support, with online support apart."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from centres.ages import Audience
from centres.levels import LevelWords
from services.models import ONLINE, Offering
from services.steps import step_words

# As many as a person looks through; the rest is a tap away, in the list of services.
SECTION_SIZE = 24
FOR_THE_YOUNG = (Audience.YOUNG, Audience.CHILD)


@dataclass(frozen=True)
class Section:
    """One step of the stairs, or online support: its first offerings."""

    words: LevelWords
    offerings: list[Offering]
    has_more: bool

    @property
    def anchor(self):
        return "online" if self.words.level == ONLINE else f"level-{self.words.level}"

    @property
    def count_words(self):
        """How many services it holds, in words; nothing for more than are shown, which nobody has counted."""
        if self.has_more:
            return ""
        number = len(self.offerings)
        return ngettext("%(n)s service", "%(n)s services", number) % {"n": number}


def sections(offerings, centre, language):
    """`offerings` cut into the four levels and online support: ``(list of level sections, online section)``.

    One query for each, with a limit: what a section costs does not grow with the number of services.
    """
    *levels, online = [_section(offerings, words, language) for words in step_words(centre).values()]
    return levels, online


def _section(offerings, words, language):
    rows = list(offerings.on_step(words.level, language).for_list(language)[: SECTION_SIZE + 1])
    return Section(words, rows[:SECTION_SIZE], has_more=len(rows) > SECTION_SIZE)


def to_talk_to(sections):
    """The offerings of `sections` in which one talks to somebody unnamed, those made for the young first.

    The offerings are marked by `OfferingQuerySet.with_talking`.
    """
    rows = [row for section in sections for row in section.offerings if row.service.anonymous and row.talking]
    return sorted(rows, key=lambda row: row.service.audience not in FOR_THE_YOUNG)
