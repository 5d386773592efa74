"""States that the database must never hold: how each is reached, and how it is refused.

A rule counts as kept when both the form (`full_clean`, which tells the editor why) and the database (which obeys
nobody) refuse it. `untested` and `all_rules` let each app's tests say that no rule of its models was left out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import BaseConstraint, Field, Model
from django.utils.text import capfirst
from django.utils.translation import override

from tests.factories import FACTORIES


@dataclass(frozen=True)
class Forbidden:
    """A state that `rule` (a constraint's name) forbids.

    `row` makes a row that is saved and right, and then changed in memory so that it breaks this rule alone.
    `choices` marks a rule that a field's own choices keep too: the form then answers with the choices' words.
    """

    rule: str
    what: str
    row: Callable[[], Any]
    choices: bool = False

    def __str__(self) -> str:
        return f"{self.rule}: {self.what}"


def but(row: Any, **values: Any) -> Any:
    """`row` with other `values`, not saved."""
    for name, value in values.items():
        setattr(row, name, value)
    return row


def models_of(app: str) -> list[type[Model]]:
    """The app's models; those that Django makes by itself for a many-to-many relation are not among them."""
    return list(apps.get_app_config(app).get_models())


def constraints_of(app: str) -> dict[str, BaseConstraint]:
    return {rule.name: rule for model in models_of(app) for rule in model._meta.constraints}


def unique_fields_of(app: str) -> list[tuple[type[Model], str]]:
    return [
        (model, field.name)
        for model in models_of(app)
        for field in model._meta.fields
        if field.unique and not field.primary_key
    ]


def untested(app: str, states: Iterable[Forbidden]) -> set[str]:
    """The constraints of `app` that no state breaks; `tests/test_choices.py` breaks those that every model has."""
    of_every_model = {
        name for name in constraints_of(app) if "_known_" in name or name.endswith("_in_finnish")
    }
    own_sentence = {state.rule for state in states}
    return set(constraints_of(app)) - of_every_model - own_sentence


def complaints(check: Callable[[], None]) -> list[str]:
    """What `check` (a bound `full_clean`, `clean` …) complains of, in English."""
    with override("en"), pytest.raises(ValidationError) as refused:
        check()
    with override("en"):
        return refused.value.messages


def in_english(text: Any) -> str:
    with override("en"):
        return str(text)


def assert_form_refuses(app: str, state: Forbidden) -> None:
    """`full_clean` refuses it with the rule's own sentence and no other complaint."""
    row, rule = state.row(), constraints_of(app)[state.rule]
    sentence = in_english(rule.violation_error_message)
    assert sentence != in_english(rule.default_violation_error_message)
    if state.choices:
        assert len(complaints(row.full_clean)) == 1
        assert complaints(row.validate_constraints) == [sentence]
    else:
        assert complaints(row.full_clean) == [sentence]


def assert_database_refuses(row: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def assert_field_is_unique(model: type[Model], name: str) -> None:
    """A second row with the value of the first is refused by the form, in one sentence, and by the database."""
    first, second = FACTORIES[model](), FACTORIES[model]()
    setattr(second, name, getattr(first, name))
    field: Field[Any, Any] = model._meta.get_field(name)  # type: ignore[assignment]
    with override("en"):
        words = {
            "model_name": capfirst(model._meta.verbose_name),
            "field_label": capfirst(field.verbose_name),
        }
        sentence = str(field.error_messages["unique"]) % words
    assert complaints(second.full_clean) == [sentence]
    assert_database_refuses(second)
