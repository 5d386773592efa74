"""What templates need of annual plans."""

from django import template
from django.utils.dates import MONTHS
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from annual_plan.models import Outcome
from annual_plan.shapes import SHAPES
from annual_plan.years import PARTS
from centres.languages import mark
from centres.templatetags.centre import centre_url
from centres.templatetags.languages import lang_mark, marked

register = template.Library()


@register.inclusion_tag("annual_plan/_outcome.html")
def outcome_mark(outcome):
    """What became of a row of a plan, a word of `Outcome`: its shape, which is the year clock's too, and its words."""
    return {"outcome": Outcome(outcome)}


@register.filter
def shape(outcome):
    """How the mark of a row with this outcome is drawn in the year clock."""
    return SHAPES[outcome]


@register.filter
def period_of(row):
    """When a row of a plan is to be done: "1st quarter, March", "1st quarter", "all year round"."""
    if row.quarter is None:
        return _("all year round")
    quarter = row.get_quarter_display()
    return f"{quarter}, {MONTHS[row.month]}" if row.month else quarter


@register.simple_tag(takes_context=True)
def bearer_link(context, bearer):
    """Who sees to something (a `Bearer`): linked to the network's or the organisation's page where there is one.

    The context has `today`: a network that readers may not see on that day is words only. And `is_public`, whether
    anybody may read it: an organisation whose only part here is in what is not public has no page.
    """
    words, lang = _name_of(bearer)
    network = bearer.network if bearer.network_id else None
    if network and network.is_public(context["today"]):
        address = centre_url(context, "networks:detail", slug=network.slug)
    elif bearer.organisation_id and context["is_public"]:
        address = centre_url(context, "organisation", slug=bearer.organisation.slug)
    else:
        return marked(words, lang)
    return format_html('<a href="{}"{}>{}</a>', address, lang_mark(lang), words)


@register.simple_tag
def bearer_name(bearer):
    """As `bearer_link`, without the link."""
    return marked(*_name_of(bearer))


def _name_of(bearer):
    """What a `Bearer` is called, and the language to mark it with."""
    row, field = bearer.named
    return getattr(row, field), mark(row, field, get_language())


# What is counted of a year, in the order of the table, and its words.
COUNTED = {
    "planned": gettext_lazy("planned"),
    "achieved": Outcome.ACHIEVED.label,
    "partly": Outcome.PARTLY.label,
    "not_achieved": Outcome.NOT_ACHIEVED.label,
    "dropped": Outcome.DROPPED.label,
    "without": pgettext_lazy("outcome", "no outcome yet"),
    "goes_on": gettext_lazy("goes on later"),
    "open": gettext_lazy("open promises"),
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
