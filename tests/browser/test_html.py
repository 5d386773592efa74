"""The Nu HTML checker finds nothing wrong on any template, in any language."""

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from perhekeskus import views
from tests.browser.pages import LANGUAGES, SAMPLES

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]


def test_every_template_is_valid_in_every_language(client, invalid_html):
    documents = {
        f"{sample}, {language}": client.get(sample.address(language), follow=True).content.decode()
        for sample in SAMPLES
        for language in LANGUAGES
    }
    assert invalid_html(documents) == []


def test_every_error_page_is_valid_in_every_language(invalid_html):
    error_views = {
        "400": lambda request: views.bad_request(request, None),
        "403": lambda request: views.permission_denied(request, None),
        "404": lambda request: views.not_found(request, None),
        "500": views.server_error,
    }
    documents = {}
    for language in LANGUAGES:
        with override(language):
            for status, view in error_views.items():
                response = view(RequestFactory().get("/"))
                assert response.status_code == int(status)
                documents[f"{status}, {language}"] = response.content.decode()
    assert invalid_html(documents) == []
