"""Whom do I call?"""

from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def finder(request):
    """Networks, services and, for whoever is let in, people."""
    return render(request, "networks/finder.html", {})
