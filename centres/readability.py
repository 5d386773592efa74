"""How hard a text is to read, by a measure fit for Finnish.

Flesch and its kin take Finnish for hard whatever it says, since its words are long. Osmo A. Wiio measured Finnish
itself (1968): the school grade that a text suits is 2.7 + 0.3 × the percentage of words of four syllables or more in
their base form (Voikko computes it so, ``voikkostatistics.py``, "WIIO_SIMPLE"). Base forms are not known here; an
ending adds a syllable as a rule, so a word of the running text counts as long from five syllables on.

The grades 1–9 are comprehensive school: a sentence beyond them is hard. Plain Finnish is stricter, as Selkokeskus asks
("suosi lyhyitä lauseita ja virkkeitä, kerro vain yksi tärkeä asia yhdessä lauseessa", selkokirjoitusohjeet: rakenteet;
"suosi lyhyitä sanoja": sanat). In other languages the length of the sentence is all that is looked at.
"""

import re
from dataclasses import dataclass
from enum import Enum

_VOWELS = "aeiouyåäö"
_VOWEL_RUN = re.compile(f"[{_VOWELS}]+")
# Two vowels of one syllable; others that meet belong to two (ki-os-ki).
_DIPHTHONGS = re.compile("[aeouyäö]i|[aeio]u|[eiäö]y|ie|uo|yö")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BLOCK_ENDS = re.compile(r"<(?:/(?:p|li|h[1-6])|br)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?:…])\s+|\n+")

LONG_WORD = 5  # syllables, in the running text


class Trouble(Enum):
    """What makes a sentence hard."""

    LONG_SENTENCE = "long sentence"
    LONG_WORDS = "long words"


@dataclass(frozen=True)
class Limits:
    """What a sentence may have before it is hard: `words`; `long_words`, where its grade is above `grade`."""

    words: int
    long_words: int | None = None
    grade: float = 0


LIMITS = {
    "fi": Limits(words=16, long_words=2, grade=9),
    "fi-simple": Limits(words=10, long_words=1, grade=8),
}
OTHER_LANGUAGES = Limits(words=20)


@dataclass(frozen=True)
class Hard:
    """A hard sentence: why, and the words in the way (the long ones, or all of them)."""

    trouble: Trouble
    sentence: str
    words: tuple[str, ...]


def syllables(word: str) -> int:
    """How many syllables a Finnish word has: "perhekeskus" 4, "kioski" 3."""
    return sum(_syllables_of(run) for run in _VOWEL_RUN.findall(word.lower()))


def _syllables_of(vowels: str) -> int:
    number = 0
    while vowels:
        pair = vowels[:2]
        together = len(pair) == 2 and bool(pair[0] == pair[1] or _DIPHTHONGS.fullmatch(pair))
        vowels = vowels[2:] if together else vowels[1:]
        number += 1
    return number


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a plain or rich text; each paragraph, item of a list and heading ends one."""
    plain = _TAG.sub(" ", _BLOCK_ENDS.sub("\n", text))
    return [" ".join(one.split()) for one in _SENTENCE_ENDS.split(plain) if words(one)]


def long_words(sentence: str) -> list[str]:
    return [word for word in words(sentence) if syllables(word) >= LONG_WORD]


def grade(sentence: str) -> float:
    """The school grade that a Finnish sentence suits, from 2.7 on, by Wiio's simple formula; see above."""
    number = len(words(sentence))
    return 2.7 + 30 * len(long_words(sentence)) / number if number else 2.7


def hard_sentences(text: str, language: str) -> list[Hard]:
    """The sentences of `text` that are hard to readers of `language`, in their order."""
    limits = LIMITS.get(language, OTHER_LANGUAGES)
    judged = [_judge(sentence, limits) for sentence in sentences(text)]
    return [hard for hard in judged if hard is not None]


def _judge(sentence: str, limits: Limits) -> Hard | None:
    everything = tuple(words(sentence))
    if len(everything) > limits.words:
        return Hard(Trouble.LONG_SENTENCE, sentence, everything)
    long = tuple(long_words(sentence)) if limits.long_words is not None else ()
    if limits.long_words is not None and len(long) > limits.long_words and grade(sentence) > limits.grade:
        return Hard(Trouble.LONG_WORDS, sentence, long)
    return None
