"""The desk's page of broken links: what is wrong with each, and on which rows it stands."""

from dataclasses import dataclass

from django.template.response import TemplateResponse
from django.utils import timezone

from centres import needs
from centres.models import LinkCheck
from centres.needs import Measure, rich_columns, web_columns
from centres.richtext import address_in_html
from networks.models import Network


@dataclass(frozen=True)
class Place:
    """A row that a link stands on, as the desk calls it, and its form."""

    kind: str
    name: str
    url: str


def links(site, request):
    """The broken links on rows that the reader may change, those that fail the longest first."""
    broken = LinkCheck.objects.broken()
    found = list(zip(broken, places(site, request, broken), strict=True))
    context = site.each_context(request) | {
        "title": needs.LINKS.title,
        "guidance": needs.LINKS.guidance,
        "links": [(link, of_link) for link, of_link in found if of_link],
        "last": LinkCheck.objects.order_by("-checked_at").values_list("checked_at", flat=True).first(),
    }
    return TemplateResponse(request, "admin/links.html", context)


def places(site, request, links):
    """For each of `links`, the rows it stands on: a query for each kind of row that holds links."""
    measure = Measure.on(timezone.localdate())
    kinds = [
        pages for pages in site.kinds() if needs.LINKS in pages.needs and pages.has_change_permission(request)
    ]
    rows = [(pages, row) for pages in kinds for row in pages.rows_in_need(request, needs.LINKS, measure)]
    return [[_place(pages, row) for pages, row in rows if stands_on(row, link.url)] for link in links]


def stands_on(row, url):
    """Whether `row` links to `url`, in a column of its own or by a link that stands on its form."""
    model, in_html = type(row), address_in_html(url)
    beside = row.links.all() if isinstance(row, Network) else ()
    return (
        any(getattr(row, name) == url for name in web_columns(model))
        or any(in_html in (getattr(row, name) or "") for name in rich_columns(model))
        or any(link.url == url for link in beside)
    )


def _place(pages, row):
    return Place(pages.opts.verbose_name, pages.stands_in(row), pages.page("change", row.pk))
