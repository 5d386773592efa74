"""Pages that machines read: robots.txt, sitemaps and the web-app manifest."""

from django.http import JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from centres.models import FamilyCentre
from perhekeskus.addresses import address_in
from perhekeskus.sitemaps import entries

XML = "application/xml; charset=utf-8"


@require_safe
def robots(request):
    """What search engines may read, and where the sitemaps are."""
    context = {"sitemap": request.build_absolute_uri(reverse("sitemap_index"))}
    return render(request, "machines/robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(request):
    """One sitemap for each centre and language."""
    locations = [
        request.build_absolute_uri(address_in(language, "sitemap", centre.slug))
        for centre in FamilyCentre.objects.public()
        for language in centre.languages
    ]
    return render(request, "machines/sitemap_index.xml", {"locations": locations}, content_type=XML)


@require_safe
def sitemap(request):
    """The pages of a centre that hold something of their own in the language of the address."""
    pages = entries(request.centre, get_language(), timezone.localdate())
    context = {"pages": pages, "root": request.build_absolute_uri("/").rstrip("/")}
    return render(request, "machines/sitemap.xml", context, content_type=XML)


@require_safe
def manifest(request):
    """What a phone needs to put the portal on its home screen."""
    centre = request.centre
    sizes = (
        ("icon-192.png", "192x192", "any"),
        ("icon-512.png", "512x512", "any"),
        ("icon-maskable-512.png", "512x512", "maskable"),
    )
    icons = [
        {"src": static(f"img/{name}"), "sizes": size, "type": "image/png", "purpose": purpose}
        for name, size, purpose in sizes
    ]
    address = centre.get_absolute_url()
    content = {
        "name": centre.name,
        "short_name": centre.municipality,
        "lang": get_language(),
        "id": address,
        "start_url": address,
        "scope": address,
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": icons,
    }
    return JsonResponse(content, content_type="application/manifest+json")
