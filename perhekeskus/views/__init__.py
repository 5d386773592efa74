"""The pages that gather from every room of the portal."""

from perhekeskus.views.about import about, accessibility, help_now, privacy
from perhekeskus.views.errors import (
    bad_request,
    csrf_failure,
    length_required,
    not_found,
    permission_denied,
    server_error,
    too_large,
    too_many_requests,
)
from perhekeskus.views.front import choose_centre, front, without_finnish_prefix
from perhekeskus.views.machines import manifest, robots, sitemap, sitemap_index
from perhekeskus.views.media import picture
from perhekeskus.views.organisations import organisation, organisations
from perhekeskus.views.previews import preview
from perhekeskus.views.style_guide import style_guide
from perhekeskus.views.windows import age_group, collection, theme

__all__ = [
    "about",
    "accessibility",
    "age_group",
    "bad_request",
    "choose_centre",
    "collection",
    "csrf_failure",
    "front",
    "help_now",
    "length_required",
    "manifest",
    "not_found",
    "organisation",
    "organisations",
    "permission_denied",
    "picture",
    "preview",
    "privacy",
    "robots",
    "server_error",
    "sitemap",
    "sitemap_index",
    "style_guide",
    "theme",
    "too_large",
    "too_many_requests",
    "without_finnish_prefix",
]
