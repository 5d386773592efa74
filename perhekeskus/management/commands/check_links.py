"""``manage.py check_links``: asks the web addresses that the site shows whether they still lead somewhere.

Made for cron, each night::

    15 3 * * *  manage.py check_links

What was asked longest ago comes first, so that a run that ends early is gone on with by the next one.
"""

import time
from collections import Counter
from itertools import chain, takewhile

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone

from centres.actions import forget_links, record_link
from centres.models import LinkCheck
from perhekeskus.links.asking import Answer, Asker
from perhekeskus.links.gathering import addresses

# Addresses: fewer than these may all be dead, and this machine well.
SEVERAL = 3


class Command(BaseCommand):
    help = "Asks the web addresses that the site shows whether they still lead somewhere."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=1000, help="At most so many addresses.")
        parser.add_argument(
            "--minutes", type=float, default=60, help="No new address is asked after so long."
        )
        parser.add_argument(
            "--pause", type=float, default=2, help="Seconds between two requests to one site."
        )
        parser.add_argument(
            "--allow-private",
            action="store_true",
            help="Also asks addresses in networks of somebody's own. Only where all coordinators may see into them.",
        )

    def handle(self, *args, limit, minutes, pause, allow_private, **options):
        shown = addresses(timezone.localdate())
        forget_links(shown=shown)
        asker = Asker(agent(), pause=pause, allow_private=allow_private)
        until = time.monotonic() + minutes * 60
        due = longest_ago_first(shown)[:limit]
        asked = ((url, asker.ask(url)) for url in takewhile(lambda _: time.monotonic() < until, due))
        faults = Counter()
        for url, answer in doubting_oneself(asked):
            record_link(
                url=url,
                in_text=shown[url],
                fault=answer.fault,
                status=answer.status,
                now=timezone.now(),
            )
            faults[answer.fault] += 1
        self.tell(faults, len(shown))

    def tell(self, faults, number):
        """What cron mails: how many were asked, and what each that is not well suffers from."""
        self.stdout.write(f"Asked {faults.total()} of {number} addresses; {faults['']} lead somewhere.")
        for fault in LinkCheck.Fault:
            if faults[fault]:
                self.stdout.write(f"  {fault.value}: {faults[fault]}")


def agent():
    """How the portal introduces itself: whoever keeps a site can see who asks, and write there."""
    host = next(iter(settings.ALLOWED_HOSTS), "localhost").lstrip(".")
    return f"Perhekeskus link check (+https://{host}/)"


def doubting_oneself(asked):
    """The pairs of address and answer in `asked`; where no site at all can be reached, that cannot be told of any.

    It is then this machine that has no way to the web. What was asked before the first site answered is held back.
    """
    held: list[tuple[str, Answer]] = []
    asked = iter(asked)
    for url, answer in asked:
        if answer.fault in (LinkCheck.Fault.NO_SITE, LinkCheck.Fault.NO_ANSWER):
            held.append((url, answer))
        else:
            yield from chain(held, [(url, answer)], asked)
            return
    is_ours = len(held) >= SEVERAL
    yield from ((url, Answer(LinkCheck.Fault.UNCLEAR) if is_ours else answer) for url, answer in held)


def longest_ago_first(shown):
    """The addresses `shown`, those never asked first, then by when they were."""
    asked = dict(LinkCheck.objects.order_by("pk").values_list("url", "checked_at"))
    new = [url for url in shown if url not in asked]
    return new + sorted((url for url in shown if url in asked), key=asked.__getitem__)
