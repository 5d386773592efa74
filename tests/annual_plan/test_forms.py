"""The form that says what became of a row: what it asks, and what it refuses in which words."""

import pytest
from django.utils.translation import override

from annual_plan.forms import EvaluationForm
from annual_plan.models import Outcome, Plan, PlanItem
from tests.factories import ContinuationFactory, PlanFactory, PlanItemFactory

pytestmark = pytest.mark.django_db

NOTHING = {"evaluation_fi": "", "drop_reason_fi": "", "titles": "", "next_step": ""}


def fresh(row):
    return PlanItem.objects.get(pk=row.pk)


def seen(row):
    """What the form says, unseen, of the row that it is opened on."""
    return EvaluationForm(instance=fresh(row))["seen"].value()


def form_for(row, **said):
    return EvaluationForm(NOTHING | {"seen": seen(row)} | said, instance=fresh(row))


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


@pytest.mark.parametrize("reason", ["", " ", "\u200b", "\u200b \u2060", "\u2800", "\u3164\u115f"])
@pytest.mark.parametrize("said", [{"outcome": "dropped"}, {"outcome": "partly", "next_step": "dropped"}])
def test_what_is_dropped_needs_a_reason_that_can_be_read(row, said, reason):
    assert complaints(form_for(row, drop_reason_fi=reason, **said)) == {
        "drop_reason_fi": ["Say why it is dropped: it stays to be read in its thread."]
    }


def test_an_evaluation_needs_an_outcome(row):
    assert complaints(form_for(row, outcome="not-started", evaluation_fi="Hyvin meni.")) == {
        "outcome": ["Choose the outcome as well: there is an evaluation already."]
    }


@pytest.mark.parametrize("titles", [" \n ", "\u200b", "\u200b\n\u2060\u00ad"])
def test_what_goes_on_needs_a_name_that_can_be_read(row, titles):
    assert complaints(form_for(row, outcome="partly", next_step="goes-on", titles=titles)) == {
        "titles": ["Say in a few words what it goes on as."]
    }


def test_it_goes_on_in_as_many_rows_as_there_are_lines(row):
    form = form_for(row, outcome="partly", next_step="goes-on", titles="Yksi\n\nKaksi\nYksi")
    assert form.is_valid()
    assert form.keep()
    plan = Plan.objects.get(year=2026)
    assert list(plan.items.order_by("number").values_list("title_fi", flat=True)) == ["Yksi", "Kaksi"]


def test_an_evaluation_of_which_nothing_is_seen_is_none(row):
    form = form_for(row, outcome="achieved", evaluation_fi="\u200b \u2800")
    assert form.is_valid()
    assert form.keep()
    assert not fresh(row).evaluation_fi


def test_what_joins_letters_stays_in_its_word(row):
    word = "\u0646\u0645\u06cc\u200c\u062f\u0627\u0646\u0645"
    form = form_for(row, outcome="dropped", drop_reason_fi=word)
    assert form.is_valid()
    assert form.cleaned_data["drop_reason_fi"] == word


def test_to_decide_later_leaves_an_open_promise(row):
    form = form_for(row, outcome="partly", next_step="later", titles="Yksi", drop_reason_fi="Siksi.")
    assert form.is_valid()
    assert form.keep()
    row.refresh_from_db()
    assert (row.outcome, row.drop_reason_fi, row.continuations.count()) == (Outcome.PARTLY, "", 0)


def test_nobody_says_without_choosing_that_it_is_not_started(row):
    assert EvaluationForm(instance=fresh(row))["outcome"].value() == ""
    assert complaints(form_for(row)) == {"outcome": ["Choose one."]}


def test_what_has_been_said_stands_chosen(row):
    PlanItem.objects.update(outcome=Outcome.UNDER_WAY)
    assert EvaluationForm(instance=fresh(row))["outcome"].value() == Outcome.UNDER_WAY


def test_a_second_click_on_not_started_is_nobody_else(row):
    said = {"outcome": "not-started", "seen": seen(row)}
    for _click in range(2):
        assert form_for(row, **said).is_valid()
        PlanItem.objects.get().save()


@pytest.mark.parametrize("is_there", [False, True])
def test_it_names_the_plan_in_which_it_goes_on_and_says_whether_that_is_opened(row, is_there):
    PlanFactory(centre=row.plan.centre, year=2026, phase=Plan.Phase.EVALUATED)
    if is_there:
        PlanFactory(centre=row.plan.centre, year=2027)
    with override("en"):
        form = EvaluationForm(instance=fresh(row))
        steps = [str(label) for _value, label in form.fields["next_step"].choices]
        hint = str(form.fields["titles"].help_text)
    assert steps == [
        "It goes on in the plan for 2027",
        "It is dropped (say why)",
        "This is decided later: it stands among the open promises",
    ]
    lines = "One row for each line: a row may go on in several parts."
    opened = " There is no plan for 2027 yet: it is opened for this, as a draft."
    assert hint == lines + ("" if is_there else opened)


@pytest.mark.parametrize("said", [{"outcome": "partly", "next_step": "later"}, {"outcome": "achieved"}])
def test_titles_are_looked_at_only_where_it_goes_on(row, said):
    assert form_for(row, titles="a" * 201, **said).is_valid()


