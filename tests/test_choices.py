"""What forms refuse, the database refuses too: unknown choices, and a text that is missing in Finnish."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError

from centres.languages import FINNISH, column
from tests.factories import FACTORIES
from tests.forbidden import assert_database_refuses, but, constraints_of

ROOMS = settings.ROOMS

WITH_CHOICES = [
    (model, field)
    for model in apps.get_models()
    if model._meta.app_label in ROOMS
    for field in model._meta.concrete_fields
    if field.choices
]
# Numbers have rules with sentences of their own ("There are four levels of support").
WORDS = [(model, field) for model, field in WITH_CHOICES if field.get_internal_type() == "CharField"]
REQUIRED = [
    (model, field)
    for model in apps.get_models()
    if model._meta.app_label in ROOMS
    for field in model._meta.concrete_fields
    if getattr(field, "language", None) == FINNISH and hasattr(field, "translated_field") and not field.blank
]


def named(pairs):
    return [f"{model.__name__}.{field.name}" for model, field in pairs]


def rule(model, end):
    return f"{model._meta.app_label}_{model._meta.model_name}_{end}"


@pytest.mark.parametrize(("model", "field"), WORDS, ids=named(WORDS))
def test_the_rule_and_the_field_know_the_same_words(model, field):
    constraint = constraints_of(model._meta.app_label)[rule(model, f"known_{field.name}")]
    ((_lookup, words),) = constraint.condition.children
    assert set(words) == {value for value, _label in field.choices} | ({""} if field.blank else set())


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "field"), WORDS, ids=named(WORDS))
def test_the_database_refuses_an_unknown_word(model, field):
    assert_database_refuses(but(FACTORIES[model](), **{field.name: "nope"[: field.max_length]}))


@pytest.mark.parametrize(("model", "field"), REQUIRED, ids=named(REQUIRED))
def test_every_text_that_must_be_there_has_its_rule(model, field):
    assert rule(model, "in_finnish") in constraints_of(model._meta.app_label)


@pytest.mark.django_db
@pytest.mark.parametrize("nothing", ["", None])
@pytest.mark.parametrize(("model", "field"), REQUIRED, ids=named(REQUIRED))
def test_the_database_refuses_a_row_without_its_finnish_text(model, field, nothing):
    row = FACTORIES[model]()
    setattr(row, column(field.translated_field.name, FINNISH), nothing)
    assert_database_refuses(row)


@pytest.mark.django_db
@pytest.mark.parametrize("codes", [[], ["en"], ["fi", "xx"], "fi", {"fi": 1}])
def test_a_centre_publishes_in_known_languages_and_in_finnish(codes):
    centre = FACTORIES[apps.get_model("centres", "FamilyCentre")]()
    centre.languages = codes
    with pytest.raises(ValidationError):
        centre.full_clean()
