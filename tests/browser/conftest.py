"""What tests in a real browser share: how a page is opened and looked at."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Response

from tests.browser.pages import VIEWS, Sample, View

NARROW = VIEWS[2]


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Nothing moves by itself: a test that asks where something is asks once it is there."""
    return {**browser_context_args, "reduced_motion": "reduce"}


@pytest.fixture
def look_at(page: Page, portal: str) -> Callable[..., Response]:
    """Opens a sample: `look_at(sample, "sv", view)`."""

    def open_it(sample: Sample, language: str = "fi", view: View = NARROW) -> Response:
        view.show(page)
        response = page.goto(f"{portal}{sample.address(language)}")
        assert response is not None
        assert response.status == sample.status
        return response

    return open_it
