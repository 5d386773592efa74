"""The portal's addresses, and one that does nothing. Its dot keeps it from being taken for a centre."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from perhekeskus.urls import handler400, handler403, handler404, handler500
from perhekeskus.urls import urlpatterns as portal

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("empty.txt", empty), *portal]
