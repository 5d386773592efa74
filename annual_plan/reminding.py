"""Which plans are told of at a quarter's end, to whom, and who has been told already.

That everybody has been told of a quarter stands in the plan (`Plan.reminded_quarter`). Only while some e-mail cannot
be sent does it matter who of them has: that lies in Django's cache until the plan says it for all. Should the cache be
emptied in between, somebody may be told a second time; nobody is ever left out.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.core.mail import EmailMessage
from django.utils.crypto import salted_hmac

from annual_plan import letters
from annual_plan.asking import by_network, contacts_of_each, lacking, token_of
from annual_plan.models import Plan
from annual_plan.quarters import last_ended
from annual_plan.reading import rows_of
from centres.rights import written_to_as_keepers

# Longer than a quarter: then the next one is told of.
REMEMBERED_FOR = timedelta(days=100)


@dataclass(frozen=True)
class Reminder:
    """An e-mail about one quarter of a plan, and the name by which it is remembered that it went."""

    name: str
    message: EmailMessage

    @property
    def has_gone(self):
        return self.name in cache

    def remember(self):
        cache.set(self.name, True, REMEMBERED_FOR.total_seconds())


def to_be_told(today):
    """Plans whose reminders are on, each with the quarter that was over last, of which not all have been told."""
    year, quarter = last_ended(today)
    plans = Plan.objects.filter(year=year, phase=Plan.Phase.RUNNING, reminders=True)
    waiting = plans.filter(reminded_quarter__lt=quarter).select_related("centre").order_by("pk")
    return [(plan, quarter) for plan in waiting]


def reminders_of(plan, quarter, today, root):
    """The `Reminder`s about `plan` at the end of the `quarter`; none where no row lacks its outcome.

    To whoever keeps the centre, of all such rows; to the contacts of each network that is responsible, of its own.
    """
    rows = lacking(rows_of(plan, insider=True), today)
    contacts = contacts_of_each(by_network(rows))
    keepers = written_to_as_keepers(plan.centre) if rows else []
    found = []
    if keepers:
        message = letters.to_coordinator(plan, rows, quarter, addresses=keepers, contacts=contacts, root=root)
        found.append(Reminder(_named(plan, quarter, "keepers", ""), message))
    for network, message in letters_to_networks(plan, rows, contacts, root, quarter):
        found.append(Reminder(_named(plan, quarter, network.pk, message.to[0]), message))
    return found


def letters_to_networks(plan, rows, contacts, root, quarter=None):
    """The e-mails to `contacts` (`asking.contacts_of_each`), each about its own of `rows`, with the network of each.

    Told at the end of a `quarter`, or asked in between (None).
    """
    return [
        (
            network,
            letters.to_network(
                plan,
                its_own,
                quarter,
                network=network,
                token=token_of(plan, network, address),
                address=address,
                root=root,
            ),
        )
        for network, its_own in by_network(rows).items()
        for address in contacts[network]
    ]


def all_told(plan, quarter):
    """Writes down that everybody has been told of the `quarter` of `plan`; of this no history tells."""
    Plan.objects.filter(pk=plan.pk).update(reminded_quarter=quarter)


def _named(plan, quarter, who, address):
    whom = salted_hmac("annual_plan.reminding", f"{who}|{address}", algorithm="sha256").hexdigest()[:32]
    return f"plan-reminder-{plan.pk}-{plan.year}-{quarter}-{whom}"
