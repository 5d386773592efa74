"""What templates need of annual plans."""

from django import template
from django.utils.dates import MONTHS
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from annual_plan.models import Outcome
from annual_plan.outcomes import TOLD, told_of
from annual_plan.shapes import SHAPES
from annual_plan.years import PARTS
from centres.languages import mark
from centres.templatetags.languages import marked

register = template.Library()


@register.inclusion_tag("annual_plan/_outcome.html")
def outcome_mark(outcome):
    """What became of a row of a plan, a word of `outcomes.TOLD`: its shape, as in the year clock, and its words.

    Pages for readers show what is told of a row today: ``{% outcome_mark row|told_on:today %}``.
    """
    return {"outcome": TOLD[outcome]}


@register.filter
def told_on(row, today):
    """What is told of a row of a plan on the date `today`: a word of `outcomes.TOLD`."""
    return told_of(outcome=row.outcome, quarter=row.quarter, year=row.plan.year, today=today).value


@register.filter
def told_words(told):
    """The words for a word of `outcomes.TOLD`."""
    return TOLD[told].label


@register.filter
def shape(outcome):
    """How the mark of a row of which this is told is drawn in the year clock."""
    return SHAPES[outcome]


@register.filter
def period_of(row):
    """When a row of a plan is to be done: "1st quarter, March", "1st quarter", "all year round"."""
    if row.quarter is None:
        return _("all year round")
    quarter = row.get_quarter_display()
    return f"{quarter}, {MONTHS[row.month]}" if row.month else quarter


@register.simple_tag
def bearer_name(bearer):
    """What a `Bearer` is called, without a link."""
    row, field = bearer.named
    return marked(getattr(row, field), mark(row, field, get_language()))


# What is counted of a year, in the order of the table, and its words.
COUNTED = {
    "planned": gettext_lazy("planned"),
    "achieved": Outcome.ACHIEVED.label,
    "partly": Outcome.PARTLY.label,
    "not_achieved": Outcome.NOT_ACHIEVED.label,
    "carried": pgettext_lazy("continuation", "carried over"),
    "repeated": pgettext_lazy("continuation", "repeated"),
    "dropped": Outcome.DROPPED.label,
    "without": pgettext_lazy("outcome", "not evaluated"),
    "undecided": pgettext_lazy("outcome", "undecided"),
}


@register.inclusion_tag("annual_plan/_key.html")
def bars_key():
    """What the parts of the bars mean."""
    return {"parts": [(part, COUNTED[part]) for part in PARTS]}


@register.simple_tag
def counts_heads():
    """The heads of the columns of a table of counts, behind the year's."""
    heads = ((capfirst(words),) for words in COUNTED.values())
    return format_html_join("", '<th scope="col">{}</th>', heads)


@register.simple_tag
def counts_cells(counts):
    """The cells of a year (`annual_plan.years.Counts`): where the table is too narrow for heads, each has its words."""
    cells = ((words, getattr(counts, part)) for part, words in COUNTED.items())
    cell = '<td><span class="counts__what">{}: </span>{}</td>'
    return format_html_join("", cell, cells)
