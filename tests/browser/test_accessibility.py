"""axe-core finds nothing wrong on any template, in any language, wide or narrow, light or dark; no rule is off.

One page for each template stands for it here, in every language and view; `make audit` looks at every page of the site.
"""

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from perhekeskus.views import errors
from tests.browser.pages import LANGUAGES, SAMPLES, VIEWS

pytestmark = [pytest.mark.django_db, pytest.mark.axe]


def violations_in(page, looks, axe_violations):
    """What axe finds in each view of the page, by view."""
    found = {}
    for view in looks:
        view.show(page)
        found[str(view)] = axe_violations(page)
    return found


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_axe_finds_nothing_on_any_template(sample, page, look_at, axe_violations):
    found = {}
    for language in LANGUAGES:
        look_at(sample, language)
        found |= {
            f"{language}, {view}": violations
            for view, violations in violations_in(page, VIEWS, axe_violations).items()
        }
    assert len(found) == len(VIEWS) * len(LANGUAGES)
    assert {where: violations for where, violations in found.items() if violations} == {}


def test_axe_finds_nothing_when_everything_that_opens_is_open(page, look_at, axe_violations):
    look_at(next(sample for sample in SAMPLES if sample.name == "chosen services"))
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.locator("button[popovertarget=languages]").click()
    assert violations_in(page, VIEWS, axe_violations) == {str(view): [] for view in VIEWS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_page_that_says_it_is_our_fault(language, page, portal, axe_violations):
    with override(language):
        html = errors.server_error(RequestFactory().get("/rovaniemi/")).content.decode()
    page.route("**/rovaniemi/", lambda route: route.fulfill(status=500, content_type="text/html", body=html))
    page.goto(f"{portal}/rovaniemi/")
    assert violations_in(page, VIEWS, axe_violations) == {str(view): [] for view in VIEWS}
