"""Every web address that the site shows, whichever room it stands in."""

from html.parser import HTMLParser

from django.db.models import Q

from centres.models import FamilyCentre, LinkCheck, Organisation
from centres.needs import rich_columns, web_columns
from meetingplaces.models import MeetingPlace
from networks.models import LocalNetwork, Network, NetworkLink
from services.models import Contact, Offering, Service

WEB = ("https://", "http://")


def addresses(today):
    """The web addresses that readers may meet on the date `today`; of each, whether it stands in a text."""
    found: dict[str, bool] = {}
    for rows in shown(today):
        for url in _in_columns(rows, web_columns(rows.model)):
            found.setdefault(url, False)
        for html in _in_columns(rows, rich_columns(rows.model)):
            found |= dict.fromkeys(links_in(html), True)
    return {url: in_text for url, in_text in found.items() if is_web_address(url)}


def shown(today):
    """The rows that readers may see on the date `today` and that can hold links."""
    centres, services = FamilyCentre.objects.public(), Service.objects.public(today)
    offerings = Offering.objects.public(today).filter(centre__in=centres)
    of_these = Q(service__in=services) | Q(offering__in=offerings)
    networks = Network.objects.public(today)
    return [
        Contact.objects.filter(of_these),
        Organisation.objects.all(),
        centres,
        services,
        MeetingPlace.objects.public(today).filter(centre__in=centres),
        networks,
        NetworkLink.objects.filter(network__in=networks),
        LocalNetwork.objects.public(today).filter(centre__in=centres),
    ]


def _in_columns(rows, names):
    """What stands in the columns `names` of `rows`, without what is empty."""
    if names:
        for values in rows.order_by("pk").values_list(*names).iterator():
            yield from filter(None, values)


def is_web_address(url):
    # In bytes: an index of PostgreSQL takes no more.
    return url.startswith(WEB) and len(url.encode()) <= LinkCheck.LONGEST


def links_in(html):
    """Where the links of `html` lead."""
    reader = _Links()
    reader.feed(html)
    return reader.found


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag == "a" and (address := dict(attrs).get("href")):
            self.found.append(address)