def test_without_the_finnish_evaluation_there_is_none_in_another_language():
    row = PlanItemFactory(
        plan__year=2025,
        outcome="achieved",
        evaluation_fi="Hyvin.",
        evaluation_sv="Bra.",
        evaluation_se="Bures.",
    )
    form = form_for(row, outcome="achieved")
    assert form.is_valid()
    assert form.keep()
    stored = fresh(row)
    assert {stored.evaluation_fi or "", stored.evaluation_sv or "", stored.evaluation_se or ""} == {""}


def test_of_what_goes_on_already_nothing_more_is_asked():
    row = ContinuationFactory().source
    form = form_for(row, outcome="partly", evaluation_fi="Kesken.")
    assert list(form.fields) == ["outcome", "evaluation_fi", "seen"]
    assert Outcome.DROPPED not in dict(form.fields["outcome"].choices)
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


class TestTwoAtOneRow:
    OVERTAKEN = (
        "Somebody else has changed this row since you opened it. "
        "Compare with what it says now, and save once more."
    )

    def somebody_else_saves(self, row):
        other = fresh(row)
        other.outcome, other.evaluation_fi = Outcome.ACHIEVED, "Pidettiin."
        other.save()

    def test_nobody_overwrites_what_they_have_not_seen(self, row):
        opened = seen(row)
        self.somebody_else_saves(row)
        form = form_for(row, outcome="not-achieved", next_step="later", evaluation_fi="Ei.", seen=opened)
        assert complaints(form) == {"__all__": [self.OVERTAKEN]}
        assert (form.is_overtaken, form.stands.outcome, form.stands.evaluation_fi) == (
            True,
            Outcome.ACHIEVED,
            "Pidettiin.",
        )
        assert (form["evaluation_fi"].value(), form["outcome"].value()) == ("Ei.", "not-achieved")
        again = form_for(
            row, outcome="not-achieved", next_step="later", evaluation_fi="Ei.", seen=form["seen"].value()
        )
        assert again.is_valid()
        assert again.keep()
        assert fresh(row).evaluation_fi == "Ei."

    @pytest.mark.parametrize("opened", ["", "x", "7-0", "0-1"])
    def test_what_was_not_opened_here_counts_as_overtaken(self, row, opened):
        assert complaints(form_for(row, outcome="achieved", seen=opened)) == {"__all__": [self.OVERTAKEN]}

    def test_a_row_that_somebody_has_carried_over_meanwhile_is_not_dropped(self, row):
        opened = seen(row)
        ContinuationFactory(source=row)
        form = form_for(row, outcome="partly", next_step="dropped", drop_reason_fi="Siksi.", seen=opened)
        assert complaints(form) == {"__all__": [self.OVERTAKEN, self.in_vain(
            "What happens next? – It is dropped (say why); Why it is dropped, in Finnish – Siksi."
        )]}  # fmt: skip

    def in_vain(self, written):
        return f"Meanwhile the row goes on in a later plan. This was not saved: {written}"

    @pytest.mark.parametrize(
        ("sent", "told"),
        [
            (
                {"outcome": "dropped", "drop_reason_fi": "Siksi."},
                "Outcome – dropped; Why it is dropped, in Finnish – Siksi.",
            ),
            (
                {"outcome": "not-achieved", "next_step": "goes-on", "titles": "Aivan muu"},
                "What happens next? – It goes on in the plan for 2026; Title of the new row – Aivan muu",
            ),
            (
                {"outcome": "partly", "next_step": "goes-on", "titles": "Jatko\r\nAivan muu"},
                "What happens next? – It goes on in the plan for 2026; Title of the new row – Jatko\r\nAivan muu",
            ),
            (
                {"outcome": "partly", "next_step": "later"},
                "What happens next? – This is decided later: it stands among the open promises",
            ),
        ],
    )
    def test_what_was_written_is_told_once_the_row_goes_on(self, row, sent, told):
        opened = seen(row)
        first = form_for(row, outcome="partly", next_step="goes-on", titles="Jatko")
        assert first.is_valid()
        assert first.keep()
        with override("en"):
            form = form_for(row, seen=opened, **sent)
            assert complaints(form) == {"__all__": [self.OVERTAKEN, self.in_vain(told)]}
        again = form_for(row, outcome="partly", seen=form["seen"].value())
        assert again.is_valid()

    @pytest.mark.parametrize("outcome", ["achieved", "under-way"])
    def test_what_asks_for_no_next_step_was_not_written_in_vain(self, row, outcome):
        opened = seen(row)
        ContinuationFactory(source=row)
        form = form_for(row, outcome=outcome, next_step="dropped", drop_reason_fi="Siksi.", seen=opened)
        assert complaints(form) == {"__all__": [self.OVERTAKEN]}

    @pytest.mark.parametrize(
        "said",
        [
            {"outcome": "achieved", "evaluation_fi": "Hyvin."},
            {"outcome": "partly", "next_step": "goes-on", "titles": "Yksi\nKaksi"},
            {"outcome": "dropped", "drop_reason_fi": "Siksi."},
        ],
    )
    def test_a_second_click_is_nobody_else(self, row, said):
        said["seen"] = seen(row)
        for _click in range(2):
            form = form_for(row, **said)
            assert form.is_valid()
            assert form.keep()
        assert fresh(row).outcome == said["outcome"]

    def test_of_two_at_the_same_moment_the_second_is_refused(self, row):
        form = form_for(row, outcome="achieved")
        assert form.is_valid()
        self.somebody_else_saves(row)
        with override("en"):
            assert not form.keep()
        assert complaints(form) == {"__all__": [self.OVERTAKEN]}
        assert fresh(row).evaluation_fi == "Pidettiin."
