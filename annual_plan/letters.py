"""The e-mails about annual plans, plain and short.

To coordinators in Finnish, as the desk is; to networks in the language of whoever reads it (`networks.letters`).
"""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

from annual_plan.asking import by_network, out_of_reach
from annual_plan.quarters import by_quarter, said_of
from centres.languages import FINNISH
from networks.letters import language_of


def to_coordinator(plan, rows, quarter, *, addresses, contacts, root):
    """Tells whoever keeps the centre, at `addresses`, which `rows` of `plan` are open at the end of the `quarter`.

    The responsible networks that have `contacts` (`asking.contacts_of_each`) are asked; who else is responsible is
    for the coordinator to tell.
    """
    with override(FINNISH):
        context = {
            "plan": plan,
            "quarters": by_quarter(rows),
            "asked": ", ".join(network.title for network in by_network(rows) if contacts[network]),
            "to_tell": told_by_mouth(rows, contacts),
            "url": root + reverse("admin:annual_plan_plan_evaluate", args=[plan.pk]),
        }
        body = render_to_string("annual_plan/mail/to_coordinator.txt", context)
        return EmailMessage(_subject(plan, quarter), body, None, addresses)


def to_network(plan, rows, quarter, *, network, token, address, root):
    """Asks whoever answers for `network`, at `address`, what became of its `rows`, by the link that holds `token`.

    At the end of a `quarter`, or in between (None).
    """
    with override(language_of(address)):
        context = _of_link(plan, called(network, rows), token, root) | {"quarters": by_quarter(rows)}
        body = render_to_string("annual_plan/mail/to_network.txt", context)
        return EmailMessage(_subject(plan, quarter), body, None, [address])


def called(network, rows):
    """What `network` is called as one of those who see to `rows`: by the one label it has there, else by its title."""
    found = {each.said for row in rows for each in row.responsibles.all() if each.network == network}
    return found.pop() if len(found) == 1 else network.title


def told_by_mouth(rows, contacts):
    """Whoever sees to any of `rows` and cannot be written to, with the numbers: "Posion kunta: rows 1, 4"."""
    return [
        ngettext("%(who)s: row %(numbers)s", "%(who)s: rows %(numbers)s", len(few))
        % {"who": who, "numbers": ", ".join(str(row.number) for row in few)}
        for who, few in out_of_reach(rows, contacts).items()
    ]


def new_link(link, token, root):
    """A new link in place of one that was too old (`asking.Link`), to the same address."""
    with override(language_of(link.address)):
        subject = gettext("A new link to the annual plan")
        context = _of_link(link.plan, link.network.title, token, root)
        body = render_to_string("annual_plan/mail/new_link.txt", context)
        return EmailMessage(subject, body, None, [link.address])


def _of_link(plan, network, token, root):
    address = reverse("annual_plan:evaluate", kwargs={"centre": plan.centre.slug, "token": token})
    return {"plan": plan, "network": network, "url": root + address}


def _subject(plan, quarter):
    if quarter is None:
        return gettext("%(centre)s, annual plan %(year)s: what became of it?") % {
            "centre": plan.centre,
            "year": plan.year,
        }
    said = {"centre": plan.centre, "quarter": said_of(quarter), "year": plan.year}
    return gettext("%(centre)s, %(quarter)s %(year)s: what is still open") % said
