"""The week's opening hours as people write them: "ma–pe 9–15, la 10–14" in, spans out, and back.

Finnish, Swedish and English are all understood at once; nobody has to say which one it is. What is written back is
always understood again, and means the same.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import time
from enum import Enum
from itertools import groupby, pairwise

from calendars.opening import MIDNIGHT, Interval, Span

DAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
AND = {"fi": "ja", "sv": "och", "en": "and"}
CLOSED = {"fi": "suljettu", "sv": "stängt", "en": "closed"}

# What each day may begin with when it is written out, and the short forms, which stand alone.
_STEMS = (
    ("maanantai", "måndag", "monday"),
    ("tiistai", "tisdag", "tuesday"),
    ("keskiviik", "onsdag", "wednesday"),
    ("torstai", "torsdag", "thursday"),
    ("perjantai", "fredag", "friday"),
    ("lauantai", "lördag", "saturday"),
    ("sunnuntai", "söndag", "sunday"),
)
_SHORT = (
    {"ma", "må", "mån", "mon"},
    {"ti", "tis", "tue", "tues"},
    {"ke", "on", "ons", "wed"},
    {"to", "tor", "tors", "thu", "thur", "thurs"},
    {"pe", "fr", "fre", "fri"},
    {"la", "lö", "lör", "sat"},
    {"su", "sö", "sön", "sun"},
)
_SEVERAL = {
    "arkisin": range(5),
    "arkipäivisin": range(5),
    "vardagar": range(5),
    "weekdays": range(5),
    "viikonloppuisin": range(5, 7),
    "veckoslut": range(5, 7),
    "weekends": range(5, 7),
    "päivittäin": range(7),
    "dagligen": range(7),
    "daily": range(7),
}
CLOSED_WORDS = {*CLOSED.values(), "kiinni", "shut"}
# Words that change nothing: what stands between hours, and before them.
FILLING = {
    *AND.values(),
    "sekä",
    "samt",
    "klo",
    "kello",
    "kl",
    "klockan",
    "at",
    "auki",
    "avoinna",
    "öppet",
    "open",
}

DASH = r"[-‐‑–—−]"
TIME = r"\d{1,2}(?:[.:]\d{2})?(?!\d)"
_TOKEN = re.compile(
    rf"(?P<time>{TIME})|(?P<dash>{DASH})|(?P<word>[^\W\d_]+)|(?P<filling>[\s,;:/&+.]+)|(?P<other>.)",
    re.DOTALL,
)


class Trouble(Enum):
    """Why a bit of a text was not understood."""

    UNKNOWN = "unknown"
    NO_DAY = "hours without a day"
    NO_HOURS = "a day without hours"
    BACKWARDS = "ends before it begins"
    OVERLAP = "hours of one day that overlap"
    NO_SUCH_DAY = "a date that no calendar has"


class NotUnderstoodError(ValueError):
    """`bit` is what was not understood, as it was typed; `trouble` says why."""

    def __init__(self, bit: str, trouble: Trouble = Trouble.UNKNOWN) -> None:
        super().__init__(f"{trouble.value}: {bit!r}")
        self.bit = bit
        self.trouble = trouble


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass
class _Group:
    """Some days and the hours that they share, as they stand from `start` to `end` of the text."""

    start: int
    end: int
    days: list[int] = field(default_factory=list)
    hours: list[Interval] = field(default_factory=list)
    closed: bool = False


def read_time(text: str) -> time:
    """ "9", "9.30" or "9:30"; "24" is midnight. NotUnderstoodError for what no clock shows."""
    hour, _dot, minute = text.replace(":", ".").partition(".")
    try:
        return MIDNIGHT if (int(hour), int(minute or 0)) == (24, 0) else time(int(hour), int(minute or 0))
    except ValueError as error:
        raise NotUnderstoodError(text) from error


def read_interval(opens: str, closes: str, bit: str) -> Interval:
    """From one time to another, told as `bit` if it ends before it begins or begins at 24."""
    if opens.startswith("24"):
        raise NotUnderstoodError(opens)
    try:
        return Interval(read_time(opens), read_time(closes))
    except NotUnderstoodError:
        raise
    except ValueError as error:
        raise NotUnderstoodError(bit, Trouble.BACKWARDS) from error


def refuse_overlaps(hours: Iterable[Interval], bit: str) -> None:
    """NotUnderstoodError where two of the `hours` of one day overlap: which of them was meant?"""
    for one, next_one in pairwise(sorted(hours, key=lambda interval: interval.opens)):
        if (False, next_one.opens) < one.end:
            raise NotUnderstoodError(bit, Trouble.OVERLAP)


def parse_week(text: str) -> tuple[Span, ...]:
    """The spans that `text` tells, Monday first; none for no text. NotUnderstoodError names what is in the way."""
    hours: dict[int, list[Interval]] = {}
    for group in _groups(text):
        bit = text[group.start : group.end]
        if not group.hours and not group.closed:
            raise NotUnderstoodError(bit, Trouble.NO_HOURS)
        for day in group.days:
            hours.setdefault(day, []).extend(group.hours)
            refuse_overlaps(hours[day], bit)
    spans = [Span(day, one.opens, one.closes) for day, of_day in hours.items() for one in of_day]
    return tuple(sorted(spans, key=lambda span: (span.weekday, span.opens)))


def _groups(text: str) -> Iterator[_Group]:
    """The days of `text`, each with the hours that follow them."""
    tokens = [token for token in _tokens(text) if token.kind != "filling"]
    group: _Group | None = None
    position = 0
    while position < len(tokens):
        token, following = tokens[position], tokens[position + 1 : position + 3]
        days, taken = _days(token, following)
        if days:
            if group is None or group.hours or group.closed:
                if group is not None:
                    yield group
                group = _Group(token.start, token.end)
            group.days += days
        elif group is None:
            raise NotUnderstoodError(token.text, Trouble.NO_DAY if token.kind == "time" else Trouble.UNKNOWN)
        elif token.kind == "word" and token.text.casefold() in CLOSED_WORDS:
            group.closed, taken = True, 1
        else:
            interval, taken = _interval(text, token, following)
            group.hours.append(interval)
        position += taken
        group.end = tokens[position - 1].end
    if group is not None:
        yield group


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind == "word" and match.group().casefold() in FILLING:
            kind = "filling"
        yield _Token(kind, match.group(), match.start())


def _days(token: _Token, following: list[_Token]) -> tuple[list[int], int]:
    """The days that begin with `token`, and how many tokens tell them: none when it is no day."""
    first = _day(token)
    if first is None:
        several = _SEVERAL.get(token.text.casefold())
        return (list(several), 1) if several else ([], 0)
    if len(following) == 2 and following[0].kind == "dash":
        last = _day(following[1])
        if last is not None:
            return [(first + step) % 7 for step in range((last - first) % 7 + 1)], 3
    return [first], 1


def _day(token: _Token) -> int | None:
    if token.kind != "word":
        return None
    word = token.text.casefold()
    for day in range(7):
        if word in _SHORT[day] or word.startswith(_STEMS[day]):
            return day
    return None


def _interval(text: str, token: _Token, following: list[_Token]) -> tuple[Interval, int]:
    if [each.kind for each in (token, *following)] != ["time", "dash", "time"]:
        raise NotUnderstoodError(token.text)
    closes = following[1]
    return read_interval(token.text, closes.text, text[token.start : closes.end]), 3


def format_time(moment: time, language: str = "fi") -> str:
    """ "9", "9.30"; in English "9:30"."""
    if not moment.minute:
        return str(moment.hour)
    return f"{moment.hour}{':' if language == 'en' else '.'}{moment.minute:02}"


def format_intervals(intervals: Iterable[Interval], language: str = "fi") -> str:
    """ "9–12 ja 13–16"; what closes at midnight closes at 24."""
    told = [
        f"{format_time(one.opens, language)}–"
        f"{'24' if one.closes == MIDNIGHT else format_time(one.closes, language)}"
        for one in intervals
    ]
    return f" {AND[language]} ".join(told)


def format_week(spans: Iterable[Span], language: str = "fi") -> str:
    """`spans` as `parse_week` understands them, following days of the same hours as one; seasons are not told."""
    ordered = sorted(spans, key=lambda span: (span.weekday, span.opens))
    hours = {
        day: tuple(Interval(span.opens, span.closes) for span in of_day)
        for day, of_day in groupby(ordered, key=lambda span: span.weekday)
    }
    return ", ".join(
        f"{_days_in_words(first, last, language)} {format_intervals(hours[first], language)}"
        for first, last in _runs(hours)
    )


def _runs(hours: dict[int, tuple[Interval, ...]]) -> Iterator[tuple[int, int]]:
    """The first and last of following days of the same hours."""
    first = last = None
    for day in sorted(hours):
        if first is not None and last == day - 1 and hours[day] == hours[first]:
            last = day
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = day
    if first is not None and last is not None:
        yield first, last


def _days_in_words(first: int, last: int, language: str) -> str:
    names = DAYS[language]
    return names[first] if first == last else f"{names[first]}–{names[last]}"
