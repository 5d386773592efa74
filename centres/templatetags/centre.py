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
    """A main way into the centre's pages; `current`: "page" on that very page, "true" on one behind it, else ""."""

    label: str
    url: str
    current: str


@register.simple_tag(takes_context=True)
def main_menu(context):
    """The three main ways into the centre's pages."""
    path = context["request"].path
    items = (
        (_("Services"), centre_url(context, "services:index")),
        # To today: on a phone the days before it are a long way down.
        (_("Meeting places"), f"{centre_url(context, 'meetingplaces:index')}#today"),
        (_("Family centre"), centre_url(context, "about")),
    )
    return [MenuItem(label, url, _where(path, url.partition("#")[0])) for label, url in items]


def _where(path, way_in):
    if path == way_in:
        return "page"
    return "true" if path.startswith(way_in) else ""
