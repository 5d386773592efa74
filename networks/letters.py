"""The e-mails of the people of a centre: each in the language of whoever reads it, with no more than they need."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from centres.languages import FINNISH
from centres.models import Invitation
from centres.rights import written_to_as_keepers
from networks.models import AccessRequest


def language_of(email):
    """The language in which whoever reads `email` was last written to; Finnish for somebody new."""
    for rows in (
        Invitation.objects.order_by("-expires_at", "-pk"),
        AccessRequest.objects.order_by("-asked_at", "-pk"),
    ):
        language = rows.filter(email__iexact=email).values_list("language", flat=True).first()
        if language:
            return language
    return FINNISH


def page_of(centre, root, name, **kwargs):
    """The address of the page `name` of `centre` in the language in use; `root` is the portal's scheme and host."""
    return root + reverse(f"professionals:{name}", kwargs={"centre": centre.slug, **kwargs})


def to_coordinator(row, addresses, root):
    """Tells whoever keeps the centre, at `addresses`, that the request `row` waits; who asks is read at the desk."""
    with override(FINNISH):
        desk = root + reverse("admin:networks_accessrequest_changelist")
        context = {"centre": row.centre, "is_renewal": row.is_renewal, "url": desk}
        subject = gettext("Somebody asks for access")
        body = render_to_string("networks/mail/to_coordinator.txt", context)
    return EmailMessage(subject, body, None, addresses)


def let_in(row, membership, root):
    """Tells whoever signs in here already that the request `row` was accepted."""
    with override(row.language):
        context = {
            "centre": row.centre,
            "until": membership.ends_on,
            "is_renewal": row.is_renewal,
            "url": page_of(row.centre, root, "own"),
        }
        subject = gettext("You have been let in")
        body = render_to_string("networks/mail/let_in.txt", context)
    return EmailMessage(subject, body, None, [row.email])


def refused(row):
    """Tells whoever asked that the request `row` was refused, and whom to ask: an answer goes there as well."""
    keepers = written_to_as_keepers(row.centre)
    with override(row.language):
        context = {"centre": row.centre, "email": ", ".join(keepers)}
        subject = gettext("Your request for access")
        body = render_to_string("networks/mail/refused.txt", context)
    return EmailMessage(subject, body, None, [row.email], reply_to=keepers)


def to_confirm(card, token, root):
    """Asks whoever the `card` is of whether it is right, by the link that holds `token`."""
    with override(language_of(card.email)):
        url = page_of(card.home, root, "confirm", token=token)
        subject = gettext("Is your card right?")
        body = render_to_string("networks/mail/to_confirm.txt", {"centre": card.home, "url": url})
    return EmailMessage(subject, body, None, [card.email])


def ends_soon(membership, root):
    """Tells the user of `membership`, a professional's, when their access ends, and how to stay."""
    email = membership.user.email
    with override(language_of(email)):
        url = page_of(membership.centre, root, "own")
        context = {"centre": membership.centre, "until": membership.ends_on, "url": url}
        subject = gettext("Your access ends soon")
        body = render_to_string("networks/mail/ends_soon.txt", context)
    return EmailMessage(subject, body, None, [email])
