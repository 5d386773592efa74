"""axe-core finds nothing wrong on any template, in any language, wide or narrow, light or dark; no rule is off.

Every template is looked at in Finnish in all four views, and in each other language in one of the four, which
changes from template to template and from language to language: a translation brings other words and other markers
of language, not other colours. `make audit` looks at every page of the site in every language and view.
"""

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from perhekeskus import views
from tests.browser.pages import LANGUAGES, SAMPLES, VIEWS

pytestmark = pytest.mark.django_db

IN_FINNISH = [(sample, "fi", view) for sample in SAMPLES for view in VIEWS]
IN_OTHERS = [
    (sample, language, VIEWS[(number + turn) % len(VIEWS)])
    for number, sample in enumerate(SAMPLES)
    for turn, language in enumerate(LANGUAGES[1:])
]


@pytest.mark.parametrize(("sample", "language", "view"), IN_FINNISH + IN_OTHERS, ids=str)
def test_axe_finds_nothing_on_any_template(sample, language, view, page, look_at, axe_violations):
    look_at(sample, language, view)
    assert axe_violations(page) == []


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_axe_finds_nothing_when_everything_that_opens_is_open(view, page, look_at, axe_violations):
    filtered = next(sample for sample in SAMPLES if sample.name == "chosen services")
    look_at(filtered, "fi", view)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert axe_violations(page) == []


@pytest.mark.parametrize("view", VIEWS, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_page_that_says_it_is_our_fault(
    language, view, page, portal, look_at, axe_violations
):
    with override(language):
        html = views.server_error(RequestFactory().get("/rovaniemi/")).content.decode()
    page.route("**/rovaniemi/", lambda route: route.fulfill(status=500, content_type="text/html", body=html))
    page.set_viewport_size({"width": view.width, "height": view.height})
    page.emulate_media(color_scheme=view.scheme)
    page.goto(f"{portal}/rovaniemi/")
    assert axe_violations(page) == []
