"""Saying twice a year that one's card is right, by a signed link and without signing in."""

from functools import wraps
from http import HTTPStatus

from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.mail import send_meanwhile
from accounts.refusals import form_again
from centres.same_origin import guarded_by_origin
from networks import letters
from networks.access import kept_private
from networks.confirming import LinkState, masked, read, token_of
from networks.confirming import confirm as confirm_card
from networks.throttle import may_have_link
from networks.views.asking import from_elsewhere, not_sent, root_of


def private(view):
    """`view` of a page that whoever holds a link may see: kept nowhere, found by nobody."""

    @wraps(view)
    def private_view(request, *args, **kwargs):
        request.is_private = True
        return kept_private(view(request, *args, **kwargs))

    return private_view


def over(request, link, token):
    """The link led somewhere once; None: it is not whole, or nobody of us has made it."""
    context = {
        "token": token,
        "is_whole": link is not None,
        "is_expired": link is not None and link.state == LinkState.EXPIRED,
        "can_be_renewed": link is not None and link.can_be_renewed,
    }
    status = HTTPStatus.GONE if link else HTTPStatus.NOT_FOUND
    # It has a form, and so keeps its referrer: without one browsers send no origin with it.
    return form_again(render(request, "networks/link_over.html", context), status)


@private
@guarded_by_origin(refused=from_elsewhere)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """The card as it is, and one button: all of it is right."""
    link = read(token, request.centre)
    if link is None or link.state != LinkState.OPEN:
        return over(request, link, token)
    if request.method == "POST":
        confirm_card(card=link.card, today=timezone.localdate())
        thanks = reverse("professionals:confirmed", kwargs={"centre": request.centre.slug})
        return HttpResponseRedirect(thanks, status=HTTPStatus.SEE_OTHER)
    context = {
        "card": link.card,
        "topics": list(link.card.topics.all()),
        "languages": list(link.card.languages.all()),
    }
    return render(request, "networks/confirm.html", context)


@private
@guarded_by_origin(refused=from_elsewhere)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_again(request, token):
    """Sends a new link to the address on the card, whoever holds the old one."""
    link = read(token, request.centre)
    if request.method != "POST":
        return redirect("professionals:confirm", centre=request.centre.slug, token=token)
    if link is None or not link.can_be_renewed:
        return over(request, link, token)
    if not may_have_link(request, link.card, timezone.localtime()):
        why = _("Links have been sent already today. Look into your e-mail, or try again tomorrow.")
        return not_sent(request, why, HTTPStatus.TOO_MANY_REQUESTS)
    send_meanwhile(letters.to_confirm(link.card, token_of(link.card), root_of(request)))
    return render(request, "networks/link_sent.html", {"address": masked(link.card.email)})


@private
@require_safe
def confirmed(request):
    """Thank you."""
    return render(request, "networks/confirmed.html", {})
