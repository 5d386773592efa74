"""What stands in a plan already, for whatever is carried over into it."""

from annual_plan.carrying import place_of
from annual_plan.models import Continuation


def standing_in(plan):
    """The keys of the rows of `plan` by their `place_of`; of two with the same words in one quarter the first."""
    rows = plan.items.order_by("-number").values_list("title_fi", "quarter", "pk")
    return {place_of(title, quarter): pk for title, quarter, pk in rows}


def gone_on_in(plan):
    """The keys of the rows that go on in `plan`."""
    return set(Continuation.objects.filter(target__plan=plan).order_by("pk").values_list("source", flat=True))
