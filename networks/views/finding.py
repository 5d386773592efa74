"""Whom do I call?"""

from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from centres.discretion import discreet, render_page
from networks.access import is_insider, kept_private
from networks.finder import Finder
from networks.openings import write_down
from networks.people import with_stand_ins
from networks.worry import Worry


@require_safe
def finder(request):
    """Networks, services and, for whoever is let in, people; before anything is told, the networks to turn to."""
    centre, today, language = request.centre, timezone.localdate(), get_language()
    request.is_private = insider = is_insider(request)
    worry = Worry(request.GET, centre, today)
    found = Finder(worry, centre, today, with_people=insider).found(language)
    write_down(request.user, with_stand_ins(found.people.rows), today)
    context = {
        "form": worry,
        "found": found,
        "insider": insider,
        "falls_back": found.falls_back(language),
        "sensitive": worry.is_sensitive or (bool(worry.chosen) and found.are_mostly_sensitive),
    }
    response = render_page(request, "networks/finder.html", context)
    if insider:
        kept_private(response)
    # What somebody types says more of them than what they choose.
    return discreet(response) if context["sensitive"] or "q" in request.GET else response
