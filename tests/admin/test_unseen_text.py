"""Text of which nothing would be seen is none, wherever it is typed at the desk."""

import pytest
from django.test import Client

from annual_plan.models import PlanItem
from centres.models import FamilyCentre
from centres.printable import is_unseen
from tests.admin.forms import address, beside, save
from tests.factories import PlanItemFactory

SEEN_BY_NOBODY = [
    "",
    " ",
    "\t\r\n",
    "\u00a0",
    "\u200b",
    "\u00ad\u2060",
    "\u2800",
    "\u3164",
    "\u115f\u1160",
    "\uffa0",
]


@pytest.mark.parametrize("text", SEEN_BY_NOBODY)
def test_it_is_told_from_words(text: str):
    assert is_unseen(text)
    assert not is_unseen(f"{text}a{text}")


@pytest.mark.django_db
class TestAtTheDesk:
    @pytest.fixture
    def row(self, posio: FamilyCentre) -> PlanItem:
        return PlanItemFactory(plan__centre=posio, title_fi="Kysely", title_sv="Enkät", outcome="partly")

    def path(self, row: PlanItem) -> str:
        return f"/en{address('change', row, row.pk)}"

    def test_a_title_is_not_empty(self, coordinator: Client, row: PlanItem):
        answer = save(coordinator, self.path(row), title_fi="\u200b")
        assert (answer.status_code, beside(answer, "title_fi")) == (400, ["This field is required."])
        assert PlanItem.objects.get().title_fi == "Kysely"

    def test_what_may_be_empty_is(self, coordinator: Client, row: PlanItem):
        answer = save(coordinator, self.path(row), title_sv="\u2800", description_fi="\u200b \u3164")
        assert answer.status_code == 302
        row = PlanItem.objects.get()
        assert {row.title_sv or "", row.description_fi or ""} == {""}

    def test_nobody_drops_a_row_for_a_reason_that_cannot_be_read(self, coordinator: Client, row: PlanItem):
        answer = save(coordinator, self.path(row), outcome="dropped", drop_reason_fi="\u200b")
        assert (answer.status_code, len(beside(answer, "drop_reason_fi"))) == (400, 1)
        assert PlanItem.objects.get().outcome == "partly"

    def test_what_joins_letters_in_a_word_stays(self, coordinator: Client, row: PlanItem):
        save(coordinator, self.path(row), title_fi="\u0646\u0645\u06cc\u200c\u062f\u0627\u0646\u0645")
        assert "\u200c" in PlanItem.objects.get().title_fi
