"""A discreet page is kept by nobody and named to nobody."""

import pytest
from django.http import HttpResponse

from centres.discretion import discreet
from centres.reach import reach_of
from tests.factories import ThemeFactory, TopicFactory


def test_a_discreet_page_is_stored_nowhere_and_refers_to_nobody():
    response = discreet(HttpResponse("apua"))
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.content == b"apua"


def test_what_was_said_of_caching_before_is_not_lost():
    response = HttpResponse(headers={"Cache-Control": "private"})
    assert set(discreet(response).headers["Cache-Control"].split(", ")) == {"private", "no-store"}


@pytest.mark.django_db
def test_a_theme_is_sensitive_when_one_of_its_topics_is():
    violence, money = TopicFactory(sensitive=True), TopicFactory()
    themes = [ThemeFactory(topics=topics) for topics in ([money, violence], [money], [])]
    reach = reach_of(themes)
    assert [reach[theme.pk].sensitive for theme in themes] == [True, False, False]
    assert [sorted(reach[theme.pk].topics) for theme in themes] == [
        sorted([money.pk, violence.pk]),
        [money.pk],
        [],
    ]
