"""Abbreviations that a page explains where they stand first: pure, but for who tells them."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

# A tag, whatever its attributes hold between their quotes.
_TAG = r"""<(?:[^"'<>]|"[^"]*"|'[^']*')*>"""
# Nothing of these is looked into: no word is a link within a link, or explained twice.
_CLOSED = re.compile(r"<(/?)(?:a|abbr|dfn)\b", re.IGNORECASE)
# A word ends where no letter, digit or underscore follows; addresses hold no words.
_BEFORE, _AFTER = r"(?<![\w@/.=])", r"(?![\w@/=]|\.\w)"


@dataclass(frozen=True)
class Term:
    """An abbreviation or name as it is written, what it stands for, in which language (empty: the page's), its page."""

    word: str
    name: str
    lang: str
    url: str

    @property
    def as_link(self):
        """The abbreviation, explained, with the way to its page; a name that is a word explains itself there."""
        lang = format_html(' lang="{}"', self.lang) if self.lang else ""
        if self.word == self.name:
            return format_html('<a href="{}"{}>{}</a>', self.url, lang, self.word)
        return format_html(
            '<a href="{}"><abbr title="{}"{}>{}</abbr></a>', self.url, self.name, lang, self.word
        )


class Terms:
    """The terms of one page. They are fetched when the first text asks for them, and each is explained once."""

    def __init__(self, fetch, path=""):
        """`fetch` gives the `Term`s; the one whose page is at `path` is not explained on it."""
        self._fetch, self._path = fetch, path

    @cached_property
    def _left(self):
        return {
            str(escape(term.word)): term for term in self._fetch() if term.word and term.url != self._path
        }

    def explain(self, html) -> SafeString:
        """`html`, safe to show, with each of the terms explained that stands in it for the first time on the page.

        Only whole words count, written as the term is, and none within a tag or a link.
        """
        here = [word for word in self._left if word in html] if html else []
        if not here:
            return mark_safe(html)  # noqa: S308 -- what is safe comes in
        # Of two that begin at the same letter, the longer: "LASTA" before "LAS".
        words = "|".join(re.escape(word) for word in sorted(here, key=len, reverse=True))
        pattern = re.compile(rf"{_TAG}|{_BEFORE}(?P<word>{words}){_AFTER}|&[#\w]+;")
        closed = 0

        def replaced(match):
            nonlocal closed
            if tag := _CLOSED.match(match[0]):
                closed = max(0, closed + (-1 if tag[1] else 1))
            word = match["word"]
            return self._left.pop(word).as_link if word in self._left and not closed else match[0]

        return mark_safe(pattern.sub(replaced, html))  # noqa: S308 -- terms escape what they hold
