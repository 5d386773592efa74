"""A window on a centre's services, by level of support, with online support apart."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from centres.ages import Audience
from centres.folding import sort_key
from centres.levels import LevelWords
from services.models import ONLINE, Offering
from services.steps import step_words

# As many as a person looks through; the rest is a tap away, in the list of services.
SECTION_SIZE = 24
# Shown at once; the others open at a tap, so that a phone's page of four steps can be taken in.
SHOWN_AT_ONCE = 6
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
    def shown(self):
        """The first ones; all of them where only a few would be folded away."""
        few_more = len(self.offerings) <= SHOWN_AT_ONCE + 2
        return self.offerings if few_more else self.offerings[:SHOWN_AT_ONCE]

    @property
    def folded(self):
        """Those that open at a tap."""
        return self.offerings[len(self.shown) :]

    @property
    def count_words(self):
        """How many services it holds, in words; nothing for more than are shown, which nobody has counted."""
        if self.has_more:
            return ""
        number = len(self.offerings)
        return ngettext("%(n)s service", "%(n)s services", number) % {"n": number}


def sections(offerings, centre, language, *, for_the_young=False):
    """`offerings` cut into the four levels and online support: ``(list of level sections, online section)``.

    One query for all, with a limit for each: what it costs does not grow with the number of services. `for_the_young`
    puts first what is made for them, and marks in which one talks to somebody.
    """
    words = step_words(centre)
    first = offerings.first_of_steps(words, SECTION_SIZE + 1, language).for_list(language)
    rows = {step: [] for step in words}
    for row in first.with_talking() if for_the_young else first:
        rows[row.service.step].append(row)
    *levels, online = [_section(rows[step], words[step], for_the_young) for step in words]
    return levels, online


def _section(rows, words, for_the_young):
    shown = sorted(rows[:SECTION_SIZE], key=lambda row: _order(row, for_the_young))
    return Section(words, shown, has_more=len(rows) > SECTION_SIZE)


def _order(offering, for_the_young):
    """Help at once first, then by the name that readers see: the database's order is that of the shared names."""
    first = _not_for_the_young(offering) if for_the_young else 0
    return first, offering.service.level, offering.service.urgent_order is None, sort_key(offering.title)


def _not_for_the_young(offering):
    """0 for what is made for young people, 1 for children, 2 for everybody else."""
    audience = offering.service.audience
    return FOR_THE_YOUNG.index(audience) if audience in FOR_THE_YOUNG else len(FOR_THE_YOUNG)


def to_talk_to(sections):
    """The offerings of `sections` in which one talks to somebody unnamed, those made for the young first.

    The sections are those of a page for the young.
    """
    rows = [row for section in sections for row in section.offerings if row.service.anonymous and row.talking]
    return sorted(rows, key=_not_for_the_young)
