"""Rich text: headings, lists, links and emphasis, nothing else; sanitised whenever it is saved."""

import re
from collections import Counter

import nh3
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

TAGS = {"p", "br", "h2", "h3", "ul", "ol", "li", "strong", "em", "a"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"https", "http", "mailto", "tel"}
# nh3 takes the square of the depth: a text of nothing but nested lists keeps the server busy for a minute.
LONGEST = 50_000  # characters
DEEPEST = 20
_TAG = re.compile("<(/?)([a-z][a-z0-9]*)")
# What ends by itself where the next begins, or holds nothing.
_FLAT = {"p", "li", "br", "hr", "img"}


def is_tangled(html):
    """Whether `html` is longer, or lies deeper inside itself, than any text that somebody writes."""
    return len(html) > LONGEST or _depth(html) > DEEPEST


def _depth(html):
    """How many tags are open at once where they are most."""
    is_open: Counter[str] = Counter()
    deepest = 0
    for closes, name in _TAG.findall(html.lower()):
        if name in _FLAT:
            continue
        is_open[name] = max(0, is_open[name] + (-1 if closes else 1))
        deepest = max(deepest, is_open.total())
    return deepest


def refuse_tangled(html):
    """Raises ValidationError where `html` is too long, or too deep inside itself, to be sanitised."""
    if is_tangled(html):
        raise ValidationError(
            _(
                "The text is too long, or has too many lists inside one another. Shorten it, or paste it without its "
                "formatting."
            ),
            code="tangled",
        )


def sanitised(html):
    """`html` with everything but the allowed tags, attributes and address schemes taken away.

    Nothing is left of what is tangled: no form and no table takes it in.
    """
    if is_tangled(html):
        return ""
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None).strip()


def address_in_html(url):
    """What stands in sanitised rich text where it links to `url`."""
    return 'href="{}"'.format(url.replace("&", "&amp;").replace('"', "&quot;"))


class RichTextField(models.TextField):
    """HTML that is safe to show as it stands: it is sanitised on the way into the database."""

    default_validators = [refuse_tangled]

    def pre_save(self, model_instance, add):
        value = getattr(model_instance, self.attname)
        if value:
            refuse_tangled(value)
            value = sanitised(value)
            # Not by setattr: the column that all languages share would write the Finnish that stands in for a missing
            # text into the column of the language of now.
            model_instance.__dict__[self.attname] = value
        return value
