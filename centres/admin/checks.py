"""What the desk says of a text while it is being typed. A word beside the field, never a gate.

The browser asks here a moment after the last key, so that there is one judge of a text: the one that also reads it when
it is saved.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.http import Http404, JsonResponse
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

# Longer than any text that the desk takes in; what is longer is judged by its beginning.
LONGEST = 20_000


class Said(NamedTuple):
    """What is said of a text; `trouble` where it could not be kept as it is, or is hard to read."""

    text: "str | Promise"
    trouble: bool = False


# Translators: {what} is what somebody typed, as it was understood: hours of opening, an age.
UNDERSTOOD = _("Understood: {what}")

# By the name in the address; what reads a text registers itself.
CHECKS: dict[str, Callable[[str], Said]] = {}


def check_attributes(name):
    """The attributes of a text box whose text is judged by ``CHECKS[name]``."""
    return {"data-check": reverse_lazy("admin:check", args=[name])}


@require_POST
def check(request, name):
    """Judges the posted `text`: ``{"said": sentence, "trouble": true or false}``."""
    if name not in CHECKS:
        raise Http404
    said = CHECKS[name](request.POST.get("text", "")[:LONGEST])
    return JsonResponse({"said": str(said.text), "trouble": said.trouble})
