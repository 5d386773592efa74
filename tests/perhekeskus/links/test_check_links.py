"""The command that asks every link, and what of its answers is told."""

from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from centres.actions import record_link
from centres.models import LinkCheck
from tests.conftest import NOW
from tests.factories import (
    ContactFactory,
    LinkCheckFactory,
    ServiceFactory,
)
from tests.perhekeskus.links.linked_site import Server

Fault = LinkCheck.Fault


def run(**options: Any) -> list[str]:
    out = StringIO()
    call_command("check_links", pause=0, allow_private=True, stdout=out, **options)
    return out.getvalue().splitlines()


def kept() -> list[tuple[Any, ...]]:
    return list(LinkCheck.objects.order_by("url").values_list("url", "fault", "status", "in_text"))


@pytest.mark.django_db(transaction=True)
class TestCommand:
    def test_it_keeps_what_each_address_answered(self, site: str):
        ContactFactory(value=f"{site}/200")
        ContactFactory(value=f"{site}/404")
        ServiceFactory(description_fi=f'<p><a href="{site}/503">x</a></p>')

        assert run() == ["Asked 3 of 3 addresses; 1 lead somewhere.", "  gone: 1", "  unclear: 1"]
        assert kept() == [
            (f"{site}/200", "", 200, False),
            (f"{site}/404", "gone", 404, False),
            (f"{site}/503", "unclear", 503, True),
        ]

    def test_it_names_the_portal(self, site: str, server: Server, settings: Any):
        settings.ALLOWED_HOSTS = [".perhekeskus.example"]
        ContactFactory(value=f"{site}/200")
        run()

        assert server.heard[0][2]["User-Agent"] == "Perhekeskus link check (+https://perhekeskus.example/)"

    def test_it_leaves_this_machine_alone_unless_told(self, site: str, server: Server):
        ContactFactory(value=f"{site}/200")
        call_command("check_links", pause=0, stdout=StringIO())

        assert server.heard == []
        assert kept() == [(f"{site}/200", "inwards", None, False)]

    def test_a_bounded_run_begins_with_what_was_asked_longest_ago(self, site: str, server: Server):
        for path, days in (("/200", 1), ("/204", 3), ("/202", 2)):
            ContactFactory(value=f"{site}{path}")
            LinkCheckFactory(url=f"{site}{path}", checked_at=NOW - timedelta(days=days))
        ContactFactory(value=f"{site}/201")

        assert run(limit=3) == ["Asked 3 of 4 addresses; 3 lead somewhere."]
        assert [path for _command, path, _headers in server.heard] == ["/201", "/204", "/202"]

    def test_no_address_is_asked_when_the_time_is_up(self, site: str, server: Server):
        ContactFactory(value=f"{site}/200")

        assert run(minutes=0) == ["Asked 0 of 1 addresses; 0 lead somewhere."]
        assert server.heard == []

    @pytest.mark.parametrize(("dead", "told"), [(2, "no-answer"), (3, "unclear")])
    def test_where_no_site_answers_it_is_this_machine_that_is_cut_off(self, site: str, dead: int, told: str):
        for number in range(dead):
            ContactFactory(value=f"{site}/hang-up?{number}")

        assert run() == [f"Asked {dead} of {dead} addresses; 0 lead somewhere.", f"  {told}: {dead}"]

    def test_where_any_site_answers_the_others_are_at_fault(self, site: str):
        for number in range(3):
            ContactFactory(value=f"{site}/hang-up?{number}")
        ContactFactory(value=f"{site}/200")

        assert run() == ["Asked 4 of 4 addresses; 1 lead somewhere.", "  no-answer: 3"]

    def test_it_forgets_what_the_site_no_longer_shows(self, site: str):
        LinkCheckFactory(url="https://poistettu.example/")
        ContactFactory(value=f"{site}/200")
        run()

        assert kept() == [(f"{site}/200", "", 200, False)]


@pytest.mark.django_db
class TestBroken:
    """When a link is somebody's task."""

    URL = "https://sivu.example/"

    def told(self, *answers: tuple[float, str]) -> bool:
        """Whether it is, after these answers: hours from now, and the fault."""
        for hours, fault in answers:
            self.record(fault, timezone.now() + timedelta(hours=hours))
        return LinkCheck.objects.broken().exists()

    def record(self, fault: str, now: datetime) -> None:
        record_link(url=self.URL, in_text=False, fault=fault, status=None, now=now)

    @pytest.mark.parametrize("fault", sorted(set(Fault) - {Fault.GONE, Fault.UNCLEAR}))
    def test_a_site_that_fails_once_may_be_back_tomorrow(self, fault: str):
        assert not self.told((0, fault))
        assert not self.told((1, fault))

    @pytest.mark.parametrize("fault", sorted(set(Fault) - {Fault.GONE, Fault.UNCLEAR}))
    def test_a_site_that_fails_on_two_nights_is_told(self, fault: str):
        assert self.told((0, fault), (23.9, fault))

    def test_a_page_that_is_gone_is_told_at_once(self):
        assert self.told((0, Fault.GONE))

    def test_what_works_again_is_not_told(self):
        assert not self.told((0, Fault.GONE), (24, ""))

    def test_a_site_that_turns_machines_away_is_never_told(self):
        assert not self.told((0, Fault.UNCLEAR), (24, Fault.UNCLEAR), (48, Fault.UNCLEAR))

    def test_an_answer_between_two_failures_begins_anew(self):
        assert not self.told((0, Fault.NO_ANSWER), (24, Fault.UNCLEAR), (48, Fault.NO_ANSWER))
