"""How networks are shown."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from centres.languages import falls_back, mark
from centres.templatetags.languages import lang_mark, marked_field
from networks.steering import titled

register = template.Library()


@register.simple_tag
def network_name(local):
    """The name of a network in a centre, marked where it is in another language, and its abbreviation behind it."""
    name, short = local.title, local.network.abbreviation
    behind = titled(name, short).removeprefix(name)
    return format_html("{}{}", marked_field(local.named, "name"), behind)


@register.simple_tag
def network_heading(local):
    """As `network_name` in the heading of its own page, where the abbreviation is the term that the page defines."""
    name, short = local.title, local.network.abbreviation
    shown = marked_field(local.named, "name")
    if titled(name, short) == name:
        return shown
    lang = lang_mark(mark(local.named, "name", get_language()))
    return format_html('{} (<dfn><abbr title="{}"{}>{}</abbr></dfn>)', shown, name, lang, short)


@register.inclusion_tag("components/fallback_notice.html")
def networks_notice(networks):
    """As `fallback_notice`, for a page of cards of networks."""
    language = get_language()
    texts = [(row.named, ("name",)) for row in networks]
    texts += [(row.network, ("summary",)) for row in networks]
    return {
        "falls_back": any(falls_back([one], names, language) for one, names in texts),
        "language": language,
    }


@register.simple_tag
def steered_list(steered):
    """Who steers whom as a nested list: pairs of a `networks.steering.Box` and its depth, each under its own.

    Not a template that includes itself: nothing bounds the depth.
    """
    parts, depth = [], -1
    for box, deep in steered:
        parts.append("<ul>" if deep > depth else "</li>" + "</ul></li>" * (depth - deep))
        parts.append(
            format_html(
                '<li><a href="{}"{}>{}</a> <small class="quiet">{}</small>',
                *(box.url, lang_mark(box.lang), box.title, box.what_it_is),
            )
        )
        depth = deep
    parts.append("</li></ul>" * (depth + 1))
    return mark_safe("".join(parts))  # noqa: S308 -- each part is escaped
