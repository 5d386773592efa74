"""The link of a preview is copied by one press of a button, and can be copied by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from tests.admin.forms import address
from tests.admin.test_history_in_the_browser import seen
from tests.factories import OfferingFactory


@pytest.fixture
def at_the_desk(page: Any, sign_in: Callable[[User], None], administrator: User) -> Any:
    sign_in(administrator)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def copied(page: Any) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def test_the_link_is_copied_on_the_form_and_above_the_preview(
    transactional_db: None, at_the_desk: Any, live_server: Any, axe_violations: Callable[[Any], list[str]]
):
    # Given a draft on whose form its coordinator is
    page, offering = at_the_desk, OfferingFactory(status="draft", service__name_fi="Neuvola")
    page.goto(f"{live_server.url}/en{address('change', offering, offering.pk)}")

    # When they copy the link there
    page.click("button:text('Copy the link of the preview')")
    page.wait_for_selector("text=Copied")
    link = copied(page)

    # Then it leads to the preview, where the same link is selected by one tap, and copied by another
    page.goto(link)
    field = page.get_by_label("The link to send")
    assert field.input_value() == link
    field.focus()
    assert page.evaluate("getSelection().toString()") == link
    page.evaluate("navigator.clipboard.writeText('')")
    page.click("button:text('Copy the link')")
    page.wait_for_selector("aside [role=status]:text('Copied')")
    assert copied(page) == link
    assert list(seen(page, axe_violations, "")) == []


def test_where_the_browser_lets_nobody_write_it_is_copied_the_old_way(
    transactional_db: None, at_the_desk: Any, live_server: Any
):
    page, offering = at_the_desk, OfferingFactory(status="draft")
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(f"{live_server.url}/en{address('change', offering, offering.pk)}")

    page.click("button:text('Copy the link of the preview')")

    page.wait_for_selector("text=Copied")
    assert page.locator("textarea:focus").count() == 0
