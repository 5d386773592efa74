"""Pieces of pages that show services: cards, contacts, the stairs, and doors with their hours."""

from django import template
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from centres.languages import falls_back
from centres.templatetags.dates import clock_of_start, day

register = template.Library()


@register.inclusion_tag("components/card.html", takes_context=True)
def card(context, offering, heading=3, levels=None):
    """One service in a list: its name as a heading of level `heading`, one sentence, and its badges.

    `levels` (`services.steps.step_words`) where the list has no headings that say the level of support.
    """
    service = offering.service
    return {
        "offering": offering,
        "service": service,
        "heading": heading,
        "words": levels[service.step] if levels else None,
        "centre": context["centre"],
    }


@register.inclusion_tag("components/stairs.html")
def stairs(levels):
    """The four levels as a picture of stairs, each step a link to its section: `levels` are `Section`s."""
    return {"levels": levels}


@register.inclusion_tag("components/contact.html")
def contact(contact, large=False):
    """One way to reach a service, as a link big enough for a thumb; `large` for help now."""
    return {"contact": contact, "large": large}


@register.filter
def offerings_and(sections, other):
    """The offerings of `sections` and of one `other` section, in one list."""
    return [row for section in [*sections, other] for row in section.offerings]


@register.inclusion_tag("components/fallback_notice.html")
def cards_notice(offerings, row=None, *fields):
    """As `fallback_notice`, for a page of cards: their texts, and `fields` of the `row` that heads the page."""
    language = get_language()
    texts = [(row, fields)] if row else []
    for offering in offerings:
        texts += [(offering.named, ("name",)), (offering.service, ("summary",))]
    return {
        "falls_back": any(falls_back([one], names, language) for one, names in texts),
        "language": language,
    }


_OPENS_AGAIN = (
    gettext_lazy("Closed now, opens on Monday at %(time)s"),
    gettext_lazy("Closed now, opens on Tuesday at %(time)s"),
    gettext_lazy("Closed now, opens on Wednesday at %(time)s"),
    gettext_lazy("Closed now, opens on Thursday at %(time)s"),
    gettext_lazy("Closed now, opens on Friday at %(time)s"),
    gettext_lazy("Closed now, opens on Saturday at %(time)s"),
    gettext_lazy("Closed now, opens on Sunday at %(time)s"),
)


@register.filter
def opens_again(status):
    """When a door that is closed opens next: today, tomorrow, on a weekday of the next days, or on a date."""
    opens = status.next_opening
    words = {"time": clock_of_start(opens), "date": day(opens)}
    days = (opens.date() - status.today.day).days
    if days == 0:
        return _("Closed now, opens today at %(time)s") % words
    if days == 1:
        return _("Closed now, opens tomorrow at %(time)s") % words
    if days < len(_OPENS_AGAIN):
        return _OPENS_AGAIN[opens.weekday()] % words
    return _("Closed now, opens on %(date)s at %(time)s") % words


@register.filter
def holds(group, date):
    """Whether the weekday of `date` is among the days of a `DayGroup`."""
    return group.first_weekday <= date.weekday() <= group.last_weekday


@register.filter
def upcoming(door):
    """The special days of a service point that are not over yet, the nearest first."""
    special_days = [row for row in door.schedule.special_days if row.last_day >= door.status.today.day]
    return sorted(special_days, key=lambda row: row.first_day)
