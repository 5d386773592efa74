"""What templates need of annual plans."""

from django import template

register = template.Library()
