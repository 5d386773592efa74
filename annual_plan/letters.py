"""The e-mails about annual plans: each in the language of whoever reads it (`networks.letters`), plain and short."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from annual_plan.quarters import by_quarter, said_of
from centres.languages import FINNISH
from networks.letters import language_of


def to_coordinator(plan, rows, quarter, *, addresses, asked, unreached, root):
    """Tells whoever keeps the centre, at `addresses`, which `rows` of `plan` are open at the end of the `quarter`.

    The responsible networks are `asked`, or nobody can be written to in them: `unreached`.
    """
    with override(FINNISH):
        context = {
            "plan": plan,
            "quarters": by_quarter(rows),
            "asked": ", ".join(network.title for network in asked),
            "unreached": ", ".join(network.title for network in unreached),
            "url": root + plan.get_absolute_url(),
        }
        body = render_to_string("annual_plan/mail/to_coordinator.txt", context)
        return EmailMessage(_subject(plan, quarter), body, None, addresses)


def to_network(plan, rows, quarter, *, network, token, address, root):
    """Asks whoever answers for `network`, at `address`, what became of its `rows`, by the link that holds `token`."""
    with override(language_of(address)):
        context = _of_link(plan, network, token, root) | {"quarters": by_quarter(rows)}
        body = render_to_string("annual_plan/mail/to_network.txt", context)
        return EmailMessage(_subject(plan, quarter), body, None, [address])


def new_link(link, token, root):
    """A new link in place of one that was too old (`asking.Link`), to the same address."""
    with override(language_of(link.address)):
        subject = gettext("A new link to the annual plan")
        context = _of_link(link.plan, link.network, token, root)
        body = render_to_string("annual_plan/mail/new_link.txt", context)
        return EmailMessage(subject, body, None, [link.address])


def _of_link(plan, network, token, root):
    address = reverse("annual_plan:evaluate", kwargs={"centre": plan.centre.slug, "token": token})
    return {"plan": plan, "network": network.title, "url": root + address}


def _subject(plan, quarter):
    said = {"centre": plan.centre, "quarter": said_of(quarter), "year": plan.year}
    return gettext("%(centre)s, %(quarter)s %(year)s: what is still open") % said
