"""The demo content's annual plans: every goal of the handbooks, and the threads that their texts show."""

from datetime import date

import pytest

from annual_plan.models import PlanItem

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]


def test_what_posio_promised_and_neither_kept_nor_carried_nor_gave_up_is_found():
    open_now = PlanItem.objects.filter(plan__centre__slug="posio").open_promises(date(2026, 11, 18))
    assert [(row.plan.year, row.title) for row in open_now.select_related("plan").order_by("plan__year")] == [
        (2023, "Palvelupolkujen kuvaaminen"),
        (2025, "ELO ry:n toiminnan käynnistyminen Posiolla"),
    ]
