"""Every palette can be read, in light and in dark: WCAG 2.2 contrast, computed from the stylesheet itself."""

import re
from itertools import product

import pytest

from centres.models import FamilyCentre
from tests.harness.machine import ROOT

CSS = ROOT / "perhekeskus/static"
ACCENTS = FamilyCentre.Accent.values
MODES = ["light", "dark"]
TEXT, EDGE = 4.5, 3.0  # WCAG 2.2: 1.4.3 text, 1.4.11 what is no text

# What stands on what: (colour, ground, contrast), wherever the components use the palette.
USES = [
    # Links, headings of their colour, the current page of the menu
    *product(["accent"], ["page", "surface", "tint", "hero", "help-tint"], [TEXT]),
    *product(["accent-deep"], ["page", "surface", "tint"], [TEXT]),
    # Buttons, and the top step of the stairs
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-deep", TEXT),
    # The steps of the stairs, panels, what is pointed at
    *product(["ink"], ["page", "surface", "sunk", "hero", "tint", "tint-2", "tint-3"], [TEXT]),
    *product(["ink-soft"], ["page", "surface", "hero", "tint"], [TEXT]),
    *product(["help-ink"], ["page", "surface", "hero", "help-tint"], [TEXT]),
    ("on-help", "help", TEXT),
    ("ok", "ok-tint", TEXT),
    ("warn", "warn-tint", TEXT),
    *product(["ok", "warn"], ["surface", "page"], [TEXT]),
    ("on-night", "night", TEXT),
    # Edges, icons, the ring around what has the focus
    *product(["focus"], ["page", "surface", "sunk", "hero", "tint", "tint-2", "help-tint"], [EDGE]),
    *product(["line-strong"], ["page", "surface"], [EDGE]),
    # Marks of the year clock, on the ground of the quarter that it is
    *product(["ok", "warn", "accent", "line-strong"], ["tint"], [EDGE]),
]


def rules(css: str) -> list[tuple[str, str, str]]:
    """(mode, selector, declarations) of each rule; a rule within the query for the dark is of the mode "dark"."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    dark = css.index("@media (prefers-color-scheme: dark)")
    found = re.finditer(r"([^{}]+)\{([^{}]*)\}", css)
    return [(MODES[rule.start() > dark], " ".join(rule[1].split()), rule[2]) for rule in found]


def tokens(accent: str, mode: str) -> dict[str, str]:
    """The custom properties on <html> with this accent in this mode, as the cascade leaves them."""
    values: dict[str, str] = {}
    parts = rules((CSS / "css/tokens.css").read_text(encoding="utf-8"))
    for rank in (":root", "[data-accent]", f'[data-accent="{accent}"]'):
        for of, selector, body in parts:
            if (
                rank in selector.split(", ")
                and of in ("light", mode)
                and not _of_another(selector, rank, accent)
            ):
                values |= dict(re.findall(r"--([\w-]+):\s*([^;]+);", body))
    return {name: _resolved(value, values) for name, value in values.items()}


def _of_another(selector: str, rank: str, accent: str) -> bool:
    """Whether a rule for `:root` is there for the default palette, and this is another one."""
    return rank == ":root" and "data-accent=" in selector and f'"{accent}"' not in selector


def _resolved(value: str, values: dict[str, str]) -> str:
    name = re.fullmatch(r"var\(--([\w-]+)\)", value)
    return _resolved(values[name[1]], values) if name else value


def luminance(colour: str) -> float:
    """Relative luminance of "#rgb" or "#rrggbb" (WCAG 2.2)."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.005)


def test_every_accent_is_in_the_stylesheet_and_no_other():
    selectors = {
        (mode, selector) for mode, selector, _body in rules((CSS / "css/tokens.css").read_text("utf-8"))
    }
    named = [(mode, *re.findall(r'data-accent="(\w+)"', selector)) for mode, selector in selectors]

    assert sorted(each for each in named if len(each) == 2) == sorted(product(MODES, ACCENTS))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("accent", ACCENTS)
def test_every_palette_can_be_read(accent: str, mode: str):
    colours = tokens(accent, mode)

    too_weak = {
        f"{on} on {ground}": round(contrast(colours[on], colours[ground]), 2)
        for on, ground, least in USES
        if contrast(colours[on], colours[ground]) < least
    }
    assert too_weak == {}


@pytest.mark.parametrize("accent", ACCENTS)
def test_the_swatches_of_the_desk_are_the_palettes(accent: str):
    css = (CSS / "desk/accents.css").read_text(encoding="utf-8")
    rule = re.search(rf'\[data-accent="{accent}"\] \{{([^}}]*)\}}', css)
    light, dark = tokens(accent, "light"), tokens(accent, "dark")

    assert rule is not None
    assert re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", rule[1]) == [
        ("swatch", light["accent"], dark["accent"]),
        ("swatch-tint", light["tint-2"], dark["tint-2"]),
    ]


def test_the_desk_lists_every_accent():
    css = (CSS / "desk/accents.css").read_text(encoding="utf-8")

    assert re.findall(r'\.swatch\[data-accent="(\w+)"\]', css) == ACCENTS
