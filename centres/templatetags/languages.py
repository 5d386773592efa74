"""Texts that stand in for a missing translation are marked with their own language."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from centres.languages import falls_back, mark

register = template.Library()


@register.simple_tag
def lang_of(row, field):
    """`` lang="fi"`` when `field` of `row` is shown in another language than the page's; else nothing.

    Stands directly behind the element's name: ``<p{% lang_of service "summary" %}>``.
    """
    return lang_mark(mark(row, field, get_language()))


@register.simple_tag
def lang_mark(code):
    """`` lang="fi"`` for the language `code` of words that stand in; nothing for none."""
    return format_html(' lang="{}"', code) if code else ""


@register.simple_tag
def marked(text, code):
    """`text` to be put into a sentence of the page, marked with its language `code`; as it is for none."""
    return format_html("<span{}>{}</span>", lang_mark(code), text) if code else text


@register.simple_tag
def marked_field(row, field):
    """`field` of `row` to be put into a sentence of the page, marked when it is in another language."""
    return marked(getattr(row, field), mark(row, field, get_language()))


@register.inclusion_tag("components/fallback_notice.html")
def fallback_notice(rows, *fields):
    """One line that says so when any of `fields` of `rows` (a row or several) is shown in Finnish instead."""
    rows = [rows] if hasattr(rows, "_meta") else rows
    return {"falls_back": falls_back(rows, fields, get_language()), "language": get_language()}
