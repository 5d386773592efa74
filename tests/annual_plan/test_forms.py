"""The form that says what became of a row: what it asks, and what it refuses in which words."""

import pytest
from django.utils.translation import override

from annual_plan.forms import EvaluationForm
from annual_plan.models import Outcome, Plan, PlanItem
from tests.factories import ContinuationFactory, PlanItemFactory

pytestmark = pytest.mark.django_db

NOTHING = {"evaluation_fi": "", "drop_reason_fi": "", "titles": "", "next_step": ""}


def form_for(row, **said):
    return EvaluationForm(NOTHING | said, instance=PlanItem.objects.get(pk=row.pk))


def complaints(form):
    with override("en"):
        return {name: [str(each) for each in errors] for name, errors in form.errors.items()}


@pytest.fixture
def row():
    return PlanItemFactory(plan__year=2025)


def test_what_is_achieved_needs_nothing_more(row):
    form = form_for(row, outcome="achieved", evaluation_fi="Kaikki neljä pidettiin.")
    assert form.is_valid()
    assert form.keep()
    row.refresh_from_db()
    assert (row.outcome, row.evaluation_fi) == (Outcome.ACHIEVED, "Kaikki neljä pidettiin.")


@pytest.mark.parametrize("outcome", ["partly", "not-achieved"])
def test_of_what_is_unfinished_it_asks_what_happens_next(row, outcome):
    assert complaints(form_for(row, outcome=outcome)) == {
        "next_step": ["Say what happens next: does it go on, or is it dropped?"]
    }


@pytest.mark.parametrize("said", [{"outcome": "dropped"}, {"outcome": "partly", "next_step": "dropped"}])
def test_what_is_dropped_needs_a_reason(row, said):
    assert complaints(form_for(row, **said)) == {
        "drop_reason_fi": ["Say why it is dropped: it stays to be read in its thread."]
    }


def test_an_evaluation_needs_an_outcome(row):
    assert complaints(form_for(row, outcome="not-started", evaluation_fi="Hyvin meni.")) == {
        "outcome": ["Choose the outcome as well: there is an evaluation already."]
    }


def test_what_goes_on_needs_a_name(row):
    assert complaints(form_for(row, outcome="partly", next_step="goes-on", titles=" \n ")) == {
        "titles": ["Say in a few words what it goes on as."]
    }


def test_it_goes_on_in_as_many_rows_as_there_are_lines(row):
    form = form_for(row, outcome="partly", next_step="goes-on", titles="Yksi\n\nKaksi\nYksi")
    assert form.is_valid()
    assert form.keep()
    plan = Plan.objects.get(year=2026)
    assert list(plan.items.order_by("number").values_list("title_fi", flat=True)) == ["Yksi", "Kaksi"]


def test_to_decide_later_leaves_an_open_promise(row):
    form = form_for(row, outcome="partly", next_step="later", titles="Yksi", drop_reason_fi="Siksi.")
    assert form.is_valid()
    assert form.keep()
    row.refresh_from_db()
    assert (row.outcome, row.drop_reason_fi, row.continuations.count()) == (Outcome.PARTLY, "", 0)


def test_of_what_goes_on_already_nothing_more_is_asked():
    row = ContinuationFactory().source
    form = EvaluationForm({"outcome": "partly", "evaluation_fi": "Kesken."}, instance=row)
    assert list(form.fields) == ["outcome", "evaluation_fi"]
    assert form.is_valid()
    assert form.keep()


def test_too_many_and_too_long_rows_are_refused(row):
    many = "\n".join(f"Rivi {number}" for number in range(11))
    said = {"outcome": "partly", "next_step": "goes-on"}
    assert complaints(form_for(row, titles=many, **said)) == {
        "titles": ["At most 10 rows can be made of one."]
    }
    assert complaints(form_for(row, titles="a" * 201, **said)) == {
        "titles": ["One of these is too long: 200 characters at most."]
    }
