"""The Origin check in place of a CSRF cookie: what was sent from a page of ours passes, and nothing else."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from centres.same_origin import guarded_by_origin, is_sent_from_here

HERE = "https://perhekeskus.example"


@pytest.fixture(autouse=True)
def behind_a_proxy(settings):
    settings.ALLOWED_HOSTS = ["perhekeskus.example"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def sent(**headers):
    headers = {"host": "perhekeskus.example", "x-forwarded-proto": "https"} | headers
    return RequestFactory().post("/", headers={name: value for name, value in headers.items() if value})


def test_our_own_page_passes_whether_or_not_the_browser_says_more():
    assert is_sent_from_here(sent(origin=HERE))
    assert is_sent_from_here(sent(origin=HERE, **{"sec-fetch-site": "same-origin"}))


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "https://elsewhere.example",
        "http://perhekeskus.example",
        "https://perhekeskus.example:8443",
        "https://perhekeskus.example.elsewhere.example",
        "https://www.perhekeskus.example",
        "perhekeskus.example",
        "https://[",
        "https://",
    ],
)
def test_another_origin_or_none_is_refused(origin):
    assert not is_sent_from_here(sent(origin=origin))


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "SAME-ORIGIN", " "])
def test_what_the_browser_calls_another_site_is_refused_whatever_its_origin(site):
    assert not is_sent_from_here(sent(origin=HERE, **{"sec-fetch-site": site}))


@pytest.mark.parametrize(
    ("origin", "passes"),
    [
        ("https://perhe.example", True),
        ("https://oma.kunta.example", True),
        ("http://perhe.example", False),
        ("https://eikunta.example", False),
    ],
)
def test_a_name_that_a_proxy_goes_by_is_trusted_as_django_does(origin, passes, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://perhe.example", "https://*.kunta.example"]
    assert is_sent_from_here(sent(origin=origin)) is passes


def test_a_guarded_view_is_reached_from_here_alone_and_may_be_read_from_anywhere():
    def refused(request, name):
        return HttpResponse(f"{name}, {request.method} refused")

    @guarded_by_origin(refused=refused)
    def view(request, name):
        return HttpResponse(f"{name}, {request.method}")

    assert view(sent(origin=HERE), "kahvila").content == b"kahvila, POST"
    assert view(sent(), "kahvila").content == b"kahvila, POST refused"
    assert view(RequestFactory().get("/"), "kahvila").content == b"kahvila, GET"
    assert view.csrf_exempt
