"""Asking to be let in: a form that anybody may send."""

from http import HTTPStatus

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import form_again
from centres.languages import FINNISH
from centres.models import Invitation
from centres.same_origin import guarded_by_origin
from networks import joining
from networks.forms import AskForm
from networks.models import AccessRequest
from networks.throttle import may_ask

NOT_FROM_HERE = gettext_lazy(
    "The form did not come from our page, or your browser does not say that it did. "
    "Open the page once more and send it again."
)


def letter_language():
    """The language in use, if e-mails are written in it."""
    language = get_language()
    return language if language in Invitation.Language.values else FINNISH


def root_of(request):
    return f"{request.scheme}://{request.get_host()}"


def not_sent(request, why, status):
    """Says `why` a form of the public was not taken, with the way back to where it stood."""
    context = {"why": why, "back": request.path, "held_in": ()}
    return render(request, "networks/not_sent.html", context, status=status)


def from_elsewhere(request, **kwargs):
    return not_sent(request, NOT_FROM_HERE, HTTPStatus.FORBIDDEN)


@guarded_by_origin(refused=from_elsewhere)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """The form; its answer is the same whether or not we know the address."""
    row = AccessRequest(centre=request.centre, language=letter_language())
    form = AskForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        if not may_ask(request, timezone.localtime()):
            why = _("Many requests have come from your network today. Send yours tomorrow, or call us.")
            return not_sent(request, why, HTTPStatus.TOO_MANY_REQUESTS)
        joining.ask(row=form.save(commit=False), root=root_of(request))
        thanks = reverse("professionals:asked", kwargs={"centre": request.centre.slug})
        return HttpResponseRedirect(thanks, status=HTTPStatus.SEE_OTHER)
    page = render(request, "networks/ask.html", {"form": form})
    return form_again(page) if request.method == "POST" else page


@require_safe
def asked(request):
    """What happens next."""
    return render(request, "networks/asked.html", {"held_in": ()})
