"""What became of a row, as every page shows it: a shape and words."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from lxml import html

from annual_plan.models import Outcome


def shown(outcome):
    text = Template("{% outcome_mark outcome %}").render(Context({"outcome": outcome}))
    return html.fragment_fromstring(text.strip())


@pytest.mark.parametrize("outcome", Outcome)
def test_it_says_the_outcome_in_words_and_by_a_shape_of_the_sprite(outcome):
    element = shown(str(outcome))
    assert element.text_content() == str(outcome.label).capitalize()
    (use,) = element.iter("use")
    sprite = Path(finders.find("icons/sprite.svg")).read_text(encoding="utf-8")
    assert f'<symbol id="{use.get("href").partition("#")[2]}"' in sprite


def test_no_two_outcomes_share_a_shape():
    shapes = [next(shown(str(outcome)).iter("use")).get("href") for outcome in Outcome]
    assert len(set(shapes)) == len(Outcome)
