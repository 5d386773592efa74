"""How a row's mark is drawn in the year clock, so that its outcome is told without colour. Pure.

The same shapes as the icons ``outcome-*`` of the sprite, drawn around a number. Units as in `annual_plan.clock`; the
middle of a mark is 0, 0.
"""

from typing import NamedTuple

_CIRCLE = "M0-108a108 108 0 1 1 0 216 108 108 0 1 1 0-216z"
_SQUARE = "M-64-90H64q26 0 26 26V64q0 26-26 26H-64q-26 0-26-26V-64q0-26 26-26z"


class Shape(NamedTuple):
    """The outline, the sign within it (none: empty), and where the number has its foot."""

    outline: str
    sign: str
    foot: int


SHAPES = {
    "not-started": Shape(_CIRCLE, "", 40),
    "not-evaluated": Shape(_CIRCLE, "M-40 56h1m39 0h1m39 0h1", 14),
    "under-way": Shape(_CIRCLE, "M0 34a24 24 0 1 1 0 48 24 24 0 1 1 0-48z", 14),
    "achieved": Shape(_CIRCLE, "M-36 48l26 26 48-52", 6),
    "partly": Shape(_CIRCLE, "M-106 22A108 108 0 0 0 106 22z", 6),
    "not-achieved": Shape(_SQUARE, "M-24 28l46 46m0-46l-46 46", 8),
    "dropped": Shape(_CIRCLE, "M-72 72L72-72", 40),
}
