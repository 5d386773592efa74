"""Pieces that the pages of every room are put together from."""

import json

import segno
from django import template
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from centres.languages import falls_back
from centres.richtext import sanitised

register = template.Library()


# As `json_script` does: nothing in the data can end the script element or open a comment.
_JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def icon(name):
    """The icon `name` of the sprite, for the eye only: the words beside it say what it means."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("icons/sprite.svg"),
        name,
    )


@register.filter
def rich(html):
    """Rich text, sanitised once more: rows may have come in by other ways than a save."""
    return mark_safe(sanitised(html))  # noqa: S308


@register.filter
def explained(text, terms):
    """`text`, rich or plain, in which what the page says for the first time of `terms` (`centres.terms.Terms`) is
    explained: ``{{ text|rich|explained:terms }}``. Every page's context has its terms. Not for a text in a link.
    """
    return terms.explain(conditional_escape(text))


@register.simple_block_tag
def page_title(content):
    """The title of the page, for the browser and for those who share its address."""
    text = _in_attribute(content)
    return format_html('<title>{0}</title>\n<meta property="og:title" content="{0}">', text)


@register.simple_block_tag
def page_description(content):
    """One sentence on the page, for search engines and for those who share its address."""
    text = _in_attribute(content)
    return format_html(
        '<meta name="description" content="{0}">\n<meta property="og:description" content="{0}">', text
    )


def _in_attribute(content):
    """Rendered text, escaped already but for the quotes of our own words, on one line."""
    return mark_safe(" ".join(content.split()).replace('"', "&quot;"))  # noqa: S308


@register.simple_tag
def json_ld(data):
    """`data` as JSON-LD in a data block, which runs nothing and so needs no leave of the policy."""
    text = json.dumps(data, ensure_ascii=False).translate(_JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


@register.simple_tag
def qr_code(text, on_screen=False):
    """The whole `text`, an address or a card, as a QR code: an SVG of one black path, as large as the page makes it.

    `on_screen` it brings white paper of its own: phones read no light code on the dark.
    """
    code = segno.make(text, error="m", micro=False, encoding=None if text.isascii() else "utf-8")
    light = "white" if on_screen else None
    drawing = code.svg_inline(svgclass=None, lineclass=None, omitsize=True, light=light)
    return mark_safe(drawing)  # noqa: S308 -- only its drawing


@register.simple_tag
def level_icon(level):
    """Small stairs with `level` of the four steps filled."""
    return icon(f"level-{level}")


@register.inclusion_tag("components/level.html")
def level_mark(words):
    """A level of support (`centres.levels.LevelWords`) as small stairs and words."""
    return {"words": words}


@register.simple_tag
def step_words(level):
    """Which step of the stairs it is, for those who hear the name that follows and do not see its number."""
    words = _("Step %(level)s of 4:") % {"level": level}
    return format_html('<span class="hidden-text">{} </span>', words)


@register.filter
def filled(sections):
    """The sections that hold something; all of them when none does."""
    return [section for section in sections if section.offerings] or sections


@register.inclusion_tag("components/fallback_notice.html")
def tasks_notice(tasks, centre, *fields):
    """As `fallback_notice` of `centre`, for a page with the seven tasks: pairs of Task and LocalTask or None."""
    rows = [(centre, fields)]
    for task, here in tasks:
        rows += [(task, ("name", "aim")), *([(here, ("how",))] if here else [])]
    language = get_language()
    return {
        "falls_back": any(falls_back([row], names, language) for row, names in rows),
        "language": language,
    }


@register.filter
def beside(name, number):
    """A service's name where its `number` stands beside it: "Helpline 116 117 (X)" is "Helpline (X)"."""
    return " ".join(name.replace(number, " ").split()) or name if number else name


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page):
    """Links to the other pages of a list, with the rest of the query kept."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {
        "page": page,
        "query": f"{query.urlencode()}&" if query else "",
        "numbers": page.paginator.get_elided_page_range(page.number),
    }


@register.filter
def field_of(form, name):
    """The field `name` of a form, bound to what the reader wrote."""
    return form[name]


@register.simple_tag(takes_context=True)
def without(context, name, value=None):
    """The address of the list without the filter `name`, or without this one `value` of it; from its first page."""
    request = context["request"]
    query = request.GET.copy()
    query.pop("page", None)
    chosen = query.pop(name, [])
    # A box may come in under another value than its own, `free=true` say: then nothing of it stays.
    if value in chosen:
        query.setlist(name, [one for one in chosen if one != value])
    return f"{request.path}?{query.urlencode()}" if query else request.path
