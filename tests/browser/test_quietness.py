"""What a page does beyond what is seen: it complains of nothing, asks nobody else, and keeps nothing."""

import pytest

from tests.browser.pages import PUBLIC

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sample", PUBLIC, ids=str)
def test_a_page_logs_no_error_asks_no_other_host_and_leaves_nothing_in_the_browser(
    sample, page, portal, look_at
):
    heard, asked = [], []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    look_at(sample)
    page.evaluate("document.fonts.ready")
    # Chromium reports the answer 404 itself.
    assert [text for text in heard if sample.status == 200 or "404" not in text] == []
    assert len(asked) > 3
    assert [url for url in asked if not url.startswith((portal, "data:"))] == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
