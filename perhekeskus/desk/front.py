"""The desk's front page: what needs a person today, counted over every room, and the ways to the commonest tasks."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annual_plan.models import Plan
from annual_plan.needs import NOBODYS, OPEN_PROMISE, TO_CLOSE, TO_EVALUATE
from centres import needs
from centres.admin.scope import only_centre
from centres.models import FamilyCentre, Invitation
from centres.needs import Measure, Need
from meetingplaces.models import Season, Session
from networks.models import LocalNetwork
from networks.needs import ACCESS_ENDS, ASKS, LEFT, NO_CONVENER, NO_WAY_THERE, UNCONFIRMED
from services.models import Contact, Offering, Service
from services.needs import UNANSWERED, UNREACHABLE

# The most urgent first: what fails families now, what soon will, what may, what others wait for.
URGENCY = [
    *(needs.LINKS, UNREACHABLE, NO_WAY_THERE, needs.NOBODY_TO_WRITE_TO, UNANSWERED, ASKS, ACCESS_ENDS, LEFT),
    *(needs.ENDING, needs.ENDED, NO_CONVENER, TO_EVALUATE, TO_CLOSE, OPEN_PROMISE, NOBODYS),
    *(needs.STALE, UNCONFIRMED, needs.DRAFT),
    *needs.OF_VERSIONS,
]


@dataclass(frozen=True)
class OfKind:
    """How many rows of a kind have a need, and the list of exactly these."""

    kind: str
    number: int
    url: str


@dataclass(frozen=True)
class Task:
    """A need that some rows have."""

    need: Need
    kinds: list[OfKind]

    @property
    def number(self):
        return sum(each.number for each in self.kinds)


@dataclass(frozen=True)
class Door:
    """A way to a task: a big button with its guidance for what is done often, a quiet link for what is done seldom."""

    icon: str
    title: Any
    url: str
    guidance: Any = ""


def tasks(kinds, request, today):
    """What needs the reader today, most urgent first; `kinds` are ModelAdmins. Four queries, whatever there is."""
    kinds = [pages for pages in kinds if pages.needs and pages.has_change_permission(request)]
    if not kinds:
        return []
    numbers = counts(kinds, request, Measure.on(today))
    found = [
        Task(
            need, [_of_kind(pages, need, number) for pages in kinds if (number := numbers[pages][need.slug])]
        )
        for need in URGENCY
    ]
    return [task for task in found if task.kinds]


def counts(kinds, request, measure):
    """How many rows have each need, by ModelAdmin and the need's slug: one query, a row for each kind."""
    first, *others = (_counted(pages, request, measure) for pages in kinds)
    rows = {row["of_model"]: row for row in first.union(*others, all=True).order_by("of_model")}
    return {
        pages: {need.slug: rows[pages.opts.label][f"needs_{need.slug}"] for need in URGENCY}
        for pages in kinds
    }


def _counted(pages, request, measure):
    numbers = {
        f"needs_{need.slug}": Count("pk", filter=pages.in_need(need, measure))
        if need in pages.needs
        else Value(0)
        for need in URGENCY
    }
    rows = pages.changeable(request).prefetch_related(None).order_by()
    of_model = Value(pages.opts.label, output_field=CharField())
    # The count of all makes it one row, also where Django knows beforehand that nothing can have any need.
    return rows.annotate(of_model=of_model).values("of_model").annotate(of_all=Count("pk"), **numbers)


def _of_kind(pages, need, number):
    return OfKind(pages.opts.verbose_name_plural, number, f"{list_of(pages)}?need={need.slug}")


def list_of(pages):
    """The address of the list of a ModelAdmin."""
    return pages.page("changelist")


def finding(site, request):
    """Where the search box looks: the list of services in centres; empty for whoever may not see it."""
    offering = site.get_model_admin(Offering)
    return list_of(offering) if offering.has_view_permission(request) else ""


def doors(site, request):
    """The three big buttons, each for whoever may do what it leads to."""
    service, contact, session = (site.get_model_admin(model) for model in (Service, Contact, Session))
    if session.may_change_dates(request):
        yield Door(
            "calendar-x",
            _("Cancel or move a date"),
            session.page("coming"),
            _("Of a meeting place: today, or in the next two weeks."),
        )
    if service.has_add_permission(request):
        yield Door(
            "sprout",
            _("Publish a new service"),
            service.page("add"),
            _("Tell what it is and where it is given."),
        )
    if contact.has_change_permission(request):
        yield Door(
            "phone",
            _("Mend a contact"),
            list_of(contact),
            _("Search by the number, the address or the service."),
        )


def side_doors(site, request):
    """The quiet links, each for whoever may do what it leads to; a notice is on the form of the reader's own centre."""
    invitation, centre, season = (site.get_model_admin(model) for model in (Invitation, FamilyCentre, Season))
    offering = site.get_model_admin(Offering)
    if offering.has_change_permission(request):
        yield Door("badge-check", _("Mark as checked"), f"{list_of(offering)}?need={needs.STALE.slug}")
    if invitation.has_add_permission(request):
        yield Door("mail", _("Invite a colleague"), invitation.page("add"))
    if centre.has_change_permission(request):
        own = only_centre(request.user)
        form = f"{centre.page('change', own.pk)}#id_notice_fi" if own else list_of(centre)
        yield Door("info", _("Write a notice for families"), form)
    if season.has_view_permission(request):
        yield Door("calendar-days", _("See what is open and when"), season.page("coverage_now"))
    networks: Any = site.get_model_admin(LocalNetwork)
    if networks.has_view_permission(request):
        yield Door("users", _("See who sits where"), networks.page("who_sits_where"))
    plans: Any = site.get_model_admin(Plan)
    if plans.has_change_permission(request):
        yield Door("circle-check", _("Evaluate the annual plan"), _plan_to_evaluate(plans, request))


def _plan_to_evaluate(plans, request):
    """The page on which this year's plan of the reader's own centre is evaluated; else the list of plans."""
    own = only_centre(request.user)
    plan = Plan.objects.in_centre(own).filter(year=timezone.localdate().year).first() if own else None
    return plans.page("evaluate", plan.pk) if plan else list_of(plans)
