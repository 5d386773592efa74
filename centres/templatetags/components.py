"""Pieces that pages are put together from, and the one place where dates and times are formatted."""

import json

from django import template
from django.templatetags.static import static
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from centres.languages import falls_back
from centres.richtext import sanitised

register = template.Library()

# As `json_script` does: nothing in the data can end the script element or open a comment.
_JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def icon(name):
    """The icon `name` of the sprite, for the eye only: the words beside it say what it means."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("icons/sprite.svg"),
        name,
    )


@register.filter
def rich(html):
    """Rich text, sanitised once more: rows may have come in by other ways than a save."""
    return mark_safe(sanitised(html))  # noqa: S308


@register.filter
def clock(time):
    """A time as it is said: "16" or "16.30" in Finnish and Swedish, "16:00" in English; midnight is 24."""
    is_midnight_end = time.hour == 0 and time.minute == 0
    if get_language() == "en":
        return "24:00" if is_midnight_end else f"{time:%H:%M}"
    hour = 24 if is_midnight_end else time.hour
    return f"{hour}.{time.minute:02d}" if time.minute else str(hour)


@register.filter
def intervals(spans):
    """Opening intervals of a day in words: "8–12, 13–16", "open day and night", or "closed"."""
    if not spans:
        return _("closed")
    if any(span.whole_day for span in spans):
        return _("open day and night")
    return ", ".join(f"{clock_of_start(span.opens)}–{clock(span.closes)}" for span in spans)


def clock_of_start(time):
    """As `clock`, but a day that opens at midnight opens at 0."""
    if time.hour or time.minute:
        return clock(time)
    return "00:00" if get_language() == "en" else "0"


@register.filter
def day(date):
    """A date with its year: "24.12.2026", "24 December 2026"."""
    return date_format(date, "DATE_FORMAT" if get_language() == "en" else "SHORT_DATE_FORMAT")


@register.simple_block_tag
def page_title(content):
    """The title of the page, for the browser and for those who share its address."""
    text = _in_attribute(content)
    return format_html('<title>{0}</title>\n<meta property="og:title" content="{0}">', text)


@register.simple_block_tag
def page_description(content):
    """One sentence on the page, for search engines and for those who share its address."""
    text = _in_attribute(content)
    return format_html(
        '<meta name="description" content="{0}">\n<meta property="og:description" content="{0}">', text
    )


def _in_attribute(content):
    """Rendered text, escaped already but for the quotes of our own words, on one line."""
    return mark_safe(" ".join(content.split()).replace('"', "&quot;"))  # noqa: S308


@register.simple_tag
def json_ld(data):
    """`data` as JSON-LD in a data block, which runs nothing and so needs no leave of the policy."""
    text = json.dumps(data, ensure_ascii=False).translate(_JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


@register.inclusion_tag("components/card.html", takes_context=True)
def card(context, offering, heading=3, levels=None):
    """One service in a list: its name as a heading of level `heading`, one sentence, and its badges.

    `levels` (`centres.levels.level_words`) where the list has no headings that say the level of support.
    """
    service = offering.service
    return {
        "offering": offering,
        "service": service,
        "heading": heading,
        "words": levels[service.level] if levels else None,
        "centre": context["centre"],
    }


@register.simple_tag
def level_icon(level):
    """Small stairs with `level` of the four steps filled."""
    return icon(f"level-{level}")


@register.inclusion_tag("components/contact.html")
def contact(contact, large=False):
    """One way to reach a service, as a link big enough for a thumb; `large` for help now."""
    return {"contact": contact, "large": large}


@register.inclusion_tag("components/stairs.html")
def stairs(levels):
    """The four levels as a picture of stairs, each step a link to its section: `levels` are `Section`s."""
    return {"levels": levels}


@register.inclusion_tag("components/level.html")
def level_mark(words):
    """A level of support (`centres.levels.LevelWords`) as small stairs and words."""
    return {"words": words}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page):
    """Links to the other pages of a list, with the rest of the query kept."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {
        "page": page,
        "query": f"{query.urlencode()}&" if query else "",
        "numbers": page.paginator.get_elided_page_range(page.number),
    }


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


@register.filter
def field_of(form, name):
    """The field `name` of a form, bound to what the reader wrote."""
    return form[name]


@register.simple_tag(takes_context=True)
def without(context, name, value=None):
    """The address of the list without the filter `name`, or without this one `value` of it; from its first page."""
    request = context["request"]
    query = request.GET.copy()
    query.pop("page", None)
    chosen = query.pop(name, [])
    # A box may come in under another value than its own, `free=true` say: then nothing of it stays.
    if value in chosen:
        query.setlist(name, [one for one in chosen if one != value])
    return f"{request.path}?{query.urlencode()}" if query else request.path


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
def weekdays(group):
    """The days of a `DayGroup`: "Monday–Friday", "Saturday"."""
    return "–".join(
        str(WEEKDAYS[number]) for number in dict.fromkeys((group.first_weekday, group.last_weekday))
    )


@register.filter
def holds(group, date):
    """Whether the weekday of `date` is among the days of a `DayGroup`."""
    return group.first_weekday <= date.weekday() <= group.last_weekday


@register.filter
def upcoming(door):
    """The special days of a service point that are not over yet, the nearest first."""
    special_days = [row for row in door.schedule.special_days if row.last_day >= door.status.today.day]
    return sorted(special_days, key=lambda row: row.first_day)


@register.filter
def dates(special):
    """The first and last date of a special day: "24.12.2026–26.12.2026"; one date when they are the same."""
    return "–".join(day(date) for date in dict.fromkeys((special.first_day, special.last_day)))
