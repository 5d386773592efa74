"""Addresses of the portal. Finnish has no prefix; path words are translated, slugs are not (DESIGN 4)."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.translation import pgettext_lazy

from accounts import urls as account_urls
from centres.logo import LOGO
from meetingplaces.photo import PHOTO
from perhekeskus import views

PICTURES = f"{LOGO.folder}|{PHOTO.folder}"

# Translators: addresses: small letters a–z and hyphens only, each word followed by a slash, <…> as it stands.
in_centre: list[URLPattern | URLResolver] = [
    path("", views.front, name="front"),
    path(pgettext_lazy("address", "age-groups/<slug:slug>/"), views.age_group, name="age_group"),
    path(pgettext_lazy("address", "themes/<slug:slug>/"), views.theme, name="theme"),
    path(pgettext_lazy("address", "collections/<slug:slug>/"), views.collection, name="collection"),
    path(pgettext_lazy("address", "organisations/"), views.organisations, name="organisations"),
    path(pgettext_lazy("address", "organisations/<slug:slug>/"), views.organisation, name="organisation"),
    path(pgettext_lazy("address", "what-is-a-family-centre/"), views.about, name="about"),
    path(pgettext_lazy("address", "help-now/"), views.help_now, name="help_now"),
    path(pgettext_lazy("address", "accessibility/"), views.accessibility, name="accessibility"),
    path(pgettext_lazy("address", "privacy/"), views.privacy, name="privacy"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path(pgettext_lazy("address", "services/"), include("services.urls")),
    path(pgettext_lazy("address", "meeting-places/"), include("meetingplaces.urls")),
    path(pgettext_lazy("address", "networks/"), include("networks.urls")),
    path(pgettext_lazy("address", "whom-to-call/"), include("networks.finder_urls")),
    path(pgettext_lazy("address", "professionals/"), include("networks.professional_urls")),
    path(pgettext_lazy("address", "annual-plan/"), include("annual_plan.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap_index, name="sitemap_index"),
    re_path(rf"^media/(?P<folder>{PICTURES})/(?P<name>[0-9a-f]{{32}}\.webp)$", views.picture, name="picture"),
    path("oidc/", include(account_urls.organisation)),
    re_path(r"^fi/(?P<rest>.*)$", views.without_finnish_prefix, name="without_finnish_prefix"),
]
urlpatterns += i18n_patterns(
    path("hallinta/", admin.site.urls),
    path(pgettext_lazy("address", "sign-in/"), include("accounts.urls")),
    path(pgettext_lazy("address", "invitation/"), include("centres.urls")),
    path("tyylikirja/", views.style_guide, name="style_guide"),
    path("esikatselu/<str:token>/", views.preview, name="preview"),
    path("", views.choose_centre, name="choose_centre"),
    path("<slug:centre>/", include(in_centre)),
    prefix_default_language=False,
)

handler400 = "perhekeskus.views.bad_request"
handler403 = "perhekeskus.views.permission_denied"
handler404 = "perhekeskus.views.not_found"
handler429 = "perhekeskus.views.too_many_requests"  # not Django's own: allauth asks for it
handler500 = "perhekeskus.views.server_error"
