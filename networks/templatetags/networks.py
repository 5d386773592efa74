"""How networks are shown."""

from urllib.parse import urlsplit

from django import template
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext as _

from centres.languages import FINNISH, falls_back, mark
from centres.models import FamilyCentre
from centres.templatetags.centre import centre_url
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


@register.simple_tag(takes_context=True)
def insider_links(context):
    """The ways of whoever is let in: each with its words, its address, and whether it is this page."""
    links = (
        (_("Own card"), centre_url(context, "professionals:own")),
        (_("Own calendar"), centre_url(context, "professionals:calendars")),
        (_("Meetings"), centre_url(context, "networks:meetings")),
        (_("Professionals"), centre_url(context, "professionals:index")),
    )
    return [(label, url, url == context["request"].path) for label, url in links]


@register.simple_tag
def access_asked_at(onward):
    """Where access is asked for to the centre that the address `onward` is in; empty where it is no page of networks.

    `onward` is what somebody's address says of where they were going: it may be anything.
    """
    try:
        there = urlsplit(onward or "")
        with override(get_language_from_path(there.path) or FINNISH):
            match = resolve(there.path)
    except (ValueError, Resolver404):
        return ""
    if there.scheme or there.netloc or match.namespace not in ("professionals", "networks", "finder"):
        return ""
    slug = match.kwargs["centre"]
    is_there = FamilyCentre.objects.public().filter(slug=slug).exists()
    return reverse("professionals:ask", kwargs={"centre": slug}) if is_there else ""


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
