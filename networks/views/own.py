"""One's own card and access: kept, confirmed, renewed and ended by whoever they are of."""

from datetime import timedelta

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import form_again
from centres.history.recording import note, recording, roots_of
from centres.models import Membership
from networks import joining, leaving
from networks.access import for_insiders, kept_private
from networks.confirming import confirm as confirm_card
from networks.forms import OwnCardForm
from networks.models import AccessRequest, Professional
from networks.openings import KEPT, openings_of
from networks.own_card import own_card
from networks.views.asking import letter_language, root_of

# Before its end, access can be asked for anew.
RENEWABLE = timedelta(days=60)
# More who looked say nothing more.
MOST_OPENINGS = 100


def access_of(user, centre):
    """The membership by which `user` reads in `centre`, with ``asks_to_stay``; None for whoever keeps it alone."""
    waiting = AccessRequest.objects.filter(
        centre=OuterRef("centre"), email=OuterRef("user__email"), state=AccessRequest.State.WAITING
    )
    rows = Membership.objects.filter(user=user, centre=centre, role=Membership.Role.PROFESSIONAL)
    return rows.annotate(asks_to_stay=Exists(waiting.order_by())).first()


def may_ask_to_stay(access, today):
    """Whether the time has come to ask for another year, and nobody has yet."""
    soon = access and access.ends_on and access.ends_on <= today + RENEWABLE
    return bool(soon and not access.asks_to_stay)


def to_own(request):
    return redirect("professionals:own", centre=request.centre.slug)


@require_safe
@for_insiders
def own(request):
    """The card as colleagues see it, and until when one is let in."""
    card = own_card(request.user, request.centre)
    access = access_of(request.user, request.centre)
    context = {
        "card": card,
        "topics": list(card.topics.all()) if card else [],
        "languages": list(card.languages.all()) if card else [],
        "access": access,
        "may_ask_to_stay": may_ask_to_stay(access, timezone.localdate()),
        "openings": list(openings_of(card)[:MOST_OPENINGS]) if card else [],
        "kept_days": KEPT.days,
    }
    return render(request, "networks/own.html", context)


@require_POST
@for_insiders
def right(request):
    """All of the own card is right."""
    card = own_card(request.user, request.centre)
    if card:
        confirm_card(card=card, today=timezone.localdate(), user=request.user)
        messages.success(request, _("Thank you! Your card is confirmed."))
    return to_own(request)


@require_http_methods(["GET", "HEAD", "POST"])
@for_insiders
def own_edit(request):
    """The form of the own card; of whoever has none yet a new one."""
    card = own_card(request.user, request.centre) or new_card(request)
    is_at_home = card.home_id == request.centre.pk
    form = OwnCardForm(
        request.POST if request.method == "POST" else None, instance=card, is_at_home=is_at_home
    )
    if request.method == "POST" and form.is_valid():
        try:
            save(form, request.user)
        except IntegrityError:
            # A second click: the first has made the card.
            return to_own(request)
        messages.success(request, _("Your card has been saved."))
        return to_own(request)
    page = render(request, "networks/own_edit.html", {"form": form, "is_new": card.pk is None})
    return form_again(page) if request.method == "POST" else page


def new_card(request):
    """A card for whoever was let in without one, with what is known of them."""
    given, _space, family = request.user.name.partition(" ")
    return Professional(
        user=request.user,
        home=request.centre,
        email=request.user.email,
        given_name=given[:60],
        family_name=family[:60],
    )


def save(form, user):
    """Saves the card of a valid `form`: whoever has just written it says that it is right."""
    card = form.instance
    card.confirmed_on = timezone.localdate()
    with recording([card] if card.pk else [], user=user):
        form.save_card()
        note(roots_of([card]), user=user)


@require_POST
@for_insiders
def stay(request):
    """Asks the coordinator for another year."""
    card, access = own_card(request.user, request.centre), access_of(request.user, request.centre)
    if card is None:
        messages.error(request, _("Make your card first: the coordinator must know who asks."))
    elif may_ask_to_stay(access, timezone.localdate()):
        joining.ask_to_stay(
            card=card, centre=request.centre, language=letter_language(), root=root_of(request)
        )
        messages.success(request, _("The coordinator has your request, and answers by e-mail."))
    return to_own(request)


@require_http_methods(["GET", "HEAD", "POST"])
@for_insiders
def leave(request):
    """Says what happens when one's access ends, and ends it."""
    today = timezone.localdate()
    if request.method == "POST":
        leaving.leave(user=request.user, centre=request.centre, today=today)
        return redirect("professionals:left", centre=request.centre.slug)
    card = own_card(request.user, request.centre)
    context = {
        "access": access_of(request.user, request.centre),
        "card": card,
        "card_stays": card is not None and leaving.stays_in(card, request.centre, today) is not None,
    }
    return render(request, "networks/leave.html", context)


@require_safe
def left(request):
    """The access has ended. It says nothing of anybody, and is there for everybody."""
    request.is_private = True
    return kept_private(render(request, "networks/left.html", {}))
