"""Asking the responsible networks now what became of their rows of a plan, without waiting for a quarter's end."""

from django.contrib import messages
from django.core.mail import get_connection
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.mail import MAIL_FAULTS
from annual_plan.admin.base import of_plan
from annual_plan.asking import by_network, contacts_of_each
from annual_plan.letters import called, told_by_mouth
from annual_plan.models import Plan
from annual_plan.reading import rows_of
from annual_plan.reminding import letters_to_networks
from annual_plan.throttle import asked_nobody, may_ask_networks
from networks.views.asking import root_of


@require_POST
@of_plan
def ask_networks(request, pages, plan):
    """Sends each responsible network its link and its rows without an outcome; says who was asked, and who was not."""
    there = redirect(pages.page("evaluate", plan.pk))
    rows = [row for row in rows_of(plan, insider=True) if not row.is_evaluated]
    contacts = contacts_of_each(by_network(rows))
    if plan.phase != Plan.Phase.RUNNING:
        messages.warning(request, _("Networks are asked about a plan that is under way."))
        return there
    if any(contacts.values()) and not may_ask_networks(request, plan, timezone.localtime()):
        messages.warning(
            request, _("The networks have been asked today already. They are asked at most once a day.")
        )
        return there
    letters = letters_to_networks(plan, rows, contacts, root_of(request))
    asked, missed = _sent(letters)
    if letters and not asked:
        asked_nobody(request, plan, timezone.localtime())
    _tell(request, rows, contacts, asked, missed)
    return there


def _sent(letters):
    """Sends `letters` (pairs of network and e-mail): the networks that were written to, and those that were not."""
    asked, missed = {}, {}
    connection = get_connection()
    for network, message in letters:
        message.connection = connection
        try:
            message.send()
            asked[network] = None
        except MAIL_FAULTS:
            missed[network] = None
    return list(asked), [network for network in missed if network not in asked]


def _tell(request, rows, contacts, asked, missed):
    if asked:
        who = ", ".join(called(network, rows) for network in asked)
        messages.success(request, _("Asked by e-mail: %(who)s.") % {"who": who})
    if missed:
        who = ", ".join(called(network, rows) for network in missed)
        messages.error(
            request, _("The e-mail to these could not be sent, try again later: %(who)s.") % {"who": who}
        )
    if to_tell := told_by_mouth(rows, contacts):
        words = _("Nobody can write to these from here. Tell them yourself:")
        lines = format_html_join("", "<br>{}", ((who,) for who in to_tell))
        messages.warning(request, format_html("{}{}", words, lines))
    if not (asked or missed or to_tell):
        messages.info(request, _("There is nobody to ask."))
