"""Addresses inside the centre of the request."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def centre_url(context, name, **kwargs):
    """The address of the page `name` in this centre: ``{% centre_url "age_group" slug=group.slug %}``."""
    return reverse(name, kwargs={"centre": context["centre"].slug, **kwargs})


@dataclass(frozen=True)
class MenuItem:
    """A main way into the centre's pages; `current` when the reader is on that very page."""

    label: str
    url: str
    current: bool


@register.simple_tag(takes_context=True)
def main_menu(context):
    """The three main ways into the centre's pages."""
    path = context["request"].path
    items = (
        (_("Services"), centre_url(context, "services:index")),
        (_("Who is who"), centre_url(context, "organisations")),
        (_("Family centre"), centre_url(context, "about")),
    )
    return [MenuItem(label, url, current=url == path) for label, url in items]
