"""What was and what became of it, in one text: words taken away and words added are marked."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

# So long a stretch that stayed the same is told by its ends.
LONG, END = 60, 12
# Two texts that have less than this in common are two texts.
ALIKE = 0.4
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def removed(text):
    """`text` as taken away, for the eye and for the ear."""
    return (
        format_html('<del><span class="visually-hidden">{}: </span>{}</del>', _("removed"), text)
        if text
        else ""
    )


def added(text):
    """`text` as added, for the eye and for the ear."""
    return (
        format_html('<ins><span class="visually-hidden">{}: </span>{}</ins>', _("added"), text)
        if text
        else ""
    )


def marked(before, after):
    """The text `after` with what differs from `before` marked, word by word."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return joined([removed(before), added(after)], between=" ")
    return joined(
        part
        for how, i1, i2, j1, j2 in matcher.get_opcodes()
        for part in (
            [_shortened(old[i1:i2])]
            if how == "equal"
            else [removed("".join(old[i1:i2])), added("".join(new[j1:j2]))]
        )
    )


def marked_list(before, after):
    """As `marked`, of lists of names: which went, which came and which stayed."""
    stayed = [format_html("{}", name) for name in after if name in before]
    went = [removed(name) for name in before if name not in after]
    came = [added(name) for name in after if name not in before]
    return joined([*went, *came, *stayed], between=", ")


def _shortened(words):
    if len(words) > LONG:
        words = [*words[:END], " … ", *words[-END:]]
    return format_html("{}", "".join(words))


def joined(parts, between=""):
    """Safe `parts`, but the empty ones, as one."""
    parts = [part for part in parts if part]
    assert all(isinstance(part, SafeString) for part in parts)  # noqa: S101
    return mark_safe(between.join(parts))  # noqa: S308 - each part is escaped
