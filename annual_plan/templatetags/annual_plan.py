"""What templates need of annual plans."""

from django import template

from annual_plan.models import Outcome
from annual_plan.shapes import SHAPES

register = template.Library()


@register.inclusion_tag("annual_plan/_outcome.html")
def outcome_mark(outcome):
    """What became of a row of a plan, a word of `Outcome`: its shape, which is the year clock's too, and its words."""
    return {"outcome": Outcome(outcome)}


@register.filter
def shape(outcome):
    """How the mark of a row with this outcome is drawn in the year clock."""
    return SHAPES[outcome]
