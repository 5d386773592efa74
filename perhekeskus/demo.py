"""The demo content: the handbooks' two centres and a fictional one, for a database that is still empty."""

from datetime import date, timedelta
from typing import cast

from dateutil.relativedelta import relativedelta
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.utils.crypto import get_random_string

from accounts.models import User
from annual_plan.models import Plan
from calendars.occurrences import nearest_days
from centres.folding import FoldedTextField, SortKeyField
from centres.models import FamilyCentre, Membership, Organisation, Place, Theme, Topic
from centres.richtext import RichTextField
from centres.versions import MadeFromField, StateField
from meetingplaces.models import Closure, Season, Session, SessionChange
from networks.models import Meeting, Network
from services.models import Offering, OpeningSpan, Service, SpecialHours

# The fixtures' seasons are those of the school year that began in this year.
SCHOOL_YEAR_OF_FIXTURES = 2026
DATED = {
    OpeningSpan: ("valid_from", "valid_until"),
    SpecialHours: ("first_day", "last_day"),
    Season: ("first_day", "last_day"),
    Closure: ("first_day", "last_day"),
    Session: ("valid_from", "valid_until"),
    Theme: ("published_from", "published_until"),
    Service: ("published_from", "published_until"),
    Offering: ("published_from", "published_until"),
}
SHARED = ("vocabulary", "shared", "networks")
DERIVED = (RichTextField, FoldedTextField, SortKeyField, MadeFromField, StateField)
CENTRES = ("rovaniemi", "posio", "esimerkkila")


def is_empty():
    """Whether the database holds nothing that demo content could overwrite."""
    return not any(
        model.objects.exists() for model in (FamilyCentre, Organisation, Place, Service, Topic, Network, Plan)
    )


@transaction.atomic
def load(today, centres=CENTRES, *, people=False):
    """Loads what all share, and then each of `centres` (of CENTRES), as if it were written for `today`.

    `people` brings fictional professionals as well: nobody is in a directory unless somebody asks for them.
    Annual plans are of their own years, and stay so.
    """
    call_command("loaddata", *fixtures(centres, people=people), verbosity=0)
    move_seasons(school_year(today) - SCHOOL_YEAR_OF_FIXTURES)
    derive_columns()


def fixtures(centres, *, people):
    """The fixtures' names in the order in which one builds on another."""
    names = [*SHARED]
    for centre in centres:
        names += [centre, f"{centre}_networks", f"{centre}_plans"]
        if people:
            names.append(f"demo_people/{centre}")
    return names


def school_year(day):
    """The year in which the school year of `day` began: in August."""
    return day.year if day.month >= 8 else day.year - 1


def move_seasons(years):
    """Moves every date of the fixtures by whole years, or their seasons would all be over one day."""
    for model, fields in DATED.items():
        rows = list(model._default_manager.order_by("pk"))
        for row in rows:
            for field in fields:
                if moment := getattr(row, field):
                    setattr(row, field, moment + relativedelta(years=years))
        model._default_manager.bulk_update(rows, fields, batch_size=100)
    move_single_dates(years)


def move_single_dates(years):
    """Moves theme days, meetings and changes of dates by whole weeks: a Wednesday stays a Wednesday.

    A change goes to the nearest date of its session, which in other years may lie in other weeks; an extra one is none.
    """
    year_of_weeks = timedelta(weeks=52 * years)
    theme_days = list(Session.objects.filter(day__isnull=False).order_by("pk"))
    for session in theme_days:
        session.day = cast("date", session.day) + year_of_weeks
    Session.objects.bulk_update(theme_days, ["day"])
    meetings = list(Meeting.objects.order_by("pk"))
    for meeting in meetings:
        meeting.day += year_of_weeks
    Meeting.objects.bulk_update(meetings, ["day"])
    changes = list(SessionChange.objects.select_related("session__season").order_by("pk"))
    for change in changes:
        moved, dates = change.day + year_of_weeks, change.session.on_calendar()
        if change.kind != SessionChange.Kind.EXTRA and not set(dates.days(moved, moved)):
            moved = nearest_days(dates, moved)[0]
        change.to_day = change.to_day and change.to_day + (moved - change.day)
        change.day = moved
    SessionChange.objects.bulk_update(changes, ["day", "to_day"])


def derive_columns():
    """Fills every derived column: fixtures go past `pre_save`, which makes them as a row is saved."""
    for model in apps.get_models():
        derived = [field for field in model._meta.concrete_fields if isinstance(field, DERIVED)]
        rows = list(model._default_manager.order_by("pk")) if derived else []
        for row in rows:
            for field in derived:
                field.pre_save(row, add=False)
        if rows:
            model._default_manager.bulk_update(rows, [field.name for field in derived], batch_size=50)


def make_coordinators():
    """A coordinator for each centre that has none; yields (centre, e-mail address, random password).

    The addresses end in a reserved name (RFC 2606): no mail to them reaches anybody.
    """
    for centre in FamilyCentre.objects.exclude(memberships__role=Membership.Role.COORDINATOR):
        email, password = f"koordinaattori.{centre.slug}@example.com", get_random_string(16)
        user = User.objects.create_user(email, password)
        Membership.objects.create(user=user, centre=centre, role=Membership.Role.COORDINATOR)
        yield centre, email, password
