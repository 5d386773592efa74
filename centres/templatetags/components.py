"""Pieces that the pages of every room are put together from."""

import json

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe

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
def level_icon(level):
    """Small stairs with `level` of the four steps filled."""
    return icon(f"level-{level}")


@register.inclusion_tag("components/level.html")
def level_mark(words):
    """A level of support (`centres.levels.LevelWords`) as small stairs and words."""
    return {"words": words}


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
