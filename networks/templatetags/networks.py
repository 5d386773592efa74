"""How networks are shown."""

from django import template

register = template.Library()
