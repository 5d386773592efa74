"""The structure as a picture: where boxes and lines stand, in whole units of the drawing. Pure.

Two pictures of the same: `indented`, as narrow as a phone, each box under the one above it and further in; and
`across`, for wide screens and paper, from left to right.
"""

from dataclasses import dataclass
from typing import Any

# Units are CSS pixels where the drawing is as wide as it asks to be; a letter of the body font takes 9 of its 16.
FONT, SMALL, LETTER, SMALL_LETTER = 16, 14, 9, 8
LINE, PAD, GAP = 20, 10, 12
PHONE = 288
MOST_INDENTED = 72
ACROSS, BETWEEN = 216, 44
VOWELS = "aeiouyåäöAEIOUYÅÄÖ"
# Deeper, and a picture across would be too small to read; larger, and nobody takes it in.
MOST_ACROSS = 5
MOST_BOXES = 120


@dataclass(frozen=True)
class Line:
    """A line of text: its words, where its foot stands, and whether it is one of the small ones below the name."""

    words: str
    x: int
    y: int
    small: bool


@dataclass(frozen=True)
class Drawn:
    """A box in the drawing, and what it is the box of."""

    box: Any
    x: int
    y: int
    width: int
    height: int
    lines: list[Line]


@dataclass(frozen=True)
class Drawing:
    """A picture `width` by `height`: boxes, and the lines between them as one path of SVG."""

    width: int
    height: int
    boxes: list[Drawn]
    path: str


def wrapped(text, letters):
    """`text` in lines of at most `letters`; a word that is longer is broken with a hyphen."""
    lines = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines += _broken(word, letters)
    return lines


def _broken(word, letters):
    """`word` in pieces of at most `letters`: at a hyphen of its own where it has one, else with one more."""
    pieces = []
    while len(word) > letters:
        own = word.rfind("-", 1, letters) + 1
        end = own or _end_of_syllable(word, letters - 1)
        pieces.append(word[:end] if own else f"{word[:end]}-")
        word = word[end:]
    return [*pieces, word]


def _end_of_syllable(word, most):
    """Where `word` breaks as Finnish does, before a consonant and a vowel, within its first `most` letters."""
    pairs = range(min(most, len(word) - 2), 1, -1)
    return next(
        (at for at in pairs if word[at] not in VOWELS and word[at + 1] in VOWELS and word[at].isalpha()), most
    )


def indented(standings, boxes):
    """The drawing of `standings`, with the texts of `boxes` by key, as narrow as a phone."""
    step = min(20, MOST_INDENTED // max(1, max((each.depth for each in standings), default=0)))
    drawn, path, y = {}, [], 0
    for each in standings:
        x = each.depth * step
        drawn[each.key] = box = _drawn(boxes[each.key], x, y, PHONE - x)
        y += box.height + GAP
        if each.above is not None:
            above = drawn[each.above]
            path.append(f"M{above.x + step // 2} {above.y + above.height}V{_middle(box)}H{box.x}")
    return Drawing(PHONE, max(0, y - GAP), list(drawn.values()), "".join(path))


def across(standings, boxes):
    """As `indented`, from left to right; None where it would be too deep to read."""
    depth = max((each.depth for each in standings), default=0)
    if not standings or depth >= MOST_ACROSS:
        return None
    heights = {each.key: _drawn(boxes[each.key], 0, 0, ACROSS).height for each in standings}
    tops, foot = _tops(standings, heights)
    drawn, path = {}, []
    for each in standings:
        x = each.depth * (ACROSS + BETWEEN)
        drawn[each.key] = box = _drawn(boxes[each.key], x, tops[each.key], ACROSS)
        if each.above is not None:
            above = drawn[each.above]
            path.append(f"M{above.x + ACROSS} {_middle(above)}H{box.x - BETWEEN // 2}V{_middle(box)}H{box.x}")
    width = depth * (ACROSS + BETWEEN) + ACROSS
    return Drawing(width, foot, list(drawn.values()), "".join(path))


def _tops(standings, heights):
    """Where each box begins, and where the last one ends: each stands amid those below it, in a strip of its own."""
    strips, below = dict(heights), dict.fromkeys(heights, 0)
    for each in reversed(standings):
        strips[each.key] = max(heights[each.key], below[each.key] - GAP)
        if each.above is not None:
            below[each.above] += strips[each.key] + GAP
    tops, starts, y = {}, {}, 0
    for each in standings:
        if each.above is None:
            strip, y = y, y + strips[each.key] + GAP
        else:
            strip = starts[each.above]
            starts[each.above] += strips[each.key] + GAP
        tops[each.key] = strip + (strips[each.key] - heights[each.key]) // 2
        starts[each.key] = strip + (strips[each.key] - max(0, below[each.key] - GAP)) // 2
    return tops, max(0, y - GAP)


def _middle(box):
    return box.y + box.height // 2


def _drawn(box, x, y, width):
    room = width - 2 * PAD
    name, kind = wrapped(box.title, room // LETTER), wrapped(box.what_it_is, room // SMALL_LETTER)
    height = LINE * (len(name) + len(kind)) + 2 * PAD
    foot = y + PAD - LINE // 4
    lines = [
        Line(words, x + PAD, foot + LINE * number, small=number > len(name))
        for number, words in enumerate([*name, *kind], 1)
    ]
    return Drawn(box, x, y, width, height, lines)
