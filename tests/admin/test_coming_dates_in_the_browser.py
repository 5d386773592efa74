"""The coming dates at the desk, in a real browser: on a phone, by ear, and in the dark."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from accounts.models import User
from meetingplaces.models import Session
from tests.admin.forms import address
from tests.admin.test_in_the_browser import complaints
from tests.browser.pages import VIEWS, View
from tests.browser.test_layout import SMALL_TARGETS
from tests.factories import ComingFactory, SessionChangeFactory, SessionFactory, UserFactory

__all__ = ["complaints"]

DAY = "2026-11-18"


@pytest.fixture
def kahvila(transactional_db: None) -> Session:
    """A session with a date of each kind: cancelled, moved, noted, extra, and as usual."""
    session = SessionFactory(meeting_place__name_fi="Perhekahvila Kaikkien lasten ja vanhempien olohuone")
    SessionChangeFactory(session=session, reason_fi="Ohjaaja on sairas")
    SessionChangeFactory(
        session=session, day=date(2026, 11, 25), kind="moved", to_day=date(2026, 11, 26), reason_fi="Remontti"
    )
    SessionChangeFactory(session=session, day=date(2026, 11, 27), kind="extra")
    SessionChangeFactory(session=session, day=date(2026, 12, 2), kind="noted", note_fi="Terveydenhoitaja käy")
    ComingFactory(session=session, day=date(2026, 12, 2), families=3)
    return session


@pytest.mark.axe
@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_axe_finds_nothing_and_every_button_is_large_enough_for_a_thumb(
    page: Any,
    live_server: Any,
    sign_in: Callable[[User], None],
    complaints: list[str],
    axe_violations: Callable[[Any], list[str]],
    kahvila: Session,
    view: View,
):
    view.show(page)
    sign_in(UserFactory(is_staff=True, is_superuser=True))
    paths = [address("coming", kahvila)]
    paths += [address(way, kahvila, kahvila.pk, DAY) for way in ("cancel", "move", "note")]
    found = {}
    for path in paths:
        page.goto(f"{live_server.url}{path}")
        found[path] = axe_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= view.width
        assert [html for html in page.evaluate(SMALL_TARGETS) if 'class="act' in html] == []
        assert (
            page.evaluate("Math.min(...[...document.querySelectorAll('.act')].map(b => b.offsetHeight))")
            >= 44
        )

    assert {path: faults for path, faults in found.items() if faults} == {}
    assert complaints == []
